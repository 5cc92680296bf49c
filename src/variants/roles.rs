//! Roles that an account lacks at a Google API: granted on the narrowest resource that has a
//! policy, to the account that calls.

use super::Variant;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::hole::Hole;
use crate::fix::remedy::Remedy;
use crate::fix::value::Value;
use crate::fix::{Fix, allow, callers, grant, inspect, verify};
use crate::input::Caller;
use crate::known::roles::Resource;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "permission-role-missing",
        cause: MISSING,
        says: "The account has no role with {permission|the permission for this call} on what it asked for.",
        why: "The API knew the account: a refusal of the token itself would be a 401.",
        remedy: permission,
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
        remedy: |fill| {
            granted(&held_or(
                fill,
                "secretmanager.secretAccessor",
                Resource::Secret,
            ))
        },
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
                return granted(
                    &fill.for_role("datacatalog.categoryFineGrainedReader", Resource::Project),
                );
            }
            let fill = if fill.resource.is_none() && fill.mentions(&["table", "dataset"]) {
                fill.for_role("bigquery.dataViewer", Resource::Dataset)
            } else {
                held_or(fill, "bigquery.jobUser", Resource::Project)
            };
            let other = if fill.resource == Some(Resource::Dataset) {
                fill.for_role("bigquery.jobUser", Resource::Project)
            } else {
                fill.for_role("bigquery.dataViewer", Resource::Dataset)
            };
            let runs = fill.mentions(&["bigquery.jobs.create"]);
            // Nobody is granted anything in a project that holds the world's data.
            if runs && fill.mentions(PUBLIC_DATA) {
                return Remedy::change(own_project(&fill)).verify(repeat(&fill));
            }
            let remedy = granted(&fill).or(
                "When the other of the two roles is missing as well:",
                allow::role(&other),
            );
            if runs {
                remedy.or(
                    "When the project is not yours, as with public data:",
                    own_project(&fill),
                )
            } else {
                remedy
            }
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
        remedy: |fill| {
            granted(&fill.for_role(deploy_role(fill), Resource::Project)).or(
                "When the deployment then fails at `iam.serviceAccounts.actAs`:",
                allow::role(&fill.for_role("iam.serviceAccountUser", Resource::ServiceAccount)),
            )
        },
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
                .or(
                    "And name the account on the pod’s own:",
                    callers::run_as(fill),
                )
                .or(
                    "Or give the pod’s own identity the role, without any service account:",
                    allow::role(&fill.at_api()),
                )
                .verify(repeat(fill)),
            _ => granted(&fill.at_api()).or(
                "When nothing should be impersonated:",
                stop_impersonating(fill),
            ),
        },
    },
    Variant {
        id: "project-not-accessible",
        cause: MISSING,
        says: "The account sees no project {project|of this id}: the id is misspelt, or the account has no role in it.",
        why: "Google answers the same for a project that is not there.",
        remedy: |fill| {
            Remedy::change(own_project(fill))
                .or(
                    "When the id is right:",
                    allow::role(&fill.for_role("browser", Resource::Project)),
                )
                .check(
                    Draft::reads(fill, "List the projects that the account sees")
                        .sh(&["gcloud projects list"])
                        .done(),
                )
                .verify(repeat(fill))
        },
    },
    Variant {
        id: "document-not-shared",
        cause: MISSING,
        says: "The file belongs to Google Workspace and is not shared with the account that reads it.",
        why: "Files of Drive, Docs and Sheets are shared one by one; IAM roles do not open them.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Share the file with SERVICE_ACCOUNT_EMAIL")
                .words("Open the file or folder, Share, and add SERVICE_ACCOUNT_EMAIL as Viewer, or as Editor if it writes.")
                .done(),
        )
        .verify(repeat(fill))
        },
    },
    Variant {
        id: "iam-deny-policy",
        cause: LATER,
        says: "A deny policy or a principal access boundary forbids {permission|the permission}, although a role holds it.",
        why: "Deny counts before every grant: one more role changes nothing.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Have an administrator except the account from the deny rule")
                .caution("DENY_POLICY: its name in the list. RULES_FILE is the policy as iam policies get prints it, with `MEMBER` added to its `exceptionPrincipals`. A principal access boundary is changed in the same way, at the organisation.")
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
        .verify(repeat(fill))
        },
    },
    Variant {
        id: "iam-propagation",
        cause: LATER,
        says: "The grant, account or agent is minutes old and does not count everywhere yet.",
        why: "Usually two minutes, seven or more are possible; by membership of a group it may be hours.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Wait some minutes, then do the same again")
                .caution("Change nothing in between: every change starts its own wait.")
                .words("Wait up to ten minutes and repeat the same command. In Terraform run terraform apply again; do not mix _iam_binding and _iam_member for one role, as the first removes what the second adds. A new service account takes about a minute to be known.")
                .done(),
        )
        .check(if fill.resource.is_some() { allow::policy(&fill.at_api()) } else { inspect::policy(fill) })
        .verify(repeat(fill))
        },
    },
];

const MISSING: &str = "iam-binding-missing";
const LATER: &str = "iam-propagation-or-condition";

/// A role by the permission that was named, else by the product; without either the account is
/// what can be looked at.
fn permission(fill: &Fill) -> Remedy {
    let fill = &fill.at_api();
    if fill.mentions(&[
        "delegation denied",
        "not authorized to access this resource/api",
        "domain-wide",
    ]) {
        return super::accounts::subject(fill);
    }
    if let Some((_, place)) = OUTSIDE_IAM.iter().find(|(words, _)| fill.mentions(words)) {
        return Remedy::change(
            Draft::changes(
                fill,
                "Add CALLER_EMAIL as a user where the product keeps its own list",
            )
            .caution("Roles in IAM do not count for this API.")
            .words(place)
            .done(),
        )
        .verify(repeat(fill));
    }
    if fill.resource.is_some() {
        return granted(fill);
    }
    if let Some((_, role, resource)) = PRODUCTS.iter().find(|(words, ..)| fill.mentions(words)) {
        let fill = fill.for_role(role, *resource);
        let remedy = granted(&fill);
        return if *resource == Resource::Topic {
            let reads = fill.for_role("pubsub.subscriber", Resource::Subscription);
            remedy.or("When it reads a subscription:", allow::role(&reads))
        } else {
            remedy
        };
    }
    if fill.caller == Some(Caller::LocalUser) && !fill.mentions(&["(gcloud."]) {
        return Remedy::change(super::accounts::adc(fill))
            .or("When that account is the right one:", allow::role(fill))
            .check(inspect::caller_account(fill))
            .verify(repeat(fill));
    }
    granted(fill)
}

/// Products that keep their own list of who may do what, by words of their errors and URLs.
const OUTSIDE_IAM: &[(&[&str], &str)] = &[
    (
        &["androidpublisher", "play developer"],
        "In the Play Console: Users and permissions, invite CALLER_EMAIL, and give it the rights of the app (orders and subscriptions among them). It can take 24 hours until they count: then wait, and change nothing.",
    ),
    (
        &["searchconsole.googleapis", "/webmasters/", "search console"],
        "In Search Console: the property, Settings, Users and permissions, Add user: CALLER_EMAIL. The property’s name in the request must be that one (sc-domain: or the URL with its slash).",
    ),
    (
        &["analyticsdata", "analyticsadmin", "analyticsreporting"],
        "In Google Analytics: Admin, the property, Property access management, add CALLER_EMAIL as a viewer. The number in the request is the property’s.",
    ),
    (
        &["googleads.googleapis", "googleads", "adwords"],
        "In Google Ads: Admin, Access and security, add the account, or set login-customer-id to the manager account that has it.",
    ),
    (
        &["merchantapi", "/content/v2", "merchant center"],
        "In Merchant Center: People and access, add CALLER_EMAIL.",
    ),
];

/// Projects that hold public data, where no stranger may run anything.
const PUBLIC_DATA: &[&str] = &[
    "project bigquery-public-data",
    "project bigquery-samples",
    "project gdelt-bq",
    "project githubarchive",
    "project httparchive",
    "project patents-public-data",
    "project publicdata",
];

/// The usual role of a product, by words of its errors and its host, where no permission is named.
const PRODUCTS: &[(&[&str], &str, Resource)] = &[
    (
        &[
            "cloud sql iam",
            "iam user authentication failed",
            "iam service account authentication failed",
        ],
        "cloudsql.instanceUser",
        Resource::Project,
    ),
    (
        &[
            "cloud sql",
            "cloudsql",
            "sqladmin",
            "connection name",
            "ephemeral cert",
            "client is not authorized to make this request",
        ],
        "cloudsql.client",
        Resource::Project,
    ),
    (
        &["service control", "servicecontrol"],
        "servicemanagement.serviceController",
        Resource::Project,
    ),
    (
        &[
            "insufficient_permission",
            "identitytoolkit",
            "used to initialize the sdk",
            "provided to initializeapp",
        ],
        "firebaseauth.admin",
        Resource::Project,
    ),
    (
        &["firestore", "datastore"],
        "datastore.user",
        Resource::Project,
    ),
    (
        &["cloudtasks", "cloud tasks"],
        "cloudtasks.enqueuer",
        Resource::Queue,
    ),
    (
        &[
            "pubsub",
            "pub/sub",
            "user not authorized to perform this action",
        ],
        "pubsub.publisher",
        Resource::Topic,
    ),
    (
        &["aiplatform", "vertex"],
        "aiplatform.user",
        Resource::Project,
    ),
    (
        &["container.googleapis.com", "gkecluster"],
        "container.clusterViewer",
        Resource::Project,
    ),
    (
        &["secretmanager", "secret manager"],
        "secretmanager.secretAccessor",
        Resource::Secret,
    ),
];

fn own_project(fill: &Fill) -> Fix {
    Draft::changes(fill, "Name a project that the account may use")
        .caution("YOUR_PROJECT: see `gcloud projects list`. A query of public data runs, and is paid, in a project of your own.")
        .sh(&["gcloud config set", "project", "YOUR_PROJECT"])
        .words("In code and tools: project_id / --project / GOOGLE_CLOUD_PROJECT, the id and not the display name.")
        .done()
}

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
    let of = |prefix| {
        let permission = fill.permission.as_deref().unwrap_or_default();
        permission.to_ascii_lowercase().starts_with(prefix)
    };
    if of("run.") {
        "run.developer"
    } else if fill.mentions(&["app engine", "appengine", "gcloud.app."]) {
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
    // The old registry asks for the bucket that it kept images in.
    let old = fill
        .permission
        .as_deref()
        .is_some_and(|permission| permission.starts_with("storage.buckets"));
    if old {
        return granted(&fill.for_role("artifactregistry.createOnPushWriter", Resource::Project));
    }
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
    remedy.or(
        "When Cloud Run pulls the image from another project:",
        allow::role(&reader),
    )
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
    // Who may change the policy of the whole project may do everything in it.
    if of("resourcemanager.")
        || fill.mentions(&[
            "project iam policy",
            "projects instance",
            "gcloud.projects.set",
            "gcloud.projects.add",
        ])
    {
        return Remedy::change(
            Draft::changes(fill, "Have somebody who may set the project’s policy run the refused command once")
                .caution("It needs `resourcemanager.projects.getIamPolicy` and `setIamPolicy`: an owner, or roles/resourcemanager.projectIamAdmin. Give that role to no account that deploys.")
                .words("Run the command that failed as an administrator of PROJECT_ID; the grant stays.")
                .done(),
        )
        .check(allow::policy(&fill.for_role("browser", Resource::Project)))
        .verify(repeat(fill));
    }
    let other = fill.permission.is_some() && !of("run.") && !of("cloudfunctions.");
    let fill = if other && fill.resource.is_some() {
        fill.at_api()
    } else if of("cloudfunctions.") || (!of("run.") && fill.mentions(&["function"])) {
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
    const PUBSUB: &str =
        "serviceAccount:service-PROJECT_NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com";
    if fill.mentions(&["bigquery.tables", "bigquery table"]) {
        let data = fill.for_role("bigquery.dataEditor", Resource::Dataset);
        return granted(&if fill.mentions(&["gcp-sa-pubsub"]) {
            data.for_member(PUBSUB)
        } else {
            data
        });
    }
    let fill = if fill.mentions(&[
        "logging.logentries",
        "logs writer",
        "logging.logwriter",
        "does not have permission to write logs",
    ]) {
        fill.for_role("logging.logWriter", Resource::Project)
    } else {
        fill.for_role("cloudbuild.builds.builder", Resource::Project)
    };
    let fill = if matches!(fill.get(Hole::Member), Value::Known(_)) {
        fill
    } else if fill.mentions(&["@cloudbuild.gserviceaccount.com"]) {
        fill.for_member(LEGACY)
    } else {
        fill.for_member(DEFAULT)
    };
    Remedy::change(allow::role(&fill))
        .check(
            Draft::reads(&fill, "See which account builds run as")
                .sh(&[
                    "gcloud builds get-default-service-account",
                    "[--project=PROJECT_ID]",
                ])
                .done(),
        )
        .verify(
            Draft::reads(&fill, "See that it works: start the build again")
                .words(
                    "Start the same build again: its log shows that the step which failed is done.",
                )
                .done(),
        )
}

/// Gives an agent back the role that it comes with.
fn agent(fill: &Fill) -> Remedy {
    const AGENTS: &[(&[&str], &str, &str)] = &[
        (
            &[
                "gs-project-accounts",
                "storage service agent",
                "cloud storage service account",
            ],
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
