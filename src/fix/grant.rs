//! Changes to IAM: the narrowest role on the narrowest resource.

use super::command::Words;
use super::draft::Draft;
use super::fill::Fill;
use super::hole::Hole;
use super::{Fix, Language, terraform};
use crate::evidence::Door;
use crate::input::Caller;
use crate::target::Product;

const SOON: &str = "A grant takes effect within a few minutes.";

/// Lets the caller through the door.
pub(crate) fn entry(fill: &Fill) -> Fix {
    let draft = match fill.door {
        Door::Function => Draft::changes(fill, "Let CALLER_EMAIL call FUNCTION")
            .caution("Gives `MEMBER` the invoker role of its generation on `FUNCTION` alone: `roles/cloudfunctions.invoker` for 1st gen, `roles/run.invoker` on the service behind it for 2nd gen.")
            .sh(&[
                "gcloud functions add-invoker-policy-binding",
                "FUNCTION",
                "--region=REGION",
                "[--project=PROJECT_ID]",
                "--member=MEMBER",
            ])
            .code(Language::Hcl, &terraform::FUNCTION_INVOKER)
            .code(Language::Hcl, &terraform::RUN_INVOKER),
        Door::Iap => return iap(fill),
        Door::Api if fill.known(Hole::RunJob).is_some() => {
            Draft::changes(fill, "Let CALLER_EMAIL run RUN_JOB")
                .caution("Gives `MEMBER` the role `roles/ROLE_NAME` on the job `RUN_JOB` alone.")
                .sh(&[
                    "gcloud run jobs add-iam-policy-binding",
                    "RUN_JOB",
                    "--region=REGION",
                    "[--project=PROJECT_ID]",
                    "--member=MEMBER",
                    "--role=roles/ROLE_NAME",
                ])
                .code(Language::Hcl, &terraform::RUN_JOB_INVOKER)
        }
        Door::Api => Draft::changes(fill, "Give CALLER_EMAIL the role `roles/ROLE_NAME`")
            .caution("Gives `MEMBER` the role in the whole project `PROJECT_ID`.")
            .caution(fill.narrower.unwrap_or("Where the resource has a policy of its own (a bucket, a topic, a secret), grant it there instead."))
            .sh(&[
                "gcloud projects add-iam-policy-binding",
                "PROJECT_ID",
                "--member=MEMBER",
                "--role=roles/ROLE_NAME",
            ]),
        _ => Draft::changes(fill, "Let CALLER_EMAIL call SERVICE")
            .caution_if(fill.door == Door::Gateway, "The gateway calls its backend as a service account of its own: name that one here.")
            .caution("Gives `MEMBER` the role `roles/run.invoker` on `SERVICE` alone.")
            .sh(&[
                "gcloud run services add-iam-policy-binding",
                "SERVICE",
                "--region=REGION",
                "[--project=PROJECT_ID]",
                "--member=MEMBER",
                "--role=roles/run.invoker",
            ])
            .code(Language::Hcl, &terraform::RUN_INVOKER),
    };
    let draft = draft.caution(SOON);
    dedicated(draft, fill).done()
}

/// Lets the caller call a 1st gen function.
pub(crate) fn first_generation(fill: &Fill) -> Fix {
    let draft = Draft::changes(fill, "Let CALLER_EMAIL call FUNCTION")
        .caution("Gives `MEMBER` the role `roles/cloudfunctions.invoker` on `FUNCTION` alone.")
        .sh(&[
            "gcloud functions add-iam-policy-binding",
            "FUNCTION",
            "--region=REGION",
            "[--project=PROJECT_ID]",
            "--no-gen2",
            "--member=MEMBER",
            "--role=roles/cloudfunctions.invoker",
        ])
        .code(Language::Hcl, &terraform::FUNCTION_INVOKER)
        .caution(SOON);
    dedicated(draft, fill).done()
}

/// Lets the caller in without a condition, beside the binding that has one.
pub(crate) fn unconditional(fill: &Fill) -> Fix {
    let draft = Draft::changes(fill, "Let CALLER_EMAIL call SERVICE, without the condition")
        .caution("Adds a second binding beside the one with the condition, which stays: look why it was limited before you do. To keep it limited, put a condition here that this call meets.")
        .sh(&[
            "gcloud run services add-iam-policy-binding",
            "SERVICE",
            "--region=REGION",
            "[--project=PROJECT_ID]",
            "--member=MEMBER",
            "--role=roles/run.invoker",
            "--condition=None",
        ])
        .code(Language::Hcl, &terraform::RUN_INVOKER)
        .caution(SOON);
    dedicated(draft, fill).done()
}

/// Lets the caller through Identity-Aware Proxy.
pub(crate) fn iap(fill: &Fill) -> Fix {
    let (words, hcl): (Words, _) = match fill.product {
        Product::CloudRun => (
            &[
                "gcloud iap web add-iam-policy-binding",
                "--resource-type=cloud-run",
                "--service=SERVICE",
                "--region=REGION",
                "[--project=PROJECT_ID]",
                "--member=MEMBER",
                "--role=roles/iap.httpsResourceAccessor",
            ],
            Some(&terraform::IAP_RUN),
        ),
        Product::AppEngine => (
            &[
                "gcloud iap web add-iam-policy-binding",
                "--resource-type=app-engine",
                "[--project=PROJECT_ID]",
                "--member=MEMBER",
                "--role=roles/iap.httpsResourceAccessor",
            ],
            None,
        ),
        _ => (
            &[
                "gcloud iap web add-iam-policy-binding",
                "--resource-type=backend-services",
                "--service=BACKEND_SERVICE",
                "[--project=PROJECT_ID]",
                "--member=MEMBER",
                "--role=roles/iap.httpsResourceAccessor",
            ],
            Some(&terraform::IAP_BACKEND),
        ),
    };
    let draft = Draft::changes(fill, "Let CALLER_EMAIL through IAP")
        .caution(
            "Gives `MEMBER` the role `roles/iap.httpsResourceAccessor` on this application alone.",
        )
        .caution(SOON)
        .sh(words);
    match hcl {
        Some(hcl) => draft.code(Language::Hcl, hcl),
        None => draft,
    }
    .done()
}

/// Lets IAP itself call the service behind it.
pub(crate) fn iap_agent(fill: &Fill) -> Fix {
    Draft::changes(fill, "Let IAP call SERVICE")
        .caution("IAP calls the service as its own agent. Gives that agent the role `roles/run.invoker` on `SERVICE` alone.")
        .sh(&[
            "gcloud run services add-iam-policy-binding",
            "SERVICE",
            "--region=REGION",
            "[--project=PROJECT_ID]",
            "--member=serviceAccount:service-PROJECT_NUMBER@gcp-sa-iap.iam.gserviceaccount.com",
            "--role=roles/run.invoker",
        ])
        .code(Language::Hcl, &terraform::IAP_AGENT)
        .done()
}

/// Lets whoever mints the token do so for the account: a person, a service agent, a workload.
pub(crate) fn token_creator(fill: &Fill) -> Fix {
    match fill.caller {
        Some(Caller::Gke) => Draft::changes(fill, "Let the pod act as SERVICE_ACCOUNT_EMAIL")
            .caution("Gives the Kubernetes account `NAMESPACE/KUBERNETES_ACCOUNT` the role `roles/iam.workloadIdentityUser` on `SERVICE_ACCOUNT_EMAIL` alone.")
            .sh(&[
                "gcloud iam service-accounts add-iam-policy-binding",
                "SERVICE_ACCOUNT_EMAIL",
                "--member=serviceAccount:PROJECT_ID.svc.id.goog[NAMESPACE/KUBERNETES_ACCOUNT]",
                "--role=roles/iam.workloadIdentityUser",
            ])
            .code(Language::Hcl, &terraform::GKE_IDENTITY),
        Some(Caller::GithubActions) => Draft::changes(fill, "Let the repository act as SERVICE_ACCOUNT_EMAIL")
            .caution("Gives workflows of `OWNER_AND_REPOSITORY` the role `roles/iam.workloadIdentityUser` on `SERVICE_ACCOUNT_EMAIL` alone.")
            .sh(&[
                "gcloud iam service-accounts add-iam-policy-binding",
                "SERVICE_ACCOUNT_EMAIL",
                "--member=principalSet://iam.googleapis.com/projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/attribute.repository/OWNER_AND_REPOSITORY",
                "--role=roles/iam.workloadIdentityUser",
            ])
            .code(Language::Hcl, &terraform::GITHUB_IDENTITY),
        Some(Caller::PubsubPush) => Draft::changes(fill, "Let Pub/Sub make tokens of SERVICE_ACCOUNT_EMAIL")
            .caution("Gives Pub/Sub’s service agent the role `roles/iam.serviceAccountTokenCreator` on `SERVICE_ACCOUNT_EMAIL` alone.")
            .sh(&[
                "gcloud iam service-accounts add-iam-policy-binding",
                "SERVICE_ACCOUNT_EMAIL",
                "--member=serviceAccount:service-PROJECT_NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com",
                "--role=roles/iam.serviceAccountTokenCreator",
            ])
            .code(Language::Hcl, &terraform::PUBSUB_AGENT),
        Some(Caller::CloudScheduler) => agent(
            fill,
            "Let Cloud Scheduler make tokens of SERVICE_ACCOUNT_EMAIL",
            "Gives Cloud Scheduler’s service agent the role `roles/iam.serviceAccountTokenCreator` on `SERVICE_ACCOUNT_EMAIL` alone; it normally may already.",
            &[
                "gcloud iam service-accounts add-iam-policy-binding",
                "SERVICE_ACCOUNT_EMAIL",
                "--member=serviceAccount:service-PROJECT_NUMBER@gcp-sa-cloudscheduler.iam.gserviceaccount.com",
                "--role=roles/iam.serviceAccountTokenCreator",
            ],
        ),
        Some(Caller::CloudTasks) => agent(
            fill,
            "Let Cloud Tasks make tokens of SERVICE_ACCOUNT_EMAIL",
            "Gives Cloud Tasks’ service agent the role `roles/iam.serviceAccountTokenCreator` on `SERVICE_ACCOUNT_EMAIL` alone; it normally may already.",
            &[
                "gcloud iam service-accounts add-iam-policy-binding",
                "SERVICE_ACCOUNT_EMAIL",
                "--member=serviceAccount:service-PROJECT_NUMBER@gcp-sa-cloudtasks.iam.gserviceaccount.com",
                "--role=roles/iam.serviceAccountTokenCreator",
            ],
        ),
        Some(Caller::Eventarc) => agent(
            fill,
            "Let Eventarc make tokens of SERVICE_ACCOUNT_EMAIL",
            "Gives Eventarc’s service agent the role `roles/iam.serviceAccountTokenCreator` on `SERVICE_ACCOUNT_EMAIL` alone.",
            &[
                "gcloud iam service-accounts add-iam-policy-binding",
                "SERVICE_ACCOUNT_EMAIL",
                "--member=serviceAccount:service-PROJECT_NUMBER@gcp-sa-eventarc.iam.gserviceaccount.com",
                "--role=roles/iam.serviceAccountTokenCreator",
            ],
        ),
        Some(Caller::CloudRun | Caller::CloudFunctions | Caller::Gce | Caller::Workflows) => Draft::changes(fill, "Let the caller’s own account make tokens of SERVICE_ACCOUNT_EMAIL")
            .caution("Gives `CALLING_ACCOUNT_EMAIL` the role `roles/iam.serviceAccountTokenCreator` on `SERVICE_ACCOUNT_EMAIL` alone; an account needs it for itself too.")
            .sh(&[
                "gcloud iam service-accounts add-iam-policy-binding",
                "SERVICE_ACCOUNT_EMAIL",
                "--member=serviceAccount:CALLING_ACCOUNT_EMAIL",
                "--role=roles/iam.serviceAccountTokenCreator",
            ])
            .code(Language::Hcl, &terraform::CALLING_ACCOUNT),
        _ => Draft::changes(fill, "Let yourself impersonate SERVICE_ACCOUNT_EMAIL")
            .caution("Gives `user:YOUR_EMAIL` the role `roles/iam.serviceAccountTokenCreator` on `SERVICE_ACCOUNT_EMAIL` alone. Being owner of the project is not enough.")
            .sh(&[
                "gcloud iam service-accounts add-iam-policy-binding",
                "SERVICE_ACCOUNT_EMAIL",
                "--member=user:YOUR_EMAIL",
                "--role=roles/iam.serviceAccountTokenCreator",
            ])
            .code(Language::Hcl, &terraform::TOKEN_CREATOR),
    }
    .caution(SOON)
    .done()
}

/// Lets whoever deploys have a workload run as the account.
pub(crate) fn act_as(fill: &Fill) -> Fix {
    Draft::changes(fill, "Let yourself use SERVICE_ACCOUNT_EMAIL")
        .caution("Gives `user:YOUR_EMAIL` the role `roles/iam.serviceAccountUser` on `SERVICE_ACCOUNT_EMAIL` alone. For a pipeline put `serviceAccount:` and its account there.")
        .sh(&[
            "gcloud iam service-accounts add-iam-policy-binding",
            "SERVICE_ACCOUNT_EMAIL",
            "--member=user:YOUR_EMAIL",
            "--role=roles/iam.serviceAccountUser",
        ])
        .code(Language::Hcl, &terraform::ACT_AS)
        .caution(SOON)
        .done()
}

/// Has the identity provider admit the repository.
pub(crate) fn provider_condition(fill: &Fill) -> Fix {
    Draft::changes(fill, "Have the identity provider admit OWNER_AND_REPOSITORY")
        .caution("Replaces the provider’s whole condition: keep what it says today, and add to it with `||`. As it stands here, workflows of `OWNER_AND_REPOSITORY` alone may exchange their tokens.")
        .sh(&[
            "gcloud iam workload-identity-pools providers update-oidc",
            "PROVIDER",
            "--workload-identity-pool=POOL",
            "--location=global",
            "--attribute-condition=assertion.repository=='OWNER_AND_REPOSITORY'",
        ])
        .code(Language::Hcl, &terraform::PROVIDER_CONDITION)
        .words("Or run the workflow from the repository, branch or environment that the attribute condition names.")
        .done()
}

/// Opens the service to everybody. Never the first fix.
pub(crate) fn everybody(fill: &Fill) -> Fix {
    let draft = Draft::changes(fill, "Last resort: open it to everybody on the internet")
        .caution("Gives `allUsers` the invoker role: no token is asked for any more, by anybody. Only for what may be public, or what checks its callers itself. An organisation policy may forbid it.");
    match fill.door {
        Door::Function => draft.sh(&[
            "gcloud functions add-invoker-policy-binding",
            "FUNCTION",
            "--region=REGION",
            "[--project=PROJECT_ID]",
            "--member=allUsers",
        ]),
        _ => draft.sh(&[
            "gcloud run services add-iam-policy-binding",
            "SERVICE",
            "--region=REGION",
            "[--project=PROJECT_ID]",
            "--member=allUsers",
            "--role=roles/run.invoker",
        ]),
    }
    .done()
}

fn agent<'f>(
    fill: &'f Fill,
    title: &'static str,
    caution: &'static str,
    words: Words,
) -> Box<Draft<'f>> {
    Draft::changes(fill, title).caution(caution).sh(words)
}

/// Advice against granting to an account that everything in the project shares.
fn dedicated<'f>(draft: Box<Draft<'f>>, fill: &Fill) -> Box<Draft<'f>> {
    draft.caution_if(
        fill.default_account,
        "This is a default service account, which other workloads of the project share: they may call it too. A dedicated account keeps the grant to this caller.",
    )
}
