//! Logs: where the request went, and who made it. Cloud Logging's entries as JSON, as YAML or field
//! by field (`LogEntry.httpRequest`; the attempt logs of Scheduler and Tasks), and what a browser
//! says of CORS.

use crate::text::holds;

/// The URL of the first entry that tells one.
pub(crate) fn url(text: &str) -> Option<&str> {
    // Tasks write the method before the address.
    let told = ["requestUrl", "targetAddress"]
        .iter()
        .find_map(|name| address(value(text, name)?));
    told.or_else(|| {
        let of_scheduler = text.contains(SCHEDULER);
        address(of_scheduler.then(|| value(text, "url")).flatten()?)
    })
    .or_else(|| blocked(text))
}

/// The URL in a browser's "Access to fetch at '…' from origin '…' has been blocked".
fn blocked(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("Access to ")?;
    let (_, rest) = rest.split_once(" at ")?;
    let (at, _) = rest.split_once(" from origin ")?;
    address(at)
}

/// What the caller called itself, in the first entry that tells.
pub(crate) fn user_agent(text: &str) -> Option<&str> {
    value(text, "userAgent")
}

/// The type of Cloud Scheduler's entries.
const SCHEDULER: &str = "google.cloud.scheduler.logging";

/// The first value of this name, to the end of its string or line.
fn value<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    if !holds(text, name) {
        return None;
    }
    text.match_indices(name).find_map(|(at, _)| {
        let before = text.get(..at)?;
        let after = text.get(at.checked_add(name.len())?..)?;
        if before.ends_with(|char: char| char.is_ascii_alphanumeric() || char == '_') {
            return None;
        }
        let value = after
            .trim_start_matches('"')
            .trim_start()
            .strip_prefix(':')?;
        let value = value.trim_start_matches([' ', '"', '\'']);
        value
            .split(['"', '\'', '\n', '\r'])
            .next()
            .map(str::trim)
            .filter(|value| !value.is_empty())
    })
}

/// The web address that a value is, or ends in.
fn address(value: &str) -> Option<&str> {
    let from = value.find("https://").or_else(|| value.find("http://"))?;
    value.get(from..)?.split([' ', ',', '}', '\'', '"']).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_tells_where_the_request_went_and_who_made_it() {
        let json = r#"{"httpRequest":{"requestUrl": "https://a.a.run.app/x?y=1", "status":403,"userAgent":"Google-Cloud-Tasks"}}"#;
        let yaml = "httpRequest:\n  requestUrl: https://a.a.run.app/x?y=1\n  status: 403\n  userAgent: Google-Cloud-Tasks\n";
        let fields = "httpRequest.requestUrl: https://a.a.run.app/x?y=1, httpRequest.userAgent: 'Google-Cloud-Tasks'";
        for text in [json, yaml, fields] {
            assert_eq!(url(text), Some("https://a.a.run.app/x?y=1"), "{text}");
            assert_eq!(user_agent(text), Some("Google-Cloud-Tasks"), "{text}");
        }
    }

    #[test]
    fn attempts_of_tasks_and_scheduler_tell_it_too() {
        let tasks = r#"{"attemptResponseLog":{"targetAddress":"POST https://a.a.run.app/t","status":"UNAUTHENTICATED"}}"#;
        assert_eq!(url(tasks), Some("https://a.a.run.app/t"));
        let scheduler = r#"{"@type":"type.googleapis.com/google.cloud.scheduler.logging.AttemptFinished","jobName":"j","url":"https://a.a.run.app/s"}"#;
        assert_eq!(url(scheduler), Some("https://a.a.run.app/s"));
    }

    #[test]
    fn a_browser_tells_what_it_blocked() {
        let said = "Access to fetch at 'https://a.a.run.app/v1' from origin 'https://shop.example' has been blocked by CORS policy";
        assert_eq!(url(said), Some("https://a.a.run.app/v1"));
        let said = "Access to XMLHttpRequest at https://a.a.run.app/v1 from origin https://shop.example has been blocked";
        assert_eq!(url(said), Some("https://a.a.run.app/v1"));
    }

    #[test]
    fn other_texts_tell_nothing() {
        for text in [
            "",
            "requestUrl",
            "myrequestUrl: https://a.example",
            r#"{"url":"https://a.example"}"#,
            r#"{"requestUrl":""}"#,
            r#"{"requestUrl":"/x"}"#,
        ] {
            assert_eq!(url(text), None, "{text}");
        }
    }
}
