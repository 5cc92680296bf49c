//! Odd things people paste: the page shows for each what a good inspector shows.

use std::path::Path;

#[test]
fn every_odd_paste_shows_what_it_should() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pastes.json");
    let pastes = corpus::conformance(&file).unwrap();
    assert!(pastes.len() >= 64, "only {} pastes", pastes.len());
    let misses: Vec<String> = pastes
        .iter()
        .filter(|paste| !paste.lacks.is_empty())
        .map(|paste| {
            format!(
                "{} ({}) lacks {}",
                paste.id,
                paste.should_show,
                paste.lacks.join("; ")
            )
        })
        .collect();
    assert!(
        misses.is_empty(),
        "{} of {}:\n{}",
        misses.len(),
        pastes.len(),
        misses.join("\n")
    );
}
