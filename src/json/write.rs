//! JSON written on one line.

use core::fmt::Write as _;

/// A JSON text in the making. Commas are put where they belong.
#[derive(Default)]
pub(crate) struct Writer {
    text: String,
}

impl Writer {
    /// What was written.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// Begins an object (`{`) or an array (`[`).
    pub(crate) fn open(&mut self, bracket: char) {
        self.raw_char(bracket);
    }

    /// Ends what was begun.
    pub(crate) fn close(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    /// The name of a member, whose value comes next.
    pub(crate) fn name(&mut self, name: &str) -> &mut Self {
        self.text(name);
        self.text.push(':');
        self
    }

    /// A string.
    pub(crate) fn text(&mut self, text: &str) {
        self.separate();
        push_quoted(&mut self.text, text);
    }

    /// A string, or `null`.
    pub(crate) fn text_or_null(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.raw("null"),
        }
    }

    /// A whole number.
    pub(crate) fn number(&mut self, number: i64) {
        self.separate();
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{number}");
    }

    /// A value that is JSON already.
    pub(crate) fn raw(&mut self, json: &str) {
        self.separate();
        self.text.push_str(json);
    }

    /// An array of strings.
    pub(crate) fn texts<'t>(&mut self, texts: &mut dyn Iterator<Item = &'t str>) {
        self.open('[');
        for text in texts {
            self.text(text);
        }
        self.close(']');
    }

    fn raw_char(&mut self, char: char) {
        self.separate();
        self.text.push(char);
    }

    /// A comma, unless nothing stands before. A string's last character is its quote, so what
    /// the text ends in tells.
    fn separate(&mut self) {
        if !matches!(self.text.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.text.push(',');
        }
    }
}

/// A text as a JSON string literal.
pub(crate) fn quoted(text: &str) -> String {
    let mut literal = String::with_capacity(text.len().saturating_add(2));
    push_quoted(&mut literal, text);
    literal
}

fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let short = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            ..b' ' => "",
            _ => continue,
        };
        out.push_str(text.get(done..at).unwrap_or_default());
        done = at.saturating_add(1);
        out.push_str(short);
        if short.is_empty() {
            let _ = write!(out, "\\u{byte:04x}");
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_escapes() {
        let mut json = Writer::default();
        json.open('{');
        json.name("a{").text("x\"\\\n\r\t\u{1}é{");
        json.name("b").number(-7);
        json.name("c").texts(&mut ["[", ""].into_iter());
        json.name("d").text_or_null(None);
        json.name("e").raw("{\"f\":[]}");
        json.name("g").open('[');
        json.open('{');
        json.close('}');
        json.open('{');
        json.close('}');
        json.close(']');
        json.close('}');
        let text = json.finish();
        assert_eq!(
            text,
            r#"{"a{":"x\"\\\n\r\t\u0001é{","b":-7,"c":["[",""],"d":null,"e":{"f":[]},"g":[{},{}]}"#
        );
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
    }

    #[test]
    fn what_is_quoted_reads_back() {
        let text: String = (0..0x800).filter_map(char::from_u32).collect();
        let read: String = serde_json::from_str(&quoted(&text)).expect("it is a literal");
        assert_eq!(read, text);
        assert_eq!(crate::json::string(&quoted(&text)), Some(text));
    }
}
