//! `why401 triage`: whole files.

use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use why401::cli::Triage;
use why401::conceal;
use why401::triage::{self, Counts, Listener, Source};
use why401::visible::{Keep, visible};

use super::{FINE, FOUND, MISUSED, clock, evidence};

/// Reads the files, or standard input, and prints who was refused and why.
pub(super) fn triage(asked: &Triage) -> Result<u8, String> {
    let now = asked.now.map_or_else(clock, Ok)?;
    let question = asked.question(now, evidence(&asked.evidence)?)?;
    let mut whole = Some(0);
    let mut sources = Vec::new();
    for file in &asked.files {
        let (source, size) = source(file)?;
        whole = whole
            .zip(size)
            .map(|(sum, size): (u64, u64)| sum.saturating_add(size));
        sources.push(source);
    }
    if sources.is_empty() {
        if io::stdin().is_terminal() {
            return Err("nothing to read: name files, or give a log on standard input; see why401 triage --help".to_owned());
        }
        sources.push(stdin());
        whole = None;
    }
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    // The first Ctrl-C prints what is known, the second one ends. Without it everything works too.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    let mut watch = Watch {
        began: Instant::now(),
        told: None,
        is_terminal: io::stderr().is_terminal(),
        whole,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let read = triage::run(sources, &question, &stop, &mut watch, &mut out);
    watch.clear();
    let counts = match read.and_then(|counts| out.flush().map(|()| counts)) {
        Ok(counts) => counts,
        // A reader that stopped early (`| head`) is no misuse.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(FOUND),
        Err(error) => return Err(format!("cannot write: {error}")),
    };
    if stop.load(Ordering::Relaxed) {
        eprintln!("why401: stopped early; this is what was known");
    }
    if counts.entries == 0 && counts.skipped == 0 {
        eprintln!("why401: nothing to judge: there is no entry");
        return Ok(MISUSED);
    }
    Ok(if counts.refused > 0 { FOUND } else { FINE })
}

/// A file and its size; `-` is standard input.
fn source(path: &Path) -> Result<(Source, Option<u64>), String> {
    if path == Path::new("-") {
        return Ok((stdin(), None));
    }
    let cannot = |error: io::Error| format!("cannot read {}: {error}", path.display());
    let file = File::open(path).map_err(cannot)?;
    let about = file.metadata().map_err(cannot)?;
    if about.is_dir() {
        return Err(format!("{} is a folder", path.display()));
    }
    let is_packed = path.extension().is_some_and(|end| end == "gz");
    let size = (about.is_file() && !is_packed).then_some(about.len());
    Ok((
        Source {
            name: path.display().to_string(),
            bytes: Box::new(file),
        },
        size,
    ))
}

fn stdin() -> Source {
    Source {
        name: "standard input".to_owned(),
        bytes: Box::new(io::stdin()),
    }
}

/// Shows on a terminal how far it is.
struct Watch {
    began: Instant,
    told: Option<Instant>,
    is_terminal: bool,
    whole: Option<u64>,
}

impl Watch {
    fn clear(&mut self) {
        if self.told.take().is_some() {
            eprint!("\r\u{1b}[K");
        }
    }
}

impl Listener for Watch {
    fn progress(&mut self, counts: &Counts) {
        const PATIENCE: Duration = Duration::from_secs(1);
        const OFTEN: Duration = Duration::from_millis(200);
        let is_early = self.told.map_or(self.began.elapsed() < PATIENCE, |told| {
            told.elapsed() < OFTEN
        });
        if !self.is_terminal || is_early {
            return;
        }
        self.told = Some(Instant::now());
        let megabytes = |bytes: u64| bytes.div_euclid(1_000_000);
        let of = self
            .whole
            .map_or_else(String::new, |whole| format!(" of {}", megabytes(whole)));
        eprint!(
            "\r\u{1b}[Kwhy401: {}{of} MB, {} entries, {} skipped",
            megabytes(counts.bytes),
            counts.entries,
            counts.skipped
        );
    }

    fn skipped(&mut self, sentence: &str) {
        self.clear();
        eprintln!(
            "why401: {}",
            visible(&conceal::text(sentence), Keep::Nothing)
        );
    }
}
