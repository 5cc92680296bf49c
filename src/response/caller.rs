//! What stands in errors and logs of one caller alone.

use crate::input::Caller;

/// The caller that alone writes such an error or log; the text is in lower case.
pub(super) fn caller(lower: &str) -> Option<Caller> {
    MARKS
        .iter()
        .find(|(_, marks)| marks.iter().any(|mark| lower.contains(mark)))
        .map(|(caller, _)| *caller)
}

/// In lower case. Eventarc delivers by Pub/Sub; its own URLs tell it apart.
const MARKS: &[(Caller, &[&str])] = &[
    (Caller::Eventarc, &["__gcp_cloudeventsmode="]),
    (
        Caller::CloudScheduler,
        &[
            "google.cloud.scheduler.logging",
            "original http response code number",
            "url_error-error_",
        ],
    ),
    (Caller::CloudTasks, &["google.cloud.tasks.logging"]),
    (
        Caller::GithubActions,
        &[
            "google-github-actions/",
            "actions_id_token_request",
            "home/runner/",
        ],
    ),
    (
        Caller::Gke,
        &[
            "gke metadata server",
            "iam.gke.io/",
            ".svc.id.goog",
            "refer to the workload identity documentation",
        ],
    ),
    // A person's sign-in, which the page or app that they use renews.
    (
        Caller::Browser,
        &["firebase id token has expired", "auth/id-token-expired"],
    ),
    // An error as `http.get` and its like raise it.
    (
        Caller::Workflows,
        &["http server responded with error code"],
    ),
];
