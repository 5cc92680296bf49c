//! Which token a job, task, subscription, trigger or workflow is set to send.

use super::{Shown, because, sure, upper};
use crate::causes::{Found, Likelihood};
use crate::document::Token;
use crate::evidence::{Door, Evidence};
use crate::facts::proof::{Sender, SenderKind};
use crate::visible::in_code;

pub(super) fn shown(evidence: &Evidence<'_>, shown: &mut Shown) {
    let Some(sender) = &evidence.proof.sender else {
        return;
    };
    if evidence.app_answered() {
        return;
    }
    let label = sender.label();
    match &sender.call.token {
        Some(Token::Missing) => nothing(evidence, sender, &label, shown),
        Some(Token::Access { .. }) if evidence.wants_id_token() => {
            let said = evidence.platform_said_401() || evidence.answer_is_empty();
            shown.add(
                "access-token-where-id-token-needed",
                Found::new(
                    sure(said && !sender.mixed, Likelihood::Likely),
                    format!(
                        "{} sends an access token (`oauthToken`), and {} wants an ID token (`oidcToken`).",
                        upper(&label),
                        evidence.service_name()
                    ),
                )
                .because("Its description shows which kind of token it is set to send. Only Google APIs take access tokens.")
                .fix("sender-oauth-to-service"),
            );
            shown.rule_out(&["no-credential", "audience-mismatch"], "It is set to send an access token.");
        }
        Some(Token::Id { .. }) if matches!(evidence.door, Door::Api | Door::TokenEndpoint) => {
            shown.add(
                "id-token-where-access-token-needed",
                Found::new(
                    sure(!sender.mixed && evidence.refused(), Likelihood::Likely),
                    format!(
                        "{} sends an OIDC ID token (`oidcToken`) to `{}`, and Google APIs take access tokens (`oauthToken`) alone.",
                        upper(&label),
                        in_code(&evidence.target.host)
                    ),
                )
                .because("Its description shows which kind of token it is set to send.")
                .fix(if sender.kind == SenderKind::Scheduler { "scheduler-oidc-to-google-api" } else { "job-run-with-id-token" }),
            );
            shown.rule_out(&["no-credential", "iam-binding-missing"], "It is set to send an ID token, which the API does not look into.");
        }
        Some(Token::Id { .. }) if !sender.mixed => {
            shown.rule_out(&["no-credential"], &format!("{} is set to send an ID token.", upper(&label)));
        }
        _ => {}
    }
}

/// It sends no token at all.
fn nothing(evidence: &Evidence<'_>, sender: &Sender, label: &str, shown: &mut Shown) {
    let proof = &evidence.proof;
    let open = proof.is_unchecked() || proof.admission.as_ref().is_some_and(|admission| admission.public);
    if sender.call.own_header || open {
        return;
    }
    let (variant, lacks) = match sender.kind {
        SenderKind::Scheduler => ("scheduler-job-without-oidc", "no `oidcToken` and no `oauthToken` is set in it"),
        SenderKind::Tasks => ("task-without-oidc", "no `oidcToken` is set in it"),
        SenderKind::PubSub => ("push-subscription-without-auth", "no `oidcToken` is set in its push configuration"),
        SenderKind::Eventarc => ("eventarc-trigger-without-account", "no service account is set in it"),
        SenderKind::Workflows => ("workflow-step-without-auth", "its step has no `auth`"),
    };
    let denied = evidence.refused() && !evidence.platform_said_401();
    let likelihood = sure(denied && !sender.mixed, if denied || evidence.answer_is_empty() { Likelihood::Likely } else { Likelihood::Possible });
    let reasons = ["Its description shows that no ID token is sent with the call."]
        .into_iter()
        .map(str::to_owned)
        .chain(sender.mixed.then(|| "Others that call the same URL are set otherwise.".to_owned()));
    shown.add(
        "no-credential",
        because(
            Found::new(likelihood, format!("{} sends no token: {lacks}.", upper(label))),
            reasons,
        )
        .fix(variant),
    );
    if likelihood == Likelihood::Certain {
        shown.rule_out(
            &["iam-binding-missing", "iam-propagation-or-condition", "wrong-identity", "audience-mismatch", "access-token-where-id-token-needed"],
            "No token is sent, so no account and no audience was looked at.",
        );
    }
}
