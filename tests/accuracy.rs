//! The real cases: how often the headline is right.

use std::path::Path;

/// Bars in percent; they only ever go up.
const TOP1: f64 = 95.0;
const STRICT: f64 = 80.0;
const TOP3: f64 = 99.0;

#[test]
fn headlines_of_the_real_cases_are_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let cases = corpus::read(&folder).unwrap();
    assert!(cases.len() >= 130, "only {} cases", cases.len());
    let score = corpus::score(&cases);
    let reaches = |count, bar| score.percent(count) >= bar;
    assert!(
        reaches(score.top1, TOP1) && reaches(score.strict, STRICT) && reaches(score.top3, TOP3),
        "{score}; `cargo xtask accuracy -v` names the misses"
    );
}
