//! JSON Web Tokens in their compact form: taken apart, decoded as far as it goes, not verified.

mod broken;
mod fragment;
mod part;

use std::borrow::Cow;

use super::opaque::secret_prefix;
use super::redacted::{hidden, is_part_hidden};
use super::{Credential, Kind, Signature, issuer, oddities};
use crate::json::{Json, Shape};
use crate::visible::quoted;
use fragment::{begins_object, one_part, without_header};
pub(super) use part::Part;

/// The parts of a JWT. Only what may be shown: the signature's bytes are not kept.
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_structs)]
pub struct Jwt {
    /// The first segment as sent (base64url), the protected header.
    pub header_text: String,
    /// The second segment as sent, the claims set.
    pub payload_text: String,
    /// The protected header, read losslessly.
    pub header: Json,
    /// The claims set, read losslessly.
    pub claims: Json,
    /// What stands where the signature should be.
    pub signature: Signature,
    /// How many segments there were; 0 when the claims were pasted decoded.
    pub segments: usize,
    /// Which part broke and how, in one sentence that names the part and the place. `None`
    /// when all parts are there and can be decoded; the signature may still have an odd length
    /// ([`Signature::WrongLength`]) or have been removed by Google.
    pub broken: Option<String>,
}

/// Recognises a JWT, a JWE, an SD-JWT, and what is left of one.
pub(super) fn recognise(text: &str) -> Option<Credential> {
    // An SD-JWT is a JWT and its disclosures, each set off by `~` (RFC 9901).
    let (token, disclosures) = match text.split_once('~') {
        Some((token, disclosures)) => (token, Some(disclosures)),
        None => (text, None),
    };
    let mut credential = match token.split_once('.') {
        Some((header, rest)) => compact(header, rest)?,
        None => one_part(token)?,
    };
    if let (Some(disclosures), Some(jwt)) = (disclosures, &mut credential.jwt) {
        credential.notes.push(
            "SD-JWT: the parts after `~` disclose claims that the payload holds as hashes only."
                .into(),
        );
        disclose(
            disclosures,
            &mut credential.disclosures,
            &mut credential.notes,
        );
        // A key binding JWT may follow the disclosures; its dots are none of the token's.
        jwt.segments = token.split('.').count();
    }
    Some(credential)
}

/// The most disclosures listed.
pub const MAX_DISCLOSURES: usize = 200;

/// The longest disclosure listed, in bytes.
const LONGEST_DISCLOSURE: usize = 2_000;

/// Lists what stands between the `~`, and says what is left out.
fn disclose(parts: &str, listed: &mut Vec<String>, notes: &mut Vec<String>) {
    let mut left_out: usize = 0;
    for part in parts.split('~').filter(|part| !part.is_empty()) {
        if listed.len() >= MAX_DISCLOSURES || part.len() > LONGEST_DISCLOSURE {
            left_out = left_out.saturating_add(1);
            continue;
        }
        let disclosure = Part::read(part).json.source;
        if disclosure.starts_with('[') {
            listed.push(crate::conceal::json(&disclosure).into_owned());
        }
    }
    if left_out > 0 {
        notes.push(format!(
            "Parts after `~` that are not listed, because they are too many or too long: {left_out}."
        ));
    }
}

/// At least one dot stands in the token; `header` is what comes before the first.
fn compact(header: &str, rest: &str) -> Option<Credential> {
    let header = Part::read(header);
    let segments = rest
        .bytes()
        .filter(|byte| *byte == b'.')
        .count()
        .saturating_add(2);
    if header.is_object() && header.json.get("enc").is_some() {
        return Some(jwe(header, segments));
    }
    if header.is_object() && header.json.get("b64").is_some_and(|b64| b64.raw == "false") {
        return Some(unencoded(header, rest, segments));
    }
    let mut parts = rest.split('.');
    let claims = parts.next().unwrap_or_default();
    if header.is_object() && is_part_hidden(claims) {
        return Some(hidden("JWT whose claims the paste hides"));
    }
    let payload = Part::read(claims);
    let third = parts.next();
    // Words may decode to something that begins with a brace: `example` does.
    let wants_to_be = begins_object(header.text) || begins_object(payload.text);
    if !wants_to_be {
        return (header.text.is_empty() && segments == JWE_PARTS && !payload.text.is_empty())
            .then(|| jwe(header, segments));
    }
    if segments == 2 && is_claims(&header.json) {
        return Some(without_header(header, payload.text));
    }
    if header.is_object() && !payload.is_object() && is_cookie(&header.json) {
        return Some(cookie());
    }
    Some(assemble(header, payload, third, segments))
}

/// Header, payload and perhaps a signature and more.
fn assemble(
    header: Part<'_>,
    payload: Part<'_>,
    third: Option<&str>,
    segments: usize,
) -> Credential {
    let alg = header.json.text("alg");
    let signature = Signature::read(third, alg.as_deref());
    let unsigned = alg.is_some_and(|alg| alg.trim().eq_ignore_ascii_case("none"));
    let typed = has_jwt_type(&header.json);
    let (kind, label) = judge(&header, &payload, typed);
    let mut credential = Credential::new(kind, label);
    if header.is_object() {
        credential.notes = header.notes("header");
    }
    let zipped = header.json.get("zip").is_some() && !payload.is_object();
    if !zipped {
        credential.notes.extend(payload.notes("payload"));
        credential.notes.extend(text_payload(&payload.json));
    }
    let broken = broken::header(&header)
        .or_else(|| broken::payload(&payload, segments, typed))
        .or_else(|| broken::count(segments, third))
        .or_else(|| broken::signature(third, signature, unsigned));
    let jwt = Jwt {
        header_text: header.text.to_owned(),
        payload_text: payload.text.to_owned(),
        header: header.json,
        claims: payload.json,
        signature,
        segments,
        broken,
    };
    credential.notes.extend(oddities::of(&jwt, kind, third));
    credential.jwt = Some(jwt);
    credential
}

/// The kind by what can be read, and the label.
fn judge(header: &Part<'_>, payload: &Part<'_>, typed: bool) -> (Kind, Cow<'static, str>) {
    let whole = |part: &Part<'_>| {
        part.is_object() && part.json.broken.is_none() && part.scan.fault.is_none()
    };
    if payload.is_object() {
        if is_header(&payload.json) {
            return (Kind::BrokenJwt, "Broken JWT with two headers".into());
        }
        let (kind, label) = issuer::recognise(&header.json, &payload.json);
        if whole(header) && whole(payload) {
            return (kind, label);
        }
        let known = payload.json.get("iss").is_some();
        let label = if known { label } else { "JWT".into() };
        return (Kind::BrokenJwt, format!("Broken {label}").into());
    }
    let is_jose = whole(header) && header.json.get("alg").is_some() && payload.scan.fault.is_none();
    if !is_jose || (payload.json.shape == Shape::Empty && typed) {
        return (Kind::BrokenJwt, "Broken JWT".into());
    }
    let label = if payload.json.shape == Shape::Empty {
        "JWS with a detached payload"
    } else {
        "JWS whose payload is no claims set"
    };
    (Kind::OtherJose, label.into())
}

/// What a payload says that is text but no JSON, unless it is itself a secret.
fn text_payload(json: &Json) -> Option<String> {
    let text = json.source.trim();
    let secret = |word: &str| word.starts_with("eyJ") || secret_prefix(word).is_some();
    let readable = !text.is_empty() && !text.contains('\u{FFFD}');
    (json.shape == Shape::NotJson && readable && !text.split_whitespace().any(secret))
        .then(|| format!("The payload is text, not JSON: {}.", quoted(text)))
}

fn has_jwt_type(header: &Json) -> bool {
    header
        .text("typ")
        .is_some_and(|typ| typ.eq_ignore_ascii_case("JWT"))
}

/// Header, encrypted key, initialization vector, ciphertext, authentication tag.
const JWE_PARTS: usize = 5;

/// A JWE (RFC 7516): encrypted, so that only its header can be read.
fn jwe(header: Part<'_>, segments: usize) -> Credential {
    let notes = header.notes("header");
    let broken = broken::header(&header);
    let mut credential = encrypted(header.json, segments);
    credential.notes.splice(0..0, notes);
    if let Some(jwt) = &mut credential.jwt {
        header.text.clone_into(&mut jwt.header_text);
        jwt.broken = broken.or_else(|| {
            (segments != JWE_PARTS).then(|| {
                format!("A JWE has 5 parts, this one has {segments}: it is cut off or put together wrongly.")
            })
        });
    }
    credential
}

/// What there is to say of a JWE with this header.
pub(super) fn encrypted(header: Json, segments: usize) -> Credential {
    let jwt = Jwt {
        header_text: String::new(),
        payload_text: String::new(),
        header,
        claims: Json::default(),
        signature: Signature::Missing,
        segments,
        broken: None,
    };
    let mut credential = Credential::new(Kind::OtherJose, "JWE, an encrypted token");
    credential.notes =
        vec!["It is encrypted: without the receiver’s key nobody can read its claims.".into()];
    credential.notes.extend(oddities::of_encrypted(&jwt.header));
    credential.jwt = Some(jwt);
    credential
}

/// A JWS whose payload stands there as it is (RFC 7797), dots included.
fn unencoded(header: Part<'_>, rest: &str, segments: usize) -> Credential {
    let (payload, third) = match rest.rsplit_once('.') {
        Some((payload, signature)) => (payload, Some(signature)),
        None => (rest, None),
    };
    let alg = header.json.text("alg");
    let signature = Signature::read(third, alg.as_deref());
    let notes = header.notes("header");
    let broken = header
        .broken("header")
        .or_else(|| broken::signature(third, signature, false));
    let jwt = Jwt {
        header_text: header.text.to_owned(),
        payload_text: payload.to_owned(),
        header: header.json,
        claims: Json::read(payload),
        signature,
        segments,
        broken,
    };
    let label = if payload.is_empty() {
        "JWS with a detached payload"
    } else {
        "JWS with an unencoded payload"
    };
    let mut credential = Credential::new(Kind::OtherJose, label);
    credential.notes = notes;
    credential
        .notes
        .extend(oddities::of(&jwt, Kind::OtherJose, third));
    credential.jwt = Some(jwt);
    credential
}

/// What Flask (itsdangerous) makes of a session: a payload, a time and a signature.
fn cookie() -> Credential {
    Credential::new(
        Kind::UnknownOpaque,
        "Signed session cookie, as Flask makes them",
    )
    .with_note("It has three parts like a JWT, but no header.")
}

fn is_cookie(first: &Json) -> bool {
    ["alg", "typ", "kid", "enc", "cty", "jku", "x5t"]
        .iter()
        .all(|name| first.get(name).is_none())
}

/// Claims, not a header.
pub(super) fn is_claims(json: &Json) -> bool {
    json.get("alg").is_none()
        && ["iss", "aud", "exp", "sub", "azp", "email", "iat"]
            .iter()
            .any(|name| json.get(name).is_some())
}

/// A header, not claims.
fn is_header(json: &Json) -> bool {
    json.get("alg").is_some()
        && ["iss", "aud", "exp", "sub", "uid", "d"]
            .iter()
            .all(|name| json.get(name).is_none())
}
