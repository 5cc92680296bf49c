//! A command as a person or a script meets it: arguments and standard input in, texts out.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

/// Runs a program with these arguments and this standard input, away from any terminal.
///
/// # Panics
/// When it cannot be started.
#[must_use]
pub fn run(program: &str, arguments: &[&str], stdin: &[u8], settings: &[(&str, &str)]) -> Output {
    let mut child = Command::new(program)
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .envs(settings.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses its arguments does not read; that is no failure of the test.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
}

/// Its exit status, and what it wrote to standard output and to standard error.
///
/// # Panics
/// When it was killed, or wrote no UTF-8.
#[must_use]
pub fn said(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code().unwrap(),
        text(&output.stdout),
        text(&output.stderr),
    )
}
