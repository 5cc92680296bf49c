//! # What it is
//!
//! The token's signature is gone, so nobody can accept it.
//!
//! # How it shows
//!
//! The third part is the literal `SIGNATURE_REMOVED_BY_GOOGLE`, or it is empty or missing.
//!
//! # Why it happens
//!
//! Cloud Run takes the signature off before the container sees the header. A token copied from
//! inside a container, or forwarded from an incoming request, can never be used again. People
//! also take the signature off on purpose before they paste a token.
//!
//! # How to fix
//!
//! Make a new token for each hop; strip an incoming `X-Serverless-Authorization` before
//! forwarding. In the container, do not check the signature again: the platform did before.
//! To pass a token the application can check, use a second header.
//!
//! # When it is something else
//!
//! If you removed the signature only for pasting, everything else here still holds.
//!
//! # References
//!
//! - <https://cloud.google.com/run/docs/troubleshooting#signature-removed>

use super::{Cause, Finding, Found, Gate, Likelihood, ruled_out};
use crate::credential::Signature;
use crate::evidence::Evidence;
use crate::response::Signal;

pub(super) const CAUSE: Cause = Cause {
    id: "signature-removed",
    title: "The signature was removed",
    gate: Gate::Verify,
    citation: "https://cloud.google.com/run/docs/troubleshooting#signature-removed",
    weight: 90,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    let Some(jwt) = evidence
        .credential
        .jwt
        .as_ref()
        .filter(|_| !evidence.unseen())
    else {
        return Finding::NotApplicable;
    };
    if evidence.unseen() {
        return Finding::NotApplicable;
    }
    match jwt.signature {
        Signature::RemovedByGoogle => Found::certain(
            "Cloud Run took the signature off this token (`SIGNATURE_REMOVED_BY_GOOGLE`) before the container saw it, so nobody can accept it again.",
        )
        .because("The third part is that literal.")
        .because("It was read inside a container, or forwarded from an incoming request: make a new token for the next hop.")
        .fix(if verified_again(evidence) { "removed-signature-verified-again" } else { "removed-signature-forwarded" })
        .into(),
        Signature::Empty | Signature::Missing if !evidence.credential.is_unsigned() => {
            let likelihood = if evidence.is_as_sent() {
                Likelihood::Certain
            } else if evidence.answer_speaks_of_the_whole_token() {
                Likelihood::Likely
            } else {
                return ruled_out(
                    "The signature is not in the paste; nothing says that it was not sent. As it stands here Cloud Run would refuse this, though it is fine for reading.",
                );
            };
            Found::new(
                likelihood,
                "The signature was removed: Cloud Run would refuse this, though it is fine for reading.",
            )
            .because("If it was taken off only for pasting, look at the next cause.")
            .fix("token-damaged")
            .into()
        }
        Signature::Present { .. } => ruled_out("The third part is there (not checked)."),
        Signature::Hidden => {
            ruled_out("The third part was hidden for the paste; nothing says that it was not sent.")
        }
        _ => Finding::NotApplicable,
    }
}

/// The application behind Cloud Run refused it, or its library did; the platform did not.
fn verified_again(evidence: &Evidence<'_>) -> bool {
    evidence.app_answered()
        || evidence.response.says(Signal::VerifierSignature)
        || evidence
            .spoken
            .iter()
            .any(|spoken| ["signature-invalid", CAUSE.id].contains(&spoken.cause()))
}
