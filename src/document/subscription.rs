//! A subscription of Pub/Sub.

use super::call::Call;
use super::origin::Origin;
use super::resource::{Resource, short};
use super::value::Tree;

/// What a description says of a subscription.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Subscription {
    pub(crate) name: Option<String>,
    pub(crate) project: Option<String>,
    pub(crate) topic: Option<String>,
    /// It pushes; `Some(false)`: subscribers pull.
    pub(crate) pushes: Option<bool>,
    /// Where it pushes to, and with which token.
    pub(crate) call: Call,
}

pub(crate) fn recognise(tree: &Tree) -> bool {
    tree.has(&["pushConfig"])
        || tree.has(&["ackDeadlineSeconds"])
        || tree
            .text(&["name"])
            .is_some_and(|name| name.contains("/subscriptions/"))
}

pub(crate) fn read(tree: &mut Tree, origin: Option<&Origin>) -> Subscription {
    let endpoint = tree.has(&["pushConfig", "pushEndpoint"]);
    // gcloud sorts the names: the token stands before the endpoint.
    tree.close(tree.has(&["topic"]));
    let name = tree
        .text(&["name"])
        .or_else(|| origin.and_then(|origin| origin.name.clone()));
    Subscription {
        project: name
            .as_deref()
            .and_then(Resource::read)
            .and_then(|resource| resource.project)
            .or_else(|| origin.and_then(|origin| origin.project.clone())),
        topic: tree.text(&["topic"]),
        pushes: if endpoint {
            Some(true)
        } else {
            tree.tells(&["pushConfig", "pushEndpoint"]).then_some(false)
        },
        call: Call::read(tree, "pushConfig", "pushEndpoint", endpoint),
        name: name.map(|name| short(&name).to_owned()),
    }
}
