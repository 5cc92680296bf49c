//! The command's arguments: apart from the command, so that its manual page and its completions
//! are made from the same lines (xtask/src/docs/command.rs).

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

use crate::fix::{Language, Shell, collect};
use crate::input::{Caller, Input};

/// Why did a Google Cloud service refuse this request, and what fixes it?
///
/// Reads a token, a header, a curl command or `curl -v` transcript, a token endpoint's answer or
/// an error from standard input. Decodes, never checks a signature; sends nothing anywhere.
#[derive(Debug, Parser)]
#[command(name = "why401", version, after_help = after_help(), args_conflicts_with_subcommands = true)]
#[non_exhaustive]
pub struct Arguments {
    /// Something else than judging a paste
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The URL of the service that was called (read from a transcript when left out)
    #[arg(long, value_name = "URL")]
    pub service_url: Option<String>,
    /// What came back: headers, body or log line, in any mix
    #[arg(long, value_name = "TEXT")]
    pub response: Option<String>,
    /// The HTTP status that came back
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(100..600))]
    pub status: Option<u16>,
    /// Who made the call
    #[arg(long, value_name = "CALLER", value_parser = PossibleValuesParser::new(Caller::ALL.iter().map(|caller| caller.id())))]
    pub caller: Option<String>,
    /// An audience the service accepts besides its own URLs (may be repeated)
    #[arg(long, value_name = "AUDIENCE")]
    pub custom_audience: Vec<String>,
    /// The service's name, where the URL does not tell it
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
    /// The service's region, where the URL does not tell it
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// The project's id, which no run.app URL tells
    #[arg(long, value_name = "PROJECT")]
    pub project: Option<String>,
    /// Judge at this moment, in seconds since 1970 (UTC), instead of now
    #[arg(long, value_name = "UNIX", allow_negative_numbers = true)]
    pub now: Option<i64>,
    /// Judge the credential with this number, when several were pasted (1 is the first)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub pick: Option<u32>,
    /// A file with what read-only commands printed, as if pasted after it (may be repeated)
    #[arg(long, value_name = "FILE")]
    pub evidence: Vec<PathBuf>,
    /// Print everything: other possibilities, checks passed, what was read
    #[arg(long)]
    pub full: bool,
    /// The language of the fixes, where there are several (guessed from the paste when left out)
    #[arg(long, value_name = "LANGUAGE", value_parser = PossibleValuesParser::new(LANGUAGES.iter().map(|(name, _)| *name)))]
    pub language: Option<String>,
    /// Print the report as JSON (version 2)
    #[arg(long)]
    pub json: bool,
}

/// What the command does besides.
#[derive(Debug, Subcommand)]
#[non_exhaustive]
pub enum Command {
    /// Print one read-only command whose output proves the verdict: run it, then paste what it prints
    Collect(Collect),
}

/// The request that evidence is collected for.
#[derive(Debug, Args)]
#[non_exhaustive]
pub struct Collect {
    /// The URL of the service that was called
    #[arg(long, value_name = "URL")]
    pub service_url: String,
    /// Who made the call
    #[arg(long, value_name = "CALLER", value_parser = PossibleValuesParser::new(Caller::ALL.iter().map(|caller| caller.id())))]
    pub caller: Option<String>,
    /// The service's name, where the URL does not tell it
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
    /// The service's region, where the URL does not tell it
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// The project's id
    #[arg(long, value_name = "PROJECT")]
    pub project: Option<String>,
    /// The shell that runs it
    #[arg(long, value_name = "LANGUAGE", value_enum, default_value_t = Shells::Sh)]
    pub language: Shells,
}

/// The shells that [`Collect`] writes for.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[non_exhaustive]
pub enum Shells {
    /// POSIX shells
    Sh,
    /// PowerShell
    Powershell,
}

impl Collect {
    /// The command, on one line.
    #[must_use]
    pub fn line(self) -> String {
        let input = Input {
            service_url: self.service_url,
            caller: self.caller.as_deref().and_then(Caller::from_id),
            service: self.service.unwrap_or_default(),
            region: self.region.unwrap_or_default(),
            project: self.project.unwrap_or_default(),
            ..Input::default()
        };
        let shell = match self.language {
            Shells::Sh => Shell::Posix,
            Shells::Powershell => Shell::PowerShell,
        };
        collect(&input, shell)
    }
}

/// The names of languages on the command line.
pub const LANGUAGES: &[(&str, Language)] = &[
    ("sh", Language::Sh),
    ("hcl", Language::Hcl),
    ("console", Language::Console),
    ("python", Language::Python),
    ("node", Language::JavaScript),
    ("go", Language::Go),
    ("java", Language::Java),
    ("dotnet", Language::CSharp),
    ("rust", Language::Rust),
];

/// How it is used: a line each.
pub const EXAMPLES: &[&str] = &[
    "gcloud auth print-identity-token | why401 --service-url https://orders-4k3jd82hfa-uc.a.run.app",
    "curl -sv https://orders-4k3jd82hfa-uc.a.run.app -H \"Authorization: Bearer $TOKEN\" 2>&1 | why401",
    "pbpaste | why401 --status 403 --caller cloud-scheduler --json",
];

/// What the exit status means.
pub const EXIT_STATUS: &str =
    "0 nothing wrong found, 1 a cause found, 2 the command was used wrongly.";

fn after_help() -> String {
    let examples = EXAMPLES.join("\n  ");
    format!("Examples:\n  {examples}\n\nExit status: {EXIT_STATUS}")
}

impl Arguments {
    /// The language that was asked for.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        let asked = self.language.as_deref()?;
        LANGUAGES
            .iter()
            .find(|(name, _)| *name == asked)
            .map(|(_, language)| *language)
    }

    /// The question these arguments ask about `paste`, judged at `now` (seconds since 1970, UTC).
    #[must_use]
    pub fn into_input(self, paste: String, now: i64) -> Input {
        Input {
            paste,
            service_url: self.service_url.unwrap_or_default(),
            response: self.response.unwrap_or_default(),
            status: self.status,
            caller: self.caller.as_deref().and_then(Caller::from_id),
            custom_audiences: self.custom_audience,
            service: self.service.unwrap_or_default(),
            region: self.region.unwrap_or_default(),
            project: self.project.unwrap_or_default(),
            values: Vec::new(),
            now,
            pick: self
                .pick
                .and_then(|number| usize::try_from(number).ok())
                .map(|number| number.saturating_sub(1)),
            preset: crate::input::Preset::default(),
        }
    }
}
