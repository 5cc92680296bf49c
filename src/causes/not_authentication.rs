//! # What it is
//!
//! The request failed, but nobody refused the caller: a redirect, a missing path, a size, a rate,
//! a time-out, the network or the capacity is the reason.
//!
//! # How it shows
//!
//! A status other than 401 and 403 (301, 400, 405, 408, 413, 429, 5xx), or an error of the
//! network: `connection refused`, `ENOTFOUND`, `deadline exceeded`, a TLS certificate.
//!
//! # Why it happens
//!
//! A refused credential gets 401 or 403. Everything else is about the address, the request, the
//! service's health or the way to it.
//!
//! # How to fix
//!
//! By what the answer names: the URL, the limit, the container's log, the firewall.
//!
//! # When it is something else
//!
//! A log may write `PERMISSION_DENIED` for a 403 and hide the status. A redirect can drop the
//! `Authorization` header on the way, and the next answer is a 401.
//!
//! # References
//!
//! - <https://cloud.google.com/run/docs/troubleshooting>

use super::{Cause, Finding, Found, Gate};
use crate::evidence::{Door, Evidence};
use crate::response::Signal;

pub(super) const CAUSE: Cause = Cause {
    id: "not-authentication",
    title: "Nobody refused the caller",
    gate: Gate::Open,
    citation: "https://cloud.google.com/run/docs/troubleshooting",
    weight: 30,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    let response = &evidence.response;
    if response.status == Some(429) || response.says(Signal::EdgeCapacity) {
        return Found::likely(
            "The answer is about capacity, not about credentials: too few instances for the requests, or a quota.",
        )
        .because("A refused token gets 401 or 403.")
        .usually(if evidence.door == Door::Api { "quota-exceeded" } else { "no-capacity" })
        .into();
    }
    let Some(status) = response.status else {
        return Finding::NotApplicable;
    };
    if super::iap_in_front::to_sign_in(evidence) {
        return Finding::NotApplicable;
    }
    let (what, variant) = match status {
        301 | 302 | 303 | 307 | 308 => (
            "a redirect: the address is another one, and clients may drop the method or the header on the way",
            "redirected",
        ),
        405 => (
            "about the method: this address does not take it",
            "request-malformed",
        ),
        408 | 504 => ("a time-out", "request-timeout"),
        411 | 413 | 414 | 431 => ("about the size of the request", "request-too-large"),
        500 | 502 | 503 => (
            "an error of the service or of the way to it",
            if evidence.door == Door::Api {
                "google-server-error"
            } else {
                "container-failed"
            },
        ),
        _ => return Finding::NotApplicable,
    };
    Found::likely(format!("The status is {status}, and that is {what}."))
        .because("A refused token gets 401 or 403.")
        .usually(variant)
        .into()
}
