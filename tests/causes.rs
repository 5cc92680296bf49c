//! Every cause with its fixtures, its page and its manual: tests/causes/ID/{fires,silent}-….json.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use why401::causes::CAUSES;
use why401::diagnose;
use why401::report::{Style, to_text};

/// Causes that nothing pasted can prove: they fire beside a more likely one.
const SECONDARY: &[&str] = &["iam-propagation-or-condition", "wrong-identity"];

/// The headings of a cause's manual page, in their order.
const HEADINGS: &[&str] = &[
    "# What it is",
    "# How it shows",
    "# Why it happens",
    "# How to fix",
    "# When it is something else",
    "# References",
];

#[test]
fn without_a_credential_nothing_is_said_of_one() {
    let mut without = 0;
    for cause in CAUSES {
        for fixture in corpus::fixtures(&root("tests/causes").join(cause.id)).unwrap() {
            let report = diagnose(&fixture.input);
            if !report.evidence.no_credential() {
                continue;
            }
            without += 1;
            for found in &report.causes {
                let reasons = found.reasons.iter().map(|reason| &reason.text);
                for text in reasons.chain([&found.summary]) {
                    assert!(!text.contains("token fits"), "{}: {text}", fixture.name);
                }
            }
        }
    }
    assert!(without > 10, "only {without} fixtures without a credential");
}

#[test]
fn docker_has_a_login_of_its_own() {
    let fixtures = corpus::fixtures(&root("tests/causes/iam-binding-missing")).unwrap();
    let denied = fixtures
        .iter()
        .find(|fixture| fixture.name == "fires-docker-denied")
        .unwrap();
    let json = why401::report::to_json(&diagnose(&denied.input));
    assert!(json.contains("\"id\":\"no-credential\""), "{json}");
    assert!(
        json.contains("gcloud auth configure-docker us-central1-docker.pkg.dev")
            || json.contains("gcloud auth configure-docker \\\\\\n  us-central1-docker.pkg.dev"),
        "{json}"
    );
}

#[test]
fn every_cause_fires_where_it_should_and_nowhere_near() {
    let mut wrong = Vec::new();
    for cause in CAUSES {
        let fixtures = corpus::fixtures(&root("tests/causes").join(cause.id)).unwrap();
        for side in ["fires-", "silent-"] {
            let count = fixtures
                .iter()
                .filter(|fixture| fixture.name.starts_with(side))
                .count();
            assert!(count >= 2, "{}: {count} fixtures {side}", cause.id);
        }
        for fixture in fixtures {
            let report = diagnose(&fixture.input);
            let place = report
                .causes
                .iter()
                .position(|found| found.cause.id == cause.id);
            let right = if fixture.name.starts_with("silent-") {
                place.is_none()
            } else if SECONDARY.contains(&cause.id) {
                place.is_some()
            } else {
                place == Some(0)
            };
            if !right {
                let listed: Vec<&str> = report.causes.iter().map(|found| found.cause.id).collect();
                wrong.push(format!(
                    "{}/{}: {listed:?}; {}",
                    cause.id, fixture.name, fixture.why
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The whole report of each fixture, as the command prints it with `--full`, stands beside it, so
/// that no sentence changes unseen. `UPDATE=1` writes them.
#[test]
fn every_report_is_as_it_was() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut changed = Vec::new();
    let mut known = 0;
    for cause in CAUSES {
        let folder = root("tests/causes").join(cause.id);
        let mut snapshots = BTreeSet::new();
        for fixture in corpus::fixtures(&folder).unwrap() {
            let told = to_text(&diagnose(&fixture.input), Style::FULL);
            let file = folder.join(format!("{}.txt", fixture.name));
            if update {
                fs::write(&file, &told).unwrap();
            }
            if fs::read_to_string(&file).ok().as_ref() != Some(&told) {
                changed.push(format!("{}:\n{told}", file.display()));
            }
            snapshots.insert(file);
            known += 1;
        }
        for entry in fs::read_dir(&folder).unwrap() {
            let file = entry.unwrap().path();
            let left =
                file.extension().is_some_and(|end| end == "txt") && !snapshots.contains(&file);
            if left && update {
                fs::remove_file(&file).unwrap();
            }
            assert!(!left || update, "{} has no fixture", file.display());
        }
    }
    assert!(known > 100, "only {known} fixtures");
    assert!(
        changed.is_empty(),
        "{} reports are others now; look at them, then UPDATE=1:\n{}",
        changed.len(),
        changed.join("\n")
    );
}

#[test]
fn every_cause_is_whole() {
    let ids: BTreeSet<&str> = CAUSES.iter().map(|cause| cause.id).collect();
    assert_eq!(ids.len(), CAUSES.len(), "an id stands twice");
    for cause in CAUSES {
        let id = cause.id;
        let source = root(&format!("src/causes/{}.rs", id.replace('-', "_")));
        let source = fs::read_to_string(&source).unwrap_or_else(|_| panic!("{id} has no file"));
        let headings: Vec<&str> = source
            .lines()
            .filter_map(|line| line.strip_prefix("//! "))
            .filter(|line| line.starts_with("# "))
            .collect();
        assert_eq!(headings, HEADINGS, "{id}");
        let (_, references) = source.split_once("//! # References").unwrap();
        assert!(
            references.contains("//! - <https://"),
            "{id} names no source"
        );
        assert!(
            root(&format!("docs/causes/{id}.md")).is_file(),
            "{id} has no page"
        );
        assert!(!cause.title.is_empty(), "{id}");
    }
}

#[test]
fn nothing_is_left_of_causes_that_are_gone() {
    let ids: BTreeSet<String> = CAUSES.iter().map(|cause| cause.id.to_owned()).collect();
    assert_eq!(names("tests/causes", ""), ids);
    let mut pages = names("docs/causes", ".md");
    pages.remove("README");
    assert_eq!(pages, ids);
}

/// The names in a folder, without what they end in.
fn names(folder: &str, end: &str) -> BTreeSet<String> {
    let listing = fs::read_dir(root(folder)).unwrap();
    listing
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(end).map(str::to_owned))
        .collect()
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
