//! Whether the request can reach the service: its default URL, its ingress, IAP, its region.

use super::{Shown, sure};
use crate::causes::{Found, Likelihood};
use crate::document::Ingress;
use crate::evidence::Evidence;
use crate::response::{Answerer, Signal};
use crate::target::Product;
use crate::visible::in_code;

pub(super) fn shown(evidence: &Evidence<'_>, shown: &mut Shown) {
    let response = &evidence.response;
    // Google's own page for "nothing here", or a 404 whose author cannot be told.
    let page = response.says(Signal::EdgeNotFoundPage);
    let absent = page || response.status == Some(404) && response.answered_by == Answerer::Unknown;
    address(evidence, absent, page, shown);
    ingress(evidence, absent, page, shown);
    let service = evidence.proof.service.as_ref().map(|service| &service.what);
    if service.is_some_and(|service| service.iap == Some(true)) {
        let by_iap = response.answered_by == Answerer::Iap;
        let unclear = response.answered_by == Answerer::Unknown && evidence.refused();
        if by_iap || unclear {
            shown.add(
                "iap-in-front",
                Found::new(
                    sure(by_iap, Likelihood::Likely),
                    format!("IAP is switched on at {}, so a call must satisfy IAP: an ID token made for the service’s URL is not enough.", evidence.service_name()),
                )
                .because("The service’s description shows that IAP is on."),
            );
        }
    } else if service.is_some_and(|service| service.iap == Some(false)) && response.answered_by != Answerer::Iap {
        shown.rule_out(&["iap-in-front"], "The service’s description shows that IAP is off.");
    }
}

/// The address that is called is not one of the service's.
fn address(evidence: &Evidence<'_>, absent: bool, page: bool, shown: &mut Shown) {
    let proof = &evidence.proof;
    let at_run = evidence.target.product == Product::CloudRun;
    if proof.service.as_ref().is_some_and(|service| service.what.default_url == Some(false)) && at_run && absent {
        shown.add(
            "wrong-url",
            Found::new(
                sure(page, Likelihood::Likely),
                format!(
                    "The default URL of {} is switched off, so nothing answers at `{}`.",
                    evidence.service_name(),
                    in_code(&evidence.target.origin)
                ),
            )
            .because("The service’s description shows it (`default-url-disabled`). It is reached through its load balancer or domain.")
            .fix("default-url-disabled"),
        );
        shown.rule_out(&["ingress-blocked"], "The default URL is off, which comes before ingress.");
        return;
    }
    if proof.absent && absent && let Some((region, url)) = &proof.elsewhere {
        shown.add(
            "wrong-url",
            Found::new(
                sure(page, Likelihood::Likely),
                format!(
                    "{} is not in `{}`, where this URL goes: it is in `{}`, at `{}`.",
                    evidence.service_name(),
                    in_code(proof.place.region.as_deref().unwrap_or("that region")),
                    in_code(region),
                    in_code(url)
                ),
            )
            .because("A pasted output shows that there is no such service where the call goes.")
            .because(format!("Call `{}`, and ask for tokens made for that URL.", in_code(url)))
            .fix("service-moved"),
        );
        shown.rule_out(&["ingress-blocked"], "There is no such service in that region.");
    } else if proof.absent && absent {
        shown.add(
            "wrong-url",
            Found::new(
                sure(page, Likelihood::Likely),
                format!("There is no service {} where this URL goes.", evidence.service_name()),
            )
            .because("A pasted output shows that it was not found there.")
            .fix("url-not-found"),
        );
        shown.rule_out(&["ingress-blocked"], "There is no such service in that region.");
    }
}

fn ingress(evidence: &Evidence<'_>, absent: bool, page: bool, shown: &mut Shown) {
    let proof = &evidence.proof;
    let setting = proof
        .service
        .as_ref()
        .and_then(|service| service.what.ingress.as_ref().map(|ingress| (ingress, service.is_sure("internal"))))
        .or_else(|| proof.function.as_ref().and_then(|function| function.what.ingress.as_ref().map(|ingress| (ingress, function.is_sure("INTERNAL")))));
    let Some((setting, whole)) = setting else {
        return;
    };
    let (variant, says) = match setting {
        Ingress::All => {
            shown.rule_out(&["ingress-blocked"], "Its description shows that ingress lets every request in (`all`).");
            return;
        }
        Ingress::Internal => ("ingress-internal", "`internal`: requests from the internet are answered as if it were not there"),
        Ingress::LoadBalancer => (
            "ingress-load-balancer-only",
            "`internal-and-cloud-load-balancing`: from the internet only requests through its load balancer get in",
        ),
        Ingress::Other(_) => return,
    };
    if absent || evidence.response.says(Signal::EdgeAccessForbidden) {
        let seen = page || evidence.response.says(Signal::EdgeAccessForbidden);
        shown.add(
            "ingress-blocked",
            Found::new(
                sure(seen && whole, Likelihood::Likely),
                format!("The ingress setting of {} is {says}.", evidence.service_name()),
            )
            .because("The service’s description shows the setting, and the answer is the one that outsiders get.")
            .fix(variant),
        );
        shown.rule_out(&["wrong-url"], "The service is there: its description was pasted.");
    }
}
