//! What the text of an answer or error says in so many words: searched once, here.

use crate::read::Exhibits;
use crate::response::{Response, audience, permission};
use crate::target::Target;
use crate::text::{cut, holds};

/// What was found.
#[derive(Debug, Clone, Default)]
#[allow(clippy::exhaustive_structs, clippy::struct_excessive_bools)]
pub struct Words {
    /// The first line that holds something, at most 200 characters.
    pub first_line: String,
    /// The last such line, at most 160 characters.
    pub last_line: String,
    /// Nothing came back.
    pub silent: bool,
    /// What came back is shorter than any answer with a sentence.
    pub short: bool,
    /// The text is about credentials, or about what makes them.
    pub about_credentials: bool,
    /// A sentence says that a token or credential could not be had.
    pub none_to_be_had: bool,
    /// `PERMISSION_DENIED`
    pub denied: bool,
    /// It is an entry of a log.
    pub is_log: bool,
    /// Something "does not exist".
    pub does_not_exist: bool,
    /// A role "is not supported for this resource".
    pub role_not_supported: bool,
    /// A preflight: the method is `OPTIONS`.
    pub preflight: bool,
    /// A token is printed as Python bytes.
    pub token_as_bytes: bool,
    /// An API "requires a quota project".
    pub quota_project_required: bool,
    /// The project in which the API is not enabled.
    pub not_enabled_in: Option<String>,
    /// A service account is the one that is denied: the words, or the first address.
    pub names_service_account: bool,
    /// The permission that is missing.
    pub permission: Option<String>,
    /// The audience that the verifier wants.
    pub audience_expected: Option<String>,
    /// The audience that it got.
    pub audience_sent: Option<String>,
    /// The project whose sign-ins a Firebase verifier wants.
    pub firebase_project: Option<String>,
    /// The API that is switched off.
    pub api: Option<String>,
    /// What IAP expects as audience.
    pub iap_audience: Option<String>,
    /// `principalEmail` of an audit log.
    pub principal_email: Option<String>,
    /// Service accounts in the text or URL, in order.
    pub service_accounts: Vec<String>,
    /// Where the answer's `location` header leads.
    pub location: Option<String>,
    /// What the text speaks of, for products whose rows the catalogue lacks.
    pub(crate) mentions: Mentions,
    /// Words that may be a container registry's host.
    pub hosts: Vec<String>,
    /// The line that follows "authenticated as".
    pub authenticated_as: Option<String>,
}

impl Words {
    /// Reads the text. Linear.
    pub(crate) fn of(response: &Response, exhibits: &Exhibits, target: &Target) -> Self {
        let text = response.text.as_str();
        if text.is_empty() && exhibits.prose.is_empty() {
            return Self {
                silent: true,
                short: true,
                service_accounts: service_accounts([target.path.as_str()]),
                mentions: Mentions::of([target.typed.as_str()]),
                ..Self::default()
            };
        }
        let owned = |found: Option<&str>| found.map(str::to_owned);
        let about_credentials = CREDENTIALS.iter().any(|word| holds(&exhibits.prose, word));
        Self {
            first_line: shortened(text.lines(), 200),
            last_line: shortened(text.lines().rev(), 160),
            silent: text.is_empty(),
            short: text.len() < SHORT,
            about_credentials,
            none_to_be_had: about_credentials
                && exhibits.prose.lines().take(200).any(is_none_to_be_had),
            denied: holds(text, "PERMISSION_DENIED"),
            is_log: holds(text, "jsonPayload"),
            does_not_exist: holds(text, "does not exist"),
            role_not_supported: holds(text, "is not supported for this resource"),
            preflight: is_preflight(text),
            token_as_bytes: holds(&exhibits.prose, "token: b'"),
            quota_project_required: holds(text, "requires a quota project"),
            not_enabled_in: owned(not_enabled_in(text)),
            names_service_account: names_service_account(text),
            permission: owned(permission::named(text)),
            audience_expected: audience::expected(text),
            audience_sent: audience::sent(text),
            firebase_project: audience::firebase_project(text),
            api: owned(api(text)),
            iap_audience: owned(
                cut(text, "expected value (")
                    .and_then(|(_, rest)| rest.split_once(')'))
                    .map(|(client, _)| client),
            ),
            principal_email: owned(principal_email(text)),
            service_accounts: service_accounts([
                exhibits.prose.as_str(),
                text,
                target.path.as_str(),
            ]),
            location: owned(location(text)),
            mentions: Mentions::of([text, exhibits.prose.as_str(), target.typed.as_str()]),
            hosts: hosts(text),
            authenticated_as: authenticated_as(text).or_else(|| authenticated_as(&exhibits.prose)),
        }
    }
}

/// `Unable to obtain credentials`, `failed to fetch the token`: in whatever words a program says
/// that it got none.
fn is_none_to_be_had(line: &str) -> bool {
    const IN_VAIN: &[&str] = &[
        "cannot", "can", "could", "couldn", "error", "errors", "failed", "failing", "failure",
        "fails", "unable",
    ];
    const GETTING: &[&str] = &[
        "acquire",
        "acquiring",
        "attempts",
        "create",
        "creating",
        "exchange",
        "exchanging",
        "fetch",
        "fetching",
        "generate",
        "generating",
        "get",
        "getting",
        "load",
        "loading",
        "mint",
        "minting",
        "obtain",
        "obtaining",
        "refresh",
        "refreshing",
        "request",
        "requesting",
        "retrieve",
        "retrieving",
    ];
    const THINGS: &[&str] = &["credential", "credentials", "token", "tokens"];
    let lower = line.to_ascii_lowercase();
    let words: Vec<&str> = lower
        .split(|char: char| !char.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(60)
        .collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    has(THINGS) && has(GETTING) && has(IN_VAIN)
}

/// The beginnings of what was pasted, in small letters, to be asked for words alone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mentions(String);

impl Mentions {
    /// How much of each text is kept, in bytes.
    const MOST: usize = 8192;

    fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let heads = texts.into_iter().map(|text| {
            text.get(..text.floor_char_boundary(Self::MOST))
                .unwrap_or(text)
        });
        Self(heads.collect::<Vec<_>>().join(" ").to_ascii_lowercase())
    }

    /// Whether one of these stands there; in small letters.
    pub(crate) fn any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| holds(&self.0, word))
    }
}

/// Words of errors about credentials.
const CREDENTIALS: &[&str] = &[
    "token",
    "jwt",
    "redential",
    "google.auth",
    "oauth",
    "OAuth",
    "impersonat",
    "metadata server",
];

/// In bytes.
const SHORT: usize = 40;

/// The first line that holds something, cut to so many characters.
fn shortened<'t>(mut lines: impl Iterator<Item = &'t str>, longest: usize) -> String {
    let line = lines
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    line.trim().chars().take(longest).collect()
}

/// Whom gcloud says it acts as.
fn authenticated_as(text: &str) -> Option<String> {
    let (_, rest) = cut(text, "authenticated as ")?;
    rest.split_whitespace().next().map(str::to_owned)
}

fn is_preflight(text: &str) -> bool {
    let of_a_log = holds(text, "requestMethod") && holds(text, "OPTIONS");
    of_a_log
        || text
            .lines()
            .take(50)
            .any(|line| line.starts_with("OPTIONS "))
}

/// The project in which the API is not enabled, as the API names it.
fn not_enabled_in(text: &str) -> Option<&str> {
    let (_, rest) = cut(text, " has not been used in project ")?;
    let project = rest.split_whitespace().next()?;
    (!project.is_empty()).then_some(project)
}

fn names_service_account(text: &str) -> bool {
    let first = text
        .split(|char: char| char.is_whitespace() || "\"'`[]<>(),:".contains(char))
        .find(|word| word.contains('@') && !word.starts_with('@'));
    holds(text, "ervice account")
        || first.is_some_and(|address| address.ends_with("gserviceaccount.com"))
}

/// The API that is switched off, by the link that the answer gives to switch it on; a gateway
/// names its own.
fn api(text: &str) -> Option<&str> {
    let linked = cut(text, "/apis/api/").and_then(|(_, rest)| rest.split('/').next());
    linked.or_else(|| {
        cut(text, " is not enabled for the project")?
            .0
            .split_whitespace()
            .next_back()
    })
}

fn location(text: &str) -> Option<&str> {
    text.lines().take(200).find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let name = name.trim_start_matches(['<', ' ']);
        name.eq_ignore_ascii_case("location").then(|| value.trim())
    })
}

/// Who called, as an audit log's entry tells.
fn principal_email(text: &str) -> Option<&str> {
    let (_, rest) = cut(text, "principalEmail")?;
    let rest = rest.trim_start_matches(['"', '\'', '\\', ':', '=', ' ']);
    rest.split(|char: char| char.is_whitespace() || matches!(char, '"' | '\'' | ',' | '\\' | '}'))
        .next()
        .filter(|email| !email.is_empty())
}

/// The addresses of service accounts.
fn service_accounts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    /// How much of each text is read, in bytes, and how many are kept.
    const READ: usize = 4096;
    const MOST: usize = 20;
    texts
        .into_iter()
        .filter_map(|text| text.get(..text.floor_char_boundary(READ)))
        .flat_map(|text| {
            text.split(|char: char| {
                !(char.is_ascii_alphanumeric() || matches!(char, '-' | '.' | '@'))
            })
        })
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| word.ends_with(".gserviceaccount.com"))
        .take(MOST)
        .map(str::to_owned)
        .collect()
}

/// Words with a host's letters that end as a container registry's do.
fn hosts(text: &str) -> Vec<String> {
    const MOST: usize = 5;
    text.split(|char: char| {
        !(char.is_ascii_lowercase() || char.is_ascii_digit() || matches!(char, '-' | '.'))
    })
    .filter(|word| word.ends_with("-docker.pkg.dev") || word.ends_with("gcr.io"))
    .take(MOST)
    .map(str::to_owned)
    .collect()
}
