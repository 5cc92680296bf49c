//! Names of resources: `projects/p/locations/l/services/s` in all their forms.

/// A resource, as far as a name or a command tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resource {
    pub(crate) kind: ResourceKind,
    /// Its project's id or number.
    pub(crate) project: Option<String>,
    pub(crate) location: Option<String>,
    /// The last part of the name; for an account its e-mail.
    pub(crate) name: Option<String>,
}

/// What kind of thing a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResourceKind {
    RunService,
    RunJob,
    Function,
    Project,
    Folder,
    Organization,
    ServiceAccount,
    /// What IAP protects.
    Iap,
    Bucket,
    Topic,
    Subscription,
    Secret,
    Other,
}

impl Resource {
    /// Reads `projects/…`, `//run.googleapis.com/projects/…`, the path of an API, or the
    /// `selfLink` of a Cloud Run v1 object. A job of Cloud Scheduler is named like one of Cloud Run.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.trim().trim_matches('/').split('/').collect();
        let from = parts.iter().position(|part| {
            matches!(
                *part,
                "projects" | "namespaces" | "folders" | "organizations" | "buckets" | "b"
            )
        })?;
        let mut resource = Self {
            kind: ResourceKind::Other,
            project: None,
            location: None,
            name: None,
        };
        let mut rest = parts.get(from..)?.chunks_exact(2);
        for pair in rest.by_ref() {
            let [collection, name] = pair else { break };
            let name = (*name).to_owned();
            resource.kind = match *collection {
                "projects" | "namespaces" => {
                    // Buckets hang under `projects/_`.
                    resource.project = (name != "_").then(|| name.clone());
                    ResourceKind::Project
                }
                "locations" | "zones" | "regions" => {
                    resource.location = Some(name);
                    continue;
                }
                "services" => ResourceKind::RunService,
                "jobs" => ResourceKind::RunJob,
                "functions" => ResourceKind::Function,
                "folders" => ResourceKind::Folder,
                "organizations" => ResourceKind::Organization,
                "serviceAccounts" => ResourceKind::ServiceAccount,
                "iap_web" => ResourceKind::Iap,
                "buckets" | "b" => ResourceKind::Bucket,
                "topics" => ResourceKind::Topic,
                "subscriptions" => ResourceKind::Subscription,
                "secrets" => ResourceKind::Secret,
                _ => ResourceKind::Other,
            };
            resource.name = Some(name);
        }
        if text.contains("iap_web/") {
            resource.kind = ResourceKind::Iap;
        }
        if text.starts_with("//storage.googleapis.com/") {
            resource.kind = ResourceKind::Bucket;
        }
        resource.name.is_some().then_some(resource)
    }
}

/// The last part of a name.
pub(crate) fn short(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The e-mail in `projects/-/serviceAccounts/x@y`, or the text itself.
pub(crate) fn email(name: &str) -> String {
    let name = short(name);
    name.strip_prefix("serviceAccount:")
        .unwrap_or(name)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_all_forms() {
        for name in [
            "projects/p/locations/l/services/s",
            "//run.googleapis.com/projects/p/locations/l/services/s",
            "v2/projects/p/locations/l/services/s",
        ] {
            let resource = Resource::read(name).expect("a name");
            assert_eq!(
                (
                    resource.kind,
                    resource.project.as_deref(),
                    resource.location.as_deref(),
                    resource.name.as_deref()
                ),
                (ResourceKind::RunService, Some("p"), Some("l"), Some("s")),
            );
        }
        let v1 =
            Resource::read("/apis/serving.knative.dev/v1/namespaces/42/services/s").expect("v1");
        assert_eq!(
            (v1.project.as_deref(), v1.name.as_deref()),
            (Some("42"), Some("s"))
        );
        let iap = Resource::read("projects/42/iap_web/cloud_run-us-central1/services/orders")
            .expect("iap");
        assert_eq!(iap.kind, ResourceKind::Iap);
        assert_eq!(Resource::read("orders"), None);
        assert_eq!(email("projects/-/serviceAccounts/a@b.iam"), "a@b.iam");
    }
}
