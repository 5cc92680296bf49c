//! What to do: the one change first, then other ways; what to look at before, and how to see that
//! it works. One language is shown, the others are a tab away.

use super::View;
use super::command;
use super::node::{Element, Value, el};
use super::parts::{copy_button, panel, plain, prose, unfold};
use crate::fix::{Effect, Fix, Language, Snippet};
use crate::report::{Diagnosis, Report};

/// What a step is for; each has its hook.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Fix,
    Check,
    Verify,
}

impl Step {
    const fn hook(self) -> &'static str {
        match self {
            Self::Fix => "data-fix",
            Self::Check => "data-check",
            Self::Verify => "data-verify",
        }
    }
}

/// A step with its place, which makes its ids its own.
#[derive(Clone, Copy)]
struct One<'a> {
    step: Step,
    fix: &'a Fix,
    number: usize,
}

/// The steps of a cause in the order of the page: changes, then checks, then proofs.
fn steps(of: &Diagnosis, rank: usize) -> Vec<One<'_>> {
    let remedy = &of.remedy;
    let changes = remedy.fix.iter().map(|fix| (Step::Fix, fix));
    let checks = remedy.check.iter().map(|fix| (Step::Check, fix));
    let proofs = remedy.verify.iter().map(|fix| (Step::Verify, fix));
    changes
        .chain(checks)
        .chain(proofs)
        .zip(rank.saturating_mul(100)..)
        .map(|((step, fix), number)| One { step, fix, number })
        .collect()
}

/// The first thing to do, whole, and the other ways folded.
pub(super) fn first(report: &Report<'_>, view: &View) -> Option<Element> {
    let steps = steps(report.causes.first()?, 0);
    let (first, rest) = steps.split_first()?;
    let heading = match first.step {
        Step::Fix => "What to do",
        Step::Check => "What would tell",
        Step::Verify => "See that it works",
    };
    let ways = rest.iter().filter(|other| other.step == Step::Fix);
    let ways: Vec<Element> = ways.map(|other| one(*other, view, false)).collect();
    Some(
        panel("fixes", heading)
            .child(one(*first, view, true))
            .children((!ways.is_empty()).then(|| {
                let line = match ways.len() {
                    1 => "Another way".to_owned(),
                    many => format!("{many} other ways"),
                };
                unfold("ways-", 0, super::node::text(line)).children(ways)
            })),
    )
}

/// What to look at before, and how to see that it works.
pub(super) fn around(report: &Report<'_>, view: &View) -> Vec<Element> {
    let steps = report.causes.first().map(|first| steps(first, 0));
    let rest: Vec<One<'_>> = steps.into_iter().flatten().skip(1).collect();
    let of = |step: Step| {
        let wanted: Vec<Element> = rest
            .iter()
            .filter(|other| other.step == step)
            .map(|other| one(*other, view, false))
            .collect();
        (!wanted.is_empty()).then_some(wanted)
    };
    let check = of(Step::Check).map(|checks| {
        panel("check", "Check before").children(checks).child(
            el("p").child(
                el("button")
                    .attr("type", "button")
                    .class("small")
                    .attr("data-ask", "printed")
                    .text("Paste what it printed"),
            ),
        )
    });
    let verify =
        of(Step::Verify).map(|proofs| panel("verify", "See that it works").children(proofs));
    check.into_iter().chain(verify).collect()
}

/// All steps of a cause that is not the headline.
pub(super) fn list<'a>(
    of: &'a Diagnosis,
    rank: usize,
    view: &'a View,
) -> impl Iterator<Item = Element> + 'a {
    steps(of, rank)
        .into_iter()
        .map(move |step| one(step, view, false))
}

fn one(One { step, fix, number }: One<'_>, view: &View, loud: bool) -> Element {
    let shown = shown(fix, view);
    let copy = copy_button("command", "Copy", &fix.title)
        .class(if loud { "primary" } else { "small" })
        .attr("data-key", Value::Numbered("copy-", number));
    el("article")
        .class("fix")
        .attr(step.hook(), "")
        .child(el("h4").children(prose(&fix.title)))
        .child(
            el("div")
                .class("bar")
                .child(effect(fix.effect))
                .children((fix.snippets.len() > 1).then(|| tabs(fix, shown, number)))
                .children(shown.map(|_| copy)),
        )
        .children(shown.map(|snippet| snippet_of(fix, snippet, number)))
        // Always there: what it says may depend on what was pasted, the page's shape must not.
        .child(el("p").class("caution").text(plain(&fix.caution)))
}

/// The snippet in the language chosen last, or the first.
fn shown<'a>(fix: &'a Fix, view: &View) -> Option<&'a Snippet> {
    view.language
        .and_then(|language| fix.snippet(language))
        .or_else(|| fix.snippets.first())
}

fn effect(effect: Effect) -> Element {
    let words = match effect {
        Effect::Reads => "only reads",
        Effect::Changes => "changes something",
        Effect::Mints => "prints a secret",
    };
    el("span")
        .class("effect")
        .attr("data-effect", effect.id())
        .text(words)
}

fn tabs(fix: &Fix, shown: Option<&Snippet>, number: usize) -> Element {
    let current = shown.map(|snippet| snippet.language);
    el("div")
        .class("tabs")
        .attr("role", "tablist")
        .attr("aria-label", "Language")
        .children(
            fix.snippets
                .iter()
                .map(|snippet| tab(snippet.language, current == Some(snippet.language), number)),
        )
}

fn tab(language: Language, current: bool, number: usize) -> Element {
    el("button")
        .attr("type", "button")
        .attr("role", "tab")
        .attr("data-language", language.id())
        .attr("data-key", Value::Numbered("tab-", number))
        .attr("aria-selected", if current { "true" } else { "false" })
        .attr_if(
            "aria-controls",
            current.then_some(Value::Numbered("snippet-", number)),
        )
        .attr("tabindex", if current { "0" } else { "-1" })
        .text(language.label())
}

fn snippet_of(fix: &Fix, snippet: &Snippet, number: usize) -> Element {
    let tabbed = fix.snippets.len() > 1;
    let code = command::code(snippet, number.saturating_mul(100));
    let in_words = snippet.language == Language::Console;
    el("div")
        .class("snippet")
        .attr("id", Value::Numbered("snippet-", number))
        .attr_if("role", tabbed.then_some("tabpanel"))
        .attr_if("aria-label", tabbed.then(|| snippet.language.label()))
        .child(
            el("pre")
                .attr_if("class", in_words.then_some("steps"))
                .child(code),
        )
}
