//! `--format=value(a,b.c)`: which fields were asked for, and how they are laid out.

use super::value::Value;

/// A `--format` flag, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Format {
    pub(crate) layout: Layout,
    /// The fields asked for, each as its path; empty for all.
    pub(crate) fields: Vec<Field>,
    /// What stands between columns of `value` and `csv`.
    pub(crate) separator: String,
}

/// How an output is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Yaml,
    Json,
    Value,
    Csv,
    CsvWithoutHeading,
    Table,
    Other,
}

/// A column or field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) path: Vec<String>,
    /// The heading of the column, in capitals.
    pub(crate) label: String,
}

impl Format {
    /// Reads a flag's value, `yaml`, `value(status.url)`, `table[box](a:label=X, b.basename())`.
    pub(crate) fn read(text: &str) -> Self {
        let text = text.trim();
        let end = text.find(['[', '(']).unwrap_or(text.len());
        let (name, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        let (attributes, rest) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']'))
        {
            Some((attributes, rest)) => (attributes, rest),
            None => ("", rest),
        };
        let layout = match name.trim().to_ascii_lowercase().as_str() {
            "yaml" => Layout::Yaml,
            "json" => Layout::Json,
            "value" | "get" => Layout::Value,
            "csv" if attributes.contains("no-heading") => Layout::CsvWithoutHeading,
            "csv" => Layout::Csv,
            "table" | "" => Layout::Table,
            _ => Layout::Other,
        };
        let separator = attributes
            .split_once("separator=")
            .map(|(_, rest)| rest.trim_matches(['"', '\'']))
            .and_then(|rest| rest.chars().next())
            .map_or_else(
                || if layout == Layout::Value { "\t" } else { "," }.to_owned(),
                |char| char.to_string(),
            );
        let inner = rest
            .trim()
            .strip_prefix('(')
            .map(|inner| inner.trim_end().trim_end_matches(')'))
            .unwrap_or_default();
        Self {
            layout,
            fields: pieces(inner, ',').map(field).collect(),
            separator,
        }
    }

    /// The paths of the fields asked for.
    pub(crate) fn paths(&self) -> Vec<Vec<String>> {
        self.fields.iter().map(|field| field.path.clone()).collect()
    }

    /// The tree that a row of `value()` or `csv()` stands for.
    pub(crate) fn row(&self, row: &str) -> Value {
        let cells: Vec<&str> = if self.layout == Layout::Value {
            row.split(self.separator.as_str()).collect()
        } else {
            pieces(row, ',').collect()
        };
        let mut value = Value::Map(Vec::new());
        for (at, field) in self.fields.iter().enumerate() {
            // One field takes the whole row, whatever stands in it; the last takes what is left.
            let last = at.saturating_add(1) == self.fields.len();
            let cell = match cells.get(at) {
                Some(cell) if last && cells.len() > self.fields.len() => cells
                    .get(at..)
                    .map_or_else(|| (*cell).to_owned(), |rest| rest.join(&self.separator)),
                Some(cell) => (*cell).to_owned(),
                None => continue,
            };
            let cell = cell.trim().trim_matches('"').replace("\"\"", "\"");
            if !cell.is_empty() {
                value.put(&field.path, Value::Text(cell));
            }
        }
        value
    }
}

fn field(text: &str) -> Field {
    let text = text.trim();
    let (text, attributes) = match pieces(text, ':').next() {
        Some(first) if first.len() < text.len() => {
            (first, text.get(first.len()..).unwrap_or_default())
        }
        _ => (text, ""),
    };
    let mut path: Vec<String> = pieces(text, '.')
        // A function at the end, `basename()`, shapes the value and names nothing.
        .filter(|part| !part.ends_with(')'))
        .flat_map(names)
        .collect();
    path.retain(|part| !part.is_empty());
    let label = attributes
        .split_once("label=")
        .map(|(_, label)| {
            let end = label.find(':').unwrap_or(label.len());
            label
                .get(..end)
                .unwrap_or_default()
                .trim_matches(['"', '\''])
                .to_owned()
        })
        .unwrap_or_else(|| path.last().map(|last| snake(last)).unwrap_or_default());
    Field {
        path,
        label: label.to_ascii_uppercase(),
    }
}

/// `annotations['run.googleapis.com/urls']` and `bindings[0]`: a name and what it is asked for.
fn names(part: &str) -> Vec<String> {
    let Some((name, rest)) = part.split_once('[') else {
        return vec![part.trim_matches(['"', '\'']).to_owned()];
    };
    let inner = rest.split(']').next().unwrap_or_default();
    let inner = inner.trim_matches(['"', '\'', '\\']);
    let mut names = vec![name.to_owned()];
    if !inner.is_empty() && !inner.bytes().all(|byte| byte.is_ascii_digit()) {
        names.push(inner.to_owned());
    }
    names
}

/// `lastModifier` → `LAST_MODIFIER`, as gcloud heads its columns.
fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len());
    let mut before = false;
    for char in name.chars() {
        if char.is_ascii_uppercase() && before {
            snake.push('_');
        }
        before = char.is_ascii_lowercase() || char.is_ascii_digit();
        snake.push(char.to_ascii_uppercase());
    }
    snake
}

/// Splits at a mark that stands outside of quotes and brackets.
fn pieces(text: &str, mark: char) -> impl Iterator<Item = &str> {
    let mut rest = (!text.is_empty()).then_some(text);
    core::iter::from_fn(move || {
        let text = rest?;
        let mut depth = 0_usize;
        let mut quote = None;
        for (at, char) in text.char_indices() {
            match (quote, char) {
                (Some(open), _) if open == char => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => quote = Some(char),
                (None, '(' | '[') => depth = depth.saturating_add(1),
                (None, ')' | ']') => depth = depth.saturating_sub(1),
                (None, _) if char == mark && depth == 0 => {
                    let (piece, after) = text.split_at_checked(at)?;
                    rest = after.get(mark.len_utf8()..);
                    return Some(piece);
                }
                _ => {}
            }
        }
        rest = None;
        Some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_paths() {
        let format = Format::read(
            "value(status.url,metadata.annotations['run.googleapis.com/urls'],name.basename():label=\"X Y\")",
        );
        let paths = format.paths();
        assert_eq!(paths[0], ["status", "url"]);
        assert_eq!(
            paths[1],
            ["metadata", "annotations", "run.googleapis.com/urls"]
        );
        assert_eq!(
            (paths[2].clone(), format.fields[2].label.as_str()),
            (vec!["name".to_owned()], "X Y")
        );
        let table = Format::read("table[box](bindings[].members, lastModifier)");
        assert_eq!(table.layout, Layout::Table);
        assert_eq!(table.fields[0].path, ["bindings", "members"]);
        assert_eq!(table.fields[1].label, "LAST_MODIFIER");
    }

    #[test]
    fn rows_fill_the_fields() {
        let format = Format::read("value(a.b,c,d)");
        let row = format.row("all\t\ttrue");
        assert_eq!(row.text(&["a", "b"]), Some("all"));
        assert_eq!((row.text(&["c"]), row.text(&["d"])), (None, Some("true")));
        let csv = Format::read("csv[no-heading](a,b)");
        assert_eq!(csv.row("\"x,y\",z").text(&["a"]), Some("x,y"));
    }
}
