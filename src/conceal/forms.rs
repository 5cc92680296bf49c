//! Where a secret begins in a run of the characters that tokens are made of.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::words;
use crate::known::secrets::{FORMS, Form};
use crate::text::{holds, is_base64url, run};

/// No shorter run is looked at.
pub(super) const SHORTEST: usize = 8;

/// Where a secret begins in a run, `before` being what precedes it. What is shown of a key of
/// known form, its prefix or a token's header, stands before that.
pub(super) fn secret(text: &str, before: &str, harmless: &[String]) -> Option<usize> {
    let known = known(text, before);
    let host = host(text, before);
    let skip = match known {
        Some(Known::Header(length)) => length,
        _ => 0,
    };
    let random = random(text, skip, &host, harmless);
    match (known, random) {
        (Some(Known::From(begins, cut)), Some(random)) if begins <= random.found => Some(cut),
        (Some(Known::From(_, cut)), None) => Some(cut),
        (_, random) => random.map(|random| random.from),
    }
}

/// Whether all of a text is words and short numbers.
pub(super) fn is_wordy(text: &str) -> bool {
    const LONGEST: usize = 80;
    text.len() <= LONGEST
        && text
            .as_bytes()
            .split(|byte| !byte.is_ascii_alphanumeric())
            .filter(|chunk| !chunk.is_empty())
            .all(|chunk| words::is_wordy(chunk.iter().copied()))
}

#[derive(Clone, Copy)]
enum Known {
    /// Where it begins, and from where it is cut.
    From(usize, usize),
    /// A token's header alone, up to here: nothing is cut.
    Header(usize),
}

/// The first key of known form.
fn known(text: &str, before: &str) -> Option<Known> {
    let bytes = text.as_bytes();
    let mut header = None;
    for (at, byte) in bytes.iter().enumerate() {
        let rest = bytes.get(at..).unwrap_or_default();
        if *byte == b'e' && rest.starts_with(b"eyJ") {
            if header.is_some_and(|end| at < end) {
                continue;
            }
            match jose(text.get(at..).unwrap_or_default()) {
                Some(Known::From(_, cut)) => return Some(Known::From(at, at.saturating_add(cut))),
                Some(Known::Header(length)) => header = Some(at.saturating_add(length)),
                None => {}
            }
            continue;
        }
        let mut forms = BEGUN.get(usize::from(*byte)).copied().unwrap_or_default();
        if forms == 0 {
            continue;
        }
        let previous = match at.checked_sub(1) {
            Some(previous) => bytes.get(previous),
            None => before.as_bytes().last(),
        };
        let begins_word = !previous.is_some_and(u8::is_ascii_alphanumeric);
        while forms != 0 {
            let form = usize::try_from(forms.trailing_zeros()).unwrap_or_default();
            forms &= forms.saturating_sub(1);
            if let Some(form) = FORMS.get(form).filter(|form| fits(form, rest, begins_word)) {
                return Some(Known::From(at, at.saturating_add(form.prefix.len())));
            }
        }
    }
    header.map(Known::Header)
}

fn fits(form: &Form, text: &[u8], begins_word: bool) -> bool {
    if !form.anywhere && !begins_word {
        return false;
    }
    let Some(body) = text.strip_prefix(form.prefix.as_bytes()) else {
        return false;
    };
    // A short prefix may begin a name: `sk-learn-contrib`, `npm_config_registry`.
    body.len() >= form.least && (form.anywhere || !std::str::from_utf8(body).is_ok_and(is_wordy))
}

/// The forms whose prefixes begin with each byte, a bit each.
#[allow(clippy::indexing_slicing)] // Only run by the compiler.
static BEGUN: [u128; 256] = {
    let mut first = [0; 256];
    assert!(FORMS.len() <= 128);
    let mut at = 0;
    while at < FORMS.len() {
        first[FORMS[at].prefix.as_bytes()[0] as usize] |= 1 << at;
        at += 1;
    }
    first
};

/// What of a token that begins with `eyJ` is cut: all but its header, when that is one.
fn jose(text: &str) -> Option<Known> {
    const SHORTEST: usize = 10;
    const LONGEST: usize = 200;
    const SHOWN: usize = 8;
    let length = run(text.as_bytes(), is_base64url);
    if length < SHORTEST {
        return None;
    }
    let part = text.get(..length.min(LONGEST)).unwrap_or_default();
    let is_header = is_header(part);
    let goes_on = text.as_bytes().get(length) == Some(&b'.') || length > LONGEST;
    match (is_header, goes_on) {
        (true, false) => Some(Known::Header(length)),
        (true, true) => Some(Known::From(0, part.len())),
        (false, _) => Some(Known::From(0, SHOWN)),
    }
}

/// Whether a part of a token is the header of one, and holds no secret itself.
fn is_header(part: &str) -> bool {
    let whole = part.len().saturating_sub(part.len() % 4);
    let decoded = BASE64_URL_SAFE_NO_PAD
        .decode(part.get(..whole).unwrap_or_default())
        .unwrap_or_default();
    let text = String::from_utf8_lossy(&decoded);
    holds(&text, "\"alg\"") && {
        // The key's id is the one random value that belongs there.
        let named: Vec<String> = text
            .split_once("\"kid\":\"")
            .and_then(|(_, kid)| kid.split('"').next())
            .map(str::to_owned)
            .into_iter()
            .collect();
        matches!(
            super::Pass::over(&text, &named).finish(),
            std::borrow::Cow::Borrowed(_)
        )
    }
}

/// Where the name of a server stands in a run: random letters in it are no secret.
fn host(text: &str, before: &str) -> std::ops::Range<usize> {
    if text.starts_with("//") && before.ends_with(':') {
        let rest = text.get(2..).unwrap_or_default();
        let length = rest.find('/').unwrap_or(rest.len());
        if rest.get(..length).is_some_and(|host| host.contains('.')) {
            return 2..length.saturating_add(2);
        }
    }
    match text.find(".apps.googleusercontent.com") {
        Some(end) => {
            let start = text.get(..end).and_then(|name| name.rfind(['/', '=', '%']));
            start.map_or(0, |slash| slash.saturating_add(1))..end
        }
        None => 0..0,
    }
}

/// Whether there is a digit, a capital or a long word: nearly every word has none, and is left.
fn may_be_random(text: &str) -> bool {
    const LONG: usize = 14;
    let mut length = 0_usize;
    text.bytes().any(|byte| {
        length = if byte.is_ascii_lowercase() {
            length.saturating_add(1)
        } else {
            0
        };
        byte.is_ascii_digit() || byte.is_ascii_uppercase() || length > LONG
    })
}

/// Random letters and digits.
struct Random {
    /// Where they stand.
    found: usize,
    /// Where what is no word begins before them: a key may begin with few letters.
    from: usize,
}

/// The first random letters and digits, from `skip` on.
fn random(
    text: &str,
    skip: usize,
    host: &std::ops::Range<usize>,
    harmless: &[String],
) -> Option<Random> {
    const SHORTEST_MIX: usize = 16;
    if !may_be_random(text) {
        return None;
    }
    let is_known = |part: &str| {
        harmless
            .iter()
            .any(|value| value.len() >= part.len() && value.contains(part))
    };
    let mut segment = 0_usize;
    for part in text.split(['.', '/', '=', '%']) {
        let at = segment;
        segment = segment.saturating_add(part.len()).saturating_add(1);
        if at.saturating_add(part.len()) <= skip {
            continue;
        }
        let mut begins = None;
        let mut chunk = at;
        for letters in part.split(|char: char| !char.is_ascii_alphanumeric()) {
            let start = chunk;
            chunk = chunk.saturating_add(letters.len()).saturating_add(1);
            if letters.is_empty() || start < skip {
                continue;
            }
            if words::is_wordy(letters.bytes()) && letters.len() > 2 {
                begins = None;
                continue;
            }
            let from = *begins.get_or_insert(start);
            let of_host =
                host.contains(&start) && !letters.bytes().any(|byte| byte.is_ascii_uppercase());
            if words::is_random(letters.bytes()) && !of_host && !is_known(letters) {
                return Some(Random { found: start, from });
            }
        }
        if part.len() >= SHORTEST_MIX
            && at >= skip
            && words::is_random_mix(part.bytes())
            && !is_known(part)
        {
            let first = part
                .split(|char: char| !char.is_ascii_alphanumeric())
                .scan(0_usize, |at, letters| {
                    let start = *at;
                    *at = at.saturating_add(letters.len()).saturating_add(1);
                    Some((start, letters))
                })
                .find(|(_, letters)| !letters.is_empty() && !words::is_wordy(letters.bytes()));
            let from = at.saturating_add(first.map_or(0, |(start, _)| start));
            return Some(Random { found: from, from });
        }
    }
    None
}
