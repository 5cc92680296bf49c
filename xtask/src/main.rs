//! The project's tasks: `cargo xtask` lists them.

mod accuracy;
mod args;
mod audit;
mod bench;
mod build;
mod bundle;
mod docs;
mod fuzz;
mod npm;
mod page;
mod run;
mod serve;
mod sizes;
mod test;
mod tools;
mod wasm;

use args::Args;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask TASK

  serve [--open] [--port N] [--debug]
          build the page and serve it on 127.0.0.1:4010
  build [--debug]
          write dist/why401.html, dist/why-401.js and dist/npm/; print sizes and checksums
  test [--only lint|docs|native|wasm|e2e|hosts|fleet|release|repro]
          run the checks, after installing what they need; fleet, which downloads Spark, runs when it is
          named
  accuracy [-v] [--cases DIR]
          judge the real cases: how many headlines are right, how sure they were, whether the first fix mends
  bench [--no-build] [--no-page] [--export MB]
          print what the built files weigh and how fast they are, beside other decoders; triage is
          measured beside jq over an export of 1000 MB unless told
  audit [--offline]
          cargo-deny and npm audit; compiles cargo-deny once (minutes) and fetches RustSec's
          database from GitHub and npm's from its registry; --offline leaves both out
  fuzz [TARGET] [--minutes N]
          fuzz the core for N minutes in all, 5 unless told, or one target of fuzz/; compiles
          cargo-fuzz once (minutes) and needs the nightly toolchain
  docs [--check]
          write the pages under docs/ that are made from the source
";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let task = words.next().unwrap_or_default();
    let args = Args::new(words);
    let result = match task.as_str() {
        "build" => build::command(args),
        "test" => test::command(args),
        "accuracy" => accuracy::command(args),
        "audit" => audit::command(args),
        "bench" => bench::command(args),
        "docs" => docs::command(args),
        "fuzz" => fuzz::command(args),
        "serve" => serve::command(args),
        "" | "help" | "--help" => {
            print!("{USAGE}");
            Ok(())
        }
        _ => Err(anyhow::anyhow!("no task `{task}`\n\n{USAGE}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
