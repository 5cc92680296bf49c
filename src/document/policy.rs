//! An IAM policy: of a service, function, project, account, bucket, or of what IAP protects.

use super::condition::{Asked, Condition};
use super::member::{Admits, Member};
use super::origin::{Origin, Reads};
use super::resource::{Resource, ResourceKind};
use super::value::{End, Tree, Value};
use crate::known::role_permissions;

/// A policy, as far as it was shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Policy {
    /// What it is the policy of, where the command, the marker or the state says so.
    pub(crate) on: Option<Resource>,
    pub(crate) bindings: Vec<Binding>,
    /// Whether all of its bindings are here: certainly when the end was seen. Of a table that ends
    /// the paste the end cannot be seen. What is inherited from a project, folder or organisation
    /// never stands in the policy of a service.
    pub(crate) end: End,
    /// Only bindings of this member were asked for, as `--filter` has it: they are all of those.
    pub(crate) only: Option<String>,
    /// Members were not shown: a table of roles.
    pub(crate) without_members: bool,
    /// Conditions were not shown: a table without such a column.
    pub(crate) without_conditions: bool,
}

/// A role, for members, under a condition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Binding {
    /// `roles/run.invoker`
    pub(crate) role: String,
    pub(crate) members: Vec<Member>,
    pub(crate) condition: Option<Condition>,
}

/// How a binding bears on an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grant<'p> {
    pub(crate) binding: &'p Binding,
    /// The member that the account is, or may be in; none in a table of roles alone.
    pub(crate) member: Option<&'p Member>,
    pub(crate) admits: Admits,
    /// Whether the role holds the permission; `None` for a role that is not known.
    pub(crate) holds: Option<bool>,
    /// Whether its condition holds; `Some(true)` without one.
    pub(crate) in_force: Option<bool>,
}

impl Policy {
    /// Every binding that is, or may be, for an account: an `admits` of at least
    /// [`Admits::DeletedNamesake`].
    pub(crate) fn grants<'p>(
        &'p self,
        account: &str,
        permission: &str,
        asked: Asked<'_>,
    ) -> Vec<Grant<'p>> {
        let filtered = self
            .only
            .as_deref()
            .is_some_and(|only| only.eq_ignore_ascii_case(account));
        self.bindings
            .iter()
            .filter_map(|binding| {
                let best = binding
                    .members
                    .iter()
                    .map(|member| (member.admits(account), member))
                    .max_by_key(|(admits, _)| *admits);
                let (admits, member) = match best {
                    Some((Admits::No, _)) => return None,
                    Some((admits, member)) => (admits, Some(member)),
                    None if filtered => (Admits::Yes, None),
                    None => return None,
                };
                Some(Grant {
                    binding,
                    member,
                    admits,
                    holds: role_permissions::holds(&binding.role, permission),
                    in_force: match &binding.condition {
                        Some(condition) => condition.holds(asked),
                        None if self.without_conditions => None,
                        None => Some(true),
                    },
                })
            })
            .collect()
    }

    /// Whether the policy shows all that it holds for an account.
    pub(crate) fn shows_all_for(&self, account: &str) -> bool {
        self.end == End::Seen
            && self
                .only
                .as_deref()
                .is_none_or(|only| only.eq_ignore_ascii_case(account))
    }
}

pub(crate) fn recognise(tree: &Tree) -> bool {
    let has_bindings = tree.at(&["bindings"]).is_some_and(|bindings| {
        tree.flat
            || *bindings == Value::Null
            || bindings
                .items()
                .iter()
                .any(|binding| binding.get("role").is_some() || binding.get("members").is_some())
    });
    has_bindings || is_empty(tree)
}

/// `etag: ACAB` is all that gcloud prints of a policy that was never set.
fn is_empty(tree: &Tree) -> bool {
    let names = tree.value.entries();
    names.len() <= 2
        && names
            .iter()
            .all(|(name, _)| name == "etag" || name == "version")
        && tree.text(&["etag"]).is_some_and(|etag| etag == "ACAB")
}

/// Whether a tree printed by a command that reads a policy is one: an emptied policy has an etag.
pub(crate) fn is_left_empty(tree: &Tree) -> bool {
    tree.has(&["etag"])
        && tree
            .value
            .entries()
            .iter()
            .all(|(name, _)| matches!(name.as_str(), "etag" | "version" | "auditConfigs"))
}

pub(crate) fn read(tree: &mut Tree, origin: Option<&Origin>) -> Policy {
    let entries = tree.value.entries();
    let place = |wanted: &str| entries.iter().position(|(name, _)| name == wanted);
    let bindings_at = place("bindings");
    // gcloud prints `etag` and `version` last; a REST answer is closed by its bracket.
    let closed = match (bindings_at, place("etag").or_else(|| place("version"))) {
        (Some(bindings), Some(tail)) => tail > bindings,
        (None, Some(_)) => true,
        _ => false,
    };
    let bindings = if tree.flat {
        flat(entries, bindings_at.unwrap_or_default())
    } else {
        tree.at(&["bindings"])
            .map(Value::items)
            .unwrap_or_default()
            .iter()
            .map(binding)
            .collect()
    };
    tree.close(closed);
    Policy {
        on: origin.and_then(Origin::resource),
        bindings,
        end: tree.end,
        only: filtered(origin),
        ..Policy::default()
    }
}

fn binding(value: &Value) -> Binding {
    Binding {
        role: value.text(&["role"]).unwrap_or_default().to_owned(),
        members: value
            .get("members")
            .map(Value::texts)
            .unwrap_or_default()
            .iter()
            .map(|member| Member::read(member))
            .collect(),
        condition: value.get("condition").map(condition).filter(is_one),
    }
}

fn is_one(condition: &Condition) -> bool {
    *condition != Condition::default()
}

pub(super) fn condition(value: &Value) -> Condition {
    let text = |name| value.text(&[name]).map(str::to_owned);
    Condition {
        title: text("title"),
        description: text("description"),
        expression: text("expression"),
    }
}

/// Bindings whose indentation was eaten: an item that names something begins the next one.
fn flat(entries: &[(String, Value)], from: usize) -> Vec<Binding> {
    let mut bindings: Vec<Binding> = Vec::new();
    let take = |binding: &mut Binding, name: &str, value: &Value| {
        let text = value.as_text().unwrap_or_default();
        match name {
            "role" => text.clone_into(&mut binding.role),
            "expression" | "title" | "description" => {
                let condition = binding.condition.get_or_insert_default();
                let slot = match name {
                    "expression" => &mut condition.expression,
                    "title" => &mut condition.title,
                    _ => &mut condition.description,
                };
                *slot = Some(text.to_owned());
            }
            _ => {}
        }
        for item in value.items() {
            if let Some(member) = item.as_text().filter(|text| Member::is_one(text)) {
                binding.members.push(Member::read(member));
            }
        }
    };
    for (name, value) in entries.get(from..).unwrap_or_default() {
        if matches!(name.as_str(), "etag" | "version" | "auditConfigs") {
            break;
        }
        for item in value.items() {
            for (inner, value) in item.entries() {
                bindings.push(Binding::default());
                if let Some(last) = bindings.last_mut() {
                    take(last, inner, value);
                }
            }
        }
        if let Some(last) = bindings.last_mut() {
            take(last, name, value);
        }
    }
    bindings
}

/// The member that `--filter=bindings.members:X` asks for.
fn filtered(origin: Option<&Origin>) -> Option<String> {
    let filter = origin?.filter.as_deref()?;
    let (_, rest) = filter.split_once("members")?;
    let rest = rest.trim_start_matches([':', '=', '~', ' ', '(', '"', '\'']);
    let end = rest.find([' ', ')', '"', '\'']).unwrap_or(rest.len());
    let member = rest.get(..end)?;
    let member = member
        .strip_prefix("serviceAccount:")
        .or_else(|| member.strip_prefix("user:"))
        .unwrap_or(member);
    (!member.is_empty()).then(|| member.to_owned())
}

/// The columns that a policy's table is known by.
pub(crate) fn is_heading(columns: &[String]) -> bool {
    columns.iter().any(|column| column == "ROLE")
        && columns.iter().all(|column| {
            matches!(
                column.as_str(),
                "ROLE"
                    | "MEMBER"
                    | "MEMBERS"
                    | "CONDITION"
                    | "TITLE"
                    | "EXPRESSION"
                    | "DESCRIPTION"
            )
        })
}

/// Rows of `--flatten="bindings[].members" --format="table(…)"`, each a role and a member.
pub(crate) fn from_table(
    columns: &[String],
    rows: &[Vec<String>],
    end: End,
    origin: Option<&Origin>,
) -> Policy {
    let at = |names: &[&str]| {
        columns
            .iter()
            .position(|column| names.contains(&column.as_str()))
    };
    let (role, member) = (at(&["ROLE"]), at(&["MEMBER", "MEMBERS"]));
    let (title, expression) = (at(&["TITLE", "CONDITION"]), at(&["EXPRESSION"]));
    let cell = |row: &Vec<String>, at: Option<usize>| {
        at.and_then(|at| row.get(at))
            .filter(|text| !text.is_empty())
            .cloned()
    };
    let only = filtered(origin);
    let bindings = rows
        .iter()
        .map(|row| {
            let condition = Condition {
                title: cell(row, title),
                expression: cell(row, expression),
                description: None,
            };
            let members = cell(row, member).unwrap_or_default();
            Binding {
                role: cell(row, role).unwrap_or_default(),
                // Without `--flatten` a cell lists its members.
                members: Value::Text(members.clone())
                    .texts()
                    .iter()
                    .flat_map(|text| text.split([';', ',', ' ', '[', ']', '\'']))
                    .filter(|text| !text.is_empty())
                    .map(Member::read)
                    .collect(),
                condition: Some(condition).filter(is_one),
            }
        })
        .collect();
    Policy {
        on: origin.and_then(Origin::resource),
        bindings,
        end,
        without_members: member.is_none(),
        without_conditions: title.is_none() && expression.is_none(),
        only,
    }
}

/// What Terraform's state tells of one grant: never the whole policy, except `_iam_policy`.
pub(crate) fn from_terraform(kind: &str, value: &Value, closed: bool) -> Option<Policy> {
    let (thing, form) = kind.rsplit_once("_iam_")?;
    let role = value.text(&["role"]).unwrap_or_default().to_owned();
    let mut members = value.get("members").map(Value::texts).unwrap_or_default();
    members.extend(value.text(&["member"]).map(str::to_owned));
    let condition = value.get("condition").map(condition).filter(is_one);
    let mut bindings = vec![Binding {
        role,
        members: members.iter().map(|member| Member::read(member)).collect(),
        condition,
    }];
    if form == "policy" {
        let data = value.text(&["policyData"])?;
        let read = super::json::read(data)?;
        bindings = read
            .value
            .get("bindings")
            .map(Value::items)
            .unwrap_or_default()
            .iter()
            .map(binding)
            .collect();
    }
    let name = value
        .text(&["name"])
        .filter(|name| name.contains('/'))
        .map(|name| name.split("/roles/").next().unwrap_or(name).to_owned());
    let resource = name
        .as_deref()
        .and_then(Resource::read)
        .map(|mut resource| {
            if thing.contains("cloud_run") && resource.kind == ResourceKind::Other {
                resource.kind = ResourceKind::RunService;
            }
            resource
        });
    let on = resource.or_else(|| {
        value.text(&["project"]).map(|project| Resource {
            kind: match thing {
                "google_project" => ResourceKind::Project,
                "google_service_account" => ResourceKind::ServiceAccount,
                thing if thing.contains("cloud_run") => ResourceKind::RunService,
                thing if thing.contains("function") => ResourceKind::Function,
                _ => ResourceKind::Other,
            },
            project: Some(project.to_owned()),
            location: value
                .text(&["location"])
                .or_else(|| value.text(&["region"]))
                .map(str::to_owned),
            name: value
                .text(&["service"])
                .or_else(|| value.text(&["cloudFunction"]))
                .map(str::to_owned),
        })
    });
    Some(Policy {
        on,
        bindings,
        end: if form == "policy" && closed {
            End::Seen
        } else {
            End::Open
        },
        ..Policy::default()
    })
}

/// A command that reads a policy printed nothing: no binding fits its filter.
pub(crate) fn none(origin: &Origin, end: End) -> Option<Policy> {
    matches!(origin.reads, Reads::Policy(_)).then(|| Policy {
        on: origin.resource(),
        end,
        only: filtered(Some(origin)),
        ..Policy::default()
    })
}
