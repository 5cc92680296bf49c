//! What a good inspector shows for each odd paste (tests/pastes.json), and whether ours does.

use anyhow::{Context, Result};
use serde_json::Value;
use std::path::Path;
use why401::view::{self, View};
use why401::{Input, diagnose};

/// An odd paste, what a good inspector shows for it, and what came of it here and elsewhere.
#[derive(Debug)]
pub struct Paste {
    /// Its name, `01-plain`.
    pub id: String,
    /// What it is.
    pub what: String,
    /// What a good inspector shows.
    pub should_show: String,
    /// What other decoders did with it: their name and a letter (F all claims, P part, L shown but
    /// wrong, E error, N null, C crash).
    pub peers: Vec<(String, String)>,
    /// What the page here lacks of what it should show; empty when it conforms.
    pub lacks: Vec<String>,
}

/// Diagnoses every paste of a `pastes.json`.
///
/// # Errors
/// Names what is wrong with the file.
pub fn conformance(file: &Path) -> Result<Vec<Paste>> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    let told: Value = serde_json::from_str(&text)?;
    let now = told["now"].as_i64().context("`now` is no number")?;
    let pastes = told["pastes"].as_array().context("`pastes` is no list")?;
    pastes.iter().map(|paste| judge(paste, now)).collect()
}

fn judge(paste: &Value, now: i64) -> Result<Paste> {
    let text = |name: &str| {
        let member = paste[name].as_str();
        member
            .map(str::to_owned)
            .with_context(|| format!("a paste lacks `{name}`"))
    };
    let id = text("id")?;
    let (_, headline, shows) = ROWS
        .iter()
        .find(|(row, ..)| *row == id)
        .with_context(|| format!("{id} has no row"))?;
    let input = Input {
        paste: text("paste")?,
        service_url: SERVICE_URL.to_owned(),
        ..Input::at(now)
    };
    let report = diagnose(&input);
    let page = visible_text(&view::page(&report, &View::of(&report)).to_html());
    let mut lacks: Vec<String> = shows
        .iter()
        // The page sets code in its own element instead of backquotes.
        .filter(|phrase| !page.contains(&phrase.replace('`', "")))
        .map(|phrase| (*phrase).to_owned())
        .collect();
    let found = report.causes.first().map_or("", |first| first.cause.id);
    if !headline.is_empty() && found != *headline {
        lacks.push(format!("the headline {headline} (it is {found})"));
    }
    let peers = paste["peers"].as_object();
    Ok(Paste {
        what: text("what")?,
        should_show: text("should_show")?,
        peers: peers
            .into_iter()
            .flatten()
            .map(|(name, letter)| (name.clone(), letter.as_str().unwrap_or("?").to_owned()))
            .collect(),
        lacks,
        id,
    })
}

/// The text between the tags, as a reader sees it.
fn visible_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text, |text, (entity, letter)| text.replace(entity, letter))
    .replace('`', "")
}

/// The service that the tokens of the pastes were made for.
const SERVICE_URL: &str = "https://orders-api-4k3jd82hfa-uc.a.run.app";

/// Paste, headline (empty when it does not matter), and what the page shows.
#[rustfmt::skip]
const ROWS: &[(&str, &str, &[&str])] = &[
    ("01-plain", "token-fine", &["Google ID token of a service account", "It is the URL of the called service", "Expires in 50 minutes", "decoded, not verified"]),
    ("02-bearer", "token-fine", &["was stripped", "Google ID token of a service account"]),
    ("04-authhdr", "token-fine", &["was stripped", "Google ID token of a service account"]),
    ("05-curlv", "unexplained", &["https://orders-api-4k3jd82hfa-uc.a.run.app/", "this is a 401", "A 401 or 403 comes from the door"]),
    ("07-quoted", "token-fine", &["Quotes around the token were removed"]),
    ("08-trailing-quote", "token-fine", &["1 character after the token was ignored"]),
    ("10-newline-wrapped", "token-fine", &["Line breaks were removed", "a header with a line break is refused by servers"]),
    ("11-spaces", "token-fine", &["Google ID token of a service account"]),
    ("13-bom", "token-fine", &["A byte order mark (U+FEFF)"]),
    ("14-ellipsis", "malformed-token", &["the ellipsis after it came from a terminal", "https://orders-api-4k3jd82hfa-uc.a.run.app"]),
    ("16-nosig", "token-fine", &["Cloud Run would refuse this, though it is fine for reading", "email_verified"]),
    ("17-nosig-dot", "token-fine", &["Cloud Run would refuse this, though it is fine for reading", "email_verified"]),
    ("19-payload-only", "malformed-token", &["Only the middle part, the claims, is there", "email_verified"]),
    ("20-4seg", "malformed-token", &["The token has 4 parts, and a JWT has three", "email_verified"]),
    ("22-jwe-dir", "other-credential-type", &["a JWE, an encrypted token", "the empty second part is right"]),
    ("23-none", "signature-invalid", &["The token is unsigned", "emulator", "Cloud Run, IAP and gateways refuse it", "email_verified"]),
    ("25-noalg", "signature-invalid", &["every server needs one", "email_verified"]),
    ("26-alg-unknown", "signature-invalid", &["not one that Google issues (RS256 or ES256)", "email_verified"]),
    ("28-es256k", "signature-invalid", &["not one that Google issues (RS256 or ES256)", "email_verified"]),
    ("29-es512", "signature-invalid", &["not one that Google issues (RS256 or ES256)", "email_verified"]),
    ("31-uint64", "token-fine", &["18446744073709551615"]),
    ("32-exp400", "token-fine", &["1.5e400"]),
    ("34-duphdr", "malformed-token", &["`alg` stands there more than once", r#""none""#, r#""RS256""#]),
    ("35-proto", "token-fine", &["__proto__", "constructor"]),
    ("37-exp-float", "token-fine", &["1795177558.5", "has a fraction"]),
    ("38-exp-ms", "not-yet-valid", &["looks like milliseconds", "1795180558000", "13:15:58"]),
    ("40-exp-huge", "token-fine", &["99999999999999", "out of the calendar’s range"]),
    ("41-exp-null", "expired", &["is null, which counts as absent"]),
    ("43-expired", "expired", &["The token expired 1 hour ago", "2026-11-20 11:25:58 UTC", "print-identity-token"]),
    ("44-nbf-future", "not-yet-valid", &["The token is not valid yet", "1 hour ahead", "Two clocks differ"]),
    ("46-aud-slash", "token-fine", &["with a trailing slash", "only in the token"]),
    ("47-aud-num", "audience-mismatch", &["must be a string"]),
    ("49-payload-array", "other-credential-type", &["claims must be an object"]),
    ("50-payload-str", "other-credential-type", &["claims must be an object"]),
    ("52-payload-empty", "malformed-token", &["The payload is empty"]),
    ("53-badjson", "malformed-token", &["The payload’s JSON stops at byte 262", "email_verified"]),
    ("55-bom-payload", "token-fine", &["A byte order mark (U+FEFF) stands before the JSON", "email_verified"]),
    ("56-badutf8", "issuer-not-accepted", &["There is no UTF-8 at bytes 9, 10, 11", "�"]),
    ("58-rtl", "token-fine", &["U+202E"]),
    ("59-html", "token-fine", &["<img"]),
    ("61-lonesurr", "expired", &[r#"\ud800"#]),
    ("62-stdb64", "malformed-token", &["standard base64", "strict servers refuse", "email_verified"]),
    ("64-urlenc", "malformed-token", &["was percent-encoded"]),
    ("65-b64-1mod4", "malformed-token", &["a length that cannot be base64url: characters were lost", "email_verified"]),
    ("67-large", "token-fine", &["Google ID token of a service account"]),
    ("68-zip", "other-credential-type", &["The payload is compressed"]),
    ("70-claimjwt", "token-fine", &["holds another token", "it is masked here"]),
    ("71-json-ser", "other-credential-type", &["It is in JSON form", "email_verified"]),
    ("73-sdjwt", "token-fine", &["SD-JWT", "given_name", "Ann"]),
    ("74-ya29", "access-token-where-id-token-needed", &["OAuth 2.0 access token", "is opaque and cannot be decoded", "Cloud Run wants an ID token", "print-identity-token"]),
    ("76-refresh", "other-credential-type", &["OAuth 2.0 refresh token", "never send or share it, and revoke it"]),
    ("77-apikey", "other-credential-type", &["API key", "Cloud Run’s and IAP’s checks do not take it"]),
    ("79-basic", "other-credential-type", &["HTTP Basic"]),
    ("80-empty", "unexplained", &["Nothing to judge yet"]),
    ("82-word", "not-a-token", &["is no token", "A token is a JWT"]),
    ("83-two", "token-fine", &["2 credentials were found", "the first one is judged"]),
    ("85-tokeninfo", "token-fine", &["It was taken out of a JSON answer"]),
    ("86-har", "", &["https://orders-api-4k3jd82hfa-uc.a.run.app/", "401"]),
    ("88-iap", "other-credential-type", &["IAP assertion", "application behind it"]),
    ("89-firebase", "issuer-not-accepted", &["Firebase ID token", "Cloud Run’s check takes tokens issued by"]),
    ("91-doublebearer", "malformed-token", &["`Bearer` stands there twice"]),
    ("92-cookie", "token-fine", &["It came from a cookie"]),
    ("94-smartquote", "malformed-token", &["Typographic quotes (“ ”)", "a script sends them as part of it"]),
    ("95-linefeed-escaped", "malformed-token", &[r#"the two characters `\n`"#]),
];
