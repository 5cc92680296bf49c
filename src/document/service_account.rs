//! A service account: description, list, state.

use super::origin::Origin;
use super::value::Tree;

/// What a description says of a service account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ServiceAccount {
    pub(crate) email: Option<String>,
    /// The numeric id, which stands in tokens as `sub` and `azp` and after `?uid=` in policies.
    pub(crate) unique_id: Option<String>,
    pub(crate) project: Option<String>,
    /// `None` where the document does not tell; gcloud shows it only when it is true.
    pub(crate) disabled: Option<bool>,
}

pub(crate) fn recognise(tree: &Tree) -> bool {
    tree.text(&["email"]).is_some()
        && (tree.has(&["uniqueId"])
            || tree.has(&["oauth2ClientId"])
            || tree
                .text(&["name"])
                .is_some_and(|name| name.contains("/serviceAccounts/")))
        && !tree.has(&["private_key"])
}

pub(crate) fn read(tree: &mut Tree, origin: Option<&Origin>) -> ServiceAccount {
    tree.close(tree.has(&["uniqueId"]));
    let named = origin.and_then(|origin| origin.name.clone());
    ServiceAccount {
        email: tree
            .text(&["email"])
            .or_else(|| named.filter(|name| name.contains('@'))),
        unique_id: tree
            .text(&["uniqueId"])
            .or_else(|| tree.text(&["oauth2ClientId"])),
        project: tree
            .text(&["projectId"])
            .or_else(|| tree.text(&["project"]))
            .or_else(|| origin.and_then(|origin| origin.project.clone())),
        disabled: tree.flag(&["disabled"]),
    }
}
