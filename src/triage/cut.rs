//! A stream cut into records, each told by its content: a JSON object, a YAML document, a row of CSV,
//! a stretch of text. What comes next may be of another kind than what came before.
//!
//! Constant memory: what is longer than a record may be is passed over and counted.

use core::ops::Range;
use std::io::{self, Read};

use memchr::memchr;

use super::csv;
use super::scan::{End, Skip, scan};
use super::stretch;
use crate::read::entries;

/// The longest record, in bytes. An entry of Cloud Logging has 256 KiB at most.
pub(super) const LONGEST: usize = 1024 * 1024;
/// The longest entry of a list within a file: a HAR file holds what was answered.
const LONGEST_LISTED: usize = 4 * 1024 * 1024;
/// So much is read at a time.
const BLOCK: usize = 256 * 1024;

/// What a record is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A JSON object.
    Json,
    /// Lines that are JSON objects, each a record.
    JsonLines,
    /// A YAML document of `gcloud logging read`.
    Yaml,
    /// A row of CSV, as JSON.
    Row,
    /// Lines of a text.
    Text,
    /// It could not be read: why.
    Skipped(&'static str),
}

/// A record of a stream.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) kind: Kind,
    /// Its first line, from 1.
    pub(super) line: u64,
    pub(super) bytes: Vec<u8>,
}

/// Cuts a stream.
pub(super) struct Cutter<R> {
    source: R,
    window: Vec<u8>,
    at: usize,
    is_over: bool,
    /// Why the stream ended before its end.
    broken: Option<io::Error>,
    line: u64,
    /// How many bytes were read.
    pub(super) read: u64,
    /// The names of the columns, while rows of CSV follow.
    columns: Option<Vec<String>>,
    /// The last JSON object stood on one line.
    one_line: bool,
    /// Within a list that a JSON object holds, so many brackets deep.
    listed: Option<u32>,
    /// After something broken: what stands before the next beginning belongs to it.
    is_lost: bool,
    /// Whole lines of JSON are given as one record.
    by_lines: bool,
}

impl<R: Read> Cutter<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            source,
            window: Vec::new(),
            at: 0,
            is_over: false,
            broken: None,
            line: 1,
            read: 0,
            columns: None,
            one_line: false,
            listed: None,
            is_lost: false,
            by_lines: true,
        }
    }

    /// The same for one of the lines of [`Kind::JsonLines`].
    pub(super) fn of_line(source: R, line: u64) -> Self {
        Self {
            line,
            by_lines: false,
            ..Self::new(source)
        }
    }

    /// The next record; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Record>> {
        loop {
            if self.rest().len() < BLOCK {
                self.fill()?;
            }
            self.pass_space();
            let Some(first) = self.rest().first().copied() else {
                if self.is_over {
                    return self.broken.take().map_or(Ok(None), Err);
                }
                continue;
            };
            let found = match first {
                b'{' => self.object()?,
                b',' if self.listed.is_some() || self.is_alone() => self.pass(1),
                b']' if self.listed.is_some() => self.leave()?,
                b']' | b'}' if self.is_alone() => self.pass(1),
                b'[' if self.begins_list() => {
                    self.one_line = false;
                    self.pass(1)
                }
                _ => self.lines()?,
            };
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    fn rest(&self) -> &[u8] {
        self.window.get(self.at..).unwrap_or_default()
    }

    /// Reads on, unless the stream is over.
    fn fill(&mut self) -> io::Result<()> {
        if self.is_over {
            return Ok(());
        }
        self.window.drain(..self.at);
        self.at = 0;
        let before = self.window.len();
        let more = u64::try_from(BLOCK).unwrap_or(u64::MAX);
        // What was read before it broke off is still looked at.
        let read = self
            .source
            .by_ref()
            .take(more)
            .read_to_end(&mut self.window);
        self.broken = read.err();
        let count = self.window.len().saturating_sub(before);
        self.read = self
            .read
            .saturating_add(u64::try_from(count).unwrap_or_default());
        self.is_over = count < BLOCK || self.broken.is_some();
        Ok(())
    }

    /// Goes on behind so many bytes.
    fn pass(&mut self, count: usize) -> Option<Record> {
        let passed = self.rest().get(..count).unwrap_or_default();
        let lines = memchr::memchr_iter(b'\n', passed).count();
        self.line = self
            .line
            .saturating_add(u64::try_from(lines).unwrap_or_default());
        self.at = self.at.saturating_add(count).min(self.window.len());
        None
    }

    fn pass_space(&mut self) {
        let rest = self.rest();
        let mut count = rest
            .iter()
            .position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0))
            .unwrap_or(rest.len());
        if rest
            .get(count..)
            .is_some_and(|rest| rest.starts_with(b"\xEF\xBB\xBF"))
        {
            count = count.saturating_add(3);
        }
        // Text may be indented: its first line begins where the line does.
        self.pass(count);
    }

    /// The line that begins here, without its break.
    fn line(&self) -> &[u8] {
        let rest = self.rest();
        let end = memchr(b'\n', rest).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    /// The line holds nothing but brackets and commas.
    fn is_alone(&self) -> bool {
        self.line()
            .iter()
            .all(|byte| matches!(byte, b',' | b']' | b'[' | b'}' | b' ' | b'\r' | b'\t'))
            || self.rest().get(1..).is_some_and(|rest| {
                let next = rest.iter().find(|byte| !byte.is_ascii_whitespace());
                next == Some(&b'{')
            })
    }

    /// A list of objects begins: `[` of a text has something else behind it.
    fn begins_list(&self) -> bool {
        let next = self
            .rest()
            .iter()
            .skip(1)
            .find(|byte| !byte.is_ascii_whitespace());
        matches!(next, Some(b'{' | b']') | None)
    }

    /// A record that is the next bytes.
    fn take(&mut self, kind: Kind, count: usize) -> Record {
        let record = Record {
            kind,
            line: self.line,
            bytes: self.rest().get(..count).unwrap_or_default().to_vec(),
        };
        self.pass(count);
        record
    }

    fn skipped(&mut self, why: &'static str, count: usize) -> Option<Record> {
        let record = Record {
            kind: Kind::Skipped(why),
            line: self.line,
            bytes: Vec::new(),
        };
        self.pass(count);
        Some(record)
    }

    fn object(&mut self) -> io::Result<Option<Record>> {
        self.columns = None;
        if self.by_lines
            && self.listed.is_none()
            && let Some(count) = whole_lines(self.rest())
        {
            self.is_lost = false;
            self.one_line = true;
            return Ok(Some(self.take(Kind::JsonLines, count)));
        }
        let longest = if self.listed.is_some() {
            LONGEST_LISTED
        } else {
            LONGEST
        };
        // `{` alone on a line begins an object of many lines.
        let opens = self.line().trim_ascii().len() == 1;
        let one_line = self.one_line && self.listed.is_none() && !opens;
        loop {
            match scan(self.rest(), one_line).end {
                End::At(end) if end <= longest => {
                    self.is_lost = false;
                    self.one_line =
                        memchr(b'\n', self.rest().get(..end).unwrap_or_default()).is_none();
                    return Ok(Some(self.take(Kind::Json, end)));
                }
                End::List(begin, depth) => {
                    self.pass(begin);
                    self.listed = Some(depth);
                    return Ok(None);
                }
                End::Broken(at) => {
                    let rest = self.rest().get(at..).unwrap_or_default();
                    let to_line_end =
                        memchr(b'\n', rest).map_or(rest.len(), |end| end.saturating_add(1));
                    let count = at.saturating_add(to_line_end);
                    self.is_lost = !one_line;
                    return Ok(self.skipped("it is no whole JSON", count));
                }
                End::Missing if self.rest().len() <= longest && !self.is_over => self.fill()?,
                End::Missing if self.is_over => {
                    // The next line is looked at anew: only this one may be broken.
                    let rest = self.rest();
                    let end = memchr(b'\n', rest).map_or(rest.len(), |end| end.saturating_add(1));
                    self.is_lost = true;
                    return Ok(self.skipped("it is no whole JSON", end));
                }
                End::At(_) | End::Missing => return self.too_long(one_line),
            }
        }
    }

    /// Passes over an object that is too long.
    fn too_long(&mut self, one_line: bool) -> io::Result<Option<Record>> {
        let record = Record {
            kind: Kind::Skipped("it is too long"),
            line: self.line,
            bytes: Vec::new(),
        };
        if one_line {
            self.pass_line()?;
            return Ok(Some(record));
        }
        self.pass_object(0)?;
        Ok(Some(record))
    }

    /// Passes over the rest of the line.
    fn pass_line(&mut self) -> io::Result<()> {
        loop {
            if let Some(end) = memchr(b'\n', self.rest()) {
                self.pass(end.saturating_add(1));
                return Ok(());
            }
            self.pass(self.rest().len());
            if self.is_over {
                return Ok(());
            }
            self.fill()?;
        }
    }

    /// Passes over everything up to the end of the object, so many brackets deep.
    fn pass_object(&mut self, depth: u32) -> io::Result<()> {
        let mut skip = Skip::within(depth);
        loop {
            let (count, is_end) = skip.over(self.rest());
            self.pass(count);
            if is_end || self.is_over {
                return Ok(());
            }
            self.fill()?;
        }
    }

    /// Leaves a list within an object, and the object.
    fn leave(&mut self) -> io::Result<Option<Record>> {
        let depth = self.listed.take().unwrap_or(1);
        self.pass_object(depth)?;
        Ok(None)
    }

    /// What begins with a line of another kind.
    fn lines(&mut self) -> io::Result<Option<Record>> {
        self.listed = None;
        self.one_line = false;
        while memchr(b'\n', self.rest()).is_none() && !self.is_over && self.rest().len() <= LONGEST
        {
            self.fill()?;
        }
        let line = self.line();
        if line.len() > LONGEST {
            let record = self.skipped("it is too long", 0);
            self.pass_line()?;
            return Ok(record);
        }
        let with_break = line.len().saturating_add(1);
        let is_mark = line.trim_ascii_end() == b"---";
        let text = String::from_utf8_lossy(line).into_owned();
        if is_mark {
            self.columns = None;
            self.is_lost = false;
            return Ok(self.pass(with_break));
        }
        if let Some(columns) = self.columns.take() {
            return Ok(self.row(columns));
        }
        if let Some(columns) = csv::header(&text) {
            self.columns = Some(columns);
            self.is_lost = false;
            return Ok(self.pass(with_break));
        }
        if entries::begins_yaml(&text) {
            self.is_lost = false;
            return Ok(self.document());
        }
        if self.is_lost && stretch::is_rest_of_json(&text) {
            return Ok(self.pass(with_break));
        }
        self.is_lost = false;
        let range = self.stretch();
        if range.is_empty() {
            return Ok(self.pass(with_break));
        }
        Ok(Some(self.take(Kind::Text, range.end)))
    }

    fn row(&mut self, columns: Vec<String>) -> Option<Record> {
        let rest = self
            .rest()
            .get(..LONGEST.min(self.rest().len()))
            .unwrap_or_default();
        // A second file's header.
        let line = String::from_utf8_lossy(self.line());
        if csv::header(&line).is_some() || entries::begins_yaml(&line) {
            return None;
        }
        let Some((cells, length)) = csv::cells(rest) else {
            self.columns = Some(columns);
            let count = self.line().len().saturating_add(1);
            return self.skipped("its quotation marks do not match", count);
        };
        if cells.len() != columns.len() {
            let count = self.line().len().saturating_add(1);
            // One cell is no row: another kind of text follows.
            if cells.len() > 1 {
                self.columns = Some(columns);
                return self.skipped("it has another number of columns than the header", count);
            }
            return None;
        }
        let json = csv::json(&columns, &cells);
        self.columns = Some(columns);
        let mut record = self.take(Kind::Row, length);
        record.bytes = json.into_bytes();
        Some(record)
    }

    /// A YAML document: to `---`, or to a line at the margin that is none of an entry's.
    fn document(&mut self) -> Option<Record> {
        let rest = self.rest();
        let window = rest.get(..rest.len().min(LONGEST)).unwrap_or_default();
        let is_cut = window.len() < rest.len() || !self.is_over;
        let mut length = 0_usize;
        for line in window.split_inclusive(|byte| *byte == b'\n') {
            let is_own = line.starts_with(b" ")
                || line.starts_with(b"\t")
                || line.starts_with(b"-") && !line.starts_with(b"---")
                || line.trim_ascii().is_empty()
                || entries::begins_yaml(&String::from_utf8_lossy(line));
            if !is_own {
                return Some(self.take(Kind::Yaml, length));
            }
            length = length.saturating_add(line.len());
        }
        if is_cut && length >= LONGEST {
            return self.skipped("it is too long", length);
        }
        Some(self.take(Kind::Yaml, length))
    }

    /// The stretch of text that begins here.
    fn stretch(&self) -> Range<usize> {
        let rest = self.rest();
        0..stretch::length(rest.get(..rest.len().min(LONGEST)).unwrap_or_default())
    }
}

/// How many of the bytes are whole lines that begin and end as objects do, when they are many.
fn whole_lines(bytes: &[u8]) -> Option<usize> {
    const FEWEST: usize = 4;
    let mut from = 0_usize;
    let mut lines = 0_usize;
    while let Some(rest) = bytes.get(from..)
        && let Some(end) = memchr(b'\n', rest)
    {
        let line = rest.get(..end).unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if !line.starts_with(b"{") || !line.ends_with(b"}") || end > LONGEST {
            break;
        }
        lines = lines.saturating_add(1);
        from = from.saturating_add(end).saturating_add(1);
    }
    (lines >= FEWEST).then_some(from)
}
