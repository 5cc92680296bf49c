//! # What it is
//!
//! The service's ingress setting does not admit requests from where this one came.
//!
//! # How it shows
//!
//! Google's 404 page, with no request log in the service: to the internet an internal service
//! looks as if it were not there. App Engine says `Access is forbidden` with 403.
//!
//! # Why it happens
//!
//! Ingress `internal` admits the project's VPC networks, and Pub/Sub, Eventarc and others in the
//! same project or perimeter; `internal-and-cloud-load-balancing` adds the load balancer. A
//! token does not change that.
//!
//! # How to fix
//!
//! Call from inside (VPC egress), through the load balancer, or widen the ingress setting.
//!
//! # When it is something else
//!
//! A 401 or 403 of Cloud Run means that the door was reached, so ingress let the request in.
//!
//! # References
//!
//! - <https://cloud.google.com/run/docs/securing/ingress>
//! - <https://cloud.google.com/appengine/docs/standard/application-security#ingress_controls>

use super::{Cause, Finding, Found, Gate, ruled_out};
use crate::evidence::Evidence;
use crate::response::Signal;
use crate::target::Product;

pub(super) const CAUSE: Cause = Cause {
    id: "ingress-blocked",
    title: "Ingress does not admit the request",
    gate: Gate::Reach,
    citation: "https://cloud.google.com/run/docs/securing/ingress",
    weight: 20,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    let response = &evidence.response;
    if response.says(Signal::EdgeAccessForbidden) {
        return Found::likely(format!(
            "{} says `Access is forbidden`: its ingress setting does not admit this request, whatever credential it carries.",
            evidence.service_name()
        ))
        .because("The words are those of the network check, which comes before any credential.")
        .because("Cloud Tasks and cron requests do not always count as internal.")
        .into();
    }
    let hidden = response.says(Signal::EdgeNotFoundPage)
        || (response.status == Some(404) && evidence.words.silent);
    let path_of_google = evidence.target.path == "/healthz";
    if hidden && evidence.target.product == Product::CloudRun && !path_of_google {
        return Found::likely(format!(
            "{} answers 404 to outsiders when its ingress is `internal`: the request probably came from outside.",
            evidence.service_name()
        ))
        .because("An internal service looks absent from the internet, and nothing is logged.")
        .because("If the service is not there at all, the answer is the same.")
        .into();
    }
    if hidden && evidence.target.product == Product::CloudFunctions {
        return Found::possible(
            "A function with ingress `internal-only` looks absent from the internet.",
        )
        .into();
    }
    if evidence.platform_said_401() || evidence.platform_said_403() {
        return ruled_out("A 401 or 403 comes from the door, so ingress let the request in.");
    }
    Finding::NotApplicable
}
