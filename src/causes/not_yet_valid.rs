//! # What it is
//!
//! The token's `nbf` or `iat` lies ahead of the verifier's clock.
//!
//! # How it shows
//!
//! `Token used too early, 1634244631 < 1634244632`, `Jwt not yet valid`.
//!
//! # Why it happens
//!
//! Two clocks differ. A second is enough for Google's Python, Java and Go libraries, which allow
//! none by default.
//!
//! # How to fix
//!
//! Synchronise the clock (NTP), or let the verifier allow a few seconds.
//!
//! # When it is something else
//!
//! Google's own doors allow some difference, and Google's ID tokens carry no `nbf`.
//!
//! # References
//!
//! - <https://www.rfc-editor.org/rfc/rfc7519#section-4.1.5>
//! - <https://googleapis.dev/python/google-auth/latest/reference/google.oauth2.id_token.html>

use super::{Cause, Finding, Found, Gate, Likelihood, ruled_out};
use crate::evidence::Evidence;
use crate::response::Signal;
use crate::time::{relative, span, utc};

pub(super) const CAUSE: Cause = Cause {
    id: "not-yet-valid",
    title: "The token is used too early",
    gate: Gate::Verify,
    citation: "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.5",
    weight: 75,
    examine,
};

/// Beyond this difference, in seconds, even lenient verifiers refuse (Node's library: 300).
const LENIENT: i64 = 300;

const A_YEAR: i64 = 365 * 86_400;

fn examine(evidence: &Evidence<'_>) -> Finding {
    let said = evidence.response.says(Signal::VerifierTooEarly)
        || evidence.response.says(Signal::GatewayNotYet);
    let ahead = ["nbf", "iat"].into_iter().find_map(|claim| {
        let date = evidence.credential.numeric_date(claim)?;
        let at = date.seconds?;
        (at > evidence.now).then_some((claim, at, date.meant().filter(|meant| *meant != at)))
    });
    match ahead {
        Some((claim, _, Some(meant))) => Found::certain(format!(
            "`{claim}` is not in seconds: it was meant as {}, but read in seconds, as servers do, it lies far ahead.",
            utc(meant).unwrap_or_else(|| "another time".to_owned())
        ))
        .because("RFC 7519 counts in seconds; JavaScript’s `Date.now()` in milliseconds.")
        .fix("times-not-numbers")
        .into(),
        Some((claim, at, None)) => {
            let early = at.saturating_sub(evidence.now);
            // Nobody's clock is off by a year: such a time was put there for the paste.
            let likelihood = if evidence.answer_is_not_about_the_token() || (early > A_YEAR && !said) {
                Likelihood::Possible
            } else if said || early > LENIENT || claim == "nbf" {
                Likelihood::Certain
            } else if early > 30 {
                Likelihood::Likely
            } else {
                Likelihood::Possible
            };
            let mut found = Found::new(
                likelihood,
                format!(
                    "The token is not valid yet: `{claim}` lies {} ahead, at {}.",
                    span(early),
                    utc(at).unwrap_or_else(|| "a time outside the calendar".to_owned())
                ),
            )
            .because(format!("It becomes usable {}.", relative(at, evidence.now)));
            if said {
                found = found.because("The verifier says so too.");
            }
            found
                .because("Two clocks differ: the one that made the token and the one that judges it.")
                .fix(if early > LENIENT { "token-made-ahead" } else { "verifier-clock-behind" })
                .into()
        }
        None if said => Found::likely("The verifier says that the token was used too early: its clock is behind the one that made the token.")
            .because("By the time given here the token is old enough, so the difference is small.")
            .fix("verifier-clock-behind")
            .into(),
        None if evidence.credential.kind.is_jwt() => {
            ruled_out("Neither `iat` nor `nbf` lies ahead.")
        }
        None => Finding::NotApplicable,
    }
}
