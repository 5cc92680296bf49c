//! Every program, file and document that can be printed is read by a parser of its language.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use tree_sitter::{Language, Parser};

/// What is printed, gathered once for all languages.
fn printed() -> &'static BTreeMap<(&'static str, String), String> {
    static PRINTED: OnceLock<BTreeMap<(&'static str, String), String>> = OnceLock::new();
    PRINTED.get_or_init(|| fixes::printed(&fixes::scenes().unwrap()))
}

/// The snippets in one language, each with a place where it is printed.
fn snippets(language: &str) -> Vec<(&'static str, &'static str)> {
    let found: Vec<_> = printed()
        .iter()
        .filter(|((id, _), _)| *id == language)
        .map(|((_, text), place)| (text.as_str(), place.as_str()))
        .collect();
    assert!(!found.is_empty(), "no {language} is printed");
    found
}

fn parses(language: &str, grammar: &Language) {
    let mut parser = Parser::new();
    parser.set_language(grammar).unwrap();
    for (text, place) in snippets(language) {
        let tree = parser.parse(text, None).unwrap();
        assert!(
            !tree.root_node().has_error(),
            "{place}\n{text}\n{}",
            tree.root_node().to_sexp()
        );
    }
}

#[test]
fn python() {
    const COMPILE: &str = "import sys; compile(sys.stdin.read(), 'snippet', 'exec')";
    parses("python", &tree_sitter_python::LANGUAGE.into());
    accepted_by("python", |_| &["python3", "-c", COMPILE]);
}

#[test]
fn javascript() {
    parses("javascript", &tree_sitter_javascript::LANGUAGE.into());
    accepted_by("javascript", node);
}

/// Node's checker for a program: a script where it calls `require`, which no module knows, or else
/// a module, in which alone `await` may stand by itself.
fn node(program: &str) -> &'static [&'static str] {
    if program.contains("require(") {
        &["node", "--check", "-"]
    } else {
        &["node", "--check", "--input-type=module", "-"]
    }
}

#[test]
fn go() {
    parses("go", &tree_sitter_go::LANGUAGE.into());
}

#[test]
fn java() {
    parses("java", &tree_sitter_java::LANGUAGE.into());
}

#[test]
fn csharp() {
    parses("csharp", &tree_sitter_c_sharp::LANGUAGE.into());
}

#[test]
fn rust() {
    parses("rust", &tree_sitter_rust::LANGUAGE.into());
}

#[test]
fn terraform() {
    for (text, place) in snippets("hcl") {
        let body: Result<hcl_edit::structure::Body, _> = text.parse();
        assert!(body.is_ok(), "{place}\n{text}\n{}", body.unwrap_err());
    }
}

#[test]
fn yaml() {
    for (text, place) in snippets("yaml") {
        let document: Result<serde_yaml_ng::Value, _> = serde_yaml_ng::from_str(text);
        assert!(
            document.is_ok(),
            "{place}\n{text}\n{}",
            document.unwrap_err()
        );
    }
}

#[test]
fn json() {
    for (text, place) in snippets("json") {
        let document: Result<serde_json::Value, _> = serde_json::from_str(text);
        assert!(
            document.is_ok(),
            "{place}\n{text}\n{}",
            document.unwrap_err()
        );
    }
}

#[test]
fn a_broken_program_is_noticed() {
    let mut parser = Parser::new();
    parser
        .set_language(&tree_sitter_go::LANGUAGE.into())
        .unwrap();
    let tree = parser.parse("func main( {", None).unwrap();
    assert!(tree.root_node().has_error());
    for broken in [
        "const a = ;",
        "function f() { await g(); }",
        "const a = require('a'); await a();",
    ] {
        assert_ne!(accepts(node(broken), broken), Some(true), "{broken}");
    }
}

/// Feeds snippets to the language's own checker, where it is installed: those with distinct
/// forms, since a process each would take minutes for all.
fn accepted_by(language: &str, checker: fn(&str) -> &'static [&'static str]) {
    let mut forms = BTreeMap::new();
    for (text, place) in snippets(language) {
        let checker = checker(text);
        forms
            .entry((text.lines().count(), checker))
            .or_insert((text, place));
    }
    for ((_, checker), (text, place)) in forms {
        let Some(accepted) = accepts(checker, text) else {
            println!("{} is not installed", checker[0]);
            return;
        };
        assert!(accepted, "{place}\n{text}");
    }
}

/// Whether the checker accepts the program; nothing where it is not installed.
fn accepts(checker: &[&str], program: &str) -> Option<bool> {
    let mut child = Command::new(checker[0])
        .args(&checker[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), program.as_bytes()).unwrap();
    Some(child.wait().unwrap().success())
}
