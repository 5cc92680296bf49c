//! # What it is
//!
//! The access token's OAuth scopes do not cover the call, whatever roles its account has.
//!
//! # How it shows
//!
//! 403 `Request had insufficient authentication scopes`, reason `ACCESS_TOKEN_SCOPE_INSUFFICIENT`.
//!
//! # Why it happens
//!
//! A VM or node pool was made with narrow access scopes, and its metadata server gives tokens
//! with those only; or the code asked for one scope and calls another API.
//!
//! # How to fix
//!
//! Use the scope `https://www.googleapis.com/auth/cloud-platform` and let IAM roles limit the
//! account; on a VM stop it and change its scopes; on GKE use Workload Identity.
//!
//! # When it is something else
//!
//! `PERMISSION_DENIED` without the word scope is about roles.
//!
//! # References
//!
//! - <https://cloud.google.com/compute/docs/access/service-accounts#accesscopesiam>

use super::{Cause, Finding, Found, Gate, ruled_out};
use crate::evidence::{Door, Evidence};
use crate::input::Caller;
use crate::response::Signal;

pub(super) const CAUSE: Cause = Cause {
    id: "insufficient-scope",
    title: "The token’s scopes do not cover the call",
    gate: Gate::Allow,
    citation: "https://cloud.google.com/compute/docs/access/service-accounts#accesscopesiam",
    weight: 70,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    let response = &evidence.response;
    if evidence.door == Door::TokenEndpoint {
        return Finding::NotApplicable;
    }
    if response.says(Signal::ApiScope) {
        return Found::said(evidence, Signal::ApiScope, "The access token’s OAuth scopes do not cover this call; the account’s roles do not matter before that.")
            .because("The API says so.")
            .because("A VM’s or node’s access scopes limit every token of its metadata server.")
            .usually(match evidence.caller {
                Some(Caller::Gce | Caller::Gke) => "vm-access-scopes",
                _ => "token-scope-missing",
            })
            .into();
    }
    if response.says(Signal::ApiPermissionDenied) {
        return ruled_out("The API names a permission, not a scope.");
    }
    if evidence.door == Door::Api
        && evidence.credential.kind.is_access_token()
        && response.status == Some(403)
    {
        return Found::possible(
            "An opaque token does not show its scopes; they may not cover this call.",
        )
        .fix("token-scope-missing")
        .into();
    }
    Finding::NotApplicable
}
