//! Whether the application itself refused: every door before it is shown to be open.

use super::{Shown, sure};
use crate::causes::{Finding, Found, Likelihood, app_rejects};
use crate::evidence::Evidence;
use crate::response::{Answerer, Signal};

pub(super) fn shown(evidence: &Evidence<'_>, shown: &mut Shown) {
    let proof = &evidence.proof;
    let open = proof.is_unchecked();
    let lets_in = open || proof.admission.as_ref().is_some_and(|admission| admission.lets_in() || evidence.app_answered() && admission.seems_to_let_in());
    if !lets_in || !evidence.refused() || evidence.response.says(Signal::EdgeLacksInvoke) {
        return;
    }
    let why = if open {
        "The invoker check of the service is switched off, so Cloud Run asks nobody for a token.".to_owned()
    } else {
        "The pasted policy lets this caller in, so the platform did not refuse.".to_owned()
    };
    if evidence.app_answered() {
        if let Finding::Found(mut found) = (app_rejects::CAUSE.examine)(evidence) {
            found.likelihood = Likelihood::Certain;
            shown.add("app-rejects", found.because(why));
        }
        return;
    }
    let public = proof.admission.as_ref().is_some_and(|admission| admission.public);
    let unclear = evidence.response.answered_by == Answerer::Unknown;
    if open || public && unclear {
        shown.add(
            "app-rejects",
            Found::new(
                sure(open && unclear, Likelihood::Likely),
                format!("{} refused itself: {}", super::upper(&evidence.service_name()), if open { "its invoker check is switched off, so no other door asks for a token." } else { "its policy lets everybody in (`allUsers`)." }),
            )
            .because(why)
            .because("Look at the application’s own check and log; IAM is not what refused."),
        );
    }
}
