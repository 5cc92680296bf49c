//! The words by which a sender can be told: a file for each of them.

mod gateway;
mod google_api;
mod iap;
mod mint;
mod policy;
mod run;
mod verifier;

use super::{MintError, Signal, permission};
use crate::text::Pairs;

/// Every signal in a text that was lowered before, in the order of the table.
pub(super) fn find(lower: &str) -> Vec<Signal> {
    let pairs = Pairs::of(lower);
    let holds = |phrase: &&str| pairs.may_hold(phrase) && lower.contains(phrase);
    let mut signals: Vec<Signal> = ALL
        .iter()
        .copied()
        .flatten()
        .filter(|(_, phrases)| phrases.iter().any(holds))
        .map(|(signal, _)| *signal)
        .collect();
    // Each API says in its own words that a caller has no permission.
    if signals.is_empty() && lower.contains("permission") && permission::named(lower).is_some() {
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
