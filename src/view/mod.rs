//! A report as a small tree of nodes, one file per panel.

pub mod node;
pub mod questions;
pub mod times;

mod audience;
mod checked;
mod claims;
mod command;
mod difference;
mod fixes;
mod gates;
mod parts;
mod read;
mod runners_up;
mod timeline;
mod token;
mod verdict;
mod ways_on;

pub use claims::pretty;
pub use verdict::announcement;

use crate::fix::Language;
use crate::report::{MAX_REPORT, Report};
use node::{Node, el};
use questions::Question;

/// How the reader looks at the report.
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_structs)]
pub struct View {
    /// The moment of judgement, seconds since 1970 (UTC).
    pub now: i64,
    /// `now` is this computer's clock, so distances go on ticking.
    pub ticks: bool,
    /// The reader's clock, in minutes east of UTC.
    pub offset_minutes: i32,
    /// The language chosen last; fixes that lack it show their first.
    pub language: Option<Language>,
    /// Everything is shown, however many claims there are.
    pub whole: bool,
    /// The copied report masks e-mail and `sub`.
    pub mask: bool,
    /// What to ask the reader; see [`questions::ask`].
    pub question: Option<Question>,
}

impl View {
    /// The view of a reader who has touched nothing, in UTC.
    #[must_use]
    pub const fn of(report: &Report<'_>) -> Self {
        Self {
            now: report.evidence.now,
            ticks: !report.evidence.now_from_response,
            offset_minutes: 0,
            language: None,
            whole: false,
            mask: false,
            question: None,
        }
    }
}

/// The whole report, in the order of the page: the answer first, what was read last.
#[must_use]
pub fn page(report: &Report<'_>, view: &View) -> Node {
    let page = el("div")
        .class("report")
        .children(verdict::verdict(report, view))
        .children(fixes::first(report, view))
        .children(ways_on::ways_on(report, view))
        .children(fixes::around(report, view))
        .children(verdict::because(report))
        .children(difference::difference(report, view))
        .child(gates::gates(report))
        .children(runners_up::runners_up(report, view))
        .children(checked::checked(report))
        .children(token::token(report, view))
        .children(read::read(report));
    report.concealer().tree(Node::from(page).within(MAX_REPORT))
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
