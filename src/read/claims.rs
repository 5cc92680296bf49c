//! Claims that somebody decoded before pasting them: a JSON object as jwt.io shows it, a dict as
//! Python prints it, `name: value` lines.

use core::ops::Range;

use super::scan::Found;
use super::{Pasted, Place};
use crate::document::{self, Value};

/// The claims in a text, when it holds those of a token.
pub(super) fn decoded(text: &str) -> Option<Found> {
    // Whatever is a token's claims has an issuer or an audience, and a time.
    if !["iss", "aud"].iter().all(|name| text.contains(name))
        || !["exp", "iat"].iter().any(|name| text.contains(name))
    {
        return None;
    }
    let (range, json) = object(text).or_else(|| lines(text))?;
    let from = header_before(text, range.start).unwrap_or(range.start);
    Some(Found {
        at: range.start,
        end: range.end,
        from,
        pasted: Pasted {
            text: json,
            place: Place::Text,
            scheme: None,
            scheme_count: 0,
            filled_in_later: false,
            blemishes: Vec::new(),
            notes: Vec::new(),
        },
    })
}

/// An object that holds the claims themselves.
fn object(text: &str) -> Option<(Range<usize>, String)> {
    /// How many mentions of an issuer are looked at.
    const MOST: usize = 20;
    let mentions = ["\"iss\"", "'iss'"]
        .iter()
        .flat_map(|name| text.match_indices(name).take(MOST));
    mentions
        .filter_map(|(at, _)| {
            let start = text.get(..at)?.rfind('{')?;
            let (value, length, closed) = document::read_json(text.get(start..)?)?;
            let range = start..start.checked_add(length)?;
            let is_whole = closed && range.end > at && are_claims(|name| value.get(name).is_some());
            is_whole.then(|| Some((range.clone(), as_json(text.get(range)?))))?
        })
        .next()
}

/// `name: value` lines, with or without quotes.
fn lines(text: &str) -> Option<(Range<usize>, String)> {
    const NAMES: &[&str] = &[
        "iss",
        "aud",
        "azp",
        "sub",
        "email",
        "email_verified",
        "exp",
        "iat",
        "nbf",
        "hd",
        "at_hash",
    ];
    let mut members: Vec<(&str, &str)> = Vec::new();
    let mut range: Option<Range<usize>> = None;
    let mut at: usize = 0;
    for line in text.split_inclusive('\n') {
        let from = at;
        at = at.saturating_add(line.len());
        let Some((name, value)) = line.split_once(": ").or_else(|| line.split_once('=')) else {
            continue;
        };
        let name = name
            .trim()
            .trim_matches(['"', '\'', '-', '*', '`', ' ', '/', '#']);
        let value = value
            .trim()
            .trim_end_matches(',')
            .trim_matches(['"', '\'', '`']);
        if NAMES.contains(&name)
            && !value.is_empty()
            && !members.iter().any(|(known, _)| *known == name)
        {
            members.push((name, value));
            range = Some(range.map_or(from, |range| range.start)..at);
        }
    }
    if !are_claims(|name| members.iter().any(|(known, _)| *known == name)) {
        return None;
    }
    let mut json = String::from("{");
    for (name, value) in members {
        if json.len() > 1 {
            json.push(',');
        }
        crate::conceal::push_quoted(&mut json, name);
        json.push(':');
        let is_bare = value.parse::<i64>().is_ok() && name != "sub" && name != "azp"
            || ["true", "false"].contains(&value);
        if is_bare {
            json.push_str(value);
        } else {
            crate::conceal::push_quoted(&mut json, value);
        }
    }
    json.push('}');
    Some((range?, json))
}

fn are_claims(has: impl Fn(&str) -> bool) -> bool {
    has("iss") && has("aud") && (has("exp") || has("iat"))
}

/// Python's way of printing a dict, as JSON.
fn as_json(object: &str) -> String {
    if object.contains('"') {
        return object.to_owned();
    }
    object
        .replace('\'', "\"")
        .replace(": True", ": true")
        .replace(": False", ": false")
        .replace(": None", ": null")
}

/// Where the object of the protected header begins that stands right before.
fn header_before(text: &str, at: usize) -> Option<usize> {
    let before = text
        .get(..at)?
        .trim_end()
        .trim_end_matches(['.', ','])
        .trim_end();
    let start = before.strip_suffix('}')?.rfind('{')?;
    let (value, ..) = document::read_json(before.get(start..)?)?;
    let is_header = matches!(value, Value::Map(_)) && value.get("alg").is_some();
    is_header.then_some(start)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn claims_are_found_in_every_form() {
        for text in [
            "{\"alg\":\"RS256\"}\n{\n \"iss\": \"https://accounts.google.com\",\n \"aud\": \"x\",\n \"exp\": 1\n}",
            "payload = {'iss': 'https://accounts.google.com', 'aud': 'x', 'exp': 1, 'email_verified': True}",
            "iss: https://accounts.google.com\naud: x\nexp: 1\n",
            "{\"header\":{\"alg\":\"RS256\"},\"payload\":{\"iss\":\"https://accounts.google.com\",\"aud\":\"x\",\"exp\":1}}",
        ] {
            let found = decoded(text).expect(text);
            let json = crate::json::Json::read(&found.pasted.text);
            assert_eq!(
                json.text("aud").as_deref(),
                Some("x"),
                "{}",
                found.pasted.text
            );
            assert_eq!(json.broken, None);
        }
    }

    #[test]
    fn what_only_speaks_of_claims_holds_none() {
        for text in [
            "the iss and aud claims and exp",
            "{\"iss\": \"a\"}",
            "check iss, aud and exp: {\"alg\":\"RS256\"}",
            "issuer: x\naudience: y\nexp: 1",
        ] {
            assert!(decoded(text).is_none(), "{text}");
        }
    }
}
