//! A fix in the making: its templates filled, and what is missing collected for its caution.

use std::borrow::Cow;

use super::command::{self, Bearer, Words};
use super::fill::Fill;
use super::hole::Hole;
use super::template::{self, Template};
use super::value::Value;
use super::{Effect, Fix, Language, Snippet};
use crate::known::roles;
use crate::text::cut;

/// Builds one [`Fix`]. All texts are templates. Boxed, because fixes are written as chains.
pub(crate) struct Draft<'f> {
    fill: Cow<'f, Fill>,
    /// The holes of the form that is shown first.
    first: u128,
    /// The holes of all forms.
    used: u128,
    fix: Fix,
}

impl<'f> Draft<'f> {
    /// A fix that only looks.
    pub(crate) fn reads(fill: &'f Fill, title: &'static str) -> Box<Self> {
        Self::new(fill, Effect::Reads, title)
    }

    /// A fix that changes a resource, a policy or code.
    pub(crate) fn changes(fill: &'f Fill, title: &'static str) -> Box<Self> {
        Self::new(fill, Effect::Changes, title)
    }

    /// A fix that prints a secret.
    pub(crate) fn mints(fill: &'f Fill, title: &'static str) -> Box<Self> {
        Self::new(fill, Effect::Mints, title)
    }

    #[inline(never)]
    fn new(fill: &'f Fill, effect: Effect, title: &'static str) -> Box<Self> {
        let fill = match effect {
            Effect::Changes => fill.for_changes(),
            Effect::Reads | Effect::Mints => Cow::Borrowed(fill),
        };
        let mut used = 0;
        let title = template::fill(title, &fill, &mut used).into_owned();
        let fix = Fix {
            title,
            effect,
            caution: String::new(),
            snippets: Vec::new(),
        };
        // A placeholder in the title alone needs no explanation.
        Box::new(Self {
            fill,
            first: 0,
            used: 0,
            fix,
        })
    }

    /// What to know before running it.
    pub(crate) fn caution(mut self: Box<Self>, text: &'static str) -> Box<Self> {
        let mut used = 0;
        let text = template::fill(text, &self.fill, &mut used);
        say(&mut self.fix.caution, &text);
        self
    }

    /// What to know before running it, when this holds.
    pub(crate) fn caution_if(self: Box<Self>, holds: bool, text: &'static str) -> Box<Self> {
        if holds { self.caution(text) } else { self }
    }

    /// A shell command.
    pub(crate) fn sh(mut self: Box<Self>, words: Words) -> Box<Self> {
        let text = command::render(words, &self.fill, &mut self.used);
        self.push(Language::Sh, text)
    }

    /// `curl` with a bearer token. The URL is the one that may receive it.
    pub(crate) fn curl(
        mut self: Box<Self>,
        header: &'static str,
        bearer: Bearer,
        words: Words,
    ) -> Box<Self> {
        let text = command::render_bearer(header, bearer, words, &self.fill, &mut self.used);
        self.push(Language::Sh, text)
    }

    /// Steps in words: in a console, or in the program. A template as well.
    pub(crate) fn words(mut self: Box<Self>, text: &'static str) -> Box<Self> {
        let text = template::fill(text, &self.fill, &mut self.used).into_owned();
        self.push(Language::Console, text)
    }

    /// Code, Terraform or a file.
    pub(crate) fn code(mut self: Box<Self>, language: Language, code: &Template) -> Box<Self> {
        let text = code.fill(&self.fill, &mut self.used);
        self.push(language, text)
    }

    /// Code in several languages.
    pub(crate) fn codes(self: Box<Self>, snippets: &[(Language, Template)]) -> Box<Self> {
        snippets
            .iter()
            .fold(self, |draft, (language, code)| draft.code(*language, code))
    }

    /// The fix, its caution completed by what is missing and what was left out.
    pub(crate) fn done(mut self) -> Fix {
        let first = self.gaps(self.first);
        let others = self.gaps(self.used) & !first;
        // Warnings first: a short report keeps the beginning.
        let usual = std::mem::take(&mut self.fix.caution);
        let caution = &mut self.fix.caution;
        if self.fix.effect == Effect::Changes {
            if let Some(role) = granted(&self.fix.snippets)
                && let Some(why) = roles::warning(role)
            {
                say(caution, &format!("`roles/{role}` {why}."));
            }
            if self.used & Hole::Member.bit() != 0
                && let Some(doubt) = self.fill.doubts()
            {
                say(caution, &doubt);
            }
        }
        for hole in Hole::ALL {
            if let Value::Refused(why) = self.fill.get(*hole)
                && (first | others) & hole.bit() != 0
            {
                say(caution, why);
            }
        }
        if let Some(linked) = self.fill.linked(self.used) {
            say(caution, &linked);
        }
        say(caution, &usual);
        if self.fill.project_guessed && self.used & Hole::ProjectId.bit() != 0 {
            say(caution, "The project is taken from the account’s e-mail.");
        }
        if let Some(host) = self.fill.receiver(self.used) {
            say(caution, &host);
        }
        explain("Fill in ", first, caution);
        explain("In the other forms also fill in ", others, caution);
        self.fix
    }

    /// Which CAPITALS stand in a text with these holes.
    fn gaps(&self, used: u128) -> u128 {
        let mut gaps = 0;
        for hole in Hole::ALL {
            if used & hole.bit() != 0 {
                gaps |= match self.fill.get(*hole) {
                    Value::Known(_) => 0,
                    Value::Standin(_, inner) => inner.bit(),
                    Value::Unknown | Value::Refused(_) => hole.bit(),
                };
            }
        }
        gaps
    }

    fn push(mut self: Box<Self>, language: Language, text: String) -> Box<Self> {
        if self.fix.snippets.is_empty() {
            self.first = self.used;
        }
        self.fix.snippets.push(Snippet { language, text });
        self
    }
}

/// The role that a command grants.
fn granted(snippets: &[Snippet]) -> Option<&str> {
    let text = &snippets.first()?.text;
    let (_, rest) = cut(text, "--role=roles/")?;
    rest.split_ascii_whitespace().next()
}

/// Says where to find what the CAPITALS stand for, those with one source together.
fn explain(opening: &str, mut gaps: u128, caution: &mut String) {
    for hole in Hole::ALL {
        if gaps & hole.bit() == 0 {
            continue;
        }
        let finder = hole.finder();
        let mut sentence = String::from(opening);
        let mut count = 0;
        for same in Hole::ALL {
            if gaps & same.bit() != 0 && same.finder() == finder {
                gaps &= !same.bit();
                sentence.push_str(if count == 0 { "" } else { " and " });
                sentence.push_str(same.name());
                count += 1;
            }
        }
        sentence.push_str(": see ");
        sentence.push_str(finder);
        sentence.push('.');
        say(caution, &sentence);
    }
}

fn say(caution: &mut String, sentence: &str) {
    if !caution.is_empty() && !sentence.is_empty() {
        caution.push(' ');
    }
    let mut rest = sentence.chars();
    // Reasons name their field in running text; in a caution they open a sentence.
    if let Some(first) = rest.next() {
        caution.push(first.to_ascii_uppercase());
        caution.push_str(rest.as_str());
    }
}
