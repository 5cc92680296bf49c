//! Moments in UTC, on the reader's own clock and in words. All times are seconds since 1970 (UTC).

use super::View;
use super::node::{Element, el};
use crate::time;

/// A moment as a reader wants it: UTC, the own clock, and how far away.
pub(super) fn moment(at: i64, view: &View) -> Element {
    el("span")
        .class("moment")
        .child(el("span").text(utc(at)))
        .children(local(at, view.offset_minutes).map(|local| el("span").class("faint").text(local)))
        .child(distance(at, view))
}

/// How far away a moment is; the page keeps it ticking unless the clock is that of the response.
pub(super) fn distance(at: i64, view: &View) -> Element {
    el("span")
        .class("distance")
        .attr_if("data-at", view.ticks.then_some(at))
        .text(time::relative(at, view.now))
}

/// `2026-11-20 13:29:53 UTC`, or that no calendar has it.
#[must_use]
pub fn utc(at: i64) -> String {
    time::utc(at).unwrap_or_else(|| "beyond the calendar".to_owned())
}

/// The same moment on the reader's clock; `None` when that clock shows UTC.
fn local(at: i64, offset_minutes: i32) -> Option<String> {
    let here = time::weekday_and_clock(at, offset_minutes)?;
    (offset_minutes != 0).then(|| format!("{here} on your clock"))
}

#[cfg(test)]
mod tests {
    use super::{local, utc};

    #[test]
    fn the_readers_clock_is_told_where_it_differs() {
        assert_eq!(local(0, 0), None);
        assert_eq!(local(0, 330).as_deref(), Some("Thu 05:30:00 on your clock"));
        assert_eq!(local(0, -60).as_deref(), Some("Wed 23:00:00 on your clock"));
        assert_eq!(local(0, i32::MAX), None);
        assert_eq!(local(i64::MAX, 60), None);
    }

    #[test]
    fn a_moment_no_calendar_has_is_said() {
        assert_eq!(utc(0), "1970-01-01 00:00:00 UTC");
        assert_eq!(utc(i64::MAX), "beyond the calendar");
    }
}
