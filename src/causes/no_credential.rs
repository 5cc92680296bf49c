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

use super::{Cause, Finding, Found, Gate, Likelihood, ruled_out};
use crate::evidence::{Door, Evidence};
use crate::input::Caller;
use crate::read::{Place, Request};
use crate::response::{Answerer, Signal};

pub(super) const CAUSE: Cause = Cause {
    id: "no-credential",
    title: "No credential was sent",
    gate: Gate::Send,
    citation: "https://cloud.google.com/run/docs/troubleshooting#unauthorized-client",
    weight: 10,
    examine,
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
    // What a program fills in stands in its source, where any name may stand before it.
    let written = evidence.pasted().filter(|pasted| !pasted.filled_in_later);
    if let Some(Place::Header(name)) = written.map(|pasted| &pasted.place)
        && !READ_HEADERS.contains(&name.to_ascii_lowercase().as_str())
    {
        return Found::certain(format!(
            "The token went in the header `{name}`, which nobody reads: it belongs into `Authorization`."
        ))
        .because(said.map_or("To the service the request was anonymous.", |(_, words)| words))
        .fix("wrong-header-name")
        .into();
    }
    if !evidence.no_credential() {
        return match said {
            Some((_, words)) => Found::possible(
                "A credential was pasted, but the answer says that none arrived: look whether a proxy or a redirect drops the header.",
            )
            .because(*words)
            .usually("header-lost-on-the-way")
            .into(),
            None => ruled_out("A credential was pasted."),
        };
    }
    nothing_pasted(evidence, said.copied())
}

/// Not pasted is not "not sent": that nothing was sent must be visible in a request, or said by
/// the door itself.
fn nothing_pasted(evidence: &Evidence<'_>, said: Option<(Signal, &'static str)>) -> Finding {
    let response = &evidence.response;
    // What a browser blocked is a call of its page's, and not the one that stands beside it.
    let sent_without = response.answered_by != Answerer::Browser
        && evidence.request().is_some_and(|request| {
            request.method.is_some()
                && request.credentials.is_empty()
                && (!request.from_panel || shows_what_was_sent(request))
        });
    if let Some((signal, words)) = said {
        let found = Found::said(evidence, signal, summary(evidence)).because(words);
        return named(found, evidence).into();
    }
    if sent_without && (evidence.refused() || evidence.answer_is_empty()) {
        let found = Found::certain(summary(evidence))
            .because("The pasted request has no header with a credential.");
        return named(found, evidence).into();
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
        // A trigger of Eventarc's calls as its account, so the role is what usually lacks.
        let likelihood = if evidence.caller == Some(Caller::Eventarc) {
            Likelihood::Possible
        } else {
            Likelihood::Likely
        };
        let found = Found::new(likelihood, format!(
            "No token came, or its account may not call {}: this 403 is the same for both.",
            evidence.service_name()
        ))
        .because("Cloud Run answers 403 to a call without a token and to an account without the invoker role, and 401 to a token that it cannot accept.")
        .because("The service’s log tells the two apart. If a token was sent, paste it.");
        return match of_sender(evidence) {
            Some(variant) => found.fix(variant),
            None if of_a_webhook(evidence) => found.fix("webhook-at-private-service"),
            None => found.usually("token-or-role-missing"),
        }
        .into();
    }
    Finding::NotApplicable
}

/// Among the headers is one that only requests have.
fn shows_what_was_sent(request: &Request) -> bool {
    const OF_REQUESTS: &[&str] = &[
        "accept",
        "accept-encoding",
        "accept-language",
        "cookie",
        "host",
        "origin",
        "referer",
        "user-agent",
        ":authority",
    ];
    request
        .headers
        .iter()
        .any(|(name, _)| OF_REQUESTS.contains(&name.to_ascii_lowercase().as_str()))
}

/// Docker's login is not gcloud's, and the registry's words do not tell which one was missing.
fn docker_apart() -> Finding {
    Found::possible("Docker may not be signed in at this registry: it does not use gcloud’s login unless it was told to, for each host.")
        .because("A registry may say of a caller without a login what it says of one without the role.")
        .fix("docker-login-needed")
        .into()
}

/// Names what mends a request without a credential: the sender's settings, or what the door wants.
fn named(found: Box<Found>, evidence: &Evidence<'_>) -> Box<Found> {
    match (evidence.door, of_sender(evidence)) {
        (Door::Api | Door::TokenEndpoint, _) => found.usually("google-api-credential-missing"),
        (Door::Iap, _) => found.usually("iap-credential-missing"),
        (Door::Gateway, _) => found.usually("verifier-got-no-token"),
        (_, Some(variant)) => found.fix(variant),
        _ if of_a_webhook(evidence) => found.fix("webhook-at-private-service"),
        _ => found.usually("authorization-header-missing"),
    }
}

/// Google's products that send no token unless they are told to.
fn of_sender(evidence: &Evidence<'_>) -> Option<&'static str> {
    Some(match evidence.caller? {
        Caller::CloudScheduler => "scheduler-job-without-oidc",
        Caller::CloudTasks => "task-without-oidc",
        Caller::PubsubPush => "push-subscription-without-auth",
        Caller::Eventarc => "eventarc-trigger-without-account",
        Caller::Workflows => "workflow-step-without-auth",
        _ => return None,
    })
}

/// The address is one that another company's service calls, which has no account of Google's.
fn of_a_webhook(evidence: &Evidence<'_>) -> bool {
    let target = &evidence.target;
    let is_one = |text: &str| text.to_ascii_lowercase().contains("webhook");
    evidence.caller.is_none()
        && (is_one(&target.path) || target.service.as_deref().is_some_and(is_one))
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
