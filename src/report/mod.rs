//! What is answered: the ranked causes, what was ruled out and what was read.

mod bounds;
mod json;
pub mod markdown;
mod rank;
mod text;

pub use json::to_json;
pub(crate) use rank::rank;
pub use text::{Headings, Style, to_text};

use crate::causes::{Cause, Gate, Likelihood, Reason};
use crate::conceal::{Concealer, needless};
use crate::evidence::Evidence;
use crate::fix::{Fix, Remedy};
use crate::read::Place;

/// The longest report, in bytes, whatever was pasted and in whichever form it is told.
pub const MAX_REPORT: usize = 1_000_000;

/// So many values are taken for names at most; a token has a dozen.
const MOST_NAMES: usize = 64;

/// The answer to one [`Input`](crate::Input).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Report<'a> {
    /// What the verdict rests on.
    pub evidence: Evidence<'a>,
    /// The causes that may be why, most likely first. Never empty: when nothing is wrong it
    /// holds `token-fine`.
    pub causes: Vec<Diagnosis>,
    /// The causes that were looked at and are not why.
    pub ruled_out: Vec<RuledOut>,
}

/// A cause that may be why.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Diagnosis {
    /// The cause.
    pub cause: &'static Cause,
    /// How sure.
    pub likelihood: Likelihood,
    /// One sentence, both values in it.
    pub summary: String,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The sub-cause's id; empty where the cause has none.
    pub variant: &'static str,
    /// What to look at, what to change, how to see that it works.
    pub remedy: Remedy,
}

impl Diagnosis {
    /// Everything to run, in the order of work.
    pub fn fixes(&self) -> impl Iterator<Item = &Fix> {
        self.remedy.all()
    }
}

/// A cause that was looked at and is not why.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RuledOut {
    /// The cause.
    pub cause: &'static Cause,
    /// What was seen.
    pub because: String,
}

impl Report<'_> {
    /// What was stripped or guessed while reading the paste, one sentence each.
    pub fn reading_notes(&self) -> impl Iterator<Item = &str> {
        let evidence = &self.evidence;
        let pasted = evidence.pasted().map(|pasted| pasted.notes.as_slice());
        evidence
            .exhibits
            .notes
            .iter()
            .chain(pasted.unwrap_or_default())
            .map(String::as_str)
            .chain(place_note(evidence))
    }

    /// What was stripped, guessed or odd about the paste and its judged credential, one
    /// sentence each.
    pub fn notes(&self) -> impl Iterator<Item = &str> {
        let odd = &self.evidence.credential.notes;
        self.reading_notes().chain(odd.iter().map(String::as_str))
    }

    /// What hides the secrets in each form of this report.
    #[must_use]
    pub fn concealer(&self) -> Concealer {
        self.knowing()
    }

    /// The same for a report that leaves the machine as a file or in a ticket: what the token
    /// tells of a person beyond who it is about is left out as well.
    #[must_use]
    pub fn reporter(&self) -> Concealer {
        let people = self.evidence.all.iter();
        let in_path = self.evidence.target.people().map(str::to_owned);
        self.knowing()
            .leaving_out(people.flat_map(|one| needless(one)).chain(in_path))
    }

    fn knowing(&self) -> Concealer {
        let evidence = &self.evidence;
        let harmless = evidence
            .all
            .iter()
            .flat_map(|one| one.harmless())
            .take(MOST_NAMES);
        let pasted = evidence.exhibits.credentials.iter().zip(&evidence.all);
        Concealer::knowing(harmless.collect()).hiding(
            pasted
                .filter(|(_, credential)| credential.is_secret())
                .map(|(pasted, _)| pasted.text.as_str()),
        )
    }

    /// Nothing wrong was found.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        self.stopped_at().is_none()
    }

    /// The gate at which the request stopped; `None` when nothing wrong was found.
    #[must_use]
    pub fn stopped_at(&self) -> Option<Gate> {
        self.causes
            .first()
            .map(|first| first.cause.gate)
            .filter(|gate| *gate != Gate::Open)
    }
}

/// Where the judged credential stood, when that is worth a word: a place no server reads.
fn place_note(evidence: &Evidence<'_>) -> Option<&'static str> {
    match evidence.pasted()?.place {
        Place::Cookie(_) => Some("It came from a cookie; Google’s doors read tokens from headers."),
        Place::UrlParameter(_) => {
            Some("It came from a URL, where it also lands in logs and history.")
        }
        Place::Json(_) => Some("It was taken out of a JSON answer."),
        _ => None,
    }
}
