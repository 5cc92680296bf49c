//! What single lines and texts are told by.

use super::super::origin::{Origin, Reads};
use super::super::yaml;
use crate::known::role_permissions;

/// Whether a text ends as such texts do, so that nothing of it is missing.
pub(super) fn is_whole(text: &str) -> bool {
    const ENDS: &[&str] = &[
        ".gserviceaccount.com",
        ".run.app",
        ".googleusercontent.com",
        "]",
    ];
    ENDS.iter().any(|end| text.ends_with(end))
        || role_permissions::is_known(text)
        || matches!(
            text,
            "true" | "false" | "allUsers" | "allAuthenticatedUsers"
        )
}

/// Whether a text may tell of a refusal.
pub(super) fn refuses(text: &str) -> bool {
    [
        "401",
        "403",
        "UNAUTHENTICATED",
        "PERMISSION_DENIED",
        "denied",
        "orbidden",
        "nauthorized",
        "rror",
    ]
    .iter()
    .any(|mark| text.contains(mark))
}

/// Whether a text holds something that is sent to prove who one is.
pub(super) fn has_secret(text: &str) -> bool {
    let text_holds = |mark: &str| text.contains(mark);
    text_holds("eyJ")
        || text_holds("ya29.")
        || text_holds("PRIVATE KEY-----")
        || text.split_once("Bearer ").is_some_and(|(_, rest)| {
            !rest.trim_start().starts_with(['$', '"', '\'', '<', '`']) && !rest.trim().is_empty()
        })
}

/// What gcloud says beside its output.
pub(super) fn is_noise(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("WARNING:")
        || line.starts_with("Your active configuration is: [")
        || line.starts_with("Updates are available for some Google Cloud CLI")
        || line.starts_with("To take a quick anonymous survey")
        || line.starts_with("$ gcloud survey")
        || line.starts_with("$ gcloud components update")
        || line.starts_with("Listed 0 items")
        || line.starts_with("### why401: end")
        || line.starts_with("Using the default ")
}

/// Whether a command lists, so that printing nothing means that there is nothing.
pub(super) fn lists(origin: &Origin) -> bool {
    if matches!(origin.reads, Reads::AuthList | Reads::Config) {
        // These always print something.
        return false;
    }
    let command = format!("{} ", origin.command);
    [" list ", " read ", " search-all-iam-policies "]
        .iter()
        .any(|word| command.contains(word))
}

/// A header with a credential is none of a document's names at the left edge.
pub(super) fn is_header(text: &str) -> bool {
    yaml::key(text).is_some_and(|(name, _)| {
        [
            "authorization",
            "x-serverless-authorization",
            "proxy-authorization",
            "cookie",
            "x-goog-iap-jwt-assertion",
        ]
        .iter()
        .any(|header| name.eq_ignore_ascii_case(header))
    })
}

pub(super) fn is_token_line(text: &str) -> bool {
    text.starts_with("eyJ") || text.starts_with("ya29.") || text.starts_with("Bearer ")
}

/// The beginning of a name, or a resource's name alone: too short and too plain for a credential.
pub(super) fn is_cut_name(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_name = text.bytes().all(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/' | b'\'' | b'"')
    });
    text.starts_with("projects/") || is_name && text.len() <= 48 && digits < 3
}
