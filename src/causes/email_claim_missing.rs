//! # What it is
//!
//! The token has no `email` claim, and whoever checks it wants one.
//!
//! # How it shows
//!
//! IAP says `JWT 'email' claim isn't a string`; an application says that it does not know the
//! caller, or, misleadingly, that the token is missing.
//!
//! # Why it happens
//!
//! The metadata server's standard format and `generateIdToken` without `includeEmail` leave the
//! e-mail out; so does gcloud with `--impersonate-service-account` unless asked.
//!
//! # How to fix
//!
//! `format=full` at the metadata server, `includeEmail: true` for `generateIdToken`,
//! `--include-email` in gcloud, `INCLUDE_EMAIL` in Java.
//!
//! # When it is something else
//!
//! Whether Cloud Run's own check needs the claim is not documented; it works without one where
//! that was tried.
//!
//! # References
//!
//! - <https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateIdToken>
//! - <https://cloud.google.com/compute/docs/instances/verifying-instance-identity#token_format>

use super::{Cause, Finding, Found, Gate, Likelihood, ruled_out};
use crate::credential::Kind;
use crate::evidence::{Door, Evidence};
use crate::response::Signal;

pub(super) const CAUSE: Cause = Cause {
    id: "email-claim-missing",
    title: "The e-mail is missing in the token",
    gate: Gate::Verify,
    citation: "https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateIdToken",
    weight: 55,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    if evidence.answer_alone_says(&[Signal::IapEmail, Signal::VerifierEmail]) {
        return Found::likely("The token has no `email` claim, which is asked for here.")
            .because("The answer says so; `--include-email` puts it into impersonated tokens.")
            .fix("email-not-included")
            .into();
    }
    if evidence.credential.kind != Kind::GoogleIdToken || evidence.succeeded() {
        return Finding::NotApplicable;
    }
    let response = &evidence.response;
    let said = response.says(Signal::IapEmail) || response.says(Signal::VerifierEmail);
    if let Some(email) = evidence.credential.email() {
        return if said {
            Finding::NotApplicable
        } else {
            ruled_out(format!(
                "`email` is there: `{}`.",
                crate::visible::in_code(&email)
            ))
        };
    }
    let likelihood = if said || evidence.door == Door::Iap {
        Likelihood::Certain
    } else if evidence.app_answered() {
        Likelihood::Likely
    } else if evidence.refused() && !evidence.answer_is_not_about_the_token() {
        Likelihood::Possible
    } else {
        return Finding::NotApplicable;
    };
    let who = match evidence.door {
        Door::Iap => "IAP looks its principal up by e-mail",
        _ if evidence.app_answered() => "the application probably looks its caller up by e-mail",
        _ => "some checks look the caller up by e-mail",
    };
    let mut found = Found::new(
        likelihood,
        format!("The token has no `email` claim, only the numeric `sub`; {who}."),
    )
    .because("`email` is absent.");
    if said {
        found = found.because("The answer says that the e-mail is missing.");
    }
    found
        .because("Tokens of the metadata server in its standard format, and impersonated ones without `--include-email`, have none.")
        .fix("email-not-included")
        .into()
}
