//! A report as a small tree of nodes, one file per panel.

pub mod node;
pub mod questions;
pub mod times;

mod audience;
mod checked;
mod claims;
mod fixes;
mod gates;
mod parts;
mod read;
mod runners_up;
mod timeline;
mod token;
mod verdict;

pub use claims::pretty;
pub use verdict::announcement;

use crate::fix::Language;
use crate::report::{MAX_REPORT, Report};
use node::{Node, el};

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
        }
    }
}

/// The whole report, in the order of the page: the verdict first, what was read last.
#[must_use]
pub fn page(report: &Report<'_>, view: &View) -> Node {
    let page = el("div")
        .class("report")
        .children(verdict::verdict(report, view))
        .child(gates::gates(report))
        .children(fixes::fixes(report, view))
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
