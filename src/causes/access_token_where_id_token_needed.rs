//! # What it is
//!
//! An OAuth access token (`ya29.…`) was sent where an ID token is wanted.
//!
//! # How it shows
//!
//! 401 with `The access token could not be verified`. Those words are generic: Cloud Run uses
//! them for a bad ID token too. IAP says `Unable to parse JWT`, gateways `Jwt is not in the form
//! of Header.Payload.Signature`.
//!
//! # Why it happens
//!
//! Client libraries make access tokens unless asked for ID tokens; `gcloud auth
//! print-access-token` prints one; a scope in the code asks for one.
//!
//! # How to fix
//!
//! Ask for an ID token with the service's URL as audience.
//!
//! # When it is something else
//!
//! Google APIs (`*.googleapis.com`) want exactly this token.
//!
//! # References
//!
//! - <https://cloud.google.com/run/docs/authenticating/service-to-service>
//! - <https://cloud.google.com/docs/authentication/token-types>

use super::{Cause, Finding, Found, Gate, Likelihood, ruled_out};
use crate::credential::Kind;
use crate::evidence::{Door, Evidence};
use crate::input::Caller;
use crate::response::Signal;
use crate::target::Product;

pub(super) const CAUSE: Cause = Cause {
    id: "access-token-where-id-token-needed",
    title: "An access token where an ID token is needed",
    gate: Gate::Verify,
    citation: "https://cloud.google.com/run/docs/authenticating/service-to-service",
    weight: 60,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    let credential = &evidence.credential;
    if evidence.unseen() && evidence.wants_id_token() && evidence.platform_said_401() {
        return Found::possible(
            "If an access token (`ya29.…`, `gcloud auth print-access-token`) was sent: this door wants an ID token.",
        )
        .because("The answer is the same for any token that cannot be accepted.")
        .usually(variant(evidence))
        .into();
    }
    let wants_id_token = evidence.wants_id_token() || evidence.door == Door::Iap;
    if evidence.is_filled_by("print-access-token") && wants_id_token && !evidence.succeeded() {
        return Found::likely("The pasted command sends an access token, and this door wants an ID token: `gcloud auth print-identity-token` prints one.")
            .because("The command tells which kind it prints.")
            .fix(variant(evidence))
            .into();
    }
    if !credential.kind.is_access_token() {
        return if credential.kind.is_jwt() && evidence.wants_id_token() {
            ruled_out("It is a JWT, not an OAuth access token.")
        } else {
            Finding::NotApplicable
        };
    }
    let likelihood = match evidence.door {
        Door::Api | Door::TokenEndpoint => {
            return ruled_out("A Google API takes access tokens.");
        }
        Door::Run | Door::Function | Door::Iap | Door::Gateway => {
            if evidence.app_answered() {
                Likelihood::Possible
            } else {
                Likelihood::Certain
            }
        }
        // The verifier asked for a JWT, which an access token never is.
        Door::App | Door::Unknown
            if evidence.response.says(Signal::VerifierNotJwt)
                || evidence.verifier_wants_a_jwt() =>
        {
            Likelihood::Certain
        }
        Door::App if evidence.app_answered() => return Finding::NotApplicable,
        Door::App if evidence.refused() || evidence.target.product == Product::AppEngine => {
            Likelihood::Likely
        }
        Door::App => Likelihood::Possible,
        Door::Unknown => Likelihood::Likely,
    };
    Found::new(likelihood, summary(evidence))
        .because("The prefix tells the kind; the token itself is opaque and cannot be decoded.")
        .because("`The access token could not be verified` is Cloud Run’s answer to any token it cannot accept, so the words alone do not tell.")
        .fix(variant(evidence))
        .into()
}

/// What mends it: at a sender's, its settings; a federated identity has no ID token of its own.
fn variant(evidence: &Evidence<'_>) -> &'static str {
    match (evidence.credential.kind, evidence.caller) {
        (_, Some(caller)) if caller.delivers() || caller == Caller::Workflows => {
            "sender-oauth-to-service"
        }
        (Kind::AccessTokenFederated, _) => "federated-token-to-service",
        _ => "access-token-sent",
    }
}

fn summary(evidence: &Evidence<'_>) -> String {
    let what = format!(
        "This is an {} (`{}…`).",
        evidence.credential.label, evidence.credential.prefix
    );
    let origin = &evidence.target.origin;
    match evidence.door {
        Door::Run if origin.is_empty() => {
            format!("{what} Cloud Run wants an ID token made for the service’s URL.")
        }
        Door::Run => format!(
            "{what} Cloud Run wants an ID token made for `{}`.",
            evidence.target.service_url()
        ),
        Door::Function => format!(
            "{what} The function wants an ID token made for `{}`.",
            evidence
                .target
                .function_url()
                .unwrap_or_else(|| origin.clone())
        ),
        Door::Iap => format!(
            "{what} IAP wants an ID token for its OAuth client, or a JWT that a service account signed for `{origin}/*`."
        ),
        Door::Gateway => format!(
            "{what} The gateway wants a JWT of an issuer and audience that its API configuration names."
        ),
        _ => format!(
            "{what} Cloud Run, functions and IAP want an ID token; only Google APIs take access tokens."
        ),
    }
}
