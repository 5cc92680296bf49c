//! Cloud Logging's CSV: rows as entries. A column's name is a path, `httpRequest.status`.

use serde_json::{Map, Value};

/// Columns of Cloud Logging. Two of them make a header.
const KNOWN: &[&str] = &[
    "insertId",
    "logName",
    "receiveTimestamp",
    "severity",
    "textPayload",
    "timestamp",
    "trace",
    "httpRequest.status",
    "httpRequest.requestUrl",
    "protoPayload.methodName",
    "resource.type",
];

/// The names of the columns, where a line is the header of an export.
pub(super) fn header(line: &str) -> Option<Vec<String>> {
    if !line.contains(',') || line.len() > 16_384 {
        return None;
    }
    let (cells, _) = cells(line.as_bytes())?;
    let is_name = |cell: &String| {
        !cell.is_empty()
            && cell
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_.@/-[]".contains(&byte))
    };
    let known = cells.iter().filter(|cell| KNOWN.contains(&cell.as_str()));
    (known.count() >= 2 && cells.iter().all(is_name)).then_some(cells)
}

/// The cells of the row with which the bytes begin, and the row's length; `None` when its
/// quotation marks do not match.
pub(super) fn cells(bytes: &[u8]) -> Option<(Vec<String>, usize)> {
    let mut cells = Vec::new();
    let mut cell = Vec::new();
    let mut in_quotes = false;
    let mut all = bytes.iter().copied().enumerate().peekable();
    let mut push = |cell: &mut Vec<u8>| {
        cells.push(String::from_utf8_lossy(cell).into_owned());
        cell.clear();
    };
    while let Some((at, byte)) = all.next() {
        match byte {
            b'"' if in_quotes && all.peek().is_some_and(|(_, next)| *next == b'"') => {
                all.next();
                cell.push(b'"');
            }
            b'"' if in_quotes => in_quotes = false,
            _ if in_quotes => cell.push(byte),
            b'"' if cell.is_empty() => in_quotes = true,
            b',' => push(&mut cell),
            b'\r' if all.peek().is_none_or(|(_, next)| *next == b'\n') => {}
            b'\n' => {
                push(&mut cell);
                return Some((cells, at.saturating_add(1)));
            }
            _ => cell.push(byte),
        }
    }
    if in_quotes {
        return None;
    }
    push(&mut cell);
    Some((cells, bytes.len()))
}

/// A row as an entry.
pub(super) fn json(columns: &[String], cells: &[String]) -> String {
    let mut entry = Map::new();
    for (column, cell) in columns.iter().zip(cells) {
        if !cell.is_empty() {
            let path: Vec<&str> = column.split('.').collect();
            put(&mut entry, &path, value(cell));
        }
    }
    Value::Object(entry).to_string()
}

/// A cell that holds an object or a list is one.
fn value(cell: &str) -> Value {
    if cell.starts_with(['{', '[']) || matches!(cell, "true" | "false") {
        serde_json::from_str(cell).unwrap_or_else(|_| Value::String(cell.to_owned()))
    } else {
        Value::String(cell.to_owned())
    }
}

fn put(entry: &mut Map<String, Value>, path: &[&str], value: Value) {
    match path {
        [] => {}
        [name] => {
            entry.insert((*name).to_owned(), value);
        }
        [name, rest @ ..] => {
            let inner = entry
                .entry((*name).to_owned())
                .or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_becomes_an_entry() {
        let text = "insertId,timestamp,httpRequest.status,textPayload\na1,2026-11-18T09:00:00Z,403,\"x, \"\"y\"\"\nz\"\n";
        let columns = header(text.lines().next().unwrap()).unwrap();
        let (row, length) = cells(text.split_once('\n').unwrap().1.as_bytes()).unwrap();
        assert_eq!(length, text.len() - columns.join(",").len() - 1);
        let read: Value = serde_json::from_str(&json(&columns, &row)).unwrap();
        assert_eq!(
            read,
            serde_json::json!({
                "insertId": "a1",
                "timestamp": "2026-11-18T09:00:00Z",
                "httpRequest": {"status": "403"},
                "textPayload": "x, \"y\"\nz",
            })
        );
        assert!(header("a,b,c").is_none());
        assert!(cells(b"a,\"b").is_none());
    }
}
