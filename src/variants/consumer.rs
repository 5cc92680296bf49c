//! The project or key that a call counts for: API off, billing, quota project, API keys.

use super::Variant;
use super::roles::repeat;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::hole::Hole;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language, allow, app, enable};
use crate::input::Caller;
use crate::known::roles::Resource;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "api-disabled",
        cause: CONSUMER,
        says: "{api|The API} is not enabled in the project {project|that the call counts for}.",
        why: "A call counts for the project of the account, of the key, or the quota project; that one needs the API.",
        remedy: |fill| {
            let remedy = Remedy::change(enable::api(fill));
            let remedy = if matches!(fill.caller, Some(Caller::LocalUser))
                || fill.of_gclouds_own_project()
            {
                remedy.or(
                    "When the answer names a project that is not yours:",
                    app::quota_project(fill),
                )
            } else {
                remedy
            };
            remedy.check(enabled(fill)).verify(repeat(fill))
        },
    },
    Variant {
        id: "billing-disabled",
        cause: CONSUMER,
        says: "The project {project|that the call counts for} has no open billing account.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Link a billing account to PROJECT_ID")
                .caution("In Firebase that is the Blaze plan. It takes some minutes to count.")
                .sh(&["gcloud billing projects link", "PROJECT_ID", "--billing-account=BILLING_ACCOUNT"])
                .words("In the console: Billing, Link a billing account; in Firebase: Usage and billing, Modify plan: Blaze.")
                .done(),
        )
        .check(
            Draft::reads(fill, "See whether billing is on")
                .sh(&["gcloud billing projects describe", "PROJECT_ID"])
                .done(),
        )
        .verify(repeat(fill))
        },
    },
    Variant {
        id: "quota-project-missing",
        cause: CONSUMER,
        says: "The call is made with a person’s login and names no project that it counts for.",
        why: "A service account’s calls count for its own project; a person’s for none, until a quota project is set.",
        remedy: quota_project,
    },
    Variant {
        id: "quota-project-not-usable",
        cause: CONSUMER,
        says: "The account may not have its calls count for the project {project|that was named}: it lacks `serviceusage.services.use` there.",
        why: "",
        remedy: |fill| {
            Remedy::change(allow::role(
                &fill.for_role("serviceusage.serviceUsageConsumer", Resource::Project),
            ))
            .or(
                "To have the calls count for another project:",
                set_quota_project(fill),
            )
            .check(allow::policy(&fill.for_role(
                "serviceusage.serviceUsageConsumer",
                Resource::Project,
            )))
            .verify(repeat(fill))
        },
    },
    Variant {
        id: "project-suspended",
        cause: CONSUMER,
        says: "Google has suspended the project {project|}, or its billing.",
        why: "No role and no token helps.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Appeal against the suspension")
                .words("In the console, signed in as an owner, open the project: the notice names the reason and has the form for the appeal. Until then use another project.")
                .done(),
        )
        .check(
            Draft::reads(fill, "See the project’s state")
                .sh(&["gcloud projects describe", "PROJECT_ID"])
                .done(),
        )
        },
    },
    Variant {
        id: "project-id-wrong",
        cause: CONSUMER,
        says: "No project is named, or one that does not exist: {project|the id is empty or misspelt}.",
        why: "An id is neither the display name nor the number of the project.",
        remedy: project_id,
    },
    Variant {
        id: "firebase-auth-not-set-up",
        cause: CONSUMER,
        says: "Firebase Authentication, or this way to sign in, is not enabled in the project.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Set up Firebase Authentication and enable the sign-in provider")
                .words("Firebase console, the app’s own project, Authentication: Get started; Sign-in method: enable the provider. Tokens of another client id: add that client id as audience under the provider’s external client ids (iOS: the bundle id).")
                .done(),
        )
        .verify(repeat(fill))
        },
    },
    Variant {
        id: "api-key-invalid",
        cause: CONSUMER,
        says: "The API key does not exist, has expired, was reported leaked, or belongs to another project.",
        why: "A key names a project, or the service account that it is bound to; no role mends it.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Use a key of the project, or make a new API key")
                .caution("Keep the new key out of the repository, and restrict it: the old one’s restrictions do not come with it. Fill in NEW_KEY: a name of your choice. Then put the key where the program reads it, such as GEMINI_API_KEY or Firebase’s apiKey.")
                .sh(&["gcloud services api-keys create", "--display-name=NEW_KEY", "[--project=PROJECT_ID]"])
                .words("In the console: APIs and services, Credentials: copy an API key of this project, or create one.")
                .done(),
        )
        .check(keys(fill))
        .verify(repeat(fill))
        },
    },
    Variant {
        id: "api-key-restriction",
        cause: CONSUMER,
        says: "The restriction of the API key does not admit this call: by API, web site, address or application.",
        why: "",
        remedy: |fill| {
            Remedy::change(restriction(fill))
                .check(key(fill))
                .verify(repeat(fill))
        },
    },
    Variant {
        id: "api-key-referrer-server-side",
        cause: CONSUMER,
        says: "The API key is restricted to web sites (HTTP referrer), and a server sends no referrer.",
        why: "A key has one kind of restriction: a server needs a second key.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Make a second key for the server, restricted by its address instead of a referrer")
                .caution("Fill in SERVER_KEY: a name of your choice; SERVER_ADDRESS: the address that the server calls from.")
                .sh(&[
                    "gcloud services api-keys create",
                    "--display-name=SERVER_KEY",
                    "--allowed-ips=SERVER_ADDRESS",
                    "[--project=PROJECT_ID]",
                ])
                .words("In the console: APIs and services, Credentials, Create credentials, API key; Application restrictions: IP addresses. Or send the server’s own access token instead of a key.")
                .done(),
        )
        .check(key(fill))
        .verify(repeat(fill))
        },
    },
];

const CONSUMER: &str = "consumer-refused";

impl Fill {
    /// The call counts for gcloud’s own project, or for the one of its default credentials.
    fn of_gclouds_own_project(&self) -> bool {
        self.mentions(&["32555940559", "764086051850"])
    }
}

fn enabled(fill: &Fill) -> Fix {
    Draft::reads(fill, "See which APIs are enabled in the project")
        .sh(&[
            "gcloud services list",
            "--enabled",
            "[--project=PROJECT_ID]",
        ])
        .done()
}

fn quota_project(fill: &Fill) -> Remedy {
    if fill.mentions(&["terraform", "provider \"google", "user_project_override"]) {
        return Remedy::change(
            Draft::changes(fill, "Name the project in Terraform’s provider")
                .code(
                    Language::Hcl,
                    &super::told!(
                        "
provider \"google\" {
  project               = \"PROJECT_ID\"
  user_project_override = true
  billing_project       = \"PROJECT_ID\"
}
"
                    ),
                )
                .done(),
        )
        .or(
            "For other programs of this machine:",
            set_quota_project(fill),
        )
        .verify(repeat(fill));
    }
    if fill.mentions(&["requester pays", "userproject", "bucket is"]) {
        return Remedy::change(
            Draft::changes(fill, "Name the project that pays for the request")
                .caution("The bucket’s owner has the requester pay. You need `serviceusage.services.use` in that project.")
                .words("gcloud storage: --billing-project=PROJECT_ID. In code: userProject / user_project=PROJECT_ID of the bucket. By REST: the header x-goog-user-project: PROJECT_ID, the quota project.")
                .done(),
        )
        .verify(repeat(fill));
    }
    // Only a person's credentials carry a quota project.
    if fill.mentions(&["not user credentials"]) {
        return Remedy::change(variable(fill)).verify(repeat(fill));
    }
    Remedy::change(set_quota_project(fill))
        .or("For one process alone:", variable(fill))
        .verify(repeat(fill))
}

fn set_quota_project(fill: &Fill) -> Fix {
    // gcloud's own project, which the answer names, is not the one to count for.
    let mut fill = fill.clone();
    if fill.of_gclouds_own_project() {
        fill.set(Hole::ProjectId, crate::fix::value::Value::Unknown);
    }
    app::quota_project(&fill)
}

fn variable(fill: &Fill) -> Fix {
    Draft::changes(fill, "Name the quota project in the environment or in the request")
        .words("GOOGLE_CLOUD_QUOTA_PROJECT=PROJECT_ID in the environment; by REST the header x-goog-user-project: PROJECT_ID; gcloud: --billing-project=PROJECT_ID. With a service account no quota project is needed (Firebase Admin: cert(…) or the attached account).")
        .done()
}

fn project_id(fill: &Fill) -> Remedy {
    let check = Draft::reads(fill, "List the projects that the account sees")
        .sh(&["gcloud projects list"])
        .done();
    let remedy = if fill.mentions(&["skaffold", "default-repo"]) {
        Remedy::change(
            Draft::changes(fill, "Name the registry with the right project")
                .words("skaffold config set default-repo REGION-docker.pkg.dev/YOUR_PROJECT/IMAGE_REPOSITORY, or --default-repo.")
                .done(),
        )
    } else if fill.mentions(&[
        "delete_requested",
        "pending deletion",
        "has been deleted",
        "marked for deletion",
    ]) {
        Remedy::change(
            Draft::changes(fill, "Restore the project PROJECT_ID")
                .caution("Within 30 days of its deletion.")
                .sh(&["gcloud projects undelete", "PROJECT_ID"])
                .done(),
        )
        .or("When another project is meant:", choose(fill))
    } else if fill.mentions(&["(gcloud.", "gcloud config", "core/project"]) {
        Remedy::change(choose(fill)).or("In a program:", in_program(fill))
    } else {
        Remedy::change(in_program(fill)).or("For gcloud:", choose(fill))
    };
    remedy.check(check).verify(repeat(fill))
}

fn choose(fill: &Fill) -> Fix {
    Draft::changes(fill, "Name the project in gcloud")
        .caution(
            "YOUR_PROJECT is the project’s id. In a script: `--project` or CLOUDSDK_CORE_PROJECT.",
        )
        .sh(&["gcloud config set", "project", "YOUR_PROJECT"])
        .done()
}

fn in_program(fill: &Fill) -> Fix {
    Draft::changes(fill, "Tell the program its project id")
        .words("Set GOOGLE_CLOUD_PROJECT=YOUR_PROJECT in the environment (not the display name), or name it in code: project=\"YOUR_PROJECT\" (Python), projectId (Node.js, Firebase), setProjectId (Java), withProjectId (PHP), Terraform: project = \"YOUR_PROJECT\". A service account’s key file has the project_id of its own project. gcloud: gcloud config set project YOUR_PROJECT.")
        .done()
}

fn keys(fill: &Fill) -> Fix {
    Draft::reads(fill, "List the keys of the project, without their texts")
        .sh(&["gcloud services api-keys list", "[--project=PROJECT_ID]"])
        .done()
}

fn key(fill: &Fill) -> Fix {
    Draft::reads(fill, "See the restrictions of the key")
        .caution("API_KEY_ID is the key’s id, not its text: see `gcloud services api-keys list`.")
        .sh(&[
            "gcloud services api-keys describe",
            "API_KEY_ID",
            "[--project=PROJECT_ID]",
        ])
        .done()
}

/// Adds what is missing to the kind of restriction that refused.
fn restriction(fill: &Fill) -> Fix {
    const ALL: &str = "The list replaces the one that the key has: name the old values as well. It takes some minutes to count.";
    let draft = Draft::changes(fill, "Have the key’s restriction admit this call").caution(ALL);
    if fill.mentions(&["referer", "referrer"]) {
        draft
            .caution("Fill in YOUR_SITE: the page’s address, such as example.com/*.")
            .sh(&["gcloud services api-keys update", "API_KEY_ID", "--allowed-referrers=YOUR_SITE", "[--project=PROJECT_ID]"])
    } else if fill.mentions(&["ip address", "ip_address", "the ip "]) {
        draft
            .caution("Fill in CALLER_ADDRESS: the IP address that the answer names.")
            .sh(&["gcloud services api-keys update", "API_KEY_ID", "--allowed-ips=CALLER_ADDRESS", "[--project=PROJECT_ID]"])
    } else if fill.mentions(&["android"]) {
        draft
            .caution("Fill in PACKAGE and FINGERPRINT: the Android app’s package and the SHA-1 of the certificate that signed it.")
            .words("In the console: APIs and services, Credentials, the key: Application restrictions, Android apps: add the package and its SHA-1. Or: gcloud services api-keys update API_KEY_ID --allowed-application=sha1_fingerprint=FINGERPRINT,package_name=PACKAGE")
    } else if fill.mentions(&["ios", "bundle"]) {
        draft
            .caution("Fill in BUNDLE_ID: the bundle id of the iOS app.")
            .sh(&["gcloud services api-keys update", "API_KEY_ID", "--allowed-bundle-ids=BUNDLE_ID", "[--project=PROJECT_ID]"])
    } else {
        draft
            .caution("By API restriction: a key without one may call every API that is enabled.")
            .sh(&["gcloud services api-keys update", "API_KEY_ID", "--api-target=service=API_NAME", "[--project=PROJECT_ID]"])
    }
    .words("In the console: APIs and services, Credentials, the key: API restrictions and Application restrictions.")
    .done()
}
