//! A made-up export of Cloud Logging, of any length: kinds of refusal planted among entries that are
//! none, and what was planted. `tests/triage/` holds the kinds.

use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::VecDeque;
use std::path::Path;

/// A kind of refusal: the group that it should make, and the entries of one such request.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Its name.
    pub name: String,
    /// `id`, `variant`, `service`, `account`, `caller`, `status` of its group.
    pub expect: Value,
    entries: Vec<String>,
}

/// An entry of the export.
#[derive(Debug, Clone)]
pub struct Entry {
    /// JSON on one line.
    pub text: String,
    /// The kind it is of, by its number; `None` when it is no refusal.
    pub kind: Option<usize>,
    /// Its moment, in seconds since 1970 (UTC).
    pub time: i64,
    /// It is the first of its request.
    pub is_first: bool,
}

/// The kinds and the entries that are no refusal.
#[derive(Debug)]
pub struct Export {
    /// The kinds of refusal.
    pub kinds: Vec<Kind>,
    fine: Vec<String>,
}

/// When the first entry was written: seconds since 1970 (UTC).
pub const START: i64 = 1_795_000_000;

impl Export {
    /// Reads `kinds.jsonl` and `fine.jsonl` of a folder.
    ///
    /// # Errors
    /// Names the file that cannot be read.
    pub fn read(folder: &Path) -> Result<Self> {
        let lines = |name: &str| {
            std::fs::read_to_string(folder.join(name)).with_context(|| format!("{name} is missing"))
        };
        let kind = |line: &str| -> Result<Kind> {
            let told: Value = serde_json::from_str(line)?;
            Ok(Kind {
                name: told["kind"].as_str().context("no kind")?.to_owned(),
                expect: told["expect"].clone(),
                entries: told["entries"]
                    .as_array()
                    .context("no entries")?
                    .iter()
                    .map(Value::to_string)
                    .collect(),
            })
        };
        Ok(Self {
            kinds: lines("kinds.jsonl")?
                .lines()
                .map(kind)
                .collect::<Result<_>>()?,
            fine: lines("fine.jsonl")?.lines().map(str::to_owned).collect(),
        })
    }

    /// So many entries, or one more, of which one in `every` begins a refused request.
    pub fn entries(&self, count: usize, every: u64, seed: u64) -> impl Iterator<Item = Entry> + '_ {
        let mut dice = Dice(seed);
        let mut later: VecDeque<(usize, Entry)> = VecDeque::new();
        let mut planted = 0;
        (0..count).map(move |at| {
            let time = START + i64::try_from(at / 4).unwrap_or_default();
            if let Some((due, _)) = later.front()
                && *due <= at
                && let Some((_, entry)) = later.pop_front()
            {
                return Entry {
                    time,
                    text: entry.text.replace("{TIME}", &moment(time, at)),
                    ..entry
                };
            }
            if dice.below(every) != 0 {
                let which = usize::try_from(dice.below(self.fine.len() as u64)).unwrap_or_default();
                let text =
                    filled(&self.fine[which], &mut dice, None).replace("{TIME}", &moment(time, at));
                return Entry {
                    text,
                    kind: None,
                    time,
                    is_first: false,
                };
            }
            let number = planted % self.kinds.len();
            planted += 1;
            let trace = dice.hex(32);
            let mut first = None;
            for (nth, template) in self.kinds[number].entries.iter().enumerate() {
                let entry = Entry {
                    text: filled(template, &mut dice, Some(&trace)),
                    kind: Some(number),
                    time,
                    is_first: nth == 0,
                };
                if nth == 0 {
                    first = Some(entry);
                } else {
                    later.push_back((
                        at + 3 + usize::try_from(dice.below(20)).unwrap_or_default(),
                        entry,
                    ));
                }
            }
            let mut first = first.expect("a kind has entries");
            first.text = first.text.replace("{TIME}", &moment(time, at));
            first
        })
    }
}

fn moment(time: i64, at: usize) -> String {
    let second = why401::time::rfc3339(time).unwrap_or_default();
    second.replace('Z', &format!(".{:03}Z", at % 4 * 250))
}

fn filled(template: &str, dice: &mut Dice, trace: Option<&str>) -> String {
    let trace = trace.map_or_else(|| dice.hex(32), str::to_owned);
    template
        .replace("{ID}", &dice.hex(20))
        .replace("{TRACE}", &trace)
        .replace("{SPAN}", &dice.hex(16))
        .replace(
            "{REV}",
            &format!(
                "{:05}-{}",
                dice.below(30),
                ["abc", "kfp", "tny"][(dice.0 % 3) as usize]
            ),
        )
        .replace("{BYTE}", &dice.below(250).to_string())
        .replace("{N}", &dice.below(100_000).to_string())
}

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most.max(1)
    }

    fn hex(&mut self, length: usize) -> String {
        let mut text = String::new();
        while text.len() < length {
            self.below(2);
            text.push_str(&format!("{:016x}", self.0));
        }
        text.truncate(length);
        text
    }
}

/// Entries as `gcloud logging read` prints them.
pub fn yaml(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        text.push_str("---\n");
        push_yaml(&parsed(entry), 0, &mut text);
    }
    text
}

fn parsed(entry: &Entry) -> Value {
    serde_json::from_str(&entry.text).expect("the generator writes JSON")
}

fn push_yaml(value: &Value, depth: usize, text: &mut String) {
    let Value::Object(members) = value else {
        return;
    };
    let mut names: Vec<&String> = members.keys().collect();
    names.sort();
    for name in names {
        text.push_str(&format!("{}{}:", "  ".repeat(depth), yaml_name(name)));
        push_yaml_value(&members[name], depth, text);
    }
}

fn yaml_name(name: &str) -> String {
    if name.starts_with('@') {
        format!("'{name}'")
    } else {
        name.to_owned()
    }
}

fn push_yaml_value(value: &Value, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(members) if members.is_empty() => text.push_str(" {}\n"),
        Value::Object(_) => {
            text.push('\n');
            push_yaml(value, depth + 1, text);
        }
        Value::Array(items) if items.is_empty() => text.push_str(" []\n"),
        Value::Array(items) => {
            text.push('\n');
            for item in items {
                let mut inner = String::new();
                push_yaml(item, depth + 1, &mut inner);
                text.push_str(&format!("{indent}- {}", inner.trim_start()));
            }
        }
        Value::String(words) if words.contains('\n') => {
            text.push_str(" |-\n");
            for line in words.lines() {
                text.push_str(&format!("{indent}  {line}\n"));
            }
        }
        Value::String(words) => text.push_str(&format!(" '{}'\n", words.replace('\'', "''"))),
        other => text.push_str(&format!(" {other}\n")),
    }
}

/// Entries as the console's CSV.
pub fn csv(entries: &[Entry]) -> String {
    let rows: Vec<Vec<(String, String)>> = entries
        .iter()
        .map(|entry| {
            let mut cells = Vec::new();
            push_cells(&parsed(entry), "", &mut cells);
            cells
        })
        .collect();
    let mut columns: Vec<&String> = rows.iter().flatten().map(|(name, _)| name).collect();
    columns.sort();
    columns.dedup();
    let mut text = columns
        .iter()
        .map(|name| name.as_str())
        .collect::<Vec<_>>()
        .join(",")
        + "\n";
    for row in &rows {
        let cells: Vec<String> = columns
            .iter()
            .map(|column| {
                let cell = row.iter().find(|(name, _)| name == *column);
                cell.map_or_else(String::new, |(_, cell)| quoted(cell))
            })
            .collect();
        text.push_str(&(cells.join(",") + "\n"));
    }
    text
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn push_cells(value: &Value, path: &str, cells: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                push_cells(value, &path, cells);
            }
        }
        Value::String(text) => cells.push((path.to_owned(), text.clone())),
        other => cells.push((path.to_owned(), other.to_string())),
    }
}

/// Entries as one JSON array, as `gcloud logging read --format=json` prints it.
pub fn array(entries: &[Entry]) -> String {
    let all: Vec<Value> = entries.iter().map(parsed).collect();
    serde_json::to_string_pretty(&all).expect("JSON") + "\n"
}

/// Entries as lines.
pub fn lines(entries: &[Entry]) -> String {
    entries
        .iter()
        .map(|entry| entry.text.clone() + "\n")
        .collect()
}
