//! Which predefined roles hold the permissions that refused requests are about.
//!
//! Each row is complete but for the roles of service agents, which nobody grants by hand: any other
//! predefined role that is not in it does not hold the permission.
//! Source: the roles' own definitions as published by the IAM API, in
//! <https://github.com/iann0036/iam-dataset> (`gcp/roles/`, 22 August 2026).

/// Whether a role holds a permission; `None` for a permission that is not in the table, for a
/// custom role, for the role of a service agent, and for a basic role whose contents are not published.
pub(crate) fn holds(role: &str, permission: &str) -> Option<bool> {
    let name = role.strip_prefix("roles/")?;
    if matches!(name, "admin" | "writer" | "reader") || name.ends_with("erviceAgent") {
        return None;
    }
    Some(holders(permission)?.contains(&name))
}

/// The predefined roles that hold a permission, without `roles/`.
pub(crate) fn holders(permission: &str) -> Option<&'static [&'static str]> {
    HOLDERS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(permission))
        .map(|(_, roles)| *roles)
}

/// Whether a text is the name of a role in the table.
pub(crate) fn is_known(role: &str) -> bool {
    role.strip_prefix("roles/").is_some_and(|name| {
        HOLDERS.iter().any(|(_, roles)| roles.contains(&name))
            || matches!(name, "viewer" | "browser")
    })
}

#[rustfmt::skip]
const HOLDERS: &[(&str, &[&str])] = &[
    ("run.routes.invoke", &[
        "cloudfunctions.admin", "cloudfunctions.developer", "cloudfunctions.editor", "editor", "firebase.admin",
        "firebase.developAdmin", "iam.dataScientist", "iam.devOps", "iam.mlEngineer", "owner", "run.admin",
        "run.developer", "run.editor", "run.invoker", "run.servicesInvoker", "run.sourceDeveloper",
    ]),
    ("run.jobs.run", &[
        "cloudfunctions.admin", "cloudfunctions.developer", "cloudfunctions.editor", "editor", "firebase.admin",
        "firebase.developAdmin", "iam.dataScientist", "iam.devOps", "iam.mlEngineer", "owner", "run.admin",
        "run.developer", "run.editor", "run.invoker", "run.jobsExecutor", "run.jobsExecutorWithOverrides",
        "run.sourceDeveloper",
    ]),
    ("run.jobs.runWithOverrides", &[
        "cloudfunctions.admin", "cloudfunctions.developer", "cloudfunctions.editor", "editor", "firebase.admin",
        "firebase.developAdmin", "iam.dataScientist", "iam.devOps", "iam.mlEngineer", "owner", "run.admin",
        "run.developer", "run.editor", "run.jobsExecutorWithOverrides", "run.sourceDeveloper",
    ]),
    ("cloudfunctions.functions.invoke", &[
        "cloudfunctions.admin", "cloudfunctions.developer", "cloudfunctions.editor", "cloudfunctions.invoker",
        "editor", "firebase.admin", "firebase.developAdmin", "iam.dataScientist", "iam.devOps", "owner",
    ]),
    ("iam.serviceAccounts.getAccessToken", &[
        "iam.serviceAccountTokenCreator", "iam.workloadIdentityUser",
    ]),
    ("iam.serviceAccounts.getOpenIdToken", &[
        "iam.serviceAccountOpenIdTokenCreator", "iam.serviceAccountTokenCreator", "iam.workloadIdentityUser",
    ]),
    ("iam.serviceAccounts.signBlob", &[
        "iam.serviceAccountTokenCreator",
    ]),
    ("iam.serviceAccounts.signJwt", &[
        "iam.serviceAccountTokenCreator",
    ]),
    ("iam.serviceAccounts.actAs", &[
        "backupdr.computeEngineOperator", "dataproc.hubAgent", "editor", "iam.admin", "iam.dataScientist",
        "iam.databasesAdmin", "iam.devOps", "iam.editor", "iam.serviceAccountUser", "owner",
    ]),
    ("iap.webServiceVersions.accessViaIAP", &[
        "iap.httpsResourceAccessor",
    ]),
    ("secretmanager.versions.access", &[
        "owner", "secretmanager.admin", "secretmanager.secretAccessor",
    ]),
    ("pubsub.topics.publish", &[
        "cloudbuild.builds.builder", "composer.worker", "editor", "firebaserules.system", "iam.dataScientist",
        "iam.devOps", "managedidentities.domaincontrollerOperator", "owner", "pubsub.admin", "pubsub.editor",
        "pubsub.publisher", "run.sourceDeveloper", "storagetransfer.transferAgent",
    ]),
    ("cloudtasks.tasks.create", &[
        "cloudtasks.admin", "cloudtasks.editor", "cloudtasks.enqueuer", "editor", "owner",
    ]),
    ("cloudscheduler.jobs.run", &[
        "cloudscheduler.admin", "cloudscheduler.jobRunner", "editor", "owner",
    ]),
    ("workflows.executions.create", &[
        "editor", "owner", "workflows.admin", "workflows.editor", "workflows.invoker",
    ]),
    ("eventarc.events.receiveEvent", &[
        "cloudfunctions.admin", "editor", "eventarc.admin", "eventarc.editor", "eventarc.eventReceiver",
        "firebase.admin", "firebase.developAdmin", "owner",
    ]),
    ("cloudsql.instances.connect", &[
        "cloudsql.admin", "cloudsql.client", "cloudsql.editor", "dlp.orgdriver", "dlp.projectdriver", "editor",
        "iam.dataScientist", "iam.databasesAdmin", "iam.devOps", "metastore.migrationAdmin", "owner",
    ]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_hold_what_their_definitions_say() {
        for (role, permission, holds_it) in [
            ("roles/run.invoker", "run.routes.invoke", Some(true)),
            ("roles/run.servicesInvoker", "run.routes.invoke", Some(true)),
            ("roles/run.servicesInvoker", "run.jobs.run", Some(false)),
            ("roles/run.jobsExecutor", "run.routes.invoke", Some(false)),
            ("roles/run.viewer", "run.routes.invoke", Some(false)),
            ("roles/run.developer", "run.routes.invoke", Some(true)),
            ("roles/owner", "run.routes.invoke", Some(true)),
            ("roles/editor", "run.routes.invoke", Some(true)),
            ("roles/viewer", "run.routes.invoke", Some(false)),
            (
                "roles/cloudfunctions.invoker",
                "run.routes.invoke",
                Some(false),
            ),
            (
                "roles/owner",
                "iam.serviceAccounts.getAccessToken",
                Some(false),
            ),
            ("roles/editor", "secretmanager.versions.access", Some(false)),
            ("roles/admin", "run.routes.invoke", None),
            ("projects/p/roles/invoke", "run.routes.invoke", None),
            ("roles/run.invoker", "never.heard.of", None),
        ] {
            assert_eq!(holds(role, permission), holds_it, "{role} {permission}");
        }
        assert!(is_known("roles/run.invoker") && !is_known("roles/run.invo"));
    }
}
