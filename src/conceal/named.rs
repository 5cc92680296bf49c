//! What stands behind a name or a scheme of a credential: `password=…`, `Basic …`.

use std::ops::Range;

use super::forms;
use crate::known::secrets::{ALWAYS, ALWAYS_WHOLE, COOKIES, JUDGED, PARAMETERS, SCHEMES};
use crate::text::run;

/// The value to cut behind a name that stands in, or is, the run `at..end` of the text.
pub(super) fn value(text: &str, at: usize, end: usize) -> Option<Range<usize>> {
    let word = text.get(at..end)?;
    let before = text.get(..at).unwrap_or_default();
    for (equals, _) in word.match_indices('=') {
        let name = last_name(word.get(..equals)?);
        let from = equals.saturating_sub(name.len());
        let previous = match word.get(..from)?.chars().next_back() {
            Some(char) => Some(char),
            None => before.chars().next_back(),
        };
        let in_url = matches!(previous, Some('?' | '&' | '#' | ';' | '%'));
        if let Some(deny) = Deny::of(name, Tie::Equals { in_url }) {
            let value = at.saturating_add(equals).saturating_add(1);
            if let Some(range) = value_at(text, value, deny) {
                return Some(range);
            }
        }
    }
    let name = last_name(word);
    let rest = text.get(end..)?;
    if let Some(gap) = tie(rest)
        && let Some(deny) = Deny::of(name, Tie::Colon)
    {
        return value_at(text, end.saturating_add(gap), deny);
    }
    if !rest.starts_with([' ', '%']) {
        return None;
    }
    let is_scheme = name.len() < 16
        && SCHEMES
            .iter()
            .any(|scheme| scheme.eq_ignore_ascii_case(name));
    if is_scheme {
        let gap = run(rest.as_bytes(), |byte| byte == b' ');
        let gap = if gap == 0 && rest.starts_with("%20") {
            3
        } else {
            gap
        };
        return (1..=4)
            .contains(&gap)
            .then(|| value_at(text, end.saturating_add(gap), Deny::UnlessWordy))
            .flatten();
    }
    None
}

#[derive(Clone, Copy)]
enum Tie {
    Equals { in_url: bool },
    Colon,
}

/// What of a value is denied.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deny {
    All,
    UnlessWordy,
}

impl Deny {
    fn of(name: &str, tie: Tie) -> Option<Self> {
        const LONGEST: usize = 64;
        if name.len() < 3 || name.len() > LONGEST {
            return None;
        }
        // Asked of many words: nothing is copied, and few names are as short as they end.
        let ends = |end: &str| {
            let mut letters = name.bytes().rev().filter(u8::is_ascii_alphanumeric);
            end.bytes().rev().all(|byte| {
                letters
                    .next()
                    .is_some_and(|letter| letter.eq_ignore_ascii_case(&byte))
            })
        };
        let whole = |word: &str| {
            ends(word) && name.bytes().filter(u8::is_ascii_alphanumeric).count() == word.len()
        };
        let holds = |part: &str| {
            let letters: String = name
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|char| char.to_ascii_lowercase())
                .collect();
            letters.contains(part)
        };
        // `--client-secret=…` names where a secret is kept.
        let flag = name.starts_with("--") && matches!(tie, Tie::Equals { .. });
        if !flag && ALWAYS.iter().any(|end| ends(end)) {
            return Some(Self::All);
        }
        if let Tie::Equals { in_url } = tie {
            let upper = name.bytes().any(|byte| byte.is_ascii_uppercase());
            if ALWAYS_WHOLE.iter().any(|word| whole(word))
                || (in_url && PARAMETERS.iter().any(|word| whole(word)))
                || (upper && COOKIES.iter().any(|part| holds(part)))
            {
                return Some(Self::All);
            }
        }
        JUDGED
            .iter()
            .any(|end| ends(end))
            .then_some(Self::UnlessWordy)
    }
}

/// The name that a run ends with.
fn last_name(word: &str) -> &str {
    let length = word
        .bytes()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        .count();
    word.get(word.len().saturating_sub(length)..)
        .unwrap_or_default()
}

/// How long what ties a value to its name is: `: `, `" => "`, `\": \"`.
fn tie(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = run(bytes, |byte| matches!(byte, b'"' | b'\'' | b'\\' | b']'));
    let mut at = quote;
    let skip_blanks = |at: usize| {
        at.saturating_add(run(bytes.get(at..).unwrap_or_default(), |byte| {
            byte == b' '
        }))
    };
    at = skip_blanks(at);
    let sign = run(bytes.get(at..)?, |byte| matches!(byte, b':' | b'=' | b'>'));
    if quote > 4 || !(1..=2).contains(&sign) || at > 8 {
        return None;
    }
    let end = skip_blanks(at.saturating_add(sign));
    (end.saturating_sub(at) <= 8).then_some(end)
}

/// The value that stands at an offset, when it must not be shown.
fn value_at(text: &str, at: usize, deny: Deny) -> Option<Range<usize>> {
    const LONGEST: usize = 1024;
    let rest = text.get(at..)?;
    let slashes = run(rest.as_bytes(), |byte| byte == b'\\');
    let opened = rest.get(slashes..)?;
    let quote = opened
        .chars()
        .next()
        .filter(|char| matches!(char, '"' | '\'' | '`') && slashes <= 3);
    let start = quote.map_or(0, |quote| slashes.saturating_add(quote.len_utf8()));
    let body = rest.get(start..)?;
    let window = body
        .char_indices()
        .nth(LONGEST)
        .map_or(body.len(), |(at, _)| at);
    let body = body.get(..window)?;
    let end = quote
        .and_then(|quote| body.find([quote, '\n']))
        .or_else(|| {
            body.find(|char: char| char.is_whitespace() || "\"'`<>,;&)}]|\\‹".contains(char))
        });
    let value = body.get(..end.unwrap_or(body.len()))?;
    let value = value.trim_end_matches('\\');
    let after = body.get(value.len()..)?;
    let is_code = quote.is_none()
        && (value.contains('(') || after.starts_with(['(', '[', '{']) || value.starts_with('&'));
    let enough = match deny {
        Deny::All => !value.is_empty(),
        Deny::UnlessWordy => value.len() >= 6 && !forms::is_wordy(value),
    };
    if !enough || is_code || is_stand_in(value) {
        return None;
    }
    let start = at.saturating_add(start);
    Some(start..start.saturating_add(value.len()))
}

/// Whether a value only stands for one: `$TOKEN`, `<password>`, `CLIENT_SECRET`, `***`.
fn is_stand_in(value: &str) -> bool {
    value.starts_with(['$', '<', '{', '(', '…'])
        || value
            .trim_matches(['*', '.', 'x', 'X', '-', '…', '[', ']'])
            .is_empty()
        || [
            "true",
            "false",
            "null",
            "none",
            "nil",
            "undefined",
            "redacted",
        ]
        .iter()
        .any(|word| value.eq_ignore_ascii_case(word))
        || (value
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'_')
            && forms::is_wordy(value))
}
