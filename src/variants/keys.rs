//! Keys of service accounts, and the accounts behind them: unreadable, revoked, deleted, disabled.

use super::{MINT, Variant, adc, impersonation, metadata, told};
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::hole::Hole;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language, inspect};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "private-key-newlines",
        cause: MINT,
        says: "The private key cannot be read: its line breaks became the two characters `\\n` on the way through a variable.",
        why: "",
        remedy: |fill| without_key(fill, Draft::changes(fill, "Give the private_key its line breaks back")
            .caution("`\\n` in the JSON file itself is right: reading the whole file as JSON makes line breaks of it. Better mount the key file than pass the key in a variable.")
            .code(Language::JavaScript, &told!("const privateKey = process.env.VARIABLE.replace(/\\\\n/g, \"\\n\");"))
            .code(Language::Python, &told!("import os\n\nprivate_key = os.environ[\"VARIABLE\"].replace(\"\\\\n\", \"\\n\")"))
            .words("Replace each \\n of the private key by a newline (line break) before it is used, or mount the key file, whole and as it was downloaded. The line BEGIN PRIVATE KEY with its dashes stands by itself.")
            .done()),
    },
    Variant {
        id: "credential-file-damaged",
        cause: MINT,
        says: "{path|The credential file or secret} is not whole: empty, cut, quoted, still in base64, or without a field that it needs.",
        why: "A service account key has `type`, `client_email`, `private_key` and `token_uri`.",
        remedy: |fill| without_key(fill, Draft::changes(fill, "Put the credential’s JSON in whole, as it was downloaded")
            .caution("In a variable the JSON stands without quotes around it. Look at the field names alone: the values are secret.")
            .words("Put in the whole JSON key file (service account: client_email, an e-mail; private_key, from BEGIN PRIVATE KEY, PKCS8, to its END line). A secret in base64: decode it before. GOOGLE_APPLICATION_CREDENTIALS takes a path, not the JSON; Terraform: credentials = file(path). A key in PKCS1 (BEGIN RSA PRIVATE KEY): openssl pkcs8 -topk8 -nocrypt.")
            .done()),
    },
    Variant {
        id: "key-revoked",
        cause: MINT,
        says: "Google does not know the key that signed the request: it was deleted or disabled, or it belongs to another account.",
        why: "",
        remedy: |fill| if runs_on_google(fill) {
            Remedy::change(metadata::attach(fill)).or("When a key it must be:", new_key(fill))
        } else {
            Remedy::change(new_key(fill)).or("To do without keys:", adc::as_account(fill))
        }
        .check(inspect::keys(fill))
        .verify(impersonation::try_access_token(fill)),
    },
    Variant {
        id: "service-account-deleted",
        cause: MINT,
        says: "Google knows no such service account any more: {account|the one of this key or workload} was deleted, or its name is wrong.",
        why: "An account of the same name made later is another one: keys and grants do not come back with it.",
        remedy: |fill| {
            let remedy = Remedy::change(
                Draft::changes(fill, "Undelete the service account, or use another one")
                    .caution("It works for 30 days after the deletion (account deleted: see the log), with its number. After that create one (`gcloud iam service-accounts create`) and give what runs the program the other service account (`--service-account`; builds: `--build-service-account`), or it a new key: `gcloud iam service-accounts keys create`.")
                    .sh(&["gcloud iam service-accounts undelete", "ACCOUNT_NUMBER"])
                    .done(),
            )
            .check(inspect::account(fill))
            .verify(impersonation::try_access_token(fill));
            if runs_on_google(fill) {
                remedy.or("When it is gone for good:", metadata::attach(fill))
            } else {
                remedy
            }
        },
    },
    Variant {
        id: "service-account-disabled",
        cause: MINT,
        says: "{account|The service account} is disabled.",
        why: "Google also disables accounts whose keys were found in public.",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Enable SERVICE_ACCOUNT_EMAIL again")
                .caution("Find out before why it was disabled: a leaked key must be deleted first. If the account was deleted it must be undeleted.")
                .sh(&["gcloud iam service-accounts enable", "SERVICE_ACCOUNT_EMAIL"])
                .words("IAM & Admin, Service accounts, SERVICE_ACCOUNT_EMAIL: Enable. Terraform: disabled = false.")
                .done(),
        )
        .or("When it was switched off on purpose:", metadata::attach(fill))
        .check(inspect::account(fill))
        .verify(impersonation::try_access_token(fill)),
    },
    Variant {
        id: "clock-skew",
        cause: MINT,
        says: "The clock of the machine that asked for the token is off, so the times of its request lie outside of what Google takes.",
        why: "Machines that slept, and containers on them, run minutes behind.",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Set the machine’s clock by NTP (time sync)")
                .words("timedatectl set-ntp true, or start chrony or ntpd; restart Docker Desktop or WSL after the machine slept. Between iat and exp of a request that you sign yourself lies one hour at most.")
                .done(),
        )
        .check(inspect::clock(fill))
        .verify(inspect::clock(fill)),
    },
    Variant {
        id: "client-certificate-missing",
        cause: MINT,
        says: "A variable or policy asks for a client certificate (mTLS, bound tokens), and the certificate is not there or cannot be read.",
        why: "",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Unset what asks for a client certificate, or give the process one that it can read")
                .words("Unset GOOGLE_API_USE_CLIENT_CERTIFICATE, set GOOGLE_API_ENABLE_RUNTIME_BOUND_TOKEN=false, unset GCE_METADATA_MTLS_MODE. Where the organisation asks for mTLS: enrol the machine by Endpoint Verification (endpoint verification helper), or mount the certificate and its configuration where the process may read them. As a warning alone it may be ignored.")
                .done(),
        )
        .verify(adc::try_adc(fill)),
    },
];

/// The caller runs where an account can be attached, and no key is needed.
fn runs_on_google(fill: &Fill) -> bool {
    matches!(
        fill.caller,
        Some(Caller::CloudRun | Caller::CloudFunctions | Caller::Gce | Caller::Gke | Caller::Workflows)
    )
}

/// The mended key, and how to do without.
fn without_key(fill: &Fill, mended: Fix) -> Remedy {
    let remedy = Remedy::change(mended);
    if runs_on_google(fill) {
        remedy.or("To need no key:", metadata::attach(fill))
    } else {
        remedy.or("To need no key:", adc::as_account(fill))
    }
    .verify(adc::try_adc(fill))
}

/// A new key, for what can have no attached account.
fn new_key(fill: &Fill) -> Fix {
    Draft::changes(fill, "Make a new key of SERVICE_ACCOUNT_EMAIL and deploy it in place of the old one")
        .caution("Only where an attached account or workload identity federation is not possible: a key is a lasting secret, and an organisation policy may forbid it. Store `key.json` where the old one was, nowhere else.")
        .caution_if(fill.known(Hole::KeyId).is_some(), "The refused key is KEY_ID.")
        .sh(&[
            "gcloud iam service-accounts keys create",
            "key.json",
            "--iam-account=SERVICE_ACCOUNT_EMAIL",
        ])
        .words("IAM & Admin, Service accounts, SERVICE_ACCOUNT_EMAIL, Keys, Add key: a new key as JSON; put it where the old one was.")
        .done()
}
