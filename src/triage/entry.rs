//! Records understood: which are surely no refusal, and what the others tell.

use std::borrow::Cow;

use super::access::{self, Access};
use super::cut::{Cutter, Kind, Record};
use super::scan::{End, Field, Scan, scan};
use super::shape::{self, hashed};
use super::{stretch, words};
use crate::document;
use crate::read::entries::{self, Outcome};

/// A record, as far as it matters here.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) line: u64,
    pub(super) time: Option<i64>,
    pub(super) what: What,
}

#[derive(Debug)]
pub(super) enum What {
    /// It could not be read: why.
    Skipped(&'static str),
    /// It is no refusal; a call that was accepted, where it is one.
    Fine(Option<u64>),
    /// It may be a refusal.
    Candidate(Box<Candidate>),
}

/// An entry that may tell of a refusal.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// The text to judge.
    pub(super) paste: String,
    /// What it is: whether a full reading may tell more.
    pub(super) source: Source,
    /// Entries with this key mean the same.
    pub(super) shape: u64,
    /// A status or an audit log's code shows that the call failed; else only its words may.
    pub(super) failed: bool,
    pub(super) status: Option<u16>,
    /// The call, to see whether it was accepted later.
    pub(super) call: Option<u64>,
    /// The entry's own id: an export may hold it twice.
    pub(super) id: Option<u64>,
    /// What ties it to the other entries of the request.
    pub(super) ties: Vec<u64>,
    pub(super) role: Role,
    pub(super) service: Option<String>,
}

/// What a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// An entry of Cloud Logging, or an API's answer.
    Entry,
    /// A request of a HAR file, a server's line, a text.
    Other,
}

/// Which of a request's logs an entry is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Request,
    Audit,
    Other,
}

/// Understands a record; a block of lines is many.
pub(super) fn read(record: Record, into: &mut Vec<Seen>) {
    let Record { kind, line, bytes } = record;
    let seen = |what, time| Seen { line, time, what };
    match kind {
        Kind::Skipped(why) => into.push(seen(What::Skipped(why), None)),
        Kind::JsonLines => lines(&bytes, line, into),
        Kind::Json | Kind::Row => into.push(object(&bytes, None, line)),
        Kind::Yaml => {
            let text = String::from_utf8_lossy(&bytes);
            let json = document::read_yaml(&text);
            let json = as_json(&json);
            into.push(object(json.as_bytes(), Some(text.into_owned()), line));
        }
        Kind::Text => into.push(stretch_of_text(&bytes, line)),
    }
}

fn lines(bytes: &[u8], first: u64, into: &mut Vec<Seen>) {
    for (line, bytes) in (first..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        let found = scan(bytes, true);
        match found.end {
            End::At(end) if bytes.get(end..).unwrap_or_default().trim_ascii().is_empty() => {
                into.push(understood(&found, bytes, None, line));
            }
            End::Broken(_) | End::Missing => into.push(Seen {
                line,
                time: None,
                what: What::Skipped("it is no whole JSON"),
            }),
            // A line may hold several objects, or a list of them.
            End::At(_) | End::List(..) => {
                let mut inner = Cutter::of_line(bytes, line);
                while let Ok(Some(record)) = inner.next() {
                    read(record, into);
                }
            }
        }
    }
}

fn object(bytes: &[u8], original: Option<String>, line: u64) -> Seen {
    understood(&scan(bytes, false), bytes, original, line)
}

/// What an object is, by one reading where that tells, else by a full one.
fn understood(found: &Scan, bytes: &[u8], original: Option<String>, line: u64) -> Seen {
    let field = |field| found.field(bytes, field);
    let time = field(Field::Time)
        .and_then(|text| std::str::from_utf8(text).ok())
        .and_then(super::clock::read);
    let fine = |call| Seen {
        line,
        time,
        what: What::Fine(call),
    };
    let succeeded = found.status.is_some_and(|status| status < 400);
    if found.has_proto {
        if !found.proto_failed && (succeeded || found.asked <= found.granted) && !found.is_har {
            let is_telling = found.asked > 0 || succeeded || !is_warning(field(Field::Severity));
            if is_telling {
                return fine(call(found, bytes));
            }
        }
    } else if succeeded {
        return fine(call(found, bytes));
    } else if found.status.is_none()
        && !found.is_error
        && !is_warning(field(Field::Severity))
        && !words::may_tell(bytes)
    {
        return fine(None);
    }
    candidate(found, bytes, original).map_or_else(
        || fine(None),
        |(candidate, told)| Seen {
            line,
            time: time.or(told),
            what: candidate,
        },
    )
}

fn is_warning(severity: Option<&[u8]>) -> bool {
    matches!(
        severity,
        Some(b"WARNING" | b"ERROR" | b"CRITICAL" | b"ALERT" | b"EMERGENCY")
    )
}

/// The call of an entry: what was called, how, and by whom as far as the entry tells.
fn call(found: &Scan, bytes: &[u8]) -> Option<u64> {
    let text = |field| {
        found
            .field(bytes, field)
            .and_then(|text| std::str::from_utf8(text).ok())
            .unwrap_or_default()
    };
    let (url, resource) = (text(Field::Url), text(Field::Resource));
    if url.is_empty() && resource.is_empty() {
        return None;
    }
    Some(of_call(
        text(Field::Method),
        url,
        text(Field::Agent),
        shape::of_text(resource),
        &[
            text(Field::Service),
            text(Field::Api),
            text(Field::Principal),
            text(Field::Job),
        ],
    ))
}

fn of_call(method: &str, url: &str, agent: &str, resource: u64, names: &[&str]) -> u64 {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let host_end = path.find("://").map_or(0, |at| {
        let from = at.saturating_add(3);
        let rest = path.get(from..).unwrap_or_default();
        from.saturating_add(rest.find('/').unwrap_or(rest.len()))
    });
    let (host, path) = path.split_at(host_end);
    hashed((method, host, shape::of_path(path), agent, resource, names))
}

/// An object that may be a refusal; `None` when it is none after all.
fn candidate(found: &Scan, bytes: &[u8], original: Option<String>) -> Option<(What, Option<i64>)> {
    let part = |field| found.field(bytes, field).map(hashed);
    // An export holds an entry twice where two queries met it: id and moment are the same then.
    let id = part(Field::InsertId).map(|id| hashed((id, part(Field::Time))));
    let text = String::from_utf8_lossy(bytes.trim_ascii());
    let mut one = Candidate {
        paste: String::new(),
        source: Source::Entry,
        shape: shape::of_json(bytes, found.is_har),
        failed: true,
        status: found.status,
        call: call(found, bytes),
        id,
        ties: [part(Field::Trace), part(Field::InsertId)]
            .into_iter()
            .flatten()
            .collect(),
        role: if found.has_proto {
            Role::Audit
        } else if found.status.is_some() {
            Role::Request
        } else {
            Role::Other
        },
        service: None,
    };
    if found.is_har {
        found.status.filter(|status| *status >= 400)?;
        one.source = Source::Other;
    } else if !found.is_entry && !found.is_error {
        // A server's or program's own line: few enough to be parsed.
        let Some((value, _, true)) = document::read_json(&text) else {
            return Some((What::Skipped("it is no whole JSON"), None));
        };
        if let Some(access) = access::object(&value) {
            if access.status < 400 {
                return None;
            }
            one.of_access(&access, &text);
            return Some((What::Candidate(Box::new(one)), access.time));
        }
        if !words::may_tell(bytes) {
            return None;
        }
        one.failed = false;
        one.role = Role::Other;
        one.source = Source::Other;
        one.paste = text.into_owned();
        let told = ["time", "ts", "timestamp", "@timestamp"]
            .iter()
            .find_map(|name| super::clock::read(value.get(name)?.as_text()?));
        return Some((What::Candidate(Box::new(one)), told));
    }
    one.paste = original.unwrap_or_else(|| text.into_owned());
    Some((What::Candidate(Box::new(one)), None))
}

impl Candidate {
    /// What a full reading of the entry adds; `None` when it shows that nothing was refused.
    pub(super) fn understood(&self) -> Option<Cow<'_, Self>> {
        if self.source == Source::Other {
            return Some(Cow::Borrowed(self));
        }
        let value = if self.paste.starts_with('{') {
            document::read_json(&self.paste)?.0
        } else {
            document::read_yaml(&self.paste)
        };
        let code = value
            .text(&["protoPayload", "status", "code"])
            .or_else(|| value.text(&["error", "code"]))
            .and_then(|code| code.parse::<u16>().ok());
        let access = value
            .get("jsonPayload")
            .and_then(|_| access::object(&value));
        let (log, outcome) = entries::understood(value)?;
        let mut one = self.clone();
        one.status = log
            .status
            .or_else(|| Some(access.as_ref()?.status))
            .or(code.and_then(http))
            .or(self.status);
        if let Some(access) = access.filter(|access| access.status >= 400 && log.status.is_none()) {
            one.paste = access.as_entry(&self.paste);
        } else if outcome != Outcome::Refused {
            return None;
        }
        one.failed = self.role != Role::Other || log.severity.is_none() && code.is_some();
        one.service = log.service.or(log.api);
        Some(Cow::Owned(one))
    }
}

/// The HTTP status that a code of an API stands for; an HTTP status is one already.
fn http(code: u16) -> Option<u16> {
    match code {
        7 => Some(403),
        16 => Some(401),
        5 => Some(404),
        100..600 => Some(code),
        _ => None,
    }
}

impl Candidate {
    fn of_access(&mut self, access: &Access, line: &str) {
        self.status = Some(access.status);
        self.role = Role::Request;
        self.source = Source::Other;
        self.paste = access.as_entry(line);
        self.call = Some(access.call());
    }
}

impl Access {
    fn call(&self) -> u64 {
        of_call(
            self.method.as_deref().unwrap_or_default(),
            self.url.as_deref().unwrap_or_default(),
            self.agent.as_deref().unwrap_or_default(),
            0,
            &[],
        )
    }
}

/// A stretch of a text: a server's line, or what a program wrote.
fn stretch_of_text(bytes: &[u8], line: u64) -> Seen {
    let mut text = String::new();
    let mut time = None;
    for bytes in bytes.split_inclusive(|byte| *byte == b'\n') {
        let (bare, told) = stretch::bare(bytes);
        time = time.or(told);
        text.push_str(&String::from_utf8_lossy(bare));
    }
    let text = text.trim_end();
    if let Some(access) = access::line(text, time) {
        let call = access.call();
        if access.status < 400 {
            return Seen {
                line,
                time: access.time,
                what: What::Fine(Some(call)),
            };
        }
        let mut one = Candidate::of_text(of_request(&access, text));
        one.failed = true;
        one.of_access(&access, text);
        return Seen {
            line,
            time: access.time,
            what: What::Candidate(Box::new(one)),
        };
    }
    let begins_object = text.trim_start().starts_with('{');
    if begins_object {
        let found = scan(text.trim_start().as_bytes(), false);
        if let End::At(_) = found.end {
            let mut seen = understood(&found, text.trim_start().as_bytes(), None, line);
            seen.time = seen.time.or(time);
            return seen;
        }
    }
    let what = if words::may_tell(text.as_bytes()) {
        let mut one = Candidate::of_text(shape::of_text(text));
        text.clone_into(&mut one.paste);
        What::Candidate(Box::new(one))
    } else {
        What::Fine(None)
    };
    Seen { line, time, what }
}

/// The key of a server's line: of what came back and where, not of who asked when.
fn of_request(access: &Access, line: &str) -> u64 {
    let details = line.split_once(" HTTP/").map_or(line, |(_, rest)| rest);
    let url = shape::of_text(access.url.as_deref().unwrap_or_default());
    hashed((
        access.status,
        &access.method,
        &access.agent,
        url,
        shape::of_text(details),
    ))
}

impl Candidate {
    fn of_text(shape: u64) -> Self {
        Self {
            paste: String::new(),
            source: Source::Other,
            shape,
            failed: false,
            status: None,
            call: None,
            id: None,
            ties: Vec::new(),
            role: Role::Other,
            service: None,
        }
    }
}

/// A tree as JSON.
fn as_json(value: &document::Value) -> String {
    fn of(value: &document::Value) -> serde_json::Value {
        use document::Value;
        match value {
            Value::Null => serde_json::Value::Null,
            Value::Text(text) => serde_json::Value::String(text.clone()),
            Value::List(items) => items.iter().map(of).collect(),
            Value::Map(entries) => serde_json::Value::Object(
                entries
                    .iter()
                    .map(|(name, value)| (name.clone(), of(value)))
                    .collect(),
            ),
        }
    }
    of(value).to_string()
}
