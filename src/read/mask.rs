//! Texts that are shown, without the secrets they hold.

use std::ops::Range;

use super::names;
use super::scan::{self, Found};
use super::shape;

/// What of a text may be shown: each secret found is cut down to what tells its kind, and whatever
/// else is secret is cut out.
fn without_secrets(text: &str, range: Range<usize>, found: &[Found]) -> String {
    beyond(&cut(text, range, found), found)
}

/// A part of a text in which the secrets found are cut down to what tells their kind. Only whole
/// with [`beyond`], which looks at many parts at once.
pub(super) fn cut(text: &str, range: Range<usize>, found: &[Found]) -> String {
    let mut shown = String::new();
    let mut from = range.start;
    let first = found.partition_point(|found| found.end <= range.start);
    for secret in found.get(first..).unwrap_or_default() {
        if secret.at >= range.end {
            break;
        }
        shown.push_str(text.get(from..secret.at.max(from)).unwrap_or_default());
        shown.push_str(shape::shown_prefix(
            text.get(secret.at..).unwrap_or_default(),
        ));
        shown.push('…');
        from = secret.end.max(from);
    }
    shown.push_str(text.get(from..range.end.max(from)).unwrap_or_default());
    shown
}

/// A text without the secrets that stand in it beyond the places where they were found.
pub(super) fn beyond(text: &str, found: &[Found]) -> String {
    let shown = GLUED
        .iter()
        .fold(urls(text), |shown, prefix| without_glued(shown, prefix));
    let shown = found
        .iter()
        .filter_map(|found| secret_part(&found.pasted.text))
        .fold(shown, without);
    without_json_signatures(shown)
}

/// The signatures of a JWS in its JSON form (RFC 7515 section 7.2), which have no token before
/// them.
fn without_json_signatures(text: String) -> String {
    const NAME: &str = "\"signature\"";
    if !text.contains(NAME) || !text.contains("\"payload\"") {
        return text;
    }
    behind_each(&text, NAME, |part| {
        let value =
            part.trim_start_matches(|char: char| char.is_whitespace() || matches!(char, ':' | '"'));
        let start = part.len().saturating_sub(value.len());
        let length = shape::run(value.as_bytes(), shape::is_token);
        Some(start..start.saturating_add(length))
    })
}

/// The text with what `secret` finds behind each mark, up to the next one, cut out.
fn behind_each(text: &str, mark: &str, secret: impl Fn(&str) -> Option<Range<usize>>) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut parts = text.split(mark);
    shown.push_str(parts.next().unwrap_or_default());
    for part in parts {
        shown.push_str(mark);
        match secret(part) {
            None => shown.push_str(part),
            Some(range) => {
                shown.push_str(part.get(..range.start).unwrap_or_default());
                shown.push('…');
                shown.push_str(part.get(range.end..).unwrap_or_default());
            }
        }
    }
    shown
}

/// What of a credential must stand nowhere: a JWT's signature, all but the first characters of
/// any other. It may stand somewhere else too, glued to a word or without what came before it.
fn secret_part(credential: &str) -> Option<&str> {
    const SHORTEST: usize = 16;
    const SHOWN: usize = 8;
    let secret = if credential.starts_with("eyJ") {
        credential.split('.').nth(2)
    } else {
        credential.get(SHOWN..)
    };
    secret.filter(|secret| secret.len() >= SHORTEST && !secret.contains(char::is_whitespace))
}

fn without(text: String, secret: &str) -> String {
    if text.contains(secret) {
        text.replace(secret, "…")
    } else {
        text
    }
}

/// Prefixes that are looked for even within a longer word, where no token was seen to begin.
const GLUED: &[&str] = &["eyJ", "ya29.", "AIza", "AQ.Ab", "GOCSPX-"];

fn without_glued(text: String, prefix: &str) -> String {
    const SHORTEST: usize = 20;
    if !text.contains(prefix) {
        return text;
    }
    behind_each(&text, prefix, |part| {
        let length = glued(part);
        (length >= SHORTEST).then_some(0..length)
    })
}

/// How far a token reaches, the full stops of other scripts in it included: they are read as dots.
fn glued(text: &str) -> usize {
    let mut end = 0_usize;
    while let Some(rest) = text.get(end..) {
        let run = shape::run(rest.as_bytes(), shape::is_opaque);
        end = end.saturating_add(run);
        match text.get(end..).and_then(|rest| rest.chars().next()) {
            Some(dot) if shape::FOREIGN_DOTS.contains(&dot) => {
                end = end.saturating_add(dot.len_utf8());
            }
            _ => break,
        }
    }
    end
}

/// As [`without_secrets`], for a text that has not been scanned.
pub(super) fn masked(text: &str) -> String {
    without_secrets(text, 0..text.len(), &scan::scan(text).found)
}

/// A header as it may be shown: its name, and its value unless that is a secret.
pub(super) fn header(name: &str, value: &str) -> (String, String) {
    let shown = match value.split_whitespace().next() {
        _ if !names::is_secret_header(name) => masked(value),
        Some(scheme) if names::is_scheme(scheme) => format!("{scheme} …"),
        _ => "…".into(),
    };
    (masked(name), shown)
}

/// A text whose URLs lack the values of secret parameters, and passwords.
fn urls(text: &str) -> String {
    if !text.contains(['=', '@']) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['=', '@']) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let after = from.get(1..).unwrap_or_default();
        if from.starts_with('@') {
            shown.push_str(without_password(before));
            shown.push('@');
            rest = after;
            continue;
        }
        shown.push_str(before);
        shown.push('=');
        rest = after;
        if is_secret_parameter(before) {
            let end = after
                .find(|char: char| {
                    char.is_whitespace() || matches!(char, '&' | '#' | '"' | '\'' | '<' | '>' | ')')
                })
                .unwrap_or(after.len());
            if end > 0 {
                shown.push('…');
            }
            rest = after.get(end..).unwrap_or_default();
        }
    }
    shown.push_str(rest);
    shown
}

/// Whether a URL's parameter with a secret value ends here: `…?code`.
fn is_secret_parameter(before: &str) -> bool {
    let length = before
        .bytes()
        .rev()
        .take_while(|byte| shape::is_base64url(*byte))
        .count();
    let (head, name) = before
        .split_at_checked(before.len().saturating_sub(length))
        .unwrap_or_default();
    head.ends_with(['?', '&', '#', ';']) && names::is_secret_parameter(name)
}

/// `https://user:` of a URL's `https://user:password`.
fn without_password(before: &str) -> &str {
    let from = before
        .rfind([' ', '\n', '"', '\''])
        .map_or(0, |at| at.saturating_add(1));
    let word = before.get(from..).unwrap_or_default();
    let Some((scheme, user)) = word.split_once("://") else {
        return before;
    };
    if user.contains('/') {
        return before;
    }
    match user.split_once(':') {
        Some((name, _)) => {
            let kept = from
                .saturating_add(scheme.len())
                .saturating_add(3)
                .saturating_add(name.len());
            before.get(..kept).unwrap_or_default()
        }
        None => before,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_cut_down() {
        assert_eq!(
            masked(
                "got eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2lnbmF0dXJl and ya29.a0FAKEfakeFAKEfake"
            ),
            "got eyJhbGci… and ya29.…"
        );
        assert_eq!(
            masked("https://x.example/?code=SECRETcode&a=1#id_token=abc"),
            "https://x.example/?code=…&a=1#id_token=…"
        );
        assert_eq!(
            masked("see https://me:hunter2@x.example/ now"),
            "see https://me@x.example/ now"
        );
        assert_eq!(
            masked(
                "Authorization: Basic RVhBTVBMRTpOT1QtQS1QQVNTV09SRA==\nxRVhBTVBMRTpOT1QtQS1QQVNTV09SRA=="
            ),
            "Authorization: Basic …\nxRVhBTVBM…"
        );
        assert_eq!(masked("cloudAQ.Ab8RN6EXAMPLEEXAMPLE22;"), "cloudAQ.Ab…;");
        assert_eq!(masked("keyAIzaSyFAKEFAKEFAKEFAKEFAKE;"), "keyAIza…;");
        assert_eq!(
            masked("xfQ.eyJhdWQiOiJodHRwczovLzA\u{3002}c2lnbmF0dXJl allowed"),
            "xfQ.eyJ… allowed"
        );
        assert_eq!(masked("mail a:b@c.example, d=e"), "mail a:b@c.example, d=e");
    }

    #[test]
    fn a_signature_is_cut_wherever_it_stands() {
        const TOKEN: &str = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2lnbmF0dXJlc2lnbmF0dXJl";
        assert_eq!(
            masked(&format!(
                "got {TOKEN} and nIn0.c2lnbmF0dXJlc2lnbmF0dXJl again"
            )),
            "got eyJhbGci… and nIn0.… again"
        );
    }

    #[test]
    fn a_signature_in_json_is_cut() {
        assert_eq!(
            masked("got {\"payload\":\"e30\", \"signature\": \"c2lnbmF0dXJl\"}, why?"),
            "got {\"payload\":\"e30\", \"signature\": \"…\"}, why?"
        );
        assert_eq!(masked("a \"signature\": \"x\""), "a \"signature\": \"x\"");
    }

    #[test]
    fn credential_headers_show_their_scheme_only() {
        for (name, value, shown) in [
            ("Authorization", "Basic dXNlcjpwYXNz", "Basic …"),
            ("cookie", "a=b", "…"),
            ("accept", "*/*", "*/*"),
        ] {
            assert_eq!(header(name, value), (name.to_owned(), shown.to_owned()));
        }
    }
}
