//! What the page asks for: a field whose answer would change the verdict.

use super::node::{Element, el};
use super::parts::prose;
use crate::causes::{Gate, Likelihood};
use crate::report::Report;
use crate::{Caller, Input, diagnose};

/// Trying out answers costs a diagnosis each; a paste larger than this is not tried.
const LARGE: usize = 20_000;

/// A field to fill in, and what it would tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The field's name in the page (`status`, `response`, `caller`, …).
    pub field: &'static str,
    /// The label of the button that leads to it.
    pub label: &'static str,
    /// The question, one sentence.
    pub words: String,
}

/// The questions, most telling first: two at most, and without a URL no other, because every
/// other answer is read beside it.
#[must_use]
pub fn ask(report: &Report<'_>) -> Vec<Question> {
    if let Some(url) = url(report) {
        return vec![url];
    }
    [status, response, caller, audiences, names]
        .iter()
        .filter_map(|question| question(report))
        .take(2)
        .collect()
}

/// The questions as they stand under the verdict.
pub(super) fn questions(report: &Report<'_>) -> Option<Element> {
    let asked = ask(report);
    (!asked.is_empty()).then(|| {
        el("ul")
            .class("questions")
            .children(asked.iter().map(|question| {
                el("li").children(prose(&question.words)).text(" ").child(
                    el("button")
                        .attr("type", "button")
                        .class("small")
                        .attr("data-ask", question.field)
                        .text(question.label),
                )
            }))
    })
}

fn url(report: &Report<'_>) -> Option<Question> {
    let first = report.causes.first()?;
    let settled = first.likelihood == Likelihood::Certain && first.cause.gate < Gate::Reach;
    (report.evidence.target.typed.is_empty() && !settled).then(|| Question {
        field: "service-url",
        label: "Enter the URL",
        words: "Which URL was called? Whom the token was made for can only be judged beside it."
            .to_owned(),
    })
}

fn status(report: &Report<'_>) -> Option<Question> {
    let known = report.evidence.response.status.is_some();
    if known || !report.evidence.words.silent {
        return None;
    }
    let tried =
        [401_u16, 403, 404].map(|status| move |input: &mut Input| input.status = Some(status));
    let (one, other) = split(report, tried)?;
    Some(Question {
        field: "status",
        label: "Enter the status",
        words: format!("Tell me the status to separate “{one}” from “{other}”."),
    })
}

fn response(report: &Report<'_>) -> Option<Question> {
    let first = report.causes.first()?;
    let second = report.causes.get(1)?;
    let told = !report.evidence.words.silent;
    let open = first.likelihood != Likelihood::Certain;
    (report.evidence.response.status.is_some() && !told && open).then(|| Question {
        field: "response",
        label: "Paste what came back",
        words: format!(
            "The headers or the body that came back would tell “{}” from “{}”.",
            first.cause.title, second.cause.title
        ),
    })
}

fn caller(report: &Report<'_>) -> Option<Question> {
    if report.evidence.caller.is_some() {
        return None;
    }
    let tried = Caller::ALL
        .iter()
        .map(|caller| move |input: &mut Input| input.caller = Some(*caller));
    let (one, other) = split(report, tried)?;
    Some(Question {
        field: "caller",
        label: "Choose the caller",
        words: format!("Who calls? It separates “{one}” from “{other}”."),
    })
}

fn audiences(report: &Report<'_>) -> Option<Question> {
    let first = report.causes.first()?;
    let open = first.cause.id == "audience-mismatch" && first.likelihood != Likelihood::Certain;
    (open && report.evidence.input.custom_audiences.is_empty()).then(|| Question {
        field: "custom-audiences",
        label: "Enter them",
        words: "Does the service have custom audiences? Then the token’s may be one of them."
            .to_owned(),
    })
}

/// The names that commands need and no URL told.
fn names(report: &Report<'_>) -> Option<Question> {
    let first = report.causes.first()?;
    let target = &report.evidence.target;
    let needs = |word: &str| {
        first
            .fixes()
            .flat_map(|fix| &fix.snippets)
            .any(|snippet| snippet.text.contains(word))
    };
    let missing: Vec<&str> = [
        (target.service.is_none() && needs("SERVICE"), "the service"),
        (target.region.is_none() && needs("REGION"), "the region"),
        (target.project.is_none() && needs("PROJECT"), "the project"),
    ]
    .into_iter()
    .filter_map(|(missing, name)| missing.then_some(name))
    .collect();
    (!missing.is_empty()).then(|| Question {
        field: "names",
        label: "Enter names",
        words: format!("Name {} to fill in the commands.", missing.join(", ")),
    })
}

/// The titles of two headlines that different answers would lead to.
fn split<F: Fn(&mut Input)>(
    report: &Report<'_>,
    answers: impl IntoIterator<Item = F>,
) -> Option<(&'static str, &'static str)> {
    let input = report.evidence.input;
    if input.paste.len().saturating_add(input.response.len()) > LARGE {
        return None;
    }
    let mut titles: Vec<&'static str> = Vec::new();
    for answer in answers {
        let mut tried = input.clone();
        answer(&mut tried);
        let title = diagnose(&tried).causes.first()?.cause.title;
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    Some((titles.first()?, titles.get(1)?))
}
