//! The report as plain text, for a terminal. No control character of the paste gets through.

use super::{Diagnosis, Report};
use crate::fix::Language;
use crate::visible::in_line;

/// The report as text, without colour, ending in a newline.
#[must_use]
pub fn to_text(report: &Report<'_>) -> String {
    let mut out = String::new();
    let mut causes = report.causes.iter();
    if let Some(first) = causes.next() {
        line(
            &mut out,
            "",
            &format!("{} ({})", first.cause.title, words(first)),
        );
        line(&mut out, "", &first.summary);
        section(
            &mut out,
            "Why",
            first.reasons.iter().map(|reason| reason.text.as_str()),
        );
        fixes(&mut out, first);
    }
    for (at, other) in causes.enumerate() {
        if at == 0 {
            out.push_str("\nAlso possible\n");
        }
        line(
            &mut out,
            "  - ",
            &format!(
                "{} ({}): {}",
                other.cause.title,
                words(other),
                other.summary
            ),
        );
    }
    let ruled_out: Vec<String> = report
        .ruled_out
        .iter()
        .map(|ruled_out| format!("{}: {}", ruled_out.cause.title, ruled_out.because))
        .collect();
    section(
        &mut out,
        "Checked and not why",
        ruled_out.iter().map(String::as_str),
    );
    section(&mut out, "Read", report.notes());
    out
}

fn words(diagnosis: &Diagnosis) -> String {
    format!(
        "{}, {}, gate {}",
        diagnosis.cause.id,
        diagnosis.likelihood.id(),
        diagnosis.cause.gate.id()
    )
}

fn fixes(out: &mut String, diagnosis: &Diagnosis) {
    for (at, fix) in diagnosis.fixes.iter().enumerate() {
        if at == 0 {
            out.push_str("\nWhat to do\n");
        }
        let number = at.saturating_add(1);
        line(
            out,
            "  ",
            &format!("{number}. {} [{}]", fix.title, fix.effect.id()),
        );
        if !fix.caution.is_empty() {
            line(out, "     ", &fix.caution);
        }
        // A terminal wants the shell; where there is none, the first language is shown.
        let snippet = fix
            .snippets
            .iter()
            .find(|snippet| snippet.language == Language::Sh)
            .or_else(|| fix.snippets.first());
        if let Some(snippet) = snippet {
            for text in snippet.text.lines() {
                line(out, "       ", text);
            }
        }
    }
}

fn section<'t>(out: &mut String, title: &str, lines: impl Iterator<Item = &'t str>) {
    for (at, text) in lines.enumerate() {
        if at == 0 {
            out.push('\n');
            out.push_str(title);
            out.push('\n');
        }
        line(out, "  - ", text);
    }
}

fn line(out: &mut String, indent: &str, text: &str) {
    out.push_str(indent);
    out.push_str(&in_line(text));
    out.push('\n');
}
