//! # What it is
//!
//! An ID token was sent to a Google API, which wants an OAuth access token.
//!
//! # How it shows
//!
//! 401 `UNAUTHENTICATED`, reason `ACCESS_TOKEN_TYPE_UNSUPPORTED`, `Expected OAuth 2 access
//! token`; in Cloud Scheduler's log `URL_ERROR-ERROR_AUTHENTICATION`.
//!
//! # Why it happens
//!
//! Everything on `*.googleapis.com` takes access tokens, also `run.googleapis.com`, which starts
//! Cloud Run jobs. OIDC is for services with a URL of their own.
//!
//! # How to fix
//!
//! Send an access token: in Scheduler and Tasks set the OAuth account instead of the OIDC one, in
//! code use the default credentials with a scope.
//!
//! # When it is something else
//!
//! Firestore and other Firebase back ends take Firebase ID tokens.
//!
//! # References
//!
//! - <https://cloud.google.com/docs/authentication/token-types>
//! - <https://cloud.google.com/scheduler/docs/http-target-auth>

use super::{Cause, Finding, Found, Gate, ruled_out};
use crate::credential::Kind;
use crate::evidence::{Door, Evidence};
use crate::input::Caller;
use crate::response::Signal;

pub(super) const CAUSE: Cause = Cause {
    id: "id-token-where-access-token-needed",
    title: "An ID token where an access token is needed",
    gate: Gate::Verify,
    citation: "https://cloud.google.com/docs/authentication/token-types",
    weight: 60,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    if !matches!(evidence.door, Door::Api | Door::TokenEndpoint) || evidence.succeeded() {
        return Finding::NotApplicable;
    }
    if evidence.no_credential()
        && evidence.door == Door::Api
        && evidence.caller.is_some_and(Caller::delivers)
        && evidence.says_401()
    {
        return Found::likely(format!(
            "{} called a Google API and got 401: most likely it sent an OIDC (ID) token, and a Google API wants an OAuth access token.",
            evidence.caller.map_or("The caller", Caller::label)
        ))
        .because("A missing role would give 403. The job or queue tells which kind it sends.")
        .fix("scheduler-oidc-to-google-api")
        .into();
    }
    if evidence.answer_alone_says(&[Signal::ApiInvalidCredentials]) {
        return Found::possible(
            "The API got a credential that it cannot accept: often an ID token where it wants an OAuth access token, or an access token that has expired.",
        )
        .because("A call without any credential gets other words; paste the one that was sent to tell.")
        .usually("id-token-to-google-api")
        .into();
    }
    if evidence.is_filled_by("print-identity-token") {
        return Found::likely("The pasted command sends an ID token, and a Google API wants an OAuth access token: `gcloud auth print-access-token` prints one.")
            .because("The command tells which kind it prints.")
            .fix(variant(evidence))
            .into();
    }
    let kind = evidence.credential.kind;
    if kind.is_access_token() {
        return ruled_out("It is an access token, which Google APIs take.");
    }
    if kind != Kind::GoogleIdToken {
        return Finding::NotApplicable;
    }
    let host = if evidence.target.host.is_empty() {
        "A Google API".to_owned()
    } else {
        format!("`{}`", evidence.target.host)
    };
    let what = match &evidence.target.job {
        Some(job) => {
            format!("{host} starts the job `{job}` for an OAuth access token, not for an ID token.")
        }
        None => format!("{host} wants an OAuth access token; this is an ID token."),
    };
    Found::certain(what)
        .because("`iss` is Google’s and `aud` is set, so it is an ID token.")
        .because("ID tokens are for services with a URL of their own: Cloud Run, functions, IAP.")
        .fix(variant(evidence))
        .into()
}

/// What mends it: at a sender's, its settings; a job is started by a call to an API.
fn variant(evidence: &Evidence<'_>) -> &'static str {
    if evidence.caller.is_some_and(Caller::delivers) {
        "scheduler-oidc-to-google-api"
    } else if evidence.target.job.is_some() {
        "job-run-with-id-token"
    } else {
        "id-token-to-google-api"
    }
}
