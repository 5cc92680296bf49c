//! The real cases: how often the headline is right.

use std::path::Path;

/// Bars in percent; they only ever go up.
struct Bars {
    top1: f64,
    strict: f64,
    top3: f64,
}

#[test]
fn headlines_of_the_real_cases_are_right() {
    let bars = Bars {
        top1: 98.0,
        strict: 90.0,
        top3: 99.0,
    };
    hold("tests/cases", 191, &bars);
}

#[test]
fn headlines_of_the_cases_found_later_are_right() {
    let bars = Bars {
        top1: 97.0,
        strict: 83.0,
        top3: 99.0,
    };
    hold("tests/cases-more", 563, &bars);
}

fn hold(folder: &str, at_least: usize, bars: &Bars) {
    let cases = corpus::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    assert!(cases.len() >= at_least, "only {} cases", cases.len());
    let score = corpus::score(&cases);
    let reaches = |share: corpus::Share, bar| share.percent() >= bar;
    assert!(
        reaches(score.top1, bars.top1)
            && reaches(score.strict, bars.strict)
            && reaches(score.top3, bars.top3),
        "{score}; `cargo xtask accuracy -v --cases {folder}` names the misses"
    );
}
