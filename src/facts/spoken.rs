//! The error that is judged: which message it is, and how much it proves here.

use super::known::From;
use crate::errors::{Hit, Strength};
use crate::response::Answerer;
use crate::variants::Variant;

/// A message of the catalogue, found in the paste.
#[derive(Debug, Clone)]
pub(crate) struct Spoken {
    /// What was found.
    pub(crate) hit: Hit,
    /// What it means and what mends it.
    pub(crate) variant: &'static Variant,
    /// An application wrote the answer in which it stands: it quotes the words, or uses them for
    /// something of its own.
    pub(crate) quoted: bool,
}

impl Spoken {
    /// The messages whose variants are known, in the catalogue's order.
    pub(crate) fn of(hits: &[(Hit, From)], answered_by: Answerer) -> Vec<Self> {
        hits.iter()
            .filter_map(|(hit, from)| {
                Some(Self {
                    variant: crate::variants::named(hit.row.variant())?,
                    quoted: *from == From::Answer
                        && answered_by == Answerer::App
                        && hit.row.speaker() != Answerer::App,
                    hit: hit.clone(),
                })
            })
            .collect()
    }

    /// One sender alone writes these words, and it was this sender.
    pub(crate) fn is_own(&self) -> bool {
        self.hit.row.strength == Strength::Own && !self.quoted
    }

    /// The id of the cause.
    pub(crate) fn cause(&self) -> &'static str {
        if self.hit.row.cause().is_empty() {
            self.variant.cause
        } else {
            self.hit.row.cause()
        }
    }
}
