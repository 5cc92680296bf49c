//! What the eye does not see: invisible characters and terminal colours, taken out and named.

use std::borrow::Cow;

use crate::text::is_plain;
use crate::visible::{code_point, is_hidden};

/// A paste without its invisible characters, and where they were.
pub(super) struct Visible<'a> {
    /// The text that remains. Unusual spaces have become plain ones.
    pub(super) text: Cow<'a, str>,
    /// What was taken out: the offset in `text` it stood before, and the character.
    removed: Vec<(usize, char)>,
}

/// How many kinds of characters the notes of one token name.
const NAMED_KINDS: usize = 4;

impl<'a> Visible<'a> {
    pub(super) fn of(paste: &'a str) -> Self {
        if paste.bytes().all(is_plain) {
            return Self {
                text: Cow::Borrowed(paste),
                removed: Vec::new(),
            };
        }
        let mut text = String::with_capacity(paste.len());
        let mut removed = Vec::new();
        let mut chars = paste.chars();
        while let Some(char) = chars.next() {
            match Sort::of(char) {
                Sort::Visible => text.push(char),
                Sort::Space => {
                    removed.push((text.len(), char));
                    text.push(' ');
                }
                Sort::Break => text.push('\n'),
                Sort::Invisible => match (char == '\u{1B}')
                    .then(|| colour_code(chars.as_str()))
                    .flatten()
                {
                    Some(rest) => chars = rest.chars(),
                    None => removed.push((text.len(), char)),
                },
            }
        }
        Self {
            text: Cow::Owned(text),
            removed,
        }
    }

    /// What was taken out between two offsets, both included.
    pub(super) fn removed_within(&self, from: usize, to: usize) -> &[(usize, char)] {
        let first = self.removed.partition_point(|(at, _)| *at < from);
        let past = self.removed.partition_point(|(at, _)| *at <= to);
        self.removed.get(first..past).unwrap_or_default()
    }

    /// All that was taken out.
    pub(super) fn removed(&self) -> &[(usize, char)] {
        &self.removed
    }
}

/// One sentence for each kind of character taken out at or in a token that stands at
/// `at..end`: "A byte order mark (U+FEFF) before the token was removed."
pub(super) fn notes(removed: &[(usize, char)], at: usize, end: usize) -> Vec<String> {
    let mut kinds: Vec<(char, &str, usize)> = Vec::new();
    for (offset, char) in removed {
        let place = match offset {
            offset if *offset <= at => "before the token",
            offset if *offset >= end => "after the token",
            _ => "inside the token",
        };
        if let Some(kind) = kinds
            .iter_mut()
            .find(|kind| kind.0 == *char && kind.1 == place)
        {
            kind.2 = kind.2.saturating_add(1);
        } else if kinds.len() < NAMED_KINDS {
            kinds.push((*char, place, 1));
        }
    }
    kinds
        .iter()
        .map(|(char, place, count)| {
            let (name, code) = (name(*char), code_point(*char));
            match count {
                1 => format!("{} {name} ({code}) {place} was removed.", article(name)),
                count => format!("{count} {name}s ({code}) {place} were removed."),
            }
        })
        .collect()
}

/// The sentence for a paste whose invisible characters stand apart from any token.
pub(super) fn elsewhere(count: usize) -> String {
    match count {
        1 => "An invisible character elsewhere in the paste was removed.".into(),
        count => format!("{count} invisible characters elsewhere in the paste were removed."),
    }
}

enum Sort {
    Visible,
    /// A space of another width; a plain space takes its place.
    Space,
    /// A line or paragraph separator; a line feed takes its place.
    Break,
    Invisible,
}

impl Sort {
    const fn of(char: char) -> Self {
        match char {
            '\t' | '\n' | '\r' | ' '..='~' => Self::Visible,
            '\u{A0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200A}'
            | '\u{202F}'
            | '\u{205F}'
            | '\u{3000}' => Self::Space,
            '\u{85}' | '\u{2028}' | '\u{2029}' => Self::Break,
            char if is_hidden(char) => Self::Invisible,
            _ => Self::Visible,
        }
    }
}

const fn name(char: char) -> &'static str {
    match char {
        '\u{FEFF}' => "byte order mark",
        '\u{200B}' => "zero-width space",
        '\u{200C}' => "zero-width non-joiner",
        '\u{200D}' => "zero-width joiner",
        '\u{2060}' => "word joiner",
        '\u{AD}' => "soft hyphen",
        '\u{A0}' | '\u{202F}' => "no-break space",
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            "text direction character"
        }
        '\0' => "null character",
        '\u{1}'..='\u{1F}' | '\u{7F}'..='\u{9F}' => "control character",
        '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{205F}' | '\u{3000}' => "space of unusual width",
        _ => "invisible character",
    }
}

fn article(name: &str) -> &'static str {
    if name.starts_with('i') { "An" } else { "A" }
}

/// What follows a terminal's escape sequence; `rest` begins after the escape character.
/// Sequences are short: none is looked for beyond 32 bytes.
fn colour_code(rest: &str) -> Option<&str> {
    let parameters = rest.strip_prefix('[')?;
    let length = parameters
        .bytes()
        .take(32)
        .position(|byte| (b'@'..=b'~').contains(&byte))?;
    parameters.get(length.saturating_add(1)..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_left_alone() {
        let visible = Visible::of("Bearer eyJ\r\n\t");
        assert!(matches!(visible.text, Cow::Borrowed("Bearer eyJ\r\n\t")));
        let visible = Visible::of("“é…”");
        assert_eq!(visible.text, "“é…”");
        assert!(visible.removed().is_empty());
    }

    #[test]
    fn invisible_characters_are_named_by_their_place() {
        let visible = Visible::of("\u{FEFF}ab\u{200B}c\u{200B}d\u{202E}");
        assert_eq!(visible.text, "abcd");
        assert_eq!(
            notes(visible.removed_within(0, 4), 0, 4),
            [
                "A byte order mark (U+FEFF) before the token was removed.",
                "2 zero-width spaces (U+200B) inside the token were removed.",
                "A text direction character (U+202E) after the token was removed.",
            ]
        );
        assert_eq!(
            visible.removed_within(2, 3),
            [(2, '\u{200B}'), (3, '\u{200B}')]
        );
    }

    #[test]
    fn colours_go_silently_and_odd_spaces_become_spaces() {
        let visible = Visible::of("\u{1B}[1;32m> \u{1B}[0mGET\u{A0}/\u{2028}x");
        assert_eq!(visible.text, "> GET /\nx");
        assert_eq!(visible.removed(), [(5, '\u{A0}')]);
    }
}
