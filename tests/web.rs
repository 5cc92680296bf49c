//! The wasm module's exports, in a real browser.
#![cfg(target_arch = "wasm32")]

use js_sys::{Array, JSON};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element};
use why401::web::{callers, diagnose, draw, markdown, paint, paint_drawn, relative};

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

/// Every element of a tree with this tag or attribute; and all its texts.
fn looked_through(tree: &Value, wanted: &str, found: &mut Vec<Value>, text: &mut String) {
    let Some(parts) = tree.as_array() else {
        text.push_str(tree.as_str().unwrap());
        return;
    };
    if parts[0] == wanted || parts[1].get(wanted).is_some() {
        found.push(tree.clone());
    }
    for child in &parts[2..] {
        looked_through(child, wanted, found, text);
    }
}

fn with(drawn: &Value, wanted: &str) -> Vec<Value> {
    let mut found = Vec::new();
    looked_through(&drawn[0], wanted, &mut found, &mut String::new());
    found
}

fn document() -> Document {
    let name = JsValue::from_str("document");
    let found = js_sys::Reflect::get(&js_sys::global(), &name).unwrap();
    found.unchecked_into()
}

/// What was painted: the element, and what the page is told.
fn painted(answer: &Array) -> (Element, Value) {
    assert_eq!(answer.length(), 2);
    let told = JSON::stringify(&answer.get(1)).unwrap();
    let element = answer.get(0).dyn_into().unwrap();
    (element, parsed(&String::from(told)))
}

/// An element as a tree again.
fn as_tree(element: &Element) -> Value {
    let mut attributes = serde_json::Map::new();
    for name in element.get_attribute_names() {
        let name = name.as_string().unwrap();
        let value = element.get_attribute(&name).unwrap();
        attributes.insert(name, json!(value));
    }
    let mut tree = vec![json!(element.local_name()), Value::Object(attributes)];
    let children = element.child_nodes();
    for place in 0..children.length() {
        let child = children.get(place).unwrap();
        tree.push(match child.dyn_ref::<Element>() {
            Some(element) => as_tree(element),
            None => {
                assert_eq!(child.node_type(), web_sys::Node::TEXT_NODE);
                json!(child.text_content())
            }
        });
    }
    Value::Array(tree)
}

#[wasm_bindgen_test]
fn diagnose_answers_with_the_report() {
    let report = parsed(&diagnose(&input()));
    assert_eq!(report["version"], 2);
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
fn what_is_drawn_is_what_is_told() {
    let drawn = parsed(&draw(&input(), "{}"));
    let verdict = &with(&drawn, "data-verdict")[0];
    for (attribute, member) in [
        ("data-cause", "id"),
        ("data-gate", "gate"),
        ("data-likelihood", "likelihood"),
    ] {
        assert_eq!(verdict[1][attribute], drawn[1][member]);
    }
    assert!(!with(&drawn, "data-fix").is_empty());
    assert!(!with(&drawn, "data-command").is_empty());
    assert_eq!(parsed(&draw(&input(), "{}")), drawn);
    assert!(parsed(&draw("", "{}"))["error"].is_string());
}

#[wasm_bindgen_test]
fn pasted_markup_stays_text() {
    let hostile = "<img src=x onerror=alert(1)><script>alert(1)</script>";
    let input = json!({ "paste": hostile, "serviceUrl": hostile, "response": hostile, "now": 0 });
    let drawn = parsed(&draw(&input.to_string(), "{}"));
    for live in ["img", "script", "iframe", "onerror", "onload", "style"] {
        assert!(with(&drawn, live).is_empty(), "{live}");
    }
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
    let drawn = parsed(&draw(
        &json!({ "paste": token, "now": 0 }).to_string(),
        "{}",
    ));
    assert!(!with(&drawn, "svg").is_empty());
    for live in ["img", "script", "iframe", "onerror", "onload", "style"] {
        assert!(with(&drawn, live).is_empty(), "{live}");
    }
    let mut text = String::new();
    looked_through(&drawn[0], "", &mut Vec::new(), &mut text);
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

#[wasm_bindgen_test]
fn what_is_painted_is_what_is_drawn() {
    let hostile = "<img src=x onerror=alert(1)>";
    let hostile = json!({ "paste": hostile, "serviceUrl": hostile, "response": hostile, "now": 0 });
    for input in [input(), hostile.to_string()] {
        let drawn = draw(&input, "{}");
        let tree = parsed(&drawn);
        for answer in [
            paint(&input, "{}", &document()),
            paint_drawn(&drawn, &document()),
        ] {
            let (element, told) = painted(&answer.unwrap());
            assert_eq!(as_tree(&element), tree[0]);
            assert_eq!(told, tree[1]);
            let timeline = element.query_selector("svg").unwrap();
            let space = timeline.and_then(|svg| svg.namespace_uri());
            assert_eq!(space.as_deref(), Some("http://www.w3.org/2000/svg"));
        }
    }
}

#[wasm_bindgen_test]
fn what_is_no_view_is_not_painted() {
    for tree in [
        json!(["script", {}, "alert(1)"]),
        json!(["p", {}, ["img", { "src": "x" }]]),
        json!(["p", { "onclick": "alert(1)" }]),
        json!(["p", { "style": "color: red" }]),
        json!(["a", { "href": "javascript:alert(1)" }]),
        json!(["a", { "href": "https://evil.example/" }]),
        json!(["p", { "class": 7 }]),
        json!(["p", "class"]),
        json!(["p", {}, 7]),
        json!(["p", {}, null]),
        json!(["p"]),
        json!([7, {}]),
        json!([]),
        json!("text"),
    ] {
        let drawn = json!([tree, {}]).to_string();
        assert!(paint_drawn(&drawn, &document()).is_err(), "{drawn}");
    }
    for drawn in ["", "7", "[]", "{}", &draw("", "{}")] {
        assert!(paint_drawn(drawn, &document()).is_err(), "{drawn}");
    }
    assert!(paint("", "{}", &document()).is_err());
    let fine = json!([["p", { "class": "x" }, "text"], {}]).to_string();
    assert!(paint_drawn(&fine, &document()).is_ok());
}
