//! JSON Web Tokens in their compact form: taken apart, decoded as far as it goes, not verified.

use super::base64url::{Scan, scan};
use super::{Credential, Kind, Signature, issuer, keyfile, oddities};
use crate::json::{Json, Shape};

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
        credential.disclosures = disclosures
            .split('~')
            .filter(|part| !part.is_empty())
            .map(|part| Part::read(part).json.source)
            .filter(|disclosure| disclosure.starts_with('['))
            .map(|disclosure| super::shown(&disclosure).into_owned())
            .collect();
        // A key binding JWT may follow the disclosures; its dots are none of the token's.
        jwt.segments = token.split('.').count();
    }
    Some(credential)
}

/// One decoded segment.
pub(super) struct Part<'a> {
    text: &'a str,
    scan: Scan<'a>,
    pub(super) json: Json,
}

impl<'a> Part<'a> {
    pub(super) fn read(text: &'a str) -> Self {
        let scan = scan(text);
        Self {
            text,
            json: Json::read_bytes(&scan.decode()),
            scan,
        }
    }

    fn is_object(&self) -> bool {
        self.json.shape == Shape::Object
    }

    /// Why it cannot be read whole, in a sentence about a part of this name.
    fn broken(&self, name: &str) -> Option<String> {
        self.scan
            .fault
            .map(|fault| fault.sentence(name))
            .or_else(|| self.json_broken(name))
    }

    fn json_broken(&self, name: &str) -> Option<String> {
        let broken = self.json.broken.as_ref()?;
        Some(
            broken
                .replacen("The JSON", &format!("The {name}’s JSON"), 1)
                .replacen("This is not JSON", &format!("The {name} is not JSON"), 1),
        )
    }

    /// What was mended to read it.
    fn notes(&self, name: &str) -> Vec<String> {
        let mut notes = Vec::new();
        if self.scan.standard {
            notes.push(format!(
                "The {name} is written in the standard base64 alphabet (`+`, `/`), not base64url: strict servers refuse it."
            ));
        }
        if self.scan.padded {
            notes.push(format!(
                "The {name} is padded with `=`, which base64url in a token is not: strict servers refuse it."
            ));
        }
        notes.extend(self.json.notes.iter().map(|note| about(name, note)));
        if self.scan.fault.is_some() {
            notes.extend(self.json_broken(name));
        }
        notes
    }
}

/// A note about a JSON text, made one about a part of the token.
fn about(name: &str, note: &str) -> String {
    format!("In the {name}: {note}")
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
    let payload = Part::read(parts.next().unwrap_or_default());
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
    }
    let broken = broken_header(&header)
        .or_else(|| broken_payload(&payload, segments, typed))
        .or_else(|| broken_count(segments, third))
        .or_else(|| broken_signature(third, signature, unsigned));
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
fn judge(header: &Part<'_>, payload: &Part<'_>, typed: bool) -> (Kind, String) {
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
        return (Kind::BrokenJwt, format!("Broken {label}"));
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

fn has_jwt_type(header: &Json) -> bool {
    header
        .text("typ")
        .is_some_and(|typ| typ.eq_ignore_ascii_case("JWT"))
}

fn broken_header(header: &Part<'_>) -> Option<String> {
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

fn broken_payload(payload: &Part<'_>, segments: usize, typed: bool) -> Option<String> {
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
    crate::json::ValueType::of(json.source.trim_start())
        .map_or("something else", crate::json::ValueType::words)
}

fn broken_count(segments: usize, third: Option<&str>) -> Option<String> {
    if segments == 4 && third.is_some() {
        return Some("There are 4 parts where a JWT has 3: something follows the signature after a dot too many.".into());
    }
    (segments > 4).then(|| {
        format!("There are {segments} parts where a JWT has 3: what follows the third dot is no part of it.")
    })
}

fn broken_signature(third: Option<&str>, signature: Signature, unsigned: bool) -> Option<String> {
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

/// Header, encrypted key, initialization vector, ciphertext, authentication tag.
const JWE_PARTS: usize = 5;

/// A JWE (RFC 7516): encrypted, so that only its header can be read.
fn jwe(header: Part<'_>, segments: usize) -> Credential {
    let notes = header.notes("header");
    let broken = broken_header(&header);
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
        .or_else(|| broken_signature(third, signature, false));
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

/// Text without a dot: a header, a payload or a key file in base64.
fn one_part(text: &str) -> Option<Credential> {
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
fn begins_object(text: &str) -> bool {
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
fn without_header(payload: Part<'_>, third: &str) -> Credential {
    let (_, label) = issuer::recognise(&Json::default(), &payload.json);
    let broken = "The header is missing: the token begins with its claims.";
    let mut credential = single(payload, format!("Broken {label}"), broken.into());
    if let Some(jwt) = &mut credential.jwt {
        jwt.segments = 2;
        jwt.signature = Signature::read(Some(third), None);
    }
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
