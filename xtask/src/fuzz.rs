//! `cargo xtask fuzz`: the targets of fuzz/, from seeds made of the tests' own inputs.

mod seeds;

use crate::args::Args;
use crate::run::{read, root, run, step};
use crate::tools;
use anyhow::{Result, bail};
use std::process::Command;

/// The targets, in the order in which they run.
const TARGETS: &[&str] = &["paste", "claims", "audience", "command", "response"];

/// cargo-fuzz needs unstable flags of the compiler.
const TOOLCHAIN: &str = "nightly";

/// How long all targets run together, in minutes, unless told.
const MINUTES: u64 = 5;

/// `fuzz [TARGET] [--minutes N]`; the minutes are shared by the targets.
pub(crate) fn command(mut args: Args) -> Result<()> {
    let minutes: u64 = args.parsed("--minutes")?.unwrap_or(MINUTES).max(1);
    let chosen = match args.word() {
        None => TARGETS,
        Some(name) => match TARGETS.iter().position(|target| *target == name) {
            Some(at) => &TARGETS[at..=at],
            None => bail!("no target `{name}`; there are {}", TARGETS.join(", ")),
        },
    };
    args.finish()?;
    toolchain()?;
    let cargo_fuzz = tools::cargo_tool("cargo-fuzz", "0.13.2")?;
    seeds::write()?;
    let seconds = minutes.saturating_mul(60) / chosen.len() as u64;
    for target in chosen {
        step(&format!("fuzz: {target} for {seconds} s"));
        run(Command::new("rustup")
            .current_dir(root().join("fuzz"))
            .env_remove("CARGO")
            .env_remove("CARGO_MANIFEST_DIR")
            .args(["run", TOOLCHAIN])
            .arg(&cargo_fuzz)
            // There is no unsafe code, so the sanitizers would find nothing but time.
            .args(["run", "--sanitizer=none", target, "--"])
            .args([
                &format!("-max_total_time={seconds}"),
                "-dict=dictionary.txt",
                "-max_len=65536",
                // In seconds, for what a release reads in 50 ms.
                "-timeout=2",
                "-rss_limit_mb=1024",
                "-print_final_stats=1",
            ]))?;
    }
    Ok(())
}

fn toolchain() -> Result<()> {
    let installed = read(Command::new("rustup").args(["toolchain", "list"]))?;
    if installed.lines().any(|line| line.starts_with(TOOLCHAIN)) {
        return Ok(());
    }
    step("installing the nightly toolchain");
    run(Command::new("rustup").args(["toolchain", "install", TOOLCHAIN, "--profile", "minimal"]))
}
