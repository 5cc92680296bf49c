//! One token out of a text: how far it reaches, and what was done to it on the way here.
//!
//! Terminals wrap tokens, mailers indent them, programs encode, quote and cut them. What can
//! be undone without guessing is undone and named.

mod encodings;
mod lines;

use std::cell::OnceCell;

use super::Blemish;
use super::shape::{self, Shape, is_base64url};

/// A token taken out of a text.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// The token, repaired.
    pub(super) text: String,
    /// The offset after its last character, and after an ellipsis that belongs to it.
    pub(super) end: usize,
    pub(super) blemishes: Vec<Blemish>,
    pub(super) notes: Vec<String>,
}

/// What is known of the text around a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Around {
    /// Nothing but token characters, white space and hardly a word, so a space inside joins.
    Nothing,
    /// Other text, which a space ends the token against.
    Text,
}

impl Around {
    pub(super) fn of(text: &str) -> Self {
        if !text
            .bytes()
            .all(|byte| shape::is_token(byte) || byte.is_ascii_whitespace())
        {
            return Self::Text;
        }
        let (mut words, mut all) = (0_usize, 0_usize);
        for chunk in text.split_ascii_whitespace() {
            all = all.saturating_add(1);
            words = words.saturating_add(usize::from(shape::is_word(chunk.as_bytes())));
        }
        if words.saturating_mul(4) <= all {
            Self::Nothing
        } else {
            Self::Text
        }
    }
}

/// Takes the token that begins at `start`. Reads each character once; `around` is found out when
/// it first matters.
pub(super) fn take(text: &str, start: usize, shape: Shape, around: &OnceCell<Around>) -> Taken {
    match shape {
        Shape::Opaque => opaque(text, start),
        Shape::Pem => pem(text, start),
        Shape::Jose | Shape::OAuth => {
            let mut taker = Taker {
                text,
                around,
                at: start,
                token: String::new(),
                dots: 0,
                segment: 0,
                spaces: Vec::new(),
                standard: false,
                joined: false,
                width: None,
                taken: Taken::default(),
            };
            while taker.step() {}
            taker.finish(shape)
        }
    }
}

fn opaque(text: &str, start: usize) -> Taken {
    let rest = text.get(start..).unwrap_or_default();
    let reach = rest
        .get(..shape::run(rest.as_bytes(), shape::is_opaque))
        .unwrap_or_default();
    let token = reach.trim_end_matches('.');
    let mut taken = Taken {
        text: token.to_owned(),
        end: start.saturating_add(token.len()),
        ..Taken::default()
    };
    let tail = rest.get(token.len()..).unwrap_or_default();
    if let Some(length) = ellipsis(tail) {
        taken.end = taken.end.saturating_add(length);
        taken.cut_off();
    }
    taken
}

fn pem(text: &str, start: usize) -> Taken {
    let rest = text.get(start..).unwrap_or_default();
    let end = rest
        .find("-----END ")
        .and_then(|end| {
            let label = rest.get(end.saturating_add(9)..)?;
            Some(
                end.saturating_add(9)
                    .saturating_add(label.find("-----")?)
                    .saturating_add(5),
            )
        })
        .unwrap_or(rest.len());
    Taken {
        text: rest.get(..end).unwrap_or_default().trim_end().to_owned(),
        end: start.saturating_add(end),
        ..Taken::default()
    }
}

/// The length of the ellipsis that `text` begins with.
fn ellipsis(text: &str) -> Option<usize> {
    ["...", "…", "[...]", "[…]", "(...)", "<...>"]
        .iter()
        .find(|form| text.starts_with(**form))
        .map(|form| match *form {
            "..." => shape::run(text.as_bytes(), |byte| byte == b'.'),
            form => form.len(),
        })
}

impl Taken {
    pub(super) fn blemish(&mut self, blemish: Blemish, note: impl Into<String>) {
        if !self.blemishes.contains(&blemish) {
            self.blemishes.push(blemish);
            self.notes.push(note.into());
        }
    }

    fn cut_off(&mut self) {
        self.blemish(
            Blemish::Ellipsis,
            "The token is cut off: the ellipsis after it came from a terminal or program that shortens.",
        );
    }
}

/// The state of taking a JOSE or OAuth token.
struct Taker<'t> {
    text: &'t str,
    around: &'t OnceCell<Around>,
    at: usize,
    token: String,
    dots: usize,
    /// Characters since the last dot.
    segment: usize,
    /// Where in `token` spaces were taken out.
    spaces: Vec<usize>,
    /// `+`, `/` or `=` occurred.
    standard: bool,
    /// Lines were joined.
    joined: bool,
    /// The width at which the text is wrapped, once two lines have been joined.
    width: Option<usize>,
    taken: Taken,
}

impl Taker<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Takes one piece; `false` when the token is at its end.
    fn step(&mut self) -> bool {
        let plain = shape::run(self.rest().as_bytes(), is_base64url);
        if plain > 0 {
            self.take(plain);
        }
        let rest = self.rest();
        let Some(char) = rest.chars().next() else {
            return false;
        };
        match char {
            '.' | '…' | '[' | '(' | '<' => self.dot_or_ellipsis(),
            '~' if self.dots >= 2 => self.take(1),
            '+' | '/' | '=' => self.standard_base64(),
            '%' => self.percent(),
            '&' => self.entity(),
            '\\' => self.backslash(),
            dot if shape::FOREIGN_DOTS.contains(&dot) => {
                self.note_once("Full stops of another script were read as `.`.");
                self.replace(char.len_utf8(), '.')
            }
            ' ' | '\t' | '\n' | '\r' => self.white_space(),
            '"' | '\'' | '`' => self.concatenation(char),
            _ => false,
        }
    }

    /// Moves `length` bytes of the text to the token.
    fn take(&mut self, length: usize) -> bool {
        let end = self.at.saturating_add(length);
        let piece = self.text.get(self.at..end).unwrap_or_default();
        self.token.push_str(piece);
        self.segment = self.segment.saturating_add(piece.len());
        self.at = end;
        true
    }

    /// Moves past `length` bytes and puts `char` into the token instead.
    fn replace(&mut self, length: usize, char: char) -> bool {
        self.at = self.at.saturating_add(length);
        self.token.push(char);
        if char == '.' {
            self.dots = self.dots.saturating_add(1);
            self.segment = 0;
        } else {
            self.segment = self.segment.saturating_add(1);
        }
        self.standard |= matches!(char, '+' | '/' | '=');
        true
    }

    fn skip(&mut self, length: usize) -> bool {
        self.at = self.at.saturating_add(length);
        true
    }

    fn note_once(&mut self, note: &str) {
        if !self.taken.notes.iter().any(|known| known == note) {
            self.taken.notes.push(note.to_owned());
        }
    }

    /// Whether a token goes on `ahead` bytes from here.
    fn goes_on(&self, ahead: usize) -> bool {
        let next = self.rest().as_bytes().get(ahead).copied();
        next.is_some_and(|byte| is_base64url(byte) || byte == b'.')
    }

    fn dot_or_ellipsis(&mut self) -> bool {
        let Some(length) = ellipsis(self.rest()) else {
            return self.rest().starts_with('.') && self.replace(1, '.');
        };
        if self.goes_on(length) {
            self.taken.blemish(
                Blemish::Ellipsis,
                "An ellipsis stands inside the token: a part of it is missing.",
            );
            return self.replace(length, '…');
        }
        self.skip(length);
        self.taken.cut_off();
        false
    }

    fn finish(mut self, shape: Shape) -> Taken {
        if shape == Shape::Jose {
            self.put_plus_back();
            self.use_base64url();
        }
        let extra_dot = match shape {
            Shape::Jose => self.dots == 3 && self.segment == 0,
            _ => true,
        };
        if extra_dot && self.token.ends_with('.') {
            self.token.pop();
            self.at = self.at.saturating_sub(1);
        }
        self.taken.text = self.token;
        self.taken.end = self.at;
        self.taken
    }
}
