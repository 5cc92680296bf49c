//! # What it is
//!
//! The signature cannot be right, or the verifier said that it is not.
//!
//! # How it shows
//!
//! `JWT signature is invalid`, `Jwt verification fails`, `Jwks doesn't have key to match kid`; a
//! signature too short for its algorithm; `alg` `none`.
//!
//! # Why it happens
//!
//! A log or console cut the line; an emulator made an unsigned token; another party's token went
//! to a verifier that looks among Google's keys; the token was edited.
//!
//! # How to fix
//!
//! Make a new token and hand it on without printing it. Against an emulator, let the verifier run
//! in emulator mode.
//!
//! # When it is something else
//!
//! This page decodes and never checks a signature: it can only see a wrong length, a missing
//! algorithm, or what the answer says.
//!
//! # References
//!
//! - <https://www.rfc-editor.org/rfc/rfc7518#section-3.3>
//! - <https://firebase.google.com/docs/emulator-suite/connect_auth>

use super::{Cause, Finding, Found, Gate, Likelihood, ruled_out};
use crate::credential::{Kind, Signature};
use crate::evidence::{Door, Evidence};
use crate::response::Signal;

pub(super) const CAUSE: Cause = Cause {
    id: "signature-invalid",
    title: "The signature cannot be right",
    gate: Gate::Verify,
    citation: "https://www.rfc-editor.org/rfc/rfc7518#section-3.3",
    weight: 70,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    let Some(jwt) = &evidence.credential.jwt else {
        return if evidence.unseen() {
            said(evidence)
        } else {
            Finding::NotApplicable
        };
    };
    if evidence.succeeded() || jwt.signature == Signature::RemovedByGoogle {
        return Finding::NotApplicable;
    }
    if evidence.credential.is_unsigned() {
        return unsigned(evidence);
    }
    if jwt.segments == 0 {
        return said(evidence);
    }
    let alg = evidence.credential.alg().unwrap_or_default();
    if alg.is_empty() && jwt.broken.is_none() && evidence.credential.kind.is_jwt() {
        return Found::new(
            if evidence.wants_id_token() { Likelihood::Certain } else { Likelihood::Likely },
            "The protected header names no algorithm (`alg`), so no verifier can accept the signature.",
        )
        .because("`alg` is absent.")
        .fix("self-made-token")
        .into();
    }
    if evidence.credential.kind == Kind::GoogleIdToken && !alg.is_empty() && alg != "RS256" {
        return Found::likely(format!(
            "Google signs ID tokens with `RS256`; the protected header says `{}`.",
            crate::visible::in_code(&alg)
        ))
        .because("`alg` is not Google’s.")
        .fix("self-made-token")
        .into();
    }
    let is_odd = matches!(
        jwt.signature,
        Signature::Undecodable | Signature::WrongLength { .. }
    );
    if is_odd && !evidence.is_as_sent() && !evidence.answer_speaks_of_the_whole_token() {
        return ruled_out(
            "The end of the token may have been cut for the paste; nothing says that it was sent so.",
        );
    }
    let sure = if evidence.is_as_sent()
        || evidence.response.says(Signal::VerifierSignature)
        || evidence.response.says(Signal::IapSignature)
        || evidence.response.says(Signal::GatewaySignature)
    {
        Likelihood::Certain
    } else {
        Likelihood::Likely
    };
    if jwt.signature == Signature::Undecodable {
        return Found::new(
            sure,
            "The signature cannot be decoded: characters are missing or foreign.",
        )
        .because("A console, log or database column cut or changed the end of the token.")
        .fix("token-damaged")
        .into();
    }
    if let Signature::WrongLength { bytes, expected } = jwt.signature
        && bytes < expected
        && alg.starts_with("RS")
    {
        return Found::new(
            sure,
            format!("The signature is cut: it has {bytes} bytes, and `{alg}` needs {expected}."),
        )
        .because("A console, log or database column cut the end of the token.")
        .fix("token-cut")
        .into();
    }
    said(evidence)
}

fn unsigned(evidence: &Evidence<'_>) -> Finding {
    let likelihood = if evidence.app_answered() || evidence.door == Door::App {
        Likelihood::Likely
    } else {
        Likelihood::Certain
    };
    Found::new(
        likelihood,
        "The token is unsigned (`alg` is `none`), as an emulator makes them: Cloud Run, IAP and gateways refuse it.",
    )
    .because("The protected header says so.")
    .because("Only a verifier in emulator mode takes it.")
    .fix(if evidence.credential.kind == Kind::FirebaseIdToken { "firebase-emulator-mismatch" } else { "self-made-token" })
    .into()
}

/// What the answer says of the signature.
fn said(evidence: &Evidence<'_>) -> Finding {
    let response = &evidence.response;
    let of_another = matches!(
        evidence.credential.kind,
        Kind::ForeignJwt | Kind::WorkloadJwt | Kind::FirebaseIdToken
    );
    if response.says(Signal::IapSignature) && of_another {
        return Found::certain(format!(
            "IAP looked for Google’s signature; this is {}, which is for the application behind IAP.",
            evidence.credential.with_article()
        ))
        .because("IAP says so.")
        .fix("application-token-at-iap")
        .into();
    }
    if response.says(Signal::IapSignature) || response.says(Signal::GatewaySignature) {
        return Found::likely("The signature was refused: the token was changed or cut on the way, or its issuer’s keys are not the ones looked at.")
            .because(if evidence.unseen() {
                "The answer says so; paste the token to see whether it is whole."
            } else {
                "The answer says so; the token itself shows no reason."
            })
            .usually("token-damaged")
            .into();
    }
    if response.says(Signal::VerifierSignature) {
        // A token of Google's that reads well is more likely checked against the wrong keys.
        let of_google = matches!(
            evidence.credential.kind,
            Kind::GoogleIdToken | Kind::IapAssertion
        );
        return Found::new(
            if of_google { Likelihood::Possible } else { Likelihood::Likely },
            "The application’s verifier refused the signature: it looks among other keys than this issuer’s, the token was changed or never signed, or Cloud Run had taken the signature off.",
        )
            .because("Inside a Cloud Run container the signature is already removed, so the application cannot check it again.")
            .usually("verifier-keys-wrong")
            .into();
    }
    Finding::NotApplicable
}
