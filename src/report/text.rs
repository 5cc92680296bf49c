//! The report as plain text, for a terminal: verdict, why, the fix, the check, and how to see more.
//! No control character of the paste gets through.

use super::{Diagnosis, Report};
use crate::conceal::Concealer;
use crate::fix::{Fix, Language, Snippet};
use crate::visible::in_line;

/// How the text is written.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_structs)]
pub struct Style {
    /// How headings stand out.
    pub headings: Headings,
    /// Everything, instead of what fits a screen.
    pub full: bool,
    /// The language of the fixes; where `None`, the one that the paste speaks.
    pub language: Option<Language>,
}

impl Style {
    /// The short form without colours.
    pub const PLAIN: Self = Self {
        headings: Headings::Plain,
        full: false,
        language: None,
    };

    /// Everything, without colours.
    pub const FULL: Self = Self {
        full: true,
        ..Self::PLAIN
    };
}

/// How headings stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Headings {
    /// As the other lines.
    Plain,
    /// Bold, by a terminal's escape sequences.
    Bold,
}

/// The report as text, ending in a newline.
#[must_use]
pub fn to_text(report: &Report<'_>, style: Style) -> String {
    let mut out = Lines {
        text: String::new(),
        style: Style {
            language: style.language.or(report.evidence.language),
            ..style
        },
        conceal: report.reporter(),
    };
    let mut causes = report.causes.iter();
    if let Some(first) = causes.next() {
        out.heading(&titled(first, style.full));
        out.line("", &first.summary);
        let reasons = first.reasons.iter().map(|reason| reason.text.as_str());
        out.section("Why", reasons.take(if style.full { usize::MAX } else { 2 }));
        out.remedy(first);
        out.need(report);
    }
    if style.full {
        let others: Vec<String> = causes
            .map(|other| format!("{}: {}", titled(other, true), other.summary))
            .collect();
        out.section("Also possible", others.iter().map(String::as_str));
        let ruled_out: Vec<String> = report
            .ruled_out
            .iter()
            .map(|ruled_out| format!("{}: {}", ruled_out.cause.title, ruled_out.because))
            .collect();
        out.section("Checked and not why", ruled_out.iter().map(String::as_str));
        out.section("Read", report.notes());
    } else {
        out.more(report);
    }
    out.text
}

fn titled(diagnosis: &Diagnosis, full: bool) -> String {
    let cause = diagnosis.cause;
    let name = match diagnosis.variant {
        "" => cause.id.to_owned(),
        variant => format!("{}/{variant}", cause.id),
    };
    if full {
        format!(
            "{} ({name}, {}, gate {})",
            cause.title,
            diagnosis.likelihood.id(),
            cause.gate.id()
        )
    } else {
        format!("{} ({name}, {})", cause.title, diagnosis.likelihood.id())
    }
}

/// The widest line of prose, in characters.
const WIDTH: usize = 80;
/// The most lines of a snippet that the short form shows.
const SNIPPET: usize = 12;

/// Lines as they are written.
struct Lines {
    text: String,
    style: Style,
    conceal: Concealer,
}

impl Lines {
    /// The change that mends it, its alternatives, then what only reads.
    fn remedy(&mut self, diagnosis: &Diagnosis) {
        let remedy = &diagnosis.remedy;
        if self.style.full {
            self.fixes("Check before", &remedy.check);
            self.fixes("What to do", &remedy.fix);
            self.fixes("See that it works", &remedy.verify);
            return;
        }
        let (first, others) = match remedy.fix.split_first() {
            Some((first, others)) => (std::slice::from_ref(first), others),
            None => (&[][..], &[][..]),
        };
        self.fixes("What to do", first);
        self.section("Or", others.iter().take(2).map(|fix| fix.title.as_str()));
        // A screen has room for one of the two: before the change, what proves the verdict.
        let sure = diagnosis.likelihood == crate::causes::Likelihood::Certain;
        let (heading, reads) = if remedy.check.is_empty() || sure && !remedy.verify.is_empty() {
            ("See that it works", &remedy.verify)
        } else {
            ("Check before", &remedy.check)
        };
        self.fixes(heading, reads.get(..1).unwrap_or_default());
    }

    fn fixes(&mut self, heading: &str, fixes: &[Fix]) {
        for (at, fix) in fixes.iter().enumerate() {
            if at == 0 {
                self.text.push('\n');
                self.heading(heading);
            }
            let title = if self.style.full {
                format!(
                    "{}. {} [{}]",
                    at.saturating_add(1),
                    fix.title,
                    fix.effect.id()
                )
            } else {
                fix.title.clone()
            };
            // Most of these titles begin with the heading.
            let under = title
                .strip_prefix(heading)
                .and_then(|rest| rest.strip_prefix(": "))
                .unwrap_or(&title);
            self.line("  ", under);
            if !fix.caution.is_empty() {
                let caution = if self.style.full {
                    fix.caution.as_str()
                } else {
                    first_sentences(&fix.caution, 3 * WIDTH)
                };
                self.line("     ", caution);
            }
            if let Some(snippet) = fix.chosen(self.style.language) {
                self.snippet(snippet);
            }
        }
    }

    fn snippet(&mut self, snippet: &Snippet) {
        if snippet.language == Language::Console {
            self.line("       ", &snippet.text);
            return;
        }
        let most = if self.style.full { usize::MAX } else { SNIPPET };
        let lines = snippet.text.lines().count();
        for text in snippet.text.lines().take(most) {
            self.raw("       ", text);
        }
        if lines > most {
            self.raw("       ", "… (why401 --full prints the whole)");
        }
    }

    /// The one thing that would prove it.
    fn need(&mut self, report: &Report<'_>) {
        if let Some(need) = report.needs() {
            let command = need.command.replace("\\\n", " ");
            let command: Vec<&str> = command.split_whitespace().collect();
            self.text.push('\n');
            self.line(
                "",
                &format!("To be sure, add what this prints: {}", command.join(" ")),
            );
        }
    }

    /// What the short form leaves out.
    fn more(&mut self, report: &Report<'_>) {
        let others = report.causes.len().saturating_sub(1);
        let passed = report.ruled_out.len();
        let mut told = Vec::new();
        if others > 0 {
            told.push(format!("also possible: {others}"));
        }
        if passed > 0 {
            told.push(format!("checked and not why: {passed}"));
        }
        let told = if told.is_empty() {
            "More".to_owned()
        } else {
            format!("More ({})", told.join(", "))
        };
        self.text.push('\n');
        self.line("", &format!("{told}: why401 --full"));
    }

    /// A heading and its lines; nothing where there are none.
    fn section<'t>(&mut self, title: &str, lines: impl Iterator<Item = &'t str>) {
        for (at, text) in lines.enumerate() {
            if at == 0 {
                self.text.push('\n');
                self.heading(title);
            }
            self.line("  - ", text);
        }
    }

    fn heading(&mut self, title: &str) {
        let (start, end) = match self.style.headings {
            Headings::Plain => ("", ""),
            Headings::Bold => ("\u{1b}[1m", "\u{1b}[0m"),
        };
        self.text.push_str(start);
        self.text.push_str(&in_line(&self.conceal.text(title)));
        self.text.push_str(end);
        self.text.push('\n');
    }

    /// Prose, broken between words; the lines after the first are indented as far.
    fn line(&mut self, indent: &str, text: &str) {
        let concealed = self.conceal.text(text);
        let text = in_line(&concealed);
        let mut width = indent.chars().count();
        self.text.push_str(indent);
        for (at, word) in text.split(' ').enumerate() {
            let length = word.chars().count();
            if at > 0 && width.saturating_add(length).saturating_add(1) > WIDTH {
                self.text.push('\n');
                self.text.extend(indent.chars().map(|_| ' '));
                width = indent.chars().count();
            } else if at > 0 {
                self.text.push(' ');
                width = width.saturating_add(1);
            }
            self.text.push_str(word);
            width = width.saturating_add(length);
        }
        self.text.push('\n');
    }

    /// A line of a command or program, as it is.
    fn raw(&mut self, indent: &str, text: &str) {
        self.text.push_str(indent);
        self.text.push_str(&in_line(&self.conceal.text(text)));
        self.text.push('\n');
    }
}

/// The whole sentences that fit, at least one.
fn first_sentences(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let end = text
        .match_indices(". ")
        .map(|(at, _)| at.saturating_add(1))
        .take_while(|end| *end <= most)
        .last()
        .or_else(|| text.find(". ").map(|at| at.saturating_add(1)))
        .unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}
