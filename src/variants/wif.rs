//! Workload Identity Federation: which external tokens a provider takes, and as whom they may act.

use super::{MINT, Variant};
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, grant, inspect};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "wif-attribute-condition",
        cause: MINT,
        says: "The attribute condition of the provider {provider|of the pool} does not admit this token: its repository, branch or subject does not fit.",
        why: "",
        remedy: |fill| Remedy::change(grant::provider_condition(fill)).check(inspect::provider(fill)),
    },
    Variant {
        id: "wif-attribute-mapping",
        cause: MINT,
        says: "The provider’s attribute mapping cannot be applied: `google.subject` comes of a claim that the token lacks, or is longer than 127 bytes.",
        why: "",
        remedy: |fill| Remedy::change(mapping(fill)).check(inspect::provider(fill)),
    },
    Variant {
        id: "wif-token-audience",
        cause: MINT,
        says: "The external token is made for an audience that the provider {provider|of the pool} does not take.",
        why: "",
        remedy: |fill| Remedy::change(audience(fill)).check(inspect::provider(fill)),
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
            let fill = &fill.as_caller(caller);
            Remedy::change(grant::token_creator(fill)).check(inspect::account_policy(fill))
        },
    },
    Variant {
        id: "impersonation-role-missing",
        cause: MINT,
        says: "Who asks may not make tokens of {account|the service account}: `roles/iam.serviceAccountTokenCreator` on it is missing.",
        why: "Being owner of the project is not enough.",
        remedy: |fill| Remedy::change(grant::token_creator(fill)).check(inspect::account_policy(fill)),
    },
];

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
