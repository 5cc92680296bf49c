//! What entries that mean the same have in common: a key in which moments, ids and numbers do not
//! count, and service, account and what was said do.

use core::hash::{Hash, Hasher};
use std::hash::DefaultHasher;

use crate::document::Value;

/// A number for a text or anything else.
pub(super) fn hashed(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The key of an entry.
pub(super) fn of_value(value: &Value) -> u64 {
    let mut text = String::new();
    push_value(value, &mut text, 0);
    hashed(text)
}

/// The key of a text.
pub(super) fn of_text(text: &str) -> u64 {
    let mut shape = String::new();
    push_text(text, &mut shape);
    hashed(shape)
}

/// Members that differ between entries that mean the same.
const NO_MATTER: &[&str] = &[
    "insertId",
    "timestamp",
    "receiveTimestamp",
    "trace",
    "spanId",
    "traceSampled",
    "latency",
    "remoteIp",
    "serverIp",
    "requestSize",
    "responseSize",
    "revision_name",
    "callerIp",
    "instanceId",
    "instance_id",
    "pod_name",
    "startedDateTime",
    "time",
    "timings",
    "cookies",
    "connection",
    "serverIPAddress",
    "referer",
    "requestAttributes",
    "operation",
    "scheduledTime",
    "task",
    "start_time",
    "bytes_sent",
    "bytes_received",
    "duration",
    "request_id",
    "headersSize",
    "bodySize",
    "cache",
    "queryString",
];

/// Members whose values are names: they stay, digits and all.
const NAMES: &[&str] = &[
    "service_name",
    "function_name",
    "configuration_name",
    "job_id",
    "queue_id",
    "subscription_id",
    "project_id",
    "location",
    "region",
    "logName",
    "serviceName",
    "methodName",
    "resourceName",
    "principalEmail",
    "permission",
    "resource",
    "jobName",
    "authority",
    "host",
];

/// The headers that a verdict may rest on.
const HEADERS: &[&str] = &[
    "authorization",
    "x-serverless-authorization",
    "proxy-authorization",
    "x-goog-iap-jwt-assertion",
    "x-goog-iap-generated-response",
    "x-goog-api-key",
    "www-authenticate",
    "user-agent",
    "server",
    "via",
    "content-type",
    "origin",
    "access-control-request-headers",
];

/// The deepest nesting looked at.
const DEEPEST: usize = 64;

fn push_value(value: &Value, shape: &mut String, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    let deeper = depth.saturating_add(1);
    match value {
        Value::Null => {}
        Value::Text(text) => push_text(text, shape),
        Value::List(items) => {
            for item in items {
                push_value(item, shape, deeper);
                shape.push(';');
            }
        }
        Value::Map(entries) => {
            if let Some(header) = value.get("name").and_then(Value::as_text)
                && value.get("value").is_some()
                && !HEADERS.iter().any(|name| header.eq_ignore_ascii_case(name))
            {
                return;
            }
            for (name, value) in entries {
                if NO_MATTER.contains(&name.as_str()) {
                    continue;
                }
                shape.push_str(name);
                shape.push('=');
                match value {
                    Value::Text(text) if NAMES.contains(&name.as_str()) => shape.push_str(text),
                    value => push_value(value, shape, deeper),
                }
                shape.push('\n');
            }
        }
    }
}

/// A text word by word: a name stays, an id becomes `x`, a number `0`; a status stays.
pub(super) fn push_text(text: &str, shape: &mut String) {
    for word in text.split([' ', '\t', '\n', '\r', '"', '\'', ',', '(', ')', '`']) {
        if word.is_empty() {
            continue;
        }
        shape.push(' ');
        if word.starts_with("eyJ") || word.contains('@') {
            shape.push_str(word);
        } else if let Some((scheme, rest)) = word.split_once("://") {
            // Host and path; what a query holds does not matter.
            let rest = rest.split(['?', '#']).next().unwrap_or(rest);
            let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            shape.push_str(scheme);
            shape.push_str(host);
            push_word(path, shape);
        } else if word.contains("projects/") || word.contains(".app") {
            shape.push_str(word);
        } else {
            push_word(word, shape);
        }
    }
}

/// A word without its numbers.
pub(super) fn push_word(word: &str, shape: &mut String) {
    const LONG: usize = 8;
    const SHORT: usize = 3;
    // In a name, `bucket-2`, a short number tells one from another.
    let is_name = word.contains(['-', '_']) && word.bytes().any(|byte| byte.is_ascii_lowercase());
    let mut rest = word;
    while !rest.is_empty() {
        let length = rest
            .find(|char: char| !char.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(length);
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        let is_status = run.len() == 3 && digits == 3 && run.starts_with(['1', '2', '3', '4', '5']);
        if digits == 0 || is_status || is_name && digits <= SHORT && run.len() < LONG {
            shape.push_str(run);
        } else if digits == run.len() {
            shape.push('0');
        } else if run.len() >= LONG {
            shape.push('x');
        } else {
            shape.extend(
                run.chars()
                    .map(|char| if char.is_ascii_digit() { '0' } else { char }),
            );
        }
        let mark = after.chars().next().map_or(0, char::len_utf8);
        shape.push_str(after.get(..mark).unwrap_or_default());
        rest = after.get(mark..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        let mut shape = String::new();
        push_text(text, &mut shape);
        shape
    }

    #[test]
    fn ids_do_not_count_and_names_do() {
        assert_eq!(shape("task 17 took 35ms"), shape("task 4 took 12ms"));
        assert_eq!(
            shape("https://orders-1.a.run.app/items/17?x=1"),
            shape("https://orders-1.a.run.app/items/99")
        );
        assert_ne!(shape("bucket-1"), shape("bucket-2"));
        assert_ne!(shape("HTTP 401"), shape("HTTP 403"));
        assert_ne!(shape("for sa1@p.iam"), shape("for sa2@p.iam"));
        assert_ne!(
            shape("https://orders-1.a.run.app"),
            shape("https://orders-2.a.run.app")
        );
    }
}
