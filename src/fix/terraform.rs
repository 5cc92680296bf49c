//! Terraform for grants, audiences and callers.

use super::template::Template;

pub(super) const RUN_INVOKER: Template = Template::new(
    r#"
resource "google_cloud_run_v2_service_iam_member" "invoker" {
  project  = "PROJECT_ID"
  location = "REGION"
  name     = "SERVICE"
  role     = "roles/run.invoker"
  member   = "MEMBER"
}
"#,
);

pub(super) const RUN_JOB_INVOKER: Template = Template::new(
    r#"
resource "google_cloud_run_v2_job_iam_member" "invoker" {
  project  = "PROJECT_ID"
  location = "REGION"
  name     = "RUN_JOB"
  role     = "roles/ROLE_NAME"
  member   = "MEMBER"
}
"#,
);

pub(super) const FUNCTION_INVOKER: Template = Template::new(
    r#"
# 1st gen. For a 2nd gen function bind roles/run.invoker on the Cloud Run service behind it.
resource "google_cloudfunctions_function_iam_member" "invoker" {
  project        = "PROJECT_ID"
  region         = "REGION"
  cloud_function = "FUNCTION"
  role           = "roles/cloudfunctions.invoker"
  member         = "MEMBER"
}
"#,
);

pub(super) const IAP_RUN: Template = Template::new(
    r#"
resource "google_iap_web_cloud_run_service_iam_member" "accessor" {
  project                = "PROJECT_ID"
  location               = "REGION"
  cloud_run_service_name = "SERVICE"
  role                   = "roles/iap.httpsResourceAccessor"
  member                 = "MEMBER"
}
"#,
);

pub(super) const IAP_BACKEND: Template = Template::new(
    r#"
resource "google_iap_web_backend_service_iam_member" "accessor" {
  project             = "PROJECT_ID"
  web_backend_service = "BACKEND_SERVICE"
  role                = "roles/iap.httpsResourceAccessor"
  member              = "MEMBER"
}
"#,
);

pub(super) const IAP_AGENT: Template = Template::new(
    r#"
resource "google_project_service_identity" "iap" {
  provider = google-beta
  project  = "PROJECT_ID"
  service  = "iap.googleapis.com"
}

resource "google_cloud_run_v2_service_iam_member" "iap" {
  project  = "PROJECT_ID"
  location = "REGION"
  name     = "SERVICE"
  role     = "roles/run.invoker"
  member   = google_project_service_identity.iap.member
}
"#,
);

pub(super) const TOKEN_CREATOR: Template = Template::new(
    r#"
resource "google_service_account_iam_member" "token_creator" {
  service_account_id = "projects/-/serviceAccounts/SERVICE_ACCOUNT_EMAIL"
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = "user:YOUR_EMAIL"
}
"#,
);

pub(crate) const CALLING_ACCOUNT: Template = Template::new(
    r#"
resource "google_service_account_iam_member" "calling_account" {
  service_account_id = "projects/-/serviceAccounts/SERVICE_ACCOUNT_EMAIL"
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = "serviceAccount:CALLING_ACCOUNT_EMAIL"
}
"#,
);

pub(super) const ACT_AS: Template = Template::new(
    r#"
resource "google_service_account_iam_member" "act_as" {
  service_account_id = "projects/-/serviceAccounts/SERVICE_ACCOUNT_EMAIL"
  role               = "roles/iam.serviceAccountUser"
  member             = "user:YOUR_EMAIL"
}
"#,
);

pub(super) const PUBSUB_AGENT: Template = Template::new(
    r#"
resource "google_service_account_iam_member" "pubsub" {
  service_account_id = "projects/-/serviceAccounts/SERVICE_ACCOUNT_EMAIL"
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = "serviceAccount:service-PROJECT_NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com"
}
"#,
);

pub(super) const GKE_IDENTITY: Template = Template::new(
    r#"
resource "google_service_account_iam_member" "workload_identity" {
  service_account_id = "projects/-/serviceAccounts/SERVICE_ACCOUNT_EMAIL"
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:PROJECT_ID.svc.id.goog[NAMESPACE/KUBERNETES_ACCOUNT]"
}
"#,
);

pub(super) const GITHUB_IDENTITY: Template = Template::new(
    r#"
resource "google_service_account_iam_member" "github" {
  service_account_id = "projects/-/serviceAccounts/SERVICE_ACCOUNT_EMAIL"
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/attribute.repository/OWNER_AND_REPOSITORY"
}
"#,
);

pub(super) const CUSTOM_AUDIENCE: Template = Template::new(
    r#"
resource "google_cloud_run_v2_service" "service" {
  name             = "SERVICE"
  location         = "REGION"
  custom_audiences = ["TOKEN_AUDIENCE"]
  # The rest of the service as it is.
}
"#,
);

pub(super) const HOST_AUDIENCE: Template = Template::new(
    r#"
resource "google_cloud_run_v2_service" "service" {
  name             = "SERVICE"
  location         = "REGION"
  custom_audiences = ["https://HOST"]
  # The rest of the service as it is.
}
"#,
);

pub(super) const INGRESS_BALANCER: Template = Template::new(
    r#"
resource "google_cloud_run_v2_service" "service" {
  name     = "SERVICE"
  location = "REGION"
  ingress  = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  # The rest of the service as it is.
}
"#,
);

pub(super) const SCHEDULER: Template = Template::new(
    r#"
resource "google_cloud_scheduler_job" "job" {
  name     = "SCHEDULER_JOB"
  region   = "LOCATION"
  schedule = "0 * * * *"

  http_target {
    http_method = "POST"
    uri         = "REQUEST_URL"

    oidc_token {
      service_account_email = "SERVICE_ACCOUNT_EMAIL"
      audience              = "AUDIENCE"
    }
  }
}
"#,
);

pub(super) const SCHEDULER_API: Template = Template::new(
    r#"
resource "google_cloud_scheduler_job" "job" {
  name     = "SCHEDULER_JOB"
  region   = "LOCATION"
  schedule = "0 * * * *"

  http_target {
    http_method = "POST"
    uri         = "API_URL"

    oauth_token {
      service_account_email = "SERVICE_ACCOUNT_EMAIL"
      scope                 = "https://www.googleapis.com/auth/cloud-platform"
    }
  }
}
"#,
);

pub(super) const TASKS: Template = Template::new(
    r#"
resource "google_cloud_tasks_queue" "queue" {
  name     = "QUEUE"
  location = "LOCATION"

  http_target {
    oidc_token {
      service_account_email = "SERVICE_ACCOUNT_EMAIL"
      audience              = "AUDIENCE"
    }
  }
}
"#,
);

pub(super) const PUBSUB: Template = Template::new(
    r#"
resource "google_pubsub_subscription" "push" {
  name  = "SUBSCRIPTION"
  topic = "projects/PROJECT_ID/topics/my-topic"

  push_config {
    push_endpoint = "REQUEST_URL"

    oidc_token {
      service_account_email = "SERVICE_ACCOUNT_EMAIL"
      audience              = "AUDIENCE"
    }
  }
}
"#,
);

pub(super) const EVENTARC: Template = Template::new(
    r#"
resource "google_eventarc_trigger" "trigger" {
  name            = "TRIGGER"
  location        = "LOCATION"
  service_account = "SERVICE_ACCOUNT_EMAIL"

  matching_criteria {
    attribute = "type"
    value     = "google.cloud.pubsub.topic.v1.messagePublished"
  }

  destination {
    cloud_run_service {
      service = "SERVICE"
      region  = "REGION"
    }
  }
}
"#,
);

pub(super) const CALLER_ACCOUNT: Template = Template::new(
    r#"
resource "google_cloud_run_v2_service" "caller" {
  name     = "CALLING_SERVICE"
  location = "LOCATION"

  template {
    service_account = "SERVICE_ACCOUNT_EMAIL"
    # The rest of the template as it is.
  }
}
"#,
);

pub(crate) const PROVIDER_CONDITION: Template = Template::new(
    r#"
resource "google_iam_workload_identity_pool_provider" "provider" {
  workload_identity_pool_id          = "POOL"
  workload_identity_pool_provider_id = "PROVIDER"
  attribute_condition                = "assertion.repository == 'OWNER_AND_REPOSITORY'"
  # The rest of the provider as it is.
}
"#,
);

pub(crate) const DEFAULT_URL: Template = Template::new(
    r#"
resource "google_cloud_run_v2_service" "service" {
  name                 = "SERVICE"
  location             = "REGION"
  default_uri_disabled = false
  # The rest of the service as it is.
}
"#,
);

pub(crate) const APP_ENGINE_INGRESS: Template = Template::new(
    r#"
resource "google_app_engine_service_network_settings" "service" {
  service = "default"

  network_settings {
    ingress_traffic_allowed = "INGRESS_TRAFFIC_ALLOWED_ALL"
  }
}
"#,
);
