//! The page's side of the core: strings in, strings and one tree of elements out.
//!
//! No clock, storage, network, navigation or clipboard: those belong to the page's script, and
//! the module's import list is checked against an allow-list.

mod dom;

use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

use crate::fix::Language;
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
    verdict(&report).to_string()
}

/// The report as Markdown for a ticket: no signature, no opaque token; with
/// `{"mask": true}` no e-mail and no `sub` either.
#[wasm_bindgen]
#[must_use]
pub fn markdown(input: &str, options: &str) -> String {
    let options: Value = serde_json::from_str(options).unwrap_or_default();
    let identities = match options.get("mask") {
        Some(Value::Bool(true)) => markdown::Identities::Masked,
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
    let known: Vec<_> = Caller::ALL
        .iter()
        .map(|caller| (caller.id(), caller.label()))
        .collect();
    json!(known).to_string()
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
    json!({ "error": error }).to_string()
}

fn verdict(report: &Report<'_>) -> Value {
    let first = report.causes.first();
    let exhibits = &report.evidence.exhibits;
    let urls: Vec<&String> = exhibits
        .requests
        .iter()
        .filter_map(|request| request.url.as_ref())
        .collect();
    let asked: Vec<&str> = questions::ask(report)
        .iter()
        .map(|question| question.field)
        .collect();
    json!({
        "id": first.map(|first| first.cause.id),
        "gate": first.map(|first| first.cause.gate.id()),
        "likelihood": first.map(|first| first.likelihood.id()),
        "say": view::announcement(report),
        "ask": asked,
        "urls": urls,
        "status": report.evidence.response.status,
    })
}

/// `{"offset": minutes east of UTC, "language": id, "whole": bool, "mask": bool}`.
fn read_view(report: &Report<'_>, text: &str) -> View {
    let told: Value = serde_json::from_str(text).unwrap_or_default();
    let is = |name: &str| told.get(name).and_then(Value::as_bool).unwrap_or(false);
    let language = told.get("language").and_then(Value::as_str);
    View {
        offset_minutes: told
            .get("offset")
            .and_then(Value::as_i64)
            .and_then(|minutes| i32::try_from(minutes).ok())
            .unwrap_or(0),
        language: Language::ALL
            .iter()
            .copied()
            .find(|known| Some(known.id()) == language),
        whole: is("whole"),
        mask: is("mask"),
        ..View::of(report)
    }
}
