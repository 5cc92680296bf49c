//! Sign-ins of people: gcloud's, a program's, an application's own OAuth client.

use super::{MINT, Variant, adc, ci, metadata, told};
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language, app, callers, grant, inspect, mint};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "user-login-expired",
        cause: MINT,
        says: "The stored sign-in of a person is no longer good: it ended, was revoked or damaged, or its account is gone.",
        why: "A changed password, a withdrawn consent, half a year without use end it; an app in Testing has its sign-ins end after seven days.",
        remedy: |fill| person(fill, again(fill)).verify(adc::try_adc(fill)),
    },
    Variant {
        id: "reauth-required",
        cause: MINT,
        says: "The session of the sign-in is over, and a person must sign in again, which a script cannot do.",
        why: "Workspace and Cloud administrators limit how long a session lasts; a service account has no such limit.",
        remedy: |fill| person(fill, again(fill)).verify(adc::try_adc(fill)),
    },
    Variant {
        id: "refresh-token-missing",
        cause: MINT,
        says: "The stored sign-in has no refresh token, so it cannot be renewed.",
        why: "Google gives one only for `access_type=offline`, and mostly only at the first consent.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Sign in again, and ask for offline access")
                .caution("In an own application delete the stored token (token.json) before. Log in again with consent, or no refresh_token comes.")
                .code(Language::Python, &told!("url, state = flow.authorization_url(access_type=\"offline\", prompt=\"consent\")"))
                .code(Language::JavaScript, &told!("const url = client.generateAuthUrl({\n  access_type: \"offline\",\n  prompt: \"consent\",\n  scope: \"SCOPE_URL\",\n});"))
                .words("Send the user to the authorization URL with access_type=offline and prompt=consent, exchange the code, and keep the refresh token that comes with it. For the default credentials: gcloud auth application-default login.")
                .done(),
        )
        .or("For programs on this machine:", adc::login(fill))
        },
    },
    Variant {
        id: "access-token-given-by-hand",
        cause: MINT,
        says: "gcloud was given a finished access token, which it can neither renew nor sign in beside.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Unset the token that was given to gcloud by hand")
                .caution("Also unset the variable `CLOUDSDK_AUTH_ACCESS_TOKEN_FILE` and drop `--access-token-file`.")
                .sh(&["gcloud config unset", "auth/access_token_file"])
                .done(),
        )
        .or("Then, where nobody is signed in:", again(fill))
        .verify(active(fill))
        },
    },
    Variant {
        id: "gcloud-not-logged-in",
        cause: MINT,
        says: "gcloud, or a tool that asks gcloud, has no account to act as.",
        why: "",
        remedy: |fill| {
            match fill.caller {
                Some(Caller::GithubActions) => Remedy::change(ci::auth(fill)),
                Some(Caller::Gce | Caller::Gke | Caller::CloudRun | Caller::CloudFunctions) => {
                    Remedy::change(metadata::attach(fill))
                        .or("With the credential switched off:", gcloud(fill))
                }
                _ => Remedy::change(gcloud(fill)).or(
                    "On a server or in CI, as a service account:",
                    activate(fill),
                ),
            }
            .check(active(fill))
            .verify(active(fill))
        },
    },
    Variant {
        id: "registry-helper-not-signed-in",
        cause: MINT,
        says: "Docker’s helper for Google’s registries has no sign-in, or is not found.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Let docker use gcloud’s sign-in at REGISTRY_HOST")
                .caution("Run it as the user who runs docker. To stay with `docker-credential-gcr`: put it on the PATH and run `docker-credential-gcr gcr-login` again, to its end in one browser.")
                .sh(&["gcloud auth configure-docker", "REGISTRY_HOST"])
                .done(),
        )
        .or("When gcloud has no account either:", gcloud(fill))
        .check(active(fill))
        },
    },
    Variant {
        id: "redirect-uri-mismatch",
        cause: MINT,
        says: "The redirect URI, origin or domain of the sign-in is not registered with its OAuth client.",
        why: "It must be the same in every letter: scheme, port, path and the last slash.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Register exactly this redirect URI or origin with the OAuth client")
                .words("Google Auth Platform, Clients, the client: add the redirect_uri of the request to Authorized redirect URIs, and the page’s origin to Authorized JavaScript origins. Firebase: Authentication, Settings, Authorized domains. A change takes some minutes to count.")
                .done(),
        )
        },
    },
    Variant {
        id: "oauth-login-interrupted",
        cause: MINT,
        says: "The sign-in was not finished: its answer brought no code or token, or belongs to another attempt.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Sign in again from the start, in one browser session")
                .caution("The answer belongs to the attempt that asked for it: same host, same `state`, same `code_verifier`, and a code works once.")
                .words("Sign in again at the authorization URL, finish it in one browser, pass the whole redirect URL, URL-decode its code once and exchange it (fetch_token) before the session is used; look for an error before you take access_token from the answer. gcloud: gcloud auth login; with --no-browser paste the output of the other machine’s command, whole. docker-credential-gcr: gcr-login again.")
                .done(),
        )
        },
    },
    Variant {
        id: "oauth-app-in-testing",
        cause: MINT,
        says: "The app’s consent screen does not admit this user: it is internal or in Testing, or the user declined.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Admit the user to the app")
                .words("Google Auth Platform, Audience: add the account as test user, or publish the app; the user type Internal takes accounts of the organisation alone. Or sign in, and consent, with an account that is admitted.")
                .done(),
        )
        },
    },
    Variant {
        id: "default-oauth-client-blocked",
        cause: MINT,
        says: "Google’s own OAuth client, which gcloud uses, no longer gets scopes like Drive, Sheets or Gmail.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Sign in through an OAuth client of your own")
                .caution("CREDENTIAL_FILE is a client of type Desktop, downloaded under Google Auth Platform, Clients.")
                .sh(&[
                    "gcloud auth application-default login",
                    "--client-id-file=CREDENTIAL_FILE",
                    "--scopes=https://www.googleapis.com/auth/cloud-platform,SCOPE_URL",
                ])
                .done(),
        )
        .or("To need no person’s sign-in:", adc::as_account(fill))
        .verify(adc::try_adc(fill))
        },
    },
    Variant {
        id: "oauth-client-wrong",
        cause: MINT,
        says: "Client id, client secret and refresh token do not belong to one OAuth client that exists and is enabled.",
        why: "A refresh token works only with the client that got it.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Take client id and client secret from one existing OAuth client")
                .caution("A deleted client can be restored for 30 days; a disabled one must be enabled.")
                .words("Google Auth Platform, Clients: copy client_id (clientId) and client_secret of the same client, of the type that the flow needs. With another client delete the stored token, then sign in again (log in again, with consent): its refresh token is the old client’s. gcloud: gcloud auth application-default login.")
                .done(),
        )
        },
    },
    Variant {
        id: "oauth-request-refused",
        cause: MINT,
        says: "The request for a token or sign-in lacks a parameter, or has a form that Google does not take any more.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Correct the request for the token, or let a library make it")
                .words("Token endpoint, https and POST as a form: grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer and assertion, a JWT with iss, iat, exp and aud https://oauth2.googleapis.com/token; the JWT itself is no access token. Sign-in: response_type, client_id and redirect_uri, a loopback address (http://127.0.0.1) or https in place of out-of-band, in the system’s browser and not in a WebView; update the tool. Metadata server: the header Metadata-Flavor: Google. Access boundary: at most ten rules, each with availableResource //storage.googleapis.com/projects/_/buckets/BUCKET and inRole:roles/….")
                .done(),
        )
        },
    },
    Variant {
        id: "login-browser-unavailable",
        cause: MINT,
        says: "The sign-in wanted to open a browser, or to listen on a local port for the answer, and this machine cannot.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Sign in without a browser on this machine")
                .caution("It prints a URL to open elsewhere, and asks for the code. With `--no-browser` it is finished by gcloud on another machine.")
                .sh(&["gcloud auth login", "--no-launch-browser"])
                .words("gcloud auth application-default login --no-launch-browser for programs; Firebase: firebase login --no-localhost.")
                .done(),
        )
        .or("For what runs unattended:", activate(fill))
        .verify(active(fill))
        },
    },
    Variant {
        id: "token-not-made",
        cause: MINT,
        says: "No token was made, and nothing that was pasted says exactly why.",
        why: "",
        remedy: not_made,
    },
];

/// What a workload needs in place of a person's sign-in; at a terminal the sign-in.
fn person(fill: &Fill, login: Fix) -> Remedy {
    match fill.caller {
        Some(Caller::GithubActions) => Remedy::change(ci::auth(fill)),
        Some(
            Caller::CloudRun
            | Caller::CloudFunctions
            | Caller::Gce
            | Caller::Gke
            | Caller::Workflows,
        ) => Remedy::change(metadata::attach(fill)),
        _ => Remedy::change(login).or("For what runs unattended:", adc::as_account(fill)),
    }
}

/// Signs in again with the tool that keeps the sign-in.
fn again(fill: &Fill) -> Fix {
    Draft::changes(fill, "Sign in again")
        .caution("Opens a browser; renews gcloud’s sign-in and, with `--update-adc`, the one of programs on this machine.")
        .sh(&["gcloud auth login", "--update-adc"])
        .words("Sign in again with the tool that keeps the sign-in. Programs on this machine: gcloud auth application-default login (workforce: with --login-config). Firebase: firebase login --reauth, or GOOGLE_APPLICATION_CREDENTIALS. Own application: delete its stored tokens (setAccessToken takes the JSON or array that was stored), sign in again with offline access and consent at the same client and redirect, one authorization code a time; publish the app, or sign-ins end after seven days. Cloud SQL proxy: --token-source. kubectl: gcloud container clusters get-credentials CLUSTER. Scheduled query: bq update --transfer_config --update_credentials. An account that is gone: another user’s.")
        .done()
}

/// Signs in to gcloud.
fn gcloud(fill: &Fill) -> Fix {
    Draft::changes(fill, "Sign in to gcloud")
        .sh(&["gcloud auth login"])
        .words("gcloud auth login. With several accounts: gcloud config set account and the account. Switched off: gcloud config unset auth/disable_credentials. For programs: gcloud auth application-default login.")
        .done()
}

/// Has gcloud act as the account of a key file.
fn activate(fill: &Fill) -> Fix {
    Draft::changes(fill, "Have gcloud act as the account of CREDENTIAL_FILE")
        .caution("A key is a lasting secret: an attached account or federation does without.")
        .sh(&[
            "gcloud auth activate-service-account",
            "--key-file=CREDENTIAL_FILE",
        ])
        .done()
}

/// Which account gcloud uses.
pub(super) fn active(fill: &Fill) -> Fix {
    Draft::reads(fill, "See which account gcloud uses")
        .sh(&["gcloud auth list", "--filter=status:ACTIVE"])
        .done()
}

/// The credential that this kind of caller has, made right.
fn not_made(fill: &Fill) -> Remedy {
    match fill.caller {
        Some(Caller::CloudRun | Caller::CloudFunctions | Caller::Gce) => {
            Remedy::change(mint::metadata(fill)).or("", callers::send(fill))
        }
        Some(Caller::Workflows | Caller::Browser) => Remedy::change(callers::send(fill)),
        None | Some(Caller::LocalUser) => Remedy::change(app::login(fill))
            .or("", grant::token_creator(fill))
            .or("", mint::impersonated(fill))
            .or("", app::adc_as(fill)),
        Some(_) => Remedy::change(grant::token_creator(fill))
            .or("", callers::send(fill))
            .check(inspect::account(fill))
            .check(inspect::account_policy(fill)),
    }
}
