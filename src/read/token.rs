//! One token out of a text: how far it reaches, and what was done to it on the way here.
//!
//! Terminals wrap tokens, mailers indent them, programs encode, quote and cut them. What can
//! be undone without guessing is undone and named.

use super::Blemish;
use super::shape::{self, Shape, is_base64url, is_token};

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

/// Takes the token that begins at `start`. Reads each character once.
pub(super) fn take(text: &str, start: usize, shape: Shape, around: Around) -> Taken {
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
    around: Around,
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
            '\u{3002}' | '\u{FF0E}' | '\u{FF61}' => {
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

    /// `+`, `/` and `=` belong to a token when it goes on or ends right after them.
    fn standard_base64(&mut self) -> bool {
        let rest = self.rest().as_bytes();
        let first = rest.first().copied();
        let is_padding = first == Some(b'=');
        let length = shape::run(rest, |byte| match byte {
            b'=' => is_padding,
            b'+' | b'/' => !is_padding,
            _ => false,
        });
        let next = rest.get(length).copied();
        let belongs = match first {
            Some(b'=') => next.is_none_or(|byte| !is_base64url(byte)),
            _ => next.is_some_and(|byte| is_base64url(byte) || matches!(byte, b'=' | b'.')),
        };
        if belongs {
            self.standard = true;
            self.take(length);
        }
        belongs
    }

    fn percent(&mut self) -> bool {
        let decoded = self
            .rest()
            .get(1..3)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let belongs = match decoded {
            Some(byte)
                if is_base64url(byte) || matches!(byte, b'.' | b'=' | b'+' | b'/' | b'~') =>
            {
                self.replace(3, char::from(byte))
            }
            Some(b' ' | b'\t' | b'\n' | b'\r') if self.goes_on(3) => self.skip(3),
            _ => false,
        };
        if belongs {
            self.taken.blemish(
                Blemish::PercentEncoding,
                "The token was percent-encoded (`%2E` for `.` and the like); it was decoded.",
            );
        }
        belongs
    }

    fn entity(&mut self) -> bool {
        let Some(length) = ["&#46;", "&#x2e;", "&#x2E;", "&period;"]
            .iter()
            .find(|entity| self.rest().starts_with(**entity))
            .map(|entity| entity.len())
        else {
            return false;
        };
        self.note_once("HTML entities in the token were decoded.");
        self.replace(length, '.')
    }

    fn backslash(&mut self) -> bool {
        let rest = self.rest();
        if let Some(decoded) = rest
            .strip_prefix("\\u")
            .and_then(|rest| rest.get(..4))
            .and_then(|digits| u8::try_from(u32::from_str_radix(digits, 16).ok()?).ok())
            .filter(|byte| is_token(*byte))
        {
            return self.replace(6, char::from(decoded));
        }
        if rest.starts_with("\\/") && self.goes_on(2) {
            return self.replace(2, '/');
        }
        let breaks = escaped_breaks(rest.as_bytes());
        if breaks == 0 {
            return self.line_continuation();
        }
        let after = rest.get(breaks..).unwrap_or_default();
        let next = shape::run(after.as_bytes(), is_base64url);
        let is_header_line = after.as_bytes().get(next) == Some(&b':');
        let inside = !is_header_line && self.goes_on(breaks);
        // `\r\n` after a token ends a header line that a program printed.
        if inside || (!is_header_line && !rest.starts_with("\\r")) {
            self.taken.blemish(
                Blemish::EscapedLineBreaks,
                if inside {
                    "The two characters `\\n` inside the token were removed."
                } else {
                    "The two characters `\\n` after the token were removed."
                },
            );
            self.skip(breaks);
        }
        inside
    }

    /// A backslash, caret or backquote at the end of a line, as shells have it.
    fn line_continuation(&mut self) -> bool {
        let rest = self.rest().as_bytes();
        let break_length = match rest.get(1..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([b'\n', ..]) => 1,
            _ => return false,
        };
        let past = break_length + 1;
        let indent = shape::run(rest.get(past..).unwrap_or_default(), is_blank);
        if !self.goes_on(past.saturating_add(indent)) {
            return false;
        }
        self.note_once("Lines that a shell continues with `\\` were joined.");
        self.skip(past.saturating_add(indent))
    }

    /// `"eyJ…" +` and the next piece on its own line.
    fn concatenation(&mut self, quote: char) -> bool {
        const FARTHEST: usize = 120;
        let rest = self.rest();
        let between = rest.get(1..).unwrap_or_default();
        let gap = shape::run(between.as_bytes(), is_joint).min(FARTHEST);
        let joint = between.get(..gap).unwrap_or_default();
        let reopens = between
            .get(gap..)
            .is_some_and(|rest| rest.starts_with(quote));
        let joins =
            reopens && joint.contains(['\n', '+', '.']) && self.goes_on(gap.saturating_add(2));
        if !joins || self.is_complete() {
            return false;
        }
        self.note_once("The pieces of a quoted string were joined.");
        self.skip(gap.saturating_add(2))
    }

    fn white_space(&mut self) -> bool {
        let rest = self.rest().as_bytes();
        let length = shape::run(rest, is_space);
        let gap = rest.get(..length).unwrap_or_default();
        if gap.iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
            return self.line_break();
        }
        let ahead = rest.get(length..).unwrap_or_default();
        let around_dot = (self.dots < 3 && self.token.ends_with('.'))
            || (self.dots < 2 && ahead.first() == Some(&b'.') && ahead.get(1) != Some(&b'.'));
        let long = shape::run(ahead, is_token) >= 16
            || ahead.starts_with(b". ")
            || ahead.starts_with(b".\t");
        let joins = match self.around {
            Around::Nothing => !self.is_complete() || around_dot,
            Around::Text => around_dot && long,
        };
        if !joins || ahead.is_empty() || self.starts_another(ahead) {
            return false;
        }
        let before = self.token.len();
        self.spaces.extend(core::iter::repeat_n(before, length));
        self.taken.blemish(
            Blemish::InnerSpaces,
            "Spaces inside the token were removed; a header with a space in the token is refused by servers.",
        );
        self.skip(length)
    }

    /// Goes on with the next line when that can only be the rest of a wrapped token.
    fn line_break(&mut self) -> bool {
        let rest = self.rest();
        let broken = shape::run(rest.as_bytes(), is_space);
        let gap = rest.get(..broken).unwrap_or_default();
        let last_break = gap
            .rfind(['\n', '\r'])
            .unwrap_or_default()
            .saturating_add(1);
        if gap
            .get(..last_break)
            .unwrap_or_default()
            .matches('\n')
            .count()
            > 1
        {
            return false;
        }
        let next_line = rest.get(last_break..).unwrap_or_default().as_bytes();
        let indent = margin(next_line);
        let chunk_on = next_line.get(indent..).unwrap_or_default();
        let length = shape::run(chunk_on, is_token);
        let chunk = chunk_on.get(..length).unwrap_or_default();
        if length == 0
            || !fills_its_line(chunk_on.get(length..).unwrap_or_default())
            || self.starts_another(chunk)
        {
            return false;
        }
        let width = self.line_width();
        let is_rest = match self.width {
            // A line shorter than the wrapping was the last one.
            Some(wrapped) => {
                width.abs_diff(wrapped) <= 2
                    && indent.saturating_add(length) <= wrapped.saturating_add(2)
            }
            None => {
                !self.is_complete_for(indent.saturating_add(length), width)
                    && !shape::is_word(chunk)
            }
        };
        if !is_rest {
            return false;
        }
        if self.joined {
            self.width = Some(width);
        }
        self.joined = true;
        self.taken.blemish(
            Blemish::LineBreaks,
            "Line breaks were removed; a header with a line break is refused by servers.",
        );
        self.skip(last_break.saturating_add(indent))
    }

    /// The width of the line that ends here.
    fn line_width(&self) -> usize {
        let before = self.text.get(..self.at).unwrap_or_default();
        let start = before
            .rfind(['\n', '\r'])
            .map_or(0, |line_break| line_break.saturating_add(1));
        self.at.saturating_sub(start)
    }

    /// Whether what follows is a token of its own.
    fn starts_another(&self, ahead: &[u8]) -> bool {
        let next = ahead.get(..shape::run(ahead, is_token)).unwrap_or_default();
        if !next.starts_with(b"eyJ") {
            return next.starts_with(b"ya29.");
        }
        let is_whole = next.iter().filter(|byte| **byte == b'.').count() >= 2;
        match self.dots {
            0 | 1 => is_whole && !self.token.ends_with('.'),
            _ => self.segment > 0 || is_whole,
        }
    }

    /// Whether the signature has a length that signatures have, so nothing is missing.
    fn is_complete(&self) -> bool {
        const SIGNATURES: [usize; 10] = [27, 43, 64, 86, 128, 171, 176, 342, 512, 683];
        self.dots == 2 && SIGNATURES.contains(&self.segment)
    }

    /// As [`is_complete`](Self::is_complete), where a line as wide as this one follows: then a
    /// short signature's length may be chance.
    fn is_complete_for(&self, next_width: usize, width: usize) -> bool {
        self.is_complete() && (self.segment >= 342 || next_width != width)
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

    /// Form decoders turn `+` into a space: a token with `/` and neither `+` nor the url
    /// alphabet had its `+` where the spaces are.
    fn put_plus_back(&mut self) {
        let url_alphabet = self.token.contains(['-', '_', '+']);
        if self.spaces.is_empty() || url_alphabet || !self.token.contains('/') {
            return;
        }
        let mut token = String::with_capacity(self.token.len().saturating_add(self.spaces.len()));
        let mut from = 0;
        for at in &self.spaces {
            token.push_str(self.token.get(from..*at).unwrap_or_default());
            token.push('+');
            from = *at;
        }
        token.push_str(self.token.get(from..).unwrap_or_default());
        self.token = token;
        self.note_once("`+` was put back where a form decoder had made it a space.");
    }

    fn use_base64url(&mut self) {
        if !self.standard {
            return;
        }
        self.token = self
            .token
            .chars()
            .filter(|char| *char != '=')
            .map(|char| match char {
                '+' => '-',
                '/' => '_',
                char => char,
            })
            .collect();
        self.taken.blemish(
            Blemish::StandardBase64,
            "The token is in standard base64 (`+`, `/`, `=`), not base64url; strict servers refuse it. It was converted.",
        );
    }
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

const fn is_joint(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'+' | b'\\' | b'.')
}

/// How many bytes of `\n`, `\r`, `\\n` a text begins with.
fn escaped_breaks(bytes: &[u8]) -> usize {
    let mut length: usize = 0;
    loop {
        let rest = bytes.get(length..).unwrap_or_default();
        let slashes = shape::run(rest, |byte| byte == b'\\');
        if slashes == 0 || !matches!(rest.get(slashes), Some(b'n' | b'r')) {
            return length;
        }
        length = length.saturating_add(slashes).saturating_add(1);
    }
}

/// How wide the margin of a line is: white space and the mark of a quoted mail or a box.
fn margin(line: &[u8]) -> usize {
    let blank = shape::run(line, is_blank);
    let rest = line.get(blank..).unwrap_or_default();
    match rest {
        [b'>' | b'|', b' ' | b'\t', after @ ..] => blank
            .saturating_add(2)
            .saturating_add(shape::run(after, is_blank)),
        _ => blank,
    }
}

/// Whether nothing that is read follows on the line: its end, or the end of a string.
fn fills_its_line(after: &[u8]) -> bool {
    match after.first() {
        None | Some(b'"' | b'\'' | b'`' | b'\\' | b',' | b';' | b')' | b']' | b'}' | b'|') => true,
        // The first byte of `…`.
        Some(0xE2) => true,
        Some(_) => {
            let rest = after.get(shape::run(after, is_blank)..).unwrap_or_default();
            matches!(
                rest.first(),
                None | Some(b'\n' | b'\r' | b'|' | b'"' | b'\'')
            )
        }
    }
}
