//! The report as plain text, for a terminal. No control character of the paste gets through.

use super::{Diagnosis, Report};
use crate::conceal::Concealer;
use crate::fix::Language;
use crate::visible::in_line;

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
pub fn to_text(report: &Report<'_>, headings: Headings) -> String {
    let mut out = Lines {
        text: String::new(),
        headings,
        conceal: report.concealer(),
    };
    let mut causes = report.causes.iter();
    if let Some(first) = causes.next() {
        out.heading(&titled(first));
        out.line("", &first.summary);
        out.section(
            "Why",
            first.reasons.iter().map(|reason| reason.text.as_str()),
        );
        out.fixes(first);
    }
    let others: Vec<String> = causes
        .map(|other| format!("{}: {}", titled(other), other.summary))
        .collect();
    out.section("Also possible", others.iter().map(String::as_str));
    let ruled_out: Vec<String> = report
        .ruled_out
        .iter()
        .map(|ruled_out| format!("{}: {}", ruled_out.cause.title, ruled_out.because))
        .collect();
    out.section("Checked and not why", ruled_out.iter().map(String::as_str));
    out.section("Read", report.notes());
    out.text
}

fn titled(diagnosis: &Diagnosis) -> String {
    format!(
        "{} ({}, {}, gate {})",
        diagnosis.cause.title,
        diagnosis.cause.id,
        diagnosis.likelihood.id(),
        diagnosis.cause.gate.id()
    )
}

/// Lines as they are written.
struct Lines {
    text: String,
    conceal: Concealer,
    headings: Headings,
}

impl Lines {
    fn fixes(&mut self, diagnosis: &Diagnosis) {
        for (at, fix) in diagnosis.fixes().enumerate() {
            if at == 0 {
                self.text.push('\n');
                self.heading("What to do");
            }
            let number = at.saturating_add(1);
            self.line(
                "  ",
                &format!("{number}. {} [{}]", fix.title, fix.effect.id()),
            );
            if !fix.caution.is_empty() {
                self.line("     ", &fix.caution);
            }
            // A terminal wants the shell; where there is none, the first language is shown.
            let snippet = fix
                .snippets
                .iter()
                .find(|snippet| snippet.language == Language::Sh)
                .or_else(|| fix.snippets.first());
            if let Some(snippet) = snippet {
                for text in snippet.text.lines() {
                    self.line("       ", text);
                }
            }
        }
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
        let (start, end) = match self.headings {
            Headings::Plain => ("", ""),
            Headings::Bold => ("\u{1b}[1m", "\u{1b}[0m"),
        };
        self.text.push_str(start);
        self.text.push_str(&in_line(&self.conceal.text(title)));
        self.text.push_str(end);
        self.text.push('\n');
    }

    fn line(&mut self, indent: &str, text: &str) {
        self.text.push_str(indent);
        self.text.push_str(&in_line(&self.conceal.text(text)));
        self.text.push('\n');
    }
}
