//! The causes: one file each, listed in [`CAUSES`].

use crate::evidence::Evidence;
use crate::fix::Fix;

/// Every cause, in the order of the gates.
pub const CAUSES: &[&Cause] = &[];

/// One reason why a request is refused.
#[derive(Debug)]
#[non_exhaustive]
pub struct Cause {
    /// The public id; also the name of its file (with `_`), its manual page and its fixtures.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Where it stops the request.
    pub gate: Gate,
    /// The source of the rule.
    pub citation: &'static str,
    /// Breaks ties between causes of one gate and likelihood: the higher first.
    pub weight: u8,
    /// Judges the evidence.
    pub examine: fn(&Evidence<'_>) -> Finding,
    /// What to do about it, commands that only read first.
    pub fixes: fn(&Evidence<'_>) -> Vec<Fix>,
}

/// The gates a request passes, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Gate {
    /// Was a token made?
    Mint,
    /// Was it sent, whole?
    Send,
    /// Did the request reach the service's door?
    Reach,
    /// Is it the right, valid token for this door?
    Verify,
    /// May this identity enter?
    Allow,
    /// Did the service itself refuse?
    App,
    /// No gate: nothing wrong was found.
    Open,
}

impl Gate {
    /// The six gates of the path.
    pub const PATH: &[Self] = &[
        Self::Mint,
        Self::Send,
        Self::Reach,
        Self::Verify,
        Self::Allow,
        Self::App,
    ];

    /// The public id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Mint => "mint",
            Self::Send => "send",
            Self::Reach => "reach",
            Self::Verify => "verify",
            Self::Allow => "allow",
            Self::App => "app",
            Self::Open => "none",
        }
    }

    /// The question the gate asks.
    #[must_use]
    pub const fn question(self) -> &'static str {
        match self {
            Self::Mint => "Was a token made?",
            Self::Send => "Was it sent, whole?",
            Self::Reach => "Did the request reach the service’s door?",
            Self::Verify => "Is it the right, valid token for this door?",
            Self::Allow => "May this identity enter?",
            Self::App => "Did the service itself refuse?",
            Self::Open => "Nothing wrong found",
        }
    }
}

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Likelihood {
    /// Cannot be seen from here, and nothing else explains the refusal.
    Possible,
    /// The response or the shape points here and nothing contradicts it.
    Likely,
    /// Visible in what was pasted.
    Certain,
}

impl Likelihood {
    /// The public id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// What a cause says of the evidence.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Finding {
    /// This may be why.
    Found(Found),
    /// Checked and fine; the sentence says what was seen.
    RuledOut(String),
    /// Nothing here to check.
    NotApplicable,
}

/// A finding that stands.
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_structs)]
pub struct Found {
    /// How sure.
    pub likelihood: Likelihood,
    /// One sentence for the headline, both values in it.
    pub summary: String,
    /// Why, one reason each.
    pub reasons: Vec<Reason>,
}

/// A reason, with its facts, so that no view parses prose.
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_structs)]
pub struct Reason {
    /// The sentence.
    pub text: String,
    /// What it rests on.
    pub fact: Option<Fact>,
}

/// The facts behind a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fact {
    /// Two values that should agree.
    Values {
        /// What was sent.
        sent: String,
        /// What is accepted.
        accepted: String,
        /// The first character (not byte) at which they differ.
        differs_at: Option<usize>,
    },
    /// A time of the token beside the moment of judgement; both in seconds since 1970 (UTC).
    Times {
        /// `exp`, `nbf` or `iat`.
        claim: &'static str,
        /// The claim's time.
        at: i64,
        /// The moment of judgement.
        now: i64,
    },
    /// A claim by its name.
    Claim(String),
    /// Words of the response or the paste.
    Quote(String),
}
