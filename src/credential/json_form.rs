//! JWS and JWE in their JSON forms (RFC 7515 section 7.2, RFC 7516 section 7.2), flattened
//! and general.

use super::jwt::{Part, encrypted};
use super::{Credential, Jwt, Kind, Signature, issuer, oddities};
use crate::json::{Json, Member, Shape};
use crate::visible::quoted;

/// Recognises a JWS or a JWE.
pub(super) fn of_json(json: &Json) -> Option<Credential> {
    if json.get("ciphertext").is_some() {
        return Some(jwe(json));
    }
    if json.broken.is_some() && json.source.contains("\"signature") {
        return broken(json);
    }
    let first = match json.get("signatures") {
        Some(all) => Json::read(all.elements().first()?),
        None => json.clone(),
    };
    first.get("signature")?;
    if first.get("protected").is_none() && first.get("header").is_none() {
        return None;
    }
    Some(jws(json, &first))
}

/// `first` holds the header and the signature: the whole object, or the first of `signatures`.
fn jws(json: &Json, first: &Json) -> Credential {
    let mut notes = vec![String::from(
        "It is in JSON form; servers that read bearer tokens take the compact form only, three parts joined by dots.",
    )];
    notes.extend(json.get("signatures").and_then(several));
    let protected = first.text("protected");
    let unprotected = first.get("header").map(|header| Json::read(&header.raw));
    notes.extend(unprotected.as_ref().map(outside));
    let header_text = protected.unwrap_or_default();
    let header = if header_text.is_empty() {
        unprotected.unwrap_or_default()
    } else {
        Part::read(&header_text).json
    };
    let payload_text = json.text("payload").unwrap_or_default();
    let claims = if header.get("b64").is_some_and(|b64| b64.raw == "false") {
        Json::read(&payload_text)
    } else {
        Part::read(&payload_text).json
    };
    let third = first.text("signature");
    let alg = header.text("alg");
    let label = match claims.shape {
        Shape::Object => format!(
            "JWS in JSON form ({})",
            issuer::recognise(&header, &claims).1
        ),
        Shape::Empty => "JWS in JSON form with a detached payload".into(),
        _ => "JWS in JSON form whose payload is no claims set".into(),
    };
    let jwt = Jwt {
        signature: Signature::read(third.as_deref(), alg.as_deref()),
        header_text,
        payload_text,
        broken: claims
            .broken
            .clone()
            .filter(|_| claims.shape == Shape::Object),
        header,
        claims,
        segments: 3,
    };
    let mut credential = Credential::new(Kind::OtherJose, label);
    notes.extend(oddities::of(&jwt, Kind::OtherJose, third.as_deref()));
    credential.notes = notes;
    credential.jwt = Some(jwt);
    credential
}

/// A JWS whose JSON breaks off or is wrong before its end.
fn broken(json: &Json) -> Option<Credential> {
    json.text("payload").or_else(|| json.text("protected"))?;
    let mut credential = Credential::new(Kind::OtherJose, "Broken JWS in JSON form");
    credential.notes.extend(json.broken.clone());
    Some(credential)
}

/// Says that there are several signatures, and by which algorithms.
fn several(signatures: &Member) -> Option<String> {
    let algorithms: Vec<String> = signatures
        .elements()
        .iter()
        .take(MOST_NAMED)
        .map(|signature| {
            let signature = Json::read(signature);
            let protected = signature.text("protected").unwrap_or_default();
            let alg = Part::read(&protected).json.text("alg").or_else(|| {
                let header = signature.get("header")?;
                Json::read(&header.raw).text("alg")
            });
            quoted(&alg.unwrap_or_else(|| "?".into()))
        })
        .collect();
    let count = signatures.elements().len();
    (count > 1).then(|| {
        format!(
            "It has {count} signatures, by {}; the first one’s header is shown.",
            algorithms.join(", ")
        )
    })
}

const MOST_NAMED: usize = 10;

fn jwe(json: &Json) -> Credential {
    let header_text = json.text("protected").unwrap_or_default();
    let unprotected = json
        .get("unprotected")
        .map(|header| Json::read(&header.raw));
    let outside = unprotected.as_ref().map(outside);
    let header = if header_text.is_empty() {
        unprotected.unwrap_or_default()
    } else {
        Part::read(&header_text).json
    };
    let mut credential = encrypted(header, 5);
    credential.label = "JWE in JSON form, an encrypted token".into();
    credential.notes.extend(outside);
    if let Some(jwt) = &mut credential.jwt {
        jwt.header_text = header_text;
    }
    credential
}

/// Which parameters nothing protects.
fn outside(header: &Json) -> String {
    let names: Vec<String> = header
        .members
        .iter()
        .map(|member| quoted(&member.name))
        .collect();
    format!(
        "The unprotected header holds {}: no signature covers it.",
        names.join(", ")
    )
}
