//! JSON read losslessly: order, duplicates and the digits of every number survive, and when
//! the text breaks off, the members before the break are still there.

/// A JSON text, taken apart one level deep.
#[derive(Debug, Clone, Default)]
#[allow(clippy::exhaustive_structs)]
pub struct Json {
    /// The text as read, invalid UTF-8 replaced by U+FFFD.
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
