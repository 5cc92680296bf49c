//! The page's side of the core: strings in, strings and one tree of elements out.
//!
//! No clock, storage, network, navigation or clipboard: those belong to the page's script, and
//! the module's import list is checked against an allow-list.

mod dom;

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

use crate::fix::Language;
use crate::json::{self, Writer};
use crate::report::{Report, markdown, to_json};
use crate::view::{self, View, questions};
use crate::{Caller, Input, diagnose as examine};

/// The report, version 1, as JSON; `{"error": …}` when the input is no such JSON.
#[wasm_bindgen]
#[must_use]
pub fn diagnose(input: &str) -> String {
    Input::from_json(input).map_or_else(misuse, |input| to_json(&examine(&input)))
}

/// Draws the report below `parent`, replacing what was there, and returns what the page itself
/// needs to know, as JSON: `{"id","gate","likelihood","say","ask","urls","status"}`.
#[wasm_bindgen]
#[must_use]
pub fn render(parent: &Element, input: &str, view: &str) -> String {
    let input = match Input::from_json(input) {
        Ok(input) => input,
        Err(error) => return misuse(error),
    };
    let report = examine(&input);
    let page = view::page(&report, &read_view(&report, view));
    // A node that cannot be made means a broken document; a trap is how the page learns of it.
    if dom::replace(parent, &page).is_none() {
        return misuse("The document refused an element.".to_owned());
    }
    verdict(&report)
}

/// The report as Markdown for a ticket: no signature, no opaque token; with
/// `{"mask": true}` no e-mail and no `sub` either.
#[wasm_bindgen]
#[must_use]
pub fn markdown(input: &str, options: &str) -> String {
    let options = json::object(options).unwrap_or_default();
    let identities = match told(&options, "mask") {
        Some("true") => markdown::Identities::Masked,
        _ => markdown::Identities::Shown,
    };
    Input::from_json(input).map_or_else(
        |error| error,
        |input| markdown::to_markdown(&examine(&input), identities),
    )
}

/// The callers that can be chosen, as JSON: `[[id, label], …]`.
#[wasm_bindgen]
#[must_use]
pub fn callers() -> String {
    let mut json = Writer::default();
    json.open('[');
    for caller in Caller::ALL {
        json.texts(&mut [caller.id(), caller.label()].into_iter());
    }
    json.close(']');
    json.finish()
}

/// How far `at` lies from `now`, in words; both in seconds since 1970 (UTC).
#[wasm_bindgen]
#[must_use]
pub fn relative(at: f64, now: f64) -> String {
    // A number that JavaScript counts seconds with is far from where these casts would round.
    #[allow(clippy::cast_possible_truncation, clippy::as_conversions)]
    let (at, now) = (at as i64, now as i64);
    crate::time::relative(at, now)
}

fn misuse(error: String) -> String {
    let mut json = Writer::default();
    json.open('{');
    json.name("error").text(&error);
    json.close('}');
    json.finish()
}

fn verdict(report: &Report<'_>) -> String {
    let first = report.causes.first();
    let requests = &report.evidence.exhibits.requests;
    let mut json = Writer::default();
    json.open('{');
    json.name("id")
        .text_or_null(first.map(|first| first.cause.id));
    json.name("gate")
        .text_or_null(first.map(|first| first.cause.gate.id()));
    json.name("likelihood")
        .text_or_null(first.map(|first| first.likelihood.id()));
    json.name("say").text(&view::announcement(report));
    json.name("ask")
        .texts(&mut questions::ask(report).iter().map(|question| question.field));
    json.name("urls")
        .texts(&mut requests.iter().filter_map(|request| request.url.as_deref()));
    json.name("status");
    match report.evidence.response.status {
        Some(status) => json.number(status.into()),
        None => json.raw("null"),
    }
    json.close('}');
    json.finish()
}

/// `{"offset": minutes east of UTC, "language": id, "whole": bool, "mask": bool}`.
fn read_view(report: &Report<'_>, text: &str) -> View {
    let view = json::object(text).unwrap_or_default();
    let is = |name: &str| told(&view, name) == Some("true");
    let language = told(&view, "language").and_then(json::string);
    View {
        offset_minutes: told(&view, "offset")
            .and_then(|minutes| minutes.parse().ok())
            .unwrap_or(0),
        language: Language::ALL
            .iter()
            .copied()
            .find(|known| Some(known.id()) == language.as_deref()),
        whole: is("whole"),
        mask: is("mask"),
        ..View::of(report)
    }
}

fn told<'a>(members: &[(String, &'a str)], name: &str) -> Option<&'a str> {
    let named = |member: &&(String, &str)| member.0 == name;
    members.iter().find(named).map(|(_, raw)| *raw)
}
