//! Makes a case's input: the tokens are synthetic, of the shape and with the claims that the case
//! tells. The bytes matter: other tools mint the same ones from the same files.

use crate::{text_of, texts_of};
use anyhow::{Context, Result, bail};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use why401::{Caller, Input};

/// The moment at which every case is judged, in seconds since 1970 (UTC).
pub const NOW: i64 = 1_795_000_000;

/// Claims that a case tells in seconds relative to [`NOW`].
const RELATIVE: &[&str] = &["iat", "exp", "nbf", "auth_time"];

/// What a person in this case would have given.
pub(crate) fn input(told: &Value) -> Result<Input> {
    let credential = told.get("credential").context("no credential")?;
    let kind = text_of(credential, "kind").context("no kind of credential")?;
    let token = match kind {
        "jwt" => token(credential)?,
        _ => text_of(credential, "value").unwrap_or_default().to_owned(),
    };
    let mut input = Input::at(NOW);
    input.custom_audiences = texts_of(told, "custom_audiences");
    let wrap = match kind {
        "text" | "none" => "bare",
        _ => text_of(told, "wrap").unwrap_or("bare"),
    };
    if wrap == "curl-verbose" {
        // The transcript tells the rest.
        input.paste = transcript(told, &token);
        return Ok(input);
    }
    input.paste = wrapped(told, &token, wrap);
    input.service_url = text_of(told, "service_url").unwrap_or_default().to_owned();
    input.status = status(told);
    input.response = response(told);
    if let Some(id) = text_of(told, "caller").filter(|id| *id != "unknown") {
        let caller = Caller::from_id(id).with_context(|| format!("no caller `{id}`"))?;
        input.caller = Some(caller);
    }
    Ok(input)
}

/// A token in compact form. Its signature has the length of a real one and is a hash.
fn token(credential: &Value) -> Result<String> {
    let mut claims = credential.get("claims").context("no claims")?.clone();
    for name in RELATIVE {
        let seconds = claims.get(*name).and_then(Value::as_i64);
        if let Some(seconds) = seconds.filter(|seconds| seconds.abs() < 1_000_000_000) {
            claims[*name] = json!(NOW + seconds);
        }
    }
    let header = encode(ascii_json(&credential["header"]));
    let body = encode(ascii_json(&claims));
    let hash = |i: u8| Sha256::digest([header.as_bytes(), body.as_bytes(), &[i]].concat());
    let mut signature = encode((0..8).flat_map(hash).collect::<Vec<u8>>());
    match text_of(credential, "signature") {
        None | Some("normal") => {}
        Some("empty") => signature.clear(),
        Some("truncated") => signature.truncate(57),
        Some(literal @ "SIGNATURE_REMOVED_BY_GOOGLE") => literal.clone_into(&mut signature),
        Some(other) => bail!("no signature `{other}`"),
    }
    Ok(format!("{header}.{body}.{signature}"))
}

/// The paste: the token as people have it in front of them.
fn wrapped(told: &Value, token: &str, wrap: &str) -> String {
    match wrap {
        "authorization-header" => format!("Authorization: Bearer {token}"),
        "double-bearer" => format!("Authorization: Bearer Bearer {token}"),
        "curl-command" => {
            let url = text_of(told, "service_url").unwrap_or("https://example.com");
            format!("curl -H 'Authorization: Bearer {token}' {url}")
        }
        "json-response" => {
            let member = if token.starts_with("ya29") {
                "access_token"
            } else {
                "id_token"
            };
            format!(r#"{{"{member}": "{token}", "expires_in": 3599, "token_type": "Bearer"}}"#)
        }
        "quoted" => format!("\"{token}\""),
        "newlines" => {
            let characters: Vec<char> = token.chars().collect();
            let lines: Vec<String> = characters
                .chunks(76)
                .map(|line| line.iter().collect())
                .collect();
            lines.join("\n")
        }
        "env-assignment" => format!("export TOKEN={token}"),
        _ => token.to_owned(),
    }
}

/// What `curl -v` prints.
fn transcript(told: &Value, token: &str) -> String {
    let url = text_of(told, "service_url").unwrap_or("https://example.com/");
    let (_, rest) = url.split_once("://").unwrap_or(("", url));
    let rest = rest.split('#').next().unwrap_or_default();
    let path_at = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(path_at);
    let host = authority
        .split(':')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let slash = if path.starts_with('/') { "" } else { "/" };
    let mut text = format!(
        "*   Trying 203.0.113.7:443...\n* Connected to {host} (203.0.113.7) port 443\n* using HTTP/2\n\
         > GET {slash}{path} HTTP/2\n> Host: {authority}\n> User-Agent: curl/8.5.0\n> Accept: */*\n\
         > Authorization: Bearer {token}\n> \n"
    );
    if let Some(status) = status(told) {
        text.push_str(&format!(
            "< HTTP/2 {status} \n< content-type: text/html; charset=UTF-8\n"
        ));
        if let Some(challenge) = text_of(told, "www_authenticate") {
            text.push_str(&format!("< www-authenticate: {challenge}\n"));
        }
        let body = text_of(told, "body").unwrap_or_default();
        text.push_str("< date: Wed, 18 Nov 2026 09:06:40 GMT\n< \n");
        text.push_str(&format!("{body}\n* Connection #0 to host left intact\n"));
    }
    text
}

/// What came back, as far as the case tells it.
fn response(told: &Value) -> String {
    let challenge =
        text_of(told, "www_authenticate").map(|value| format!("www-authenticate: {value}\n"));
    let body = text_of(told, "body").unwrap_or_default();
    match challenge {
        Some(line) if body.is_empty() => line.trim_end_matches('\n').to_owned(),
        Some(line) => format!("{line}\n{body}"),
        None => body.to_owned(),
    }
}

fn status(told: &Value) -> Option<u16> {
    let status = told.get("http_status")?.as_u64()?;
    u16::try_from(status).ok().filter(|status| *status > 0)
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// JSON without spaces, everything beyond ASCII escaped.
fn ascii_json(value: &Value) -> String {
    let mut escaped = String::new();
    for character in value.to_string().chars() {
        if character.is_ascii() {
            escaped.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};
    use std::path::Path;

    /// One case per kind of wrap, and the SHA-256 of its paste as another minter makes it.
    const PASTES: &[(&str, &str)] = &[
        (
            "gh-CopilotKit-5712",
            "54a816ababee4d277c46400e3a280ccc84f9c0aedee22cdec6bf35c47efb140b",
        ),
        (
            "gh-adk-python-4458",
            "ee24a448e71847253716c21a59f4091f9afc06db696973d8f55b5a7ced99a6cb",
        ),
        (
            "gh-agent-starter-pack-543",
            "f83790b195e8c5812f527d89514042a228f4673c3e945c8d64da0a3ab07b4982",
        ),
        (
            "gh-cloud-logging-data-source-plugin-126",
            "8e946f45f3752ef697253f1db03855ef03933dbce03757d2aa3e82c7de23f53d",
        ),
        (
            "gh-gemini-cli-3924",
            "a1343b7e70b988e6393704955fd7cd1c98e32a14cf6d94d64cdc7b7c2ad146bd",
        ),
        (
            "gh-google-api-dotnet-client-1356",
            "38ae8eb5d92c37314a2f0a8b7fd08055ef2f6ac4548eaef1bedfa29ad874763d",
        ),
        (
            "gh-google-auth-library-python-462",
            "0e9d2f93933fb0403f9a7fae9d49e81b78ab84ec0c13daa40a352cbe63c7bacf",
        ),
    ];

    #[test]
    fn pastes_are_the_ones_that_other_tools_mint() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
        let cases = crate::read(&folder).unwrap();
        for (id, sha256) in PASTES {
            let case = cases.iter().find(|case| case.id == *id).unwrap();
            assert_eq!(
                &format!("{:x}", Sha256::digest(&case.input.paste)),
                sha256,
                "{id}"
            );
        }
    }
}
