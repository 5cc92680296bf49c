//! What was looked at and is not why: half of the trust.

use super::node::{Element, el};
use super::parts::{TICK, icon, panel, prose};
use crate::report::{Report, RuledOut};

/// The panel; `None` when nothing could be ruled out.
pub(super) fn checked(report: &Report<'_>) -> Option<Element> {
    (!report.ruled_out.is_empty()).then(|| {
        panel("checked", "Checked, and fine").child(
            el("ul")
                .class("checked")
                .children(report.ruled_out.iter().map(one)),
        )
    })
}

fn one(out: &RuledOut) -> Element {
    el("li")
        .attr("data-ruled-out", out.cause.id)
        .child(icon(TICK))
        .child(
            el("span").children(prose(&out.because)).text(" ").child(
                el("span")
                    .class("faint")
                    .text("so not ")
                    .child(el("code").text(out.cause.id)),
            ),
        )
}
