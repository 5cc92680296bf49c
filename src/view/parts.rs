//! What several panels share: prose with code in it, panels, icons, small buttons.

use super::node::{Element, Node, el, text};
use crate::causes::{Gate, Likelihood};

/// A panel with its heading.
pub(super) fn panel(name: &'static str, heading: &'static str) -> Element {
    el("section")
        .class("panel")
        .attr("data-panel", name)
        .attr("part", name)
        .child(el("h3").text(heading))
}

/// A block that unfolds. `key` names it, so that it stays open when the page is drawn again.
pub(super) fn unfold(key: &'static str, number: usize, summary: impl Into<Node>) -> Element {
    el("details")
        .attr("data-key", super::node::Value::Numbered(key, number))
        .child(el("summary").child(summary))
}

/// A sentence; what stands between two backticks is shown as code.
pub(super) fn prose(sentence: &str) -> Vec<Node> {
    let parts: Vec<&str> = sentence.split('`').collect();
    let last = parts.len().saturating_sub(1);
    parts
        .iter()
        .enumerate()
        .map(|(place, part)| match place % 2 {
            0 => text(part),
            // An odd backtick opens nothing: it is text like any other.
            _ if place == last => text(format!("`{part}")),
            _ => el("code").text(part).into(),
        })
        .collect()
}

/// A list of sentences; nothing when there are none.
pub(super) fn sentences<S: AsRef<str>>(class: &'static str, of: &[S]) -> Option<Element> {
    (!of.is_empty()).then(|| {
        el("ul").class(class).children(
            of.iter()
                .map(|sentence| el("li").children(prose(sentence.as_ref()))),
        )
    })
}

/// Notes about what was pasted, one paragraph, always there: how many notes there are depends
/// on hidden characters and the like, and the shape of the page must not.
pub(super) fn notes<S: AsRef<str>>(of: impl IntoIterator<Item = S>) -> Element {
    let sentences: Vec<S> = of.into_iter().collect();
    let sentences: Vec<&str> = sentences.iter().map(AsRef::as_ref).collect();
    el("p").class("notes").text(plain(&sentences.join(" ")))
}

/// A sentence without elements in it; what stood between two backticks stands in quotes.
pub(super) fn plain(sentence: &str) -> String {
    let mut opens = true;
    sentence
        .chars()
        .map(|character| match character {
            '`' => {
                opens = !opens;
                if opens { '”' } else { '“' }
            }
            other => other,
        })
        .collect()
}

/// A sentence for screen readers only.
pub(super) fn unseen(sentence: impl AsRef<str>) -> Element {
    el("span").class("unseen").text(sentence)
}

/// A button that copies, named by what it copies; www/clipboard.js looks for it.
pub(super) fn copy_button(what: &'static str, label: &'static str, of: &str) -> Element {
    el("button")
        .attr("type", "button")
        .attr("data-copy", what)
        .text(label)
        .child(unseen(format!(" “{}”", plain(of))))
}

/// How sure, in a word.
pub(super) const fn sure(likelihood: Likelihood) -> &'static str {
    match likelihood {
        Likelihood::Certain => "Certain",
        Likelihood::Likely => "Likely",
        Likelihood::Possible => "Possible",
    }
}

/// The name of a gate.
pub(super) const fn gate_name(gate: Gate) -> &'static str {
    match gate {
        Gate::Mint => "Mint",
        Gate::Send => "Send",
        Gate::Reach => "Reach",
        Gate::Verify => "Verify",
        Gate::Allow => "Allow",
        Gate::App => "App",
        Gate::Open => "All gates",
    }
}

/// A drawing that says nothing by itself: words stand beside it.
pub(super) fn icon(path: &'static str) -> Element {
    el("svg")
        .class("icon")
        .attr("viewBox", "0 0 16 16")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(el("path").attr("d", path))
}

/// A tick.
pub(super) const TICK: &str = "M3 8.5 6.5 12 13 4.5";
/// A cross.
pub(super) const CROSS: &str = "M4 4 12 12M12 4 4 12";
/// A question.
pub(super) const DOUBT: &str = "M5.2 5.6C5.4 2.6 10.8 2.6 10.8 5.8 10.8 8 8 8 8 10M8 12.6V13";
/// A dash.
pub(super) const DASH: &str = "M5 8H11";
