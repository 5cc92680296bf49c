//! Another account acts than the one that was granted, or than the one that is named.

use super::Variant;
use super::roles::repeat;
use crate::evidence::Door;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language, allow, app, callers, inspect};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "iam-member-wrong",
        cause: IDENTITY,
        says: "The member of the grant has no kind before its name, is misspelt, deleted, or of another kind.",
        why: "A person is `user:`, a service account `serviceAccount:`, a group `group:`.",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Name an account that exists, with its kind before it")
                .words("Write the member as serviceAccount:SERVICE_ACCOUNT_EMAIL, user:YOUR_EMAIL, group:GROUP_EMAIL or principalSet://…, spelt as the account is. A member with deleted: and ?uid= is the old account: remove it with remove-iam-policy-binding and grant the new one, which inherits nothing.")
                .code(Language::Hcl, &super::told!("member = google_service_account.caller.member # or \"serviceAccount:SERVICE_ACCOUNT_EMAIL\""))
                .done(),
        )
        .check(inspect::account(fill)),
    },
    Variant {
        id: "wrong-active-account",
        cause: IDENTITY,
        says: "The tool or program acts as another account than the one that is meant.",
        why: "gcloud has an account of its own; libraries use the application default credentials, a variable or the attached account.",
        remedy: chosen,
    },
    Variant {
        id: "verifier-expects-other-account",
        cause: IDENTITY,
        says: "The program compares the token’s e-mail or subject with another account than the caller’s.",
        why: "",
        remedy: |fill| Remedy::change(callers::run_as(&fill.for_another_account()))
            .or(
                "When this caller is right:",
                Draft::changes(fill, "Add the caller’s account to the program’s list")
                    .words("Compare email (with email_verified) or sub of the token with a list, and add CALLER_EMAIL (--service-account of the caller) to it.")
                    .done(),
            )
            .verify(repeat(fill)),
    },
    Variant {
        id: "delegated-subject-wrong",
        cause: IDENTITY,
        says: "The call is made as one user of the Workspace and asks for the data of another.",
        why: "With domain-wide delegation the token is the user’s whom `subject` names; a service account has no mailbox.",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Act as the user whose data is asked for")
                .words("Set the subject of the delegation to that user, and ask for userId me: credentials.with_subject(user) in Python, subject in Node.js, createDelegated(user) in Java.")
                .done(),
        )
        .verify(repeat(fill)),
    },
];

const IDENTITY: &str = "wrong-identity";

/// Chooses the account, in the way that what acts chooses it.
fn chosen(fill: &Fill) -> Remedy {
    let check = Draft::reads(fill, "See which account gcloud uses, and which ones it has")
        .sh(&["gcloud auth list"])
        .done();
    let remedy = if fill.mentions(&["hosteddomain", "hosted domain", "hd="]) {
        Remedy::change(
            Draft::changes(fill, "Sign in with an account of the domain")
                .words("Sign in with an account of the domain that the program asks for (HostedDomain, the hd claim), or add the account’s domain to what it admits.")
                .done(),
        )
    } else if fill.mentions(&["login: admin", "app.yaml", "app engine admin"]) {
        Remedy::change(
            Draft::changes(fill, "Sign in as an administrator of the application")
                .words("The path has login: admin in app.yaml: sign in with an account that is an administrator of the application’s project, or take login: admin away.")
                .done(),
        )
    } else if fill.mentions(&["google_application_credentials"]) {
        Remedy::change(
            Draft::changes(fill, "Take the variable away that names another account")
                .caution("Without GOOGLE_APPLICATION_CREDENTIALS libraries use the sign-in of this machine, and on Google Cloud the attached account.")
                .words("unset GOOGLE_APPLICATION_CREDENTIALS, or set it to the file of the account that is meant.")
                .done(),
        )
        .or("Then, on a workstation:", login())
    } else {
        match fill.caller {
            Some(Caller::LocalUser | Caller::Impersonation) | None if fill.mentions(&["(gcloud."]) => {
                Remedy::change(gcloud(fill))
                    .or("When this account is the right one:", allow::role(&fill.at_api()))
            }
            Some(Caller::LocalUser | Caller::Impersonation) | None => Remedy::change(adc(fill))
                .or("As a service account, where that one has the role:", app::adc_as(fill))
                .or("For gcloud itself:", gcloud(fill)),
            Some(Caller::Gce) => Remedy::change(
                Draft::changes(fill, "Give the program the account that is meant")
                    .words("On a VM libraries act as the VM’s account and in its project, unless GOOGLE_APPLICATION_CREDENTIALS or the client’s own option (WithCredentialsFile, from_service_account_file) names another. Attach the right account to the VM, or name the project in the request.")
                    .done(),
            ),
            Some(_) => Remedy::change(callers::run_as(&fill.for_another_account()))
                .or("When the account that calls is the right one:", granted_here(fill)),
        }
    };
    remedy.check(check).verify(repeat(fill))
}

fn granted_here(fill: &Fill) -> Fix {
    match fill.door {
        Door::Run | Door::Function | Door::Iap => crate::fix::grant::entry(fill),
        _ => allow::role(&fill.at_api()),
    }
}

/// Chooses gcloud's account. Which one is the reader's to say.
fn gcloud(fill: &Fill) -> Fix {
    Draft::changes(fill, "Have gcloud use the account that has the role")
        .caution("YOUR_ACCOUNT: one that `gcloud auth list` shows; `gcloud auth login` adds another. For one command alone `--account=YOUR_ACCOUNT` does.")
        .sh(&["gcloud config set", "account", "YOUR_ACCOUNT"])
        .done()
}

fn adc(fill: &Fill) -> Fix {
    Draft::changes(fill, "Sign libraries in again, as the account that has the role")
        .caution("Replaces the application default credentials, which libraries and Terraform use and gcloud does not. GOOGLE_APPLICATION_CREDENTIALS comes before them, where it is set.")
        .sh(&["gcloud auth application-default login"])
        .done()
}

fn login() -> Fix {
    adc(&Fill::empty())
}
