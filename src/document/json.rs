//! JSON as it is pasted: what stands before a break is kept, and the end is told.
//!
//! Lenient on purpose: trailing commas and bare words pass, so that YAML's flow style is read too.

use super::value::Value;
use crate::json::unescape;

/// What was read, how far it goes, and whether it was closed.
pub(crate) struct Read {
    pub(crate) value: Value,
    /// Bytes read from the start of the text.
    pub(crate) length: usize,
    pub(crate) closed: bool,
}

/// Reads the object or list with which the text begins. Linear; a value that breaks off is left out.
pub(crate) fn read(text: &str) -> Option<Read> {
    let mut reader = Reader {
        text,
        at: 0,
        broken: false,
    };
    reader.space();
    if !matches!(reader.peek(), Some(b'{' | b'[')) {
        return None;
    }
    let value = reader.value(0)?;
    Some(Read {
        value,
        length: reader.at,
        closed: !reader.broken,
    })
}

/// Deeper nesting is read as if the text broke off there.
const MAX_DEPTH: usize = 96;

struct Reader<'t> {
    text: &'t str,
    at: usize,
    broken: bool,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.skip();
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > MAX_DEPTH {
            self.broken = true;
            return None;
        }
        match self.peek()? {
            b'{' => Some(self.map(depth)),
            b'[' => Some(self.list(depth)),
            b'"' => self.string().map(Value::Text),
            b'\'' => self.single().map(Value::Text),
            _ => self.word(),
        }
    }

    fn map(&mut self, depth: usize) -> Value {
        self.skip();
        let mut entries = Vec::new();
        loop {
            self.separators();
            match self.peek() {
                Some(b'}') => {
                    self.skip();
                    break;
                }
                None | Some(b']') => {
                    self.broken = true;
                    break;
                }
                _ => {}
            }
            let Some(name) = self.name() else {
                self.broken = true;
                break;
            };
            self.space();
            if self.peek() != Some(b':') {
                self.broken = true;
                break;
            }
            self.skip();
            self.space();
            match self.value(depth.saturating_add(1)) {
                Some(value) => entries.push((name, value)),
                None => self.broken = true,
            }
            if self.broken {
                break;
            }
        }
        Value::Map(entries)
    }

    fn list(&mut self, depth: usize) -> Value {
        self.skip();
        let mut items = Vec::new();
        loop {
            self.separators();
            match self.peek() {
                Some(b']') => {
                    self.skip();
                    break;
                }
                None | Some(b'}' | b':') => {
                    self.broken = true;
                    break;
                }
                _ => {}
            }
            match self.value(depth.saturating_add(1)) {
                Some(value) => items.push(value),
                None => self.broken = true,
            }
            if self.broken {
                break;
            }
        }
        Value::List(items)
    }

    fn separators(&mut self) {
        while self
            .peek()
            .is_some_and(|byte| byte.is_ascii_whitespace() || byte == b',')
        {
            self.skip();
        }
    }

    fn name(&mut self) -> Option<String> {
        match self.peek()? {
            b'"' => self.string(),
            b'\'' => self.single(),
            _ => match self.word()? {
                Value::Text(text) => Some(text),
                _ => Some("null".to_owned()),
            },
        }
    }

    /// A string in double quotes; none when it is not closed on its line.
    fn string(&mut self) -> Option<String> {
        let from = self.at;
        self.skip();
        let mut escaped = false;
        while let Some(byte) = self.peek() {
            if byte == b'\n' {
                break;
            }
            self.skip();
            if escaped {
                escaped = false;
            } else if byte == b'\\' {
                escaped = true;
            } else if byte == b'"' {
                return unescape(self.text.get(from..self.at)?);
            }
        }
        self.broken = true;
        None
    }

    fn single(&mut self) -> Option<String> {
        self.skip();
        let from = self.at;
        while let Some(byte) = self.peek() {
            if byte == b'\n' {
                break;
            }
            if byte == b'\'' {
                let text = self.text.get(from..self.at)?.to_owned();
                self.skip();
                return Some(text);
            }
            self.skip();
        }
        self.broken = true;
        None
    }

    /// A number, `true`, `null`, or a word of YAML's flow style; none when the text ends within it.
    fn word(&mut self) -> Option<Value> {
        let from = self.at;
        while let Some(byte) = self.peek() {
            let is_end = matches!(
                byte,
                b',' | b'}' | b']' | b'{' | b'[' | b'"' | b'\n' | b'\r'
            );
            let is_name_end = byte == b':'
                && !matches!(
                    self.text.as_bytes().get(self.at.saturating_add(1)),
                    Some(next) if !next.is_ascii_whitespace()
                );
            if is_end || is_name_end {
                break;
            }
            self.skip();
        }
        let word = self.text.get(from..self.at)?.trim();
        if word.is_empty() || self.peek().is_none() {
            self.broken = true;
            return None;
        }
        Some(match word {
            "null" => Value::Null,
            word => Value::Text(word.to_owned()),
        })
    }
}
