//! Whether the token is one for this door: its audience, its key.

use super::{Shown, because, sure, upper};
use crate::causes::{Fact, Found, Likelihood};
use crate::credential::Kind;
use crate::evidence::Evidence;
use crate::target::{Acceptance, Mismatch};
use crate::visible::in_code;

pub(super) fn shown(evidence: &Evidence<'_>, shown: &mut Shown) {
    if evidence.app_answered() {
        return;
    }
    audience(evidence, shown);
    key(evidence, shown);
}

fn audience(evidence: &Evidence<'_>, shown: &mut Shown) {
    let proof = &evidence.proof;
    let Some(judgement) = evidence.audience.as_ref().filter(|_| !evidence.platform_said_403() && !evidence.answer_is_not_about_the_token()) else {
        return;
    };
    // Of a token that can be seen the cause itself speaks, unless the description tells more.
    let visible = !evidence.unseen();
    if visible && (evidence.credential.kind != Kind::GoogleIdToken || proof.service.is_none() && proof.function.is_none()) {
        return;
    }
    let sender = proof.sender.as_ref().filter(|_| !visible);
    if !visible && sender.is_none() {
        return;
    }
    let mixed = sender.is_some_and(|sender| sender.mixed);
    let (likelihood, why) = match judgement.acceptance {
        Acceptance::Accepted => {
            shown.rule_out(&["audience-mismatch"], &format!("The audience fits. {}", judgement.words));
            return;
        }
        Acceptance::Refused(why) => (sure(!mixed, Likelihood::Likely), why),
        Acceptance::RefusedUnlessCustom(why) => (Likelihood::Likely, why),
        Acceptance::Unproven(_) => return,
    };
    let audience = in_code(&judgement.sent);
    let accepted = in_code(&judgement.accepted);
    let who = sender.map_or_else(|| "The token is".to_owned(), |sender| format!("{} asks for a token", upper(&sender.label())));
    let takes = if accepted.is_empty() { "its own URL".to_owned() } else { format!("`{accepted}`") };
    let service = proof.service.as_ref();
    let custom = service.and_then(|service| service.what.custom_audiences.as_deref()).unwrap_or_default();
    let listed: Vec<String> = custom.iter().take(4).map(|one| format!("`{}`", in_code(one))).collect();
    let reasons = [
        (why == Mismatch::Tag).then(|| match &evidence.target.tag {
            Some(tag) => format!("`{}` is a tag: its URL is called, and never an audience.", in_code(tag)),
            None => "The URL of a tag is never an audience.".to_owned(),
        }),
        (why == Mismatch::AnotherRegion).then(|| "It is the URL of a service of this name in another region.".to_owned()),
        (!listed.is_empty()).then(|| format!("Its description lists these custom audiences: {}.", listed.join(", "))),
        (listed.is_empty() && service.is_some_and(|service| service.whole && service.what.custom_audiences.is_some()))
            .then(|| "Its description lists no custom audience.".to_owned()),
        Some(judgement.words.clone()),
    ];
    let found = Found::new(
        likelihood,
        format!("{who} made for `{audience}`, and {} accepts {takes}{}.", evidence.service_name(), if listed.is_empty() { "" } else { " and its custom audiences" }),
    )
    .on(
        "The two values are compared letter by letter.",
        Fact::Values {
            sent: judgement.sent.clone(),
            accepted: judgement.accepted.clone(),
            differs_at: judgement.differs_at,
        },
    );
    let found = because(found, reasons.into_iter().flatten());
    shown.add("audience-mismatch", if sender.is_some() { found.fix("sender-audience-wrong") } else { found });
}

/// The key that signed the token, among the keys that were pasted.
fn key(evidence: &Evidence<'_>, shown: &mut Shown) {
    let Some(id) = evidence.credential.jwt.as_ref().and_then(|_| evidence.credential.kid()) else {
        return;
    };
    let of_google = evidence.credential.kind == Kind::GoogleIdToken;
    for seen in &evidence.proof.keys {
        let googles = seen.what.source.as_deref().is_some_and(|source| source.contains("googleapis.com/oauth2/v"));
        let holds = seen.what.keys.iter().any(|key| key.id.as_deref() == Some(id.as_str()));
        if holds {
            continue;
        }
        if of_google && evidence.platform_said_401() && !seen.what.keys.is_empty() {
            shown.add(
                "signature-invalid",
                Found::new(
                    sure(googles && seen.what.whole && seen.whole, Likelihood::Likely),
                    format!("The token was signed with the key `{}`, which is not among the keys that were pasted.", in_code(&id)),
                )
                .on("The token names its key (`kid`).", Fact::Claim("kid".to_owned()))
                .because("Google changes its keys every few days: a token from a cache may be older, or another issuer made it.")
                .because("A fresh token is signed with a key that is there."),
            );
        }
    }
}
