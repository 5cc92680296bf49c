//! # What it is
//!
//! Nothing in the paste was refused: a dry run, a check that was granted, an entry of success, or
//! configuration alone.
//!
//! # How it shows
//!
//! `dryRun: true`, `granted: true`, a status below 400, a severity of `NOTICE`; or a file of
//! settings without any answer.
//!
//! # Why it happens
//!
//! Audit logs write an entry for what was allowed too, and a dry-run perimeter for what it would
//! refuse.
//!
//! # How to fix
//!
//! Paste the entry or the answer that was refused.
//!
//! # When it is something else
//!
//! A success before or after the refusal: only the refused request tells.
//!
//! # References
//!
//! - <https://cloud.google.com/logging/docs/audit/understanding-audit-logs>
//! - <https://cloud.google.com/vpc-service-controls/docs/dry-run-mode>

use super::{Cause, Finding, Found, Gate};
use crate::evidence::Evidence;

pub(super) const CAUSE: Cause = Cause {
    id: "no-refusal",
    title: "Nothing here was refused",
    gate: Gate::Open,
    citation: "https://cloud.google.com/logging/docs/audit/understanding-audit-logs",
    weight: 50,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    match evidence.nothing_refused() {
        Some(why) => Found::likely(
            "Nothing in the paste was refused. Paste the request that fails, with its answer.",
        )
        .because(why)
        .fix("nothing-refused")
        .into(),
        None => Finding::NotApplicable,
    }
}
