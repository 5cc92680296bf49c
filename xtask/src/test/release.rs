//! What a release rests on: the workflows, and the ways of hosting, by tests/release/*.test.mjs.

use super::e2e::node_suites;
use super::{Totals, counted, dist};
use crate::run::{root, step};
use crate::tools;
use anyhow::Result;

/// Builds, then runs every suite. What cannot be installed here is said, and its tests skip.
pub(crate) fn run(totals: &mut Totals) -> Result<()> {
    let folder = root().join("tests/release");
    tools::npm_packages(&folder)?;
    dist()?;
    let mut suites = node_suites(&folder)?;
    for (setting, found) in [
        ("WHY401_ZIZMOR", tools::python_tool("zizmor", ZIZMOR)),
        (
            "WHY401_NGINX",
            tools::debian_program("nginx", "usr/sbin/nginx"),
        ),
        (
            "WHY401_CADDY",
            tools::debian_program("caddy", "usr/bin/caddy"),
        ),
    ] {
        match found {
            Ok(path) => drop(suites.env(setting, path)),
            Err(error) => step(&format!("{setting} stays unset: {error:#}")),
        }
    }
    counted(totals, &mut suites)
}

/// The release of zizmor that is used.
const ZIZMOR: &str = "1.32.0";
