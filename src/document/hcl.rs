//! What `terraform state show` prints: one resource, as HCL.
//!
//! Names become those of the REST API (`service_account_email` → `serviceAccountEmail`), because
//! the provider follows it; so one reader understands both.

use super::value::Value;

/// A resource as it stands in the state.
pub(crate) struct Resource {
    /// `google_cloud_run_v2_service`
    pub(crate) kind: String,
    pub(crate) value: Value,
    pub(crate) closed: bool,
    /// Lines read.
    pub(crate) lines: usize,
}

/// The type in a resource's first line.
pub(crate) fn header(line: &str) -> Option<&str> {
    let rest = line
        .trim_start()
        .strip_prefix("resource \"")
        .or_else(|| line.trim_start().strip_prefix("data \""))?;
    let (kind, rest) = rest.split_once('"')?;
    rest.trim_end().ends_with('{').then_some(kind)
}

/// Reads the resource whose first line is the first of `lines`. Total and linear.
pub(crate) fn read<'t>(lines: impl Iterator<Item = &'t str>) -> Option<Resource> {
    let mut lines = lines.map(str::trim);
    let kind = header(lines.next()?)?.to_owned();
    // The open maps and lists, outermost first, each with its name.
    let mut open: Vec<(String, Value)> = vec![(String::new(), Value::Map(Vec::new()))];
    let mut count = 1_usize;
    let mut heredoc: Option<(String, String, Vec<&str>)> = None;
    let mut closed = None;
    for line in lines {
        count = count.saturating_add(1);
        if let Some((name, mark, mut text)) = heredoc.take() {
            if line == mark {
                add(&mut open, &name, Value::Text(text.join("\n")));
            } else {
                text.push(line);
                heredoc = Some((name, mark, text));
            }
            continue;
        }
        if matches!(line, "}" | "]" | "}," | "],") {
            let (name, value) = open.pop()?;
            if open.is_empty() {
                closed = Some(value);
                break;
            }
            add(&mut open, &name, value);
            continue;
        }
        if let Some(block) = line.strip_suffix('{').map(str::trim_end)
            && !block.contains('=')
            && open.len() < 64
        {
            open.push((rest_name(block.trim_matches('"')), Value::Map(Vec::new())));
            continue;
        }
        let Some((name, value)) = line.split_once('=') else {
            if !line.is_empty() {
                add(&mut open, "", scalar(line));
            }
            continue;
        };
        let (name, value) = (name.trim(), value.trim());
        let name = match name
            .strip_prefix('"')
            .and_then(|name| name.strip_suffix('"'))
        {
            Some(quoted) => quoted.to_owned(),
            None => rest_name(name),
        };
        match value {
            "{" if open.len() < 64 => open.push((name, Value::Map(Vec::new()))),
            "[" if open.len() < 64 => open.push((name, Value::List(Vec::new()))),
            "{}" => add(&mut open, &name, Value::Map(Vec::new())),
            "[]" => add(&mut open, &name, Value::List(Vec::new())),
            _ => match value
                .strip_prefix("<<-")
                .or_else(|| value.strip_prefix("<<"))
            {
                Some(mark) => heredoc = Some((name, mark.trim().to_owned(), Vec::new())),
                None => add(&mut open, &name, scalar(value)),
            },
        }
    }
    let is_closed = closed.is_some();
    let mut value = closed.unwrap_or_else(|| {
        while open.len() > 1 {
            if let Some((name, value)) = open.pop() {
                add(&mut open, &name, value);
            }
        }
        open.pop().map(|(_, value)| value).unwrap_or_default()
    });
    full_name(&mut value);
    Some(Resource {
        kind,
        value,
        closed: is_closed,
        lines: count,
    })
}

/// The API's `name` is the provider's `id`.
fn full_name(value: &mut Value) {
    let id = value
        .text(&["id"])
        .filter(|id| id.starts_with("projects/"))
        .map(str::to_owned);
    if let (Some(id), Value::Map(entries)) = (id, value) {
        entries.retain(|(name, _)| name != "name");
        entries.push(("name".to_owned(), Value::Text(id)));
    }
}

fn add(open: &mut [(String, Value)], name: &str, value: Value) {
    match open.last_mut().map(|(_, value)| value) {
        Some(Value::List(items)) => items.push(value),
        Some(Value::Map(entries)) => {
            // A block that comes again makes a list.
            match entries.iter_mut().find(|(known, _)| known == name) {
                Some((_, Value::List(items))) if matches!(value, Value::Map(_)) => {
                    items.push(value);
                }
                Some((_, first @ Value::Map(_))) if matches!(value, Value::Map(_)) => {
                    let one = core::mem::take(first);
                    *first = Value::List(vec![one, value]);
                }
                Some((_, slot)) => *slot = value,
                None => entries.push((name.to_owned(), value)),
            }
        }
        _ => {}
    }
}

fn scalar(text: &str) -> Value {
    let text = text.trim_end_matches(',').trim_end();
    if text == "null" {
        return Value::Null;
    }
    crate::json::unescape(text).map_or_else(|| Value::Text(text.to_owned()), Value::Text)
}

fn rest_name(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut upper = false;
    for char in name.chars() {
        if char == '_' {
            upper = true;
        } else if upper {
            camel.push(char.to_ascii_uppercase());
            upper = false;
        } else {
            camel.push(char);
        }
    }
    camel
}
