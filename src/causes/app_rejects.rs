//! # What it is
//!
//! The platform let the request in, and the service's own code refused it.
//!
//! # How it shows
//!
//! A body that only an application writes: its JSON (`{"detail": …}`), a framework's trace, a
//! `www-authenticate` with its own realm; also 404 and 500 pages of a framework.
//!
//! # Why it happens
//!
//! The code checks the token again with another audience or other keys; it reads the token from
//! another header; it cannot check a signature that Cloud Run removed; its user table does not
//! know the caller.
//!
//! # How to fix
//!
//! Look at the application's log and its verifier's settings, not at IAM.
//!
//! # When it is something else
//!
//! Google's pages and sentences are the platform's; the answer's shape tells.
//!
//! # References
//!
//! - <https://cloud.google.com/run/docs/troubleshooting#signature-removed>
//! - <https://cloud.google.com/run/docs/authenticating/service-to-service#receiving>

use super::{Cause, Fact, Finding, Found, Gate, ruled_out};
use crate::credential::Kind;
use crate::evidence::{Door, Evidence};
use crate::fix::{Fix, app, callers, inspect, verify};
use crate::response::{Answerer, Signal};

pub(super) const CAUSE: Cause = Cause {
    id: "app-rejects",
    title: "The service itself refused",
    gate: Gate::App,
    citation: "https://cloud.google.com/run/docs/authenticating/service-to-service#receiving",
    weight: 0,
    examine,
    fixes,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    let response = &evidence.response;
    if evidence.app_answered() {
        return answered(evidence);
    }
    if evidence.credential.kind == Kind::IapAssertion
        && evidence.refused()
        && response.answered_by == Answerer::Unknown
    {
        return Found::likely("IAP made this assertion, so it let the request in; the refusal is the application’s.")
            .because("An application checks the assertion’s audience and takes it from `x-goog-iap-jwt-assertion`, without `Bearer`.")
            .into();
    }
    if evidence.called_by_google()
        && evidence.refused()
        && response.answered_by == Answerer::Unknown
    {
        return Found::likely("A Google product made this call, with a token for exactly this URL: such a token is for the application to check, and its own rules refused it.")
            .because("Besides issuer and audience an application may want a certain account in `email` or `sub`, or a key of its own in the same header.")
            .into();
    }
    match response.answered_by {
        Answerer::Edge | Answerer::Iap | Answerer::Gateway | Answerer::GoogleApi => {
            ruled_out("The answer is the platform’s, not the application’s.")
        }
        _ if response.status.is_some_and(|status| (500..600).contains(&status))
            && matches!(evidence.door, Door::Run | Door::Function | Door::App) =>
        {
            Found::possible("A 5xx is the application’s or its start’s; credentials are refused with 401 or 403.").into()
        }
        _ if evidence.fits_the_door() && response.status == Some(401) => {
            Found::possible("Everything that can be read of the token fits the platform’s check, so the 401 may be the application’s own.")
                .because("Paste the body: its shape tells who wrote it.")
                .into()
        }
        _ if evidence.door == Door::App && evidence.refused() => {
            Found::possible("What answers at this address cannot be told; it may be the application itself.")
                .because("Paste the body: its shape tells who wrote it.")
                .into()
        }
        _ => Finding::NotApplicable,
    }
}

fn answered(evidence: &Evidence<'_>) -> Finding {
    let response = &evidence.response;
    let why = [
        (Signal::VerifierAudience, "Its verifier expects another audience than the token’s."),
        (Signal::VerifierSignature, "Its verifier looks among other keys, or at a signature that Cloud Run removed."),
        (Signal::VerifierIssuer, "Its verifier does not take this issuer."),
        (Signal::VerifierExpired, "Its verifier finds the token too old."),
        (Signal::VerifierTooEarly, "Its verifier’s clock is behind."),
        (Signal::AppCheck, "It wants an App Check token besides (`X-Firebase-AppCheck`): one was missing or refused."),
        (Signal::VerifierEmail, "It wants an `email` claim."),
        (Signal::PolicyDenied, "Its own policy refused the caller after the token was accepted."),
        (Signal::VerifierMissing, "It looks for a token in a header that does not reach it: the platform keeps `X-Serverless-Authorization`, IAP keeps `Authorization`."),
    ]
    .iter()
    .find(|(signal, _)| response.says(*signal))
    .map_or("Its own rules refused the caller.", |(_, why)| why);
    let status = response
        .status
        .map(|status| format!(" with {status}"))
        .unwrap_or_default();
    Found::likely(format!(
        "{} answered{status} itself, so the doors before it let the request in. {why}",
        capitalised(&evidence.service_name())
    ))
    .on(
        "The answer has a shape that only an application gives it.",
        Fact::Quote(evidence.words.last_line.clone()),
    )
    .because("Look at the application’s own check and log; IAM is not what refused.")
    .into()
}

fn capitalised(name: &str) -> String {
    if name == "the service" {
        "The service".to_owned()
    } else {
        name.to_owned()
    }
}

fn fixes(evidence: &Evidence<'_>) -> Vec<Fix> {
    let fill = evidence.fill();
    vec![
        inspect::app_logs(fill),
        callers::two_headers(fill, evidence.credential.kind),
        app::receive(fill, evidence),
        verify::again(fill),
    ]
}
