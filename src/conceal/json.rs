//! JSON as it may be shown and copied: secrets cut, hidden characters escaped, everything else
//! as sent.

use std::borrow::Cow;
use std::ops::Range;

use super::Concealer;
use crate::json::{Member, odd_escape};
use crate::known::secrets::{ALWAYS, HARMLESS, KEY_PARTS, MEMBERS};
use crate::text::holds;
use crate::visible::{hides_something, is_hidden};

impl Concealer {
    /// The source text of a JSON value without its secrets, hidden characters written as
    /// `\uXXXX`. The text may be broken.
    #[must_use]
    pub fn json<'t>(&self, raw: &'t str) -> Cow<'t, str> {
        self.json_beside(raw, &[])
    }

    /// Like [`json`](Self::json), for a text in whose members of these names credentials were
    /// found: a value there that looks like none is a damaged one.
    #[must_use]
    pub(crate) fn json_beside<'t>(&self, raw: &'t str, found: &[&str]) -> Cow<'t, str> {
        /// Between its literals JSON holds numbers and braces; what is broken may hold anything.
        const LONGEST_GAP: usize = 8;
        let is_key = holds(raw, "kty\"");
        let is_jws = holds(raw, "payload\"");
        let mut out = String::new();
        let mut done = 0;
        let mut past = 0;
        let mut follows = Follows::Value;
        for literal in literals(raw) {
            let Some(text) = raw.get(literal.clone()) else {
                continue;
            };
            let gap = raw.get(past..literal.start).unwrap_or_default();
            if gap.len() > LONGEST_GAP && !is_plain(gap) {
                let safe = self.text(gap);
                if safe != gap {
                    out.push_str(raw.get(done..past).unwrap_or_default());
                    out.push_str(&safe);
                    done = literal.start;
                }
            }
            past = literal.end;
            let after = raw.get(literal.end..).unwrap_or_default();
            let safe = if after.trim_start().starts_with(':') {
                let name = unescaped(text);
                follows = Follows::of(&name, is_key, is_jws);
                if found.contains(&&*name) {
                    follows = Follows::Credential;
                }
                self.literal(text)
            } else {
                // A list of names is as harmless as one.
                let what = if gap.contains(']') || gap.contains('}') {
                    Follows::Value
                } else {
                    follows
                };
                if !matches!(what, Follows::Harmless) {
                    follows = Follows::Value;
                }
                match what {
                    Follows::Secret => Cow::Borrowed("\"…\""),
                    Follows::Credential if !self.cuts_all_of(text) => Cow::Borrowed("\"…\""),
                    Follows::Harmless => harmless(text),
                    Follows::Value | Follows::Credential => self.literal(text),
                }
            };
            if safe != text {
                out.push_str(raw.get(done..literal.start).unwrap_or_default());
                out.push_str(&safe);
                done = literal.end;
            }
        }
        let gap = raw.get(past..).unwrap_or_default();
        if gap.len() > LONGEST_GAP && !is_plain(gap) {
            let safe = self.text(gap);
            if safe != gap {
                out.push_str(raw.get(done..past).unwrap_or_default());
                out.push_str(&safe);
                done = raw.len();
            }
        }
        if done == 0 {
            return Cow::Borrowed(raw);
        }
        out.push_str(raw.get(done..).unwrap_or_default());
        Cow::Owned(out)
    }

    /// A string literal as it may be shown.
    fn literal<'t>(&self, literal: &'t str) -> Cow<'t, str> {
        let text = unescaped(literal);
        let safe = self.text(&text);
        // A lone surrogate is grammatical JSON that many parsers refuse.
        if safe != text || odd_escape(literal).is_some() {
            let mut quoted = String::with_capacity(safe.len().saturating_add(2));
            push_quoted(&mut quoted, &safe);
            return Cow::Owned(quoted);
        }
        if !hides_something(literal) {
            return Cow::Borrowed(literal);
        }
        let mut escaped = String::with_capacity(literal.len().saturating_add(16));
        for char in literal.chars() {
            push_visible(&mut escaped, char);
        }
        Cow::Owned(escaped)
    }

    /// Whether a literal is one credential, of which nothing but its prefix is shown.
    fn cuts_all_of(&self, literal: &str) -> bool {
        let text = unescaped(literal);
        text.bytes().all(crate::text::is_credential)
            && self
                .text(&text)
                .strip_suffix('…')
                .is_some_and(|shown| !shown.contains('…'))
    }
}

/// The value of a member that tells who and what: only a key of known form is cut in it.
fn harmless(literal: &str) -> Cow<'_, str> {
    const LONGEST: usize = 256;
    let text = unescaped(literal).into_owned();
    let known = if text.len() <= LONGEST {
        vec![text]
    } else {
        Vec::new()
    };
    Concealer::knowing(known).literal(literal)
}

/// Whether what stands between literals is numbers, brackets and words of JSON.
fn is_plain(gap: &str) -> bool {
    gap.split(|char: char| char.is_whitespace() || "{}[],:".contains(char))
        .all(|word| {
            matches!(word, "" | "true" | "false" | "null")
                || word
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
        })
}

/// What stands behind a member's name.
#[derive(Clone, Copy)]
enum Follows {
    Value,
    /// A secret, whatever it looks like.
    Secret,
    /// A credential was found there.
    Credential,
    /// A name that may look random.
    Harmless,
}

impl Follows {
    fn of(name: &str, is_key: bool, is_jws: bool) -> Self {
        let letters: String = name
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|char| char.to_ascii_lowercase())
            .collect();
        if MEMBERS.contains(&name)
            || ALWAYS.iter().any(|end| letters.ends_with(end))
            || (is_key && KEY_PARTS.contains(&name))
            || (is_jws && name == "signature")
        {
            Self::Secret
        } else if HARMLESS.contains(&name) {
            Self::Harmless
        } else {
            Self::Value
        }
    }
}

/// The value of a member of this name as it may be shown.
#[must_use]
pub(crate) fn member<'t>(name: &str, raw: &'t str) -> Cow<'t, str> {
    match Follows::of(name, false, false) {
        Follows::Secret if raw.starts_with('"') => Cow::Borrowed("\"…\""),
        Follows::Harmless => Concealer::knowing(literal_texts(raw)).json(raw),
        _ => super::json(raw),
    }
}

/// The texts of the string literals in a JSON value.
pub(crate) fn literal_texts(raw: &str) -> Vec<String> {
    const MOST: usize = 64;
    literals(raw)
        .take(MOST)
        .filter_map(|literal| raw.get(literal))
        .map(|literal| unescaped(literal).into_owned())
        .collect()
}

/// The text of a string literal; any other value as it is written. Borrowed when it has no escape.
pub(crate) fn unescaped(literal: &str) -> Cow<'_, str> {
    let inner = literal
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(literal);
    if !literal.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let member = Member {
        name: String::new(),
        raw: literal.to_owned(),
        duplicate: false,
    };
    Cow::Owned(member.string().unwrap_or_else(|| inner.to_owned()))
}

/// Adds the text as a JSON string literal without hidden characters.
pub(crate) fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    for char in text.chars() {
        if matches!(char, '"' | '\\') {
            out.push('\\');
        }
        push_visible(out, char);
    }
    out.push('"');
}

fn push_visible(out: &mut String, char: char) {
    if is_hidden(char) {
        for unit in char.encode_utf16(&mut [0; 2]) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    } else {
        out.push(char);
    }
}

/// The string literals of a JSON text, as byte ranges with their quotes.
pub(super) fn literals(raw: &str) -> impl Iterator<Item = Range<usize>> {
    let mut bytes = raw.bytes().enumerate();
    std::iter::from_fn(move || {
        let (start, _) = bytes.find(|(_, byte)| *byte == b'"')?;
        while let Some((at, byte)) = bytes.next() {
            match byte {
                b'\\' => {
                    bytes.next();
                }
                b'"' => return Some(start..at.saturating_add(1)),
                _ => {}
            }
        }
        None
    })
}
