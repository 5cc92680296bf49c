//! Workflows that sign in, tools that are missing, and errors that hide another one.

use super::{MINT, Variant, adc, login, metadata, told};
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::hole::Hole;
use crate::fix::remedy::Remedy;
use crate::fix::template::Template;
use crate::fix::{Fix, Language, callers, code, inspect, mint};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "gha-id-token-permission",
        cause: MINT,
        says: "The GitHub job may not ask for its OIDC token: the workflow lacks `permissions: id-token: write`.",
        why: "Without that permission GitHub sets no `ACTIONS_ID_TOKEN_REQUEST_URL`; jobs of pull requests from forks never get it.",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Let the job ask for its OIDC token")
                .caution("On the job or on the whole workflow; of a called workflow, on the calling job.")
                .code(Language::Yaml, &told!("permissions:\n  contents: read\n  id-token: write"))
                .done(),
        )
        .verify(rerun(fill)),
    },
    Variant {
        id: "gha-auth-step-missing",
        cause: MINT,
        says: "The workflow uses Google Cloud before it signs in, or a later checkout removed the credential file of the sign-in.",
        why: "",
        remedy: |fill| Remedy::change(auth(fill)).verify(rerun(fill)),
    },
    Variant {
        id: "gcloud-not-installed",
        cause: MINT,
        says: "The tool calls gcloud or a helper of it for the token, and it is not installed or not on the PATH.",
        why: "",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Install what the tool calls, and put it on the PATH of the process")
                .caution("Where gcloud came as a package: `apt-get install google-cloud-cli-gke-gcloud-auth-plugin`. Fill in CLUSTER only for an old kubeconfig.")
                .sh(&["gcloud components install", "gke-gcloud-auth-plugin"])
                .words("Install the Google Cloud CLI (cloud.google.com/sdk/docs/install) and put its bin folder on the PATH. kubectl: gke-gcloud-auth-plugin, then gcloud container clusters get-credentials CLUSTER --location=LOCATION (fleet: --cluster). docker: gcloud auth configure-docker. Proxies: drop --gcloud-auth to use the default credentials.")
                .done(),
        )
        .verify(login::active(fill)),
    },
    Variant {
        id: "docker-client-too-old",
        cause: MINT,
        says: "This Docker client is older than 1.13, or unknown, and does not ask a helper for the token.",
        why: "",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Update Docker, then let it use gcloud’s sign-in")
                .caution("Without a helper: `gcloud auth print-access-token` piped into docker login -u oauth2accesstoken --password-stdin.")
                .sh(&["gcloud auth configure-docker", "REGISTRY_HOST"])
                .done(),
        ),
    },
    Variant {
        id: "go-metadata-method-missing",
        cause: MINT,
        says: "The method for ID tokens that the code calls does not exist in the library.",
        why: "It stands in a widespread example only: ID tokens come from the package `idtoken`.",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Get the ID token from the package idtoken")
                .codes(code::CALL_GO)
                .words("idtoken.NewClient(ctx, \"AUDIENCE\") of google.golang.org/api/idtoken; or ask the metadata server: identity?audience=AUDIENCE.")
                .done(),
        ),
    },
    Variant {
        id: "token-error-wrapped",
        cause: MINT,
        says: "The library says that no token could be made; the reason stands in an inner error.",
        why: "",
        remedy: wrapped,
    },
];

/// Signs the workflow in before the steps that need it.
pub(super) fn auth(fill: &Fill) -> Fix {
    Draft::changes(fill, "Put google-github-actions/auth before the step that fails, and after actions/checkout")
        .caution("A checkout after it removes the credential file. The gcloud command also wants google-github-actions/setup-gcloud behind it.")
        .code(Language::Yaml, &AUTH)
        .done()
}

/// The same, where the file is gone.
pub(super) fn order(fill: &Fill) -> Fix {
    auth(fill)
}

const AUTH: Template = Template::new(
    r#"
permissions:
  contents: read
  id-token: write

jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: google-github-actions/auth@v3
        with:
          workload_identity_provider: "projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER"
          service_account: "SERVICE_ACCOUNT_EMAIL"
      - uses: google-github-actions/setup-gcloud@v3
      - run: gcloud auth list
"#,
);

/// How a workflow shows that it works.
pub(super) fn rerun(fill: &Fill) -> Fix {
    Draft::reads(fill, "See that it works: run the job again")
        .words("Run the workflow again on the same branch and event: the auth step succeeds, and gcloud auth list in a later step shows SERVICE_ACCOUNT_EMAIL.")
        .done()
}

/// The reason is hidden: ask for it where the program runs, in the shortest way.
fn wrapped(fill: &Fill) -> Remedy {
    let look = Draft::changes(fill, "Print the whole chain of errors, and mend what the innermost names")
        .caution("On a workstation it is mostly the sign-in: `gcloud auth application-default login`, or `gcloud auth login` for tools that ask gcloud.")
        .words("The innermost error tells: print err.cause (Node.js), the lines Caused by (Java), {:?} (Rust), getPrevious (PHP), the InnerException (.NET). Invalid JWT Signature: a new key (gcloud iam service-accounts keys create). invalid_grant: sign in again. Connection errors: the network to oauth2.googleapis.com or to the metadata server. A callback such as fetchAuthToken that fails: its credential, GOOGLE_APPLICATION_CREDENTIALS.")
        .done();
    match fill.caller {
        Some(Caller::CloudRun | Caller::CloudFunctions | Caller::Gce | Caller::Gke)
            if fill.known(Hole::Audience).is_some() =>
        {
            Remedy::change(mint::metadata(fill))
                .or("In code, with the URL as the audience:", callers::send(fill))
                .check(inspect::caller_account(fill))
        }
        Some(Caller::CloudRun | Caller::CloudFunctions | Caller::Gce | Caller::Gke) => {
            Remedy::change(look).check(metadata::who(fill))
        }
        Some(Caller::GithubActions) => Remedy::change(look).or("When nothing signs in before:", auth(fill)),
        _ => Remedy::change(look)
            .or("On a workstation:", adc::login(fill))
            .check(adc::try_adc(fill)),
    }
}
