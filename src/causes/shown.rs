//! What the documents prove or rule out, gate by gate. It outranks what a cause sees without them.

mod allow;
mod app;
mod mint;
mod reach;
mod send;
mod verify;

use super::{Finding, Found, Likelihood, ruled_out};
use crate::evidence::Evidence;

/// Findings by the id of their cause.
#[derive(Default)]
pub(crate) struct Shown(Vec<(&'static str, Finding)>);

impl Shown {
    /// What the documents show of this call.
    pub(crate) fn by(evidence: &Evidence<'_>) -> Self {
        let mut shown = Self::default();
        if evidence.documents.is_empty() || evidence.succeeded() {
            return shown;
        }
        mint::shown(evidence, &mut shown);
        if evidence.never_made() {
            return shown;
        }
        send::shown(evidence, &mut shown);
        reach::shown(evidence, &mut shown);
        verify::shown(evidence, &mut shown);
        allow::shown(evidence, &mut shown);
        app::shown(evidence, &mut shown);
        shown
    }

    /// What is shown of a cause.
    pub(crate) fn take(&mut self, cause: &str) -> Option<Finding> {
        let at = self.0.iter().position(|(id, _)| *id == cause)?;
        Some(self.0.swap_remove(at).1)
    }

    /// What is found first of a cause counts.
    fn add(&mut self, cause: &'static str, finding: impl Into<Finding>) {
        if !self.0.iter().any(|(id, _)| *id == cause) {
            self.0.push((cause, finding.into()));
        }
    }

    fn rule_out(&mut self, causes: &[&'static str], because: &str) {
        for cause in causes {
            self.add(cause, ruled_out(because.to_owned()));
        }
    }
}

/// As sure as the paste allows.
fn sure(is: bool, otherwise: Likelihood) -> Likelihood {
    if is { Likelihood::Certain } else { otherwise }
}

/// The beginning of a sentence.
fn upper(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// A finding's reasons, from sentences.
fn because(found: Box<Found>, reasons: impl IntoIterator<Item = String>) -> Box<Found> {
    reasons.into_iter().fold(found, Found::because)
}
