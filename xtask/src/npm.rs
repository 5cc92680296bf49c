//! The npm package, in dist/npm/: `diagnose` for browsers and Node, the element, the page.

use crate::build::{ELEMENT, PAGE, VERSION};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// What goes into the package as it stands in the repository.
const COPIED: &[&str] = &[
    "npm/index.js",
    "npm/index.d.ts",
    "npm/element.d.ts",
    "npm/README.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
];

/// Writes the package. `built` is the module that holds the wasm.
pub(crate) fn write(dir: &Path, dist: &Path, built: &str) -> Result<()> {
    let package = dist.join("npm");
    if package.exists() {
        // Nothing of an earlier build may travel along.
        fs::remove_dir_all(&package)?;
    }
    fs::create_dir_all(&package)?;
    fs::write(package.join("built.js"), built)?;
    fs::write(package.join("package.json"), manifest(dir)?)?;
    let copied = COPIED.iter().map(|path| dir.join(path));
    for from in copied.chain([dist.join(PAGE), dist.join(ELEMENT)]) {
        let name = from.file_name().context("a path without a name")?;
        fs::copy(&from, package.join(name))
            .with_context(|| format!("{} cannot be copied", from.display()))?;
    }
    Ok(())
}

/// npm/package.json with the workspace's version.
fn manifest(dir: &Path) -> Result<String> {
    let text = fs::read_to_string(dir.join("npm/package.json"))?;
    let mut manifest: serde_json::Value =
        serde_json::from_str(&text).context("npm/package.json")?;
    manifest["version"] = VERSION.into();
    Ok(serde_json::to_string_pretty(&manifest)? + "\n")
}
