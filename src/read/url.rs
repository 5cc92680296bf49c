//! The URL a paste calls, where no transcript or `curl` command tells it.

use super::bare;
use super::scan::Found;
use super::{Place, Request, mask};

/// How many URLs of a text are looked at.
const MOST: usize = 50;

/// Where tokens come from; nobody who asks why a service refused means these.
const TOKEN_SOURCES: &[&str] = &[
    "metadata.google.internal",
    "169.254.169.254",
    "accounts.google.com",
    "oauth2.googleapis.com",
    "sts.googleapis.com",
    "iamcredentials.googleapis.com",
    "www.googleapis.com",
    "console.cloud.google.com",
    "cloud.google.com",
    "docs.cloud.google.com",
];

/// The request of a paste that is one URL, or of code or a tool's command with a URL and a
/// credential in a header.
pub(super) fn request(text: &str, found: &[Found]) -> Option<Request> {
    let word = text.trim();
    let url = if bare::is_url(word) {
        word
    } else if found
        .iter()
        .any(|found| matches!(found.pasted.place, Place::Header(_)))
    {
        called(text, found)?
    } else {
        return None;
    };
    Some(Request {
        url: Some(mask::masked(url)),
        ..Request::default()
    })
}

/// The first URL that is neither an audience nor a place where tokens come from.
fn called<'t>(text: &'t str, found: &[Found]) -> Option<&'t str> {
    text.match_indices("http")
        .filter(|(at, _)| {
            !found
                .iter()
                .any(|found| (found.from..found.end).contains(at))
        })
        .take(MOST)
        .find_map(|(at, _)| {
            let rest = text.get(at..)?;
            let host = rest
                .strip_prefix("https://")
                .or_else(|| rest.strip_prefix("http://"))?;
            let before = text
                .get(..at)?
                .trim_end_matches(['"', '\'', ' ', '=', ':', '(']);
            let is_audience = ["aud", "audience", "audiences", "Audience"]
                .iter()
                .any(|name| before.ends_with(name));
            let host = host
                .split(['/', ':', '?', '#', '"', '\''])
                .next()
                .unwrap_or_default();
            if is_audience || TOKEN_SOURCES.contains(&host) {
                return None;
            }
            let length = rest
                .find(|char: char| {
                    char.is_whitespace()
                        || matches!(char, '"' | '\'' | '`' | ')' | '>' | '<' | ',' | ']')
                })
                .unwrap_or(rest.len());
            rest.get(..length)
        })
}
