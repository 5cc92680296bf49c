//! A task of Cloud Tasks.

use super::call::Call;
use super::origin::Origin;
use super::resource::Resource;
use super::value::Tree;

/// What a description says of a task.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Task {
    /// The task's id.
    pub(crate) name: Option<String>,
    pub(crate) queue: Option<String>,
    pub(crate) project: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) call: Call,
    /// The last attempt's status as gRPC numbers it.
    pub(crate) last_status: Option<u32>,
    /// What was said of the last attempt, `PERMISSION_DENIED(7): HTTP status code 403`.
    pub(crate) last_message: Option<String>,
}

pub(crate) fn recognise(tree: &Tree) -> bool {
    tree.has(&["httpRequest", "httpMethod"])
        || tree.has(&["httpRequest", "oidcToken"])
        || tree.has(&["httpRequest", "oauthToken"])
        || tree.has(&["httpRequest", "url"])
        || tree.has(&["appEngineHttpRequest"])
}

pub(crate) fn read(tree: &mut Tree, origin: Option<&Origin>) -> Task {
    let has_url = tree.has(&["httpRequest", "url"]);
    // gcloud sorts the names: the tokens stand before the URL.
    tree.close(has_url && (tree.has(&["view"]) || tree.has(&["scheduleTime"])));
    let name = tree
        .text(&["name"])
        .or_else(|| origin.and_then(|origin| origin.name.clone()));
    let part = |collection: &str| {
        let (_, rest) = name.as_deref()?.split_once(collection)?;
        rest.split('/').next().map(str::to_owned)
    };
    let resource = name.as_deref().and_then(Resource::read);
    Task {
        queue: part("/queues/").or_else(|| origin.and_then(|origin| origin.flag(&["queue"]))),
        project: resource
            .as_ref()
            .and_then(|resource| resource.project.clone())
            .or_else(|| origin.and_then(|origin| origin.project.clone())),
        region: resource
            .and_then(|resource| resource.location)
            .or_else(|| origin.and_then(|origin| origin.region.clone())),
        call: Call::read(tree, "httpRequest", "url", has_url),
        last_status: tree
            .text(&["lastAttempt", "responseStatus", "code"])
            .and_then(|code| code.parse().ok()),
        last_message: tree.text(&["lastAttempt", "responseStatus", "message"]),
        name: part("/tasks/").or(name),
    }
}
