//! What is left of a JWT when parts are missing.

use super::part::Part;
use super::{Jwt, is_claims};
use crate::credential::base64url::scan;
use crate::credential::{Credential, Kind, Signature, issuer, keyfile};
use crate::json::Json;

/// Text without a dot: a header, a payload or a key file in base64.
pub(super) fn one_part(text: &str) -> Option<Credential> {
    if text.starts_with(JWT_TWICE) && scan(text).decode().contains(&b'.') {
        return Some(
            Credential::new(Kind::BrokenJwt, "JWT, encoded once more").with_note(
                "It is base64 of a whole JWT, as in a Kubernetes secret: decode it once.",
            ),
        );
    }
    // A colon makes it a value signed by Django.
    if !begins_object(text) || text.contains(':') {
        return None;
    }
    let part = Part::read(text);
    if let Some(file) = keyfile::of_json(&part.json) {
        return Some(file.with_note("It is written in base64."));
    }
    let (label, broken) = if is_claims(&part.json) {
        let (_, label) = issuer::recognise(&Json::default(), &part.json);
        let broken = match part.broken("payload") {
            Some(broken) => format!("Only a piece of the payload is there. {broken}"),
            None => "Only the middle part, the claims, is there: header and signature are missing."
                .into(),
        };
        (format!("Middle part of a JWT ({label})"), broken)
    } else {
        let broken = match part.broken("header") {
            Some(broken) => format!("The token is cut off in its header. {broken}"),
            None => "Only the header is there: payload and signature are missing.".into(),
        };
        ("Header of a JWT".into(), broken)
    };
    Some(single(part, label, broken))
}

/// How base64 of `eyJ` begins.
const JWT_TWICE: &str = "ZXlK";

/// How base64 of a JSON object begins: `{"`, `{}`, or `{` and white space.
pub(super) fn begins_object(text: &str) -> bool {
    ["eyJ", "ewo", "ew0", "eyA", "ewk", "e30"]
        .iter()
        .any(|start| text.starts_with(start))
}

/// One part alone. What it is decides where it is put.
fn single(part: Part<'_>, label: String, broken: String) -> Credential {
    let is_payload = is_claims(&part.json);
    let mut credential = Credential::new(Kind::BrokenJwt, label);
    credential.notes = part.notes(if is_payload { "payload" } else { "header" });
    let mine = (part.text.to_owned(), part.json);
    let other = (String::new(), Json::default());
    let (header, payload) = if is_payload {
        (other, mine)
    } else {
        (mine, other)
    };
    credential.jwt = Some(Jwt {
        header_text: header.0,
        payload_text: payload.0,
        header: header.1,
        claims: payload.1,
        signature: Signature::Missing,
        segments: 1,
        broken: Some(broken),
    });
    credential
}

/// Payload and signature, the header cut off.
pub(super) fn without_header(payload: Part<'_>, third: &str) -> Credential {
    let (_, label) = issuer::recognise(&Json::default(), &payload.json);
    let broken = "The header is missing: the token begins with its claims.";
    let mut credential = single(payload, format!("Broken {label}"), broken.into());
    if let Some(jwt) = &mut credential.jwt {
        jwt.segments = 2;
        jwt.signature = Signature::read(Some(third), None);
    }
    credential
}
