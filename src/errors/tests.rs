//! The catalogue against its own examples: each as it is printed, and in every frame.

use super::{Framed, ROWS, Strength, find};
use crate::response::Answerer;
use crate::{Input, diagnose};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// A row as it stands in its file.
struct Told {
    place: String,
    strength: Strength,
    variant: String,
    example: String,
}

/// Every row, in the order of the program's table.
fn told() -> Vec<Told> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/errors");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "jsonl"))
        .collect();
    files.sort();
    let told: Vec<Told> = files.iter().flat_map(|file| rows(file)).collect();
    assert_eq!(told.len(), ROWS.len());
    told
}

fn rows(file: &Path) -> Vec<Told> {
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let text = fs::read_to_string(file).unwrap();
    let lines = text.lines().enumerate().skip(1);
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            let row: Value = serde_json::from_str(line).unwrap();
            let member = |member: &str| row[member].as_str().unwrap().to_owned();
            assert!(!member("source").is_empty(), "{name}:{}: no source", at + 1);
            Told {
                place: format!("{name}:{} {}", at + 1, member("id")),
                strength: match member("strength").as_str() {
                    "own" => Strength::Own,
                    "common" => Strength::Common,
                    _ => Strength::Family,
                },
                variant: member("variant"),
                example: member("example"),
            }
        })
        .collect()
}

/// What the most telling message of a text means.
fn variant(text: &str) -> &'static str {
    let hits = find(&Framed::of(text));
    hits.first().map_or("nothing", |hit| hit.row.variant())
}

/// Runs a check over all rows, on every core.
fn wrong(told: &[Told], check: impl Fn(&Told) -> Option<String> + Sync) -> Vec<String> {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let share = told.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let threads: Vec<_> = told
            .chunks(share)
            .map(|share| scope.spawn(|| share.iter().filter_map(&check).collect::<Vec<_>>()))
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    })
}

fn none(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_example_has_its_variant() {
    none(&wrong(&told(), |row| {
        let first = variant(&row.example);
        (first != row.variant).then(|| format!("{}: {first}, not {}", row.place, row.variant))
    }));
}

#[test]
fn every_variant_of_a_row_is_told() {
    none(&wrong(&told(), |row| {
        crate::variants::named(&row.variant)
            .is_none()
            .then(|| format!("{}: no variant {}", row.place, row.variant))
    }));
}

/// A way in which messages are printed, and whether it has words of its own. Such words are those
/// of a known sender: they say more than the mere beginning of a family.
type Frame = (&'static str, bool, fn(&str) -> String);

const FRAMES: &[Frame] = &[
    ("JSON", false, |text| json!({"error": text}).to_string()),
    ("JSON in JSON", false, |text| {
        json!({"error": json!({"code": 403, "message": text}).to_string()}).to_string()
    }),
    ("Terraform", false, |text| {
        format!(
            "╷\n│ Error: {}\n│ \n│   with google_project.p,\n╵",
            text.replace('\n', "\n│ ")
        )
    }),
    ("Go", true, |text| {
        format!("Error: googleapi: Error 403: {text}, forbidden")
    }),
    ("Python traceback", true, |text| {
        format!(
            "Traceback (most recent call last):\n  File \"/app/main.py\", line 12, in <module>\n    main()\nRuntimeError: {text}"
        )
    }),
    ("Java chain", true, |text| {
        format!(
            "java.lang.RuntimeException: the job failed\n\tat com.example.Job.run(Job.java:41)\nCaused by: java.io.IOException: {text}\n\tat com.example.Client.call(Client.java:7)\n\t... 12 more"
        )
    }),
    ("timestamps", false, |text| {
        each_line(text, "2026-11-18T11:06:40.123Z ERROR ", "")
    }),
    ("colours", false, |text| {
        each_line(text, "\u{1b}[31m", "\u{1b}[0m")
    }),
    ("80 columns", false, wrapped),
    ("escaped", false, |text| {
        let quoted = Value::from(text).to_string();
        quoted.replace('\\', "\\\\").replace('"', "\\\"")
    }),
    ("Cloud Logging", false, |text| {
        json!({
            "insertId": "1a2b3c", "severity": "ERROR", "textPayload": text,
            "timestamp": "2026-11-18T11:06:40.123456Z",
        })
        .to_string()
    }),
];

fn each_line(text: &str, before: &str, after: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| format!("{before}{line}{after}"))
        .collect();
    lines.join("\n")
}

/// Lines of at most 80 columns, broken between words.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut column = 0;
        for word in line.split(' ') {
            let long = word.chars().count();
            if column > 0 && column + 1 + long > 80 {
                out.push('\n');
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += long;
        }
        out.push('\n');
    }
    out
}

#[test]
fn no_frame_changes_what_a_message_means() {
    none(&wrong(&told(), |row| {
        let bare = variant(&row.example);
        let changed: Vec<String> = FRAMES
            .iter()
            .filter(|(_, speaks, _)| !speaks || row.strength != Strength::Family)
            .map(|(name, _, frame)| (name, variant(&frame(&row.example))))
            .filter(|(_, framed)| *framed != bare)
            .map(|(name, framed)| format!("{name} {framed}"))
            .collect();
        (!changed.is_empty()).then(|| format!("{}: {bare}, but {}", row.place, changed.join(", ")))
    }));
}

/// Anyone may write common words; an application that answers with them, to a token that shows no
/// fault, has proved nothing.
#[test]
fn common_words_of_an_application_are_never_certain() {
    let claims = "eyJpc3MiOiJodHRwczovL2FjY291bnRzLmdvb2dsZS5jb20iLCJhdWQiOiJodHRwczovL29yZGVycy00azNqZDgyaGZhLXVjLmEucnVuLmFwcCIsInN1YiI6IjExMzc3NDI2NDQ2MzAzODMyMTk2NCIsImVtYWlsIjoiY2FsbGVyQHNob3AtcHJvZC5pYW0uZ3NlcnZpY2VhY2NvdW50LmNvbSIsImVtYWlsX3ZlcmlmaWVkIjp0cnVlLCJpYXQiOjE3OTQ5OTk5NDAsImV4cCI6MTc5NTAwMzU0MH0";
    let signature = "EXAMPLEnotAsignatureA".repeat(16) + "EXAMPA";
    let token = format!("eyJhbGciOiJSUzI1NiJ9.{claims}.{signature}");
    let common: Vec<Told> = told()
        .into_iter()
        .filter(|row| row.strength == Strength::Common)
        // Common words alone: some examples hold somebody's own words beside them.
        .filter(|row| {
            find(&Framed::of(&row.example))
                .iter()
                .all(|hit| hit.row.strength != Strength::Own)
        })
        .collect();
    assert!(common.len() > 500, "only {} common rows", common.len());
    none(&wrong(&common, |row| {
        let mut input = Input::at(1_795_000_000);
        input.paste.clone_from(&token);
        input.service_url = "https://orders-4k3jd82hfa-uc.a.run.app".to_owned();
        input.status = Some(403);
        input.response = json!({"error": row.example}).to_string();
        let report = diagnose(&input);
        let first = report.causes.first()?;
        let answered = report.evidence.response.answered_by;
        let right =
            first.likelihood != crate::causes::Likelihood::Certain && answered == Answerer::App;
        (!right).then(|| {
            format!(
                "{}: {} {}, answered by {answered:?}",
                row.place,
                first.likelihood.id(),
                first.cause.id
            )
        })
    }));
}
