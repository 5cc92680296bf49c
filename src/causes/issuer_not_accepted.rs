//! # What it is
//!
//! The token was issued by somebody whom this door does not know.
//!
//! # How it shows
//!
//! On Cloud Run and functions the generic 401; on a gateway `Jwt issuer is not configured`.
//!
//! # Why it happens
//!
//! The invoker check takes tokens that Google issued for accounts in IAM. A Firebase token, one of
//! another identity provider, one the application made, or a JWT that a service account signed
//! itself is none of these, whatever its audience says.
//!
//! # How to fix
//!
//! For users of an app: make the service public and check their token in its code, or put API
//! Gateway or IAP in front. For workloads: exchange the token at STS and impersonate a service
//! account. For a service account: let Google make the ID token.
//!
//! # When it is something else
//!
//! When the application itself answered, the platform did not check the token at all.
//!
//! # References
//!
//! - <https://cloud.google.com/run/docs/authenticating/overview>
//! - <https://cloud.google.com/run/docs/authenticating/end-users>

use super::{Cause, Fact, Finding, Found, Gate, Likelihood, ruled_out};
use crate::credential::Kind;
use crate::evidence::{Door, Evidence};
use crate::response::{Answerer, Signal};
use crate::visible::in_code;

pub(super) const CAUSE: Cause = Cause {
    id: "issuer-not-accepted",
    title: "The issuer is not accepted",
    gate: Gate::Verify,
    citation: "https://cloud.google.com/run/docs/authenticating/overview",
    weight: 65,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    let Some(issuer) = evidence.credential.issuer() else {
        return no_issuer(evidence);
    };
    let issuer = in_code(&issuer).into_owned();
    if evidence.response.says(Signal::GatewayIssuer) {
        return Found::certain(format!(
            "The gateway does not know the issuer `{issuer}`: its API configuration names another one."
        ))
        .because("The answer says so.")
        .fix("gateway-issuer-config-wrong")
        .into();
    }
    if evidence.response.says(Signal::VerifierIssuer) {
        return Found::likely(format!(
            "The application’s verifier does not take the issuer `{issuer}`."
        ))
        .because("The answer names the issuer as the reason.")
        .usually("verifier-issuer-mismatch")
        .into();
    }
    if evidence.credential.kind == Kind::GoogleIdToken {
        return ruled_out(format!("`iss` is Google’s (`{issuer}`)."));
    }
    if !is_foreign(evidence.credential.kind) {
        return Finding::NotApplicable;
    }
    let Some(likelihood) = likelihood(evidence, &issuer) else {
        return Finding::NotApplicable;
    };
    let takes = if evidence.door == Door::Iap {
        "IAP"
    } else {
        "Cloud Run’s check"
    };
    Found::new(
        likelihood,
        format!(
            "{takes} takes tokens issued by `https://accounts.google.com`; this is {}, issued by `{issuer}`.",
            evidence.credential.with_article()
        ),
    )
    .on(
        "`iss` names who made the token.",
        Fact::Values {
            sent: issuer,
            accepted: "https://accounts.google.com".to_owned(),
            differs_at: None,
        },
    )
    .because("A matching audience, also a custom one, does not make another issuer acceptable.")
    .fix(variant(evidence))
    .into()
}

/// A claims set that can be read and names no issuer.
fn no_issuer(evidence: &Evidence<'_>) -> Finding {
    if evidence.answer_alone_says(&[Signal::GatewayIssuer, Signal::VerifierIssuer]) {
        return Found::likely("The token’s issuer is not one that is accepted here.")
            .because("The answer says so; paste the token to see its `iss`.")
            .usually(if evidence.response.says(Signal::GatewayIssuer) {
                "gateway-issuer-config-wrong"
            } else {
                "verifier-issuer-mismatch"
            })
            .into();
    }
    if of_a_callable(evidence) && !evidence.app_answered() && !evidence.response.says(Signal::Cors)
    {
        return Found::likely("A callable function gets the Firebase sign-in of whoever uses the app, which the platform’s own check does not take: the function must be public for the platform, and checks its callers itself.")
            .because("Nobody is let through when `allUsers` has no invoker role on it; after a failed deployment it may never have got one.")
            .because("If it is public, its own code or App Check refused.")
            .fix("firebase-token-at-private-service")
            .into();
    }
    let readable = evidence.credential.kind == Kind::ForeignJwt && !evidence.succeeded();
    match likelihood(evidence, "") {
        Some(likelihood) if readable => Found::new(
            likelihood,
            "The token has no `iss`, so it does not say who made it; Cloud Run’s check takes tokens issued by `https://accounts.google.com`.",
        )
        .because("`iss` is absent.")
        .fix("self-made-token")
        .into(),
        _ => Finding::NotApplicable,
    }
}

/// Firebase's SDK sends the user's sign-in to a callable function; the answer alone tells of it.
fn of_a_callable(evidence: &Evidence<'_>) -> bool {
    evidence.response.says(Signal::Callable) && evidence.no_credential()
}

fn is_foreign(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::FirebaseIdToken
            | Kind::FirebaseSessionCookie
            | Kind::SelfSignedJwt
            | Kind::WorkloadJwt
            | Kind::ForeignJwt
    )
}

/// What mends it, by whose token it is: a user's of an app, a workload's, an account's own.
fn variant(evidence: &Evidence<'_>) -> &'static str {
    match evidence.credential.kind {
        Kind::FirebaseIdToken | Kind::FirebaseSessionCookie if evidence.door == Door::Iap => {
            "iap-identity-platform-token"
        }
        Kind::FirebaseIdToken | Kind::FirebaseSessionCookie => "firebase-token-at-private-service",
        Kind::SelfSignedJwt => "self-signed-jwt-to-service",
        _ if evidence.door == Door::Iap => "application-token-at-iap",
        _ => "foreign-token-to-cloud-run",
    }
}

fn likelihood(evidence: &Evidence<'_>, issuer: &str) -> Option<Likelihood> {
    let own_token = !issuer.is_empty()
        && !evidence.target.host.is_empty()
        && issuer.contains(&evidence.target.host);
    match evidence.door {
        Door::Run | Door::Function if evidence.app_answered() => None,
        Door::Run | Door::Function if evidence.answer_is_not_about_the_token() => {
            Some(Likelihood::Possible)
        }
        Door::Run | Door::Function if own_token => Some(Likelihood::Possible),
        // A 403 means that a token could be verified, which this one cannot be: the service is
        // rather public, or the header did not arrive.
        Door::Run | Door::Function if evidence.platform_said_403() => Some(Likelihood::Likely),
        Door::Run | Door::Function => Some(Likelihood::Certain),
        Door::Iap if evidence.credential.kind != Kind::SelfSignedJwt => Some(Likelihood::Likely),
        Door::App if evidence.response.answered_by == Answerer::Unknown && evidence.refused() => {
            Some(Likelihood::Possible)
        }
        Door::Unknown if evidence.refused() => Some(Likelihood::Possible),
        _ => None,
    }
}
