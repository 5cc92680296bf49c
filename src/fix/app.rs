//! Fixes on the side of the service: what it checks, where it may be reached.

use super::code;
use super::draft::Draft;
use super::fill::Fill;
use super::{Fix, Language, terraform};

/// Checks a Firebase sign-in in the application.
pub(crate) fn receive_firebase(fill: &Fill) -> Fix {
    Draft::changes(fill, "Check the Firebase sign-in in the application, behind a public door")
        .caution("The platform’s own check takes Google’s ID tokens alone. So the service must be public for the platform and check every request itself.")
        .codes(code::RECEIVE_FIREBASE)
        .done()
}

/// Lets requests in through the load balancer.
pub(crate) fn ingress_balancer(fill: &Fill) -> Fix {
    Draft::changes(
        fill,
        "Let requests in from the network of the project and the load balancer",
    )
    .caution("The URL on run.app stays closed to the internet.")
    .sh(&[
        "gcloud run services update",
        "SERVICE",
        "--region=REGION",
        "[--project=PROJECT_ID]",
        "--ingress=internal-and-cloud-load-balancing",
    ])
    .code(Language::Hcl, &terraform::INGRESS_BALANCER)
    .done()
}

/// Lets requests in from everywhere; the invoker check stays.
pub(crate) fn ingress_all(fill: &Fill) -> Fix {
    Draft::changes(fill, "Or let requests reach SERVICE from the internet")
        .caution("Opens the network alone: the invoker check stays as it is. An organisation policy may forbid it.")
        .sh(&[
            "gcloud run services update",
            "SERVICE",
            "--region=REGION",
            "[--project=PROJECT_ID]",
            "--ingress=all",
        ])
        .done()
}

/// Sends the calling service's traffic through the VPC.
pub(crate) fn egress(fill: &Fill) -> Fix {
    Draft::changes(fill, "Send the caller’s requests through the project’s network")
        .caution("Fill in NETWORK and SUBNET: the VPC in the caller’s region, with Private Google Access on.")
        .sh(&[
            "gcloud run services update",
            "CALLING_SERVICE",
            "--region=LOCATION",
            "[--project=PROJECT_ID]",
            "--network=NETWORK",
            "--subnet=SUBNET",
            "--vpc-egress=all-traffic",
        ])
        .done()
}

/// Makes the service public, in the way that is documented for it.
pub(crate) fn no_invoker_check(fill: &Fill) -> Fix {
    Draft::changes(fill, "Make SERVICE public: switch its invoker check off")
        .caution("Only for what may be public, or what checks its callers itself: nobody is asked for a token any more. It works where the organisation forbids `allUsers`, unless it demands the check (`run.managed.requireInvokerIam`).")
        .sh(&[
            "gcloud run services update",
            "SERVICE",
            "--region=REGION",
            "[--project=PROJECT_ID]",
            "--no-invoker-iam-check",
        ])
        .code(Language::Hcl, &terraform::NO_INVOKER_CHECK)
        .words("In the console: Cloud Run, SERVICE, Security: Allow public access.")
        .done()
}

/// Has libraries on this machine act as another account.
pub(crate) fn adc_as(fill: &Fill) -> Fix {
    Draft::changes(fill, "Have libraries on this machine act as SERVICE_ACCOUNT_EMAIL")
        .caution("Replaces the application default credentials, which libraries use and gcloud does not. You need `roles/iam.serviceAccountTokenCreator` on that account. Without the flag they are your own account’s.")
        .sh(&[
            "gcloud auth application-default login",
            "--impersonate-service-account=SERVICE_ACCOUNT_EMAIL",
        ])
        .done()
}

/// Has libraries on this machine count their calls for another project.
pub(crate) fn quota_project(fill: &Fill) -> Fix {
    Draft::changes(fill, "Let the calls of this machine’s credentials count for PROJECT_ID")
        .caution("The API must be enabled in that project, and your account needs `roles/serviceusage.serviceUsageConsumer` in it.")
        .sh(&[
            "gcloud auth application-default set-quota-project",
            "PROJECT_ID",
        ])
        .done()
}

/// Lets docker use gcloud's login at a registry: it has logins of its own, one for each host.
pub(crate) fn docker_login(fill: &Fill) -> Fix {
    Draft::changes(fill, "Let docker use gcloud’s login at REGISTRY_HOST")
        .caution("Run it as the user who runs docker; in GitHub Actions after the auth step.")
        .sh(&["gcloud auth configure-docker", "REGISTRY_HOST"])
        .words("docker/login-action: username oauth2accesstoken, password the auth step’s access_token. Kubernetes: roles/artifactregistry.reader for the nodes’ account; in another cloud imagePullSecrets of a docker-registry secret.")
        .done()
}

/// Signs in again.
pub(crate) fn login(fill: &Fill) -> Fix {
    Draft::changes(fill, "Sign in again")
        .caution("Opens a browser and replaces the account’s credentials in gcloud.")
        .sh(&["gcloud auth login", "--update-adc"])
        .done()
}
