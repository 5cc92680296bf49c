//! # What it is
//!
//! No token was made: gcloud, a client library, the token endpoint, STS or the IAM Credentials
//! API answered with an error, so there was nothing to send.
//!
//! # How it shows
//!
//! As an error of the tool that should have made the token, before any request to the service:
//! `Invalid account type for --audiences`, `No identity token can be obtained from the current
//! credentials`, `Permission 'iam.serviceAccounts.getOpenIdToken' denied`, `invalid_grant`,
//! `rejected by the attribute condition`. A Cloud Scheduler job whose agent may not make tokens
//! for the job's account logs an ordinary 401.
//!
//! # Why it happens
//!
//! The credentials at hand are of a kind that gives no ID token (a person's application default
//! credentials, federated credentials), the caller may not act as the service account, a login
//! or key has ended, or an argument is wrong.
//!
//! # How to fix
//!
//! By the error: drop a flag, impersonate a service account, grant
//! `roles/iam.serviceAccountTokenCreator` on that account, log in again, or name the workload
//! identity provider in full.
//!
//! # When it is something else
//!
//! When a token was made and the service refused it. `Permission … denied` for any other
//! permission than `iam.serviceAccounts.…` is about the role, not about the token.
//!
//! # References
//!
//! - <https://cloud.google.com/docs/authentication/get-id-token>
//! - <https://cloud.google.com/iam/docs/service-account-impersonation>
//! - <https://github.com/google-github-actions/auth/blob/main/docs/TROUBLESHOOTING.md>

use super::{Cause, Fact, Finding, Found, Gate, ruled_out};
use crate::evidence::{Door, Evidence};
use crate::fix::fill::Fill;
use crate::fix::{Fix, app, callers, grant, inspect, mint, verify};
use crate::input::Caller;
use crate::response::{MintError, Signal};

pub(super) const CAUSE: Cause = Cause {
    id: "token-generation-failed",
    title: "No token could be made",
    gate: Gate::Mint,
    citation: "https://cloud.google.com/docs/authentication/get-id-token",
    weight: 0,
    examine,
    fixes,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    let response = &evidence.response;
    if response.says(Signal::GrantFailed) || evidence.succeeded() {
        return Finding::NotApplicable;
    }
    if let Some(error) = response.mint_error() {
        let (summary, why) = match evidence.caller {
            Some(Caller::Gke | Caller::GithubActions)
                if error == MintError::ImpersonationDenied =>
            {
                WORKLOAD_DENIED
            }
            _ => explain(error),
        };
        return Found::certain(summary)
            .on(why, Fact::Quote(first_line(&response.text)))
            .into();
    }
    if evidence.door == Door::TokenEndpoint && !evidence.answer_is_empty() {
        return Found::likely(format!(
            "`{}` makes tokens, and it refused, so no token was made.",
            evidence.target.host
        ))
        .because("The answer comes from the place where tokens are made, not from your service.")
        .into();
    }
    if evidence.no_credential()
        && evidence.door == Door::Api
        && response.says(Signal::SchedulerAuthentication)
    {
        return Found::likely(
            "Cloud Scheduler’s call to a Google API was not authenticated: either its service agent may not make tokens for the job’s account, or the job has no OAuth account.",
        )
        .because("The log shows an ordinary 401 in both cases; look at the job’s `oauthToken` and at the agent’s role on that account.")
        .into();
    }
    if evidence.no_credential() && speaks_of_credentials(evidence) {
        return Found::possible("The pasted error speaks of credentials before any service answered, so the token was probably never made.")
            .on("It is a message of a tool or library.", Fact::Quote(first_line(&response.text)))
            .into();
    }
    if evidence.credential.kind.is_jwt() || evidence.credential.kind.is_access_token() {
        return ruled_out("A token was made: it is in the paste.");
    }
    Finding::NotApplicable
}

/// An error text about credentials that no door of Google's is known to write.
fn speaks_of_credentials(evidence: &Evidence<'_>) -> bool {
    let text = &evidence.exhibits.prose;
    let known = evidence
        .response
        .signals
        .iter()
        .any(|signal| !matches!(signal, Signal::AppTrace));
    let words = [
        "token",
        "jwt",
        "redential",
        "google.auth",
        "oauth",
        "OAuth",
        "impersonat",
        "metadata server",
    ];
    !known && evidence.response.status.is_none() && words.iter().any(|word| text.contains(word))
}

/// What [`MintError::ImpersonationDenied`] means where the caller is a workload with an identity
/// of its own, which needs another role. Source: the documentation of Workload Identity
/// Federation for GKE, and the action's TROUBLESHOOTING.md.
const WORKLOAD_DENIED: (&str, &str) = (
    "The workload may not act as that service account: `roles/iam.workloadIdentityUser` on it is missing for this workload, or its name is wrong.",
    "The binding names the exact namespace and Kubernetes account, or the exact repository: one letter’s difference is enough.",
);

/// The headline and the reason for each error. Source: facts.md §5.
fn explain(error: MintError) -> (&'static str, &'static str) {
    use MintError as E;
    match error {
        E::AudiencesFlag => (
            "gcloud refused `--audiences`: the active account is a person’s (or federated), and only a service account can choose the audience.",
            "For a person, leave `--audiences` out: Cloud Run accepts the audience gcloud uses by itself. Or impersonate a service account.",
        ),
        E::IncludeEmailFlag => (
            "gcloud refused `--include-email`: that flag works only together with `--impersonate-service-account`.",
            "Tokens of a service account’s key hold the e-mail anyway.",
        ),
        E::GceFlag => (
            "gcloud refused `--token-format` or `--include-license`: they work only on a Compute Engine VM.",
            "Off Compute Engine there is no instance to describe in the token.",
        ),
        E::LicenseFlag => (
            "gcloud refused `--include-license` without `--token-format=full`.",
            "Licences stand only in the full form of the token.",
        ),
        E::NoIdToken => (
            "The active credentials are federated, and those give access tokens but no ID tokens.",
            "Impersonate a service account: the IAM Credentials API makes the ID token for it.",
        ),
        E::ImpersonationDenied => (
            "The caller may not make tokens for that service account: `roles/iam.serviceAccountTokenCreator` on it is missing, or its name is wrong.",
            "gcloud needs `iam.serviceAccounts.getAccessToken` as well as `getOpenIdToken`; Project Owner does not include them.",
        ),
        E::ImpersonationScope => (
            "The source credential’s OAuth scopes do not cover the IAM Credentials API.",
            "Impersonation needs the scope `https://www.googleapis.com/auth/cloud-platform`; the role may be in order.",
        ),
        E::ImpersonationArgument => (
            "The IAM Credentials API refused the request as malformed, or knows no such account: check the service account’s e-mail and the scopes.",
            "A service URL is no OAuth scope, and quotes around the e-mail become part of its name.",
        ),
        E::Reauthentication => (
            "The login has expired and needs a person to renew it, which a script cannot do.",
            "Workspace administrators limit how long a session lasts; a service account has no such limit.",
        ),
        E::NoAccount => (
            "gcloud has no active account.",
            "Log in, or activate a service account.",
        ),
        E::NoCredentials => (
            "No application default credentials were found.",
            "The library looked at `GOOGLE_APPLICATION_CREDENTIALS`, at gcloud’s file and at the metadata server.",
        ),
        E::WrongCredentialType => (
            "These credentials cannot make an ID token for an audience: the library wants a service account, impersonation or the metadata server.",
            "A person’s `gcloud auth application-default login` and federated credentials give access tokens only.",
        ),
        E::Metadata => (
            "The metadata server did not give a token: it is not there, concealed, or the pod has no bound service account.",
            "Outside Google Cloud there is none; on GKE the Kubernetes account must be bound to a service account.",
        ),
        E::AttributeCondition => (
            "The workload identity provider’s attribute condition refused the external token.",
            "The token’s claims (repository, owner, ref, workspace) differ from what the condition names, if only in one letter.",
        ),
        E::ProviderName => (
            "The workload identity provider is not named in full.",
            "STS wants `projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER`, with the project’s number.",
        ),
        E::ProviderUnknown => (
            "The workload identity pool or provider that was named does not exist, or is disabled or deleted.",
            "The STS names neither: compare the whole name, with the project’s number, with what `describe` prints.",
        ),
        E::SubjectToken => (
            "The workload identity provider could not take the external token: its issuer, audience or a mapped attribute does not fit.",
            "Compare the token’s `iss` and `aud` with the provider’s issuer and allowed audiences; a mapped attribute may have at most 127 bytes.",
        ),
        E::KeySignature => (
            "Google does not know the key that signed the request: it was deleted, or it belongs to another account.",
            "Make a new key, or better, stop using keys and impersonate.",
        ),
        E::AssertionAudience => (
            "The assertion’s `aud` is not the token endpoint: it must be `https://oauth2.googleapis.com/token`.",
            "The service’s URL belongs into `target_audience`.",
        ),
        E::ForeignAudience => (
            "A person’s refresh token cannot ask for the audience of a client in another project.",
            "gcloud’s client belongs to Google’s own project; use a service account for an IAP audience.",
        ),
        E::Scope => (
            "A URL was asked for as an OAuth scope, but what the service needs is an ID token with that URL as audience.",
            "Access tokens have scopes; ID tokens have an audience.",
        ),
        E::GithubPermission => (
            "The GitHub job may not ask for its OIDC token: the workflow lacks `permissions: id-token: write`.",
            "Without that permission GitHub sets no `ACTIONS_ID_TOKEN_REQUEST_URL`; jobs of a fork never get it.",
        ),
        E::UnauthorizedClient => (
            "The token endpoint refused this client: it is not authorised for the asked user or scopes (domain-wide delegation), or the provider’s condition refused it.",
            "A Workspace administrator allows the client id with exactly these scopes; drop the subject when no user is to be impersonated.",
        ),
        E::InvalidGrant => (
            "The token endpoint refused the grant: the refresh token, key or clock is no longer good.",
            "Log in again, or make a new key; a machine clock that is minutes off does the same.",
        ),
        E::Lifetime => (
            "The asked lifetime is beyond the limit of one hour.",
            "Longer ones need an organisation policy for that account.",
        ),
        E::AudienceMissing => (
            "No audience was given, and an ID token cannot be made without one.",
            "The audience is the service’s URL.",
        ),
        E::AccountUnknown => (
            "Google knows no such service account: it was deleted, or its e-mail is misspelt.",
            "An account of the same name made later is another one: keys and grants do not come back with it.",
        ),
        E::AssertionTimes => (
            "The token endpoint refused the times of the signed assertion: the clock of the machine is off, or more than an hour lies between `iat` and `exp`.",
            "Machines that slept, and containers on them, run minutes behind.",
        ),
        E::KeyUnreadable => (
            "The service account’s key could not be read, so nothing was signed: the JSON is cut or quoted, or the line ends of its `private_key` became the two characters `\\n`.",
            "Pass the file as it was downloaded; better, stop using keys and impersonate.",
        ),
        E::Unreachable => (
            "The place where tokens are made could not be reached: a name server, proxy, firewall or the network’s egress keeps it away.",
            "Nobody refused anything yet. Its host must be reachable by HTTPS; where all traffic leaves through a VPC, that needs Private Google Access or a NAT.",
        ),
        E::Other => (
            "The tool that should have made the token reported an error, so nothing was sent.",
            "Its message is the first thing to follow.",
        ),
    }
}

/// The first line of the error, at most 200 characters.
fn first_line(text: &str) -> String {
    text.lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect()
}

fn fixes(evidence: &Evidence<'_>) -> Vec<Fix> {
    let fill = evidence.fill();
    let error = evidence.response.mint_error();
    let mut fixes = remedies(error, fill);
    // A job that may not ask for a token has not come to any account yet.
    if error != Some(MintError::GithubPermission) {
        fixes.insert(0, inspect::caller_account(fill));
    }
    fixes.push(verify::again(fill));
    // For some callers two remedies are one: who sends the token is who runs as the account.
    let mut seen = Vec::new();
    fixes.retain(|fix| {
        let is_new = !seen.contains(&fix.title);
        seen.push(fix.title.clone());
        is_new
    });
    fixes
}

/// What mends the error, the nearest first. Source: facts.md §5.
fn remedies(error: Option<MintError>, fill: &Fill) -> Vec<Fix> {
    use MintError as E;
    let Some(error) = error else {
        return at_a_loss(fill);
    };
    match error {
        E::AudiencesFlag | E::IncludeEmailFlag | E::GceFlag | E::LicenseFlag => {
            let impersonate = [mint::impersonated(fill), grant::token_creator(fill)];
            // Cloud Run alone takes the token that gcloud prints without the flag.
            let bare = (fill.door == Door::Run).then(|| mint::own_id_token(fill));
            bare.into_iter().chain(impersonate).collect()
        }
        E::NoIdToken => vec![
            mint::impersonated(fill),
            mint::generate_id_token(fill),
            grant::token_creator(fill),
        ],
        E::ImpersonationDenied => vec![
            grant::token_creator(fill),
            inspect::account_policy(fill),
            inspect::account(fill),
            if at_a_terminal(fill) {
                mint::impersonated(fill)
            } else {
                callers::send(fill)
            },
        ],
        E::ImpersonationScope => vec![app::adc_scopes(fill), callers::send(fill)],
        E::ImpersonationArgument | E::AccountUnknown => {
            vec![inspect::account(fill), mint::impersonated(fill)]
        }
        E::Reauthentication | E::NoAccount => vec![app::login(fill), app::adc_as(fill)],
        E::NoCredentials | E::WrongCredentialType if at_a_terminal(fill) => {
            vec![
                app::adc_as(fill),
                grant::token_creator(fill),
                app::login(fill),
                callers::send(fill),
            ]
        }
        E::Metadata if at_a_terminal(fill) => vec![
            app::adc_as(fill),
            grant::token_creator(fill),
            callers::send(fill),
        ],
        E::Metadata if fill.caller == Some(Caller::Gke) => {
            vec![callers::run_as(fill), grant::token_creator(fill)]
        }
        E::NoCredentials | E::WrongCredentialType | E::Metadata => {
            vec![callers::run_as(fill), callers::send(fill)]
        }
        E::AttributeCondition => vec![grant::provider_condition(fill), callers::send(fill)],
        E::ProviderName | E::ProviderUnknown | E::SubjectToken => {
            vec![inspect::provider(fill), callers::send(fill)]
        }
        E::KeySignature => vec![inspect::keys(fill), callers::send(fill)],
        E::ForeignAudience => vec![mint::impersonated(fill), grant::token_creator(fill)],
        E::AssertionAudience | E::Scope | E::GithubPermission | E::AudienceMissing => {
            vec![callers::send(fill)]
        }
        E::UnauthorizedClient => vec![inspect::delegation(fill), callers::send(fill)],
        E::AssertionTimes => vec![inspect::clock(fill), callers::send(fill)],
        E::KeyUnreadable => vec![
            app::adc_as(fill),
            grant::token_creator(fill),
            callers::send(fill),
        ],
        E::InvalidGrant => vec![
            app::login(fill),
            inspect::clock(fill),
            inspect::keys(fill),
            callers::send(fill),
        ],
        E::Lifetime => callers::fresh(fill),
        E::Unreachable => vec![inspect::token_endpoint(fill)],
        E::Other => at_a_loss(fill),
    }
}

/// The message tells nothing that this program knows.
fn at_a_loss(fill: &Fill) -> Vec<Fix> {
    match fill.caller {
        Some(Caller::CloudRun | Caller::CloudFunctions | Caller::Gce) => {
            vec![mint::metadata(fill), callers::send(fill)]
        }
        Some(Caller::Workflows | Caller::Browser) => vec![callers::send(fill)],
        None | Some(Caller::LocalUser) => vec![
            app::login(fill),
            grant::token_creator(fill),
            mint::impersonated(fill),
            app::adc_as(fill),
        ],
        Some(_) => vec![
            inspect::account(fill),
            inspect::account_policy(fill),
            grant::token_creator(fill),
            callers::send(fill),
        ],
    }
}

/// Nobody told that anything else than a person's machine makes the token.
fn at_a_terminal(fill: &Fill) -> bool {
    matches!(fill.caller, None | Some(Caller::LocalUser))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Input;

    /// The titles of the fixes, after the look at who calls.
    fn titles(error: &str, caller: Option<Caller>) -> Vec<String> {
        let mut input = Input::at(0);
        input.paste = error.to_owned();
        input.caller = caller;
        let report = crate::diagnose(&input);
        let first = report.causes.first().expect("a cause");
        assert_eq!(first.cause.id, CAUSE.id, "{error}");
        first.fixes().map(|fix| fix.title.clone()).collect()
    }

    #[test]
    fn the_error_decides_what_to_do_first() {
        for (error, first) in [
            (
                "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).",
                "Let yourself impersonate",
            ),
            (
                "Invalid account type for `--audiences`. Requires valid service account.",
                "Print a fresh ID token of your own account",
            ),
            (
                "You do not currently have an active account selected.",
                "Sign in again",
            ),
            (
                "idtoken: unsupported credentials type",
                "Have libraries on this machine act as",
            ),
            (
                "The given credential is rejected by the attribute condition.",
                "Have the identity provider admit",
            ),
            (
                "unauthorized_client: Client is unauthorized to retrieve access tokens using this method",
                "See the client id of",
            ),
            (
                "invalid_scope: Invalid OAuth scope or ID token audience provided.",
                "Have the calling code send an ID token",
            ),
        ] {
            let titles = titles(error, None);
            assert!(
                titles.get(1).is_some_and(|title| title.starts_with(first)),
                "{error}: {titles:?}"
            );
        }
    }

    #[test]
    fn a_status_of_the_iam_credentials_api_tells_whether_the_role_or_the_name_is_wrong() {
        let error = |status| {
            format!(
                "unable to generate access token: Post \"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/x@example-project.iam.gserviceaccount.com:generateAccessToken\": {status}"
            )
        };
        let granted = |status| {
            titles(&error(status), Some(Caller::CloudRun))
                .iter()
                .any(|title| title.starts_with("Let the caller’s own account make tokens of x@"))
        };
        assert!(granted("403 Forbidden"));
        assert!(!granted("404 Not Found"));
    }

    #[test]
    fn a_github_job_is_told_its_permissions_first() {
        let error = "GitHub Actions did not inject $ACTIONS_ID_TOKEN_REQUEST_URL into this job.";
        let titles = titles(error, None);
        assert_eq!(
            titles.first().map(String::as_str),
            Some("Have the job get an ID token for AUDIENCE")
        );
    }
}
