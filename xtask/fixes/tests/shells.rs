//! What is printed for hostile input, run by real shells: the programs are called with exactly
//! the words meant, nothing else runs, refused values are in no command, legitimate ones are.

mod support;

use fixes::Scene;
use serde_json::Value;
use std::collections::BTreeMap;
use support::shell;
use support::stub::{SHELLS, Stubs, recorded};
use why401::Input;
use why401::fix::Fix;

struct Entry {
    id: String,
    value: Option<String>,
    policy: String,
    fixes: Vec<Fix>,
}

/// The entries that tell what may be printed, and those that try to be printed.
fn entries() -> Vec<Entry> {
    let path = fixes::root().join("tests/hostile/hostile.json");
    let hostile: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let now = hostile["now"].as_i64().unwrap();
    let groups = ["shell", "argv", "look"];
    hostile["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| groups.contains(&entry["category"].as_str().unwrap()))
        .enumerate()
        .map(|(number, entry)| {
            let text = |name: &str| entry["input"][name].as_str().unwrap_or_default().to_owned();
            let mut input = Input::at(now);
            input.paste = text("paste");
            input.service_url = text("service_url");
            input.service = text("service");
            let expected = &entry["expect"]["shell"];
            Entry {
                id: entry["id"].as_str().unwrap().to_owned(),
                value: expected["value"].as_str().map(str::to_owned),
                policy: expected["policy"].as_str().unwrap_or_default().to_owned(),
                fixes: every_caller(number, &input),
            }
        })
        .collect()
}

/// What the report prints for every caller; for one of them, another for each entry, and where none
/// is told also the fixes of every variant.
fn every_caller(number: usize, input: &Input) -> Vec<Fix> {
    let callers = why401::Caller::ALL;
    std::iter::once(None)
        .chain(callers.iter().copied().map(Some))
        .flat_map(|caller| {
            let mut input = input.clone();
            input.caller = caller;
            let scene = if caller.is_none() || caller == Some(callers[number % callers.len()]) {
                Scene::of_all(String::new(), input)
            } else {
                Scene::of(String::new(), input)
            };
            scene.fixes().into_iter().map(|(_, fix)| fix)
        })
        .collect()
}

fn commands(fixes: &[Fix]) -> impl Iterator<Item = &str> {
    let snippets = fixes.iter().flat_map(|fix| &fix.snippets);
    snippets
        .filter(|snippet| snippet.language.id() == "sh")
        .map(|snippet| snippet.text.as_str())
}

#[test]
fn every_value_is_printed_or_left_out_by_its_policy() {
    let entries = entries();
    assert!(entries.len() > 100);
    let mut faults = Vec::new();
    for entry in &entries {
        let Some(value) = &entry.value else { continue };
        let words: Vec<String> = commands(&entry.fixes)
            .flat_map(|text| shell::calls(text).unwrap())
            .flatten()
            .collect();
        let printed = words.iter().any(|word| holds(word, value));
        let in_code = value.len() >= 8
            && entry
                .fixes
                .iter()
                .flat_map(|fix| &fix.snippets)
                .any(|snippet| snippet.text.contains(value.as_str()));
        let explained = entry
            .fixes
            .iter()
            .any(|fix| fix.caution.contains("left out"));
        match entry.policy.as_str() {
            "refuse" if printed || in_code => {
                faults.push(format!("{}: {value:?} is printed", entry.id))
            }
            "refuse" if named(&entry.id) && !explained => {
                faults.push(format!(
                    "{}: nothing says that {value:?} is left out",
                    entry.id
                ));
            }
            "must_offer" if !printed => {
                faults.push(format!("{}: {value:?} is not offered", entry.id))
            }
            _ => {}
        }
        if entry.fixes.iter().any(|fix| {
            fix.caution.contains(value.as_str()) && value.len() >= 8 && entry.policy == "refuse"
        }) {
            faults.push(format!("{}: the caution repeats {value:?}", entry.id));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Entries whose value stands where a command would take it; `azp` and `sub` never enter one.
fn named(id: &str) -> bool {
    let number: usize = id.rsplit('-').next().unwrap().parse().unwrap();
    !(id.starts_with("shell") && (99..=133).contains(&number) || id == "argv-013")
}

/// The word holds the value where it would count: whole, or as a flag's or member's value.
fn holds(word: &str, value: &str) -> bool {
    word == value
        || word
            .strip_suffix(value)
            .is_some_and(|front| front.ends_with(['=', ':']))
        || (value.len() >= 8 && word.contains(value))
}

#[test]
fn no_command_holds_a_control_character_or_an_open_line() {
    for entry in entries() {
        for text in commands(&entry.fixes) {
            let lines = text.replace(" \\\n  ", " ");
            assert!(!lines.contains(char::is_control), "{}: {text:?}", entry.id);
            assert!(!text.ends_with('\n'), "{}: {text:?}", entry.id);
        }
    }
}

#[test]
fn every_shell_calls_the_programs_with_the_words_meant() {
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    for entry in entries() {
        for text in commands(&entry.fixes) {
            places
                .entry(text.to_owned())
                .or_insert_with(|| entry.id.clone());
        }
    }
    let texts: Vec<&String> = places.keys().collect();
    let stubs = Stubs::new("shells");
    let mut shells = 0;
    for shell in SHELLS.iter().filter(|shell| stubs.has(shell)) {
        shells += 1;
        for chunk in texts.chunks(100) {
            let script: String = chunk
                .iter()
                .flat_map(|text| [text.as_str(), "\n"])
                .collect();
            let expected: Vec<(Vec<u8>, &str)> = chunk
                .iter()
                .flat_map(|text| {
                    shell::calls(text)
                        .unwrap()
                        .into_iter()
                        .map(|words| (recorded(&words), text.as_str()))
                })
                .collect();
            let (calls, littered) = stubs.run(shell, &script);
            assert!(!littered, "{shell:?} made a file in one of {chunk:?}");
            for (call, (expected, text)) in calls.iter().zip(&expected) {
                assert_eq!(
                    String::from_utf8_lossy(call),
                    String::from_utf8_lossy(expected),
                    "{shell:?}, {text}, {}",
                    places[*text]
                );
            }
            assert_eq!(calls.len(), expected.len(), "{shell:?}");
        }
    }
    println!("{} commands in {shells} shells", texts.len());
    assert!(shells >= 2, "sh and bash at least are there");
    assert!(texts.len() > 50);
}
