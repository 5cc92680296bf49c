//! Inputs that once broke a promise of SECURITY.md, each with what no output may hold.
//!
//! An entry's `channels` say where to look. Each channel has one check in [`CHECKS`]; those of the
//! page and of the command's own errors have theirs elsewhere.

use serde_json::Value;
use why401::report::to_json;
use why401::{Input, diagnose};

/// An entry with the commands that its report prints.
struct Seen {
    commands: Vec<String>,
    must_not: Vec<String>,
}

/// The first command or text that breaks the promise.
type Check = fn(&Seen) -> Option<&String>;

const CHECKS: &[(&str, Check)] = &[
    ("cmd", |seen| {
        seen.commands.iter().find(|command| {
            let sends = command.contains("curl") && command.contains("print-access-token)");
            sends && (!command.contains(".googleapis.com/") || command.contains("evil"))
        })
    }),
    ("cmdid", |seen| {
        seen.commands
            .iter()
            .find(|command| command.contains("print-identity-token)") && command.contains("evil"))
    }),
    ("cmdrole", held),
    ("cmdtext", held),
];

fn held(seen: &Seen) -> Option<&String> {
    let held = |command: &&String| seen.must_not.iter().any(|text| command.contains(text));
    seen.commands.iter().find(held)
}

#[test]
fn no_command_breaks_a_promise() {
    let mut checked = 0;
    for entry in entries() {
        let channels = words(&entry["channels"]);
        let checks: Vec<_> = CHECKS
            .iter()
            .filter(|(channel, _)| channels.iter().any(|name| name == channel))
            .collect();
        if checks.is_empty() {
            continue;
        }
        let seen = Seen {
            commands: commands(&to_json(&diagnose(&input(&entry)))),
            must_not: words(&entry["must_not"]),
        };
        for (channel, check) in checks {
            checked += 1;
            assert_eq!(check(&seen), None, "{}, {channel}", entry["name"]);
        }
    }
    assert!(checked >= 9, "{checked} checks are no proof");
}

#[test]
fn what_a_field_or_answer_names_as_a_role_is_not_repeated() {
    let mut checked = 0;
    for entry in entries().iter().filter(|entry| entry["group"] == "fields") {
        checked += 1;
        let report = to_json(&diagnose(&input(entry)));
        for text in words(&entry["must_not"]) {
            assert!(!report.contains(&text), "{}", entry["name"]);
        }
    }
    assert!(checked > 0);
}

fn entries() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile/review.json");
    let text = std::fs::read_to_string(path).expect("the file");
    serde_json::from_str(&text).expect("JSON")
}

fn input(entry: &Value) -> Input {
    let args = &entry["args"];
    let text = |name: &str| args[name].as_str().unwrap_or_default().to_owned();
    let mut input = Input::at(1_795_000_000);
    input.paste = entry["paste"].as_str().unwrap_or_default().to_owned();
    input.service_url = text("serviceUrl");
    input.response = text("response");
    input.service = text("service");
    input.project = text("project");
    input.region = text("region");
    input.status = args["status"]
        .as_u64()
        .and_then(|status| u16::try_from(status).ok());
    input
}

/// Every shell command of a report.
fn commands(report: &str) -> Vec<String> {
    let report: Value = serde_json::from_str(report).expect("a report");
    let causes = report["causes"].as_array().expect("causes");
    causes
        .iter()
        .flat_map(|cause| cause["fixes"].as_array().expect("fixes"))
        .filter(|fix| fix["language"] == "sh")
        .map(|fix| fix["text"].as_str().expect("a command").to_owned())
        .collect()
}

fn words(list: &Value) -> Vec<String> {
    let words = list.as_array().map(Vec::as_slice).unwrap_or_default();
    words
        .iter()
        .filter_map(|word| word.as_str().map(str::to_owned))
        .collect()
}
