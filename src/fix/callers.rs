//! What each caller must do to send the right credential.

use super::app;
use super::code;
use super::command::{Bearer, Words};
use super::draft::Draft;
use super::fill::{self, Fill};
use super::hole::Hole;
use super::mint;
use super::{Fix, Language, terraform, yaml};
use crate::credential::Kind;
use crate::evidence::Door;
use crate::input::Caller;

/// Has the caller send the credential that the door wants.
pub(crate) fn send(fill: &Fill) -> Fix {
    match (fill.door, fill.caller) {
        (Door::Api, Some(Caller::Browser)) => page_api(fill),
        (_, Some(Caller::Browser)) => front(fill),
        (Door::Api, _) => send_access_token(fill),
        (Door::Iap, caller) if fill::sends_google_tokens(caller) => {
            let mut fix = send_id_token(fill);
            fix.caution.insert_str(0, IAP_CLIENT);
            fix
        }
        (Door::Iap, _) => send_signed_jwt(fill),
        (Door::Gateway, _) => send_to_gateway(fill),
        _ => send_id_token(fill),
    }
}

const IAP_CLIENT: &str = "IAP takes such a token only when it has an OAuth client of your own, whose id is the audience. ";

/// A fresh credential: how to print one where somebody sits at a terminal or nobody told who
/// calls, and what the caller must do to send it.
pub(crate) fn fresh(fill: &Fill) -> Vec<Fix> {
    let terminal = matches!(fill.caller, Some(Caller::LocalUser | Caller::Impersonation));
    let by_hand = terminal || fill.caller.is_none();
    match fill.door {
        Door::Api if fill.caller.is_some() => vec![send(fill)],
        _ if fill.caller == Some(Caller::Browser) => vec![page_sign_in(fill), front(fill)],
        Door::Iap if by_hand && fill.known(Hole::OauthClientId).is_some() => {
            vec![mint::for_iap_client(fill)]
        }
        Door::Iap | Door::Gateway if terminal => {
            vec![mint::claims_file(fill), mint::sign_jwt(fill)]
        }
        Door::Iap | Door::Gateway if by_hand => {
            vec![mint::claims_file(fill), mint::sign_jwt(fill), send(fill)]
        }
        _ if by_hand && !terminal => vec![mint::fresh(fill), send(fill)],
        _ => vec![send(fill)],
    }
}

/// What [`fresh`] changes first.
pub(crate) fn first_fresh(fill: &Fill) -> Fix {
    let mut fixes = fresh(fill).into_iter();
    fixes.next().unwrap_or_else(|| send(fill))
}

/// Has the caller send an ID token made for the service.
fn send_id_token(fill: &Fill) -> Fix {
    match fill.caller {
        Some(Caller::CloudScheduler) => Draft::changes(fill, "Have the job send an ID token for AUDIENCE")
            .caution("Without `--oidc-token-audience` the audience is the whole URL, with its path and query.")
            .sh(&[
                "gcloud scheduler jobs update http",
                "SCHEDULER_JOB",
                "--location=LOCATION",
                "[--project=PROJECT_ID]",
                "--oidc-service-account-email=SERVICE_ACCOUNT_EMAIL",
                "--oidc-token-audience=AUDIENCE",
            ])
            .code(Language::Hcl, &terraform::SCHEDULER)
            .done(),
        Some(Caller::CloudTasks) => Draft::changes(fill, "Enqueue tasks with an ID token for AUDIENCE")
            .caution("Without an audience the token is made for the task’s whole URL. Tasks already in the queue keep what they have.")
            .codes(code::CREATE_TASK)
            .sh(&[
                "gcloud tasks create-http-task",
                "--queue=QUEUE",
                "--location=LOCATION",
                "[--project=PROJECT_ID]",
                "--url=REQUEST_URL",
                "--oidc-service-account-email=SERVICE_ACCOUNT_EMAIL",
                "--oidc-token-audience=AUDIENCE",
            ])
            .code(Language::Hcl, &terraform::TASKS)
            .done(),
        Some(Caller::PubsubPush) => Draft::changes(fill, "Have the subscription push with an ID token for AUDIENCE")
            .caution("The whole push configuration is replaced: name the endpoint as it should stay.")
            .sh(&[
                "gcloud pubsub subscriptions modify-push-config",
                "SUBSCRIPTION",
                "[--project=PROJECT_ID]",
                "--push-endpoint=REQUEST_URL",
                "--push-auth-service-account=SERVICE_ACCOUNT_EMAIL",
                "--push-auth-token-audience=AUDIENCE",
            ])
            .code(Language::Hcl, &terraform::PUBSUB)
            .done(),
        Some(Caller::Eventarc) => Draft::changes(fill, "Have the trigger call as SERVICE_ACCOUNT_EMAIL")
            .caution("Eventarc makes the token for its destination by itself; the account is what can be set.")
            .sh(&[
                "gcloud eventarc triggers update",
                "TRIGGER",
                "--location=LOCATION",
                "[--project=PROJECT_ID]",
                "--service-account=SERVICE_ACCOUNT_EMAIL",
            ])
            .code(Language::Hcl, &terraform::EVENTARC)
            .done(),
        Some(Caller::Workflows) => Draft::changes(fill, "Have the workflow’s step send an ID token for AUDIENCE")
            .caution("Without `auth` a step sends no token at all. It runs as the workflow’s own account.")
            .code(Language::Yaml, &yaml::WORKFLOW)
            .done(),
        Some(Caller::GithubActions) => Draft::changes(fill, "Have the job get an ID token for AUDIENCE")
            .caution("GitHub’s own OIDC token is exchanged for one of Google’s; the service never accepts GitHub’s.")
            .code(Language::Yaml, &yaml::GITHUB)
            .done(),
        Some(Caller::Impersonation) => mint::impersonated(fill),
        Some(Caller::LocalUser) if fill.door == Door::Run => mint::own_id_token(fill),
        Some(Caller::LocalUser) => mint::impersonated(fill),
        _ => Draft::changes(fill, "Have the calling code send an ID token for AUDIENCE")
            .caution("The library gets the token from where the code runs and renews it before it expires.")
            .codes(code::CALL)
            .done(),
    }
}

/// Has the caller send an access token to a Google API.
pub(crate) fn send_access_token(fill: &Fill) -> Fix {
    match fill.caller {
        Some(Caller::CloudScheduler) => Draft::changes(fill, "Have the job send an access token (OAuth) instead of an ID token")
            .caution("Google APIs, running a Cloud Run job among them, take access tokens alone.")
            .sh(&[
                "gcloud scheduler jobs update http",
                "SCHEDULER_JOB",
                "--location=LOCATION",
                "[--project=PROJECT_ID]",
                "--oauth-service-account-email=SERVICE_ACCOUNT_EMAIL",
            ])
            .code(Language::Hcl, &terraform::SCHEDULER_API)
            .done(),
        Some(Caller::CloudTasks) => Draft::changes(fill, "Enqueue tasks with an access token (OAuth) instead of an ID token")
            .sh(&[
                "gcloud tasks create-http-task",
                "--queue=QUEUE",
                "--location=LOCATION",
                "[--project=PROJECT_ID]",
                "--url=API_URL",
                "--oauth-service-account-email=SERVICE_ACCOUNT_EMAIL",
            ])
            .done(),
        Some(Caller::Workflows) => Draft::changes(fill, "Have the workflow’s step send an access token (OAuth2)")
            .code(Language::Yaml, &yaml::WORKFLOW_API)
            .done(),
        Some(Caller::GithubActions) => Draft::changes(fill, "Have the job get an access token")
            .code(Language::Yaml, &yaml::GITHUB_API)
            .done(),
        Some(Caller::LocalUser | Caller::Impersonation) => mint::access_token(fill),
        _ => Draft::changes(fill, "Have the calling code send an access token")
            .caution("The library gets the token from where the code runs and renews it before it expires.")
            .codes(code::CALL_API)
            .done(),
    }
}

/// Has the caller send a JWT that its service account signs, as IAP wants it.
fn send_signed_jwt(fill: &Fill) -> Fix {
    Draft::changes(fill, "Send IAP a JWT that SERVICE_ACCOUNT_EMAIL signs")
        .caution("IAP takes it whichever OAuth client it has. An ID token does as well where its audience is the id of IAP’s own client, or of one on its list of programmatic clients. The caller needs `roles/iam.serviceAccountTokenCreator` on the account.")
        .codes(code::CALL_IAP)
        .done()
}

/// Has the gateway know the caller's tokens.
fn send_to_gateway(fill: &Fill) -> Fix {
    Draft::changes(fill, "Have the gateway’s OpenAPI document name the issuer and audience of the token")
        .caution("A gateway takes tokens by the `x-google-issuer` and `x-google-audiences` of its document, not by IAM. The first form is for a Google ID token, the second for a JWT that the service account signs, the third for Firebase.")
        .code(Language::Yaml, &yaml::GATEWAY_GOOGLE)
        .code(Language::Yaml, &yaml::GATEWAY_ACCOUNT)
        .code(Language::Yaml, &yaml::GATEWAY_FIREBASE)
        .done()
}

/// Has the page send the token of whoever is signed in, fresh.
pub(crate) fn page_sign_in(fill: &Fill) -> Fix {
    Draft::changes(fill, "Have the page ask for a fresh token before each call")
        .caution("For a service that checks its users’ sign-in itself, behind a public door.")
        .codes(code::PAGE_FIREBASE)
        .done()
}

/// Has the page exchange a custom token before it calls.
pub(crate) fn exchange_custom_token(fill: &Fill) -> Fix {
    Draft::changes(
        fill,
        "Have the page exchange the custom token for an ID token",
    )
    .caution("A custom token is a request to sign in: services take the ID token that comes of it.")
    .codes(code::PAGE_CUSTOM_TOKEN)
    .done()
}

/// Has the page call a Google API as its user.
fn page_api(fill: &Fill) -> Fix {
    Draft::changes(fill, "Have the page ask its user for an access token")
        .caution("An ID token tells who the user is; an API wants an access token with the API’s scope. Fill in API_SCOPE: the scope that the API’s reference names.")
        .codes(code::PAGE_API)
        .done()
}

/// Calls a private service through gcloud's proxy.
pub(crate) fn proxy(fill: &Fill) -> Fix {
    Draft::reads(
        fill,
        "Or call it through gcloud’s proxy, at http://localhost:8080",
    )
    .caution("The proxy adds a token of your own account to every request while it runs.")
    .sh(&[
        "gcloud run services proxy",
        "SERVICE",
        "--region=REGION",
        "[--project=PROJECT_ID]",
        "--port=8080",
    ])
    .done()
}

/// A public front between browsers and the private service.
pub(crate) fn front(fill: &Fill) -> Fix {
    Draft::changes(fill, "Put a public front between the browser and the private service")
        .caution("A browser has no Google ID token for a service and its preflight carries no token, so a private service cannot be called from a page. The front checks who is signed in, then calls the service as its own account. Fill in YOUR_SITE: the page’s origin.")
        .codes(code::FRONT)
        .done()
}

/// A gateway that checks the sign-in of an app's users.
pub(crate) fn gateway_front(fill: &Fill) -> Fix {
    Draft::changes(fill, "Or have API Gateway check the sign-in")
        .caution("The gateway is public, answers the preflight when the document allows CORS, and calls the service as its own account.")
        .code(Language::Yaml, &yaml::GATEWAY_FIREBASE)
        .done()
}

/// Identity-Aware Proxy for people in a browser.
pub(crate) fn iap_front(fill: &Fill) -> Fix {
    Draft::changes(fill, "Or put IAP in front, for people of your organisation")
        .caution("Needs gcloud 558 or newer. People then sign in at the page itself, and calls of the same origin carry their session. A bare ID token for the service is refused from then on.")
        .sh(&["gcloud run services update", "SERVICE", "--region=REGION", "[--project=PROJECT_ID]", "--iap"])
        .done()
}

/// Has the caller use the account that it runs as.
pub(crate) fn own_account(fill: &Fill) -> Fix {
    Draft::changes(fill, "Have the caller make its token as the account that it runs as")
        .caution("Remove the key file, the variable GOOGLE_APPLICATION_CREDENTIALS or the impersonation from the caller: without them the library asks the metadata server, whose tokens are of the attached account.")
        .codes(code::CALL)
        .done()
}

/// Gives the caller an account of its own.
pub(crate) fn run_as(fill: &Fill) -> Fix {
    match fill.caller {
        Some(caller) if caller.delivers() => send(fill),
        Some(Caller::Workflows) => {
            Draft::changes(fill, "Run the workflow as SERVICE_ACCOUNT_EMAIL")
                .sh(&[
                    "gcloud workflows deploy",
                    "WORKFLOW",
                    "--location=LOCATION",
                    "[--project=PROJECT_ID]",
                    "--service-account=SERVICE_ACCOUNT_EMAIL",
                ])
                .done()
        }
        Some(Caller::CloudRun) => {
            Draft::changes(fill, "Run the calling service as SERVICE_ACCOUNT_EMAIL")
                .sh(&[
                    "gcloud run services update",
                    "CALLING_SERVICE",
                    "--region=LOCATION",
                    "[--project=PROJECT_ID]",
                    "--service-account=SERVICE_ACCOUNT_EMAIL",
                ])
                .code(Language::Hcl, &terraform::CALLER_ACCOUNT)
                .done()
        }
        Some(Caller::Gke) => {
            Draft::changes(fill, "Bind the pod’s account to SERVICE_ACCOUNT_EMAIL")
                .caution("Then restart the pods.")
                .sh(&[
                    "kubectl annotate serviceaccount",
                    "KUBERNETES_ACCOUNT",
                    "--namespace=NAMESPACE",
                    "--overwrite",
                    "iam.gke.io/gcp-service-account=SERVICE_ACCOUNT_EMAIL",
                ])
                .done()
        }
        Some(Caller::LocalUser | Caller::Impersonation) if fill.door == Door::Api => {
            app::adc_as(fill)
        }
        Some(Caller::LocalUser | Caller::Impersonation) => mint::impersonated(fill),
        Some(Caller::Browser) => send(fill),
        Some(Caller::GithubActions) => send(fill),
        _ => Draft::changes(fill, "Give the caller an account of its own")
            .caution("Then deploy the caller with it.")
            .sh(&[
                "gcloud iam service-accounts create",
                "calling-service",
                "[--project=PROJECT_ID]",
            ])
            .done(),
    }
}

/// Frees `Authorization` for the application's own token.
pub(crate) fn two_headers(fill: &Fill, kind: Kind) -> Fix {
    const APP: &str = "When both are there the door checks the first alone and leaves `Authorization` to the application. Fill in APPLICATION_TOKEN.";
    if fill.door == Door::Iap || kind == Kind::IapAssertion {
        return Draft::reads(
            fill,
            "Send IAP’s token in `Proxy-Authorization`, the application’s in `Authorization`",
        )
        .caution(APP)
        .caution("`token.jwt` is a file that `sign-jwt` writes.")
        .curl("Proxy-Authorization", Bearer::SignedForHost, APP_CALL)
        .done();
    }
    Draft::reads(fill, "Send the platform’s token in `X-Serverless-Authorization`, the application’s in `Authorization`")
        .caution(APP)
        .curl("X-Serverless-Authorization", Bearer::Account, APP_CALL)
        .done()
}

const APP_CALL: Words = &[
    "curl",
    "-so",
    "/dev/null",
    "-w",
    r"%{http_code}\n",
    "-H",
    "Authorization: Bearer APPLICATION_TOKEN",
];
