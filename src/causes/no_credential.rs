//! # What it is
//!
//! The request carried no credential that the door looks at: no `Authorization` header, one
//! with the wrong name, or a job that was never told to send a token.
//!
//! # How it shows
//!
//! Cloud Run answers an anonymous call with **403** (not 401) and logs `The request was not
//! authenticated` with `Empty Authorization header value`. Google APIs answer 401 with
//! `CREDENTIALS_MISSING` or speak of an `Anonymous caller`.
//!
//! # Why it happens
//!
//! Cloud Scheduler, Cloud Tasks, Pub/Sub and Workflows send no token unless they are told to; a
//! plain HTTP client adds none; a proxy may drop the header; a browser has none to send.
//!
//! # How to fix
//!
//! Give the caller an identity and let it send an ID token for the service's URL. If the service
//! is meant to be public, say so in its policy instead.
//!
//! # When it is something else
//!
//! The same 403 page comes for a token whose account lacks the invoker role; only the log tells
//! the two apart (`The IAM principal lacks {run.routes.invoke} permission`).
//!
//! # References
//!
//! - <https://cloud.google.com/run/docs/troubleshooting#unauthorized-client>
//! - <https://cloud.google.com/run/docs/authenticating/service-to-service>

use super::{Cause, Finding, Found, Gate, ruled_out};
use crate::evidence::{Door, Evidence};
use crate::fix::{Fix, app, callers, grant, inspect, verify};
use crate::input::Caller;
use crate::read::Place;
use crate::response::Signal;

pub(super) const CAUSE: Cause = Cause {
    id: "no-credential",
    title: "No credential was sent",
    gate: Gate::Send,
    citation: "https://cloud.google.com/run/docs/troubleshooting#unauthorized-client",
    weight: 10,
    examine,
    fixes,
};

/// Headers in which some door of Google's looks for a token.
const READ_HEADERS: &[&str] = &[
    "authorization",
    "x-serverless-authorization",
    "proxy-authorization",
    "x-goog-iap-jwt-assertion",
    "x-forwarded-authorization",
    "x-goog-api-key",
];

const SAID: &[(Signal, &str)] = &[
    (
        Signal::EdgeEmptyHeader,
        "The log says `Empty Authorization header value`.",
    ),
    (
        Signal::ApiCredentialsMissing,
        "The API says that the credential is missing.",
    ),
    (
        Signal::ApiAnonymous,
        "The API speaks of an anonymous caller.",
    ),
    (Signal::IapEmptyToken, "IAP saw no token."),
    (
        Signal::GatewayMissing,
        "The gateway says that the JWT is missing.",
    ),
];

fn examine(evidence: &Evidence<'_>) -> Finding {
    // An API that names API keys got one; its code `CREDENTIALS_MISSING` means that nothing else came.
    let got_a_key = evidence.response.says(Signal::ApiKeyUnsupported);
    let said = SAID
        .iter()
        .find(|(signal, _)| evidence.response.says(*signal) && !got_a_key);
    if let Some(Place::Header(name)) = evidence.pasted().map(|pasted| &pasted.place)
        && !READ_HEADERS.contains(&name.to_ascii_lowercase().as_str())
    {
        return Found::certain(format!(
            "The token went in the header `{name}`, which nobody reads: it belongs into `Authorization`."
        ))
        .because(said.map_or("To the service the request was anonymous.", |(_, words)| words))
        .into();
    }
    if !evidence.no_credential() {
        return match said {
            Some((_, words)) => Found::possible(
                "A credential was pasted, but the answer says that none arrived: look whether a proxy or a redirect drops the header.",
            )
            .because(*words)
            .into(),
            None => ruled_out("A credential was pasted."),
        };
    }
    nothing_pasted(evidence, said.map(|(_, words)| *words))
}

/// Not pasted is not "not sent": that nothing was sent must be visible in a request, or said by
/// the door itself.
fn nothing_pasted(evidence: &Evidence<'_>, said: Option<&'static str>) -> Finding {
    let response = &evidence.response;
    let sent_without = evidence
        .request()
        .is_some_and(|request| request.method.is_some() && request.credentials.is_empty());
    if let Some(words) = said {
        return Found::certain(summary(evidence)).because(words).into();
    }
    if sent_without && (evidence.refused() || evidence.answer_is_empty()) {
        return Found::certain(summary(evidence))
            .because("The pasted request has no header with a credential.")
            .into();
    }
    if response.says(Signal::RegistryUnauthorized) {
        return Found::likely("Docker is not signed in at this registry, or its login has ended: it does not use gcloud’s login unless it was told to, for each host.")
            .because("The registry knows no account for this call.")
            .fix("docker-login-needed")
            .into();
    }
    if response.says(Signal::RegistryDenied) {
        return docker_apart();
    }
    if evidence.wants_id_token()
        && evidence.platform_said_403()
        && !evidence.app_answered()
        && !response.says(Signal::EdgeLacksInvoke)
    {
        return Found::likely(format!(
            "No token came, or its account may not call {}: this 403 is the same for both.",
            evidence.service_name()
        ))
        .because("Cloud Run answers 403 to a call without a token and to an account without the invoker role, and 401 to a token that it cannot accept.")
        .because("The service’s log tells the two apart. If a token was sent, paste it.")
        .into();
    }
    Finding::NotApplicable
}

/// Docker's login is not gcloud's, and the registry's words do not tell which one was missing.
fn docker_apart() -> Finding {
    Found::possible("Docker may not be signed in at this registry: it does not use gcloud’s login unless it was told to, for each host.")
        .because("A registry may say of a caller without a login what it says of one without the role.")
        .into()
}

fn summary(evidence: &Evidence<'_>) -> String {
    let service = evidence.service_name();
    match evidence.door {
        Door::Api => format!(
            "The request to {service} carried no credential; it wants an OAuth access token."
        ),
        Door::Run | Door::Function => format!(
            "The request carried no token; {service} wants `Authorization: Bearer` with an ID token, unless it is public."
        ),
        _ => format!("The request to {service} carried no credential."),
    }
}

fn fixes(evidence: &Evidence<'_>) -> Vec<Fix> {
    let fill = evidence.fill();
    let docker = [Signal::RegistryUnauthorized, Signal::RegistryDenied];
    if docker.iter().any(|signal| evidence.response.says(*signal)) {
        return vec![
            inspect::caller_account(fill),
            app::docker_login(fill),
            verify::again(fill),
        ];
    }
    let mut fixes = vec![inspect::caller_account(fill)];
    fixes.extend(callers::fresh(fill));
    if fill.caller == Some(Caller::LocalUser) && fill.door == Door::Run {
        fixes.push(callers::proxy(fill));
    }
    fixes.push(verify::again(fill));
    if evidence.wants_id_token() {
        fixes.push(grant::everybody(fill));
    }
    fixes
}
