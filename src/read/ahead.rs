//! Reading on from a name: separators, quotes, schemes and the value.

use std::cell::Cell;

use super::context::Tie;
use super::names;
use super::shape::{self, Shape, is_base64url};

/// The longest value taken for a credential although it looks like none, in bytes.
const LONGEST: usize = 16_384;

/// Where the next white space of a text stands. Asked from one place after the other, it looks at
/// each byte once.
pub(super) struct Blanks<'t> {
    text: &'t str,
    /// From where the last search went, and where it ended.
    searched: Cell<(usize, usize)>,
}

impl<'t> Blanks<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self {
            text,
            searched: Cell::new((1, 0)),
        }
    }

    /// The offset of the first white space at or after `at`, else the end of the text.
    fn next(&self, at: usize) -> usize {
        let (from, found) = self.searched.get();
        if (from..=found).contains(&at) {
            return found;
        }
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        let found = at.saturating_add(shape::run(rest, |byte| !byte.is_ascii_whitespace()));
        self.searched.set((at, found));
        found
    }
}

/// A place in a text, and what can be read from it on.
pub(super) struct Ahead<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Ahead<'t> {
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, length: usize) {
        self.at = self.at.saturating_add(length);
    }

    pub(super) fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            if rest.starts_with([' ', '\t']) {
                self.skip(1);
            } else if rest.starts_with("%20") {
                self.skip(3);
            } else {
                return;
            }
        }
    }

    /// An ASCII quote, escaped or not.
    pub(super) fn quote(&mut self) -> Option<char> {
        let rest = self.rest();
        let plain = rest.strip_prefix('\\').unwrap_or(rest);
        let quote = plain
            .chars()
            .next()
            .filter(|char| matches!(char, '"' | '\'' | '`'))?;
        self.skip(rest.len().saturating_sub(plain.len()).saturating_add(1));
        Some(quote)
    }

    /// The letter or sign that makes a string a template: Python's `f"…"`, C#'s `$"…"`.
    pub(super) fn template_prefix(&mut self) -> bool {
        let is_template = matches!(
            self.rest().as_bytes(),
            [b'f' | b'F' | b'$', b'"' | b'\'', ..]
        );
        if is_template {
            self.skip(1);
        }
        is_template
    }

    pub(super) fn separator(&mut self, quoted: bool) -> Option<Tie> {
        if quoted && self.rest().starts_with(']') {
            self.skip(1);
            self.blanks();
        }
        let rest = self.rest();
        let (length, tie) = if rest.starts_with("=>") || rest.starts_with(":=") {
            (2, if quoted { Tie::Quoted } else { Tie::Equals })
        } else if rest.starts_with(':') {
            (1, if quoted { Tie::Quoted } else { Tie::Colon })
        } else if rest.starts_with("==") {
            return None;
        } else if rest.starts_with('=') {
            (1, Tie::Equals)
        } else if quoted && rest.starts_with(',') {
            (1, Tie::Quoted)
        } else {
            return None;
        };
        self.skip(length);
        Some(tie)
    }

    /// The schemes that stand here: the last one as written, and how many.
    pub(super) fn schemes(&mut self) -> (Option<&'t str>, usize) {
        let mut scheme = None;
        let mut count: usize = 0;
        loop {
            let rest = self.rest();
            let word = rest
                .get(..shape::run(rest.as_bytes(), is_base64url))
                .unwrap_or_default();
            let after = rest.get(word.len()..).unwrap_or_default();
            let colon = after.starts_with(": ") && word.eq_ignore_ascii_case("bearer");
            let ends = after.is_empty()
                || colon
                || after.starts_with([' ', '\t', '\n', '\r', '"', '\'', '`', ']'])
                || after.starts_with("%2");
            // After a scheme, `TOKEN` stands for the token.
            if !names::is_scheme(word) || !ends || count > 0 && !names::is_usual_scheme(word) {
                return (scheme, count);
            }
            scheme = Some(word);
            count = count.saturating_add(1);
            self.skip(word.len().saturating_add(usize::from(colon)));
            self.blanks();
        }
    }

    /// Moves past quotes that open the value itself, inside the `outer` ones.
    pub(super) fn inner_quotes(&mut self, outer: Option<char>) -> bool {
        let kept = self.at;
        if self.rest().starts_with("b'") || self.rest().starts_with("b\"") {
            self.skip(1);
        }
        match self.quote() {
            Some(quote) if Some(quote) != outer && !self.rest().starts_with(quote) => true,
            _ => {
                self.at = kept;
                false
            }
        }
    }

    /// Where a token begins here, or a scheme in an array, brackets and quotes passed over.
    pub(super) fn wrapped_token(&self) -> Option<usize> {
        let rest = self.rest();
        let inner = rest.trim_start_matches(['<', '(', '[', '"', '\'']);
        let is_array = rest.starts_with('[') && starts_with_scheme(inner);
        let opening = rest.len().saturating_sub(inner.len());
        (Shape::of(inner).is_some() || is_array).then(|| self.at.saturating_add(opening))
    }

    pub(super) fn smart_quotes(&mut self) -> bool {
        let rest = self.rest();
        let bare = rest.trim_start_matches(['“', '”', '‘', '’', '«', '„']);
        self.skip(rest.len().saturating_sub(bare.len()));
        bare.len() < rest.len()
    }

    /// The value from here to the closing quote, or the end of the line; and the offset after it.
    pub(super) fn value(&self, outer: Option<char>) -> (&'t str, usize) {
        let rest = self.rest();
        let window = start_of(rest, LONGEST);
        let length = expression(window).unwrap_or_else(|| {
            window
                .find(|char| matches!(char, '\n' | '\r') || Some(char) == outer)
                .unwrap_or(window.len())
        });
        let value = window.get(..length).unwrap_or_default();
        let value = match value.find("\\r\\n") {
            Some(end) => value.get(..end).unwrap_or_default(),
            None => value,
        };
        let value = match outer {
            Some(_) => value.trim_end_matches('\\'),
            None => value.trim_end_matches(['"', '\'', '”', '’']),
        };
        (value, self.at.saturating_add(value.len()))
    }

    /// Whether more words than one stand here on the line.
    pub(super) fn is_sentence(&self, blanks: &Blanks<'_>) -> bool {
        /// What may stand behind a value, and no more than so many bytes of it.
        const AFTER: &[char] = &[' ', '\t', ',', ';', '"', '\'', '”', '’'];
        const LONGEST: usize = 64;
        let rest = self.text.get(blanks.next(self.at)..).unwrap_or_default();
        let after = start_of(rest, LONGEST).trim_start_matches(AFTER);
        !after.is_empty() && !after.starts_with(['\n', '\r'])
    }

    /// What stands before white space or a byte that satisfies `ends`; and the offset after it.
    pub(super) fn until(&self, ends: fn(u8) -> bool) -> (&'t str, usize) {
        self.until_within(LONGEST, ends)
    }

    /// As [`until`](Self::until), at most `longest` bytes of it.
    pub(super) fn until_within(&self, longest: usize, ends: fn(u8) -> bool) -> (&'t str, usize) {
        let rest = start_of(self.rest(), longest);
        let length = rest
            .bytes()
            .position(|byte| byte.is_ascii_whitespace() || ends(byte))
            .unwrap_or(rest.len());
        (
            rest.get(..length).unwrap_or_default(),
            self.at.saturating_add(length),
        )
    }

    /// Code that puts the credential after the string: `"Bearer " + token`.
    pub(super) fn concatenated(&self, outer: Option<char>, end: usize) -> Option<&'t str> {
        const LONGEST: usize = 200;
        let after = self.text.get(end..)?.strip_prefix(outer?)?;
        let expression = start_of(after, LONGEST).trim_start_matches([' ', '\t']);
        if !expression.starts_with(['+', '.', '%', '&']) {
            return None;
        }
        let length = expression
            .find(['\n', '\r', ',', '}', ';'])
            .unwrap_or(expression.len());
        expression
            .get(..length)
            .map(|expression| expression.trim_end_matches([')', ' ']))
    }
}

/// Whether a scheme and what it is the scheme of stand here.
pub(super) fn starts_with_scheme(text: &str) -> bool {
    let word = text
        .get(..shape::run(text.as_bytes(), is_base64url))
        .unwrap_or_default();
    names::is_scheme(word)
        && text
            .get(word.len()..)
            .is_some_and(|rest| rest.starts_with([' ', '%']))
}

fn start_of(text: &str, length: usize) -> &str {
    text.get(..text.floor_char_boundary(length))
        .unwrap_or_default()
}

/// The length of the shell expression that a value begins with: `$(…)`, `${…}`, `` `…` ``.
fn expression(text: &str) -> Option<usize> {
    /// Where none has closed by then, in bytes, none is believed.
    const LONGEST: usize = 1024;
    let text = start_of(text, LONGEST);
    let (open, close) = match text.as_bytes() {
        [b'$', b'(', ..] => ('(', ')'),
        [b'$', b'{', ..] | [b'{', b'{', ..] => ('{', '}'),
        [b'`', ..] => return text.get(1..)?.find('`').map(|end| end.saturating_add(2)),
        _ => return None,
    };
    let mut depth: usize = 0;
    for (at, char) in text.char_indices() {
        if char == open {
            depth = depth.saturating_add(1);
        } else if char == close {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at.saturating_add(1));
            }
        }
    }
    None
}
