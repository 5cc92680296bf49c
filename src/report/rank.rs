//! From findings to an order: what explains another away, then likelihood, then the earlier gate.

use std::cmp::Reverse;

use super::bounds::bound;
use super::{Diagnosis, Report, RuledOut};
use crate::causes::{
    CAUSES, Cause, Finding, Found, Gate, Likelihood, OUTRANKS, Shown, named_finding, nothing_found,
    nothing_likely,
};
use crate::evidence::Evidence;
use crate::fix::Remedy;
use crate::response::Signal;
use crate::variants;

/// Examines every cause and ranks what was found.
pub(crate) fn rank(evidence: Evidence<'_>) -> Report<'_> {
    let mut found: Vec<(&'static Cause, Box<Found>)> = Vec::new();
    let mut ruled_out = Vec::new();
    // What succeeded was refused by nobody: only the causes that say so are asked.
    let succeeded = evidence.succeeded();
    let never_made = evidence.never_made();
    let mut shown = Shown::by(&evidence);
    for &cause in CAUSES {
        if succeeded && cause.gate != Gate::Open {
            continue;
        }
        // What a document proves or rules out counts for more than words.
        match shown.take(cause.id) {
            Some(Finding::Found(proven)) => {
                found.push((cause, proven));
                continue;
            }
            Some(Finding::RuledOut(because)) => {
                ruled_out.push(RuledOut { cause, because });
                continue;
            }
            _ => {}
        }
        let named = named_finding(cause, &evidence);
        // Of a token that was never made no later gate can say anything.
        let seen = if never_made && !matches!(cause.gate, Gate::Mint | Gate::Open) {
            Finding::NotApplicable
        } else {
            (cause.examine)(&evidence)
        };
        match (seen, named) {
            (Finding::Found(seen), Some(said)) => found.push((cause, seen.merge(said))),
            (Finding::Found(seen), None) => found.push((cause, seen)),
            // What was looked at and is fine counts for more than words that may mean it.
            (Finding::RuledOut(because), Some(said))
                if said.likelihood == Likelihood::Possible
                    || cause.gate == Gate::Verify && !said.also.is_empty() =>
            {
                ruled_out.push(RuledOut { cause, because });
            }
            (_, Some(said)) => found.push((cause, said)),
            (Finding::RuledOut(because), None) => ruled_out.push(RuledOut { cause, because }),
            (Finding::NotApplicable, None) => {}
        }
    }
    leave_open(&mut found, &evidence);
    explain_away(&mut found);
    // The sort is stable: equals keep the order of the causes.
    found.sort_by_key(|(cause, finding)| {
        (
            Reverse(finding.likelihood),
            cause.gate,
            Reverse(cause.weight),
        )
    });
    if found.is_empty() {
        found.push(nothing_found(&evidence));
    } else if (found.len() > 1 || says_little(&evidence))
        && found
            .iter()
            .all(|(_, finding)| finding.likelihood == Likelihood::Possible)
    {
        found.insert(0, nothing_likely(&evidence));
    }
    let causes = found
        .into_iter()
        .map(|(cause, finding)| {
            let variant = match finding.variant {
                "" => variants::usual(cause.id),
                named => named,
            };
            Diagnosis {
                cause,
                likelihood: finding.likelihood,
                remedy: remedy(variant, &evidence),
                variant,
                summary: finding.summary,
                reasons: finding.reasons,
            }
        })
        .collect();
    bound(Report {
        evidence,
        causes,
        ruled_out,
    })
}

/// No credential can be judged, and no message of the catalogue was found but a program's trace.
fn says_little(evidence: &Evidence<'_>) -> bool {
    let written_later = evidence
        .pasted()
        .is_some_and(|pasted| pasted.filled_in_later);
    (evidence.unseen() || written_later)
        && evidence
            .spoken
            .iter()
            .all(|spoken| spoken.hit.row.signal == Some(Signal::AppTrace))
}

/// What a message leaves open, the other evidence decides: where one of the causes that it cannot
/// be told apart from is found by itself, the message's usual meaning is only possible.
fn leave_open(found: &mut [(&'static Cause, Box<Found>)], evidence: &Evidence<'_>) {
    // That an application's verifier speaks is known by the same words; what they say is more.
    let by_itself = |gate| gate != Gate::App || !evidence.unseen();
    let seen: Vec<&str> = found
        .iter()
        .filter(|(cause, finding)| {
            finding.also.is_empty()
                && finding.likelihood >= Likelihood::Likely
                && by_itself(cause.gate)
        })
        .map(|(cause, _)| cause.id)
        .collect();
    for (_, finding) in found {
        if finding.also.iter().any(|other| seen.contains(other)) {
            finding.likelihood = Likelihood::Possible;
        }
    }
}

/// A cause that another one explains is at most possible.
fn explain_away(found: &mut [(&'static Cause, Box<Found>)]) {
    for (by, explained) in OUTRANKS {
        let place = |id: &str| found.iter().position(|(cause, _)| cause.id == id);
        let (Some(by), Some(explained)) = (place(by), place(explained)) else {
            continue;
        };
        let sure = found.get(by).map(|(_, finding)| finding.likelihood);
        if let Some((_, finding)) = found.get_mut(explained)
            && sure >= Some(Likelihood::Likely)
            && sure >= Some(finding.likelihood)
        {
            finding.likelihood = Likelihood::Possible;
        }
    }
}

fn remedy(variant: &str, evidence: &Evidence<'_>) -> Remedy {
    variants::named(variant)
        .map_or_else(Remedy::default, |variant| (variant.remedy)(evidence.fill()))
}
