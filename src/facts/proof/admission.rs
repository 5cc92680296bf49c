//! Whether the caller may enter: the policies that were shown, asked about its account.

use super::{Call, Place, Proof, Seen};
use crate::document::{
    Access, Admits, Asked, Condition, Document, Function, Generation, Grant, Member, Part, Policy,
    Resource, ResourceKind,
};
use crate::target::Product;
use crate::visible::in_code;

/// What the policies say of an account at the called door.
#[derive(Debug, Clone)]
pub(crate) struct Admission {
    /// The account asked about; none is known where nothing tells who calls.
    pub(crate) account: Option<String>,
    /// What the door asks for.
    pub(crate) permission: &'static str,
    /// Everybody may enter: `allUsers`.
    pub(crate) public: bool,
    pub(crate) outcome: Outcome,
    /// IAP stands in front, and its own agent may not call the service.
    pub(crate) agent_lacks: bool,
}

/// What was found.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    /// The door's policy was not shown, or who calls is not known.
    Unknown,
    /// A binding in force lets it in.
    Granted { role: String, on: String },
    /// A binding is there, and its condition does not hold for this call.
    Fails { role: String, on: String, condition: Condition },
    /// A binding is there, and whether its condition holds cannot be told.
    Unsure { role: String, on: String, condition: Option<Condition> },
    /// A group, a domain or a custom role may let it in, or not.
    Perhaps { member: String, role: String, on: String },
    /// Nothing lets it in.
    Missing {
        /// All policies that count were shown whole.
        whole: bool,
        /// What is there instead, the most telling first.
        lacks: Vec<Lack>,
    },
}

/// What stands in the policies instead of the grant that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lack {
    /// The member is the account that had this name before.
    Deleted { member: String, role: String },
    /// The account has a role that does not hold the permission.
    WrongRole { role: String, on: String },
    /// It is granted on the service of the same name in another region.
    OtherRegion { region: String },
    /// It is granted on another service.
    OtherService { name: String },
    /// Another account is granted.
    OtherAccount { email: String },
}

/// A policy and how it bears on the call.
struct Bearing<'p> {
    seen: Seen<()>,
    policy: &'p Policy,
    whole: bool,
    on: Option<Resource>,
    level: Level,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// The door's own.
    Own,
    /// Inherited: the project's, folder's or organisation's.
    Above,
    /// The policy of the 2nd gen function, which does not count at the door.
    Function,
    /// Of another service or region.
    Other,
}

pub(super) fn find(
    proof: &Proof,
    documents: &[Seen<&Document>],
    parts: &[Part],
    account: Option<&str>,
    call: &Call<'_>,
) -> Option<Admission> {
    let (kind, permission) = door(proof, documents, call)?;
    let policies: Vec<Bearing<'_>> = documents
        .iter()
        .filter_map(|seen| bearing(seen, kind, proof, call))
        .collect();
    let resource = proof.place.resource();
    let asked = Asked {
        now: Some(call.now),
        resource: resource.as_deref().filter(|_| kind == ResourceKind::RunService),
        kind: (kind == ResourceKind::RunService).then_some("run.googleapis.com/Service"),
    };
    let at = |level| policies.iter().filter(move |bearing: &&Bearing<'_>| bearing.level == level);
    let public = at(Level::Own).any(|bearing| opens(bearing.policy, permission, asked));
    let agent_lacks = proof.service.as_ref().is_some_and(|service| service.what.iap == Some(true))
        && agent_lacks(proof, at(Level::Own), permission, asked);
    let mut admission = Admission {
        account: account.map(str::to_owned),
        permission,
        public,
        outcome: Outcome::Unknown,
        agent_lacks,
    };
    let (Some(account), true) = (account, at(Level::Own).next().is_some()) else {
        return (public || at(Level::Own).next().is_some()).then_some(admission);
    };
    let mut best: Option<(u8, Outcome)> = None;
    for bearing in at(Level::Own).chain(at(Level::Above)) {
        for grant in bearing.policy.grants(account, permission, asked) {
            let Some((rank, outcome)) = weigh(&grant, bearing) else {
                continue;
            };
            if best.as_ref().is_none_or(|(known, _)| rank > *known) {
                best = Some((rank, outcome));
            }
        }
    }
    let asked_google = troubleshot(documents, parts, account, permission, &proof.place);
    admission.outcome = match (best, asked_google) {
        (Some((_, outcome)), _) => outcome,
        (None, Some(Access::Granted)) => Outcome::Granted {
            role: String::new(),
            on: "a policy that IAM looked into".to_owned(),
        },
        (None, answer) => Outcome::Missing {
            whole: answer == Some(Access::NotGranted)
                || is_whole(at(Level::Own), account) && is_whole(at(Level::Above), account),
            lacks: lacks(&policies, account, permission, asked),
        },
    };
    Some(admission)
}

/// The policy that the door asks, and for which permission.
fn door(proof: &Proof, documents: &[Seen<&Document>], call: &Call<'_>) -> Option<(ResourceKind, &'static str)> {
    if call.by_iap {
        return Some((ResourceKind::Iap, "iap.webServiceVersions.accessViaIAP"));
    }
    let run = (ResourceKind::RunService, "run.routes.invoke");
    match call.target.product {
        Product::GoogleApi if call.target.job.is_some() => Some((ResourceKind::RunJob, "run.jobs.run")),
        Product::GoogleApi | Product::ApiGateway | Product::Endpoints | Product::AppEngine | Product::MetadataServer => None,
        Product::CloudFunctions => {
            let generation = proof.function.as_ref().and_then(|function| function.what.generation);
            let has_service = || {
                documents.iter().any(|seen| matches!(seen.what, Document::Policy(policy)
                    if policy.on.as_ref().is_some_and(|on| on.kind == ResourceKind::RunService
                        && proof.place.is_named(on.name.as_deref()))))
            };
            match generation {
                Some(Generation::Second) => Some(run),
                None if has_service() => Some(run),
                _ => Some((ResourceKind::Function, "cloudfunctions.functions.invoke")),
            }
        }
        _ => Some(run),
    }
}

fn bearing<'p>(
    seen: &Seen<&'p Document>,
    kind: ResourceKind,
    proof: &Proof,
    call: &Call<'_>,
) -> Option<Bearing<'p>> {
    let (policy, on, whole): (&Policy, _, _) = match seen.what {
        Document::Policy(policy) => (policy, policy.on.clone(), seen.whole),
        Document::FoundPolicy(found) => {
            let on = found.resource.as_deref().and_then(Resource::read);
            (&found.policy, on, false)
        }
        _ => return None,
    };
    let Some(on) = on else {
        // Nothing tells whose policy it is: taken for the door's, and proof of nothing.
        let speaks = policy.bindings.iter().any(|binding| crate::known::role_permissions::holds(&binding.role, "run.routes.invoke") == Some(true));
        return speaks.then_some(Bearing { seen: seen.with(()), policy, whole: false, on: None, level: Level::Own });
    };
    let place = &proof.place;
    let project = on.project.as_deref();
    let level = match on.kind {
        ResourceKind::Folder | ResourceKind::Organization => Level::Above,
        ResourceKind::Project => {
            if place.differs(None, None, project).is_some() {
                return None;
            }
            Level::Above
        }
        other if other == kind => {
            let name = match kind {
                ResourceKind::RunJob => call.target.job.as_deref(),
                _ => place.name.as_deref(),
            };
            let behind = proof.function.as_ref().and_then(|function: &Seen<Function>| function.what.service.as_deref());
            let named = name.is_none() || name == on.name.as_deref() || behind.is_some() && behind == on.name.as_deref();
            if named && place.differs(place.name.as_deref(), on.location.as_deref(), project).is_none() {
                // Without a name to compare it is only perhaps the called one's.
                Level::Own
            } else {
                Level::Other
            }
        }
        ResourceKind::Function if kind == ResourceKind::RunService && place.is_named(on.name.as_deref()) => Level::Function,
        ResourceKind::RunService | ResourceKind::Function => Level::Other,
        _ => return None,
    };
    let whole = whole && (level != Level::Own || place.name.is_some() || kind != ResourceKind::RunService);
    Some(Bearing { seen: seen.with(()), policy, whole, on: Some(on), level })
}

/// How much a binding helps, and what follows from it; nothing for one that does not.
fn weigh(grant: &Grant<'_>, bearing: &Bearing<'_>) -> Option<(u8, Outcome)> {
    let role = grant.binding.role.clone();
    let on = words(bearing);
    let custom = grant.holds.is_none();
    let cut = |text: &str| !bearing.seen.is_sure(text);
    if grant.holds == Some(false) || grant.admits < Admits::Perhaps || cut(&role) {
        return None;
    }
    // Of a condition that may be cut short nothing is concluded.
    let expression = grant.binding.condition.as_ref().and_then(|condition| condition.expression.as_deref());
    let in_force = if expression.is_some_and(cut) { None } else { grant.in_force };
    let certainly = grant.admits == Admits::Yes && !custom;
    Some(match in_force {
        Some(true) if certainly => (5, Outcome::Granted { role, on }),
        Some(false) if certainly => (
            4,
            Outcome::Fails { role, on, condition: grant.binding.condition.clone().unwrap_or_default() },
        ),
        None if certainly => (3, Outcome::Unsure { role, on, condition: grant.binding.condition.clone() }),
        Some(false) => return None,
        // What a basic or custom role above the service may let in is said only beside a grant.
        _ if bearing.level == Level::Above && matches!(grant.member, Some(Member::ProjectRole { .. })) => return None,
        _ => (2, Outcome::Perhaps { member: grant.member.map(Member::text).unwrap_or_default(), role, on }),
    })
}

/// Whether a policy lets everybody in.
fn opens(policy: &Policy, permission: &str, asked: Asked<'_>) -> bool {
    policy.bindings.iter().any(|binding| {
        let holds = crate::known::role_permissions::holds(&binding.role, permission) == Some(true);
        let in_force = match &binding.condition {
            Some(condition) => condition.holds(asked) == Some(true),
            None => !policy.without_conditions,
        };
        holds && in_force && binding.members.contains(&Member::Everyone)
    })
}

fn agent_lacks<'p>(
    proof: &Proof,
    mut own: impl Iterator<Item = &'p Bearing<'p>>,
    permission: &str,
    asked: Asked<'_>,
) -> bool {
    let Some(number) = &proof.place.number else {
        return false;
    };
    let agent = format!("service-{number}@gcp-sa-iap.iam.gserviceaccount.com");
    own.any(|bearing| {
        bearing.whole
            && bearing.policy.shows_all_for(&agent)
            && !bearing.policy.grants(&agent, permission, asked).iter().any(|grant| grant.holds != Some(false))
    })
}

fn is_whole<'p>(policies: impl Iterator<Item = &'p Bearing<'p>>, account: &str) -> bool {
    let mut any = false;
    for bearing in policies {
        if bearing.whole && bearing.policy.shows_all_for(account) && !bearing.policy.without_members {
            any = true;
        }
        // A table of roles alone, asked for this very account, shows them all.
        let filtered = bearing.policy.only.as_deref().is_some_and(|only| only.eq_ignore_ascii_case(account));
        any |= bearing.whole && filtered;
    }
    any
}

/// What Google's own troubleshooter said of exactly this.
fn troubleshot(
    documents: &[Seen<&Document>],
    parts: &[Part],
    account: &str,
    permission: &str,
    place: &Place,
) -> Option<Access> {
    documents.iter().find_map(|seen| {
        let Document::Troubleshoot(found) = seen.what else {
            return None;
        };
        let origin = parts.get(seen.at).and_then(|part| part.origin.as_ref());
        let flag = |name| origin.and_then(|origin| origin.flag(&[name]));
        let principal = found.principal.clone().or_else(|| flag("principal-email"))?;
        let asked = found.permission.clone().or_else(|| flag("permission"))?;
        let resource = found.resource.as_deref().and_then(Resource::read)?;
        let here = place.is_named(resource.name.as_deref())
            && place.differs(None, resource.location.as_deref(), resource.project.as_deref()).is_none();
        let conditional = found.bindings.iter().any(|binding| binding.condition.is_some() && binding.members.iter().any(|(_, is)| *is == Some(true)));
        (seen.whole
            && principal.eq_ignore_ascii_case(account)
            && asked == permission
            && here
            && !conditional
            && found.denied != Some(true))
        .then_some(found.access)
    })
}

/// What is there instead of the grant.
fn lacks(policies: &[Bearing<'_>], account: &str, permission: &str, asked: Asked<'_>) -> Vec<Lack> {
    let mut lacks = Vec::new();
    let mut add = |lack: Lack| {
        if !lacks.contains(&lack) && lacks.len() < 8 {
            lacks.push(lack);
        }
    };
    let grants = |bearing: &Bearing<'_>| -> Vec<(String, Option<bool>, Admits, Option<bool>, String)> {
        bearing
            .policy
            .grants(account, permission, asked)
            .iter()
            .map(|grant| {
                let member = grant.member.map(Member::text).unwrap_or_default();
                (grant.binding.role.clone(), grant.holds, grant.admits, grant.in_force, member)
            })
            .collect()
    };
    let at = |level| policies.iter().filter(move |bearing: &&Bearing<'_>| bearing.level == level);
    for bearing in at(Level::Own).chain(at(Level::Above)) {
        for (role, holds, admits, _, member) in grants(bearing) {
            if admits == Admits::DeletedNamesake && holds != Some(false) {
                add(Lack::Deleted { member, role });
            }
        }
    }
    for bearing in at(Level::Own).chain(at(Level::Function)) {
        for (role, holds, admits, ..) in grants(bearing) {
            let counts = bearing.level == Level::Function || holds == Some(false);
            if admits == Admits::Yes && counts {
                add(Lack::WrongRole { role, on: words(bearing) });
            }
        }
    }
    for bearing in at(Level::Other) {
        let lets_in = grants(bearing)
            .iter()
            .any(|(_, holds, admits, in_force, _)| *holds == Some(true) && *admits == Admits::Yes && *in_force != Some(false));
        let Some(on) = bearing.on.as_ref().filter(|_| lets_in) else {
            continue;
        };
        let same_name = at(Level::Own).any(|own| own.on.as_ref().is_some_and(|own| own.name == on.name));
        match (&on.location, &on.name) {
            (Some(region), _) if same_name => add(Lack::OtherRegion { region: region.clone() }),
            (_, Some(name)) if !same_name => add(Lack::OtherService { name: name.clone() }),
            _ => {}
        }
    }
    let local = |email: &str| email.split('@').next().unwrap_or_default().to_ascii_lowercase();
    let service = account.ends_with(".gserviceaccount.com");
    let mut others: Vec<&str> = at(Level::Own)
        .flat_map(|bearing| &bearing.policy.bindings)
        .filter(|binding| crate::known::role_permissions::holds(&binding.role, permission) == Some(true))
        .flat_map(|binding| &binding.members)
        .filter_map(|member| match member {
            Member::Account { email, is_service } if *is_service == service => Some(email.as_str()),
            _ => None,
        })
        .collect();
    others.sort_by_key(|email| local(email) != local(account));
    for email in others {
        add(Lack::OtherAccount { email: email.to_owned() });
    }
    for bearing in at(Level::Above) {
        for (role, holds, admits, ..) in grants(bearing) {
            let near = ["roles/run.", "roles/cloudfunctions.", "roles/iap."];
            if admits == Admits::Yes && holds == Some(false) && near.iter().any(|near| role.starts_with(near)) {
                add(Lack::WrongRole { role, on: words(bearing) });
            }
        }
    }
    lacks
}

/// On what a policy stands, in words.
fn words(bearing: &Bearing<'_>) -> String {
    let Some(on) = &bearing.on else {
        return "the service".to_owned();
    };
    let name = in_code(on.name.as_deref().unwrap_or_default());
    match on.kind {
        ResourceKind::Project => format!("the project `{}`", in_code(on.project.as_deref().unwrap_or(&name))),
        ResourceKind::Folder => format!("the folder `{name}`"),
        ResourceKind::Organization => format!("the organisation `{name}`"),
        ResourceKind::Function => format!("the function `{name}`"),
        ResourceKind::RunJob => format!("the job `{name}`"),
        _ => format!("`{name}`"),
    }
}

impl Admission {
    /// A binding in force lets the caller in, or everybody.
    pub(crate) fn lets_in(&self) -> bool {
        self.public || matches!(self.outcome, Outcome::Granted { .. })
    }

    /// The same, or a grant whose condition was not shown.
    pub(crate) fn seems_to_let_in(&self) -> bool {
        self.lets_in() || matches!(self.outcome, Outcome::Unsure { condition: None, .. })
    }
}
