//! # What it is
//!
//! What was pasted does not tell why the request was refused. This is said instead of a guess.
//!
//! # How it shows
//!
//! A bare status, a message that is not known here, or a refusal that several causes explain
//! equally well.
//!
//! # Why it happens
//!
//! 401 and 403 are short. The reason often stands only in the service's log, in the token, or in
//! a policy.
//!
//! # How to fix
//!
//! Paste the one thing that would tell: the verdict names it, with its command.
//!
//! # When it is something else
//!
//! As soon as the token, the whole answer or the log is there, a cause takes this place.
//!
//! # References
//!
//! - <https://cloud.google.com/run/docs/troubleshooting>

use super::{Cause, Finding, Found, Gate};
use crate::evidence::Evidence;
use crate::visible::quoted;

pub(super) const CAUSE: Cause = Cause {
    id: "unexplained",
    title: "Not enough to tell why",
    gate: Gate::Open,
    citation: "https://cloud.google.com/run/docs/troubleshooting",
    weight: 0,
    examine,
};

/// It is the headline only where no cause is at least likely; `rank` asks for it then.
fn examine(_: &Evidence<'_>) -> Finding {
    Finding::NotApplicable
}

/// The verdict when no cause is at least likely: what was understood, and what would tell.
pub(super) fn nothing_likely(evidence: &Evidence<'_>) -> Box<Found> {
    if evidence.answer_is_empty() && evidence.no_credential() && !evidence.documents.is_empty() {
        return shown(evidence);
    }
    if evidence.answer_is_empty() && evidence.no_credential() {
        return Found::possible(
            "Nothing to judge yet: paste a token, a header, a `curl -v` transcript or an error.",
        )
        .fix("more-evidence-needed");
    }
    let understood = understood(evidence);
    let summary = if understood.is_empty() {
        "The text names no reason that is known here. Paste the whole answer, or the token that was sent.".to_owned()
    } else {
        format!(
            "{understood}, and that alone does not tell why. {}",
            missing(evidence)
        )
    };
    if evidence.fits_the_door() && evidence.platform_said_401() {
        return Found::possible(format!(
            "Nothing readable is wrong with the token, and {} refused it all the same: the signature, which is not checked here, or another token was sent than this one.",
            evidence.service_name()
        ))
        .because("Make a new token and send it directly; if that works, the old one was changed on the way.")
        .fix("token-fits-yet-refused");
    }
    let mut found = Found::possible(summary).fix("more-evidence-needed");
    let line = &evidence.words.first_line;
    if !line.is_empty() && evidence.spoken.is_empty() {
        found = found.because(format!("The text reads {}.", quoted(line)));
    }
    if evidence.unseen() {
        found = found.because("No token was pasted, so it cannot be told whether one was sent.");
    } else {
        found = found.because("The signature was not checked, and roles are not in a token.");
    }
    found
}

/// Only outputs of commands were pasted: what they show, and what is missing.
fn shown(evidence: &Evidence<'_>) -> Box<Found> {
    const MOST: usize = 8;
    let mut shown = evidence.proof.shows();
    shown.extend(super::Shown::of_policies(evidence));
    let summary = if shown.is_empty() {
        "The pasted outputs tell nothing that a verdict rests on. Paste the service’s answer too: its status and text, or the error."
    } else {
        "The pasted outputs were read. Paste the service’s answer too, its status and text or the error, to learn why it refused."
    };
    shown
        .into_iter()
        .take(MOST)
        .fold(Found::possible(summary), Found::because)
}

/// What is known, as the beginning of a sentence.
fn understood(evidence: &Evidence<'_>) -> String {
    match (evidence.response.status, evidence.target.host.as_str()) {
        (Some(status), "") => format!("The answer was {status}"),
        (Some(status), _) => format!("{} answered {status}", evidence.service_name()),
        (None, _) if !evidence.words.silent => String::new(),
        (None, _) if evidence.credential.hidden => "The paste hides the credential".to_owned(),
        (None, _) => format!("The credential is a {}", evidence.credential.label),
    }
}

/// The one thing that would tell.
fn missing(evidence: &Evidence<'_>) -> String {
    if evidence.unseen() && evidence.wants_id_token() {
        "The service’s log tells: it says whether a token came and which role is missing."
            .to_owned()
    } else if evidence.unseen() {
        "Paste the token that was sent, or the whole answer with its headers and body.".to_owned()
    } else {
        "Paste what came back: status, headers and body.".to_owned()
    }
}
