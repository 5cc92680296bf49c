//! JSON's grammar (RFC 8259), walked over without making anything of it.

use super::MAX_DEPTH;

/// A place in a text, in front of what is read next.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    /// Where the value read last goes deeper than [`MAX_DEPTH`], an object around it counted.
    pub(super) too_deep: Option<usize>,
}

/// Where and why a text stops being JSON.
pub(super) struct Break {
    /// The offset in bytes.
    pub(super) at: usize,
    /// What was expected, or what was wrong, as the end of a sentence.
    pub(super) reason: &'static str,
}

/// The reason when a whole value is read and the text goes on.
pub(super) const TRAILING: &str = "trailing characters";

const ENDS: &str = "a value was expected and the text ends";
const NO_VALUE: &str = "a value was expected";
const NUMBER: &str = "the number is not written as JSON writes numbers";

impl<'a> Cursor<'a> {
    /// In front of the text.
    pub(super) const fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            too_deep: None,
        }
    }

    /// The next byte behind white space, still to be read; `None` at the end.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.pass();
        }
        self.byte()
    }

    /// Reads a byte that was seen.
    pub(super) fn pass(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// The offset of what is read next.
    pub(super) const fn offset(&self) -> usize {
        self.at
    }

    /// The literal of the next member's name; `None` once the object's brace is read.
    pub(super) fn name(&mut self, first: bool) -> Result<Option<&'a str>, Break> {
        match self.peek() {
            Some(b'}') => {
                self.pass();
                return Ok(None);
            }
            Some(b',') if !first => {
                self.pass();
                match self.peek() {
                    Some(b'}') => return Err(self.stop("a comma is followed by nothing")),
                    None => return Err(self.stop(ENDS)),
                    _ => {}
                }
            }
            Some(_) if !first => return Err(self.stop("`,` or `}` was expected")),
            Some(_) => {}
            None => return Err(self.stop(not_closed(b'{'))),
        }
        self.bare_name().map(Some)
    }

    /// Reads the colon behind a name.
    pub(super) fn colon(&mut self) -> Result<(), Break> {
        match self.peek() {
            Some(b':') => {
                self.pass();
                Ok(())
            }
            Some(_) => Err(self.stop("`:` was expected after the name")),
            None => Err(self.stop(not_closed(b'{'))),
        }
    }

    /// The source of the next value.
    pub(super) fn value(&mut self) -> Result<&'a str, Break> {
        self.peek();
        let start = self.at;
        // Not by recursion, which a hostile depth would overflow.
        let mut open: Vec<u8> = Vec::new();
        self.too_deep = None;
        loop {
            match self.peek() {
                Some(bracket @ (b'{' | b'[')) => {
                    open.push(bracket);
                    if open.len() >= MAX_DEPTH {
                        self.too_deep = self.too_deep.or(Some(self.at));
                    }
                    self.pass();
                    match self.peek() {
                        None => return Err(self.stop(not_closed(bracket))),
                        Some(byte) if byte == closing(bracket) => {}
                        Some(_) => {
                            self.item(bracket)?;
                            continue;
                        }
                    }
                }
                other => self.scalar(other)?,
            }
            // A value ends here, and with it whatever is closed behind it.
            loop {
                let Some(bracket) = open.last().copied() else {
                    return Ok(self.since(start));
                };
                match self.peek() {
                    Some(b',') => {
                        self.pass();
                        self.item(bracket)?;
                        break;
                    }
                    Some(byte) if byte == closing(bracket) => {
                        self.pass();
                        open.pop();
                    }
                    Some(_) if bracket == b'{' => return Err(self.stop("`,` or `}` was expected")),
                    Some(_) => return Err(self.stop("`,` or `]` was expected")),
                    None => return Err(self.stop(not_closed(bracket))),
                }
            }
        }
    }

    /// Nothing follows.
    pub(super) fn end(&mut self) -> Result<(), Break> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.stop(TRAILING)),
        }
    }

    /// What stands before a value within these brackets: in an object its name.
    fn item(&mut self, bracket: u8) -> Result<(), Break> {
        if bracket == b'{' {
            if self.peek().is_none() {
                return Err(self.stop(not_closed(bracket)));
            }
            self.bare_name()?;
            self.colon()?;
        }
        Ok(())
    }

    fn bare_name(&mut self) -> Result<&'a str, Break> {
        if self.peek() != Some(b'"') {
            return Err(self.stop("a name in double quotes was expected"));
        }
        let start = self.at;
        self.string()?;
        Ok(self.since(start))
    }

    fn scalar(&mut self, first: Option<u8>) -> Result<(), Break> {
        match first {
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            Some(_) => Err(self.stop(NO_VALUE)),
            None => Err(self.stop(ENDS)),
        }
    }

    fn word(&mut self, word: &str) -> Result<(), Break> {
        for expected in word.bytes() {
            match self.byte() {
                Some(byte) if byte == expected => self.pass(),
                Some(_) => return Err(self.stop("`true`, `false` or `null` was expected")),
                None => return Err(self.stop(ENDS)),
            }
        }
        Ok(())
    }

    fn string(&mut self) -> Result<(), Break> {
        self.pass();
        loop {
            let Some(byte) = self.byte() else {
                return Err(self.stop("the string is not closed"));
            };
            match byte {
                b'"' => {
                    self.pass();
                    return Ok(());
                }
                b'\\' => {
                    self.pass();
                    self.escape()?;
                }
                ..b' ' => {
                    return Err(self.stop("a control character stands unescaped in a string"));
                }
                _ => self.pass(),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Break> {
        const UNKNOWN: &str = "the escape after `\\` does not exist";
        let digits = match self.byte() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 0,
            Some(b'u') => 4,
            // The end of the text is for the string to notice.
            None => return Ok(()),
            Some(_) => return Err(self.stop(UNKNOWN)),
        };
        self.pass();
        for _ in 0..digits {
            match self.byte() {
                Some(byte) if byte.is_ascii_hexdigit() => self.pass(),
                None => return Ok(()),
                Some(_) => return Err(self.stop(UNKNOWN)),
            }
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), Break> {
        if self.byte() == Some(b'-') {
            self.pass();
        }
        if self.byte() == Some(b'0') {
            self.pass();
            if self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
                return Err(self.stop(NUMBER));
            }
        } else {
            self.digits()?;
        }
        if self.byte() == Some(b'.') {
            self.pass();
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.pass();
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.pass();
            }
            self.digits()?;
        }
        Ok(())
    }

    /// One digit or more.
    fn digits(&mut self) -> Result<(), Break> {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.pass();
        }
        if self.at == start {
            return Err(self.stop(NUMBER));
        }
        Ok(())
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The text from an offset to here; both lie beside ASCII characters.
    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    const fn stop(&self, reason: &'static str) -> Break {
        Break {
            at: self.at,
            reason,
        }
    }
}

const fn closing(bracket: u8) -> u8 {
    if bracket == b'{' { b'}' } else { b']' }
}

const fn not_closed(bracket: u8) -> &'static str {
    if bracket == b'{' {
        "the object is not closed"
    } else {
        "the array is not closed"
    }
}
