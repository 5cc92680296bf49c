//! `cargo xtask test`: every check there is, in the order in which a failure is cheapest to meet.

mod e2e;
mod fleet;
mod hosts;
mod release;
mod repro;
mod totals;

use crate::args::Args;
use crate::run::{cargo, read, root, run, step, watch};
use crate::tools::{self, WASM};
use crate::wasm::Effort;
use crate::{build, docs};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::time::Instant;
use totals::Totals;

/// A group of checks that can be run alone.
struct Group {
    name: &'static str,
    run: fn(&mut Totals) -> Result<()>,
}

const FLEET: &str = "fleet";

const GROUPS: &[Group] = &[
    Group {
        name: "lint",
        run: lint,
    },
    Group {
        name: "docs",
        run: |_| docs::check(),
    },
    Group {
        name: "native",
        run: native,
    },
    Group {
        name: "wasm",
        run: wasm,
    },
    Group {
        name: "e2e",
        run: e2e::run,
    },
    Group {
        name: "hosts",
        run: hosts::sites,
    },
    Group {
        name: FLEET,
        run: fleet::engines,
    },
    Group {
        name: "release",
        run: release::run,
    },
    Group {
        name: "repro",
        run: repro::run,
    },
];

/// `test [--only GROUP]`
pub(crate) fn command(mut args: Args) -> Result<()> {
    let only = args.value("--only")?;
    args.finish()?;
    let chosen: Vec<&Group> = GROUPS
        .iter()
        .filter(|group| match only.as_deref() {
            Some(name) => name == group.name,
            // It downloads Spark, some four hundred megabytes, so it runs when it is asked for.
            None => group.name != FLEET,
        })
        .collect();
    if chosen.is_empty() {
        let names: Vec<&str> = GROUPS.iter().map(|group| group.name).collect();
        bail!("--only takes one of {}", names.join(", "));
    }
    let mut totals = Totals::default();
    let result = chosen.iter().try_for_each(|group| {
        step(&format!("test: {}", group.name));
        let start = Instant::now();
        let result = (group.run)(&mut totals).with_context(|| format!("{} failed", group.name));
        step(&format!(
            "{} took {} s",
            group.name,
            start.elapsed().as_secs()
        ));
        result
    });
    let counts_tests = chosen
        .iter()
        .any(|group| !matches!(group.name, "lint" | "docs"));
    if result.is_err() {
        // What failed without counting itself, such as a compile error, is one failure.
        totals.failed = totals.failed.max(1);
    }
    if counts_tests {
        println!("{totals}");
    }
    result?;
    if counts_tests && totals.passed == 0 {
        bail!("no test ran");
    }
    Ok(())
}

fn lint(_: &mut Totals) -> Result<()> {
    tools::wasm_target()?;
    let deny = ["--", "-D", "warnings"];
    run(cargo(&root()).args(["fmt", "--all", "--check"]))?;
    run(cargo(&root())
        .args([
            "clippy",
            "--quiet",
            "--locked",
            "--workspace",
            "--all-targets",
        ])
        .args(deny))?;
    run(cargo(&root())
        .args([
            "clippy",
            "--quiet",
            "--locked",
            "--lib",
            "--test=web",
            "--no-default-features",
            "--target",
            WASM,
        ])
        .args(deny))
}

fn native(totals: &mut Totals) -> Result<()> {
    tools::shells()?;
    counted(
        totals,
        cargo(&root()).args(["test", "--locked", "--workspace", "--no-fail-fast"]),
    )
}

/// The wasm tests, in headless Chromium (webdriver.json holds its flags).
fn wasm(totals: &mut Totals) -> Result<()> {
    tools::wasm_target()?;
    let chromium = tools::chromium()?;
    let runner = test_runner()?;
    counted(
        totals,
        cargo(&root())
            .args([
                "test",
                "--locked",
                "--test=web",
                "--no-default-features",
                "--target",
                WASM,
            ])
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
            .env("CHROMEDRIVER", chromium.driver)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300"),
    )
}

/// The release build's dist/, built once however many groups look at it.
fn dist() -> Result<PathBuf> {
    static DIST: OnceLock<PathBuf> = OnceLock::new();
    if let Some(built) = DIST.get() {
        return Ok(built.clone());
    }
    let built = build::build(&root(), Effort::Release)?;
    Ok(DIST.get_or_init(|| built).clone())
}

/// Builds cargo's runner for wasm tests and returns its path.
fn test_runner() -> Result<PathBuf> {
    step("building the wasm test runner");
    let messages = read(cargo(&root()).args([
        "build",
        "--quiet",
        "--locked",
        "--package=wasm-test-runner",
        "--message-format=json-render-diagnostics",
    ]))?;
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .context("cargo named no program")
}

/// Runs a test runner, adds up what it says it ran, and fails when it does.
fn counted(totals: &mut Totals, command: &mut Command) -> Result<()> {
    let (printed, succeeded) = watch(command)?;
    totals.add(&printed);
    if !succeeded {
        bail!("see the lines above");
    }
    Ok(())
}
