//! How tokens begin, and which characters they hold.

pub(super) use crate::text::{is_base64url, is_opaque, is_token, run};

/// Full stops of other scripts, which are read as `.` within a token.
pub(super) const FOREIGN_DOTS: [char; 3] = ['\u{3002}', '\u{FF0E}', '\u{FF61}'];

/// How a token is written, which decides how far it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// JSON in base64url and dots: JWT, JWS, JWE. Often wrapped, encoded and quoted.
    Jose,
    /// `ya29.…`
    OAuth,
    /// Any other token known by its prefix.
    Opaque,
    /// `-----BEGIN … PRIVATE KEY-----`
    Pem,
}

/// The fewest characters of a JOSE header that is believed in the midst of a text.
const SHORTEST_HEADER: usize = 10;

/// Prefixes of opaque tokens, and how many characters must follow at least (facts.md 1.1, 1.4).
const PREFIXES: &[(&str, usize)] = &[
    ("1//", 12),
    ("4/0", 16),
    ("4/1", 16),
    ("4/P", 16),
    ("AIza", 20),
    ("AQ.Ab", 20),
    ("AKIA", 16),
    ("ASIA", 16),
    ("GOCSPX-", 10),
    ("GOOG1", 20),
    ("ghp_", 20),
    ("gho_", 20),
    ("ghu_", 20),
    ("ghs_", 20),
    ("ghr_", 20),
    ("github_pat_", 20),
    ("glpat-", 16),
    ("glcbt-", 16),
    ("hvs.", 20),
    ("hf_", 20),
    ("npm_", 20),
    ("sk-", 20),
    ("v1.local.", 20),
    ("v1.public.", 20),
    ("v2.local.", 20),
    ("v2.public.", 20),
    ("v3.local.", 20),
    ("v3.public.", 20),
    ("v4.local.", 20),
    ("v4.public.", 20),
    ("xoxb-", 8),
    ("xoxp-", 8),
];

impl Shape {
    /// The shape of the token that `text` begins with, if it begins with one.
    pub(super) fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        match bytes.first()? {
            b'e' if bytes.starts_with(b"eyJ") => {
                begins(bytes, SHORTEST_HEADER, is_base64url).then_some(Self::Jose)
            }
            // A header that begins with `{ `, a line feed or nothing at all needs its dots to be believed.
            b'e' if ["eyA", "ewo", "ew0", "e30."]
                .iter()
                .any(|start| text.starts_with(start)) =>
            {
                let token = bytes.get(..run(bytes, is_opaque)).unwrap_or_default();
                let dots = token.iter().filter(|byte| **byte == b'.').take(2).count();
                (dots == 2 && token.len() > SHORTEST_HEADER).then_some(Self::Jose)
            }
            b'y' if bytes.starts_with(b"ya29.") => {
                begins(bytes, 9, is_opaque).then_some(Self::OAuth)
            }
            b'-' if bytes.starts_with(b"-----BEGIN ") => {
                let (label, body) = text.get(11..)?.split_once("-----")?;
                (label.ends_with("PRIVATE KEY") && has_key(body)).then_some(Self::Pem)
            }
            b'1' | b'4' | b'A' | b'G' | b'g' | b'h' | b'n' | b's' | b'v' | b'x' => PREFIXES
                .iter()
                .find(|(prefix, _)| text.starts_with(prefix))
                .and_then(|(prefix, more)| {
                    let rest = bytes.get(prefix.len()..).unwrap_or_default();
                    begins(rest, *more, is_opaque).then_some(Self::Opaque)
                }),
            _ => None,
        }
    }
}

/// Whether a key, or what hides one, follows the first line of a PEM block. A message that only
/// names that line has none.
pub(crate) fn has_key(body: &str) -> bool {
    /// The shortest run of letters that is taken for a key.
    const SHORTEST: usize = 8;
    let rest = core::iter::successors(Some(body), |text| without_joint(text))
        .last()
        .unwrap_or(body);
    let is_hidden = rest.starts_with(['*', '…', '<', '[', '\u{2022}']) || rest.starts_with("..");
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let run = rest.bytes().take_while(|byte| is_base64(byte)).count();
    // At its end a copy may have been cut.
    is_hidden || run >= SHORTEST || run == rest.len()
}

/// A text without the line break it begins with, also one that is written out, or without what
/// joins the pieces of a text in code.
fn without_joint(text: &str) -> Option<&str> {
    ["\\n", "\\r", "\\"]
        .iter()
        .find_map(|escape| text.strip_prefix(escape))
        .or_else(|| {
            text.strip_prefix(|char: char| {
                char.is_whitespace() || matches!(char, '"' | '\'' | '+' | ',' | '`')
            })
        })
}

/// The start of a token that may be shown: what tells its kind and nothing more.
pub(super) fn shown_prefix(token: &str) -> &str {
    let length = match Shape::of(token) {
        Some(Shape::Jose) => 8,
        Some(Shape::OAuth) => 5,
        Some(Shape::Opaque) => PREFIXES
            .iter()
            .find(|(prefix, _)| token.starts_with(prefix))
            .map_or(0, |(prefix, _)| prefix.len().min(8)),
        Some(Shape::Pem) | None => 0,
    };
    token.get(..length).unwrap_or_default()
}

/// Whether at least so many bytes at the start satisfy `test`.
fn begins(bytes: &[u8], count: usize, test: fn(u8) -> bool) -> bool {
    bytes
        .get(..count)
        .is_some_and(|start| start.iter().all(|byte| test(*byte)))
}

/// Whether letters look like words of a language or a header's name rather than base64.
pub(super) fn is_word(chunk: &[u8]) -> bool {
    chunk.len() < 24
        && chunk.split(|byte| matches!(byte, b'-' | b'_')).all(|part| {
            let tail = part.get(1..).unwrap_or_default();
            part.first().is_some_and(u8::is_ascii_alphabetic)
                && tail.iter().all(u8::is_ascii_lowercase)
        })
}
