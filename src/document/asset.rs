//! Cloud Asset Inventory: which policies name an account, and what analysis found.

use super::policy::{self, Policy};
use super::resource::Resource;
use super::value::{End, Tree, Value};

/// A policy that a search found, with the bindings that fit the query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct FoundPolicy {
    /// `//run.googleapis.com/projects/…/services/thumbs`
    pub(crate) resource: Option<String>,
    /// `run.googleapis.com/Service`
    pub(crate) kind: Option<String>,
    /// Its end is never seen: a search shows the bindings that fit its query.
    pub(crate) policy: Policy,
}

pub(crate) fn recognise(tree: &Tree) -> bool {
    tree.has(&["policy"]) && (tree.has(&["assetType"]) || tree.has(&["resource"]))
}

pub(crate) fn read(tree: &mut Tree) -> FoundPolicy {
    tree.close(tree.has(&["resource"]));
    let resource = tree.text(&["resource"]);
    let mut policy = tree
        .at(&["policy"])
        .map(|policy| policy::read(&mut Tree::whole(policy.clone()), None))
        .unwrap_or_default();
    policy.on = resource.as_deref().and_then(Resource::read);
    policy.end = End::Open;
    FoundPolicy {
        resource,
        kind: tree.text(&["assetType"]),
        policy,
    }
}

/// What `analyze-iam-policy` found: who can do what on which resources.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Analysis {
    pub(crate) grants: Vec<AnalysedGrant>,
    /// All that could be analysed was: `fullyExplored`.
    pub(crate) complete: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct AnalysedGrant {
    /// Members as written, groups resolved where the reader may see them.
    pub(crate) identities: Vec<String>,
    /// Roles and permissions.
    pub(crate) accesses: Vec<String>,
    pub(crate) resources: Vec<String>,
    /// Whose policy grants it.
    pub(crate) attached_to: Option<String>,
}

pub(crate) fn recognise_analysis(tree: &Tree) -> bool {
    tree.has(&["ACLs"])
        || tree.has(&["mainAnalysis"])
        || tree.has(&["analysisResults"])
        || tree.has(&["iamBinding"]) && tree.has(&["accessControlLists"])
}

pub(crate) fn analysis(tree: &Tree) -> Analysis {
    let results = tree
        .at(&["mainAnalysis", "analysisResults"])
        .or_else(|| tree.at(&["analysisResults"]));
    let whole = core::slice::from_ref(&tree.value);
    let results = results.map_or(whole, Value::items);
    let mut found = Analysis {
        complete: tree
            .at(&["fullyExplored"])
            .or_else(|| tree.at(&["mainAnalysis", "fullyExplored"]))
            .and_then(Value::as_flag),
        ..Analysis::default()
    };
    for result in results {
        let lists = result
            .get("ACLs")
            .or_else(|| result.get("accessControlLists"))
            .map(Value::items)
            .unwrap_or_default();
        for list in lists {
            let names = |value: &Value, list: &str, names: &[&str]| -> Vec<String> {
                value
                    .get(list)
                    .map(Value::items)
                    .unwrap_or_default()
                    .iter()
                    .filter_map(|item| names.iter().find_map(|name| item.text(&[name])))
                    .map(str::to_owned)
                    .collect()
            };
            let mut identities = names(list, "identities", &["name"]);
            if identities.is_empty() {
                identities = result
                    .at(&["identityList", "identities"])
                    .map(Value::items)
                    .unwrap_or_default()
                    .iter()
                    .filter_map(|identity| identity.text(&["name"]).map(str::to_owned))
                    .collect();
            }
            found.grants.push(AnalysedGrant {
                identities,
                accesses: names(list, "accesses", &["permission", "role"]),
                resources: names(list, "resources", &["fullResourceName"]),
                attached_to: list
                    .text(&["policy", "attachedResource"])
                    .or_else(|| result.text(&["attachedResourceFullName"]))
                    .map(str::to_owned),
            });
        }
    }
    found
}
