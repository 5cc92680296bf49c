//! What came back, and who said it: the platform's edge, IAP, a Google API, a gateway, the
//! caller's log or the application itself.

mod answerer;
pub(crate) mod audience;
mod caller;
pub(crate) mod permission;
mod signals;
mod verifier;

pub use signals::Signal;

use crate::document::LogEntry;
use crate::errors::{self, Framed, Hit, Row, Strength};
use crate::facts::From;
use crate::input::{Caller, Input};
use crate::read::{Exhibits, Request, entries};

/// The response, understood.
#[derive(Debug, Clone, Default)]
#[allow(clippy::exhaustive_structs)]
pub struct Response {
    /// The HTTP status, from the field, the transcript or the text.
    pub status: Option<u16>,
    /// Everything that came back, headers and body, as given.
    pub text: String,
    /// The value of `www-authenticate`.
    pub www_authenticate: Option<String>,
    /// The moment of the answer by its `date` header, seconds since 1970 (UTC).
    pub date: Option<i64>,
    /// Who answered.
    pub answered_by: Answerer,
    /// Who called, where only that caller's errors and logs are like this.
    pub called_by: Option<Caller>,
    /// What the text says beyond doubt.
    pub signals: Vec<Signal>,
    /// No known message stands in it: its words only read like a verifier's.
    pub(crate) in_other_words: bool,
    /// The messages of the catalogue in it, the most telling first, and where each stood.
    pub(crate) hits: Vec<(Hit, From)>,
    /// The judged entry of a log in the response's field, its number from 1, and of how many.
    pub(crate) judged: Option<(LogEntry, usize, usize)>,
    /// Why no entry of that log was refused.
    pub(crate) nothing_refused: Option<&'static str>,
}

impl Response {
    /// Reads what came back: the response field, the transcript's answer and, when the paste is
    /// an error or a log, the paste itself.
    #[must_use]
    pub fn read(input: &Input, exhibits: &Exhibits) -> Self {
        let request = exhibits.judged_request();
        let answer = entries::judge(input.response.trim());
        let text = gather(&answer.text, exhibits, request);
        let mut response = Self {
            judged: answer.entry,
            nothing_refused: answer.nothing,
            status: input
                .status
                .or_else(|| request.and_then(|request| request.status))
                .or_else(|| exhibits.judged.as_ref()?.0.status),
            ..Self::default()
        };
        if !text.is_empty() {
            response.status = response.status.or_else(|| status_in(&text));
            response.www_authenticate = header(&text, "www-authenticate");
            response.date = header(&text, "date").and_then(|value| crate::time::http_date(&value));
            let lower = head_and_tail(&text).to_ascii_lowercase();
            response.hits = hits(&text, exhibits);
            response.signals = signals(&response.hits, &lower);
            let is_prose = exhibits.prose.len() >= text.len();
            if response.signals.is_empty() && response.hits.is_empty() {
                response.signals.extend(verifier::in_other_words(&lower));
                response.in_other_words = is_prose && !response.signals.is_empty();
            }
            response.called_by = caller::caller(&lower);
            response.answered_by = answerer::tell(&response, &text, &lower, is_prose);
            if response.answered_by == Answerer::App && !is_prose {
                // What others say is quoted there, and nobody knows of which request.
                response
                    .signals
                    .retain(|signal| signal.speaker() == Some(Answerer::App));
            }
        }
        response.text = text;
        response
    }

    /// The call succeeded: a 2xx whose body does not speak of an error all the same, as
    /// GraphQL servers answer, and which the browser did not keep from its page.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        self.is_2xx()
            && !self.says(Signal::Cors)
            && !self.signals.iter().any(|signal| signal.needs_a_token())
            && !ERROR_IN_SUCCESS
                .iter()
                .any(|words| self.text.contains(words))
    }

    /// The status is one of success, whatever the body or the browser says.
    #[must_use]
    pub(crate) fn is_2xx(&self) -> bool {
        self.status
            .is_some_and(|status| (200..300).contains(&status))
    }

    /// The messages that are one speaker's.
    pub(crate) fn rows_of(&self, speaker: Answerer) -> impl Iterator<Item = &'static Row> {
        let rows = self.hits.iter().map(|(hit, _)| hit.row);
        rows.filter(move |row| row.speaker() == speaker)
    }

    /// Whether the text says this in words that one sender alone writes.
    #[must_use]
    pub(crate) fn says_surely(&self, signal: Signal) -> bool {
        self.hits
            .iter()
            .any(|(hit, _)| hit.row.signal == Some(signal) && hit.row.strength == Strength::Own)
    }

    /// Whether the text says this.
    #[must_use]
    pub fn says(&self, signal: Signal) -> bool {
        self.signals.contains(&signal)
    }
}

/// Who answered. The ids are public (report version 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Answerer {
    /// Nothing came back, or it does not tell.
    #[default]
    Unknown,
    /// The platform in front of the container (Cloud Run, functions).
    Edge,
    /// Identity-Aware Proxy.
    Iap,
    /// A `googleapis.com` API.
    GoogleApi,
    /// API Gateway, Cloud Endpoints, ESPv2.
    Gateway,
    /// Where tokens are made: the token endpoint, STS, IAM Credentials, gcloud, a library.
    TokenSource,
    /// The browser, which blocked the answer.
    Browser,
    /// The service's own code.
    App,
    /// A rule in front of the service: Cloud Armor, a load balancer, a mesh.
    Policy,
    /// Another program, whose message tells of somebody else's answer.
    Tool,
    /// A service that is not Google's.
    OtherVendor,
}

impl Answerer {
    /// The public id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Edge => "edge",
            Self::Iap => "iap",
            Self::GoogleApi => "google-api",
            Self::Gateway => "gateway",
            Self::TokenSource => "token-source",
            Self::Browser => "browser",
            Self::App => "app",
            Self::Policy => "policy",
            Self::Tool => "tool",
            Self::OtherVendor => "other-vendor",
        }
    }
}

/// How a 2xx tells of an error in its body.
const ERROR_IN_SUCCESS: &[&str] = &[
    "\"errors\":",
    "\"success\":false",
    "\"success\": false",
    "graphqlErrors",
    "UNAUTHENTICATED",
];

/// How much of a long answer is searched, in bytes, at its head and at its tail: error texts
/// stand at either end, and a megabyte of HTML between them tells nothing.
const SEARCHED: usize = 32 * 1024;

/// Everything that came back as one text: headers one a line, an empty line, the body.
fn gather(answer: &str, exhibits: &Exhibits, request: Option<&Request>) -> String {
    let mut text = answer.trim().to_owned();
    if let Some(request) = request {
        for (name, value) in &request.response_headers {
            push_line(&mut text, &[name, ": ", value]);
        }
        if !request.body.is_empty() {
            push_line(&mut text, &["\n", &request.body]);
        }
    }
    if !exhibits.prose.is_empty() {
        push_line(&mut text, &[&exhibits.prose]);
    }
    text
}

/// The catalogue's messages. What a person pasted as prose is a program's message; what came with
/// a request, or into the field for it, is a service's answer.
fn hits(text: &str, exhibits: &Exhibits) -> Vec<(Hit, From)> {
    let from = if exhibits.prose.len() >= text.len() {
        From::Error
    } else {
        From::Answer
    };
    errors::find(&Framed::of(text))
        .into_iter()
        .map(|hit| (hit, from))
        .collect()
}

/// What the messages say to the causes. Where none is known, each API's own way to deny a
/// permission is still told.
fn signals(hits: &[(Hit, From)], lower: &str) -> Vec<Signal> {
    let mut signals: Vec<Signal> = Vec::new();
    for signal in hits.iter().filter_map(|(hit, _)| hit.row.signal) {
        if !signals.contains(&signal) {
            signals.push(signal);
        }
    }
    if signals.is_empty() && lower.contains("permission") && permission::named(lower).is_some() {
        signals.push(Signal::ApiPermissionDenied);
    }
    signals
}

fn push_line(text: &mut String, parts: &[&str]) {
    if !text.is_empty() {
        text.push('\n');
    }
    for part in parts {
        text.push_str(part);
    }
}

fn head_and_tail(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() <= 2 * SEARCHED {
        return text.into();
    }
    let head = text.floor_char_boundary(SEARCHED);
    let tail = text.ceil_char_boundary(text.len().saturating_sub(SEARCHED));
    let mut both = text.get(..head).unwrap_or_default().to_owned();
    both.push('\n');
    both.push_str(text.get(tail..).unwrap_or_default());
    both.into()
}

/// The value of the first header of this name (given in lower case).
fn header(text: &str, name: &str) -> Option<String> {
    text.lines().take(200).find_map(|line| {
        let line = line.trim_start_matches(['<', ' ']);
        let (found, value) = line.split_once(':')?;
        found
            .trim()
            .eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    })
}

/// The status a text tells of in one of the usual ways.
fn status_in(text: &str) -> Option<u16> {
    const BEFORE: &[&str] = &[
        "HTTP/1.1 ",
        "HTTP/1.0 ",
        "HTTP/2 ",
        "HTTP/3 ",
        "HTTP/2.0 ",
        "\"code\":",
        "\"code\": ",
        "\"status\":",
        "\"status\": ",
        "Error ",
        "Error: ",
        "status code ",
        "status code: ",
        "status of ",
        "returned error: ",
        "returned an error: (",
        "\"httpStatusCode\":",
        "\"httpStatusCode\": ",
        "response code: ",
        "unexpected status ",
        "code received from server: ",
        "response code number = ",
        "httpRequest.status: ",
        "HTTP error ",
        "-> ",
        "→ ",
        "<title>",
        "HTTP ",
    ];
    let text = text
        .get(..text.floor_char_boundary(SEARCHED))
        .unwrap_or(text);
    let leading = text.trim_start();
    BEFORE
        .iter()
        .flat_map(|before| {
            text.match_indices(before)
                .filter_map(|(at, before)| text.get(at + before.len()..))
        })
        .chain(std::iter::once(leading))
        .find_map(|rest| {
            let digits = rest.get(..3)?;
            let ends = !rest
                .get(3..4)
                .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
            digits
                .parse::<u16>()
                .ok()
                .filter(|status| ends && (100..600).contains(status))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(text: &str) -> Response {
        let mut input = Input::at(0);
        input.response = text.to_owned();
        Response::read(&input, &Exhibits::default())
    }

    #[test]
    fn the_status_is_found_where_people_write_it() {
        for (text, status) in [
            ("HTTP/2 401\r\ncontent-type: text/html", Some(401)),
            ("{\"error\":{\"code\":403,\"message\":\"x\"}}", Some(403)),
            ("googleapi: Error 403: Insufficient Permission", Some(403)),
            ("Original HTTP response code number = 401", Some(401)),
            ("401 Unauthorized", Some(401)),
            ("<title>403 Forbidden</title>", Some(403)),
            ("{\"code\":16,\"message\":\"JWT validation failed\"}", None),
            ("hello", None),
        ] {
            assert_eq!(response(text).status, status, "{text}");
        }
    }

    #[test]
    fn the_date_header_tells_the_moment() {
        let answer = response("date: Wed, 18 Nov 2026 09:06:40 GMT");
        assert_eq!(answer.date, Some(1_794_992_800));
        assert_eq!(response("date: yesterday").date, None);
    }

    #[test]
    fn verifiers_speak_in_their_own_words() {
        for (text, signal) in [
            (
                "Cannot handle token prior to 2019-05-13T10:46:12+0000",
                Signal::VerifierTooEarly,
            ),
            (
                "FirebaseIdTokenVerificationException: Invalid issued at time",
                Signal::VerifierTooEarly,
            ),
            (
                "JWT::ImmatureSignature: Signature nbf has not been reached",
                Signal::VerifierTooEarly,
            ),
            (
                "jwt.exceptions.ImmatureSignatureError: The token is not yet valid (iat)",
                Signal::VerifierTooEarly,
            ),
            ("token is not valid yet", Signal::VerifierTooEarly),
            ("Firebase\\JWT\\ExpiredException", Signal::VerifierExpired),
            (
                "\"exp\" claim timestamp check failed",
                Signal::VerifierExpired,
            ),
            ("BadJWTException: Expired JWT", Signal::VerifierExpired),
            (
                "errorInfo: { code: 'auth/id-token-expired' }",
                Signal::VerifierExpired,
            ),
            (
                "jwt audience invalid. expected: api",
                Signal::VerifierAudience,
            ),
            ("unexpected \"aud\" claim value", Signal::VerifierAudience),
            (
                "ID token has invalid 'aud' (audience) claim",
                Signal::VerifierAudience,
            ),
            (
                "IDX10214: Audience validation failed.",
                Signal::VerifierAudience,
            ),
            ("jwt issuer invalid. expected: x", Signal::VerifierIssuer),
            (
                "IDX10205: Issuer validation failed.",
                Signal::VerifierIssuer,
            ),
            (
                "Unable to find a signing key that matches: \"abc\"",
                Signal::VerifierSignature,
            ),
            (
                "no applicable key found in the JSON Web Key Set",
                Signal::VerifierSignature,
            ),
            (
                "\"kid\" invalid, unable to lookup correct key",
                Signal::VerifierSignature,
            ),
            (
                "IDX10503: Signature validation failed.",
                Signal::VerifierSignature,
            ),
            ("Not enough or too many segments", Signal::VerifierNotJwt),
            ("JWSInvalid: Invalid Compact JWS", Signal::VerifierNotJwt),
            (
                "JWT strings must contain exactly 2 period characters. Found: 0",
                Signal::VerifierNotJwt,
            ),
        ] {
            assert!(response(text).says(signal), "{text}");
        }
    }

    #[test]
    fn a_permission_is_denied_in_many_words() {
        for text in [
            "PERMISSION_DENIED: Permission \"eventarc.events.receiveEvent\" denied on \"a@b\"",
            "Caller does not have required permission to use project acme",
            "PERMISSION_DENIED: User not authorized to perform this action.",
            "The principal (user or service account) lacks IAM permission \"iam.serviceAccounts.actAs\"",
            "Required 'compute.instances.get' permission for 'projects/acme/zones/z/instances/i'",
            "User does not have bigquery.jobs.create permission in project acme",
            "Permission 'run.services.get' denied on resource (or resource may not exist)",
        ] {
            assert!(response(text).says(Signal::ApiPermissionDenied), "{text}");
        }
    }

    #[test]
    fn a_blocked_answer_is_no_success() {
        let mut answer =
            response("Response to preflight request doesn't pass access control check");
        answer.status = Some(204);
        assert!(!answer.succeeded());
        answer.signals.clear();
        assert!(answer.succeeded());
    }

    #[test]
    fn a_long_answer_is_searched_at_both_ends() {
        let mut text = "é".repeat(400_000);
        text.push_str("Audiences in Jwt are not allowed");
        assert!(response(&text).says(Signal::GatewayAudience));
    }
}
