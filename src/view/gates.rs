//! The six gates a request passes, drawn as a path with the stop marked.
//!
//! A gate is passed only where something shows it: the token itself, who answered, or a verdict
//! about a later gate. What nothing shows is not seen.

use super::node::{Element, el};
use super::parts::{CROSS, DASH, DOUBT, TICK, gate_name, icon, panel};
use crate::causes::{Gate, Likelihood};
use crate::report::Report;
use crate::response::Answerer;

/// The panel.
pub(super) fn gates(report: &Report<'_>) -> Element {
    panel("gates", "The way of the request").child(
        el("ol").class("gates").attr("role", "list").children(
            Gate::PATH
                .iter()
                .map(|gate| step(*gate, standing(*gate, report))),
        ),
    )
}

/// Whether there is evidence that nothing is wrong: the call succeeded, or the token fits the door
/// that was named.
pub(super) fn is_fine(report: &Report<'_>) -> bool {
    let evidence = &report.evidence;
    report.is_fine()
        && (evidence.succeeded() || (evidence.answer_is_empty() && evidence.fits_the_door()))
}

/// What is known of a gate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Something shows that the request passed here.
    Passed,
    /// The token fits, as far as it was read; nobody has answered yet.
    Fits,
    /// It stopped here, beyond doubt.
    Stopped,
    /// It stopped here, it seems.
    Probable,
    /// It may have stopped here; nothing else explains it.
    Possible,
    /// A runner-up stands here.
    Maybe,
    /// Behind the stop.
    NotReached,
    /// Nothing that was pasted shows it.
    Unseen,
}

fn standing(gate: Gate, report: &Report<'_>) -> Standing {
    let Some(first) = report.causes.first() else {
        return Standing::Unseen;
    };
    let sure = first.likelihood;
    let stop = first.cause.gate;
    if gate == stop {
        return match sure {
            Likelihood::Certain => Standing::Stopped,
            Likelihood::Likely => Standing::Probable,
            Likelihood::Possible => Standing::Possible,
        };
    }
    let suspected = report.causes.iter().any(|found| found.cause.gate == gate);
    if suspected && sure != Likelihood::Certain {
        return Standing::Maybe;
    }
    if gate > stop {
        return Standing::NotReached;
    }
    match gate {
        _ if is_passed(gate, stop, report) => Standing::Passed,
        Gate::Verify if is_fine(report) => Standing::Fits,
        _ => Standing::Unseen,
    }
}

/// Whether something shows that the request passed a gate before the stop.
fn is_passed(gate: Gate, stop: Gate, report: &Report<'_>) -> bool {
    let evidence = &report.evidence;
    if evidence.succeeded() {
        return true;
    }
    // Whoever judged the token had it.
    let judged = stop > Gate::Verify && stop != Gate::Open && !evidence.answer_is_empty();
    match gate {
        Gate::Mint => judged || !evidence.unseen(),
        Gate::Send => judged || (!evidence.unseen() && evidence.stood_in_header()),
        Gate::Reach => judged || at_the_door(evidence.response.answered_by),
        Gate::Verify => judged,
        Gate::Allow => stop == Gate::App && evidence.app_answered(),
        Gate::App | Gate::Open => false,
    }
}

/// Who answers from the service's door or from behind it.
const fn at_the_door(answerer: Answerer) -> bool {
    matches!(
        answerer,
        Answerer::Edge | Answerer::Iap | Answerer::GoogleApi | Answerer::Gateway | Answerer::App
    )
}

fn step(gate: Gate, standing: Standing) -> Element {
    let (class, path, words) = match standing {
        Standing::Passed => ("passed", TICK, "passed"),
        Standing::Fits => ("passed", TICK, "fits, as far as read"),
        Standing::Stopped => ("stopped", CROSS, "stopped here"),
        Standing::Probable => ("stopped doubtful", DOUBT, "probably here"),
        Standing::Possible => ("maybe", DOUBT, "perhaps here"),
        Standing::Maybe => ("maybe", DOUBT, "possible too"),
        Standing::NotReached => ("later", DASH, "not reached"),
        Standing::Unseen => ("later", DASH, "not seen"),
    };
    let here = matches!(
        standing,
        Standing::Stopped | Standing::Probable | Standing::Possible
    );
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
