//! What was read: what was stripped or guessed, which credentials there were, and where the
//! request went.

use super::claims::pretty;
use super::node::{Element, Value, el, lines, text};
use super::parts::{notes, panel, prose, unfold};
use crate::credential::Credential;
use crate::json::{Json, Shape};
use crate::read::Place;
use crate::report::Report;
use crate::response::Answerer;

/// A longer JSON text, in bytes, is not shown again.
const LONG: usize = 50_000;

/// The panel; `None` when there is nothing to tell.
pub(super) fn read(report: &Report<'_>) -> Option<Element> {
    let evidence = &report.evidence;
    let said: Vec<&str> = report
        .reading_notes()
        .chain(evidence.target.notes.iter().map(String::as_str))
        .chain(evidence.target.problems.iter().map(String::as_str))
        .collect();
    let facts = facts(report);
    let text = around(report);
    if said.is_empty() && text.is_none() && facts.is_empty() && evidence.all.len() < 2 {
        return None;
    }
    Some(
        panel("read", "What was read")
            .children(found(report))
            .children((!facts.is_empty()).then(|| el("dl").class("facts").children(facts)))
            .child(notes(said))
            .children(text.map(whole)),
    )
}

/// What stood around the credential or in place of one, tokens and keys in it cut to their
/// first characters.
fn around(report: &Report<'_>) -> Option<String> {
    let exhibits = &report.evidence.exhibits;
    if !exhibits.prose.is_empty() {
        return Some(exhibits.prose.clone());
    }
    let paste = Json::read(report.evidence.input.paste.trim());
    let answer = paste.shape == Shape::Object && paste.broken.is_none();
    let members: Vec<&str> = exhibits
        .credentials
        .iter()
        .filter_map(|pasted| match &pasted.place {
            Place::Json(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    (answer && paste.source.len() < LONG)
        .then(|| pretty(&report.concealer().json_beside(&paste.source, &members)))
}

fn whole(shown: String) -> Element {
    unfold("whole-", 0, text("The text around it, tokens and keys cut"))
        .child(el("pre").child(el("code").child(lines(shown))))
}

/// Several credentials: which one is judged, and the others to pick.
fn found(report: &Report<'_>) -> Option<Element> {
    let evidence = &report.evidence;
    (evidence.all.len() > 1).then(|| {
        el("ol").class("found").children(
            evidence
                .all
                .iter()
                .enumerate()
                .map(|(place, credential)| one(place, credential, evidence.judged == Some(place))),
        )
    })
}

fn one(place: usize, credential: &Credential, judged: bool) -> Element {
    el("li").child(
        el("button")
            .attr("type", "button")
            .class("pick")
            .attr("data-pick", place)
            .attr("data-key", Value::Numbered("pick-", place))
            .attr("aria-pressed", if judged { "true" } else { "false" })
            .child(el("span").text(&credential.label))
            .child(el("span").class("faint").text(if judged {
                " judged here".to_owned()
            } else {
                format!(" {} characters, judge this one", credential.length)
            })),
    )
}

fn facts(report: &Report<'_>) -> Vec<Element> {
    let evidence = &report.evidence;
    let target = &evidence.target;
    let status = evidence.response.status.map(|status| status.to_string());
    // A query may hold a signature or a token.
    let url = target.url.as_deref().map(|url| match url.split_once('?') {
        Some((before, _)) => format!("{before}?…"),
        None => url.to_owned(),
    });
    let answerer = answered_by(evidence.response.answered_by);
    [
        ("service URL", url.as_deref()),
        ("service", target.service.as_deref()),
        ("tag", target.tag.as_deref()),
        ("region", target.region.as_deref()),
        ("project", target.project.as_deref()),
        ("project number", target.project_number.as_deref()),
        ("status", status.as_deref()),
        ("answered by", answerer),
        ("caller", evidence.caller.map(crate::Caller::label)),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.map(|value| fact(name, value)))
    .collect()
}

fn fact(name: &'static str, value: &str) -> Element {
    el("div")
        .child(el("dt").text(name))
        .child(el("dd").children(prose(value)))
}

const fn answered_by(answerer: Answerer) -> Option<&'static str> {
    match answerer {
        Answerer::Unknown => None,
        Answerer::Edge => Some("the platform in front of the service"),
        Answerer::Iap => Some("Identity-Aware Proxy"),
        Answerer::GoogleApi => Some("a Google API"),
        Answerer::Gateway => Some("API Gateway, Endpoints or ESPv2"),
        Answerer::TokenSource => Some("where tokens are made"),
        Answerer::Browser => Some("the browser, which blocked the answer"),
        Answerer::App => Some("the service’s own code"),
        Answerer::Policy => Some("a rule in front of the service"),
        Answerer::Tool => Some("another program"),
        Answerer::OtherVendor => Some("another vendor’s service"),
    }
}
