//! Requests and answers as tools print them: `curl -v`, `curl -i`, raw HTTP, a browser's
//! panel; and the `curl` commands before them.

mod lines;

use std::ops::Range;

use super::scan::Found;
use super::{MAX_HEADERS, MAX_REQUESTS, Request, curl, mask, shape};
use lines::{
    REQUEST_URL, browser_label, header_line, is_progress, marked, request_line, status_line,
    unquoted,
};

/// The longest body kept, in bytes. What tells who answered stands at its start.
const MAX_BODY: usize = 65_536;

/// The requests of a text, and which part of the text belongs to what.
#[derive(Debug, Default)]
pub(super) struct Transcript {
    pub(super) requests: Vec<Request>,
    /// More requests than [`MAX_REQUESTS`] stand in the text.
    pub(super) more: bool,
    /// Where each part begins, and whose it is; in the order of the text.
    parts: Vec<(usize, Owner)>,
}

/// Whose a part of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// Nobody's: prose.
    Prose,
    /// A tool's own remarks.
    Tool,
    /// This request's line and headers, or the command that made it.
    Head(usize),
    /// The answer to this request.
    Answer(usize),
}

impl Transcript {
    /// Reads a text in which `found` has been found.
    pub(super) fn read(text: &str, found: &[Found]) -> Self {
        // Nothing but a token, as most pastes are.
        let is_token = matches!(found, [only] if only.at == 0 && only.end == text.len());
        if is_token || !mentions_http(text) {
            return Self::default();
        }
        let mut reader = Reader {
            text,
            found,
            next_found: 0,
            transcript: Self::default(),
            state: State::Outside,
            fresh: false,
            drafts: Vec::new(),
            connected: None,
            label: None,
            command_until: 0,
            in_vain: curl::LONGEST,
        };
        let mut at: usize = 0;
        for line in text.split_inclusive('\n') {
            reader.line(at, line.trim_end_matches(['\n', '\r']));
            at = at.saturating_add(line.len());
        }
        reader.finish()
    }

    /// Whose the text at an offset is.
    pub(super) fn owner(&self, at: usize) -> Owner {
        let past = self.parts.partition_point(|(start, _)| *start <= at);
        past.checked_sub(1)
            .and_then(|part| self.parts.get(part))
            .map_or(Owner::Prose, |(_, owner)| *owner)
    }

    /// The parts of the text that are nobody's, as ranges.
    pub(super) fn prose(&self, length: usize) -> Vec<Range<usize>> {
        let starts = core::iter::once((0, Owner::Prose)).chain(self.parts.iter().copied());
        let ends = self.parts.iter().map(|(start, _)| *start).chain([length]);
        starts
            .zip(ends)
            .filter(|((start, owner), end)| *owner == Owner::Prose && start < end)
            .map(|((start, _), end)| start..end)
            .collect()
    }
}

/// Most pastes tell of no request and are not read line by line. Each mark ends a word or begins
/// beside one, so one pass from word to word finds them all.
fn mentions_http(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at: usize = 0;
    while let Some(rest) = bytes.get(at..) {
        let end = at.saturating_add(shape::run(rest, shape::is_base64url));
        let (Some(before), Some(after)) = (bytes.get(..end), bytes.get(end..)) else {
            return false;
        };
        let stands_here = match after.first() {
            Some(b'/') => before.ends_with(b"HTTP"),
            Some(b' ') => before.ends_with(b"Request") && after.starts_with(b" URL"),
            Some(b':') => after.starts_with(b":authority"),
            Some(b'[') => after.starts_with(b"[:method"),
            _ => false,
        };
        if stands_here || before.ends_with(b"curl") {
            return true;
        }
        at = end.saturating_add(1);
    }
    false
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Outside,
    /// Among the headers of the last request.
    Head,
    /// In what it sent behind its headers; whether anything was there yet.
    Sent(bool),
    /// Among the headers of its answer.
    AnswerHead,
    Body,
}

/// What a request's URL is put together from.
#[derive(Debug, Default, Clone)]
struct Draft {
    target: String,
    host: String,
    plain_http: bool,
}

struct Reader<'t> {
    text: &'t str,
    found: &'t [Found],
    next_found: usize,
    transcript: Transcript,
    state: State,
    /// The last request has neither a request line nor an answer yet.
    fresh: bool,
    drafts: Vec<Draft>,
    /// The host and port `curl` said it connected to.
    connected: Option<(String, String)>,
    /// A browser's label whose value stands on the next line.
    label: Option<&'static str>,
    /// The end of the `curl` command being read.
    command_until: usize,
    /// How many bytes may still be read in vain, looking for the ends of quotes that never close.
    in_vain: usize,
}

impl Reader<'_> {
    fn line(&mut self, at: usize, line: &str) {
        if at < self.command_until || self.continues_a_token(at) {
            return;
        }
        if let Some(rest) = marked(line, '*') {
            return self.remark(at, rest);
        }
        if let Some(rest) = marked(line, '>') {
            if self.sent(at, rest) {
                return;
            }
        } else if let Some(rest) = marked(line, '<')
            && self.received(at, rest)
        {
            return;
        }
        self.unmarked(at, line);
    }

    /// Whether the line is the rest of a wrapped token.
    fn continues_a_token(&mut self, at: usize) -> bool {
        while self
            .found
            .get(self.next_found)
            .is_some_and(|found| found.end <= at)
        {
            self.next_found = self.next_found.saturating_add(1);
        }
        self.found
            .get(self.next_found)
            .is_some_and(|found| found.at < at)
    }

    /// `> ` lines.
    fn sent(&mut self, at: usize, line: &str) -> bool {
        if let Some((method, target)) = request_line(line) {
            self.request(at, method, target);
            return true;
        }
        // The request line may have been left out after the command.
        let header = header_line(line);
        if self.state != State::Head && !(self.fresh && header.is_some()) {
            return false;
        }
        if let Some((name, value)) = header {
            self.own(
                at,
                Owner::Head(self.transcript.requests.len().saturating_sub(1)),
            );
            self.request_header(name, value);
        }
        true
    }

    /// `< ` lines.
    fn received(&mut self, at: usize, line: &str) -> bool {
        if let Some(status) = status_line(line) {
            self.answer(at, status);
            return true;
        }
        if self.state != State::AnswerHead {
            return false;
        }
        match header_line(line) {
            Some((name, value)) => self.answer_header(name, value),
            None if line.is_empty() => self.state = State::Body,
            None => {}
        }
        true
    }

    /// `* ` lines: what `curl` says of itself. HTTP/2 headers stand in brackets there.
    fn remark(&mut self, at: usize, line: &str) {
        if let Some(rest) = line.trim_start().strip_prefix("Connected to ") {
            let host = rest.split(' ').next().unwrap_or_default().to_owned();
            let port = rest.rsplit(' ').next().unwrap_or_default().to_owned();
            self.connected = Some((host, port));
        }
        let bracketed = line
            .rsplit_once(" [")
            .or_else(|| line.strip_prefix('[').map(|rest| ("", rest)))
            .map(|(before, header)| (before, header.strip_suffix(']').unwrap_or(header).trim()))
            .filter(|(before, _)| before.contains("[HTTP/") || before.contains("h2"));
        let Some((_, header)) = bracketed else {
            if self.state != State::Body {
                self.own(at, Owner::Tool);
            }
            return;
        };
        if let Some(method) = header.strip_prefix(":method: ") {
            if !self.fresh {
                self.begin(at);
            }
            self.with_request(|request, _| request.method = Some(method.to_owned()));
        } else if let Some((name, value)) = header_line(header)
            && self.fresh
        {
            self.own(
                at,
                Owner::Head(self.transcript.requests.len().saturating_sub(1)),
            );
            self.request_header(name, value);
        }
    }

    /// Raw HTTP, a browser's panel, bodies and everything else.
    fn unmarked(&mut self, at: usize, line: &str) {
        if let Some(label) = self.label.take() {
            if !line.trim().is_empty() {
                return self.labelled(at, label, line.trim());
            }
            self.label = Some(label);
            return;
        }
        if let Some((method, target)) = request_line(line) {
            return self.request(at, method, target);
        }
        if let Some(status) = status_line(line) {
            return self.answer(at, status);
        }
        if self.python(at, line) {
            return;
        }
        if let Some((label, value)) = browser_label(line) {
            if value.is_empty() {
                self.label = Some(label);
                if label == REQUEST_URL {
                    self.own(at, Owner::Tool);
                }
                return;
            }
            return self.labelled(at, label, value);
        }
        if self.state != State::Head
            && let Some(start) = curl::begins(line)
        {
            return self.command(at, at.saturating_add(start));
        }
        match (self.state, header_line(line)) {
            (State::Head, Some((name, value))) => self.request_header(name, value),
            (State::Head, None) if line.trim().is_empty() => self.head_ends(),
            // What stands behind a request and its body is nobody's, until an answer begins.
            (State::Sent(begun), _) => {
                self.state = if begun && line.trim().is_empty() {
                    State::Outside
                } else {
                    State::Sent(begun || !line.trim().is_empty())
                };
            }
            (State::AnswerHead, Some((name, value))) => self.answer_header(name, value),
            (State::AnswerHead, None) if line.trim().is_empty() => self.state = State::Body,
            (State::Body, _) => self.body(at, line),
            (State::Outside, _) if !line.trim().is_empty() => self.own(at, Owner::Prose),
            _ => {}
        }
    }

    /// What Python's `http.client` prints when asked to: `send: b'…'`, `reply: '…'`, `header: …`.
    fn python(&mut self, at: usize, line: &str) -> bool {
        if let Some(sent) = line.strip_prefix("send: b").map(unquoted) {
            let mut lines = sent.split("\\r\\n");
            let Some((method, target)) = lines.next().and_then(request_line) else {
                return false;
            };
            self.request(at, method, target);
            for (name, value) in lines.filter_map(header_line) {
                self.request_header(name, value);
            }
            return true;
        }
        if let Some(status) = line
            .strip_prefix("reply: ")
            .map(unquoted)
            .and_then(status_line)
        {
            self.answer(at, status);
            return true;
        }
        match line.strip_prefix("header: ").and_then(header_line) {
            Some((name, value)) if self.state == State::AnswerHead => {
                self.answer_header(name, value);
                true
            }
            _ => false,
        }
    }

    fn command(&mut self, line_at: usize, at: usize) {
        /// As far as any command is read, in bytes.
        const LEAST: usize = 4096;
        if !self.begin(line_at) {
            return;
        }
        let text = self.text.get(at..).unwrap_or_default();
        let command = curl::read(text, self.in_vain.max(LEAST));
        self.in_vain = self.in_vain.saturating_sub(command.in_vain);
        self.command_until = at.saturating_add(command.length);
        self.with_request(|request, draft| {
            *request = command.request;
            draft.target = request.url.clone().unwrap_or_default();
        });
        // What a command prints is the answer's body, until headers show.
        self.state = State::Body;
    }

    fn body(&mut self, at: usize, line: &str) {
        let index = self.transcript.requests.len().saturating_sub(1);
        if !line.trim().is_empty() {
            self.own(at, Owner::Answer(index));
        }
        if is_progress(line) {
            return;
        }
        let end = at.saturating_add(line.len());
        let (text, found) = (self.text, self.found);
        self.with_request(|request, _| {
            if request.body.len() < MAX_BODY && !(request.body.is_empty() && line.trim().is_empty())
            {
                if !request.body.is_empty() {
                    request.body.push('\n');
                }
                request.body.push_str(&mask::cut(text, at..end, found));
            }
        });
    }

    /// A request's first line.
    fn request(&mut self, at: usize, method: &str, target: &str) {
        if !self.fresh && !self.begin(at) {
            return;
        }
        self.own(
            at,
            Owner::Head(self.transcript.requests.len().saturating_sub(1)),
        );
        self.fresh = false;
        self.state = State::Head;
        let connected = self.connected.clone();
        self.with_request(|request, draft| {
            request.method = Some(method.to_owned());
            request.as_sent = true;
            request.headers.clear();
            request.body.clear();
            draft.target = target.to_owned();
            if let Some((host, port)) = connected {
                draft.plain_http = port == "80";
                draft.host = host;
            }
        });
    }

    /// The empty line behind the headers of a request as it was sent.
    fn head_ends(&mut self) {
        let Some(request) = self
            .transcript
            .requests
            .last()
            .filter(|request| request.as_sent)
        else {
            return;
        };
        // These send nothing behind their headers, so what follows is the answer.
        let is_bare = matches!(
            request.method.as_deref(),
            Some("GET" | "HEAD" | "DELETE" | "OPTIONS")
        );
        self.state = if is_bare {
            State::Body
        } else {
            State::Sent(false)
        };
    }

    fn request_header(&mut self, name: &str, value: &str) {
        self.with_request(|request, draft| {
            match name.to_ascii_lowercase().as_str() {
                "host" | ":authority" => draft.host = value.to_owned(),
                ":path" => draft.target = value.to_owned(),
                ":scheme" => draft.plain_http = value == "http",
                ":method" => request.method = Some(value.to_owned()),
                _ => {}
            }
            if !name.starts_with(':') && request.headers.len() < MAX_HEADERS {
                request.headers.push(mask::header(name, value));
            }
        });
    }

    /// An answer's first line. A later one replaces an earlier one (`100 Continue`).
    fn answer(&mut self, at: usize, status: u16) {
        if self.transcript.requests.is_empty() && !self.begin(at) {
            return;
        }
        self.own(
            at,
            Owner::Answer(self.transcript.requests.len().saturating_sub(1)),
        );
        self.fresh = false;
        self.state = State::AnswerHead;
        self.with_request(|request, _| {
            request.status = Some(status);
            request.response_headers.clear();
            request.body.clear();
        });
    }

    fn answer_header(&mut self, name: &str, value: &str) {
        self.with_request(|request, _| {
            if request.response_headers.len() < MAX_HEADERS {
                request.response_headers.push(mask::header(name, value));
            }
        });
    }

    /// A line of a browser's panel.
    fn labelled(&mut self, at: usize, label: &str, value: &str) {
        match label {
            REQUEST_URL => {
                if self.begin(at) {
                    self.state = State::Head;
                    self.with_request(|request, draft| {
                        value.clone_into(&mut draft.target);
                        request.url = None;
                        request.from_panel = true;
                    });
                }
            }
            "Status Code" => {
                let status = value.get(..3).and_then(|digits| digits.parse().ok());
                self.with_request(|request, _| request.status = status);
            }
            _ => self.with_request(|request, _| request.method = Some(value.to_owned())),
        }
    }

    /// Begins a request; `false` when there are too many.
    fn begin(&mut self, at: usize) -> bool {
        if self.transcript.requests.len() >= MAX_REQUESTS {
            self.state = State::Outside;
            self.transcript.more = true;
            return false;
        }
        self.transcript.requests.push(Request::default());
        self.drafts.push(Draft::default());
        self.fresh = true;
        self.own(
            at,
            Owner::Head(self.transcript.requests.len().saturating_sub(1)),
        );
        true
    }

    fn own(&mut self, at: usize, owner: Owner) {
        if self
            .transcript
            .parts
            .last()
            .is_none_or(|(_, last)| *last != owner)
        {
            self.transcript.parts.push((at, owner));
        }
    }

    fn with_request(&mut self, change: impl FnOnce(&mut Request, &mut Draft)) {
        if let (Some(request), Some(draft)) =
            (self.transcript.requests.last_mut(), self.drafts.last_mut())
        {
            change(request, draft);
        }
    }

    fn finish(mut self) -> Transcript {
        for (request, draft) in self.transcript.requests.iter_mut().zip(&self.drafts) {
            request.url = draft
                .url()
                .map(|url| mask::masked(&url))
                .or(request.url.take());
            let body = core::mem::take(&mut request.body);
            request.body = mask::beyond(body.trim_end(), self.found);
        }
        self.transcript
    }
}

impl Draft {
    fn url(&self) -> Option<String> {
        let scheme = if self.plain_http { "http" } else { "https" };
        match (self.target.as_str(), self.host.as_str()) {
            (target, _) if target.contains("://") && !target.starts_with('/') => {
                Some(target.to_owned())
            }
            (_, "") => None,
            (target, host) if target.starts_with('/') => Some(format!("{scheme}://{host}{target}")),
            (_, host) => Some(format!("{scheme}://{host}/")),
        }
    }
}
