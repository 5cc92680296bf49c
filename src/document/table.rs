//! Tables as gcloud draws them: columns of text, or boxes.

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Table {
    /// The headings, as written.
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    /// Lines read.
    pub(crate) lines: usize,
    /// The box's last border is there.
    pub(crate) closed: bool,
    pub(crate) boxed: bool,
}

/// Reads the table that begins on the first line; it ends at a blank line. `is_one` is asked
/// whether these headings are looked for, before any row is read. Linear.
pub(crate) fn read<'t>(
    mut lines: impl Iterator<Item = &'t str>,
    is_one: impl Fn(&[String]) -> bool,
) -> Option<Table> {
    let first = lines.next()?;
    if is_border(first) {
        return boxed(core::iter::once(first).chain(lines)).filter(|table| is_one(&table.columns));
    }
    let starts = heading(first)?;
    let mut table = Table {
        columns: cells(first, &starts),
        lines: 1,
        ..Table::default()
    };
    if !is_one(&table.columns) {
        return None;
    }
    for line in lines.take_while(|line| !line.trim().is_empty()) {
        table.rows.push(cells(line, &starts));
        table.lines = table.lines.saturating_add(1);
    }
    Some(table)
}

fn is_border(line: &str) -> bool {
    let line = line.trim();
    line.len() > 3
        && line.starts_with(['+', '┌', '├', '└'])
        && line.chars().all(|char| {
            matches!(
                char,
                '+' | '-' | '=' | '─' | '┌' | '┬' | '┐' | '├' | '┼' | '┤' | '└' | '┴' | '┘'
            )
        })
}

fn boxed<'t>(lines: impl Iterator<Item = &'t str>) -> Option<Table> {
    let mut table = Table {
        boxed: true,
        ..Table::default()
    };
    let mut borders = 0_usize;
    for line in lines {
        if is_border(line) {
            borders = borders.saturating_add(1);
            table.closed = borders > 2 && !table.columns.is_empty();
            if borders > 3 && !table.closed {
                return None;
            }
        } else {
            let line = line.trim();
            if !line.starts_with(['|', '│']) {
                break;
            }
            let mut cells: Vec<String> = line
                .split(['|', '│'])
                .skip(1)
                .map(|cell| cell.trim().to_owned())
                .collect();
            if line.ends_with(['|', '│']) {
                cells.pop();
            }
            table.closed = false;
            if is_heading(&cells) && table.rows.is_empty() {
                // A title stands in a box above the headings.
                table.columns = cells;
            } else if table.columns.is_empty() {
                // A title is one line.
                if table.lines > 2 {
                    return None;
                }
            } else {
                table.rows.push(cells);
            }
        }
        table.lines = table.lines.saturating_add(1);
        if table.closed {
            break;
        }
    }
    (!table.columns.is_empty()).then_some(table)
}

fn is_heading(cells: &[String]) -> bool {
    !cells.is_empty()
        && cells.iter().all(|cell| {
            !cell.is_empty()
                && cell.bytes().all(|byte| {
                    byte.is_ascii_uppercase()
                        || byte.is_ascii_digit()
                        || matches!(byte, b' ' | b'_' | b'(' | b')')
                })
        })
}

/// Where the columns begin, in characters, when the line is one of headings.
fn heading(line: &str) -> Option<Vec<usize>> {
    let mut starts = Vec::new();
    let mut spaces = 2_usize;
    for (at, char) in line.trim_end().chars().enumerate() {
        match char {
            ' ' => spaces = spaces.saturating_add(1),
            '\t' => spaces = 2,
            'A'..='Z' | '0'..='9' | '_' | '(' | ')' => {
                if spaces >= 2 {
                    starts.push(at);
                }
                spaces = 0;
            }
            _ => return None,
        }
    }
    (!starts.is_empty()).then_some(starts)
}

fn cells(line: &str, starts: &[usize]) -> Vec<String> {
    let chars: Vec<char> = line.trim_end().chars().collect();
    let aligned = starts.iter().skip(1).all(|start| {
        start
            .checked_sub(1)
            .and_then(|before| chars.get(before))
            .is_none_or(|char| char.is_whitespace())
    });
    if !aligned || line.contains('\t') {
        // The columns slid: what stands two blanks apart is apart.
        return line
            .trim()
            .split('\t')
            .flat_map(|part| part.split("  "))
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
            .map(str::to_owned)
            .collect();
    }
    let ends = starts.iter().skip(1).copied().chain([usize::MAX]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let end = end.min(chars.len());
            let cell: String = chars
                .get(*start..end)
                .map(|cell| cell.iter().collect())
                .unwrap_or_default();
            cell.trim().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_begin_where_their_headings_do() {
        let lines = [
            "   SERVICE    REGION  URL",
            "✔  users-api  us-x1   https://a b",
            "✔  y                  ",
            "",
            "more",
        ];
        let table = read(lines.into_iter(), |_| true).expect("a table");
        assert_eq!(table.columns, ["SERVICE", "REGION", "URL"]);
        assert_eq!(table.rows[0], ["users-api", "us-x1", "https://a b"]);
        assert_eq!(table.rows[1], ["y", "", ""]);
        assert_eq!(table.lines, 3);
        assert_eq!(read(["Role  Members"].into_iter(), |_| true), None);
        assert_eq!(read(lines.into_iter(), |_| false), None);
    }

    #[test]
    fn a_box_is_closed_by_its_border() {
        let lines = ["+---+", "| ROLE |", "+---+", "| a |", "+---+", "| b |"];
        let table = read(lines.into_iter(), |_| true).expect("a box");
        assert!(table.closed);
        assert_eq!((table.rows.len(), table.lines), (1, 5));
        let cut = read(lines.into_iter().take(4), |_| true).expect("a box");
        assert!(!cut.closed);
    }
}
