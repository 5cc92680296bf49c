//! Raw texts as people post them: the paste alone must lead to a right verdict, with nothing false
//! in it. `tests/raw/README.md` tells what each expectation means.

use std::path::Path;

use serde_json::Value;
use why401::{Input, diagnose, report};

/// Today.
const NOW: i64 = 1_795_000_000;

#[test]
fn every_raw_text_is_understood() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/raw");
    let mut wrong = Vec::new();
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let case: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let mut input = Input::at(NOW);
        input.paste = std::fs::read_to_string(path.with_extension("txt")).unwrap();
        let report: Value = serde_json::from_str(&report::to_json(&diagnose(&input))).unwrap();
        read += 1;
        let faults = faults(&case["expect"], &report);
        if !faults.is_empty() {
            wrong.push(format!("{}: {}", case["id"], faults.join("; ")));
        }
    }
    assert!(read >= 12, "only {read} texts");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn faults(expect: &Value, report: &Value) -> Vec<String> {
    let headline = &report["headline"];
    let id = headline["id"].as_str().unwrap();
    let cause = &report["causes"][0];
    let all = flat(&format!("{headline} {cause}"));
    let change = cause["fixes"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|fix| fix["effect"] != "reads");
    let mut faults = Vec::new();
    if !texts(&expect["ok"]).contains(&id) {
        faults.push(format!("the headline is {id}"));
    }
    if texts(&expect["never_id"]).contains(&id) {
        faults.push(format!("{id} is false here"));
    }
    if !one_of(&expect["say"], &all) {
        faults.push(format!("does not say {}", expect["say"]));
    }
    if !expect["first"].is_null()
        && !change.is_some_and(|change| one_of(&expect["first"], &flat(&change.to_string())))
    {
        faults.push(format!("the first change lacks {}", expect["first"]));
    }
    for never in texts(&expect["never"]) {
        if all.contains(&flat(never)) {
            faults.push(format!("says {never}"));
        }
    }
    let rank = |likelihood: &str| {
        ["possible", "likely", "certain"]
            .iter()
            .position(|one| *one == likelihood)
    };
    if let Some(most) = expect["max"].as_str()
        && rank(headline["likelihood"].as_str().unwrap()) > rank(most)
    {
        faults.push("is too sure".to_owned());
    }
    faults
}

/// Whether the text holds all fragments of one alternative.
fn one_of(alternatives: &Value, text: &str) -> bool {
    let Some(alternatives) = alternatives.as_array() else {
        return true;
    };
    alternatives.iter().any(|all| {
        texts(all)
            .iter()
            .all(|fragment| text.contains(&flat(fragment)))
    })
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

fn flat(text: &str) -> String {
    text.to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
