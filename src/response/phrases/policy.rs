//! Browsers, and what no door says: policies and grants. Source: facts.md §4.5.

use super::Phrases;
use crate::response::Signal;

pub(super) const PHRASES: Phrases = &[
    (
        Signal::Cors,
        &[
            "blocked by cors policy",
            "cors error",
            "cors preflight",
            "preflight options",
            "cross-origin request blocked",
            "no 'access-control-allow-origin'",
            "not allowed by access-control-allow-origin",
            "preflight request",
            "preflight response",
            "response for preflight",
            "response to preflight",
        ],
    ),
    (
        Signal::Callable,
        &[
            "functions/unauthenticated",
            "functions/permission-denied",
            "httpscallable",
            "firebasefunctionsexception",
        ],
    ),
    (
        Signal::OrgPolicy,
        &[
            "do not belong to a permitted customer",
            "organization policy",
            // The console, when `allUsers` may not be added.
            "allusers and allauthenticatedusers",
            "allusersやallauthenticatedusers",
            "constraints/",
            "invoker_iam_disabled is not currently available",
        ],
    ),
    (
        Signal::Propagation,
        &[
            "permissions are propagated",
            "it may take a few minutes",
            "may take several minutes",
        ],
    ),
    (
        Signal::PrincipalUnknown,
        &[
            "verify that the service account exists",
            "service account does not exist",
        ],
    ),
    (
        Signal::GrantFailed,
        &[
            "add-iam-policy-binding) ",
            "add-invoker-policy-binding) ",
            "is not supported for this resource",
        ],
    ),
    (
        Signal::SchedulerAuthentication,
        &["url_error-error_authentication"],
    ),
];
