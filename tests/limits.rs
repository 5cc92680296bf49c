//! Work is bounded: big pastes are read in time and memory, or refused at once, in words.
//!
//! One test, so that nothing else runs beside the clock.

use corpus::hostile::{Entry, Hostile};
use corpus::invariants;
use std::path::Path;
use std::time::{Duration, Instant};
use why401::json::{MAX_DEPTH, MAX_MEMBERS};
use why401::read::{MAX_PASTE, MAX_TOKENS};
use why401::report::MAX_REPORT;
use why401::{Input, Report, diagnose};

/// Without optimisation the same work takes longer; the bounds are of the release build.
const SLOWER: u32 = if cfg!(debug_assertions) { 30 } else { 1 };

#[test]
fn work_is_bounded() {
    every_limit_is_told();
    five_megabytes_are_read_in_a_second();
    growth_is_linear();
    budgets_of_the_hostile_inputs_are_kept();
}

fn every_limit_is_told() {
    let told = |paste: String, words: &str| {
        let input = pasted(paste);
        let report = diagnose(&input);
        let summaries = report.causes.iter().map(|cause| cause.summary.as_str());
        let said: Vec<&str> = report.notes().chain(summaries).collect();
        assert!(
            said.iter().any(|said| said.contains(words)),
            "{words}: {said:?}"
        );
    };
    let huge = "a ".repeat(MAX_PASTE / 2 + 1);
    let started = Instant::now();
    told(huge, "at most 20 MB are read");
    assert!(
        started.elapsed() < Duration::from_millis(50) * SLOWER,
        "a huge paste is refused at once"
    );

    let many = (0..=MAX_TOKENS).map(|i| token(&format!("{{\"aud\":\"a{i}\"}}")));
    told(
        many.collect::<Vec<_>>().join("\n"),
        "Only the first 200 credentials",
    );

    let members = (0..=MAX_MEMBERS).map(|i| format!("\"a{i}\":1"));
    let members = members.collect::<Vec<_>>().join(",");
    told(
        token(&format!("{{{members}}}")),
        "only the first 10000 members are read",
    );

    let deep = format!(
        "{{\"a\":{}1{}}}",
        "[".repeat(MAX_DEPTH + 1),
        "]".repeat(MAX_DEPTH + 1)
    );
    told(token(&deep), "deeper than 128 levels");
}

fn five_megabytes_are_read_in_a_second() {
    let line = "2026-11-18T09:06:40Z INFO request served in 12 ms, path /orders, status 200\n";
    let mut log = line.repeat(5_000_000 / line.len());
    log.push_str(&format!(
        "> Authorization: Bearer {}\n",
        token("{\"aud\":\"x\"}")
    ));
    let input = pasted(log);
    let (time, megabytes) = measured(&input);
    assert!(time < Duration::from_secs(1) * SLOWER, "5 MB took {time:?}");
    assert!(
        megabytes.is_none_or(|used| used < 256),
        "5 MB took {megabytes:?} MB"
    );
}

/// Ten times the paste takes at most twenty times as long.
fn growth_is_linear() {
    /// A paste of this many parts.
    type Paste = fn(usize) -> String;
    let shapes: &[(&str, Paste)] = &[
        ("tokens", |n| {
            (0..n)
                .map(|i| token(&format!("{{\"aud\":\"a{i}\"}}")) + "\n")
                .collect()
        }),
        ("words", |n| "Bearer ".repeat(n * 20)),
        ("dots", |n| ".".repeat(n * 200)),
        ("headers", |n| "a: b\n".repeat(n * 20)),
        ("quotes", |n| "\"".repeat(n * 100)),
        ("braces", |n| "{\"a\":".repeat(n * 20)),
    ];
    for (name, paste) in shapes {
        let small = pasted(paste(200));
        let big = pasted(paste(2_000));
        let fastest = |input: &Input| (0..3).map(|_| measured(input).0).min().unwrap_or_default();
        let (small, big) = (fastest(&small), fastest(&big));
        let allowed = (small * 20).max(Duration::from_millis(20) * SLOWER);
        assert!(
            big < allowed,
            "{name}: ten times the paste took {big:?} instead of {small:?}"
        );
    }
}

fn budgets_of_the_hostile_inputs_are_kept() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/hostile.json");
    let hostile = Hostile::read(&file).unwrap();
    let budgeted: Vec<&Entry> = hostile
        .entries
        .iter()
        .filter(|entry| entry.must("budget"))
        .collect();
    assert_eq!(budgeted.len(), 22);
    let mut over = Vec::new();
    for entry in budgeted {
        let input = entry.input().unwrap();
        let (time, megabytes) = measured(&input);
        let allowed = |member: &str| entry.expect[member].as_u64().unwrap_or_default();
        if time > Duration::from_millis(allowed("max_ms")) * SLOWER {
            over.push(format!("{}: {time:?}", entry.id));
        }
        if megabytes.is_some_and(|used| used > allowed("max_mb")) {
            over.push(format!("{}: {megabytes:?} MB", entry.id));
        }
        if std::env::var_os("WHY401_SHOW_TIMES").is_some() {
            println!("{}: {time:?}, {megabytes:?} MB", entry.id);
        }
    }
    assert!(over.is_empty(), "over their budget: {over:#?}");
}

/// How long the diagnosis and every form of its report take, and how many megabytes more than
/// before, where the system tells.
fn measured(input: &Input) -> (Duration, Option<u64>) {
    let before = memory::forget_peak();
    let started = Instant::now();
    let report: Report<'_> = diagnose(input);
    let copies = invariants::copies(&report);
    let time = started.elapsed();
    assert!(copies.iter().all(|(_, copy)| copy.len() <= MAX_REPORT));
    let used = memory::peak()
        .zip(before)
        .map(|(peak, before)| peak.saturating_sub(before) / 1024);
    (time, used)
}

fn pasted(paste: String) -> Input {
    let mut input = Input::at(corpus::NOW);
    input.paste = paste;
    input
}

fn token(claims: &str) -> String {
    use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
    let encode = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
    let header = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
    format!("{header}.{}.{}", encode(claims), "cGF5".repeat(85))
}

/// The process's memory, by Linux.
mod memory {
    /// Forgets the peak; the memory in use now, in KiB.
    pub(super) fn forget_peak() -> Option<u64> {
        std::fs::write("/proc/self/clear_refs", "5").ok()?;
        told("VmRSS:")
    }

    /// The most memory used since then, in KiB.
    pub(super) fn peak() -> Option<u64> {
        told("VmHWM:")
    }

    fn told(name: &str) -> Option<u64> {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().strip_suffix(" kB")?.trim().parse().ok()
    }
}
