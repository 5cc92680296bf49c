//! The lines of a paste, cleaned, and the commands on them.

use std::borrow::Cow;

use core::ops::Range;

use super::super::origin::{self, Origin, Reads};
use crate::visible::is_hidden;

/// A line, cleaned of colours and invisible characters.
pub(super) struct Line<'t> {
    pub(super) from: usize,
    /// Past its line break.
    pub(super) to: usize,
    pub(super) text: Cow<'t, str>,
    /// It has a line break.
    pub(super) ended: bool,
}

/// Beyond so many lines a paste is a log, in which no output of a command is looked for.
const MAX_LINES: usize = 1_000_000;

pub(super) fn lines(paste: &str) -> Vec<Line<'_>> {
    let mut from = 0_usize;
    // Counted first: a list that grows into a larger one holds both for a while.
    let count = paste.split_inclusive('\n').take(MAX_LINES).count();
    let mut lines = Vec::with_capacity(count);
    lines.extend(paste.split_inclusive('\n').take(count).map(|raw| {
        let to = from.saturating_add(raw.len());
        let line = Line {
            from,
            to,
            text: clean(raw.trim_end_matches(['\n', '\r'])),
            ended: raw.ends_with('\n'),
        };
        from = to;
        line
    }));
    lines
}

pub(super) fn clean(line: &str) -> Cow<'_, str> {
    let is_clean = line.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t'));
    let is_fence = line.starts_with("```");
    if is_fence {
        return Cow::Borrowed("");
    }
    if is_clean {
        return Cow::Borrowed(line);
    }
    let mut text = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(char) = chars.next() {
        match char {
            '\u{1B}' => {
                // A colour: `ESC [ 1 ; 32 m`. Any other escape is dropped alone.
                let rest = chars.as_str();
                if let Some(parameters) = rest.strip_prefix('[')
                    && let Some(length) = parameters
                        .bytes()
                        .take(32)
                        .position(|byte| (b'@'..=b'~').contains(&byte))
                {
                    chars = parameters
                        .get(length.saturating_add(1)..)
                        .unwrap_or_default()
                        .chars();
                }
            }
            '\t' => text.push('\t'),
            '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' => text.push(' '),
            char if is_hidden(char) => {}
            char => text.push(char),
        }
    }
    Cow::Owned(text)
}

/// The command on the first line, and how many lines it takes.
pub(super) fn command(lines: &[Line<'_>]) -> Option<(Origin, usize)> {
    let first = lines.first()?.text.as_ref();
    if ![
        "gcloud",
        "gsutil",
        "kubectl",
        "oc ",
        "terraform",
        "tofu",
        "curl",
    ]
    .iter()
    .any(|program| first.contains(program))
        || first.contains("`ACCOUNT`")
    {
        return None;
    }
    const MOST_LINES: usize = 40;
    let mut text = first.trim_end().to_owned();
    let mut count = 1_usize;
    while count < MOST_LINES
        && text.ends_with(['\\', '`', '^'])
        && let Some(next) = lines.get(count)
    {
        text.pop();
        text.push(' ');
        text.push_str(next.text.trim());
        count = count.saturating_add(1);
    }
    let mut origin = origin::on_line(&text)?;
    // Asked for help, it prints a manual.
    if origin.flags.iter().any(|(name, _)| name == "help") {
        origin.reads = Reads::Nothing;
    }
    Some((origin, count))
}

/// The cleaned lines of a section, also as one text.
pub(super) struct Section<'a, 't> {
    pub(super) lines: &'a [Line<'t>],
    pub(super) text: String,
    /// Where each line begins in `text`, which is no longer than a paste may be.
    starts: Vec<u32>,
}

impl<'a, 't> Section<'a, 't> {
    pub(super) fn of(lines: &'a [Line<'t>]) -> Self {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(lines.len());
        for line in lines {
            starts.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
            text.push_str(&line.text);
            if line.ended {
                text.push('\n');
            }
        }
        Self {
            lines,
            text,
            starts,
        }
    }

    pub(super) fn line(&self, at: usize) -> Option<&str> {
        self.lines.get(at).map(|line| line.text.as_ref())
    }

    pub(super) fn rest(&self, at: usize) -> &str {
        self.starts
            .get(at)
            .and_then(|start| self.text.get(usize::try_from(*start).ok()?..))
            .unwrap_or_default()
    }

    pub(super) fn texts(&self, range: Range<usize>) -> impl Iterator<Item = &str> {
        self.lines
            .get(range)
            .unwrap_or_default()
            .iter()
            .map(|line| line.text.as_ref())
    }
}
