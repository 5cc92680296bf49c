//! # What it is
//!
//! The token's `exp` has passed.
//!
//! # How it shows
//!
//! Cloud Run answers 401 with its one generic message; gateways say `Jwt is expired`, libraries
//! `Token expired` or `Token used too late`, Google APIs `ACCESS_TOKEN_EXPIRED`.
//!
//! # Why it happens
//!
//! Google's ID tokens live one hour. A token kept in a variable, a secret, a session or a test
//! outlives them; the metadata server may hand out one with as little as four minutes left.
//!
//! # How to fix
//!
//! Make a new token, and let the library refresh it: keep the client object, not the string.
//!
//! # When it is something else
//!
//! `exp` in milliseconds reads as a year far ahead; the page says so.
//!
//! # References
//!
//! - <https://docs.cloud.google.com/docs/authentication/token-types>
//! - <https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4>

use super::{Cause, Finding, Found, Gate, Likelihood, ruled_out};
use crate::credential::{Kind, NumericDate, Oddity};
use crate::evidence::{Door, Evidence};
use crate::input::Caller;
use crate::response::Signal;
use crate::time::{relative, span, utc};

pub(super) const CAUSE: Cause = Cause {
    id: "expired",
    title: "The token has expired",
    gate: Gate::Verify,
    citation: "https://docs.cloud.google.com/docs/authentication/token-types",
    weight: 80,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    let claim = evidence.credential.numeric_date("exp");
    let Some(exp) = claim.as_ref().and_then(NumericDate::meant) else {
        return without_exp(evidence);
    };
    let part_of_a_second = claim.is_some_and(|claim| claim.is(Oddity::Fraction));
    let now = evidence.now;
    let moment = utc(exp).unwrap_or_else(|| "a time outside the calendar".to_owned());
    // The answer is of a moment at which the token was too young.
    if evidence.response.says(Signal::VerifierTooEarly) && !evidence.now_from_response {
        return ruled_out(
            "The verifier found the token too young when it answered, so it was not too old.",
        );
    }
    if exp < now || (exp == now && !part_of_a_second) {
        let likelihood = if evidence.answer_is_not_about_the_token() {
            Likelihood::Possible
        } else {
            Likelihood::Certain
        };
        let when = if evidence.now_from_response {
            "When the answer was given it was"
        } else {
            "Now it is"
        };
        let mut found = Found::new(
            likelihood,
            format!(
                "The token expired {}: `exp` is {moment}.",
                if exp == now {
                    "this very second".to_owned()
                } else {
                    relative(exp, now)
                }
            ),
        )
        .because(format!("{when} {}.", utc(now).unwrap_or_default()));
        if now.saturating_sub(exp) < 300 {
            found = found.because("Some verifiers allow a few minutes of clock difference; Google’s libraries mostly allow none.");
        }
        return found.fix(of_kind(evidence)).into();
    }
    if expiry_was_said(evidence) {
        return Found::likely(format!(
            "The answer says that the token had expired; by its `exp` it lives until {moment}, so it is another token than the one sent, or a clock is off."
        ))
        .because("The answer speaks of expiry.")
        .fix(of_kind(evidence))
        .into();
    }
    ruled_out(format!(
        "It lives for another {} (`exp` {moment}).",
        span(exp.saturating_sub(now))
    ))
}

/// What mends an expired token, by its kind.
fn of_kind(evidence: &Evidence<'_>) -> &'static str {
    match evidence.credential.kind {
        Kind::FirebaseIdToken => "firebase-id-token-expired",
        Kind::FirebaseSessionCookie => "firebase-session-ended",
        Kind::SelfSignedJwt if evidence.door == Door::Api => "self-signed-jwt-at-api",
        kind if kind.is_access_token() => "access-token-expired",
        _ => "id-token-expired",
    }
}

fn expiry_was_said(evidence: &Evidence<'_>) -> bool {
    [
        Signal::VerifierExpired,
        Signal::GatewayExpired,
        Signal::ApiTokenExpired,
    ]
    .iter()
    .any(|signal| evidence.response.says(*signal))
}

/// Opaque tokens tell no time; only the answer can.
fn without_exp(evidence: &Evidence<'_>) -> Finding {
    if evidence.no_credential() && !expiry_was_said(evidence) {
        return Finding::NotApplicable;
    }
    if evidence.response.says(Signal::ApiTokenExpired) {
        return Found::said(
            evidence,
            Signal::ApiTokenExpired,
            "The access token has expired: the API says so.",
        )
        .because("The reason in the answer.")
        .fix("access-token-expired")
        .into();
    }
    if expiry_was_said(evidence) {
        return Found::likely("The answer says that the token had expired.")
            .because("The pasted text shows no `exp` to compare with.")
            .usually(of_kind(evidence))
            .into();
    }
    let strict = matches!(
        evidence.door,
        Door::Run | Door::Function | Door::Iap | Door::Gateway
    );
    let whole = evidence
        .credential
        .jwt
        .as_ref()
        .is_some_and(|jwt| jwt.broken.is_none());
    if evidence.credential.kind.is_jwt() && whole && strict && !evidence.app_answered() {
        return Found::likely(
            "The token has no readable `exp`: a verifier that asks for an end refuses it.",
        )
        .because("Every token of Google’s has one.")
        .fix("times-not-numbers")
        .into();
    }
    if evidence.credential.kind.is_access_token()
        && evidence.door == Door::Api
        && evidence.response.says(Signal::ApiInvalidCredentials)
        && !evidence.response.says(Signal::ApiTokenType)
    {
        // A pod's token is as fresh as its metadata server; an unbound account gets the same answer.
        let of_a_pod = evidence.credential.kind == Kind::AccessTokenFederated
            && evidence.caller == Some(Caller::Gke);
        let likelihood = if of_a_pod {
            Likelihood::Possible
        } else {
            Likelihood::Likely
        };
        return Found::new(likelihood, "The access token has probably expired: it lives one hour, and the API calls it invalid without saying more.")
            .because("An opaque token shows no time, so make a new one to tell.")
            .fix("access-token-expired")
            .into();
    }
    Finding::NotApplicable
}
