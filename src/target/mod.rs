//! Where the request goes: product, service, region and project read from the URL, and the
//! audiences this door accepts.

/// The called URL, understood.
#[derive(Debug, Clone, Default)]
#[allow(clippy::exhaustive_structs)]
pub struct Target {
    /// The URL as typed or found in the paste; empty when unknown.
    pub typed: String,
    /// The URL parsed and serialised again, without fragment or user info.
    pub url: Option<String>,
    /// `https://HOST`, the base of the called URL, lower case, without default port.
    pub origin: String,
    /// The ASCII host, lower case.
    pub host: String,
    /// The path, `/` at least.
    pub path: String,
    /// What answers there.
    pub product: Product,
    /// Service or function name.
    pub service: Option<String>,
    /// The traffic tag of a Cloud Run tag URL.
    pub tag: Option<String>,
    /// The region, from the host or the user.
    pub region: Option<String>,
    /// Project id, from a `cloudfunctions.net` or `appspot.com` host or the user.
    pub project: Option<String>,
    /// Project number, from a deterministic Cloud Run host.
    pub project_number: Option<String>,
    /// The job of a `jobs/NAME:run` call to the Cloud Run Admin API.
    pub job: Option<String>,
    /// What is wrong with the URL as typed, one sentence each.
    pub problems: Vec<String>,
    /// What was guessed or stripped, one sentence each.
    pub notes: Vec<String>,
}

/// What answers at a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Product {
    /// No URL was given, or it cannot be read.
    #[default]
    Unknown,
    /// A Cloud Run service on one of its `run.app` hosts.
    CloudRun,
    /// `cloudfunctions.net`: 1st gen, or the alias of a 2nd gen function.
    CloudFunctions,
    /// `gateway.dev`.
    ApiGateway,
    /// `endpoints.PROJECT.cloud.goog` and other `cloud.goog` names.
    Endpoints,
    /// `appspot.com`.
    AppEngine,
    /// `*.googleapis.com`.
    GoogleApi,
    /// `metadata.google.internal`.
    MetadataServer,
    /// `web.app`, `firebaseapp.com`.
    FirebaseHosting,
    /// This machine.
    Localhost,
    /// A custom domain, load balancer or third party.
    CustomDomain,
}
