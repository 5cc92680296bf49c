//! What came back, and who said it: the platform's edge, IAP, a Google API, a gateway, the
//! caller's log or the application itself.

/// The response, understood.
#[derive(Debug, Clone, Default)]
#[allow(clippy::exhaustive_structs)]
pub struct Response {
    /// The HTTP status, from the field, the transcript or the text.
    pub status: Option<u16>,
    /// Everything that came back, headers and body, as given.
    pub text: String,
    /// The value of `www-authenticate`.
    pub www_authenticate: Option<String>,
    /// The moment of the answer by its `date` header, seconds since 1970 (UTC).
    pub date: Option<i64>,
    /// Who answered.
    pub answered_by: Answerer,
    /// What the text says beyond doubt.
    pub signals: Vec<Signal>,
}

impl Response {
    /// Whether the text says this.
    #[must_use]
    pub fn says(&self, signal: Signal) -> bool {
        self.signals.contains(&signal)
    }
}

/// Who answered. The ids are public (report version 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Answerer {
    /// Nothing came back, or it does not tell.
    #[default]
    Unknown,
    /// The platform in front of the container (Cloud Run, functions).
    Edge,
    /// Identity-Aware Proxy.
    Iap,
    /// A `googleapis.com` API.
    GoogleApi,
    /// API Gateway, Cloud Endpoints, ESPv2.
    Gateway,
    /// Where tokens are made: the token endpoint, STS, IAM Credentials, gcloud, a library.
    TokenSource,
    /// The browser, which blocked the answer.
    Browser,
    /// The service's own code.
    App,
}

impl Answerer {
    /// The public id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Edge => "edge",
            Self::Iap => "iap",
            Self::GoogleApi => "google-api",
            Self::Gateway => "gateway",
            Self::TokenSource => "token-source",
            Self::Browser => "browser",
            Self::App => "app",
        }
    }
}

/// One thing a response says in words that only one sender uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signal {}
