//! Packs the catalogue, `src/errors/*.jsonl`, into a table of the program.
//!
//! A row's example, place and source are for the tests and the docs; the program holds the
//! pattern and what it means. A row that is not as it must be stops the build and is named.

#[path = "dense.rs"]
#[allow(dead_code)]
mod dense;

use serde_json::Value;
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
    let mut rows = String::new();
    for (index, file) in files.iter().enumerate() {
        let text = fs::read_to_string(file).expect("a readable file");
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let (_, first) = lines.next().unwrap_or_else(|| panic!("{}: empty", file.display()));
        let header = parse(file, 1, first);
        writeln!(
            emitters,
            "Emitter {{ id: {:?}, name: {:?}, speaker: Answerer::{} }},",
            member(file, 1, &header, "emitter"),
            member(file, 1, &header, "name"),
            speaker(file, 1, member(file, 1, &header, "speaker")),
        )
        .expect("a string");
        for (at, line) in lines {
            let row = parse(file, at + 1, line);
            let own = row.get("speaker").and_then(Value::as_str);
            let signal = row.get("signal").and_then(Value::as_str).map_or("None".to_owned(), |name| {
                format!("Some(Signal::{name})")
            });
            writeln!(
                rows,
                "Row {{ says: &{:?}, emitter: {index}, strength: Strength::{}, variant: {:?}, cause: {:?}, also: &{:?}, signal: {signal}, speaker: {} }},",
                pieces(member(file, at + 1, &row, "says")),
                strength(file, at + 1, member(file, at + 1, &row, "strength")),
                member(file, at + 1, &row, "variant"),
                row.get("cause").and_then(Value::as_str).unwrap_or_default(),
                row.get("also")
                    .and_then(Value::as_array)
                    .map(|also| also.iter().filter_map(Value::as_str).collect::<Vec<_>>())
                    .unwrap_or_default(),
                own.map_or("None".to_owned(), |own| format!("Some(Answerer::{})", speaker(file, at + 1, own))),
            )
            .expect("a string");
        }
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let text = format!(
        "pub(crate) static EMITTERS: &[Emitter] = &[\n{emitters}];\npub(crate) static ROWS: &[Row] = &[\n{rows}];\n"
    );
    fs::write(out.join("errors.rs"), text).expect("a writable folder");
}

fn parse(file: &Path, line: usize, text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{}:{line}: {error}", file.display()))
}

fn member<'v>(file: &Path, line: usize, row: &'v Value, name: &str) -> &'v str {
    row.get(name)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("{}:{line}: no text `{name}`", file.display()))
}

/// Constant words and the names of the holes between them, in turn.
fn pieces(says: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut rest = says;
    while let Some((before, after)) = rest.split_once('{') {
        let name = after.split_once('}').filter(|(name, _)| {
            name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        });
        let last = pieces.last_mut().expect("never empty");
        last.push_str(before);
        if let Some((name, after)) = name {
            pieces.extend([name.to_owned(), String::new()]);
            rest = after;
        } else {
            last.push('{');
            rest = after;
        }
    }
    pieces.last_mut().expect("never empty").push_str(rest);
    for piece in pieces.iter_mut().step_by(2) {
        *piece = dense::Dense::of(piece).text.to_ascii_lowercase();
    }
    pieces
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
