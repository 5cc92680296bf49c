//! Entries of Cloud Logging, and the lines of `gcloud run services logs read`.

use super::origin::{Origin, Reads};
use super::value::{Tree, Value};

/// An entry, as far as it was shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct LogEntry {
    /// As written.
    pub(crate) time: Option<String>,
    pub(crate) severity: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) method: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) user_agent: Option<String>,
    /// The text, or the message of a structured entry.
    pub(crate) text: Option<String>,
    /// The log's short name: `run.googleapis.com/requests`, `run.googleapis.com/stderr`.
    pub(crate) log: Option<String>,
    pub(crate) service: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) project: Option<String>,
    /// `protoPayload.authenticationInfo.principalEmail`
    pub(crate) principal: Option<String>,
    /// Written by the service itself: no request log of the platform.
    pub(crate) by_application: bool,
    /// `protoPayload.serviceName`: the API that was called.
    pub(crate) api: Option<String>,
    /// `protoPayload.resourceName`
    pub(crate) resource: Option<String>,
    /// A job of Scheduler, a queue of Tasks.
    pub(crate) job: Option<String>,
    /// What ties the entries of one call: trace, id of the entry, operation.
    pub(crate) ties: Vec<String>,
}

impl LogEntry {
    /// Whether a tree is an entry.
    pub(crate) fn is_one(tree: &Tree) -> bool {
        recognise(tree)
    }

    /// Reads an entry.
    pub(crate) fn of(tree: &mut Tree) -> Self {
        read(tree, None)
    }

    /// What is called, and by whom, as one key; `None` where the entry tells neither.
    pub(crate) fn call(&self) -> Option<String> {
        let path = self.url.as_deref().map(|url| url.split(['?', '#']).next().unwrap_or(url));
        let of_a_line = self.log.is_none() && self.severity.is_none() && path.is_none();
        let parts = [
            self.method.as_deref(),
            path,
            self.text.as_deref().filter(|_| of_a_line),
            self.service.as_deref(),
            self.api.as_deref(),
            self.resource.as_deref(),
            self.principal.as_deref(),
            self.job.as_deref(),
        ];
        parts
            .iter()
            .any(Option::is_some)
            .then(|| parts.map(Option::unwrap_or_default).join("\n"))
    }

    /// Whether another entry was written of the same call.
    pub(crate) fn is_of_one_call(&self, other: &Self) -> bool {
        self.ties.iter().any(|tie| other.ties.contains(tie))
    }
}

pub(crate) fn recognise(tree: &Tree) -> bool {
    let is_request = tree.has(&["httpRequest", "requestUrl"])
        || tree.has(&["httpRequest", "requestMethod"])
        || tree.has(&["httpRequest", "status"]);
    is_request
        || tree.has(&["logName"])
        || tree.has(&["insertId"]) && tree.has(&["timestamp"])
        || tree.has(&["protoPayload", "methodName"])
}

pub(crate) fn read(tree: &mut Tree, origin: Option<&Origin>) -> LogEntry {
    tree.close(tree.has(&["timestamp"]));
    let log = tree.text(&["logName"]).and_then(|name| {
        let (_, log) = name.split_once("/logs/")?;
        Some(log.replace("%2F", "/"))
    });
    let label = |name: &str| tree.text(&["resource", "labels", name]);
    let has_request = tree.has(&["httpRequest"]);
    LogEntry {
        time: tree.text(&["timestamp"]),
        severity: tree.text(&["severity"]),
        status: tree
            .text(&["httpRequest", "status"])
            .and_then(|status| status.parse().ok()),
        method: tree
            .text(&["httpRequest", "requestMethod"])
            .or_else(|| tree.text(&["protoPayload", "methodName"])),
        url: tree.text(&["httpRequest", "requestUrl"]),
        user_agent: tree.text(&["httpRequest", "userAgent"]),
        text: tree
            .text(&["textPayload"])
            .or_else(|| tree.text(&["jsonPayload", "message"]))
            .or_else(|| tree.text(&["protoPayload", "status", "message"])),
        service: label("service_name")
            .or_else(|| label("function_name"))
            .or_else(|| origin.and_then(|origin| origin.name.clone())),
        region: label("location").or_else(|| label("region")),
        project: label("project_id"),
        principal: tree.text(&["protoPayload", "authenticationInfo", "principalEmail"]),
        api: tree.text(&["protoPayload", "serviceName"]),
        resource: tree.text(&["protoPayload", "resourceName"]),
        job: label("job_id").or_else(|| label("queue_id")),
        ties: [&["trace"][..], &["insertId"], &["operation", "id"]]
            .iter()
            .filter_map(|path| tree.text(path))
            .collect(),
        by_application: !has_request
            && log
                .as_deref()
                .is_some_and(|log| log.ends_with("/stdout") || log.ends_with("/stderr")),
        log,
    }
}

/// A line of `gcloud run services logs read`, `2026-11-18 11:06:31 GET 401 https://…` or what the
/// application wrote.
pub(crate) fn line(text: &str, origin: Option<&Origin>) -> Option<LogEntry> {
    let (date, rest) = text.trim().split_once(' ')?;
    let (clock, rest) = rest.split_once(' ')?;
    let is_time = date.len() == 10
        && clock.len() >= 8
        && date
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
        && clock
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'));
    if !is_time {
        return None;
    }
    let mut entry = LogEntry {
        time: Some(format!("{date} {clock}")),
        service: origin
            .filter(|origin| origin.reads == Reads::LogLines)
            .and_then(|origin| origin.name.clone()),
        region: origin.and_then(|origin| origin.region.clone()),
        project: origin.and_then(|origin| origin.project.clone()),
        ..LogEntry::default()
    };
    let mut words = rest.splitn(3, ' ');
    let (method, status, url) = (words.next(), words.next(), words.next());
    if let (Some(method), Some(status), Some(url)) = (method, status, url)
        && url.starts_with("http")
        && let Ok(status) = status.parse()
    {
        entry.method = Some(method.to_owned());
        entry.status = Some(status);
        entry.url = Some(url.to_owned());
    } else {
        entry.text = Some(rest.to_owned());
        // The platform's own sentences stand in the request log.
        entry.by_application = !rest.starts_with("The request was not ")
            && !rest.starts_with("The request failed because");
    }
    Some(entry)
}

/// A row of `--format=value(timestamp,httpRequest.status,textPayload)`.
pub(crate) fn row(value: &Value) -> LogEntry {
    let mut tree = Tree::whole(value.clone());
    let mut entry = read(&mut tree, None);
    entry.by_application = false;
    entry
}
