//! # What it is
//!
//! Another vendor's service answered: a proxy, a registry, an identity provider or an API that is
//! not Google's.
//!
//! # How it shows
//!
//! By its own words, headers or host: GitHub, Docker Hub, AWS, Azure, Cloudflare, Apple's push
//! service.
//!
//! # Why it happens
//!
//! One failing step among many is blamed on Google because its log stands beside Google's. A
//! Google token means nothing to another vendor.
//!
//! # How to fix
//!
//! Use that service's own credential, and its own documentation of the error.
//!
//! # When it is something else
//!
//! A proxy of another vendor may pass Google's answer on; then Google's words stand in it.
//!
//! # References
//!
//! - <https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2>

use super::{Cause, Finding, Found, Gate};
use crate::evidence::Evidence;
use crate::response::Answerer;

pub(super) const CAUSE: Cause = Cause {
    id: "not-google",
    title: "Another vendor’s service answered",
    gate: Gate::Open,
    citation: "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2",
    weight: 40,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    if evidence.response.answered_by == Answerer::OtherVendor {
        return Found::likely(
            "The service that refused is not Google’s, so nothing in Google Cloud mends it.",
        )
        .because("The answer has that vendor’s own words.")
        .fix("other-vendor-answered")
        .into();
    }
    Finding::NotApplicable
}
