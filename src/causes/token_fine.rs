//! # What it is
//!
//! Nothing wrong was found: the kind of the token fits, its times are right, its audience is
//! accepted. The signature was not checked, and IAM is not in a token.
//!
//! # How it shows
//!
//! The call succeeded, or nothing that came back speaks against the token.
//!
//! # Why it happens
//!
//! The fault lies elsewhere (429 is about capacity, 5xx about the application, `SERVICE_DISABLED`
//! about the project), it is over, or there is none.
//!
//! # How to fix
//!
//! Send the request and paste what comes back: the status and the body tell the most.
//!
//! # When it is something else
//!
//! With a status of 401 or 403 this page names what to look at next.
//!
//! # References
//!
//! - <https://cloud.google.com/run/docs/troubleshooting>

use super::{Cause, Finding, Found, Gate};
use crate::evidence::Evidence;

pub(super) const CAUSE: Cause = Cause {
    id: "token-fine",
    title: "Nothing wrong found",
    gate: Gate::Open,
    citation: "https://cloud.google.com/run/docs/troubleshooting",
    weight: 0,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    if evidence.succeeded() {
        let status = evidence.response.status.unwrap_or(200);
        return Found::certain(format!(
            "The call succeeded ({status}): nothing refused it."
        ))
        .because("A 2xx comes after every door.")
        .fix("call-succeeded")
        .into();
    }
    Finding::NotApplicable
}

/// The verdict when no cause was found: `None` where something was refused all the same, or
/// where nothing shows that the token was taken. What is fine needs a URL to compare with.
pub(super) fn nothing_found(evidence: &Evidence<'_>) -> Option<Box<Found>> {
    if evidence.refused() || evidence.unseen() || !evidence.answer_is_empty() {
        return None;
    }
    let account = evidence.account_name();
    if evidence.target.host.is_empty() {
        return Some(Found::possible(format!(
            "One fact is missing: the service’s URL, to compare the audience of this {}. Kind and times are in order.",
            evidence.credential.label
        ))
        .because("The signature was not checked.")
        .fix("token-in-order"));
    }
    Some(Found::likely(format!(
        "Kind, times and audience fit {}, as far as they can be read. If it is refused all the same, paste what came back; 403 would mean that {account} lacks the role.",
        evidence.service_name()
    ))
    .because("The signature was not checked, and roles are not in a token.")
    .fix("token-in-order"))
}
