//! [`Input`] from the JSON that the page and the npm package hand over.

use serde_json::{Map, Value};

use super::{Caller, Input};

impl Input {
    /// Reads `{"paste","serviceUrl","response","status","caller","customAudiences","service",
    /// "region","project","now","pick"}`; all but `now` (seconds since 1970, UTC) may be missing.
    ///
    /// # Errors
    ///
    /// One sentence, without any of the values, when the text is no such JSON: this is how a
    /// program misuses the interface, never how a person misreads their token.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let Ok(Value::Object(fields)) = serde_json::from_str(text) else {
            return Err("The input is not a JSON object.".to_owned());
        };
        let now = fields
            .get("now")
            .and_then(whole)
            .ok_or("`now` must be a number of seconds since 1970.")?;
        let caller = word(&fields, "caller")?;
        let caller = match caller.as_str() {
            "" => None,
            id => Some(Caller::from_id(id).ok_or("`caller` is not one of the known callers.")?),
        };
        Ok(Self {
            paste: word(&fields, "paste")?,
            service_url: word(&fields, "serviceUrl")?,
            response: word(&fields, "response")?,
            status: number(&fields, "status")?,
            caller,
            custom_audiences: words(&fields, "customAudiences")?,
            service: word(&fields, "service")?,
            region: word(&fields, "region")?,
            project: word(&fields, "project")?,
            now,
            pick: number(&fields, "pick")?,
        })
    }
}

/// A clock may tell parts of a second; they are dropped.
fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        let digits = value.as_number()?.to_string();
        digits.split_once('.')?.0.parse().ok()
    })
}

fn word(fields: &Map<String, Value>, name: &str) -> Result<String, String> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(word)) => Ok(word.clone()),
        Some(_) => Err(format!("`{name}` must be a text.")),
    }
}

fn words(fields: &Map<String, Value>, name: &str) -> Result<Vec<String>, String> {
    let wrong = || format!("`{name}` must be a list of texts.");
    match fields.get(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(items)) => items
            .iter()
            .map(|item| item.as_str().map(str::to_owned).ok_or_else(wrong))
            .collect(),
        Some(_) => Err(wrong()),
    }
}

fn number<N: TryFrom<u64>>(fields: &Map<String, Value>, name: &str) -> Result<Option<N>, String> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value
            .as_u64()
            .and_then(|number| N::try_from(number).ok())
            .map(Some)
            .ok_or_else(|| format!("`{name}` must be a whole number.")),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Caller, Input};

    #[test]
    fn every_field_is_read() {
        let input = Input::from_json(
            r#"{"paste":"p","serviceUrl":"u","response":"r","status":401,"caller":"pubsub-push",
                "customAudiences":["a","b"],"service":"s","region":"e","project":"o","now":7.9,"pick":1}"#,
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
        ] {
            let error = Input::from_json(wrong).expect_err(wrong);
            assert!(!error.contains("SECRET"), "{error}");
        }
    }
}
