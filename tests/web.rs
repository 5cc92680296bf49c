//! The wasm module's exports, in a real browser.
#![cfg(target_arch = "wasm32")]

use serde_json::{Value, json};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;
use why401::web::{callers, diagnose, markdown, relative, render};

wasm_bindgen_test_configure!(run_in_browser);

/// An access token sent to Cloud Run.
fn input() -> String {
    json!({
        "paste": "Authorization: Bearer ya29.c.c0AY_EXAMPLE",
        "serviceUrl": "https://orders-4k3jd82hfa-uc.a.run.app",
        "now": 1_795_000_000,
    })
    .to_string()
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// An element outside the page.
fn parent() -> Element {
    let document = web_sys::window().unwrap().document().unwrap();
    document.create_element("div").unwrap()
}

#[wasm_bindgen_test]
fn diagnose_answers_with_the_report() {
    let report = parsed(&diagnose(&input()));
    assert_eq!(report["version"], 1);
    assert_eq!(
        report["headline"]["id"],
        "access-token-where-id-token-needed"
    );
    assert_eq!(report["headline"]["likelihood"], "certain");
    assert_eq!(report["causes"][0]["id"], report["headline"]["id"]);
}

#[wasm_bindgen_test]
fn input_of_another_form_is_refused_in_words() {
    for input in ["", "[]", r#"{"paste":7,"now":0}"#] {
        let answer = parsed(&diagnose(input));
        assert!(
            answer["error"]
                .as_str()
                .is_some_and(|error| !error.is_empty()),
            "{input}: {answer}"
        );
    }
}

#[wasm_bindgen_test]
fn render_draws_what_it_answers() {
    let parent = parent();
    let answer = parsed(&render(&parent, &input(), "{}"));
    let verdict = parent.query_selector("[data-verdict]").unwrap().unwrap();
    for (attribute, member) in [
        ("data-cause", "id"),
        ("data-gate", "gate"),
        ("data-likelihood", "likelihood"),
    ] {
        assert_eq!(
            verdict.get_attribute(attribute).as_deref(),
            answer[member].as_str()
        );
    }
    assert!(
        parent
            .query_selector("[data-fix] [data-command]")
            .unwrap()
            .is_some()
    );
}

#[wasm_bindgen_test]
fn a_second_report_replaces_the_first() {
    let parent = parent();
    let first = render(&parent, &input(), "{}");
    assert_eq!(render(&parent, &input(), "{}"), first);
    assert_eq!(parent.child_element_count(), 1);
}

#[wasm_bindgen_test]
fn pasted_markup_stays_text() {
    let parent = parent();
    let hostile = "<img src=x onerror=alert(1)><script>alert(1)</script>";
    let input = json!({ "paste": hostile, "serviceUrl": hostile, "response": hostile, "now": 0 });
    let answer = parsed(&render(&parent, &input.to_string(), "{}"));
    assert_eq!(answer["error"], Value::Null);
    assert!(parent.query_selector("img, script").unwrap().is_none());
}

#[wasm_bindgen_test]
fn markdown_tells_the_cause() {
    let text = markdown(&input(), "{}");
    assert!(
        text.contains("access-token-where-id-token-needed"),
        "{text}"
    );
    assert!(!text.contains("c0AY_EXAMPLE"), "{text}");
}

#[wasm_bindgen_test]
fn drawings_are_svg_and_claims_are_text() {
    // `{"email":"<img src=x onerror=alert(1)>\u202e"}`, with a signature that says it is none.
    let token = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJlbWFpbCI6IjxpbWcgc3JjPXggb25lcnJvcj1hbGVydCgxKT5cdTIwMmUifQ.RVhBTVBMRS1OT1QtQS1TSUdOQVRVUkU";
    let parent = parent();
    let _ = render(
        &parent,
        &json!({ "paste": token, "now": 0 }).to_string(),
        "{}",
    );
    let drawing = parent.query_selector("svg").unwrap().unwrap();
    assert_eq!(
        drawing.namespace_uri().as_deref(),
        Some("http://www.w3.org/2000/svg")
    );
    let live = "img, script, iframe, [onerror], [onload], [style]";
    assert!(parent.query_selector(live).unwrap().is_none());
    let text = parent.text_content().unwrap();
    assert!(
        text.contains("<img src=x onerror=alert(1)>‹U+202E›"),
        "{text}"
    );
    assert!(!text.contains("RVhBTVBMRS1OT1Qt"), "the signature is shown");
}

#[wasm_bindgen_test]
fn the_page_is_told_the_callers_and_the_distances() {
    assert_eq!(parsed(&callers())[0][0], "cloud-run");
    assert_eq!(relative(90.0, 30.0), "in 1 minute");
    assert_eq!(relative(30.0, 90.0), "1 minute ago");
}
