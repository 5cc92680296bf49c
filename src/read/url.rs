//! The URL a paste calls, where no transcript or `curl` command tells it.

use super::bare;
use super::scan::Found;
use super::{Place, Request, mask};

/// How many URLs of a text are looked at.
const MOST: usize = 50;

/// Where tokens come from, and where errors point to; nobody who asks why a service refused means
/// these.
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
    // Documentation and consoles, to which errors point.
    "console.developers.google.com",
    "console.firebase.google.com",
    "developers.google.com",
    "firebase.google.com",
    "github.com",
    "goo.gl",
    "goo.gle",
    "g.co",
    "aka.ms",
    "myaccount.google.com",
    "stackoverflow.com",
    "support.google.com",
    "www.rfc-editor.org",
];

/// The request of a paste that is one URL, or of code or a tool's command with a URL and a
/// credential in a header.
pub(super) fn request(text: &str, found: &[Found]) -> Option<Request> {
    if let Some(request) = wget(text) {
        return Some(request);
    }
    let word = text.trim();
    let url = if bare::is_url(word) {
        word
    } else if found
        .iter()
        .any(|found| matches!(found.pasted.place, Place::Header(_)))
    {
        called(text, found).next()?
    } else {
        return None;
    };
    Some(Request {
        url: Some(mask::masked(url)),
        ..Request::default()
    })
}

/// A request as wget tells of it: `--2026-11-18 11:06:40--  https://…`, and the answer's status.
fn wget(text: &str) -> Option<Request> {
    let (before, after) = text.split_once("awaiting response... ")?;
    let (_, url) = before
        .lines()
        .rev()
        .find(|line| line.starts_with("--"))?
        .split_once("--  ")?;
    let sends_a_header = before.contains("--header");
    Some(Request {
        method: Some("GET".to_owned()).filter(|_| !sends_a_header),
        url: Some(mask::masked(url.trim())),
        status: after.get(..3)?.parse().ok(),
        ..Request::default()
    })
}

/// The URL of Google's that an error names, when it names one service: `… for url: https://…`.
pub(crate) fn in_error(text: &str) -> Option<&str> {
    let mut urls = called(text, &[]).filter(|url| is_service(host(url)));
    let first = urls.next()?;
    urls.all(|other| host(other) == host(first))
        .then_some(first)
}

/// Hosts of services that people deploy.
fn is_service(host: &str) -> bool {
    [
        ".run.app",
        ".cloudfunctions.net",
        ".gateway.dev",
        ".appspot.com",
    ]
    .iter()
    .any(|end| host.ends_with(end))
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    rest.split(['/', ':', '?', '#', '"', '\''])
        .next()
        .unwrap_or_default()
}

/// The URLs that are neither an audience nor a place where tokens come from.
fn called<'t>(text: &'t str, found: &[Found]) -> impl Iterator<Item = &'t str> {
    text.match_indices("http")
        .filter(|(at, _)| {
            !found
                .iter()
                .any(|found| (found.from..found.end).contains(at))
        })
        .take(MOST)
        .filter_map(|(at, _)| {
            let url = url_at(text, at)?;
            let before = text.get(..at)?;
            (!is_audience(before) && !TOKEN_SOURCES.contains(&host(url))).then_some(url)
        })
}

/// The URL that begins here.
fn url_at(text: &str, at: usize) -> Option<&str> {
    let rest = text.get(at..)?;
    if !rest.starts_with("https://") && !rest.starts_with("http://") {
        return None;
    }
    let url = rest
        .split(|char: char| {
            char.is_whitespace() || matches!(char, '"' | '\'' | '`' | ')' | '>' | '<' | ',' | ']')
        })
        .next()?;
    // What ends a sentence or a clause is no part of it.
    Some(url.trim_end_matches(['.', ':', ';']))
}

/// Whether what stands before a URL says that it is an audience: `aud=`, `expected one of ['`.
fn is_audience(before: &str) -> bool {
    const NEAR: usize = 24;
    let name = before.trim_end_matches(['"', '\'', ' ', '=', ':', '(', '[']);
    let near = name
        .get(name.ceil_char_boundary(name.len().saturating_sub(NEAR))..)
        .unwrap_or_default();
    ["aud", "audience", "audiences", "Audience"]
        .iter()
        .any(|end| name.ends_with(end))
        || near.contains("expected")
}

#[cfg(test)]
mod tests {
    use super::in_error;

    #[test]
    fn an_error_that_names_one_service_tells_the_url() {
        for text in [
            "HTTPError: 403 Client Error: Forbidden for url: https://a-xyz-uc.a.run.app/v1",
            "GET https://a-xyz-uc.a.run.app/v1 403 (Forbidden), see https://cloud.google.com/run/docs",
            "failed to call https://a-xyz-uc.a.run.app/v1: 401; again https://a-xyz-uc.a.run.app/v2",
        ] {
            assert_eq!(
                in_error(text),
                Some("https://a-xyz-uc.a.run.app/v1"),
                "{text}"
            );
        }
        for text in [
            "",
            "https://a-xyz-uc.a.run.app/1 and https://b-xyz-uc.a.run.app/1",
            "Token has wrong audience https://a-xyz-uc.a.run.app, expected one of ['https://b-xyz-uc.a.run.app']",
            "see https://cloud.google.com/run/docs",
        ] {
            assert_eq!(in_error(text), None, "{text}");
        }
    }
}
