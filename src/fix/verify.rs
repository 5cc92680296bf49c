//! How to see that it worked.

use super::Fix;
use super::command::Words;
use super::draft::Draft;
use super::fill::Fill;
use super::hole::Hole;
use crate::evidence::Door;
use crate::input::Caller;

const OWN: Words = &["gcloud auth print-identity-token"];
const ACCOUNT: Words = &[
    "gcloud auth print-identity-token",
    "--impersonate-service-account=SERVICE_ACCOUNT_EMAIL",
    "--audiences=AUDIENCE",
    "--include-email",
];
const IAP: Words = &[
    "gcloud auth print-identity-token",
    "--impersonate-service-account=SERVICE_ACCOUNT_EMAIL",
    "--audiences=OAUTH_CLIENT_ID",
    "--include-email",
];
const CALL: Words = &[
    "curl",
    "-so",
    "/dev/null",
    "-w",
    r"%{http_code}\n",
    "REQUEST_URL",
];

/// Sends the request again as this caller would, and shows what became of it.
pub(crate) fn again(fill: &Fill) -> Fix {
    const JOB: &str = "See that it works: run the job once";
    match fill.caller {
        Some(Caller::CloudScheduler) => Draft::changes(fill, JOB)
            .caution("Runs the job now; its next line in the log tells the status.")
            .sh(&[
                "gcloud scheduler jobs run",
                "SCHEDULER_JOB",
                "--location=LOCATION",
                "[--project=PROJECT_ID]",
            ])
            .done(),
        Some(caller)
            if (caller.delivers() || caller == Caller::Workflows) && fill.door != Door::Api =>
        {
            accepted(fill)
        }
        _ => call(fill),
    }
}

/// Calls the URL with a fresh credential and prints the status alone.
pub(crate) fn call(fill: &Fill) -> Fix {
    const TITLE: &str = "See that it works: the status should be 200";
    const SECRET: &str = "The token goes from gcloud to curl and is not printed.";
    let draft = Draft::reads(fill, TITLE);
    match (fill.door, fill.caller) {
        (Door::Api, _) => {
            draft
                .caution(SECRET)
                .curl("Authorization", &["gcloud auth print-access-token"], CALL)
        }
        (Door::Iap, _) if fill.known(Hole::OauthClientId).is_some() => {
            draft.caution(SECRET).curl("Authorization", IAP, CALL)
        }
        (Door::Iap | Door::Gateway, _) => draft
            .caution("`token.jwt` is the file that `sign-jwt` wrote.")
            .curl("Authorization", &["cat", "token.jwt"], CALL),
        (Door::Run, None | Some(Caller::LocalUser | Caller::Browser)) => draft
            .caution("As your own account, which must be allowed to call the service.")
            .caution(SECRET)
            .curl("Authorization", OWN, CALL),
        _ => draft
            .caution("From your terminal, as the caller’s account; you need `roles/iam.serviceAccountTokenCreator` on it.")
            .caution(SECRET)
            .curl("Authorization", ACCOUNT, CALL),
    }
    .done()
}

/// Requests that came through, in the log, for callers that nobody can start by hand.
fn accepted(fill: &Fill) -> Fix {
    Draft::reads(fill, "See that it works: requests with status 200 in the log")
        .sh(match fill.door {
            Door::Function => &[
                "gcloud logging read",
                r#"(resource.labels.function_name="FUNCTION" OR resource.labels.service_name="FUNCTION") AND httpRequest.status<400"#,
                "--limit=5",
                "--freshness=10m",
                "[--project=PROJECT_ID]",
                "--format=value(timestamp,httpRequest.status,httpRequest.userAgent)",
            ],
            _ => &[
                "gcloud logging read",
                r#"resource.type="cloud_run_revision" AND resource.labels.service_name="SERVICE" AND httpRequest.status<400"#,
                "--limit=5",
                "--freshness=10m",
                "[--project=PROJECT_ID]",
                "--format=value(timestamp,httpRequest.status,httpRequest.userAgent)",
            ],
        })
        .done()
}
