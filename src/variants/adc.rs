//! Application default credentials: where a program looks for an account of its own.

use super::{MINT, Variant};
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "adc-missing",
        cause: MINT,
        says: "The program looked for application default credentials and found none: no file, no variable, no metadata server.",
        why: "It looks at `GOOGLE_APPLICATION_CREDENTIALS`, then at gcloud’s file, then at the metadata server.",
        remedy: |fill| {
            match fill.caller {
                Some(Caller::GithubActions) => Remedy::change(github_auth(fill)),
                Some(Caller::CloudRun | Caller::CloudFunctions) => Remedy::change(attach(fill)),
                _ => Remedy::change(login(fill))
                    .or("On Cloud Run, where no file is needed:", attach(fill)),
            }
            .check(try_adc(fill))
            .verify(try_adc(fill))
        },
    },
    Variant {
        id: "credential-file-missing",
        cause: MINT,
        says: "The credential file {path|that the program was told to read} is not there, or this process may not read it.",
        why: "A relative path counts from where the process starts; in a container the file must be mounted.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Correct the path of the credential file, or do without it")
                .caution("On Google Cloud no file is needed: without the variable the attached account is used.")
                .sh(&["unset", "GOOGLE_APPLICATION_CREDENTIALS"])
                .words("Set GOOGLE_APPLICATION_CREDENTIALS to an absolute path that this process can read, and mount the file into the container.")
                .done(),
        )
        .check(
            Draft::reads(fill, "See whether this process can read the file")
                .sh(&["ls", "-l", "CREDENTIAL_FILE"])
                .done(),
        )
        .verify(try_adc(fill))
        },
    },
];

/// Signs a person in for programs on this machine.
fn login(fill: &Fill) -> Fix {
    Draft::changes(fill, "Sign in for programs on this machine")
        .caution("For a workstation: programs then act as you.")
        .sh(&["gcloud auth application-default login"])
        .done()
}

/// Lets the service run as an account of its own.
fn attach(fill: &Fill) -> Fix {
    Draft::changes(fill, "Let CALLING_SERVICE run as a service account")
        .sh(&[
            "gcloud run services update",
            "CALLING_SERVICE",
            "--region=REGION",
            "[--project=PROJECT_ID]",
            "--service-account=SERVICE_ACCOUNT_EMAIL",
        ])
        .done()
}

/// The step before any other that needs Google Cloud, in a GitHub workflow.
fn github_auth(fill: &Fill) -> Fix {
    Draft::changes(
        fill,
        "Put google-github-actions/auth before the step that fails",
    )
    .code(Language::Yaml, &GITHUB_AUTH)
    .done()
}

const GITHUB_AUTH: crate::fix::template::Template = crate::fix::template::Template::new(
    r"
permissions:
  contents: read
  id-token: write
steps:
  - uses: actions/checkout@v4
  - uses: google-github-actions/auth@v2
    with:
      workload_identity_provider: projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER
      service_account: SERVICE_ACCOUNT_EMAIL
",
);

/// Whether default credentials give a token. Prints only that it worked.
fn try_adc(fill: &Fill) -> Fix {
    Draft::reads(fill, "See whether default credentials give a token here")
        .caution("Prints nothing but an error, where there is one.")
        .sh(&[
            "gcloud auth application-default print-access-token",
            "--verbosity=error",
            "--format=none",
        ])
        .done()
}
