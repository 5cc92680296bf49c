//! # What it is
//!
//! The token is in order, but its account has no role that lets it enter.
//!
//! # How it shows
//!
//! **403**. Cloud Run logs `The IAM principal lacks {run.routes.invoke} permission`; IAP says that
//! the account has no access; Google APIs say `PERMISSION_DENIED`.
//!
//! # Why it happens
//!
//! The grant was never made, was made on the wrong resource or with the wrong role
//! (`roles/cloudfunctions.invoker` does nothing for a 2nd gen function), failed unnoticed, or a
//! deployment overwrote it.
//!
//! # How to fix
//!
//! Grant the caller's account `roles/run.invoker` on the service; for IAP
//! `roles/iap.httpsResourceAccessor`; for a 1st gen function `roles/cloudfunctions.invoker`.
//!
//! # When it is something else
//!
//! A 401 is never a missing role. The same 403 page also comes when no token arrived.
//!
//! # References
//!
//! - <https://cloud.google.com/run/docs/securing/managing-access>
//! - <https://cloud.google.com/functions/docs/securing/authenticating>

use super::{Cause, Finding, Found, Gate, Likelihood, ruled_out};
use crate::credential::Kind;
use crate::evidence::{Door, Evidence};
use crate::input::Caller;
use crate::response::{Answerer, Signal, permission};
use crate::visible::in_code;

pub(super) const CAUSE: Cause = Cause {
    id: "iam-binding-missing",
    title: "The account lacks the role",
    gate: Gate::Allow,
    citation: "https://cloud.google.com/run/docs/securing/managing-access",
    weight: 50,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    let response = &evidence.response;
    if response.says(Signal::GrantFailed)
        && !response.says(Signal::OrgPolicy)
        && !evidence.words.does_not_exist
    {
        if evidence.words.role_not_supported {
            return Found::likely("The role cannot be granted on that kind of resource, so nobody was granted anything.")
                .because("The invoker role of a 2nd gen function is granted on the Cloud Run service behind it.")
                .fix("function-invoker-wrong-resource")
                .into();
        }
        return Found::likely(
            "The command that should grant the role failed, so nobody was granted anything.",
        )
        .because("The paste is that command’s error.")
        .because("`gcloud run services …` needs `--region`.")
        .into();
    }
    if response.says(Signal::EdgeLacksInvoke) {
        // A grant that is minutes old, or has a condition, is answered in the same words.
        return Found::likely(lacks_invoker(evidence))
            .because("The answer names the missing permission, `run.routes.invoke`.")
            .into();
    }
    if response.says(Signal::IapNoAccess) {
        return Found::likely(format!(
            "IAP knows the account but does not let it in: {} lacks `roles/iap.httpsResourceAccessor`.",
            evidence.account_name()
        ))
        .because("A 403 of IAP comes after the token was accepted.")
        .fix("iap-accessor-role-missing")
        .into();
    }
    match evidence.door {
        Door::Api => at_api(evidence),
        Door::Run | Door::Function => at_service(evidence),
        Door::Unknown if denied_by_name(evidence) => at_api(evidence),
        Door::Unknown
            if response.status == Some(403) && evidence.no_credential() && delivered(evidence) =>
        {
            lacks_token_or_role(evidence)
        }
        Door::Iap | Door::App
            if evidence.response.status == Some(403)
                && response.answered_by != Answerer::App
                && evidence.credential.kind == Kind::GoogleIdToken =>
        {
            Found::possible(format!(
                "{} may lack the role that this door asks for.",
                evidence.account_name()
            ))
            .fix("iap-accessor-role-missing")
            .into()
        }
        _ => Finding::NotApplicable,
    }
}

fn at_service(evidence: &Evidence<'_>) -> Finding {
    if evidence.app_answered() {
        return ruled_out("The application answered, so the account was let in.");
    }
    if evidence.platform_said_401() {
        return ruled_out("A missing role gives 403; this is a 401.");
    }
    if !evidence.platform_said_403() {
        return Finding::NotApplicable;
    }
    if evidence.no_credential() && delivered(evidence) {
        return lacks_token_or_role(evidence);
    }
    if evidence.no_credential() {
        return Found::possible(format!(
            "If the call is meant to be anonymous, {} is not public: `allUsers` has no invoker role.",
            evidence.service_name()
        ))
        .because("The 403 page is the same for a missing token and a missing role; the service’s log tells them apart.")
        .usually("service-not-public")
        .into();
    }
    if evidence.credential.kind != Kind::GoogleIdToken && !evidence.credential.hidden {
        return Finding::NotApplicable;
    }
    Found::new(
        if evidence.fits_the_door() || evidence.credential.hidden {
            Likelihood::Likely
        } else {
            Likelihood::Possible
        },
        lacks_invoker(evidence),
    )
    .because("403 comes after the token was accepted.")
    .because("IAM is not in a token, so the policy itself must tell.")
    .into()
}

/// A job, task or message was delivered, whose log does not show what was sent.
fn delivered(evidence: &Evidence<'_>) -> bool {
    evidence.caller.is_some_and(Caller::delivers)
}

fn lacks_token_or_role(evidence: &Evidence<'_>) -> Finding {
    if evidence.caller == Some(Caller::Eventarc) {
        return Found::likely(format!(
            "The trigger’s account probably lacks the invoker role on {}.",
            evidence.service_name()
        ))
        .because("Eventarc calls with a token of the trigger’s account; a trigger without one sends none, and gets the same 403.")
        .fix("run-invoker-missing")
        .into();
    }
    Found::possible("If a token is sent, its account lacks the invoker role on the service.")
        .because("The log shows the same 403 for a missing token and for a missing role.")
        .into()
}

fn lacks_invoker(evidence: &Evidence<'_>) -> String {
    let role = if evidence.door == Door::Function {
        "the invoker role (`roles/run.invoker` for 2nd gen, `roles/cloudfunctions.invoker` for 1st gen)"
    } else {
        "`roles/run.invoker`"
    };
    let refused = if evidence.fits_the_door() {
        "The token fits this service, so the account is what was refused"
    } else {
        "The caller was refused"
    };
    let account = if evidence.unseen() {
        "the account that called".to_owned()
    } else {
        evidence.account_name()
    };
    format!(
        "{refused}: {account} probably lacks {role} on {}. A grant needs a few minutes to take effect.",
        evidence.service_name()
    )
}

/// An API says in its own words that the caller may not: `PERMISSION_DENIED` is never the
/// answer to a caller it does not know. The logs of jobs and pushes write the word for any 403.
fn denied_by_name(evidence: &Evidence<'_>) -> bool {
    let response = &evidence.response;
    let named = evidence.words.denied
        && response.answered_by == Answerer::Unknown
        && !evidence.words.is_log
        && !delivered(evidence);
    let of_a_token = evidence
        .words
        .permission
        .as_deref()
        .is_some_and(permission::makes_tokens);
    !of_a_token && (response.says(Signal::ApiPermissionDenied) || named)
}

fn at_api(evidence: &Evidence<'_>) -> Finding {
    let response = &evidence.response;
    let other_reason = [
        Signal::ApiScope,
        Signal::VpcServiceControls,
        Signal::ApiConsumer,
        Signal::ApiKeyUnsupported,
        Signal::ApiKeyRefused,
        Signal::ApiAccountState,
    ]
    .iter()
    .any(|signal| response.says(*signal));
    let denied = response.says(Signal::ApiPermissionDenied)
        || response.status == Some(403)
        || evidence.words.denied;
    if other_reason || !denied {
        return Finding::NotApplicable;
    }
    if acts_as(evidence) {
        return Found::likely("Whoever deploys may not have anything run as that service account: `iam.serviceAccounts.actAs` on it is missing.")
            .because("`roles/iam.serviceAccountUser` on the account holds it. It is asked for at deployment, not when the service is called.")
            .fix("service-account-user-missing")
            .into();
    }
    let named = evidence.words.permission.as_deref();
    let what = match (&evidence.target.job, named) {
        (_, Some(named)) => format!("`{}`", in_code(named)),
        (Some(job), None) => format!("the permission to run the job `{job}`"),
        (None, None) => "the permission for this call".to_owned(),
    };
    let usual = match named {
        _ if evidence.credential.kind == Kind::AccessTokenFederated => {
            "acting-principal-lacks-role"
        }
        Some(named) if named.ends_with(".setIamPolicy") => "set-iam-policy-role-missing",
        Some(_) => "permission-role-missing",
        None if evidence.target.job.is_some() => "run-job-invoker-missing",
        None => "permission-role-missing",
    };
    let found = Found::likely(format!(
        "The API knows the account, but its roles do not hold {what}."
    ))
    .because("403 `PERMISSION_DENIED` comes after the token was accepted.");
    // What opens a service opens no job.
    if usual == "run-job-invoker-missing" {
        found.fix(usual).into()
    } else {
        found.usually(usual).into()
    }
}

/// The permission to attach a service account to what is deployed, which is asked for on the
/// account.
fn acts_as(evidence: &Evidence<'_>) -> bool {
    evidence
        .words
        .permission
        .as_deref()
        .is_some_and(|named| named.eq_ignore_ascii_case("iam.serviceAccounts.actAs"))
}
