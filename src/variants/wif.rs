//! Workload Identity Federation at Google's side: which external tokens a provider takes, and as
//! whom they may act.

use super::{MINT, Variant, ci, scopes, told};
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language, grant, inspect};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "wif-attribute-condition",
        cause: MINT,
        says: "The attribute condition of the provider {provider|of the pool} does not admit this token: its repository, branch or subject does not fit.",
        why: "",
        remedy: |fill| {
            Remedy::change(grant::provider_condition(fill))
                .check(inspect::provider(fill))
                .verify(works(fill))
        },
    },
    Variant {
        id: "wif-attribute-mapping",
        cause: MINT,
        says: "The provider’s attribute mapping cannot be applied: `google.subject` comes of a claim that the token lacks, or is longer than 127 bytes.",
        why: "",
        remedy: |fill| {
            Remedy::change(mapping(fill))
                .check(inspect::provider(fill))
                .verify(works(fill))
        },
    },
    Variant {
        id: "wif-token-audience",
        cause: MINT,
        says: "The external token is made for an audience that the provider {provider|of the pool} does not take.",
        why: "",
        remedy: |fill| {
            Remedy::change(audience(fill))
                .check(inspect::provider(fill))
                .verify(works(fill))
        },
    },
    Variant {
        id: "wif-workload-identity-user-missing",
        cause: MINT,
        says: "The workload’s federated identity may not act as {account|the service account}: `roles/iam.workloadIdentityUser` on it is missing.",
        why: "",
        remedy: |fill| {
            let caller = match fill.caller {
                Some(Caller::Gke) => Caller::Gke,
                _ => Caller::GithubActions,
            };
            Remedy::change(grant::token_creator(&fill.as_caller(caller)))
                .check(inspect::account_policy(fill))
                .verify(works(fill))
        },
    },
    Variant {
        id: "wif-provider-name-wrong",
        cause: MINT,
        says: "The STS knows no provider by the name {provider|that was sent}: it is not written in full, does not exist, or is disabled.",
        why: "The name has the project’s number, not its id, and the provider at its end.",
        remedy: provider_name,
    },
    Variant {
        id: "wif-issuer-mismatch",
        cause: MINT,
        says: "The token was issued by {issuer|another issuer} than the one that the provider {provider|of the pool} trusts.",
        why: "`iss` and the provider’s issuer URI are compared letter by letter, the slash at the end too.",
        remedy: |fill| {
            Remedy::change(issuer(fill))
                .or(
                    "When other workloads use this provider:",
                    own_provider(fill),
                )
                .check(inspect::provider(fill))
                .verify(works(fill))
        },
    },
    Variant {
        id: "wif-issuer-unreachable",
        cause: MINT,
        says: "The STS cannot check the token’s signature: it gets no keys of {issuer|the issuer}, or the keys uploaded to the provider are old or malformed.",
        why: "",
        remedy: |fill| {
            Remedy::change(upload_keys(fill))
                .or(
                    "When the issuer may be seen from the internet:",
                    publish_keys(fill),
                )
                .check(discovery(fill))
                .verify(works(fill))
        },
    },
];

/// That the workload gets a token in exchange for its own: from where it runs, as it does it.
pub(super) fn works(fill: &Fill) -> Fix {
    if fill.caller == Some(Caller::GithubActions) {
        return ci::rerun(fill);
    }
    Draft::reads(fill, "See that it works: the workload gets a token")
        .caution("Run it where the workload runs, with GOOGLE_APPLICATION_CREDENTIALS set to its credential file. Prints nothing but an error, where there is one.")
        .sh(&[
            "gcloud auth application-default print-access-token",
            "--verbosity=error",
            "--format=none",
        ])
        .done()
}

fn mapping(fill: &Fill) -> Fix {
    Draft::changes(fill, "Map `google.subject` to a claim that the token has")
        .caution("The whole mapping is replaced: repeat the attributes that it has. Where the subject is too long, map a shorter claim, such as `assertion.repository_id`.")
        .sh(&[
            "gcloud iam workload-identity-pools providers update-oidc",
            "PROVIDER",
            "--workload-identity-pool=POOL",
            "--location=global",
            "--attribute-mapping=google.subject=assertion.sub,attribute.repository=assertion.repository",
        ])
        .done()
}

fn audience(fill: &Fill) -> Fix {
    Draft::changes(fill, "Let the provider take the audience that the workload asks for")
        .caution("The whole list is replaced: repeat the audiences that it has. Or leave the list empty, and have the workload ask for the provider’s own name, which is the default.")
        .sh(&[
            "gcloud iam workload-identity-pools providers update-oidc",
            "PROVIDER",
            "--workload-identity-pool=POOL",
            "--location=global",
            "--allowed-audiences=https://iam.googleapis.com/projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER",
        ])
        .words("Or set `audience` where the workload asks for its token (in google-github-actions/auth: `with: audience`) to one that the provider allows.")
        .done()
}

/// The name in full, where the workload has it.
fn provider_name(fill: &Fill) -> Remedy {
    // On GKE the pool is the cluster's own.
    if fill.caller == Some(Caller::Gke)
        || fill.mentions(&["ksa->", "gke-auth-provider", "svc.id.goog"])
    {
        return Remedy::change(scopes::workload_identity(fill)).verify(works(fill));
    }
    let name = Draft::changes(fill, "Name the provider in full, with the project’s number");
    let name = if fill.caller == Some(Caller::GithubActions) {
        name.code(Language::Yaml, &told!("
- uses: google-github-actions/auth@v3
  with:
    workload_identity_provider: \"projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER\"
    service_account: \"SERVICE_ACCOUNT_EMAIL\"
"))
        .words("In google-github-actions/auth: workload_identity_provider, without a slash before it. The project number, not the project id; the provider after the pool.")
    } else {
        name.caution("The project number, not the project id.")
            .words("Set audience in the credential file (or in the call to the STS) to //iam.googleapis.com/projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER. A workforce’s is //iam.googleapis.com/locations/global/workforcePools/POOL/providers/PROVIDER.")
    };
    Remedy::change(name.done())
        .or("When the list shows it as disabled:", enable(fill))
        .or("When the list shows it as deleted:", undelete(fill))
        .check(providers(fill))
        .verify(works(fill))
}

/// The pool's providers with their full names and states.
fn providers(fill: &Fill) -> Fix {
    Draft::reads(fill, "See the pool’s providers, by their full names")
        .caution("The pool itself may be disabled or deleted too.")
        .sh(&[
            "gcloud iam workload-identity-pools providers list",
            "--workload-identity-pool=POOL",
            "--location=global",
            "--show-deleted",
            "--format=table(name,state,disabled)",
        ])
        .done()
}

fn enable(fill: &Fill) -> Fix {
    Draft::changes(fill, "Enable the provider")
        .caution("Somebody disabled it: ask why before.")
        .sh(&[
            "gcloud iam workload-identity-pools providers update-oidc",
            "PROVIDER",
            "--workload-identity-pool=POOL",
            "--location=global",
            "--no-disabled",
        ])
        .done()
}

fn undelete(fill: &Fill) -> Fix {
    Draft::changes(fill, "Undelete the provider")
        .caution("Possible for 30 days after it was deleted.")
        .sh(&[
            "gcloud iam workload-identity-pools providers undelete",
            "PROVIDER",
            "--workload-identity-pool=POOL",
            "--location=global",
        ])
        .done()
}

/// The provider trusts the issuer that makes the workload's tokens.
fn issuer(fill: &Fill) -> Fix {
    Draft::changes(fill, "Have the provider trust the issuer of the workload’s token")
        .caution("A provider trusts one issuer: tokens of the one before are refused from then on, and whoever controls ISSUER_URL can make tokens that the provider takes. Only for an issuer that is yours. GitHub: https://token.actions.githubusercontent.com. Azure v1 tokens: https://sts.windows.net/ with the tenant and a slash at the end.")
        .sh(&[
            "gcloud iam workload-identity-pools providers update-oidc",
            "PROVIDER",
            "--workload-identity-pool=POOL",
            "--location=global",
            "--issuer-uri=ISSUER_URL",
        ])
        .code(Language::Hcl, &told!("
resource \"google_iam_workload_identity_pool_provider\" \"provider\" {
  workload_identity_pool_id          = \"POOL\"
  workload_identity_pool_provider_id = \"PROVIDER\"

  oidc {
    issuer_uri = \"ISSUER_URL\"
  }
  # The rest of the provider as it is.
}
"))
        .words("In the console: IAM, Workload Identity Federation, the pool POOL, the provider PROVIDER, Edit: Issuer (URL), exactly as the token’s iss.")
        .done()
}

/// A second provider beside the one that others use.
fn own_provider(fill: &Fill) -> Fix {
    Draft::changes(fill, "Give this issuer a provider of its own in the pool")
        .caution("Fill in CONDITION: which of the issuer’s tokens may be exchanged, such as `assertion.sub=='…'`. Then name the new provider where the workload has the old one.")
        .sh(&[
            "gcloud iam workload-identity-pools providers create-oidc",
            "second-provider",
            "--workload-identity-pool=POOL",
            "--location=global",
            "--issuer-uri=ISSUER_URL",
            "--attribute-mapping=google.subject=assertion.sub",
            "--attribute-condition=CONDITION",
        ])
        .done()
}

/// The issuer's keys, uploaded: the STS then fetches none.
fn upload_keys(fill: &Fill) -> Fix {
    Draft::changes(fill, "Upload the issuer’s current keys to the provider")
        .caution("Fill in JWKS_FILE: the issuer’s key set as JSON, without x5c, x5t and comments; `kubectl get --raw /openid/v1/jwks` prints a cluster’s. Upload it again whenever the issuer changes its keys.")
        .sh(&[
            "gcloud iam workload-identity-pools providers update-oidc",
            "PROVIDER",
            "--workload-identity-pool=POOL",
            "--location=global",
            "--jwk-json-path=JWKS_FILE",
        ])
        .code(Language::Hcl, &told!("
resource \"google_iam_workload_identity_pool_provider\" \"provider\" {
  workload_identity_pool_id          = \"POOL\"
  workload_identity_pool_provider_id = \"PROVIDER\"

  oidc {
    issuer_uri = \"ISSUER_URL\"
    jwks_json  = file(\"jwks.json\")
  }
  # The rest of the provider as it is.
}
"))
        .words("In the console: IAM, Workload Identity Federation, the pool POOL, the provider PROVIDER, Edit: JWK file (JSON).")
        .done()
}

/// The issuer's own documents, where the STS looks for them.
fn publish_keys(fill: &Fill) -> Fix {
    Draft::changes(fill, "Let the internet see the issuer’s discovery document and keys")
        .caution("Both are public by nature: no secret stands in them. The provider must have no uploaded keys then.")
        .words("ISSUER_URL/.well-known/openid-configuration must answer 200 without a login, with a certificate of a public authority; its issuer must be ISSUER_URL letter by letter, and its jwks_uri must answer as well.")
        .done()
}

/// What the STS gets when it looks for the keys.
fn discovery(fill: &Fill) -> Fix {
    Draft::reads(
        fill,
        "See whether the issuer’s discovery document can be had from outside",
    )
    .words("From outside the issuer’s own network open ISSUER_URL/.well-known/openid-configuration, then the jwks_uri that stands in it. Its issuer must be the token’s iss.")
    .done()
}
