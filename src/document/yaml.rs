//! YAML as the commands print it, and as people paste it: cut, indented again, or with the
//! indentation eaten. A subset reader: block maps and lists, quoted and folded texts, `|` blocks,
//! flow style on one line. No anchors, tags or complex keys, which no read command prints.
//!
//! docs/dependencies.md tells what a whole YAML reader would weigh, and why it would not help here.

use super::json;
use super::value::Value;
use crate::json::unescape;

/// What was read.
pub(crate) struct Read {
    pub(crate) value: Value,
    /// The first lines belong deeper than the rest: the beginning is missing.
    pub(crate) headless: bool,
    /// A quoted text or a name at the end is not closed.
    pub(crate) broken: bool,
    /// The indentation was eaten.
    pub(crate) flat: bool,
    /// The last text stood in quotes, and was closed.
    pub(crate) quoted: bool,
}

/// Reads one YAML document. Total and linear.
pub(crate) fn read<'t>(lines: impl Iterator<Item = &'t str>) -> Read {
    let lines: Vec<Line<'t>> = lines.take(MAX_LINES).map(Line::of).collect();
    let root = lines
        .iter()
        .filter(|line| !line.text.is_empty())
        .map(|line| line.indent)
        .min()
        .unwrap_or_default();
    let first = lines.iter().position(|line| !line.text.is_empty());
    let head = lines
        .iter()
        .position(|line| !line.text.is_empty() && line.indent == root)
        .unwrap_or_default();
    let flat = is_flat(&lines);
    let quoted = lines
        .iter()
        .rev()
        .find(|line| !line.text.is_empty())
        .is_some_and(|line| line.text.ends_with(['\'', '"']));
    let mut reader = Reader {
        lines,
        at: head,
        broken: false,
        flat,
    };
    let mut value = reader.block(root, 0);
    // What cannot belong to the first block is read as more of it: better than losing it.
    while reader.at < reader.lines.len() {
        let before = reader.at;
        let more = reader.block(root, 0);
        if reader.at <= before {
            reader.at = before.saturating_add(1);
        }
        if let (Value::Map(entries), Value::Map(more)) = (&mut value, more) {
            entries.extend(more);
        }
    }
    Read {
        value,
        headless: first.is_some_and(|first| first < head),
        broken: reader.broken,
        flat,
        quoted: quoted && !reader.broken,
    }
}

/// The name with which a line begins, and what follows its colon.
pub(crate) fn key(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = match text.as_bytes().first()? {
        b'\'' | b'"' => {
            let quote = text.chars().next()?;
            let inner = text.get(1..)?;
            let end = inner.find(quote)?;
            (inner.get(..end)?, inner.get(end.saturating_add(1)..)?)
        }
        _ => {
            let end = text
                .bytes()
                .enumerate()
                .find(|(at, byte)| {
                    *byte == b':'
                        && text
                            .as_bytes()
                            .get(at.saturating_add(1))
                            .is_none_or(u8::is_ascii_whitespace)
                })
                .map(|(at, _)| at)?;
            let name = text.get(..end)?;
            if name.is_empty() || !name.bytes().all(is_name) {
                return None;
            }
            (name, text.get(end..)?)
        }
    };
    let rest = rest.strip_prefix(':')?;
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then(|| (name, rest.trim()))
}

/// What names are made of; members of memberships are names too (`serviceAccount:a@b.c`).
const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'_' | b'-' | b'.' | b'/' | b'$' | b'@' | b':' | b'+' | b'%' | b'~' | b'{' | b'}'
        )
}

const MAX_DEPTH: usize = 64;

/// No command that reads prints more lines, nor more members of one map: what goes on beyond is
/// a log or a list of headers, and is not looked at.
const MAX_LINES: usize = 200_000;
const MAX_MEMBERS: usize = 10_000;

#[derive(Clone, Copy)]
struct Line<'t> {
    indent: usize,
    /// Without indentation; empty for a blank line.
    text: &'t str,
    /// As it stood, for blocks.
    raw: &'t str,
}

impl<'t> Line<'t> {
    fn of(raw: &'t str) -> Self {
        let text = raw.trim_start_matches([' ', '\t']);
        Self {
            indent: raw.len().saturating_sub(text.len()),
            text: text.trim_end(),
            raw,
        }
    }

    fn is_item(self) -> bool {
        self.text == "-" || self.text.starts_with("- ")
    }
}

/// All lines at one depth, and a name without a value before another name: no YAML of a command
/// looks so.
fn is_flat(lines: &[Line<'_>]) -> bool {
    let mut depth = None;
    let mut names = 0_usize;
    let mut opened = false;
    let mut proof = false;
    for line in lines.iter().filter(|line| !line.text.is_empty()) {
        if *depth.get_or_insert(line.indent) != line.indent {
            return false;
        }
        match key(line.text) {
            Some((_, rest)) if !line.is_item() => {
                proof |= opened;
                opened = rest.is_empty();
                names = names.saturating_add(1);
            }
            _ => {
                // `bindings:`, `- members:`, `- user:…`: an item right below a name of its own.
                let names_more = line
                    .text
                    .strip_prefix("- ")
                    .and_then(key)
                    .is_some_and(|(_, rest)| rest.is_empty());
                proof |= opened && names_more && line.text.ends_with("members:");
                opened = false;
            }
        }
    }
    proof && names >= 2
}

struct Reader<'t> {
    lines: Vec<Line<'t>>,
    at: usize,
    broken: bool,
    flat: bool,
}

impl<'t> Reader<'t> {
    /// The next line that is not blank.
    fn peek(&mut self) -> Option<Line<'t>> {
        loop {
            let line = *self.lines.get(self.at)?;
            if !line.text.is_empty() && !line.text.starts_with("# ") {
                return Some(line);
            }
            self.next();
        }
    }

    fn next(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// The map, list or text that begins on the next line.
    fn block(&mut self, indent: usize, depth: usize) -> Value {
        let Some(line) = self.peek() else {
            return Value::Null;
        };
        if depth > MAX_DEPTH {
            self.next();
            self.broken = true;
            return Value::Null;
        }
        if line.is_item() {
            self.list(line.indent, depth)
        } else if key(line.text).is_some() {
            self.map(indent, depth)
        } else {
            self.next();
            self.scalar(line.text, line.indent.saturating_sub(1), line.indent)
        }
    }

    fn map(&mut self, indent: usize, depth: usize) -> Value {
        let mut entries: Vec<(String, Value)> = Vec::new();
        while let Some(line) = self.peek() {
            if line.indent < indent {
                break;
            }
            if entries.len() >= MAX_MEMBERS {
                self.at = self.lines.len();
                break;
            }
            let Some((name, rest)) = key(line.text).filter(|_| !line.is_item()) else {
                if line.is_item() && (line.indent > indent || self.flat) {
                    // A list that slid: it belongs to the name before it.
                    let more = self.list(line.indent, depth.saturating_add(1));
                    if let Some((_, slot)) = entries.last_mut()
                        && *slot == Value::Null
                    {
                        *slot = more;
                    } else {
                        entries.push((String::new(), more));
                    }
                    continue;
                }
                if line.is_item() {
                    break;
                }
                // Neither a name nor an item: what is left of a cut line.
                self.broken |= self.at.saturating_add(1) >= self.lines.len();
                self.next();
                continue;
            };
            self.next();
            let value = self.after_name(rest, line.indent, depth);
            entries.push((name.to_owned(), value));
        }
        Value::Map(entries)
    }

    /// The value of a name that stands at `indent`.
    fn after_name(&mut self, rest: &'t str, indent: usize, depth: usize) -> Value {
        if rest.is_empty() {
            return match self.peek() {
                Some(next) if next.indent > indent => {
                    self.block(next.indent, depth.saturating_add(1))
                }
                Some(next) if next.is_item() && next.indent == indent && !self.flat => {
                    self.list(next.indent, depth.saturating_add(1))
                }
                _ => Value::Null,
            };
        }
        self.scalar(rest, indent, indent)
    }

    fn list(&mut self, indent: usize, depth: usize) -> Value {
        let mut items = Vec::new();
        while let Some(line) = self.peek() {
            if line.indent != indent || !line.is_item() {
                break;
            }
            let rest = line.text.get(1..).unwrap_or_default();
            let inner = rest.trim_start();
            if inner.is_empty() {
                self.next();
                let value = match self.peek() {
                    Some(next) if next.indent > indent => {
                        self.block(next.indent, depth.saturating_add(1))
                    }
                    _ => Value::Null,
                };
                items.push(value);
                continue;
            }
            // The item is read as a line of its own, as deep as its text stands.
            let gap = rest.len().saturating_sub(inner.len());
            let deep = indent.saturating_add(1).saturating_add(gap);
            if let Some(slot) = self.lines.get_mut(self.at) {
                slot.indent = deep;
                slot.text = inner;
            }
            if key(inner).is_some() || inner.starts_with("- ") {
                items.push(if depth > MAX_DEPTH {
                    self.next();
                    Value::Null
                } else {
                    self.block(deep, depth.saturating_add(1))
                });
            } else {
                self.next();
                items.push(self.scalar(inner, indent, deep));
            }
        }
        Value::List(items)
    }

    /// A text that begins here and may go on below, deeper than `indent`.
    fn scalar(&mut self, first: &'t str, indent: usize, own: usize) -> Value {
        match first.as_bytes().first() {
            Some(b'|' | b'>') if is_block_header(first) => {
                Value::Text(self.literal(indent, first.starts_with('>')))
            }
            Some(b'\'') => self.quoted(first, '\''),
            Some(b'"') => self.quoted(first, '"'),
            Some(b'{' | b'[') => json::read(first).map_or_else(
                || Value::Text(first.to_owned()),
                |read| {
                    self.broken |= !read.closed && self.at >= self.lines.len();
                    read.value
                },
            ),
            _ => self.plain(first, indent.max(own.saturating_sub(1))),
        }
    }

    fn plain(&mut self, first: &'t str, indent: usize) -> Value {
        let mut text = without_comment(first).to_owned();
        // A long text goes on below; a line that names something does not belong to it.
        while let Some(line) = self.lines.get(self.at) {
            let goes_on = !line.text.is_empty()
                && line.indent > indent
                && !self.flat
                && !line.is_item()
                && key(line.text).is_none();
            if !goes_on {
                break;
            }
            text.push(' ');
            text.push_str(line.text);
            self.next();
        }
        if matches!(text.as_str(), "null" | "~") {
            return Value::Null;
        }
        Value::Text(text)
    }

    fn quoted(&mut self, first: &'t str, quote: char) -> Value {
        let mut text = String::new();
        let mut rest = first.get(1..).unwrap_or_default();
        let mut breaks = 0_usize;
        loop {
            if let Some(end) = closing(rest, quote) {
                text.push_str(rest.get(..end).unwrap_or_default());
                break;
            }
            text.push_str(rest);
            let Some(line) = self.lines.get(self.at).copied() else {
                self.broken = true;
                break;
            };
            self.next();
            if line.text.is_empty() {
                breaks = breaks.saturating_add(1);
                rest = "";
                continue;
            }
            let is_continued = quote == '"' && text.ends_with('\\');
            if is_continued {
                text.pop();
            } else if breaks > 0 {
                text.extend(core::iter::repeat_n('\n', breaks));
            } else {
                text.push(' ');
            }
            breaks = 0;
            rest = line.text;
        }
        Value::Text(if quote == '\'' {
            text.replace("''", "'")
        } else {
            let literal = format!("\"{}\"", text.replace("\\ ", " "));
            unescape(&literal).unwrap_or(text)
        })
    }

    /// The lines of a `|` or `>` block, without their common indentation.
    fn literal(&mut self, indent: usize, fold: bool) -> String {
        let mut lines: Vec<&str> = Vec::new();
        let mut common = usize::MAX;
        while let Some(line) = self.lines.get(self.at) {
            if !line.text.is_empty() && line.indent <= indent {
                break;
            }
            if !line.text.is_empty() {
                common = common.min(line.raw.len().saturating_sub(line.raw.trim_start().len()));
            }
            lines.push(line.raw);
            self.next();
        }
        while lines.last().is_some_and(|line| line.trim().is_empty()) {
            lines.pop();
        }
        let lines: Vec<&str> = lines
            .iter()
            .map(|line| line.get(common..).unwrap_or_default().trim_end())
            .collect();
        lines.join(if fold { " " } else { "\n" })
    }
}

fn is_block_header(text: &str) -> bool {
    text.get(1..).is_some_and(|rest| {
        rest.bytes()
            .all(|byte| matches!(byte, b'-' | b'+' | b'0'..=b'9'))
    })
}

/// Where a quoted text ends.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        if char == '\\' && quote == '"' {
            chars.next();
        } else if char == quote {
            if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') {
                chars.next();
            } else {
                return Some(at);
            }
        }
    }
    None
}

fn without_comment(text: &str) -> &str {
    text.split_once(" #")
        .map_or(text, |(text, _)| text)
        .trim_end()
}
