//! A text without what frames change: white space, quotes, escapes, box lines, colours.
//!
//! One error comes as a bare line, inside JSON inside JSON, as a Python repr, wrapped at 80
//! columns or behind Terraform's `│`. What all of these leave alone are the letters and most of
//! the punctuation, so errors are known by those. Also compiled into the build script, which
//! brings the catalogue's patterns into the same form.

/// A text in its dense form.
#[derive(Debug, Default, Clone)]
pub(crate) struct Dense {
    /// The characters that are left, as written.
    pub(crate) text: String,
    /// Byte offsets in `text` before which something was left out, ascending.
    pub(crate) gaps: Vec<usize>,
}

impl Dense {
    /// Linear in the length of the text.
    pub(crate) fn of(text: &str) -> Self {
        let mut dense = Self {
            text: String::with_capacity(text.len()),
            gaps: Vec::new(),
        };
        let mut rest = text;
        while let Some(char) = rest.chars().next() {
            let (kept, length) = match char {
                '\\' => escape(rest),
                '&' => entity(rest),
                '\u{1b}' => (None, colour(rest)),
                _ => (Some(char), char.len_utf8()),
            };
            match kept.filter(|char| !is_frame(*char)) {
                Some(char) => dense.text.push(char),
                None if dense.gaps.last() != Some(&dense.text.len()) => {
                    dense.gaps.push(dense.text.len());
                }
                None => {}
            }
            rest = rest.get(length.max(1)..).unwrap_or_default();
        }
        dense
    }
}

/// What frames add, and layouts change.
fn is_frame(char: char) -> bool {
    char.is_whitespace()
        || char.is_control()
        || matches!(
            char,
            '"' | '\''
                | '`'
                | '´'
                | '“'
                | '”'
                | '„'
                | '‘'
                | '’'
                | '‚'
                | '«'
                | '»'
                | '‹'
                | '›'
                | '\\'
                | '│'
                | '┃'
                | '║'
                | '╷'
                | '╵'
                | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}'
        )
}

/// The character that an escape stands for, and the escape's length; however often the text was
/// escaped, the run of backslashes counts once.
fn escape(rest: &str) -> (Option<char>, usize) {
    let slashes = rest.bytes().take_while(|byte| *byte == b'\\').count();
    let after = rest.get(slashes..).unwrap_or_default();
    match after.bytes().next() {
        Some(b'n' | b'r' | b't') => (None, slashes.saturating_add(1)),
        Some(b'u') => {
            let code = after
                .get(1..5)
                .and_then(|hex| u32::from_str_radix(hex, 16).ok());
            match code.and_then(char::from_u32) {
                Some(char) => (Some(char), slashes.saturating_add(5)),
                None => (None, slashes),
            }
        }
        _ => (None, slashes),
    }
}

/// The character that an HTML entity stands for.
fn entity(rest: &str) -> (Option<char>, usize) {
    const ENTITIES: &[(&str, char)] = &[
        ("&quot;", '"'),
        ("&#34;", '"'),
        ("&#39;", '\''),
        ("&#x27;", '\''),
        ("&apos;", '\''),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&nbsp;", ' '),
        ("&amp;", '&'),
    ];
    ENTITIES
        .iter()
        .find(|(entity, _)| rest.starts_with(entity))
        .map_or((Some('&'), 1), |(entity, char)| (Some(*char), entity.len()))
}

/// The length of a terminal's colour sequence, at most 16 bytes.
fn colour(rest: &str) -> usize {
    let bytes = rest.bytes().take(16);
    let end = rest.starts_with("\u{1b}[").then(|| {
        bytes
            .skip(2)
            .position(|byte| byte.is_ascii_alphabetic())
            .map(|at| at.saturating_add(3))
    });
    end.flatten().unwrap_or(1)
}
