//! Credentials that are documents: PEM, key files, keys and tokens in JSON.

use super::{Credential, Jwt, Kind, Signature, issuer, json_form, jwt, keyfile, oddities};
use crate::json::{Json, Shape};

/// Recognises a PEM block or a JSON text.
pub(super) fn recognise(text: &str) -> Option<Credential> {
    if let Some(pem) = keyfile::pem(text) {
        return Some(pem);
    }
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let json = Json::read(text);
    keyfile::of_json(&json)
        .or_else(|| json_form::of_json(&json))
        .or_else(|| decoded_claims(&json))
        .or_else(|| plain(&json))
}

/// Claims that somebody decoded before pasting them.
fn decoded_claims(json: &Json) -> Option<Credential> {
    let claims = ["iss", "aud", "exp", "sub", "azp", "email", "iat"];
    let found = claims
        .iter()
        .filter(|name| json.get(name).is_some())
        .count();
    if found < 2 || !jwt::is_claims(json) {
        return None;
    }
    let (kind, label) = issuer::recognise(&Json::default(), json);
    let jwt = Jwt {
        header_text: String::new(),
        payload_text: String::new(),
        header: Json::default(),
        claims: json.clone(),
        signature: Signature::Hidden,
        segments: 0,
        broken: json.broken.clone(),
    };
    let mut credential = Credential::new(kind, format!("Decoded claims ({label})"))
        .with_note("These are the claims of a token, not the token itself: enough to read.");
    credential.notes.extend(oddities::of(&jwt, kind, None));
    credential.jwt = Some(jwt);
    Some(credential)
}

fn plain(json: &Json) -> Option<Credential> {
    let is_json = !json.members.is_empty()
        || (json.broken.is_none() && matches!(json.shape, Shape::Object | Shape::Other));
    is_json.then(|| Credential::new(Kind::NotAToken, "JSON, but no credential"))
}
