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

use super::{Cause, Finding, Found, Gate, ruled_out};
use crate::credential::{Kind, is_oauth_client_id};
use crate::evidence::{Door, Evidence};
use crate::response::{Answerer, Signal};
use crate::target::{Acceptance, Product};

pub(super) const CAUSE: Cause = Cause {
    id: "app-rejects",
    title: "The service itself refused",
    gate: Gate::App,
    citation: "https://cloud.google.com/run/docs/authenticating/service-to-service#receiving",
    weight: 0,
    examine,
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
            .fix("iap-assertion-audience")
            .into();
    }
    if is_its_own_token(evidence) && evidence.refused() {
        return Found::likely(format!(
            "{} made this token itself, so its own check refused it: its keys or its store of tokens changed, or another instance has them.",
            capitalised(&evidence.service_name())
        ))
        .because("`iss` is the called address.")
        .fix("application-own-token")
        .into();
    }
    if evidence.called_by_google()
        && evidence.refused()
        && response.answered_by == Answerer::Unknown
    {
        return Found::likely("A Google product made this call, with a token for exactly this URL: such a token is for the application to check, and its own rules refused it.")
            .because("Besides issuer and audience an application may want a certain account in `email` or `sub`, or a key of its own in the same header.")
            .fix("application-allow-list")
            .into();
    }
    match response.answered_by {
        Answerer::Edge | Answerer::Iap | Answerer::Gateway | Answerer::GoogleApi => {
            ruled_out("The answer is the platform’s, not the application’s.")
        }
        _ if response.status.is_some_and(|status| (500..600).contains(&status))
            && matches!(evidence.door, Door::Run | Door::Function | Door::App) =>
        {
            Found::possible("A 5xx is the application’s or its start’s; credentials are refused with 401 or 403.")
                .usually("application-own-check")
                .into()
        }
        _ if evidence.fits_the_door() && response.status == Some(401) => {
            Found::possible("Everything that can be read of the token fits the platform’s check, so the 401 may be the application’s own.")
                .because("Paste the body: its shape tells who wrote it.")
                .usually("application-own-check")
                .into()
        }
        _ if evidence.door == Door::App && evidence.refused() => {
            Found::possible("What answers at this address cannot be told; it may be the application itself.")
                .because("Paste the body: its shape tells who wrote it.")
                .usually("application-own-check")
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
    if response.in_other_words {
        return Found::possible(format!(
            "The text reads like the refusal of a verifier, which may be the service’s own. {why}"
        ))
        .because("No library is known that says it in these words.")
        .usually("application-own-check")
        .into();
    }
    let found = Found::likely(format!(
        "{} answered{status} itself, so the doors before it let the request in. {why}",
        capitalised(&evidence.service_name())
    ))
    .because("The answer has a shape that only an application gives it.")
    .because("Look at the application’s own check and log; IAM is not what refused.");
    match variant(evidence) {
        Some(variant) => found.fix(variant),
        None => found.usually("application-own-check"),
    }
    .into()
}

/// What mends it: by what was sent, where that tells, else by the words of the application's
/// verifier.
fn variant(evidence: &Evidence<'_>) -> Option<&'static str> {
    /// The causes at which a verifier's words point.
    const OF_A_VERIFIER: &[&str] = &[
        "app-rejects",
        "audience-mismatch",
        "email-claim-missing",
        "expired",
        "issuer-not-accepted",
        "malformed-token",
        "no-credential",
        "not-a-token",
        "not-yet-valid",
        "other-credential-type",
        "signature-invalid",
        "signature-removed",
    ];
    /// A verifier that cannot fetch its keys.
    const OF_ITS_NETWORK: &[&str] = &["egress-blocked", "tls-interception"];
    let says = |signal| evidence.response.says(signal);
    if evidence.credential.kind == Kind::IapAssertion {
        return Some("iap-assertion-audience");
    }
    if is_its_own_token(evidence) {
        return Some("application-own-token");
    }
    if !evidence.unseen()
        && matches!(
            evidence.target.product,
            Product::ApiGateway | Product::Endpoints
        )
    {
        return Some("application-behind-gateway");
    }
    let by_words = [
        (Signal::AppCheck, "app-check-token-wrong"),
        (Signal::VerifierExpired, "id-token-expired"),
        (Signal::VerifierTooEarly, "verifier-clock-behind"),
        (Signal::VerifierEmail, "email-not-included"),
        (Signal::VerifierAudience, "verifier-audience-mismatch"),
    ]
    .into_iter()
    .find(|(signal, _)| says(*signal));
    if let Some((_, variant)) = by_words {
        return Some(variant);
    }
    let spoken = evidence
        .spoken
        .iter()
        .map(|spoken| spoken.variant)
        .find(|variant| {
            OF_A_VERIFIER.contains(&variant.cause) || OF_ITS_NETWORK.contains(&variant.id)
        });
    if evidence.credential.kind == Kind::GoogleIdToken {
        if evidence.response.status == Some(403) || says(Signal::PolicyDenied) {
            return Some("application-allow-list");
        }
        // The platform took this token, and the application finds it where its own should stand.
        if evidence.door == Door::App && made_for_iap(evidence) {
            return Some("application-token-behind-iap");
        }
        if fits_the_platform(evidence) {
            return Some("application-token-in-own-header");
        }
    }
    if let Some(spoken) = spoken {
        return Some(spoken.id);
    }
    [
        (Signal::VerifierSignature, "verifier-keys-wrong"),
        (Signal::VerifierIssuer, "verifier-issuer-mismatch"),
        (Signal::VerifierMissing, "verifier-got-no-token"),
        (Signal::VerifierNotJwt, "token-not-a-jwt"),
        (Signal::PolicyDenied, "application-allow-list"),
    ]
    .into_iter()
    .find(|(signal, _)| says(*signal))
    .map(|(_, variant)| variant)
}

/// Its issuer is the called service: the application made it, not Google.
fn is_its_own_token(evidence: &Evidence<'_>) -> bool {
    let host = &evidence.target.host;
    let issuer = evidence.credential.issuer().unwrap_or_default();
    let host_of = issuer
        .strip_prefix("https://")
        .and_then(|rest| rest.split('/').next());
    !host.is_empty() && host_of == Some(host.as_str())
}

/// Its audience is an OAuth client's: IAP before the application took it and keeps the header.
fn made_for_iap(evidence: &Evidence<'_>) -> bool {
    let audience = evidence.credential.audience();
    let of_a_client = audience.iter().any(is_oauth_client_id);
    let account = evidence
        .credential
        .identity()
        .is_some_and(|identity| identity.is_service_account());
    of_a_client && account
}

fn fits_the_platform(evidence: &Evidence<'_>) -> bool {
    evidence.wants_id_token()
        && evidence
            .audience
            .as_ref()
            .is_some_and(|judgement| judgement.acceptance == Acceptance::Accepted)
}

fn capitalised(name: &str) -> String {
    if name == "the service" {
        "The service".to_owned()
    } else {
        name.to_owned()
    }
}
