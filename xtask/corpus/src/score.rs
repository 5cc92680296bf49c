//! How often the headline is right, how sure it was, and whether the fixes mend the case.

use crate::{Case, Wanted};
use std::collections::BTreeMap;
use std::fmt;
use why401::Report;
use why401::causes::Likelihood;
use why401::fix::{Effect, Fix};

/// How many, out of how many.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs)]
pub struct Share {
    /// How many.
    pub count: usize,
    /// Out of how many.
    pub of: usize,
}

impl Share {
    fn add(&mut self, counts: bool) {
        self.count += usize::from(counts);
        self.of += 1;
    }

    /// In percent. No share of nothing: an empty set must not pass for a perfect one.
    #[must_use]
    pub fn percent(self) -> f64 {
        100.0 * self.count as f64 / self.of.max(1) as f64
    }
}

/// `98/191 = 51.3%`
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{} = {:.1}%", self.count, self.of, self.percent())
    }
}

/// What came of judging a set of cases.
#[derive(Debug, Default)]
pub struct Score {
    /// Headlines that are the cause, or one that cannot be told apart from it.
    pub top1: Share,
    /// Headlines that are exactly the cause.
    pub strict: Share,
    /// Cases with a right answer among the first three.
    pub top3: Share,
    /// Right headlines among those that were called certain.
    pub certain: Share,
    /// Right headlines among those that were called likely.
    pub likely: Share,
    /// Headlines that are a false claim, where the case tells which would be.
    pub false_claims: Share,
    /// Cases whose first change is the one that mends it.
    pub first: Share,
    /// Cases of which any fix mends it.
    pub any: Share,
    /// Cases with a fix that would do harm.
    pub harmful: Share,
    /// By cause: how many headlines count as right.
    pub by_cause: BTreeMap<String, Share>,
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
        score.headline(case, &answers(&report));
        if let Some(wanted) = &case.wanted {
            let fixes: Vec<&Fix> = report
                .causes
                .first()
                .map_or_else(Vec::new, |first| first.fixes().collect());
            score.fixes(wanted, &fixes);
        }
    }
    score
}

/// The causes in the report with how sure each is, most likely first.
fn answers(report: &Report<'_>) -> Vec<(&'static str, Likelihood)> {
    let causes = report.causes.iter();
    causes
        .map(|found| (found.cause.id, found.likelihood))
        .collect()
}

impl Score {
    fn headline(&mut self, case: &Case, answers: &[(&'static str, Likelihood)]) {
        let right = |answer: &str| {
            answer == case.cause || case.also_acceptable.iter().any(|other| other == answer)
        };
        let first = answers.first().map(|(id, _)| *id);
        let hit = first.is_some_and(right);
        self.top1.add(hit);
        self.strict
            .add(first.is_some_and(|answer| answer == case.cause));
        self.top3
            .add(answers.iter().take(3).any(|(id, _)| right(id)));
        match answers.first() {
            Some((_, Likelihood::Certain)) => self.certain.add(hit),
            Some((_, Likelihood::Likely)) => self.likely.add(hit),
            _ => {}
        }
        if !case.never.is_empty() {
            let claims = |id: &str| case.never.iter().any(|never| never == id);
            self.false_claims.add(first.is_some_and(claims));
        }
        self.by_cause
            .entry(case.cause.clone())
            .or_default()
            .add(hit);
        if !hit {
            self.misses.push(Miss {
                id: case.id.clone(),
                cause: case.cause.clone(),
                answers: answers.iter().take(3).map(|(id, _)| *id).collect(),
            });
        }
    }

    fn fixes(&mut self, wanted: &Wanted, fixes: &[&Fix]) {
        let change = fixes.iter().find(|fix| fix.effect != Effect::Reads);
        if !wanted.first.is_empty() {
            self.first
                .add(change.is_some_and(|fix| holds(fix, &wanted.first)));
        }
        if !wanted.any.is_empty() {
            self.any
                .add(fixes.iter().any(|fix| holds(fix, &wanted.any)));
        }
        let harms = |fix: &&Fix| wanted.never.iter().any(|fragment| harms(fix, fragment));
        self.harmful.add(fixes.iter().any(harms));
    }
}

/// One alternative stands in the fix, title and cautions included.
fn holds(fix: &Fix, alternatives: &[Vec<String>]) -> bool {
    let all = flat(&[&body(fix), &fix.caution]);
    alternatives.iter().any(|alternative| {
        alternative
            .iter()
            .all(|fragment| all.contains(&flat(&[fragment])))
    })
}

/// The fix does what it must not. A caution that warns of it does not count, nor an access token
/// that is only used to ask the IAM Credentials API.
fn harms(fix: &Fix, fragment: &str) -> bool {
    let body = flat(&[&body(fix)]);
    let asks = fragment == "print-access-token" && body.contains("iamcredentials.googleapis.com");
    body.contains(&flat(&[fragment])) && !asks
}

/// The title and the texts in every language.
fn body(fix: &Fix) -> String {
    let texts = fix.snippets.iter().map(|snippet| snippet.text.as_str());
    let all: Vec<&str> = std::iter::once(fix.title.as_str()).chain(texts).collect();
    all.join(" ")
}

/// In lower case, continued lines joined, white space collapsed.
fn flat(texts: &[&str]) -> String {
    let joined = texts.join(" ").replace("\\\n", " ").to_lowercase();
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One line with every figure; what was not measured is left out.
impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "top1 {} (strict {:.1}%), top3 {}, certain right {}, likely right {}",
            self.top1,
            self.strict.percent(),
            self.top3,
            self.certain,
            self.likely
        )?;
        if self.false_claims.of > 0 {
            write!(f, ", false claims {}", self.false_claims)?;
        }
        if self.first.of > 0 {
            write!(
                f,
                ", first fix {}, any fix {}, harmful {}",
                self.first, self.any, self.harmful
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Score, Share};
    use crate::{Case, Wanted};
    use why401::Input;
    use why401::causes::Likelihood::{Certain, Likely, Possible};
    use why401::fix::{Effect, Fix, Language, Snippet};

    #[test]
    fn a_headline_counts_by_how_right_it_is() {
        let case = Case {
            id: "one".to_owned(),
            use_: "first".to_owned(),
            input: Input::at(0),
            cause: "expired".to_owned(),
            also_acceptable: vec!["not-yet-valid".to_owned()],
            never: vec!["no-credential".to_owned()],
            wanted: None,
        };
        let mut score = Score::default();
        score.headline(&case, &[("expired", Certain), ("token-fine", Possible)]);
        score.headline(&case, &[("not-yet-valid", Likely)]);
        score.headline(
            &case,
            &[
                ("no-credential", Likely),
                ("token-fine", Possible),
                ("expired", Possible),
            ],
        );
        score.headline(&case, &[]);
        let share = |count, of| Share { count, of };
        assert_eq!(
            (score.top1, score.strict, score.top3),
            (share(2, 4), share(1, 4), share(3, 4))
        );
        assert_eq!((score.certain, score.likely), (share(1, 1), share(1, 2)));
        assert_eq!(score.false_claims, share(1, 4));
        assert_eq!(score.by_cause["expired"], share(2, 4));
        assert_eq!(score.misses.len(), 2);
        assert_eq!(
            score.misses[0].answers,
            ["no-credential", "token-fine", "expired"]
        );
    }

    #[test]
    fn a_fix_counts_by_what_it_does() {
        let fix = |effect, title: &str, caution: &str, text: &str| Fix {
            title: title.to_owned(),
            effect,
            caution: caution.to_owned(),
            snippets: vec![Snippet {
                language: Language::Sh,
                text: text.to_owned(),
            }],
        };
        let looks = fix(Effect::Reads, "Look", "", "gcloud run services describe");
        let grants = fix(
            Effect::Changes,
            "Grant",
            "not allUsers",
            "gcloud x \\\n  --role=roles/run.invoker",
        );
        let opens = fix(Effect::Changes, "Open", "", "--member=allUsers");
        let wanted = Wanted {
            first: vec![vec!["gcloud x --role=roles/run.invoker".to_owned()]],
            any: vec![vec!["describe".to_owned()]],
            never: vec!["allUsers".to_owned()],
        };
        let mut score = Score::default();
        score.fixes(&wanted, &[&looks, &grants]);
        score.fixes(&wanted, &[&opens, &grants]);
        let share = |count, of| Share { count, of };
        assert_eq!(
            (score.first, score.any, score.harmful),
            (share(1, 2), share(1, 2), share(1, 2))
        );
    }
}
