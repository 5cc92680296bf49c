//! The audience sent and the audience accepted, aligned by character.

use super::node::{Element, Node, el, text};
use super::parts::prose;
use crate::causes::Fact;
use crate::report::Report;

/// The widest piece: pieces wrap as wholes, so they must fit a phone.
const PIECE: usize = 8;
/// Values longer than this are not aligned: the table of the alignment grows with the square.
const LONGEST: usize = 400;

/// The comparison; `None` when no cause rests on two values that resemble each other.
pub(super) fn audience(report: &Report<'_>) -> Option<Element> {
    let (sent, accepted) = values(report)?;
    let runs = align(sent, accepted)?;
    Some(
        el("figure")
            .class("audience")
            .child(
                el("figcaption")
                    .child(el("strong").text("The audience, character by character"))
                    .child(
                        el("span").class("faint").text(
                            " upper line: in the token; lower line: what this service accepts",
                        ),
                    ),
            )
            .child(
                // The words below say the same, so a screen reader skips the picture.
                el("div")
                    .class("aligned")
                    .attr("translate", "no")
                    .attr("aria-hidden", "true")
                    .children(runs.iter().flat_map(pieces)),
            )
            .child(el("ul").class("differences").children(differences(&runs))),
    )
}

fn values<'a>(report: &'a Report<'_>) -> Option<(&'a str, &'a str)> {
    report
        .causes
        .iter()
        .filter(|found| found.cause.id == "audience-mismatch")
        .flat_map(|found| &found.reasons)
        .find_map(|reason| match &reason.fact {
            Some(Fact::Values { sent, accepted, .. }) => Some((sent.as_str(), accepted.as_str())),
            _ => None,
        })
        .or_else(|| accepted_all_the_same(report))
}

/// An audience that differs from the service's URL and is accepted: a slash, a path.
fn accepted_all_the_same<'a>(report: &'a Report<'_>) -> Option<(&'a str, &'a str)> {
    let judgement = report.evidence.audience.as_ref()?;
    let alike = judgement.sent.starts_with(&judgement.accepted) && !judgement.accepted.is_empty();
    (alike && judgement.sent != judgement.accepted)
        .then_some((judgement.sent.as_str(), judgement.accepted.as_str()))
}

/// A stretch in which both agree, or do not.
#[derive(Debug, PartialEq, Eq, Default)]
struct Run {
    sent: String,
    accepted: String,
    same: bool,
    /// The first character of the stretch in what was sent, counted from 1.
    at: usize,
}

/// The two values as runs; `None` when they have too little in common for a comparison by
/// character to tell anybody anything.
fn align(sent: &str, accepted: &str) -> Option<Vec<Run>> {
    let left: Vec<char> = sent.chars().collect();
    let right: Vec<char> = accepted.chars().collect();
    if left == right || left.len() > LONGEST || right.len() > LONGEST {
        return None;
    }
    let runs = settle(&steps(&left, &right));
    let same: usize = runs
        .iter()
        .filter(|run| run.same)
        .map(|run| run.sent.chars().count())
        .sum();
    (same.saturating_mul(2) >= left.len().min(right.len()) && same >= PIECE).then_some(runs)
}

/// One step of the alignment: a character of either side, or of both when they agree.
type Step = (Option<char>, Option<char>);

/// The longest common subsequence, walked from the front.
fn steps(left: &[char], right: &[char]) -> Vec<Step> {
    let table = lengths(left, right);
    let length = |row: usize, column: usize| -> u16 {
        table
            .get(row)
            .and_then(|row| row.get(column))
            .copied()
            .unwrap_or(0)
    };
    let mut steps = Vec::new();
    let (mut row, mut column) = (0_usize, 0_usize);
    loop {
        match (left.get(row).copied(), right.get(column).copied()) {
            (None, None) => return steps,
            (Some(a), Some(b)) if a == b => {
                steps.push((Some(a), Some(b)));
                row = row.saturating_add(1);
                column = column.saturating_add(1);
            }
            (Some(a), b)
                if b.is_none()
                    || length(row.saturating_add(1), column)
                        >= length(row, column.saturating_add(1)) =>
            {
                steps.push((Some(a), None));
                row = row.saturating_add(1);
            }
            (_, b) => {
                steps.push((None, b));
                column = column.saturating_add(1);
            }
        }
    }
}

/// `table[i][j]`: the length of the longest common subsequence of `left[i..]` and `right[j..]`.
fn lengths(left: &[char], right: &[char]) -> Vec<Vec<u16>> {
    let mut table = vec![vec![0_u16; right.len().saturating_add(1)]];
    for a in left.iter().rev() {
        let mut row = vec![0_u16];
        if let Some(below) = table.last() {
            let pairs = below.iter().zip(below.iter().skip(1));
            // Both rows are walked from their right ends: `below` lies one row further down.
            for (b, (beside, corner)) in right.iter().zip(pairs).rev() {
                let best = if a == b {
                    corner.saturating_add(1)
                } else {
                    row.last().copied().unwrap_or(0).max(*beside)
                };
                row.push(best);
            }
        }
        row.reverse();
        table.push(row);
    }
    table.reverse();
    table
}

/// Joins steps into runs; agreement of one or two characters within a difference is chance.
fn settle(steps: &[Step]) -> Vec<Run> {
    let mut raw: Vec<Run> = Vec::new();
    for (a, b) in steps {
        let same = a.is_some() && b.is_some();
        if raw.last().is_none_or(|run| run.same != same) {
            raw.push(Run {
                same,
                ..Run::default()
            });
        }
        if let Some(run) = raw.last_mut() {
            run.sent.extend(*a);
            run.accepted.extend(*b);
        }
    }
    let last = raw.len().saturating_sub(1);
    let mut runs: Vec<Run> = Vec::new();
    for (place, run) in raw.into_iter().enumerate() {
        let chance = run.same && run.sent.chars().count() < 3 && place != 0 && place != last;
        let same = run.same && !chance;
        match runs.last_mut() {
            Some(before) if before.same == same => {
                before.sent.push_str(&run.sent);
                before.accepted.push_str(&run.accepted);
            }
            _ => runs.push(Run { same, ..run }),
        }
    }
    let mut at: usize = 1;
    for run in &mut runs {
        run.at = at;
        at = at.saturating_add(run.sent.chars().count());
    }
    runs
}

/// A run cut into pieces of two lines with a row of marks between them.
fn pieces(run: &Run) -> Vec<Node> {
    let sent: Vec<char> = run.sent.chars().collect();
    let accepted: Vec<char> = run.accepted.chars().collect();
    let count = sent.len().max(accepted.len()).div_ceil(PIECE);
    let part = |of: &[char], place: usize| -> String {
        of.iter()
            .skip(place.saturating_mul(PIECE))
            .take(PIECE)
            .collect()
    };
    (0..count)
        .map(|place| piece(&part(&sent, place), &part(&accepted, place), run.same).into())
        .collect()
}

fn piece(sent: &str, accepted: &str, same: bool) -> Element {
    let width = sent.chars().count().max(accepted.chars().count());
    let mark = if same { " " } else { "^" };
    let row = |name: &'static str, content: &str| {
        let missing = width.saturating_sub(content.chars().count());
        el("span")
            .class(name)
            .child(text(content))
            .children((missing > 0).then(|| el("i").text("·".repeat(missing))))
    };
    el("span")
        .class(if same { "same" } else { "differs" })
        .child(row("sent", sent))
        .child(row("mark", &mark.repeat(width)))
        .child(row("accepted", accepted))
}

fn differences(runs: &[Run]) -> impl Iterator<Item = Element> + '_ {
    runs.iter().filter(|run| !run.same).map(|run| {
        let words = match (run.sent.as_str(), run.accepted.as_str()) {
            ("", accepted) => format!(
                "missing from the token, before character {}: `{accepted}`",
                run.at
            ),
            (sent, "") => format!("only in the token, from character {}: `{sent}`", run.at),
            (sent, accepted) => format!(
                "from character {} the token has `{sent}`, the service `{accepted}`",
                run.at
            ),
        };
        el("li").children(prose(&words))
    })
}

#[cfg(test)]
mod tests {
    use super::{Run, align};

    fn marked(sent: &str, accepted: &str) -> String {
        align(sent, accepted).map_or_else(
            || "unlike".to_owned(),
            |runs| {
                runs.iter()
                    .map(
                        |Run {
                             sent,
                             accepted,
                             same,
                             ..
                         }| {
                            if *same {
                                sent.clone()
                            } else {
                                format!("[{sent}|{accepted}]")
                            }
                        },
                    )
                    .collect()
            },
        )
    }

    #[test]
    fn a_tag_a_slash_and_a_scheme_stand_out() {
        assert_eq!(
            marked(
                "https://canary---orders-4k3jd82hfa-uc.a.run.app",
                "https://orders-4k3jd82hfa-uc.a.run.app"
            ),
            "https://[canary---|]orders-4k3jd82hfa-uc.a.run.app"
        );
        assert_eq!(
            marked(
                "http://orders-4k3jd82hfa-uc.a.run.app/",
                "https://orders-4k3jd82hfa-uc.a.run.app"
            ),
            "http[|s]://orders-4k3jd82hfa-uc.a.run.app[/|]"
        );
    }

    #[test]
    fn chance_agreement_is_no_agreement() {
        assert_eq!(
            marked(
                "https://orders-4k3jd82hfa-uc.a.run.app",
                "https://orders-9m2xa71kqb-uc.a.run.app"
            ),
            "https://orders-[4k3jd82hf|9m2xa71kqb]a-uc.a.run.app"
                .replace("hf|", "hfa|")
                .replace("]a", "]")
        );
        assert_eq!(
            marked(
                "32555940559.apps.googleusercontent.com",
                "https://orders-uc.a.run.app"
            ),
            "unlike"
        );
        assert_eq!(marked("same", "same"), "unlike");
        assert_eq!(marked("", "https://orders-uc.a.run.app"), "unlike");
    }
}
