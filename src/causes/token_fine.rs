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

use super::{Cause, Finding, Found, Gate, Likelihood};
use crate::evidence::Evidence;
use crate::fix::{Fix, enable, inspect, verify};
use crate::response::Signal;

pub(super) const CAUSE: Cause = Cause {
    id: "token-fine",
    title: "Nothing wrong found",
    gate: Gate::Open,
    citation: "https://cloud.google.com/run/docs/troubleshooting",
    weight: 0,
    examine,
    fixes,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    if evidence.succeeded() {
        let status = evidence.response.status.unwrap_or(200);
        return Found::certain(format!(
            "The call succeeded ({status}): nothing refused it."
        ))
        .because("A 2xx comes after every door.")
        .into();
    }
    if evidence.response.status == Some(429) || evidence.response.says(Signal::EdgeCapacity) {
        return Found::new(
            Likelihood::Likely,
            "The answer is about capacity, not about credentials: too few instances for the requests, or a quota.",
        )
        .because("A refused token gets 401 or 403.")
        .into();
    }
    if evidence.response.says(Signal::ApiConsumer) {
        return Found::likely(
            "The answer is about the project, not about the credential: the API is switched off in it, or the project may not use it.",
        )
        .because("Google says this of a caller it knows.")
        .into();
    }
    Finding::NotApplicable
}

/// The verdict when no cause was found.
pub(super) fn nothing_found(evidence: &Evidence<'_>) -> Box<Found> {
    let account = evidence.account_name();
    if evidence.refused() {
        return Found::possible("Nothing wrong can be seen in what was pasted. What came back would tell more: paste the status, headers and body.")
            .because("The signature was not checked, and roles are not in a token.");
    }
    if evidence.unseen() {
        return Found::possible("What was pasted does not tell why. Paste the token, the request with its headers, or the whole answer.")
            .because("A refusal is a 401 or 403, or an error that names a credential or a permission.");
    }
    if evidence.target.host.is_empty() {
        return Found::likely(format!(
            "Nothing wrong with this {}. Enter the service URL to compare its audience.",
            evidence.credential.label
        ))
        .because("Kind and times are in order; the signature was not checked.");
    }
    Found::likely(format!(
        "Kind, times and audience fit {}, as far as they can be read. If it is refused all the same, paste what came back; 403 would mean that {account} lacks the role.",
        evidence.service_name()
    ))
    .because("The signature was not checked, and roles are not in a token.")
}

fn fixes(evidence: &Evidence<'_>) -> Vec<Fix> {
    let fill = evidence.fill();
    let mut fixes = vec![inspect::logs(fill), verify::again(fill)];
    if evidence.response.says(Signal::ApiConsumer) {
        fixes.insert(0, enable::api(fill));
    }
    fixes
}
