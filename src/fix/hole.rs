//! The holes of a template: words in CAPITALS that a known value replaces.

/// A value that commands and code need.
///
/// Its name is both the mark in a template and what is printed when the value is not known,
/// so a template reads as what is shown when nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hole {
    Service,
    Region,
    ProjectId,
    ProjectNumber,
    /// What `aud` must be for this door.
    Audience,
    /// What `aud` is in the token.
    TokenAudience,
    /// The URL to call, without its query.
    RequestUrl,
    Host,
    /// The service account that calls or should call.
    ServiceAccount,
    /// The person at the terminal.
    YourEmail,
    /// Who calls: a service account or a person.
    CallerEmail,
    /// [`CallerEmail`](Self::CallerEmail) as a member of an IAM policy.
    Member,
    Function,
    RunJob,
    SchedulerJob,
    Location,
    Queue,
    Subscription,
    Trigger,
    Workflow,
    Gateway,
    BackendService,
    OauthClientId,
    CallingService,
    Vm,
    Zone,
    Namespace,
    KubernetesAccount,
    Repository,
    Pool,
    Provider,
    FirebaseProject,
    AccessPolicy,
    /// The time of the diagnosis, seconds since 1970 (UTC).
    IssuedAt,
    /// One hour after [`IssuedAt`](Self::IssuedAt).
    ExpiresAt,
}

impl Hole {
    pub(crate) const COUNT: usize = Self::ALL.len();

    pub(crate) const ALL: &[Self] = &[
        Self::Service,
        Self::Region,
        Self::ProjectId,
        Self::ProjectNumber,
        Self::Audience,
        Self::TokenAudience,
        Self::RequestUrl,
        Self::Host,
        Self::ServiceAccount,
        Self::YourEmail,
        Self::CallerEmail,
        Self::Member,
        Self::Function,
        Self::RunJob,
        Self::SchedulerJob,
        Self::Location,
        Self::Queue,
        Self::Subscription,
        Self::Trigger,
        Self::Workflow,
        Self::Gateway,
        Self::BackendService,
        Self::OauthClientId,
        Self::CallingService,
        Self::Vm,
        Self::Zone,
        Self::Namespace,
        Self::KubernetesAccount,
        Self::Repository,
        Self::Pool,
        Self::Provider,
        Self::FirebaseProject,
        Self::AccessPolicy,
        Self::IssuedAt,
        Self::ExpiresAt,
    ];

    /// The CAPITALS of the hole.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Service => "SERVICE",
            Self::Region => "REGION",
            Self::ProjectId => "PROJECT_ID",
            Self::ProjectNumber => "PROJECT_NUMBER",
            Self::Audience => "AUDIENCE",
            Self::TokenAudience => "TOKEN_AUDIENCE",
            Self::RequestUrl => "REQUEST_URL",
            Self::Host => "HOST",
            Self::ServiceAccount => "SERVICE_ACCOUNT_EMAIL",
            Self::YourEmail => "YOUR_EMAIL",
            Self::CallerEmail => "CALLER_EMAIL",
            Self::Member => "MEMBER",
            Self::Function => "FUNCTION",
            Self::RunJob => "RUN_JOB",
            Self::SchedulerJob => "SCHEDULER_JOB",
            Self::Location => "LOCATION",
            Self::Queue => "QUEUE",
            Self::Subscription => "SUBSCRIPTION",
            Self::Trigger => "TRIGGER",
            Self::Workflow => "WORKFLOW",
            Self::Gateway => "GATEWAY",
            Self::BackendService => "BACKEND_SERVICE",
            Self::OauthClientId => "OAUTH_CLIENT_ID",
            Self::CallingService => "CALLING_SERVICE",
            Self::Vm => "VM_NAME",
            Self::Zone => "ZONE",
            Self::Namespace => "NAMESPACE",
            Self::KubernetesAccount => "KUBERNETES_ACCOUNT",
            Self::Repository => "OWNER_AND_REPOSITORY",
            Self::Pool => "POOL",
            Self::Provider => "PROVIDER",
            Self::FirebaseProject => "FIREBASE_PROJECT",
            Self::AccessPolicy => "ACCESS_POLICY",
            Self::IssuedAt => "ISSUED_AT",
            Self::ExpiresAt => "EXPIRES_AT",
        }
    }

    /// Where a person finds the value: a command that only reads, or a place.
    pub(crate) const fn finder(self) -> &'static str {
        match self {
            Self::Service | Self::Region | Self::CallingService => "`gcloud run services list`",
            Self::ProjectId => "`gcloud config get project`",
            Self::ProjectNumber => {
                "`gcloud projects describe PROJECT_ID --format='value(projectNumber)'`"
            }
            Self::Audience | Self::RequestUrl | Self::Host => {
                "`gcloud run services describe SERVICE --region=REGION --format='value(status.url)'`"
            }
            Self::ServiceAccount | Self::CallerEmail | Self::Member => {
                "`gcloud iam service-accounts list`"
            }
            Self::YourEmail => "`gcloud auth list --filter=status:ACTIVE`",
            Self::Function => "`gcloud functions list`",
            Self::RunJob => "`gcloud run jobs list`",
            Self::SchedulerJob => "the list of Cloud Scheduler jobs in the console",
            Self::Queue => "the list of Cloud Tasks queues in the console",
            Self::Subscription => "the list of Pub/Sub subscriptions in the console",
            Self::Trigger => "the list of Eventarc triggers in the console",
            Self::Workflow => "the list of workflows in the console",
            Self::Location => "the region beside its name in the console",
            Self::Gateway => "the list of gateways in the console",
            Self::BackendService => "the load balancer’s page in the console",
            Self::OauthClientId => "`gcloud iap settings get --project=PROJECT_ID`",
            Self::Vm | Self::Zone => "the list of VM instances in the console",
            Self::Namespace | Self::KubernetesAccount => {
                "`kubectl get pod POD --output=jsonpath='{.metadata.namespace} {.spec.serviceAccountName}'`"
            }
            Self::Repository => "the repository’s address",
            Self::Pool | Self::Provider => "the list of workload identity pools in the console",
            Self::FirebaseProject => "the project settings in the Firebase console",
            Self::AccessPolicy => {
                "`gcloud access-context-manager policies list --organization=ORGANIZATION_ID`"
            }
            Self::TokenAudience => "the token’s `aud`",
            Self::IssuedAt | Self::ExpiresAt => "the clock",
        }
    }

    /// The hole with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|hole| hole.name() == name)
    }

    /// The place of the hole in an array of [`COUNT`](Self::COUNT) values.
    pub(crate) const fn index(self) -> usize {
        self as usize
    }

    /// One bit of a set of holes.
    pub(crate) const fn bit(self) -> u64 {
        1 << self as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hole_is_found_by_its_name_and_stands_at_its_index() {
        for (index, hole) in Hole::ALL.iter().enumerate() {
            assert_eq!(Hole::named(hole.name()), Some(*hole));
            assert_eq!(hole.index(), index);
        }
        const { assert!(Hole::COUNT <= 64, "the holes fit a u64 set") };
    }
}
