//! What the tests share: the real cases of tests/cases, read, minted and scored; the hostile
//! inputs; and what must hold of every report.

mod conformance;
pub mod hostile;
pub mod invariants;
mod mint;
mod score;

pub use conformance::{Paste, conformance};
pub use mint::NOW;
pub use score::{Miss, Score, score};

use anyhow::{Context, Result};
use serde_json::Value;
use std::path::Path;
use why401::Input;

/// A refusal that someone reported in public, with the cause that was found.
#[derive(Debug)]
pub struct Case {
    /// The name of its file.
    pub id: String,
    /// What a person would have given to why401.
    pub input: Input,
    /// The id of the cause.
    pub cause: String,
    /// Ids of causes that the input cannot be told apart from.
    pub also_acceptable: Vec<String>,
}

/// Reads every case of a folder, in the order of their names.
///
/// # Errors
/// Names the file that cannot be read or is no case.
pub fn read(folder: &Path) -> Result<Vec<Case>> {
    let listing = std::fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut files = listing
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<Vec<_>>>()?;
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == "json")
    });
    files.sort();
    files
        .iter()
        .map(|file| {
            let text = std::fs::read_to_string(file)?;
            parse(&text).with_context(|| format!("{} is no case", file.display()))
        })
        .collect()
}

fn parse(text: &str) -> Result<Case> {
    let case: Value = serde_json::from_str(text)?;
    let truth = case.get("truth").context("no truth")?;
    Ok(Case {
        id: text_of(&case, "id").context("no id")?.to_owned(),
        input: mint::input(case.get("input").context("no input")?)?,
        cause: text_of(truth, "category")
            .context("no category")?
            .to_owned(),
        also_acceptable: texts_of(truth, "also_acceptable"),
    })
}

/// A member that is a string; a null or an empty one counts as not told.
fn text_of<'a>(object: &'a Value, member: &str) -> Option<&'a str> {
    object.get(member)?.as_str().filter(|text| !text.is_empty())
}

/// A member that is a list of strings.
fn texts_of(object: &Value, member: &str) -> Vec<String> {
    let list = object.get(member).and_then(Value::as_array);
    let texts = list.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}
