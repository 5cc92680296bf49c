//! The verdict: one sentence, how sure, and at which gate.

use super::node::{Element, el};
use super::parts::{CROSS, DOUBT, TICK, gate_name, icon, prose, sentences, sure, sure_because};
use super::{View, claims, questions, times};
use crate::causes::{Gate, Likelihood};
use crate::report::{Diagnosis, Report};

/// The panel; `None` when the report has no cause.
pub(super) fn verdict(report: &Report<'_>, view: &View) -> Option<Element> {
    let first = report.causes.first()?;
    let credential = &report.evidence.credential;
    Some(
        el("section")
            .class("verdict")
            .attr("part", "verdict")
            .attr("aria-labelledby", "verdict-title")
            .attr("data-verdict", "")
            .attr("data-cause", first.cause.id)
            .attr("data-gate", first.cause.gate.id())
            .attr("data-likelihood", first.likelihood.id())
            .child(kicker(first))
            .child(el("h2").attr("id", "verdict-title").text(first.cause.title))
            .child(el("p").class("summary").children(prose(&first.summary)))
            .children(credential.long_lived_secret.then(leaked))
            .children(expiry(report, view))
            .children(because(first))
            .children(questions::questions(report))
            .child(actions(view)),
    )
}

/// What a screen reader is told: the verdict, and nothing that was pasted.
#[must_use]
pub fn announcement(report: &Report<'_>) -> String {
    report.causes.first().map_or_else(String::new, |first| {
        format!("{}. {}.", standing(first), first.cause.title)
    })
}

fn kicker(first: &Diagnosis) -> Element {
    let mark = match (first.cause.gate, first.likelihood) {
        (Gate::Open, _) => TICK,
        (_, Likelihood::Certain) => CROSS,
        _ => DOUBT,
    };
    el("p")
        .class("kicker")
        .child(icon(mark))
        .child(el("strong").text(standing(first)))
        .child(el("span").class("faint").text(match first.cause.gate {
            Gate::Open => "as far as it can be seen from here",
            _ => sure_because(first.likelihood),
        }))
}

/// `Certain: stopped at Verify`.
fn standing(first: &Diagnosis) -> String {
    let sure = sure(first.likelihood);
    match (first.cause.gate, first.likelihood) {
        (Gate::Open, _) => "No stop found".to_owned(),
        (gate, Likelihood::Certain) => format!("{sure}: stopped at {}", gate_name(gate)),
        (gate, _) => format!("{sure}: stopped at {}, it seems", gate_name(gate)),
    }
}

fn leaked() -> Element {
    el("p").class("warning").child(el("strong").text(
        "This is a long-lived secret. It was on a clipboard and in a browser: \
         replace it if anyone else could have seen it.",
    ))
}

/// When the token ends, ticking.
fn expiry(report: &Report<'_>, view: &View) -> Option<Element> {
    let at = claims::time(&report.evidence.credential, "exp")?;
    let (past, coming) = ("Expired", "Expires");
    let clock = if report.evidence.now_from_response {
        "when the answer came, by its date header"
    } else {
        "by this computer’s clock"
    };
    Some(
        el("p")
            .class("expiry")
            .text(if at <= view.now { past } else { coming })
            .text(" ")
            .child(times::distance(at, view))
            .text(" ")
            .child(el("span").class("faint").text(clock)),
    )
}

fn because(first: &Diagnosis) -> Option<Element> {
    let reasons: Vec<&str> = first
        .reasons
        .iter()
        .map(|reason| reason.text.as_str())
        .collect();
    sentences("because", &reasons)
}

fn actions(view: &View) -> Element {
    el("p")
        .class("actions")
        .child(
            el("button")
                .attr("type", "button")
                .attr("data-copy", "report")
                .attr("data-key", "copy-report")
                .text("Copy report"),
        )
        .child(
            el("label")
                .class("check")
                .child(
                    el("input")
                        .attr("type", "checkbox")
                        .attr("data-mask", "")
                        .attr("data-key", "mask")
                        .attr_if("checked", view.mask.then_some("")),
                )
                .text("mask e-mail and sub"),
        )
}
