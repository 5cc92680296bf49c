//! Jobs, tasks, subscriptions, triggers and workflows: which token they send.

use super::Variant;
use crate::evidence::Door;
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;
use crate::fix::{callers, grant, inspect, verify};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "scheduler-job-without-oidc",
        cause: "no-credential",
        says: "The Cloud Scheduler job {job|that calls} sends no token: no OIDC account is set in it.",
        why: "",
        remedy: |fill| send(fill, Caller::CloudScheduler),
    },
    Variant {
        id: "task-without-oidc",
        cause: "no-credential",
        says: "The Cloud Task sends no ID token: it was queued without `oidcToken`.",
        why: "",
        remedy: |fill| send(fill, Caller::CloudTasks),
    },
    Variant {
        id: "push-subscription-without-auth",
        cause: "no-credential",
        says: "The push subscription {subscription|that calls} sends no token: authentication is not set in it.",
        why: "",
        remedy: |fill| send(fill, Caller::PubsubPush),
    },
    Variant {
        id: "workflow-step-without-auth",
        cause: "no-credential",
        says: "The workflow’s HTTP step has no `auth`, so it sends no token.",
        why: "",
        remedy: |fill| send(fill, Caller::Workflows),
    },
    Variant {
        id: "eventarc-trigger-without-account",
        cause: "no-credential",
        says: "The Eventarc trigger has no service account of its own that may call the service.",
        why: "",
        remedy: |fill| send(fill, Caller::Eventarc).or("When its account lacks the role:", grant::entry(&fill.at_door(Door::Run))),
    },
    Variant {
        id: "sender-oauth-to-service",
        cause: "access-token-where-id-token-needed",
        says: "The job, task or workflow sends an OAuth access token, and {service|the service} wants an OIDC ID token.",
        why: "",
        remedy: |fill| send(fill, Caller::CloudScheduler),
    },
    Variant {
        id: "sender-audience-wrong",
        cause: "audience-mismatch",
        says: "The token is made for another audience than the URL of {service|the service}.",
        why: "Without an audience of its own, the token is made for the whole URL that is called.",
        remedy: |fill| send(fill, Caller::CloudScheduler),
    },
    Variant {
        id: "scheduler-oidc-to-google-api",
        cause: "id-token-where-access-token-needed",
        says: "The job calls a Google API with an OIDC ID token; Google APIs take OAuth access tokens alone.",
        why: "",
        remedy: |fill| to_api(fill, Caller::CloudScheduler),
    },
    Variant {
        id: "job-run-with-id-token",
        cause: "id-token-where-access-token-needed",
        says: "Running a Cloud Run job is a call to `run.googleapis.com`, which takes an access token, by POST.",
        why: "",
        remedy: |fill| match fill.caller {
            Some(_) => to_api(fill, Caller::CloudScheduler),
            None => Remedy::change(callers::execute_job(fill))
                .or("When code starts it:", callers::send_access_token(&fill.at_door(Door::Api))),
        },
    },
];

/// Has the sender send an ID token for the service; `usual` is who it is when nobody told.
fn send(fill: &Fill, usual: Caller) -> Remedy {
    let door = match fill.door {
        Door::Api | Door::Gateway => Door::Run,
        door => door,
    };
    let fill = &fill.at_door(door).for_caller(usual);
    Remedy::change(callers::send(fill))
        .check(inspect::caller_account(fill))
        .verify(verify::again(fill))
}

/// Has the sender send an access token.
fn to_api(fill: &Fill, usual: Caller) -> Remedy {
    let fill = &fill.at_door(Door::Api).for_caller(usual);
    Remedy::change(callers::send_access_token(fill))
        .check(inspect::caller_account(fill))
        .verify(verify::again(fill))
}
