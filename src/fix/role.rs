//! The role that a missing permission asks for.

use crate::text::cut;

/// The narrowest predefined role, without `roles/`, that holds the permission; `None` where the
/// permission is not among the usual ones. Source:
/// <https://cloud.google.com/iam/docs/roles-permissions>.
pub(crate) fn holding(permission: &str) -> Option<&'static str> {
    ROLES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(permission))
        .map(|(_, role)| *role)
}

/// The first predefined role that a text names, without `roles/`.
pub(crate) fn named(text: &str) -> Option<&str> {
    let (_, rest) = cut(text, "roles/")?;
    let end = rest
        .find(|char: char| !(char.is_ascii_alphanumeric() || char == '.'))
        .unwrap_or(rest.len());
    let role = rest.get(..end)?.trim_end_matches('.');
    // The basic roles open a whole project, which no error should talk anybody into.
    let narrow = (3..=80).contains(&role.len()) && !["owner", "editor", "viewer"].contains(&role);
    narrow.then_some(role)
}

const ROLES: &[(&str, &str)] = &[
    ("aiplatform.endpoints.predict", "aiplatform.user"),
    (
        "artifactregistry.repositories.downloadArtifacts",
        "artifactregistry.reader",
    ),
    (
        "artifactregistry.repositories.uploadArtifacts",
        "artifactregistry.writer",
    ),
    ("bigquery.datasets.get", "bigquery.metadataViewer"),
    ("bigquery.jobs.create", "bigquery.jobUser"),
    ("bigquery.readsessions.create", "bigquery.readSessionUser"),
    ("bigquery.tables.create", "bigquery.dataEditor"),
    ("bigquery.tables.get", "bigquery.metadataViewer"),
    ("bigquery.tables.getData", "bigquery.dataViewer"),
    ("bigquery.tables.updateData", "bigquery.dataEditor"),
    ("cloudbuild.builds.create", "cloudbuild.builds.editor"),
    ("cloudfunctions.functions.invoke", "cloudfunctions.invoker"),
    (
        "cloudkms.cryptoKeyVersions.useToDecrypt",
        "cloudkms.cryptoKeyDecrypter",
    ),
    (
        "cloudkms.cryptoKeyVersions.useToEncrypt",
        "cloudkms.cryptoKeyEncrypter",
    ),
    ("cloudscheduler.jobs.create", "cloudscheduler.admin"),
    ("cloudscheduler.jobs.run", "cloudscheduler.jobRunner"),
    ("cloudsql.instances.connect", "cloudsql.client"),
    ("cloudsql.instances.get", "cloudsql.client"),
    ("cloudtasks.tasks.create", "cloudtasks.enqueuer"),
    ("cloudtrace.traces.patch", "cloudtrace.agent"),
    ("compute.instances.get", "compute.viewer"),
    ("compute.instances.list", "compute.viewer"),
    ("container.clusters.get", "container.clusterViewer"),
    ("datastore.entities.create", "datastore.user"),
    ("datastore.entities.get", "datastore.viewer"),
    ("datastore.entities.list", "datastore.viewer"),
    ("datastore.entities.update", "datastore.user"),
    ("eventarc.events.receiveEvent", "eventarc.eventReceiver"),
    ("iam.serviceAccounts.actAs", "iam.serviceAccountUser"),
    (
        "iam.serviceAccounts.signBlob",
        "iam.serviceAccountTokenCreator",
    ),
    (
        "iam.serviceAccounts.signJwt",
        "iam.serviceAccountTokenCreator",
    ),
    (
        "iap.tunnelInstances.accessViaIAP",
        "iap.tunnelResourceAccessor",
    ),
    (
        "iap.webServiceVersions.accessViaIAP",
        "iap.httpsResourceAccessor",
    ),
    ("logging.logEntries.create", "logging.logWriter"),
    ("logging.logEntries.list", "logging.viewer"),
    ("monitoring.timeSeries.create", "monitoring.metricWriter"),
    ("monitoring.timeSeries.list", "monitoring.viewer"),
    ("pubsub.subscriptions.consume", "pubsub.subscriber"),
    ("pubsub.subscriptions.get", "pubsub.viewer"),
    ("pubsub.topics.get", "pubsub.viewer"),
    ("pubsub.topics.publish", "pubsub.publisher"),
    ("resourcemanager.projects.get", "browser"),
    ("run.jobs.run", "run.invoker"),
    ("run.routes.invoke", "run.invoker"),
    ("run.services.get", "run.viewer"),
    ("run.services.list", "run.viewer"),
    ("secretmanager.secrets.get", "secretmanager.viewer"),
    (
        "secretmanager.versions.access",
        "secretmanager.secretAccessor",
    ),
    (
        "secretmanager.versions.add",
        "secretmanager.secretVersionAdder",
    ),
    (
        "servicemanagement.services.check",
        "servicemanagement.serviceController",
    ),
    (
        "serviceusage.services.use",
        "serviceusage.serviceUsageConsumer",
    ),
    ("spanner.databases.select", "spanner.databaseReader"),
    ("spanner.sessions.create", "spanner.databaseReader"),
    ("storage.objects.create", "storage.objectCreator"),
    ("storage.objects.delete", "storage.objectUser"),
    ("storage.objects.get", "storage.objectViewer"),
    ("storage.objects.list", "storage.objectViewer"),
    ("storage.objects.update", "storage.objectUser"),
    ("vpcaccess.connectors.use", "vpcaccess.user"),
    ("workflows.executions.create", "workflows.invoker"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_read_from_the_text_unless_it_is_a_basic_one() {
        for (text, role) in [
            (
                "must be granted the 'Secret Manager Secret Accessor' role (roles/secretmanager.secretAccessor) at the secret",
                Some("secretmanager.secretAccessor"),
            ),
            ("grant roles/run.invoker.", Some("run.invoker")),
            ("grant roles/editor to it", None),
            ("projects/p/roles/", None),
            ("", None),
        ] {
            assert_eq!(named(text), role, "{text}");
        }
    }

    #[test]
    fn permissions_are_sorted_and_read_as_permissions() {
        assert!(ROLES.is_sorted());
        for (permission, role) in ROLES {
            assert_eq!(holding(&permission.to_lowercase()), Some(*role));
            let text = format!("Permission '{permission}' denied");
            if *permission != "run.routes.invoke" {
                let named = crate::response::permission::named(&text);
                assert_eq!(named, Some(*permission));
            }
        }
    }
}
