//! The one question: which fact is missing, asked only where its answer changes the verdict.

use super::node::{Element, Value, el};
use super::parts::prose;
use crate::causes::{Gate, Likelihood};
use crate::report::Report;
use crate::{Caller, Input, diagnose};

/// Trying out an answer costs a diagnosis; a paste larger than this is not tried.
const LARGE: usize = 20_000;

/// A fact that is missing, and its likely answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The field that takes the answer (`status`, `response`, `caller`, …).
    pub field: &'static str,
    /// The question, one sentence.
    pub words: String,
    /// Answers that take one tap: the value of the field, and the label.
    pub answers: Vec<(Value, &'static str)>,
    /// The button that leads to the field, for any other answer.
    pub other: &'static str,
}

/// The question, if one is worth it. It costs one diagnosis at most.
#[must_use]
pub fn ask(report: &Report<'_>) -> Option<Question> {
    let first = report.causes.first()?;
    if first.likelihood == Likelihood::Certain || report.evidence.succeeded() {
        return None;
    }
    url(report).or_else(|| {
        // The first fact that is missing is asked for; the next one when this is told.
        if let Some(status) = status(report) {
            let other = if first.cause.gate == Gate::Allow {
                401
            } else {
                403
            };
            return changes(report, |input| input.status = Some(other)).then_some(status);
        }
        response(report)
            .or_else(|| audiences(report))
            .or_else(|| caller(report))
    })
}

/// The question as it stands under the verdict.
pub(super) fn question(asked: &Question) -> Element {
    el("div")
        .class("question")
        .attr("data-need", asked.field)
        .child(el("p").children(prose(&asked.words)))
        .child(
            el("div")
                .class("chips")
                .attr("role", "toolbar")
                .attr("aria-label", "Answers")
                .children(
                    asked
                        .answers
                        .iter()
                        .zip(0..)
                        .map(|((value, label), place)| {
                            answer(asked, place, label).attr("data-answer", *value)
                        }),
                )
                .child(answer(asked, asked.answers.len(), asked.other)),
        )
}

/// One button; arrows lead from one to the next, so only the first is a stop of the Tab key.
fn answer(asked: &Question, place: usize, label: &'static str) -> Element {
    el("button")
        .attr("type", "button")
        .class("chip")
        .attr("data-ask", asked.field)
        .attr("data-key", Value::Numbered("answer-", place))
        .attr("tabindex", if place == 0 { "0" } else { "-1" })
        .text(label)
}

/// Whom the token was made for can only be judged beside the URL.
fn url(report: &Report<'_>) -> Option<Question> {
    let evidence = &report.evidence;
    let first = report.causes.first()?;
    let open = first.cause.gate >= Gate::Verify || first.likelihood == Likelihood::Possible;
    (evidence.target.typed.is_empty() && !evidence.unseen() && open).then(|| Question {
        field: "service-url",
        words: "Which URL was called?".to_owned(),
        answers: Vec::new(),
        other: "Enter the URL",
    })
}

fn status(report: &Report<'_>) -> Option<Question> {
    report.evidence.answer_is_empty().then(|| Question {
        field: "status",
        words: "What came back?".to_owned(),
        answers: vec![
            (Value::Number(401), "401"),
            (Value::Number(403), "403"),
            (Value::Number(404), "404"),
        ],
        other: "Something else",
    })
}

/// A bare status: the same number comes from several doors, whose words differ.
fn response(report: &Report<'_>) -> Option<Question> {
    let response = &report.evidence.response;
    let status = response
        .status
        .filter(|status| matches!(status, 401 | 403))?;
    report.evidence.words.silent.then(|| Question {
        field: "response",
        words: format!("What stood in the {status}?"),
        answers: Vec::new(),
        other: "Paste the answer",
    })
}

fn audiences(report: &Report<'_>) -> Option<Question> {
    let first = report.causes.first()?;
    let told = !report.evidence.input.custom_audiences.is_empty();
    (first.cause.id == "audience-mismatch" && !told).then(|| Question {
        field: "custom-audiences",
        words: "Does the service have custom audiences?".to_owned(),
        answers: Vec::new(),
        other: "Enter them",
    })
}

fn caller(report: &Report<'_>) -> Option<Question> {
    let evidence = &report.evidence;
    if evidence.caller.is_some() {
        return None;
    }
    // With an account's token, machines differ most; without one, a person does.
    let tried = if evidence.credential.email().is_some() {
        Caller::CloudScheduler
    } else {
        Caller::LocalUser
    };
    changes(report, |input| input.caller = Some(tried)).then(|| Question {
        field: "caller",
        words: "Who calls?".to_owned(),
        answers: vec![
            (Value::Word(Caller::CloudRun.id()), "My service"),
            (Value::Word(Caller::LocalUser.id()), "I do, in a terminal"),
            (Value::Word(Caller::CloudScheduler.id()), "Cloud Scheduler"),
            (Value::Word(Caller::Browser.id()), "A browser"),
        ],
        other: "Another",
    })
}

/// Whether this answer would lead to another verdict, or to another fix.
fn changes(report: &Report<'_>, answer: impl FnOnce(&mut Input)) -> bool {
    let input = report.evidence.input;
    if input.paste.len().saturating_add(input.response.len()) > LARGE {
        return false;
    }
    let mut tried = input.clone();
    answer(&mut tried);
    let other = diagnose(&tried);
    let (Some(one), Some(other)) = (report.causes.first(), other.causes.first()) else {
        return false;
    };
    let fix = |of: &crate::report::Diagnosis| {
        let fix = of.remedy.all().next()?;
        Some((fix.title.clone(), fix.snippets.first()?.text.clone()))
    };
    one.cause.id != other.cause.id || one.variant != other.variant || fix(one) != fix(other)
}
