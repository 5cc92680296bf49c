//! A fleet's logs: Spark and DuckDB count what one process counts. Where Java or PyPI is missing, it
//! says so and counts as skipped.

use super::Totals;
use crate::run::{cargo, find, root, run, step};
use crate::tools;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How large the export is, in megabytes.
const MEGABYTES: &str = "200";

/// How many entries there are of each verdict: `id`, `variant`, `service`, `account`, `status`.
type Counts = BTreeMap<String, u64>;

pub(super) fn engines(totals: &mut Totals) -> Result<()> {
    let requirements = root().join("examples/spark/requirements.txt");
    let python = match tools::python_environment("fleet", &requirements) {
        Ok(folder) => folder.join("bin"),
        Err(error) => {
            step(&format!("skipped: Spark and DuckDB: {error:#}"));
            totals.skipped += 2;
            return Ok(());
        }
    };
    let why401 = built("why401", "why401")?;
    let generator = built("corpus", "export")?;
    let folder = root().join("target/fleet");
    fs::create_dir_all(&folder)?;
    let export = folder.join("export.jsonl");
    let wrote = Command::new(generator)
        .arg(MEGABYTES)
        .stdout(File::create(&export)?)
        .status()?;
    if !wrote.success() {
        bail!("the generator failed");
    }
    let verdicts = folder.join("verdicts.jsonl");
    step(&format!("{MEGABYTES} MB by one process"));
    // The exit status says that something was refused.
    Command::new(&why401)
        .args(["triage", "--jsonl"])
        .arg(&export)
        .stdout(File::create(&verdicts)?)
        .status()?;
    let alone = counted(&verdicts)?;
    if alone.len() < 40 {
        bail!("only {} kinds of verdicts", alone.len());
    }
    step("the same by DuckDB");
    same(
        totals,
        "DuckDB",
        &alone,
        &by_duckdb(&python, &verdicts, &folder)?,
    );
    if find(&["java"]).is_none() {
        step("skipped: Spark: java is not here (apt-get install openjdk-17-jre-headless)");
        totals.skipped += 1;
        return Ok(());
    }
    step("the same by Spark, local[4]");
    same(
        totals,
        "Spark",
        &alone,
        &by_spark(&python, &why401, &export, &folder)?,
    );
    Ok(())
}

fn built(package: &str, bin: &str) -> Result<PathBuf> {
    run(cargo(&root())
        .args(["build", "--quiet", "--release", "--locked"])
        .args(["--package", package, "--bin", bin]))?;
    Ok(root().join("target/release").join(bin))
}

fn same(totals: &mut Totals, name: &str, alone: &Counts, counts: &Counts) {
    if alone == counts {
        totals.passed += 1;
    } else {
        eprintln!("{name} counts otherwise:\n{alone:#?}\n{counts:#?}");
        totals.failed += 1;
    }
}

fn key(told: &serde_json::Value) -> String {
    ["id", "variant", "service", "account", "status"]
        .map(|name| told[name].to_string())
        .join(" ")
}

/// The verdicts of a file, counted here.
fn counted(verdicts: &Path) -> Result<Counts> {
    let mut counts = Counts::new();
    for line in BufReader::new(File::open(verdicts)?).lines() {
        let told: serde_json::Value = serde_json::from_str(&line?)?;
        if !told["id"].is_null() {
            *counts.entry(key(&told)).or_default() += 1;
        }
    }
    Ok(counts)
}

/// Lines that tell a verdict and its `count`.
fn told(path: &Path) -> Result<Counts> {
    fs::read_to_string(path)?
        .lines()
        .map(|line| {
            let told: serde_json::Value = serde_json::from_str(line)?;
            Ok((key(&told), told["count"].as_u64().context("no count")?))
        })
        .collect()
}

fn by_duckdb(python: &Path, verdicts: &Path, folder: &Path) -> Result<Counts> {
    // The query of docs/fleet.md.
    const SCRIPT: &str = "
import duckdb, sys
verdicts, out = sys.argv[1:]
duckdb.sql(f\"\"\"copy (select id, variant, service, account, status, count(*) as count
    from read_json('{verdicts}', format = 'newline_delimited')
    where id is not null group by all order by count desc) to '{out}' (format json)\"\"\")
";
    let out = folder.join("duckdb.jsonl");
    run(Command::new(python.join("python"))
        .args(["-c", SCRIPT])
        .args([verdicts, &out]))?;
    told(&out)
}

fn by_spark(python: &Path, why401: &Path, export: &Path, folder: &Path) -> Result<Counts> {
    let out = folder.join("spark.jsonl");
    run(Command::new(python.join("spark-submit"))
        .args(["--master", "local[4]", "--conf", "spark.ui.enabled=false"])
        .args(["--conf", "spark.driver.bindAddress=127.0.0.1"])
        .args(["--conf", "spark.driver.host=127.0.0.1"])
        .arg(root().join("examples/spark/triage.py"))
        .args([export, why401])
        .env("PYSPARK_PYTHON", python.join("python"))
        .env_remove("SPARK_HOME")
        .stdout(File::create(&out)?))?;
    told(&out)
}
