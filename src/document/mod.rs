//! Documents: what the commands that read print, found in a paste and understood.
//!
//! [`split`] cuts a paste into documents and the text that remains: requests, answers, tokens.
//! Each kind has its file with `recognise` (is it one?) and `read` (what does it say?). All layouts
//! become one tree first: JSON, YAML, HCL, tables and `value()` rows.
//!
//! Nothing is judged here. What a document does not tell is `None`; what a cut one would have told
//! is too: see [`End`].

mod asset;
mod call;
mod condition;
mod format;
mod function;
mod gateway;
mod gcloud;
mod hcl;
mod iap;
mod json;
mod key_set;
mod kubernetes;
mod log;
mod machine;
mod member;
mod org_policy;
mod origin;
mod policy;
mod provider;
mod resource;
mod run_job;
mod run_list;
mod run_service;
mod scheduler_job;
mod service_account;
mod split;
mod subscription;
mod table;
mod task;
mod token_info;
mod trigger;
mod troubleshoot;
mod understand;
mod value;
mod workflow;
mod yaml;

#[cfg(test)]
mod tests;

pub(crate) use asset::{AnalysedGrant, Analysis, FoundPolicy};
pub(crate) use call::{Call, Token};
pub(crate) use condition::{Asked, Condition};
pub(crate) use function::{Function, Generation};
pub(crate) use gateway::{ApiBackend, ApiConfig, OpenApi, Scheme};
pub(crate) use gcloud::{Accounts, Config};
pub(crate) use iap::{Backend, IapSettings};
pub(crate) use key_set::{Key, KeySet, Material};
pub(crate) use kubernetes::KubernetesAccount;
pub(crate) use log::LogEntry;
pub(crate) use machine::Machine;
pub(crate) use member::{Admits, Federated, Member};
pub(crate) use org_policy::OrgPolicy;
pub(crate) use origin::{Origin, Reads};
pub(crate) use policy::{Binding, Grant, Policy};
pub(crate) use provider::{Demand, Provider};
pub(crate) use resource::{Resource, ResourceKind};
pub(crate) use run_job::RunJob;
pub(crate) use run_list::ListedService;
pub(crate) use run_service::{Ingress, RunService, Tag};
pub(crate) use scheduler_job::SchedulerJob;
pub(crate) use service_account::ServiceAccount;
pub(crate) use split::{Part, Parts, split};
pub(crate) use subscription::Subscription;
pub(crate) use task::Task;
pub(crate) use token_info::TokenInfo;
pub(crate) use trigger::Trigger;
pub(crate) use troubleshoot::{Access, Explained, Troubleshoot};
pub(crate) use value::{End, Tree, Value};
pub(crate) use workflow::Workflow;

/// A document, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Document {
    RunService(RunService),
    /// `gcloud run services list` as a table; as JSON or YAML it is many [`Self::RunService`].
    RunServices(Vec<ListedService>),
    RunJob(RunJob),
    Function(Function),
    Policy(Policy),
    ServiceAccount(ServiceAccount),
    Accounts(Accounts),
    Config(Config),
    Project(Project),
    TokenInfo(TokenInfo),
    SchedulerJob(SchedulerJob),
    Task(Task),
    Subscription(Subscription),
    Trigger(Trigger),
    Workflow(Workflow),
    Provider(Provider),
    OrgPolicy(OrgPolicy),
    Backend(Backend),
    IapSettings(IapSettings),
    Troubleshoot(Troubleshoot),
    KubernetesAccount(KubernetesAccount),
    ApiConfig(ApiConfig),
    OpenApi(OpenApi),
    Machine(Machine),
    LogEntry(LogEntry),
    FoundPolicy(FoundPolicy),
    Analysis(Analysis),
    KeySet(KeySet),
    /// What a service answered to a request without a credential: the status.
    Probe(Option<u16>),
    /// The command ran and found nothing: an empty list.
    Empty,
    /// The command could not read: refused, or there is no such thing.
    Unreadable(Unreadable),
    /// A document of a kind that is not understood; what it calls itself, or its command.
    Unknown(String),
}

impl Document {
    /// The public id of its kind (report version 2).
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::RunService(_) => "run-service",
            Self::RunServices(_) => "run-services",
            Self::RunJob(_) => "run-job",
            Self::Function(_) => "function",
            Self::Policy(_) => "iam-policy",
            Self::ServiceAccount(_) => "service-account",
            Self::Accounts(_) => "accounts",
            Self::Config(_) => "config",
            Self::Project(_) => "project",
            Self::TokenInfo(_) => "token-info",
            Self::SchedulerJob(_) => "scheduler-job",
            Self::Task(_) => "task",
            Self::Subscription(_) => "subscription",
            Self::Trigger(_) => "trigger",
            Self::Workflow(_) => "workflow",
            Self::Provider(_) => "provider",
            Self::OrgPolicy(_) => "org-policy",
            Self::Backend(_) => "backend-service",
            Self::IapSettings(_) => "iap-settings",
            Self::Troubleshoot(_) => "troubleshooter",
            Self::KubernetesAccount(_) => "kubernetes-account",
            Self::ApiConfig(_) => "api-config",
            Self::OpenApi(_) => "open-api",
            Self::Machine(_) => "machine",
            Self::LogEntry(_) => "log-entry",
            Self::FoundPolicy(_) => "found-policy",
            Self::Analysis(_) => "policy-analysis",
            Self::KeySet(_) => "key-set",
            Self::Probe(_) => "probe",
            Self::Empty => "empty",
            Self::Unreadable(_) => "unreadable",
            Self::Unknown(_) => "unknown",
        }
    }

    /// The name of what it describes, where it has one.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::RunService(it) => it.name.as_deref(),
            Self::RunJob(it) => it.name.as_deref(),
            Self::Function(it) => it.name.as_deref(),
            Self::Policy(it) => it.on.as_ref()?.name.as_deref(),
            Self::ServiceAccount(it) => it.email.as_deref(),
            Self::Accounts(it) => it.active.as_deref(),
            Self::Config(it) => it.project.as_deref(),
            Self::Project(it) => it.id.as_deref(),
            Self::SchedulerJob(it) => it.name.as_deref(),
            Self::Task(it) => it.name.as_deref(),
            Self::Subscription(it) => it.name.as_deref(),
            Self::Trigger(it) => it.name.as_deref(),
            Self::Workflow(it) => it.name.as_deref(),
            Self::Provider(it) => it.full_name.as_deref(),
            Self::OrgPolicy(it) => it.constraint.as_deref(),
            Self::Backend(it) => it.name.as_deref(),
            Self::IapSettings(it) => it.name.as_deref(),
            Self::Troubleshoot(it) => it.principal.as_deref(),
            Self::KubernetesAccount(it) => it.name.as_deref(),
            Self::Machine(it) => it.name.as_deref(),
            Self::LogEntry(it) => it.service.as_deref(),
            Self::FoundPolicy(it) => it.resource.as_deref(),
            Self::KeySet(it) => it.source.as_deref(),
            Self::Unreadable(it) => it.command.as_deref(),
            Self::Unknown(name) => Some(name),
            _ => None,
        }
    }

    /// Whether it could be understood.
    pub(crate) const fn is_understood(&self) -> bool {
        !matches!(self, Self::Unknown(_) | Self::Unreadable(_))
    }
}

/// A project's id and number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Project {
    pub(crate) id: Option<String>,
    pub(crate) number: Option<String>,
}

/// Why a command could not read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Unreadable {
    /// `gcloud.run.services.describe`, where the message says so.
    pub(crate) command: Option<String>,
    /// The message, without `ERROR:` and the command.
    pub(crate) why: String,
    pub(crate) reason: Why,
}

/// Why, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Why {
    /// There is no such thing, where the command looked.
    NotFound,
    /// The reader may not look.
    NotAllowed,
    /// gcloud is not logged in, or its login has expired.
    NotLoggedIn,
    #[default]
    Other,
}

/// The JSON object or list with which a text begins, its length in bytes, and whether it is whole.
pub(crate) fn read_json(text: &str) -> Option<(Value, usize, bool)> {
    let read = json::read(text)?;
    Some((read.value, read.length, read.closed))
}

/// A YAML document.
pub(crate) fn read_yaml(text: &str) -> Value {
    yaml::read(text.lines()).value
}

/// A line of `gcloud run services logs read`.
pub(crate) fn log_line(text: &str) -> Option<LogEntry> {
    log::line(text, None)
}
