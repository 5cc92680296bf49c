//! No part of a report grows with what was pasted: every sentence of it has a longest length, and
//! every list of them.

use super::Report;
use crate::text::{MOST_SENTENCES, shorten, shorten_all};

/// The report with every sentence and every list cut to its longest length.
pub(super) fn bound(mut report: Report<'_>) -> Report<'_> {
    for found in &mut report.causes {
        shorten(&mut found.summary);
        found.reasons.truncate(MOST_SENTENCES);
        for reason in &mut found.reasons {
            shorten(&mut reason.text);
        }
    }
    for out in &mut report.ruled_out {
        shorten(&mut out.because);
    }
    let evidence = &mut report.evidence;
    let pasted = evidence.exhibits.credentials.iter_mut();
    let lists = pasted.map(|pasted| &mut pasted.notes).chain([
        &mut evidence.exhibits.notes,
        &mut evidence.target.notes,
        &mut evidence.target.problems,
    ]);
    for list in lists {
        shorten_all(list);
    }
    report
}
