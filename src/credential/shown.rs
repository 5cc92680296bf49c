//! What of a credential may be shown: its header and claims as JSON, and which of its values are
//! names although they look random.

use super::{Credential, Jwt, Kind};
use crate::conceal::{self, literal_texts, push_quoted};
use crate::json::{Json, Shape};
use crate::known::secrets::HARMLESS;
use crate::text::{holds, is_credential, run};

impl Jwt {
    /// The protected header as one JSON text: members in the order sent, duplicates kept, the
    /// digits of numbers kept, secrets cut. `null` when there is none.
    #[must_use]
    pub fn header_json(&self) -> String {
        whole(&self.header)
    }

    /// The claims set as one JSON text, like [`header_json`](Self::header_json). A payload
    /// that is JSON but no object is given as it is.
    #[must_use]
    pub fn claims_json(&self) -> String {
        whole(&self.claims)
    }
}

impl Credential {
    /// The values of its header and claims that tell who and what, and may look random.
    pub(crate) fn harmless(&self) -> Vec<String> {
        const SHORTEST: usize = 8;
        const LONGEST: usize = 256;
        let parts = self.jwt.iter().flat_map(|jwt| [&jwt.header, &jwt.claims]);
        parts
            .flat_map(|json| &json.members)
            .filter(|member| HARMLESS.contains(&member.name.as_str()))
            .flat_map(|member| literal_texts(&member.raw))
            .chain(self.key_id.clone())
            .filter(|value| (SHORTEST..=LONGEST).contains(&value.len()))
            .collect()
    }

    /// Whether it was sent as a credential, of whatever kind, and not as text.
    pub(crate) const fn is_secret(&self) -> bool {
        self.jwt.is_none() && !matches!(self.kind, Kind::None | Kind::NotAToken | Kind::ClientId)
    }
}

/// Whether a JWT stands in this JSON value.
pub(super) fn holds_token(raw: &str) -> bool {
    holds(raw, "eyJ") && words(raw).any(is_token)
}

fn whole(json: &Json) -> String {
    match json.shape {
        Shape::Object => {
            let mut object = String::with_capacity(json.source.len().saturating_add(16));
            for member in &json.members {
                object.push(if object.is_empty() { '{' } else { ',' });
                push_quoted(&mut object, &member.name);
                object.push(':');
                object.push_str(&member.raw);
            }
            object.push_str(if object.is_empty() { "{}" } else { "}" });
            conceal::json(&object).into_owned()
        }
        Shape::Other if json.broken.is_none() => conceal::json(json.source.trim()).into_owned(),
        _ => "null".into(),
    }
}

/// Stretches of the characters that credentials are made of.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut end: usize = 0;
    std::iter::from_fn(move || {
        let rest = text.as_bytes().get(end..)?;
        let start = end.saturating_add(run(rest, |byte| !is_credential(byte)));
        let word = text.as_bytes().get(start..)?;
        end = start.saturating_add(run(word, is_credential));
        (start < end).then(|| text.get(start..end).unwrap_or_default())
    })
}

fn is_token(word: &str) -> bool {
    const SHORTEST: usize = 20;
    word.len() > SHORTEST && word.contains('.') && (word.starts_with("eyJ") || holds(word, ".eyJ"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_object() {
        let json = Json::read("{\"a\": 1.50, \"a\":\"\u{200B}\", \"b\\n\":null}");
        assert_eq!(
            whole(&json),
            "{\"a\":1.50,\"a\":\"\\u200b\",\"b\\u000a\":null}"
        );
        assert_eq!(whole(&Json::read(" [1, 2] ")), "[1, 2]");
        assert_eq!(whole(&Json::read("hello")), "null");
        assert_eq!(whole(&Json::read("[1")), "null");
        assert_eq!(whole(&Json::read("")), "null");
        assert_eq!(whole(&Json::read("{\"a\":1,\"b\":")), "{\"a\":1}");
    }
}
