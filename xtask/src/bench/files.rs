//! `why401 triage` over a whole export, beside `jq` that only looks for a status.

use crate::run::{cargo, find, root, run, step};
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Measures over an export of so many megabytes; `jq` first, for it reads the file from the disk.
pub(super) fn measure(megabytes: u64) -> Result<()> {
    step(&format!("why401 triage over {megabytes} MB, beside jq"));
    let release = |package: &str, bin: &str| -> Result<PathBuf> {
        run(cargo(&root())
            .args(["build", "--quiet", "--release", "--locked"])
            .args(["--package", package, "--bin", bin]))?;
        Ok(root().join("target/release").join(bin))
    };
    let why401 = release("why401", "why401")?;
    let generator = release("corpus", "export")?;
    let folder = root().join("target/bench");
    fs::create_dir_all(&folder)?;
    let file = folder.join(format!("export-{megabytes}.jsonl"));
    generate(&generator, megabytes, &file)?;
    let half = folder.join(format!("export-{}.jsonl", megabytes / 2));
    generate(&generator, megabytes / 2, &half)?;
    match find(&["jq"]) {
        Some(jq) => {
            let filter = "select(.httpRequest.status>=400)";
            let seconds = timed(Command::new(jq).args(["-c", filter]).arg(&file))?;
            row(
                "jq -c 'select(.httpRequest.status>=400)'",
                seconds,
                megabytes,
            );
        }
        None => println!("jq is missing (apt-get install jq): not measured beside it"),
    }
    let triage = |file: &Path, jobs: &str| {
        timed(
            Command::new(&why401)
                .args(["triage", "--json", jobs])
                .arg(file),
        )
    };
    row("why401 triage", triage(&file, "--jobs=1")?, megabytes);
    row(
        "why401 triage, half of the file",
        triage(&half, "--jobs=1")?,
        megabytes / 2,
    );
    row(
        "why401 triage --jobs 2",
        triage(&file, "--jobs=2")?,
        megabytes,
    );
    Ok(())
}

fn row(name: &str, seconds: f64, megabytes: u64) {
    #[allow(clippy::cast_precision_loss)] // Some thousands.
    let speed = megabytes as f64 / seconds;
    println!("{name:44} {seconds:7.2} s {speed:7.0} MB/s");
}

fn generate(generator: &Path, megabytes: u64, file: &Path) -> Result<()> {
    let status = Command::new(generator)
        .arg(megabytes.to_string())
        .stdout(File::create(file)?)
        .status()
        .context("cannot run the generator")?;
    if !status.success() {
        bail!("the generator failed");
    }
    Ok(())
}

/// How long a program takes, the better of two runs.
fn timed(command: &mut Command) -> Result<f64> {
    command.stdout(Stdio::null());
    let mut best = f64::MAX;
    for _ in 0..2 {
        let begun = Instant::now();
        let status = command.status()?;
        best = best.min(begun.elapsed().as_secs_f64());
        // 1 says that something was refused.
        if !matches!(status.code(), Some(0 | 1)) {
            bail!("{} failed", command.get_program().display());
        }
    }
    Ok(best)
}
