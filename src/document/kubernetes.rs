//! A Kubernetes service account, and the Google account it is bound to.

use super::origin::Origin;
use super::value::Tree;

/// What a description says of a Kubernetes service account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct KubernetesAccount {
    pub(crate) name: Option<String>,
    pub(crate) namespace: Option<String>,
    /// The Google account whose tokens its pods get.
    pub(crate) google_account: Option<String>,
    /// The document shows that it is bound to none.
    pub(crate) unbound: bool,
}

const BOUND: [&str; 3] = ["metadata", "annotations", "iam.gke.io/gcp-service-account"];

pub(crate) fn recognise(tree: &Tree) -> bool {
    tree.text(&["kind"])
        .is_some_and(|kind| kind == "ServiceAccount")
        || tree.has(&BOUND)
}

pub(crate) fn read(tree: &mut Tree, origin: Option<&Origin>) -> KubernetesAccount {
    // The names are sorted, and annotations stand first.
    tree.close(tree.has(&["metadata", "uid"]) || tree.has(&["metadata", "namespace"]));
    let google_account = tree.text(&BOUND);
    KubernetesAccount {
        name: tree
            .text(&["metadata", "name"])
            .or_else(|| origin.and_then(|origin| origin.name.clone())),
        namespace: tree
            .text(&["metadata", "namespace"])
            .or_else(|| origin.and_then(|origin| origin.flag(&["namespace"]))),
        unbound: google_account.is_none() && tree.tells(&BOUND),
        google_account,
    }
}
