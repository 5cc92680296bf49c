//! A value and where it was seen.

/// Where a fact was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum From {
    /// The output of a command that reads; its place among the documents.
    Document(usize),
    /// A field that the person filled in.
    Told,
    /// The token.
    Token,
    /// The URL that is called.
    Url,
    /// A header or the method of the pasted request.
    Request,
    /// A log entry; its place among the entries.
    Log(usize),
    /// The answer of a service.
    Answer,
    /// The message of a program, or prose: whoever wrote it may be anybody.
    Error,
}

impl From {
    /// The public id (report version 2).
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Document(_) => "document",
            Self::Told => "told",
            Self::Token => "token",
            Self::Url => "url",
            Self::Request => "request",
            Self::Log(_) => "log",
            Self::Answer => "answer",
            Self::Error => "error",
        }
    }

    /// How a sentence names the source.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Document(_) => "a pasted output",
            Self::Told => "what you filled in",
            Self::Token => "the token",
            Self::Url => "the URL",
            Self::Request => "the request",
            Self::Log(_) => "the log",
            Self::Answer => "the answer",
            Self::Error => "the error",
        }
    }
}

/// A value with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs)]
pub struct Known<T> {
    /// The value.
    pub value: T,
    /// Where it was seen.
    pub from: From,
}

impl<T> Known<T> {
    /// A value seen there.
    pub const fn new(value: T, from: From) -> Self {
        Self { value, from }
    }
}
