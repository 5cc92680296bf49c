//! Searching in texts that are mostly short: which bytes tokens are made of, and whether a
//! phrase stands in a text.

/// Whether `phrase` stands in `text`.
///
/// [`str::contains`] prepares each search in a way that pays only for texts far longer than a
/// claim or an error; here dozens of phrases are looked for in each.
#[inline(never)]
pub(crate) fn holds(text: &str, phrase: &str) -> bool {
    const LONG: usize = 1024;
    if text.len() > LONG {
        return text.contains(phrase);
    }
    let Some((first, others)) = phrase.as_bytes().split_first() else {
        return true;
    };
    let mut rest = text.as_bytes();
    while rest.len() >= phrase.len() {
        let Some(at) = rest.iter().position(|byte| byte == first) else {
            return false;
        };
        rest = rest.get(at.saturating_add(1)..).unwrap_or_default();
        if rest.starts_with(others) {
            return true;
        }
    }
    false
}

/// What stands before and after the first `mark`. Like [`str::split_once`], where there is mostly
/// none; see [`holds`].
pub(crate) fn cut<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    holds(text, mark).then(|| text.split_once(mark)).flatten()
}

/// How many bytes from the start satisfy `test`.
pub(crate) fn run(bytes: &[u8], test: impl Fn(u8) -> bool) -> usize {
    bytes
        .iter()
        .position(|byte| !test(*byte))
        .unwrap_or(bytes.len())
}

/// The base64url alphabet, which is also that of names.
#[inline(always)]
pub(crate) const fn is_base64url(byte: u8) -> bool {
    is_of(byte, NAME)
}

/// What opaque tokens are made of.
#[inline(always)]
pub(crate) const fn is_opaque(byte: u8) -> bool {
    is_of(byte, NAME | PATH)
}

/// What credentials of any kind are made of: RFC 6750's `b64token` without its padding.
#[inline(always)]
pub(crate) const fn is_credential(byte: u8) -> bool {
    is_of(byte, NAME | PATH | SIGN)
}

/// What a line of a wrapped token is made of.
#[inline(always)]
pub(crate) const fn is_token(byte: u8) -> bool {
    is_of(byte, NAME | PATH | SIGN | PADDING)
}

/// ASCII that shows something, and the space.
#[inline(always)]
pub(crate) const fn is_printable(byte: u8) -> bool {
    is_of(byte, PRINTABLE)
}

/// What plain texts are made of: [`is_printable`] and what lays out lines.
#[inline(always)]
pub(crate) const fn is_plain(byte: u8) -> bool {
    is_of(byte, PRINTABLE | LAYOUT)
}

/// Letters, digits, `-` and `_`.
const NAME: u8 = 1;
/// `.` and `/`.
const PATH: u8 = 2;
/// `+` and `~`.
const SIGN: u8 = 4;
/// `=` and `%`.
const PADDING: u8 = 8;
const PRINTABLE: u8 = 16;
/// Tab, line feed and carriage return.
const LAYOUT: u8 = 32;

/// The classes of each byte. A table, because every byte of a paste is asked about several times.
#[allow(clippy::indexing_slicing)] // Only run by the compiler.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let of_tokens = match byte as u8 {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' => NAME,
            b'.' | b'/' => PATH,
            b'+' | b'~' => SIGN,
            b'=' | b'%' => PADDING,
            _ => 0,
        };
        let of_texts = match byte as u8 {
            b' '..=b'~' => PRINTABLE,
            b'\t' | b'\n' | b'\r' => LAYOUT,
            _ => 0,
        };
        classes[byte] = of_tokens | of_texts;
        byte += 1;
    }
    classes
};

/// A byte is always an index of the table.
#[allow(clippy::indexing_slicing)]
#[inline(always)]
const fn is_of(byte: u8, classes: u8) -> bool {
    CLASSES[byte as usize] & classes != 0
}

/// The longest sentence of a report, in bytes.
const LONGEST_SENTENCE: usize = 2_000;

/// The most sentences in one list of a report.
pub(crate) const MOST_SENTENCES: usize = 100;

/// Cuts a sentence that is too long. A value in backquotes that is cut is closed.
pub(crate) fn shorten(sentence: &mut String) {
    if sentence.len() <= LONGEST_SENTENCE {
        return;
    }
    sentence.truncate(sentence.floor_char_boundary(LONGEST_SENTENCE));
    sentence.push('…');
    if sentence.matches('`').count() % 2 == 1 {
        sentence.push('`');
    }
}

/// Cuts a list that is too long, and each of its sentences.
pub(crate) fn shorten_all(sentences: &mut Vec<String>) {
    sentences.truncate(MOST_SENTENCES);
    sentences.iter_mut().for_each(shorten);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sentence_is_cut_and_its_value_closed() {
        let mut long = format!("The audience is `{}`.", "ä".repeat(LONGEST_SENTENCE));
        shorten(&mut long);
        assert!(
            long.len() < LONGEST_SENTENCE + 8 && long.ends_with("ä…`"),
            "{long}"
        );
        let mut sentences = vec!["The audience is `a`.".to_owned(); MOST_SENTENCES + 1];
        shorten_all(&mut sentences);
        assert_eq!(sentences.len(), MOST_SENTENCES);
        assert_eq!(
            sentences.first().map(String::as_str),
            Some("The audience is `a`.")
        );
    }

    #[test]
    fn a_phrase_is_found_where_it_stands() {
        for (text, phrase) in [
            ("abc", ""),
            ("", ""),
            ("aab", "ab"),
            ("abc", "abc"),
            ("über ‹x›", "‹x›"),
            ("eeyeyJ", "eyJ"),
        ] {
            assert!(holds(text, phrase), "{phrase} in {text}");
        }
        let long = "e".repeat(2000);
        assert!(holds(&format!("{long}yJ"), "eyJ") && !holds(&long, "eyJ"));
        for (text, phrase) in [("", "a"), ("ab", "abc"), ("aba", "abb"), ("é", "è")] {
            assert!(!holds(text, phrase), "{phrase} in {text}");
        }
    }

    #[test]
    fn the_alphabets_contain_one_another() {
        for byte in 0..=u8::MAX {
            assert!(!is_base64url(byte) || is_opaque(byte));
            assert!(!is_opaque(byte) || is_credential(byte));
            assert!(!is_credential(byte) || is_token(byte));
        }
        let of = |test: fn(u8) -> bool| (0..=u8::MAX).filter(|byte| test(*byte)).count();
        assert_eq!(of(is_base64url), 64);
        assert_eq!(of(is_token), 70);
    }
}
