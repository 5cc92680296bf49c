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

use super::{Cause, Fact, Finding, Found, Gate};
use crate::evidence::{Door, Evidence};
use crate::fix::{Fix, app, grant, inspect, verify};
use crate::input::Caller;
use crate::response::Signal;

pub(super) const CAUSE: Cause = Cause {
    id: "org-policy-or-vpc-sc",
    title: "A rule of the organisation refuses",
    gate: Gate::Reach,
    citation: "https://cloud.google.com/vpc-service-controls/docs/troubleshooting",
    weight: 40,
    examine,
    fixes,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    if evidence.response.says(Signal::VpcServiceControls) {
        return Found::certain("VPC Service Controls refused the request: it crosses the border of a service perimeter.")
            .on(
                "Only VPC Service Controls write this.",
                Fact::Quote("Request is prohibited by organization's policy".to_owned()),
            )
            .because("The credential is not what was refused.")
            .into();
    }
    if evidence.response.says(Signal::OrgPolicy) {
        return Found::certain("An organisation policy refused the change, so the access it should give does not exist.")
            .on(
                "The error names the policy’s effect.",
                Fact::Quote("do not belong to a permitted customer".to_owned()),
            )
            .because("Domain restricted sharing forbids `allUsers` and accounts of other domains.")
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
        .into();
    }
    Finding::NotApplicable
}

fn fixes(evidence: &Evidence<'_>) -> Vec<Fix> {
    let fill = evidence.fill();
    let response = &evidence.response;
    let mut fixes = Vec::new();
    if !response.says(Signal::OrgPolicy) {
        fixes.push(inspect::perimeter_log(fill));
        fixes.push(inspect::perimeters(fill));
    }
    if !response.says(Signal::VpcServiceControls) {
        fixes.push(inspect::org_policy(fill));
        fixes.push(inspect::invoker_policy(fill));
        if fill.caller != Some(Caller::Browser) {
            fixes.push(grant::entry(fill));
        }
        if fill.door == Door::Run {
            fixes.push(app::no_invoker_check(fill));
        }
    }
    fixes.push(verify::again(fill));
    fixes
}
