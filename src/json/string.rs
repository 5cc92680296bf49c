//! JSON string literals to text, without losing an escape that is no character.

use core::str::Chars;

use crate::text::holds;

/// The text of a string literal, quotes included in `raw`; `None` when it is none.
///
/// An escape that is no character, such as a lone surrogate, stays as written.
pub(crate) fn unescape(raw: &str) -> Option<String> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    if !inner.contains('\\') {
        return Some(inner.to_owned());
    }
    let mut text = String::with_capacity(inner.len());
    let mut pieces = Pieces(inner.chars());
    // Stretches without an escape are copied whole.
    while let Some((plain, _)) = pieces.0.as_str().split_once('\\') {
        text.push_str(plain);
        pieces.0 = pieces.0.as_str().get(plain.len()..)?.chars();
        match pieces.next()? {
            Piece::Char(char) => text.push(char),
            Piece::Odd(escape) => text.push_str(escape),
        }
    }
    text.push_str(pieces.0.as_str());
    Some(text)
}

/// The first escape in `raw` that is no character, as written.
pub(crate) fn odd_escape(raw: &str) -> Option<&str> {
    if !raw.contains('\\') || !holds(raw, "\\u") {
        return None;
    }
    Pieces(raw.chars()).find_map(|piece| match piece {
        Piece::Char(_) => None,
        Piece::Odd(escape) => Some(escape),
    })
}

enum Piece<'a> {
    Char(char),
    /// An escape that is no character, as written.
    Odd(&'a str),
}

/// Characters of a literal's inside, escapes resolved.
struct Pieces<'a>(Chars<'a>);

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let from = self.0.as_str();
        let char = self.0.next()?;
        if char != '\\' {
            return Some(Piece::Char(char));
        }
        let escaped = match self.0.next() {
            Some('n') => Some('\n'),
            Some('t') => Some('\t'),
            Some('r') => Some('\r'),
            Some('b') => Some('\u{8}'),
            Some('f') => Some('\u{C}'),
            Some(char @ ('"' | '\\' | '/')) => Some(char),
            Some('u') => self.code_point(),
            _ => None,
        };
        Some(match escaped {
            Some(char) => Piece::Char(char),
            None => {
                let length = from.len().saturating_sub(self.0.as_str().len());
                Piece::Odd(from.get(..length).unwrap_or_default())
            }
        })
    }
}

impl Pieces<'_> {
    /// What follows `\u`: four digits, or two surrogates that make one character.
    fn code_point(&mut self) -> Option<char> {
        let first = self.four_digits()?;
        if let Some(char) = char::from_u32(first) {
            return Some(char);
        }
        let after_first = self.0.clone();
        let second = (self.0.next() == Some('\\') && self.0.next() == Some('u'))
            .then(|| self.four_digits())
            .flatten();
        let pair =
            [first, second.unwrap_or_default()].map(|unit| u16::try_from(unit).unwrap_or_default());
        match char::decode_utf16(pair).next() {
            Some(Ok(char)) => Some(char),
            _ => {
                self.0 = after_first;
                None
            }
        }
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits = self.0.as_str().get(..4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.0 = self.0.as_str().get(4..)?.chars();
        u32::from_str_radix(digits, 16).ok()
    }
}
