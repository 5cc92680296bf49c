//! What entries that mean the same have in common: a key in which moments, ids and numbers do not
//! count, and service, account and what was said do.
//!
//! The key is made of the bytes as they stand: an entry whose key is known is never parsed.

use core::hash::{Hash, Hasher};
use std::hash::DefaultHasher;

use memchr::{memchr, memchr2};

/// A number for a text or anything else.
pub(super) fn hashed(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The key of a JSON object; of an entry of a HAR file only some headers count.
pub(super) fn of_json(bytes: &[u8], is_har: bool) -> u64 {
    let mut key = Key::new();
    let mut next = Next::Counts;
    let mut is_name = false;
    let mut depth = 0_u32;
    // Up to this depth everything is passed over.
    let mut passed: Option<u32> = None;
    let mut at = 0_usize;
    while let Some(byte) = bytes.get(at) {
        at = at.saturating_add(1);
        match byte {
            b'"' => {
                let end = string_end(bytes, at);
                let text = bytes.get(at..end).unwrap_or_default();
                at = end.saturating_add(1);
                let rest = bytes.get(at..).unwrap_or_default();
                let follows = rest.iter().find(|byte| !byte.is_ascii_whitespace());
                if passed.is_some() {
                    continue;
                }
                if follows == Some(&b':') {
                    if next == Next::OtherHeader && text == b"value" {
                        next = Next::NoMatter;
                        continue;
                    }
                    next = Next::of(text);
                    is_name = is_har && text == b"name";
                    key.push(text);
                    key.push(b"=");
                    continue;
                }
                match next {
                    Next::NoMatter => {}
                    Next::Name => key.resource(text),
                    _ => key.text(text),
                }
                let is_other = is_name
                    && !HEADERS
                        .iter()
                        .any(|name| name.as_bytes().eq_ignore_ascii_case(text));
                next = if is_other {
                    Next::OtherHeader
                } else {
                    Next::Counts
                };
                is_name = false;
            }
            b'{' | b'[' => {
                depth = depth.saturating_add(1);
                if next == Next::NoMatter && passed.is_none() {
                    passed = Some(depth);
                }
                next = Next::Counts;
            }
            b'}' | b']' => {
                if passed.is_none() {
                    key.push(b";");
                } else if passed == Some(depth) {
                    passed = None;
                }
                depth = depth.saturating_sub(1);
                next = Next::Counts;
            }
            b',' if next != Next::OtherHeader => next = Next::Counts,
            b' ' | b'\t' | b'\r' | b'\n' | b':' | b',' => {}
            _ if passed.is_some() || next == Next::NoMatter => {}
            // A number or word.
            _ => {
                let start = at.saturating_sub(1);
                let rest = bytes.get(start..).unwrap_or_default();
                let length = rest
                    .iter()
                    .position(|byte| !byte.is_ascii_alphanumeric() && !b".+-".contains(byte))
                    .unwrap_or(rest.len())
                    .max(1);
                key.text(rest.get(..length).unwrap_or_default());
                at = start.saturating_add(length);
            }
        }
    }
    key.0
}

/// The key of a text.
pub(super) fn of_text(text: &str) -> u64 {
    let mut key = Key::new();
    key.text(text.as_bytes());
    key.0
}

/// The key of an address's path.
pub(super) fn of_path(path: &str) -> u64 {
    let mut key = Key::new();
    key.word(path.as_bytes());
    key.0
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut from = start;
    while let Some(rest) = bytes.get(from..)
        && let Some(found) = memchr2(b'"', b'\\', rest)
    {
        let at = from.saturating_add(found);
        if rest.get(found) == Some(&b'"') {
            return at;
        }
        from = at.saturating_add(2);
    }
    bytes.len()
}

/// What the next value is for the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Counts,
    /// A name: it stays, digits and all.
    Name,
    NoMatter,
    /// The value of a header that does not matter.
    OtherHeader,
}

impl Next {
    /// What a member's value is.
    fn of(name: &[u8]) -> Self {
        match name {
            b"insertId" | b"timestamp" | b"receiveTimestamp" | b"trace" | b"spanId"
            | b"traceSampled" | b"latency" | b"remoteIp" | b"serverIp" | b"requestSize"
            | b"responseSize" | b"revision_name" | b"callerIp" | b"instanceId" | b"instance_id"
            | b"pod_name" | b"startedDateTime" | b"time" | b"timings" | b"cookies"
            | b"connection" | b"serverIPAddress" | b"referer" | b"requestAttributes"
            | b"operation" | b"scheduledTime" | b"task" | b"start_time" | b"bytes_sent"
            | b"bytes_received" | b"duration" | b"request_id" | b"headersSize" | b"bodySize"
            | b"cache" | b"queryString" => Self::NoMatter,
            b"service_name"
            | b"function_name"
            | b"configuration_name"
            | b"job_id"
            | b"queue_id"
            | b"subscription_id"
            | b"project_id"
            | b"location"
            | b"region"
            | b"logName"
            | b"serviceName"
            | b"methodName"
            | b"resourceName"
            | b"principalEmail"
            | b"permission"
            | b"resource"
            | b"jobName"
            | b"authority"
            | b"host" => Self::Name,
            _ => Self::Counts,
        }
    }
}

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

/// A key in the making: FNV-1a, because most of what is added is a few bytes.
struct Key(u64);

impl Key {
    fn new() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }

    fn push(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }

    /// A text word by word: a name stays, an id becomes `x`, a number `0`; a status stays.
    fn text(&mut self, text: &[u8]) {
        let ends = |byte: &u8| {
            matches!(
                byte,
                b' ' | b'\t' | b'\n' | b'\r' | b'"' | b'\'' | b',' | b'(' | b')' | b'`' | b'\\'
            )
        };
        for word in text.split(ends) {
            if word.is_empty() {
                continue;
            }
            self.push(b" ");
            if word.starts_with(b"eyJ") || memchr(b'@', word).is_some() {
                self.push(word);
            } else if let Some(after) = scheme(word) {
                // Host and path; what a query holds does not matter.
                let path = word.get(after..).unwrap_or_default();
                let host = path
                    .iter()
                    .position(|byte| *byte == b'/')
                    .unwrap_or(path.len());
                let path_end = path
                    .iter()
                    .position(|byte| matches!(byte, b'?' | b'#'))
                    .unwrap_or(path.len());
                self.push(
                    word.get(..after.saturating_add(host.min(path_end)))
                        .unwrap_or_default(),
                );
                self.word(path.get(host..path_end).unwrap_or_default());
            } else if holds(word, b"projects/") {
                self.resource(word);
            } else if holds(word, b".app") {
                self.push(word);
            } else {
                self.word(word);
            }
        }
    }

    /// A resource's name as it stands, but for what there are thousands of in one place.
    fn resource(&mut self, name: &[u8]) {
        const MANY: &[&[u8]] = &[
            b"objects",
            b"tasks",
            b"operations",
            b"versions",
            b"executions",
            b"messages",
            b"sessions",
            b"documents",
        ];
        let mut is_one_of_many = false;
        for part in name.split_inclusive(|byte| *byte == b'/') {
            if is_one_of_many {
                self.numbered(part, false);
            } else {
                self.push(part);
            }
            // An object's name may hold slashes.
            let part = part.strip_suffix(b"/").unwrap_or_default();
            is_one_of_many |= MANY.contains(&part);
        }
    }

    /// A word without its numbers.
    fn word(&mut self, word: &[u8]) {
        self.numbered(word, true);
    }

    /// The same; a short number within a name is kept or not.
    fn numbered(&mut self, word: &[u8], keeps_short: bool) {
        const LONG: usize = 8;
        const SHORT: usize = 3;
        if !word.iter().any(u8::is_ascii_digit) {
            self.push(word);
            return;
        }
        // In a name, `bucket-2`, a short number tells one from another.
        let is_name = keeps_short
            && memchr2(b'-', b'_', word).is_some()
            && word.iter().any(u8::is_ascii_lowercase);
        let mut rest = word;
        while !rest.is_empty() {
            let length = rest
                .iter()
                .position(|byte| !byte.is_ascii_alphanumeric())
                .unwrap_or(rest.len());
            let (run, after) = rest.split_at(length);
            let digits = run.iter().filter(|byte| byte.is_ascii_digit()).count();
            let is_status = run.len() == 3 && digits == 3 && matches!(run, [b'1'..=b'5', ..]);
            if digits == 0 || is_status || is_name && digits <= SHORT && run.len() < LONG {
                self.push(run);
            } else if digits == run.len() {
                self.push(b"0");
            } else if run.len() >= LONG {
                self.push(b"x");
            } else {
                for byte in run {
                    self.push(if byte.is_ascii_digit() {
                        b"0"
                    } else {
                        core::slice::from_ref(byte)
                    });
                }
            }
            let marks = after
                .iter()
                .position(u8::is_ascii_alphanumeric)
                .unwrap_or(after.len());
            self.push(after.get(..marks).unwrap_or_default());
            rest = after.get(marks..).unwrap_or_default();
        }
    }
}

/// Where the host of a web address begins.
fn scheme(word: &[u8]) -> Option<usize> {
    let colon = memchr(b':', word)?;
    let after = colon.saturating_add(3);
    (word.get(colon..after) == Some(b"://")).then_some(after)
}

fn holds(word: &[u8], part: &[u8]) -> bool {
    word.len() >= part.len() && word.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_do_not_count_and_names_do() {
        let same = [
            (
                "projects/_/buckets/b/objects/day/1234.csv",
                "projects/_/buckets/b/objects/day/99999.csv",
            ),
            ("task 17 took 35ms", "task 4 took 12ms"),
            (
                "https://orders-1.a.run.app/items/17?x=1",
                "https://orders-1.a.run.app/items/99",
            ),
        ];
        for (one, other) in same {
            assert_eq!(of_text(one), of_text(other), "{one}");
        }
        let different = [
            ("bucket-1", "bucket-2"),
            (
                "projects/_/buckets/b1/objects/a1",
                "projects/_/buckets/b2/objects/a1",
            ),
            ("HTTP 401", "HTTP 403"),
            ("for sa1@p.iam", "for sa2@p.iam"),
            ("https://orders-1.a.run.app", "https://orders-2.a.run.app"),
        ];
        for (one, other) in different {
            assert_ne!(of_text(one), of_text(other), "{one}");
        }
    }

    #[test]
    fn of_an_object_only_what_matters_counts() {
        let of = |text: &str| of_json(text.as_bytes(), text.contains("request"));
        let same = [
            (
                r#"{"insertId":"a","severity":"INFO"}"#,
                r#"{"insertId": "b" , "severity":"INFO"}"#,
            ),
            (
                r#"{"operation":{"id":["a",{"b":1}]},"c":1}"#,
                r#"{"operation":{"id":"x"},"c":1}"#,
            ),
            (
                r#"{"request":[{"name":"x-id","value":"a"},{"name":"via","value":"v"}]}"#,
                r#"{"request":[{"name":"x-id","value":"b"},{"name":"via","value":"v"}]}"#,
            ),
        ];
        for (one, other) in same {
            assert_eq!(of(one), of(other), "{one}");
        }
        let different = [
            (r#"{"service_name":"a1"}"#, r#"{"service_name":"a2"}"#),
            (r#"{"status":401}"#, r#"{"status":403}"#),
            (r#"{"granted":true}"#, r#"{"granted":false}"#),
            (r#"{"a":"b"}"#, r#"{"b":"a"}"#),
            (
                r#"{"request":[{"name":"Via","value":"a"}]}"#,
                r#"{"request":[{"name":"Via","value":"b"}]}"#,
            ),
        ];
        for (one, other) in different {
            assert_ne!(of(one), of(other), "{one}");
        }
    }
}
