//! IAP: a backend service's switch, and IAP's settings.

use super::origin::Origin;
use super::resource::{Resource, short};
use super::value::Tree;

/// What a description says of a load balancer's backend service.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Backend {
    pub(crate) name: Option<String>,
    pub(crate) project: Option<String>,
    pub(crate) iap: Option<bool>,
    /// The OAuth client that IAP asks an audience of; none with the client that Google manages.
    pub(crate) client_id: Option<String>,
    /// The numeric id, which stands in the audience of IAP's own assertion.
    pub(crate) id: Option<String>,
}

pub(crate) fn recognise_backend(tree: &Tree) -> bool {
    tree.text(&["kind"])
        .is_some_and(|kind| kind == "compute#backendService")
        || tree.has(&["loadBalancingScheme"]) && tree.has(&["backends"])
        || tree.has(&["iap", "oauth2ClientId"])
}

pub(crate) fn backend(tree: &mut Tree, origin: Option<&Origin>) -> Backend {
    tree.close(tree.has(&["sessionAffinity"]) || tree.has(&["timeoutSec"]));
    Backend {
        name: tree
            .text(&["name"])
            .map(|name| short(&name).to_owned())
            .or_else(|| origin.and_then(|origin| origin.name.clone())),
        project: tree
            .text(&["selfLink"])
            .and_then(|link| Resource::read(&link))
            .and_then(|resource| resource.project)
            .or_else(|| origin.and_then(|origin| origin.project.clone())),
        iap: tree.flag(&["iap", "enabled"]),
        client_id: tree.text(&["iap", "oauth2ClientId"]),
        id: tree.text(&["id"]).or_else(|| tree.text(&["generatedId"])),
    }
}

/// IAP's settings of a project, backend service or Cloud Run service.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct IapSettings {
    /// `projects/42/iap_web/cloud_run-us-central1/services/orders`
    pub(crate) name: Option<String>,
    /// OAuth clients whose tokens programs may send; `None` where they are not shown.
    pub(crate) programmatic_clients: Option<Vec<String>>,
    /// Whether requests of browsers for CORS pass without a token.
    pub(crate) allows_options: Option<bool>,
}

pub(crate) fn recognise_settings(tree: &Tree) -> bool {
    tree.has(&["accessSettings"]) || tree.has(&["applicationSettings"])
}

pub(crate) fn settings(tree: &mut Tree) -> IapSettings {
    // The name stands last.
    tree.close(tree.has(&["name"]));
    let clients = ["accessSettings", "oauthSettings", "programmaticClients"];
    let name = tree.text(&["name"]);
    IapSettings {
        programmatic_clients: (tree.has(&clients) || tree.tells(&clients))
            .then(|| tree.texts(&clients)),
        allows_options: tree.flag(&["accessSettings", "corsSettings", "allowHttpOptions"]),
        name,
    }
}

impl IapSettings {
    /// The last part of the name, when it is one of a service.
    pub(crate) fn service(&self) -> Option<&str> {
        let (_, service) = self.name.as_deref()?.split_once("/services/")?;
        Some(service)
    }
}
