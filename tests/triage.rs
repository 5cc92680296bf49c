//! Whole files: what was planted in an export is what triage finds.
#![cfg(feature = "cli")]

use corpus::command;
use corpus::export::{self, Entry, Export};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use why401::time::rfc3339;
use why401::triage::{self, By, Counts, Format, Listener, Question, Source};

/// So many entries, where each is read once; elsewhere a tenth.
const ALL: usize = 50_000;
const ENTRIES: usize = ALL / 10;

fn export() -> Export {
    Export::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/triage")).unwrap()
}

fn entries(count: usize) -> Vec<Entry> {
    export().entries(count, 20, 7).collect()
}

fn question(format: Format) -> Question {
    Question {
        format,
        full: false,
        now: export::START,
        since: None,
        until: None,
        by: By::ALL.to_vec(),
        evidence: String::new(),
        language: None,
        jobs: 1,
    }
}

#[derive(Default)]
struct Heard(Vec<String>);

impl Listener for Heard {
    fn progress(&mut self, _: &Counts) {}
    fn skipped(&mut self, sentence: &str) {
        self.0.push(sentence.to_owned());
    }
}

/// What is printed about these files, how much was read, and what was named as skipped.
fn ask(files: &[&[u8]], question: &Question) -> (String, Counts, Vec<String>) {
    let sources = files
        .iter()
        .enumerate()
        .map(|(number, bytes)| Source {
            name: format!("file-{number}"),
            bytes: Box::new(Cursor::new(bytes.to_vec())) as Box<dyn Read + Send>,
        })
        .collect();
    let mut heard = Heard::default();
    let mut out = Vec::new();
    let counts = triage::run(
        sources,
        question,
        &AtomicBool::new(false),
        &mut heard,
        &mut out,
    )
    .unwrap();
    (String::from_utf8(out).unwrap(), counts, heard.0)
}

fn groups(bytes: &[u8]) -> (Vec<Value>, Counts) {
    let (text, counts, _) = ask(&[bytes], &question(Format::Json));
    let told: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(told["version"], 1);
    assert_eq!(told["read"]["entries"], counts.entries);
    assert_eq!(told["read"]["refused"], counts.refused);
    assert_eq!(told["read"]["skipped"], counts.skipped);
    (told["groups"].as_array().unwrap().clone(), counts)
}

/// What a group is of, and how many there are, by its kind.
type Plan = BTreeMap<String, (u64, Option<String>, Option<String>)>;

fn key(told: &Value) -> String {
    ["id", "variant", "service", "account", "caller", "status"]
        .map(|name| told[name].to_string())
        .join(" ")
}

fn plan(export: &Export, entries: &[Entry]) -> Plan {
    let mut plan = Plan::new();
    for entry in entries.iter().filter(|entry| entry.is_first) {
        let expect = &export.kinds[entry.kind.unwrap()].expect;
        let time = rfc3339(entry.time);
        let group = plan.entry(key(expect)).or_insert((0, time.clone(), None));
        group.0 += 1;
        group.2 = time;
    }
    plan
}

fn found(groups: &[Value]) -> Plan {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    groups
        .iter()
        .map(|group| {
            let count = group["count"].as_u64().unwrap();
            (
                key(group),
                (count, text(&group["first"]), text(&group["last"])),
            )
        })
        .collect()
}

#[test]
fn groups_equal_the_plan() {
    let export = export();
    let entries = entries(ALL);
    let (groups, counts) = groups(export::lines(&entries).as_bytes());
    let plan = plan(&export, &entries);
    assert_eq!(plan.len(), 40);
    assert_eq!(found(&groups), plan);
    assert_eq!(counts.entries, ALL as u64);
    assert_eq!(counts.skipped, 0);
    assert_eq!(
        counts.refused,
        plan.values().map(|(count, ..)| count).sum::<u64>()
    );
    let sizes: Vec<u64> = groups
        .iter()
        .map(|group| group["count"].as_u64().unwrap())
        .collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b), "{sizes:?}");
    for group in &groups {
        assert!(
            group["summary"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
        );
        let lines = group["lines"].as_array().unwrap();
        assert!(lines.len() == 5.min(usize::try_from(group["count"].as_u64().unwrap()).unwrap()));
        for line in lines {
            let at = usize::try_from(line.as_u64().unwrap()).unwrap() - 1;
            assert!(entries[at].is_first, "line {}", at + 1);
            let kind = &export.kinds[entries[at].kind.unwrap()];
            assert_eq!(key(&kind.expect), key(group), "line {}", at + 1);
        }
    }
}

#[test]
fn every_entry_is_told_apart() {
    let entries = entries(ENTRIES);
    let (text, ..) = ask(
        &[export::lines(&entries).as_bytes()],
        &question(Format::Lines),
    );
    assert_eq!(text.lines().count(), entries.len());
    for (number, (line, entry)) in text.lines().zip(&entries).enumerate() {
        let told: Value = serde_json::from_str(line).unwrap();
        assert_eq!(told["line"], number + 1);
        assert_eq!(told.as_object().unwrap().len(), 7, "{told}");
        assert_eq!(
            !told["id"].is_null(),
            entry.kind.is_some(),
            "{told}\n{}",
            entry.text
        );
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

#[test]
fn every_form_of_an_export_is_read() {
    let export = export();
    let entries = entries(ENTRIES / 5);
    let plan = plan(&export, &entries);
    let (lines, array) = (export::lines(&entries), export::array(&entries));
    let (yaml, csv) = (export::yaml(&entries), export::csv(&entries));
    let crlf = lines.replace('\n', "\r\n");
    let answer = format!("{{\n\"entries\": {array},\n\"nextPageToken\": \"x\"\n}}\n");
    for (name, bytes) in [
        ("lines", lines.clone().into_bytes()),
        ("lines with CRLF", crlf.into_bytes()),
        ("array", array.clone().into_bytes()),
        (
            "array on one line",
            format!("[{}]", lines.trim().replace('\n', ",")).into_bytes(),
        ),
        ("answer of the API", answer.into_bytes()),
        ("YAML", yaml.clone().into_bytes()),
        ("CSV", csv.clone().into_bytes()),
        ("gzip", packed(csv.as_bytes())),
        ("UTF-16", utf16(&lines)),
        ("with a mark", format!("\u{feff}{lines}").into_bytes()),
    ] {
        let (groups, counts) = groups(&bytes);
        assert_eq!(counts.entries, entries.len() as u64, "{name}");
        assert_eq!(counts.skipped, 0, "{name}");
        assert_eq!(found(&groups), plan, "{name}");
    }
    // Four forms one after the other, the entries divided among them, some packed.
    let quarter = entries.len() / 4;
    let parts: Vec<&[Entry]> = entries.chunks(quarter).collect();
    let mut all = export::csv(parts[0]).into_bytes();
    all.extend(export::lines(parts[1]).into_bytes());
    all.extend(export::yaml(parts[2]).into_bytes());
    all.extend(export::array(parts[3]).into_bytes());
    for rest in &parts[4..] {
        all.extend(export::lines(rest).into_bytes());
    }
    let (groups, counts) = groups(&all);
    assert_eq!((counts.entries, counts.skipped), (entries.len() as u64, 0));
    assert_eq!(found(&groups), plan, "a concatenation");
    // Members of gzip, and what is not packed behind them.
    let half = lines.len() / 2;
    let mut mixed = packed(&lines.as_bytes()[..half]);
    mixed.extend(packed(&lines.as_bytes()[half..]));
    assert_eq!(found(&self::groups(&mixed).0), plan, "two members");
}

#[test]
fn more_threads_say_the_same() {
    let entries = entries(ENTRIES / 2);
    for bytes in [export::lines(&entries), export::yaml(&entries[..500])] {
        for format in [Format::Json, Format::Lines] {
            let one = ask(&[bytes.as_bytes()], &question(format));
            for jobs in [2, 3, 8] {
                let question = Question {
                    jobs,
                    ..question(format)
                };
                assert_eq!(ask(&[bytes.as_bytes()], &question).0, one.0, "{jobs} jobs");
            }
        }
    }
}

#[test]
fn a_broken_or_gigantic_line_is_skipped_and_named() {
    let export = export();
    let entries = entries(ENTRIES / 5);
    let plan = plan(&export, &entries);
    let giant = format!("{{\"textPayload\":\"{}\"}}\n", "x".repeat(3_000_000));
    let mut text = String::new();
    let mut broken = 0;
    for (number, entry) in entries.iter().enumerate() {
        text.push_str(&entry.text);
        text.push('\n');
        match number % 97 {
            13 => {
                // Another entry, cut anywhere.
                let whole = &entries[number - 1].text;
                text.push_str(
                    &whole[..whole.floor_char_boundary(1 + number * 31 % (whole.len() - 2))],
                );
                text.push('\n');
                broken += 1;
            }
            50 if number < 200 => {
                text.push_str(&giant);
                broken += 1;
            }
            _ => {}
        }
    }
    let (told, counts, notes) = ask(&[text.as_bytes()], &question(Format::Json));
    assert_eq!(counts.skipped, broken);
    assert_eq!(counts.entries, entries.len() as u64);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(found(told["groups"].as_array().unwrap()), plan);
    assert!(notes[0].contains("file-0, line 15:"), "{notes:?}");
    assert!(
        notes.iter().any(|note| note.contains("too long")),
        "{notes:?}"
    );
    assert_eq!(
        notes.len(),
        6,
        "five are named, the rest is counted: {notes:?}"
    );
    // A damaged file does not keep the next one from being read.
    let mut damaged = packed(export::lines(&entries).as_bytes());
    damaged.truncate(damaged.len() / 2);
    let (_, counts, notes) = ask(
        &[&damaged, export::lines(&entries).as_bytes()],
        &question(Format::Json),
    );
    assert!(counts.entries > entries.len() as u64 && counts.skipped >= 1);
    assert!(
        notes.iter().any(|note| note.contains("file-0")),
        "{notes:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 40 } else { 400 }))]
    #[test]
    fn no_cut_and_no_garbage_stops_it(start in 0_usize..60_000, length in 0_usize..20_000, form in 0..6, garbage in proptest::collection::vec(any::<u8>(), 0..200)) {
        let entries = entries(60);
        let bytes = match form {
            0 => export::lines(&entries).into_bytes(),
            1 => export::array(&entries).into_bytes(),
            2 => export::yaml(&entries).into_bytes(),
            3 => export::csv(&entries).into_bytes(),
            4 => packed(export::lines(&entries).as_bytes()),
            _ => HAR.as_bytes().to_vec(),
        };
        let start = start.min(bytes.len());
        let end = (start + length).min(bytes.len());
        let mut cut = bytes[start..end].to_vec();
        cut.extend(garbage);
        cut.extend(&bytes[..start]);
        let (text, counts, _) = ask(&[&cut], &question(Format::Json));
        let told: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(told["read"]["entries"].as_u64(), Some(counts.entries));
        let (lines, counts, _) = ask(&[&cut], &question(Format::Lines));
        // The rest of a damaged file is counted as skipped, and is no entry.
        let (told, all) = (lines.lines().count() as u64, counts.entries + counts.skipped);
        prop_assert!(told == all || told + 1 == all, "{} of {}", told, all);
    }
}

#[test]
fn entries_of_one_request_are_one_failure_and_a_second_try_is_another() {
    let request = |id: &str, trace: &str, time: &str, status: u16| {
        json!({"insertId": id, "timestamp": time, "trace": trace, "severity": "WARNING",
            "logName": "projects/p/logs/run.googleapis.com%2Frequests",
            "httpRequest": {"requestMethod": "GET", "requestUrl": "https://orders-4k3jd82hfa-uc.a.run.app/x", "status": status, "userAgent": "curl/8"},
            "resource": {"type": "cloud_run_revision", "labels": {"service_name": "orders"}}})
        .to_string()
    };
    let wrote = json!({"insertId": "b", "timestamp": "2026-11-18T10:41:00.2Z", "trace": "t1", "severity": "ERROR",
        "logName": "projects/p/logs/run.googleapis.com%2Fstderr",
        "textPayload": "google.auth.exceptions.InvalidValue: Token expired, 1795000000 < 1795003600",
        "resource": {"type": "cloud_run_revision", "labels": {"service_name": "orders"}}})
    .to_string();
    let first = request("a", "t1", "2026-11-18T10:41:00.1Z", 401);
    for order in [[&first, &wrote], [&wrote, &first]] {
        let (groups, counts) = groups(order.map(|text| text.clone() + "\n").concat().as_bytes());
        assert_eq!(counts.refused, 1);
        assert_eq!(groups[0]["id"], "expired");
        assert_eq!(groups[0]["status"], 401);
    }
    // The same entry twice, and a second try within the trace.
    let again = request("c", "t1", "2026-11-18T10:42:00Z", 401);
    let text = [&first, &first, &wrote, &again]
        .map(|text| text.clone() + "\n")
        .concat();
    let (_, counts) = groups(text.as_bytes());
    assert_eq!((counts.entries, counts.refused), (4, 2));
    // Then it was accepted.
    let accepted = request("d", "t2", "2026-11-18T10:45:00Z", 200);
    for text in [
        format!("{first}\n{again}\n{accepted}\n"),
        format!("{accepted}\n{again}\n{first}\n"),
    ] {
        let (groups, _) = groups(text.as_bytes());
        let summary = groups[0]["summary"].as_str().unwrap();
        assert!(
            summary.ends_with("Refused until 2026-11-18 10:42:00 UTC, then accepted."),
            "{summary}"
        );
    }
    let (groups, _) = groups(
        format!(
            "{accepted}\n{again}\n{}\n",
            request("e", "t3", "2026-11-18T10:46:00Z", 401)
        )
        .as_bytes(),
    );
    assert!(
        !groups[0]["summary"]
            .as_str()
            .unwrap()
            .contains("then accepted")
    );
}

const HAR: &str = include_str!("triage/browser.har");

#[test]
fn a_har_file_is_read_entry_by_entry() {
    let (groups, counts) = groups(HAR.as_bytes());
    assert_eq!(
        (counts.entries, counts.refused, counts.skipped),
        (4, 2, 0),
        "{groups:#?}"
    );
    let found: BTreeSet<(&str, u64)> = groups
        .iter()
        .map(|group| {
            (
                group["id"].as_str().unwrap(),
                group["status"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        found,
        BTreeSet::from([("expired", 401), ("no-credential", 403)])
    );
    // A HAR file among other things, on one line and on many.
    let one_line: Value = serde_json::from_str(HAR).unwrap();
    let entries = export::lines(&entries(40));
    let text = format!("{entries}{one_line}\n{entries}");
    let (_, counts) = self::groups(text.as_bytes());
    assert_eq!((counts.entries, counts.skipped), (84, 0));
}

#[test]
fn access_logs_of_servers_are_read() {
    let text = include_str!("triage/access.log");
    let (told, counts, _) = ask(&[text.as_bytes()], &question(Format::Lines));
    assert_eq!(counts.skipped, 0);
    let expected: Vec<(u64, Option<&str>)> = vec![
        (1, Some("unexplained")),
        (2, None),
        (3, None),
        (4, Some("policy-in-front")),
        (5, Some("no-credential")),
        (6, None),
        (7, Some("policy-in-front")),
        (8, Some("unexplained")),
        (9, None),
    ];
    let told: Vec<Value> = told
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let found: Vec<(u64, Option<&str>)> = told
        .iter()
        .map(|told| (told["line"].as_u64().unwrap(), told["id"].as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_ci_log_tells_its_refusals_and_annotates_them() {
    let text = include_str!("triage/ci.log");
    let (groups, _) = groups(text.as_bytes());
    let ids: BTreeSet<&str> = groups
        .iter()
        .map(|group| group["variant"].as_str().unwrap())
        .collect();
    assert_eq!(
        ids,
        BTreeSet::from(["permission-role-missing", "wif-attribute-condition"]),
        "{groups:#?}"
    );
    let (told, ..) = ask(&[text.as_bytes()], &question(Format::Annotations));
    assert_eq!(told.lines().count(), 2);
    for line in told.lines() {
        assert!(
            line.starts_with("::error title=") && line.contains("%0A"),
            "{line}"
        );
    }
}

#[test]
fn nothing_secret_is_printed() {
    let secret = "GOCSPX-a8s7df68as7df6as87df6s8d7f6";
    let token = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJzZWNyZXQtcGVyc29uIn0.c2lnbmF0dXJlLXNpZ25hdHVyZS1zaWduYXR1cmU";
    let text = json!({"insertId": "a", "timestamp": "2026-11-18T10:41:00Z", "severity": "ERROR", "logName": "projects/p/logs/x",
        "resource": {"type": "x", "labels": {"service_name": secret}},
        "protoPayload": {"serviceName": "run.googleapis.com", "methodName": "m", "authenticationInfo": {"principalEmail": token},
            "status": {"code": 7, "message": format!("Permission 'run.jobs.run' denied on resource '{secret}' for {token}")}}})
    .to_string();
    let plain = format!("HTTP 401 Unauthorized: Bearer {token} client_secret={secret}\n");
    for format in [
        Format::Table,
        Format::Json,
        Format::Lines,
        Format::Annotations,
    ] {
        let question = Question {
            full: true,
            ..question(format)
        };
        let (told, _, notes) = ask(&[text.as_bytes(), plain.as_bytes()], &question);
        let all = told + &notes.concat();
        assert!(!all.contains(&secret[10..]), "{all}");
        assert!(!all.contains(&token[40..]), "{all}");
    }
}

#[test]
fn groups_by_other_fields_and_a_window_of_time() {
    let export = export();
    let entries = entries(2000);
    let lines = export::lines(&entries);
    let by = |by: &[By]| {
        let question = Question {
            by: by.to_vec(),
            ..question(Format::Json)
        };
        let told: Value = serde_json::from_str(&ask(&[lines.as_bytes()], &question).0).unwrap();
        told["groups"].as_array().unwrap().clone()
    };
    let refused = entries.iter().filter(|entry| entry.is_first).count() as u64;
    for fields in [&[By::Status][..], &[By::Cause], &[By::Service, By::Account]] {
        let groups = by(fields);
        let sum: u64 = groups
            .iter()
            .map(|group| group["count"].as_u64().unwrap())
            .sum();
        assert_eq!(sum, refused);
    }
    assert_eq!(by(&[By::Status]).len(), 3, "401, 403, and what tells none");
    let (since, until) = (export::START + 100, export::START + 200);
    let question = Question {
        since: Some(since),
        until: Some(until),
        ..question(Format::Json)
    };
    let (_, counts, _) = ask(&[lines.as_bytes()], &question);
    let within = entries
        .iter()
        .filter(|entry| entry.is_first && (since..=until).contains(&entry.time));
    assert_eq!(counts.refused, within.count() as u64);
    assert!(plan(&export, &entries).len() == 40);
}

/// Runs the command.
fn why401(arguments: &[&str], stdin: &[u8]) -> (i32, String, String) {
    let program = env!("CARGO_BIN_EXE_why401");
    command::said(&command::run(program, arguments, stdin, &[]))
}

#[test]
fn the_command_has_the_exit_statuses_and_forms() {
    let lines = export::lines(&entries(200));
    let (status, table, _) = why401(&["triage"], lines.as_bytes());
    assert_eq!(status, 1);
    assert!(table.starts_with("COUNT  CAUSE"), "{table}");
    assert!(table.contains("       fix: "), "{table}");
    let (status, table, _) = why401(
        &["triage"],
        b"{\"insertId\":\"a\",\"severity\":\"INFO\",\"textPayload\":\"fine\"}\n",
    );
    assert_eq!(
        (status, table.as_str()),
        (0, "1 entry read, 0 requests refused, 0 skipped.\n")
    );
    for (arguments, stdin, says) in [
        (&["triage"][..], "", "nothing to judge"),
        (&["triage", "no-such-file"], "", "cannot read no-such-file"),
        (&["triage", "--since=soon"], "x", "--since"),
        (&["triage", "--group-by=colour"], "x", "group-by"),
        (&["triage", "--json", "--jsonl"], "x", "cannot be used with"),
        (&["triage", "--jobs=0"], "x", "--jobs"),
    ] {
        let (status, stdout, stderr) = why401(arguments, stdin.as_bytes());
        assert_eq!(status, 2, "{arguments:?}: {stderr}");
        assert!(
            stdout.is_empty() || stdout.starts_with("0 entries"),
            "{stdout}"
        );
        assert!(stderr.contains(says), "{arguments:?}: {stderr}");
    }
}

#[test]
fn evidence_counts_for_every_entry() {
    let world = include_str!("worlds/00000-binding-on-twin-in-other-region.json");
    let world: Value = serde_json::from_str(world).unwrap();
    let entry = json!({"insertId": "a", "timestamp": "2026-11-18T11:06:40Z", "severity": "WARNING",
        "logName": "projects/meadow-main-667143/logs/run.googleapis.com%2Frequests",
        "textPayload": "The request was not authenticated. Either allow unauthenticated invocations or set the proper Authorization header. Read more at https://cloud.google.com/run/docs/securing/authenticating Additional troubleshooting documentation can be found at: https://cloud.google.com/run/docs/troubleshooting#unauthorized-client The IAM principal lacks {run.routes.invoke} permission.",
        "httpRequest": {"requestMethod": "POST", "requestUrl": "https://ledger-740942224915.us-east1.run.app/tasks/send", "status": 403, "userAgent": "GoogleCloudWorkflows; (+https://cloud.google.com/workflows/docs)"},
        "resource": {"type": "cloud_run_revision", "labels": {"service_name": "ledger", "location": "us-east1", "project_id": "meadow-main-667143"}}})
    .to_string();
    let mut question = question(Format::Json);
    let before: Value = serde_json::from_str(&ask(&[entry.as_bytes()], &question).0).unwrap();
    assert_eq!(before["groups"][0]["account"], Value::Null);
    for (command, output) in world["outputs"].as_object().unwrap() {
        question.evidence += &format!("\n\n$ {command}\n{}", output.as_str().unwrap());
    }
    let after: Value = serde_json::from_str(&ask(&[entry.as_bytes()], &question).0).unwrap();
    let fix = after["groups"][0]["fix"][0]["text"].as_str().unwrap();
    assert!(
        fix.contains("740942224915-compute@developer.gserviceaccount.com"),
        "{fix}"
    );
}

/// The most memory that a process has held, in kB.
#[cfg(target_os = "linux")]
fn peak(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_file() {
    let rounds = if cfg!(debug_assertions) { 20 } else { 200 };
    let export = export();
    for jobs in ["--jobs=1", "--jobs=2"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_why401"))
            .args(["triage", "--json", jobs])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut written = 0;
        let mut all = export.entries(rounds * 1000, 20, 11);
        for round in 0..rounds {
            let entries: Vec<Entry> = all.by_ref().take(1000).collect();
            let lines = export::lines(&entries);
            stdin.write_all(lines.as_bytes()).unwrap();
            // A line of 8 MB now and then.
            if round % 10 == 3 {
                stdin.write_all(b"{\"textPayload\":\"").unwrap();
                stdin.write_all(&vec![b'x'; 8_000_000]).unwrap();
                stdin.write_all(b"\"}\n").unwrap();
            }
            written += lines.len();
        }
        stdin.flush().unwrap();
        let held = peak(child.id()).unwrap();
        drop(stdin);
        let mut out = String::new();
        child
            .stdout
            .take()
            .unwrap()
            .read_to_string(&mut out)
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(1));
        let told: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(
            told["groups"].as_array().unwrap().len(),
            40,
            "{}",
            told["read"]
        );
        println!("{jobs}: {written} bytes, {held} kB");
        assert!(held <= 64 * 1024, "{jobs}: {held} kB");
    }
}
