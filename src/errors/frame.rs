//! A text as the catalogue reads it: what logs and tools put before each line taken off, then dense.

use super::dense::Dense;

/// How much of a long text is read, in bytes, at its head and at its tail: messages stand at
/// either end, and a megabyte of HTML between them tells nothing.
const READ: usize = 32 * 1024;

/// A text without its frames.
#[derive(Debug, Default, Clone)]
pub(crate) struct Framed {
    dense: Dense,
    /// The same in lower case, byte for byte.
    pub(crate) lower: String,
}

impl Framed {
    /// Linear in the length of the text.
    pub(crate) fn of(text: &str) -> Self {
        let mut bare = String::with_capacity(text.len().min(2 * READ));
        let (head, tail) = ends(text);
        for line in head.lines().chain(tail.lines()) {
            bare.push_str(without_prefix(line));
            bare.push('\n');
        }
        let dense = Dense::of(&bare);
        let lower = dense.text.to_ascii_lowercase();
        Self { dense, lower }
    }

    /// Where the word ends that begins at `from`: at the first gap, or the end of the text.
    pub(super) fn word_end(&self, from: usize) -> usize {
        let next = self.dense.gaps.partition_point(|gap| *gap <= from);
        self.dense
            .gaps
            .get(next)
            .copied()
            .unwrap_or(self.dense.text.len())
    }

    /// Where the word begins that ends at `end`.
    pub(super) fn word_begin(&self, end: usize) -> usize {
        let before = self.dense.gaps.partition_point(|gap| *gap < end);
        before
            .checked_sub(1)
            .and_then(|index| self.dense.gaps.get(index))
            .copied()
            .unwrap_or_default()
    }

    /// Whether a word may begin here: no letter goes on from before, as in `reauthentication`. In
    /// `GoogleAuthError` a capital begins one.
    pub(super) fn begins_word(&self, at: usize) -> bool {
        let letter = |at: usize| self.dense.text.as_bytes().get(at).copied();
        let here = letter(at).unwrap_or_default();
        let before = at.checked_sub(1).and_then(letter).unwrap_or_default();
        !here.is_ascii_lowercase()
            || !before.is_ascii_alphabetic()
            || self.dense.gaps.binary_search(&at).is_ok()
    }

    /// Whether nothing was left out between two places: no white space, no quote.
    pub(super) fn is_word(&self, from: usize, to: usize) -> bool {
        let next = self.dense.gaps.partition_point(|gap| *gap <= from);
        self.dense.gaps.get(next).is_none_or(|gap| *gap >= to)
    }

    /// The name between two places, without the punctuation around it; at most 200 bytes.
    pub(super) fn name(&self, from: usize, to: usize) -> String {
        let name = self.dense.text.get(from..to).unwrap_or_default();
        let name = name.trim_matches(|char: char| {
            matches!(
                char,
                ',' | ';' | ':' | '.' | '(' | ')' | '[' | ']' | '<' | '>' | '{' | '}' | '!'
            )
        });
        if name.len() > 200 {
            return String::new();
        }
        name.to_owned()
    }

    /// At most so many bytes of the lower text from a place on.
    pub(super) fn window(&self, from: usize, length: usize) -> &str {
        let end = from.saturating_add(length).min(self.lower.len());
        let end = self.lower.floor_char_boundary(end);
        self.lower.get(from..end).unwrap_or_default()
    }
}

/// The head and the tail of a long text; all of it and nothing for others.
fn ends(text: &str) -> (&str, &str) {
    if text.len() <= 2 * READ {
        return (text, "");
    }
    let head = text.floor_char_boundary(READ);
    let tail = text.ceil_char_boundary(text.len().saturating_sub(READ));
    (
        text.get(..head).unwrap_or_default(),
        text.get(tail..).unwrap_or_default(),
    )
}

/// The line without the timestamps, levels, box lines and names that tools put before it.
fn without_prefix(line: &str) -> &str {
    let mut rest = line.trim_start();
    for _ in 0..6 {
        let before = rest;
        rest = rest.trim_start_matches(['│', '┃', '║', '╷', '╵', '|', '>', '#', ' ', '\t', '*']);
        // curl's mark for what came back, and no tag.
        rest = rest.strip_prefix("< ").unwrap_or(rest);
        rest = stamp(rest);
        rest = level(rest);
        rest = compose(rest);
        if rest.len() == before.len() {
            break;
        }
    }
    rest
}

/// Takes off a word of digits and the punctuation of dates and times: `2026-11-18T11:06:40.123Z`,
/// `[11:06:40]`, `18/Nov/2026:11:06:40`.
fn stamp(line: &str) -> &str {
    let end = line.find([' ', '\t']).unwrap_or(line.len());
    let word = line.get(..end).unwrap_or_default();
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let marks = word
        .bytes()
        .filter(|byte| matches!(byte, b':' | b'-' | b'/'))
        .count();
    // An address of the network has three.
    let dots = word.bytes().filter(|byte| *byte == b'.').count();
    let fits = word.bytes().all(|byte| {
        byte.is_ascii_digit()
            || matches!(
                byte,
                b':' | b'-' | b'/' | b'.' | b',' | b'+' | b'T' | b'Z' | b'[' | b']' | b'(' | b')'
            )
    });
    if fits && digits >= 4 && marks >= 2 && dots < 3 {
        line.get(end..).unwrap_or_default().trim_start()
    } else {
        line
    }
}

/// Takes off a log's level.
fn level(line: &str) -> &str {
    const LEVELS: &[&str] = &[
        "ERROR", "WARNING", "WARN", "INFO", "DEBUG", "FATAL", "CRITICAL", "NOTICE", "SEVERE",
        "TRACE",
    ];
    let bare = line.trim_start_matches('[');
    for level in LEVELS {
        if let Some(rest) = bare.strip_prefix(level)
            && rest.starts_with([' ', ']', ':', '\t'])
        {
            return rest.trim_start_matches([']', ':', ' ', '\t', '-']);
        }
    }
    line
}

/// Takes off the service's name that docker compose and kubectl put before a line: `api-1  | `.
fn compose(line: &str) -> &str {
    let Some((name, rest)) = line.split_once('|') else {
        return line;
    };
    let is_name = name.ends_with(' ')
        && !name.trim_end().is_empty()
        && name.len() <= 40
        && name
            .trim_end()
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    if is_name { rest.trim_start() } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tools_put_before_a_line_is_taken_off() {
        for line in [
            "the message",
            "│ the message",
            "2026-11-18T11:06:40.123Z the message",
            "2026-11-18 11:06:40,123 ERROR the message",
            "[11:06:40] [ERROR] the message",
            "api-1  | 2026-11-18T11:06:40Z the message",
            "> # the message",
        ] {
            assert_eq!(without_prefix(line), "the message", "{line}");
        }
        for line in [
            "Error: no",
            "401 Unauthorized",
            "a|b",
            "1.2.3 is a version",
            "<title>no",
            "169.254.169.254:80: no",
        ] {
            assert_eq!(without_prefix(line), line);
        }
    }
}
