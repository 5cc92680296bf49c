//! What was pasted can only become text, in the page's tree and in the copied report: over the
//! hostile inputs that must be inert beside their harmless twins (tests/hostile).

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use why401::report::markdown::{Identities, to_markdown};
use why401::view::node::{ATTRIBUTES, Element, Node, TAGS, may_have};
use why401::view::{View, page};
use why401::visible::is_hidden;
use why401::{Input, diagnose};

/// The entries with this flag.
fn entries(flag: &str) -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile/hostile.json");
    let whole: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let must = |entry: &&Value| {
        entry["must"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one == flag)
    };
    let found: Vec<Value> = whole["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter(must)
        .filter(|entry| entry["input"]["paste"].is_string())
        .cloned()
        .collect();
    assert!(!found.is_empty(), "no entry must be {flag}");
    found
}

/// The moment at which the hostile inputs are judged.
const NOW: i64 = 1_768_478_400;

fn input(of: &Value) -> Input {
    let text = |name: &str| of[name].as_str().unwrap_or_default().to_owned();
    let mut input = Input::at(NOW);
    input.paste = text("paste");
    input.service_url = text("service_url");
    input.service = text("service");
    input
}

fn drawn(input: &Input) -> Node {
    let report = diagnose(input);
    page(&report, &View::of(&report))
}

/// Tags and attributes, without any text. In a command, a value that was left out has its CAPITALS
/// as a field instead: there only this page's own elements may stand.
fn shape(node: &Node, into: &mut Vec<String>) {
    if let Node::Element(element) = node {
        into.push(head(element));
        if element
            .attrs()
            .iter()
            .any(|(name, _)| *name == "data-command")
        {
            for child in element.nodes() {
                only_words_and_fields(child);
            }
            return;
        }
        for child in element.nodes() {
            shape(child, into);
        }
    }
}

fn only_words_and_fields(node: &Node) {
    let Node::Element(element) = node else {
        return;
    };
    let head = head(element);
    let own = [
        "<span class=word>",
        "<span class=hole>",
        "<span class=sizer>",
    ];
    let field = head.starts_with("<input type=text data-hole=");
    assert!(own.contains(&head.as_str()) || field, "{head}");
    element.nodes().iter().for_each(only_words_and_fields);
}

fn head(element: &Element) -> String {
    let attrs: Vec<String> = element
        .attrs()
        .iter()
        .map(|(name, value)| format!("{name}={}", value.to_text()))
        .collect();
    format!("<{} {}>", element.tag(), attrs.join(" "))
}

/// Entries beside whose twin the verdict itself differs: prose is no token, a word could be one.
const OTHER_VERDICT: &[&str] = &["html-099"];

#[test]
fn only_texts_differ_from_the_harmless_twin() {
    let mut broken = Vec::new();
    for entry in entries("inert_dom") {
        let [hostile, twin] = ["input", "input_twin"].map(|name| {
            let mut list = Vec::new();
            shape(&drawn(&input(&entry[name])), &mut list);
            list
        });
        let excused = OTHER_VERDICT.iter().any(|id| entry["id"] == *id);
        assert!(
            !excused || hostile != twin,
            "{} needs no excuse",
            entry["id"]
        );
        if hostile != twin && !excused {
            let at = hostile.iter().zip(&twin).position(|(a, b)| a != b);
            let at = at.unwrap_or(hostile.len().min(twin.len()));
            broken.push(format!(
                "{} ({}): {:?} beside {:?}",
                entry["id"],
                entry["what"],
                hostile.get(at),
                twin.get(at)
            ));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_page_shows_the_whole_text_and_nothing_hidden() {
    let mut broken = Vec::new();
    for entry in entries("text_verbatim") {
        let text = drawn(&input(&entry["input"])).to_text();
        let wanted = entry["expect"]["text"].as_str().unwrap();
        let shown = why401::visible::in_line(wanted);
        if !text.contains(wanted) && !text.contains(&*shown) {
            broken.push(format!("{} ({}): {wanted:?}", entry["id"], entry["what"]));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn hidden_characters_never_reach_the_page_or_the_copied_report() {
    for entry in entries("visible_controls") {
        let input = input(&entry["input"]);
        let report = diagnose(&input);
        let shown = page(&report, &View::of(&report)).to_text();
        let copied = to_markdown(&report, Identities::Shown);
        for text in [shown, copied] {
            let raw = text
                .chars()
                .find(|char| is_hidden(*char) && !matches!(char, '\n' | '\t'));
            assert_eq!(raw, None, "{} ({})", entry["id"], entry["what"]);
        }
    }
}

#[test]
fn secrets_reach_neither_the_page_nor_the_copied_report() {
    for entry in entries("redacts") {
        let input = input(&entry["input"]);
        let report = diagnose(&input);
        let shown = page(&report, &View::of(&report)).to_text();
        let copied = to_markdown(&report, Identities::Shown);
        for secret in entry["expect"]["secrets"].as_array().unwrap() {
            let secret = secret.as_str().unwrap();
            assert!(!shown.contains(secret), "{} on the page", entry["id"]);
            assert!(!copied.contains(secret), "{} copied", entry["id"]);
        }
    }
}

/// The page draws what these lists allow and fails at the rest, so a view may have nothing else, and
/// the lists nothing that no view has.
#[test]
fn a_view_has_what_may_be_drawn_and_nothing_is_allowed_in_vain() {
    fn look(node: &Node, seen: &mut BTreeSet<&'static str>) {
        let Node::Element(element) = node else { return };
        assert!(TAGS.contains(&element.tag()), "{}", element.tag());
        seen.insert(element.tag());
        for (name, value) in element.attrs() {
            assert!(may_have(name, &value.to_text()), "{name} {value:?}");
            seen.insert(name);
        }
        for child in element.nodes() {
            look(child, seen);
        }
    }
    let cases = corpus::read(Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/cases"
    )))
    .unwrap();
    assert!(cases.len() >= 130);
    let hostile = entries("inert_dom");
    let hostile: Vec<_> = hostile.iter().map(|entry| input(&entry["input"])).collect();
    let mut seen = BTreeSet::new();
    for input in cases.iter().map(|case| &case.input).chain(&hostile) {
        let report = diagnose(input);
        let view = View {
            mask: true,
            question: why401::view::questions::ask(&report),
            ..View::of(&report)
        };
        look(&page(&report, &view), &mut seen);
    }
    let unused: Vec<_> = TAGS
        .iter()
        .chain(ATTRIBUTES)
        .filter(|name| !seen.contains(*name))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}
