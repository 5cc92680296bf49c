//! A paste cut into documents and the text that remains.
//!
//! Outputs stand after the lines with their commands, or bare, one after another, before or after
//! a token or transcript. What is not a document for sure stays text: a credential or a refused
//! answer is never taken away, and no document stays behind to be taken for an answer.

mod block;
mod line;
mod marks;
mod rows;
mod run;

use core::ops::Range;
use std::borrow::Cow;

use super::origin::{self, Origin, Reads};
use super::value::End;
use super::{Document, policy, understand, yaml};
use block::{Block, block, is_json, json_lines};
use line::{Line, Section, command, lines};
use marks::{has_secret, is_noise, lists, refuses};
use rows::{rows, unknown};
use run::{run_length, segments, yaml_documents, yaml_tree};

/// A paste, cut.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parts {
    /// What is left without the documents: requests, answers, tokens, prose.
    pub(crate) text: String,
    /// The ranges of the paste that `text` is made of, in order.
    pub(crate) kept: Vec<Range<usize>>,
    /// The outputs found, in order.
    pub(crate) parts: Vec<Part>,
}

/// One output.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// What was understood. A list holds many.
    pub(crate) documents: Vec<Document>,
    /// The command that printed it, when its line is there.
    pub(crate) origin: Option<Origin>,
    /// Bytes of the paste, the command's line included.
    pub(crate) range: Range<usize>,
    pub(crate) end: End,
    /// The last text in it, when nothing shows that it is whole: it may be cut short, even where
    /// all that stands before it is there.
    pub(crate) unsure: Option<String>,
    /// It stands in the remaining text too: a log entry or error may be what is to be explained.
    pub(crate) also_text: bool,
}

impl Part {
    /// Whether a text read from it is whole.
    pub(crate) fn is_sure(&self, text: &str) -> bool {
        self.unsure
            .as_deref()
            .is_none_or(|unsure| !unsure.contains(text) && !text.contains(unsure))
    }
}

/// Cuts a paste. Total, and linear in its length.
pub(crate) fn split(paste: &str) -> Parts {
    let lines = lines(paste);
    let mut splitter = Splitter {
        parts: Vec::new(),
        taken: Vec::new(),
    };
    let mut at = 0_usize;
    let mut origin: Option<(Origin, usize)> = None;
    let mut from = 0_usize;
    while at < lines.len() {
        let Some((found, count)) = command(lines.get(at..).unwrap_or_default()) else {
            at = at.saturating_add(1);
            continue;
        };
        splitter.section(origin.take(), lines.get(from..at).unwrap_or_default(), true);
        origin = Some((found, lines.get(at).map_or(0, |line| line.from)));
        at = at.saturating_add(count);
        from = at;
    }
    splitter.section(origin, lines.get(from..).unwrap_or_default(), false);
    splitter.finish(paste)
}

struct Splitter {
    parts: Vec<Part>,
    /// Ranges of the paste that are documents.
    taken: Vec<Range<usize>>,
}

impl Splitter {
    /// The lines after a command, or before the first one. `followed`: another command follows.
    fn section(&mut self, command: Option<(Origin, usize)>, lines: &[Line<'_>], followed: bool) {
        let section = Section::of(lines);
        let mut at = 0_usize;
        let command = match command {
            Some((origin, start)) if origin.reads == Reads::Probe => {
                self.probe(&section, origin, start);
                None
            }
            other => other,
        };
        if let Some((origin, start)) = command
            && origin.reads != Reads::Nothing
            && !has_secret(&origin.command)
        {
            at = self.output(&section, origin, start, followed);
        }
        while at < lines.len() {
            at = at.saturating_add(self.bare(&section, at).max(1));
        }
    }

    /// The output of a command that reads; gives how many lines it takes.
    fn output(
        &mut self,
        section: &Section<'_, '_>,
        origin: Origin,
        start: usize,
        followed: bool,
    ) -> usize {
        let lines = section.lines;
        let first = lines
            .iter()
            .position(|line| !line.text.trim().is_empty() && !is_noise(&line.text));
        let Some(first) = first else {
            // Nothing was printed, unless the paste ends right here.
            let is_end = followed
                || lines
                    .first()
                    .is_some_and(|line| line.ended && line.text.is_empty());
            let end = if is_end { End::Seen } else { End::Cut };
            let documents = match policy::none(&origin, end) {
                Some(none) => vec![Document::Policy(none)],
                None if end == End::Seen && lists(&origin) => vec![Document::Empty],
                None => Vec::new(),
            };
            let end = if documents.is_empty() { End::Cut } else { end };
            self.take(
                documents,
                Some(origin),
                start,
                lines,
                lines.len(),
                end,
                None,
            );
            return lines.len();
        };
        let block = block(section, first, Some(&origin), followed)
            .filter(|block| !block.documents.is_empty())
            .or_else(|| self.yaml_of(section, first, &origin))
            .or_else(|| rows(section, first, &origin, followed))
            .or_else(|| unknown(section, first, &origin));
        let Some(block) = block else {
            // The command stays with what follows it.
            return first;
        };
        let mut past = first.saturating_add(block.lines);
        // A cut line, a prompt and gcloud's advertisements end the output.
        while let Some(line) = section.line(past)
            && (origin::is_bare_prompt(line) || is_noise(line))
        {
            past = past.saturating_add(1);
        }
        self.take(
            block.documents,
            Some(origin),
            start,
            lines,
            past,
            block.end,
            block.last,
        );
        past
    }

    fn yaml_of(&mut self, section: &Section<'_, '_>, at: usize, origin: &Origin) -> Option<Block> {
        let length = run_length(section, at);
        if length == 0 {
            return None;
        }
        let mut documents = Vec::new();
        let mut end = End::Seen;
        let mut last = None;
        for range in yaml_documents(section, at..at.saturating_add(length)) {
            let (read, tail) = yaml_tree(section, range);
            let (found, found_end) = understand::all(read, Some(origin));
            documents.extend(found);
            end = end.min(found_end);
            last = tail;
        }
        (!documents.is_empty()).then_some(Block {
            documents,
            lines: length,
            end,
            last,
        })
    }

    /// A document without a command; gives how many lines were looked at.
    fn bare(&mut self, section: &Section<'_, '_>, at: usize) -> usize {
        let Some(line) = section.line(at) else {
            return 1;
        };
        if line.trim().is_empty() {
            return 1;
        }
        if let Some(count) = self.commented(section, at) {
            return count;
        }
        if let Some(block) = block(section, at, None, false) {
            let count = block.lines;
            if !block.documents.is_empty() {
                self.found(section, at, block);
            }
            return count;
        }
        if is_json(line) {
            // It is read once; what is inside is no document of its own.
            return json_lines(section, at).unwrap_or(1);
        }
        if yaml::key(line.trim()).is_none() && !line.trim_start().starts_with("- ") && line != "---"
        {
            return 1;
        }
        let length = run_length(section, at).max(1);
        for range in segments(section, at..at.saturating_add(length)) {
            let from = range.start;
            let count = range.end.saturating_sub(from);
            let (tree, last) = yaml_tree(section, range);
            let (documents, end) = understand::all(tree, None);
            if !documents.is_empty() {
                self.found(
                    section,
                    from,
                    Block {
                        documents,
                        lines: count,
                        end,
                        last,
                    },
                );
            }
        }
        length
    }

    /// A document kept as comments or as a quotation.
    fn commented(&mut self, section: &Section<'_, '_>, at: usize) -> Option<usize> {
        let first = section.line(at)?;
        let mark = ["# ", "// ", "> "]
            .into_iter()
            .find(|mark| first.trim_start().starts_with(mark))?;
        if first.starts_with("# google_") {
            return None;
        }
        let sign = mark.trim_end();
        let count = section
            .texts(at..section.lines.len())
            .take_while(|line| line.trim_start().starts_with(sign))
            .count();
        if count < 2 {
            return None;
        }
        let inner: Vec<Line<'_>> = section
            .lines
            .get(at..at.saturating_add(count))?
            .iter()
            .map(|line| {
                let text = line.text.trim_start();
                let text = text
                    .strip_prefix(mark)
                    .or_else(|| text.strip_prefix(sign))
                    .unwrap_or(text);
                Line {
                    from: line.from,
                    to: line.to,
                    text: Cow::Borrowed(text),
                    ended: line.ended,
                }
            })
            .collect();
        let inner = Section::of(&inner);
        let mut at = 0_usize;
        while at < inner.lines.len() {
            // Only one level: a comment within a comment is none.
            let marked = inner
                .line(at)
                .is_some_and(|line| line.trim_start().starts_with(sign));
            let step = if marked {
                1
            } else {
                self.bare(&inner, at).max(1)
            };
            at = at.saturating_add(step);
        }
        // What a transcript marks with `> ` is a request, which is no document: it stays text.
        Some(count)
    }

    fn found(&mut self, section: &Section<'_, '_>, at: usize, block: Block) {
        let lines = section.lines.get(at..).unwrap_or_default();
        let start = lines.first().map_or(0, |line| line.from);
        let mut count = block.lines;
        // What a shell printed right after it.
        while let Some(line) = lines.get(count)
            && origin::is_bare_prompt(&line.text)
        {
            count = count.saturating_add(1);
        }
        self.take(
            block.documents,
            None,
            start,
            lines,
            count,
            block.end,
            block.last,
        );
    }

    #[allow(clippy::too_many_arguments)]
    fn take(
        &mut self,
        documents: Vec<Document>,
        origin: Option<Origin>,
        start: usize,
        lines: &[Line<'_>],
        count: usize,
        end: End,
        unsure: Option<String>,
    ) {
        let past = count
            .checked_sub(1)
            .and_then(|last| lines.get(last))
            .map_or_else(
                || lines.first().map_or(start, |line| line.from),
                |line| line.to,
            );
        let range = start..past.max(start);
        // An entry of a log, or gcloud's own error, may be the very thing to explain.
        let also_text = origin.is_none()
            && documents.iter().any(|document| {
                matches!(document, Document::LogEntry(_) | Document::Unreadable(_))
            });
        if !also_text {
            self.taken.push(range.clone());
        }
        self.parts.push(Part {
            documents,
            origin,
            range,
            end,
            unsure,
            also_text,
        });
    }

    /// The answer to a request without a credential. Alone it is what was asked about; among other
    /// outputs it is one of them.
    fn probe(&mut self, section: &Section<'_, '_>, origin: Origin, start: usize) {
        let mut texts = section.texts(0..section.lines.len()).skip_while(|line| line.trim().is_empty());
        let Some(first) = texts.next().filter(|line| line.starts_with("HTTP/")) else {
            return;
        };
        let status = first.split_whitespace().nth(1).and_then(|status| status.parse().ok());
        let past = section.lines.last().map_or(start, |line| line.to);
        self.parts.push(Part {
            documents: vec![Document::Probe(status)],
            origin: Some(origin),
            range: start..past.max(start),
            end: End::Seen,
            unsure: None,
            also_text: true,
        });
    }

    /// Where commands that read were run besides, requests without a credential are taken out: the
    /// answer that matters is the one to the caller.
    fn take_probes(&mut self) {
        let is_probe = |part: &Part| matches!(part.documents.as_slice(), [Document::Probe(_)]);
        let others = self.parts.iter().any(|part| !is_probe(part) && !part.also_text && !part.documents.is_empty());
        for part in self.parts.iter_mut().filter(|part| is_probe(part) && others) {
            part.also_text = false;
            self.taken.push(part.range.clone());
        }
        self.taken.sort_by_key(|range| range.start);
    }

    fn finish(mut self, paste: &str) -> Parts {
        self.take_probes();
        let mut parts = self.cut(paste);
        if !refuses(&parts.text) && !has_secret(&parts.text) {
            // Nothing else is there: then the log or error is what was pasted to be explained.
            for part in &mut self.parts {
                let explains = part.documents.iter().any(|document| {
                    matches!(document, Document::LogEntry(_) | Document::Unreadable(_))
                });
                if explains {
                    part.also_text = true;
                    self.taken.retain(|taken| *taken != part.range);
                }
            }
            parts = self.cut(paste);
        }
        parts.parts = self.parts;
        parts
    }

    fn cut(&self, paste: &str) -> Parts {
        let mut parts = Parts::default();
        let mut from = 0_usize;
        for taken in &self.taken {
            if taken.start > from {
                parts.kept.push(from..taken.start);
            }
            from = from.max(taken.end);
        }
        if from < paste.len() {
            parts.kept.push(from..paste.len());
        }
        for range in &parts.kept {
            parts
                .text
                .push_str(paste.get(range.clone()).unwrap_or_default());
        }
        parts
    }
}
