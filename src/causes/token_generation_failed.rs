//! # What it is
//!
//! No token was made: gcloud, a client library, the token endpoint, STS or the IAM Credentials
//! API answered with an error, so there was nothing to send.
//!
//! # How it shows
//!
//! As an error of the tool that should have made the token, before any request to the service:
//! `Invalid account type for --audiences`, `No identity token can be obtained from the current
//! credentials`, `Permission 'iam.serviceAccounts.getOpenIdToken' denied`, `invalid_grant`,
//! `rejected by the attribute condition`. A Cloud Scheduler job whose agent may not make tokens
//! for the job's account logs an ordinary 401.
//!
//! # Why it happens
//!
//! The credentials at hand are of a kind that gives no ID token (a person's application default
//! credentials, federated credentials), the caller may not act as the service account, a login
//! or key has ended, or an argument is wrong.
//!
//! # How to fix
//!
//! By the error: drop a flag, impersonate a service account, grant
//! `roles/iam.serviceAccountTokenCreator` on that account, log in again, or name the workload
//! identity provider in full.
//!
//! # When it is something else
//!
//! When a token was made and the service refused it. `Permission … denied` for any other
//! permission than `iam.serviceAccounts.…` is about the role, not about the token.
//!
//! # References
//!
//! - <https://cloud.google.com/docs/authentication/get-id-token>
//! - <https://cloud.google.com/iam/docs/service-account-impersonation>
//! - <https://github.com/google-github-actions/auth/blob/main/docs/TROUBLESHOOTING.md>

use super::{Cause, Finding, Found, Gate, ruled_out};
use crate::evidence::{Door, Evidence};
use crate::response::Signal;

pub(super) const CAUSE: Cause = Cause {
    id: "token-generation-failed",
    title: "No token could be made",
    gate: Gate::Mint,
    citation: "https://cloud.google.com/docs/authentication/get-id-token",
    weight: 0,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    if evidence.door == Door::TokenEndpoint && !evidence.answer_is_empty() {
        return Found::likely(format!(
            "`{}` makes tokens, and it refused, so no token was made.",
            evidence.target.host
        ))
        .because("The answer comes from the place where tokens are made, not from your service.")
        .usually(refused(evidence))
        .into();
    }
    // The log has the same words for a job without an OAuth account and for an agent that may not
    // make its token. No audience can be wrong: an API's token has none.
    if evidence.no_credential()
        && evidence.door == Door::Api
        && evidence.response.says(Signal::SchedulerAuthentication)
        && !evidence
            .spoken
            .iter()
            .any(|spoken| spoken.cause() == "id-token-where-access-token-needed")
    {
        return Found::likely("Cloud Scheduler’s call to a Google API was not authenticated: the job has no OAuth account, or Cloud Scheduler’s agent may not make tokens of it.")
            .because("The log shows an ordinary 401 in both cases; look at the job’s `oauthToken` and at the agent’s role.")
            .fix("scheduler-agent-cannot-mint")
            .into();
    }
    if evidence.no_credential() && evidence.spoken.is_empty() && speaks_of_credentials(evidence) {
        if evidence.words.none_to_be_had {
            return Found::likely("The pasted error says that no token or credential could be had, before any service answered.")
                .because("No library is known that says it in these words.")
                .into();
        }
        return Found::possible("The pasted error speaks of credentials before any service answered, so the token was probably never made.")
            .because("It is a message of a tool or library.")
            .into();
    }
    if evidence.credential.kind.is_jwt() || evidence.credential.kind.is_access_token() {
        return ruled_out("A token was made: it is in the paste.");
    }
    Finding::NotApplicable
}

/// Which right is missing, by the method of the IAM Credentials API that answers with 403.
fn refused(evidence: &Evidence<'_>) -> &'static str {
    let target = &evidence.target;
    if evidence.response.status != Some(403) || target.host != "iamcredentials.googleapis.com" {
        return "token-not-made";
    }
    match target.path.rsplit_once(':') {
        Some((_, "generateIdToken")) => "openid-token-role-missing",
        Some((_, "signBlob" | "signJwt")) => "sign-blob-role-missing",
        _ => "impersonation-role-missing",
    }
}

/// An error text about credentials that no door of Google's is known to write.
fn speaks_of_credentials(evidence: &Evidence<'_>) -> bool {
    let known = evidence
        .response
        .signals
        .iter()
        .any(|signal| !matches!(signal, Signal::AppTrace));
    !known && evidence.response.status.is_none() && evidence.words.about_credentials
}
