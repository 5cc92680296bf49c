//! The real cases: how often the headline is right, and how often one that is sure is.

use std::path::{Path, PathBuf};

use corpus::Score;
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
        strict: 81.0,
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
    let reaches = |count, bar| score.percent(count) >= bar;
    let is_calibrated = score.right_among("certain") >= bars.certain && score.right_among("likely") >= bars.likely;
    assert!(
        reaches(score.top1, bars.top1)
            && reaches(score.strict, bars.strict)
            && reaches(score.top3, bars.top3)
            && is_calibrated,
        "{score}, {:?}; misses {:?}",
        score.calibration,
        score.misses
    );
}

/// Words in an application's JSON are the application's, whoever else may write them: beside a good
/// token they make nothing certain.
#[test]
fn an_application_may_use_any_words() {
    let good = good_token();
    let mut wrong = Vec::new();
    let mut read = 0;
    for file in std::fs::read_dir(root().join("src/errors")).unwrap() {
        let file = file.unwrap().path();
        if file.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        for line in std::fs::read_to_string(&file).unwrap().lines().skip(1) {
            let row: Value = serde_json::from_str(line).unwrap();
            let Some(example) = row["example"].as_str() else {
                continue;
            };
            read += 1;
            let mut input = good.clone();
            input.response = serde_json::json!({ "error": example }).to_string();
            let report = diagnose(&input);
            let first = &report.causes[0];
            let who = report.evidence.response.answered_by.id();
            if first.likelihood.id() == "certain" || who != "app" {
                wrong.push(format!("{}: {} {} by {who}", row["id"], first.cause.id, first.likelihood.id()));
            }
        }
    }
    assert!(read > 5_000, "only {read} examples");
    assert!(wrong.is_empty(), "{} of {read}:\n{}", wrong.len(), wrong.join("\n"));
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
