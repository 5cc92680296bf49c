//! Members of a policy: whom a grant is for.

/// A member of a binding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Member {
    /// `user:`, `serviceAccount:`: one account, by its e-mail.
    Account { email: String, is_service: bool },
    /// `deleted:serviceAccount:x@y?uid=1`: an account that is no more. One made later under the
    /// same name is another account.
    Deleted {
        /// `serviceAccount`, `user`, `group`
        kind: String,
        email: String,
        uid: Option<String>,
    },
    /// `group:`: who is in it does not stand in the policy.
    Group(String),
    /// `domain:`
    Domain(String),
    /// `allUsers`
    Everyone,
    /// `allAuthenticatedUsers`: any Google account, none of a federated identity.
    EveryGoogleAccount,
    /// `projectOwner:p`, `projectEditor:p`, `projectViewer:p`: who has the basic role there.
    ProjectRole { role: &'static str, project: String },
    /// `serviceAccount:p.svc.id.goog[namespace/name]`: an account of a GKE cluster.
    Kubernetes {
        pool: String,
        namespace: String,
        name: String,
    },
    /// `principal://…/subject/x`: one federated identity.
    Principal(Federated),
    /// `principalSet://…`: federated identities with an attribute, of a group, or all of a pool.
    PrincipalSet(Federated),
    /// Anything else, as it was written.
    Other(String),
}

/// A federated identity, or a set of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Federated {
    /// As it was written.
    pub(crate) text: String,
    /// The number of the pool's project.
    pub(crate) project: Option<String>,
    pub(crate) pool: Option<String>,
    /// `subject`, `group`, `attribute.repository`; none for all of the pool.
    pub(crate) attribute: Option<String>,
    /// What the attribute must be.
    pub(crate) value: Option<String>,
}

/// How a member lets an account in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Admits {
    /// It is another one.
    No,
    /// The account's name, but the account that had it is deleted.
    DeletedNamesake,
    /// Cannot be told: a group, a domain, a basic role.
    Perhaps,
    Yes,
}

impl Member {
    pub(crate) fn read(text: &str) -> Self {
        let text = text.trim();
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        match kind {
            "allUsers" => Self::Everyone,
            "allAuthenticatedUsers" => Self::EveryGoogleAccount,
            "deleted" => Self::deleted(rest),
            "serviceAccount" => kubernetes(rest).unwrap_or_else(|| Self::Account {
                email: rest.to_owned(),
                is_service: true,
            }),
            "user" => Self::Account {
                email: rest.to_owned(),
                is_service: false,
            },
            "group" => Self::Group(rest.to_owned()),
            "domain" => Self::Domain(rest.to_owned()),
            "projectOwner" | "projectEditor" | "projectViewer" => Self::ProjectRole {
                role: match kind {
                    "projectOwner" => "roles/owner",
                    "projectEditor" => "roles/editor",
                    _ => "roles/viewer",
                },
                project: rest.to_owned(),
            },
            "principal" => Self::Principal(Federated::read(text)),
            "principalSet" => Self::PrincipalSet(Federated::read(text)),
            _ => Self::Other(text.to_owned()),
        }
    }

    fn deleted(text: &str) -> Self {
        let (name, uid) = text.split_once("?uid=").unwrap_or((text, ""));
        let uid = (!uid.is_empty()).then(|| uid.to_owned());
        let (kind, email) = name.split_once(':').unwrap_or(("", name));
        Self::Deleted {
            kind: kind.to_owned(),
            email: email.to_owned(),
            uid,
        }
    }

    /// Whether a text has the form of a member.
    pub(crate) fn is_one(text: &str) -> bool {
        !matches!(Self::read(text), Self::Other(_))
    }

    /// Whether it lets a Google account in, named by its e-mail.
    pub(crate) fn admits(&self, email: &str) -> Admits {
        match self {
            Self::Account { email: own, .. } if own.eq_ignore_ascii_case(email) => Admits::Yes,
            // The very account that was deleted is let in no more either.
            Self::Deleted { email: own, .. } if own.eq_ignore_ascii_case(email) => {
                Admits::DeletedNamesake
            }
            Self::Everyone | Self::EveryGoogleAccount => Admits::Yes,
            Self::Group(_) | Self::ProjectRole { .. } => Admits::Perhaps,
            Self::Domain(domain) => match email.rsplit_once('@') {
                Some((_, own)) if own.eq_ignore_ascii_case(domain) => Admits::Perhaps,
                _ => Admits::No,
            },
            _ => Admits::No,
        }
    }

    /// As a policy writes it.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Account { email, is_service } => {
                let kind = if *is_service {
                    "serviceAccount"
                } else {
                    "user"
                };
                format!("{kind}:{email}")
            }
            Self::Deleted { kind, email, uid } => match uid {
                Some(uid) => format!("deleted:{kind}:{email}?uid={uid}"),
                None => format!("deleted:{kind}:{email}"),
            },
            Self::Group(name) => format!("group:{name}"),
            Self::Domain(name) => format!("domain:{name}"),
            Self::Everyone => "allUsers".to_owned(),
            Self::EveryGoogleAccount => "allAuthenticatedUsers".to_owned(),
            Self::ProjectRole { role, project } => {
                let kind = match *role {
                    "roles/owner" => "projectOwner",
                    "roles/editor" => "projectEditor",
                    _ => "projectViewer",
                };
                format!("{kind}:{project}")
            }
            Self::Kubernetes {
                pool,
                namespace,
                name,
            } => {
                format!("serviceAccount:{pool}[{namespace}/{name}]")
            }
            Self::Principal(federated) | Self::PrincipalSet(federated) => federated.text.clone(),
            Self::Other(text) => text.clone(),
        }
    }
}

fn kubernetes(text: &str) -> Option<Member> {
    let (pool, rest) = text.split_once('[')?;
    let (namespace, name) = rest.strip_suffix(']')?.split_once('/')?;
    pool.ends_with(".svc.id.goog").then(|| Member::Kubernetes {
        pool: pool.to_owned(),
        namespace: namespace.to_owned(),
        name: name.to_owned(),
    })
}

impl Federated {
    fn read(text: &str) -> Self {
        let after = |name: &str| {
            let (_, rest) = text.split_once(name)?;
            rest.split('/').next().map(str::to_owned)
        };
        let mut federated = Self {
            text: text.to_owned(),
            project: after("/projects/"),
            pool: after("/workloadIdentityPools/").or_else(|| after("/workforcePools/")),
            attribute: None,
            value: None,
        };
        let Some(pool) = federated.pool.clone() else {
            return federated;
        };
        let rest = text
            .split_once(&format!("Pools/{pool}/"))
            .map(|(_, rest)| rest)
            .unwrap_or_default();
        if let Some((attribute, value)) = rest.split_once('/') {
            federated.attribute = Some(attribute.to_owned());
            federated.value = Some(value.to_owned());
        }
        federated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SA: &str = "checkout@p.iam.gserviceaccount.com";

    #[test]
    fn members_of_every_kind_are_read_and_written() {
        for text in [
            "allUsers",
            "allAuthenticatedUsers",
            "user:dana@example.com",
            "serviceAccount:checkout@p.iam.gserviceaccount.com",
            "deleted:serviceAccount:checkout@p.iam.gserviceaccount.com?uid=113805046460526072142",
            "group:platform@example.com",
            "domain:example.com",
            "projectEditor:p",
            "serviceAccount:p.svc.id.goog[payments/ledger-api]",
            "principal://iam.googleapis.com/projects/42/locations/global/workloadIdentityPools/gh/subject/repo:acme/api:ref:refs/heads/main",
            "principalSet://iam.googleapis.com/projects/42/locations/global/workloadIdentityPools/gh/attribute.repository/acme/devops",
            "principalSet://iam.googleapis.com/projects/42/locations/global/workloadIdentityPools/gh/*",
        ] {
            assert!(Member::is_one(text), "{text}");
            assert_eq!(Member::read(text).text(), text);
        }
        assert!(!Member::is_one("roles/run.invoker"));
    }

    #[test]
    fn federated_sets_name_their_attribute() {
        let Member::PrincipalSet(set) = Member::read(
            "principalSet://iam.googleapis.com/projects/42/locations/global/workloadIdentityPools/gh/attribute.repository/acme/devops",
        ) else {
            panic!("a set");
        };
        assert_eq!(set.attribute.as_deref(), Some("attribute.repository"));
        assert_eq!(set.value.as_deref(), Some("acme/devops"));
        assert_eq!(
            (set.pool.as_deref(), set.project.as_deref()),
            (Some("gh"), Some("42"))
        );
    }

    #[test]
    fn a_group_may_and_a_deleted_namesake_does_not_admit() {
        let admits = |text: &str| Member::read(text).admits(SA);
        assert_eq!(
            admits("serviceAccount:checkout@p.iam.gserviceaccount.com"),
            Admits::Yes
        );
        assert_eq!(
            admits("serviceAccount:checkout@q.iam.gserviceaccount.com"),
            Admits::No
        );
        assert_eq!(
            admits("deleted:serviceAccount:checkout@p.iam.gserviceaccount.com?uid=1"),
            Admits::DeletedNamesake
        );
        assert_eq!(admits("group:g@example.com"), Admits::Perhaps);
        assert_eq!(admits("domain:example.com"), Admits::No);
        assert_eq!(admits("allUsers"), Admits::Yes);
    }
}
