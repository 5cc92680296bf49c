//! The report as Markdown for a ticket. What was pasted can only become plain text or code in
//! it: outside of code every character that Markdown knows is escaped, and a fence is longer
//! than any run of backticks in what it holds.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Diagnosis, Report};
use crate::causes::{Gate, Likelihood, manual};
use crate::conceal::Concealer;
use crate::conceal::people::People;
use crate::json::Json;
use crate::view::{pretty, times};
use crate::visible::{Keep, visible};

/// Whether the people in the report can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums)]
pub enum Identities {
    /// As they are.
    Shown,
    /// Replaced by a word: e-mail addresses, names, subjects, pictures, telephone numbers.
    Masked,
}

/// JSON longer than this, in characters, is cut: a ticket is no place for a megabyte.
const LONGEST: usize = 20_000;

/// The report as Markdown: no signature, no opaque token beyond its prefix.
#[must_use]
pub fn to_markdown(report: &Report<'_>, identities: Identities) -> String {
    let writer = Writer::of(report, identities);
    let mut out = String::new();
    let mut causes = report.causes.iter();
    if let Some(first) = causes.next() {
        writer.headline(&mut out, first);
    }
    let others: Vec<String> = causes
        .map(|found| {
            let (title, sure, gate) = (
                found.cause.title,
                found.likelihood.id(),
                found.cause.gate.id(),
            );
            format!("{title} ({sure}, gate {gate}): {}", found.summary)
        })
        .collect();
    writer.list(&mut out, "If it is not that", &others);
    let fine: Vec<String> = report
        .ruled_out
        .iter()
        .map(|out| format!("{} So not `{}`.", out.because, out.cause.id))
        .collect();
    writer.list(&mut out, "Checked, and fine", &fine);
    writer.token(&mut out, report);
    let _ = writeln!(
        out,
        "\nJudged at {}, by why401. The token was decoded, its signature not checked.",
        times::utc(report.evidence.now)
    );
    out
}

/// Writes texts of the report, masked where asked.
/// The report in eight lines at most: verdict, evidence, fix, link.
#[must_use]
pub fn to_brief(report: &Report<'_>, identities: Identities) -> String {
    let writer = Writer::of(report, identities);
    let mut out = String::new();
    let Some(first) = report.causes.first() else {
        return out;
    };
    let standing = match first.cause.gate {
        Gate::Open => "why401".to_owned(),
        gate => format!("{}, gate {}", first.likelihood.id(), gate.id()),
    };
    let summary = writer.prose(&first.summary);
    let _ = writeln!(out, "**{standing}** (`{}`). {summary}", first.cause.id);
    for reason in first.reasons.iter().take(2) {
        let _ = writeln!(out, "- {}", writer.prose(&reason.text));
    }
    if let Some(fix) = first.remedy.fix.first().or_else(|| first.fixes().next()) {
        let _ = writeln!(out, "- To do: {}", writer.prose(&fix.title));
        let command = fix.snippets.first().map(|snippet| {
            let one_line = snippet.text.replace(" \\\n  ", " ");
            (snippet.language.id(), one_line)
        });
        // Code of many lines stands in the long form.
        if let Some((language, line)) = command.filter(|(_, line)| !line.contains('\n')) {
            writer.fence(&mut out, language, &line);
        }
    }
    let _ = writeln!(out, "{}", manual(first.cause.id));
    out
}

struct Writer {
    conceal: Concealer,
    people: Option<People>,
}

impl Writer {
    fn of(report: &Report<'_>, identities: Identities) -> Self {
        Self {
            conceal: report.concealer(),
            people: (identities == Identities::Masked)
                .then(|| People::of(report.evidence.all.iter().map(AsRef::as_ref))),
        }
    }

    fn headline(&self, out: &mut String, first: &Diagnosis) {
        let _ = writeln!(out, "## {}\n", self.prose(first.cause.title));
        let standing = match (first.cause.gate, first.likelihood) {
            (Gate::Open, _) => "Nothing wrong found".to_owned(),
            (gate, Likelihood::Certain) => format!("Certain, stopped at the gate {}", gate.id()),
            (gate, likelihood) => {
                format!("{}, it seems at the gate {}", likelihood.id(), gate.id())
            }
        };
        let _ = writeln!(
            out,
            "**{standing}** (`{}`). {}",
            first.cause.id,
            self.prose(&first.summary)
        );
        if !first.reasons.is_empty() {
            out.push('\n');
        }
        for reason in &first.reasons {
            let _ = writeln!(out, "- {}", self.prose(&reason.text));
        }
        if first.fixes().next().is_some() {
            out.push_str("\n### What to do\n");
        }
        for fix in first.fixes() {
            let _ = writeln!(
                out,
                "\n**{}** ({})\n",
                self.prose(&fix.title),
                fix.effect.id()
            );
            if let Some(snippet) = fix.snippets.first() {
                self.fence(out, snippet.language.id(), &snippet.text);
            }
            if !fix.caution.is_empty() {
                let _ = writeln!(out, "\n{}", self.prose(&fix.caution));
            }
        }
    }

    fn list(&self, out: &mut String, heading: &str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        let _ = writeln!(out, "\n### {heading}\n");
        for item in items {
            let _ = writeln!(out, "- {}", self.prose(item));
        }
    }

    fn token(&self, out: &mut String, report: &Report<'_>) {
        let credential = &report.evidence.credential;
        if credential.label.is_empty() {
            return;
        }
        let _ = writeln!(
            out,
            "\n### What was sent\n\n{}",
            self.prose(&credential.label)
        );
        let parts = credential
            .jwt
            .iter()
            .flat_map(|jwt| [&jwt.header, &jwt.claims]);
        for json in parts.filter(|json| !json.source.is_empty()) {
            out.push('\n');
            let (source, is_cut) = self.json(json);
            self.fence(out, "json", &source);
            if is_cut {
                let _ = writeln!(out, "\nThe rest is left out.");
            }
        }
    }

    /// The source as sent, cut to what a ticket bears; whether it was cut.
    fn json(&self, json: &Json) -> (String, bool) {
        let whole = pretty(&self.conceal.json(&json.source));
        let cut: String = whole.chars().take(LONGEST).collect();
        let is_cut = cut.len() < whole.len();
        (
            match &self.people {
                Some(people) => people.json(&cut),
                None => cut,
            },
            is_cut,
        )
    }

    /// A block of code.
    fn fence(&self, out: &mut String, language: &str, code: &str) {
        let code = self.mask(code);
        let code = visible(&code, Keep::Lines);
        let fence = "`".repeat(longest_run(&code).saturating_add(1).max(3));
        let _ = writeln!(out, "{fence}{language}\n{code}\n{fence}");
    }

    /// A sentence; what stands between two backticks is code.
    fn prose(&self, sentence: &str) -> String {
        let sentence = self.mask(sentence);
        let sentence = visible(&sentence, Keep::Nothing);
        let parts: Vec<&str> = sentence.split('`').collect();
        let last = parts.len().saturating_sub(1);
        let mut out = String::new();
        for (place, part) in parts.iter().enumerate() {
            match place % 2 {
                0 => escape(part, &mut out),
                _ if place == last => {
                    out.push_str("\\`");
                    escape(part, &mut out);
                }
                _ if part.trim().is_empty() => out.push_str("\\`\\`"),
                _ => {
                    let _ = write!(out, "`{part}`");
                }
            }
        }
        out
    }

    /// The text as it may leave the program.
    fn mask<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let text = self.conceal.text(text);
        match &self.people {
            Some(people) => Cow::Owned(people.text(&text).into_owned()),
            None => text,
        }
    }
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or(0)
}

/// Escapes what Markdown and its common extensions know. A full stop that ends a sentence, a
/// hyphen within a word and a colon within a time mean nothing to it and stay readable.
fn escape(text: &str, out: &mut String) {
    let mut before = ' ';
    let mut numbering = true; // only digits so far: `1.` and `1)` begin a list
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        let in_number = before.is_ascii_digit() && next.is_ascii_digit();
        let means = match character {
            '.' | ':' => numbering || !(next.is_whitespace() || in_number),
            ')' => numbering,
            '-' | '+' => !before.is_alphanumeric(),
            '(' | ',' | ';' | '?' | '%' | '\'' | '"' | '/' => false,
            other => other.is_ascii_punctuation(),
        };
        if means {
            out.push('\\');
        }
        out.push(character);
        numbering &= character.is_ascii_digit();
        before = character;
    }
}

#[cfg(test)]
mod tests {
    use super::{Concealer, Writer, escape, longest_run};

    fn open() -> Writer {
        Writer {
            conceal: Concealer::default(),
            people: None,
        }
    }

    #[test]
    fn prose_is_inert() {
        let prose = open().prose(
            "see `a\nb` <img src=x> [x](javascript:1) www.x.com @me #1 a@b.c https://x.y *z* `",
        );
        assert_eq!(
            prose,
            "see `a‹U+000A›b` \\<img src\\=x\\> \\[x\\](javascript\\:1) www\\.x\\.com \\@me \\#1 a\\@b\\.c https\\://x\\.y \\*z\\* \\`"
        );
    }

    #[test]
    fn a_sentence_of_ours_stays_readable() {
        let mut out = String::new();
        escape(
            "The token ended 5 min ago. That is not-so-good, is it?",
            &mut out,
        );
        assert_eq!(
            out,
            "The token ended 5 min ago. That is not-so-good, is it?"
        );
        out.clear();
        escape("1. x", &mut out);
        assert_eq!(out, "1\\. x");
        out.clear();
        escape("- x", &mut out);
        assert_eq!(out, "\\- x");
        out.clear();
        escape("at 2026-11-18 11:36:40 a 401.", &mut out);
        assert_eq!(out, "at 2026-11-18 11:36:40 a 401.");
    }

    #[test]
    fn a_fence_outlasts_what_it_holds() {
        let mut out = String::new();
        open().fence(&mut out, "sh", "a ``` b ````` c");
        assert_eq!(out, "``````sh\na ``` b ````` c\n``````\n");
        assert_eq!(longest_run(""), 0);
    }
}
