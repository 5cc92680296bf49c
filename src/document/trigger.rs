//! A trigger of Eventarc.

use super::origin::Origin;
use super::resource::{Resource, email, short};
use super::value::Tree;

/// What a description says of a trigger.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Trigger {
    pub(crate) name: Option<String>,
    pub(crate) project: Option<String>,
    pub(crate) region: Option<String>,
    /// The account that it calls with. `None` may mean that none is set: see `without_account`.
    pub(crate) account: Option<String>,
    /// The document shows that no account is set.
    pub(crate) without_account: bool,
    /// The Cloud Run service, function or workflow that it calls.
    pub(crate) service: Option<String>,
    pub(crate) service_region: Option<String>,
    pub(crate) path: Option<String>,
    /// The subscription through which events come.
    pub(crate) subscription: Option<String>,
    pub(crate) event_type: Option<String>,
}

pub(crate) fn recognise(tree: &Tree) -> bool {
    [
        "cloudRun",
        "cloudRunService",
        "workflow",
        "gke",
        "cloudFunction",
        "httpEndpoint",
    ]
    .iter()
    .any(|kind| tree.has(&["destination", kind]))
        || tree.has(&["eventFilters"])
}

pub(crate) fn read(tree: &mut Tree, origin: Option<&Origin>) -> Trigger {
    tree.close(tree.has(&["uid"]) || tree.has(&["updateTime"]));
    let name = tree
        .text(&["name"])
        .or_else(|| origin.and_then(|origin| origin.name.clone()));
    let resource = name.as_deref().and_then(Resource::read);
    let account = tree.text(&["serviceAccount"]).map(|name| email(&name));
    let run = |name: &str| {
        tree.text(&["destination", "cloudRun", name])
            .or_else(|| tree.text(&["destination", "cloudRunService", name]))
    };
    let event_type = tree
        .at(&["eventFilters"])
        .or_else(|| tree.at(&["matchingCriteria"]))
        .map(super::value::Value::items)
        .unwrap_or_default()
        .iter()
        .find(|filter| filter.text(&["attribute"]) == Some("type"))
        .and_then(|filter| filter.text(&["value"]).map(str::to_owned));
    Trigger {
        project: resource
            .as_ref()
            .and_then(|resource| resource.project.clone())
            .or_else(|| origin.and_then(|origin| origin.project.clone())),
        region: resource
            .and_then(|resource| resource.location)
            .or_else(|| origin.and_then(|origin| origin.region.clone())),
        without_account: account.is_none() && tree.tells(&["serviceAccount"]),
        account,
        service: run("service")
            .or_else(|| tree.text(&["destination", "cloudFunction"]))
            .or_else(|| tree.text(&["destination", "workflow"]))
            .map(|name| short(&name).to_owned()),
        service_region: run("region"),
        path: run("path"),
        subscription: tree
            .text(&["transport", "pubsub", "subscription"])
            .map(|name| short(&name).to_owned()),
        event_type,
        name: name.map(|name| short(&name).to_owned()),
    }
}
