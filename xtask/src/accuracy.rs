//! `cargo xtask accuracy`: how often the headline is right over the real cases, how sure it was, and
//! whether the first fix mends the case.

use crate::args::Args;
use crate::run::root;
use anyhow::{Result, bail};
use corpus::{Case, Score};
use std::path::PathBuf;

/// `accuracy [-v] [--cases DIR]`
pub(crate) fn command(mut args: Args) -> Result<()> {
    let verbose = args.flag("-v");
    let folder = args.value("--cases")?.map(PathBuf::from);
    args.finish()?;
    let sets = match folder {
        Some(folder) => vec![(folder.display().to_string(), corpus::read(&folder)?)],
        None => sets()?,
    };
    for (name, cases) in sets {
        if cases.is_empty() {
            bail!("{name} holds no case");
        }
        let score = corpus::score(&cases);
        if verbose {
            tell(&score);
        }
        println!("{name}: {score}");
    }
    Ok(())
}

/// The sets of cases: those of tests/cases by when they were learned, and the raw texts.
pub(crate) fn sets() -> Result<Vec<(String, Vec<Case>)>> {
    let folder = root().join("tests/cases");
    let mut sets = Vec::new();
    for name in ["first", "later", "last"] {
        sets.push((name.to_owned(), corpus::read_use(&folder, &[name])?));
    }
    sets.push(("raw".to_owned(), corpus::raw(&root().join("tests/raw"))?));
    Ok(sets)
}

fn tell(score: &Score) {
    for (cause, share) in &score.by_cause {
        println!("{cause:42} {}/{}", share.count, share.of);
    }
    for miss in &score.misses {
        println!(
            "miss {}: {}, answered {}",
            miss.id,
            miss.cause,
            miss.answers.join(", ")
        );
    }
}
