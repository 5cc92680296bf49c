//! # What it is
//!
//! A browser asked first with `OPTIONS`, without any credential, and the private service refused
//! that question. The real request was never sent.
//!
//! # How it shows
//!
//! `blocked by CORS policy` in the browser's console; 403 for `OPTIONS` in the log.
//!
//! # Why it happens
//!
//! A preflight never carries `Authorization`, and Cloud Run's check stands before the container,
//! so the code that would answer the preflight is not reached.
//!
//! # How to fix
//!
//! A browser cannot call a private service directly: put a public front (which calls on), API
//! Gateway, or IAP before it; or make the service public and check the user's token in its code.
//!
//! # When it is something else
//!
//! When `OPTIONS` succeeds and the real request fails, look at that request. When the logs show
//! 2xx and the browser still blocks, the application answers without the CORS headers.
//!
//! # References
//!
//! - <https://cloud.google.com/run/docs/authenticating/end-users>
//! - <https://fetch.spec.whatwg.org/#cors-preflight-fetch>

use super::{Cause, Finding, Found, Gate};
use crate::evidence::{Door, Evidence};
use crate::input::Caller;
use crate::response::Signal;

pub(super) const CAUSE: Cause = Cause {
    id: "cors-preflight",
    title: "The browser’s preflight was refused",
    gate: Gate::Send,
    citation: "https://cloud.google.com/run/docs/authenticating/end-users",
    weight: 40,
    examine,
};

const WHY: &str = "A preflight carries no `Authorization`, so a private service refuses it before its own code could answer.";

fn examine(evidence: &Evidence<'_>) -> Finding {
    let options = evidence
        .request()
        .and_then(|request| request.method.as_deref())
        .is_some_and(|method| method.eq_ignore_ascii_case("OPTIONS"))
        || evidence.words.preflight;
    if options && evidence.refused() {
        return Found::certain(format!(
            "The refused request is an `OPTIONS` preflight: {} refuses it because browsers send it without a token.",
            evidence.service_name()
        ))
        .because(WHY)
        .usually(refused(evidence))
        .into();
    }
    if evidence.response.says(Signal::Cors) && evidence.response.is_2xx() {
        return Found::likely(format!(
            "{} let the preflight in, but answered it without the CORS headers, so the browser kept the answer from the page.",
            evidence.service_name()
        ))
        .because("The browser says so.")
        .because("A 2xx comes after every door: the application itself must send `Access-Control-Allow-Origin` and answer `OPTIONS`.")
        .fix("cors-headers-missing")
        .into();
    }
    if evidence.response.says(Signal::Cors) {
        return Found::likely(format!(
            "The browser’s preflight to {} was refused, so the real request was never sent.",
            evidence.service_name()
        ))
        .because("The browser says so.")
        .because(WHY)
        .usually(refused(evidence))
        .into();
    }
    if evidence.caller == Some(Caller::Browser)
        && evidence.wants_id_token()
        && evidence.no_credential()
        && evidence.platform_said_403()
    {
        return Found::possible(
            "From a browser, a call to a private service already fails at the preflight, which carries no token.",
        )
        .because(WHY)
        .fix("cors-preflight-refused")
        .into();
    }
    Finding::NotApplicable
}

/// Which door refused the preflight.
fn refused(evidence: &Evidence<'_>) -> &'static str {
    if evidence.door == Door::Gateway {
        "gateway-cors-off"
    } else {
        "cors-preflight-refused"
    }
}
