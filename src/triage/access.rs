//! Lines of access logs: nginx, Apache, Envoy and Istio, as text and as JSON.

use crate::document::Value;

/// A request, as a server's log tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Access {
    pub(super) time: Option<i64>,
    pub(super) method: Option<String>,
    /// With the host where the line tells it.
    pub(super) url: Option<String>,
    pub(super) status: u16,
    pub(super) agent: Option<String>,
}

/// Reads `… "GET /x HTTP/1.1" 403 …`.
pub(super) fn line(text: &str, time: Option<i64>) -> Option<Access> {
    const LONGEST: usize = 16_384;
    if text.len() > LONGEST {
        return None;
    }
    let (before, after) = text.split_once(" HTTP/")?;
    let (head, request) = before.rsplit_once('"')?;
    let (method, path) = request.split_once(' ')?;
    let is_method =
        (3..=7).contains(&method.len()) && method.bytes().all(|byte| byte.is_ascii_uppercase());
    let (_, rest) = after.split_once('"')?;
    let status: u16 = rest.trim_start().get(..3)?.parse().ok()?;
    if !is_method || !(100..600).contains(&status) {
        return None;
    }
    let quoted: Vec<&str> = rest.split('"').skip(1).step_by(2).collect();
    let looks_like_host = |text: &str| {
        text.contains('.') && !text.contains([' ', '/', '(']) && !text.starts_with("-")
    };
    let is_address = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit() || b".:[]".contains(&byte))
    };
    // Envoy writes the host, and after it the backend's address.
    let host = quoted
        .iter()
        .find(|text| looks_like_host(text) && !is_address(text));
    let agent = quoted
        .iter()
        .find(|text| {
            text.contains('/') && !text.contains("://")
                || text.starts_with("Google-")
                || text.starts_with("APIs-")
        })
        .map(|text| (*text).to_owned());
    let bracket = head
        .rsplit_once('[')
        .and_then(|(_, rest)| super::clock::read(rest.split(']').next()?));
    Some(Access {
        time: bracket.or(time),
        method: Some(method.to_owned()),
        url: Some(url(host.copied(), path)),
        status,
        agent,
    })
}

/// A path with the host that it was asked of.
fn url(host: Option<&str>, path: &str) -> String {
    match host {
        Some(host) if path.starts_with('/') => format!("https://{host}{path}"),
        _ => path.to_owned(),
    }
}

/// Reads the same from JSON.
pub(super) fn object(value: &Value) -> Option<Access> {
    let inner = value.get("jsonPayload").unwrap_or(value);
    let text = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| inner.get(name)?.as_text())
            .filter(|text| !text.is_empty() && *text != "-")
    };
    let status: u16 = text(&["response_code", "status", "status_code", "statusCode"])?
        .parse()
        .ok()?;
    let request = text(&["request"]).and_then(|request| {
        let mut words = request.split(' ');
        Some((words.next()?, words.next()?))
    });
    let path = text(&["path", "request_uri", "uri", "url", "x_envoy_original_path"])
        .or_else(|| request.map(|(_, path)| path))?;
    let method = text(&["method", "request_method"]).or_else(|| request.map(|(method, _)| method));
    if !(100..600).contains(&status) {
        return None;
    }
    let host = text(&["authority", "host", "http_host", "server_name", "vhost"]);
    let time = text(&[
        "start_time",
        "time_iso8601",
        "time_local",
        "time",
        "timestamp",
        "ts",
        "@timestamp",
        "msec",
    ])
    .and_then(super::clock::read);
    Some(Access {
        time,
        method: method.map(str::to_owned),
        url: Some(url(host, path)),
        status,
        agent: text(&["user_agent", "http_user_agent", "userAgent"]).map(str::to_owned),
    })
}

impl Access {
    /// The same as an entry of Cloud Logging, with the line itself as its text: the core reads
    /// those best.
    pub(super) fn as_entry(&self, line: &str) -> String {
        let mut request = serde_json::Map::new();
        let mut put = |name: &str, value: Option<&String>| {
            if let Some(value) = value {
                request.insert(name.to_owned(), value.clone().into());
            }
        };
        put("requestMethod", self.method.as_ref());
        put("requestUrl", self.url.as_ref());
        put("userAgent", self.agent.as_ref());
        request.insert("status".to_owned(), self.status.into());
        serde_json::json!({"httpRequest": request, "textPayload": line}).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_formats_are_read() {
        let nginx = r#"203.0.113.7 - - [18/Nov/2026:11:06:40 +0000] "POST /tasks/send HTTP/1.1" 401 195 "-" "Google-Cloud-Tasks""#;
        let access = line(nginx, None).unwrap();
        assert_eq!(
            (access.status, access.url.as_deref()),
            (401, Some("/tasks/send"))
        );
        assert_eq!(access.time, Some(1_795_000_000));
        assert_eq!(access.agent.as_deref(), Some("Google-Cloud-Tasks"));
        let envoy = r#"[2026-11-18T11:06:40.123Z] "GET /v1/x HTTP/2" 403 - rbac_access_denied_matched_policy[none] - "-" 0 19 0 - "10.0.0.1" "curl/8.5.0" "9fe1-11" "orders.example.com" "-" - - 10.8.0.7:8080 10.8.0.1:38524 - -"#;
        let access = line(envoy, None).unwrap();
        assert_eq!(
            access.url.as_deref(),
            Some("https://orders.example.com/v1/x")
        );
        assert_eq!((access.status, access.time), (403, Some(1_795_000_000)));
        let json = r#"{"authority":"orders.example.com","method":"GET","path":"/v1/x","response_code":403,"start_time":"2026-11-18T11:06:40.123Z","user_agent":"curl/8.5.0"}"#;
        let (value, ..) = crate::document::read_json(json).unwrap();
        assert_eq!(object(&value), Some(access));
        assert_eq!(line("GET / HTTP/1.1", None), None);
        assert_eq!(line("no request", None), None);
    }
}
