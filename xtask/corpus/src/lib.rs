//! What the tests share: the real cases of tests/cases, read, minted and scored; the hostile
//! inputs; and what must hold of every report.

pub mod command;
mod conformance;
pub mod export;
pub mod growth;
pub mod hostile;
pub mod invariants;
mod mint;
mod score;

pub use conformance::{Paste, conformance};
pub use mint::NOW;
pub use score::{Miss, Score, Share, score};

use anyhow::{Context, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};
use why401::Input;

/// A refusal that someone reported in public, with the cause that was found.
#[derive(Debug)]
pub struct Case {
    /// The name of its file.
    pub id: String,
    /// When it was learned: `first`, `later` or `last`.
    pub use_: String,
    /// What a person would have given to why401.
    pub input: Input,
    /// The id of the cause.
    pub cause: String,
    /// Ids of causes that the input cannot be told apart from.
    pub also_acceptable: Vec<String>,
    /// Ids of causes that would be a false claim here.
    pub never: Vec<String>,
    /// What the printed fixes must hold, where that was written down.
    pub wanted: Option<Wanted>,
}

/// What the fixes of a case must hold and must not; from tests/fixes.json. Each fragment of one
/// alternative must stand in one fix.
#[derive(Debug, Default)]
pub struct Wanted {
    /// In the first fix that changes something; empty when that is not measured.
    pub first: Vec<Vec<String>>,
    /// In any fix; empty when that is not measured.
    pub any: Vec<Vec<String>>,
    /// In no fix: following it would do harm.
    pub never: Vec<String>,
}

/// A situation made up to hold one cause to what it should and should not say.
#[derive(Debug)]
pub struct Fixture {
    /// The name of its file: `fires-…` or `silent-…`.
    pub name: String,
    /// Why the cause fires or stays silent.
    pub why: String,
    /// What a person would have given to why401.
    pub input: Input,
}

/// Reads every fixture of a folder, in the order of their names.
///
/// # Errors
/// Names the file that cannot be read or is no fixture.
pub fn fixtures(folder: &Path) -> Result<Vec<Fixture>> {
    let read = |file: &PathBuf| -> Result<Fixture> {
        let told: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
        Ok(Fixture {
            name: file
                .file_stem()
                .context("no name")?
                .to_string_lossy()
                .into_owned(),
            why: text_of(&told, "why").context("no why")?.to_owned(),
            input: mint::input(told.get("input").context("no input")?)?,
        })
    };
    json_files(folder)?
        .iter()
        .map(|file| read(file).with_context(|| format!("{} is no fixture", file.display())))
        .collect()
}

/// Reads every case of a folder, in the order of their names.
///
/// # Errors
/// Names the file that cannot be read or is no case.
pub fn read(folder: &Path) -> Result<Vec<Case>> {
    let wanted = match std::fs::read_to_string(folder.with_file_name("fixes.json")) {
        Ok(text) => serde_json::from_str(&text)?,
        Err(_) => Value::Null,
    };
    json_files(folder)?
        .iter()
        .map(|file| {
            let text = std::fs::read_to_string(file)?;
            let mut case =
                parse(&text).with_context(|| format!("{} is no case", file.display()))?;
            case.wanted = wanted.get(&case.id).and_then(wanted_of);
            Ok(case)
        })
        .collect()
}

/// Reads every raw text of a folder with what it means, in the order of their names.
///
/// # Errors
/// Names the file that cannot be read or is no such text.
pub fn raw(folder: &Path) -> Result<Vec<Case>> {
    let read = |file: &PathBuf| -> Result<Case> {
        let told: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
        let expect = told.get("expect").context("no expectation")?;
        let mut right = texts_of(expect, "ok").into_iter();
        let mut input = Input::at(NOW);
        input.paste = std::fs::read_to_string(file.with_extension("txt"))?;
        Ok(Case {
            id: text_of(&told, "id").context("no id")?.to_owned(),
            use_: "raw".to_owned(),
            input,
            cause: right.next().context("no right headline")?,
            also_acceptable: right.collect(),
            never: texts_of(expect, "never_id"),
            wanted: None,
        })
    };
    json_files(folder)?
        .iter()
        .map(|file| read(file).with_context(|| format!("{} is no raw text", file.display())))
        .collect()
}

/// Reads the cases of a folder that have this use, in the order of their names.
///
/// # Errors
/// Names the file that cannot be read or is no case.
pub fn read_use(folder: &Path, uses: &[&str]) -> Result<Vec<Case>> {
    let mut cases = read(folder)?;
    cases.retain(|case| uses.contains(&case.use_.as_str()));
    Ok(cases)
}

/// The JSON files of a folder, in the order of their names.
fn json_files(folder: &Path) -> Result<Vec<PathBuf>> {
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
    Ok(files)
}

/// Reads one case.
///
/// # Errors
/// Names what is missing.
pub fn parse(text: &str) -> Result<Case> {
    let case: Value = serde_json::from_str(text)?;
    let truth = case.get("truth").context("no truth")?;
    Ok(Case {
        id: text_of(&case, "id").context("no id")?.to_owned(),
        use_: text_of(&case, "use").unwrap_or("first").to_owned(),
        input: mint::input(case.get("input").context("no input")?)?,
        cause: text_of(truth, "category")
            .context("no category")?
            .to_owned(),
        also_acceptable: texts_of(truth, "also_acceptable"),
        never: texts_of(truth, "never_id"),
        wanted: None,
    })
}

/// What the fixes must hold; nothing where the input does not tell it.
fn wanted_of(told: &Value) -> Option<Wanted> {
    if told.get("derivable").and_then(Value::as_bool) != Some(true) {
        return None;
    }
    let alternatives = |member: &str| -> Vec<Vec<String>> {
        let list = told.get(member).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(Value::as_array)
            .map(|all| {
                all.iter()
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect()
            })
            .collect()
    };
    Some(Wanted {
        first: alternatives("first"),
        any: alternatives("any"),
        never: texts_of(told, "never"),
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
