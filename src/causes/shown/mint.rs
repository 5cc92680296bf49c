//! Why no token was made, where a document shows it: an account's policy, a provider.

use super::{Shown, sure};
use crate::causes::{Found, Likelihood};
use crate::document::{Asked, Member, Policy, Provider};
use crate::evidence::Evidence;
use crate::facts::Entity;
use crate::facts::proof::Seen;
use crate::input::Caller;
use crate::known::role_permissions;
use crate::visible::in_code;

const MINT: &str = "token-generation-failed";

pub(super) fn shown(evidence: &Evidence<'_>, shown: &mut Shown) {
    let failed =
        evidence.never_made() || evidence.spoken.iter().any(|spoken| spoken.cause() == MINT);
    if !failed {
        return;
    }
    let variant = evidence
        .spoken
        .iter()
        .find(|spoken| spoken.cause() == MINT)
        .map_or("", |spoken| spoken.variant.id);
    if account_is_gone(evidence, shown) {
        return;
    }
    if let Some(provider) = &evidence.proof.provider
        && at_provider(evidence, provider, variant, shown)
    {
        return;
    }
    policy(evidence, variant, shown);
}

fn account_is_gone(evidence: &Evidence<'_>, shown: &mut Shown) -> bool {
    let proof = &evidence.proof;
    let named = |email: &str| {
        evidence
            .named
            .all(Entity::Account)
            .any(|known| known.value.eq_ignore_ascii_case(email))
    };
    if let Some(email) = proof.absent_accounts.iter().find(|email| named(email)) {
        shown.add(
            MINT,
            Found::certain(format!(
                "There is no service account `{}`, so no token of it can be made.",
                in_code(email)
            ))
            .because("The pasted command did not find it.")
            .fix("service-account-deleted"),
        );
        return true;
    }
    let disabled = proof
        .accounts
        .iter()
        .find(|account| account.what.disabled == Some(true));
    if let Some(email) = disabled
        .and_then(|account| account.what.email.as_deref())
        .filter(|email| named(email))
    {
        shown.add(
            MINT,
            Found::certain(format!(
                "The service account `{}` is disabled, so no token of it is made.",
                in_code(email)
            ))
            .because("Its description shows it.")
            .fix("service-account-disabled"),
        );
        return true;
    }
    false
}

/// The provider does not take the external token.
fn at_provider(
    evidence: &Evidence<'_>,
    provider: &Seen<Provider>,
    variant: &str,
    shown: &mut Shown,
) -> bool {
    let what = &provider.what;
    let name = what
        .full_name
        .as_deref()
        .and_then(|name| name.rsplit('/').next())
        .unwrap_or("the provider");
    let name = in_code(name).into_owned();
    let repository = evidence.named.text(Entity::Repository);
    let refused =
        repository.is_some_and(|repository| what.admits("repository", repository) == Some(false));
    if let Some(condition) = what
        .condition
        .as_deref()
        .filter(|condition| provider.is_sure(condition))
        && (variant == "wif-attribute-condition" || refused && variant.starts_with("wif-"))
    {
        let mut found = Found::certain(format!(
            "The provider `{name}` admits only tokens for which `{}` holds, and this one was refused.",
            in_code(condition)
        ))
        .because("The condition is the one in the provider’s description.");
        if let Some(repository) = repository {
            found = found.because(format!("The workflow runs in `{}`.", in_code(repository)));
        }
        shown.add(MINT, found.fix("wif-attribute-condition"));
        return true;
    }
    if what.disabled == Some(true) {
        shown.add(
            MINT,
            Found::certain(format!("The provider `{name}` is disabled."))
                .because("Its description shows it.")
                .fix("wif-provider-name-wrong"),
        );
        return true;
    }
    if variant == "wif-token-audience"
        && let Some(allowed) = what
            .allowed_audiences
            .as_deref()
            .filter(|allowed| !allowed.is_empty())
    {
        let listed: Vec<String> = allowed
            .iter()
            .take(4)
            .map(|one| format!("`{}`", in_code(one)))
            .collect();
        shown.add(
            MINT,
            Found::certain(format!("The provider `{name}` takes only tokens made for {}, and this one was made for another audience.", listed.join(", ")))
                .because("These are the allowed audiences in its description.")
                .fix("wif-token-audience"),
        );
        return true;
    }
    false
}

/// Whoever should act as the account has no role on it.
fn policy(evidence: &Evidence<'_>, variant: &str, shown: &mut Shown) {
    let Some((account, policy)) = evidence.proof.account_policies.iter().find(|(account, _)| {
        let mut named = evidence.named.all(Entity::Account).peekable();
        named.peek().is_none() || named.any(|known| known.value.eq_ignore_ascii_case(account))
    }) else {
        return;
    };
    let federated = evidence.caller == Some(Caller::GithubActions)
        || variant.starts_with("wif-")
        || evidence.proof.provider.is_some();
    if federated {
        repository(evidence, account, policy, shown);
        return;
    }
    let permission = if evidence.words.mentions.any(&["getopenidtoken"]) {
        "iam.serviceAccounts.getOpenIdToken"
    } else {
        "iam.serviceAccounts.getAccessToken"
    };
    let about_roles = evidence.words.mentions.any(&["iam.serviceaccounts.get"]);
    let asker = evidence.proof.active.as_deref();
    if !about_roles {
        return;
    }
    let asked = Asked {
        now: Some(evidence.now),
        ..Asked::default()
    };
    let grants = asker
        .map(|asker| policy.what.grants(asker, permission, asked))
        .unwrap_or_default();
    if grants.iter().any(|grant| grant.holds != Some(false)) {
        return;
    }
    // Whoever it was: nobody at all, or not the one who is signed in.
    let nobody = !policy
        .what
        .bindings
        .iter()
        .any(|binding| role_permissions::holds(&binding.role, permission) != Some(false));
    let whole = policy.whole
        && asker.map_or(policy.what.only.is_none(), |asker| {
            policy.what.shows_all_for(asker)
        });
    let who = asker.map_or_else(
        || "Who asked".to_owned(),
        |asker| format!("`{}`", in_code(asker)),
    );
    let found = Found::new(
        sure(whole && (nobody || asker.is_some()), Likelihood::Likely),
        format!(
            "{who} may not make tokens of `{}`: `roles/iam.serviceAccountTokenCreator` on that account is missing.",
            in_code(account)
        ),
    )
    .because("The account’s policy was pasted, and it holds no such grant.");
    shown.add(MINT, found.fix("impersonation-role-missing"));
}

/// Which repositories may act as the account.
fn repository(evidence: &Evidence<'_>, account: &str, policy: &Seen<Policy>, shown: &mut Shown) {
    let sets: Vec<&str> = policy
        .what
        .bindings
        .iter()
        .filter(|binding| binding.role == "roles/iam.workloadIdentityUser")
        .flat_map(|binding| &binding.members)
        .filter_map(|member| match member {
            Member::PrincipalSet(set) | Member::Principal(set) => {
                set.value.as_deref().or(Some(set.text.as_str()))
            }
            _ => None,
        })
        .collect();
    let repository = evidence.named.text(Entity::Repository);
    let has_all = policy
        .what
        .bindings
        .iter()
        .flat_map(|binding| &binding.members)
        .any(|member| matches!(member, Member::PrincipalSet(set) if set.value.is_none()));
    if has_all
        || repository.is_some_and(|repository| sets.iter().any(|set| set.contains(repository)))
    {
        return;
    }
    let listed: Vec<String> = sets
        .iter()
        .take(4)
        .map(|set| format!("`{}`", in_code(set)))
        .collect();
    let only = if listed.is_empty() {
        "nobody from the pool".to_owned()
    } else {
        listed.join(", ")
    };
    let mine = repository.map_or_else(String::new, |repository| {
        format!(", and the workflow runs in `{}`", in_code(repository))
    });
    shown.add(
        MINT,
        Found::new(
            sure(
                policy.whole && (repository.is_some() || listed.is_empty()),
                Likelihood::Likely,
            ),
            format!(
                "`{}` lets {only} act as it (`roles/iam.workloadIdentityUser`){mine}.",
                in_code(account)
            ),
        )
        .because("The account’s policy was pasted: it holds no grant for this repository.")
        .fix("wif-workload-identity-user-missing"),
    );
}
