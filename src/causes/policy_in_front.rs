//! # What it is
//!
//! A rule in front of the service refused the request: Cloud Armor, another web application
//! firewall, a service mesh, or a block on the caller's network.
//!
//! # How it shows
//!
//! A short 403 page that is neither Cloud Run's nor the application's; in the load balancer's log
//! `statusDetails: denied_by_security_policy` and the policy's name; in a mesh `RBAC: access
//! denied`.
//!
//! # Why it happens
//!
//! The rule looks at the address, the country, the path or the body, and not at the token. A
//! right token does not help.
//!
//! # How to fix
//!
//! Find the rule by the log, and change that rule for this caller.
//!
//! # When it is something else
//!
//! Google's own page `Your client does not have permission to get URL` is Cloud Run's door.
//!
//! # References
//!
//! - <https://cloud.google.com/armor/docs/request-logging>
//! - <https://istio.io/latest/docs/ops/common-problems/security-issues/>

use super::{Cause, Finding, Found, Gate};
use crate::evidence::Evidence;
use crate::response::Answerer;

pub(super) const CAUSE: Cause = Cause {
    id: "policy-in-front",
    title: "A rule in front of the service refuses",
    gate: Gate::Reach,
    citation: "https://cloud.google.com/armor/docs/request-logging",
    weight: 35,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    let means_something_else = evidence
        .spoken
        .iter()
        .find(|spoken| spoken.hit.row.speaker() == Answerer::Policy)
        .is_some_and(|spoken| spoken.cause() != CAUSE.id);
    if evidence.response.answered_by == Answerer::Policy && !means_something_else {
        return Found::likely(
            "A rule in front of the service refused the request, so the service did not see it.",
        )
        .because("Such a rule looks at addresses, paths and bodies; a right token does not help.")
        .usually(if evidence.words.mentions.any(&["rbac: access denied"]) {
            "mesh-policy-refused"
        } else {
            "cloud-armor-deny"
        })
        .into();
    }
    Finding::NotApplicable
}
