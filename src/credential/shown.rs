//! JSON as it may be shown and copied: secrets masked, hidden characters escaped, everything
//! else as sent.

use std::borrow::Cow;

use super::Jwt;
use super::opaque::secret_prefix;
use crate::json::{Json, Member, Shape, odd_escape};
use crate::text::{holds, is_base64url, is_credential, run};
use crate::visible::{hides_something, is_hidden};

impl Jwt {
    /// The protected header as one JSON text: members in the order sent, duplicates kept, the
    /// digits of numbers kept, secrets masked. `null` when there is none.
    #[must_use]
    pub fn header_json(&self) -> String {
        whole(&self.header)
    }

    /// The claims set as one JSON text, like [`header_json`](Self::header_json). A payload
    /// that is JSON but no object is given as it is.
    #[must_use]
    pub fn claims_json(&self) -> String {
        whole(&self.claims)
    }
}

/// The source text of a JSON value as it may be shown: a token or a key inside it is cut to
/// its first characters, hidden characters are written as `\uXXXX`.
#[must_use]
pub fn shown(raw: &str) -> Cow<'_, str> {
    shown_beside(raw, &[])
}

/// Like [`shown`], for a text in whose members of these names credentials were found: there a
/// value that does not look like a token is a damaged one.
#[must_use]
pub(crate) fn shown_beside<'t>(raw: &'t str, found: &[&str]) -> Cow<'t, str> {
    // Asked once of the whole: a token may hold thousands of literals.
    let plain = is_plain(raw);
    let is_key = holds(raw, "kty\"");
    let is_jws = holds(raw, "payload\"");
    let mut out = String::new();
    let mut done = 0;
    let mut past = 0;
    let mut longest_gap = 0;
    let mut secret_follows = false;
    let mut credential_follows = false;
    for literal in Literals::of(raw) {
        let Some(text) = raw.get(literal.clone()) else {
            continue;
        };
        longest_gap = longest_gap.max(literal.start.saturating_sub(past));
        past = literal.end;
        let after = raw.get(literal.end..).unwrap_or_default();
        let is_name = after.trim_start().starts_with(':');
        let safe = if is_name {
            let name = unescaped(text);
            secret_follows = SECRETS.contains(&&*name)
                || (is_key && KEY_PARTS.contains(&&*name))
                || (is_jws && name == "signature");
            credential_follows = found.contains(&&*name);
            safe_literal(text, plain)
        } else if std::mem::take(&mut secret_follows)
            || (std::mem::take(&mut credential_follows) && !is_one_secret(text))
        {
            Cow::Borrowed("\"…\"")
        } else {
            safe_literal(text, plain)
        };
        if safe != text {
            out.push_str(raw.get(done..literal.start).unwrap_or_default());
            out.push_str(&safe);
            done = literal.end;
        }
    }
    longest_gap = longest_gap.max(raw.len().saturating_sub(past));
    let shown = if done == 0 {
        Cow::Borrowed(raw)
    } else {
        out.push_str(raw.get(done..).unwrap_or_default());
        Cow::Owned(out)
    };
    // Between its literals JSON holds numbers and braces; what is broken may hold anything.
    if longest_gap < SHORTEST_TOKEN {
        return shown;
    }
    match with_words_masked(&shown) {
        Cow::Borrowed(_) => shown,
        Cow::Owned(masked) => Cow::Owned(masked),
    }
}

/// The text with every token and key in it cut to its first characters.
pub(crate) fn masked(text: &str) -> Cow<'_, str> {
    if holds(text, PEM_LABEL) {
        return Cow::Borrowed("-----BEGIN PRIVATE KEY-----…");
    }
    with_words_masked(text)
}

fn with_words_masked(text: &str) -> Cow<'_, str> {
    if !holds(text, SCHEME) {
        return words_masked(text);
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(SCHEME) {
        out.push_str(&words_masked(before));
        out.push_str(SCHEME);
        let sent = after.get(..run(after.as_bytes(), goes_on));
        rest = after;
        // However damaged it is, what follows the scheme is a credential.
        if let Some(sent) = sent.filter(|sent| sent.len() > SHORTEST_TOKEN) {
            out.push_str(&mask(sent).unwrap_or_else(|| format!("{}…", start(sent))));
            rest = after.get(sent.len()..).unwrap_or_default();
        }
    }
    out.push_str(&words_masked(rest));
    Cow::Owned(out)
}

/// The first characters of a damaged credential, of a JWT those of its header.
fn start(damaged: &str) -> &str {
    const SHOWN: usize = 8;
    let longest = if damaged.starts_with("eyJ") {
        LONGEST_HEADER
    } else {
        SHOWN
    };
    let length = run(damaged.as_bytes(), is_base64url).min(longest);
    damaged.get(..length).unwrap_or_default()
}

fn words_masked(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for (at, word) in words(text) {
        if at < done {
            continue;
        }
        if let Some(mask) = mask(word) {
            out.push_str(text.get(done..at).unwrap_or_default());
            out.push_str(&mask);
            done = at.saturating_add(word.len());
            if is_token(word) {
                // A damaged token goes on behind the characters that do not belong to it.
                let rest = text.as_bytes().get(done..).unwrap_or_default();
                done = done.saturating_add(continuation(rest));
            }
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// How far a token goes on behind its first foreign character: up to what ends one, and behind
/// that too where a run follows that is as long and as mixed as only tokens are.
fn continuation(rest: &[u8]) -> usize {
    const FOREIGN: usize = 8;
    const LONG: usize = 40;
    let mut end = run(rest, goes_on);
    loop {
        let after = rest.get(end..).unwrap_or_default();
        let foreign = run(after, |byte| {
            !is_credential(byte) && !byte.is_ascii_whitespace()
        });
        let piece = after.get(foreign..).unwrap_or_default();
        let piece = piece.get(..run(piece, is_credential)).unwrap_or_default();
        if foreign > FOREIGN || piece.len() < LONG || !is_mixed(piece) {
            return end;
        }
        end = end.saturating_add(foreign).saturating_add(piece.len());
    }
}

/// What does not end a token: neither white space nor what texts put around and between values.
fn goes_on(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !b"&,;\"'`<>()[]{}|".contains(&byte)
}

/// Whether a JWT stands in this JSON value.
pub(super) fn holds_token(raw: &str) -> bool {
    holds(raw, "eyJ") && words(raw).any(|(_, word)| is_token(word))
}

/// Members whose value is a secret wherever they stand.
const SECRETS: &[&str] = &[
    "client_secret",
    "password",
    "private_key",
    "refresh_token",
    "secret",
];

/// Members of a JWK that make it private (RFC 7518 section 6).
const KEY_PARTS: &[&str] = &["d", "k", "p", "q", "dp", "dq", "qi", "oth"];

fn whole(json: &Json) -> String {
    match json.shape {
        Shape::Object => {
            let mut object = String::with_capacity(json.source.len().saturating_add(16));
            for member in &json.members {
                object.push(if object.is_empty() { '{' } else { ',' });
                push_quoted(&mut object, &member.name);
                object.push(':');
                object.push_str(&member.raw);
            }
            object.push_str(if object.is_empty() { "{}" } else { "}" });
            match shown(&object) {
                Cow::Borrowed(_) => object,
                Cow::Owned(masked) => masked,
            }
        }
        Shape::Other if json.broken.is_none() => shown(json.source.trim()).into_owned(),
        _ => "null".into(),
    }
}

/// No escape, no hidden character, no key in PEM and no scheme: then only tokens are left to look
/// for.
fn is_plain(raw: &str) -> bool {
    !raw.contains('\\') && !holds(raw, PEM_LABEL) && !holds(raw, SCHEME) && !hides_something(raw)
}

const SCHEME: &str = "Bearer ";

const PEM_LABEL: &str = "PRIVATE KEY-----";

/// A string literal as it may be shown; `plain` when it stands in a text that [`is_plain`].
fn safe_literal(literal: &str, plain: bool) -> Cow<'_, str> {
    let text = unescaped(literal);
    let safe = if plain {
        words_masked(&text)
    } else {
        masked(&text)
    };
    // A lone surrogate is grammatical JSON that many parsers refuse.
    let refused = !plain && odd_escape(literal).is_some();
    if refused || safe != text {
        let mut quoted = String::with_capacity(safe.len().saturating_add(2));
        push_quoted(&mut quoted, &safe);
        return Cow::Owned(quoted);
    }
    if plain || !hides_something(literal) {
        return Cow::Borrowed(literal);
    }
    let mut escaped = String::with_capacity(literal.len().saturating_add(16));
    for char in literal.chars() {
        push_visible(&mut escaped, char);
    }
    Cow::Owned(escaped)
}

/// The text of a string literal; any other value as it is written. Borrowed when it has no escape.
pub(super) fn unescaped(literal: &str) -> Cow<'_, str> {
    let inner = literal
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(literal);
    if !literal.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let member = Member {
        name: String::new(),
        raw: literal.to_owned(),
        duplicate: false,
    };
    Cow::Owned(member.string().unwrap_or_else(|| inner.to_owned()))
}

/// Adds the text as a JSON string literal without hidden characters.
fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    if text.contains(['"', '\\']) || hides_something(text) {
        for char in text.chars() {
            if matches!(char, '"' | '\\') {
                out.push('\\');
            }
            push_visible(out, char);
        }
    } else {
        out.push_str(text);
    }
    out.push('"');
}

fn push_visible(out: &mut String, char: char) {
    if is_hidden(char) {
        for unit in char.encode_utf16(&mut [0; 2]) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    } else {
        out.push(char);
    }
}

/// Stretches of the characters that credentials are made of, with their offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end: usize = 0;
    std::iter::from_fn(move || {
        let rest = text.as_bytes().get(end..)?;
        let start = end.saturating_add(run(rest, |byte| !is_credential(byte)));
        let word = text.as_bytes().get(start..)?;
        end = start.saturating_add(run(word, is_credential));
        (start < end).then(|| (start, text.get(start..end).unwrap_or_default()))
    })
    .filter(|(_, word)| word.len() >= SHORTEST_SECRET)
}

const SHORTEST_SECRET: usize = 8;

fn mask(word: &str) -> Option<String> {
    if is_token(word) {
        // The header is no secret, and lets a reader find the token again.
        let header = word.split('.').next().unwrap_or_default();
        let header: String = header.chars().take(LONGEST_HEADER).collect();
        return Some(format!("{header}…"));
    }
    secret_prefix(word).map(|prefix| format!("{prefix}…"))
}

/// Whether a string literal is one secret that [`mask`] hides whole.
fn is_one_secret(literal: &str) -> bool {
    let text = unescaped(literal);
    text.bytes().all(is_credential) && mask(&text).is_some()
}

const LONGEST_HEADER: usize = 200;

const SHORTEST_TOKEN: usize = 20;

/// A JWT, or the end of one whose first characters are lost.
fn is_token(word: &str) -> bool {
    word.len() > SHORTEST_TOKEN
        && word.contains('.')
        && (word.starts_with("eyJ") || holds(word, ".eyJ") || is_end_of_token(word))
}

/// The end of a payload and a signature: two runs as long and mixed as only these are.
fn is_end_of_token(word: &str) -> bool {
    const PAYLOAD: usize = 20;
    const SIGNATURE: usize = 43;
    if word.len() <= PAYLOAD + SIGNATURE {
        return false;
    }
    let long = |part: &str, least| part.len() >= least && is_mixed(part.as_bytes());
    let mut before = "";
    word.split('.').any(|part| {
        let before = std::mem::replace(&mut before, part);
        long(part, SIGNATURE) && long(before, PAYLOAD)
    })
}

/// Letters of both cases and digits, as random bytes have them in Base64.
fn is_mixed(run: &[u8]) -> bool {
    [
        u8::is_ascii_digit,
        u8::is_ascii_lowercase,
        u8::is_ascii_uppercase,
    ]
    .iter()
    .all(|kind| run.iter().any(kind))
}

/// The string literals of a JSON text, as byte ranges with their quotes.
struct Literals<'a> {
    bytes: std::iter::Enumerate<std::str::Bytes<'a>>,
}

impl<'a> Literals<'a> {
    fn of(raw: &'a str) -> Self {
        Self {
            bytes: raw.bytes().enumerate(),
        }
    }
}

impl Iterator for Literals<'_> {
    type Item = std::ops::Range<usize>;

    fn next(&mut self) -> Option<Self::Item> {
        let (start, _) = self.bytes.find(|(_, byte)| *byte == b'"')?;
        while let Some((at, byte)) = self.bytes.next() {
            match byte {
                b'\\' => {
                    self.bytes.next();
                }
                b'"' => return Some(start..at.saturating_add(1)),
                _ => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INNER: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";

    #[test]
    fn values_are_kept_to_the_digit() {
        for raw in [
            "1.5e400",
            "1.50",
            "null",
            "{\"a\": [1, \"é\\n\\\"\", {\"b\":\"\\u202e\"}]}",
            "\"https://a.example/4/x\"",
            "\"32555940559.apps.googleusercontent.com\"",
            "\"\"",
        ] {
            assert!(
                matches!(shown(raw), Cow::Borrowed(same) if same == raw),
                "{raw}"
            );
        }
    }

    #[test]
    fn tokens_inside_are_masked() {
        assert_eq!(shown(&format!("\"{INNER}\"")), "\"eyJhbGciOiJSUzI1NiJ9…\"");
        assert_eq!(
            shown(&format!("{{\"a\":[\"Bearer {INNER}\",7]}}")),
            "{\"a\":[\"Bearer eyJhbGciOiJSUzI1NiJ9…\",7]}"
        );
        assert_eq!(
            shown(r#""token=ya29.c.fakeFAKEfake&x""#),
            r#""token=ya29.c.…&x""#
        );
        // A quote too many has put it outside of the string.
        assert_eq!(
            shown(&format!("{{\"a\":\"b\"{INNER}\",\"c\":1}}")),
            "{\"a\":\"b\"eyJhbGciOiJSUzI1NiJ9…\",\"c\":1}"
        );
        // Its beginning is lost.
        assert_eq!(
            shown("\"iOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl\""),
            "\"iOiJSUzI1NiJ9…\""
        );
        // One character of it is damaged.
        assert_eq!(
            shown(&format!("\"eyJhbGciOiJSUzI1NiJ9.eyJz#{INNER}&x\"")),
            "\"eyJhbGciOiJSUzI1NiJ9…&x\""
        );
        // Behind a bracket too, where what follows is as long and mixed as a token.
        let end = "EXAMPLEnotAtoken0".repeat(3);
        assert_eq!(
            shown(&format!("\"eyJhbGciOiJSUzI1NiJ9.eyJz}}é{end}&x\"")),
            "\"eyJhbGciOiJSUzI1NiJ9…&x\""
        );
        // Behind the scheme, whatever became of it.
        assert_eq!(
            shown(
                "\"Bearer eyJhbGciOiJ\u{FEFF}x.a.EXAMPLEnotAtoken and Bearer EXAMPLE-NOT-A-TOKEN-é-x\""
            ),
            "\"Bearer eyJhbGciOiJ\\ufeffx… and Bearer EXAMPLE-…\""
        );
        assert_eq!(
            shown("\"Bearer token missing\""),
            "\"Bearer token missing\""
        );
        // Only the end of its payload is there.
        assert_eq!(
            shown(&format!("\"iOiJhIn0xMTM3.{end}\"")),
            format!("\"iOiJhIn0xMTM3.{end}\"")
        );
        assert_eq!(
            shown(&format!("\"zdWIiOiIxMTM3NzQyNjQifQ.{end}\"")),
            "\"zdWIiOiIxMTM3NzQyNjQifQ…\""
        );
        // Spelt with an escape.
        assert_eq!(
            shown(&format!(
                "\"\\u0065{}\"",
                INNER.strip_prefix('e').unwrap_or_default()
            )),
            "\"eyJhbGciOiJSUzI1NiJ9…\""
        );
        assert_eq!(
            shown("\"-----BEGIN PRIVATE KEY-----\\nRkFLRQ==\\n\""),
            "\"-----BEGIN PRIVATE KEY-----…\""
        );
        assert!(holds_token(&format!("\"{INNER}\"")) && !holds_token("\"eyJhIn0\""));
    }

    #[test]
    fn a_damaged_token_is_masked_where_one_was_found() {
        let json = format!(
            "{{\"id_token\": \"ey=={INNER}\", \"a\": \"{INNER}\", \"b\": \"{INNER}\\nbbbb\", \"c\": \"c\"}}"
        );
        assert_eq!(
            shown_beside(&json, &["id_token", "a", "b"]),
            r#"{"id_token": "…", "a": "eyJhbGciOiJSUzI1NiJ9…", "b": "…", "c": "c"}"#
        );
    }

    #[test]
    fn members_that_are_secrets_are_masked() {
        assert_eq!(
            shown(r#"{"client_secret": "abc", "n": "abc"}"#),
            r#"{"client_secret": "…", "n": "abc"}"#
        );
        assert_eq!(
            shown(r#"{"kty":"EC","x":"abc","d":"abc"}"#),
            r#"{"kty":"EC","x":"abc","d":"…"}"#
        );
        assert_eq!(shown(r#"{"d":"abc"}"#), r#"{"d":"abc"}"#);
        // A JWS in its JSON form (RFC 7515 section 7.2).
        assert_eq!(
            shown(r#"{"payload":"e30","signatures":[{"signature":"abc"}]}"#),
            r#"{"payload":"e30","signatures":[{"signature":"…"}]}"#
        );
        assert_eq!(shown(r#"{"signature":"abc"}"#), r#"{"signature":"abc"}"#);
    }

    #[test]
    fn hidden_characters_and_lone_surrogates_are_escaped() {
        assert_eq!(
            shown("\"a\u{202E}\u{E0041}b\""),
            "\"a\\u202e\\udb40\\udc41b\""
        );
        assert_eq!(shown("\"a\\ud800b\""), "\"a\\\\ud800b\"");
        assert_eq!(shown("{\"\u{200B}\":1}"), "{\"\\u200b\":1}");
    }

    #[test]
    fn a_whole_object() {
        let json = Json::read("{\"a\": 1.50, \"a\":\"\u{200B}\", \"b\\n\":null}");
        assert_eq!(
            whole(&json),
            "{\"a\":1.50,\"a\":\"\\u200b\",\"b\\u000a\":null}"
        );
        assert_eq!(whole(&Json::read(" [1, 2] ")), "[1, 2]");
        assert_eq!(whole(&Json::read("hello")), "null");
        assert_eq!(whole(&Json::read("[1")), "null");
        assert_eq!(whole(&Json::read("")), "null");
        assert_eq!(whole(&Json::read("{\"a\":1,\"b\":")), "{\"a\":1}");
    }
}
