//! `cargo xtask bench`: what the files weigh and how fast they are, beside the peers.

mod files;

use crate::args::Args;
use crate::build;
use crate::run::{cargo, find, root, run, step};
use crate::wasm::Effort;
use crate::{sizes, tools};
use anyhow::{Context, Result};
use std::process::Command;

/// Other decoders' pages as they were measured in 2026: what a first visit transfers, in bytes.
const PEERS: &[(&str, &str)] = &[
    ("jwt.io", "466 kB"),
    ("it-tools", "332 kB"),
    ("authgear's widget", "82 kB and its fonts"),
];

/// `bench [--no-build] [--no-page] [--export MB]`
pub(crate) fn command(mut args: Args) -> Result<()> {
    let no_build = args.flag("--no-build");
    let no_page = args.flag("--no-page");
    let export = args.parsed("--export")?.unwrap_or(1000);
    args.finish()?;
    let dist = if no_build {
        root().join("dist")
    } else {
        build::build(&root(), Effort::Release)?
    };
    sizes::print(&dist)?;
    for (name, transferred) in PEERS {
        println!("{name:22} {transferred}, compressed");
    }
    step("diagnosis natively, beside a decoder");
    run(cargo(&root()).args(["run", "--quiet", "--release", "--locked", "--package=bench"]))?;
    step("how the time grows with the input");
    run(cargo(&root())
        .args(["run", "--quiet", "--release", "--locked"])
        .args(["--package=corpus", "--bin=growth"]))?;
    files::measure(export)?;
    let benches = root().join("benches");
    let node = find(&["node"]).context("node is needed: install Node.js 20 or later")?;
    tools::npm_packages(&benches)?;
    step("diagnosis from wasm in Node, beside decoders");
    run(Command::new(&node).arg(benches.join("decode.mjs")))?;
    if no_page {
        return Ok(());
    }
    tools::npm_packages(&root().join("tests/e2e"))?;
    step("the page in Chromium");
    run(Command::new(&node)
        .arg(benches.join("page.mjs"))
        .env("WHY401_CHROMIUM", tools::chromium()?.browser))
}
