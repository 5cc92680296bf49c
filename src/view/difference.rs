//! The difference drawn: two audiences by character, times on a line.

use super::node::Element;
use super::parts::panel;
use super::{View, audience, timeline};
use crate::report::Report;

/// The panel; `None` where there is nothing to draw.
pub(super) fn difference(report: &Report<'_>, view: &View) -> Option<Element> {
    let drawn: Vec<Element> = audience::audience(report)
        .into_iter()
        .chain(timeline::timeline(report, view))
        .collect();
    (!drawn.is_empty()).then(|| panel("difference", "Side by side").children(drawn))
}
