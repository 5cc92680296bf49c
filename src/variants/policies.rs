//! Rules of the organisation: organisation policies by their constraint, VPC Service Controls by
//! the direction of the request, access levels, Workspace.

use super::roles::repeat;
use super::{Variant, told};
use crate::evidence::Door;
use crate::fix::command::Words;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::hole::Hole;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language, app, grant, inspect, verify};

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "domain-restricted-sharing",
        cause: RULE,
        says: "An organisation policy keeps this member out of the project’s policies, so the grant was not made.",
        why: "Domain restricted sharing refuses `allUsers` and members of other organisations; switching the invoker check off needs no member at all.",
        remedy: |fill| {
            let named_member = !fill.mentions(&[
                "allusers",
                "allauthenticatedusers",
                "unauthenticated",
                "public",
            ]) && fill.mentions(&["member=", "serviceaccount:", "user:"]);
            let remedy = if named_member {
                Remedy::change(admit_member(fill))
                    .or("When it should be public:", app::no_invoker_check(fill))
            } else {
                Remedy::change(app::no_invoker_check(fill))
                    .or("When only some members should get in:", admit_member(fill))
            };
            remedy
                .check(if fill.mentions(&["allowedpolicymembers"]) {
                    effective(fill, MANAGED_MEMBERS)
                } else {
                    inspect::org_policy(fill)
                })
                .verify(inspect::bare_status(fill))
        },
    },
    Variant {
        id: "require-invoker-iam",
        cause: RULE,
        says: "The organisation demands the invoker check: `run.managed.requireInvokerIam` forbids switching it off.",
        why: "",
        remedy: |fill| {
            Remedy::change(grant::entry(&fill.at_run()))
            .or("When it must be public:", relax(fill, "Have an administrator except the project from `run.managed.requireInvokerIam`"))
            .check(inspect::invoker_policy(fill))
            .verify(verify::again(&fill.at_run()))
        },
    },
    Variant {
        id: "key-creation-disabled",
        cause: RULE,
        says: "The organisation forbids keys of service accounts, so none was made.",
        why: "New organisations have `iam.disableServiceAccountKeyCreation` from the start; nearly everything works without keys.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Do without a key: act as the account by impersonation")
                .caution("You need `roles/iam.serviceAccountTokenCreator` on that account. On Google Cloud attach the account instead; from GitHub, AWS or another cloud use Workload Identity Federation.")
                .sh(&[
                    "gcloud auth application-default login",
                    "--impersonate-service-account=SERVICE_ACCOUNT_EMAIL",
                ])
                .words("On Google Cloud: attach the account to the service or VM. Elsewhere: Workload Identity Federation. On a workstation: impersonation.")
                .done(),
        )
        .or("When a key cannot be avoided:", relax(fill, "Have an administrator except the project from `iam.disableServiceAccountKeyCreation`"))
        .check(effective(fill, KEY_CREATION))
        .verify(repeat(fill))
        },
    },
    Variant {
        id: "org-policy-constraint",
        cause: RULE,
        says: "An organisation policy forbids this: the constraint {constraint|that the error names}.",
        why: "No role of the project opens it; only what the constraint allows, or a change of it.",
        remedy: |fill| {
            Remedy::change(fitting(fill))
            .or("When the request must stay as it is:", relax(fill, "Have an administrator of the organisation change CONSTRAINT for PROJECT_ID"))
            .check(effective(fill, CONSTRAINT))
            .verify(repeat(fill))
        },
    },
    Variant {
        id: "context-aware-access",
        cause: RULE,
        says: "An access level asks for a managed device, a client certificate or a bound token, and this request has none.",
        why: "The account and its roles are not what was refused.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Have gcloud send the device’s certificate")
                .caution("On a device that the organisation manages, with Endpoint Verification. An administrator can admit another device or network in the access level.")
                .sh(&["gcloud config set", "context_aware/use_client_certificate", "true"])
                .words("In the Admin console: Security, Context-aware access: the access level that refuses, and the device or network it asks for.")
                .done(),
        )
        .check(Draft::reads(fill, "See gcloud’s settings").sh(&["gcloud config list"]).done())
        .verify(repeat(fill))
        },
    },
    Variant {
        id: "vpc-sc-ingress",
        cause: RULE,
        says: "VPC Service Controls refused the request: its account, address or network is not admitted into the service perimeter.",
        why: "The credential is not what was refused, and no role helps.",
        remedy: |fill| {
            let fill = &fill.for_agent();
            Remedy::change(ingress(fill))
                .or(
                    "When whole networks or addresses should be admitted:",
                    access_level(fill),
                )
                .check(inspect::perimeter_log(fill))
                .verify(repeat(fill))
        },
    },
    Variant {
        id: "vpc-sc-egress",
        cause: RULE,
        says: "VPC Service Controls refused the request: it leaves the service perimeter for another project, bucket or address.",
        why: "Both ends must be inside, or a rule must let this one out.",
        remedy: |fill| {
            let fill = &fill.for_agent();
            if fill.mentions(&["push"]) {
            Remedy::change(
                Draft::changes(fill, "Push to the service’s own `run.app` URL inside the perimeter, or pull")
                    .caution("A subscription inside a perimeter pushes to default run.app URLs of the perimeter and nowhere else; with a custom domain use a pull subscription.")
                    .words("Set the push endpoint to the service’s run.app URL, in the same perimeter, or make the subscription a pull one.")
                    .done(),
            )
            .or("When it must leave:", egress(fill))
        } else if fill.mentions(&["cloud build", "cloudbuild", "gcloud builds"]) {
            Remedy::change(
                Draft::changes(fill, "Build in a private pool, with source and logs inside the perimeter")
                    .words("Use a private pool whose network is in the perimeter, and gcloud builds submit with --default-buckets-behavior=regional-user-owned-bucket, so that the log’s bucket is in it too.")
                    .done(),
            )
            .or("When it must leave:", egress(fill))
        } else {
            Remedy::change(egress(fill))
                .or("When both ends are yours:", inside(fill))
        }
        .check(inspect::perimeter_log(fill))
        .verify(repeat(fill))
        },
    },
    Variant {
        id: "vpc-sc-accessible-services",
        cause: RULE,
        says: "The perimeter limits which APIs its networks may call, and {api|this API} is not among them.",
        why: "",
        remedy: |fill| {
            Remedy::change(
                Draft::changes(
                    fill,
                    "Have an administrator admit API_NAME for the perimeter’s networks",
                )
                .caution(ADMIN)
                .sh(&[
                    "gcloud access-context-manager perimeters update",
                    "PERIMETER",
                    "--policy=ACCESS_POLICY",
                    "--add-vpc-allowed-services=API_NAME",
                ])
                .done(),
            )
            .check(perimeter(fill))
            .verify(repeat(fill))
        },
    },
    Variant {
        id: "workspace-admin-blocks",
        cause: RULE,
        says: "The Workspace organisation does not admit this application, or the service is switched off for this user.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Have the Workspace administrator admit the application or the service")
                .caution("A service account acts for users by domain-wide delegation: its client id is admitted with exactly the scopes that are asked for.")
                .words("At admin.google.com, as an administrator. An OAuth application: Security, API controls, App access control: trust the client id OAUTH_CLIENT_ID. A service account: Security, API controls, Domain-wide delegation. A service that is off (Drive, Gmail): Apps, Google Workspace: on for the user.")
                .done(),
        )
        .verify(repeat(fill))
        },
    },
];

const RULE: &str = "org-policy-or-vpc-sc";
const ADMIN: &str = "For an administrator of the organisation (`roles/accesscontextmanager.policyEditor`). Changes take up to half an hour.";

const CONSTRAINT: Words = &[
    "gcloud org-policies describe",
    "CONSTRAINT",
    "--project=PROJECT_ID",
    "--effective",
];
const MANAGED_MEMBERS: Words = &[
    "gcloud org-policies describe",
    "iam.managed.allowedPolicyMembers",
    "--project=PROJECT_ID",
    "--effective",
];
const KEY_CREATION: Words = &[
    "gcloud org-policies describe",
    "iam.disableServiceAccountKeyCreation",
    "--project=PROJECT_ID",
    "--effective",
];

/// What the policy says for the project, with what it inherits.
fn effective(fill: &Fill, words: Words) -> Fix {
    Draft::reads(
        fill,
        "See what the organisation policy says for the project",
    )
    .sh(words)
    .done()
}

/// Domain restricted sharing admits one member, or one more organisation.
fn admit_member(fill: &Fill) -> Fix {
    Draft::changes(fill, "Have an administrator admit the member in the organisation policy")
        .caution("For an administrator of the organisation (`roles/orgpolicy.policyAdmin`). RULES_FILE is the project’s policy with the member’s organisation added to iam.allowedPolicyMemberDomains, or the member to iam.managed.allowedPolicyMembers: keep the values that it has.")
        .sh(&["gcloud org-policies set-policy", "RULES_FILE"])
        .words("In the console: IAM, Organisation policies, iam.allowedPolicyMemberDomains (or iam.managed.allowedPolicyMembers), Manage policy: add a rule for this project, and keep the others.")
        .done()
}

fn relax(fill: &Fill, title: &'static str) -> Fix {
    Draft::changes(fill, title)
        .caution("For an administrator of the organisation (`roles/orgpolicy.policyAdmin`). RULES_FILE holds the policy of this one project.")
        .sh(&["gcloud org-policies set-policy", "RULES_FILE"])
        .done()
}

/// What makes the request fit its constraint.
fn fitting(fill: &Fill) -> Fix {
    let of = |words: &[&str]| {
        fill.mentions(words)
            || fill.known(Hole::Constraint).is_some_and(|constraint| {
                let constraint = constraint.to_ascii_lowercase();
                words.iter().any(|word| constraint.contains(word))
            })
    };
    let draft = Draft::changes(fill, "Make the request fit what CONSTRAINT allows");
    if of(&["resourcelocations", "location"]) {
        draft.caution("gcp.resourceLocations").words("Use a region or location that gcp.resourceLocations allows: the policy lists them (in:eu-locations stands for every one in the EU).")
    } else if of(&["restrictserviceusage"]) {
        draft.caution("gcp.restrictServiceUsage").words("The organisation policy gcp.restrictServiceUsage does not allow this API in the project: use a project where it is allowed.")
    } else if of(&["x-goog-allowed-resources", "org_restriction", "egress restrictions"]) {
        draft.words("The egress proxy’s header X-Goog-Allowed-Resources names the organisations that may be called: call a resource of those, or have the proxy’s administrator add this one.")
    } else if of(&["tls"]) {
        draft.words("The organisation restricts TLS versions (gcp.restrictTLSVersion): have the client use TLS 1.2 or newer.")
    } else if of(&["workloadidentitypoolproviders"]) {
        draft.words("Use an issuer that iam.workloadIdentityPoolProviders lists, exactly as it stands there, or have it added.")
    } else if of(&["allowedingress", "ingress"]) {
        draft.words("Deploy with an ingress value that run.allowedIngress allows: internal, or internal-and-cloud-load-balancing.")
    } else if of(&["allowedvpcegress"]) {
        draft.words("Deploy with a value of --vpc-egress that run.allowedVPCEgress allows, mostly all-traffic.")
    } else if of(&["publicaccessprevention", "public access"]) {
        draft.words("Public access to buckets is prevented (storage.publicAccessPrevention): grant named accounts, or use signed URLs.")
    } else if of(&["vmexternalipaccess", "external ip"]) {
        draft.words("Make the VM without an external address, and reach it by IAP or Cloud NAT.")
    } else if of(&["endpoint", "restrictendpointusage"]) {
        draft.words("Call an endpoint that the policy allows, such as the regional one of the API.")
    } else if of(&["uniformbucketlevelaccess"]) {
        draft.words("Make the bucket with uniform bucket-level access.")
    } else {
        draft.words("Change the request so that it fits the organisation policy: its effective values are printed by the command above.")
    }
    .done()
}

/// One rule for one caller; the file has the rules that are there already.
fn ingress(fill: &Fill) -> Fix {
    Draft::changes(fill, "Have an administrator add an ingress rule for CALLER_EMAIL to the perimeter")
        .caution(ADMIN)
        .caution("RULES_FILE replaces the perimeter’s whole list of ingress rules: export them first (the command that describes the perimeter prints them) and add this one.")
        .sh(&[
            "gcloud access-context-manager perimeters update",
            "PERIMETER",
            "--policy=ACCESS_POLICY",
            "--set-ingress-policies=RULES_FILE",
        ])
        .code(Language::Yaml, &told!("
# The rules that the perimeter has, then:
- ingressFrom:
    identities:
      - MEMBER
    sources:
      - accessLevel: '*'
  ingressTo:
    operations:
      - serviceName: API_NAME
        methodSelectors:
          - method: '*'
    resources:
      - projects/PROJECT_NUMBER
"))
        .words("In the console: Security, VPC Service Controls, the perimeter, Ingress policy: from the identity MEMBER, to the project and the API. The unique id of the error opens the violation in the troubleshooter.")
        .done()
}

fn access_level(fill: &Fill) -> Fix {
    Draft::changes(fill, "Admit an access level into the perimeter")
        .caution(ADMIN)
        .caution("ACCESS_LEVEL names addresses, regions or devices; `vpcServiceControlsUniqueIdentifier` of the error tells what was missing.")
        .sh(&[
            "gcloud access-context-manager perimeters update",
            "PERIMETER",
            "--policy=ACCESS_POLICY",
            "--add-access-levels=ACCESS_LEVEL",
        ])
        .done()
}

fn egress(fill: &Fill) -> Fix {
    Draft::changes(fill, "Have an administrator add an egress rule for CALLER_EMAIL to the perimeter")
        .caution(ADMIN)
        .caution("RULES_FILE replaces the perimeter’s whole list of egress rules: export them first and add this one. A dry run refuses nothing: it only writes what it would refuse.")
        .sh(&[
            "gcloud access-context-manager perimeters update",
            "PERIMETER",
            "--policy=ACCESS_POLICY",
            "--set-egress-policies=RULES_FILE",
        ])
        .code(Language::Yaml, &told!("
# The rules that the perimeter has, then:
- egressFrom:
    identities:
      - MEMBER
  egressTo:
    operations:
      - serviceName: API_NAME
        methodSelectors:
          - method: '*'
    resources:
      - projects/OTHER_PROJECT_NUMBER
"))
        .done()
}

fn inside(fill: &Fill) -> Fix {
    Draft::changes(fill, "Or put both projects into one perimeter")
        .caution(ADMIN)
        .caution("Fill in OTHER_PROJECT_NUMBER: the number of the project at the other end, as `gcloud projects list` shows it.")
        .sh(&[
            "gcloud access-context-manager perimeters update",
            "PERIMETER",
            "--policy=ACCESS_POLICY",
            "--add-resources=projects/OTHER_PROJECT_NUMBER",
        ])
        .done()
}

fn perimeter(fill: &Fill) -> Fix {
    Draft::reads(fill, "See the perimeter")
        .sh(&[
            "gcloud access-context-manager perimeters describe",
            "PERIMETER",
            "--policy=ACCESS_POLICY",
        ])
        .done()
}

impl Fill {
    /// The same at the service’s own door.
    fn at_run(&self) -> Self {
        let mut fill = self.clone();
        if fill.door != Door::Function {
            fill.door = Door::Run;
        }
        fill
    }
}
