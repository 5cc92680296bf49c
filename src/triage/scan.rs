//! One reading of a JSON object's bytes: where it ends, and what its members at known places say.
//! Nothing is built: most entries are no refusal, and this is all that is read of them.

use core::ops::Range;

use memchr::memchr3;

/// The deepest nesting read.
const DEEPEST: u32 = 120;

/// What a reading found.
#[derive(Debug, Clone, Default)]
pub(super) struct Scan {
    pub(super) end: End,
    /// `httpRequest.status`, or what access logs and HAR write for it.
    pub(super) status: Option<u16>,
    pub(super) has_proto: bool,
    /// `protoPayload.status.code` is there and not 0.
    pub(super) proto_failed: bool,
    /// Permissions that were asked for, and those that were granted.
    pub(super) asked: u32,
    pub(super) granted: u32,
    /// A member `error` at the top: an API's answer.
    pub(super) is_error: bool,
    /// An entry of a HAR file.
    pub(super) is_har: bool,
    /// A member of Cloud Logging's entries.
    pub(super) is_entry: bool,
    fields: [Option<(u32, u32)>; FIELDS],
}

/// Where the object ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum End {
    /// Behind its last bracket.
    At(usize),
    /// The bytes end before it does.
    #[default]
    Missing,
    /// It is no JSON from here on.
    Broken(usize),
    /// It is not one entry but holds a list of them, which begins here, so many brackets deep.
    List(usize, u32),
}

/// A text that is remembered.
#[derive(Debug, Clone, Copy)]
pub(super) enum Field {
    Severity,
    Time,
    Trace,
    InsertId,
    Span,
    Method,
    Url,
    Agent,
    Service,
    Api,
    Resource,
    Principal,
    Job,
}

const FIELDS: usize = 13;

impl Scan {
    /// A text, as written between its quotes.
    pub(super) fn field<'t>(&self, bytes: &'t [u8], field: Field) -> Option<&'t [u8]> {
        let (start, end) = (*self.fields.get(field as usize)?)?;
        bytes.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
    }

    fn keep(&mut self, field: Field, range: &Range<usize>) {
        if let (Some(slot), Ok(start), Ok(end)) = (
            self.fields.get_mut(field as usize),
            u32::try_from(range.start),
            u32::try_from(range.end),
        ) && start < end
        {
            *slot = Some((start, end));
        }
    }
}

/// Reads the object with which the bytes begin. With `one_line` it may hold no line break.
pub(super) fn scan(bytes: &[u8], one_line: bool) -> Scan {
    let mut reading = Reading {
        found: Scan::default(),
        names: [Name::Other; 5],
        brackets: 0,
        depth: 0,
        wants_name: false,
    };
    reading.found.end = reading.run(bytes, one_line);
    reading.found
}

/// The names that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Other,
    Item,
    HttpRequest,
    Status,
    Severity,
    Timestamp,
    ProtoPayload,
    Code,
    AuthorizationInfo,
    Granted,
    AuthenticationInfo,
    PrincipalEmail,
    ApiMethod,
    ApiService,
    ApiResource,
    Trace,
    InsertId,
    SpanId,
    RequestUrl,
    RequestMethod,
    UserAgent,
    Resource,
    Labels,
    LabelService,
    Job,
    Log,
    LogOf,
    Entries,
    Error,
    Request,
    Response,
    Started,
    Method,
    Url,
    ResponseCode,
    JsonPayload,
    TargetAddress,
}

impl Name {
    fn of(name: &[u8]) -> Self {
        match name {
            b"httpRequest" => Self::HttpRequest,
            b"status" => Self::Status,
            b"severity" => Self::Severity,
            b"timestamp" => Self::Timestamp,
            b"protoPayload" => Self::ProtoPayload,
            b"code" => Self::Code,
            b"authorizationInfo" => Self::AuthorizationInfo,
            b"granted" => Self::Granted,
            b"authenticationInfo" => Self::AuthenticationInfo,
            b"principalEmail" => Self::PrincipalEmail,
            b"methodName" => Self::ApiMethod,
            b"serviceName" => Self::ApiService,
            b"resourceName" => Self::ApiResource,
            b"trace" => Self::Trace,
            b"insertId" => Self::InsertId,
            b"spanId" => Self::SpanId,
            b"requestUrl" => Self::RequestUrl,
            b"requestMethod" => Self::RequestMethod,
            b"userAgent" => Self::UserAgent,
            b"resource" => Self::Resource,
            b"labels" => Self::Labels,
            b"service_name" | b"function_name" => Self::LabelService,
            b"job_id" | b"queue_id" | b"subscription_id" => Self::Job,
            b"log" => Self::Log,
            b"logName" => Self::LogOf,
            b"entries" => Self::Entries,
            b"error" => Self::Error,
            b"request" => Self::Request,
            b"response" => Self::Response,
            b"startedDateTime" => Self::Started,
            b"method" => Self::Method,
            b"url" => Self::Url,
            b"response_code" => Self::ResponseCode,
            b"jsonPayload" => Self::JsonPayload,
            b"targetAddress" => Self::TargetAddress,
            _ => Self::Other,
        }
    }
}

struct Reading {
    found: Scan,
    /// The name of the member on each level; only the upper ones matter.
    names: [Name; 5],
    /// Which of the open brackets are braces, the innermost last.
    brackets: u128,
    depth: u32,
    wants_name: bool,
}

impl Reading {
    fn run(&mut self, bytes: &[u8], one_line: bool) -> End {
        let mut at = 0_usize;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => {
                    let start = at.saturating_add(1);
                    let end = match string_end(bytes, start) {
                        Ok(end) => end,
                        Err(end) => return end,
                    };
                    let range = start..end;
                    if self.wants_name {
                        self.name(Name::of(bytes.get(range).unwrap_or_default()));
                    } else {
                        self.value(bytes, &range, true);
                    }
                    at = end;
                }
                b'{' => {
                    // Where a name is wanted another object cannot begin: the one before is cut.
                    if self.wants_name || self.depth >= DEEPEST {
                        return End::Broken(at);
                    }
                    self.begin();
                    self.open(true);
                }
                b'[' => {
                    if self.wants_name || self.depth == 0 || self.depth >= DEEPEST {
                        return End::Broken(at);
                    }
                    self.open(false);
                    let holds_entries = match self.names {
                        [Name::Entries, ..] => self.depth == 2,
                        [Name::Log, Name::Entries, ..] => self.depth == 3,
                        _ => false,
                    };
                    if holds_entries {
                        return End::List(at.saturating_add(1), self.depth);
                    }
                }
                b'}' | b']' => {
                    if (self.brackets & 1 == 1) != (*byte == b'}') || self.depth == 0 {
                        return End::Broken(at);
                    }
                    self.brackets >>= 1;
                    self.depth = self.depth.saturating_sub(1);
                    self.wants_name = false;
                    if self.depth == 0 {
                        return End::At(at.saturating_add(1));
                    }
                }
                b',' => self.wants_name = self.brackets & 1 == 1,
                b':' => self.wants_name = false,
                b'\n' => {
                    let next = at.saturating_add(1);
                    let begins_anew = bytes
                        .get(next..)
                        .is_some_and(|rest| rest.starts_with(b"{\""))
                        && self.brackets & 1 == 1;
                    if one_line || begins_anew {
                        return End::Broken(at);
                    }
                }
                b' ' | b'\t' | b'\r' => {}
                _ => {
                    let rest = bytes.get(at..).unwrap_or_default();
                    let length = rest
                        .iter()
                        .position(|byte| {
                            matches!(
                                byte,
                                b',' | b'}'
                                    | b']'
                                    | b' '
                                    | b'\n'
                                    | b'\r'
                                    | b'\t'
                                    | b'"'
                                    | b'{'
                                    | b'['
                            )
                        })
                        .unwrap_or(rest.len())
                        .max(1);
                    let end = at.saturating_add(length);
                    self.value(bytes, &(at..end), false);
                    at = end.saturating_sub(1);
                }
            }
            at = at.saturating_add(1);
        }
        End::Missing
    }

    fn open(&mut self, is_brace: bool) {
        self.brackets = self.brackets << 1 | u128::from(is_brace);
        self.depth = self.depth.saturating_add(1);
        self.wants_name = is_brace;
        let name = if is_brace { Name::Other } else { Name::Item };
        self.name(name);
    }

    fn name(&mut self, name: Name) {
        let level = usize::try_from(self.depth.saturating_sub(1)).unwrap_or(usize::MAX);
        if let Some(slot) = self.names.get_mut(level) {
            *slot = name;
        }
    }

    /// An object begins as a value.
    fn begin(&mut self) {
        match (self.depth, self.names) {
            (1, [Name::ProtoPayload, ..]) => {
                self.found.has_proto = true;
                self.found.is_entry = true;
            }
            (1, [Name::HttpRequest, ..]) => self.found.is_entry = true,
            (1, [Name::Error, ..]) => self.found.is_error = true,
            (1, [Name::Request, ..]) => self.found.is_har = true,
            (3, [Name::ProtoPayload, Name::AuthorizationInfo, Name::Item, ..]) => {
                self.found.asked = self.found.asked.saturating_add(1);
            }
            _ => {}
        }
    }

    /// A text, number or word.
    fn value(&mut self, bytes: &[u8], range: &Range<usize>, is_text: bool) {
        let text = || bytes.get(range.clone()).unwrap_or_default();
        let field = match (self.depth, self.names) {
            (1, [Name::Severity, ..]) => Field::Severity,
            (1, [Name::Timestamp | Name::Started, ..]) => Field::Time,
            (1, [Name::Trace, ..]) => Field::Trace,
            (1, [Name::SpanId, ..]) => Field::Span,
            (1, [Name::InsertId, ..]) => {
                self.found.is_entry = true;
                Field::InsertId
            }
            (1, [Name::LogOf, ..]) => {
                self.found.is_entry = true;
                return;
            }
            (1, [Name::Method, ..])
            | (2, [Name::HttpRequest, Name::RequestMethod, ..])
            | (2, [Name::Request, Name::Method, ..])
            | (2, [Name::ProtoPayload, Name::ApiMethod, ..]) => Field::Method,
            (2, [Name::HttpRequest, Name::RequestUrl, ..])
            | (2, [Name::JsonPayload, Name::Url | Name::TargetAddress, ..])
            | (2, [Name::Request, Name::Url, ..]) => Field::Url,
            (2, [Name::HttpRequest, Name::UserAgent, ..]) => Field::Agent,
            (2, [Name::ProtoPayload, Name::ApiService, ..]) => Field::Api,
            (2, [Name::ProtoPayload, Name::ApiResource, ..]) => Field::Resource,
            (
                3,
                [
                    Name::ProtoPayload,
                    Name::AuthenticationInfo,
                    Name::PrincipalEmail,
                    ..,
                ],
            ) => Field::Principal,
            (3, [Name::Resource, Name::Labels, Name::LabelService, ..]) => Field::Service,
            (3, [Name::Resource, Name::Labels, Name::Job, ..]) => Field::Job,
            (2, [Name::HttpRequest | Name::Response, Name::Status, ..])
            | (2, [Name::JsonPayload, Name::ResponseCode, ..])
            | (1, [Name::Status | Name::ResponseCode, ..]) => {
                self.found.status = number(text()).or(self.found.status);
                return;
            }
            (3, [Name::ProtoPayload, Name::Status, Name::Code, ..]) => {
                self.found.proto_failed |= text() != b"0";
                return;
            }
            (
                4,
                [
                    Name::ProtoPayload,
                    Name::AuthorizationInfo,
                    Name::Item,
                    Name::Granted,
                    ..,
                ],
            ) => {
                let is_granted = text().eq_ignore_ascii_case(b"true");
                self.found.granted = self.found.granted.saturating_add(u32::from(is_granted));
                return;
            }
            _ => return,
        };
        if is_text {
            self.found.keep(field, range);
        }
    }
}

fn number(text: &[u8]) -> Option<u16> {
    std::str::from_utf8(text)
        .ok()?
        .parse()
        .ok()
        .filter(|status| (1..1000).contains(status))
}

/// Where a text ends that begins here.
fn string_end(bytes: &[u8], start: usize) -> Result<usize, End> {
    let mut from = start;
    loop {
        let rest = bytes.get(from..).ok_or(End::Missing)?;
        let at = memchr3(b'"', b'\\', b'\n', rest).ok_or(End::Missing)?;
        let found = from.saturating_add(at);
        match rest.get(at) {
            Some(b'"') => return Ok(found),
            // JSON's texts hold no bare line break: it is cut here.
            Some(b'\n') => return Err(End::Broken(found)),
            _ => from = found.saturating_add(2),
        }
    }
}

/// Finds the end of an object that is too long to be kept, block by block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Skip {
    pub(super) depth: u32,
    in_text: bool,
    escaped: bool,
}

impl Skip {
    pub(super) fn within(depth: u32) -> Self {
        Self {
            depth,
            in_text: false,
            escaped: false,
        }
    }

    /// How far a block is skipped, and whether the end is there.
    pub(super) fn over(&mut self, bytes: &[u8]) -> (usize, bool) {
        for (at, byte) in bytes.iter().enumerate() {
            if self.in_text {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' | b'\n' => self.in_text = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.in_text = true,
                b'{' | b'[' => self.depth = self.depth.saturating_add(1),
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return (at.saturating_add(1), true);
                    }
                }
                _ => {}
            }
        }
        (bytes.len(), false)
    }
}
