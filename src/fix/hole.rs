//! The holes of a template: words in CAPITALS that a known value replaces.

/// Declares the holes: identifier, CAPITALS, and where a person finds the value.
macro_rules! holes {
    ($($(#[$doc:meta])* $hole:ident $name:literal $finder:literal;)*) => {
        /// A value that commands and code need.
        ///
        /// Its name is both the mark in a template and what is printed when the value is not
        /// known, so a template reads as what is shown when nothing is known.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Hole {
            $($(#[$doc])* $hole,)*
        }

        impl Hole {
            pub(crate) const ALL: &[Self] = &[$(Self::$hole,)*];

            /// The CAPITALS of the hole.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$hole => $name,)* }
            }

            /// Where a person finds the value: a command that only reads, or a place.
            pub(crate) const fn finder(self) -> &'static str {
                match self { $(Self::$hole => $finder,)* }
            }
        }
    };
}

holes! {
    Service "SERVICE" "`gcloud run services list`";
    Region "REGION" "`gcloud run services list`";
    ProjectId "PROJECT_ID" "`gcloud config get project`";
    ProjectNumber "PROJECT_NUMBER" "`gcloud projects describe PROJECT_ID --format='value(projectNumber)'`";
    /// What `aud` must be for this door.
    Audience "AUDIENCE" "`gcloud run services describe SERVICE --region=REGION --format='value(status.url)'`";
    /// What `aud` is in the token.
    TokenAudience "TOKEN_AUDIENCE" "the token’s `aud`";
    /// The URL to call, without its query, where it may receive a token made for
    /// [`Audience`](Self::Audience). Which URL stands in a hole is decided by what is sent there.
    RequestUrl "REQUEST_URL" "`gcloud run services describe SERVICE --region=REGION --format='value(status.url)'`";
    /// The URL to call, where it may receive a person's own ID token.
    OwnUrl "YOUR_SERVICE_URL" "`gcloud run services describe SERVICE --region=REGION --format='value(status.url)'`";
    /// The URL to call, where it may receive an access token.
    ApiUrl "API_URL" "the request that failed";
    /// What [`ApiUrl`](Self::ApiUrl) lacks where nobody told it.
    ApiPath "API_PATH" "the host and path of the request that failed";
    /// The URL to call, where it may receive the sign-in of an application's user.
    AppUrl "APP_URL" "`gcloud run services describe SERVICE --region=REGION --format='value(status.url)'`";
    /// The URL to call with a token that the same text makes for [`Host`](Self::Host) alone.
    HostUrl "HOST_URL" "the request that failed";
    /// The URL to call without any credential.
    BareUrl "CALLED_URL" "the request that failed";
    /// A Google API, such as `run.googleapis.com`.
    ApiName "API_NAME" "`gcloud services list --available`";
    /// A predefined role, without `roles/`.
    Role "ROLE_NAME" "the roles that hold the permission, at https://cloud.google.com/iam/docs/roles-permissions";
    /// A container registry, such as `us-central1-docker.pkg.dev`.
    RegistryHost "REGISTRY_HOST" "the image’s name, before its first `/`";
    Host "HOST" "`gcloud run services describe SERVICE --region=REGION --format='value(status.url)'`";
    /// The service account that calls or should call.
    ServiceAccount "SERVICE_ACCOUNT_EMAIL" "`gcloud iam service-accounts list`";
    /// The account that the calling service runs as, where it makes tokens of another one.
    CallingAccount "CALLING_ACCOUNT_EMAIL" "`gcloud iam service-accounts list`";
    /// The person at the terminal.
    YourEmail "YOUR_EMAIL" "`gcloud auth list --filter=status:ACTIVE`";
    /// Who calls: a service account or a person.
    CallerEmail "CALLER_EMAIL" "`gcloud iam service-accounts list`";
    /// [`CallerEmail`](Self::CallerEmail) as a member of an IAM policy.
    Member "MEMBER" "`gcloud iam service-accounts list`";
    Function "FUNCTION" "`gcloud functions list`";
    RunJob "RUN_JOB" "`gcloud run jobs list`";
    SchedulerJob "SCHEDULER_JOB" "the list of Cloud Scheduler jobs in the console";
    Location "LOCATION" "the region beside its name in the console";
    Queue "QUEUE" "the list of Cloud Tasks queues in the console";
    Subscription "SUBSCRIPTION" "the list of Pub/Sub subscriptions in the console";
    Trigger "TRIGGER" "the list of Eventarc triggers in the console";
    Workflow "WORKFLOW" "the list of workflows in the console";
    Gateway "GATEWAY" "the list of gateways in the console";
    BackendService "BACKEND_SERVICE" "the load balancer’s page in the console";
    OauthClientId "OAUTH_CLIENT_ID" "`gcloud iap settings get --project=PROJECT_ID`";
    CallingService "CALLING_SERVICE" "`gcloud run services list`";
    Vm "VM_NAME" "the list of VM instances in the console";
    Zone "ZONE" "the list of VM instances in the console";
    Namespace "NAMESPACE" "`kubectl get pod POD --output=jsonpath='{.metadata.namespace} {.spec.serviceAccountName}'`";
    KubernetesAccount "KUBERNETES_ACCOUNT" "`kubectl get pod POD --output=jsonpath='{.metadata.namespace} {.spec.serviceAccountName}'`";
    Repository "OWNER_AND_REPOSITORY" "the repository’s address";
    Pool "POOL" "the list of workload identity pools in the console";
    Provider "PROVIDER" "the list of workload identity pools in the console";
    FirebaseProject "FIREBASE_PROJECT" "the project settings in the Firebase console";
    AccessPolicy "ACCESS_POLICY" "`gcloud access-context-manager policies list --organization=ORGANIZATION_ID`";
    Bucket "BUCKET" "`gcloud storage buckets list`";
    Secret "SECRET" "`gcloud secrets list`";
    Topic "TOPIC" "`gcloud pubsub topics list`";
    Dataset "DATASET" "the datasets of the project in the BigQuery console";
    Cluster "CLUSTER" "`gcloud container clusters list`";
    /// A repository of Artifact Registry.
    ImageRepository "IMAGE_REPOSITORY" "`gcloud artifacts repositories list`";
    /// The issuer of a workload's token, as its `iss` has it.
    Issuer "ISSUER_URL" "the token’s `iss`";
    /// The file with the credential.
    CredentialFile "CREDENTIAL_FILE" "the place where the file was saved";
    /// The environment variable that holds a credential.
    Variable "VARIABLE" "the program’s configuration";
    /// An OAuth scope, whole.
    Scope "SCOPE_URL" "https://developers.google.com/identity/protocols/oauth2/scopes";
    /// An organisation policy's constraint, without `constraints/`.
    Constraint "CONSTRAINT" "the error, after `constraints/`";
    Perimeter "PERIMETER" "`gcloud access-context-manager perimeters list --policy=ACCESS_POLICY`";
    SecurityPolicy "SECURITY_POLICY" "`gcloud compute security-policies list`";
    BillingAccount "BILLING_ACCOUNT" "`gcloud billing accounts list`";
    QuotaProject "QUOTA_PROJECT" "`gcloud projects list`";
    ApiKey "API_KEY_ID" "`gcloud services api-keys list`";
    Network "NETWORK" "`gcloud compute networks list`";
    Subnet "SUBNET" "`gcloud compute networks subnets list`";
    Group "GROUP_EMAIL" "the members in the policy, after `group:`";
    /// A service account that something is done to, where another account does it.
    TargetAccount "TARGET_ACCOUNT_EMAIL" "`gcloud iam service-accounts list`";
    /// A permission: `run.jobs.run`.
    Permission "PERMISSION" "the error";
    KeyRing "KEY_RING" "the list of key rings in the console";
    CryptoKey "CRYPTO_KEY" "the list of key rings in the console";
    Database "DATABASE" "the list of databases in the console";
    DatabaseInstance "DATABASE_INSTANCE" "the list of databases in the console";
    /// A service account's key, by its id.
    KeyId "KEY_ID" "`gcloud iam service-accounts keys list --iam-account=SERVICE_ACCOUNT_EMAIL`";
    /// A service account's number, by which alone a deleted one is known.
    AccountNumber "ACCOUNT_NUMBER" "`gcloud logging read 'protoPayload.methodName:DeleteServiceAccount' --freshness=30d`, at `unique_id`";
    /// The file with rules that a command reads.
    RulesFile "RULES_FILE" "the file that you write";
    /// The time of the diagnosis, seconds since 1970 (UTC).
    IssuedAt "ISSUED_AT" "the clock";
    /// One hour after [`IssuedAt`](Self::IssuedAt).
    ExpiresAt "EXPIRES_AT" "the clock";
}

impl Hole {
    pub(crate) const COUNT: usize = Self::ALL.len();

    /// The hole with this name.
    pub(crate) const fn named(name: &[u8]) -> Option<Self> {
        let mut holes = Self::ALL;
        while let [hole, rest @ ..] = holes {
            if same(hole.name().as_bytes(), name) {
                return Some(*hole);
            }
            holes = rest;
        }
        None
    }

    /// The place of the hole in an array of [`COUNT`](Self::COUNT) values.
    pub(crate) const fn index(self) -> usize {
        self as usize
    }

    /// One bit of a set of holes.
    pub(crate) const fn bit(self) -> u128 {
        1 << self as u128
    }
}

/// `==`, which no `const fn` may use yet.
const fn same(mut one: &[u8], mut other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    while let ([a, rest_of_one @ ..], [b, rest_of_other @ ..]) = (one, other) {
        if *a != *b {
            return false;
        }
        one = rest_of_one;
        other = rest_of_other;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hole_is_found_by_its_name_and_stands_at_its_index() {
        for (index, hole) in Hole::ALL.iter().enumerate() {
            assert_eq!(Hole::named(hole.name().as_bytes()), Some(*hole));
            assert_eq!(hole.index(), index);
        }
        assert_eq!(Hole::named(b"SERVICES"), None);
        const { assert!(Hole::COUNT <= 128, "the holes fit a u128 set") };
    }
}
