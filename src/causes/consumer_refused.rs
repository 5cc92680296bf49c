//! # What it is
//!
//! The answer is about the project or the key, not about the caller: an API is off, billing is
//! off, there is no project to bill, the project is suspended, or an API key is refused.
//!
//! # How it shows
//!
//! Google APIs answer 403 (or 400 for keys) with a reason: `SERVICE_DISABLED`,
//! `BILLING_DISABLED`, `USER_PROJECT_DENIED`, `CONSUMER_INVALID`, `CONSUMER_SUSPENDED`,
//! `API_KEY_INVALID`, `API_KEY_SERVICE_BLOCKED`, `API_KEY_HTTP_REFERRER_BLOCKED`.
//!
//! # Why it happens
//!
//! Every call to a Google API is counted for a project: the one of the account, of the key, or
//! the quota project in `X-Goog-User-Project`. With gcloud's own login and no quota project that
//! is a project of Google's, which has the API off.
//!
//! # How to fix
//!
//! Switch the API on, link billing, set a quota project, or use a key whose restrictions fit.
//!
//! # When it is something else
//!
//! `PERMISSION_DENIED` with `IAM_PERMISSION_DENIED` is about the account.
//!
//! # References
//!
//! - <https://cloud.google.com/apis/docs/troubleshooting>
//! - <https://cloud.google.com/docs/authentication/troubleshoot-adc>

use super::{Cause, Finding, Found, Gate};
use crate::evidence::Evidence;
use crate::response::Signal;

pub(super) const CAUSE: Cause = Cause {
    id: "consumer-refused",
    title: "The project or the key was refused",
    gate: Gate::Reach,
    citation: "https://cloud.google.com/apis/docs/troubleshooting",
    weight: 45,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    if evidence.response.says(Signal::ApiConsumer) {
        return Found::likely(
            "The answer is about the project, not about the credential: the API is switched off in it, or the project may not be used for this call.",
        )
        .because("Google says this only of a caller that it knows.")
        .usually(usual(evidence))
        .into();
    }
    if evidence.response.says(Signal::ApiKeyRefused) {
        return Found::likely("The API key was refused: it is wrong, expired, or its restrictions do not admit this call.")
            .because("A key names a project, or the service account it is bound to; a role of the caller does not help.")
            .usually("api-key-invalid")
            .into();
    }
    Finding::NotApplicable
}

/// What the answer is about, where no known message tells.
fn usual(evidence: &Evidence<'_>) -> &'static str {
    let holds = |words: &[&str]| evidence.words.mentions.any(words);
    if holds(&["billing"]) {
        "billing-disabled"
    } else if holds(&["suspended"]) {
        "project-suspended"
    } else if holds(&[
        "serviceusage.services.use",
        "user_project_denied",
        "caller does not have required permission to use project",
    ]) {
        "quota-project-not-usable"
    } else if holds(&["quota project"]) {
        "quota-project-missing"
    } else if holds(&["consumer_invalid", "project not found", "invalid project"]) {
        "project-id-wrong"
    } else {
        "api-disabled"
    }
}
