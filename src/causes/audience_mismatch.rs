//! # What it is
//!
//! The token's `aud` is not one that this door accepts.
//!
//! # How it shows
//!
//! On Cloud Run and functions **401** (not 403, as is often written) with the generic message; on
//! a gateway **403** `Audiences in Jwt are not allowed`; IAP says `Invalid JWT audience` or names
//! the expected client id.
//!
//! # Why it happens
//!
//! Cloud Run accepts the service's own URLs, in both `run.app` forms, also with a path or slash;
//! gcloud's own client id; and custom audiences. It does not accept a tag URL, a query string, a
//! custom domain that was not added, or another service's URL. A function wants its whole URL
//! with its name. Scheduler, Tasks and Pub/Sub use the full target URL unless told otherwise.
//!
//! # How to fix
//!
//! Ask for the audience the page names, or add the one in use as a custom audience.
//!
//! # When it is something else
//!
//! `gcloud auth print-identity-token` without `--audiences` is accepted by Cloud Run, so its
//! client id is not the reason there; at IAP, gateways and strict verifiers it is.
//!
//! # References
//!
//! - <https://cloud.google.com/run/docs/authenticating/service-to-service>
//! - <https://cloud.google.com/run/docs/configuring/custom-audiences>

use super::{Cause, Fact, Finding, Found, Gate, Likelihood, ruled_out};
use crate::credential::{Audience, Kind};
use crate::evidence::{Door, Evidence};
use crate::facts::Words;
use crate::input::Caller;
use crate::response::{Answerer, Signal};
use crate::target::{
    Acceptance, Judgement, Mismatch, Product, accepted_audience, differs_at, parse_url,
};
use crate::visible::in_code;

pub(super) const CAUSE: Cause = Cause {
    id: "audience-mismatch",
    title: "The audience does not fit",
    gate: Gate::Verify,
    citation: "https://cloud.google.com/run/docs/configuring/custom-audiences",
    weight: 62,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    if evidence.unseen() {
        return unseen(evidence);
    }
    if !evidence.credential.kind.is_jwt() {
        return Finding::NotApplicable;
    }
    let audience = match evidence.credential.audience() {
        Audience::One(audience) => audience,
        Audience::Absent => return absent(evidence),
        Audience::Many(audiences) => return many(evidence, &audiences),
        Audience::WrongType(raw) => {
            return Found::new(
                if evidence.wants_id_token() {
                    Likelihood::Certain
                } else {
                    Likelihood::Likely
                },
                format!("`aud` must be a string; here it is `{}`.", in_code(&raw)),
            )
            .because("A verifier that compares texts cannot accept it.")
            .fix("audience-not-a-string")
            .into();
        }
    };
    match evidence.door {
        Door::Iap => at_iap(evidence, &audience),
        Door::Gateway => at_gateway(evidence, &audience),
        Door::Api | Door::TokenEndpoint => at_api(evidence, &audience),
        Door::Run | Door::Function => at_service(evidence, &audience),
        Door::App => at_app(evidence, &audience),
        Door::Unknown => named_by_verifier(evidence, &audience).unwrap_or(Finding::NotApplicable),
    }
}

/// No token was pasted; the answer alone tells.
fn unseen(evidence: &Evidence<'_>) -> Finding {
    let response = &evidence.response;
    if response.says(Signal::GatewayAudience) {
        return Found::likely("The gateway does not take the token’s audience: its API configuration names another one.")
            .because(PASTE_IT)
            .fix("gateway-audience-not-allowed")
            .into();
    }
    if response.says(Signal::IapAudienceExpected)
        && let (Some(accepted), Some(sent)) = (
            &evidence.words.audience_expected,
            &evidence.words.audience_sent,
        )
    {
        return Found::certain(format!(
            "IAP expects `{}`; `aud` is `{}`.",
            in_code(accepted),
            in_code(sent)
        ))
        .because("IAP says both.")
        .fix("iap-audience-client-id")
        .into();
    }
    if response.says(Signal::VerifierAudience) {
        return told_by_verifier(&evidence.words);
    }
    if !evidence.wants_id_token() || !evidence.platform_said_401() {
        return Finding::NotApplicable;
    }
    if let Some(caller) = makes_audience_of_url(evidence) {
        return Found::likely(format!(
            "{caller} makes the token for the whole URL unless it is told an audience, and Cloud Run accepts no audience with a query string."
        ))
        .because("The URL has a query string, and 401 means that a token came which could not be accepted.")
        .fix("sender-audience-wrong")
        .into();
    }
    let accepted = if evidence.target.origin.is_empty() {
        "the service’s URL".to_owned()
    } else {
        format!("`{}`", accepted_audience(&evidence.target))
    };
    Found::possible(format!(
        "A token came and could not be accepted. Most often it is made for another audience than {accepted}; it may also be an access token, expired, or of another issuer."
    ))
    .because("Cloud Run answers 401 to a token it cannot accept, and 403 to a call without one.")
    .because("The token cannot be seen here; paste the one that was sent to tell which.")
    .usually("audience-not-service-url")
    .into()
}

/// A verifier's error, which may name the audience it wants, the one it got, or both.
fn told_by_verifier(words: &Words) -> Finding {
    let wants = |accepted: &str| {
        if words.firebase_project.is_some() {
            format!("a Firebase sign-in of the project `{}`", in_code(accepted))
        } else {
            format!("the audience `{}`", in_code(accepted))
        }
    };
    let found = match (words.audience_expected.clone(), words.audience_sent.clone()) {
        (Some(accepted), Some(sent)) => Found::likely(format!(
            "The service’s verifier wants {}, and the token was made for `{}`.",
            wants(&accepted),
            in_code(&sent)
        ))
        .on(
            "The error names both.",
            Fact::Values {
                differs_at: differs_at(&sent, &accepted),
                sent,
                accepted,
            },
        ),
        (Some(accepted), None) => Found::likely(format!(
            "The service’s verifier wants {}, and the token has another one.",
            wants(&accepted)
        ))
        .because(PASTE_IT),
        (None, Some(sent)) => Found::likely(format!(
            "The service’s verifier does not take the token’s audience, `{}`.",
            in_code(&sent)
        ))
        .because("Its configuration tells which one it wants."),
        (None, None) => {
            Found::likely("The service’s verifier wants another audience than the token has.")
                .because(PASTE_IT)
        }
    };
    found.usually(wanted_by_verifier(words, Kind::None)).into()
}

/// What mends a verifier's complaint of the audience, by whom it wants.
fn wanted_by_verifier(words: &Words, kind: Kind) -> &'static str {
    // The platform's own check of a blocking function, which knows its address by this part only.
    if words.audience_expected.as_deref() == Some("run.app") {
        return "blocking-function-address";
    }
    if words.firebase_project.is_none() {
        return "verifier-audience-mismatch";
    }
    match kind {
        Kind::FirebaseCustomToken => "firebase-custom-token-sent",
        Kind::GoogleIdToken => "google-id-token-to-firebase",
        _ => "firebase-project-mismatch",
    }
}

const PASTE_IT: &str = "The answer says so; paste the token to see which one it has.";

/// The caller that takes the URL for the audience, where its query string makes that a wrong one
/// (facts.md §2).
fn makes_audience_of_url(evidence: &Evidence<'_>) -> Option<&'static str> {
    let caller = evidence.caller?;
    // The query string of Eventarc's URLs is its own.
    let by_url = caller.delivers() && caller != Caller::Eventarc;
    (by_url && evidence.target.typed.contains('?')).then(|| caller.label())
}

/// Cloud Run and functions.
fn at_service(evidence: &Evidence<'_>, audience: &str) -> Finding {
    if let Some(named) = named_by_verifier(evidence, audience) {
        return named;
    }
    let Some(judgement) = &evidence.audience else {
        return Finding::NotApplicable;
    };
    if evidence.credential.kind != Kind::GoogleIdToken && !is_its_only_fault(evidence, judgement) {
        return Finding::NotApplicable;
    }
    if evidence.app_answered() && !evidence.response.says(Signal::VerifierAudience) {
        return ruled_out("The application answered, so the platform’s check let the token in.");
    }
    let unlikely = evidence.answer_is_not_about_the_token();
    let likelihood = match judgement.acceptance {
        Acceptance::Accepted => return ruled_out(format!("`aud` fits. {}", judgement.words)),
        _ if unlikely => Likelihood::Possible,
        Acceptance::Refused(_) => Likelihood::Certain,
        Acceptance::RefusedUnlessCustom(_) if !evidence.input.custom_audiences.is_empty() => {
            Likelihood::Certain
        }
        // A 403 means that the token was accepted, so the service knows this audience.
        Acceptance::RefusedUnlessCustom(_) if evidence.platform_said_403() => Likelihood::Possible,
        Acceptance::RefusedUnlessCustom(_) => Likelihood::Likely,
        Acceptance::Unproven(Mismatch::AdcClient) if evidence.refused() => Likelihood::Likely,
        Acceptance::Unproven(_) if evidence.platform_said_401() => Likelihood::Likely,
        Acceptance::Unproven(_) => Likelihood::Possible,
    };
    mismatch(evidence, audience, judgement, likelihood)
}

/// The audience alone would be refused whoever issued the token, and the answer is a gateway's
/// or a verifier's about audiences.
fn is_its_only_fault(evidence: &Evidence<'_>, judgement: &Judgement) -> bool {
    judgement.acceptance != Acceptance::Accepted && evidence.response.says(Signal::VerifierAudience)
}

fn mismatch(
    evidence: &Evidence<'_>,
    audience: &str,
    judgement: &Judgement,
    likelihood: Likelihood,
) -> Finding {
    let sent = in_code(audience);
    let accepted = &judgement.accepted;
    let door = if evidence.door == Door::Function {
        "the function"
    } else {
        "Cloud Run"
    };
    // Of a domain the words tell already what is accepted.
    let of_domain = judgement.acceptance == Acceptance::RefusedUnlessCustom(Mismatch::CustomDomain);
    let summary = if accepted.is_empty() && of_domain {
        format!("`aud` is `{sent}`. {}", judgement.words)
    } else if accepted.is_empty() {
        format!(
            "`aud` is `{sent}`. {} {door} accepts its own `run.app` URL.",
            judgement.words
        )
    } else if judgement.acceptance == Acceptance::Refused(Mismatch::Tag) {
        format!(
            "The token was made for the tag URL. `aud` is `{sent}`; {door} accepts `{accepted}`, also when you call the tag."
        )
    } else {
        format!(
            "`aud` is `{sent}`; {door} accepts `{accepted}`. {}",
            judgement.words
        )
    };
    let position = judgement
        .differs_at
        .filter(|_| !accepted.is_empty())
        .map_or_else(
            || "The two values are compared letter by letter.".to_owned(),
            |at| {
                format!(
                    "The two values differ from character {} on.",
                    at.saturating_add(1)
                )
            },
        );
    let mut found = Found::new(likelihood, summary).on(
        position,
        Fact::Values {
            sent: audience.to_owned(),
            accepted: accepted.clone(),
            differs_at: judgement.differs_at,
        },
    );
    if evidence.platform_said_401() {
        found = found.because(
            "401 is Cloud Run’s answer to a wrong audience; 403 would mean a missing role.",
        );
    }
    found.fix(variant(evidence, judgement)).into()
}

/// What mends an audience that a service does not take: at a sender's, its settings.
pub(super) fn variant(evidence: &Evidence<'_>, judgement: &Judgement) -> &'static str {
    let (Acceptance::Refused(mismatch)
    | Acceptance::RefusedUnlessCustom(mismatch)
    | Acceptance::Unproven(mismatch)) = judgement.acceptance
    else {
        return "audience-not-service-url";
    };
    match mismatch {
        Mismatch::Tag => "audience-tag-url",
        Mismatch::QueryOrFragment => "audience-query-string",
        Mismatch::AnotherService | Mismatch::AnotherRegion | Mismatch::AnotherProject => {
            "audience-of-other-service"
        }
        Mismatch::CustomDomain | Mismatch::OtherHost => "audience-custom-domain",
        Mismatch::OauthClient => "audience-own-client-id",
        Mismatch::AdcClient => "audience-adc-client-id",
        Mismatch::FunctionName | Mismatch::FunctionPath => "function-audience-without-name",
        Mismatch::NotAUrl if evidence.door == Door::Run => "audience-not-registered",
        Mismatch::NotAUrl
        | Mismatch::GoogleApi
        | Mismatch::Placeholder
        | Mismatch::Spelling
        | Mismatch::WhiteSpace => "audience-not-service-url",
    }
}

fn at_iap(evidence: &Evidence<'_>, audience: &str) -> Finding {
    let response = &evidence.response;
    if response.says(Signal::IapAudienceExpected) {
        return named_by_verifier(evidence, audience).unwrap_or_else(|| {
            Found::certain(format!(
                "IAP refused the audience `{}`: it belongs to another application.",
                in_code(audience)
            ))
            .because("IAP says so.")
            .fix("iap-audience-client-id")
            .into()
        });
    }
    if response.says(Signal::IapEndpoint) {
        let accepted = format!("{}/*", evidence.target.origin);
        return Found::certain(format!(
            "IAP compares `aud` with the requested URL: it is `{}`, and `{accepted}` is accepted for every path.",
            in_code(audience)
        ))
        .on(
            "A bare host or a trailing slash does not match.",
            Fact::Values {
                differs_at: differs_at(audience, &accepted),
                sent: audience.to_owned(),
                accepted,
            },
        )
        .fix("iap-jwt-endpoint-mismatch")
        .into();
    }
    if response.says(Signal::IapAudience) {
        return Found::likely(format!(
            "IAP refused the audience `{}`: it takes only OAuth clients on its programmatic list, or a self-signed JWT for `{}/*`.",
            in_code(audience),
            evidence.target.origin
        ))
        .because("IAP says so.")
        .because("IAP has no exemption for the client ids of gcloud or of application default credentials.")
        .fix("iap-audience-managed-client")
        .into();
    }
    Finding::NotApplicable
}

fn at_gateway(evidence: &Evidence<'_>, audience: &str) -> Finding {
    if evidence.response.says(Signal::GatewayAudience) {
        return Found::certain(format!(
            "The gateway refused the audience `{}`: it is not among the audiences of its API configuration.",
            in_code(audience)
        ))
        .because("The answer says so; gateways answer a wrong audience with 403.")
        .because("Without `x-google-audiences` the gateway accepts only `https://` and its managed service name.")
        .fix("gateway-audience-not-allowed")
        .into();
    }
    if evidence.refused() && evidence.response.answered_by == Answerer::Unknown {
        return Found::possible(format!(
            "Whether the gateway takes the audience `{}` stands in its API configuration (`x-google-audiences`).",
            in_code(audience)
        ))
        .usually("gateway-audience-not-allowed")
        .into();
    }
    Finding::NotApplicable
}

/// A self-signed JWT at a Google API: `aud` is `https://SERVICE.googleapis.com/`.
fn at_api(evidence: &Evidence<'_>, audience: &str) -> Finding {
    if evidence.credential.kind != Kind::SelfSignedJwt || evidence.door != Door::Api {
        return Finding::NotApplicable;
    }
    if evidence.credential.claim("scope").is_some() {
        return Finding::NotApplicable;
    }
    let accepted = format!("{}/", evidence.target.origin);
    if audience == accepted || audience == evidence.target.origin {
        return ruled_out("`aud` is the API’s own address.");
    }
    Found::certain(format!(
        "For a self-signed JWT `aud` must be `{accepted}`; here it is `{}`.",
        in_code(audience)
    ))
    .on(
        "The API’s address ends after the slash.",
        Fact::Values {
            differs_at: differs_at(audience, &accepted),
            sent: audience.to_owned(),
            accepted,
        },
    )
    .fix("self-signed-jwt-at-api")
    .into()
}

/// An application behind an unknown door.
fn at_app(evidence: &Evidence<'_>, audience: &str) -> Finding {
    if evidence.credential.kind == Kind::IapAssertion {
        return Finding::NotApplicable;
    }
    if let Some(named) = named_by_verifier(evidence, audience) {
        return named;
    }
    if evidence.response.says(Signal::VerifierAudience) {
        return Found::likely(format!(
            "The application’s verifier expects another audience than `{}`.",
            in_code(audience)
        ))
        .because("The answer names the audience as the reason.")
        .usually("verifier-audience-mismatch")
        .into();
    }
    let silent_401 =
        evidence.response.status == Some(401) && evidence.response.answered_by == Answerer::Unknown;
    let is_the_domain = evidence.target.product == Product::CustomDomain
        && parse_url(audience)
            .and_then(|url| url.host_str().map(|host| host == evidence.target.host))
            .unwrap_or_default();
    if evidence.called_by_google() {
        return ruled_out("`aud` is the called URL, as the application configured it.");
    }
    if silent_401 && is_the_domain && evidence.credential.kind == Kind::GoogleIdToken {
        return Found::likely(format!(
            "`aud` is the domain, `{}`. Behind it Cloud Run accepts only its own `run.app` URL unless the domain was added as a custom audience; an application may want the full URL.",
            in_code(audience)
        ))
        .because("`aud` names the called domain.")
        .fix("audience-custom-domain")
        .into();
    }
    Finding::NotApplicable
}

/// The verifier named the audience it expects.
fn named_by_verifier(evidence: &Evidence<'_>, audience: &str) -> Option<Finding> {
    if evidence.credential.kind == Kind::IapAssertion {
        return None;
    }
    let accepted = evidence.words.audience_expected.clone()?;
    if accepted == audience {
        return None;
    }
    // An application may speak of another token than this one.
    let is_this =
        !evidence.app_answered() || evidence.words.audience_sent.as_deref() == Some(audience);
    let likelihood = if is_this {
        Likelihood::Certain
    } else {
        Likelihood::Likely
    };
    Some(
        Found::new(
            likelihood,
            format!(
                "The verifier expects `{}`; `aud` is `{}`.",
                in_code(&accepted),
                in_code(audience)
            ),
        )
        .on(
            "The answer names the audience it wants.",
            Fact::Values {
                differs_at: differs_at(audience, &accepted),
                sent: audience.to_owned(),
                accepted,
            },
        )
        .fix(if evidence.door == Door::Iap {
            "iap-audience-client-id"
        } else {
            wanted_by_verifier(&evidence.words, evidence.credential.kind)
        })
        .into(),
    )
}

fn absent(evidence: &Evidence<'_>) -> Finding {
    let said = evidence.response.says(Signal::GatewayAudience)
        || evidence.response.says(Signal::VerifierAudience)
        || evidence.response.says(Signal::IapAudience);
    if said || (evidence.wants_id_token() && evidence.credential.kind == Kind::GoogleIdToken) {
        return Found::certain("The token has no `aud` at all, so no door can find itself in it.")
            .because("`aud` is absent.")
            .fix(
                if evidence.door == Door::Gateway || evidence.response.says(Signal::GatewayAudience)
                {
                    "gateway-token-without-audience"
                } else {
                    "audience-not-a-string"
                },
            )
            .into();
    }
    Finding::NotApplicable
}

fn many(evidence: &Evidence<'_>, audiences: &[String]) -> Finding {
    if !evidence.wants_id_token() || evidence.credential.kind != Kind::GoogleIdToken {
        return Finding::NotApplicable;
    }
    let list: Vec<String> = audiences
        .iter()
        .take(5)
        .map(|one| format!("`{}`", in_code(one)))
        .collect();
    Found::new(
        if evidence.platform_said_401() { Likelihood::Likely } else { Likelihood::Possible },
        format!(
            "`aud` is a list ({}); Google’s ID tokens hold one string, and whether Cloud Run takes a list is not documented.",
            list.join(", ")
        ),
    )
    .because("`aud` is an array.")
    .fix("audience-not-a-string")
    .into()
}
