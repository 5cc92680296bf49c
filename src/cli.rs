//! The command's arguments: apart from the command, so that its manual page and its completions
//! are made from the same lines (xtask/src/docs/command.rs).

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

use crate::fix::{Language, Shell, collect};
use crate::input::{Caller, Input};
use crate::triage::{self, By, Format, Question};

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
    /// Read whole files of logs: which callers were refused, why, and what to run
    ///
    /// Reads HAR, Cloud Logging (JSON, JSON lines, YAML, CSV), access logs of nginx, Envoy and
    /// Istio, any text, and .gz of these, told by content, in constant memory.
    Triage(Triage),
}

/// Whole files.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 nothing was refused, 1 something was, 2 the command was used wrongly."
)]
#[non_exhaustive]
pub struct Triage {
    /// The files; standard input when left out, or for -
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Print the sentences and every change, not only the first one
    #[arg(long)]
    pub full: bool,
    /// Print the groups as JSON (version 1)
    #[arg(long, group = "form")]
    pub json: bool,
    /// Print one JSON object per entry, in their order; its id is null where nothing was refused
    #[arg(long, group = "form")]
    pub jsonl: bool,
    /// Print each group as an annotation of GitHub Actions (::error)
    #[arg(long, group = "form")]
    pub annotate: bool,
    /// Leave out entries before this moment: RFC 3339, a date, or how long ago (90m, 2h, 7d)
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Leave out entries after this moment
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,
    /// Count by these alone
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', value_parser = PossibleValuesParser::new(By::ALL.iter().map(|by| by.id())))]
    pub group_by: Vec<String>,
    /// A file with what read-only commands printed; it counts for every entry (may be repeated)
    #[arg(long, value_name = "FILE")]
    pub evidence: Vec<PathBuf>,
    /// The language of the fixes, where there are several
    #[arg(long, value_name = "LANGUAGE", value_parser = PossibleValuesParser::new(LANGUAGES.iter().map(|(name, _)| *name)))]
    pub language: Option<String>,
    /// How many threads read
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: u16,
    /// Judge at this moment, in seconds since 1970 (UTC), where an entry tells none
    #[arg(long, value_name = "UNIX", allow_negative_numbers = true)]
    pub now: Option<i64>,
}

impl Triage {
    /// The question these arguments ask at `now`, with this evidence.
    ///
    /// # Errors
    ///
    /// One sentence, where `--since` or `--until` is no moment.
    pub fn question(&self, now: i64, evidence: String) -> Result<Question, String> {
        let moment = |name: &str, text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => triage::moment(text, now).map(Some).ok_or_else(|| {
                format!(
                    "{name} takes a moment (2026-11-18T09:00:00Z), a date, or how long ago (2h, 7d)"
                )
            }),
        };
        let by: Vec<By> = self
            .group_by
            .iter()
            .filter_map(|name| By::from_id(name))
            .collect();
        Ok(Question {
            format: match (self.json, self.jsonl, self.annotate) {
                (true, ..) => Format::Json,
                (_, true, _) => Format::Lines,
                (.., true) => Format::Annotations,
                _ => Format::Table,
            },
            full: self.full,
            now,
            since: moment("--since", &self.since)?,
            until: moment("--until", &self.until)?,
            by: if by.is_empty() { By::ALL.to_vec() } else { by },
            evidence,
            language: language(self.language.as_deref()),
            jobs: usize::from(self.jobs),
        })
    }
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

fn language(asked: Option<&str>) -> Option<Language> {
    let asked = asked?;
    LANGUAGES
        .iter()
        .find(|(name, _)| *name == asked)
        .map(|(_, language)| *language)
}

/// How it is used: a line each.
pub const EXAMPLES: &[&str] = &[
    "gcloud auth print-identity-token | why401 --service-url https://orders-4k3jd82hfa-uc.a.run.app",
    "curl -sv https://orders-4k3jd82hfa-uc.a.run.app -H \"Authorization: Bearer $TOKEN\" 2>&1 | why401",
    "pbpaste | why401 --status 403 --caller cloud-scheduler --json",
    "gcloud logging read 'httpRequest.status>=400' --format=json | why401 triage",
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
        language(self.language.as_deref())
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
