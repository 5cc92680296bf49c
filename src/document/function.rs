//! A function, 1st or 2nd generation.

use super::origin::Origin;
use super::resource::{Resource, email, short};
use super::run_service::Ingress;
use super::value::Tree;

/// What a description says of a function.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Function {
    pub(crate) name: Option<String>,
    pub(crate) project: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) generation: Option<Generation>,
    /// `https://REGION-PROJECT.cloudfunctions.net/NAME`
    pub(crate) url: Option<String>,
    /// The run.app URL of the service behind a 2nd gen function.
    pub(crate) service_url: Option<String>,
    /// The name of that service.
    pub(crate) service: Option<String>,
    pub(crate) ingress: Option<Ingress>,
    /// The account that the function runs as.
    pub(crate) account: Option<String>,
    /// The account with which Eventarc calls it; `None` where it has no such trigger.
    pub(crate) trigger_account: Option<String>,
    /// It is called by events, not by HTTP.
    pub(crate) by_events: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Generation {
    First,
    Second,
}

pub(crate) fn recognise(tree: &Tree) -> bool {
    let is_second = tree.has(&["serviceConfig"])
        || tree.has(&["buildConfig"]) && tree.has(&["buildConfig", "runtime"])
        || tree
            .text(&["environment"])
            .is_some_and(|environment| environment.starts_with("GEN_"));
    let is_first = (tree.has(&["httpsTrigger"]) || tree.has(&["eventTrigger"]))
        && (tree.has(&["entryPoint"]) || tree.has(&["runtime"]) || tree.has(&["name"]))
        && !tree.has(&["httpTarget"]);
    let named = tree
        .text(&["name"])
        .is_some_and(|name| name.contains("/locations/") && name.contains("/functions/"));
    is_second || is_first || named
}

pub(crate) fn read(tree: &mut Tree, origin: Option<&Origin>) -> Function {
    let second = tree.has(&["serviceConfig"])
        || tree.has(&["buildConfig"])
        || matches!(tree.text(&["environment"]).as_deref(), Some("GEN_2" | "2"));
    let first = tree.has(&["httpsTrigger"])
        || tree.has(&["serviceAccountEmail"]) && !second
        || tree.has(&["versionId"])
        || matches!(tree.text(&["environment"]).as_deref(), Some("GEN_1" | "1"));
    let generation = match (second, first) {
        (true, _) => Some(Generation::Second),
        (_, true) => Some(Generation::First),
        _ => None,
    };
    // The last names of either generation.
    tree.close(
        tree.text(&[if second { "url" } else { "versionId" }])
            .is_some(),
    );
    let resource = tree
        .text(&["name"])
        .and_then(|name| Resource::read(&name))
        .or_else(|| origin.and_then(Origin::resource));
    Function {
        name: tree
            .text(&["name"])
            .map(|name| short(&name).to_owned())
            .or_else(|| resource.as_ref().and_then(|resource| resource.name.clone())),
        project: resource
            .as_ref()
            .and_then(|resource| resource.project.clone()),
        region: resource.and_then(|resource| resource.location),
        generation,
        url: tree
            .text(&["httpsTrigger", "url"])
            .or_else(|| tree.text(&["url"])),
        service_url: tree.text(&["serviceConfig", "uri"]),
        service: tree
            .text(&["serviceConfig", "service"])
            .map(|name| short(&name).to_owned()),
        ingress: tree
            .text(&["serviceConfig", "ingressSettings"])
            .or_else(|| tree.text(&["ingressSettings"]))
            .and_then(|ingress| Ingress::read(&ingress)),
        account: tree
            .text(&["serviceConfig", "serviceAccountEmail"])
            .or_else(|| tree.text(&["serviceAccountEmail"]).filter(|_| !second))
            .map(|name| email(&name)),
        trigger_account: tree
            .text(&["eventTrigger", "serviceAccountEmail"])
            .map(|name| email(&name)),
        by_events: tree.has(&["eventTrigger"]),
    }
}
