//! # What it is
//!
//! What was sent in the token's place is no token: `undefined`, an empty variable, a shell
//! expression that never ran.
//!
//! # How it shows
//!
//! `Authorization: Bearer undefined`, `Authorization: Bearer ` with nothing behind it, or
//! `Bearer $(gcloud auth print-identity-token)` sent letter by letter. IAP answers `Unable to
//! parse JWT`; Cloud Run answers 401, or 403 when nothing followed `Bearer`.
//!
//! # Why it happens
//!
//! The code read a member that the answer does not have (`access_token` instead of `id_token`);
//! a command in `$( )` failed and its error went unseen; single quotes kept the shell from
//! expanding it.
//!
//! # How to fix
//!
//! Print the token's length before sending it, let the script stop when the command fails
//! (`set -euo pipefail`), and use double quotes around `$( )`.
//!
//! # When it is something else
//!
//! When the text begins with `eyJ` or `ya29.` it is a token, perhaps a damaged one.
//!
//! # References
//!
//! - <https://cloud.google.com/run/docs/authenticating/developers>

use super::{Cause, Finding, Found, Gate, ruled_out};
use crate::conceal;
use crate::credential::Kind;
use crate::evidence::Evidence;
use crate::visible::in_code;

pub(super) const CAUSE: Cause = Cause {
    id: "not-a-token",
    title: "What was sent is no token",
    gate: Gate::Send,
    citation: "https://cloud.google.com/run/docs/authenticating/developers",
    weight: 30,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    let Some(pasted) = evidence.pasted() else {
        return Finding::NotApplicable;
    };
    let text = pasted.text.trim();
    if text.is_empty() {
        return Found::certain("Nothing follows `Bearer`: the variable or command that should hold the token was empty.")
            .because("A failing command inside `$( )` leaves nothing behind, and the request goes out all the same.")
            .fix("token-variable-empty")
            .into();
    }
    if evidence.credential.hidden {
        return ruled_out("It was hidden for the paste; nothing says that this is what was sent.");
    }
    if evidence.credential.kind != Kind::NotAToken {
        return ruled_out(format!(
            "It has the shape of a credential: {}.",
            evidence.credential.label
        ));
    }
    if pasted.filled_in_later {
        return Found::possible("The pasted command fills the token in when it runs, so what was sent cannot be seen here: paste what the expression prints.")
            .because("If the command inside prints nothing, nothing is sent.")
            .fix("token-variable-empty")
            .into();
    }
    let shown: String = told(&conceal::text(text)).chars().take(60).collect();
    let shown = in_code(&shown);
    if text.starts_with("$(") || text.starts_with('`') || text.contains("$(gcloud") {
        return Found::certain(format!(
            "The shell did not run `{shown}`: it was sent as text, not as the token it should print."
        ))
        .because("Single quotes keep `$( )` from running; use double quotes.")
        .fix("shell-did-not-run")
        .into();
    }
    if text.starts_with('$') || text.starts_with("${") || text.starts_with("{{") {
        return Found::certain(format!("`{shown}` is a variable that was never filled in."))
            .because("The text itself was sent as the token.")
            .fix("token-variable-empty")
            .into();
    }
    if !evidence.is_as_sent() && is_example(text) {
        return Found::possible(format!(
            "`{shown}` stands in examples for the token. If it was sent like this, it is why."
        ))
        .because("Whether it was put there for the paste alone cannot be seen here.")
        .into();
    }
    let placeholder = [
        "undefined",
        "null",
        "none",
        "nan",
        "[object object]",
        "true",
        "false",
    ];
    if placeholder.contains(&text.to_ascii_lowercase().as_str()) {
        return Found::certain(format!("`{shown}` was sent instead of a token."))
            .because("The code put a missing value into the header: the answer it read has no such member.")
            .fix("token-not-a-jwt")
            .into();
    }
    Found::certain(format!("`{shown}` is no token."))
        .because("A token is a JWT (`eyJ…`, three parts with dots), an access token (`ya29.…`), or stands in a header, a `curl` command, a transcript, JSON or an environment line.")
        .usually("token-not-a-jwt")
        .into()
}

/// `YOUR_TOKEN`, `access_token`: what people write in place of a token.
fn is_example(text: &str) -> bool {
    text.len() <= 40
        && text.to_ascii_lowercase().contains("token")
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-'))
}

/// The text, with what may be a damaged secret cut: behind a misspelt scheme a token may follow,
/// and its own start may be misspelt too.
fn told(text: &str) -> String {
    const SHOWN: usize = 8;
    const LONG: usize = 16;
    const STARTS: &[&str] = &["eyJ", "ya29.", "AIza", "AQ.", "GOCSPX-"];
    for start in STARTS {
        if let Some((before, _)) = text.split_once(start) {
            return format!("{before}{start}…");
        }
    }
    text.split_inclusive(|char: char| !char.is_ascii_alphanumeric())
        .map(|piece| {
            let run = piece.trim_end_matches(|char: char| !char.is_ascii_alphanumeric());
            let mixed = run.bytes().any(|byte| byte.is_ascii_digit())
                && run.bytes().any(|byte| byte.is_ascii_alphabetic());
            match (run.get(..SHOWN), piece.get(run.len()..)) {
                (Some(start), Some(end)) if mixed && run.len() >= LONG => format!("{start}…{end}"),
                _ => piece.to_owned(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::{Input, diagnose};

    #[test]
    fn a_token_behind_a_misspelt_scheme_is_not_quoted() {
        let mut input = Input::at(0);
        input.paste = "Authorization: Bearr ya29.a0AfFAKEfakeFAKEfakeFAKEfake".to_owned();
        let report = diagnose(&input);
        let summary = &report.causes.first().expect("a verdict").summary;
        assert_eq!(summary, "`Bearr ya29.…` is no token.");
    }

    #[test]
    fn a_long_run_of_letters_and_digits_is_cut() {
        for (text, shown) in [
            ("AIzaSdels/gemini-SyEXAMPLE", "AIza…"),
            ("earer ya291a0AEXAMPLEJ74Hvyt3y x", "earer ya291a0A… x"),
            (
                "$(gcloud auth print-identity-token)",
                "$(gcloud auth print-identity-token)",
            ),
            (
                "process.env.SERVICE_ACCOUNT_TOKEN",
                "process.env.SERVICE_ACCOUNT_TOKEN",
            ),
        ] {
            assert_eq!(super::told(text), shown);
        }
    }
}
