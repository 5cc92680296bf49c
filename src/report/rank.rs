//! From findings to an order: likelihood, then the earlier gate, then the cause's weight.

use std::cmp::Reverse;

use super::bounds::bound;
use super::{Diagnosis, Report, RuledOut};
use crate::causes::{CAUSES, Cause, Finding, Found, nothing_found};
use crate::evidence::Evidence;

/// Examines every cause and ranks what was found.
pub(crate) fn rank(evidence: Evidence<'_>) -> Report<'_> {
    let mut found: Vec<(&'static Cause, Box<Found>)> = Vec::new();
    let mut ruled_out = Vec::new();
    for &cause in CAUSES {
        match (cause.examine)(&evidence) {
            Finding::Found(finding) => {
                // The list stays in order; equals keep the order of the causes.
                let key = rank_of(cause, &finding);
                let place = found.partition_point(|(cause, other)| rank_of(cause, other) <= key);
                found.insert(place, (cause, finding));
            }
            Finding::RuledOut(because) => ruled_out.push(RuledOut { cause, because }),
            Finding::NotApplicable => {}
        }
    }
    if found.is_empty() {
        found.push(nothing_found(&evidence));
    }
    let causes = found
        .into_iter()
        .map(|(cause, finding)| Diagnosis {
            cause,
            likelihood: finding.likelihood,
            summary: finding.summary,
            reasons: finding.reasons,
            fixes: (cause.fixes)(&evidence),
        })
        .collect();
    bound(Report {
        evidence,
        causes,
        ruled_out,
    })
}

/// What comes first is the smaller.
fn rank_of(cause: &Cause, finding: &Found) -> impl Ord + use<> {
    (
        Reverse(finding.likelihood),
        cause.gate,
        Reverse(cause.weight),
    )
}
