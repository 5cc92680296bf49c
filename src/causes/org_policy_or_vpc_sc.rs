//! # What it is
//!
//! A rule of the organisation stands above the service: VPC Service Controls keep the request
//! out, or an organisation policy refuses the grant that would let it in.
//!
//! # How it shows
//!
//! `Request is prohibited by organization's policy. vpcServiceControlsUniqueIdentifier: …`;
//! `One or more users named in the policy do not belong to a permitted customer`;
//! `invoker_iam_disabled is not currently available`.
//!
//! # Why it happens
//!
//! Domain restricted sharing forbids `allUsers`; a perimeter forbids calls across its border;
//! `run.managed.requireInvokerIam` forbids switching the check off.
//!
//! # How to fix
//!
//! An administrator changes the policy or the perimeter. Until then: call with an identity of
//! the organisation, or from inside the perimeter.
//!
//! # When it is something else
//!
//! Without one of these texts a 403 is rather a missing role.
//!
//! # References
//!
//! - <https://cloud.google.com/vpc-service-controls/docs/troubleshooting>
//! - <https://cloud.google.com/resource-manager/docs/organization-policy/restricting-domains>

use super::{Cause, Finding, Found, Gate};
use crate::evidence::Evidence;
use crate::facts::Entity;
use crate::facts::Mentions;
use crate::input::Caller;
use crate::response::Signal;
use crate::visible::in_code;

pub(super) const CAUSE: Cause = Cause {
    id: "org-policy-or-vpc-sc",
    title: "A rule of the organisation refuses",
    gate: Gate::Reach,
    citation: "https://cloud.google.com/vpc-service-controls/docs/troubleshooting",
    weight: 40,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    if evidence.response.says(Signal::VpcServiceControls) {
        return Found::said(evidence, Signal::VpcServiceControls, "VPC Service Controls refused the request: it crosses the border of a service perimeter.")
            .because("The answer speaks of VPC Service Controls.")
            .because("The credential is not what was refused.")
            .usually(perimeter(&evidence.words.mentions))
            .into();
    }
    if evidence.response.says(Signal::OrgPolicy) {
        let variant = constraint(evidence);
        let found = Found::said(
            evidence,
            Signal::OrgPolicy,
            "An organisation policy refused the change, so what it should do was not done.",
        )
        .usually(variant);
        return match evidence.named.text(Entity::Constraint) {
            Some(constraint) => found.because(format!(
                "The error names the constraint, `{}`.",
                in_code(constraint)
            )),
            None => found.because("The error names the policy’s effect."),
        }
        .because(match variant {
            "domain-restricted-sharing" => {
                "Domain restricted sharing forbids `allUsers` and accounts of other organisations."
            }
            "require-invoker-iam" => "It demands that every service checks who invokes it.",
            _ => "No role in the project opens it.",
        })
        .into();
    }
    if evidence.caller == Some(Caller::Browser)
        && evidence.no_credential()
        && evidence.wants_id_token()
        && evidence.platform_said_403()
    {
        return Found::possible(
            "If the service should be public, a policy may have kept `allUsers` out.",
        )
        .because(
            "Domain restricted sharing refuses that grant, and some deploy tools do not say so.",
        )
        .fix("domain-restricted-sharing")
        .into();
    }
    Finding::NotApplicable
}

/// The direction in which a request crosses the border of a perimeter.
fn perimeter(said: &Mentions) -> &'static str {
    if said.any(&["service_not_allowed_from_vpc"]) {
        "vpc-sc-accessible-services"
    } else if said.any(&["egressviolations", "egressto"]) {
        "vpc-sc-egress"
    } else {
        "vpc-sc-ingress"
    }
}

/// The variant of the constraint that the error names; without one it is about members.
fn constraint(evidence: &Evidence<'_>) -> &'static str {
    let said = &evidence.words.mentions;
    let named = evidence.named.text(Entity::Constraint).unwrap_or_default();
    let of = |words: &[&str]| {
        words
            .iter()
            .any(|word| named.contains(word) || said.any(&[&word.to_ascii_lowercase()]))
    };
    if of(&["requireInvokerIam", "invoker_iam_disabled"]) {
        "require-invoker-iam"
    } else if of(&["disableServiceAccountKey"]) {
        "key-creation-disabled"
    } else if of(&["allowedPolicyMember", "permitted customer"]) || named.is_empty() {
        "domain-restricted-sharing"
    } else {
        "org-policy-constraint"
    }
}
