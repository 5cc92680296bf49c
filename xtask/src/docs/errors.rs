//! docs/errors.md: the catalogue's messages by who prints them, and how much of each source it has.

use super::Page;
use crate::run::root;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use why401::errors::known;
use why401::evidence::Evidence;
use why401::{Input, variants};

/// Rows of words that many programs share: they are no message of one source.
const GENERAL: &[&str] = &["words", "minting-words", "verifier-words"];

/// The messages of one emitter.
struct Emitter {
    id: String,
    name: String,
    source: String,
    rows: Vec<Row>,
    /// Messages of its source that have a row, out of those that were listed.
    coverage: Option<(usize, usize)>,
}

struct Row {
    says: String,
    strength: String,
    variant: String,
    cause: Option<String>,
    example: String,
}

/// What a variant means.
struct Meaning {
    cause: &'static str,
    fix: String,
}

/// The page.
pub(super) fn page() -> Result<Page> {
    let mut emitters = jsonl(&root().join("src/errors"))?
        .iter()
        .map(|file| emitter(file).with_context(|| format!("{}", file.display())))
        .collect::<Result<Vec<_>>>()?;
    let general: Vec<String> = emitters
        .iter()
        .filter(|emitter| GENERAL.contains(&emitter.id.as_str()))
        .map(|emitter| emitter.name.clone())
        .collect();
    for emitter in &mut emitters {
        emitter.coverage = coverage(emitter, &general)?;
    }
    let meanings = meanings();
    let mut text = String::from(HEAD);
    summary(&mut text, &emitters)?;
    for emitter in &emitters {
        messages(&mut text, emitter, &meanings)?;
    }
    Ok(Page {
        path: "docs/errors.md".to_owned(),
        text,
    })
}

fn jsonl(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    files.retain(|file| file.extension().is_some_and(|end| end == "jsonl"));
    files.sort();
    Ok(files)
}

fn emitter(file: &Path) -> Result<Emitter> {
    let text = fs::read_to_string(file)?;
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let header: Value = serde_json::from_str(lines.next().context("empty")?)?;
    let member = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let commit: String = member(&header, "commit").chars().take(12).collect();
    let repository = member(&header, "repository");
    let rows = lines
        .map(|line| {
            let row: Value = serde_json::from_str(line)?;
            Ok(Row {
                says: member(&row, "says"),
                strength: member(&row, "strength"),
                variant: member(&row, "variant"),
                example: member(&row, "example"),
                cause: row["cause"].as_str().map(str::to_owned),
            })
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(Emitter {
        id: member(&header, "emitter"),
        name: member(&header, "name"),
        source: if commit.is_empty() {
            repository
        } else {
            format!("{repository} at {commit}")
        },
        rows,
        coverage: None,
    })
}

/// How many of the listed messages have a row: one of some source that finds the message, or one of
/// this emitter whose example holds it. Words that many programs share are no such row, nor is the
/// mere beginning of another emitter's family.
fn coverage(emitter: &Emitter, general: &[String]) -> Result<Option<(usize, usize)>> {
    let list = root().join(format!("xtask/errors/{}.txt", emitter.id));
    if !list.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(list)?;
    let examples: Vec<String> = emitter
        .rows
        .iter()
        .map(|row| letters(&row.example))
        .collect();
    let mut count = (0, 0);
    for (_, message) in text.lines().filter_map(|line| line.split_once('\t')) {
        count.1 += 1;
        let found = known(&message.replace("{}", " x "))
            .iter()
            .any(|(name, _, family)| {
                (!family || *name == emitter.name) && general.iter().all(|general| general != name)
            });
        let shown = || examples.iter().any(|example| shows(example, message));
        count.0 += usize::from(found || shown());
    }
    Ok(Some(count))
}

/// The constant pieces of a message stand in an example, in their order.
fn shows(example: &str, message: &str) -> bool {
    let mut rest = example;
    message
        .split("{}")
        .map(letters)
        .filter(|piece| !piece.is_empty())
        .all(|piece| {
            let after = rest
                .find(&piece)
                .and_then(|at| rest.get(at + piece.len()..));
            rest = after.unwrap_or_default();
            after.is_some()
        })
}

/// A text without white space, quotes and escapes, in lower case.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|char| !char.is_whitespace() && !matches!(char, '"' | '\'' | '`' | '\\'))
        .flat_map(char::to_lowercase)
        .collect()
}

fn meanings() -> BTreeMap<&'static str, Meaning> {
    let input = Input::at(corpus::NOW);
    let evidence = Evidence::gather(&input);
    variants::all()
        .map(|variant| {
            let remedy = variant.remedy(&evidence);
            let first = remedy.all().next();
            let fix = remedy.fix.first().or(first);
            let meaning = Meaning {
                cause: variant.cause,
                fix: fix.map(|fix| fix.title.clone()).unwrap_or_default(),
            };
            (variant.id, meaning)
        })
        .collect()
}

fn summary(text: &mut String, emitters: &[Emitter]) -> Result<()> {
    let rows: usize = emitters.iter().map(|emitter| emitter.rows.len()).sum();
    let covered = emitters.iter().filter_map(|emitter| emitter.coverage);
    let (have, of) = covered.fold((0, 0), |(have, of), (h, o)| (have + h, of + o));
    writeln!(
        text,
        "\n{rows} messages of {} emitters; of the {of} messages on the lists, {have} have a row ({}).\n",
        emitters.len(),
        percent(have, of)
    )?;
    writeln!(
        text,
        "| emitter | source | messages | listed | have a row |\n|---|---|---:|---:|---:|"
    )?;
    for emitter in emitters {
        let (listed, share) = match emitter.coverage {
            Some((have, of)) => (of.to_string(), format!("{have} ({})", percent(have, of))),
            None => ("–".to_owned(), "–".to_owned()),
        };
        writeln!(
            text,
            "| [{}](#{}) | {} | {} | {listed} | {share} |",
            emitter.name,
            emitter.id,
            emitter.source,
            emitter.rows.len()
        )?;
    }
    Ok(())
}

/// The messages of one emitter, those with the same remedy together.
fn messages(
    text: &mut String,
    emitter: &Emitter,
    meanings: &BTreeMap<&str, Meaning>,
) -> Result<()> {
    writeln!(text, "\n<a id=\"{}\"></a>\n## {}", emitter.id, emitter.name)?;
    let mut groups: BTreeMap<(&str, &str), Vec<&Row>> = BTreeMap::new();
    for row in &emitter.rows {
        let meaning = meanings
            .get(row.variant.as_str())
            .with_context(|| format!("no variant {}", row.variant))?;
        let cause = row.cause.as_deref().unwrap_or(meaning.cause);
        groups.entry((cause, &row.variant)).or_default().push(row);
    }
    for ((cause, variant), rows) in groups {
        let fix = &meanings[variant].fix;
        writeln!(
            text,
            "\n[`{cause}`](causes/{cause}.md), [`{variant}`](fixes.md#{variant}): {fix}\n"
        )?;
        for row in rows {
            let weak = match row.strength.as_str() {
                "common" => ", which others write too",
                "family" => ", whose rest decides",
                _ => "",
            };
            writeln!(text, "- {}{weak}", code(&row.says))?;
        }
    }
    Ok(())
}

/// A text in backquotes, on one line, whatever it holds.
fn code(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = line.split(|char| char != '`').map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or_default() + 1);
    if fence.len() > 1 {
        format!("{fence} {line} {fence}")
    } else {
        format!("`{line}`")
    }
}

fn percent(part: usize, of: usize) -> String {
    format!("{:.1} %", 100.0 * part as f64 / of.max(1) as f64)
}

const HEAD: &str = "\
<!-- Generated by `cargo xtask docs` from src/errors/*.jsonl and xtask/errors/*.txt. -->
# Every error by name

The messages that why401 knows, by who prints them: its cause, its variant, and the change that mends it. `{}` and
`{name}` stand for what differs from case to case. A row that is marked is weaker: its words prove less.

The lists that coverage is counted against (xtask/errors/, one line per message with its place) were made from the
sources at the commits below with a search for what raises, throws, returns or documents an error, and then cut by hand
to what a user can meet about authentication or authorisation. They are curated: a message that the search or the hand
left out is in no figure here. A message counts when a row finds it, of this emitter or of one that prints the same, or
when it stands in the example of one of the emitter's rows. The general words count for nobody.
";

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn a_message_stays_one_piece_of_code() {
        assert_eq!(code("a\n b"), "`a b`");
        assert_eq!(code("run `gcloud`"), "`` run `gcloud` ``");
    }
}
