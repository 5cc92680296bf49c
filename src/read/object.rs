//! JSON that is itself the credential: a key file, a credential configuration, a key, a JWS or
//! a JWE in JSON form.

use crate::json::Json;

use super::{Pasted, Place};

/// The `type` members of the files Google's libraries read (facts.md 1.2).
const FILE_TYPES: &[&str] = &[
    "service_account",
    "authorized_user",
    "external_account",
    "external_account_authorized_user",
    "impersonated_service_account",
    "gdch_service_account",
];

/// The one credential that an object is, if it is one. Its text is the whole object.
pub(super) fn read(json: &Json) -> Option<Pasted> {
    if !is_key_or_configuration(json) && !is_jose(json) {
        return None;
    }
    Some(Pasted {
        text: json.source.trim().to_owned(),
        place: Place::Bare,
        scheme: None,
        scheme_count: 0,
        filled_in_later: false,
        blemishes: Vec::new(),
        notes: Vec::new(),
    })
}

/// RFC 7515, section 7.2, and RFC 7516, section 7.2.
fn is_jose(json: &Json) -> bool {
    let has = |name| json.get(name).is_some();
    has("payload") && (has("signature") || has("signatures"))
        || has("ciphertext") && has("protected")
}

fn is_key_or_configuration(json: &Json) -> bool {
    let has = |name| json.get(name).is_some();
    let is_file = json
        .text("type")
        .is_some_and(|kind| FILE_TYPES.contains(&kind.as_str()));
    let is_client = ["installed", "web"].iter().any(|name| {
        json.get(name)
            .is_some_and(|client| client.raw.contains("\"client_secret\""))
    });
    let is_key_set = json
        .get("keys")
        .is_some_and(|keys| keys.raw.contains("\"kty\""));
    is_file
        || is_client
        || is_key_set
        || has("private_key")
        || has("kty")
        || (has("refresh_token") && has("client_secret"))
}
