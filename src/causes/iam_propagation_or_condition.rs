//! # What it is
//!
//! The grant exists but does not count (yet): it is younger than a few minutes, or it carries a
//! condition that this request does not meet.
//!
//! # How it shows
//!
//! 403 right after a grant; the same call works some minutes later with nothing changed.
//!
//! # Why it happens
//!
//! IAM changes need time to spread: 38 seconds were too few and three and a half minutes enough
//! where it was measured; Google names two minutes as usual and seven or more as possible. A
//! conditional binding looks present in the policy.
//!
//! # How to fix
//!
//! Wait and try again; look for `condition` in the policy.
//!
//! # When it is something else
//!
//! If ten minutes have passed and the binding has no condition, look at the account and the role,
//! except where the member is a group: membership may take hours to count.
//!
//! # References
//!
//! - <https://cloud.google.com/iam/docs/access-change-propagation>
//! - <https://cloud.google.com/iam/docs/conditions-overview>

use super::{Cause, Finding, Found, Gate};
use crate::evidence::Evidence;
use crate::response::Signal;

pub(super) const CAUSE: Cause = Cause {
    id: "iam-propagation-or-condition",
    title: "The grant does not count yet, or has a condition",
    gate: Gate::Allow,
    citation: "https://cloud.google.com/iam/docs/access-change-propagation",
    weight: 20,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    if evidence.succeeded() || evidence.app_answered() {
        return Finding::NotApplicable;
    }
    let response = &evidence.response;
    if response.says(Signal::Propagation) {
        return Found::likely("The answer itself says that the permission is too young: it needs a few minutes to count.")
            .because("Try again in some minutes before changing anything.")
            .fix("iam-propagation")
            .into();
    }
    if response.says(Signal::PrincipalUnknown)
        || (response.says(Signal::GrantFailed) && evidence.words.does_not_exist)
    {
        return Found::likely("The named account is not known yet: a new service account takes some seconds to be seen everywhere, or its name is wrong.")
            .because("Try again in a minute; then compare the name.")
            .fix("iam-propagation")
            .into();
    }
    let denied = (evidence.fits_the_door() && evidence.platform_said_403())
        || response.says(Signal::EdgeLacksInvoke)
        || response.says(Signal::IapNoAccess)
        || response.says(Signal::ApiPermissionDenied);
    if !denied {
        return Finding::NotApplicable;
    }
    Found::possible("If the role was granted in the last minutes, it may not count yet; if its binding has a condition, this request may not meet it.")
        .because("Measured: a call 38 seconds after the grant failed, one after three and a half minutes passed.")
        .fix("iam-propagation")
        .into()
}
