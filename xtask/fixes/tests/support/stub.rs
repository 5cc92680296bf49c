//! Stub programs that write down how they were called, for real shells to run.

use super::shell::STUB_OUTPUT;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The shells that are tried, where they are installed.
pub const SHELLS: &[&[&str]] = &[
    &["sh"],
    &["bash", "--norc"],
    &["dash"],
    &["zsh", "-f"],
    &["busybox", "sh"],
    &["fish", "--no-config"],
];

/// Programs that a command may call.
const PROGRAMS: &[&str] = &["gcloud", "curl", "kubectl", "cat"];

/// A folder with stub programs and the record of their calls.
pub struct Stubs {
    folder: PathBuf,
}

impl Stubs {
    /// Makes the folder. Its name must be the test's own.
    pub fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("why401-{name}-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("bin")).unwrap();
        for program in PROGRAMS {
            let path = folder.join("bin").join(program);
            let script = format!(
                "#!/bin/sh\n{{ printf '%s\\0' {program} \"$@\"; printf '\\n'; }} >>\"$STUB_RECORD\"\nprintf %s {STUB_OUTPUT}\n"
            );
            std::fs::write(&path, script).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        Self { folder }
    }

    /// Whether the shell is there.
    pub fn has(&self, shell: &[&str]) -> bool {
        let mut command = Command::new(shell[0]);
        let quiet = command
            .args(&shell[1..])
            .args(["-c", "true"])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        quiet.status().is_ok_and(|status| status.success())
    }

    /// Runs a script and answers with the calls made, NUL-separated, one per element, and
    /// whether a file was made besides.
    pub fn run(&self, shell: &[&str], script: &str) -> (Vec<Vec<u8>>, bool) {
        let record = self.folder.join("record");
        let work = self.folder.join("work");
        let file = self.folder.join("script");
        let _ = std::fs::remove_file(&record);
        let _ = std::fs::remove_dir_all(&work);
        std::fs::create_dir(&work).unwrap();
        std::fs::write(&file, script).unwrap();
        Command::new(shell[0])
            .args(&shell[1..])
            .arg(&file)
            .current_dir(&work)
            .env("PATH", search_path(&self.folder.join("bin")))
            .env("STUB_RECORD", &record)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        let written = std::fs::read(&record).unwrap_or_default();
        let littered = std::fs::read_dir(&work).unwrap().next().is_some();
        (split(&written), littered)
    }
}

impl Drop for Stubs {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// What a call looks like in the record.
pub fn recorded(words: &[String]) -> Vec<u8> {
    words
        .iter()
        .flat_map(|word| word.bytes().chain([0]))
        .collect()
}

/// The record, call by call. A call ends in a NUL and a line break.
fn split(written: &[u8]) -> Vec<Vec<u8>> {
    let mut calls = vec![Vec::new()];
    let mut bytes = written.iter().peekable();
    while let Some(byte) = bytes.next() {
        calls.last_mut().unwrap().push(*byte);
        if *byte == 0 && bytes.peek() == Some(&&b'\n') {
            bytes.next();
            calls.push(Vec::new());
        }
    }
    calls.pop();
    calls
}

fn search_path(first: &Path) -> String {
    format!(
        "{}:{}",
        first.display(),
        std::env::var("PATH").unwrap_or_default()
    )
}
