//! JSON read losslessly: order, duplicates and the digits of every number survive, and when
//! the text breaks off, the members before the break are still there.
//!
//! `serde_json` streams the text and hands over each member's source
//! ([`RawValue`](serde_json::value::RawValue)); nothing is turned into a number or a string
//! before somebody asks for it.

mod broken;
mod decode;
mod members;
mod string;

pub(crate) use string::{odd_escape, unescape};

/// The most members read of one object; the rest is left out, with a sentence.
pub const MAX_MEMBERS: usize = 10_000;

/// The deepest nesting read. Parsers commonly refuse more.
pub const MAX_DEPTH: usize = 128;

/// A JSON text, taken apart one level deep.
#[derive(Debug, Clone, Default)]
#[allow(clippy::exhaustive_structs)]
pub struct Json {
    /// The text as read, invalid UTF-8 replaced by U+FFFD, without a byte order mark.
    pub source: String,
    /// The members of the object, in the order sent. Empty when it is no object.
    pub members: Vec<Member>,
    /// What the text is.
    pub shape: Shape,
    /// Where it stopped being JSON, in one sentence with the byte offset.
    pub broken: Option<String>,
    /// What else was odd (byte order mark, bad UTF-8 at byte N), one sentence each.
    pub notes: Vec<String>,
}

/// What a JSON text is at its top level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Shape {
    /// Nothing at all.
    #[default]
    Empty,
    /// An object, whole or broken off.
    Object,
    /// An array, string, number, `true`, `false` or `null`.
    Other,
    /// No JSON.
    NotJson,
}

/// One member of an object.
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_structs)]
pub struct Member {
    /// The name, unescaped.
    pub name: String,
    /// The value's source text, untouched.
    pub raw: String,
    /// An earlier or later member has the same name.
    pub duplicate: bool,
}

/// The JSON type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValueType {
    /// `"…"`
    String,
    /// `1`, `-1.5e400`
    Number,
    /// `true` or `false`
    Boolean,
    /// `null`
    Null,
    /// `[…]`
    Array,
    /// `{…}`
    Object,
}

impl Json {
    /// Reads a text. Offsets in `broken` and `notes` are in bytes of `text`, from 0.
    #[must_use]
    pub fn read(text: &str) -> Self {
        members::read(decode::Decoded::from_text(text.to_owned()))
    }

    /// Reads bytes that should be UTF-8. Offsets are in bytes of `bytes`, from 0.
    #[must_use]
    pub fn read_bytes(bytes: Vec<u8>) -> Self {
        members::read(decode::Decoded::from_bytes(bytes))
    }

    /// The member with this name; of several the last, which is the one JSON parsers take.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Member> {
        self.members.iter().rev().find(|member| member.name == name)
    }

    /// The text of the member with this name, when it is a string.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.string()
    }
}

impl Member {
    /// The value unescaped, when it is a string. An escape that is no character (a lone
    /// surrogate) stays as it was written, `\uD800`.
    #[must_use]
    pub fn string(&self) -> Option<String> {
        string::unescape(&self.raw)
    }

    /// The strings the value holds: itself, or the elements of an array that are strings.
    #[must_use]
    pub fn strings(&self) -> Vec<String> {
        match self.value_type() {
            Some(ValueType::String) => self.string().into_iter().collect(),
            Some(ValueType::Array) => self
                .elements()
                .iter()
                .filter_map(|raw| string::unescape(raw))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The source texts of an array's elements; none when the value is no array.
    #[must_use]
    pub fn elements(&self) -> Vec<&str> {
        serde_json::from_str::<Vec<&serde_json::value::RawValue>>(&self.raw)
            .map(|elements| elements.iter().map(|element| element.get()).collect())
            .unwrap_or_default()
    }

    /// The JSON type of the value.
    #[must_use]
    pub fn value_type(&self) -> Option<ValueType> {
        ValueType::of(&self.raw)
    }
}

impl ValueType {
    /// The type of a value by its source text's first character.
    #[must_use]
    pub fn of(raw: &str) -> Option<Self> {
        match raw.as_bytes().first()? {
            b'"' => Some(Self::String),
            b'-' | b'0'..=b'9' => Some(Self::Number),
            b't' | b'f' => Some(Self::Boolean),
            b'n' => Some(Self::Null),
            b'[' => Some(Self::Array),
            b'{' => Some(Self::Object),
            _ => None,
        }
    }

    /// The type with its article, as it stands in a sentence: "a string".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Number => "a number",
            Self::Boolean => "a boolean",
            Self::Null => "null",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

#[cfg(test)]
mod tests;
