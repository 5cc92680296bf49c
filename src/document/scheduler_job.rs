//! A job of Cloud Scheduler.

use super::call::Call;
use super::origin::Origin;
use super::resource::{Resource, short};
use super::value::Tree;

/// What a description says of a Cloud Scheduler job.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct SchedulerJob {
    pub(crate) name: Option<String>,
    pub(crate) project: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) call: Call,
    /// `false`: it publishes to Pub/Sub or calls App Engine, and sends no token.
    pub(crate) is_http: bool,
    /// `ENABLED`, `PAUSED`, …
    pub(crate) state: Option<String>,
    /// The last run's status as gRPC numbers it: 7 is PERMISSION_DENIED, 16 is UNAUTHENTICATED.
    pub(crate) last_status: Option<u32>,
    /// As written.
    pub(crate) last_attempt: Option<String>,
}

pub(crate) fn recognise(tree: &Tree) -> bool {
    tree.has(&["httpTarget"])
        || (tree.has(&["pubsubTarget"]) || tree.has(&["appEngineHttpTarget"]))
            && tree.has(&["schedule"])
}

pub(crate) fn read(tree: &mut Tree, origin: Option<&Origin>) -> SchedulerJob {
    // A name that stands after `uri` shows that nothing of the target is missing.
    let uri = tree.has(&["httpTarget", "uri"]);
    let settled = uri && (tree.has(&["name"]) || tree.has(&["schedule"]) || tree.has(&["state"]));
    tree.close(settled && (tree.has(&["timeZone"]) || tree.has(&["userUpdateTime"])));
    let name = tree
        .text(&["name"])
        .or_else(|| origin.and_then(|origin| origin.name.clone()));
    let resource = name.as_deref().and_then(Resource::read);
    SchedulerJob {
        name: name.map(|name| short(&name).to_owned()),
        project: resource
            .as_ref()
            .and_then(|resource| resource.project.clone())
            .or_else(|| origin.and_then(|origin| origin.project.clone())),
        region: resource
            .and_then(|resource| resource.location)
            .or_else(|| origin.and_then(|origin| origin.region.clone())),
        call: Call::read(tree, "httpTarget", "uri", settled),
        is_http: tree.has(&["httpTarget"]),
        state: tree.text(&["state"]),
        last_status: tree
            .text(&["status", "code"])
            .and_then(|code| code.parse().ok()),
        last_attempt: tree.text(&["lastAttemptTime"]),
    }
}
