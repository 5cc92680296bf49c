//! What the user gives: everything a diagnosis depends on, the clock included.

mod json;

/// One question to [`diagnose`](crate::diagnose): what was pasted and what is known besides.
///
/// Texts are as typed; an empty one means "not told". Nothing here is checked in advance:
/// whatever is wrong with a field is a finding in the report, not an error.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(clippy::exhaustive_structs)]
pub struct Input {
    /// A token, header, `curl` command, transcript, JSON answer, error text, …
    pub paste: String,
    /// The URL of the service that was called.
    pub service_url: String,
    /// What came back: headers, body or log line, in any mix.
    pub response: String,
    /// The HTTP status, when known apart from `response`.
    pub status: Option<u16>,
    /// Who made the call.
    pub caller: Option<Caller>,
    /// Audiences the service accepts besides its own URLs.
    pub custom_audiences: Vec<String>,
    /// The service's name, where the URL does not tell it.
    pub service: String,
    /// The service's region, where the URL does not tell it.
    pub region: String,
    /// The project's id, which no `run.app` URL tells.
    pub project: String,
    /// Values for the CAPITALS of commands, by their names, where no field takes them.
    pub values: Vec<(String, String)>,
    /// The moment of judgement, in seconds since 1970 (UTC).
    pub now: i64,
    /// Which of several pasted credentials to judge; the one that was sent when `None`.
    pub pick: Option<usize>,
    /// Which fields a link filled in, and not the person.
    pub preset: Preset,
}

/// The fields that a link filled in: whoever made the link chose their values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::exhaustive_structs, clippy::struct_excessive_bools)]
pub struct Preset {
    /// [`Input::service_url`].
    pub service_url: bool,
    /// [`Input::custom_audiences`].
    pub custom_audiences: bool,
    /// [`Input::service`].
    pub service: bool,
    /// [`Input::region`].
    pub region: bool,
    /// [`Input::project`].
    pub project: bool,
}

impl Input {
    /// An input that tells only the time, in seconds since 1970 (UTC).
    #[must_use]
    pub fn at(now: i64) -> Self {
        Self {
            paste: String::new(),
            service_url: String::new(),
            response: String::new(),
            status: None,
            caller: None,
            custom_audiences: Vec::new(),
            service: String::new(),
            region: String::new(),
            project: String::new(),
            values: Vec::new(),
            now,
            pick: None,
            preset: Preset::default(),
        }
    }
}

/// Who makes the call. It changes likelihoods and the form of the fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Caller {
    /// Another Cloud Run service.
    CloudRun,
    /// A Cloud Function.
    CloudFunctions,
    /// A Cloud Scheduler job.
    CloudScheduler,
    /// A Cloud Tasks queue.
    CloudTasks,
    /// A Pub/Sub push subscription.
    PubsubPush,
    /// An Eventarc trigger.
    Eventarc,
    /// A workflow.
    Workflows,
    /// A pod on GKE.
    Gke,
    /// A Compute Engine VM.
    Gce,
    /// A GitHub Actions job.
    GithubActions,
    /// Somebody who impersonates a service account.
    Impersonation,
    /// A person at a terminal, with their own account.
    LocalUser,
    /// JavaScript in a browser, or a mobile app.
    Browser,
}

impl Caller {
    /// Every caller, in the order in which they are offered.
    pub const ALL: &[Self] = &[
        Self::CloudRun,
        Self::CloudFunctions,
        Self::CloudScheduler,
        Self::CloudTasks,
        Self::PubsubPush,
        Self::Eventarc,
        Self::Workflows,
        Self::Gke,
        Self::Gce,
        Self::GithubActions,
        Self::Impersonation,
        Self::LocalUser,
        Self::Browser,
    ];

    /// The name used on the command line and in presets.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::CloudRun => "cloud-run",
            Self::CloudFunctions => "cloud-functions",
            Self::CloudScheduler => "cloud-scheduler",
            Self::CloudTasks => "cloud-tasks",
            Self::PubsubPush => "pubsub-push",
            Self::Eventarc => "eventarc",
            Self::Workflows => "workflows",
            Self::Gke => "gke",
            Self::Gce => "gce",
            Self::GithubActions => "github-actions",
            Self::Impersonation => "impersonation",
            Self::LocalUser => "local-user",
            Self::Browser => "browser",
        }
    }

    /// A service of Google's that delivers jobs, tasks or messages, with a token it makes itself.
    #[must_use]
    pub(crate) const fn delivers(self) -> bool {
        matches!(
            self,
            Self::CloudScheduler | Self::CloudTasks | Self::PubsubPush | Self::Eventarc
        )
    }

    /// The name people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::CloudRun => "Another Cloud Run service",
            Self::CloudFunctions => "A Cloud Function",
            Self::CloudScheduler => "Cloud Scheduler",
            Self::CloudTasks => "Cloud Tasks",
            Self::PubsubPush => "Pub/Sub push",
            Self::Eventarc => "Eventarc",
            Self::Workflows => "Workflows",
            Self::Gke => "A pod on GKE",
            Self::Gce => "A Compute Engine VM",
            Self::GithubActions => "GitHub Actions",
            Self::Impersonation => "Someone impersonating a service account",
            Self::LocalUser => "A person at a terminal",
            Self::Browser => "A browser or mobile app",
        }
    }

    /// The caller with this [`id`](Self::id).
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|caller| caller.id() == id)
    }
}
