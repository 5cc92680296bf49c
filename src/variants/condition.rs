//! Grants that are there and do not count.

use super::Variant;
use crate::fix::remedy::Remedy;
use crate::fix::{grant, inspect, verify};

const CAUSE: &str = "iam-propagation-or-condition";

pub(super) const VARIANTS: &[Variant] = &[Variant {
    id: "invoker-condition",
    cause: CAUSE,
    says: "The role is granted under a condition that this call does not meet.",
    why: "The policy lists the binding, so it looks as if the role were there.",
    remedy: |fill| {
        Remedy::change(grant::unconditional(fill))
            .check(inspect::policy(fill))
            .verify(verify::again(fill))
    },
}];
