//! OAuth scopes: what an access token may be used for, whatever roles its account has.

use super::roles::repeat;
use super::{Variant, told};
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::hole::Hole;
use crate::fix::remedy::Remedy;
use crate::fix::value::Value;
use crate::fix::{Fix, Language};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "vm-access-scopes",
        cause: SCOPE,
        says: "The access scopes of the VM or node limit its tokens to less than this call needs.",
        why: "They were set when the machine was made; roles do not widen them.",
        remedy: |fill| {
            if fill.caller == Some(Caller::Gke)
                || fill.mentions(&["node pool", "nodepool", "gke", "kubernetes", "cluster"])
            {
                Remedy::change(node_pool(fill)).or(
                    "Or better, so that each pod has an account of its own:",
                    workload_identity(fill),
                )
            } else {
                Remedy::change(vm(fill))
            }
            .check(scopes_of_machine(fill))
            .verify(repeat(fill))
        },
    },
    Variant {
        id: "token-scope-missing",
        cause: SCOPE,
        says: "The access token was made without {scope|the scope} that this call needs.",
        why: "The account’s roles do not matter before that.",
        remedy: |fill| {
            let fill = &wanted(fill);
            let code = Draft::changes(fill, "Ask for the scope when the credentials are made")
                .caution("Delete a stored token (token.json) first: a refresh gives the old scopes again.")
                .code(Language::Python, &told!("credentials, project = google.auth.default(scopes=[\"SCOPE_URL\"])"))
                .code(Language::JavaScript, &told!("const auth = new GoogleAuth({scopes: ['SCOPE_URL']});"))
                .code(Language::Go, &told!("credentials, err := google.FindDefaultCredentials(ctx, \"SCOPE_URL\")"))
                .code(Language::Java, &told!("GoogleCredentials credentials = GoogleCredentials.getApplicationDefault().createScoped(\"SCOPE_URL\");"))
                .code(Language::CSharp, &told!("var credential = GoogleCredential.GetApplicationDefault().CreateScoped(\"SCOPE_URL\");"))
                .done();
            let remedy = match fill.caller {
                Some(Caller::LocalUser) => {
                    Remedy::change(adc(fill)).or("In the code, for a service account:", code)
                }
                Some(Caller::Gce | Caller::Gke) => Remedy::change(code).or(
                    "When the machine’s own access scopes are too narrow:",
                    vm(fill),
                ),
                _ => Remedy::change(code).or("On a workstation:", adc(fill)),
            };
            remedy.verify(repeat(fill))
        },
    },
    Variant {
        id: "consent-scope-unticked",
        cause: SCOPE,
        says: "The user did not grant every scope when signing in, so the token may not do this.",
        why: "On the page of consent each scope has a box of its own.",
        remedy: |fill| {
            Remedy::change(
            if fill.mentions(&["gcloud"]) && !fill.mentions(&["application-default", "adc"]) {
                Draft::changes(fill, "Sign in again, and tick every box on the consent page")
                    .caution("Consent is asked for once for each scope.")
                    .sh(&["gcloud auth login"])
                    .done()
            } else {
                Draft::changes(fill, "Delete the saved token, sign in again and consent to every scope")
                    .words("Delete token.json (or where the program keeps its token), log in again and tick every scope on the consent page. An own app asks again with prompt=consent. For gcloud’s default credentials: gcloud auth application-default login --scopes=https://www.googleapis.com/auth/cloud-platform and the scope SCOPE_URL.")
                    .done()
            },
        )
        .verify(repeat(fill))
        },
    },
];

const SCOPE: &str = "insufficient-scope";

/// One scope covers every API of Google Cloud; those of Workspace have their own.
fn wanted(fill: &Fill) -> Fill {
    let mut fill = fill.clone();
    let of_workspace = fill.mentions(&[
        "drive",
        "sheets",
        "gmail",
        "calendar",
        "docs",
        "admin sdk",
        "youtube",
        "userinfo",
        "analytics",
    ]);
    if fill.get(Hole::Scope).is_unknown() && !of_workspace {
        fill.set(
            Hole::Scope,
            Value::Known("https://www.googleapis.com/auth/cloud-platform".to_owned()),
        );
    }
    fill
}

fn vm(fill: &Fill) -> Fix {
    Draft::changes(fill, "Give the VM the scope `cloud-platform`, and let roles limit its account")
        .caution("Only on a stopped VM: `gcloud compute instances stop VM_NAME --zone=ZONE` before, `gcloud compute instances start VM_NAME --zone=ZONE` after. Name the account that it has.")
        .sh(&[
            "gcloud compute instances set-service-account",
            "VM_NAME",
            "--zone=ZONE",
            "[--project=PROJECT_ID]",
            "--service-account=SERVICE_ACCOUNT_EMAIL",
            "--scopes=cloud-platform",
        ])
        .code(Language::Hcl, &told!("
service_account {
  email  = \"SERVICE_ACCOUNT_EMAIL\"
  scopes = [\"cloud-platform\"]
}
"))
        .words("In the console: stop the VM, Edit, Access scopes: Allow full access to all Cloud APIs, start it.")
        .done()
}

fn node_pool(fill: &Fill) -> Fix {
    Draft::changes(fill, "Make a node pool with the scope `cloud-platform`")
        .caution("The scopes of a pool cannot be changed: move the pods to the new one, then delete the old one.")
        .sh(&[
            "gcloud container node-pools create",
            "with-scopes",
            "--cluster=CLUSTER",
            "--location=LOCATION",
            "[--project=PROJECT_ID]",
            "--scopes=cloud-platform",
        ])
        .code(Language::Hcl, &told!("
node_config {
  oauth_scopes = [\"https://www.googleapis.com/auth/cloud-platform\"]
}
"))
        .done()
}

pub(super) fn workload_identity(fill: &Fill) -> Fix {
    Draft::changes(fill, "Switch Workload Identity on for the cluster")
        .caution("New node pools use it; its tokens have the scope `cloud-platform`.")
        .sh(&[
            "gcloud container clusters update",
            "CLUSTER",
            "--location=LOCATION",
            "--workload-pool=PROJECT_ID.svc.id.goog",
        ])
        .done()
}

/// The scopes as the metadata server tells them.
fn scopes_of_machine(fill: &Fill) -> Fix {
    Draft::reads(fill, "See the scopes that the machine’s tokens have")
        .caution("Run it on the machine or in the pod.")
        .sh(&[
            "curl",
            "-sH",
            "Metadata-Flavor: Google",
            "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/scopes",
        ])
        .done()
}

/// Signs in with the scope. Google's own client no longer gets those of Drive, Sheets and the like.
fn adc(fill: &Fill) -> Fix {
    Draft::changes(fill, "Sign libraries in again with the scope")
        .caution("Replaces the application default credentials. For Drive, Sheets, Gmail or Calendar add `--client-id-file` with an OAuth client of your own: Google’s own client gets those scopes no longer. A service account needs neither.")
        .sh(&[
            "gcloud auth application-default login",
            "--scopes=https://www.googleapis.com/auth/cloud-platform,openid,https://www.googleapis.com/auth/userinfo.email,SCOPE_URL",
        ])
        .done()
}
