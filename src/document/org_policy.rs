//! An organisation policy, of the new and the old API.

use super::origin::Origin;
use super::resource::short;
use super::value::{Tree, Value};

/// What an organisation policy demands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct OrgPolicy {
    /// `iam.allowedPolicyMemberDomains`, without `constraints/`.
    pub(crate) constraint: Option<String>,
    /// Where it is set: `projects/42`.
    pub(crate) at: Option<String>,
    /// A boolean constraint is in force.
    pub(crate) enforced: Option<bool>,
    /// Allowed values, without `is:`.
    pub(crate) allowed: Vec<String>,
    pub(crate) denied: Vec<String>,
    pub(crate) allow_all: bool,
    pub(crate) deny_all: bool,
    /// A rule has a condition (tags), so it may not be this resource's.
    pub(crate) conditional: bool,
    /// `--effective`: what holds, inheritance included.
    pub(crate) effective: bool,
}

pub(crate) fn recognise(tree: &Tree) -> bool {
    tree.text(&["constraint"])
        .is_some_and(|name| name.starts_with("constraints/"))
        || tree.has(&["listPolicy"])
        || tree.has(&["booleanPolicy"])
        || tree
            .text(&["name"])
            .is_some_and(|name| name.contains("/policies/") && !name.contains("/locations/"))
}

pub(crate) fn read(tree: &mut Tree, origin: Option<&Origin>) -> OrgPolicy {
    let name = tree.text(&["name"]);
    let mut policy = OrgPolicy {
        constraint: tree
            .text(&["constraint"])
            .or_else(|| name.clone())
            .or_else(|| origin.and_then(|origin| origin.name.clone()))
            .map(|name| short(&name).to_owned())
            .filter(|name| name.contains('.')),
        at: name.and_then(|name| Some(name.split_once("/policies/")?.0.to_owned())),
        effective: origin
            .is_some_and(|origin| origin.flags.iter().any(|(name, _)| name == "effective")),
        ..OrgPolicy::default()
    };
    let rules = tree
        .at(&["spec", "rules"])
        .map(Value::items)
        .unwrap_or_default();
    for rule in rules {
        policy.conditional |= rule.get("condition").is_some();
        policy.enforced = rule
            .get("enforce")
            .and_then(Value::as_flag)
            .or(policy.enforced);
        policy.lists(rule.get("values"));
        policy.allow_all |= rule.get("allowAll").and_then(Value::as_flag) == Some(true);
        policy.deny_all |= rule.get("denyAll").and_then(Value::as_flag) == Some(true);
    }
    match tree.at(&["booleanPolicy"]) {
        // An empty one is not enforced.
        Some(Value::Map(members)) if members.is_empty() => policy.enforced = Some(false),
        Some(boolean) => policy.enforced = boolean.get("enforced").and_then(Value::as_flag),
        None => {}
    }
    policy.lists(tree.at(&["listPolicy"]));
    // A list has no end but what stands after it; a switch is told by itself.
    let is_switch = policy.enforced.is_some() && policy.constraint.is_some();
    let closed = tree.has(&["spec", "updateTime"]) || tree.has(&["updateTime"]) || is_switch;
    match tree.text(&["listPolicy", "allValues"]).as_deref() {
        Some("ALLOW") => policy.allow_all = true,
        Some("DENY") => policy.deny_all = true,
        _ => {}
    }
    tree.close(closed);
    policy
}

impl OrgPolicy {
    fn lists(&mut self, values: Option<&Value>) {
        let list = |name: &str| {
            values
                .and_then(|values| values.get(name))
                .map(Value::texts)
                .unwrap_or_default()
                .into_iter()
                .map(|text| text.strip_prefix("is:").map(str::to_owned).unwrap_or(text))
        };
        self.allowed.extend(list("allowedValues"));
        self.denied.extend(list("deniedValues"));
    }
}
