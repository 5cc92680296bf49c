//! What was pasted: one text in, [`Exhibits`] out. Nothing is judged here.
//!
//! A paste is cleaned of what the eye does not see (`clean`), then looked at in one of
//! these ways: JSON that is itself a credential (`object`) or a browser's log (`har`);
//! else a text, in which every credential is found by its shape or the name before it
//! (`scan`) and the requests are read line by line (`transcript`). Each way is linear.

mod ahead;
mod bare;
mod claims;
mod clean;
mod context;
mod curl;
pub(crate) mod entries;
mod har;
pub(crate) mod log;
mod mask;
mod names;
mod object;
mod prose;
mod scan;
mod sent;
mod shape;
mod token;
mod transcript;
mod url;
mod value;

use crate::json::{Json, Shape};
use crate::visible::quoted;

pub(crate) use shape::has_key;
pub(crate) use url::in_error;

use clean::Visible;
use scan::{Found, Scan};
use transcript::{Owner, Transcript};

/// The largest paste read, in bytes. Larger ones are files that hold a token somewhere.
pub const MAX_PASTE: usize = 20_000_000;

/// The most credentials listed.
pub const MAX_TOKENS: usize = 200;

/// The most requests listed.
pub const MAX_REQUESTS: usize = 200;

/// The most headers kept of a request, and of an answer.
const MAX_HEADERS: usize = 200;

/// Takes a paste apart. Total, and linear in the length of the paste.
#[must_use]
pub fn read(paste: &str) -> Exhibits {
    if paste.len() > MAX_PASTE {
        return Exhibits {
            notes: vec![format!(
                "The paste is {} MB long; at most {} MB are read, so nothing was. Paste the part with the request.",
                paste.len().div_euclid(1_000_000),
                MAX_PASTE.div_euclid(1_000_000)
            )],
            ..Exhibits::default()
        };
    }
    let judged = entries::judge(paste);
    let paste = judged.text.as_ref();
    let visible = Visible::of(paste);
    let text = visible.text.as_ref();
    let mut exhibits = if text.trim().is_empty() {
        let only_invisible = !visible.removed().is_empty();
        Exhibits {
            empty: true,
            notes: only_invisible
                .then(|| "The paste holds invisible characters only.".to_owned())
                .into_iter()
                .collect(),
            ..Exhibits::default()
        }
    } else {
        json(text).unwrap_or_else(|| free_text(paste, &visible))
    };
    sent::choose(&mut exhibits);
    exhibits.judged = judged.entry;
    exhibits.nothing_refused = judged.nothing;
    exhibits
}

/// A paste that is one JSON object and tells what it is.
fn json(text: &str) -> Option<Exhibits> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let json = Json::read(text);
    if json.shape != Shape::Object {
        return None;
    }
    if let Some(credential) = object::read(&json) {
        return Some(Exhibits {
            credentials: vec![credential],
            ..Exhibits::default()
        });
    }
    har::read(&json).map(har::Har::exhibits)
}

/// Any other paste.
fn free_text(paste: &str, visible: &Visible<'_>) -> Exhibits {
    let text = visible.text.as_ref();
    let Scan { mut found, more } = scan::scan(text);
    let transcript = Transcript::read(text, &found);
    let mut exhibits = Exhibits::default();
    if found.len() > 1 {
        found.retain(|found| !found.is_absent_member());
    }
    let shows_token = found
        .iter()
        .any(|found| found.pasted.text.starts_with("ey") && found.pasted.text.contains('.'));
    if !shows_token && let Some(claims) = claims::decoded(text) {
        found.retain(|found| found.end <= claims.from || found.at >= claims.end);
        found.push(claims);
        found.sort_by_key(|found| found.at);
    } else if found.is_empty() && transcript.requests.is_empty() {
        found.extend(bare::unknown(text));
    } else if transcript.requests.is_empty() {
        bare::settle(text, &mut found);
    }
    name_invisible(visible, &mut found, &mut exhibits.notes);
    if !found.is_empty() {
        exhibits.notes.extend(error_beside(text));
    }
    exhibits.prose = prose::of(paste, text, &found, &transcript);
    exhibits.requests = transcript.requests.clone();
    if exhibits.requests.is_empty() {
        exhibits.requests.extend(url::request(text, &found));
    }
    let is_one_request = transcript.requests.is_empty() && !exhibits.requests.is_empty();
    for found in found {
        let carrier = match transcript.owner(found.at) {
            Owner::Head(request) => Some(request),
            _ if is_one_request && matches!(found.pasted.place, Place::Header(_)) => Some(0),
            _ => None,
        };
        if let Some(index) = exhibits.list(found.pasted)
            && let Some(request) = carrier.and_then(|request| exhibits.requests.get_mut(request))
            && !request.credentials.contains(&index)
        {
            request.credentials.push(index);
        }
    }
    if more {
        exhibits.only_the_first(MAX_TOKENS, "credentials");
    }
    if transcript.more {
        exhibits.only_the_first(MAX_REQUESTS, "requests");
    }
    exhibits
}

/// The error that a JSON answer tells of beside its credential.
fn error_beside(text: &str) -> Option<String> {
    /// Longer ones are no token endpoint's answer, in bytes.
    const LONGEST: usize = 65_536;
    if text.len() > LONGEST || !text.trim_start().starts_with('{') {
        return None;
    }
    let json = Json::read(text);
    let told = ["error_description", "error"];
    let (name, error) = told
        .iter()
        .find_map(|name| Some((name, json.text(name)?)))?;
    Some(format!(
        "The JSON also holds `{name}`: {}.",
        quoted(&mask::masked(&error))
    ))
}

/// Says of each credential which invisible characters stood at it, and counts the others.
fn name_invisible(visible: &Visible<'_>, found: &mut [Found], notes: &mut Vec<String>) {
    if visible.removed().is_empty() {
        return;
    }
    let mut named: usize = 0;
    for found in found {
        let removed = visible.removed_within(found.from, found.end);
        if !removed.is_empty() {
            named = named.saturating_add(removed.len());
            found.pasted.blemishes.push(Blemish::InvisibleCharacters);
            found
                .pasted
                .notes
                .extend(clean::notes(removed, found.at, found.end));
        }
    }
    let others = visible.removed().len().saturating_sub(named);
    if others > 0 {
        notes.push(clean::elsewhere(others));
    }
}

impl Exhibits {
    /// The request being judged.
    #[must_use]
    pub fn judged_request(&self) -> Option<&Request> {
        self.request.and_then(|at| self.requests.get(at))
    }

    /// Says that there are more of these than are listed.
    fn only_the_first(&mut self, most: usize, what: &str) {
        let note = format!("Only the first {most} {what} are listed.");
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Lists a credential and gives its index; one that is listed already keeps its place in
    /// the list and is told from where it counts most. `None` when the list is full.
    fn list(&mut self, pasted: Pasted) -> Option<usize> {
        let same = self
            .credentials
            .iter()
            .position(|known| known.text == pasted.text);
        match same {
            Some(index) => {
                if let Some(known) = self.credentials.get_mut(index)
                    && sent::rank(&pasted) < sent::rank(known)
                {
                    *known = pasted;
                }
                Some(index)
            }
            None if self.credentials.len() >= MAX_TOKENS => {
                self.only_the_first(MAX_TOKENS, "credentials");
                None
            }
            None => {
                self.credentials.push(pasted);
                self.credentials.len().checked_sub(1)
            }
        }
    }
}

/// All that a paste holds, taken apart but not yet understood.
#[derive(Debug, Clone, Default)]
#[allow(clippy::exhaustive_structs)]
pub struct Exhibits {
    /// Every credential found, in the order of the paste.
    pub credentials: Vec<Pasted>,
    /// Index into `credentials` of the one that was, or would be, sent.
    pub sent: Option<usize>,
    /// The requests a transcript, `curl` command or HAR tells of.
    pub requests: Vec<Request>,
    /// Index into `requests` of the one being judged.
    pub request: Option<usize>,
    /// What was stripped, joined or guessed, one sentence each.
    pub notes: Vec<String>,
    /// The paste's prose when it is no credential but an error, a log line or a page:
    /// the whole text as pasted. Empty otherwise.
    pub prose: String,
    /// The paste was empty, or only white space and invisible characters.
    pub empty: bool,
    /// The judged entry of a log, its number from 1, and of how many.
    pub(crate) judged: Option<(crate::document::LogEntry, usize, usize)>,
    /// Why no entry of the log was refused.
    pub(crate) nothing_refused: Option<&'static str>,
}

/// One credential as it stood in the paste.
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_structs)]
pub struct Pasted {
    /// The credential itself, cleaned: no scheme, no quotes, no line breaks.
    pub text: String,
    /// Where it stood.
    pub place: Place,
    /// The word before it in a header, as written (`Bearer`, `Basic`), when there was one.
    pub scheme: Option<String>,
    /// How often the scheme stood there: 2 for `Bearer Bearer …`.
    pub scheme_count: usize,
    /// `text` is an expression that a shell or program fills in when it runs (`$TOKEN` in
    /// double quotes, `{token}` in an f-string): what was sent cannot be seen. In single
    /// quotes, or in a header as it was sent, the expression itself was sent, and this is false.
    pub filled_in_later: bool,
    /// What was wrong with it **as it would be sent**: each of these makes servers refuse it.
    pub blemishes: Vec<Blemish>,
    /// What was stripped or guessed for this credential, one sentence each.
    pub notes: Vec<String>,
}

/// A defect of the credential's text as it stood in the paste.
///
/// A defect counts when the place says that the text was sent so (a header line, a `curl`
/// command); in a bare paste it may have come from the copying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Blemish {
    /// `Bearer Bearer …`.
    DoubleScheme,
    /// `Authorization: eyJ…` or `ya29…` without a scheme.
    NoScheme,
    /// ASCII quotes around or beside the token.
    Quotes,
    /// Typographic quotes around or beside the token.
    SmartQuotes,
    /// A Python bytes literal, `b'…'`.
    BytesLiteral,
    /// Line breaks inside the token.
    LineBreaks,
    /// Spaces inside the token.
    InnerSpaces,
    /// The two characters `\n` (or `\r`) inside the token.
    EscapedLineBreaks,
    /// A byte order mark, zero-width or control character in or beside the token.
    InvisibleCharacters,
    /// `%20`, `%2E` and the like.
    PercentEncoding,
    /// An ellipsis after the token, or in place of a part of it.
    Ellipsis,
    /// Characters after the token that do not belong to it.
    TrailingCharacters,
    /// The standard base64 alphabet or padding instead of base64url.
    StandardBase64,
}

/// Where in the paste a credential stood.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// Alone.
    Bare,
    /// In a header, named as written (`Authorization`, `x-goog-iap-jwt-assertion`, `Authentication`).
    Header(String),
    /// In a member of a JSON answer.
    Json(String),
    /// In an assignment (`export TOKEN=…`, `TOKEN: …`).
    Env(String),
    /// In a cookie.
    Cookie(String),
    /// In a URL's query or fragment, under this parameter.
    UrlParameter(String),
    /// Somewhere in a longer text.
    Text,
}

/// A request told of by the paste.
#[derive(Debug, Clone, Default)]
#[allow(clippy::exhaustive_structs)]
pub struct Request {
    /// `GET`, `OPTIONS`, … when told.
    pub method: Option<String>,
    /// The whole URL, put together from the request line and `Host` where needed.
    pub url: Option<String>,
    /// Request headers: name as written, value. Values of credential headers are left out.
    pub headers: Vec<(String, String)>,
    /// Indices into [`Exhibits::credentials`] of the credentials this request carried.
    pub credentials: Vec<usize>,
    /// The status that came back.
    pub status: Option<u16>,
    /// Response headers: name as written, value.
    pub response_headers: Vec<(String, String)>,
    /// The body that came back.
    pub body: String,
    /// Its lines are told as they went out (`> GET /`, raw HTTP), and not as a command makes them.
    pub as_sent: bool,
    /// A browser's panel tells of it, which may show the answer's headers alone.
    pub from_panel: bool,
}
