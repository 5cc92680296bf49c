//! What triage prints: a table, JSON, one verdict per entry, annotations.

use serde::Serialize;

use super::groups::{By, Group};
use super::verdict::{Told, Verdict};
use super::{Counts, Format};
use crate::conceal;
use crate::time;
use crate::visible::{Keep, visible};

/// The groups in the wanted form.
pub(super) fn groups(
    groups: &[Group],
    counts: &Counts,
    files: &[String],
    format: Format,
    full: bool,
) -> String {
    match format {
        Format::Json => json(groups, counts, files),
        Format::Annotations => groups.iter().map(annotation).collect(),
        Format::Lines => String::new(),
        Format::Table => table(groups, counts, files, full),
    }
}

#[derive(Serialize)]
struct All<'g> {
    version: u8,
    read: ReadV1,
    groups: Vec<GroupV1<'g>>,
}

#[derive(Serialize)]
struct ReadV1 {
    entries: u64,
    refused: u64,
    skipped: u64,
}

#[derive(Serialize)]
struct GroupV1<'g> {
    id: Option<&'g str>,
    variant: Option<&'g str>,
    likelihood: &'g str,
    service: Option<&'g str>,
    account: Option<&'g str>,
    caller: Option<&'g str>,
    status: Option<u16>,
    count: u64,
    first: Option<String>,
    last: Option<String>,
    summary: String,
    fix: &'g [Told],
    lines: Vec<LineV1>,
}

/// A line's number; with its file where there are several.
#[derive(Serialize)]
#[serde(untagged)]
enum LineV1 {
    Number(u64),
    Named(String),
}

fn json(groups: &[Group], counts: &Counts, files: &[String]) -> String {
    let all = All {
        version: 1,
        read: ReadV1 {
            entries: counts.entries,
            refused: counts.refused,
            skipped: counts.skipped,
        },
        groups: groups.iter().map(|group| group_v1(group, files)).collect(),
    };
    // Plain structs to a string: it cannot fail.
    serde_json::to_string(&all).unwrap_or_else(|_| "{}".to_owned()) + "\n"
}

fn group_v1<'g>(group: &'g Group, files: &[String]) -> GroupV1<'g> {
    let it = &group.verdict;
    let same = |by: By| !group.differs.contains(&by);
    GroupV1 {
        id: Some(it.id).filter(|_| same(By::Cause)),
        variant: Some(it.variant).filter(|_| same(By::Variant)),
        likelihood: it.likelihood.id(),
        service: it.service.as_deref().filter(|_| same(By::Service)),
        account: it.account.as_deref().filter(|_| same(By::Account)),
        caller: it.caller.filter(|_| same(By::Caller)),
        status: it.status.filter(|_| same(By::Status)),
        count: group.count,
        first: group.times.and_then(|(first, _)| time::rfc3339(first)),
        last: group.times.and_then(|(_, last)| time::rfc3339(last)),
        summary: summary(group),
        fix: &it.fix,
        lines: group
            .lines
            .iter()
            .map(|(file, line)| match files {
                [] | [_] => LineV1::Number(*line),
                _ => LineV1::Named(place(files, *file, *line)),
            })
            .collect(),
    }
}

/// The verdict's sentence, and whether the calls were accepted later.
fn summary(group: &Group) -> String {
    match group.mended.and_then(time::utc) {
        Some(until) => format!(
            "{} Refused until {until}, then accepted.",
            group.verdict.summary
        ),
        None => group.verdict.summary.clone(),
    }
}

/// Where a line stands.
pub(super) fn place(files: &[String], file: usize, line: u64) -> String {
    match files.get(file) {
        Some(name) if files.len() > 1 => format!("{}:{line}", shown(name)),
        _ => line.to_string(),
    }
}

fn shown(name: &str) -> String {
    visible(&conceal::text(name), Keep::Nothing).into_owned()
}

/// One entry's line of `--jsonl`.
#[derive(Serialize)]
struct EntryV1<'v> {
    line: u64,
    id: Option<&'v str>,
    variant: Option<&'v str>,
    likelihood: Option<&'v str>,
    service: Option<&'v str>,
    account: Option<&'v str>,
    status: Option<u16>,
}

/// The verdict of one entry, as a line.
pub(super) fn entry(line: u64, verdict: Option<&Verdict>, into: &mut String) {
    let Some(it) = verdict else {
        into.push_str("{\"line\":");
        into.push_str(&line.to_string());
        into.push_str(
            ",\"id\":null,\"variant\":null,\"likelihood\":null,\"service\":null,\"account\":null,\"status\":null}\n",
        );
        return;
    };
    let told = EntryV1 {
        line,
        id: Some(it.id),
        variant: Some(it.variant),
        likelihood: Some(it.likelihood.id()),
        service: it.service.as_deref(),
        account: it.account.as_deref(),
        status: it.status,
    };
    into.push_str(&serde_json::to_string(&told).unwrap_or_else(|_| "{}".to_owned()));
    into.push('\n');
}

/// A group as a line that GitHub Actions shows beside the job.
fn annotation(group: &Group) -> String {
    let it = &group.verdict;
    let mut message = summary(group);
    if let Some(fix) = it.fix.first() {
        message.push('\n');
        message.push_str(&fix.title);
        message.push_str(":\n");
        message.push_str(&fix.text);
    }
    // As GitHub's toolkit escapes them.
    let data = |text: &str| {
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
    };
    let title = format!("{} ({}, {} times)", it.title, named(it), group.count);
    let title = data(&title).replace(':', "%3A").replace(',', "%2C");
    format!("::error title={title}::{}\n", data(&message))
}

fn named(it: &Verdict) -> String {
    match it.variant {
        "" => it.id.to_owned(),
        variant => format!("{}/{variant}", it.id),
    }
}

const COLUMNS: [&str; 8] = [
    "COUNT", "CAUSE", "SERVICE", "ACCOUNT", "CALLER", "STATUS", "FIRST", "LAST",
];

fn table(groups: &[Group], counts: &Counts, files: &[String], full: bool) -> String {
    let rows: Vec<[String; 8]> = groups.iter().map(cells).collect();
    let mut widths = COLUMNS.map(str::len);
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    if !rows.is_empty() {
        push_row(&mut text, &COLUMNS.map(str::to_owned), &widths);
    }
    for (row, group) in rows.iter().zip(groups) {
        push_row(&mut text, row, &widths);
        push_details(&mut text, group, files, full);
    }
    if !groups.is_empty() {
        text.push('\n');
    }
    text.push_str(&format!(
        "{} read, {} refused, {} skipped.\n",
        counted(counts.entries, "entry", "entries"),
        counted(counts.refused, "request", "requests"),
        counts.skipped
    ));
    text
}

fn cells(group: &Group) -> [String; 8] {
    let it = &group.verdict;
    let same = |by: By| !group.differs.contains(&by);
    let cell = |by: By, text: Option<String>| match text {
        _ if !same(by) => "*".to_owned(),
        Some(text) if !text.is_empty() => text,
        _ => "-".to_owned(),
    };
    let cause = match (same(By::Cause), same(By::Variant)) {
        (false, _) => "*".to_owned(),
        (true, false) => format!("{}/*", it.id),
        (true, true) => named(it),
    };
    let moment = |time: Option<i64>| {
        time.and_then(time::rfc3339)
            .unwrap_or_else(|| "-".to_owned())
    };
    [
        group.count.to_string(),
        cause,
        cell(By::Service, it.service.clone()),
        cell(By::Account, it.account.clone()),
        cell(By::Caller, it.caller.map(str::to_owned)),
        cell(By::Status, it.status.map(|status| status.to_string())),
        moment(group.times.map(|(first, _)| first)),
        moment(group.times.map(|(_, last)| last)),
    ]
}

fn push_row(text: &mut String, row: &[String; 8], widths: &[usize; 8]) {
    let mut line = String::new();
    for (at, (cell, width)) in row.iter().zip(widths).enumerate() {
        let space = " ".repeat(width.saturating_sub(cell.chars().count()));
        if at == 0 {
            // Numbers stand to the right.
            line.push_str(&space);
            line.push_str(cell);
        } else {
            line.push_str("  ");
            line.push_str(cell);
            line.push_str(&space);
        }
    }
    text.push_str(line.trim_end());
    text.push('\n');
}

fn push_details(text: &mut String, group: &Group, files: &[String], full: bool) {
    let mut line = |indent: &str, words: &str| {
        text.push_str(indent);
        text.push_str(words);
        text.push('\n');
    };
    let it = &group.verdict;
    if full {
        line(
            "       ",
            &format!("{} ({})", summary(group), it.likelihood.id()),
        );
        let lines: Vec<String> = group
            .lines
            .iter()
            .map(|(file, at)| place(files, *file, *at))
            .collect();
        line("       ", &format!("lines: {}", lines.join(", ")));
    } else if let Some(until) = group.mended.and_then(time::utc) {
        line("       ", &format!("refused until {until}, then accepted"));
    }
    let most = if full { usize::MAX } else { 1 };
    for fix in it.fix.iter().take(most) {
        let mut lines = fix.text.lines();
        match (lines.next(), lines.next()) {
            (Some(only), None) if !full => line("       fix: ", only),
            _ => {
                line("       fix: ", &fix.title);
                let most = if full { usize::MAX } else { 6 };
                for code in fix.text.lines().take(most) {
                    line("         ", code);
                }
            }
        }
    }
}

/// `1 entry`, `50,000 entries`
fn counted(count: u64, one: &str, many: &str) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len().saturating_sub(at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{text} {}", if count == 1 { one } else { many })
}
