//! The verdict: one sentence, how sure, and the one question that is open.

use super::node::{Element, el};
use super::parts::{CROSS, DASH, DOUBT, TICK, gate_name, icon, panel, prose, sentences, sure};
use super::{View, claims, gates, questions, times};
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
            .attr_if(
                "data-variant",
                (!first.variant.is_empty()).then_some(first.variant),
            )
            .attr("data-gate", first.cause.gate.id())
            .attr("data-likelihood", first.likelihood.id())
            .attr("data-tone", tone(report, first))
            .child(kicker(report, first, view))
            .child(
                el("h2")
                    .attr("id", "verdict-title")
                    .class("summary")
                    .children(prose(&first.summary)),
            )
            .children(credential.long_lived_secret.then(leaked))
            .children(view.question.as_ref().map(questions::question)),
    )
}

/// Why the verdict is what it is.
pub(super) fn because(report: &Report<'_>) -> Option<Element> {
    let reasons = &report.causes.first()?.reasons;
    let reasons: Vec<&str> = reasons.iter().map(|reason| reason.text.as_str()).collect();
    Some(panel("because", "Why").child(sentences("because", &reasons)?))
}

/// What a screen reader is told: the verdict, and nothing that was pasted.
#[must_use]
pub fn announcement(report: &Report<'_>) -> String {
    let Some(first) = report.causes.first() else {
        return String::new();
    };
    let gate = match first.cause.gate {
        Gate::Open => String::new(),
        gate => format!(", stopped at {}", gate_name(gate)),
    };
    let title = title(report, first).map_or_else(String::new, |title| format!(" {title}."));
    format!("{}{gate}.{title}", standing(report, first))
}

/// The colour: a stop, a doubt, all well, or not enough to say either.
fn tone(report: &Report<'_>, first: &Diagnosis) -> &'static str {
    match (first.cause.gate, first.likelihood) {
        (Gate::Open, _) if gates::is_fine(report) => "fine",
        (Gate::Open, _) => "open",
        (_, Likelihood::Certain) => "stop",
        _ => "doubt",
    }
}

fn kicker(report: &Report<'_>, first: &Diagnosis, view: &View) -> Element {
    let mark = match tone(report, first) {
        "fine" => TICK,
        "open" => DASH,
        "stop" => CROSS,
        _ => DOUBT,
    };
    el("p")
        .class("kicker")
        .child(icon(mark))
        .child(el("strong").text(standing(report, first)))
        .children(title(report, first).map(|title| el("span").text(title)))
        .children(expiry(report, view))
}

/// The cause's title; none where it would say more than was seen.
fn title(report: &Report<'_>, first: &Diagnosis) -> Option<&'static str> {
    let fine = first.cause.id == "token-fine";
    (!fine || gates::is_fine(report)).then_some(first.cause.title)
}

/// How sure, in a word; where nothing stopped the request, what that rests on.
fn standing(report: &Report<'_>, first: &Diagnosis) -> &'static str {
    match first.cause.gate {
        Gate::Open if gates::is_fine(report) => "No stop found",
        Gate::Open if first.cause.id == "token-fine" => "Not judged yet",
        Gate::Open => "Open",
        _ => sure(first.likelihood),
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
        el("span")
            .class("expiry faint")
            .text(if at <= view.now { past } else { coming })
            .text(" ")
            .child(times::distance(at, view))
            .text(" ")
            .child(el("span").class("clock").text(clock)),
    )
}
