//! `cargo xtask accuracy`: how often the headline is right over the real cases.

use crate::args::Args;
use crate::run::root;
use anyhow::{Result, bail};
use std::path::PathBuf;

/// `accuracy [-v] [--cases DIR]`
pub(crate) fn command(mut args: Args) -> Result<()> {
    let verbose = args.flag("-v");
    let folder = args
        .value("--cases")?
        .map_or_else(|| root().join("tests/cases"), PathBuf::from);
    args.finish()?;
    let cases = corpus::read(&folder)?;
    if cases.is_empty() {
        bail!("{} holds no case", folder.display());
    }
    let score = corpus::score(&cases);
    for (cause, (right, of)) in &score.by_cause {
        println!("{cause:42} {right}/{of}");
    }
    if verbose {
        for miss in &score.misses {
            println!(
                "miss {}: {}, answered {}",
                miss.id,
                miss.cause,
                miss.answers.join(", ")
            );
        }
    }
    println!("{score}");
    Ok(())
}
