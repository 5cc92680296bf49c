//! `cargo xtask audit`: known flaws, licences, doubles and sources of what the project is built from.

use crate::args::Args;
use crate::run::{find, read, root, run, step};
use crate::tools;
use anyhow::{Context, Result, bail};
use std::process::Command;

/// The release of cargo-deny that is used.
const CARGO_DENY: &str = "0.20.2";

/// `audit [--offline]`
pub(crate) fn command(mut args: Args) -> Result<()> {
    let offline = args.flag("--offline");
    args.finish()?;
    crates(offline)?;
    if offline {
        step("advisories were not looked at, neither those of crates nor those of npm packages");
        return Ok(());
    }
    packages()
}

/// The crates, by the rules of deny.toml.
fn crates(offline: bool) -> Result<()> {
    let deny = tools::cargo_tool("cargo-deny", CARGO_DENY)?;
    let checks: &[&str] = if offline {
        &["bans", "licenses", "sources"]
    } else {
        &["advisories", "bans", "licenses", "sources"]
    };
    run(Command::new(deny)
        .current_dir(root())
        .env_remove("CARGO_MANIFEST_DIR")
        .args(["--workspace", "--locked", "check", "--deny", "warnings"])
        .args(checks))
    .with_context(|| {
        if offline {
            "see the lines above"
        } else {
            "see the lines above; where GitHub cannot be reached, --offline leaves advisories out"
        }
    })
}

/// Each folder whose npm packages a lock file names.
fn packages() -> Result<()> {
    let npm = find(&["npm"]).context("npm is needed: install Node.js 20 or later")?;
    let locks = read(
        Command::new("git")
            .current_dir(root())
            .args(["ls-files", "*package-lock.json"]),
    )?;
    if locks.is_empty() {
        bail!("no package-lock.json is in the checkout");
    }
    for lock in locks.lines() {
        let folder = root().join(lock).with_file_name("");
        step(&format!("npm audit in {}", folder.display()));
        run(Command::new(&npm).current_dir(folder).arg("audit"))?;
    }
    Ok(())
}
