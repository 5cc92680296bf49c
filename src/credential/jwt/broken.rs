//! Which part of a JWT broke and how: one sentence that names the part and the place.

use super::is_header;
use super::part::Part;
use crate::credential::Signature;
use crate::credential::base64url::scan;
use crate::json::{Json, Shape, ValueType};

pub(super) fn header(header: &Part<'_>) -> Option<String> {
    if header.text.is_empty() {
        return Some("The header is missing: the token begins with a dot.".into());
    }
    if !header.is_object() && !header.text.starts_with("eyJ") {
        return Some(
            "The header does not begin with `eyJ` as a JOSE header does: its first characters are missing."
                .into(),
        );
    }
    header.broken("header")
}

pub(super) fn payload(payload: &Part<'_>, segments: usize, typed: bool) -> Option<String> {
    if payload.text.is_empty() && segments == 2 {
        return Some(
            "The token is cut off after its header: payload and signature are missing.".into(),
        );
    }
    if payload.text.is_empty() {
        return typed.then(|| "The payload is empty: nothing stands between the two dots.".into());
    }
    if is_header(&payload.json) {
        return Some("The second part is a header too: the claims are missing.".into());
    }
    if payload.json.source.starts_with("eyJ") {
        return Some(
            "The payload is base64url of base64url: it was encoded once too often.".into(),
        );
    }
    let broken = payload.broken("payload");
    match (payload.json.shape, broken) {
        (Shape::Object, Some(broken)) if segments == 2 => {
            Some(format!("The token is cut off in its payload. {broken}"))
        }
        (Shape::Object, broken) => broken,
        // A JWS may carry anything; only what says it is a JWT must carry claims.
        (Shape::Other, _) if typed => Some(format!(
            "The claims must be an object, but the payload is {}.",
            what(&payload.json)
        )),
        (_, Some(broken)) if typed || payload.scan.fault.is_some() => Some(broken),
        _ => None,
    }
}

fn what(json: &Json) -> &'static str {
    ValueType::of(json.source.trim_start()).map_or("something else", ValueType::words)
}

pub(super) fn count(segments: usize, third: Option<&str>) -> Option<String> {
    if segments == 4 && third.is_some() {
        return Some("There are 4 parts where a JWT has 3: something follows the signature after a dot too many.".into());
    }
    (segments > 4).then(|| {
        format!("There are {segments} parts where a JWT has 3: what follows the third dot is no part of it.")
    })
}

pub(super) fn signature(
    third: Option<&str>,
    signature: Signature,
    unsigned: bool,
) -> Option<String> {
    match signature {
        Signature::Missing if unsigned => {
            Some("The dot after the payload is missing; an unsigned JWT ends in one.".into())
        }
        Signature::Missing => {
            Some("The signature and the dot before it are missing: enough to read, but servers refuse it.".into())
        }
        Signature::Empty if !unsigned => {
            Some("The signature is missing after the second dot: enough to read, but servers refuse it.".into())
        }
        Signature::Undecodable => scan(third.unwrap_or_default())
            .fault
            .map(|fault| fault.sentence("signature")),
        _ => None,
    }
}
