//! The causes: one file each, listed in [`CAUSES`].

mod access_token_where_id_token_needed;
mod app_rejects;
mod audience_mismatch;
mod consumer_refused;
mod cors_preflight;
mod email_claim_missing;
mod expired;
mod iam_binding_missing;
mod iam_propagation_or_condition;
mod iap_in_front;
mod id_token_where_access_token_needed;
mod ingress_blocked;
mod insufficient_scope;
mod issuer_not_accepted;
mod malformed_token;
mod no_credential;
mod no_refusal;
mod not_a_token;
mod not_authentication;
mod not_google;
mod not_yet_valid;
mod org_policy_or_vpc_sc;
mod other_credential_type;
mod policy_in_front;
mod shown;
mod signature_invalid;
mod signature_removed;
mod token_fine;
mod token_generation_failed;
mod unexplained;
mod wrong_identity;
mod wrong_url;

pub(crate) use shown::Shown;

use std::borrow::Cow;

use crate::errors::Strength;
use crate::evidence::{Door, Evidence};
use crate::response::Signal;
use crate::variants;

/// Every cause, in the order of the gates.
pub const CAUSES: &[&Cause] = &[
    &token_generation_failed::CAUSE,
    &no_credential::CAUSE,
    &not_a_token::CAUSE,
    &malformed_token::CAUSE,
    &cors_preflight::CAUSE,
    &wrong_url::CAUSE,
    &ingress_blocked::CAUSE,
    &org_policy_or_vpc_sc::CAUSE,
    &consumer_refused::CAUSE,
    &policy_in_front::CAUSE,
    &iap_in_front::CAUSE,
    &access_token_where_id_token_needed::CAUSE,
    &id_token_where_access_token_needed::CAUSE,
    &other_credential_type::CAUSE,
    &signature_removed::CAUSE,
    &signature_invalid::CAUSE,
    &expired::CAUSE,
    &not_yet_valid::CAUSE,
    &issuer_not_accepted::CAUSE,
    &email_claim_missing::CAUSE,
    &audience_mismatch::CAUSE,
    &iam_binding_missing::CAUSE,
    &wrong_identity::CAUSE,
    &iam_propagation_or_condition::CAUSE,
    &insufficient_scope::CAUSE,
    &app_rejects::CAUSE,
    &no_refusal::CAUSE,
    &not_google::CAUSE,
    &not_authentication::CAUSE,
    &token_fine::CAUSE,
    &unexplained::CAUSE,
];

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
    /// Is it the right token for this door, and in time?
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
            Self::Verify => "Is it the right token for this door, and in time?",
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
    Found(Box<Found>),
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
    /// The id of the sub-cause, whose remedy mends it; empty where the cause has no variants yet.
    pub variant: &'static str,
    /// The sub-cause is only the usual one: a message that names another knows better.
    pub(crate) usual: bool,
    /// The causes that this cannot be told apart from by what it rests on.
    pub(crate) also: &'static [&'static str],
}

/// Boxed, and never inlined: findings are written as chains, some two hundred of them.
impl Found {
    /// A finding with its headline and, so far, no reasons.
    fn new(likelihood: Likelihood, summary: impl Into<Cow<'static, str>>) -> Box<Self> {
        Self::begin(likelihood, summary.into())
    }

    /// What the answer says: certain in words of one sender alone, likely in words of anyone's.
    fn said(
        evidence: &Evidence<'_>,
        signal: Signal,
        summary: impl Into<Cow<'static, str>>,
    ) -> Box<Self> {
        let likelihood = if evidence.response.says_surely(signal) {
            Likelihood::Certain
        } else {
            Likelihood::Likely
        };
        Self::begin(likelihood, summary.into())
    }

    fn certain(summary: impl Into<Cow<'static, str>>) -> Box<Self> {
        Self::begin(Likelihood::Certain, summary.into())
    }

    fn likely(summary: impl Into<Cow<'static, str>>) -> Box<Self> {
        Self::begin(Likelihood::Likely, summary.into())
    }

    fn possible(summary: impl Into<Cow<'static, str>>) -> Box<Self> {
        Self::begin(Likelihood::Possible, summary.into())
    }

    fn because(self: Box<Self>, text: impl Into<Cow<'static, str>>) -> Box<Self> {
        self.with(text.into(), None)
    }

    fn on(self: Box<Self>, text: impl Into<Cow<'static, str>>, fact: Fact) -> Box<Self> {
        self.with(text.into(), Some(fact))
    }

    /// What a cause sees for itself and what a message says of it, as one finding: the surer one
    /// speaks; among equals the cause, which weighs the message with everything else.
    pub(crate) fn merge(mut self: Box<Self>, said: Box<Self>) -> Box<Self> {
        if said.likelihood > self.likelihood {
            let mut said = said;
            said.reasons.extend(self.reasons);
            return said;
        }
        // What is only possible names no remedy for what is surer.
        let surer = said.likelihood >= Likelihood::Likely.min(self.likelihood);
        if (self.variant.is_empty() || self.usual) && surer {
            self.variant = said.variant;
        }
        self
    }

    /// Names the sub-cause, which carries the remedy.
    fn fix(mut self: Box<Self>, variant: &'static str) -> Box<Self> {
        self.variant = variant;
        self
    }

    /// Names the usual sub-cause, which a message of the catalogue may know better.
    fn usually(mut self: Box<Self>, variant: &'static str) -> Box<Self> {
        self.variant = variant;
        self.usual = true;
        self
    }

    #[inline(never)]
    fn begin(likelihood: Likelihood, summary: Cow<'static, str>) -> Box<Self> {
        Box::new(Self {
            likelihood,
            summary: summary.into_owned(),
            reasons: Vec::new(),
            variant: "",
            usual: false,
            also: &[],
        })
    }

    #[inline(never)]
    fn with(mut self: Box<Self>, text: Cow<'static, str>, fact: Option<Fact>) -> Box<Self> {
        self.reasons.push(Reason {
            text: text.into_owned(),
            fact,
        });
        self
    }
}

impl From<Box<Found>> for Finding {
    fn from(found: Box<Found>) -> Self {
        Self::Found(found)
    }
}

/// Which cause explains which other one away: where both are found and the first is at least as
/// sure, the second is possible at most. The one table of precedences.
pub(crate) const OUTRANKS: &[(&str, &str)] = &[
    // A notice in an application's log is no refusal of the application's.
    ("token-fine", "app-rejects"),
];

/// What a message of the catalogue says of this cause.
pub(crate) fn named_finding(cause: &Cause, evidence: &Evidence<'_>) -> Option<Box<Found>> {
    let spoken = evidence
        .spoken
        .iter()
        .find(|spoken| spoken.cause() == cause.id && cause.id != unexplained::CAUSE.id)?;
    // Own words elsewhere in the paste say something else: then this one is not the only reading.
    let rivals = evidence
        .spoken
        .iter()
        .any(|other| other.is_own() && other.cause() != cause.id);
    let row = spoken.hit.row;
    let visible = !evidence.unseen();
    // What a door says to a request without a token is not about this one.
    if visible && cause.gate == Gate::Send && row.strength != Strength::Own {
        return None;
    }
    if visible && cause.id == no_credential::CAUSE.id && !row.also().is_empty() {
        return None;
    }
    // An API that says that it takes no keys got one; its code means that nothing else came.
    if cause.id == no_credential::CAUSE.id && evidence.response.says(Signal::ApiKeyUnsupported) {
        return None;
    }
    // The beginning of so many messages is the beginning of none.
    if row.strength == Strength::Family && row.also().len() > 2 && cause.gate != Gate::Mint {
        return None;
    }
    // A token of a known kind is there, so no other text was sent; and an opaque one has no parts.
    let is_known = evidence.credential.kind.is_access_token() || evidence.credential.kind.is_jwt();
    if visible && is_known && cause.id == not_a_token::CAUSE.id {
        return None;
    }
    if visible
        && evidence.credential.kind.is_access_token()
        && cause.id == malformed_token::CAUSE.id
    {
        return None;
    }
    // A Google API takes access tokens, and those have no audience.
    if cause.id == audience_mismatch::CAUSE.id && evidence.door == Door::Api {
        return None;
    }
    let likelihood = match row.strength {
        // Its tail is not known, but that no token was made is.
        Strength::Family if cause.gate == Gate::Mint && evidence.never_made() => Likelihood::Likely,
        Strength::Family => Likelihood::Possible,
        _ if spoken.quoted => Likelihood::Possible,
        // The token is there: it counts for more than words that anyone may write of tokens, or
        // than a door's words for "no token".
        Strength::Common if visible && cause.gate == Gate::Verify => Likelihood::Possible,
        Strength::Common if visible && cause.gate == Gate::Send => Likelihood::Possible,
        // An own sentence elsewhere in the paste counts for more.
        Strength::Common if rivals => Likelihood::Possible,
        // Words that mean so many things mean none of them.
        Strength::Common if row.also().len() > 2 => Likelihood::Possible,
        Strength::Common => Likelihood::Likely,
        // Whatever kept a token from being made: it was not made.
        Strength::Own
            if cause.gate == Gate::Open
                && (evidence.never_made() || evidence.door == Door::TokenEndpoint) =>
        {
            Likelihood::Likely
        }
        Strength::Own if !row.also().is_empty() => Likelihood::Likely,
        // An application that uses a library's words may mean another token than this one.
        Strength::Own if rivals || evidence.app_answered() => Likelihood::Likely,
        Strength::Own => Likelihood::Certain,
    };
    let variant = spoken.variant;
    let mut found =
        Found::new(likelihood, variants::fill(variant.says, &evidence.named)).fix(variant.id);
    found.also = row.also();
    if !variant.why.is_empty() {
        found = found.because(variants::fill(variant.why, &evidence.named));
    }
    Some(found.because(format!("The message is one of {}.", row.emitter().name)))
}

/// The verdict when no cause was found: `token-fine`, and what to look at next.
pub(crate) fn nothing_found(evidence: &Evidence<'_>) -> (&'static Cause, Box<Found>) {
    match token_fine::nothing_found(evidence) {
        Some(fine) => (&token_fine::CAUSE, fine),
        None => nothing_likely(evidence),
    }
}

/// The verdict when causes were found, and none is at least likely.
pub(crate) fn nothing_likely(evidence: &Evidence<'_>) -> (&'static Cause, Box<Found>) {
    (&unexplained::CAUSE, unexplained::nothing_likely(evidence))
}

/// The address of a cause's page in the manual.
#[must_use]
pub(crate) fn manual(id: &str) -> String {
    format!("https://github.com/why401/why401/blob/main/docs/causes/{id}.md")
}

fn ruled_out(because: impl Into<Cow<'static, str>>) -> Finding {
    Finding::RuledOut(because.into().into_owned())
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
}
