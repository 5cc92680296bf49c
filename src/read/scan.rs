//! Every credential in a text, in the order of the text.

use std::cell::OnceCell;

use super::ahead::Blanks;
use super::context::{self, Context, Tie};
use super::shape::{self, Shape, is_base64url};
use super::token::{self, Around, Taken};
use super::{Blemish, MAX_TOKENS, Pasted, Place, names, value};

/// A credential and where it stands in the text.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) pasted: Pasted,
    /// Where the secret begins.
    pub(super) at: usize,
    /// The offset after the secret.
    pub(super) end: usize,
    /// Where its name, scheme or quotes begin.
    pub(super) from: usize,
}

impl Found {
    /// `"id_token": null` beside others: no credential of its own.
    pub(super) fn is_absent_member(&self) -> bool {
        matches!(self.pasted.place, Place::Json(_)) && value::is_nothing(&self.pasted.text)
    }
}

/// What a text holds.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) found: Vec<Found>,
    /// More credentials than [`MAX_TOKENS`] stand in the text.
    pub(super) more: bool,
}

/// Finds the credentials of `text`. Each character is read a bounded number of times.
pub(super) fn scan(text: &str) -> Scan {
    let mut scanner = Scanner {
        text,
        around: OnceCell::new(),
        blanks: Blanks::of(text),
        cookies_until: 0,
        scan: Scan::default(),
    };
    let mut at = 0;
    while at < text.len() && !scanner.scan.more {
        at = scanner.step(at);
    }
    scanner.scan
}

/// A key may begin within what looks like a word.
const PEM: &str = "-----BEGIN";

struct Scanner<'t> {
    text: &'t str,
    around: OnceCell<Around>,
    blanks: Blanks<'t>,
    /// The end of the cookie line being read.
    cookies_until: usize,
    scan: Scan,
}

impl<'t> Scanner<'t> {
    fn rest(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or_default()
    }

    /// Reads one word, or moves past one character that begins none; the next offset.
    fn step(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let Some(byte) = bytes.get(at).copied() else {
            return self.text.len();
        };
        match byte {
            // The letter after a backslash and the digits after a percent sign are no word.
            b'\\' if self.rest(at).starts_with("\\u") => return at.saturating_add(6),
            b'\\' if !self.rest(at).starts_with("\\-") => return at.saturating_add(2),
            b'%' if is_percent_code(bytes, at) => return at.saturating_add(3),
            byte if !is_base64url(byte) => return at.saturating_add(1),
            _ => {}
        }
        let is_start = !at
            .checked_sub(1)
            .and_then(|before| bytes.get(before))
            .is_some_and(|before| matches!(before, b'.' | b'/' | b'+' | b'~'));
        let is_start = is_start || self.rest(at).starts_with(PEM);
        if is_start && let Some(shape) = Shape::of(self.rest(at)) {
            return self.token(at, shape).max(at.saturating_add(1));
        }
        let length = shape::run(bytes.get(at..).unwrap_or_default(), is_base64url);
        let mut end = at.saturating_add(length);
        if length > PEM.len()
            && self
                .text
                .get(at..end)
                .is_some_and(|word| word.ends_with(PEM))
        {
            end = end.saturating_sub(PEM.len());
        }
        let Some(word) = self.text.get(at..end) else {
            return end;
        };
        if word.len() == 6 && word.eq_ignore_ascii_case("cookie")
            || word.eq_ignore_ascii_case("set-cookie")
        {
            self.cookie_line(end);
        }
        match value::after(self.text, at, word, &self.blanks) {
            value::After::Nothing => end,
            value::After::Token(token_at) => token_at.max(end),
            value::After::Value(found) => {
                let past = found.end.max(end);
                self.push(*found);
                past
            }
        }
    }

    fn cookie_line(&mut self, at: usize) {
        if self
            .rest(at)
            .trim_start_matches(['"', '\''])
            .starts_with(':')
            && at >= self.cookies_until
        {
            let length = self
                .rest(at)
                .find(['\n', '\r'])
                .unwrap_or(self.rest(at).len());
            self.cookies_until = at.saturating_add(length);
        }
    }

    fn token(&mut self, at: usize, shape: Shape) -> usize {
        let taken = token::take(self.text, at, shape, &self.around);
        let end = taken.end;
        let context = context::before(self.text, at);
        let in_cookie = at < self.cookies_until;
        self.push(describe(self.text, at, taken, &context, in_cookie));
        end
    }

    fn push(&mut self, found: Found) {
        if self.scan.found.len() >= MAX_TOKENS {
            self.scan.more = true;
        } else {
            self.scan.found.push(found);
        }
    }
}

fn is_percent_code(bytes: &[u8], at: usize) -> bool {
    bytes
        .get(at.saturating_add(1)..at.saturating_add(3))
        .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// A token with what its surroundings say of it.
pub(super) fn describe(
    text: &str,
    at: usize,
    mut taken: Taken,
    context: &Context<'_>,
    in_cookie: bool,
) -> Found {
    let place = place(text, context, in_cookie);
    if matches!(place, Place::UrlParameter(_) | Place::Cookie(_)) {
        // Percent-encoding is how a value is written there.
        taken
            .blemishes
            .retain(|blemish| *blemish != Blemish::PercentEncoding);
    } else if text.get(context.from..at).unwrap_or_default().contains('%') {
        taken.blemish(
            Blemish::PercentEncoding,
            "The text was percent-encoded (`%20` for a space and the like); it was decoded.",
        );
    }
    if context.bytes_literal {
        taken.blemish(
            Blemish::BytesLiteral,
            "`b'` and `'` around the token were removed: it was printed as Python bytes, not as text.",
        );
    } else if context.inner_quotes.ascii || (context.outer_quotes.ascii && place == Place::Text) {
        taken.blemish(Blemish::Quotes, "Quotes around the token were removed.");
    }
    let smart_after = starts_with_smart_quote(text.get(taken.end..).unwrap_or_default());
    if context.inner_quotes.smart || context.outer_quotes.smart || smart_after {
        taken.blemish(
            Blemish::SmartQuotes,
            "Typographic quotes (“ ”) beside the token were removed; no program takes them for quotes.",
        );
    }
    if context.inner_quotes.angle || context.outer_quotes.angle {
        let note = "Angle brackets around the token were removed.";
        if matches!(place, Place::Header(_)) {
            taken.blemish(Blemish::TrailingCharacters, note);
        } else {
            taken.notes.push(note.into());
        }
    }
    scheme_notes(&mut taken, &place, context);
    Found {
        at,
        end: taken.end,
        from: context.from,
        pasted: Pasted {
            text: taken.text,
            place,
            scheme: context.scheme.map(str::to_owned),
            scheme_count: context.scheme_count,
            filled_in_later: false,
            blemishes: taken.blemishes,
            notes: taken.notes,
        },
    }
}

/// What a missing, stripped or doubled scheme is worth saying.
pub(super) fn scheme_notes(taken: &mut Taken, place: &Place, context: &Context<'_>) {
    match (context.scheme, context.scheme_count) {
        (Some(scheme), 0 | 1) => taken.notes.push(format!("`{scheme} ` was stripped.")),
        (Some(scheme), count) => taken.blemish(
            Blemish::DoubleScheme,
            format!("`{scheme} ` stands {} before the token.", times(count)),
        ),
        (None, _) => {
            if let Place::Header(name) = place
                && names::wants_scheme(name)
                && !taken.text.is_empty()
            {
                taken.blemish(
                    Blemish::NoScheme,
                    format!("`{name}` has no scheme: `Bearer ` is missing before the token."),
                );
            }
        }
    }
}

fn times(count: usize) -> String {
    if count == 2 {
        "twice".into()
    } else {
        format!("{count} times")
    }
}

/// The longest part of a name between dashes.
const LONGEST_WORD: usize = 24;

fn place(text: &str, context: &Context<'_>, in_cookie: bool) -> Place {
    let Some((name, tie)) = context.name else {
        return Place::Text;
    };
    let owned = name.to_owned();
    if names::is_credential_header(name) {
        return Place::Header(owned);
    }
    // What is as long as this may be the end of a token, which must not be shown as a name.
    if Shape::of(name).is_some() || name.split(['-', '_']).any(|part| part.len() > LONGEST_WORD) {
        return Place::Text;
    }
    match tie {
        Tie::Parameter => Place::UrlParameter(owned),
        Tie::Equals if in_cookie => Place::Cookie(owned),
        Tie::Equals => Place::Env(owned),
        _ if context.scheme.is_some() && !in_a_sentence(text, context.from) => Place::Header(owned),
        Tie::Quoted => Place::Json(owned),
        Tie::LineBefore => Place::Env(owned),
        Tie::Colon if names::holds_credential(name) || begins_line(text, context.from) => {
            Place::Env(owned)
        }
        Tie::Colon => Place::Text,
    }
}

/// Whether a word stands right before `at`: a name with words before it is no header's.
fn in_a_sentence(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let word = before.trim_end_matches(' ');
    word.len() < before.len() && word.ends_with(|char: char| char.is_alphanumeric())
        // `-H`, `--header`.
        && !word
            .rsplit(char::is_whitespace)
            .next()
            .is_some_and(|word| word.starts_with('-'))
}

/// Whether only white space and list marks stand before `at` on its line.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    text.get(..at)
        .unwrap_or_default()
        .bytes()
        .rev()
        .take(64)
        .find(|byte| !matches!(byte, b' ' | b'\t' | b'-' | b'>' | b'|' | b'"' | b'\''))
        .is_none_or(|byte| matches!(byte, b'\n' | b'\r'))
}

fn starts_with_smart_quote(text: &str) -> bool {
    text.starts_with([
        '“', '”', '„', '‘', '’', '‚', '«', '»', '‹', '›', '″', '′', '＂', '＇',
    ])
}
