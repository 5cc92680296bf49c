//! # What it is
//!
//! The request went to an address where this service, function or path does not exist.
//!
//! # How it shows
//!
//! 404 from Google's frontend, from the function host or from the application itself; a host that
//! cannot be read or only looks like Google's.
//!
//! # Why it happens
//!
//! The function was never deployed in that project and region, the path belongs to another
//! service, the default URL is switched off, or the credential belongs to another universe of
//! Google Cloud. The path `/healthz` is answered by Google's frontend itself, with 404.
//!
//! # How to fix
//!
//! Ask the service for its URLs, and compare project, region and path.
//!
//! # When it is something else
//!
//! A 404 page of Google's for a service that exists usually means its ingress setting.
//!
//! # References
//!
//! - <https://cloud.google.com/run/docs/troubleshooting#404>
//! - <https://cloud.google.com/run/docs/known-issues#ah>

use super::{Cause, Finding, Found, Gate, ruled_out};
use crate::credential::Kind;
use crate::evidence::{Door, Evidence};
use crate::response::{Answerer, Signal};
use crate::target::Product;

pub(super) const CAUSE: Cause = Cause {
    id: "wrong-url",
    title: "The address is wrong",
    gate: Gate::Reach,
    citation: "https://cloud.google.com/run/docs/troubleshooting#404",
    weight: 10,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    let target = &evidence.target;
    if evidence.succeeded() {
        return ruled_out("The call succeeded, so the address is right.");
    }
    if let Some(problem) = target.problems.first() {
        return Found::certain(problem.clone())
            .because("The request cannot have reached the service this way.")
            .into();
    }
    if target.product == Product::CloudFunctions && target.region.is_none() && evidence.refused() {
        return Found::certain(format!(
            "`{}` names no region: a function’s address begins with it, as in `REGION-PROJECT_ID.cloudfunctions.net`.",
            target.host
        ))
        .because("Google’s frontend answers for names that belong to no function.")
        .into();
    }
    let about_an_account = evidence.response.says(Signal::PrincipalUnknown);
    if !about_an_account
        && (evidence.response.status == Some(404)
            || evidence.response.says(Signal::EdgeNotFoundPage))
    {
        return not_found(evidence);
    }
    if let Some(universe) = foreign_universe(evidence) {
        return Found::likely(format!(
            "The account belongs to the Google Cloud universe `{universe}`, but the request went to `{}`, which is another one.",
            target.host
        ))
        .because("Each universe has its own API domain and does not know the accounts of another.")
        .fix("universe-domain-mismatch")
        .into();
    }
    match evidence.response.answered_by {
        Answerer::Edge | Answerer::Iap | Answerer::Gateway | Answerer::GoogleApi
            if !target.host.is_empty() =>
        {
            ruled_out(format!(
                "`{}` exists: something there answered.",
                target.host
            ))
        }
        _ => Finding::NotApplicable,
    }
}

fn not_found(evidence: &Evidence<'_>) -> Finding {
    let target = &evidence.target;
    if target.product == Product::CloudRun && target.path == "/healthz" && !evidence.app_answered()
    {
        return Found::likely(
            "The path `/healthz` is answered with 404 by Google’s frontend itself and never reaches the service: use another path, even `/healthz/`.",
        )
        .because("Measured: no container or request log is written for it.")
        .fix("reserved-path-healthz")
        .into();
    }
    let found = if evidence.app_answered() {
        Found::likely(format!(
            "{} answered 404 itself: the service was reached, but it has no `{}`.",
            evidence.service_name(),
            target.path
        ))
        .because(
            "The page is the application’s own, so the doors before it let the request through.",
        )
        .usually("path-not-in-app")
    } else {
        match target.product {
            Product::CloudFunctions => Found::likely(format!(
                "No function answers at `{}`: it is not deployed in this project and region, or its name differs.",
                target
                    .function_url()
                    .unwrap_or_else(|| target.origin.clone())
            )),
            Product::CloudRun => Found::likely(format!(
                "Nothing answers at `{}`: the service is not there, or its default URL is switched off.",
                target.origin
            )),
            _ => Found::likely("The address was answered with 404: nothing is there.".to_owned()),
        }
    };
    found
        .because("A refused token gets 401 or 403; 404 is about the address.")
        .into()
}

/// The universe named in a service account's domain, when it is not the default one and the
/// request goes to `googleapis.com`.
fn foreign_universe(evidence: &Evidence<'_>) -> Option<String> {
    /// Prefixes that stand before the project in the accounts of other universes.
    const UNIVERSES: &[&str] = &["s3ns", "eu0"];
    if evidence.door != Door::Api || evidence.credential.kind != Kind::SelfSignedJwt {
        return None;
    }
    let account = evidence
        .credential
        .email()
        .or_else(|| evidence.credential.issuer())?;
    let (_, domain) = account.split_once('@')?;
    let scope = domain.strip_suffix(".iam.gserviceaccount.com")?;
    let (_, universe) = scope.split_once('.')?;
    UNIVERSES.contains(&universe).then(|| universe.to_owned())
}
