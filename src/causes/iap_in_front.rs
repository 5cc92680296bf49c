//! # What it is
//!
//! Identity-Aware Proxy stands before the service and wants a credential of its own kind.
//!
//! # How it shows
//!
//! One bare sentence, `Invalid IAP credentials: …`, the header `x-goog-iap-generated-response:
//! true`, or a redirect to `accounts.google.com`.
//!
//! # Why it happens
//!
//! IAP is checked before Cloud Run's own check. An ID token for the service's URL, which Cloud
//! Run alone would take, is refused by IAP: it wants a JWT that a service account signed itself for
//! `https://HOST/*`, or an ID token for its own OAuth client or one on its programmatic list. Users
//! outside the organisation, and projects without one, need an OAuth client of their own, on Cloud
//! Run as well.
//!
//! # How to fix
//!
//! Sign a JWT as a service account with `aud` `https://HOST/*`, or put the caller's OAuth client
//! on IAP's programmatic list; and grant `roles/iap.httpsResourceAccessor`.
//!
//! # When it is something else
//!
//! A load balancer's IAP does not protect the `run.app` URL. A JSON body of the service means
//! that IAP let the request through.
//!
//! # References
//!
//! - <https://docs.cloud.google.com/iap/docs/authentication-howto>
//! - <https://cloud.google.com/run/docs/securing/identity-aware-proxy-cloud-run>

use super::{Cause, Finding, Found, Gate, Likelihood, ruled_out};
use crate::credential::Kind;
use crate::errors::Strength;
use crate::evidence::{Door, Evidence};
use crate::response::{Answerer, Signal};
use crate::target::Product;

pub(super) const CAUSE: Cause = Cause {
    id: "iap-in-front",
    title: "IAP stands in front",
    gate: Gate::Reach,
    citation: "https://docs.cloud.google.com/iap/docs/authentication-howto",
    weight: 30,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    if evidence.door == Door::Iap {
        return iap_answered(evidence);
    }
    if to_sign_in(evidence) {
        return Found::likely("The answer leads to Google’s sign-in, as IAP answers a request without a credential that it takes.")
            .because("A program cannot sign in there: it sends a token in `Authorization` or `Proxy-Authorization`.")
            .usually("iap-credential-missing")
            .into();
    }
    if evidence.app_answered() || evidence.credential.kind == Kind::IapAssertion {
        return ruled_out("If IAP stands in front, it let the request through.");
    }
    if evidence.response.answered_by != Answerer::Unknown {
        return Finding::NotApplicable;
    }
    let may_have_iap = matches!(
        evidence.target.product,
        Product::AppEngine | Product::CustomDomain | Product::CloudRun
    );
    // IAP's answer is one sentence of its own; any other body is not IAP's.
    let silent = evidence.words.short;
    let unexplained = silent
        && evidence.response.status == Some(401)
        && (evidence.target.product != Product::CloudRun || evidence.fits_the_door());
    if may_have_iap && unexplained && !evidence.no_credential() {
        return Found::possible(format!(
            "If IAP protects {}, it wants another credential than the service itself.",
            evidence.service_name()
        ))
        .because("IAP’s own answer begins with `Invalid IAP credentials`; paste the body to tell.")
        .fix("iap-may-stand-in-front")
        .into();
    }
    Finding::NotApplicable
}

/// A redirect to Google's sign-in with an OAuth client.
pub(super) fn to_sign_in(evidence: &Evidence<'_>) -> bool {
    let redirected = evidence
        .response
        .status
        .is_some_and(|status| (301..=308).contains(&status));
    redirected
        && evidence
            .words
            .mentions
            .any(&["accounts.google.com/o/oauth2"])
}

fn iap_answered(evidence: &Evidence<'_>) -> Finding {
    let response = &evidence.response;
    let says = |signal| response.says(signal);
    let (likelihood, variant, summary) = if says(Signal::IapNoClient) {
        (
            Likelihood::Certain,
            "iap-oauth-client-wrong",
            "IAP has no OAuth client: configure the consent screen, then switch IAP off and on again.".to_owned(),
        )
    } else if says(Signal::IapNotSetUp) {
        (
            Likelihood::Certain,
            "iap-agent-invoker-missing",
            "IAP stands in front but cannot call the service: its own service agent is missing or lacks `roles/run.invoker`.".to_owned(),
        )
    } else if says(Signal::IapGcip) {
        (
            Likelihood::Certain,
            "iap-identity-platform-token",
            "IAP works with Identity Platform here, so it wants an Identity Platform token, not a Google ID token.".to_owned(),
        )
    } else if says(Signal::IapAudienceExpected) || says(Signal::IapEndpoint) {
        (
            Likelihood::Likely,
            if says(Signal::IapAudienceExpected) {
                "iap-audience-client-id"
            } else {
                "iap-jwt-endpoint-mismatch"
            },
            "IAP stands in front of the service and refused the token’s audience.".to_owned(),
        )
    } else if says(Signal::IapAudience) {
        (
            Likelihood::Certain,
            "iap-audience-managed-client",
            format!(
                "IAP stands in front and takes no token with this audience{}: only OAuth clients on its programmatic list, or a JWT that a service account signed for `{}/*`.",
                evidence
                    .credential
                    .audience()
                    .iter()
                    .next()
                    .map(|audience| format!(" (`{}`)", crate::visible::in_code(audience)))
                    .unwrap_or_default(),
                if evidence.target.origin.is_empty() {
                    "https://HOST"
                } else {
                    &evidence.target.origin
                }
            ),
        )
    } else if says(Signal::IapUnparsable) && !evidence.credential.kind.is_access_token() {
        (
            Likelihood::Certain,
            "iap-credential-missing",
            "IAP stands in front and could not read what was sent as a Google ID token or a JWT of a service account.".to_owned(),
        )
    } else if says(Signal::IapEmptyToken) {
        (
            if evidence.no_credential() { Likelihood::Likely } else { Likelihood::Certain },
            "iap-credential-missing",
            "IAP stands in front and saw no token: it looks in `Authorization` or `Proxy-Authorization`, not in `X-Serverless-Authorization`.".to_owned(),
        )
    } else {
        (
            Likelihood::Possible,
            "iap-credential-missing",
            "IAP stands in front of the service; it was IAP that answered.".to_owned(),
        )
    };
    // What anyone may write makes nothing certain.
    let own = response
        .rows_of(Answerer::Iap)
        .any(|row| row.strength != Strength::Common);
    let likelihood = if own {
        likelihood
    } else {
        likelihood.min(Likelihood::Likely)
    };
    Found::new(likelihood, summary)
        .because("The answer is IAP’s.")
        .because("IAP is checked before the service’s own door, so a token for the service’s URL does not help.")
        .usually(variant)
        .into()
}
