//! The words by which a sender can be told: a file for each of them.

mod caller;
mod gateway;
mod google_api;
mod iap;
mod mint;
mod policy;
mod run;
mod verifier;

use super::{MintError, Signal, permission};
use crate::input::Caller;
use crate::text::Pairs;

/// A text in lower case, in which hundreds of phrases are looked for.
pub(super) struct Searched<'t> {
    lower: &'t str,
    pairs: Pairs,
}

impl<'t> Searched<'t> {
    pub(super) fn new(lower: &'t str) -> Self {
        Self {
            lower,
            pairs: Pairs::of(lower),
        }
    }

    fn holds(&self, phrases: &[&str]) -> bool {
        phrases
            .iter()
            .any(|phrase| self.pairs.may_hold(phrase) && self.lower.contains(phrase))
    }

    /// The caller that alone writes such an error or log.
    pub(super) fn caller(&self) -> Option<Caller> {
        caller::MARKS
            .iter()
            .find(|(_, marks)| self.holds(marks))
            .map(|(caller, _)| *caller)
    }

    /// Every signal, in the order of the tables.
    pub(super) fn signals(&self) -> Vec<Signal> {
        let lower = self.lower;
        let mut signals: Vec<Signal> = ALL
            .iter()
            .copied()
            .flatten()
            .filter(|(_, phrases)| self.holds(phrases))
            .map(|(signal, _)| *signal)
            .collect();
        // Each API says in its own words that a caller has no permission.
        if signals.is_empty() && lower.contains("permission") && permission::named(lower).is_some()
        {
            signals.push(Signal::ApiPermissionDenied);
        }
        if let Some(error) = signals
            .iter_mut()
            .find(|signal| **signal == Signal::Mint(MintError::Other))
            && let Some(refined) = MintError::by_place(lower)
        {
            *error = Signal::Mint(refined);
        }
        if signals.is_empty() {
            signals.extend(
                MintError::by_place(lower)
                    .map(Signal::Mint)
                    .or_else(|| verifier::in_other_words(lower)),
            );
        }
        signals
    }
}

/// What each signal is known by, in lower case.
type Phrases = &'static [(Signal, &'static [&'static str])];

const ALL: &[Phrases] = &[
    run::PHRASES,
    iap::PHRASES,
    google_api::PHRASES,
    gateway::PHRASES,
    policy::PHRASES,
    verifier::PHRASES,
    mint::PHRASES,
];
