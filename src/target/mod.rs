//! Where the request goes: product, service, region and project read from the URL, and the
//! audiences this door accepts.

mod audience;
mod host;
mod hosts;
pub mod regions;
mod url;

pub(crate) use audience::accepted_audience;
pub use audience::{Acceptance, Judgement, Mismatch, differs_at, judge};
pub(crate) use host::parse as parse_url;

use crate::input::Input;

/// The called URL, understood.
#[derive(Debug, Clone, Default)]
#[allow(clippy::exhaustive_structs)]
pub struct Target {
    /// The URL as typed or found in the paste; empty when unknown.
    pub typed: String,
    /// The URL parsed and serialised again, without fragment, user info or the values of its
    /// query.
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
    /// The project's hash in a `SERVICE-HASH-RC.a.run.app` host.
    pub hash: Option<String>,
    /// The two-letter region code of such a host.
    pub region_code: Option<String>,
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
    /// The URL does not name its host plainly (a user, a port, a dot at the end, letters that
    /// clients read as others): it may be made to be misread, so no credential is sent there.
    pub(crate) odd: bool,
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

/// The longest URL read, in bytes.
const LONGEST_URL: usize = 8_192;

/// The longest name kept, in bytes: none of a service, region or project is nearly as long.
const LONGEST_NAME: usize = 256;

impl Target {
    /// The segments of the path that name a person by e-mail.
    pub(crate) fn people(&self) -> impl Iterator<Item = &str> {
        self.path.split('/').filter(|segment| {
            ["@", "%40"].iter().any(|at| {
                segment.split_once(at).is_some_and(|(name, host)| {
                    !name.is_empty() && host.contains('.') && !host.contains("gserviceaccount.com")
                })
            })
        })
    }

    /// Reads the service URL as typed, or as found in the paste, and what the user told besides.
    #[must_use]
    pub fn read(typed: &str, input: &Input) -> Self {
        let mut target = Self {
            typed: typed.trim().to_owned(),
            path: "/".to_owned(),
            ..Self::default()
        };
        if target.typed.len() > LONGEST_URL {
            target
                .typed
                .truncate(target.typed.floor_char_boundary(LONGEST_URL));
            target.problem(format!(
                "The service URL is longer than {LONGEST_URL} bytes, which no server takes: it is not read."
            ));
        } else {
            url::read(&mut target);
            hosts::read_host(&mut target);
        }
        tell(&mut target.service, &input.service);
        tell(&mut target.region, &input.region);
        tell(&mut target.project, &input.project);
        target
    }

    /// The URL that Cloud Run accepts as audience for the called service: the called origin
    /// without its tag.
    #[must_use]
    pub fn service_url(&self) -> String {
        match (&self.tag, self.product) {
            (Some(tag), Product::CloudRun) => self.origin.replacen(&format!("{tag}---"), "", 1),
            _ => self.origin.clone(),
        }
    }

    /// The URL of the called function with its name, the audience of a 1st gen function.
    #[must_use]
    pub fn function_url(&self) -> Option<String> {
        if self.product != Product::CloudFunctions {
            return None;
        }
        let name = self.path.split('/').find(|part| !part.is_empty())?;
        Some(format!("{}/{name}", self.origin))
    }
}

/// Never inlined: a sentence costs the page its words and a call.
impl Target {
    #[inline(never)]
    fn problem(&mut self, sentence: impl Into<String>) {
        self.problems.push(sentence.into());
    }

    /// A [`problem`](Self::problem) with how the host is written.
    fn suspicious(&mut self, sentence: impl Into<String>) {
        self.odd = true;
        self.problem(sentence);
    }

    #[inline(never)]
    fn note(&mut self, sentence: impl Into<String>) {
        self.notes.push(sentence.into());
    }
}

impl Product {
    /// The public id (report version 1).
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::CloudRun => "cloud-run",
            Self::CloudFunctions => "cloud-functions",
            Self::ApiGateway => "api-gateway",
            Self::Endpoints => "endpoints",
            Self::AppEngine => "app-engine",
            Self::GoogleApi => "google-api",
            Self::MetadataServer => "metadata-server",
            Self::FirebaseHosting => "firebase-hosting",
            Self::Localhost => "localhost",
            Self::CustomDomain => "custom-domain",
        }
    }

    /// The name people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unknown => "the service",
            Self::CloudRun => "Cloud Run",
            Self::CloudFunctions => "Cloud Functions",
            Self::ApiGateway => "API Gateway",
            Self::Endpoints => "Cloud Endpoints",
            Self::AppEngine => "App Engine",
            Self::GoogleApi => "a Google API",
            Self::MetadataServer => "the metadata server",
            Self::FirebaseHosting => "Firebase Hosting",
            Self::Localhost => "this machine",
            Self::CustomDomain => "a custom domain",
        }
    }
}

/// What the user told wins over what the host tells.
fn tell(field: &mut Option<String>, told: &str) {
    let told = told.trim();
    let told = told
        .get(..told.floor_char_boundary(LONGEST_NAME))
        .unwrap_or_default();
    if !told.is_empty() {
        *field = Some(told.to_owned());
    }
}
