//! Does the same source give the same bytes, wherever it lies?

use super::{Totals, dist};
use crate::build;
use crate::run::{read, root, step};
use crate::wasm::Effort;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Builds a copy of the checkout at a path of another shape, and compares its dist/ with ours.
pub(crate) fn run(totals: &mut Totals) -> Result<()> {
    let here = dist()?;
    let copy = std::env::temp_dir()
        .join(format!("why401-{}", std::process::id()))
        .join("a copy/elsewhere");
    step(&format!("the same again in {}", copy.display()));
    let compared = copy_sources(&copy)
        .and_then(|()| build::build(&copy, Effort::Release))
        .and_then(|there| same_files(&here, &there));
    if let Some(folder) = copy.ancestors().nth(2) {
        fs::remove_dir_all(folder)?;
    }
    let files = compared?;
    println!("test reproducible build, {files} files ... ok");
    totals.passed += 1;
    Ok(())
}

/// Copies what git knows, or would add.
fn copy_sources(to: &Path) -> Result<()> {
    let listed = read(Command::new("git").current_dir(root()).args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    for name in listed.lines() {
        let from = root().join(name);
        // Listed, but deleted and not committed yet.
        if !from.is_file() {
            continue;
        }
        let target = to.join(name);
        fs::create_dir_all(target.parent().context("a file without a folder")?)?;
        fs::copy(&from, &target).with_context(|| format!("{name} cannot be copied"))?;
    }
    Ok(())
}

/// Compares two folders byte by byte; returns how many files were the same.
fn same_files(here: &Path, there: &Path) -> Result<usize> {
    let mut same = 0;
    for entry in fs::read_dir(here)? {
        let entry = entry?;
        let (ours, theirs) = (entry.path(), there.join(entry.file_name()));
        if ours.is_dir() {
            same += same_files(&ours, &theirs)?;
        } else if fs::read(&ours)? == fs::read(&theirs)? {
            same += 1;
        } else {
            bail!("{} differs between two paths", ours.display());
        }
    }
    Ok(same)
}
