//! What was looked at and is not why: half of the trust, in one line that unfolds.

use super::node::{Element, el, text};
use super::parts::{TICK, icon, panel, prose, unfold};
use crate::report::{Report, RuledOut};

/// The panel; `None` when nothing could be ruled out.
pub(super) fn checked(report: &Report<'_>) -> Option<Element> {
    let line = match report.ruled_out.len() {
        0 => return None,
        1 => "1 check passed".to_owned(),
        many => format!("{many} checks passed"),
    };
    let list = el("ul")
        .class("checked")
        .children(report.ruled_out.iter().map(one));
    Some(panel("checked", "Checked, and fine").child(unfold("checked-", 0, text(line)).child(list)))
}

fn one(out: &RuledOut) -> Element {
    el("li")
        .attr("data-ruled-out", out.cause.id)
        .child(icon(TICK))
        .child(el("span").children(prose(&out.because)))
}
