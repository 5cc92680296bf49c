//! The command `why401`: reads a paste from standard input, prints the verdict.

use std::io::{IsTerminal, Read, Write};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Parser;
use clap::builder::PossibleValuesParser;
use why401::{Caller, Input, diagnose, report};

/// Why did a Google Cloud service refuse this request, and what fixes it?
///
/// Reads a token, a header, a curl command or `curl -v` transcript, a token endpoint's answer or
/// an error from standard input. Decodes, never checks a signature; sends nothing anywhere.
#[derive(Parser)]
#[command(version, after_help = EXAMPLES, after_long_help = EXAMPLES)]
struct Arguments {
    /// The URL of the service that was called (read from a transcript when left out)
    #[arg(long, value_name = "URL")]
    service_url: Option<String>,
    /// What came back: headers, body or log line, in any mix
    #[arg(long, value_name = "TEXT")]
    response: Option<String>,
    /// The HTTP status that came back
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(100..600))]
    status: Option<u16>,
    /// Who made the call
    #[arg(long, value_name = "CALLER", value_parser = PossibleValuesParser::new(Caller::ALL.iter().map(|caller| caller.id())))]
    caller: Option<String>,
    /// An audience the service accepts besides its own URLs (may be repeated)
    #[arg(long, value_name = "AUDIENCE")]
    custom_audience: Vec<String>,
    /// The service's name, where the URL does not tell it
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// The service's region, where the URL does not tell it
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// The project's id, which no run.app URL tells
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
    /// Judge at this moment, in seconds since 1970 (UTC), instead of now
    #[arg(long, value_name = "UNIX", allow_negative_numbers = true)]
    now: Option<i64>,
    /// Judge the credential with this number, when several were pasted (1 is the first)
    #[arg(long, value_name = "N")]
    pick: Option<usize>,
    /// Print the report as JSON (version 1)
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  gcloud auth print-identity-token | why401 --service-url https://orders-4k3jd82hfa-uc.a.run.app
  curl -sv https://orders-4k3jd82hfa-uc.a.run.app -H \"Authorization: Bearer $TOKEN\" 2>&1 | why401
  pbpaste | why401 --status 403 --caller cloud-scheduler --json

Exit status: 0 nothing wrong found, 1 a cause found, 2 the command was used wrongly.";

/// Found nothing, found a cause, used wrongly: the exit statuses.
const FINE: u8 = 0;
const FOUND: u8 = 1;
const MISUSED: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(status) => ExitCode::from(status),
        Err(why) => {
            eprintln!("why401: {why}");
            ExitCode::from(MISUSED)
        }
    }
}

fn run(arguments: Arguments) -> Result<u8, String> {
    let as_json = arguments.json;
    let input = input(arguments)?;
    let report = diagnose(&input);
    let mut text = if as_json {
        report::to_json(&report)
    } else {
        report::to_text(&report)
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    // A reader that stopped early (`| head`) is no misuse.
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            return Err(format!("cannot write the report: {error}"));
        }
        _ => {}
    }
    Ok(if report.is_fine() { FINE } else { FOUND })
}

fn input(arguments: Arguments) -> Result<Input, String> {
    let clock = || {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .ok()
            .and_then(|since| i64::try_from(since.as_secs()).ok())
            .ok_or("the clock stands before 1970; give the moment with --now")
    };
    let now = match arguments.now {
        Some(now) => now,
        None => clock()?,
    };
    let pick = match arguments.pick {
        Some(0) => return Err("--pick counts from 1".to_owned()),
        Some(number) => Some(number - 1),
        None => None,
    };
    Ok(Input {
        paste: paste()?,
        service_url: arguments.service_url.unwrap_or_default(),
        response: arguments.response.unwrap_or_default(),
        status: arguments.status,
        caller: arguments.caller.as_deref().and_then(Caller::from_id),
        custom_audiences: arguments.custom_audience,
        service: arguments.service.unwrap_or_default(),
        region: arguments.region.unwrap_or_default(),
        project: arguments.project.unwrap_or_default(),
        now,
        pick,
    })
}

/// All of standard input; bytes that are no UTF-8 become U+FFFD.
fn paste() -> Result<String, String> {
    let mut stdin = std::io::stdin();
    if stdin.is_terminal() {
        eprintln!("why401: paste a token, header, transcript or error, then press Ctrl-D");
    }
    let mut bytes = Vec::new();
    stdin
        .read_to_end(&mut bytes)
        .map_err(|error| format!("cannot read standard input: {error}"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
