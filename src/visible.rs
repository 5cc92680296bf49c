//! Characters that show nothing, or that reorder what stands beside them, made visible.
//!
//! Everything that was pasted passes through here on its way to a screen, a terminal or a
//! clipboard: a right-to-left override in an e-mail address must be seen, not obeyed.

use std::borrow::Cow;

use crate::text::is_printable;

/// Which of the characters that lay out lines stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Keep {
    /// None: the text stands within a line.
    Nothing,
    /// Line feeds: the text is a block of its own.
    Lines,
}

/// A stretch of text, or one hidden character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Piece<'a> {
    /// Text without hidden characters, never empty.
    Text(&'a str),
    /// A hidden character, to be shown by its [`code_point`].
    Hidden(char),
}

/// The text with each hidden character written as `‹U+202E›`.
#[must_use]
pub fn visible(text: &str, keep: Keep) -> Cow<'_, str> {
    if !hides(text, keep) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len().saturating_add(16));
    for piece in pieces(text, keep) {
        match piece {
            Piece::Text(text) => shown.push_str(text),
            Piece::Hidden(char) => {
                shown.push('‹');
                shown.push_str(&code_point(char));
                shown.push('›');
            }
        }
    }
    Cow::Owned(shown)
}

/// The text with each hidden character, line breaks and tabs included, written as `‹U+202E›`.
#[must_use]
pub fn in_line(text: &str) -> Cow<'_, str> {
    visible(text, Keep::Nothing)
}

/// The text as it may stand between two backquotes of a sentence: like [`in_line`], and a
/// backquote, which would end the quotation, is written as `‹U+0060›`.
#[must_use]
pub fn in_code(text: &str) -> Cow<'_, str> {
    match in_line(text) {
        shown if shown.contains('`') => Cow::Owned(shown.replace('`', "‹U+0060›")),
        shown => shown,
    }
}

/// The text cut where hidden characters stand, in order and without loss.
pub fn pieces(text: &str, keep: Keep) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let length = if must_show(first, keep) {
            first.len_utf8()
        } else {
            rest.find(|char| must_show(char, keep))
                .unwrap_or(rest.len())
        };
        let (piece, after) = rest.split_at_checked(length)?;
        rest = after;
        Some(if must_show(first, keep) {
            Piece::Hidden(first)
        } else {
            Piece::Text(piece)
        })
    })
}

/// A value as it may stand in a sentence: in backquotes, on one line, nothing hidden, cut
/// after 80 characters.
#[must_use]
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 80;
    let end = text.char_indices().nth(LONGEST).map(|(end, _)| end);
    let start = end.and_then(|end| text.get(..end)).unwrap_or(text);
    let more = if end.is_some() { "…" } else { "" };
    format!("`{}{more}`", in_code(start))
}

/// A character's name in the Unicode notation: `U+202E`.
#[must_use]
pub fn code_point(char: char) -> String {
    format!("U+{:04X}", u32::from(char))
}

/// A letter or digit: ASCII's, and of other alphabets whatever is no sign of general use. The
/// exact answer takes a table of Unicode, and nothing here rests on it.
#[must_use]
pub(crate) const fn is_letter_or_digit(char: char) -> bool {
    char.is_ascii_alphanumeric()
        || (char >= '\u{C0}' && !matches!(char, '\u{2000}'..='\u{2BFF}' | '\u{3000}'..='\u{303F}'))
}

/// Whether a hidden character stands in the text.
#[must_use]
pub(crate) fn hides_something(text: &str) -> bool {
    hides(text, Keep::Nothing)
}

fn hides(text: &str, keep: Keep) -> bool {
    let lines = matches!(keep, Keep::Lines);
    // Nearly every text is plain ASCII, which bytes tell sooner than characters.
    let plain = |byte| is_printable(byte) || (lines && byte == b'\n');
    !text.bytes().all(plain) && text.chars().any(|char| must_show(char, keep))
}

/// A character that shows nothing or reorders its neighbours: controls, format and default
/// ignorable characters, line and paragraph separators, non-characters.
///
/// Source: the Unicode Character Database, general categories Cc, Zl, Zp and the property
/// `Default_Ignorable_Code_Point`, with `Bidi_Control` and `Noncharacter_Code_Point`.
#[must_use]
#[inline]
pub const fn is_hidden(char: char) -> bool {
    // Nearly every character is one of these.
    if matches!(char, ' '..='~') {
        return false;
    }
    matches!(char,
        '\0'..='\u{1F}'
        | '\u{7F}'..='\u{9F}'
        | '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{115F}'..='\u{1160}'
        | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FDD0}'..='\u{FDEF}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
        || char as u32 & 0xFFFE == 0xFFFE
}

const fn must_show(char: char, keep: Keep) -> bool {
    is_hidden(char) && !(matches!(keep, Keep::Lines) && char == '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_named() {
        assert_eq!(
            visible("admin\u{202E}txt.exe\u{202C}", Keep::Nothing),
            "admin‹U+202E›txt.exe‹U+202C›"
        );
        assert_eq!(visible("\u{1B}[1m", Keep::Nothing), "‹U+001B›[1m");
        assert_eq!(visible("a\u{E0041}", Keep::Nothing), "a‹U+E0041›");
        assert_eq!(visible("\u{10FFFE}", Keep::Nothing), "‹U+10FFFE›");
    }

    #[test]
    fn plain_text_is_borrowed() {
        for text in ["", "a b", "Ünïcödé 山田 😀", "https://a.example/?x=1&y=<z>"] {
            assert!(matches!(visible(text, Keep::Nothing), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn line_feeds_stay_only_where_asked() {
        assert_eq!(visible("a\n\tb\r\n", Keep::Lines), "a\n‹U+0009›b‹U+000D›\n");
        assert_eq!(visible("a\n\tb", Keep::Nothing), "a‹U+000A›‹U+0009›b");
        assert_eq!(visible("a\u{2028}b", Keep::Lines), "a‹U+2028›b");
    }

    #[test]
    fn pieces_lose_nothing() {
        let text = "\u{FEFF}a\u{200B}\u{200B}b é\u{7F}";
        let joined: String = pieces(text, Keep::Nothing)
            .map(|piece| match piece {
                Piece::Text(text) => text.to_owned(),
                Piece::Hidden(char) => char.to_string(),
            })
            .collect();
        assert_eq!(joined, text);
        assert_eq!(pieces(text, Keep::Nothing).count(), 6);
    }

    #[test]
    fn no_control_format_or_separator_is_left() {
        for char in ('\0'..=char::MAX).filter(|char| char.is_control()) {
            assert!(is_hidden(char), "{}", code_point(char));
        }
        for char in "\u{61C}\u{200E}\u{200F}\u{202A}\u{202E}\u{2066}\u{2069}\u{2028}\u{2029}\u{200D}\u{2060}\u{FEFF}\u{FFFE}\u{1FFFF}\u{E007F}\u{AD}\u{180E}".chars() {
            assert!(is_hidden(char), "{}", code_point(char));
        }
        assert!(!is_hidden(' ') && !is_hidden('\u{FFFD}') && !is_hidden('é'));
    }

    #[test]
    fn a_long_value_is_cut_in_a_sentence() {
        assert_eq!(quoted("a\nb"), "`a‹U+000A›b`");
        assert_eq!(quoted("a`b"), "`a‹U+0060›b`");
        let long = quoted(&"é".repeat(200));
        assert_eq!(long.chars().count(), 83);
        assert!(long.ends_with("…`"));
    }
}
