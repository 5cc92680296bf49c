//! Packs the catalogue, `src/errors/*.jsonl`, into a table of the program.
//!
//! A row's example, place and source are for the tests and the docs; the program holds the
//! pattern and what it means. A row that is not as it must be stops the build and is named.

#[path = "dense.rs"]
#[allow(dead_code)]
mod dense;
#[path = "grams.rs"]
#[allow(dead_code)]
mod grams;

use serde_json::Value;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=src/errors");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut files: Vec<PathBuf> = fs::read_dir(root.join("src/errors"))
        .expect("the catalogue's folder")
        .map(|entry| entry.expect("a file of the catalogue").path())
        .filter(|path| path.extension().is_some_and(|end| end == "jsonl"))
        .collect();
    files.sort();
    let mut emitters = String::new();
    let mut rows = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let text = fs::read_to_string(file).expect("a readable file");
        let mut lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty());
        let (_, first) = lines
            .next()
            .unwrap_or_else(|| panic!("{}: empty", file.display()));
        let header = parse(file, 1, first);
        writeln!(
            emitters,
            "Emitter {{ name: {:?}, speaker: Answerer::{} }},",
            member(file, 1, &header, "name"),
            speaker(file, 1, member(file, 1, &header, "speaker")),
        )
        .expect("a string");
        rows.extend(lines.map(|(at, line)| (file, at + 1, index, parse(file, at + 1, line))));
    }
    let patterns: Vec<String> = rows
        .iter()
        .map(|(file, at, _, row)| pattern(member(file, *at, row, "says")))
        .collect();
    let frequency = frequency(&patterns);
    let mut variants = Names::default();
    let mut causes = Names::default();
    let mut alsos = Names::default();
    let mut table = String::new();
    for ((file, at, emitter, row), says) in rows.iter().zip(&patterns) {
        let text = |name: &str| row.get(name).and_then(Value::as_str);
        let signal =
            text("signal").map_or("None".to_owned(), |name| format!("Some(Signal::{name})"));
        let own = text("speaker").map_or("None".to_owned(), |own| {
            format!("Some(Answerer::{})", speaker(file, *at, own))
        });
        let also: Vec<&str> = row
            .get("also")
            .and_then(Value::as_array)
            .map(|also| also.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        writeln!(
            table,
            "Row {{ says: {says:?}, anchor: {}, emitter: {emitter}, strength: Strength::{}, variant: {}, cause: {}, also: {}, signal: {signal}, speaker: {own} }},",
            anchor(says, &frequency).unwrap_or_else(|| panic!("{}:{at}: too short", file.display())),
            strength(file, *at, member(file, *at, row, "strength")),
            variants.place(&format!("{:?}", member(file, *at, row, "variant"))),
            causes.place(&format!("{:?}", text("cause").unwrap_or_default())),
            alsos.place(&format!("&{also:?}")),
        )
        .expect("a string");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let text = format!(
        "pub(crate) static EMITTERS: &[Emitter] = &[\n{emitters}];\n\
         static VARIANTS: &[&str] = &[{}];\n\
         static CAUSES: &[&str] = &[{}];\n\
         static ALSO: &[&[&str]] = &[{}];\n\
         pub(crate) static ROWS: &[Row] = &[\n{table}];\n",
        variants.list(),
        causes.list(),
        alsos.list(),
    );
    fs::write(out.join("errors.rs"), text).expect("a writable folder");
}

/// Names that stand once in the program, and are meant by their place.
#[derive(Default)]
struct Names(Vec<String>);

impl Names {
    fn place(&mut self, name: &str) -> usize {
        match self.0.iter().position(|known| known == name) {
            Some(place) => place,
            None => {
                self.0.push(name.to_owned());
                self.0.len() - 1
            }
        }
    }

    fn list(&self) -> String {
        self.0.join(", ")
    }
}

/// How often each group of four bytes stands in the catalogue.
fn frequency(patterns: &[String]) -> HashMap<u32, usize> {
    let mut frequency = HashMap::new();
    for pattern in patterns {
        for hash in hashes(pattern) {
            *frequency.entry(hash).or_default() += 1;
        }
    }
    frequency
}

/// The rarest group of a pattern: most texts have not even that one.
fn anchor(pattern: &str, frequency: &HashMap<u32, usize>) -> Option<u32> {
    hashes(pattern).min_by_key(|hash| (frequency.get(hash), *hash))
}

fn hashes(pattern: &str) -> impl Iterator<Item = u32> {
    constants(pattern).flat_map(|piece| grams::hashes(piece).collect::<Vec<_>>())
}

/// The constant pieces of a pattern.
fn constants(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split([HOLE, HOLE_END]).step_by(2)
}

/// Before and after a hole's name.
const HOLE: char = '\u{1}';
const HOLE_END: char = '\u{2}';

fn parse(file: &Path, line: usize, text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{}:{line}: {error}", file.display()))
}

fn member<'v>(file: &Path, line: usize, row: &'v Value, name: &str) -> &'v str {
    row.get(name)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("{}:{line}: no text `{name}`", file.display()))
}

/// Constant words, dense and in lower case, with the names of the holes between marks.
fn pattern(says: &str) -> String {
    let dense = |text: &str| dense::Dense::of(text).text.to_ascii_lowercase();
    let mut pattern = String::new();
    let mut constant = String::new();
    let mut rest = says;
    while let Some((before, after)) = rest.split_once('{') {
        constant.push_str(before);
        let name = after.split_once('}').filter(|(name, _)| {
            name.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        });
        if let Some((name, after)) = name {
            pattern.push_str(&dense(&constant));
            constant.clear();
            pattern.push(HOLE);
            pattern.push_str(name);
            pattern.push(HOLE_END);
            rest = after;
        } else {
            constant.push('{');
            rest = after;
        }
    }
    constant.push_str(rest);
    pattern.push_str(&dense(&constant));
    pattern
}

fn strength(file: &Path, line: usize, name: &str) -> &'static str {
    match name {
        "own" => "Own",
        "common" => "Common",
        "family" => "Family",
        _ => panic!("{}:{line}: strength `{name}`", file.display()),
    }
}

fn speaker(file: &Path, line: usize, name: &str) -> &'static str {
    match name {
        "edge" => "Edge",
        "iap" => "Iap",
        "google-api" => "GoogleApi",
        "gateway" => "Gateway",
        "token-source" => "TokenSource",
        "app" => "App",
        "browser" => "Browser",
        "policy" => "Policy",
        "tool" => "Tool",
        "other-vendor" => "OtherVendor",
        _ => panic!("{}:{line}: speaker `{name}`", file.display()),
    }
}
