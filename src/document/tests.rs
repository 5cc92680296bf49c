//! Every document of tests/documents and tests/worlds is recognised and says what it says.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::*;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn file(name: &str) -> String {
    std::fs::read_to_string(folder("documents").join(name)).expect("a document")
}

#[test]
fn explore() {
    let index = file("INDEX.md");
    for line in index.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let name = cells[0].trim_start_matches("| ").trim();
        let Ok(text) = std::fs::read_to_string(folder("documents").join(name)) else { continue };
        let parts = split(&text);
        let bare: Vec<String> = parts.parts.iter().map(|part| format!("{:?} {:?}", part.end, part.documents)).collect();
        let with = split(&format!("$ {}\n{text}", cells[1]));
        let with: Vec<String> = with.parts.iter().map(|part| format!("{:?} {:?}", part.end, part.documents)).collect();
        println!("== {name}\n  bare {}\n  with {}\n", bare.join("\n    "), if bare == with { "same".into() } else { with.join("\n    ") });
        if !parts.text.trim().is_empty() { println!("  left {:?}", parts.text); }
    }
}

#[test]
fn explore_worlds() {
    let mut bad: BTreeMap<String, usize> = BTreeMap::new();
    for entry in std::fs::read_dir(folder("worlds")).expect("worlds") {
        let path = entry.expect("entry").path();
        if path.extension().is_none_or(|ext| ext != "json") { continue }
        let world: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path).expect("read")).expect("json");
        let paste = world["input"]["paste"].as_str().unwrap_or_default();
        let outputs = world["outputs"].as_object().expect("outputs");
        let evidence: Vec<String> = outputs.iter().map(|(c, t)| format!("$ {c}\n{}", t.as_str().unwrap())).collect();
        let all = format!("{paste}\n\n{}\n", evidence.join("\n\n"));
        let parts = split(&all);
        for (command, text) in outputs {
            let found: Vec<&Part> = parts.parts.iter().filter(|part| part.origin.as_ref().is_some_and(|o| o.command == *command)).collect();
            if command.starts_with("curl -si") { if !found.is_empty() { println!("ANSWER TAKEN {command}"); } continue }
            if found.len() != 1 || found[0].documents.is_empty() || found[0].documents.iter().any(|d| matches!(d, Document::Unknown(_))) {
                println!("BAD {} {command}\n{text}\n{found:?}", path.display());
                *bad.entry(command.split(' ').take(4).collect::<Vec<_>>().join(" ")).or_default() += 1;
            } else if found[0].end != End::Seen {
                *bad.entry(format!("end {:?} {:?}", found[0].end, std::mem::discriminant(&found[0].documents[0])) + &command.split(' ').take(4).collect::<Vec<_>>().join(" ")).or_default() += 1;
            }
        }
        for part in &parts.parts { if part.origin.is_none() && !part.also_text { println!("BARE {} {:?}", path.display(), part); } }
        if !parts.text.contains(paste.trim()) { println!("PASTE LOST {}", path.display()); }
        let left = parts.text.replace(paste.trim(), "");
        if !left.trim().is_empty() && !left.contains("curl -si") { println!("LEFT {} {left:?}", path.display()); }
    }
    println!("{bad:#?}");
}
