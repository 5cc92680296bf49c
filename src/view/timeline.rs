//! `iat`, `nbf`, now and `exp` on one line, with the lifetime and the clocks in words.

use super::node::{Element, Value, el};
use super::parts::prose;
use super::{View, claims};
use crate::report::Report;
use crate::time;

/// The drawing; `None` when the token tells no end.
pub(super) fn timeline(report: &Report<'_>, view: &View) -> Option<Element> {
    let credential = &report.evidence.credential;
    let exp = claims::time(credential, "exp")?;
    let iat = claims::time(credential, "iat");
    let nbf = claims::time(credential, "nbf");
    let begin = iat.into_iter().chain(nbf).min()?;
    (begin < exp).then_some(())?;
    let axis = Axis { begin, end: exp };
    let now = axis.place(view.now);
    let (from, to) = (axis.place(begin), axis.place(exp));
    let started = begin_label(iat, nbf);
    Some(
        el("figure")
            .class("timeline")
            .child(
                el("svg")
                    .attr("aria-hidden", "true")
                    .attr("focusable", "false")
                    .attr("height", "64")
                    .attr("width", "100%")
                    .child(line("axis", 0, 1_000, "32"))
                    .child(line("life", from, to, "32"))
                    .child(mark("tick", from, "24", "40"))
                    .children(
                        nbf.filter(|nbf| Some(*nbf) != iat && *nbf != begin)
                            .map(|nbf| mark("tick", axis.place(nbf), "24", "40")),
                    )
                    .child(mark("tick", to, "24", "40"))
                    .child(label(from, "58", started))
                    .child(label(to, "58", "exp"))
                    .child(mark("now", now, "18", "46"))
                    .child(label(now, "12", "now").attr("class", "now")),
            )
            .child(el("figcaption").children(prose(&words(report, view, begin, exp)))),
    )
}

/// The line: the token's life in the middle, room for `now` on both sides.
struct Axis {
    begin: i64,
    end: i64,
}

impl Axis {
    /// Where a moment stands, in thousandths of the width. Far away is the edge: a token that
    /// ended last year must still show its hour.
    fn place(&self, at: i64) -> i64 {
        const LIFE: (i64, i64) = (180, 700);
        let length = self.end.saturating_sub(self.begin).max(1);
        let along = at
            .saturating_sub(self.begin)
            .clamp(length.saturating_neg(), length.saturating_mul(2));
        let width = LIFE.1.saturating_sub(LIFE.0);
        let offset = i128::from(along) * i128::from(width) / i128::from(length);
        LIFE.0
            .saturating_add(i64::try_from(offset).unwrap_or(0))
            .clamp(40, 960)
    }
}

/// The lifetime, where now stands in it, and a clock that is ahead.
fn words(report: &Report<'_>, view: &View, begin: i64, exp: i64) -> String {
    let life = time::span(exp.saturating_sub(begin));
    let now = view.now;
    let state = if now < begin {
        format!(
            "it starts {} after now",
            time::span(begin.saturating_sub(now))
        )
    } else if now >= exp {
        format!(
            "it ended {} before now",
            time::span(now.saturating_sub(exp))
        )
    } else {
        format!(
            "{} used, {} left",
            time::span(now.saturating_sub(begin)),
            time::span(exp.saturating_sub(now))
        )
    };
    let mut words = format!("A life of {life}: {state}.");
    if let Some(date) = report.evidence.response.date {
        let apart = date.saturating_sub(report.evidence.input.now);
        // An answer may be minutes old when it is pasted; only a date ahead shows a wrong clock.
        if apart > 0 {
            words.push_str(&format!(
                " The server’s clock is {} ahead of this computer’s.",
                time::span(apart)
            ));
        }
    }
    words
}

const fn begin_label(iat: Option<i64>, nbf: Option<i64>) -> &'static str {
    match (iat, nbf) {
        (Some(iat), Some(nbf)) if iat == nbf => "iat, nbf",
        (Some(iat), Some(nbf)) if nbf < iat => "nbf",
        (None, _) => "nbf",
        _ => "iat",
    }
}

fn line(class: &'static str, from: i64, to: i64, height: &'static str) -> Element {
    el("line")
        .class(class)
        .attr("x1", Value::Permille(from))
        .attr("x2", Value::Permille(to))
        .attr("y1", height)
        .attr("y2", height)
}

fn mark(class: &'static str, at: i64, top: &'static str, bottom: &'static str) -> Element {
    el("line")
        .class(class)
        .attr("x1", Value::Permille(at))
        .attr("x2", Value::Permille(at))
        .attr("y1", top)
        .attr("y2", bottom)
}

fn label(at: i64, height: &'static str, words: &'static str) -> Element {
    el("text")
        .attr("x", Value::Permille(at))
        .attr("y", height)
        .attr("text-anchor", "middle")
        .text(words)
}

#[cfg(test)]
mod tests {
    use super::Axis;

    #[test]
    fn every_moment_stands_on_the_line() {
        let axis = Axis {
            begin: 100,
            end: 3_700,
        };
        assert_eq!(axis.place(100), 180);
        assert_eq!(axis.place(3_700), 700);
        assert_eq!(axis.place(1_900), 440);
        assert_eq!(axis.place(i64::MIN), 40);
        assert_eq!(axis.place(i64::MAX), 960);
        let endless = Axis {
            begin: i64::MIN,
            end: i64::MAX,
        };
        assert!((40..=960).contains(&endless.place(0)));
    }
}
