//! How to see that it worked.

use super::Fix;
use super::command::{Bearer, Words};
use super::draft::Draft;
use super::fill::Fill;
use super::hole::Hole;
use crate::evidence::Door;
use crate::input::Caller;

const CALL: Words = &["curl", "-so", "/dev/null", "-w", r"%{http_code}\n"];

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
    const SIGNED: &str = "`token.jwt` is the file that `sign-jwt` wrote.";
    const SECRET: &str = "The token goes from gcloud to curl and is not printed.";
    let draft = Draft::reads(fill, TITLE);
    match (fill.door, fill.caller) {
        (Door::Api, _) => draft
            .caution(SECRET)
            .curl("Authorization", Bearer::Access, CALL),
        (Door::Iap, _) if fill.known(Hole::OauthClientId).is_some() => draft
            .caution(SECRET)
            .curl("Authorization", Bearer::Account, CALL),
        (Door::Iap, _) => draft
            .caution(SIGNED)
            .curl("Authorization", Bearer::SignedForHost, CALL),
        (Door::Gateway, _) => draft
            .caution(SIGNED)
            .curl("Authorization", Bearer::Signed, CALL),
        (Door::Run, None | Some(Caller::LocalUser | Caller::Browser)) if fill.may_send_own() => {
            draft
                .caution("As your own account, which must be allowed to call the service.")
                .caution(SECRET)
                .curl("Authorization", Bearer::Own, CALL)
        }
        _ => draft
            .caution("From your terminal, as the caller’s account; you need `roles/iam.serviceAccountTokenCreator` on it.")
            .caution(SECRET)
            .curl("Authorization", Bearer::Account, CALL),
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
