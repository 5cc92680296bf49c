//! Whose credential it is: the account behind an e-mail, and how IAM names it.

/// An account, as told by an e-mail or by a federated token's subject.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs)]
pub struct Identity {
    /// The e-mail; empty when only a subject is known.
    pub email: String,
    /// The IAM member (`serviceAccount:…`, `user:…`, `principal://…`); empty when it cannot
    /// be told.
    pub member: String,
    /// What kind of account.
    pub kind: IdentityKind,
}

/// What kind of account an e-mail names.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdentityKind {
    /// A service account somebody made.
    ServiceAccount {
        /// The id of its project (`domain.example:name` for one with a domain).
        project: String,
    },
    /// Compute Engine's default service account, also Cloud Run's unless one is set.
    DefaultCompute {
        /// The number of its project.
        project_number: String,
    },
    /// App Engine's default service account, also that of 1st gen functions.
    AppEngineDefault {
        /// The id of its project.
        project: String,
    },
    /// An account by which a Google product acts: a service agent.
    GoogleAgent {
        /// The number of the project it acts for.
        number: String,
        /// The product, as its domain calls it (`cloudscheduler`, `pubsub`, `cloudbuild`).
        product: String,
    },
    /// An account of a Google product itself, for all projects: `chat@system…`.
    GoogleProduct {
        /// The product, as the account calls it (`chat`, `gmail-api-push`).
        product: String,
    },
    /// A person, or a group of Workspace or Cloud Identity.
    User,
    /// A workload or person of another identity provider.
    Federated {
        /// The token's `sub`.
        subject: String,
    },
    /// Nothing but a number or a name that proves nothing is known.
    Unknown {
        /// The token's `sub`, when it has one.
        subject: Option<String>,
    },
}

impl Identity {
    /// The account with this e-mail. Whatever is not exactly one of Google's forms of a
    /// service account's e-mail, but looks like one, is [`IdentityKind::Unknown`].
    #[must_use]
    pub fn from_email(email: &str) -> Self {
        let kind = kind_of(email);
        let member = match kind {
            IdentityKind::User => format!("user:{email}"),
            IdentityKind::Unknown { .. } => String::new(),
            _ => format!("serviceAccount:{email}"),
        };
        Self {
            email: email.to_owned(),
            member,
            kind,
        }
    }

    /// A federated identity of which a token's subject is known, but neither pool nor project.
    pub(super) fn federated(subject: &str) -> Self {
        Self {
            email: String::new(),
            member: format!(
                "principal://iam.googleapis.com/projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/subject/{subject}"
            ),
            kind: IdentityKind::Federated {
                subject: subject.to_owned(),
            },
        }
    }

    /// An identity of which at most the subject is known.
    pub(super) const fn unknown(subject: Option<String>) -> Self {
        Self {
            email: String::new(),
            member: String::new(),
            kind: IdentityKind::Unknown { subject },
        }
    }

    /// It is a service account, of whatever kind.
    #[must_use]
    pub const fn is_service_account(&self) -> bool {
        matches!(
            self.kind,
            IdentityKind::ServiceAccount { .. }
                | IdentityKind::DefaultCompute { .. }
                | IdentityKind::AppEngineDefault { .. }
                | IdentityKind::GoogleAgent { .. }
                | IdentityKind::GoogleProduct { .. }
        )
    }

    /// It is an account by which Google itself acts.
    #[must_use]
    pub const fn is_google(&self) -> bool {
        matches!(
            self.kind,
            IdentityKind::GoogleAgent { .. } | IdentityKind::GoogleProduct { .. }
        )
    }

    /// The id of the project the account lives in, where its e-mail tells it.
    #[must_use]
    pub fn project(&self) -> Option<&str> {
        match &self.kind {
            IdentityKind::ServiceAccount { project }
            | IdentityKind::AppEngineDefault { project } => Some(project),
            _ => None,
        }
    }

    /// The number of the project the account belongs to, where its e-mail tells it.
    #[must_use]
    pub fn project_number(&self) -> Option<&str> {
        match &self.kind {
            IdentityKind::DefaultCompute { project_number } => Some(project_number),
            IdentityKind::GoogleAgent { number, .. } => Some(number),
            _ => None,
        }
    }

    /// Who it is, to be read after "of" or "is": "a service account", "a person".
    #[must_use]
    pub const fn words(&self) -> &'static str {
        match self.kind {
            IdentityKind::ServiceAccount { .. } => "a service account",
            IdentityKind::DefaultCompute { .. } => "the Compute Engine default service account",
            IdentityKind::AppEngineDefault { .. } => "the App Engine default service account",
            IdentityKind::GoogleAgent { .. } => "a Google service agent",
            IdentityKind::GoogleProduct { .. } => "an account of Google’s own",
            IdentityKind::User => "a person",
            IdentityKind::Federated { .. } => "a federated identity",
            IdentityKind::Unknown { .. } => "an account that cannot be told",
        }
    }
}

/// An address of no form that Google gives, perhaps made to look like one.
pub(super) fn is_lookalike(email: &str) -> bool {
    email.contains('@') && matches!(kind_of(email), IdentityKind::Unknown { .. })
}

const UNKNOWN: IdentityKind = IdentityKind::Unknown { subject: None };

fn kind_of(email: &str) -> IdentityKind {
    let Some((local, domain)) = email.split_once('@') else {
        return UNKNOWN;
    };
    // A dot before the suffix: `evilgserviceaccount.com` is nobody Google knows.
    match domain.strip_suffix(".gserviceaccount.com") {
        Some(domain) => service_account(local, domain),
        None if is_user(local, domain) => IdentityKind::User,
        None => UNKNOWN,
    }
}

/// `domain` is what stands before `.gserviceaccount.com`.
fn service_account(local: &str, domain: &str) -> IdentityKind {
    if !is_local_part(local) {
        return UNKNOWN;
    }
    match domain {
        "developer" => match local.split_once('-') {
            Some((number, "compute")) if is_number(number) => IdentityKind::DefaultCompute {
                project_number: number.to_owned(),
            },
            Some((number, _)) if is_number(number) => IdentityKind::ServiceAccount {
                project: number.to_owned(),
            },
            _ => UNKNOWN,
        },
        "appspot" => IdentityKind::AppEngineDefault {
            project: project_id(local),
        },
        "system" => IdentityKind::GoogleProduct {
            product: local.to_owned(),
        },
        "cloudbuild" | "cloudservices" if is_number(local) => IdentityKind::GoogleAgent {
            number: local.to_owned(),
            product: domain.to_owned(),
        },
        _ => match domain.strip_suffix(".iam") {
            Some(project) if is_dotted_name(project) => in_project(local, project),
            _ => UNKNOWN,
        },
    }
}

/// `project` is what stands between `@` and `.iam.gserviceaccount.com`.
fn in_project(local: &str, project: &str) -> IdentityKind {
    let of_google = project
        .strip_prefix("gcp-sa-")
        .or_else(|| AGENT_PROJECTS.contains(&project).then_some(project));
    let number = local
        .strip_prefix("service-")
        .filter(|number| is_number(number));
    match (of_google, number) {
        (Some(product), Some(number)) => IdentityKind::GoogleAgent {
            number: number.to_owned(),
            product: product.to_owned(),
        },
        _ => IdentityKind::ServiceAccount {
            project: project_id(project),
        },
    }
}

/// Projects of Google's own in which service agents live, besides `gcp-sa-…`.
///
/// Source: cloud.google.com/iam/docs/service-agents.
const AGENT_PROJECTS: &[&str] = &[
    "cloud-redis",
    "cloud-tpu",
    "cloudcomposer-accounts",
    "cloud-filer",
    "cloud-ml.google.com",
    "compute-system",
    "container-analysis",
    "container-engine-robot",
    "containerregistry",
    "dataflow-service-producer-prod",
    "dataproc-accounts",
    "dlp-api",
    "endpoints-portal",
    "firebase-rules",
    "gae-api-prod.google.com",
    "gcf-admin-robot",
    "genomics-api.google.com",
    "remotebuildexecution",
    "security-center-api",
    "serverless-robot-prod",
    "service-networking",
    "sourcerepo-service-accounts",
];

/// `name.domain.example` names the project `domain.example:name`.
fn project_id(dotted: &str) -> String {
    match dotted.split_once('.') {
        Some((name, domain)) => format!("{domain}:{name}"),
        None => dotted.to_owned(),
    }
}

fn is_local_part(local: &str) -> bool {
    !local.is_empty() && !local.starts_with('-') && local.len() <= 100 && is_dotted_name(local)
}

/// Labels of lower-case letters, digits and inner hyphens, joined by dots.
fn is_dotted_name(text: &str) -> bool {
    text.split('.').all(|label| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_user(local: &str, domain: &str) -> bool {
    let domain = domain.to_ascii_lowercase();
    !local.is_empty()
        && local
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._%+'-".contains(&byte))
        && domain.contains('.')
        && is_dotted_name(&domain)
        // Nobody's own domain, but `…gserviceaccount.com.evil.example` and the like.
        && !domain.contains("gserviceaccount")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(email: &str) -> IdentityKind {
        Identity::from_email(email).kind
    }

    #[test]
    fn service_accounts() {
        let sa = |project: &str| IdentityKind::ServiceAccount {
            project: project.into(),
        };
        assert_eq!(kind("caller@proj-1.iam.gserviceaccount.com"), sa("proj-1"));
        assert_eq!(
            kind("caller@proj.example.com.iam.gserviceaccount.com"),
            sa("example.com:proj")
        );
        assert_eq!(kind("x@proj.s3ns.iam.gserviceaccount.com"), sa("s3ns:proj"));
        assert_eq!(
            kind("12-compute@developer.gserviceaccount.com"),
            IdentityKind::DefaultCompute {
                project_number: "12".into()
            }
        );
        assert_eq!(
            kind("proj-1@appspot.gserviceaccount.com"),
            IdentityKind::AppEngineDefault {
                project: "proj-1".into()
            }
        );
        let agent = |number: &str, product: &str| IdentityKind::GoogleAgent {
            number: number.into(),
            product: product.into(),
        };
        assert_eq!(
            kind("service-7@gcp-sa-pubsub.iam.gserviceaccount.com"),
            agent("7", "pubsub")
        );
        assert_eq!(
            kind("service-7@serverless-robot-prod.iam.gserviceaccount.com"),
            agent("7", "serverless-robot-prod")
        );
        assert_eq!(
            kind("7@cloudbuild.gserviceaccount.com"),
            agent("7", "cloudbuild")
        );
        assert_eq!(
            kind("chat@system.gserviceaccount.com"),
            IdentityKind::GoogleProduct {
                product: "chat".into()
            }
        );
        assert_eq!(
            kind("service-7@my-proj.iam.gserviceaccount.com"),
            sa("my-proj")
        );
        let caller = Identity::from_email("caller@proj-1.iam.gserviceaccount.com");
        assert_eq!(
            caller.member,
            "serviceAccount:caller@proj-1.iam.gserviceaccount.com"
        );
        assert_eq!(caller.project(), Some("proj-1"));
        assert!(caller.is_service_account());
    }

    #[test]
    fn people() {
        for email in [
            "ann@example.com",
            "a.b+c@sub.Example.com",
            "o'hara@gmail.com",
        ] {
            let person = Identity::from_email(email);
            assert_eq!(person.kind, IdentityKind::User, "{email}");
            assert_eq!(person.member, format!("user:{email}"));
            assert!(!is_lookalike(email), "{email}");
        }
    }

    #[test]
    fn lookalikes_are_not_googles() {
        for email in [
            "runner@proj.iam.gserviceaccount.com.evil.example",
            "runner@proj.iam.gservice\u{430}ccount.com",
            "runner@iam.gserviceaccount.com",
            "@proj.iam.gserviceaccount.com",
            "runner@proj.iam.gserviceaccount.com.",
            "runner@proj.iam.gserviceaccount.com\u{200B}",
            "runner@proj.iam.evilgserviceaccount.com",
            "runner@proj.iam.GSERVICEACCOUNT.com",
            "-runner@proj.iam.gserviceaccount.com",
            "a@b@proj.iam.gserviceaccount.com",
            "runner@.iam.gserviceaccount.com",
            "runner@gserviceaccount.com",
            "compute@developer.gserviceaccount.com",
            "runner@evil.example/proj.iam.gserviceaccount.com",
        ] {
            let identity = Identity::from_email(email);
            assert!(!identity.is_service_account(), "{email}");
            assert!(is_lookalike(email), "{email}");
            assert_eq!(identity.member, "", "{email}");
        }
        for nobody in ["", "nobody", "proj.svc.id.goog"] {
            assert_eq!(kind(nobody), UNKNOWN, "{nobody}");
            assert!(!is_lookalike(nobody), "{nobody}");
        }
    }
}
