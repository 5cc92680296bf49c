//! The real command line of gcloud, from tests/gcloud/flags.json.

use serde_json::Value;
use std::collections::BTreeSet;

/// The command table.
pub struct Gcloud {
    table: Value,
}

impl Gcloud {
    /// Reads the table.
    pub fn read() -> Self {
        let text = std::fs::read_to_string(fixes::root().join("tests/gcloud/flags.json")).unwrap();
        Self {
            table: serde_json::from_str(&text).unwrap(),
        }
    }

    /// What is wrong with a call of gcloud; `words` begins with `gcloud`.
    pub fn faults(&self, words: &[String]) -> Vec<String> {
        let words = &words[1..];
        let Some((path, command)) = (1..=words.len())
            .rev()
            .map(|length| words[..length].join(" "))
            .find_map(|path| Some((path.clone(), self.table.get(&path)?)))
            .filter(|(path, _)| !path.starts_with('_'))
        else {
            return vec![format!("no such command: {}", words.join(" "))];
        };
        let mut faults = Vec::new();
        let mut given = BTreeSet::new();
        let mut positionals = 0;
        for word in &words[path.split(' ').count()..] {
            if word.starts_with('-') {
                given.extend(self.flag(command, word, &mut faults));
            } else {
                positionals += 1;
            }
        }
        let named = list(&command["positionals"]);
        let required = named.iter().filter(|name| name["required"] == true).count();
        if positionals < required || positionals > named.len() {
            faults.push(format!(
                "{positionals} positionals, {required} to {} wanted",
                named.len()
            ));
        }
        for name in named.iter().take(positionals) {
            given.extend(name["name"].as_str().map(str::to_owned));
        }
        group(&command["constraint"], &given, true, &mut faults);
        traps(&path, &given, &mut faults);
        faults
            .iter()
            .map(|fault| format!("gcloud {path}: {fault}"))
            .collect()
    }

    /// Whether a word is a flag with one of its choices, such as `--direction=INGRESS`.
    pub fn chooses(&self, word: &str) -> bool {
        let Some((flag, value)) = word.split_once('=') else {
            return false;
        };
        let commands = self
            .table
            .as_object()
            .into_iter()
            .flat_map(|table| table.values());
        commands
            .filter_map(|command| command["flags"].get(flag))
            .any(|flag| list(&flag["choices"]).iter().any(|choice| choice == value))
    }

    /// Checks `--flag` or `--flag=value` and answers with the flag's name.
    fn flag(&self, command: &Value, word: &str, faults: &mut Vec<String>) -> Option<String> {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word, None),
        };
        let own = command["flags"].get(name);
        let Some(flag) = own.or_else(|| self.table["_global_flags"].get(name)) else {
            faults.push(format!("no flag {name}"));
            return None;
        };
        let takes_value = flag["takes_value"] == true;
        if takes_value != value.is_some() {
            faults.push(format!(
                "{name} takes {} value",
                if takes_value { "a" } else { "no" }
            ));
        }
        let value = value.unwrap_or_default();
        if flag["type"] == "int" && value.parse::<u32>().is_err() {
            faults.push(format!("{name}={value} is no number"));
        }
        let choices = list(&flag["choices"]);
        if !choices.is_empty() && !choices.iter().any(|choice| choice == value) {
            faults.push(format!("{name}={value} is no choice"));
        }
        if flag["list"] == true && !meant(name, value, flag["type"] == "dict") {
            faults.push(format!("{name}={value} would be split"));
        }
        Some(name.to_owned())
    }
}

/// Whether gcloud takes the value of a list or dictionary apart as it is meant.
///
/// A list holds one item, which has no delimiter, but for the lists that are ours. A dictionary
/// holds a pair in each item; a piece without a key is the rest of a value that was cut.
fn meant(name: &str, value: &str, dictionary: bool) -> bool {
    let Some((delimiter, value)) = delimited(value) else {
        return false;
    };
    let mut items = value.split(delimiter);
    if dictionary && name == "--condition" && value == "None" {
        // The one key of gcloud's dictionaries that has no value: `allow_key_only` in iam_util.py.
        true
    } else if dictionary {
        let mut keys = BTreeSet::new();
        items.all(|item| {
            let key = item.split_once('=').map_or("", |(key, _)| key);
            let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
            // The later of two equal keys would be the only one that counts.
            !key.is_empty() && key.chars().all(plain) && keys.insert(key.to_owned())
        })
    } else {
        items.count() == 1 || ours(name)
    }
}

/// What separates the items of a list, and the items: `^;^a,b` has one, `a,b`
/// (`gcloud topic escaping`, and `ArgList` in its source). Nothing for what gcloud refuses, and for
/// a delimiter that we would not have chosen: then a value happened to begin so.
fn delimited(value: &str) -> Option<(&str, &str)> {
    let Some((delimiter, items)) = value
        .strip_prefix('^')
        .and_then(|rest| rest.split_once('^'))
    else {
        return Some((",", value));
    };
    (matches!(delimiter, ";" | ":" | "|" | "@") && items.contains(','))
        .then_some((delimiter, items))
}

/// Lists that are constants of ours.
fn ours(flag: &str) -> bool {
    matches!(flag, "--flatten" | "--scopes" | "--source-ranges")
}

/// Holds a group of arguments against what is given; answers whether any of it is.
///
/// `!` marks what must be there if anything of the group is, `||` the two forms of a switch.
fn group(
    node: &Value,
    given: &BTreeSet<String>,
    outermost: bool,
    faults: &mut Vec<String>,
) -> bool {
    let mut present = Vec::new();
    let mut missing = Vec::new();
    for argument in list(&node["args"]) {
        match argument.as_str() {
            Some(text) => {
                let names = text.trim_start_matches('!');
                let here = names
                    .split("||")
                    .any(|name| given.contains(name.trim_start_matches('!')));
                if here {
                    present.push(names.to_owned());
                } else if text.starts_with('!') {
                    missing.push(names.to_owned());
                }
            }
            None => {
                if group(&argument, given, false, faults) {
                    present.push("a group".to_owned());
                }
            }
        }
    }
    if node["mutex"] == true && present.len() > 1 {
        faults.push(format!("{} exclude each other", present.join(" and ")));
    }
    let wanted = outermost || node["required"] == true || !present.is_empty();
    if wanted && !missing.is_empty() {
        faults.push(format!("{} missing", missing.join(" and ")));
    }
    if node["required"] == true && present.is_empty() {
        faults.push(format!("one of {} missing", node["args"]));
    }
    !present.is_empty()
}

/// What no table shows: commands that parse, and then fail or do something else.
fn traps(path: &str, given: &BTreeSet<String>, faults: &mut Vec<String>) {
    let has = |name: &str| given.contains(name);
    let impersonates = has("--impersonate-service-account");
    if path == "auth print-identity-token" {
        if has("--audiences") && !impersonates && !has("ACCOUNT") {
            faults.push("--audiences is refused for a person".to_owned());
        }
        if has("--include-email") && !impersonates {
            faults.push("--include-email needs impersonation".to_owned());
        }
    }
    let regional = path.starts_with("functions ") && path != "functions list"
        || path.starts_with("run ") && !path.ends_with(" list")
        || path.starts_with("iap web ") && has("--service") && has("--region");
    if regional && !has("--region") {
        faults.push("without --region it asks, or takes another region".to_owned());
    }
    let located = [
        "scheduler jobs",
        "tasks ",
        "eventarc triggers",
        "workflows ",
    ]
    .iter()
    .any(|group| path.starts_with(group));
    if located && !has("--location") {
        faults.push("without --location it asks, or takes another location".to_owned());
    }
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}
