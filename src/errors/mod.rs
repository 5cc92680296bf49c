//! The catalogue of errors: one file per emitter (`*.jsonl`), one row per message.
//!
//! A row is known by its constant words; the holes between them hold names (an account, a
//! permission) that become facts. It says how strong its words are, and its variant says what
//! they mean and what mends them. Teaching an error that a known remedy mends is one row.

#[cfg(test)]
#[path = "tests.rs"]
mod catalogue;
mod dense;
mod frame;
mod grams;

pub(crate) use frame::Framed;

use grams::Grams;

use crate::response::{Answerer, Signal};

/// Who prints a family of messages: a library, a tool, a product.
#[derive(Debug)]
pub(crate) struct Emitter {
    /// The name people know it by.
    pub(crate) name: &'static str,
    /// Who speaks when one of its messages is read.
    pub(crate) speaker: Answerer,
}

/// How much words prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// The beginning of many messages: the tail decides, and it is not known.
    Family,
    /// Anyone may write these words.
    Common,
    /// One sender alone writes them.
    Own,
}

/// One message. Thousands stand in the program, so what repeats is meant by its place in a table.
#[derive(Debug)]
pub(crate) struct Row {
    /// Constant words, dense and in lower case, with the names of the holes between marks.
    says: &'static str,
    /// The hash of the group of bytes that it is looked for by.
    anchor: u32,
    /// Index into [`EMITTERS`].
    emitter: u16,
    /// Index into `VARIANTS`.
    variant: u16,
    /// Index into `ALSO`.
    also: u16,
    /// Index into `CAUSES`.
    cause: u8,
    /// How much the words prove.
    pub(crate) strength: Strength,
    /// What it says to the causes that weigh it with other evidence.
    pub(crate) signal: Option<Signal>,
    /// Who speaks, where it is not the emitter's usual speaker.
    speaker: Option<Answerer>,
}

impl Row {
    /// Who prints it.
    pub(crate) fn emitter(&self) -> &'static Emitter {
        const NOBODY: &Emitter = &Emitter {
            name: "",
            speaker: Answerer::Unknown,
        };
        EMITTERS.get(usize::from(self.emitter)).unwrap_or(NOBODY)
    }

    /// Who speaks.
    pub(crate) fn speaker(&self) -> Answerer {
        self.speaker.unwrap_or(self.emitter().speaker)
    }

    /// The sub-cause's id.
    pub(crate) fn variant(&self) -> &'static str {
        VARIANTS
            .get(usize::from(self.variant))
            .copied()
            .unwrap_or_default()
    }

    /// The cause's id, where it is not the variant's own; else empty.
    pub(crate) fn cause(&self) -> &'static str {
        CAUSES
            .get(usize::from(self.cause))
            .copied()
            .unwrap_or_default()
    }

    /// The causes that these words alone cannot be told apart from.
    pub(crate) fn also(&self) -> &'static [&'static str] {
        ALSO.get(usize::from(self.also))
            .copied()
            .unwrap_or_default()
    }

    /// Constant words and the names of the holes between them, in turn.
    fn pieces(&self) -> impl Iterator<Item = &'static str> {
        self.says.split(['\u{1}', '\u{2}'])
    }

    /// How many bytes of constant words it is known by.
    fn length(&self) -> usize {
        self.pieces().step_by(2).map(str::len).sum()
    }
}

/// A message that was found.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    /// The row.
    pub(crate) row: &'static Row,
    /// Where it begins in the dense text, in bytes.
    pub(crate) at: usize,
    /// The names in its holes, as written.
    pub(crate) holes: Vec<(&'static str, String)>,
}

impl Hit {
    /// The text says this and nothing else.
    pub(crate) fn is_all_of(&self, text: &Framed) -> bool {
        self.holes.is_empty() && self.row.length() >= text.lower.trim_end_matches('.').len()
    }
}

/// Every message of the catalogue in a text, the most telling first: own words before common
/// ones before the mere beginning of a family, then the longer, then the later (the inner one of
/// a chain).
pub(crate) fn find(text: &Framed) -> Vec<Hit> {
    let grams = Grams::of(&text.lower);
    let mut hits: Vec<Hit> = ROWS
        .iter()
        .filter(|row| grams.may_hold(row.anchor))
        .filter_map(|row| find_row(text, row))
        .collect();
    hits.sort_by_key(|hit| std::cmp::Reverse((hit.row.strength, hit.row.length(), hit.at)));
    hits
}

/// The messages in a text by who prints them, what they mean and whether only their beginning is
/// known; the most telling first. For the coverage in docs/errors.md.
#[must_use]
pub fn known(text: &str) -> Vec<(&'static str, &'static str, bool)> {
    find(&Framed::of(text))
        .iter()
        .map(|hit| {
            let row = hit.row;
            (
                row.emitter().name,
                row.variant(),
                row.strength == Strength::Family,
            )
        })
        .collect()
}

/// How far apart two constant pieces of a message may stand, in dense bytes.
const LONGEST_HOLE: usize = 240;
/// How many beginnings of a message are tried.
const MOST_TRIES: usize = 12;

fn find_row(text: &Framed, row: &'static Row) -> Option<Hit> {
    let (at, holes) = find_pattern(text, row.says)?;
    Some(Hit { row, at, holes })
}

type Holes = Vec<(&'static str, String)>;

/// Where a pattern begins in the text, and what stands in its holes.
fn find_pattern(text: &Framed, says: &'static str) -> Option<(usize, Holes)> {
    let mut pieces = says.split(['\u{1}', '\u{2}']);
    let first = pieces.next().unwrap_or_default();
    if first.is_empty() {
        // It begins with a name: the word before the first constant piece.
        let (hole, piece) = (pieces.next()?, pieces.next()?);
        let at = text.lower.find(piece)?;
        let mut holes = vec![(hole, text.name(text.word_begin(at), at))];
        holes.extend(follow(text, pieces, at.saturating_add(piece.len()))?);
        return Some((at, holes));
    }
    let mut from = 0;
    for _ in 0..MOST_TRIES {
        let at = text.lower.get(from..)?.find(first)?.saturating_add(from);
        if text.begins_word(at)
            && let Some(holes) = follow(text, pieces.clone(), at.saturating_add(first.len()))
        {
            return Some((at, holes));
        }
        from = at.saturating_add(1);
        while !text.lower.is_char_boundary(from) {
            from = from.saturating_add(1);
        }
    }
    None
}

/// The rest of a message, hole after hole, from a place on.
fn follow(
    text: &Framed,
    mut rest: impl Iterator<Item = &'static str>,
    mut from: usize,
) -> Option<Holes> {
    let mut holes = Vec::new();
    while let (Some(hole), Some(piece)) = (rest.next(), rest.next()) {
        let end = if piece.is_empty() {
            text.word_end(from)
        } else {
            let window = text.window(from, LONGEST_HOLE.saturating_add(piece.len()));
            from.saturating_add(window.find(piece)?)
        };
        if !hole.is_empty() {
            // A name is never empty: "Permission denied" names no permission.
            if end == from {
                return None;
            }
            // Nor is a claim's name two words, nor has a permission's a colon: what stands between
            // two pieces that have nothing to do with each other is no name.
            let value = text.name(from, end);
            if hole == "claim" && !text.is_word(from, end)
                || hole == "permission" && value.contains(':')
            {
                return None;
            }
            holes.push((hole, value));
        }
        from = end.saturating_add(piece.len());
    }
    Some(holes)
}

include!(concat!(env!("OUT_DIR"), "/errors.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    const DENIED: &str = "permission\u{1}permission\u{2}deniedonresource\u{1}resource\u{2}";

    fn hole(text: &str, says: &'static str, name: &str) -> Option<String> {
        let (_, holes) = find_pattern(&Framed::of(text), says)?;
        let (_, value) = holes.into_iter().find(|(hole, _)| *hole == name)?;
        Some(value)
    }

    #[test]
    fn holes_hold_names_in_every_frame() {
        for text in [
            "Permission 'run.jobs.run' denied on resource 'projects/p/jobs/j' (or it may not exist).",
            "{\"error\":\"{\\\"message\\\":\\\"Permission 'run.jobs.run' denied on resource 'projects/p/jobs/j' (or it may not exist).\\\"}\"}",
            "│ Error: Permission 'run.jobs.run' denied on\n│ resource 'projects/p/jobs/j' (or it may\n│ not exist).",
            "2026-11-18T11:06:40.123Z ERROR Permission \\'run.jobs.run\\' denied on resource\n2026-11-18T11:06:40.123Z ERROR \\'projects/p/jobs/j\\' (or",
        ] {
            assert_eq!(
                hole(text, DENIED, "permission").unwrap(),
                "run.jobs.run",
                "{text}"
            );
            assert_eq!(
                hole(text, DENIED, "resource").unwrap(),
                "projects/p/jobs/j",
                "{text}"
            );
        }
    }

    #[test]
    fn a_name_may_stand_first() {
        let says = "\u{1}account\u{2}doesnothave\u{1}permission\u{2}access";
        let text =
            "ERROR: a@p.iam.gserviceaccount.com does not have storage.objects.get access to x";
        assert_eq!(
            hole(text, says, "account").unwrap(),
            "a@p.iam.gserviceaccount.com"
        );
        assert_eq!(
            hole(text, says, "permission").unwrap(),
            "storage.objects.get"
        );
    }

    #[test]
    fn what_stands_too_far_apart_is_no_message() {
        let text = format!("Permission {} denied on resource x", "y".repeat(500));
        assert!(find_pattern(&Framed::of(&text), DENIED).is_none());
    }

    #[test]
    fn every_row_can_be_found() {
        for row in ROWS {
            let constant = row.length();
            assert!(constant >= 8, "{:?} is too short", row.says);
            assert!(!row.variant().is_empty());
        }
    }
}
