//! Cloud Run and functions. Source: facts.md §4.1.

use super::Phrases;
use crate::response::Signal;

pub(super) const PHRASES: Phrases = &[
    (
        Signal::EdgeEmptyHeader,
        &["empty authorization header value"],
    ),
    (
        Signal::EdgeLacksInvoke,
        &[
            "run.routes.invoke} permission",
            "permission 'run.routes.invoke' denied",
        ],
    ),
    (
        Signal::EdgeNotAuthenticated,
        &["the request was not authenticated"],
    ),
    (
        Signal::EdgeUnverifiable,
        &[
            "not authorized to invoke this service",
            "the access token could not be verified",
        ],
    ),
    (
        Signal::EdgeUnauthorizedPage,
        &[
            "does not have permission to the requested url",
            // gRPC got the page in place of an answer.
            "server: 401 (unauthorized); transport: received unexpected content-type \"text/html",
        ],
    ),
    (
        Signal::EdgeForbiddenPage,
        &[
            "does not have permission to get url",
            "server: 403 (forbidden); transport: received unexpected content-type \"text/html",
        ],
    ),
    (Signal::EdgeNotFoundPage, &["was not found on this server."]),
    (Signal::EdgeAccessForbidden, &["access is forbidden"]),
    (
        Signal::EdgeCapacity,
        &["rate exceeded", "no available instance"],
    ),
];
