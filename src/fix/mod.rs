//! What to run: commands and code, filled in from the evidence and safe to paste.
//!
//! ```text
//! Evidence ─Fill─▶ values that passed the allow-list ─recipes─▶ words and templates ─▶ Fix
//! ```
//!
//! A recipe is a table of words and templates; a cause composes recipes. Somebody's text enters
//! a command only through [`value`], and only as (part of) one quoted word.

pub(crate) mod allow;
pub(crate) mod app;
pub(crate) mod audience;
pub(crate) mod callers;
pub(crate) mod code;
mod collect;
pub(crate) mod command;
pub(crate) mod draft;
pub(crate) mod enable;
pub(crate) mod fill;
pub(crate) mod grant;
pub(crate) mod hole;
pub(crate) mod inspect;
pub(crate) mod mint;
pub(crate) mod remedy;
pub(crate) mod template;
pub(crate) mod terraform;
pub(crate) mod value;
pub(crate) mod verify;
mod yaml;

pub use collect::{Shell, collect};
pub use remedy::Remedy;
pub(crate) use template::holes;

/// One thing to do.
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_structs)]
pub struct Fix {
    /// What it does, as an instruction: "Let the caller invoke `orders`".
    pub title: String,
    /// What running it does to the world.
    pub effect: Effect,
    /// What to know before running it: who gets what, what a CAPITAL placeholder needs, why a
    /// value was left out. Plain text; empty when there is nothing to say.
    pub caution: String,
    /// The same fix in one or more languages; the first is the one to show.
    pub snippets: Vec<Snippet>,
}

impl Fix {
    /// The text that is shown first.
    fn shown(&self) -> Option<&str> {
        self.snippets.first().map(|snippet| snippet.text.as_str())
    }

    /// The snippet in this language.
    pub(crate) fn snippet(&self, language: Language) -> Option<&Snippet> {
        self.snippets
            .iter()
            .find(|snippet| snippet.language == language)
    }

    /// The snippet in the wanted language; else the shell's, which a terminal wants; else the
    /// first.
    pub(crate) fn chosen(&self, wanted: Option<Language>) -> Option<&Snippet> {
        wanted
            .and_then(|language| self.snippet(language))
            .or_else(|| self.snippet(Language::Sh))
            .or_else(|| self.snippets.first())
    }
}

/// A fix in one language.
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_structs)]
pub struct Snippet {
    /// The language.
    pub language: Language,
    /// Exactly what is shown and copied; no trailing newline.
    pub text: String,
}

/// What running a fix does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Effect {
    /// Only looks.
    Reads,
    /// Changes a resource, a policy or code.
    Changes,
    /// Prints a secret.
    Mints,
}

/// The language of a snippet. The ids are public (report version 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Language {
    /// POSIX shell: gcloud, curl.
    Sh,
    /// Terraform.
    Hcl,
    /// Python.
    Python,
    /// Node.js.
    JavaScript,
    /// Go.
    Go,
    /// Java.
    Java,
    /// C#.
    CSharp,
    /// Rust.
    Rust,
    /// Workflows, GitHub Actions.
    Yaml,
    /// A file to write (`claims.json`).
    Json,
    /// Steps in a console, in words.
    Console,
}

impl Effect {
    /// The public id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Changes => "changes",
            Self::Mints => "mints",
        }
    }
}

impl Language {
    /// Every language, in the order of the tabs.
    pub const ALL: &[Self] = &[
        Self::Sh,
        Self::Hcl,
        Self::Python,
        Self::JavaScript,
        Self::Go,
        Self::Java,
        Self::CSharp,
        Self::Rust,
        Self::Yaml,
        Self::Json,
        Self::Console,
    ];

    /// The public id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Sh => "sh",
            Self::Hcl => "hcl",
            Self::Python => "python",
            Self::JavaScript => "javascript",
            Self::Go => "go",
            Self::Java => "java",
            Self::CSharp => "csharp",
            Self::Rust => "rust",
            Self::Yaml => "yaml",
            Self::Json => "json",
            Self::Console => "console",
        }
    }

    /// The name on the tab.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sh => "POSIX shell",
            Self::Hcl => "Terraform",
            Self::Python => "Python",
            Self::JavaScript => "Node.js",
            Self::Go => "Go",
            Self::Java => "Java",
            Self::CSharp => ".NET",
            Self::Rust => "Rust",
            Self::Yaml => "YAML",
            Self::Json => "JSON",
            Self::Console => "In words",
        }
    }
}
