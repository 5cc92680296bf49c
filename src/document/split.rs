//! A paste cut into documents and the text that remains.
//!
//! Outputs stand after the lines with their commands, or bare, one after another, before or after
//! a token or transcript. What is not a document for sure stays text: a credential or a refused
//! answer is never taken away, and no document stays behind to be taken for an answer.

use core::ops::Range;
use std::borrow::Cow;
use std::collections::BTreeSet;

use super::format::Layout;
use super::origin::{self, Origin, Reads};
use super::value::{End, Shown, Tree, Value};
use super::{Document, Unreadable};
use super::{
    gcloud, hcl, json, key_set, log, policy, run_list, run_service, table, understand, yaml,
};
use crate::known::role_permissions;
use crate::visible::is_hidden;

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

/// A line, cleaned of colours and invisible characters.
struct Line<'t> {
    from: usize,
    /// Past its line break.
    to: usize,
    text: Cow<'t, str>,
    /// It has a line break.
    ended: bool,
}

fn lines(paste: &str) -> Vec<Line<'_>> {
    let mut from = 0_usize;
    paste
        .split_inclusive('\n')
        .map(|raw| {
            let to = from.saturating_add(raw.len());
            let line = Line {
                from,
                to,
                text: clean(raw.trim_end_matches(['\n', '\r'])),
                ended: raw.ends_with('\n'),
            };
            from = to;
            line
        })
        .collect()
}

fn clean(line: &str) -> Cow<'_, str> {
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
fn command(lines: &[Line<'_>]) -> Option<(Origin, usize)> {
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

/// What was read from the first lines of a text.
struct Block {
    documents: Vec<Document>,
    lines: usize,
    end: End,
    last: Option<String>,
}

struct Splitter {
    parts: Vec<Part>,
    /// Ranges of the paste that are documents.
    taken: Vec<Range<usize>>,
}

/// The cleaned lines of a section, also as one text.
struct Section<'a, 't> {
    lines: &'a [Line<'t>],
    text: String,
    /// Where each line begins in `text`.
    starts: Vec<usize>,
}

impl<'a, 't> Section<'a, 't> {
    fn of(lines: &'a [Line<'t>]) -> Self {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(lines.len());
        for line in lines {
            starts.push(text.len());
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

    fn line(&self, at: usize) -> Option<&str> {
        self.lines.get(at).map(|line| line.text.as_ref())
    }

    fn rest(&self, at: usize) -> &str {
        self.starts
            .get(at)
            .and_then(|start| self.text.get(*start..))
            .unwrap_or_default()
    }

    fn texts(&self, range: Range<usize>) -> impl Iterator<Item = &str> {
        self.lines
            .get(range)
            .unwrap_or_default()
            .iter()
            .map(|line| line.text.as_ref())
    }
}

impl Splitter {
    /// The lines after a command, or before the first one. `followed`: another command follows.
    fn section(&mut self, command: Option<(Origin, usize)>, lines: &[Line<'_>], followed: bool) {
        let section = Section::of(lines);
        let mut at = 0_usize;
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

    fn finish(mut self, paste: &str) -> Parts {
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

/// Documents that are known by their first line.
fn block(
    section: &Section<'_, '_>,
    at: usize,
    origin: Option<&Origin>,
    followed: bool,
) -> Option<Block> {
    let first = section.line(at)?;
    let to = section.lines.len();
    if let Some(block) = error(section, at, origin) {
        return Some(block);
    }
    if gcloud::is_config(first) {
        let count = lines_while(section, at, gcloud::is_of_config);
        let config = gcloud::config(section.texts(at..at.saturating_add(count)));
        return Some(Block::open(Document::Config(config), count));
    }
    if is_json(first) {
        return json_block(section, at, origin);
    }
    if gcloud::is_account_list(first) {
        let count = lines_while(section, at, gcloud::is_of_account_list);
        let accounts = gcloud::accounts(section.texts(at..at.saturating_add(count)));
        return Some(Block::open(Document::Accounts(accounts), count));
    }
    if gcloud::is_info(first) {
        let count = lines_while(section, at, |line| {
            line.starts_with([' ', '\t'])
                || line.contains(": [")
                || line.ends_with(':')
                || line.starts_with("Locale:")
                || gcloud::is_info(line)
        });
        let config = gcloud::info(section.texts(at..at.saturating_add(count)));
        return Some(Block::open(Document::Config(config), count));
    }
    if run_service::heading(first).is_some() {
        let count = lines_while(section, at, is_of_service_text);
        let texts = section.texts(at..at.saturating_add(count));
        let service = run_service::from_text(texts, origin);
        return Some(Block::open(Document::RunService(service), count));
    }
    if key_set::is_pem(first) {
        let (keys, count, closed) = key_set::pem(section.texts(at..to));
        return Some(Block {
            documents: vec![Document::KeySet(keys)],
            lines: count,
            end: if closed { End::Seen } else { End::Cut },
            last: None,
        });
    }
    // The address stands above the resource.
    let skip = usize::from(first.starts_with("# google_") || first.starts_with("# module."));
    let header = at.saturating_add(skip);
    if let Some(kind) = section.line(header).and_then(hcl::header)
        && kind.starts_with("google_")
    {
        let resource = hcl::read(section.texts(header..to))?;
        let count = resource.lines.saturating_add(skip);
        // A configuration that somebody wrote is no state: its references are not resolved.
        let is_state = skip == 1 || origin.is_some_and(|origin| origin.reads == Reads::Terraform);
        if !is_state && resource.value.get("id").is_none() {
            return Some(Block::nothing(count));
        }
        let (document, end) = understand::terraform(resource);
        return Some(Block {
            documents: vec![document],
            lines: count,
            end,
            last: None,
        });
    }
    table_block(section, at, origin, followed)
}

impl Block {
    /// Lines that were looked at and hold no document.
    fn nothing(lines: usize) -> Self {
        Self {
            documents: Vec::new(),
            lines,
            end: End::Open,
            last: None,
        }
    }

    fn open(document: Document, lines: usize) -> Self {
        Self {
            documents: vec![document],
            lines,
            end: End::Open,
            last: None,
        }
    }
}

/// How many lines, blank ones among them, go on being of a kind.
fn lines_while(section: &Section<'_, '_>, at: usize, is_one: impl Fn(&str) -> bool) -> usize {
    let mut count = 1_usize;
    for (more, line) in section.texts(at..section.lines.len()).enumerate().skip(1) {
        if line.trim().is_empty() {
            continue;
        }
        if !is_one(line) {
            break;
        }
        count = more.saturating_add(1);
    }
    count
}

/// What stands at the left edge of a service's text.
fn is_of_service_text(line: &str) -> bool {
    const LABELS: &[&str] = &[
        "URL:",
        "Ingress:",
        "Iap Enabled:",
        "IAP:",
        "Traffic:",
        "Scaling:",
        "Labels:",
        "Binary Authorization:",
        "Breakglass Justification:",
        "Description:",
        "Threat Detection:",
        "Last updated on ",
        "Service account:",
        "Revision ",
    ];
    line.starts_with("  ") || LABELS.iter().any(|label| line.starts_with(label))
}

fn is_json(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('{') || line.starts_with('[') && !line.starts_with("[core]")
}

/// How many lines the JSON beginning on a line takes.
fn json_lines(section: &Section<'_, '_>, at: usize) -> Option<usize> {
    let rest = section.rest(at);
    let length = json::read(rest)?.length;
    Some(breaks(rest.get(..length)?).saturating_add(1))
}

fn breaks(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

fn json_block(section: &Section<'_, '_>, at: usize, origin: Option<&Origin>) -> Option<Block> {
    let rest = section.rest(at);
    let read = json::read(rest)?;
    let (before, after) = rest.split_at_checked(read.length)?;
    let tail = after.lines().next().unwrap_or_default().trim();
    // A prompt may follow without a line break; anything else on the line is not JSON's.
    if read.closed && !tail.is_empty() && tail != "," && !origin::is_bare_prompt(tail) {
        return None;
    }
    let mut lines = breaks(before).saturating_add(1);
    if !read.closed {
        // What is left of a cut output belongs to it, up to a blank line.
        let past = at.saturating_add(lines);
        lines = lines.saturating_add(
            section
                .texts(past..section.lines.len())
                .take_while(|line| !line.trim().is_empty() && !has_secret(line))
                .count(),
        );
    }
    let last = (!read.closed)
        .then(|| read.value.last_text().map(str::to_owned))
        .flatten();
    let tree = Tree {
        end: if read.closed { End::Seen } else { End::Cut },
        ..Tree::whole(read.value)
    };
    let (documents, end) = understand::all(tree, origin);
    (!documents.is_empty()).then_some(Block {
        documents,
        lines,
        end,
        last,
    })
}

/// gcloud's, kubectl's or Terraform's error in place of an output.
fn error(section: &Section<'_, '_>, at: usize, origin: Option<&Origin>) -> Option<Block> {
    let first = section.line(at)?.trim();
    let rest = first
        .strip_prefix("ERROR:")
        .or_else(|| first.strip_prefix("Error from server"))
        .or_else(|| first.strip_prefix("Error:"))
        .or_else(|| first.strip_prefix("No instance found").map(|_| first))
        .or_else(|| {
            first
                .strip_prefix("bash: ")
                .filter(|rest| rest.contains("not found"))
        })
        .or_else(|| {
            first
                .strip_prefix("zsh: ")
                .filter(|rest| rest.contains("not found"))
        })?
        .trim();
    let (command, why) = match rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((command, why)) => (Some(command), why.trim().trim_start_matches(':').trim()),
        None => (None, rest),
    };
    // Without a command line, only gcloud says which command it was.
    let is_read = command.is_some_and(|command| {
        command.starts_with("gcloud.")
            && ["describe", "get-iam-policy", "list", "read", "iam"]
                .contains(&command.rsplit('.').next().unwrap_or_default())
    });
    if origin.is_none() && !is_read {
        return None;
    }
    let mut why = why.to_owned();
    let mut lines = 1_usize;
    for line in section.texts(at.saturating_add(1)..section.lines.len()) {
        if line.trim().is_empty() || has_secret(line) || origin::is_bare_prompt(line) {
            break;
        }
        why.push(' ');
        why.push_str(line.trim());
        lines = lines.saturating_add(1);
    }
    let reason = understand::why(if first.starts_with("Error from server") {
        first
    } else {
        &why
    });
    Some(Block {
        documents: vec![Document::Unreadable(Unreadable {
            command: command
                .map(str::to_owned)
                .filter(|command| command.starts_with("gcloud.")),
            why,
            reason,
        })],
        lines,
        end: End::Open,
        last: None,
    })
}

fn table_block(
    section: &Section<'_, '_>,
    at: usize,
    origin: Option<&Origin>,
    followed: bool,
) -> Option<Block> {
    let first = section.line(at)?;
    let starts_like_one = first.trim_start().starts_with(['+', '┌'])
        || first.trim_end().bytes().all(|byte| {
            byte.is_ascii_uppercase()
                || byte.is_ascii_digit()
                || matches!(byte, b' ' | b'\t' | b'_' | b'(' | b')')
        });
    if !starts_like_one {
        return None;
    }
    let renamed = |columns: &[String]| renamed(columns, origin);
    let mut table = table::read(section.texts(at..section.lines.len()), |columns| {
        let columns = renamed(columns);
        origin.is_some() || policy::is_heading(&columns) || run_list::is_heading(&columns)
    })?;
    // A prompt right after the rows is none of them.
    while let Some(last) = at
        .checked_add(table.lines)
        .and_then(|past| past.checked_sub(1))
        && !table.boxed
        && section.line(last).is_some_and(origin::is_bare_prompt)
        && table.rows.pop().is_some()
    {
        table.lines = table.lines.saturating_sub(1);
    }
    let columns = renamed(&table.columns);
    let past = at.saturating_add(table.lines);
    let goes_on = followed
        || section
            .texts(past..section.lines.len())
            .any(|line| !line.trim().is_empty());
    // No table without rows is printed; a row with a cut cell is the last of a cut table.
    let mut end = if table.boxed {
        if table.closed { End::Seen } else { End::Cut }
    } else if table.rows.is_empty() {
        End::Cut
    } else if goes_on {
        End::Seen
    } else {
        End::Open
    };
    let last = table.rows.last().and_then(|row| row.last().cloned());
    let document = if policy::is_heading(&columns) {
        if !table
            .rows
            .iter()
            .all(|row| row.iter().any(|cell| cell.contains("roles/")))
        {
            if table
                .rows
                .iter()
                .rev()
                .skip(1)
                .any(|row| !row.iter().any(|cell| cell.contains("roles/")))
            {
                return None;
            }
            end = End::Cut;
        }
        if last.as_deref().is_some_and(is_cut_member) {
            end = End::Cut;
        }
        let is_alone = origin.is_none() && table.rows.is_empty() && columns.len() < 2;
        if is_alone {
            return None;
        }
        Document::Policy(policy::from_table(&columns, &table.rows, end, origin))
    } else if run_list::is_heading(&columns) {
        Document::RunServices(run_list::from_table(&columns, &table.rows, origin))
    } else {
        let origin = origin?;
        Document::Unknown(origin.command.clone())
    };
    Some(Block {
        documents: vec![document],
        lines: table.lines,
        end,
        last: last.filter(|_| end != End::Seen),
    })
}

/// The names of columns. The command says what stands in each, whatever its heading.
fn renamed(columns: &[String], origin: Option<&Origin>) -> Vec<String> {
    match origin.and_then(|origin| origin.format.as_ref()) {
        Some(format) if format.fields.len() == columns.len() => format
            .fields
            .iter()
            .map(|field| {
                field
                    .path
                    .last()
                    .map(|name| name.to_ascii_uppercase())
                    .unwrap_or_default()
            })
            .collect(),
        _ => columns.to_vec(),
    }
}

/// Whether a text ends as such texts do, so that nothing of it is missing.
fn is_whole(text: &str) -> bool {
    const ENDS: &[&str] = &[
        ".gserviceaccount.com",
        ".run.app",
        ".googleusercontent.com",
        "]",
    ];
    ENDS.iter().any(|end| text.ends_with(end))
        || role_permissions::is_known(text)
        || matches!(
            text,
            "true" | "false" | "allUsers" | "allAuthenticatedUsers"
        )
}

/// A member whose end is missing.
fn is_cut_member(text: &str) -> bool {
    text.contains("serviceAccount:")
        && !text.ends_with(".gserviceaccount.com")
        && !text.ends_with(']')
        && !text.contains("?uid=")
}

/// The rows of `--format=value(…)`, and other outputs that only their command names.
fn rows(section: &Section<'_, '_>, at: usize, origin: &Origin, followed: bool) -> Option<Block> {
    if origin.reads == Reads::LogLines {
        return log_lines(section, at, origin);
    }
    let count = section
        .texts(at..section.lines.len())
        .take_while(|line| !line.trim().is_empty() && !origin::is_bare_prompt(line))
        .count();
    let texts: Vec<&str> = section.texts(at..at.saturating_add(count)).collect();
    if texts.iter().any(|line| has_secret(line)) {
        return None;
    }
    let past = at.saturating_add(count);
    let ended = past
        .checked_sub(1)
        .and_then(|last| section.lines.get(last))
        .is_some_and(|line| line.ended);
    let end = if followed || past < section.lines.len() {
        End::Seen
    } else if ended {
        End::Open
    } else {
        End::Cut
    };
    if origin.reads == Reads::Config {
        let config = gcloud::value(origin, texts.first()?)?;
        return Some(Block::open(Document::Config(config), count));
    }
    let format = origin.format.as_ref()?;
    let is_rows = matches!(
        format.layout,
        Layout::Value | Layout::Csv | Layout::CsvWithoutHeading
    );
    if !is_rows || format.fields.is_empty() {
        return None;
    }
    let skip = usize::from(format.layout == Layout::Csv);
    let rows: Vec<Value> = texts.iter().skip(skip).map(|row| format.row(row)).collect();
    let last = texts
        .last()
        .and_then(|row| row.trim_end().rsplit(format.separator.as_str()).next())
        .map(str::to_owned);
    let documents = if matches!(origin.reads, Reads::Policy(_)) {
        let columns: Vec<String> = format
            .fields
            .iter()
            .map(|field| {
                field
                    .path
                    .last()
                    .map(|name| name.to_ascii_uppercase())
                    .unwrap_or_default()
            })
            .collect();
        if !policy::is_heading(&columns) {
            return None;
        }
        let cells: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                format
                    .fields
                    .iter()
                    .map(|field| {
                        let path: Vec<&str> = field.path.iter().map(String::as_str).collect();
                        row.text(&path).unwrap_or_default().to_owned()
                    })
                    .collect()
            })
            .collect();
        vec![Document::Policy(policy::from_table(
            &columns,
            &cells,
            end,
            Some(origin),
        ))]
    } else if origin.reads == Reads::LogEntries {
        rows.iter()
            .map(|row| Document::LogEntry(log::row(row)))
            .collect()
    } else {
        rows.into_iter()
            .zip(texts.iter().skip(skip))
            .filter_map(|(value, text)| {
                let shown = text
                    .matches(format.separator.as_str())
                    .count()
                    .saturating_add(1);
                let mut paths = format.paths();
                // An editor may have eaten the tabs at the end: what they stood for is not shown.
                paths.truncate(shown);
                let mut tree = Tree {
                    value,
                    end,
                    shown: Shown::Only(paths),
                    flat: false,
                };
                understand::by_command(&mut tree, origin)
            })
            .collect()
    };
    (!documents.is_empty()).then_some(Block {
        documents,
        lines: count,
        end,
        last: last.filter(|_| end != End::Seen),
    })
}

fn log_lines(section: &Section<'_, '_>, at: usize, origin: &Origin) -> Option<Block> {
    let mut documents: Vec<Document> = Vec::new();
    let mut count = 0_usize;
    for (more, line) in section.texts(at..section.lines.len()).enumerate() {
        if let Some(entry) = log::line(line, Some(origin)) {
            documents.push(Document::LogEntry(entry));
        } else if !line.trim().is_empty() {
            // An application's message may have many lines.
            match documents.last_mut() {
                Some(Document::LogEntry(entry))
                    if more == count && entry.text.is_some() && !has_secret(line) =>
                {
                    if let Some(text) = &mut entry.text {
                        text.push('\n');
                        text.push_str(line);
                    }
                }
                _ => break,
            }
        } else {
            continue;
        }
        count = more.saturating_add(1);
    }
    (!documents.is_empty()).then_some(Block {
        documents,
        lines: count,
        end: End::Open,
        last: None,
    })
}

/// An output that is not understood is named, and taken out unless it may hold what was sent.
fn unknown(section: &Section<'_, '_>, at: usize, origin: &Origin) -> Option<Block> {
    let texts = || section.texts(at..section.lines.len());
    let looks_like_traffic = |line: &str| {
        line.starts_with("HTTP/")
            || line.starts_with("< ")
            || line.starts_with("> ")
            || line.starts_with("* ")
    };
    let is_log = matches!(origin.reads, Reads::LogEntries | Reads::LogLines);
    if is_log || texts().any(|line| has_secret(line) || looks_like_traffic(line) || refuses(line)) {
        return None;
    }
    // One paragraph: what follows a blank line may be something else.
    let count = texts().take_while(|line| !line.trim().is_empty()).count();
    Some(Block {
        documents: vec![Document::Unknown(origin.command.clone())],
        lines: count,
        end: End::Open,
        last: None,
    })
}

/// Whether a text may tell of a refusal.
fn refuses(text: &str) -> bool {
    [
        "401",
        "403",
        "UNAUTHENTICATED",
        "PERMISSION_DENIED",
        "denied",
        "orbidden",
        "nauthorized",
        "rror",
    ]
    .iter()
    .any(|mark| text.contains(mark))
}

/// Whether a text holds something that is sent to prove who one is.
fn has_secret(text: &str) -> bool {
    let text_holds = |mark: &str| text.contains(mark);
    text_holds("eyJ")
        || text_holds("ya29.")
        || text_holds("PRIVATE KEY-----")
        || text.split_once("Bearer ").is_some_and(|(_, rest)| {
            !rest.trim_start().starts_with(['$', '"', '\'', '<', '`']) && !rest.trim().is_empty()
        })
}

/// What gcloud says beside its output.
fn is_noise(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("WARNING:")
        || line.starts_with("Your active configuration is: [")
        || line.starts_with("Updates are available for some Google Cloud CLI")
        || line.starts_with("To take a quick anonymous survey")
        || line.starts_with("$ gcloud survey")
        || line.starts_with("$ gcloud components update")
        || line.starts_with("Listed 0 items")
        || line.starts_with("### why401: end")
        || line.starts_with("Using the default ")
}

/// Whether a command lists, so that printing nothing means that there is nothing.
fn lists(origin: &Origin) -> bool {
    if matches!(origin.reads, Reads::AuthList | Reads::Config) {
        // These always print something.
        return false;
    }
    let command = format!("{} ", origin.command);
    [" list ", " read ", " search-all-iam-policies "]
        .iter()
        .any(|word| command.contains(word))
}

/// How many lines of YAML begin here.
fn run_length(section: &Section<'_, '_>, at: usize) -> usize {
    let texts = section.texts(at..section.lines.len());
    let mut root = usize::MAX;
    let mut count = 0_usize;
    let mut blanks = 0_usize;
    for line in texts {
        let text = line.trim();
        if text.is_empty() {
            blanks = blanks.saturating_add(1);
            continue;
        }
        let indent = line.len().saturating_sub(line.trim_start().len());
        let is_deeper = root != usize::MAX && indent > root;
        let is_line =
            text == "---" || text.starts_with("- ") || text == "-" || yaml::key(text).is_some();
        let is_one = if blanks > 0 {
            // A blank line stands only within a long text, or before the next document.
            is_deeper || text == "---"
        } else {
            is_line || is_deeper
        };
        if !is_one || (indent <= root && is_header(text)) || is_token_line(text) {
            // A name that was cut off ends the output.
            let is_last = section.lines.len() == at.saturating_add(count).saturating_add(1);
            if count > 0 && blanks == 0 && is_last && is_cut_name(text) && !is_token_line(text) {
                count = count.saturating_add(1);
            }
            break;
        }
        if text != "---" {
            root = root.min(indent);
        }
        count = count.saturating_add(blanks).saturating_add(1);
        blanks = 0;
    }
    count
}

/// A header with a credential is none of a document's names at the left edge.
fn is_header(text: &str) -> bool {
    yaml::key(text).is_some_and(|(name, _)| {
        [
            "authorization",
            "x-serverless-authorization",
            "proxy-authorization",
            "cookie",
            "x-goog-iap-jwt-assertion",
        ]
        .iter()
        .any(|header| name.eq_ignore_ascii_case(header))
    })
}

fn is_token_line(text: &str) -> bool {
    text.starts_with("eyJ") || text.starts_with("ya29.") || text.starts_with("Bearer ")
}

/// The beginning of a name, or a resource's name alone: too short and too plain for a credential.
fn is_cut_name(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_name = text.bytes().all(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/' | b'\'' | b'"')
    });
    text.starts_with("projects/") || is_name && text.len() <= 48 && digits < 3
}

/// The documents of a run that a command printed: `---` stands between them, or a name comes again.
fn yaml_documents(section: &Section<'_, '_>, run: Range<usize>) -> Vec<Range<usize>> {
    pieces(section, run, false)
}

/// The documents of a run without a command. gcloud sorts the names: where the order breaks, the
/// next document may begin.
fn segments(section: &Section<'_, '_>, run: Range<usize>) -> Vec<Range<usize>> {
    let pieces = pieces(section, run, true);
    let mut merged: Vec<Range<usize>> = Vec::new();
    // What the last of them is, its names, and of how many pieces it is made.
    let mut last_kind = None;
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let mut count = 0_usize;
    for piece in pieces {
        let own_kind = kind(section, &piece);
        let own_names: Vec<&str> = top_names(section, piece.clone())
            .map(|(_, name)| name)
            .collect();
        let starts_anew = own_names.first() == Some(&"---")
            || last_kind.is_some()
                && own_kind.is_some()
                && (last_kind != own_kind || own_names.iter().any(|name| names.contains(name)));
        match merged.last_mut() {
            Some(last) if !starts_anew && (last_kind.is_some() || count < MOST_PIECES) => {
                last.end = piece.end;
                count = count.saturating_add(1);
                if last_kind.is_none() {
                    last_kind = kind(section, last);
                }
            }
            _ => {
                merged.push(piece);
                last_kind = own_kind;
                names.clear();
                count = 1;
            }
        }
        names.extend(own_names);
    }
    merged
}

/// How many pieces are tried together before they are given up.
const MOST_PIECES: usize = 12;

/// What a piece would be, by itself.
fn kind(
    section: &Section<'_, '_>,
    piece: &Range<usize>,
) -> Option<core::mem::Discriminant<Document>> {
    let (tree, _) = yaml_tree(section, piece.clone());
    let (documents, _) = understand::all(tree, None);
    documents.first().map(core::mem::discriminant)
}

/// The names at the left edge of a run, each with its line.
fn top_names<'s>(
    section: &'s Section<'_, '_>,
    run: Range<usize>,
) -> impl Iterator<Item = (usize, &'s str)> {
    let indent = |line: &str| line.len().saturating_sub(line.trim_start().len());
    let root = section
        .texts(run.clone())
        .filter(|line| !line.trim().is_empty() && line.trim() != "---")
        .map(indent)
        .min()
        .unwrap_or_default();
    let start = run.start;
    section
        .texts(run)
        .enumerate()
        .filter(move |(_, line)| indent(line) == root)
        .filter_map(move |(at, line)| {
            let text = line.trim();
            if text == "---" {
                return Some((start.saturating_add(at), "---"));
            }
            if text.starts_with("- ") {
                return None;
            }
            yaml::key(text).map(|(name, _)| (start.saturating_add(at), name))
        })
}

/// Cuts a run at `---`, where a name comes again and, when `sorted`, where the order breaks.
fn pieces(section: &Section<'_, '_>, run: Range<usize>, sorted: bool) -> Vec<Range<usize>> {
    let is_flat = yaml::read(section.texts(run.clone())).flat;
    let mut cuts = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut before = "";
    for (at, name) in top_names(section, run.clone()) {
        let breaks = sorted && name < before;
        if name == "---" || !is_flat && (seen.contains(name) || breaks) {
            if at > run.start {
                cuts.push(at);
            }
            seen.clear();
            before = "";
        }
        if name == "---" {
            continue;
        }
        seen.insert(name);
        before = name;
    }
    let mut ranges = Vec::with_capacity(cuts.len().saturating_add(1));
    let mut from = run.start;
    for cut in cuts {
        ranges.push(from..cut);
        from = cut;
    }
    ranges.push(from..run.end);
    ranges
}

/// A run as a tree, and its last text.
fn yaml_tree(section: &Section<'_, '_>, range: Range<usize>) -> (Tree, Option<String>) {
    let read = yaml::read(section.texts(range).filter(|line| line.trim() != "---"));
    let last = read
        .value
        .last_text()
        .filter(|text| !read.quoted && !is_whole(text))
        .map(str::to_owned);
    let tree = Tree {
        value: read.value,
        end: if read.headless || read.broken {
            End::Cut
        } else {
            End::Open
        },
        shown: Shown::All,
        flat: read.flat,
    };
    (tree, last)
}
