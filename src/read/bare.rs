//! Pastes that are nothing but a credential, or one word that should be one.

use super::scan::Found;
use super::shape::{self, is_token};
use super::token::Taken;
use super::value::is_nothing;
use super::{Blemish, Pasted, Place, scan};

/// Quotes and brackets that people copy along.
const WRAPPING: &[char] = &[
    '"', '\'', '`', '<', '>', '(', ')', '[', ']', '“', '”', '„', '‘', '’', '‚', '«', '»', '‹', '›',
    '″', '′', '＂', '＇',
];

/// A line of a wrapped token is at least this long.
const SHORTEST_LINE: usize = 40;

/// The name of an error is at most this long.
const LONGEST_NAME: usize = 80;

/// Settles the place of tokens that stand in the paste with nothing else beside them, and
/// what follows a token directly.
pub(super) fn settle(text: &str, found: &mut [Found]) {
    let is_bare = found.iter().all(|found| found.pasted.place == Place::Text)
        && only_wrapping_between(text, found);
    let nexts: Vec<usize> = found.iter().skip(1).map(|next| next.from).collect();
    for (at, found) in found.iter_mut().enumerate() {
        let next = nexts.get(at).copied().unwrap_or(text.len());
        let opening = text.get(found.from..found.at).unwrap_or_default();
        let raw_header = matches!(found.pasted.place, Place::Header(_))
            && !opening.contains('=')
            && scan::begins_line(text, found.from);
        if is_bare {
            found.pasted.place = Place::Bare;
        }
        if is_bare || (raw_header && !opening.contains(WRAPPING)) {
            let after = text.get(found.end..next.max(found.end)).unwrap_or_default();
            let length = after.find(char::is_whitespace).unwrap_or(after.len());
            follow(found, opening, after.get(..length).unwrap_or_default());
        }
    }
}

/// A paste without any known token: one word, or lines of one wrapped word.
pub(super) fn unknown(text: &str) -> Option<Found> {
    let word = text.trim();
    let at = text.len().saturating_sub(text.trim_start().len());
    let mut taken = Taken {
        end: at.saturating_add(word.len()),
        ..Taken::default()
    };
    if is_url(word) || is_answer(word) {
        return None;
    } else if !word.contains(char::is_whitespace) || is_nothing(word) || is_expression(word) {
        unwrap(word).clone_into(&mut taken.text);
        if taken.text.len() < word.len() {
            name_wrapping(word, &mut taken);
        }
    } else if is_wrapped(word) {
        taken.text = word.split_ascii_whitespace().collect();
        taken.blemish(
            Blemish::LineBreaks,
            "Line breaks were removed; a header with a line break is refused by servers.",
        );
    } else {
        return None;
    }
    Some(Found {
        at,
        end: taken.end,
        from: at,
        pasted: Pasted {
            text: taken.text,
            place: Place::Bare,
            scheme: None,
            scheme_count: 0,
            filled_in_later: false,
            blemishes: taken.blemishes,
            notes: taken.notes,
        },
    })
}

/// Whether a paste is one URL.
pub(super) fn is_url(word: &str) -> bool {
    (word.starts_with("https://") || word.starts_with("http://"))
        && !word.contains(char::is_whitespace)
}

/// Codes with which servers and libraries refuse.
const CODES: &[&str] = &[
    "ACCESS_TOKEN_EXPIRED",
    "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
    "ACCESS_TOKEN_TYPE_UNSUPPORTED",
    "CREDENTIALS_MISSING",
    "FAILED_PRECONDITION",
    "Forbidden",
    "IAM_PERMISSION_DENIED",
    "INVALID_ARGUMENT",
    "NOT_FOUND",
    "PERMISSION_DENIED",
    "SECURITY_POLICY_VIOLATED",
    "SERVICE_DISABLED",
    "UNAUTHENTICATED",
    "Unauthenticated",
    "Unauthorized",
    "access_denied",
    "insufficient_scope",
    "invalid_audience",
    "invalid_client",
    "invalid_grant",
    "invalid_rapt",
    "invalid_request",
    "invalid_scope",
    "invalid_target",
    "invalid_token",
    "rapt_required",
    "unauthorized_client",
];

/// Members by which a JSON text without any space is an answer.
const ANSWERED: &[&str] = &[
    "\"code\":",
    "\"detail\":",
    "\"error",
    "\"message\":",
    "\"status\":",
];

/// Whether a word is what came back, not what was sent: a status, an error's code or name, the
/// compact JSON of an answer.
fn is_answer(word: &str) -> bool {
    let code = word.trim_matches(|char: char| WRAPPING.contains(&char) || char == '.');
    let is_status = code.len() == 3 && code.starts_with(['4', '5']) && code.parse::<u16>().is_ok();
    let is_json =
        word.starts_with(['{', '[']) && ANSWERED.iter().any(|member| word.contains(member));
    let is_name = word.len() < LONGEST_NAME
        && (word.contains("Error") || word.contains("Exception"))
        && !word.contains(['$', '=']);
    let is_firebase = code.starts_with("auth/") || code.starts_with("firebase_functions/");
    is_status || is_json || is_name || is_firebase || CODES.contains(&code)
}

fn only_wrapping_between(text: &str, found: &[Found]) -> bool {
    let starts = found.iter().map(|found| found.from).chain([text.len()]);
    let ends = core::iter::once(0).chain(found.iter().map(|found| found.end));
    ends.zip(starts).enumerate().all(|(gap, (from, to))| {
        let between = text.get(from..to.max(from)).unwrap_or_default();
        // After a token, what touches it is its tail, unless that is code.
        let between = if gap == 0 {
            between
        } else {
            let tail = between.find(char::is_whitespace).unwrap_or(between.len());
            between.get(tail..).unwrap_or_default()
        };
        between
            .trim_matches(|char: char| {
                char.is_whitespace() || WRAPPING.contains(&char) || matches!(char, ',' | ';' | '|')
            })
            .is_empty()
    })
}

/// What stands directly after a token: closing quotes, a rest of the token in characters
/// that no token has, or stray characters.
fn follow(found: &mut Found, opening: &str, tail: &str) {
    let closes = opening.contains(WRAPPING);
    let rest = if closes {
        tail.trim_start_matches(WRAPPING).trim_end_matches(WRAPPING)
    } else {
        tail.trim_end_matches(['“', '”', '‘', '’', '«', '»'])
    };
    if rest.is_empty() {
        return;
    }
    let pasted = &mut found.pasted;
    if has_long_run(rest)
        && !rest.contains(['&', ',', ';', '"', '\'', '<', '>', '(', ')', '{', '}'])
    {
        pasted.text.push_str(rest);
        found.end = found
            .end
            .saturating_add(tail.find(rest).unwrap_or_default())
            .saturating_add(rest.len());
        return;
    }
    pasted.blemishes.push(Blemish::TrailingCharacters);
    pasted.notes.push(match rest.chars().count() {
        1 => "1 character after the token was ignored.".into(),
        count => format!("{count} characters after the token were ignored."),
    });
}

fn has_long_run(text: &str) -> bool {
    text.as_bytes()
        .split(|byte| !shape::is_base64url(*byte))
        .any(|run| run.len() >= 8)
}

fn unwrap(word: &str) -> &str {
    let bytes_literal = word
        .strip_prefix('b')
        .filter(|rest| rest.starts_with(['\'', '"']) && rest.len() > 1);
    let inner = bytes_literal
        .unwrap_or(word)
        .trim_matches(|char| matches!(char, '"' | '\'' | '`' | '“' | '”' | '‘' | '’' | '«' | '»'));
    if inner.is_empty() { word } else { inner }
}

fn name_wrapping(word: &str, taken: &mut Taken) {
    if word.starts_with("b'") || word.starts_with("b\"") {
        taken.blemish(
            Blemish::BytesLiteral,
            "`b'` and `'` around the text were removed: it was printed as Python bytes, not as text.",
        );
    } else if word.contains(['“', '”', '‘', '’', '«', '»']) {
        taken.blemish(
            Blemish::SmartQuotes,
            "Typographic quotes around the text were removed.",
        );
    } else {
        taken.blemish(Blemish::Quotes, "Quotes around the text were removed.");
    }
}

/// `$(gcloud auth print-identity-token)`
fn is_expression(word: &str) -> bool {
    !word.contains(['\n', '\r'])
        && ((word.starts_with("$(") && word.ends_with(')'))
            || (word.len() > 1 && word.starts_with('`') && word.ends_with('`')))
}

/// Lines of nothing but token characters, all but the last long.
fn is_wrapped(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).peekable();
    while let Some(line) = lines.next() {
        let is_last = lines.peek().is_none();
        if line.is_empty()
            || !line.bytes().all(is_token)
            || (!is_last && line.len() < SHORTEST_LINE)
        {
            return false;
        }
    }
    true
}
