//! Hides people: who a report is about, for a ticket that strangers read.

use std::borrow::Cow;

use super::json::{literals, unescaped};
use crate::credential::Credential;
use crate::json::Json;

/// What stands in a person's place.
const MASKED: &str = "MASKED";

/// Members of a token that tell a person or an account.
const PERSONAL: &[&str] = &[
    "act",
    "actor",
    "actor_id",
    "address",
    "azp",
    "birthdate",
    "email",
    "emails",
    "family_name",
    "given_name",
    "hd",
    "identities",
    "login",
    "middle_name",
    "name",
    "nickname",
    "oid",
    "phone",
    "phone_number",
    "picture",
    "preferred_username",
    "profile",
    "sub",
    "uid",
    "unique_name",
    "upn",
    "user_id",
    "user_login",
    "username",
    "website",
];

/// Members that tell of a person what no door looks at.
const NEEDLESS: &[&str] = &[
    "address",
    "birthdate",
    "family_name",
    "given_name",
    "login_hint",
    "middle_name",
    "name",
    "nickname",
    "phone",
    "phone_number",
    "picture",
    "preferred_username",
    "profile",
    "unique_name",
    "upn",
    "website",
];

/// What a token tells of a person and no verdict needs; its `email` is what IAM looks at.
pub(crate) fn needless(credential: &Credential) -> impl Iterator<Item = String> {
    let email = credential.email();
    credential
        .jwt
        .iter()
        .flat_map(|jwt| &jwt.claims.members)
        .filter(|member| NEEDLESS.contains(&member.name.as_str()))
        .flat_map(|member| super::json::literal_texts(&member.raw))
        .filter(move |value| Some(value.as_str()) != email.as_deref() && is_of_a_person(value))
}

/// A name, address, number or link: what is none of these is an oddity to be shown as it is.
fn is_of_a_person(value: &str) -> bool {
    value.len() <= 200
        && value
            .chars()
            .all(|char| char.is_alphanumeric() || " '’.-+@_%:/?=＠".contains(char))
}

/// Hides the people that the credentials of a report name.
#[derive(Debug, Clone, Default)]
pub(crate) struct People {
    /// Their names, the longest first.
    values: Vec<String>,
}

impl People {
    /// Those that these credentials name.
    pub(crate) fn of<'c>(credentials: impl Iterator<Item = &'c Credential>) -> Self {
        const MOST: usize = 200;
        let mut values: Vec<String> = credentials
            .filter_map(|credential| credential.jwt.as_ref())
            .flat_map(|jwt| [&jwt.claims, &jwt.header])
            .flat_map(names)
            .filter(|value| !matches!(value.trim(), "" | "true" | "false" | "null"))
            .take(MOST)
            .collect();
        values.sort_by_key(|value| std::cmp::Reverse(value.len()));
        values.dedup();
        Self { values }
    }

    /// A text without them.
    pub(crate) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut shown = Cow::Borrowed(text);
        for value in &self.values {
            if shown.contains(value.as_str()) {
                shown = Cow::Owned(without(&shown, value));
            }
        }
        match without_emails(&shown) {
            Cow::Borrowed(_) => shown,
            Cow::Owned(masked) => Cow::Owned(masked),
        }
    }

    /// The source text of a JSON value without them; it may be broken.
    pub(crate) fn json(&self, raw: &str) -> String {
        let mut out = String::with_capacity(raw.len());
        let mut done = 0;
        for literal in literals(raw) {
            if literal.start < done {
                continue;
            }
            let after = raw.get(literal.end..).unwrap_or_default();
            let colon = after.len().saturating_sub(after.trim_start().len());
            let text = raw.get(literal.clone()).unwrap_or_default();
            let is_personal = after.trim_start().starts_with(':')
                && PERSONAL.contains(&unescaped(text).to_ascii_lowercase().as_str());
            if is_personal {
                let from = literal.end.saturating_add(colon).saturating_add(1);
                let value = raw.get(from..).unwrap_or_default();
                out.push_str(raw.get(done..from).unwrap_or_default());
                out.push_str("\"MASKED\"");
                done = from.saturating_add(length(value));
            }
        }
        out.push_str(raw.get(done..).unwrap_or_default());
        out
    }
}

/// The texts in the members that tell a person.
fn names(json: &Json) -> Vec<String> {
    json.members
        .iter()
        .flat_map(|member| personal(&member.name, &member.raw))
        .collect()
}

/// The texts in a value of that name, at any depth.
fn personal(name: &str, raw: &str) -> Vec<String> {
    const MOST: usize = 100;
    let whole = PERSONAL.contains(&name.to_ascii_lowercase().as_str());
    if whole && !raw.contains('"') {
        // A number is a name too.
        return vec![raw.trim_matches(['[', ']', ' ']).to_owned()];
    }
    let mut found = Vec::new();
    let mut named = whole;
    for literal in literals(raw).take(MOST) {
        let text = unescaped(raw.get(literal.clone()).unwrap_or_default());
        let after = raw.get(literal.end..).unwrap_or_default();
        if after.trim_start().starts_with(':') {
            named = whole || PERSONAL.contains(&text.to_ascii_lowercase().as_str());
        } else if named {
            found.push(text.into_owned());
        }
    }
    found
}

/// The length of a JSON value at the start of a text, with the blanks before it.
fn length(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    let mut began = false;
    for (at, char) in text.char_indices() {
        if in_string {
            in_string = escaped || char != '"';
            escaped = !escaped && char == '\\';
            if !in_string && depth == 0 {
                return at.saturating_add(1);
            }
            continue;
        }
        match char {
            '"' => in_string = true,
            '{' | '[' => depth = depth.saturating_add(1),
            '}' | ']' | ',' if depth == 0 => return at,
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at.saturating_add(1);
                }
            }
            char if char.is_whitespace() && began && depth == 0 => return at,
            _ => {}
        }
        began |= !char.is_whitespace();
    }
    text.len()
}

/// The text without a name. A short one stands in other words too, and is hidden only where it
/// is a word of its own, or all that a sentence quotes.
fn without(text: &str, name: &str) -> String {
    const SHORT: usize = 5;
    const SHORTEST: usize = 3;
    let count = name.chars().count();
    if count >= SHORT {
        return text.replace(name, MASKED);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(name) {
        out.push_str(before);
        let stands_alone = if count < SHORTEST {
            out.ends_with(['`', '"']) && after.starts_with(['`', '"'])
        } else {
            !out.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
        };
        out.push_str(if stands_alone { MASKED } else { name });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// How an `@` is written.
const ATS: &[&str] = &[
    "@", "＠", "﹫", "%40", "%2540", "\\u0040", "\\x40", "&#64;", "&#064;", "&#x40;", "&#X40;",
    "&commat;",
];

/// The text without e-mail addresses, in any writing.
fn without_emails(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(found) = rest.find(['@', '＠', '﹫', '%', '\\', '&']) else {
            break;
        };
        at = at.saturating_add(found);
        let here = text.get(at..).unwrap_or_default();
        let Some(sign) = ATS.iter().find(|sign| here.starts_with(**sign)) else {
            at = at.saturating_add(here.chars().next().map_or(1, char::len_utf8));
            continue;
        };
        let start = done.max(local(text.get(done..at).unwrap_or_default()).saturating_add(done));
        let after = at.saturating_add(sign.len());
        let end = after.saturating_add(domain(text.get(after..).unwrap_or_default()));
        at = after;
        if start < at.saturating_sub(sign.len()) && end > after {
            out.push_str(text.get(done..start).unwrap_or_default());
            out.push_str(MASKED);
            done = end;
            at = end;
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// Where the part before the `@` begins.
fn local(before: &str) -> usize {
    const LONGEST: usize = 256;
    let near = before
        .char_indices()
        .rev()
        .take(LONGEST)
        .last()
        .map_or(0, |(at, _)| at);
    let (far, before) = before.split_at_checked(near).unwrap_or(("", before));
    far.len().saturating_add(local_near(before))
}

fn local_near(before: &str) -> usize {
    if let Some(inner) = before.strip_suffix('"')
        && let Some(opens) = inner.rfind('"')
    {
        return opens;
    }
    let ends = |char: char| char.is_whitespace() || "\"`<>()[]{},;:=/|".contains(char);
    before
        .char_indices()
        .rev()
        .find(|(_, char)| ends(*char))
        .map_or(0, |(at, char)| at.saturating_add(char.len_utf8()))
}

/// How far the part after the `@` reaches.
fn domain(after: &str) -> usize {
    let inside = |char: char| {
        char.is_alphanumeric()
            || matches!(char, '.' | '-' | '_' | '‹' | '›' | '+')
            || char > '\u{7F}'
    };
    let end = after.find(|char| !inside(char)).unwrap_or(after.len());
    // A full stop that ends the sentence is not the address's.
    after
        .get(..end)
        .map_or(end, |all| all.trim_end_matches('.').len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_masked() {
        for (text, shown) in [
            (
                "ask a.b+c@x-y.example.com, not @here or `x@y`!",
                "ask MASKED, not @here or `MASKED`!",
            ),
            ("/users/ann.smith%40example.com/x", "/users/MASKED/x"),
            ("ann.lee＠example.com", "MASKED"),
            ("ann\\u0040example.com.", "MASKED."),
            ("ann&#64;example.com", "MASKED"),
            (
                "--member='user:pat.o'\\''hara@example.com'",
                "--member='user:MASKED'",
            ),
            ("from \"pat smith\"@example.com", "from MASKED"),
            ("ann‹U+200B›@example.com", "MASKED"),
            ("100 % of a & b", "100 % of a & b"),
        ] {
            assert_eq!(without_emails(text), shown);
        }
    }

    #[test]
    fn names_are_masked_wherever_they_stand() {
        let people = People {
            values: vec!["Ann Smithson".into(), "1234".into(), "7".into()],
        };
        assert_eq!(
            people.text("Ann Smithson is 1234, not 12345; sub is `7`, in 7 s"),
            "MASKED is MASKED, not 12345; sub is `MASKED`, in 7 s"
        );
    }

    #[test]
    fn members_are_masked_in_broken_json_too() {
        let people = People::default();
        assert_eq!(
            people.json(
                r#"{"sub": 1, "act":{"sub":"x"},"aud":"b","a":{"name":"x"},"email":"ann@exam"#
            ),
            r#"{"sub":"MASKED", "act":"MASKED","aud":"b","a":{"name":"MASKED"},"email":"MASKED""#
        );
    }
}
