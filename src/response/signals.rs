//! What a response says, and who says so. Source: facts.md §4 and §5.

use super::Answerer;

/// One thing a response says in words that only one sender uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signal {
    /// "The request was not authenticated": no token, or no permission.
    EdgeNotAuthenticated,
    /// "Empty Authorization header value": no token reached Cloud Run.
    EdgeEmptyHeader,
    /// "The IAM principal lacks {run.routes.invoke} permission."
    EdgeLacksInvoke,
    /// "The access token could not be verified": any unverifiable token.
    EdgeUnverifiable,
    /// The platform's 401 page.
    EdgeUnauthorizedPage,
    /// The platform's 403 page.
    EdgeForbiddenPage,
    /// The frontend's 404 page.
    EdgeNotFoundPage,
    /// App Engine's "Access is forbidden": refused by ingress.
    EdgeAccessForbidden,
    /// "Rate exceeded.", "no available instance": too few instances, nothing about credentials.
    EdgeCapacity,
    /// IAP answered.
    Iap,
    /// IAP saw no token.
    IapEmptyToken,
    /// IAP could not read the token as a JWT.
    IapUnparsable,
    /// IAP refused the signature.
    IapSignature,
    /// IAP refused the audience.
    IapAudience,
    /// IAP named the audience it expects.
    IapAudienceExpected,
    /// A self-signed JWT's `aud` is not the requested URL.
    IapEndpoint,
    /// The token has no `email`.
    IapEmail,
    /// IAP works with Identity Platform here.
    IapGcip,
    /// IAP has no OAuth client.
    IapNoClient,
    /// The identity may not pass IAP.
    IapNoAccess,
    /// IAP's own account or its role on the service is missing.
    IapNotSetUp,
    /// A Google API saw no credential.
    ApiCredentialsMissing,
    /// A Google API got a credential of a kind it does not take.
    ApiTokenType,
    /// A Google API refused the credential without saying why.
    ApiInvalidCredentials,
    /// The access token has expired.
    ApiTokenExpired,
    /// The access token's scopes do not cover the call.
    ApiScope,
    /// The account is disabled or deleted.
    ApiAccountState,
    /// VPC Service Controls.
    VpcServiceControls,
    /// API keys are not taken here.
    ApiKeyUnsupported,
    /// An API key is wrong, expired or restricted.
    ApiKeyRefused,
    /// The principal lacks a permission.
    ApiPermissionDenied,
    /// The project or API refuses (disabled, suspended, quota project).
    ApiConsumer,
    /// Cloud Storage and others: "Anonymous caller".
    ApiAnonymous,
    /// A container registry knows no account of Docker's for this host, or one without the role.
    RegistryUnauthorized,
    /// A container registry's denial, as docker prints it. Docker has logins of its own.
    RegistryDenied,
    /// A gateway saw no JWT.
    GatewayMissing,
    /// A gateway: not yet valid.
    GatewayNotYet,
    /// A gateway: expired.
    GatewayExpired,
    /// A gateway could not read it as a JWT.
    GatewayMalformed,
    /// A gateway does not know the issuer.
    GatewayIssuer,
    /// A gateway refused the signature or found no key.
    GatewaySignature,
    /// A gateway refused the audience.
    GatewayAudience,
    /// A gateway wants an API key.
    GatewayApiKey,
    /// The browser blocked the answer for want of CORS headers.
    Cors,
    /// Firebase's SDK called a callable function, with the sign-in of whoever uses the app.
    Callable,
    /// A domain restriction or another org policy refused.
    OrgPolicy,
    /// A grant command itself failed.
    GrantFailed,
    /// A role or account is too young to count.
    Propagation,
    /// The account that is named is not known (yet).
    PrincipalUnknown,
    /// Scheduler: "URL_ERROR-ERROR_AUTHENTICATION".
    SchedulerAuthentication,
    /// The application's verifier: the token is too old.
    VerifierExpired,
    /// The application's verifier: too early.
    VerifierTooEarly,
    /// The application's verifier: audience.
    VerifierAudience,
    /// The application's verifier: issuer.
    VerifierIssuer,
    /// The application's verifier: signature.
    VerifierSignature,
    /// The application could not read the token as a JWT.
    VerifierNotJwt,
    /// The application misses the `email` claim.
    VerifierEmail,
    /// The application saw no token.
    VerifierMissing,
    /// A service mesh's or application's own rules, after the token was accepted.
    PolicyDenied,
    /// Firebase's App Check, which functions ask for beside the sign-in.
    AppCheck,
    /// A framework's trace or the like: the application's own code spoke.
    AppTrace,
}

impl Signal {
    /// Who says this; `None` when several may.
    #[must_use]
    pub const fn speaker(self) -> Option<Answerer> {
        use Signal as S;
        Some(match self {
            S::EdgeNotAuthenticated
            | S::EdgeEmptyHeader
            | S::EdgeLacksInvoke
            | S::EdgeUnverifiable
            | S::EdgeUnauthorizedPage
            | S::EdgeForbiddenPage
            | S::EdgeNotFoundPage
            | S::EdgeAccessForbidden
            | S::EdgeCapacity => Answerer::Edge,
            S::Iap
            | S::IapEmptyToken
            | S::IapUnparsable
            | S::IapSignature
            | S::IapAudience
            | S::IapAudienceExpected
            | S::IapEndpoint
            | S::IapEmail
            | S::IapGcip
            | S::IapNoClient
            | S::IapNoAccess
            | S::IapNotSetUp => Answerer::Iap,
            S::ApiCredentialsMissing
            | S::ApiTokenType
            | S::ApiInvalidCredentials
            | S::ApiTokenExpired
            | S::ApiScope
            | S::ApiAccountState
            | S::VpcServiceControls
            | S::ApiKeyUnsupported
            | S::ApiKeyRefused
            | S::ApiPermissionDenied
            | S::ApiConsumer
            | S::ApiAnonymous
            | S::RegistryUnauthorized
            | S::RegistryDenied => Answerer::GoogleApi,
            S::GatewayMissing
            | S::GatewayNotYet
            | S::GatewayExpired
            | S::GatewayMalformed
            | S::GatewayIssuer
            | S::GatewaySignature
            | S::GatewayAudience
            | S::GatewayApiKey => Answerer::Gateway,
            S::Cors => Answerer::Browser,
            S::VerifierExpired
            | S::VerifierTooEarly
            | S::VerifierAudience
            | S::VerifierIssuer
            | S::VerifierSignature
            | S::VerifierNotJwt
            | S::VerifierEmail
            | S::VerifierMissing
            | S::PolicyDenied
            | S::AppCheck
            | S::AppTrace => Answerer::App,
            S::OrgPolicy
            | S::Callable
            | S::GrantFailed
            | S::Propagation
            | S::PrincipalUnknown
            | S::SchedulerAuthentication => {
                return None;
            }
        })
    }
}

impl Signal {
    /// A token must have arrived for this to be said.
    #[must_use]
    pub const fn needs_a_token(self) -> bool {
        use Signal as S;
        matches!(
            self,
            S::EdgeLacksInvoke
                | S::EdgeUnverifiable
                | S::EdgeUnauthorizedPage
                | S::IapSignature
                | S::IapAudience
                | S::IapAudienceExpected
                | S::IapEndpoint
                | S::IapEmail
                | S::IapNoAccess
                | S::ApiTokenType
                | S::ApiInvalidCredentials
                | S::ApiTokenExpired
                | S::ApiScope
                | S::ApiAccountState
                | S::ApiPermissionDenied
                | S::ApiConsumer
                | S::GatewayNotYet
                | S::GatewayExpired
                | S::GatewayMalformed
                | S::GatewayIssuer
                | S::GatewaySignature
                | S::GatewayAudience
                | S::VerifierExpired
                | S::VerifierTooEarly
                | S::VerifierAudience
                | S::VerifierIssuer
                | S::VerifierSignature
                | S::VerifierNotJwt
                | S::VerifierEmail
                | S::PolicyDenied
        )
    }
}
