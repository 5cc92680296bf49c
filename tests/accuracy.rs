//! The real cases: how often the headline is right, and how often one that is sure is.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use corpus::{Score, Share};
use serde_json::Value;
use why401::{Input, diagnose};

/// Bars in percent; they only ever go up.
struct Bars {
    top1: f64,
    strict: f64,
    top3: f64,
    certain: f64,
    likely: f64,
}

#[test]
fn headlines_of_the_first_cases_and_the_last_are_right() {
    let bars = Bars {
        top1: 98.0,
        strict: 80.0,
        top3: 98.0,
        certain: 99.0,
        likely: 96.0,
    };
    hold(&["first", "last"], 191, &bars);
}

#[test]
fn headlines_of_the_cases_found_later_are_right() {
    let bars = Bars {
        top1: 98.0,
        strict: 84.0,
        top3: 99.0,
        certain: 99.0,
        likely: 97.0,
    };
    hold(&["later"], 563, &bars);
}

fn hold(uses: &[&str], at_least: usize, bars: &Bars) {
    let cases = corpus::read_use(&root().join("tests/cases"), uses).unwrap();
    assert!(cases.len() >= at_least, "only {} cases", cases.len());
    let score: Score = corpus::score(&cases);
    let reaches = |share: Share, bar| share.percent() >= bar;
    assert!(
        reaches(score.top1, bars.top1)
            && reaches(score.strict, bars.strict)
            && reaches(score.top3, bars.top3)
            && reaches(score.certain, bars.certain)
            && reaches(score.likely, bars.likely),
        "{score}; misses {:?}",
        score.misses
    );
}

/// A finding without a variant has no remedy.
#[test]
fn every_finding_of_every_case_names_a_variant() {
    let variants: BTreeSet<&str> = why401::variants::all().map(|variant| variant.id).collect();
    let cases = corpus::read(&root().join("tests/cases")).unwrap();
    let mut findings = 0;
    let mut without = BTreeSet::new();
    for case in &cases {
        for diagnosis in &diagnose(&case.input).causes {
            findings += 1;
            if !variants.contains(diagnosis.variant) {
                without.insert((diagnosis.cause.id, case.id.as_str()));
            }
        }
    }
    assert!(findings > cases.len(), "only {findings} findings");
    assert!(without.is_empty(), "{without:?}");
}

/// Words in an application's JSON are the application's, whoever else may write them: beside a good
/// token they make nothing certain.
#[test]
fn an_application_may_use_any_words() {
    let good = good_token();
    let mut rows = Vec::new();
    for file in std::fs::read_dir(root().join("src/errors")).unwrap() {
        let file = file.unwrap().path();
        if file
            .extension()
            .is_some_and(|extension| extension == "jsonl")
        {
            let text = std::fs::read_to_string(&file).unwrap();
            let told = text
                .lines()
                .skip(1)
                .map(|line| serde_json::from_str::<Value>(line).unwrap());
            rows.extend(told.filter(|row| row["example"].is_string()));
        }
    }
    let read = rows.len();
    let halves = rows.split_at(read / 2);
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let first = scope.spawn(|| said_wrongly(&good, halves.0));
        let mut wrong = said_wrongly(&good, halves.1);
        wrong.extend(first.join().unwrap());
        wrong
    });
    assert!(read > 5_000, "only {read} examples");
    assert!(
        wrong.is_empty(),
        "{} of {read}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The rows whose words in an application's JSON make something certain, or are taken for another's.
fn said_wrongly(good: &Input, rows: &[Value]) -> Vec<String> {
    let mut input = good.clone();
    let mut wrong = Vec::new();
    for row in rows {
        input.response = serde_json::json!({ "error": row["example"] }).to_string();
        let report = diagnose(&input);
        let first = &report.causes[0];
        let who = report.evidence.response.answered_by.id();
        if first.likelihood.id() == "certain" || who != "app" {
            wrong.push(format!(
                "{}: {} {} by {who}",
                row["id"],
                first.cause.id,
                first.likelihood.id()
            ));
        }
    }
    wrong
}

/// A request with a token that fits in everything, refused with 403.
fn good_token() -> Input {
    let case = serde_json::json!({
        "id": "good", "truth": { "category": "token-fine" },
        "input": {
            "credential": {
                "kind": "jwt", "signature": "normal",
                "header": { "alg": "RS256", "kid": "a".repeat(40), "typ": "JWT" },
                "claims": {
                    "iss": "https://accounts.google.com", "aud": "https://orders-4k3jd82hfa-uc.a.run.app",
                    "sub": "113774264463038321964", "email": "caller@shop-prod.iam.gserviceaccount.com",
                    "email_verified": true, "iat": -60, "exp": 3540
                }
            },
            "wrap": "bare", "service_url": "https://orders-4k3jd82hfa-uc.a.run.app", "http_status": 403
        }
    });
    corpus::parse(&case.to_string()).unwrap().input
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
