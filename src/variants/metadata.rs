//! The metadata server, and accounts attached to machines, pods and services.

use super::{MINT, Variant, told};
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language, callers, grant, inspect};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "no-service-account-attached",
        cause: MINT,
        says: "The metadata server answers, but this machine, pod or job has no service account attached.",
        why: "",
        remedy: |fill| {
            let remedy = Remedy::change(attach(fill));
            match fill.caller {
                Some(Caller::Gke) => remedy.or("When the binding is missing as well:", grant::token_creator(fill)),
                Some(Caller::CloudRun | Caller::CloudFunctions) => remedy,
                _ => remedy.or("On GKE, for the pod’s Kubernetes account (iam.gke.io/gcp-service-account):", annotate(fill)),
            }
            .check(who(fill))
            .verify(who(fill))
        },
    },
    Variant {
        id: "metadata-server-not-ready",
        cause: MINT,
        says: "The metadata server could not be reached yet, or a network rule keeps this pod or machine from it.",
        why: "In the first seconds of a GKE pod it does not answer; off Google Cloud there is none.",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Wait for the metadata server, then try again; let network policies admit it")
                .caution("Off Google Cloud there is no metadata server: there sign in, `gcloud auth application-default login`.")
                .words("Retry with a pause, or wait in an init container until http://169.254.169.254/ answers with the header Metadata-Flavor: Google. Network policies of GKE must admit egress to 169.254.169.254 port 80 and to 169.254.169.252 port 988.")
                .done(),
        )
        .check(who(fill))
        .verify(who(fill)),
    },
    Variant {
        id: "metadata-server-shadowed",
        cause: MINT,
        says: "Something else answered, or stood in the way, where Google’s metadata server or token endpoint should answer: a proxy, an emulator, a variable.",
        why: "",
        remedy: |fill| Remedy::change(no_proxy(fill)).verify(who(fill)),
    },
    Variant {
        id: "gke-workload-identity-off",
        cause: MINT,
        says: "{cluster|The cluster} or its node pool has no Workload Identity Federation, or conceals the metadata server.",
        why: "",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Switch Workload Identity Federation on in CLUSTER")
                .caution("Existing node pools need it as well (next). Autopilot clusters have it always.")
                .sh(&[
                    "gcloud container clusters update",
                    "CLUSTER",
                    "--location=LOCATION",
                    "[--project=PROJECT_ID]",
                    "--workload-pool=PROJECT_ID.svc.id.goog",
                ])
                .code(Language::Hcl, &told!("resource \"google_container_cluster\" \"cluster\" {\n  name     = \"CLUSTER\"\n  location = \"LOCATION\"\n\n  workload_identity_config {\n    workload_pool = \"PROJECT_ID.svc.id.goog\"\n  }\n  # The rest as it is.\n}"))
                .words("Kubernetes Engine, Clusters, CLUSTER, Details, Security: enable Workload Identity.")
                .done(),
        )
        .or(
            "When the cluster has it and the node pool does not:",
            Draft::changes(fill, "Have the node pool give pods their own identity")
                .caution("Fill in NODE_POOL. `GKE_METADATA` recreates the nodes of the pool.")
                .sh(&[
                    "gcloud container node-pools update",
                    "NODE_POOL",
                    "--cluster=CLUSTER",
                    "--location=LOCATION",
                    "[--project=PROJECT_ID]",
                    "--workload-metadata=GKE_METADATA",
                ])
                .done(),
        )
        .check(
            Draft::reads(fill, "See whether CLUSTER has a workload pool")
                .sh(&[
                    "gcloud container clusters describe",
                    "CLUSTER",
                    "--location=LOCATION",
                    "[--project=PROJECT_ID]",
                    "--format=value(workloadIdentityConfig.workloadPool,nodePools[].config.workloadMetadataConfig.mode)",
                ])
                .done(),
        )
        .verify(who(fill)),
    },
    Variant {
        id: "gke-workload-identity-user-missing",
        cause: MINT,
        says: "The pod’s Kubernetes account may not act as {account|the Google service account}.",
        why: "The binding names the exact project, namespace and Kubernetes account: one letter’s difference is enough.",
        remedy: |fill| {
            let mut pod = fill.clone();
            pod.caller = Some(Caller::Gke);
            Remedy::change(grant::token_creator(&pod))
                .or("When the Kubernetes account names no Google account yet:", annotate(fill))
                .check(inspect::account_policy(fill))
                .check(inspect::caller_account(&pod))
                .verify(who(&pod))
        },
    },
    Variant {
        id: "gateway-account-cannot-mint",
        cause: MINT,
        says: "The gateway has no service account that can make ID tokens for its backend.",
        why: "",
        remedy: |fill| Remedy::change(
            Draft::changes(fill, "Give the gateway’s config an account for its backend")
                .caution("Fill in CONFIG, API and SPEC_FILE. The config is then rolled out with `gcloud api-gateway gateways update`. In the document `jwt_audience` of `x-google-backend` must be AUDIENCE.")
                .sh(&[
                    "gcloud api-gateway api-configs create",
                    "CONFIG",
                    "--api=API",
                    "[--project=PROJECT_ID]",
                    "--openapi-spec=SPEC_FILE",
                    "--backend-auth-service-account=SERVICE_ACCOUNT_EMAIL",
                ])
                .words("ESPv2 on Cloud Run: deploy it with --service-account=SERVICE_ACCOUNT_EMAIL. API Gateway: create a new config with that account and point the gateway to it.")
                .done(),
        )
        .or("When the account is set and may not be used:", grant::act_as(fill))
        .check(
            Draft::reads(fill, "See the config’s account")
                .caution("Fill in CONFIG and API.")
                .sh(&["gcloud api-gateway api-configs describe", "CONFIG", "--api=API", "[--project=PROJECT_ID]", "--format=value(gatewayServiceAccount)"])
                .done(),
        )
        .verify(crate::fix::verify::again(fill)),
    },
    Variant {
        id: "scheduler-agent-cannot-mint",
        cause: MINT,
        says: "Cloud Scheduler’s call to a Google API was not authenticated: the job has no OAuth account, or Cloud Scheduler’s agent may not make tokens of it.",
        why: "",
        remedy: |fill| Remedy::change(callers::send_access_token(fill))
            .or("When the job has its OAuth account already:", scheduler_agent(fill))
            .check(inspect::caller_account(fill))
            .verify(crate::fix::verify::again(fill)),
    },
];

/// Gives Cloud Scheduler's agent its role back.
fn scheduler_agent(fill: &Fill) -> Fix {
    Draft::changes(fill, "Give Cloud Scheduler’s agent its role back")
        .caution("`roles/cloudscheduler.serviceAgent` is the agent’s own role; it holds what making tokens needs. For an account of another project, grant the agent `roles/iam.serviceAccountTokenCreator` on that account.")
        .sh(&[
            "gcloud projects add-iam-policy-binding",
            "PROJECT_ID",
            "--member=serviceAccount:service-PROJECT_NUMBER@gcp-sa-cloudscheduler.iam.gserviceaccount.com",
            "--role=roles/cloudscheduler.serviceAgent",
        ])
        .code(Language::Hcl, &told!("resource \"google_project_iam_member\" \"scheduler_agent\" {\n  project = \"PROJECT_ID\"\n  role    = \"roles/cloudscheduler.serviceAgent\"\n  member  = \"serviceAccount:service-PROJECT_NUMBER@gcp-sa-cloudscheduler.iam.gserviceaccount.com\"\n}"))
        .done()
}

/// Gives the workload an account, as its platform does it.
pub(super) fn attach(fill: &Fill) -> Fix {
    match fill.caller {
        Some(Caller::CloudRun | Caller::Workflows) => callers::run_as(fill),
        Some(Caller::CloudFunctions) => Draft::changes(fill, "Deploy the calling function as SERVICE_ACCOUNT_EMAIL")
            .caution("Run it where the function’s source is.")
            .sh(&[
                "gcloud functions deploy",
                "CALLING_SERVICE",
                "--region=LOCATION",
                "[--project=PROJECT_ID]",
                "--service-account=SERVICE_ACCOUNT_EMAIL",
            ])
            .code(Language::Hcl, &told!("resource \"google_cloudfunctions2_function\" \"caller\" {\n  name     = \"CALLING_SERVICE\"\n  location = \"LOCATION\"\n\n  service_config {\n    service_account_email = \"SERVICE_ACCOUNT_EMAIL\"\n  }\n  # The rest as it is.\n}"))
            .done(),
        Some(Caller::Gke) => annotate(fill),
        Some(Caller::Gce) => vm(fill),
        _ => Draft::changes(fill, "Attach SERVICE_ACCOUNT_EMAIL to what runs the program")
            .caution("The VM must be stopped for it. A Cloud Run service takes `--service-account` at its update, a build `--service-account` at its submission.")
            .sh(VM)
            .words("Cloud Run: the service, Edit and deploy new revision, Security, Service account. VM: stop it, Edit, Identity and API access: the service account with the scope cloud-platform.")
            .done(),
    }
}

const VM: &[&str] = &[
    "gcloud compute instances set-service-account",
    "VM_NAME",
    "--zone=ZONE",
    "[--project=PROJECT_ID]",
    "--service-account=SERVICE_ACCOUNT_EMAIL",
    "--scopes=cloud-platform",
];

fn vm(fill: &Fill) -> Fix {
    Draft::changes(fill, "Attach SERVICE_ACCOUNT_EMAIL to the VM")
        .caution("Stop the VM before and start it afterwards.")
        .sh(VM)
        .code(Language::Hcl, &told!("resource \"google_compute_instance\" \"vm\" {\n  name = \"VM_NAME\"\n  zone = \"ZONE\"\n\n  service_account {\n    email  = \"SERVICE_ACCOUNT_EMAIL\"\n    scopes = [\"cloud-platform\"]\n  }\n  allow_stopping_for_update = true\n  # The rest as it is.\n}"))
        .words("Stop the VM, Edit, Identity and API access: the service account with access to all Cloud APIs.")
        .done()
}

/// Names the Google account on the pod's Kubernetes account.
pub(super) fn annotate(fill: &Fill) -> Fix {
    Draft::changes(fill, "Name SERVICE_ACCOUNT_EMAIL on the pod’s Kubernetes account")
        .caution("The annotation is `iam.gke.io/gcp-service-account`. Then restart the pods. The Kubernetes account also needs `roles/iam.workloadIdentityUser` on the service account.")
        .sh(&[
            "kubectl annotate serviceaccount",
            "KUBERNETES_ACCOUNT",
            "--namespace=NAMESPACE",
            "--overwrite",
            "iam.gke.io/gcp-service-account=SERVICE_ACCOUNT_EMAIL",
        ])
        .words("On the Kubernetes account set the annotation iam.gke.io/gcp-service-account: SERVICE_ACCOUNT_EMAIL.")
        .done()
}

/// Lets the program reach Google's metadata server and token endpoint directly.
pub(super) fn no_proxy(fill: &Fill) -> Fix {
    let draft = Draft::changes(fill, "Let the program reach Google’s metadata server itself, past any proxy")
        .caution("`NO_PROXY` must name metadata.google.internal and 169.254.169.254. `GCE_METADATA_HOST`, `METADATA_SERVER_DETECTION` and `NO_GCE_CHECK` are best left unset.");
    match fill.caller {
        Some(Caller::CloudRun) => draft.sh(&[
            "gcloud run services update",
            "CALLING_SERVICE",
            "--region=LOCATION",
            "[--project=PROJECT_ID]",
            "--update-env-vars=^;^NO_PROXY=metadata.google.internal,169.254.169.254",
        ]),
        _ => draft,
    }
    .words("Set NO_PROXY=metadata.google.internal,169.254.169.254 where a proxy is set; unset GCE_METADATA_HOST, METADATA_SERVER_DETECTION and NO_GCE_CHECK. In a credential file token_uri (the token endpoint) must be https://oauth2.googleapis.com/token. On Cloud Run give the container enough CPU at its start.")
    .done()
}

/// Who the metadata server says that this workload is.
pub(super) fn who(fill: &Fill) -> Fix {
    match fill.caller {
        Some(Caller::CloudRun | Caller::CloudFunctions) => inspect::caller_account(fill),
        _ => Draft::reads(fill, "Ask the metadata server which account this is, run where the program runs")
            .caution("It lists the accounts. An HTML page, or an answer without the header `Metadata-Flavor: Google`, is a proxy’s.")
            .sh(&[
                "curl",
                "-si",
                "-H",
                "Metadata-Flavor: Google",
                "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/",
            ])
            .done(),
    }
}
