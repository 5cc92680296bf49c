//! The allow-list: which values may enter a command, by kind.
//!
//! A value from a token, a URL or a field is somebody's text. It enters a command only when it
//! has the shape its kind has at Google; quoting then has nothing left to save. Each check
//! answers with the reason why a value is left out, which never repeats the value itself.

use url::Host;

use crate::target::parse_url;
use crate::text::{holds, is_credential, run};

use super::hole::Hole;

/// A value for a [`Hole`](super::hole::Hole).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Value {
    /// Nobody told it; its CAPITALS stand.
    #[default]
    Unknown,
    /// It may be printed.
    Known(String),
    /// It was told, and must not be printed; the sentence says why. Its CAPITALS stand.
    Refused(String),
    /// Nobody told it; this text stands, in which another hole is to be filled.
    Standin(&'static str, Hole),
}

impl Value {
    /// The value after its check; `what` names where it came from ("the token’s `email`").
    pub(crate) fn checked(
        value: &str,
        what: &str,
        check: fn(&str) -> Result<String, Refusal>,
    ) -> Self {
        match check(value) {
            Ok(value) => Self::Known(value),
            Err(refusal) => Self::Refused(refusal.sentence(what)),
        }
    }

    /// The same value with something put before it.
    pub(crate) fn prefixed(&self, prefix: &str) -> Self {
        match self {
            Self::Known(value) => Self::Known([prefix, value].concat()),
            other => other.clone(),
        }
    }

    /// This value, or the other one when nobody told this one.
    pub(crate) fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self.is_unknown() { other() } else { self }
    }

    pub(crate) const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// What is printed; nothing when the CAPITALS stand.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Known(value) => Some(value),
            Self::Standin(text, _) => Some(text),
            Self::Unknown | Self::Refused(_) => None,
        }
    }
}

/// Why a value is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It holds a character that its kind never has.
    Holds(char),
    /// It has another shape than its kind; the words say which shape.
    Shape(&'static str),
}

impl Refusal {
    /// The reason, with what was left out.
    pub(crate) fn sentence(self, what: &str) -> String {
        match self {
            Self::Holds(stray) if stray.is_ascii_graphic() => {
                format!("{what} is left out: it holds `{stray}`, which has no place there.")
            }
            Self::Holds(stray) => format!(
                "{what} is left out: it holds U+{:04X}, which has no place there.",
                u32::from(stray)
            ),
            Self::Shape(shape) => format!("{what} is left out: it is not {shape}."),
        }
    }
}

/// A service account or a person: whoever an ID token can be about.
pub(crate) fn email(value: &str) -> Result<String, Refusal> {
    service_account(value).or_else(|refusal| {
        if value.contains("gserviceaccount") {
            Err(refusal)
        } else {
            user(value)
        }
    })
}

/// `NAME@PROJECT.iam.gserviceaccount.com`, a default service account or a service agent.
pub(crate) fn service_account(value: &str) -> Result<String, Refusal> {
    const SHAPE: Refusal = Refusal::Shape("the address of a Google service account");
    only(value, |c| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.' | '@')
    })?;
    let (local, domain) = value.split_once('@').ok_or(SHAPE)?;
    let dotted = domain == "appspot.gserviceaccount.com";
    let named = !local.is_empty()
        && local.len() <= 63
        && !local.starts_with(['-', '.'])
        && (dotted || !local.contains('.'));
    let at_google = matches!(
        domain,
        "developer.gserviceaccount.com"
            | "appspot.gserviceaccount.com"
            | "cloudbuild.gserviceaccount.com"
            | "cloudservices.gserviceaccount.com"
    ) || domain
        .strip_suffix(".iam.gserviceaccount.com")
        .is_some_and(|owner| {
            // A project of an organisation's own domain is written `project.example.com`.
            let (project, rest) = owner.split_once('.').unwrap_or((owner, "a.bc"));
            project_id(project).is_ok() && is_domain(rest)
        });
    if named && at_google {
        Ok(value.to_owned())
    } else {
        Err(SHAPE)
    }
}

/// The address of a person.
fn user(value: &str) -> Result<String, Refusal> {
    const SHAPE: Refusal = Refusal::Shape("an e-mail address as Google accounts have it");
    only(value, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '\'' | '-' | '@')
    })?;
    let (local, domain) = value.split_once('@').ok_or(SHAPE)?;
    let named = local.starts_with(|c: char| c.is_ascii_alphanumeric()) && local.len() <= 64;
    let lookalike = domain.to_ascii_lowercase().contains("gserviceaccount");
    if named && !lookalike && is_domain(domain) {
        Ok(value.to_owned())
    } else {
        Err(SHAPE)
    }
}

/// A project's id, with the domain of an organisation in front where it has one.
pub(crate) fn project_id(value: &str) -> Result<String, Refusal> {
    const SHAPE: Refusal = Refusal::Shape("a project id");
    only(value, |c| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | ':' | '.')
    })?;
    let (domain, id) = value.rsplit_once(':').unwrap_or(("a.bc", value));
    let fits = (6..=30).contains(&id.len())
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && !id.ends_with('-')
        && !id.contains('.');
    if fits && is_domain(domain) {
        Ok(value.to_owned())
    } else {
        Err(SHAPE)
    }
}

/// A project's number.
pub(crate) fn project_number(value: &str) -> Result<String, Refusal> {
    only(value, |c| c.is_ascii_digit())?;
    if (5..=20).contains(&value.len()) {
        Ok(value.to_owned())
    } else {
        Err(Refusal::Shape("a project number"))
    }
}

/// The name of a service, job, gateway or namespace: one label of letters, digits, dashes.
pub(crate) fn label(value: &str) -> Result<String, Refusal> {
    only(value, |c| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
    })?;
    let fits = value.len() <= 63
        && value.starts_with(|c: char| c.is_ascii_lowercase())
        && !value.ends_with('-');
    if fits {
        Ok(value.to_owned())
    } else {
        Err(Refusal::Shape("a name as Google Cloud gives them"))
    }
}

/// The name of a bucket, secret, topic, dataset, queue or file: letters, digits, `-`, `_`, `.`.
pub(crate) fn name(value: &str) -> Result<String, Refusal> {
    only(value, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
    })?;
    let fits = value.len() <= 222 && value.starts_with(|c: char| c.is_ascii_alphanumeric());
    if fits {
        Ok(value.to_owned())
    } else {
        Err(Refusal::Shape("a name as Google Cloud gives them"))
    }
}

/// A federated principal: `principal://iam.googleapis.com/…/subject/…`.
pub(crate) fn principal(value: &str) -> Result<String, Refusal> {
    only(value, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '@')
    })?;
    let fits = value.starts_with("principal://iam.googleapis.com/") || value.starts_with("principalSet://iam.googleapis.com/");
    if fits && value.len() <= 300 {
        Ok(value.to_owned())
    } else {
        Err(Refusal::Shape("a principal of a pool"))
    }
}

/// A file's path, of plain characters.
pub(crate) fn path(value: &str) -> Result<String, Refusal> {
    only(value, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/')
    })?;
    let fits = value.len() <= 300
        && value.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/' || c == '.');
    if fits && !value.contains("..") {
        Ok(value.to_owned())
    } else {
        Err(Refusal::Shape("a plain path"))
    }
}

/// An organisation policy's constraint: `iam.allowedPolicyMemberDomains`.
pub(crate) fn constraint(value: &str) -> Result<String, Refusal> {
    const SHAPE: Refusal = Refusal::Shape("a constraint’s name");
    only(value, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-')
    })?;
    let (service, rest) = value.split_once('.').ok_or(SHAPE)?;
    if service.bytes().all(|byte| byte.is_ascii_lowercase())
        && !rest.is_empty()
        && value.len() <= 120
    {
        Ok(value.to_owned())
    } else {
        Err(SHAPE)
    }
}

/// The name of an environment variable.
pub(crate) fn variable(value: &str) -> Result<String, Refusal> {
    only(value, |c| {
        c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'
    })?;
    if value.len() <= 80 && value.starts_with(|c: char| c.is_ascii_uppercase()) {
        Ok(value.to_owned())
    } else {
        Err(Refusal::Shape("the name of a variable"))
    }
}

/// The name of a Google API, such as `run.googleapis.com`.
pub(crate) fn api(value: &str) -> Result<String, Refusal> {
    const SHAPE: Refusal = Refusal::Shape("the name of a Google API");
    let name = value
        .strip_suffix(".googleapis.com")
        .or_else(|| value.strip_suffix(".cloud.goog"))
        .ok_or(SHAPE)?;
    if name.split('.').all(|part| label(part).is_ok()) {
        Ok(value.to_owned())
    } else {
        Err(SHAPE)
    }
}

/// A container registry of Google's, such as `us-central1-docker.pkg.dev`.
pub(crate) fn registry(value: &str) -> Result<String, Refusal> {
    const SHAPE: Refusal = Refusal::Shape("a container registry of Google’s");
    if ["gcr.io", "us.gcr.io", "eu.gcr.io", "asia.gcr.io"].contains(&value) {
        return Ok(value.to_owned());
    }
    let place = value.strip_suffix("-docker.pkg.dev").ok_or(SHAPE)?;
    label(place).map(|_| value.to_owned()).map_err(|_| SHAPE)
}

/// The name of a function; 1st gen functions may have capitals and underscores.
pub(crate) fn function(value: &str) -> Result<String, Refusal> {
    only(value, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
    })?;
    let fits = value.len() <= 63 && value.starts_with(|c: char| c.is_ascii_alphabetic());
    if fits {
        Ok(value.to_owned())
    } else {
        Err(Refusal::Shape("a function’s name"))
    }
}

/// A region such as `europe-west1`.
pub(crate) fn region(value: &str) -> Result<String, Refusal> {
    const SHAPE: Refusal = Refusal::Shape("a region such as `europe-west1`");
    only(value, |c| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
    })?;
    let (area, place) = value.split_once('-').ok_or(SHAPE)?;
    let digits = place.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let fits = !area.is_empty()
        && area.bytes().all(|byte| byte.is_ascii_lowercase())
        && digits.len() < place.len()
        && (1..=2).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if fits {
        Ok(value.to_owned())
    } else {
        Err(SHAPE)
    }
}

/// `OWNER/REPOSITORY` of a GitHub token.
pub(crate) fn repository(value: &str) -> Result<String, Refusal> {
    const SHAPE: Refusal = Refusal::Shape("`OWNER/REPOSITORY`");
    only(value, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/')
    })?;
    let (owner, name) = value.split_once('/').ok_or(SHAPE)?;
    let fits = owner.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !name.is_empty()
        && !name.contains('/');
    if fits {
        Ok(value.to_owned())
    } else {
        Err(SHAPE)
    }
}

/// An audience: an https URL, an OAuth client id, a resource name or a plain word.
///
/// No comma, which list flags split at, and no `^`, which changes their delimiter.
pub(crate) fn audience(value: &str) -> Result<String, Refusal> {
    only(value, |c| {
        c.is_ascii_alphanumeric()
            || matches!(
                c,
                '/' | ':' | '.' | '_' | '~' | '-' | '@' | '?' | '&' | '=' | '+' | '%' | '*'
            )
    })?;
    if value.contains("://") {
        return url(value);
    }
    if value.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/') && value.len() <= 512 {
        Ok(value.to_owned())
    } else {
        Err(Refusal::Shape("an audience as services have it"))
    }
}

/// An https URL of an ASCII host, serialised again, without user info and fragment.
pub(crate) fn url(value: &str) -> Result<String, Refusal> {
    const SHAPE: Refusal = Refusal::Shape("an https URL of a plain host");
    only(value, |c| {
        c.is_ascii_alphanumeric()
            || matches!(
                c,
                '/' | ':' | '.' | '_' | '~' | '-' | '@' | '?' | '&' | '=' | '+' | '%' | '*'
            )
    })?;
    if value.len() > 2048 {
        return Err(SHAPE);
    }
    if let Some(host) = host_of_serialised(value) {
        return of_its_owner(host).map(|()| value.to_owned());
    }
    let url = parse_url(value).ok_or(SHAPE)?;
    let Some(Host::Domain(host)) = url.host() else {
        return Err(SHAPE);
    };
    let plain = url.scheme() == "https"
        && url.username().is_empty()
        && url.password().is_none()
        && is_domain(host);
    if !plain {
        return Err(SHAPE);
    }
    of_its_owner(host)?;
    let whole = url.as_str();
    // The serialisation ends a bare host in a slash; an audience is compared as it was given.
    Ok(match whole.strip_suffix('/') {
        Some(bare) if url.path() == "/" && !value.ends_with('/') => bare,
        _ => whole,
    }
    .to_owned())
}

/// The host of an https URL that is its own serialisation, as nearly every one is: then there is
/// nothing that parsing could change.
fn host_of_serialised(value: &str) -> Option<&str> {
    let rest = value.strip_prefix("https://")?;
    let host = rest.split('/').next().unwrap_or(rest);
    let path = rest.get(host.len()..)?;
    let plain_host = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
    // A dot may begin a segment that means "here" or "up".
    let plain_path = |byte: u8| byte != b'.' && is_credential(byte);
    let serialised =
        host.bytes().all(plain_host) && path.bytes().all(plain_path) && is_domain(host);
    serialised.then_some(host)
}

fn of_its_owner(host: &str) -> Result<(), Refusal> {
    if imitates_google(host) {
        return Err(Refusal::Shape("a Google host, though it reads like one"));
    }
    Ok(())
}

/// A host that holds a name of Google's where only its end would count.
fn imitates_google(host: &str) -> bool {
    [
        "run.app",
        "cloudfunctions.net",
        "googleapis.com",
        "gserviceaccount.com",
    ]
    .iter()
    .any(|name| {
        holds(host, name)
            && !host
                .strip_suffix(name)
                .is_some_and(|front| front.is_empty() || front.ends_with('.'))
    })
}

/// Two or more labels of ASCII letters, digits and dashes, none of them punycode.
fn is_domain(domain: &str) -> bool {
    domain.contains('.')
        && domain.len() <= 253
        && domain.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && !label.starts_with("xn--")
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
        && domain.rsplit('.').next().is_some_and(|last| {
            last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic())
        })
}

fn only(value: &str, allowed: fn(char) -> bool) -> Result<(), Refusal> {
    // Only ASCII is ever allowed, so a byte at a time will do.
    let fits = run(value.as_bytes(), |byte| {
        byte.is_ascii() && allowed(char::from(byte))
    });
    match value.get(fits..).and_then(|rest| rest.chars().next()) {
        Some(stray) => Err(Refusal::Holds(stray)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_google_are_offered() {
        for good in [
            "runner@proj-x-123.iam.gserviceaccount.com",
            "123456789012-compute@developer.gserviceaccount.com",
            "my-project@appspot.gserviceaccount.com",
            "123456789012@cloudbuild.gserviceaccount.com",
            "service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com",
            "caller@shop-prod.example.com.iam.gserviceaccount.com",
            "pat.o'hara@example.com",
            "ada+test@sub.example.co",
        ] {
            assert_eq!(email(good), Ok(good.to_owned()), "{good}");
        }
    }

    #[test]
    fn addresses_that_only_look_so_are_left_out() {
        for bad in [
            "runner@proj.iam.gserviceaccount.com.evil.example",
            "runner@iam.gserviceaccount.com",
            "@proj-x-123.iam.gserviceaccount.com",
            "runner@proj-x-123.iam.gserviceaccount.com.",
            "runner@proj-x-123.iam.gservice\u{430}ccount.com",
            "allAuthenticatedUsers",
            "domain:evil.example",
            "-v",
            "a@b",
            "a@p.iam.gserviceaccount.com\\",
            "$HOME@p.iam.gserviceaccount.com",
        ] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn audiences_are_offered_as_given() {
        for good in [
            "https://hello-abc123xyz-uc.a.run.app",
            "https://hello-abc123xyz-uc.a.run.app/",
            "https://api.example.com/v1?x=1&y=2",
            "/projects/123456789012/global/backendServices/4567890123456789012",
            "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/gh",
            "urn:example:aud",
            "32555940559.apps.googleusercontent.com",
            "https://app.example.com/*",
        ] {
            assert_eq!(audience(good), Ok(good.to_owned()), "{good}");
        }
    }

    #[test]
    fn audiences_that_a_flag_or_a_reader_would_take_for_something_else_are_left_out() {
        for bad in [
            "https://a.a.run.app,https://evil.example",
            "^:^a:b",
            "--configuration=evil",
            "http://plain.example",
            "https://user@host.example",
            "https://hello-abc123xyz-uc.a.run.app.evil.example",
            "https://hello-abc123xyz-uc.a.notrun.app",
            "https://xn--hello-.a.run.app",
            "file:///etc/passwd",
            "a\ntouch X",
            "",
        ] {
            assert!(audience(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_taken_for_its_own_serialisation_is_that() {
        for own in [
            "https://hello-abc123xyz-uc.a.run.app",
            "https://a.example/",
            "https://a.example//b/C_d~1-",
        ] {
            assert!(host_of_serialised(own).is_some(), "{own}");
            let parsed = parse_url(own).expect("a URL");
            assert_eq!(
                parsed.as_str().trim_end_matches('/'),
                own.trim_end_matches('/')
            );
        }
        for other in [
            "https://A.example",
            "https://a.example/../b",
            "https://a.example/b.json",
            "https://a.example?b",
            "https://a.example:443",
            "https://u@a.example",
            "https://1.2.3.4",
            "https://xn--a.example",
            "http://a.example",
        ] {
            assert_eq!(host_of_serialised(other), None, "{other}");
        }
    }

    #[test]
    fn names_and_regions() {
        assert!(label("orders").is_ok() && label("-v").is_err() && label("../x").is_err());
        assert!(
            region("europe-west12").is_ok()
                && region("europe").is_err()
                && region("us-1a").is_err()
        );
        assert!(project_id("example.com:shop-prod").is_ok() && project_id("Shop").is_err());
        assert!(repository("acme/shop").is_ok() && repository("acme").is_err());
    }

    #[test]
    fn a_reason_names_the_character_and_never_the_value() {
        let Value::Refused(why) = Value::checked("a\u{202e}b", "the service’s name", label)
        else {
            panic!("it is refused");
        };
        assert_eq!(
            why,
            "the service’s name is left out: it holds U+202E, which has no place there."
        );
    }
}
