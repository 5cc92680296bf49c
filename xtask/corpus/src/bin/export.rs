//! `export MEGABYTES`: a made-up export of Cloud Logging as JSON lines on standard output, 2 % of it
//! refusals.

use corpus::export::Export;
use std::io::{BufWriter, Write};
use std::path::Path;

fn main() -> anyhow::Result<()> {
    let megabytes: usize = match std::env::args().nth(1) {
        Some(count) => count.parse()?,
        None => anyhow::bail!("export MEGABYTES"),
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/triage");
    let export = Export::read(&root)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut left = megabytes * 1_000_000;
    for entry in export.entries(usize::MAX, 50, 3) {
        writeln!(out, "{}", entry.text)?;
        left = match left.checked_sub(entry.text.len() + 1) {
            Some(left) => left,
            None => break,
        };
    }
    out.flush()?;
    Ok(())
}
