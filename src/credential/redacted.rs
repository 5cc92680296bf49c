//! Credentials that somebody, or a log, hid before they were pasted: `[REDACTED]`, `****`.

use super::{Credential, Kind};

/// A credential, or one part of it, of which nothing is left to see.
pub(super) fn is_redacted(text: &str) -> bool {
    let wrapping = |char: char| !char.is_ascii_alphanumeric();
    let lower = text.trim_matches(wrapping).to_ascii_lowercase();
    lower.starts_with("redacted")
        || lower.ends_with("redacted")
        || WORDS.contains(&lower.as_str())
        || is_filler(text)
        || is_bracketed(text)
}

/// What stands in the place of one part of a token: `payload`, `sig`, or any filler.
pub(super) fn is_part_hidden(text: &str) -> bool {
    is_redacted(text)
        || ["claims", "header", "payload", "sig", "signature"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
}

/// A JWT of which only the start was left: `eyJ...`, `eyJhbGci…`, `eyJ***`.
pub(super) fn is_shortened_jwt(text: &str) -> bool {
    let start = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let rest = text.get(start..).unwrap_or_default();
    let is_filled = |part: &str| part.is_empty() || is_filler(part) || is_bracketed(part);
    // One dot alone ends a header that was cut there, two a payload.
    let is_shortened = is_filler(rest) || rest.len() > 2 && rest.split('.').all(is_filled);
    text.starts_with("ey") && !rest.is_empty() && is_shortened
}

/// `<token>`, `[FILTERED]`, `<your-id-token>`, `[...]`: a name in brackets. Programs put brackets
/// around the descriptions of objects too, which were sent.
fn is_bracketed(text: &str) -> bool {
    let inner = [('<', '>'), ('[', ']'), ('(', ')')]
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    let Some(inner) = inner else { return false };
    let is_name = !inner.is_empty()
        && inner.chars().all(|char| {
            char.is_alphanumeric() || matches!(char, ' ' | '_' | '-' | '.' | '…' | '*' | '\'')
        });
    is_name && !inner.starts_with("object ") && !inner.contains(" object ")
}

/// What stands for a credential that the paste hides.
pub(super) fn hidden(label: &'static str) -> Credential {
    let mut credential = Credential::new(Kind::UnknownOpaque, label)
        .with_note("It was hidden before it was pasted, so what was sent cannot be seen here.");
    credential.hidden = true;
    credential
}

/// What people and programs write in place of a secret.
const WORDS: &[&str] = &[
    "elided",
    "filtered",
    "hidden",
    "masked",
    "omitted",
    "removed",
    "sanitized",
    "scrubbed",
    "snip",
    "snipped",
    "truncated",
];

/// One sign over and over: stars and dots of any length, letters when nobody could mean them.
fn is_filler(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    let least = match first {
        '…' => 1,
        '*' | '•' | '█' => 2,
        'x' | 'X' | '.' => 3,
        '#' => 5,
        _ => return false,
    };
    chars.all(|char| char == first) && text.chars().count() >= least
}

#[cfg(test)]
mod tests {
    use super::is_redacted;

    #[test]
    fn what_hides_a_secret() {
        for yes in [
            "[REDACTED]",
            "<redacted>",
            "REDACTED",
            "redacted-token",
            "***",
            "••••••",
            "xxxxxxxx",
            "(hidden)",
            "[truncated]",
            "***REDACTED***",
            "xxx",
            "...",
            "…",
            "[...]",
            "<token>",
            "<your token>",
            "[FILTERED]",
        ] {
            assert!(is_redacted(yes), "{yes}");
        }
        for no in [
            "",
            "undefined",
            "[object Object]",
            "<coroutine object fetch at 0x7f>",
            "*",
            "xx",
            "hiddenvalue123",
            "eyJhbGciOi",
        ] {
            assert!(!is_redacted(no), "{no}");
        }
    }
}
