//! The catalogue of errors: one file per emitter (`*.jsonl`), one row per message.
//!
//! A row is known by its constant words; the holes between them hold names (an account, a
//! permission) that become facts. It says how strong its words are, and its variant says what
//! they mean and what mends them. Teaching an error that a known remedy mends is one row.

mod dense;
mod frame;
mod grams;
#[cfg(test)]
#[path = "tests.rs"]
mod catalogue;

pub(crate) use frame::Framed;

use grams::Grams;

use crate::response::{Answerer, Signal};

/// Who prints a family of messages: a library, a tool, a product.
#[derive(Debug)]
pub(crate) struct Emitter {
    /// The name of its file.
    pub(crate) id: &'static str,
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

/// One message.
#[derive(Debug)]
pub(crate) struct Row {
    /// Constant words, dense and in lower case, and the names of the holes between them, in turn.
    pub(crate) says: &'static [&'static str],
    /// Index into [`EMITTERS`].
    emitter: usize,
    /// How much the words prove.
    pub(crate) strength: Strength,
    /// The sub-cause.
    pub(crate) variant: &'static str,
    /// The cause, where it is not the variant's own; else empty.
    pub(crate) cause: &'static str,
    /// The causes that these words alone cannot be told apart from.
    pub(crate) also: &'static [&'static str],
    /// What it says to the causes that weigh it with other evidence.
    pub(crate) signal: Option<Signal>,
    /// Who speaks, where it is not the emitter's usual speaker.
    speaker: Option<Answerer>,
}

impl Row {
    /// Who prints it.
    pub(crate) fn emitter(&self) -> &'static Emitter {
        const NOBODY: &Emitter = &Emitter {
            id: "",
            name: "",
            speaker: Answerer::Unknown,
        };
        EMITTERS.get(self.emitter).unwrap_or(NOBODY)
    }

    /// Who speaks.
    pub(crate) fn speaker(&self) -> Answerer {
        self.speaker.unwrap_or(self.emitter().speaker)
    }

    /// How many bytes of constant words it is known by.
    fn length(&self) -> usize {
        self.says.iter().step_by(2).map(|piece| piece.len()).sum()
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
    /// What stood in this hole.
    pub(crate) fn hole(&self, name: &str) -> Option<&str> {
        self.holes
            .iter()
            .find(|(hole, _)| *hole == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Every message of the catalogue in a text, the most telling first: own words before common
/// ones before the mere beginning of a family, then the longer, then the later (the inner one of
/// a chain).
pub(crate) fn find(text: &Framed) -> Vec<Hit> {
    let grams = Grams::of(&text.lower);
    let mut hits: Vec<Hit> = ROWS
        .iter()
        .filter(|row| {
            row.says
                .iter()
                .step_by(2)
                .all(|piece| grams.may_hold(piece))
        })
        .filter_map(|row| find_row(text, row))
        .collect();
    hits.sort_by_key(|hit| {
        std::cmp::Reverse((hit.row.strength, hit.row.length(), hit.at))
    });
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
            (row.emitter().name, row.variant, row.strength == Strength::Family)
        })
        .collect()
}

/// How far apart two constant pieces of a message may stand, in dense bytes.
const LONGEST_HOLE: usize = 240;
/// How many beginnings of a message are tried.
const MOST_TRIES: usize = 12;

fn find_row(text: &Framed, row: &'static Row) -> Option<Hit> {
    let first = row.says.first().copied().unwrap_or_default();
    if first.is_empty() {
        return find_after_hole(text, row);
    }
    let mut from = 0;
    for _ in 0..MOST_TRIES {
        let at = text.lower.get(from..)?.find(first)?.saturating_add(from);
        if let Some(holes) = follow(text, row.says.get(1..)?, at.saturating_add(first.len())) {
            return Some(Hit { row, at, holes });
        }
        from = at.saturating_add(1);
        while !text.lower.is_char_boundary(from) {
            from = from.saturating_add(1);
        }
    }
    None
}

/// A message that begins with a name: the name is the word before the first constant piece.
fn find_after_hole(text: &Framed, row: &'static Row) -> Option<Hit> {
    let (hole, piece) = (row.says.get(1).copied()?, row.says.get(2).copied()?);
    let at = text.lower.find(piece)?;
    let begin = text.word_begin(at);
    let mut holes = vec![(hole, text.name(begin, at))];
    holes.extend(follow(text, row.says.get(3..)?, at.saturating_add(piece.len()))?);
    Some(Hit { row, at, holes })
}

/// The rest of a message, hole after hole, from a place on.
fn follow(
    text: &Framed,
    rest: &'static [&'static str],
    mut from: usize,
) -> Option<Vec<(&'static str, String)>> {
    let mut holes = Vec::new();
    for pair in rest.chunks(2) {
        let [hole, piece] = pair else { return None };
        let end = if piece.is_empty() {
            text.word_end(from)
        } else {
            let window = text.window(from, LONGEST_HOLE.saturating_add(piece.len()));
            from.saturating_add(window.find(piece)?)
        };
        if !hole.is_empty() {
            holes.push((*hole, text.name(from, end)));
        }
        from = end.saturating_add(piece.len());
    }
    Some(holes)
}

include!(concat!(env!("OUT_DIR"), "/errors.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    fn row(says: &'static [&'static str]) -> &'static Row {
        Box::leak(Box::new(Row {
            says,
            emitter: 0,
            strength: Strength::Own,
            variant: "",
            cause: "",
            also: &[],
            signal: None,
            speaker: None,
        }))
    }

    const DENIED: &[&str] = &["permission", "permission", "deniedonresource", "resource", ""];

    #[test]
    fn holes_hold_names_in_every_frame() {
        for text in [
            "Permission 'run.jobs.run' denied on resource 'projects/p/jobs/j' (or it may not exist).",
            "{\"error\":\"{\\\"message\\\":\\\"Permission 'run.jobs.run' denied on resource 'projects/p/jobs/j' (or it may not exist).\\\"}\"}",
            "│ Error: Permission 'run.jobs.run' denied on\n│ resource 'projects/p/jobs/j' (or it may\n│ not exist).",
            "2026-11-18T11:06:40.123Z ERROR Permission \\'run.jobs.run\\' denied on resource\n2026-11-18T11:06:40.123Z ERROR \\'projects/p/jobs/j\\' (or",
        ] {
            let hit = find_row(&Framed::of(text), row(DENIED)).unwrap();
            assert_eq!(hit.hole("permission"), Some("run.jobs.run"), "{text}");
            assert_eq!(hit.hole("resource"), Some("projects/p/jobs/j"), "{text}");
        }
    }

    #[test]
    fn a_name_may_stand_first() {
        let says = &["", "account", "doesnothave", "permission", "access"];
        let text = "ERROR: a@p.iam.gserviceaccount.com does not have storage.objects.get access to x";
        let hit = find_row(&Framed::of(text), row(says)).unwrap();
        assert_eq!(hit.hole("account"), Some("a@p.iam.gserviceaccount.com"));
        assert_eq!(hit.hole("permission"), Some("storage.objects.get"));
    }

    #[test]
    fn what_stands_too_far_apart_is_no_message() {
        let text = format!("Permission {} denied on resource x", "y".repeat(500));
        assert!(find_row(&Framed::of(&text), row(DENIED)).is_none());
    }

    #[test]
    fn every_row_can_be_found() {
        for row in ROWS {
            let constant = row.length();
            assert!(constant >= 8, "{:?} is too short", row.says);
            assert!(!row.variant.is_empty());
        }
    }
}
