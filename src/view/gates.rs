//! The six gates a request passes, drawn as a path with the stop marked.

use super::node::{Element, el};
use super::parts::{CROSS, DASH, DOUBT, TICK, gate_name, icon, panel};
use crate::causes::{Gate, Likelihood};
use crate::report::Report;

/// The panel.
pub(super) fn gates(report: &Report<'_>) -> Element {
    let unanswered = report.is_fine() && !report.evidence.succeeded();
    panel("gates", "The way of the request").child(
        el("ol").class("gates").attr("role", "list").children(
            Gate::PATH
                .iter()
                .map(|gate| step(*gate, standing(*gate, report), unanswered)),
        ),
    )
}

/// What is known of a gate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Nothing holds the request here.
    Passed,
    /// It stopped here, beyond doubt.
    Stopped,
    /// It stopped here, it seems.
    Doubtful,
    /// A runner-up stands here.
    Maybe,
    /// Not looked at, because it lies behind the stop or cannot be seen.
    Unseen,
}

fn standing(gate: Gate, report: &Report<'_>) -> Standing {
    let stop = report.stopped_at();
    let first = report.causes.first();
    let suspected = report.causes.iter().any(|found| found.cause.gate == gate);
    let checked = report.ruled_out.iter().any(|out| out.cause.gate == gate);
    if stop == Some(gate) {
        return match first.map(|first| first.likelihood) {
            Some(Likelihood::Certain) => Standing::Stopped,
            _ => Standing::Doubtful,
        };
    }
    if suspected {
        return Standing::Maybe;
    }
    if stop.is_some_and(|stop| gate < stop) || (stop.is_none() && checked) {
        return Standing::Passed;
    }
    Standing::Unseen
}

fn step(gate: Gate, standing: Standing, unanswered: bool) -> Element {
    let (class, path, words) = match standing {
        // The signature is not looked at here, so only an answer can say that the token passed.
        Standing::Passed if gate == Gate::Verify && unanswered => {
            ("passed", TICK, "fits, as far as read")
        }
        Standing::Passed => ("passed", TICK, "passed"),
        Standing::Stopped => ("stopped", CROSS, "stopped here"),
        Standing::Doubtful => ("stopped doubtful", DOUBT, "probably here"),
        Standing::Maybe => ("maybe", DOUBT, "possible too"),
        Standing::Unseen => ("later", DASH, "not looked at"),
    };
    let here = matches!(standing, Standing::Stopped | Standing::Doubtful);
    el("li")
        .class(class)
        .attr("data-gate", gate.id())
        .attr_if("aria-current", here.then_some("step"))
        .child(el("span").class("dot").child(icon(path)))
        .child(
            el("span")
                .class("gate")
                .child(el("strong").text(gate_name(gate)))
                .child(el("span").class("words").text(words))
                .child(el("span").class("faint").text(gate.question())),
        )
}
