//! How often the headline is right.

use crate::Case;
use std::collections::BTreeMap;
use std::fmt;

/// What came of judging a set of cases.
#[derive(Debug, Default)]
pub struct Score {
    /// How many cases were judged.
    pub cases: usize,
    /// Headlines that are the cause, or one that cannot be told apart from it.
    pub top1: usize,
    /// Headlines that are exactly the cause.
    pub strict: usize,
    /// Cases with a right answer among the first three.
    pub top3: usize,
    /// By cause: how many headlines count as right, out of how many cases.
    pub by_cause: BTreeMap<String, (usize, usize)>,
    /// By how sure the headline was: how many are right, out of how many.
    pub calibration: BTreeMap<&'static str, (usize, usize)>,
    /// The cases whose headline is wrong.
    pub misses: Vec<Miss>,
}

/// A case whose headline is wrong.
#[derive(Debug)]
pub struct Miss {
    /// The case.
    pub id: String,
    /// Its cause.
    pub cause: String,
    /// The first three answers.
    pub answers: Vec<&'static str>,
}

/// Diagnoses every case.
#[must_use]
pub fn score(cases: &[Case]) -> Score {
    let mut score = Score::default();
    for case in cases {
        let report = why401::diagnose(&case.input);
        let answers: Vec<&'static str> = report.causes.iter().map(|found| found.cause.id).collect();
        score.add(case, &answers);
        if let Some(first) = report.causes.first() {
            score.calibrate(case, first.cause.id, first.likelihood.id());
        }
    }
    score
}

impl Score {
    fn add(&mut self, case: &Case, answers: &[&'static str]) {
        let right = |answer: &&str| {
            *answer == case.cause || case.also_acceptable.iter().any(|other| other == answer)
        };
        let first = answers.first();
        let hit = first.is_some_and(right);
        self.cases += 1;
        self.top1 += usize::from(hit);
        self.strict += usize::from(first.is_some_and(|answer| *answer == case.cause));
        self.top3 += usize::from(answers.iter().take(3).any(right));
        let row = self.by_cause.entry(case.cause.clone()).or_default();
        row.0 += usize::from(hit);
        row.1 += 1;
        if !hit {
            self.misses.push(Miss {
                id: case.id.clone(),
                cause: case.cause.clone(),
                answers: answers.iter().take(3).copied().collect(),
            });
        }
    }

    fn calibrate(&mut self, case: &Case, answer: &'static str, likelihood: &'static str) {
        let row = self.calibration.entry(likelihood).or_default();
        let is_right = answer == case.cause || case.also_acceptable.iter().any(|other| other == answer);
        row.0 += usize::from(is_right);
        row.1 += 1;
    }

    /// The share of right headlines among those that were this sure, in percent.
    #[must_use]
    pub fn right_among(&self, likelihood: &str) -> f64 {
        let (right, of) = self.calibration.get(likelihood).copied().unwrap_or_default();
        100.0 * right as f64 / of.max(1) as f64
    }

    /// A count as a share of all cases, in percent.
    #[must_use]
    pub fn percent(&self, count: usize) -> f64 {
        // No share of nothing: an empty set of cases must not pass for a perfect one.
        100.0 * count as f64 / self.cases.max(1) as f64
    }
}

/// The line with the three figures.
impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "top1 {}/{} = {:.1}% (strict {:.1}%), top3 {}/{} = {:.1}%",
            self.top1,
            self.cases,
            self.percent(self.top1),
            self.percent(self.strict),
            self.top3,
            self.cases,
            self.percent(self.top3)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Score;
    use crate::Case;
    use why401::Input;

    #[test]
    fn a_headline_counts_by_how_right_it_is() {
        let case = Case {
            id: "one".to_owned(),
            use_: "first".to_owned(),
            input: Input::at(0),
            cause: "expired".to_owned(),
            also_acceptable: vec!["not-yet-valid".to_owned()],
        };
        let mut score = Score::default();
        score.add(&case, &["expired", "token-fine"]);
        score.add(&case, &["not-yet-valid"]);
        score.add(&case, &["token-fine", "no-credential", "expired"]);
        score.add(&case, &[]);
        assert_eq!(
            (score.top1, score.strict, score.top3, score.cases),
            (2, 1, 3, 4)
        );
        assert_eq!(score.by_cause["expired"], (2, 4));
        assert_eq!(score.misses.len(), 2);
        assert_eq!(
            score.misses[0].answers,
            ["token-fine", "no-credential", "expired"]
        );
    }
}
