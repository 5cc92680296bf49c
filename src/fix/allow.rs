//! The role that holds a refused permission, granted on the resource that was asked for, and the
//! policy of that resource.

use super::command::Words;
use super::draft::Draft;
use super::fill::Fill;
use super::template::Template;
use super::{Fix, Language};
use crate::known::roles::Resource;

/// Gives the caller the role on the resource, both as the fill has them.
pub(crate) fn role(fill: &Fill) -> Fix {
    let place = place(fill);
    let draft = Draft::changes(fill, place.title)
        .caution_if(fill.permission.is_some(), "The role holds `PERMISSION`, which was refused.")
        .caution(place.reach)
        .caution_if(
            fill.default_account,
            "This is a default service account, which other workloads of the project share. A dedicated account keeps the grant to this caller.",
        )
        .caution("A grant takes effect within a few minutes.");
    // What has no command of gcloud is told in words first.
    match place.grant {
        [] => draft.words(place.console).code(Language::Hcl, &place.hcl),
        grant => draft
            .sh(grant)
            .code(Language::Hcl, &place.hcl)
            .words(place.console),
    }
    .done()
}

/// Shows the policy of the resource.
pub(crate) fn policy(fill: &Fill) -> Fix {
    let place = place(fill);
    let draft = Draft::reads(fill, place.look);
    match place.policy {
        [] => draft.words("In BigQuery: Explorer, DATASET, Sharing, Permissions."),
        policy => draft.sh(policy),
    }
    .done()
}

/// A resource whose policy may hold a grant.
struct Place {
    title: &'static str,
    reach: &'static str,
    grant: Words,
    hcl: Template,
    console: &'static str,
    look: &'static str,
    policy: Words,
}

const ALONE: &str = "Gives `MEMBER` the role on this resource alone.";

#[allow(clippy::too_many_lines)] // A table.
fn place(fill: &Fill) -> Place {
    match fill.resource.unwrap_or(Resource::Project) {
        Resource::Project => Place {
            title: "Give CALLER_EMAIL the role `roles/ROLE_NAME` in PROJECT_ID",
            reach: "Gives `MEMBER` the role in the whole project.",
            grant: &["gcloud projects add-iam-policy-binding", "PROJECT_ID", "--member=MEMBER", "--role=roles/ROLE_NAME"],
            hcl: const { Template::new(
                r#"
resource "google_project_iam_member" "grant" {
  project = "PROJECT_ID"
  role    = "roles/ROLE_NAME"
  member  = "MEMBER"
}
"#,
            ) },
            console: "In the console: IAM, Grant access: the principal CALLER_EMAIL, the role roles/ROLE_NAME.",
            look: "See which roles CALLER_EMAIL has in PROJECT_ID",
            policy: &["gcloud projects get-iam-policy", "PROJECT_ID", "--flatten=bindings[].members", "--filter=bindings.members:CALLER_EMAIL", "--format=table(bindings.role,bindings.condition.title)"],
        },
        Resource::Service => Place {
            title: "Give CALLER_EMAIL the role `roles/ROLE_NAME` on SERVICE",
            reach: ALONE,
            grant: &["gcloud run services add-iam-policy-binding", "SERVICE", "--region=REGION", "[--project=PROJECT_ID]", "--member=MEMBER", "--role=roles/ROLE_NAME"],
            hcl: const { Template::new(
                r#"
resource "google_cloud_run_v2_service_iam_member" "grant" {
  project  = "PROJECT_ID"
  location = "REGION"
  name     = "SERVICE"
  role     = "roles/ROLE_NAME"
  member   = "MEMBER"
}
"#,
            ) },
            console: "In the console: Cloud Run, SERVICE, Permissions, Grant access: the principal CALLER_EMAIL, the role roles/ROLE_NAME.",
            look: "See who may do what with SERVICE",
            policy: &["gcloud run services get-iam-policy", "SERVICE", "--region=REGION", "[--project=PROJECT_ID]"],
        },
        Resource::Function => Place {
            title: "Give CALLER_EMAIL the role `roles/ROLE_NAME` on FUNCTION",
            reach: ALONE,
            grant: &["gcloud functions add-iam-policy-binding", "FUNCTION", "--region=REGION", "[--project=PROJECT_ID]", "--member=MEMBER", "--role=roles/ROLE_NAME"],
            hcl: const { Template::new(
                r#"
resource "google_cloudfunctions_function_iam_member" "grant" {
  project        = "PROJECT_ID"
  region         = "REGION"
  cloud_function = "FUNCTION"
  role           = "roles/ROLE_NAME"
  member         = "MEMBER"
}
"#,
            ) },
            console: "In the console: Cloud Run functions, FUNCTION, Permissions, Grant access: the principal CALLER_EMAIL, the role roles/ROLE_NAME.",
            look: "See who may do what with FUNCTION",
            policy: &["gcloud functions get-iam-policy", "FUNCTION", "--region=REGION", "[--project=PROJECT_ID]"],
        },
        Resource::Job => Place {
            title: "Give CALLER_EMAIL the role `roles/ROLE_NAME` on the job RUN_JOB",
            reach: ALONE,
            grant: &["gcloud run jobs add-iam-policy-binding", "RUN_JOB", "--region=REGION", "[--project=PROJECT_ID]", "--member=MEMBER", "--role=roles/ROLE_NAME"],
            hcl: const { Template::new(
                r#"
resource "google_cloud_run_v2_job_iam_member" "grant" {
  project  = "PROJECT_ID"
  location = "REGION"
  name     = "RUN_JOB"
  role     = "roles/ROLE_NAME"
  member   = "MEMBER"
}
"#,
            ) },
            console: "In the console: Cloud Run, Jobs, RUN_JOB, Permissions, Grant access: the principal CALLER_EMAIL, the role roles/ROLE_NAME.",
            look: "See who may run RUN_JOB",
            policy: &["gcloud run jobs get-iam-policy", "RUN_JOB", "--region=REGION", "[--project=PROJECT_ID]"],
        },
        Resource::Bucket => Place {
            title: "Give CALLER_EMAIL the role `roles/ROLE_NAME` on the bucket BUCKET",
            reach: ALONE,
            grant: &["gcloud storage buckets add-iam-policy-binding", "gs://BUCKET", "--member=MEMBER", "--role=roles/ROLE_NAME"],
            hcl: const { Template::new(
                r#"
resource "google_storage_bucket_iam_member" "grant" {
  bucket = "BUCKET"
  role   = "roles/ROLE_NAME"
  member = "MEMBER"
}
"#,
            ) },
            console: "In the console: Cloud Storage, Buckets, BUCKET, Permissions, Grant access: the principal CALLER_EMAIL, the role roles/ROLE_NAME.",
            look: "See who may use the bucket BUCKET",
            policy: &["gcloud storage buckets get-iam-policy", "gs://BUCKET"],
        },
        Resource::Secret => Place {
            title: "Give CALLER_EMAIL the role `roles/ROLE_NAME` on the secret SECRET",
            reach: ALONE,
            grant: &["gcloud secrets add-iam-policy-binding", "SECRET", "[--project=PROJECT_ID]", "--member=MEMBER", "--role=roles/ROLE_NAME"],
            hcl: const { Template::new(
                r#"
resource "google_secret_manager_secret_iam_member" "grant" {
  project   = "PROJECT_ID"
  secret_id = "SECRET"
  role      = "roles/ROLE_NAME"
  member    = "MEMBER"
}
"#,
            ) },
            console: "In the console: Secret Manager, SECRET, Permissions, Grant access: the principal CALLER_EMAIL, the role roles/ROLE_NAME.",
            look: "See who may read the secret SECRET",
            policy: &["gcloud secrets get-iam-policy", "SECRET", "[--project=PROJECT_ID]"],
        },
        Resource::Topic => Place {
            title: "Give CALLER_EMAIL the role `roles/ROLE_NAME` on the topic TOPIC",
            reach: ALONE,
            grant: &["gcloud pubsub topics add-iam-policy-binding", "TOPIC", "[--project=PROJECT_ID]", "--member=MEMBER", "--role=roles/ROLE_NAME"],
            hcl: const { Template::new(
                r#"
resource "google_pubsub_topic_iam_member" "grant" {
  project = "PROJECT_ID"
  topic   = "TOPIC"
  role    = "roles/ROLE_NAME"
  member  = "MEMBER"
}
"#,
            ) },
            console: "In the console: Pub/Sub, Topics, TOPIC, Permissions, Add principal: the principal CALLER_EMAIL, the role roles/ROLE_NAME.",
            look: "See who may use the topic TOPIC",
            policy: &["gcloud pubsub topics get-iam-policy", "TOPIC", "[--project=PROJECT_ID]"],
        },
        Resource::Subscription => Place {
            title: "Give CALLER_EMAIL the role `roles/ROLE_NAME` on the subscription SUBSCRIPTION",
            reach: ALONE,
            grant: &["gcloud pubsub subscriptions add-iam-policy-binding", "SUBSCRIPTION", "[--project=PROJECT_ID]", "--member=MEMBER", "--role=roles/ROLE_NAME"],
            hcl: const { Template::new(
                r#"
resource "google_pubsub_subscription_iam_member" "grant" {
  project      = "PROJECT_ID"
  subscription = "SUBSCRIPTION"
  role         = "roles/ROLE_NAME"
  member       = "MEMBER"
}
"#,
            ) },
            console: "In the console: Pub/Sub, Subscriptions, SUBSCRIPTION, Permissions, Add principal: the principal CALLER_EMAIL, the role roles/ROLE_NAME.",
            look: "See who may use the subscription SUBSCRIPTION",
            policy: &["gcloud pubsub subscriptions get-iam-policy", "SUBSCRIPTION", "[--project=PROJECT_ID]"],
        },
        Resource::Queue => Place {
            title: "Give CALLER_EMAIL the role `roles/ROLE_NAME` on the queue QUEUE",
            reach: ALONE,
            grant: &["gcloud tasks queues add-iam-policy-binding", "QUEUE", "--location=LOCATION", "[--project=PROJECT_ID]", "--member=MEMBER", "--role=roles/ROLE_NAME"],
            hcl: const { Template::new(
                r#"
resource "google_cloud_tasks_queue_iam_member" "grant" {
  project  = "PROJECT_ID"
  location = "LOCATION"
  name     = "QUEUE"
  role     = "roles/ROLE_NAME"
  member   = "MEMBER"
}
"#,
            ) },
            console: "In the console: Cloud Tasks, QUEUE, Permissions, Add principal: the principal CALLER_EMAIL, the role roles/ROLE_NAME.",
            look: "See who may use the queue QUEUE",
            policy: &["gcloud tasks queues get-iam-policy", "QUEUE", "--location=LOCATION", "[--project=PROJECT_ID]"],
        },
        Resource::Repository => Place {
            title: "Give CALLER_EMAIL the role `roles/ROLE_NAME` on the repository IMAGE_REPOSITORY",
            reach: ALONE,
            grant: &["gcloud artifacts repositories add-iam-policy-binding", "IMAGE_REPOSITORY", "--location=LOCATION", "[--project=PROJECT_ID]", "--member=MEMBER", "--role=roles/ROLE_NAME"],
            hcl: const { Template::new(
                r#"
resource "google_artifact_registry_repository_iam_member" "grant" {
  project    = "PROJECT_ID"
  location   = "LOCATION"
  repository = "IMAGE_REPOSITORY"
  role       = "roles/ROLE_NAME"
  member     = "MEMBER"
}
"#,
            ) },
            console: "In the console: Artifact Registry, IMAGE_REPOSITORY, Permissions, Add principal: the principal CALLER_EMAIL, the role roles/ROLE_NAME.",
            look: "See who may use the repository IMAGE_REPOSITORY",
            policy: &["gcloud artifacts repositories get-iam-policy", "IMAGE_REPOSITORY", "--location=LOCATION", "[--project=PROJECT_ID]"],
        },
        Resource::Key => Place {
            title: "Give CALLER_EMAIL the role `roles/ROLE_NAME` on the key CRYPTO_KEY",
            reach: ALONE,
            grant: &["gcloud kms keys add-iam-policy-binding", "CRYPTO_KEY", "--keyring=KEY_RING", "--location=LOCATION", "[--project=PROJECT_ID]", "--member=MEMBER", "--role=roles/ROLE_NAME"],
            hcl: const { Template::new(
                r#"
resource "google_kms_crypto_key_iam_member" "grant" {
  crypto_key_id = "projects/PROJECT_ID/locations/LOCATION/keyRings/KEY_RING/cryptoKeys/CRYPTO_KEY"
  role          = "roles/ROLE_NAME"
  member        = "MEMBER"
}
"#,
            ) },
            console: "In the console: Key management, KEY_RING, CRYPTO_KEY, Permissions, Add principal: the principal CALLER_EMAIL, the role roles/ROLE_NAME.",
            look: "See who may use the key CRYPTO_KEY",
            policy: &["gcloud kms keys get-iam-policy", "CRYPTO_KEY", "--keyring=KEY_RING", "--location=LOCATION", "[--project=PROJECT_ID]"],
        },
        Resource::Database => Place {
            title: "Give CALLER_EMAIL the role `roles/ROLE_NAME` on the database DATABASE",
            reach: ALONE,
            grant: &["gcloud spanner databases add-iam-policy-binding", "DATABASE", "--instance=DATABASE_INSTANCE", "[--project=PROJECT_ID]", "--member=MEMBER", "--role=roles/ROLE_NAME"],
            hcl: const { Template::new(
                r#"
resource "google_spanner_database_iam_member" "grant" {
  project  = "PROJECT_ID"
  instance = "DATABASE_INSTANCE"
  database = "DATABASE"
  role     = "roles/ROLE_NAME"
  member   = "MEMBER"
}
"#,
            ) },
            console: "In the console: Spanner, DATABASE_INSTANCE, DATABASE, Permissions, Add principal: the principal CALLER_EMAIL, the role roles/ROLE_NAME.",
            look: "See who may use the database DATABASE",
            policy: &["gcloud spanner databases get-iam-policy", "DATABASE", "--instance=DATABASE_INSTANCE", "[--project=PROJECT_ID]"],
        },
        Resource::Subnet => Place {
            title: "Give CALLER_EMAIL the role `roles/ROLE_NAME` on the subnet SUBNET",
            reach: ALONE,
            grant: &["gcloud compute networks subnets add-iam-policy-binding", "SUBNET", "--region=REGION", "[--project=PROJECT_ID]", "--member=MEMBER", "--role=roles/ROLE_NAME"],
            hcl: const { Template::new(
                r#"
resource "google_compute_subnetwork_iam_member" "grant" {
  project    = "PROJECT_ID"
  region     = "REGION"
  subnetwork = "SUBNET"
  role       = "roles/ROLE_NAME"
  member     = "MEMBER"
}
"#,
            ) },
            console: "In the console: VPC networks, SUBNET, Permissions, Add principal: the principal CALLER_EMAIL, the role roles/ROLE_NAME.",
            look: "See who may use the subnet SUBNET",
            policy: &["gcloud compute networks subnets get-iam-policy", "SUBNET", "--region=REGION", "[--project=PROJECT_ID]"],
        },
        Resource::ServiceAccount => Place {
            title: "Give CALLER_EMAIL the role `roles/ROLE_NAME` on TARGET_ACCOUNT_EMAIL",
            reach: ALONE,
            grant: &["gcloud iam service-accounts add-iam-policy-binding", "TARGET_ACCOUNT_EMAIL", "--member=MEMBER", "--role=roles/ROLE_NAME"],
            hcl: const { Template::new(
                r#"
resource "google_service_account_iam_member" "grant" {
  service_account_id = "projects/-/serviceAccounts/TARGET_ACCOUNT_EMAIL"
  role               = "roles/ROLE_NAME"
  member             = "MEMBER"
}
"#,
            ) },
            console: "In the console: IAM, Service accounts, TARGET_ACCOUNT_EMAIL, Principals with access, Grant access: the principal CALLER_EMAIL, the role roles/ROLE_NAME.",
            look: "See who may use TARGET_ACCOUNT_EMAIL",
            policy: &["gcloud iam service-accounts get-iam-policy", "TARGET_ACCOUNT_EMAIL"],
        },
        Resource::Dataset => Place {
            title: "Give CALLER_EMAIL the role `roles/ROLE_NAME` on the dataset DATASET",
            reach: ALONE,
            grant: &[],
            hcl: const { Template::new(
                r#"
resource "google_bigquery_dataset_iam_member" "grant" {
  project    = "PROJECT_ID"
  dataset_id = "DATASET"
  role       = "roles/ROLE_NAME"
  member     = "MEMBER"
}
"#,
            ) },
            console: "In BigQuery: Explorer, DATASET, Sharing, Permissions, Add principal: CALLER_EMAIL with the role roles/ROLE_NAME. Or as a query: GRANT `roles/ROLE_NAME` ON SCHEMA `PROJECT_ID.DATASET` TO \"MEMBER\"",
            look: "See who may read the dataset DATASET",
            policy: &[],
        },
    }
}
