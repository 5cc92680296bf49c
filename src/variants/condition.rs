//! Grants that are there and do not count.

use super::Variant;
use crate::evidence::Door;
use crate::fix::draft::Draft;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, fill::Fill, grant, inspect, verify};

const CAUSE: &str = "iam-propagation-or-condition";

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "invoker-condition",
        cause: CAUSE,
        says: "The role is granted under a condition that this call does not meet.",
        why: "The policy lists the binding, so it looks as if the role were there.",
        remedy: |fill| Remedy::change(grant::unconditional(fill))
            .check(inspect::policy(fill))
            .verify(verify::again(fill)),
    },
    Variant {
        id: "iam-propagation",
        cause: CAUSE,
        says: "The grant, the account or the agent is only minutes old, and does not count everywhere yet.",
        why: "Google names two minutes as usual and seven or more as possible.",
        remedy: |fill| {
            let remedy = Remedy::change(wait(fill)).verify(verify::again(fill));
            match fill.door {
                Door::Run | Door::Function | Door::Iap => remedy.check(inspect::policy(fill)),
                _ => remedy,
            }
        },
    },
];

/// Nothing to change: time does it.
fn wait(fill: &Fill) -> Fix {
    Draft::changes(fill, "Wait some minutes, then send the same request again")
        .words("Wait five to ten minutes and try again, with nothing changed. In Terraform: run `terraform apply` again, and do not manage one policy with both `_iam_binding` and `_iam_member`.")
        .done()
}
