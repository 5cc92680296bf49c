//! The end-to-end tests: tests/e2e/*.test.mjs, against what the build writes.

use super::{Totals, counted, dist};
use crate::run::{find, root};
use crate::tools;
use anyhow::{Context, Result};
use corpus::Case;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use why401::Caller;

/// Builds, then runs every suite in Chromium.
pub(crate) fn run(totals: &mut Totals) -> Result<()> {
    let folder = root().join("tests/e2e");
    tools::npm_packages(&folder)?;
    let chromium = tools::chromium()?;
    let dist = dist()?;
    let cases = dist.with_file_name("target").join("e2e-cases.json");
    std::fs::create_dir_all(cases.with_file_name(""))?;
    std::fs::write(&cases, minted()?)?;
    counted(
        totals,
        node_suites(&folder)?
            .env("WHY401_CASES", cases)
            .env("WHY401_CHROMIUM", chromium.browser)
            .env("WHY401_FIREFOX", tools::firefox()?),
    )
}

/// Node's test runner over every `*.test.mjs` of a folder.
pub(super) fn node_suites(folder: &Path) -> Result<Command> {
    let mut suites = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            suites.push(path);
        }
    }
    suites.sort();
    let node = find(&["node"]).context("node is needed: install Node.js 20 or later")?;
    let mut command = Command::new(node);
    command
        .current_dir(folder)
        .args(["--test", "--test-reporter=spec"])
        .args(suites);
    Ok(command)
}

/// The real cases as the page takes them, for the suites.
fn minted() -> Result<String> {
    let cases = corpus::read(&root().join("tests/cases"))?;
    let cases: Vec<Value> = cases.iter().map(page_input).collect();
    Ok(serde_json::to_string(&cases)?)
}

fn page_input(case: &Case) -> Value {
    json!({
        "id": case.id,
        "cause": case.cause,
        "alsoAcceptable": case.also_acceptable,
        "input": {
            "paste": case.input.paste,
            "serviceUrl": case.input.service_url,
            "response": case.input.response,
            "status": case.input.status,
            "caller": case.input.caller.map(Caller::id),
            "customAudiences": case.input.custom_audiences,
            "now": case.input.now,
        },
    })
}
