//! What of a paste is prose: an error, a log line, a page.

use super::mask;
use super::scan::Found;
use super::transcript::Transcript;
use crate::visible::is_letter_or_digit;

/// Fewer words than this beside a credential are a label or a command, not prose.
const FEWEST_WORDS: usize = 4;

/// The prose of `text`, which is `paste` cleaned. Without any credential or request in it,
/// the whole paste is prose, as it was pasted.
pub(super) fn of(paste: &str, text: &str, found: &[Found], transcript: &Transcript) -> String {
    if found.is_empty() && transcript.requests.is_empty() {
        return if super::bare::is_url(text.trim()) {
            String::new()
        } else {
            paste.to_owned()
        };
    }
    if !found.is_empty() && is_json(text) {
        return String::new();
    }
    let ranges = transcript.prose(text.len());
    let beside: usize = ranges
        .iter()
        .map(|range| words_beside(text, range.clone(), found))
        .sum();
    if beside < FEWEST_WORDS {
        return String::new();
    }
    let mut prose = String::new();
    for range in ranges {
        prose.push_str(&mask::cut(text, range, found));
    }
    mask::beyond(prose.trim(), found)
}

/// An object or a list; `[INFO] …` begins a log's line.
fn is_json(text: &str) -> bool {
    let mut letters = text.chars().filter(|letter| !letter.is_whitespace());
    match letters.next() {
        Some('{') => true,
        Some('[') => matches!(letters.next(), Some('{' | '[' | '"' | ']')),
        _ => false,
    }
}

/// The words of a part of a text that are no part of a credential, its name or its scheme.
fn words_beside(text: &str, range: std::ops::Range<usize>, found: &[Found]) -> usize {
    let mut words: usize = 0;
    let mut from = range.start;
    let first = found.partition_point(|found| found.end <= range.start);
    let ends = found
        .iter()
        .skip(first)
        .take_while(|found| found.from < range.end)
        .map(|found| (found.from, found.end))
        .chain([(range.end, range.end)]);
    for (start, end) in ends {
        let part = text.get(from..start.max(from)).unwrap_or_default();
        words = words.saturating_add(part.split_whitespace().filter(|word| is_word(word)).count());
        // `GET https://… -> 401` tells of an answer.
        if part.split_whitespace().any(is_refusal) {
            words = words.saturating_add(FEWEST_WORDS);
        }
        from = end.max(from);
    }
    words
}

/// A status with which servers refuse.
fn is_refusal(word: &str) -> bool {
    ["400", "401", "403", "404", "407"]
        .contains(&word.trim_matches(|char: char| !char.is_ascii_alphanumeric()))
}

fn is_word(word: &str) -> bool {
    let word = word.trim_matches(|char: char| !is_letter_or_digit(char));
    word.chars().count() >= 2
        && word
            .chars()
            .all(|char| char == '\'' || is_letter_or_digit(char) && !char.is_ascii_digit())
}
