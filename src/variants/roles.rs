//! Roles that an account lacks at a Google API: granted on the narrowest resource that has a
//! policy, to the account that calls.

use super::Variant;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, allow, callers, grant, inspect, verify};
use crate::input::Caller;
use crate::known::roles::Resource;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "permission-role-missing",
        cause: MISSING,
        says: "The account has no role with {permission|the permission for this call} on what it asked for.",
        why: "The API knew the account: a refusal of the token itself would be a 401.",
        remedy: |fill| granted(&fill.at_api()),
    },
    Variant {
        id: "run-job-invoker-missing",
        cause: MISSING,
        says: "The account may not run the job: it lacks {permission|`run.jobs.run`} on it.",
        why: "A run that overrides arguments or variables needs `run.jobs.runWithOverrides` instead.",
        remedy: |fill| granted(&held_or(fill, "run.invoker", Resource::Job)),
    },
    Variant {
        id: "secret-accessor-missing",
        cause: MISSING,
        says: "The account may not read the secret {secret|that it asked for}.",
        why: "Not even an editor of the project may: secrets have a role of their own.",
        remedy: |fill| granted(&held_or(fill, "secretmanager.secretAccessor", Resource::Secret)),
    },
    Variant {
        id: "storage-role-missing",
        cause: MISSING,
        says: "The account, or the one that signed the URL, lacks {permission|the permission} on the bucket or object.",
        why: "",
        remedy: |fill| granted(&held_or(fill, storage_role(fill), Resource::Bucket)),
    },
    Variant {
        id: "bigquery-role-missing",
        cause: MISSING,
        says: "The account lacks {permission|a permission} to run queries in the project or to read the dataset.",
        why: "A query needs two roles: one in the project that pays for it, one on the data.",
        remedy: |fill| {
            if fill.mentions(&["policy tag", "fine-grained", "finegrained", "column"]) {
                return granted(&fill.for_role("datacatalog.categoryFineGrainedReader", Resource::Project));
            }
            let fill = held_or(fill, "bigquery.jobUser", Resource::Project);
            let other = if fill.resource == Some(Resource::Dataset) {
                fill.for_role("bigquery.jobUser", Resource::Project)
            } else {
                fill.for_role("bigquery.dataViewer", Resource::Dataset)
            };
            granted(&fill).or("When the other of the two roles is missing as well:", allow::role(&other))
        },
    },
    Variant {
        id: "artifact-registry-role-missing",
        cause: MISSING,
        says: "The account that pushes or pulls the image lacks {permission|its role} on the repository {repository|of the image}.",
        why: "Who pulls is not always who deploys: Cloud Run pulls as its own agent, a cluster as its nodes’ account.",
        remedy: registry,
    },
    Variant {
        id: "event-receiver-role-missing",
        cause: MISSING,
        says: "The trigger’s account may not receive events: it lacks `eventarc.events.receiveEvent`.",
        why: "",
        remedy: |fill| granted(&fill.for_role("eventarc.eventReceiver", Resource::Project)),
    },
    Variant {
        id: "service-account-user-missing",
        cause: MISSING,
        says: "Whoever deploys may not have anything run as that service account: `iam.serviceAccounts.actAs` on it is missing.",
        why: "It is asked for when something is deployed with the account, not when the service is called.",
        remedy: |fill| granted(&fill.for_role("iam.serviceAccountUser", Resource::ServiceAccount)),
    },
    Variant {
        id: "set-iam-policy-role-missing",
        cause: MISSING,
        says: "The account may not change who has access: it lacks {permission|the permission to set that policy}.",
        why: "Deploying and granting are two permissions; `roles/run.developer` has the first alone.",
        remedy: set_policy,
    },
    Variant {
        id: "deployer-role-missing",
        cause: MISSING,
        says: "The account that deploys lacks {permission|the permission to do so}.",
        why: "",
        remedy: |fill| granted(&held_or(fill, deploy_role(fill), Resource::Project))
            .or("When the deployment then fails at `iam.serviceAccounts.actAs`:", allow::role(&fill.for_role("iam.serviceAccountUser", Resource::ServiceAccount))),
    },
    Variant {
        id: "build-account-role-missing",
        cause: MISSING,
        says: "The account that the build runs as may not read the source, write logs or push the image.",
        why: "New projects build as the default Compute Engine account, older ones as the one of Cloud Build.",
        remedy: build,
    },
    Variant {
        id: "service-agent-role-missing",
        cause: MISSING,
        says: "One of Google’s own agents, which acts for the product in this project, has lost its role or never had it.",
        why: "Its role comes when the API is switched on; policies that are written as a whole remove it.",
        remedy: agent,
    },
    Variant {
        id: "acting-principal-lacks-role",
        cause: MISSING,
        says: "The call acts as another principal, an impersonated account or a federated one, and that principal lacks {permission|the role}.",
        why: "Roles of the person or account behind it do not count.",
        remedy: |fill| match fill.caller {
            Some(Caller::Gke) => Remedy::change(grant::token_creator(fill))
                .or("And name the account on the pod’s own:", callers::run_as(fill))
                .or("Or give the pod’s own identity the role, without any service account:", allow::role(&fill.at_api()))
                .verify(repeat(fill)),
            _ => granted(&fill.at_api()).or("When nothing should be impersonated:", stop_impersonating(fill)),
        },
    },
    Variant {
        id: "project-not-accessible",
        cause: MISSING,
        says: "The account sees no project {project|of this id}: the id is misspelt, or the account has no role in it.",
        why: "Google answers the same for a project that is not there.",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Name a project that the account may use")
                .caution("YOUR_PROJECT: see `gcloud projects list`. A job that reads another’s public data runs, and is paid, in a project of your own.")
                .sh(&["gcloud config set", "project", "YOUR_PROJECT"])
                .words("In code and tools: project_id / --project / GOOGLE_CLOUD_PROJECT, the id and not the display name.")
                .done(),
        )
        .or("When the id is right:", allow::role(&fill.for_role("browser", Resource::Project)))
        .check(Draft::reads(fill, "List the projects that the account sees").sh(&["gcloud projects list"]).done())
        .verify(repeat(fill)),
    },
    Variant {
        id: "document-not-shared",
        cause: MISSING,
        says: "The file belongs to Google Workspace and is not shared with the account that reads it.",
        why: "Files of Drive, Docs and Sheets are shared one by one; IAM roles do not open them.",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Share the file with SERVICE_ACCOUNT_EMAIL")
                .words("Open the file or folder, Share, and add SERVICE_ACCOUNT_EMAIL as Viewer, or as Editor if it writes.")
                .done(),
        )
        .verify(repeat(fill)),
    },
    Variant {
        id: "iam-deny-policy",
        cause: LATER,
        says: "A deny policy or a principal access boundary forbids {permission|the permission}, although a role holds it.",
        why: "Deny counts before every grant: one more role changes nothing.",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Have an administrator except the account from the deny rule")
                .caution("DENY_POLICY: its name in the list. RULES_FILE is the policy as `gcloud iam policies get` prints it, with `MEMBER` added to its `exceptionPrincipals`. A principal access boundary is changed in the same way, at the organisation.")
                .sh(&[
                    "gcloud iam policies update",
                    "DENY_POLICY",
                    "--attachment-point=cloudresourcemanager.googleapis.com/projects/PROJECT_ID",
                    "--kind=denypolicies",
                    "--policy-file=RULES_FILE",
                ])
                .words("In the console: IAM, Deny, the policy that names the permission, Exceptions: add the account.")
                .done(),
        )
        .check(
            Draft::reads(fill, "List the deny policies of the project")
                .caution("One of a folder or the organisation counts as well.")
                .sh(&[
                    "gcloud iam policies list",
                    "--attachment-point=cloudresourcemanager.googleapis.com/projects/PROJECT_ID",
                    "--kind=denypolicies",
                ])
                .done(),
        )
        .verify(repeat(fill)),
    },
    Variant {
        id: "iam-propagation",
        cause: LATER,
        says: "The grant, account or agent is minutes old and does not count everywhere yet.",
        why: "Usually two minutes, seven or more are possible; by membership of a group it may be hours.",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Wait some minutes, then do the same again")
                .caution("Change nothing in between: every change starts its own wait.")
                .words("Wait up to ten minutes and repeat the same command. In Terraform run terraform apply again; do not mix _iam_binding and _iam_member for one role, as the first removes what the second adds. A new service account takes about a minute to be known.")
                .done(),
        )
        .check(if fill.resource.is_some() { allow::policy(&fill.at_api()) } else { inspect::policy(fill) })
        .verify(repeat(fill)),
    },
];

const MISSING: &str = "iam-binding-missing";
const LATER: &str = "iam-propagation-or-condition";

/// The grant, with the policy to look at before and the same call after.
pub(super) fn granted(fill: &Fill) -> Remedy {
    Remedy::change(allow::role(fill))
        .check(allow::policy(fill))
        .verify(repeat(fill))
}

/// The same call by the same account: nothing else proves a grant.
pub(super) fn repeat(fill: &Fill) -> Fix {
    if fill.caller == Some(Caller::CloudScheduler) {
        return verify::again(fill);
    }
    Draft::reads(fill, "See that it works: the same call again, as CALLER_EMAIL")
        .words("Repeat the call that failed, from the same place and as the same account, CALLER_EMAIL. As another account it proves nothing.")
        .done()
}

/// The role of the permission that was named, else the usual one of the product.
pub(super) fn held_or(fill: &Fill, usual: &'static str, resource: Resource) -> Fill {
    if fill.resource.is_some() {
        fill.at_api()
    } else {
        fill.for_role(usual, resource)
    }
}

fn storage_role(fill: &Fill) -> &'static str {
    if fill.mentions(&["overwrite", "storage.objects.delete"]) {
        "storage.objectUser"
    } else if fill.mentions(&["upload", "write", "objects.create"]) {
        "storage.objectCreator"
    } else {
        "storage.objectViewer"
    }
}

fn deploy_role(fill: &Fill) -> &'static str {
    if fill.mentions(&["app engine", "appengine", "gcloud.app."]) {
        "appengine.deployer"
    } else if fill.mentions(&["function"]) {
        "cloudfunctions.developer"
    } else if fill.mentions(&["--source", "from source", "run-source"]) {
        "run.sourceDeveloper"
    } else if fill.mentions(&["cloudbuild", "gcloud.builds"]) {
        "cloudbuild.builds.editor"
    } else {
        "run.developer"
    }
}

fn registry(fill: &Fill) -> Remedy {
    let pushes = fill.mentions(&["upload", "push", "write"]);
    if fill.mentions(&["createonpush", "repo does not exist"]) {
        return granted(&fill.for_role("artifactregistry.createOnPushWriter", Resource::Project));
    }
    let usual = if pushes {
        "artifactregistry.writer"
    } else {
        "artifactregistry.reader"
    };
    let own = held_or(fill, usual, Resource::Repository);
    let reader = fill
        .for_role("artifactregistry.reader", Resource::Repository)
        .for_member(RUN_AGENT);
    if fill.mentions(&["serverless-robot-prod", "cloud run service agent"]) {
        return granted(&reader);
    }
    let remedy = granted(&own);
    if pushes {
        return remedy;
    }
    remedy.or("When Cloud Run pulls the image from another project:", allow::role(&reader))
}

const RUN_AGENT: &str =
    "serviceAccount:service-PROJECT_NUMBER@serverless-robot-prod.iam.gserviceaccount.com";

/// Whoever may set the policy of this one service grants, or lets the deployer grant.
fn set_policy(fill: &Fill) -> Remedy {
    let of = |prefix| {
        fill.permission
            .as_deref()
            .is_some_and(|permission| permission.to_ascii_lowercase().starts_with(prefix))
    };
    let other = fill.permission.is_some() && !of("run.") && !of("cloudfunctions.");
    let fill = if other && fill.resource.is_some() {
        fill.at_api()
    } else if of("cloudfunctions.") || fill.mentions(&["function"]) {
        fill.for_role("cloudfunctions.admin", Resource::Function)
    } else {
        fill.for_role("run.admin", Resource::Service)
    };
    granted(&fill).or(
        "When the deployer should not grant anything:",
        Draft::changes(&fill, "Or have somebody who may set the policy run the refused command once")
            .words("The grant stays when the service is deployed again: run the add-iam-policy-binding that failed as an administrator, and leave the step out of the pipeline.")
            .done(),
    )
}

fn build(fill: &Fill) -> Remedy {
    const DEFAULT: &str = "serviceAccount:PROJECT_NUMBER-compute@developer.gserviceaccount.com";
    const LEGACY: &str = "serviceAccount:PROJECT_NUMBER@cloudbuild.gserviceaccount.com";
    let of_its_own = fill.permission.as_deref().is_some_and(|permission| {
        let permission = permission.to_ascii_lowercase();
        permission.starts_with("bigquery.") || permission.starts_with("logging.")
    });
    let fill = if of_its_own {
        fill.at_api()
    } else if fill.mentions(&["logging.logentries", "logs writer", "logging.logwriter", "does not have permission to write logs"]) {
        fill.for_role("logging.logWriter", Resource::Project)
    } else {
        fill.for_role("cloudbuild.builds.builder", Resource::Project)
    };
    let fill = if fill.known(crate::fix::hole::Hole::Member).is_some_and(|member| member.contains('@') && !member.contains("SERVICE_ACCOUNT_EMAIL")) {
        fill
    } else if fill.mentions(&["@cloudbuild.gserviceaccount.com"]) {
        fill.for_member(LEGACY)
    } else {
        fill.for_member(DEFAULT)
    };
    Remedy::change(allow::role(&fill))
        .check(
            Draft::reads(&fill, "See which account builds run as")
                .sh(&["gcloud builds get-default-service-account", "[--project=PROJECT_ID]"])
                .done(),
        )
        .verify(
            Draft::reads(&fill, "See that it works: start the build again")
                .words("Start the same build again: its log shows that the step which failed is done.")
                .done(),
        )
}

/// Gives an agent back the role that it comes with.
fn agent(fill: &Fill) -> Remedy {
    const AGENTS: &[(&[&str], &str, &str)] = &[
        (
            &["gs-project-accounts", "storage service agent", "cloud storage service account"],
            "serviceAccount:service-PROJECT_NUMBER@gs-project-accounts.iam.gserviceaccount.com",
            "pubsub.publisher",
        ),
        (
            &["dataflow"],
            "serviceAccount:service-PROJECT_NUMBER@dataflow-service-producer-prod.iam.gserviceaccount.com",
            "dataflow.serviceAgent",
        ),
        (
            &["scheduler"],
            "serviceAccount:service-PROJECT_NUMBER@gcp-sa-cloudscheduler.iam.gserviceaccount.com",
            "cloudscheduler.serviceAgent",
        ),
        (
            &["cloudtasks", "cloud tasks"],
            "serviceAccount:service-PROJECT_NUMBER@gcp-sa-cloudtasks.iam.gserviceaccount.com",
            "cloudtasks.serviceAgent",
        ),
        (
            &["eventarc"],
            "serviceAccount:service-PROJECT_NUMBER@gcp-sa-eventarc.iam.gserviceaccount.com",
            "eventarc.serviceAgent",
        ),
        (
            &["pubsub", "pub/sub"],
            "serviceAccount:service-PROJECT_NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com",
            "pubsub.serviceAgent",
        ),
        (
            &["function", "gcf-admin-robot"],
            "serviceAccount:service-PROJECT_NUMBER@gcf-admin-robot.iam.gserviceaccount.com",
            "cloudfunctions.serviceAgent",
        ),
    ];
    let (_, member, role) = AGENTS
        .iter()
        .find(|(words, ..)| fill.mentions(words))
        .unwrap_or(&(&[], RUN_AGENT, "run.serviceAgent"));
    granted(&fill.for_role(role, Resource::Project).for_member(member))
}

fn stop_impersonating(fill: &Fill) -> Fix {
    Draft::changes(fill, "Have gcloud act as the signed-in account again")
        .sh(&["gcloud config unset", "auth/impersonate_service_account"])
        .done()
}
