//! The policy troubleshooter's answer: IAM's own word on one account, permission and resource.

use super::condition::Condition;
use super::origin::Origin;
use super::policy;
use super::value::{Tree, Value};

/// What the troubleshooter found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Troubleshoot {
    /// The account asked about.
    pub(crate) principal: Option<String>,
    pub(crate) permission: Option<String>,
    /// `//run.googleapis.com/projects/…`
    pub(crate) resource: Option<String>,
    pub(crate) access: Access,
    /// A deny policy decides it.
    pub(crate) denied: Option<bool>,
    /// Levels whose policy could not be read.
    pub(crate) unread: Vec<String>,
    pub(crate) bindings: Vec<Explained>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Access {
    Granted,
    NotGranted,
    /// The reader may not see all that decides it, or a condition depends on the request.
    #[default]
    Unknown,
}

/// A binding and what it does for the account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Explained {
    /// Whose policy it stands in.
    pub(crate) resource: Option<String>,
    pub(crate) role: String,
    pub(crate) granted: bool,
    /// Members and whether the account is one; `None` where that is not known.
    pub(crate) members: Vec<(String, Option<bool>)>,
    /// The role holds the permission.
    pub(crate) holds: Option<bool>,
    pub(crate) condition: Option<Condition>,
    /// Whether the condition held when it was asked.
    pub(crate) in_force: Option<bool>,
}

pub(crate) fn recognise(tree: &Tree) -> bool {
    tree.has(&["overallAccessState"])
        || tree.has(&["allowPolicyExplanation"])
        || tree.has(&["explainedPolicies"])
        || tree.has(&["accessTuple", "permission"])
}

pub(crate) fn read(tree: &mut Tree, origin: Option<&Origin>) -> Troubleshoot {
    tree.close(tree.text(&["overallAccessState"]).is_some_and(|overall| {
        state(&overall) != Access::Unknown || overall.starts_with("UNKNOWN_")
    }));
    let flag = |name: &str| origin.and_then(|origin| origin.flag(&[name]));
    let policies = tree
        .at(&["allowPolicyExplanation", "explainedPolicies"])
        .or_else(|| tree.at(&["explainedPolicies"]))
        .map(Value::items)
        .unwrap_or_default();
    let access = tree
        .text(&["overallAccessState"])
        .or_else(|| tree.text(&["access"]))
        .or_else(|| tree.text(&["allowPolicyExplanation", "allowAccessState"]));
    let mut found = Troubleshoot {
        principal: tree
            .text(&["accessTuple", "principal"])
            .or_else(|| flag("principal-email")),
        permission: tree
            .text(&["accessTuple", "permission"])
            .or_else(|| flag("permission")),
        resource: tree
            .text(&["accessTuple", "fullResourceName"])
            .or_else(|| origin.and_then(|origin| origin.name.clone())),
        access: access.as_deref().map(state).unwrap_or_default(),
        denied: tree
            .text(&["denyPolicyExplanation", "denyAccessState"])
            .and_then(|state| match state.as_str() {
                "DENY_ACCESS_STATE_DENIED" => Some(true),
                "DENY_ACCESS_STATE_NOT_DENIED" => Some(false),
                _ => None,
            }),
        ..Troubleshoot::default()
    };
    for explained in policies {
        let name = explained.text(&["fullResourceName"]).map(str::to_owned);
        let access = explained
            .text(&["access"])
            .or_else(|| explained.text(&["allowAccessState"]));
        if access.is_some_and(|access| access.contains("UNKNOWN_INFO")) {
            found.unread.extend(name.clone());
        }
        let bindings = explained
            .get("bindingExplanations")
            .map(Value::items)
            .unwrap_or_default();
        found.bindings.extend(
            bindings
                .iter()
                .map(|binding| explain(binding, name.clone())),
        );
    }
    found
}

fn state(text: &str) -> Access {
    match text {
        "GRANTED" | "CAN_ACCESS" | "ALLOW_ACCESS_STATE_GRANTED" => Access::Granted,
        "NOT_GRANTED" | "CANNOT_ACCESS" | "ALLOW_ACCESS_STATE_NOT_GRANTED" => Access::NotGranted,
        _ => Access::Unknown,
    }
}

fn explain(binding: &Value, resource: Option<String>) -> Explained {
    let access = binding
        .text(&["access"])
        .or_else(|| binding.text(&["allowAccessState"]));
    Explained {
        resource,
        role: binding.text(&["role"]).unwrap_or_default().to_owned(),
        granted: access.is_some_and(|access| state(access) == Access::Granted),
        members: binding
            .get("memberships")
            .map(Value::entries)
            .unwrap_or_default()
            .iter()
            .map(|(member, value)| {
                let is_member = match value.text(&["membership"]) {
                    Some("MEMBERSHIP_INCLUDED" | "MEMBERSHIP_MATCHED") => Some(true),
                    Some("MEMBERSHIP_NOT_INCLUDED" | "MEMBERSHIP_NOT_MATCHED") => Some(false),
                    _ => None,
                };
                (member.clone(), is_member)
            })
            .collect(),
        holds: match binding.text(&["rolePermission"]) {
            Some("ROLE_PERMISSION_INCLUDED") => Some(true),
            Some("ROLE_PERMISSION_NOT_INCLUDED") => Some(false),
            _ => None,
        },
        condition: binding.get("condition").map(policy::condition),
        in_force: binding
            .at(&["conditionExplanation", "value"])
            .and_then(Value::as_flag),
    }
}
