//! What to do: each fix with its commands, one language shown, the others a tab away.

use super::View;
use super::node::{Element, Value, el, lines};
use super::parts::{copy_button, panel, plain, prose};
use crate::fix::{Effect, Fix, Language, Snippet};
use crate::report::Report;

/// The panel of the headline's fixes.
pub(super) fn fixes(report: &Report<'_>, view: &View) -> Option<Element> {
    let first = report.causes.first()?;
    (first.fixes().next().is_some())
        .then(|| panel("fixes", "What to do").children(list(first.fixes(), 0, view)))
}

/// The fixes of one cause; `rank` is its place in the report.
pub(super) fn list<'a>(
    fixes: impl Iterator<Item = &'a Fix> + 'a,
    rank: usize,
    view: &'a View,
) -> impl Iterator<Item = Element> + 'a {
    fixes
        .enumerate()
        .map(move |(place, fix)| one(fix, rank.saturating_mul(100).saturating_add(place), view))
}

fn one(fix: &Fix, number: usize, view: &View) -> Element {
    let shown = shown(fix, view);
    el("article")
        .class("fix")
        .attr("data-fix", "")
        .child(
            el("header")
                .child(el("h4").children(prose(&fix.title)))
                .child(effect(fix.effect)),
        )
        // Always there: what it says may depend on what was pasted, the page's shape must not.
        .child(el("p").class("caution").text(plain(&fix.caution)))
        .children((fix.snippets.len() > 1).then(|| tabs(fix, shown, number)))
        .children(shown.map(|snippet| command(fix, snippet, number)))
}

/// The snippet in the language chosen last, or the first.
fn shown<'a>(fix: &'a Fix, view: &View) -> Option<&'a Snippet> {
    fix.snippets
        .iter()
        .find(|snippet| Some(snippet.language) == view.language)
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

fn command(fix: &Fix, snippet: &Snippet, number: usize) -> Element {
    let tabbed = fix.snippets.len() > 1;
    el("div")
        .class("snippet")
        .attr("id", Value::Numbered("snippet-", number))
        .attr_if("role", tabbed.then_some("tabpanel"))
        .attr_if("aria-label", tabbed.then(|| snippet.language.label()))
        .child(
            // Focusable, because it scrolls sideways: the keyboard must reach what is hidden.
            el("pre")
                .attr("tabindex", "0")
                .attr("data-key", Value::Numbered("command-", number))
                .child(
                    el("code")
                        .attr("data-command", "")
                        .attr("data-language", snippet.language.id())
                        .child(lines(&snippet.text)),
                ),
        )
        .child(
            copy_button("command", "Copy", &fix.title)
                .attr("data-key", Value::Numbered("copy-", number)),
        )
}
