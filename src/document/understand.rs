//! Which kind of document a tree is: by its shape, else by the command that printed it.

use super::origin::{Origin, Reads};
use super::value::{End, Tree, Value};
use super::{Document, Project, Unreadable, Why};
use super::{
    asset, function, gateway, gcloud, iap, key_set, kubernetes, log, machine, org_policy, policy,
    provider, run_job, run_service, scheduler_job, service_account, subscription, task, token_info,
    trigger, troubleshoot, workflow,
};

/// The documents in a tree: one, or those of a list.
pub(crate) fn all(tree: Tree, origin: Option<&Origin>) -> (Vec<Document>, End) {
    if let Value::List(items) = &tree.value {
        return list(items, &tree, origin);
    }
    if let Some(items) = wrapped(&tree) {
        return list(&items, &tree, origin);
    }
    let mut tree = tree;
    let found = one(&mut tree, origin);
    (found.into_iter().collect(), tree.end)
}

fn list(items: &[Value], tree: &Tree, origin: Option<&Origin>) -> (Vec<Document>, End) {
    // Of the whole tree, only what is said about it goes on to each part.
    let part = |value: &Value| Tree {
        value: value.clone(),
        end: tree.end,
        shown: tree.shown.clone(),
        flat: tree.flat,
    };
    if items.is_empty() && tree.end == End::Seen {
        let is_list = origin.is_some_and(|origin| origin.reads != Reads::Nothing);
        return (
            is_list.then_some(Document::Empty).into_iter().collect(),
            tree.end,
        );
    }
    if items.iter().any(gcloud::is_account_item)
        && origin.is_none_or(|origin| origin.reads == Reads::AuthList)
    {
        return (
            vec![Document::Accounts(gcloud::accounts_of(items))],
            tree.end,
        );
    }
    let is_policy = origin.is_some_and(|origin| matches!(origin.reads, Reads::Policy(_)))
        || items.iter().any(|item| {
            item.at(&["bindings", "role"]).is_some() && item.at(&["bindings", "members"]).is_some()
        });
    if is_policy {
        return flattened(items, tree, origin);
    }
    let last = items.len().saturating_sub(1);
    let documents = items
        .iter()
        .enumerate()
        .filter_map(|(at, item)| {
            let mut tree = part(item);
            // Where a list breaks off, what stands before its last item is whole.
            tree.end = if at == last { tree.end } else { End::Seen };
            one(&mut tree, origin)
        })
        .collect();
    (documents, tree.end)
}

/// `--flatten="bindings[].members" --format=json`: a policy for each member.
fn flattened(items: &[Value], tree: &Tree, origin: Option<&Origin>) -> (Vec<Document>, End) {
    let bindings: Vec<Value> = items
        .iter()
        .filter_map(|item| item.get("bindings"))
        .flat_map(|bindings| bindings.items().iter().cloned())
        .collect();
    let is_whole_policies = items.iter().any(|item| {
        matches!(item.get("bindings"), Some(Value::List(_))) && item.get("etag").is_some()
    });
    if bindings.is_empty() || is_whole_policies && items.len() > 1 {
        return (Vec::new(), tree.end);
    }
    let mut whole = Tree {
        value: Value::Map(vec![("bindings".to_owned(), Value::List(bindings))]),
        end: tree.end,
        shown: tree.shown.clone(),
        flat: tree.flat,
    };
    let read = policy::read(&mut whole, origin);
    (vec![Document::Policy(read)], whole.end)
}

/// The items of a REST answer that lists: `{"services": […], "nextPageToken": …}`.
fn wrapped(tree: &Tree) -> Option<Vec<Value>> {
    let entries = tree.value.entries();
    let names = entries.iter().all(|(name, _)| {
        LISTS.contains(&name.as_str())
            || name == "nextPageToken"
            || name == "kind"
            || name == "apiVersion"
            || name == "metadata"
            || name == "unreachable"
    });
    let (_, value) = entries
        .iter()
        .find(|(name, _)| LISTS.contains(&name.as_str()))?;
    match value {
        Value::List(items) if names => Some(items.clone()),
        _ => None,
    }
}

const LISTS: &[&str] = &[
    "services",
    "accounts",
    "jobs",
    "functions",
    "tasks",
    "subscriptions",
    "triggers",
    "entries",
    "items",
    "workflows",
    "results",
    "policies",
    "workloadIdentityPoolProviders",
];

/// The document that a map is.
pub(crate) fn one(tree: &mut Tree, origin: Option<&Origin>) -> Option<Document> {
    if tree.value.entries().is_empty() {
        return None;
    }
    by_shape(tree, origin)
        .or_else(|| origin.and_then(|origin| by_command(tree, origin)))
        .or_else(|| unknown(tree))
}

fn by_shape(tree: &mut Tree, origin: Option<&Origin>) -> Option<Document> {
    // Kinds that hold others inside come first.
    if troubleshoot::recognise(tree) {
        return Some(Document::Troubleshoot(troubleshoot::read(tree, origin)));
    }
    if asset::recognise(tree) {
        return Some(Document::FoundPolicy(asset::read(tree)));
    }
    if asset::recognise_analysis(tree) {
        return Some(Document::Analysis(asset::analysis(tree)));
    }
    if gateway::recognise_open_api(tree) {
        return Some(Document::OpenApi(gateway::open_api(tree)));
    }
    if key_set::recognise(tree) {
        return Some(Document::KeySet(key_set::read(tree, origin)));
    }
    if token_info::recognise(tree) {
        return Some(Document::TokenInfo(token_info::read(tree)));
    }
    if kubernetes::recognise(tree) {
        return Some(Document::KubernetesAccount(kubernetes::read(tree, origin)));
    }
    if run_service::recognise(tree) {
        return Some(Document::RunService(run_service::read(tree, origin)));
    }
    if run_job::recognise(tree) {
        return Some(Document::RunJob(run_job::read(tree, origin)));
    }
    if scheduler_job::recognise(tree) {
        return Some(Document::SchedulerJob(scheduler_job::read(tree, origin)));
    }
    if log::recognise(tree) {
        return Some(Document::LogEntry(log::read(tree, origin)));
    }
    if task::recognise(tree) {
        return Some(Document::Task(task::read(tree, origin)));
    }
    if subscription::recognise(tree) {
        return Some(Document::Subscription(subscription::read(tree, origin)));
    }
    if trigger::recognise(tree) {
        return Some(Document::Trigger(trigger::read(tree, origin)));
    }
    if workflow::recognise(tree) {
        return Some(Document::Workflow(workflow::read(tree, origin)));
    }
    if provider::recognise(tree) {
        return Some(Document::Provider(provider::read(tree, origin)));
    }
    if iap::recognise_backend(tree) {
        return Some(Document::Backend(iap::backend(tree, origin)));
    }
    if iap::recognise_settings(tree) {
        return Some(Document::IapSettings(iap::settings(tree)));
    }
    if gateway::recognise_config(tree) {
        return Some(Document::ApiConfig(gateway::config(tree)));
    }
    if function::recognise(tree) {
        return Some(Document::Function(function::read(tree, origin)));
    }
    if machine::recognise(tree) {
        return Some(Document::Machine(machine::read(tree, origin)));
    }
    if service_account::recognise(tree) {
        return Some(Document::ServiceAccount(service_account::read(
            tree, origin,
        )));
    }
    if org_policy::recognise(tree) {
        return Some(Document::OrgPolicy(org_policy::read(tree, origin)));
    }
    if gcloud::recognise(tree) {
        return Some(Document::Config(gcloud::read(tree)));
    }
    if is_project(tree) {
        return Some(Document::Project(project(tree, origin)));
    }
    if policy::recognise(tree) {
        return Some(Document::Policy(policy::read(tree, origin)));
    }
    None
}

/// A part of a document that only its command names: `--format=yaml(pushConfig)`, a `value()` row.
pub(crate) fn by_command(tree: &mut Tree, origin: &Origin) -> Option<Document> {
    let some = Some(origin);
    if let Some(error) = refusal(tree) {
        return Some(if origin.reads == Reads::TokenInfo {
            Document::TokenInfo(token_info::read(tree))
        } else {
            Document::Unreadable(error)
        });
    }
    Some(match origin.reads {
        Reads::RunService | Reads::RunServices => {
            Document::RunService(run_service::read(tree, some))
        }
        Reads::RunJob => Document::RunJob(run_job::read(tree, some)),
        Reads::Function => Document::Function(function::read(tree, some)),
        Reads::ServiceAccount => Document::ServiceAccount(service_account::read(tree, some)),
        Reads::Project => Document::Project(project(tree, some)),
        Reads::TokenInfo if token_info::is_refusal(tree) => {
            Document::TokenInfo(token_info::read(tree))
        }
        Reads::SchedulerJob => Document::SchedulerJob(scheduler_job::read(tree, some)),
        Reads::Task => Document::Task(task::read(tree, some)),
        Reads::Subscription => Document::Subscription(subscription::read(tree, some)),
        Reads::Trigger => Document::Trigger(trigger::read(tree, some)),
        Reads::Workflow => Document::Workflow(workflow::read(tree, some)),
        Reads::Provider => Document::Provider(provider::read(tree, some)),
        Reads::OrgPolicy => Document::OrgPolicy(org_policy::read(tree, some)),
        Reads::BackendService => Document::Backend(iap::backend(tree, some)),
        Reads::IapSettings => Document::IapSettings(iap::settings(tree)),
        Reads::ApiConfig => Document::ApiConfig(gateway::config(tree)),
        Reads::Machine => Document::Machine(machine::read(tree, some)),
        Reads::LogEntries => Document::LogEntry(log::read(tree, some)),
        Reads::Policy(_) if policy::is_left_empty(tree) => {
            Document::Policy(policy::read(tree, some))
        }
        _ => return None,
    })
}

/// The error that an API answers with.
fn refusal(tree: &Tree) -> Option<Unreadable> {
    let error = tree.at(&["error"])?;
    let message = error
        .text(&["message"])
        .or_else(|| tree.value.text(&["error_description"]))
        .or_else(|| error.as_text())?;
    let status = error.text(&["status"]).or_else(|| error.text(&["code"]));
    Some(Unreadable {
        command: None,
        why: message.to_owned(),
        reason: why(status.unwrap_or(message)),
    })
}

/// Why a command could not read, by the words of its message.
pub(crate) fn why(message: &str) -> Why {
    let has = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if has(&[
        "There was a problem refreshing",
        "do not currently have an active account",
        "gcloud auth login",
        "UNAUTHENTICATED",
        "401",
        "Reauthentication",
    ]) {
        Why::NotLoggedIn
    } else if has(&[
        "PERMISSION_DENIED",
        "does not have permission",
        "Permission '",
        "permission denied",
        "(Forbidden)",
        "forbidden",
        "403",
    ]) {
        Why::NotAllowed
    } else if has(&[
        "NOT_FOUND",
        "Cannot find",
        "not found",
        "(NotFound)",
        "does not exist",
        "No instance found",
        "404",
        "could not be found",
        "was not found",
    ]) {
        Why::NotFound
    } else {
        Why::Other
    }
}

fn is_project(tree: &Tree) -> bool {
    tree.has(&["projectNumber"]) && (tree.has(&["projectId"]) || tree.has(&["lifecycleState"]))
}

fn project(tree: &Tree, origin: Option<&Origin>) -> Project {
    let named = origin.and_then(|origin| origin.name.clone());
    let is_number = |text: &String| text.bytes().all(|byte| byte.is_ascii_digit());
    Project {
        id: tree
            .text(&["projectId"])
            .or_else(|| named.clone().filter(|name| !is_number(name))),
        number: tree
            .text(&["projectNumber"])
            .or_else(|| named.filter(is_number)),
    }
}

/// A document that calls itself something that is not understood here.
fn unknown(tree: &Tree) -> Option<Document> {
    let kind = tree.text(&["kind"])?;
    if let Some(version) = tree.text(&["apiVersion"])
        && tree.has(&["metadata"])
    {
        return Some(Document::Unknown(format!("{kind} ({version})")));
    }
    (kind.contains('#') && !kind.contains(' ') && !tree.has(&["error"]))
        .then_some(Document::Unknown(kind))
}

/// What a resource in Terraform's state is.
pub(crate) fn terraform(resource: super::hcl::Resource) -> (Document, End) {
    let end = if resource.closed { End::Seen } else { End::Cut };
    let mut tree = Tree {
        end,
        ..Tree::whole(resource.value)
    };
    let document = match resource.kind.as_str() {
        kind if kind.contains("_iam_") => {
            match policy::from_terraform(kind, &tree.value, resource.closed) {
                Some(read) => Document::Policy(read),
                None => Document::Unknown(kind.to_owned()),
            }
        }
        "google_cloud_run_v2_service" | "google_cloud_run_service" => {
            Document::RunService(run_service::read(&mut tree, None))
        }
        "google_cloud_run_v2_job" => Document::RunJob(run_job::read(&mut tree, None)),
        "google_cloudfunctions2_function" | "google_cloudfunctions_function" => {
            Document::Function(function::read(&mut tree, None))
        }
        "google_cloud_scheduler_job" => {
            Document::SchedulerJob(scheduler_job::read(&mut tree, None))
        }
        "google_pubsub_subscription" => Document::Subscription(subscription::read(&mut tree, None)),
        "google_eventarc_trigger" => Document::Trigger(trigger::read(&mut tree, None)),
        "google_workflows_workflow" => Document::Workflow(workflow::read(&mut tree, None)),
        "google_iam_workload_identity_pool_provider" => {
            Document::Provider(provider::read(&mut tree, None))
        }
        "google_service_account" => {
            Document::ServiceAccount(service_account::read(&mut tree, None))
        }
        "google_compute_backend_service" | "google_compute_region_backend_service" => {
            Document::Backend(iap::backend(&mut tree, None))
        }
        "google_api_gateway_api_config" => Document::ApiConfig(gateway::config(&mut tree)),
        "google_project" => Document::Project(Project {
            id: tree.text(&["projectId"]),
            number: tree.text(&["number"]),
        }),
        other => Document::Unknown(other.to_owned()),
    };
    (document, end)
}
