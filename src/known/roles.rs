//! Roles by permission: the usual narrow role that holds it, and the kind of resource to grant it
//! on. A role that somebody's text names is never granted: whoever wrote the text chose it.

/// A role of Google's, and where a grant of it belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Role {
    /// Its name, without `roles/`.
    pub(crate) name: &'static str,
    /// The narrowest resource whose policy may hold the grant.
    pub(crate) resource: Resource,
}

/// A kind of resource that has a policy of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resource {
    Project,
    Service,
    Function,
    Job,
    Bucket,
    Secret,
    Topic,
    Subscription,
    Queue,
    Dataset,
    Repository,
    Key,
    Database,
    Subnet,
    ServiceAccount,
}

impl Resource {
    /// Where to grant a role instead of in the whole project, as advice.
    pub(crate) const fn advice(self) -> Option<&'static str> {
        match self {
            Self::Project => None,
            Self::Service => {
                Some("Better grant it on the service alone, which has a policy of its own.")
            }
            Self::Function => {
                Some("Better grant it on the function alone, which has a policy of its own.")
            }
            Self::Job => Some("Better grant it on the job alone, which has a policy of its own."),
            Self::Bucket => {
                Some("Better grant it on the bucket alone, which has a policy of its own.")
            }
            Self::Secret => {
                Some("Better grant it on the secret alone, which has a policy of its own.")
            }
            Self::Topic => {
                Some("Better grant it on the topic alone, which has a policy of its own.")
            }
            Self::Subscription => {
                Some("Better grant it on the subscription alone, which has a policy of its own.")
            }
            Self::Queue => {
                Some("Better grant it on the queue alone, which has a policy of its own.")
            }
            Self::Dataset => {
                Some("Better grant it on the dataset alone, which has a policy of its own.")
            }
            Self::Repository => {
                Some("Better grant it on the repository alone, which has a policy of its own.")
            }
            Self::Key => Some("Better grant it on the key alone, which has a policy of its own."),
            Self::Database => {
                Some("Better grant it on the database alone, which has a policy of its own.")
            }
            Self::Subnet => {
                Some("Better grant it on the subnet alone, which has a policy of its own.")
            }
            Self::ServiceAccount => {
                Some("Better grant it on the service account alone, which has a policy of its own.")
            }
        }
    }
}

/// The usual narrow role that holds the permission; `None` where the permission is not among the
/// usual ones. Source: <https://cloud.google.com/iam/docs/roles-permissions>.
pub(crate) fn holding(permission: &str) -> Option<Role> {
    ROLES
        .iter()
        .find(|(known, ..)| known.eq_ignore_ascii_case(permission))
        .map(|(_, name, resource)| Role {
            name,
            resource: *resource,
        })
}

/// What to know of a role that opens more than a permission, wherever its name comes from.
pub(crate) fn warning(role: &str) -> Option<&'static str> {
    const BASIC: &[&str] = &["owner", "editor", "viewer", "admin", "writer", "reader"];
    const ACTS: &[&str] = &[
        "iam.serviceAccountTokenCreator",
        "iam.serviceAccountOpenIdTokenCreator",
        "iam.serviceAccountUser",
        "iam.serviceAccountKeyAdmin",
        "iam.workloadIdentityUser",
    ];
    let ends = |end: &str| {
        role.len() >= end.len()
            && role
                .get(role.len() - end.len()..)
                .is_some_and(|last| last.eq_ignore_ascii_case(end))
    };
    if BASIC.contains(&role) {
        Some("is a basic role: it opens nearly everything in the whole project")
    } else if ACTS.contains(&role) {
        Some("lets its holder act as the service account, with all that it may do")
    } else if role.starts_with("resourcemanager.")
        || role.starts_with("iam.")
        || ends("IamAdmin")
        || ends("securityAdmin")
    {
        Some("lets its holder change who may do what")
    } else if ends("admin") || role.contains("Admin.") {
        Some("is an administrator’s role: it holds far more than this permission")
    } else {
        None
    }
}

/// Every permission with the role that holds it, and where a grant of it belongs.
const ROLES: &[(&str, &str, Resource)] = {
    use Resource::{
        Bucket, Database, Dataset, Function, Job, Key, Project, Queue, Repository, Secret, Service,
        ServiceAccount, Subnet, Subscription, Topic,
    };
    &[
        ("aiplatform.customJobs.create", "aiplatform.user", Project),
        ("aiplatform.endpoints.predict", "aiplatform.user", Project),
        ("aiplatform.models.list", "aiplatform.viewer", Project),
        (
            "aiplatform.reasoningEngines.query",
            "aiplatform.user",
            Project,
        ),
        ("appengine.versions.create", "appengine.deployer", Project),
        (
            "artifactregistry.dockerimages.list",
            "artifactregistry.reader",
            Project,
        ),
        (
            "artifactregistry.files.get",
            "artifactregistry.reader",
            Repository,
        ),
        (
            "artifactregistry.packages.list",
            "artifactregistry.reader",
            Project,
        ),
        (
            "artifactregistry.repositories.create",
            "artifactregistry.editor",
            Project,
        ),
        (
            "artifactregistry.repositories.downloadArtifacts",
            "artifactregistry.reader",
            Repository,
        ),
        (
            "artifactregistry.repositories.get",
            "artifactregistry.reader",
            Repository,
        ),
        (
            "artifactregistry.repositories.uploadArtifacts",
            "artifactregistry.writer",
            Repository,
        ),
        (
            "artifactregistry.tags.create",
            "artifactregistry.writer",
            Repository,
        ),
        (
            "bigquery.connections.use",
            "bigquery.connectionUser",
            Project,
        ),
        ("bigquery.datasets.create", "bigquery.dataEditor", Project),
        ("bigquery.datasets.get", "bigquery.metadataViewer", Dataset),
        ("bigquery.jobs.create", "bigquery.jobUser", Project),
        ("bigquery.jobs.get", "bigquery.resourceViewer", Project),
        ("bigquery.jobs.list", "bigquery.resourceViewer", Project),
        (
            "bigquery.readsessions.create",
            "bigquery.readSessionUser",
            Project,
        ),
        ("bigquery.routines.get", "bigquery.metadataViewer", Dataset),
        ("bigquery.tables.create", "bigquery.dataEditor", Dataset),
        ("bigquery.tables.delete", "bigquery.dataEditor", Dataset),
        ("bigquery.tables.export", "bigquery.dataViewer", Dataset),
        ("bigquery.tables.get", "bigquery.metadataViewer", Dataset),
        ("bigquery.tables.getData", "bigquery.dataViewer", Dataset),
        ("bigquery.tables.list", "bigquery.metadataViewer", Project),
        ("bigquery.tables.update", "bigquery.dataEditor", Dataset),
        ("bigquery.tables.updateData", "bigquery.dataEditor", Dataset),
        (
            "cloudasset.assets.searchAllResources",
            "cloudasset.viewer",
            Project,
        ),
        (
            "cloudbuild.builds.create",
            "cloudbuild.builds.editor",
            Project,
        ),
        ("cloudbuild.builds.get", "cloudbuild.builds.viewer", Project),
        (
            "cloudbuild.builds.list",
            "cloudbuild.builds.viewer",
            Project,
        ),
        (
            "cloudfunctions.functions.call",
            "cloudfunctions.developer",
            Function,
        ),
        (
            "cloudfunctions.functions.create",
            "cloudfunctions.developer",
            Project,
        ),
        (
            "cloudfunctions.functions.delete",
            "cloudfunctions.developer",
            Function,
        ),
        (
            "cloudfunctions.functions.get",
            "cloudfunctions.viewer",
            Function,
        ),
        (
            "cloudfunctions.functions.invoke",
            "cloudfunctions.invoker",
            Function,
        ),
        (
            "cloudfunctions.functions.list",
            "cloudfunctions.viewer",
            Project,
        ),
        (
            "cloudfunctions.functions.setIamPolicy",
            "cloudfunctions.admin",
            Function,
        ),
        (
            "cloudfunctions.functions.sourceCodeSet",
            "cloudfunctions.developer",
            Function,
        ),
        (
            "cloudfunctions.functions.update",
            "cloudfunctions.developer",
            Function,
        ),
        (
            "cloudfunctions.operations.get",
            "cloudfunctions.viewer",
            Project,
        ),
        (
            "cloudkms.cryptoKeyVersions.useToDecrypt",
            "cloudkms.cryptoKeyDecrypter",
            Key,
        ),
        (
            "cloudkms.cryptoKeyVersions.useToEncrypt",
            "cloudkms.cryptoKeyEncrypter",
            Key,
        ),
        (
            "cloudkms.cryptoKeyVersions.useToSign",
            "cloudkms.signer",
            Key,
        ),
        (
            "cloudkms.cryptoKeyVersions.viewPublicKey",
            "cloudkms.publicKeyViewer",
            Key,
        ),
        ("cloudkms.cryptoKeys.get", "cloudkms.viewer", Key),
        (
            "cloudmessaging.messages.create",
            "firebasecloudmessaging.admin",
            Project,
        ),
        (
            "cloudprofiler.profiles.create",
            "cloudprofiler.agent",
            Project,
        ),
        (
            "cloudscheduler.jobs.create",
            "cloudscheduler.admin",
            Project,
        ),
        ("cloudscheduler.jobs.get", "cloudscheduler.viewer", Project),
        ("cloudscheduler.jobs.list", "cloudscheduler.viewer", Project),
        (
            "cloudscheduler.jobs.run",
            "cloudscheduler.jobRunner",
            Project,
        ),
        (
            "cloudscheduler.jobs.update",
            "cloudscheduler.admin",
            Project,
        ),
        ("cloudsql.instances.connect", "cloudsql.client", Project),
        ("cloudsql.instances.get", "cloudsql.client", Project),
        ("cloudsql.instances.list", "cloudsql.viewer", Project),
        ("cloudsql.instances.login", "cloudsql.instanceUser", Project),
        ("cloudtasks.queues.create", "cloudtasks.queueAdmin", Project),
        ("cloudtasks.queues.get", "cloudtasks.viewer", Queue),
        ("cloudtasks.queues.list", "cloudtasks.viewer", Project),
        ("cloudtasks.tasks.create", "cloudtasks.enqueuer", Queue),
        ("cloudtasks.tasks.get", "cloudtasks.viewer", Queue),
        ("cloudtrace.traces.patch", "cloudtrace.agent", Project),
        (
            "cloudtranslate.generalModels.predict",
            "cloudtranslate.user",
            Project,
        ),
        (
            "compute.instances.create",
            "compute.instanceAdmin.v1",
            Project,
        ),
        ("compute.instances.get", "compute.viewer", Project),
        ("compute.instances.list", "compute.viewer", Project),
        ("compute.instances.osLogin", "compute.osLogin", Project),
        (
            "compute.instances.setMetadata",
            "compute.instanceAdmin.v1",
            Project,
        ),
        (
            "compute.instances.start",
            "compute.instanceAdmin.v1",
            Project,
        ),
        ("compute.networks.use", "compute.networkUser", Project),
        ("compute.subnetworks.use", "compute.networkUser", Subnet),
        (
            "container.clusters.connect",
            "container.clusterViewer",
            Project,
        ),
        ("container.clusters.get", "container.clusterViewer", Project),
        (
            "container.clusters.list",
            "container.clusterViewer",
            Project,
        ),
        ("container.pods.get", "container.viewer", Project),
        ("container.pods.list", "container.viewer", Project),
        ("dataflow.jobs.create", "dataflow.developer", Project),
        (
            "datastore.databases.export",
            "datastore.importExportAdmin",
            Project,
        ),
        ("datastore.databases.get", "datastore.viewer", Project),
        ("datastore.entities.allocateIds", "datastore.user", Project),
        ("datastore.entities.create", "datastore.user", Project),
        ("datastore.entities.delete", "datastore.user", Project),
        ("datastore.entities.get", "datastore.viewer", Project),
        ("datastore.entities.list", "datastore.viewer", Project),
        ("datastore.entities.update", "datastore.user", Project),
        (
            "dialogflow.sessions.detectIntent",
            "dialogflow.client",
            Project,
        ),
        (
            "discoveryengine.servingConfigs.search",
            "discoveryengine.viewer",
            Project,
        ),
        ("dns.changes.create", "dns.editor", Project),
        ("dns.managedZones.list", "dns.reader", Project),
        ("dns.resourceRecordSets.list", "dns.reader", Project),
        (
            "documentai.processors.processOnline",
            "documentai.apiUser",
            Project,
        ),
        (
            "errorreporting.errorEvents.create",
            "errorreporting.writer",
            Project,
        ),
        (
            "eventarc.events.receiveEvent",
            "eventarc.eventReceiver",
            Project,
        ),
        ("eventarc.triggers.create", "eventarc.developer", Project),
        ("eventarc.triggers.get", "eventarc.viewer", Project),
        (
            "firebaseappdistro.releases.list",
            "firebaseappdistro.viewer",
            Project,
        ),
        (
            "firebaseappdistro.releases.update",
            "firebaseappdistro.admin",
            Project,
        ),
        (
            "firebaseappdistro.testers.update",
            "firebaseappdistro.admin",
            Project,
        ),
        ("firebaseauth.configs.get", "firebaseauth.viewer", Project),
        ("firebaseauth.users.create", "firebaseauth.editor", Project),
        ("firebaseauth.users.get", "firebaseauth.viewer", Project),
        ("firebaseauth.users.update", "firebaseauth.editor", Project),
        (
            "firebasedatabase.instances.get",
            "firebasedatabase.viewer",
            Project,
        ),
        (
            "firebasedatabase.instances.list",
            "firebasedatabase.viewer",
            Project,
        ),
        (
            "firebasedatabase.instances.update",
            "firebasedatabase.admin",
            Project,
        ),
        (
            "firebasehosting.sites.update",
            "firebasehosting.admin",
            Project,
        ),
        (
            "firebaserules.releases.create",
            "firebaserules.admin",
            Project,
        ),
        (
            "firebaserules.rulesets.create",
            "firebaserules.admin",
            Project,
        ),
        (
            "firebaserules.rulesets.test",
            "firebaserules.admin",
            Project,
        ),
        (
            "firebasestorage.buckets.list",
            "firebasestorage.viewer",
            Project,
        ),
        (
            "firebasestorage.defaultBucket.get",
            "firebasestorage.viewer",
            Project,
        ),
        (
            "iam.serviceAccountKeys.create",
            "iam.serviceAccountKeyAdmin",
            Project,
        ),
        (
            "iam.serviceAccounts.actAs",
            "iam.serviceAccountUser",
            ServiceAccount,
        ),
        (
            "iam.serviceAccounts.create",
            "iam.serviceAccountCreator",
            Project,
        ),
        (
            "iam.serviceAccounts.get",
            "iam.serviceAccountViewer",
            ServiceAccount,
        ),
        (
            "iam.serviceAccounts.getAccessToken",
            "iam.serviceAccountTokenCreator",
            ServiceAccount,
        ),
        (
            "iam.serviceAccounts.getOpenIdToken",
            "iam.serviceAccountOpenIdTokenCreator",
            ServiceAccount,
        ),
        (
            "iam.serviceAccounts.implicitDelegation",
            "iam.serviceAccountTokenCreator",
            ServiceAccount,
        ),
        (
            "iam.serviceAccounts.list",
            "iam.serviceAccountViewer",
            Project,
        ),
        (
            "iam.serviceAccounts.signBlob",
            "iam.serviceAccountTokenCreator",
            ServiceAccount,
        ),
        (
            "iam.serviceAccounts.signJwt",
            "iam.serviceAccountTokenCreator",
            ServiceAccount,
        ),
        (
            "iap.tunnelInstances.accessViaIAP",
            "iap.tunnelResourceAccessor",
            Project,
        ),
        (
            "iap.webServiceVersions.accessViaIAP",
            "iap.httpsResourceAccessor",
            Project,
        ),
        ("logging.logEntries.create", "logging.logWriter", Project),
        ("logging.logEntries.list", "logging.viewer", Project),
        ("logging.logs.list", "logging.viewer", Project),
        (
            "logging.privateLogEntries.list",
            "logging.privateLogViewer",
            Project,
        ),
        ("mcp.tools.call", "mcp.toolUser", Project),
        (
            "monitoring.metricDescriptors.create",
            "monitoring.metricWriter",
            Project,
        ),
        (
            "monitoring.metricDescriptors.list",
            "monitoring.viewer",
            Project,
        ),
        (
            "monitoring.timeSeries.create",
            "monitoring.metricWriter",
            Project,
        ),
        ("monitoring.timeSeries.list", "monitoring.viewer", Project),
        (
            "pubsub.subscriptions.consume",
            "pubsub.subscriber",
            Subscription,
        ),
        ("pubsub.subscriptions.create", "pubsub.editor", Project),
        ("pubsub.subscriptions.delete", "pubsub.editor", Subscription),
        ("pubsub.subscriptions.get", "pubsub.viewer", Subscription),
        ("pubsub.subscriptions.list", "pubsub.viewer", Project),
        ("pubsub.subscriptions.update", "pubsub.editor", Subscription),
        (
            "pubsub.topics.attachSubscription",
            "pubsub.subscriber",
            Topic,
        ),
        ("pubsub.topics.create", "pubsub.editor", Project),
        ("pubsub.topics.get", "pubsub.viewer", Topic),
        ("pubsub.topics.list", "pubsub.viewer", Project),
        ("pubsub.topics.publish", "pubsub.publisher", Topic),
        (
            "recaptchaenterprise.assessments.create",
            "recaptchaenterprise.agent",
            Project,
        ),
        ("resourcemanager.projects.get", "browser", Project),
        ("resourcemanager.projects.getIamPolicy", "browser", Project),
        (
            "resourcemanager.projects.setIamPolicy",
            "resourcemanager.projectIamAdmin",
            Project,
        ),
        ("run.executions.cancel", "run.jobsExecutor", Job),
        ("run.executions.get", "run.viewer", Job),
        ("run.instances.invoke", "run.invoker", Service),
        ("run.jobs.get", "run.viewer", Job),
        ("run.jobs.run", "run.invoker", Job),
        (
            "run.jobs.runWithOverrides",
            "run.jobsExecutorWithOverrides",
            Job,
        ),
        ("run.operations.get", "run.viewer", Project),
        ("run.revisions.list", "run.viewer", Project),
        ("run.routes.invoke", "run.invoker", Service),
        ("run.services.create", "run.developer", Project),
        ("run.services.delete", "run.developer", Service),
        ("run.services.get", "run.viewer", Service),
        ("run.services.getIamPolicy", "run.viewer", Service),
        ("run.services.list", "run.viewer", Project),
        ("run.services.setIamPolicy", "run.admin", Service),
        ("run.services.update", "run.developer", Service),
        (
            "secretmanager.secrets.create",
            "secretmanager.admin",
            Project,
        ),
        ("secretmanager.secrets.get", "secretmanager.viewer", Secret),
        (
            "secretmanager.secrets.list",
            "secretmanager.viewer",
            Project,
        ),
        (
            "secretmanager.versions.access",
            "secretmanager.secretAccessor",
            Secret,
        ),
        (
            "secretmanager.versions.add",
            "secretmanager.secretVersionAdder",
            Secret,
        ),
        ("secretmanager.versions.get", "secretmanager.viewer", Secret),
        (
            "secretmanager.versions.list",
            "secretmanager.viewer",
            Project,
        ),
        (
            "servicemanagement.services.check",
            "servicemanagement.serviceController",
            Project,
        ),
        (
            "servicemanagement.services.report",
            "servicemanagement.reporter",
            Project,
        ),
        (
            "serviceusage.services.enable",
            "serviceusage.serviceUsageAdmin",
            Project,
        ),
        (
            "serviceusage.services.get",
            "serviceusage.serviceUsageViewer",
            Project,
        ),
        (
            "serviceusage.services.list",
            "serviceusage.serviceUsageViewer",
            Project,
        ),
        (
            "serviceusage.services.use",
            "serviceusage.serviceUsageConsumer",
            Project,
        ),
        (
            "spanner.databases.beginOrRollbackReadWriteTransaction",
            "spanner.databaseUser",
            Database,
        ),
        ("spanner.databases.read", "spanner.databaseReader", Database),
        (
            "spanner.databases.select",
            "spanner.databaseReader",
            Database,
        ),
        (
            "spanner.databases.updateDdl",
            "spanner.databaseUser",
            Database,
        ),
        ("spanner.databases.write", "spanner.databaseUser", Database),
        (
            "spanner.sessions.create",
            "spanner.databaseReader",
            Database,
        ),
        ("speech.recognizers.recognize", "speech.client", Project),
        ("storage.buckets.create", "storage.editor", Project),
        ("storage.buckets.get", "storage.bucketViewer", Bucket),
        ("storage.buckets.getIamPolicy", "storage.admin", Bucket),
        ("storage.buckets.list", "storage.bucketViewer", Project),
        ("storage.buckets.update", "storage.admin", Bucket),
        (
            "storage.multipartUploads.create",
            "storage.objectCreator",
            Bucket,
        ),
        ("storage.objects.create", "storage.objectCreator", Bucket),
        ("storage.objects.delete", "storage.objectUser", Bucket),
        ("storage.objects.get", "storage.objectViewer", Bucket),
        (
            "storage.objects.getIamPolicy",
            "storage.objectAdmin",
            Bucket,
        ),
        ("storage.objects.list", "storage.objectViewer", Bucket),
        (
            "storage.objects.setIamPolicy",
            "storage.objectAdmin",
            Bucket,
        ),
        ("storage.objects.update", "storage.objectUser", Bucket),
        ("telemetry.traces.write", "telemetry.tracesWriter", Project),
        ("vpcaccess.connectors.get", "vpcaccess.user", Project),
        ("workflows.executions.create", "workflows.invoker", Project),
        ("workflows.executions.get", "workflows.viewer", Project),
        ("workflows.workflows.get", "workflows.viewer", Project),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_are_sorted_and_read_as_permissions() {
        assert!(ROLES.is_sorted_by_key(|(permission, ..)| permission));
        for (permission, role, _) in ROLES {
            let found = holding(&permission.to_lowercase()).map(|role| role.name);
            assert_eq!(found, Some(*role));
            let text = format!("Permission '{permission}' denied");
            if *permission != "run.routes.invoke" {
                let named = crate::response::permission::named(&text);
                assert_eq!(named, Some(*permission));
            }
        }
    }

    #[test]
    fn roles_that_open_much_are_warned_of() {
        for role in [
            "owner",
            "editor",
            "viewer",
            "admin",
            "writer",
            "reader",
            "storage.admin",
            "compute.instanceAdmin.v1",
            "resourcemanager.projectIamAdmin",
            "resourcemanager.organizationAdmin",
            "iam.securityAdmin",
            "iam.serviceAccountTokenCreator",
            "iam.roleAdmin",
        ] {
            assert!(warning(role).is_some(), "{role}");
        }
        for role in [
            "run.invoker",
            "storage.objectViewer",
            "secretmanager.secretAccessor",
            "artifactregistry.reader",
            "logging.logWriter",
            "",
        ] {
            assert_eq!(warning(role), None, "{role}");
        }
    }
}
