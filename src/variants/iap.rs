//! Identity-Aware Proxy: its credential, its client, its agent, and whom it lets in.

use super::roles::repeat;
use super::{Variant, fresh};
use crate::fix::command::Words;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::hole::Hole;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language, callers, grant, inspect, mint, verify};
use crate::input::Caller;
use crate::target::Product;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "iap-credential-missing",
        cause: IAP,
        says: "IAP stands in front of the service and saw no credential that it can read.",
        why: "It looks in `Authorization` or `Proxy-Authorization`, not in `X-Serverless-Authorization`, and takes no access tokens.",
        remedy: credential,
    },
    Variant {
        id: "iap-audience-managed-client",
        cause: IAP,
        says: "IAP stands in front and refuses a token for {aud_sent|this audience}: it takes a JWT that a service account signs for `https://HOST/*`, or an ID token for a client on its list.",
        why: "IAP is asked before the service’s own door, so a token for the service’s URL does not help.",
        remedy: credential,
    },
    Variant {
        id: "iap-jwt-endpoint-mismatch",
        cause: IAP,
        says: "The signed JWT is made for another endpoint than the one that was called.",
        why: "Its `aud` is `https://HOST/*`, or the exact URL with its path; the bare host is refused. `exp` is at most one hour after `iat`.",
        remedy: credential,
    },
    Variant {
        id: "iap-identity-platform-token",
        cause: IAP,
        says: "IAP works with Identity Platform here, so it wants an Identity Platform token and not a Google ID token.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(&fill.behind_iap(), "Sign in through Identity Platform, and send that ID token")
                .caution("Its `iss` is https://securetoken.google.com/ and the project.")
                .codes(crate::fix::code::PAGE_FIREBASE)
                .words("The page’s user signs in with Identity Platform (Firebase Authentication), and the program sends user.getIdToken() as Bearer. Programs without a user sign in by the REST API accounts:signInWithPassword or with a custom token.")
                .done(),
        )
        .check(inspect::audiences(&fill.behind_iap()))
        },
    },
    Variant {
        id: "iap-session-cookie",
        cause: IAP,
        says: "The page’s request had no session of IAP, or it has ended.",
        why: "In a browser IAP’s session is a cookie: without `credentials: \"include\"` it is not sent to another origin.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Send IAP’s cookie with the request, and renew the session when it ends")
                .code(Language::JavaScript, &super::told!("
const answer = await fetch(url, {
  credentials: 'include',
  headers: { 'X-Requested-With': 'XMLHttpRequest' }, // IAP answers 401 instead of a redirect
});
if (answer.status === 401) window.open('/?gcp-iap-mode=DO_SESSION_REFRESH');
"))
                .words("Programs without a browser have no session: they send a token in Authorization instead.")
                .done(),
        )
        .or("For a program without a browser:", callers::first_fresh(&fill.behind_iap()))
        },
    },
    Variant {
        id: "iap-oauth-client-wrong",
        cause: IAP,
        says: "IAP’s OAuth client, its redirect address, or the domain that it admits is not right.",
        why: "The Google-managed client admits users of the own organisation alone; for others, and without an organisation, IAP needs a client of your own.",
        remedy: oauth_client,
    },
    Variant {
        id: "iap-accessor-role-missing",
        cause: MISSING,
        says: "IAP knows the account but does not let it in: it lacks `roles/iap.httpsResourceAccessor`.",
        why: "A 403 of IAP comes after the token was accepted.",
        remedy: |fill| {
            let fill = &fill.behind_iap();
            Remedy::change(grant::iap(fill))
                .check(inspect::policy(fill))
                .verify(verify::call(fill))
        },
    },
    Variant {
        id: "iap-agent-invoker-missing",
        cause: MISSING,
        says: "IAP let the request through, but may not call the service itself: its agent is missing or lacks `roles/run.invoker`.",
        why: "IAP calls Cloud Run as an account of its own, `service-PROJECT_NUMBER@gcp-sa-iap…`.",
        remedy: |fill| {
            let fill = &fill.behind_iap();
            Remedy::change(grant::iap_agent(fill))
                .or(
                    "When that agent does not exist yet, before the grant:",
                    Draft::changes(fill, "Make IAP’s agent")
                        .sh(&[
                            "gcloud beta services identity create",
                            "--service=iap.googleapis.com",
                            "--project=PROJECT_ID",
                        ])
                        .done(),
                )
                .check(
                    Draft::reads(fill, "See who may call SERVICE")
                        .sh(&[
                            "gcloud run services get-iam-policy",
                            "SERVICE",
                            "--region=REGION",
                            "[--project=PROJECT_ID]",
                        ])
                        .done(),
                )
                .verify(repeat(fill))
        },
    },
    Variant {
        id: "iap-tunnel-role-missing",
        cause: MISSING,
        says: "The account may not open a tunnel to the VM: it lacks `iap.tunnelInstances.accessViaIAP`.",
        why: "",
        remedy: |fill| {
            let fill = &fill.at_api();
            Remedy::change(
                Draft::changes(fill, "Let CALLER_EMAIL tunnel to the VMs of PROJECT_ID")
                    .caution("Gives `MEMBER` the role `roles/iap.tunnelResourceAccessor` for the project’s tunnels; for one VM alone grant it in the console, IAP, SSH and TCP resources.")
                    .sh(&[
                        "gcloud iap tcp add-iam-policy-binding",
                        "[--project=PROJECT_ID]",
                        "--member=MEMBER",
                        "--role=roles/iap.tunnelResourceAccessor",
                    ])
                    .code(Language::Hcl, &super::told!("
resource \"google_iap_tunnel_instance_iam_member\" \"tunnel\" {
  project  = \"PROJECT_ID\"
  zone     = \"ZONE\"
  instance = \"VM_NAME\"
  role     = \"roles/iap.tunnelResourceAccessor\"
  member   = \"MEMBER\"
}
"))
                    .done(),
            )
            .check(
                Draft::reads(fill, "See who may tunnel")
                    .sh(&["gcloud iap tcp get-iam-policy", "[--project=PROJECT_ID]"])
                    .done(),
            )
            .verify(repeat(fill))
        },
    },
    Variant {
        id: "iap-may-stand-in-front",
        cause: IAP,
        says: "If IAP protects this address, it wants another credential than the service itself.",
        why: "IAP’s own answer begins with `Invalid IAP credentials`.",
        remedy: |fill| Remedy::look(inspect::bare_status(fill)),
    },
];

const IAP: &str = "iap-in-front";
const MISSING: &str = "iam-binding-missing";

/// What IAP takes from this caller: a person's session, an ID token for its client, a signed JWT.
fn credential(fill: &Fill) -> Remedy {
    let fill = &fill.behind_iap();
    let remedy = if fill.known(Hole::OauthClientId).is_some() {
        Remedy::change(mint::for_iap_client(fill)).or("In the calling code:", callers::send(fill))
    } else {
        fresh(fill)
    };
    let remedy = Remedy {
        verify: Vec::new(),
        ..remedy
    };
    // The steps to a signed JWT are three already.
    let remedy = if remedy.fix.len() > 2 {
        remedy
    } else if fill.caller == Some(Caller::Browser) {
        remedy.or(
            "When another OAuth client’s ID tokens should be taken too:",
            programmatic(fill),
        )
    } else {
        // The application's own token keeps its header.
        remedy.or(
            "When the application wants a token of its own as well:",
            callers::two_headers(fill, crate::credential::Kind::IapAssertion),
        )
    };
    remedy
        .check(inspect::audiences(fill))
        .verify(verify::call(fill))
}

/// Puts a client on IAP's list.
fn programmatic(fill: &Fill) -> Fix {
    Draft::changes(fill, "Put the client on IAP’s list of programmatic clients")
        .caution("RULES_FILE holds accessSettings.oauthSettings.programmaticClients with the client’s id, beside those that `gcloud iap settings get` shows.")
        .sh(settings(fill))
        .code(Language::Yaml, &super::told!("
accessSettings:
  oauthSettings:
    programmaticClients:
      - OAUTH_CLIENT_ID
"))
        .done()
}

const fn settings(fill: &Fill) -> Words {
    match fill.product {
        Product::CloudRun => &[
            "gcloud iap settings set",
            "RULES_FILE",
            "--project=PROJECT_ID",
            "--resource-type=cloud-run",
            "--service=SERVICE",
            "--region=REGION",
        ],
        Product::AppEngine => &[
            "gcloud iap settings set",
            "RULES_FILE",
            "--project=PROJECT_ID",
            "--resource-type=app-engine",
        ],
        _ => &[
            "gcloud iap settings set",
            "RULES_FILE",
            "--project=PROJECT_ID",
            "--resource-type=backend-services",
            "--service=BACKEND_SERVICE",
        ],
    }
}

fn oauth_client(fill: &Fill) -> Remedy {
    let fill = &fill.behind_iap();
    let domain = fill.mentions(&["domain", "error code 53"]);
    let first = if domain {
        Draft::changes(fill, "Admit the domain in IAP’s settings")
            .caution("RULES_FILE holds the IAP settings with accessSettings.allowedDomainsSettings, the domain added to those that are there.")
            .sh(settings(fill))
            .done()
    } else {
        Draft::changes(fill, "Give IAP an OAuth client whose id, secret and redirect address fit")
            .caution("The secret is entered in the console, so that it lands in no shell history.")
            .words("In the console: Google Auth Platform, Clients: a client of the type web application, with the redirect URI https://iap.googleapis.com/v1/oauth/clientIds/CLIENT_ID:handleRedirect. Then Identity-Aware Proxy, the resource, Settings, Custom OAuth: its id and secret. Then switch IAP off and on once.")
            .done()
    };
    Remedy::change(first)
        .check(inspect::audiences(fill))
        .verify(
            Draft::reads(fill, "See that it works: sign in with a browser")
                .words("Open the address in a fresh browser window, and sign in as a user whom IAP admits.")
                .done(),
        )
}
