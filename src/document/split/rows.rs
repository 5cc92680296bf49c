//! Tables, the rows of `--format=value(…)`, lines of a log, and what only its command names.

use super::super::Document;
use super::super::format::Layout;
use super::super::origin::{self, Origin, Reads};
use super::super::value::{End, Shown, Tree, Value};
use super::super::{gcloud, log, policy, run_list, table, understand};
use super::block::Block;
use super::line::Section;
use super::marks::{has_secret, refuses};

pub(super) fn table_block(
    section: &Section<'_, '_>,
    at: usize,
    origin: Option<&Origin>,
    followed: bool,
) -> Option<Block> {
    let first = section.line(at)?;
    let starts_like_one = first.trim_start().starts_with(['+', '┌'])
        || first.trim_end().bytes().all(|byte| {
            byte.is_ascii_uppercase()
                || byte.is_ascii_digit()
                || matches!(byte, b' ' | b'\t' | b'_' | b'(' | b')')
        });
    if !starts_like_one {
        return None;
    }
    let renamed = |columns: &[String]| renamed(columns, origin);
    let mut table = table::read(section.texts(at..section.lines.len()), |columns| {
        let columns = renamed(columns);
        origin.is_some() || policy::is_heading(&columns) || run_list::is_heading(&columns)
    })?;
    // A prompt right after the rows is none of them.
    while let Some(last) = at
        .checked_add(table.lines)
        .and_then(|past| past.checked_sub(1))
        && !table.boxed
        && section.line(last).is_some_and(origin::is_bare_prompt)
        && table.rows.pop().is_some()
    {
        table.lines = table.lines.saturating_sub(1);
    }
    let columns = renamed(&table.columns);
    let past = at.saturating_add(table.lines);
    let goes_on = followed
        || section
            .texts(past..section.lines.len())
            .any(|line| !line.trim().is_empty());
    // No table without rows is printed; a row with a cut cell is the last of a cut table.
    let mut end = if table.boxed {
        if table.closed { End::Seen } else { End::Cut }
    } else if table.rows.is_empty() {
        End::Cut
    } else if goes_on {
        End::Seen
    } else {
        End::Open
    };
    let last = table.rows.last().and_then(|row| row.last().cloned());
    let document = if policy::is_heading(&columns) {
        if !table
            .rows
            .iter()
            .all(|row| row.iter().any(|cell| cell.contains("roles/")))
        {
            if table
                .rows
                .iter()
                .rev()
                .skip(1)
                .any(|row| !row.iter().any(|cell| cell.contains("roles/")))
            {
                return Some(Block::nothing(table.lines));
            }
            end = End::Cut;
        }
        if last.as_deref().is_some_and(is_cut_member) {
            end = End::Cut;
        }
        let is_alone = origin.is_none() && table.rows.is_empty() && columns.len() < 2;
        if is_alone {
            return Some(Block::nothing(table.lines));
        }
        Document::Policy(policy::from_table(&columns, &table.rows, end, origin))
    } else if run_list::is_heading(&columns) {
        Document::RunServices(run_list::from_table(&columns, &table.rows, origin))
    } else {
        let origin = origin?;
        Document::Unknown(origin.command.clone())
    };
    Some(Block {
        documents: vec![document],
        lines: table.lines,
        end,
        last: last.filter(|_| end != End::Seen),
    })
}

/// The names of columns. The command says what stands in each, whatever its heading.
pub(super) fn renamed(columns: &[String], origin: Option<&Origin>) -> Vec<String> {
    match origin.and_then(|origin| origin.format.as_ref()) {
        Some(format) if format.fields.len() == columns.len() => format
            .fields
            .iter()
            .map(|field| {
                field
                    .path
                    .last()
                    .map(|name| name.to_ascii_uppercase())
                    .unwrap_or_default()
            })
            .collect(),
        _ => columns.to_vec(),
    }
}

/// A member whose end is missing.
pub(super) fn is_cut_member(text: &str) -> bool {
    text.contains("serviceAccount:")
        && !text.ends_with(".gserviceaccount.com")
        && !text.ends_with(']')
        && !text.contains("?uid=")
}

/// The rows of `--format=value(…)`, and other outputs that only their command names.
pub(super) fn rows(
    section: &Section<'_, '_>,
    at: usize,
    origin: &Origin,
    followed: bool,
) -> Option<Block> {
    if origin.reads == Reads::LogLines {
        return log_lines(section, at, origin);
    }
    let count = section
        .texts(at..section.lines.len())
        .take_while(|line| !line.trim().is_empty() && !origin::is_bare_prompt(line))
        .count();
    let texts: Vec<&str> = section.texts(at..at.saturating_add(count)).collect();
    if texts.iter().any(|line| has_secret(line)) {
        return None;
    }
    let past = at.saturating_add(count);
    let ended = past
        .checked_sub(1)
        .and_then(|last| section.lines.get(last))
        .is_some_and(|line| line.ended);
    // One description on one line, with all of its cells.
    let all_cells = origin.format.as_ref().is_some_and(|format| {
        let cells = texts.first().map_or(0, |row| row.split(format.separator.as_str()).count());
        format.layout == Layout::Value && texts.len() == 1 && format.fields.len() > 1 && cells == format.fields.len()
    });
    let end = if followed || past < section.lines.len() || ended && all_cells && origin.name.is_some() {
        End::Seen
    } else if ended {
        End::Open
    } else {
        End::Cut
    };
    if origin.reads == Reads::Config {
        let config = gcloud::value(origin, texts.first()?)?;
        return Some(Block::open(Document::Config(config), count));
    }
    let format = origin.format.as_ref()?;
    let is_rows = matches!(
        format.layout,
        Layout::Value | Layout::Csv | Layout::CsvWithoutHeading
    );
    if !is_rows || format.fields.is_empty() {
        return None;
    }
    let skip = usize::from(format.layout == Layout::Csv);
    let rows: Vec<Value> = texts.iter().skip(skip).map(|row| format.row(row)).collect();
    let last = texts
        .last()
        .and_then(|row| row.trim_end().rsplit(format.separator.as_str()).next())
        .map(str::to_owned);
    let documents = if matches!(origin.reads, Reads::Policy(_)) {
        let columns: Vec<String> = format
            .fields
            .iter()
            .map(|field| {
                field
                    .path
                    .last()
                    .map(|name| name.to_ascii_uppercase())
                    .unwrap_or_default()
            })
            .collect();
        if !policy::is_heading(&columns) {
            return None;
        }
        let cells: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                format
                    .fields
                    .iter()
                    .map(|field| {
                        let path: Vec<&str> = field.path.iter().map(String::as_str).collect();
                        row.text(&path).unwrap_or_default().to_owned()
                    })
                    .collect()
            })
            .collect();
        vec![Document::Policy(policy::from_table(
            &columns,
            &cells,
            end,
            Some(origin),
        ))]
    } else if origin.reads == Reads::LogEntries {
        rows.iter()
            .map(|row| Document::LogEntry(log::row(row)))
            .collect()
    } else {
        rows.into_iter()
            .zip(texts.iter().skip(skip))
            .filter_map(|(value, text)| {
                let shown = text
                    .matches(format.separator.as_str())
                    .count()
                    .saturating_add(1);
                let mut paths = format.paths();
                // An editor may have eaten the tabs at the end: what they stood for is not shown.
                paths.truncate(shown);
                let mut tree = Tree {
                    value,
                    end,
                    shown: Shown::Only(paths),
                    flat: false,
                };
                understand::by_command(&mut tree, origin)
            })
            .collect()
    };
    (!documents.is_empty()).then_some(Block {
        documents,
        lines: count,
        end,
        last: last.filter(|_| end != End::Seen),
    })
}

pub(super) fn log_lines(section: &Section<'_, '_>, at: usize, origin: &Origin) -> Option<Block> {
    let mut documents: Vec<Document> = Vec::new();
    let mut count = 0_usize;
    for (more, line) in section.texts(at..section.lines.len()).enumerate() {
        if let Some(entry) = log::line(line, Some(origin)) {
            documents.push(Document::LogEntry(entry));
        } else if !line.trim().is_empty() {
            // An application's message may have many lines.
            match documents.last_mut() {
                Some(Document::LogEntry(entry))
                    if more == count && entry.text.is_some() && !has_secret(line) =>
                {
                    if let Some(text) = &mut entry.text {
                        text.push('\n');
                        text.push_str(line);
                    }
                }
                _ => break,
            }
        } else {
            continue;
        }
        count = more.saturating_add(1);
    }
    (!documents.is_empty()).then_some(Block {
        documents,
        lines: count,
        end: End::Open,
        last: None,
    })
}

/// An output that is not understood is named, and taken out unless it may hold what was sent.
pub(super) fn unknown(section: &Section<'_, '_>, at: usize, origin: &Origin) -> Option<Block> {
    let texts = || section.texts(at..section.lines.len());
    let looks_like_traffic = |line: &str| {
        line.starts_with("HTTP/")
            || line.starts_with("< ")
            || line.starts_with("> ")
            || line.starts_with("* ")
    };
    let is_log = matches!(origin.reads, Reads::LogEntries | Reads::LogLines);
    if is_log || texts().any(|line| has_secret(line) || looks_like_traffic(line) || refuses(line)) {
        return None;
    }
    // One paragraph: what follows a blank line may be something else.
    let count = texts().take_while(|line| !line.trim().is_empty()).count();
    Some(Block {
        documents: vec![Document::Unknown(origin.command.clone())],
        lines: count,
        end: End::Open,
        last: None,
    })
}
