//! Tokens in pieces: wrapped at a terminal's width, spaced, or put together in code.

use super::{Around, Taker};
use crate::read::Blemish;
use crate::read::shape::{self, is_token};

impl Taker<'_> {
    pub(super) fn white_space(&mut self) -> bool {
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
        let joins = match self.around.get_or_init(|| Around::of(self.text)) {
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
    pub(super) fn line_break(&mut self) -> bool {
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

    /// A backslash, caret or backquote at the end of a line, as shells have it.
    pub(super) fn line_continuation(&mut self) -> bool {
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
    pub(super) fn concatenation(&mut self, quote: char) -> bool {
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
