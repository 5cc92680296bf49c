//! Real documentation sites that embed why401: docs/examples/ built by their own tools, then opened
//! by tests/hosts/*.test.mjs.

use super::e2e::node_suites;
use super::{Totals, counted, dist};
use crate::build::{ELEMENT, PAGE};
use crate::run::{find, root, run, step};
use crate::tools;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the sites, puts the built files into them, and runs every suite.
pub(crate) fn sites(totals: &mut Totals) -> Result<()> {
    tools::npm_packages(&root().join("tests/e2e"))?;
    let chromium = tools::chromium()?;
    let dist = dist()?;
    let examples = root().join("docs/examples");
    let sites = root().join("target/hosts/sites");
    if sites.exists() {
        // No page of an earlier build may be what is tested.
        fs::remove_dir_all(&sites)?;
    }
    copy_folder(&examples.join("plain"), &sites.join("plain"))?;
    let mkdocs = tools::python_environment("mkdocs", &examples.join("requirements.txt"))?;
    for name in ["mkdocs-material", "techdocs"] {
        step(&format!("building the {name} site"));
        run(Command::new(mkdocs.join("bin/mkdocs"))
            .args(["--quiet", "build", "--config-file"])
            .arg(examples.join(name).join("mkdocs.yml"))
            .arg("--site-dir")
            .arg(sites.join(name)))?;
    }
    vitepress(&examples.join("vitepress"), &sites.join("vitepress"))?;
    for folder in ["plain", "mkdocs-material/assets", "techdocs", "vitepress"] {
        for file in [PAGE, ELEMENT] {
            fs::copy(dist.join(file), sites.join(folder).join(file))?;
        }
    }
    counted(
        totals,
        node_suites(&root().join("tests/hosts"))?
            .env("WHY401_SITES", sites)
            .env("WHY401_CHROMIUM", chromium.browser),
    )
}

/// Builds the VitePress site in a copy, because it writes beside its sources.
fn vitepress(source: &Path, site: &Path) -> Result<()> {
    let copy = root().join("target/hosts/vitepress");
    copy_folder(source, &copy)?;
    // Not `npm ci`: it wants VitePress's native parts for every platform in the lock file, and no
    // registry needs to have them all.
    if !copy.join("node_modules/.package-lock.json").is_file() {
        step("installing vitepress from npm");
        let npm = find(&["npm"]).context("npm is needed: install Node.js 20 or later")?;
        run(Command::new(npm).current_dir(&copy).args([
            "install",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]))
        .context("npm's registry cannot be reached, or lacks a release")?;
    }
    step("building the vitepress site");
    let node = find(&["node"]).context("node is needed: install Node.js 20 or later")?;
    run(Command::new(node)
        .current_dir(&copy)
        .args([
            "node_modules/vitepress/bin/vitepress.js",
            "build",
            "--outDir",
        ])
        .arg(site))
}

/// Copies what differs, so that what is installed beside it stays newer than its lock file.
fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let source: PathBuf = entry?.path();
        let name = source.file_name().context("a path without a name")?;
        let target = to.join(name);
        if name == "node_modules" {
            continue;
        }
        if source.is_dir() {
            copy_folder(&source, &target)?;
        } else if fs::read(&target).ok() != Some(fs::read(&source)?) {
            fs::copy(&source, &target)?;
        }
    }
    Ok(())
}
