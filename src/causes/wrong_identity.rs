//! # What it is
//!
//! The token is in order, but it belongs to another account than the one that was granted.
//!
//! # How it shows
//!
//! 403, although "the role is there": the `email` in the token is not the account you think of.
//!
//! # Why it happens
//!
//! The service runs as the default compute account; gcloud's login and the application default
//! credentials are two different accounts; an impersonation did not take effect; a pod runs as
//! its Kubernetes account because Workload Identity is not bound.
//!
//! # How to fix
//!
//! Compare the token's `email` with the policy; then run the caller as the granted account, or
//! grant the account it runs as, best a dedicated one.
//!
//! # When it is something else
//!
//! If the e-mail is the right one, the role itself is missing.
//!
//! # References
//!
//! - <https://cloud.google.com/run/docs/securing/service-identity>
//! - <https://cloud.google.com/docs/authentication/gcloud#gcloud-credentials>

use super::{Cause, Finding, Found, Gate, Likelihood};
use crate::credential::{IdentityKind, Kind};
use crate::evidence::{Door, Evidence};
use crate::input::Caller;
use crate::response::Signal;
use crate::visible::in_code;

pub(super) const CAUSE: Cause = Cause {
    id: "wrong-identity",
    title: "Another account than the granted one",
    gate: Gate::Allow,
    citation: "https://cloud.google.com/run/docs/securing/service-identity",
    weight: 60,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    if evidence.app_answered() {
        return Finding::NotApplicable;
    }
    if let Some(project) = counts_for_another(evidence) {
        return counted_elsewhere(project);
    }
    if lacks_quota_project(evidence) {
        return Found::likely("The call is made with a person’s login, and this API must be told which project it counts for: no quota project is set.")
            .because("A service account’s calls count for its own project; a person’s for none.")
            .fix("quota-project-missing")
            .into();
    }
    if [
        Signal::GrantFailed,
        Signal::ApiScope,
        Signal::VpcServiceControls,
        Signal::ApiConsumer,
    ]
    .iter()
    .any(|signal| evidence.response.says(*signal))
    {
        return Finding::NotApplicable;
    }
    match evidence.door {
        Door::Run | Door::Function => at_service(evidence),
        Door::Api => at_api(evidence),
        Door::Unknown if evidence.response.says(Signal::ApiPermissionDenied) => at_api(evidence),
        Door::Iap if evidence.response.says(Signal::IapNoAccess) => Found::possible(format!(
            "The granted account may be another than {}.",
            evidence.account_name()
        ))
        .fix("wrong-active-account")
        .into(),
        _ => Finding::NotApplicable,
    }
}

/// gcloud's own projects: that of its sign-in and that of its default credentials.
const PROJECTS_OF_GCLOUD: [&str; 2] = ["32555940559", "764086051850"];

/// The project that the call counts for, where it may be another one than meant: a person's login
/// brings its own. A service account's calls count for the project that they are meant for.
fn counts_for_another<'e>(evidence: &'e Evidence<'_>) -> Option<&'e str> {
    let project = evidence.words.not_enabled_in.as_deref()?;
    let of_a_person =
        evidence.caller == Some(Caller::LocalUser) || PROJECTS_OF_GCLOUD.contains(&project);
    of_a_person.then_some(project)
}

/// A person's default credentials call an API that does not count for gcloud's own project.
fn lacks_quota_project(evidence: &Evidence<'_>) -> bool {
    evidence.words.quota_project_required
}

/// The call counts for the project of the login that made it, which need not be the one meant.
fn counted_elsewhere(project: &str) -> Finding {
    Found::likely(format!(
        "The call counts for the project `{}`, where this API is not enabled. If that is not the project you mean, the credentials are another login’s or name another quota project.",
        in_code(project)
    ))
    .because("The API names the project.")
    .because("If it is the right project, enable the API there and wait some minutes.")
    .because("A person’s credentials count for gcloud’s own project until a quota project is set.")
    .fix(if PROJECTS_OF_GCLOUD.contains(&project) { "quota-project-missing" } else { "api-disabled" })
    .into()
}

fn at_service(evidence: &Evidence<'_>) -> Finding {
    if evidence.credential.kind != Kind::GoogleIdToken || !evidence.platform_said_403() {
        return Finding::NotApplicable;
    }
    let Some(identity) = evidence.credential.identity() else {
        return Finding::NotApplicable;
    };
    let account = evidence.account_name();
    match identity.kind {
        IdentityKind::DefaultCompute { .. } | IdentityKind::AppEngineDefault { .. } => Found::possible(format!(
            "The call was made as {account}, a default account: the role may have been granted to another one."
        ))
        .because("`email` names a default account, which the caller uses when it is given no account of its own.")
        .because("Run the caller as a dedicated account, and grant that one.")
        .into(),
        _ if evidence.caller == Some(Caller::Impersonation) => Found::possible(format!(
            "The token is of {account}: if that is not the account you meant to impersonate, the impersonation did not take effect."
        ))
        .because("`email` is the account that IAM looks at.")
        .because("The role counts for the impersonated account, not for the one behind it.")
        .into(),
        _ => Found::possible(format!("The token is of {account}; the role may have been granted to another account."))
            .because("`email` is the account that IAM looks at.")
            .into(),
    }
}

fn at_api(evidence: &Evidence<'_>) -> Finding {
    let kind = evidence.credential.kind;
    let pod = evidence.caller == Some(Caller::Gke);
    if kind == Kind::AccessTokenFederated && evidence.refused() {
        return Found::new(
            if pod { Likelihood::Likely } else { Likelihood::Possible },
            "The token is federated (`ya29.d…`): its principal is the workload itself, not a service account, so roles granted to a service account do not count.",
        )
        .because("The prefix tells that it came from the STS.")
        .because("On GKE the Kubernetes account must be bound to the service account, or be granted the role itself.")
        .fix("acting-principal-lacks-role")
        .into();
    }
    let denied = evidence.response.status == Some(403)
        || evidence.response.says(Signal::ApiPermissionDenied);
    let names_another = evidence.words.names_service_account;
    let of_a_person = kind == Kind::AccessTokenUser || (evidence.no_credential() && !names_another);
    // Docker has logins of its own: neither of the two.
    let of_docker = evidence.response.says(Signal::RegistryDenied);
    if denied && of_a_person && !of_docker && evidence.caller == Some(Caller::LocalUser) {
        return Found::possible("The call was made as the person at the terminal: gcloud’s account and the application default credentials are two different logins, and the role may be on neither or on a service account.")
            .because("`gcloud auth list` shows one, the ADC file holds the other.")
            .usually("wrong-active-account")
            .into();
    }
    if denied && kind.is_access_token() {
        return Found::possible(
            "An access token does not show its account: it may be another than the granted one.",
        )
        .usually("wrong-active-account")
        .into();
    }
    Finding::NotApplicable
}
