//! `cargo xtask accuracy`: how often the headline is right over the real cases, how sure it was, and
//! whether the first fix mends the case.

use crate::args::Args;
use crate::run::root;
use anyhow::{Result, bail};
use corpus::{Case, Score};
use std::path::{Path, PathBuf};

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

/// The sets of cases, by the folders they stand in.
pub(crate) fn sets() -> Result<Vec<(String, Vec<Case>)>> {
    type Read = fn(&Path) -> Result<Vec<Case>>;
    let folders: [(&str, Read); 3] = [
        ("tests/cases", corpus::read),
        ("tests/cases-more", corpus::read),
        ("tests/raw", corpus::raw),
    ];
    folders
        .into_iter()
        .map(|(name, read)| Ok((name.to_owned(), read(&root().join(name))?)))
        .collect()
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
