//! `cargo xtask docs`: the pages under docs/ that are made from the source.

mod accuracy;
mod causes;
mod command;
mod errors;

use crate::args::Args;
use crate::run::{root, step};
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::fs;

/// A generated page.
pub(crate) struct Page {
    /// Where it stands, from the root.
    pub(crate) path: String,
    /// What it says.
    pub(crate) text: String,
}

/// Every generated page. A new kind of page is one more line here.
fn pages() -> Result<Vec<Page>> {
    let mut pages = Vec::new();
    pages.push(accuracy::page()?);
    pages.extend(causes::pages()?);
    pages.push(errors::page()?);
    pages.push(Page {
        path: "docs/fixes.md".to_owned(),
        text: fixes::page(),
    });
    pages.extend(command::pages()?);
    Ok(pages)
}

/// Folders in which every file is generated.
const WHOLLY_GENERATED: &[&str] = &["docs/causes", "docs/man", "completions"];

/// `docs [--check]`
pub(crate) fn command(mut args: Args) -> Result<()> {
    let only_check = args.flag("--check");
    args.finish()?;
    if only_check { check() } else { write() }
}

/// Fails when a page is not what the source says now.
pub(crate) fn check() -> Result<()> {
    let pages = pages()?;
    let mut stale = leftovers(&pages)?;
    for page in &pages {
        if fs::read_to_string(root().join(&page.path)).ok().as_ref() != Some(&page.text) {
            stale.push(page.path.clone());
        }
    }
    if !stale.is_empty() {
        bail!("not fresh: {}; run `cargo xtask docs`", stale.join(", "));
    }
    step(&format!("{} generated pages are fresh", pages.len()));
    Ok(())
}

fn write() -> Result<()> {
    let pages = pages()?;
    for page in &pages {
        let path = root().join(&page.path);
        fs::create_dir_all(path.parent().context("a page without a folder")?)?;
        fs::write(path, &page.text)?;
    }
    for path in leftovers(&pages)? {
        fs::remove_file(root().join(path))?;
    }
    step(&format!("{} pages written", pages.len()));
    Ok(())
}

/// Files in the [`WHOLLY_GENERATED`] folders that nothing generates any more.
fn leftovers(pages: &[Page]) -> Result<Vec<String>> {
    let known: BTreeSet<&str> = pages.iter().map(|page| page.path.as_str()).collect();
    let mut leftovers = Vec::new();
    for folder in WHOLLY_GENERATED {
        for entry in fs::read_dir(root().join(folder)).into_iter().flatten() {
            let path = format!("{folder}/{}", entry?.file_name().to_string_lossy());
            if !known.contains(path.as_str()) {
                leftovers.push(path);
            }
        }
    }
    Ok(leftovers)
}
