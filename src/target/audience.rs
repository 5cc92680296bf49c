//! Which audiences the door of Cloud Run and of functions accepts. Source: facts.md §3.1, §3.2.

use std::borrow::Cow;

use super::{Product, Target, regions::region_of_code};
use crate::credential::{ADC_CLIENT_ID, GCLOUD_CLIENT_ID, is_oauth_client_id};
use crate::input::Input;

/// Judges one audience at the door of Cloud Run or of a function.
///
/// `custom` are the custom audiences the user told of.
#[must_use]
pub fn judge(audience: &str, target: &Target, custom: &[String]) -> Judgement {
    let accepted = accepted_audience(target);
    let (acceptance, words) = compare(audience, target, custom, &accepted);
    Judgement {
        sent: audience.to_owned(),
        differs_at: differs_at(audience, &accepted),
        accepted,
        acceptance,
        words: words.into_owned(),
    }
}

/// What the door does with an audience.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Judgement {
    /// Accepted, refused or unproven.
    pub acceptance: Acceptance,
    /// The audience that was judged.
    pub sent: String,
    /// The difference, or the agreement, in words: a whole sentence without the values.
    pub words: String,
    /// The audience to use here; empty when no URL tells it.
    pub accepted: String,
    /// The first character at which the audience leaves the accepted one.
    pub differs_at: Option<usize>,
}

/// Whether the door takes an audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Acceptance {
    /// It does.
    Accepted,
    /// It does not, whatever the service's settings.
    Refused(Mismatch),
    /// It does not, unless the service was told to accept this text as custom audience.
    RefusedUnlessCustom(Mismatch),
    /// No source settles it.
    Unproven(Mismatch),
}

/// In what an audience differs from the accepted one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mismatch {
    /// The URL of a traffic tag.
    Tag,
    /// A query string or fragment behind the URL.
    QueryOrFragment,
    /// Another service's URL.
    AnotherService,
    /// The same name in another region.
    AnotherRegion,
    /// The same name in another project.
    AnotherProject,
    /// A host that is neither `run.app` nor `cloudfunctions.net`.
    OtherHost,
    /// The called custom domain or load balancer.
    CustomDomain,
    /// An OAuth client's id.
    OauthClient,
    /// The client id of `gcloud auth application-default login`.
    AdcClient,
    /// A variable that nobody filled in.
    Placeholder,
    /// A Google API's URL.
    GoogleApi,
    /// The function's URL without its name.
    FunctionName,
    /// The function's URL with more behind its name.
    FunctionPath,
    /// `http://` instead of `https://`, a port, or upper case.
    Spelling,
    /// White space around the URL.
    WhiteSpace,
    /// A resource name or another text that is no URL.
    NotAUrl,
}

/// The first character (not byte) at which two texts differ; `None` when they are equal.
#[must_use]
pub fn differs_at(sent: &str, accepted: &str) -> Option<usize> {
    if sent == accepted {
        return None;
    }
    let same = sent
        .chars()
        .zip(accepted.chars())
        .take_while(|(a, b)| a == b)
        .count();
    Some(same)
}

/// The audience to ask for when calling this target.
pub(crate) fn accepted_audience(target: &Target) -> String {
    match target.product {
        Product::CloudRun => target.service_url(),
        Product::CloudFunctions => target
            .function_url()
            .unwrap_or_else(|| target.origin.clone()),
        _ => String::new(),
    }
}

fn compare(
    audience: &str,
    target: &Target,
    custom: &[String],
    accepted: &str,
) -> (Acceptance, Cow<'static, str>) {
    use Acceptance::{Accepted, Refused, RefusedUnlessCustom};
    let say = |acceptance, words: &'static str| (acceptance, words.into());
    if custom.iter().any(|known| known == audience) {
        return say(Accepted, "It is one of the custom audiences you named.");
    }
    if audience == accepted && !accepted.is_empty() {
        return say(Accepted, "It is the URL of the called service.");
    }
    if audience.trim() != audience {
        return say(
            Refused(Mismatch::WhiteSpace),
            "It has white space around it.",
        );
    }
    if is_placeholder(audience) {
        return say(
            Refused(Mismatch::Placeholder),
            "It is a variable that was never filled in.",
        );
    }
    if audience == GCLOUD_CLIENT_ID {
        return say(
            Accepted,
            "It is gcloud’s own client id, which Cloud Run accepts (IAP and other verifiers do not).",
        );
    }
    if audience == ADC_CLIENT_ID {
        return say(
            Acceptance::Unproven(Mismatch::AdcClient),
            "It is the client id of `gcloud auth application-default login`; reports disagree on whether Cloud Run takes it.",
        );
    }
    if is_oauth_client_id(audience) {
        return say(
            RefusedUnlessCustom(Mismatch::OauthClient),
            "It is an OAuth client’s id. IAP compares with such an id; Cloud Run and functions compare with their own URL.",
        );
    }
    let Some(url) = super::parse_url(audience) else {
        return say(RefusedUnlessCustom(Mismatch::NotAUrl), "It is no URL.");
    };
    if !matches!(url.scheme(), "https" | "http") {
        return say(
            RefusedUnlessCustom(Mismatch::NotAUrl),
            "It is no web address.",
        );
    }
    if url.query().is_some() || url.fragment().is_some() {
        return say(
            Refused(Mismatch::QueryOrFragment),
            "It carries a query string or fragment, which the door refuses.",
        );
    }
    compare_urls(audience, target)
}

fn compare_urls(audience: &str, target: &Target) -> (Acceptance, Cow<'static, str>) {
    use Acceptance::{Accepted, Refused, RefusedUnlessCustom, Unproven};
    let sent = Target::read(audience, &Input::at(0));
    let say = |acceptance, words: &'static str| (acceptance, words.into());
    if sent.product == Product::GoogleApi {
        return say(
            Refused(Mismatch::GoogleApi),
            "It names a Google API, not this service.",
        );
    }
    let own_host = target.service_url() == sent.service_url() && !target.origin.is_empty();
    if sent.host == target.host || own_host {
        if sent.product == Product::CloudRun && sent.tag.is_some() {
            return say(
                Refused(Mismatch::Tag),
                "The token was made for the tag URL; the audience stays the service’s own URL, also when the tag is called.",
            );
        }
        if !audience.starts_with(&sent.origin)
            || !sent.origin.starts_with("https://")
            || has_port(&sent)
        {
            return say(
                Unproven(Mismatch::Spelling),
                "It spells the URL differently (scheme, port or upper case); whether that is accepted is not documented.",
            );
        }
        return match target.product {
            Product::CloudFunctions => compare_function_path(&sent, target),
            Product::CloudRun if sent.path == "/" => say(
                Accepted,
                "It is the called service’s URL with a trailing slash, which Cloud Run accepts.",
            ),
            Product::CloudRun => say(
                Accepted,
                "It is the called service’s URL with a path, which Cloud Run accepts.",
            ),
            _ => say(
                RefusedUnlessCustom(Mismatch::CustomDomain),
                "It is the called domain. Cloud Run accepts only the service’s own `run.app` URL, unless this domain was added as a custom audience.",
            ),
        };
    }
    match (target.product, sent.product) {
        (Product::CloudRun, Product::CloudRun) => compare_run_services(&sent, target),
        (Product::CloudRun, Product::CloudFunctions) => say(
            Unproven(Mismatch::OtherHost),
            "It is a `cloudfunctions.net` URL; for a 2nd gen function the `run.app` URL is the safe audience.",
        ),
        (Product::CloudFunctions, Product::CloudFunctions) => say(
            Refused(Mismatch::AnotherService),
            "It is the URL of another region’s or project’s functions.",
        ),
        (_, Product::CloudRun) if sent.tag.is_some() => say(
            Refused(Mismatch::Tag),
            "It is the URL of a traffic tag, which is never an audience.",
        ),
        (_, Product::CloudRun) => say(
            Accepted,
            "It is a Cloud Run URL; whether it is this service’s cannot be seen from the called host.",
        ),
        _ => say(
            RefusedUnlessCustom(Mismatch::OtherHost),
            "It names another host than the service’s own, so it is accepted only if it was added as a custom audience.",
        ),
    }
}

fn compare_function_path(sent: &Target, target: &Target) -> (Acceptance, Cow<'static, str>) {
    use Acceptance::{Accepted, Refused};
    let name = |path: &str| path.trim_matches('/').to_owned();
    let called = target
        .path
        .split('/')
        .find(|part| !part.is_empty())
        .unwrap_or_default()
        .to_owned();
    let asked = name(&sent.path);
    if asked == called {
        return (Accepted, "It is the called function’s URL.".into());
    }
    if asked.is_empty() {
        return (
            Refused(Mismatch::FunctionName),
            "It lacks the function’s name: a function’s audience is its full URL.".into(),
        );
    }
    if asked.split('/').next() == Some(called.as_str()) {
        return (
            Refused(Mismatch::FunctionPath),
            "It has more behind the function’s name: the audience ends with the name.".into(),
        );
    }
    (
        Refused(Mismatch::AnotherService),
        "It is the URL of another function.".into(),
    )
}

/// Both are `run.app` URLs with different hosts.
fn compare_run_services(sent: &Target, target: &Target) -> (Acceptance, Cow<'static, str>) {
    use Acceptance::{Accepted, Refused, Unproven};
    let say = |acceptance, words: &'static str| (acceptance, words.into());
    let (Some(asked), Some(called)) = (&sent.service, &target.service) else {
        return say(
            Unproven(Mismatch::AnotherService),
            "It is another `run.app` host than the called one.",
        );
    };
    if sent.tag.is_some() {
        return say(
            Refused(Mismatch::Tag),
            "It is the URL of a traffic tag, which is never an audience.",
        );
    }
    if asked != called {
        return (
            Refused(Mismatch::AnotherService),
            format!("It names the service `{asked}`, but the request went to `{called}`.").into(),
        );
    }
    if let (Some(asked), Some(called)) = (region(sent), region(target))
        && asked != called
    {
        return (
            Refused(Mismatch::AnotherRegion),
            format!("It names the service in `{asked}`, but the request went to `{called}`.")
                .into(),
        );
    }
    let other_hash = matches!((&sent.hash, &target.hash), (Some(a), Some(b)) if a != b);
    let other_number =
        matches!((&sent.project_number, &target.project_number), (Some(a), Some(b)) if a != b);
    if other_hash || other_number {
        return say(
            Refused(Mismatch::AnotherProject),
            "It names a service of the same name in another project.",
        );
    }
    say(
        Accepted,
        "It is the other of the service’s two `run.app` URLs, and Cloud Run accepts both.",
    )
}

fn region(target: &Target) -> Option<&str> {
    target
        .region_code
        .as_deref()
        .and_then(region_of_code)
        .or(target.region.as_deref())
}

fn has_port(target: &Target) -> bool {
    target
        .origin
        .rsplit_once(':')
        .is_some_and(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
}

/// `${URL}`, `$URL`, `{{url}}`, `<your-url>`, `YOUR_SERVICE_URL`.
fn is_placeholder(audience: &str) -> bool {
    let wrapped = [
        ("${", "}"),
        ("{{", "}}"),
        ("<", ">"),
        ("%", "%"),
        ("[", "]"),
    ]
    .iter()
    .any(|(open, close)| audience.starts_with(open) && audience.ends_with(close));
    let variable = audience.strip_prefix('$').is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    });
    let inner = ["${", "{{", "$("]
        .iter()
        .any(|open| audience.contains(open));
    wrapped || variable || inner
}

#[cfg(test)]
mod tests {
    use super::*;
    use Acceptance::{Accepted, Refused, RefusedUnlessCustom, Unproven};

    fn at(url: &str, audience: &str) -> Acceptance {
        let target = Target::read(url, &Input::at(0));
        judge(audience, &target, &[]).acceptance
    }

    #[test]
    fn cloud_run_accepts_its_urls_in_every_form() {
        let url = "https://orders-4k3jd82hfa-uc.a.run.app/v1/items?page=2";
        for audience in [
            "https://orders-4k3jd82hfa-uc.a.run.app",
            "https://orders-4k3jd82hfa-uc.a.run.app/",
            "https://orders-4k3jd82hfa-uc.a.run.app/v1",
            "https://orders-123456789012.us-central1.run.app",
            GCLOUD_CLIENT_ID,
        ] {
            assert_eq!(at(url, audience), Accepted, "{audience}");
        }
        let tagged = "https://canary---orders-4k3jd82hfa-uc.a.run.app/";
        assert_eq!(
            at(tagged, "https://orders-4k3jd82hfa-uc.a.run.app"),
            Accepted
        );
    }

    #[test]
    fn cloud_run_refuses_what_is_not_its_url() {
        let url = "https://orders-4k3jd82hfa-uc.a.run.app/";
        for (audience, mismatch) in [
            (
                "https://canary---orders-4k3jd82hfa-uc.a.run.app",
                Mismatch::Tag,
            ),
            (
                "https://orders-4k3jd82hfa-uc.a.run.app/?a=b",
                Mismatch::QueryOrFragment,
            ),
            (
                "https://billing-4k3jd82hfa-uc.a.run.app",
                Mismatch::AnotherService,
            ),
            (
                "https://orders-4k3jd82hfa-ew.a.run.app",
                Mismatch::AnotherRegion,
            ),
            (
                "https://orders-aaaaaaaaaa-uc.a.run.app",
                Mismatch::AnotherProject,
            ),
            ("${SERVICE_URL}", Mismatch::Placeholder),
            ("https://run.googleapis.com/", Mismatch::GoogleApi),
        ] {
            assert_eq!(at(url, audience), Refused(mismatch), "{audience}");
        }
        for (audience, mismatch) in [
            ("orders", Mismatch::NotAUrl),
            ("555-abc.apps.googleusercontent.com", Mismatch::OauthClient),
            ("https://api.example.com", Mismatch::OtherHost),
        ] {
            assert_eq!(
                at(url, audience),
                RefusedUnlessCustom(mismatch),
                "{audience}"
            );
        }
        assert_eq!(
            at(url, "http://orders-4k3jd82hfa-uc.a.run.app"),
            Unproven(Mismatch::Spelling)
        );
    }

    #[test]
    fn a_function_wants_its_whole_url() {
        let url = "https://us-central1-acme.cloudfunctions.net/resize/large";
        assert_eq!(
            at(url, "https://us-central1-acme.cloudfunctions.net/resize"),
            Accepted
        );
        assert_eq!(
            at(url, "https://us-central1-acme.cloudfunctions.net/"),
            Refused(Mismatch::FunctionName)
        );
        assert_eq!(
            at(
                url,
                "https://us-central1-acme.cloudfunctions.net/resize/large"
            ),
            Refused(Mismatch::FunctionPath)
        );
        assert_eq!(
            at(url, "https://us-central1-acme.cloudfunctions.net/other"),
            Refused(Mismatch::AnotherService)
        );
    }

    #[test]
    fn a_custom_audience_counts_when_it_was_told() {
        let target = Target::read("https://orders-4k3jd82hfa-uc.a.run.app", &Input::at(0));
        let told = ["orders".to_owned()];
        assert_eq!(judge("orders", &target, &told).acceptance, Accepted);
        assert_eq!(differs_at("abc", "abd"), Some(2));
        assert_eq!(differs_at("ab", "abc"), Some(2));
        assert_eq!(differs_at("ab", "ab"), None);
    }
}
