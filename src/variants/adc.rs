//! Application default credentials: where a program looks for an account of its own.

use super::{MINT, Variant, ci, impersonation, metadata, told};
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;
use crate::fix::hole::Hole;
use crate::fix::{Fix, Language, callers, code, inspect, mint};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "adc-missing",
        cause: MINT,
        says: "The program looked for application default credentials and found none: no file, no variable, no metadata server.",
        why: "It looks at `GOOGLE_APPLICATION_CREDENTIALS`, then at gcloud’s file, then at the metadata server.",
        remedy: |fill| own_account(fill).check(try_adc(fill)).verify(try_adc(fill)),
    },
    Variant {
        id: "fetch-id-token-finds-no-account",
        cause: MINT,
        says: "The function for ID tokens found no account: it looks only at the file in `GOOGLE_APPLICATION_CREDENTIALS` and at the metadata server.",
        why: "Gcloud’s own file, which `gcloud auth application-default login` writes, is not read by it, and a person’s login gives no ID token for an audience.",
        remedy: |fill| match fill.caller {
            None | Some(Caller::LocalUser | Caller::Impersonation | Caller::Browser) => Remedy::change(
                Draft::changes(fill, "Point GOOGLE_APPLICATION_CREDENTIALS to a file that acts as SERVICE_ACCOUNT_EMAIL")
                    .caution("The command writes the file and prints its path; then set the variable `GOOGLE_APPLICATION_CREDENTIALS` to that path. You need `roles/iam.serviceAccountTokenCreator` on the account, and google-auth 2.32 or newer.")
                    .sh(&[
                        "gcloud auth application-default login",
                        "--impersonate-service-account=SERVICE_ACCOUNT_EMAIL",
                    ])
                    .codes(code::IMPERSONATE)
                    .done(),
            )
            .or("On Google Cloud, where the metadata server makes the token:", metadata::attach(fill)),
            Some(_) => own_account(fill),
        }
        .verify(mint::impersonated(fill)),
    },
    Variant {
        id: "user-adc-gives-no-id-token",
        cause: MINT,
        says: "The credentials found here, a person’s login or federated ones, cannot make an ID token for an audience in this library.",
        why: "They give access tokens; an ID token for an audience needs a service account, by impersonation, a key or the metadata server.",
        remedy: |fill| match fill.caller {
            Some(Caller::GithubActions) => Remedy::change(callers::send(fill)).or(
                "From the access token that the step already has:",
                mint::generate_id_token(fill),
            ),
            Some(Caller::CloudRun | Caller::CloudFunctions | Caller::Gce | Caller::Gke) => {
                Remedy::change(drop_file(fill)).or("When no account is attached:", metadata::attach(fill))
            }
            _ => Remedy::change(as_account(fill)).or("For one try at the terminal:", mint::impersonated(fill)),
        }
        .verify(impersonation::try_id_token(fill)),
    },
    Variant {
        id: "credential-file-missing",
        cause: MINT,
        says: "The credential file {path|that the program was told to read} is not there, or this process may not read it.",
        why: "A relative path counts from where the process starts; in a container the file must be mounted.",
        remedy: |fill| match fill.caller {
            Some(Caller::CloudRun | Caller::CloudFunctions | Caller::Gce | Caller::Gke) => {
                Remedy::change(drop_file(fill)).or("When another account’s file is really meant:", path(fill))
            }
            Some(Caller::GithubActions) => Remedy::change(path(fill)).or(
                "When the file came of the auth step:",
                ci::order(fill),
            ),
            _ => Remedy::change(path(fill)).or("To act as yourself instead:", login(fill)),
        }
        .verify(try_adc(fill)),
    },
    Variant {
        id: "credential-file-of-wrong-kind",
        cause: MINT,
        says: "The file is no credential of the kind that the loader takes: an OAuth client, a web configuration, a .p12 or another type.",
        why: "The word after `type` in the file tells its kind; `installed` or `web` at the top is an OAuth client, which signs nobody in by itself.",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Give the loader a credential of its kind, or let it find one by itself")
                .caution("A service account key (`client_email`, `private_key`; JSON, `type` service_account) is taken by every library; a federation file (`external_account`) and the file that `gcloud auth application-default login` writes only by default credentials. An OAuth client (`installed`, `web`) is for signing people in.")
                .codes(DEFAULT)
                .words("Load with the default credentials (google.auth.default, google.FindDefaultCredentials, GoogleCredentials.getApplicationDefault, Google::Auth.get_application_default, GoogleAuth in Node.js) with GOOGLE_APPLICATION_CREDENTIALS set to the file, or take the class for its kind: service_account.Credentials, AuthHandler and --impersonate-service-account for a person. Only version 1 of a format may be named in the file.")
                .done(),
        )
        .or("On your machine, to act as yourself:", login(fill))
        .verify(try_adc(fill)),
    },
    Variant {
        id: "credential-type-unknown-to-library",
        cause: MINT,
        says: "The credential is of a kind that this release of the library cannot read.",
        why: "Kinds came over the years: `external_account`, `impersonated_service_account`, `external_account_authorized_user`.",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Update the library that reads the credential")
                .caution("Where the newest release cannot read it either, use a kind that it knows: service_account, or authorized_user. A federated credential (`external_account`) is no source for impersonation by program: its file names the account in `service_account_impersonation_url`.")
                .words("Python: pip install --upgrade google-auth. Node.js: npm install google-auth-library@latest. Go: go get cloud.google.com/go/auth@latest golang.org/x/oauth2@latest google.golang.org/api@latest. Java: update google-auth-library-oauth2-http. Tools: update the tool.")
                .done(),
        )
        .or("To have a kind that it reads:", as_account(fill))
        .verify(try_adc(fill)),
    },
    Variant {
        id: "credential-variable-empty",
        cause: MINT,
        says: "What should carry the credential, its path or the account, {env|a variable or option}, is empty in this environment.",
        why: "A secret is not there for pull requests from forks, in another environment, or while an image is built.",
        remedy: |fill| match fill.caller {
            Some(Caller::GithubActions) => Remedy::change(set_variable(fill)).or(
                "Without any stored key:",
                ci::auth(fill),
            ),
            Some(Caller::CloudRun | Caller::CloudFunctions) => Remedy::change(secret_variable(fill)).or(
                "To need no credential at all:",
                use_default(fill),
            ),
            _ => Remedy::change(set_variable(fill)).or("To need no variable:", use_default(fill)),
        }
        .verify(try_adc(fill)),
    },
    Variant {
        id: "credentials-argument-wrong-type",
        cause: MINT,
        says: "A text, a dictionary or another library’s object was passed where this library wants its own credentials object.",
        why: "",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Pass a credentials object of the library")
                .code(Language::Python, &told!("import google.auth\nfrom google.auth import impersonated_credentials\n\nsource, project = google.auth.default(\n    scopes=[\"https://www.googleapis.com/auth/cloud-platform\"]\n)\n# Or the account that the program should act as:\ncredentials = impersonated_credentials.Credentials(\n    source_credentials=source,\n    target_principal=\"SERVICE_ACCOUNT_EMAIL\",\n    target_scopes=[\"https://www.googleapis.com/auth/cloud-platform\"],\n)"))
                .words("Pass a credentials object, as credentials=…: from a file service_account.Credentials.from_service_account_file(path); from a text json.loads(text), then from_service_account_info, which takes a dict; Firebase Admin: credential: cert(key) or applicationDefault(). A refresh handler returns the token and its expiry in UTC.")
                .done(),
        )
        .or("Or leave the argument out:", use_default(fill))
        .verify(try_adc(fill)),
    },
    Variant {
        id: "conflicting-credential-options",
        cause: MINT,
        says: "Two options for the credential were given that exclude each other.",
        why: "",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Keep one of the two options, and remove the other")
                .caution("Mostly the file or token goes and the credentials object or the default credentials stay.")
                .words("Remove one of the pair: credentials or credentials_file; api_key (apiKey, an API key) or credentials (credentials_file); scopes or audience; --token or --credentials-file or --gcloud-auth. Go: WithoutAuthentication and DisableAuthentication go with no credentials; WithImpersonatedCredentials is not for ID tokens: use impersonate.IDTokenSource; WithCustomClaims (custom claims) needs a service account’s key. Python: use_metadata_identity_endpoint goes with target_audience alone. gsutil: take the credential out of .boto, or gcloud config set pass_credentials_to_gsutil false.")
                .done(),
        )
        .verify(try_adc(fill)),
    },
];

/// The default credentials in code.
const DEFAULT: &[(Language, crate::fix::template::Template)] = &[
    (
        Language::Python,
        told!("import google.auth\n\ncredentials, project = google.auth.default(\n    scopes=[\"https://www.googleapis.com/auth/cloud-platform\"]\n)"),
    ),
    (
        Language::JavaScript,
        told!("import { GoogleAuth } from \"google-auth-library\";\n\nconst auth = new GoogleAuth({\n  scopes: \"https://www.googleapis.com/auth/cloud-platform\",\n});"),
    ),
];

/// An account for the program, as its place gives it.
fn own_account(fill: &Fill) -> Remedy {
    match fill.caller {
        Some(Caller::GithubActions) => Remedy::change(ci::auth(fill)),
        // There the metadata server is always there, so something keeps the program from it.
        Some(Caller::CloudRun | Caller::CloudFunctions) => Remedy::change(metadata::no_proxy(fill))
            .or("When the account it runs as was deleted:", metadata::attach(fill)),
        Some(Caller::Gce | Caller::Gke) => Remedy::change(metadata::attach(fill))
            .or("When an account is attached already:", metadata::no_proxy(fill)),
        Some(caller) if caller.delivers() => Remedy::change(callers::send(fill)),
        _ => Remedy::change(login(fill))
            .or("To act as a service account:", as_account(fill))
            .or("On Google Cloud, where no file is needed:", metadata::attach(fill)),
    }
}

/// Signs a person in for programs on this machine.
pub(super) fn login(fill: &Fill) -> Fix {
    Draft::changes(fill, "Sign in for programs on this machine")
        .caution("For a workstation: programs then act as you. In a container or on a server the path of a credential file stands in `GOOGLE_APPLICATION_CREDENTIALS` (Terraform: `GOOGLE_CREDENTIALS` or the same).")
        .sh(&["gcloud auth application-default login"])
        .words("On Google Cloud nothing is to be signed in: attach a service account and use google.auth.default() or ApplicationDefaultCredentials, not the classes for App Engine; the metadata server (169.254.169.254) must be reachable, and NO_GCE_CHECK and METADATA_SERVER_DETECTION unset. PHP client: useApplicationDefaultCredentials(), or setAuthConfig with the key file. The sign-in is for this machine’s user: run it as the one who runs the program.")
        .done()
}

/// Has programs on this machine act as a service account.
pub(super) fn as_account(fill: &Fill) -> Fix {
    Draft::changes(fill, "Have programs on this machine act as SERVICE_ACCOUNT_EMAIL")
        .caution("Replaces the application default credentials. You need `roles/iam.serviceAccountTokenCreator` on that account. For Python’s `fetch_id_token` also set `GOOGLE_APPLICATION_CREDENTIALS` to the file it writes; Java: `gcloud auth login --update-adc` gives an ID token of your own; Rust: `user_account::Builder`.")
        .sh(&[
            "gcloud auth application-default login",
            "--impersonate-service-account=SERVICE_ACCOUNT_EMAIL",
        ])
        .codes(code::IMPERSONATE)
        .done()
}

/// Has the workload use the account that is attached to it.
fn drop_file(fill: &Fill) -> Fix {
    let draft = Draft::changes(fill, "Remove the credential file: the attached account needs none")
        .caution("Without the variable `GOOGLE_APPLICATION_CREDENTIALS` libraries ask the metadata server, which makes both kinds of tokens.");
    match fill.caller {
        Some(Caller::CloudRun) => draft.sh(&[
            "gcloud run services update",
            "CALLING_SERVICE",
            "--region=LOCATION",
            "[--project=PROJECT_ID]",
            "--remove-env-vars=GOOGLE_APPLICATION_CREDENTIALS",
        ]),
        _ => draft,
    }
    .words("Take GOOGLE_APPLICATION_CREDENTIALS out of the environment (of the container, the function, the unit), and the file out of the image.")
    .done()
}

/// The right path of the file.
fn path(fill: &Fill) -> Fix {
    Draft::changes(fill, "Correct the path of the credential file, or do without it")
        .caution("On Google Cloud no file is needed: without the variable the attached account is used.")
        .words("Set GOOGLE_APPLICATION_CREDENTIALS to the absolute path of a file that this process can read (CREDENTIAL_FILE is not), without quotes or ~ in it; mount the file into the container. To see: ls -l and the path, as the user of the process. Or unset GOOGLE_APPLICATION_CREDENTIALS.")
        .done()
}

/// Fills the variable.
fn set_variable(fill: &Fill) -> Fix {
    Draft::changes(fill, "Set VARIABLE in the environment in which this runs")
        .words("Set the variable VARIABLE, where this process runs: an unset variable and an empty one look the same, and JSON.parse fails at both. GitHub: define the secret for this event and environment (not given to forks). The target of an impersonation: TargetPrincipal, or --impersonate-service-account=SERVICE_ACCOUNT_EMAIL; to stop it: gcloud config unset auth/impersonate_service_account. In code credentials must not be nil: load them from GOOGLE_APPLICATION_CREDENTIALS. A private_key read from an environment variable needs its line breaks.")
        .done()
}

/// Fills the variable of a service from Secret Manager.
fn secret_variable(fill: &Fill) -> Fix {
    Draft::changes(fill, "Give the service the variable from Secret Manager")
        .caution("The account that the service runs as needs `roles/secretmanager.secretAccessor` on the secret. The private_key’s line breaks stay when the secret is the whole JSON file.")
        .sh(&[
            "gcloud run services update",
            "CALLING_SERVICE",
            "--region=LOCATION",
            "[--project=PROJECT_ID]",
            "--update-secrets=VARIABLE=SECRET:latest",
        ])
        .words("Cloud Run, the service, Edit and deploy new revision, Variables and secrets: reference the secret as an environment variable.")
        .done()
}

/// Default credentials instead of given ones.
fn use_default(fill: &Fill) -> Fix {
    Draft::changes(fill, "Use the default credentials instead of given ones")
        .codes(DEFAULT)
        .done()
}

/// Whether default credentials give a token. Prints only that it worked.
pub(super) fn try_adc(fill: &Fill) -> Fix {
    match fill.caller {
        Some(Caller::CloudRun | Caller::CloudFunctions) => inspect::caller_account(fill),
        Some(Caller::Gce | Caller::Gke) => metadata::who(fill),
        _ if fill.known(Hole::ServiceAccount).is_some() && fill.caller == Some(Caller::Impersonation) => {
            impersonation::try_access_token(fill)
        }
        _ => Draft::reads(fill, "See whether default credentials give a token here")
            .caution("Prints nothing but an error, where there is one.")
            .sh(&["gcloud auth application-default print-access-token", "--verbosity=error", "--format=none"])
            .done(),
    }
}
