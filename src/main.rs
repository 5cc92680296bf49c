//! The command `why401`: reads a paste from standard input, prints the verdict.

mod files;

use std::io::{ErrorKind, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser;
use clap::error::{ContextKind, ContextValue};
use why401::cli::{Arguments, Command};
use why401::conceal;
use why401::report::{self, Headings, Style};
use why401::visible::{Keep, visible};

/// Found nothing, found a cause, used wrongly: the exit statuses.
const FINE: u8 = 0;
const FOUND: u8 = 1;
const MISUSED: u8 = 2;

fn main() -> ExitCode {
    match Arguments::try_parse() {
        Ok(arguments) => match run(arguments) {
            Ok(status) => ExitCode::from(status),
            Err(why) => misused(&format!("why401: {why}\n")),
        },
        Err(error) if error.use_stderr() => misused(&complaint(error)),
        // Not misuse: `--help` and `--version` come as errors too.
        Err(help) => match help.print() {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => MISUSED.into(),
            _ => FINE.into(),
        },
    }
}

fn run(mut arguments: Arguments) -> Result<u8, String> {
    match arguments.command.take() {
        Some(Command::Collect(request)) => {
            return write(&(request.line() + "\n")).map(|()| FINE);
        }
        Some(Command::Triage(asked)) => return files::triage(&asked),
        _ => {}
    }
    let as_json = arguments.json;
    let style = Style {
        headings: Headings::Bold,
        full: arguments.full,
        language: arguments.language(),
    };
    let now = arguments.now.map_or_else(clock, Ok)?;
    let mut paste = paste()?;
    paste.push_str(&evidence(&arguments.evidence)?);
    let input = arguments.into_input(paste, now);
    if input.paste.trim().is_empty() && input.response.is_empty() && input.status.is_none() {
        return Err("nothing to judge: standard input is empty; see why401 --help".to_owned());
    }
    let report = why401::diagnose(&input);
    let told = if as_json {
        report::to_json(&report) + "\n"
    } else {
        report::to_text(&report, style)
    };
    write(&told)?;
    Ok(if report.is_fine() { FINE } else { FOUND })
}

/// Prints a text.
fn write(text: &str) -> Result<(), String> {
    // Takes the bold out again unless this is a terminal that wants it (NO_COLOR, TERM=dumb).
    let mut stdout = anstream::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        // A reader that stopped early (`| head`) is no misuse.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("cannot write the report: {error}"))
        }
        _ => Ok(()),
    }
}

/// All of standard input.
fn paste() -> Result<String, String> {
    let mut stdin = std::io::stdin();
    if stdin.is_terminal() {
        let end = if cfg!(windows) {
            "Ctrl-Z and Enter"
        } else {
            "Ctrl-D"
        };
        eprintln!("why401: paste a token, header, transcript or error, then press {end}");
    }
    let mut bytes = Vec::new();
    stdin
        .read_to_end(&mut bytes)
        .map_err(|error| format!("cannot read standard input: {error}"))?;
    Ok(text(&bytes))
}

/// What stands in these files, as if pasted.
fn evidence(files: &[PathBuf]) -> Result<String, String> {
    let mut told = String::new();
    for file in files {
        let bytes = std::fs::read(file)
            .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        told.push_str("\n\n");
        told.push_str(&text(&bytes));
    }
    Ok(told)
}

/// UTF-16 where its mark says so (PowerShell writes it), else UTF-8; what is neither becomes U+FFFD.
fn text(bytes: &[u8]) -> String {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest
            .chunks_exact(2)
            .map(|pair| unit([pair[0], pair[1]]))
            .collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Now, in seconds since 1970 (UTC).
fn clock() -> Result<i64, String> {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .ok_or_else(|| "the clock stands before 1970; give the moment with --now".to_owned())
}

/// What is wrong with the arguments. A stray one may be the token itself, and is not repeated.
fn complaint(error: clap::Error) -> String {
    const STRAY: &str = "why401: the paste is read from standard input, not from the arguments \
         (they stay in the shell's history); see why401 --help\n";
    // A word where a command may stand: it may be the token as well.
    if error.kind() == clap::error::ErrorKind::InvalidSubcommand {
        return STRAY.to_owned();
    }
    match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(word))
            if error.kind() == clap::error::ErrorKind::UnknownArgument
                && !word.starts_with('-') =>
        {
            STRAY.to_owned()
        }
        _ => without_values(error).render().to_string(),
    }
}

/// The error without the value that it refuses, unless that is a word or a small number: it may
/// be a token that slipped into the wrong place.
fn without_values(mut error: clap::Error) -> clap::Error {
    const LONGEST: usize = 24;
    for kind in [ContextKind::InvalidValue, ContextKind::InvalidArg] {
        let Some(ContextValue::String(given)) = error.get(kind) else {
            continue;
        };
        let is_word = given.len() <= LONGEST
            && !given.bytes().any(|byte| byte.is_ascii_uppercase())
            && given
                .split('-')
                .all(|part| part.bytes().all(|byte| byte.is_ascii_alphabetic()))
            || given.len() <= 6
                && given
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'-');
        if kind == ContextKind::InvalidValue && !is_word {
            error.insert(kind, ContextValue::String("…".to_owned()));
        }
    }
    error
}

/// Says so on stderr, its control characters made visible, and answers the exit status.
fn misused(message: &str) -> ExitCode {
    eprint!("{}", visible(&conceal::text(message), Keep::Lines));
    MISUSED.into()
}
