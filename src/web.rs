//! The page's side of the core: strings in, strings out.
//!
//! No document, clock, storage, network, navigation or clipboard: those belong to the page's script,
//! and the module's import list is checked against an allow-list. So it runs in a worker too.

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fix::Language;
use crate::json::Json;
use crate::report::{self, Report, markdown};
use crate::view::node::Node;
use crate::view::{self, View, questions};
use crate::{Caller, Input, diagnose as examine};

/// The report, version 1, as JSON; `{"error": …}` when the input is no such JSON.
#[wasm_bindgen]
#[must_use]
pub fn diagnose(input: &str) -> String {
    Input::from_json(input).map_or_else(misuse, |input| report::to_json(&examine(&input)))
}

/// What to draw, and what the page itself needs to know, as JSON: `{"page": tree, "told":
/// {"id","gate","likelihood","say","ask","urls","status"}}`. An element of the tree is `[tag,
/// attributes, …children]`, a text is a string.
#[wasm_bindgen]
#[must_use]
pub fn draw(input: &str, view: &str) -> String {
    #[derive(Serialize)]
    struct Drawn<'r> {
        page: Node,
        told: Verdict<'r>,
    }
    let input = match Input::from_json(input) {
        Ok(input) => input,
        Err(error) => return misuse(error),
    };
    let report = examine(&input);
    let view = read_view(&report, view);
    to_json(&Drawn {
        page: view::page(&report, &view),
        told: Verdict::of(&report, &view),
    })
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
