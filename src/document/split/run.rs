//! Lines of YAML, and where one document ends and the next begins.

use core::ops::Range;
use std::collections::BTreeSet;

use super::super::value::{End, Shown, Tree};
use super::super::{Document, understand, yaml};
use super::line::Section;
use super::marks::{is_cut_name, is_header, is_token_line, is_whole};

/// How many lines of YAML begin here.
pub(super) fn run_length(section: &Section<'_, '_>, at: usize) -> usize {
    let texts = section.texts(at..section.lines.len());
    let mut root = usize::MAX;
    let mut count = 0_usize;
    let mut blanks = 0_usize;
    for line in texts {
        let text = line.trim();
        if text.is_empty() {
            blanks = blanks.saturating_add(1);
            continue;
        }
        let indent = line.len().saturating_sub(line.trim_start().len());
        let is_deeper = root != usize::MAX && indent > root;
        let is_line =
            text == "---" || text.starts_with("- ") || text == "-" || yaml::key(text).is_some();
        let is_one = if blanks > 0 {
            // A blank line stands only within a long text, or before the next document.
            is_deeper || text == "---"
        } else {
            is_line || is_deeper
        };
        if !is_one || (indent <= root && is_header(text)) || is_token_line(text) {
            // A name that was cut off ends the output.
            let is_last = section.lines.len() == at.saturating_add(count).saturating_add(1);
            if count > 0 && blanks == 0 && is_last && is_cut_name(text) && !is_token_line(text) {
                count = count.saturating_add(1);
            }
            break;
        }
        if text != "---" {
            root = root.min(indent);
        }
        count = count.saturating_add(blanks).saturating_add(1);
        blanks = 0;
    }
    count
}

/// The documents of a run that a command printed: `---` stands between them, or a name comes again.
pub(super) fn yaml_documents(section: &Section<'_, '_>, run: Range<usize>) -> Vec<Range<usize>> {
    pieces(section, run, false)
}

/// The documents of a run without a command. gcloud sorts the names: where the order breaks, the
/// next document may begin.
pub(super) fn segments(section: &Section<'_, '_>, run: Range<usize>) -> Vec<Range<usize>> {
    let pieces = pieces(section, run, true);
    let mut merged: Vec<Range<usize>> = Vec::new();
    // What the last of them is, its names, and of how many pieces it is made.
    let mut last_kind = None;
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let mut count = 0_usize;
    let mut strange = 0_usize;
    for piece in pieces {
        let own_kind = kind(section, &piece);
        let own_names: Vec<&str> = top_names(section, piece.clone())
            .map(|(_, name)| name)
            .collect();
        let starts_anew = own_names.first() == Some(&"---")
            || last_kind.is_some()
                && own_kind.is_some()
                && (last_kind != own_kind || own_names.iter().any(|name| names.contains(name)));
        match merged.last_mut() {
            Some(last) if !starts_anew && (last_kind.is_some() || count < MOST_PIECES) => {
                last.end = piece.end;
                count = count.saturating_add(1);
                if last_kind.is_none() {
                    last_kind = kind(section, last);
                }
            }
            _ => {
                merged.push(piece);
                last_kind = own_kind;
                names.clear();
                count = 1;
            }
        }
        names.extend(own_names);
        strange = match last_kind {
            Some(_) => 0,
            None => strange.saturating_add(1),
        };
        if strange > MOST_STRANGE {
            break;
        }
    }
    merged
}

/// After so many pieces of no kind, one after another, a run is no output: a million headers are not
/// tried one by one.
const MOST_STRANGE: usize = 1_000;

/// How many pieces are tried together before they are given up.
const MOST_PIECES: usize = 12;

/// What a piece would be, by itself.
pub(super) fn kind(
    section: &Section<'_, '_>,
    piece: &Range<usize>,
) -> Option<core::mem::Discriminant<Document>> {
    let (tree, _) = yaml_tree(section, piece.clone());
    let (documents, _) = understand::all(tree, None);
    documents.first().map(core::mem::discriminant)
}

/// The names at the left edge of a run, each with its line.
pub(super) fn top_names<'s>(
    section: &'s Section<'_, '_>,
    run: Range<usize>,
) -> impl Iterator<Item = (usize, &'s str)> {
    let indent = |line: &str| line.len().saturating_sub(line.trim_start().len());
    let root = section
        .texts(run.clone())
        .filter(|line| !line.trim().is_empty() && line.trim() != "---")
        .map(indent)
        .min()
        .unwrap_or_default();
    let start = run.start;
    section
        .texts(run)
        .enumerate()
        .filter(move |(_, line)| indent(line) == root)
        .filter_map(move |(at, line)| {
            let text = line.trim();
            if text == "---" {
                return Some((start.saturating_add(at), "---"));
            }
            if text.starts_with("- ") {
                return None;
            }
            yaml::key(text).map(|(name, _)| (start.saturating_add(at), name))
        })
}

/// Cuts a run at `---`, where a name comes again and, when `sorted`, where the order breaks.
pub(super) fn pieces(
    section: &Section<'_, '_>,
    run: Range<usize>,
    sorted: bool,
) -> Vec<Range<usize>> {
    let is_flat = yaml::read(section.texts(run.clone())).flat;
    let mut cuts = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut before = "";
    for (at, name) in top_names(section, run.clone()) {
        let breaks = sorted && name < before;
        if name == "---" || !is_flat && (seen.contains(name) || breaks) {
            if at > run.start {
                cuts.push(at);
            }
            seen.clear();
            before = "";
        }
        if name == "---" {
            continue;
        }
        seen.insert(name);
        before = name;
    }
    let mut ranges = Vec::with_capacity(cuts.len().saturating_add(1));
    let mut from = run.start;
    for cut in cuts {
        ranges.push(from..cut);
        from = cut;
    }
    ranges.push(from..run.end);
    ranges
}

/// A run as a tree, and its last text.
pub(super) fn yaml_tree(section: &Section<'_, '_>, range: Range<usize>) -> (Tree, Option<String>) {
    let read = yaml::read(section.texts(range).filter(|line| line.trim() != "---"));
    let last = read
        .value
        .last_text()
        .filter(|text| !read.quoted && !is_whole(text))
        .map(str::to_owned);
    let tree = Tree {
        value: read.value,
        end: if read.headless || read.broken {
            End::Cut
        } else {
            End::Open
        },
        shown: Shown::All,
        flat: read.flat,
    };
    (tree, last)
}
