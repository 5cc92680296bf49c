//! A text cut into log entries and errors, and which of them is judged: the last one that was
//! refused and not followed by its own success.
//!
//! A log export holds many entries: what was granted, what was only tried, what was refused and
//! then passed. Only the judged entry, and what was written of the same call, goes on to be read.

use core::ops::Range;
use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::document::{self, LogEntry, Tree, Value};

/// A log entry or an error, where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    /// What it tells.
    pub(crate) log: LogEntry,
    /// What became of the call.
    pub(crate) outcome: Outcome,
    /// It is one line of a server's or client's text.
    is_line: bool,
}

/// What became of the call that an entry tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was refused, or failed.
    Refused,
    /// A rule that is only tried would refuse it.
    DryRun,
    /// Every permission that was asked for was granted.
    Granted,
    /// It succeeded.
    Succeeded,
    /// The entry does not tell.
    Silent,
}

/// Every entry of a text, in its order. Linear.
pub(crate) fn entries(text: &str) -> Entries<'_> {
    Entries { text, at: 0 }
}

/// The text that goes on to be read, and what was left out.
#[derive(Debug)]
pub(crate) struct Judged<'t> {
    /// The judged entry and all that is no entry.
    pub(crate) text: Cow<'t, str>,
    /// The judged entry, its number from 1, and of how many.
    pub(crate) entry: Option<(LogEntry, usize, usize)>,
    /// Why no entry was refused, where there are entries and none was.
    pub(crate) nothing: Option<&'static str>,
}

/// Chooses the entry that is judged and leaves the others out.
pub(crate) fn judge(text: &str) -> Judged<'_> {
    let whole = |entry, nothing| Judged {
        text: Cow::Borrowed(text),
        entry,
        nothing,
    };
    if !MARKS.iter().any(|mark| text.contains(mark)) {
        return whole(None, None);
    }
    let all: Vec<Entry> = entries(text).collect();
    let Choice { judged, passed } = choose(&all);
    let Some((chosen, entry)) = judged.and_then(|at| Some((at, all.get(at)?))) else {
        let nothing = last_word(&all).or_else(|| granted_throughout(text));
        return Judged {
            text: Cow::Owned(without(text, &all, |at, other| {
                nothing.is_some() && other.outcome != Outcome::Succeeded || passed.contains(&at)
            })),
            entry: None,
            nothing,
        };
    };
    let leave_out = |at: usize, other: &Entry| {
        let of_another = match other.outcome {
            Outcome::Granted | Outcome::DryRun => true,
            Outcome::Refused | Outcome::Succeeded => {
                !other.is_line && !entry.log.is_of_one_call(&other.log)
            }
            Outcome::Silent => {
                entry.log.service.is_some()
                    && other.log.service.is_some()
                    && entry.log.service != other.log.service
            }
        };
        at != chosen && (of_another || passed.contains(&at))
    };
    Judged {
        text: Cow::Owned(without(text, &all, leave_out)),
        entry: Some((entry.log.clone(), chosen.saturating_add(1), all.len())),
        nothing: None,
    }
}

/// A text without any of these is no log, and is not looked through.
const MARKS: &[&str] = &[
    "insertId",
    "logName",
    "protoPayload",
    "httpRequest",
    "textPayload",
    "jsonPayload",
    "granted",
    "\"error\"",
    " HTTP/1.1\" ",
    " GET ",
    " POST ",
];

/// Which entry is judged, and which were refused and then passed.
struct Choice {
    judged: Option<usize>,
    passed: Vec<usize>,
}

/// The last entry that was refused and not followed by its own success.
fn choose(all: &[Entry]) -> Choice {
    let mut order: Vec<usize> = (0..all.len()).collect();
    // `gcloud logging read` prints the newest first. The sort is stable.
    if all.iter().all(|entry| entry.log.time.is_some()) {
        order.sort_by_key(|at| all.get(*at).and_then(|entry| entry.log.time.as_deref()));
    }
    let mut succeeded: BTreeSet<String> = BTreeSet::new();
    let mut choice = Choice {
        judged: None,
        passed: Vec::new(),
    };
    for at in order.into_iter().rev() {
        let Some(entry) = all.get(at) else { continue };
        let call = entry.log.call();
        match entry.outcome {
            Outcome::Succeeded | Outcome::Granted => succeeded.extend(call),
            Outcome::Refused if call.is_some_and(|call| succeeded.contains(&call)) => {
                choice.passed.push(at)
            }
            Outcome::Refused if choice.judged.is_none() => choice.judged = Some(at),
            _ => {}
        }
    }
    choice
}

/// Why no entry was refused: `None` where none tells, or where the success speaks for itself.
fn last_word(all: &[Entry]) -> Option<&'static str> {
    let telling = all.iter().filter(|entry| entry.outcome != Outcome::Silent);
    let mut outcomes = telling.map(|entry| entry.outcome);
    let first = outcomes.next()?;
    if all.iter().any(|entry| entry.outcome == Outcome::DryRun) {
        return Some(
            "The entry is of a dry run (`dryRun`): the rule is only tried, and the call went through.",
        );
    }
    if first == Outcome::Granted && outcomes.all(|outcome| outcome == Outcome::Granted) {
        return Some(
            "Every permission in the entry was granted (`granted: true`), and its status names no error.",
        );
    }
    if all.iter().any(|entry| entry.outcome == Outcome::Refused) {
        return Some(
            "The refused call was tried again, and a later entry shows that it succeeded.",
        );
    }
    None
}

/// A piece of an audit entry, cut from its log: all that it names was granted, and nothing in it
/// failed.
fn granted_throughout(text: &str) -> Option<&'static str> {
    /// More of a text is no piece of one entry, in bytes.
    const LONGEST: usize = 64 * 1024;
    if text.len() > LONGEST || !text.contains("granted") {
        return None;
    }
    let dense: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '"')
        .collect();
    let failed = [
        "granted:false",
        "status:{code:",
        "denied",
        "DENIED",
        "severity:ERROR",
        "error:",
    ];
    (dense.contains("granted:true") && !failed.iter().any(|sign| dense.contains(sign))).then_some(
        "Every permission in the piece of the entry was granted (`granted: true`), and nothing in it names an error.",
    )
}

/// The text without some entries, and without the permissions that were granted in the others.
fn without(text: &str, all: &[Entry], leave_out: impl Fn(usize, &Entry) -> bool) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for (at, entry) in all.iter().enumerate() {
        kept.push_str(text.get(from..entry.range.start).unwrap_or_default());
        from = entry.range.end;
        if !leave_out(at, entry) {
            let own = text.get(entry.range.clone()).unwrap_or_default();
            push_refused(&mut kept, own);
        }
    }
    let rest = text.get(from..).unwrap_or_default();
    if all.is_empty() {
        // A piece of an entry.
        push_refused(&mut kept, rest);
    } else {
        kept.push_str(rest);
    }
    kept
}

/// An entry's text without the items of `authorizationInfo` that were granted.
fn push_refused(kept: &mut String, text: &str) {
    let mut rest = text;
    while let Some(item) = granted(rest) {
        kept.push_str(rest.get(..item.start).unwrap_or_default());
        rest = rest.get(item.end..).unwrap_or_default();
    }
    kept.push_str(rest);
}

/// The next item that was granted: a JSON object, or the lines of a YAML item.
fn granted(text: &str) -> Option<Range<usize>> {
    let at = ["\"granted\":true", "\"granted\": true", "granted: true"]
        .iter()
        .filter_map(|mark| text.find(mark))
        .min()?;
    let before = text.get(..at)?;
    if text.get(at..)?.starts_with('"') {
        let start = before.rfind('{')?;
        let length = document::read_json(text.get(start..)?)?.1;
        return (start.saturating_add(length) > at).then(|| start..start.saturating_add(length));
    }
    // The item's first line has the dash; its other lines stand deeper.
    let line = |at: usize| {
        text.get(..at)
            .unwrap_or_default()
            .rfind('\n')
            .map_or(0, |end| end.saturating_add(1))
    };
    let mut start = line(at);
    while !text.get(start..)?.trim_start_matches(' ').starts_with("- ") {
        start = line(start.checked_sub(1)?);
    }
    let indent = |line: &str| {
        line.len()
            .saturating_sub(line.trim_start_matches(' ').len())
    };
    let dash = indent(text.get(start..)?);
    let mut end = start;
    for (number, line) in text.get(start..)?.split_inclusive('\n').enumerate() {
        if number > 0 && indent(line) <= dash {
            break;
        }
        end = end.saturating_add(line.len());
    }
    (end > at).then_some(start..end)
}

/// The entries of a text, one by one.
#[derive(Debug, Clone)]
pub(crate) struct Entries<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Entries<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        while self.at < self.text.len() {
            let from = self.at;
            let rest = self.text.get(from..)?;
            let line_end = rest
                .find('\n')
                .map_or(rest.len(), |end| end.saturating_add(1));
            let line = rest.get(..line_end)?;
            let trimmed = line.trim_start();
            let start = from.saturating_add(line.len().saturating_sub(trimmed.len()));
            match trimmed.bytes().next() {
                // An array's brackets and commas stand between its entries.
                Some(b'[' | b']' | b',') => self.at = start.saturating_add(1),
                Some(b'{') => {
                    let read = document::read_json(self.text.get(start..)?);
                    let Some((value, length, closed)) = read else {
                        self.at = from.saturating_add(line_end);
                        continue;
                    };
                    let end = start.saturating_add(length.max(1));
                    self.at = end;
                    if closed && let Some(entry) = entry(value, start..end) {
                        return Some(entry);
                    }
                }
                Some(_) if begins_yaml(line) => {
                    let end = from.saturating_add(yaml_length(rest));
                    self.at = end;
                    let value = document::read_yaml(self.text.get(from..end)?);
                    if let Some(entry) = entry(value, from..end) {
                        return Some(entry);
                    }
                }
                _ => {
                    self.at = from.saturating_add(line_end);
                    if let Some(log) = request_line(line) {
                        let outcome = match log.status {
                            Some(200..400) => Outcome::Succeeded,
                            _ => Outcome::Refused,
                        };
                        let range = from..self.at;
                        return Some(Entry {
                            range,
                            log,
                            outcome,
                            is_line: true,
                        });
                    }
                }
            }
        }
        None
    }
}

/// An object that is a log entry or an API's error.
fn entry(value: Value, range: Range<usize>) -> Option<Entry> {
    let (log, outcome) = understood(value)?;
    Some(Entry {
        range,
        log,
        outcome,
        is_line: false,
    })
}

/// What an object tells that is a log entry or an API's error, and what became of the call.
pub(crate) fn understood(value: Value) -> Option<(LogEntry, Outcome)> {
    let mut tree = Tree::whole(value);
    let is_error = tree
        .text(&["error", "code"])
        .is_some_and(|code| code.parse::<u16>().is_ok())
        || tree.has(&["error", "status"]);
    if !LogEntry::is_one(&tree) && !is_error {
        return None;
    }
    let outcome = if is_error {
        Outcome::Refused
    } else {
        outcome(&tree)
    };
    Some((LogEntry::of(&mut tree), outcome))
}

fn outcome(tree: &Tree) -> Outcome {
    let text = |path: &[&str]| tree.text(path);
    let status = |path: &[&str]| text(path).and_then(|code| code.parse::<u16>().ok());
    let message = text(&["protoPayload", "status", "message"]).unwrap_or_default();
    let dry_run = tree
        .at(&["protoPayload", "metadata", "dryRun"])
        .and_then(Value::as_flag)
        == Some(true);
    if dry_run || message.starts_with("(Dry Run Mode)") {
        return Outcome::DryRun;
    }
    if let Some(code) = status(&["protoPayload", "status", "code"])
        && code != 0
    {
        return Outcome::Refused;
    }
    if let Some(status) = status(&["httpRequest", "status"]).filter(|status| *status > 0) {
        return if status < 400 {
            Outcome::Succeeded
        } else {
            Outcome::Refused
        };
    }
    let asked = tree
        .at(&["protoPayload", "authorizationInfo"])
        .map_or(&[][..], Value::items);
    let is_granted = |item: &Value| item.get("granted").and_then(Value::as_flag);
    if !asked.is_empty() {
        return if asked.iter().all(|item| is_granted(item) == Some(true)) {
            Outcome::Granted
        } else {
            Outcome::Refused
        };
    }
    let severity = text(&["severity"]).unwrap_or_default();
    match severity.as_str() {
        "WARNING" | "ERROR" | "CRITICAL" | "ALERT" | "EMERGENCY" => Outcome::Refused,
        _ if speaks_of_refusal(tree) => Outcome::Refused,
        // An audit entry without a status is one of success.
        _ if tree.has(&["protoPayload"]) => Outcome::Succeeded,
        _ => Outcome::Silent,
    }
}

/// Whether an entry without a telling severity writes of a refusal.
fn speaks_of_refusal(tree: &Tree) -> bool {
    const WORDS: &[&str] = &[
        "denied",
        "unauth",
        "forbidden",
        "permission",
        "401",
        "403",
        "error",
        "exception",
        "failed",
        "invalid",
        "expired",
    ];
    let payload = ["textPayload", "jsonPayload"];
    payload
        .iter()
        .filter_map(|name| tree.at(&[name]))
        .any(|value| {
            let mut lower = String::new();
            push_texts(value, &mut lower);
            lower.make_ascii_lowercase();
            WORDS.iter().any(|word| lower.contains(word))
        })
}

fn push_texts(value: &Value, texts: &mut String) {
    match value {
        Value::Text(text) => {
            texts.push_str(text);
            texts.push('\n');
        }
        Value::List(items) => items.iter().for_each(|item| push_texts(item, texts)),
        Value::Map(entries) => entries
            .iter()
            .for_each(|(_, value)| push_texts(value, texts)),
        Value::Null => {}
    }
}

/// The members of an entry that stand at its margin.
const ROOT: &[&str] = &[
    "httpRequest:",
    "insertId:",
    "jsonPayload:",
    "labels:",
    "logName:",
    "operation:",
    "protoPayload:",
    "receiveTimestamp:",
    "resource:",
    "severity:",
    "sourceLocation:",
    "spanId:",
    "textPayload:",
    "timestamp:",
    "trace:",
    "traceSampled:",
];

pub(crate) fn begins_yaml(line: &str) -> bool {
    ROOT.iter().any(|name| line.starts_with(name))
}

/// How far the YAML document goes with which a text begins: to `---`, or to a line at the margin
/// that is none of an entry's.
fn yaml_length(text: &str) -> usize {
    let mut length: usize = 0;
    for line in text.split_inclusive('\n') {
        let is_own = line.starts_with([' ', '\t', '-', '\n', '\r']) && !line.starts_with("---")
            || begins_yaml(line);
        if !is_own {
            break;
        }
        length = length.saturating_add(line.len());
    }
    length
}

/// A line of a request log: `2026-11-18 11:06:31 GET 401 https://…` as gcloud prints it, or
/// `"GET /x HTTP/1.1" 401` as servers write it.
fn request_line(line: &str) -> Option<LogEntry> {
    const LONGEST: usize = 4096;
    if line.len() > LONGEST {
        return None;
    }
    if let Some(entry) = document::log_line(line)
        && entry.status.is_some()
    {
        return Some(entry);
    }
    let (before, after) = line.split_once(" HTTP/1.")?;
    let (_, request) = before.rsplit_once(['"', '\''])?;
    let (method, path) = request.split_once(' ')?;
    let status = after
        .get(1..)?
        .trim_start_matches(['"', '\'', ' '])
        .get(..3)?
        .parse()
        .ok()?;
    let is_method = method.len() <= 7 && method.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_method && (100..600).contains(&status)).then(|| LogEntry {
        method: Some(method.to_owned()),
        url: path.starts_with("http").then(|| path.to_owned()),
        text: Some(path.to_owned()),
        status: Some(status),
        ..LogEntry::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DENIED: &str = r#"{"insertId":"a2","logName":"projects/p/logs/cloudaudit.googleapis.com%2Fdata_access","protoPayload":{"authorizationInfo":[{"granted":true,"permission":"a.b.get"},{"permission":"compute.instances.list"}],"methodName":"list","status":{"code":7,"message":"PERMISSION_DENIED"}},"timestamp":"2026-11-18T09:00:02Z"}"#;
    const GRANTED: &str = r#"{"insertId":"a1","logName":"projects/p/logs/x","protoPayload":{"authorizationInfo":[{"granted": true,"permission":"c.d.get"}],"methodName":"get","status":{}},"timestamp":"2026-11-18T09:00:03Z"}"#;
    const DRY_RUN: &str = r#"{"logName":"projects/p/logs/policy","protoPayload":{"status":{"code":7,"message":"(Dry Run Mode) Request is prohibited"},"metadata":{"dryRun":true}}}"#;

    fn request(time: &str, status: u16) -> String {
        format!(
            r#"{{"insertId":"{time}","logName":"projects/p/logs/run.googleapis.com%2Frequests","httpRequest":{{"requestUrl":"https://a.run.app/x","requestMethod":"POST","status":{status}}},"timestamp":"{time}"}}"#
        )
    }

    #[test]
    fn the_last_refused_entry_is_judged_in_every_frame() {
        let frames = [
            format!("{GRANTED}\n{DENIED}\n"),
            format!("[{GRANTED},\n {DENIED}]"),
            format!("[\n{DENIED}\n,\n{GRANTED}\n]"),
            format!("see:\n{DENIED}\n\n{GRANTED}"),
        ];
        for text in frames {
            let judged = judge(&text);
            let (_, _, of) = judged.entry.expect("an entry");
            assert_eq!(of, 2, "{text}");
            assert!(judged.text.contains("compute.instances.list"), "{text}");
            assert!(
                !judged.text.contains("c.d.get") && !judged.text.contains("a.b.get"),
                "{}",
                judged.text
            );
        }
    }

    #[test]
    fn yaml_documents_are_entries_too() {
        let text = "---\ninsertId: a1\nlogName: projects/p/logs/x\nprotoPayload:\n  authorizationInfo:\n  - granted: true\n    permission: c.d.get\n  methodName: get\n  status: {}\ntimestamp: '2026-11-18T09:00:03Z'\n---\ninsertId: a2\nlogName: projects/p/logs/x\nprotoPayload:\n  authorizationInfo:\n  - granted: true\n    permission: a.b.get\n  - permission: compute.instances.list\n  methodName: list\n  status:\n    code: 7\n    message: PERMISSION_DENIED\ntimestamp: '2026-11-18T09:00:02Z'\n";
        let judged = judge(text);
        assert_eq!(judged.entry.map(|(_, at, of)| (at, of)), Some((2, 2)));
        assert!(
            judged.text.contains("compute.instances.list"),
            "{}",
            judged.text
        );
        assert!(
            !judged.text.contains("c.d.get") && !judged.text.contains("a.b.get"),
            "{}",
            judged.text
        );
    }

    #[test]
    fn a_retry_that_succeeds_is_no_refusal() {
        let text = format!(
            "{}\n{}\n",
            request("2026-11-18T09:00:01Z", 403),
            request("2026-11-18T09:00:09Z", 200)
        );
        let judged = judge(&text);
        assert!(judged.entry.is_none() && judged.nothing.is_some());
        // What comes after the success counts.
        let text = format!("{text}{}\n", request("2026-11-18T09:00:20Z", 403));
        assert_eq!(judge(&text).entry.map(|(_, at, of)| (at, of)), Some((3, 3)));
        // The newest stands first.
        let text = format!(
            "[{},{}]",
            request("2026-11-18T09:00:09Z", 200),
            request("2026-11-18T09:00:01Z", 403)
        );
        assert!(judge(&text).nothing.is_some());
    }

    #[test]
    fn dry_runs_and_grants_are_no_refusals() {
        for text in [DRY_RUN, GRANTED] {
            let judged = judge(text);
            assert!(judged.entry.is_none() && judged.nothing.is_some(), "{text}");
        }
        assert!(judge(DENIED).nothing.is_none());
        assert!(judge("403 Forbidden").nothing.is_none());
    }

    #[test]
    fn what_is_no_entry_stays() {
        for text in [
            "{\"a\":1}\n{\"b\":2}",
            "[1, 2]",
            "{\"error\":{\"code\":403}}",
            "",
            "{",
            "insertId: x",
        ] {
            assert_eq!(judge(text).text, text);
        }
    }
}
