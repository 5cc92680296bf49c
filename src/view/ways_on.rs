//! The ways on: the report for a ticket, the cause's page, Google's page.

use super::View;
use super::node::{Element, Value, el};
use crate::report::Report;

/// One quiet row.
pub(super) fn ways_on(report: &Report<'_>, view: &View) -> Option<Element> {
    let first = report.causes.first()?;
    let link = |address: Value, words: &'static str| {
        el("a")
            .attr("href", address)
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer")
            .text(words)
    };
    Some(
        el("p")
            .class("actions")
            .child(copy("report", "copy-report", "Copy report"))
            .child(copy("whole", "copy-whole", "Copy all of it"))
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
            .child(link(Value::Manual(first.cause.id), "About this cause"))
            .children(
                (!first.cause.citation.is_empty())
                    .then(|| link(Value::Word(first.cause.citation), "Documentation")),
            ),
    )
}

fn copy(what: &'static str, key: &'static str, label: &'static str) -> Element {
    el("button")
        .attr("type", "button")
        .class("small quiet")
        .attr("data-copy", what)
        .attr("data-key", key)
        .text(label)
}
