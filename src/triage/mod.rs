//! Whole files: which callers were refused, why, and what to run.
//!
//! ```text
//! file ─unpack─▶ UTF-8 ─cut─▶ records ─entry─▶ candidates ─verdict─▶ requests ─▶ groups ─▶ told
//! ```
//!
//! A stream is cut into records by its content (`cut`); one reading of the bytes (`scan`) decides for
//! most that they are no refusal; entries that mean the same (`shape`) are judged once (`verdict`);
//! entries of one request are one failure (`requests`). Memory does not grow with the file.
//!
//! All texts that are printed come from a [`verdict`], which passes them through `conceal`.

mod access;
mod calls;
mod clock;
mod csv;
mod cut;
mod entry;
mod groups;
mod jobs;
mod requests;
mod scan;
mod shape;
mod stretch;
mod told;
mod unpack;
mod verdict;
mod words;

use std::io::{self, Read, Write};
use std::sync::atomic::AtomicBool;

pub use clock::asked as moment;
pub use groups::By;

use crate::fix::Language;
use calls::Calls;
use cut::Cutter;
use entry::{Seen, What};
use groups::Groups;
use requests::Requests;
use verdict::Judge;

/// How it is asked.
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_structs)]
pub struct Question {
    /// The form of the answer.
    pub format: Format,
    /// Also the sentences and all changes, in a table.
    pub full: bool,
    /// Judge at this moment where an entry tells none, in seconds since 1970 (UTC).
    pub now: i64,
    /// Entries before this moment are left out.
    pub since: Option<i64>,
    /// Entries after this moment are left out.
    pub until: Option<i64>,
    /// By what failures are grouped.
    pub by: Vec<By>,
    /// What read-only commands printed: it counts for every entry.
    pub evidence: String,
    /// The language of the fixes.
    pub language: Option<Language>,
    /// How many threads read.
    pub jobs: usize,
}

/// The form of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums)]
pub enum Format {
    /// A table of groups.
    Table,
    /// One object with all groups.
    Json,
    /// One object per entry.
    Lines,
    /// Lines that GitHub Actions shows beside the job.
    Annotations,
}

/// How much was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs)]
pub struct Counts {
    /// Entries that were understood.
    pub entries: u64,
    /// Requests that were refused.
    pub refused: u64,
    /// Entries that could not be read.
    pub skipped: u64,
    /// Bytes, unpacked.
    pub bytes: u64,
}

/// A file or stream and its name.
#[allow(clippy::exhaustive_structs)]
pub struct Source {
    /// How it is called in what is printed.
    pub name: String,
    /// Its bytes.
    pub bytes: Box<dyn Read + Send>,
}

/// What a run tells besides the answer.
pub trait Listener {
    /// So much was read up to now.
    fn progress(&mut self, counts: &Counts);
    /// Something could not be read: one sentence.
    fn skipped(&mut self, sentence: &str);
}

/// Reads all sources and writes the answer. Stops early, with what is known, once `stop` is set.
///
/// # Errors
///
/// Where the answer cannot be written. What cannot be read is skipped and told.
pub fn run(
    sources: Vec<Source>,
    question: &Question,
    stop: &AtomicBool,
    listener: &mut dyn Listener,
    out: &mut dyn Write,
) -> io::Result<Counts> {
    let files: Vec<String> = sources.iter().map(|source| source.name.clone()).collect();
    let mut triage = Triage {
        question,
        judge: Judge::new(question.now, question.evidence.clone(), question.language),
        requests: Requests::default(),
        groups: Groups::default(),
        calls: Calls::default(),
        counts: Counts::default(),
        told: String::new(),
        files: &files,
        notes: 0,
    };
    let mut before = 0;
    for (file, source) in sources.into_iter().enumerate() {
        let cutter = Cutter::new(unpack::unpacked(source.bytes));
        let read = jobs::read(cutter, question.jobs, stop, &mut |batch| {
            for seen in batch.seen {
                triage.take(seen, file, listener);
            }
            triage.counts.bytes = batch.read.saturating_add(before);
            listener.progress(&triage.counts);
            out.write_all(triage.told.as_bytes())?;
            triage.told.clear();
            Ok(())
        })?;
        before = triage.counts.bytes;
        if let Err(broken) = read {
            triage.skip(
                file,
                None,
                &format!("the rest cannot be read: {broken}"),
                listener,
            );
        }
    }
    triage.finish(listener, out)
}

/// A run.
struct Triage<'q> {
    question: &'q Question,
    judge: Judge,
    requests: Requests,
    groups: Groups,
    calls: Calls,
    counts: Counts,
    /// Lines that are to be written.
    told: String,
    files: &'q [String],
    /// How many skipped entries were named.
    notes: u64,
}

impl Triage<'_> {
    fn take(&mut self, seen: Seen, file: usize, listener: &mut dyn Listener) {
        let Seen { line, time, what } = seen;
        if let What::Skipped(why) = what {
            self.skip(file, Some(line), why, listener);
            self.tell(line, None);
            return;
        }
        self.counts.entries = self.counts.entries.saturating_add(1);
        let outside = time.is_some_and(|time| {
            self.question.since.is_some_and(|since| time < since)
                || self.question.until.is_some_and(|until| time > until)
        });
        let one = match what {
            What::Candidate(one) if !outside => one,
            What::Fine(Some(call)) => {
                // What came after the window still shows that it was mended.
                if let Some(time) = time {
                    self.calls.accepted(call, time);
                }
                return self.tell(line, None);
            }
            _ => return self.tell(line, None),
        };
        let verdict = self.judge.judge(&one, time);
        self.tell(line, verdict.as_deref());
        let Some(verdict) = verdict else { return };
        if let (Some(call), Some(time)) = (one.call, time) {
            self.calls.refused(call, time);
        }
        let closed = self
            .requests
            .add(&one, &verdict, (file, line), time, &mut self.judge);
        if let Some(failure) = closed {
            self.groups.add(failure);
        }
    }

    fn tell(&mut self, line: u64, verdict: Option<&verdict::Verdict>) {
        if self.question.format == Format::Lines {
            told::entry(line, verdict, &mut self.told);
        }
    }

    /// Counts what could not be read, and names the first ones.
    fn skip(&mut self, file: usize, line: Option<u64>, why: &str, listener: &mut dyn Listener) {
        const NAMED: u64 = 5;
        self.counts.skipped = self.counts.skipped.saturating_add(1);
        if self.notes >= NAMED {
            return;
        }
        self.notes = self.notes.saturating_add(1);
        let name = self.files.get(file).map_or("", String::as_str);
        let place = line.map_or_else(String::new, |line| format!(", line {line}"));
        listener.skipped(&format!("skipped: {name}{place}: {why}"));
    }

    fn finish(mut self, listener: &mut dyn Listener, out: &mut dyn Write) -> io::Result<Counts> {
        while let Some(failure) = self.requests.close() {
            self.groups.add(failure);
        }
        self.counts.refused = self.groups.total();
        if self.counts.skipped > self.notes {
            let more = self.counts.skipped.saturating_sub(self.notes);
            listener.skipped(&format!("skipped: {more} more"));
        }
        let groups = self.groups.told(&self.question.by, &self.calls);
        let text = told::groups(
            &groups,
            &self.counts,
            self.files,
            self.question.format,
            self.question.full,
        );
        out.write_all(text.as_bytes())?;
        if self.groups.rest > 0 {
            listener.skipped(&format!(
                "{} refused requests are counted and not listed: there are too many groups",
                self.groups.rest
            ));
        }
        Ok(self.counts)
    }
}
