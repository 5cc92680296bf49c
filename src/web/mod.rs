//! The page's side of the core: texts in, texts or elements out.
//!
//! The document is lent for one drawing ([`dom`]) by whoever has one; the other functions run in a
//! worker and in Node.js too. No clock, storage, network, navigation or clipboard: those belong to
//! the page's script, and the module's import list is checked against an allow-list.

mod dom;

use js_sys::{Array, Error, JSON};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Document;

use crate::fix::Language;
use crate::json::Json;
use crate::report::{self, Report, markdown};
use crate::view::{self, View, questions};
use crate::{Caller, Input, diagnose as examine};

/// The report, version 2, as JSON; `{"error": …}` when the input is no such JSON.
#[wasm_bindgen]
#[must_use]
pub fn diagnose(input: &str) -> String {
    Input::from_json(input).map_or_else(misuse, |input| report::to_json(&examine(&input)))
}

/// The report as an element of this document, and what the page itself needs to know: `[element,
/// {"id","gate","likelihood","say","ask","urls","status"}]`.
///
/// # Errors
///
/// An `Error` in words when the input is no such JSON, or the document cannot be drawn in.
#[wasm_bindgen]
pub fn paint(input: &str, view: &str, document: &Document) -> Result<Array, JsValue> {
    let input = Input::from_json(input).map_err(|error| Error::new(&error))?;
    let report = examine(&input);
    let view = read_view(&report, view);
    let page = dom::element(document, &view::page(&report, &view))?;
    let told = JSON::parse(&to_json(&Verdict::of(&report, &view)))?;
    Ok(Array::of2(&page, &told))
}

/// The same for whoever has no document, as JSON that [`paint_drawn`] takes: the element is a tree,
/// `[tag, attributes, …children]`, and a text in it a string.
#[wasm_bindgen]
#[must_use]
pub fn draw(input: &str, view: &str) -> String {
    let input = match Input::from_json(input) {
        Ok(input) => input,
        Err(error) => return misuse(error),
    };
    let report = examine(&input);
    let view = read_view(&report, view);
    to_json(&(view::page(&report, &view), Verdict::of(&report, &view)))
}

/// What [`draw`] told, as [`paint`] answers it.
///
/// # Errors
///
/// An `Error` in words when it is nothing that `draw` tells.
#[wasm_bindgen]
pub fn paint_drawn(drawn: &str, document: &Document) -> Result<Array, JsValue> {
    let answer: Array = JSON::parse(drawn)?.dyn_into()?;
    let page = dom::told_element(document, &answer.get(0))?;
    answer.set(0, page.into());
    Ok(answer)
}

/// The report as Markdown for a ticket: no signature, no opaque token; with
/// `{"mask": true}` no e-mail and no `sub` either, with `{"brief": true}` eight lines at most.
#[wasm_bindgen]
#[must_use]
pub fn markdown(input: &str, options: &str) -> String {
    let options = Json::read(options);
    let identities = if is_true(&options, "mask") {
        markdown::Identities::Masked
    } else {
        markdown::Identities::Shown
    };
    let form = if is_true(&options, "brief") {
        markdown::to_brief
    } else {
        markdown::to_markdown
    };
    Input::from_json(input).map_or_else(|error| error, |input| form(&examine(&input), identities))
}

/// The callers that can be chosen, as JSON: `[[id, label], …]`.
#[wasm_bindgen]
#[must_use]
pub fn callers() -> String {
    let known: Vec<_> = Caller::ALL
        .iter()
        .map(|caller| (caller.id(), caller.label()))
        .collect();
    to_json(&known)
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
    #[derive(Serialize)]
    struct Misuse {
        error: String,
    }
    to_json(&Misuse { error })
}

fn to_json(value: &impl Serialize) -> String {
    // Writing texts to a string cannot fail; an empty object would still be JSON.
    serde_json::to_string(value).unwrap_or_else(|_| "{}".to_owned())
}

/// What the page itself needs to know of a report.
#[derive(Serialize)]
struct Verdict<'r> {
    id: Option<&'static str>,
    gate: Option<&'static str>,
    likelihood: Option<&'static str>,
    say: String,
    ask: Option<&'static str>,
    urls: Vec<std::borrow::Cow<'r, str>>,
    status: Option<u16>,
}

impl<'r> Verdict<'r> {
    fn of(report: &'r Report<'_>, view: &View) -> Self {
        let conceal = report.concealer();
        let first = report.causes.first();
        let requests = &report.evidence.exhibits.requests;
        Self {
            id: first.map(|first| first.cause.id),
            gate: first.map(|first| first.cause.gate.id()),
            likelihood: first.map(|first| first.likelihood.id()),
            say: conceal.text(&view::announcement(report)).into_owned(),
            ask: view.question.as_ref().map(|question| question.field),
            urls: requests
                .iter()
                .filter_map(|request| request.url.as_deref())
                .map(|url| conceal.text(url))
                .collect(),
            status: report.evidence.response.status,
        }
    }
}

/// `{"offset": minutes east of UTC, "language": id, "whole": bool, "mask": bool}`.
fn read_view(report: &Report<'_>, text: &str) -> View {
    let told = Json::read(text);
    let language = told.text("language");
    View {
        offset_minutes: told
            .get("offset")
            .and_then(|minutes| minutes.raw.parse().ok())
            .unwrap_or(0),
        language: Language::ALL
            .iter()
            .copied()
            .find(|known| Some(known.id()) == language.as_deref()),
        whole: is_true(&told, "whole"),
        mask: is_true(&told, "mask"),
        question: questions::ask(report),
        ..View::of(report)
    }
}

fn is_true(told: &Json, name: &str) -> bool {
    told.get(name).is_some_and(|member| member.raw == "true")
}
