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
        '*' | '•' | '█' => 2,
        'x' | 'X' | '#' => 5,
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
        ] {
            assert!(is_redacted(yes), "{yes}");
        }
        for no in [
            "",
            "xxx",
            "...",
            "undefined",
            "<token>",
            "*",
            "hiddenvalue123",
            "eyJhbGciOi",
        ] {
            assert!(!is_redacted(no), "{no}");
        }
    }
}
