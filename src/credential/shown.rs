//! JSON as it may be shown and copied: secrets masked, hidden characters escaped, everything
//! else as sent.

use std::borrow::Cow;

use super::Jwt;
use super::opaque::secret_prefix;
use crate::json::{Json, Member, Shape, odd_escape};
use crate::visible::is_hidden;

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
    let keys = if raw.contains("\"kty\"") {
        KEY_PARTS
    } else {
        &[]
    };
    let mut out = String::new();
    let mut done = 0;
    let mut secret_follows = false;
    for literal in Literals::of(raw) {
        let Some(text) = raw.get(literal.clone()) else {
            continue;
        };
        let after = raw.get(literal.end..).unwrap_or_default();
        let is_name = after.trim_start().starts_with(':');
        let safe = if is_name {
            let name = unescaped(text);
            secret_follows = SECRETS.contains(&&*name) || keys.contains(&&*name);
            safe_literal(text)
        } else if std::mem::take(&mut secret_follows) {
            Cow::Borrowed("\"…\"")
        } else {
            safe_literal(text)
        };
        if safe != text {
            out.push_str(raw.get(done..literal.start).unwrap_or_default());
            out.push_str(&safe);
            done = literal.end;
        }
    }
    if done == 0 {
        return Cow::Borrowed(raw);
    }
    out.push_str(raw.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// The text with every token and key in it cut to its first characters.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    if text.contains("PRIVATE KEY-----") {
        return Cow::Borrowed("-----BEGIN PRIVATE KEY-----…");
    }
    let mut out = String::new();
    let mut done = 0;
    for (at, word) in words(text) {
        if let Some(mask) = mask(word) {
            out.push_str(text.get(done..at).unwrap_or_default());
            out.push_str(&mask);
            done = at.saturating_add(word.len());
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// Whether a JWT stands in this JSON value.
pub(super) fn holds_token(raw: &str) -> bool {
    raw.contains("eyJ") && words(raw).any(|(_, word)| is_token(word))
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
            let members: Vec<String> = json
                .members
                .iter()
                .map(|member| format!("{}:{}", quote(&member.name), member.raw))
                .collect();
            shown(&format!("{{{}}}", members.join(","))).into_owned()
        }
        Shape::Other if json.broken.is_none() => shown(json.source.trim()).into_owned(),
        _ => "null".into(),
    }
}

fn safe_literal(literal: &str) -> Cow<'_, str> {
    let text = unescaped(literal);
    let safe = masked(&text);
    // A lone surrogate is grammatical JSON that many parsers refuse.
    let refused = odd_escape(literal).is_some();
    if refused || safe != text {
        return Cow::Owned(quote(&safe));
    }
    if !literal.chars().any(is_hidden) {
        return Cow::Borrowed(literal);
    }
    let mut escaped = String::with_capacity(literal.len().saturating_add(16));
    for char in literal.chars() {
        push_visible(&mut escaped, char);
    }
    Cow::Owned(escaped)
}

/// The text of a string literal; any other value as it is written.
pub(super) fn unescaped(literal: &str) -> Cow<'_, str> {
    let inner = literal.trim_matches('"');
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

/// The text as a JSON string literal without hidden characters.
fn quote(text: &str) -> String {
    let mut literal = String::with_capacity(text.len().saturating_add(2));
    literal.push('"');
    for char in text.chars() {
        if matches!(char, '"' | '\\') {
            literal.push('\\');
        }
        push_visible(&mut literal, char);
    }
    literal.push('"');
    literal
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

/// Stretches of the characters that tokens are made of, with their offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_between = |char: char| {
        !(char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.' | '/' | '+' | '~'))
    };
    let mut offset: usize = 0;
    text.split_inclusive(is_between)
        .map(move |piece| {
            let start = offset;
            offset = offset.saturating_add(piece.len());
            (start, piece.trim_end_matches(is_between))
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

const LONGEST_HEADER: usize = 200;

fn is_token(word: &str) -> bool {
    word.starts_with("eyJ") && word.len() > 20 && word.contains('.')
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
