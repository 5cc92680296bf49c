//! [`Input`] from the JSON that the page and the npm package hand over.

use super::{Caller, Input, Preset};
use crate::json::{Json, Member, Shape, unescape};

impl Input {
    /// Reads `{"paste","serviceUrl","response","status","caller","customAudiences","service",
    /// "region","project","values","now","pick","preset"}`; all but `now` (seconds since 1970, UTC) may be missing.
    ///
    /// # Errors
    ///
    /// One sentence, without any of the values, when the text is no such JSON: this is how a
    /// program misuses the interface, never how a person misreads their token.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let fields = Json::read(text);
        if fields.shape != Shape::Object || fields.broken.is_some() {
            return Err("The input is not a JSON object.".to_owned());
        }
        let fields = Fields(fields);
        // A clock may tell parts of a second; they are dropped.
        let now = fields
            .get("now")
            .and_then(|now| now.raw.split('.').next()?.parse().ok())
            .ok_or("`now` must be a number of seconds since 1970.")?;
        let caller = match fields.word("caller")?.as_str() {
            "" => None,
            id => Some(Caller::from_id(id).ok_or("`caller` is not one of the known callers.")?),
        };
        Ok(Self {
            paste: fields.word("paste")?,
            service_url: fields.word("serviceUrl")?,
            response: fields.word("response")?,
            status: fields.number("status")?,
            caller,
            custom_audiences: fields.words("customAudiences")?,
            service: fields.word("service")?,
            region: fields.word("region")?,
            project: fields.word("project")?,
            values: fields.pairs("values")?,
            now,
            pick: fields.number("pick")?,
            preset: preset(&fields.words("preset")?),
        })
    }
}

/// The fields that a link filled in, by their names.
fn preset(names: &[String]) -> Preset {
    let has = |name: &str| names.iter().any(|told| told == name);
    Preset {
        service_url: has("serviceUrl"),
        custom_audiences: has("customAudiences"),
        service: has("service"),
        region: has("region"),
        project: has("project"),
    }
}

/// The members of the input.
struct Fields(Json);

impl Fields {
    /// The field, of several the last; `None` when it is not told.
    fn get(&self, name: &str) -> Option<&Member> {
        self.0.get(name).filter(|field| field.raw != "null")
    }

    fn word(&self, name: &str) -> Result<String, String> {
        match self.get(name) {
            None => Ok(String::new()),
            Some(field) => field
                .string()
                .ok_or_else(|| format!("`{name}` must be a text.")),
        }
    }

    fn words(&self, name: &str) -> Result<Vec<String>, String> {
        let Some(field) = self.get(name) else {
            return Ok(Vec::new());
        };
        let words: Option<Vec<String>> = field.elements().into_iter().map(unescape).collect();
        words
            .filter(|_| field.raw.starts_with('['))
            .ok_or_else(|| format!("`{name}` must be a list of texts."))
    }

    fn pairs(&self, name: &str) -> Result<Vec<(String, String)>, String> {
        let Some(field) = self.get(name) else {
            return Ok(Vec::new());
        };
        let object = Json::read(&field.raw);
        let pairs: Option<Vec<(String, String)>> = object
            .members
            .iter()
            .map(|member| Some((member.name.clone(), member.string()?)))
            .collect();
        pairs
            .filter(|_| object.shape == Shape::Object)
            .ok_or_else(|| format!("`{name}` must be an object of texts."))
    }

    fn number<N: std::str::FromStr>(&self, name: &str) -> Result<Option<N>, String> {
        self.get(name)
            .map(|field| {
                field
                    .raw
                    .parse()
                    .map_err(|_| format!("`{name}` must be a whole number."))
            })
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use crate::{Caller, Input};

    #[test]
    fn every_field_is_read() {
        let input = Input::from_json(
            r#"{"paste":"p","serviceUrl":"u","response":"r","status":401,"caller":"pubsub-push",
                "customAudiences":["a","b"],"service":"s","region":"e","project":"o","values":{"BUCKET":"b"},"now":7.9,"pick":1}"#,
        );
        let mut expected = Input::at(7);
        expected.paste = "p".to_owned();
        expected.service_url = "u".to_owned();
        expected.response = "r".to_owned();
        expected.status = Some(401);
        expected.caller = Some(Caller::PubsubPush);
        expected.custom_audiences = vec!["a".to_owned(), "b".to_owned()];
        expected.service = "s".to_owned();
        expected.region = "e".to_owned();
        expected.project = "o".to_owned();
        expected.values = vec![("BUCKET".to_owned(), "b".to_owned())];
        expected.pick = Some(1);
        assert_eq!(input, Ok(expected));
        assert_eq!(
            Input::from_json(r#"{"now":5,"caller":null}"#),
            Ok(Input::at(5))
        );
    }

    #[test]
    fn misuse_is_said_without_the_values() {
        for wrong in [
            "",
            "[]",
            "{}",
            r#"{"now":"5"}"#,
            r#"{"now":1,"paste":7}"#,
            r#"{"now":1,"status":70000}"#,
            r#"{"now":1,"status":-1}"#,
            r#"{"now":1,"caller":"ya29.SECRET"}"#,
            r#"{"now":1,"customAudiences":"a"}"#,
            r#"{"now":1,"values":["a"]}"#,
            r#"{"now":1,"values":{"BUCKET":7}}"#,
        ] {
            let error = Input::from_json(wrong).expect_err(wrong);
            assert!(!error.contains("SECRET"), "{error}");
        }
    }
}
