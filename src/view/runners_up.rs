//! The other causes that may be why, one line each.

use super::View;
use super::fixes;
use super::node::{Element, el};
use super::parts::{gate_name, panel, prose, sentences, sure, unfold};
use crate::report::{Diagnosis, Report};

/// The panel; `None` when the headline stands alone.
pub(super) fn runners_up(report: &Report<'_>, view: &View) -> Option<Element> {
    let others = report.causes.get(1..).filter(|others| !others.is_empty())?;
    Some(
        panel("runners-up", "Other possibilities").children(
            others
                .iter()
                .zip(1..)
                .map(|(found, rank)| one(found, rank, view)),
        ),
    )
}

fn one(found: &Diagnosis, rank: usize, view: &View) -> Element {
    let reasons: Vec<&str> = found
        .reasons
        .iter()
        .map(|reason| reason.text.as_str())
        .collect();
    let line = el("span")
        .class("line")
        .child(el("strong").text(found.cause.title))
        .child(el("span").class("faint").text(format!(
            "{}, at {}",
            sure(found.likelihood),
            gate_name(found.cause.gate)
        )));
    unfold("other-", rank, line)
        .attr("data-cause", found.cause.id)
        .attr("data-likelihood", found.likelihood.id())
        .child(el("p").children(prose(&found.summary)))
        .children(sentences("because", &reasons))
        .children(fixes::list(found, rank, view))
}
