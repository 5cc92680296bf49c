//! The words by which a sender can be told, and what they mean. Source: facts.md §4 and §5.

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
    /// "Rate exceeded.": too few instances, nothing about credentials.
    EdgeRateExceeded,
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
    /// The principal lacks a permission.
    ApiPermissionDenied,
    /// The project or API refuses (disabled, suspended, quota project).
    ApiConsumer,
    /// Cloud Storage and others: "Anonymous caller".
    ApiAnonymous,
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
    /// A domain restriction or another org policy refused.
    OrgPolicy,
    /// A grant command itself failed.
    GrantFailed,
    /// Scheduler: "URL_ERROR-ERROR_AUTHENTICATION".
    SchedulerAuthentication,
    /// A token could not be made.
    Mint(MintError),
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
    /// The application misses the `email` claim.
    VerifierEmail,
    /// The application saw no token.
    VerifierMissing,
    /// A framework's trace or the like: the application's own code spoke.
    AppTrace,
}

/// Why a token could not be made, by the text of the error. Source: facts.md §5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MintError {
    /// `--audiences` with an account that cannot have one.
    AudiencesFlag,
    /// `--include-email` without impersonation.
    IncludeEmailFlag,
    /// `--token-format` or `--include-license` off Compute Engine.
    GceFlag,
    /// `--include-license` without `--token-format=full`.
    LicenseFlag,
    /// Federated credentials give no ID token.
    NoIdToken,
    /// The source credential may not mint for the service account.
    ImpersonationDenied,
    /// The source credential's scopes do not cover the IAM Credentials API.
    ImpersonationScope,
    /// The request for the token was malformed: scopes, account name.
    ImpersonationArgument,
    /// The login has expired or needs a person.
    Reauthentication,
    /// No account is active.
    NoAccount,
    /// No default credentials.
    NoCredentials,
    /// The kind of default credentials gives no ID token.
    WrongCredentialType,
    /// The metadata server is not there, or concealed.
    Metadata,
    /// The workload identity provider's condition refused.
    AttributeCondition,
    /// The workload identity provider's name is wrong.
    ProviderName,
    /// The workload's token does not fit the provider (issuer, attribute size).
    SubjectToken,
    /// The key was deleted or is another account's.
    KeySignature,
    /// The assertion's audience is not the token endpoint.
    AssertionAudience,
    /// A user's refresh token cannot ask for another project's audience.
    ForeignAudience,
    /// A URL was asked for as scope.
    Scope,
    /// Some other grant error.
    InvalidGrant,
    /// A lifetime beyond the limit.
    Lifetime,
    /// An audience was not given.
    AudienceMissing,
    /// Another error while making a token.
    Other,
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
            | S::EdgeRateExceeded => Answerer::Edge,
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
            | S::IapNoAccess => Answerer::Iap,
            S::ApiCredentialsMissing
            | S::ApiTokenType
            | S::ApiInvalidCredentials
            | S::ApiTokenExpired
            | S::ApiScope
            | S::ApiAccountState
            | S::VpcServiceControls
            | S::ApiKeyUnsupported
            | S::ApiPermissionDenied
            | S::ApiConsumer
            | S::ApiAnonymous => Answerer::GoogleApi,
            S::GatewayMissing
            | S::GatewayNotYet
            | S::GatewayExpired
            | S::GatewayMalformed
            | S::GatewayIssuer
            | S::GatewaySignature
            | S::GatewayAudience
            | S::GatewayApiKey => Answerer::Gateway,
            S::Cors => Answerer::Browser,
            S::Mint(_) => Answerer::TokenSource,
            S::VerifierExpired
            | S::VerifierTooEarly
            | S::VerifierAudience
            | S::VerifierIssuer
            | S::VerifierSignature
            | S::VerifierEmail
            | S::VerifierMissing
            | S::AppTrace => Answerer::App,
            S::OrgPolicy | S::GrantFailed | S::SchedulerAuthentication => return None,
        })
    }
}

/// Every signal in a text that was lowered before, in the order of the table.
pub(super) fn find(lower: &str) -> Vec<Signal> {
    let mut found = Vec::new();
    for (needle, signal) in PHRASES {
        if !found.contains(signal) && lower.contains(needle) {
            found.push(*signal);
        }
    }
    found
}

/// Phrases in lower case, the more telling first.
const PHRASES: &[(&str, Signal)] = &[
    // Cloud Run and functions, facts.md §4.1.
    ("empty authorization header value", Signal::EdgeEmptyHeader),
    ("run.routes.invoke} permission", Signal::EdgeLacksInvoke),
    (
        "permission 'run.routes.invoke' denied",
        Signal::EdgeLacksInvoke,
    ),
    (
        "the request was not authenticated",
        Signal::EdgeNotAuthenticated,
    ),
    (
        "not authorized to invoke this service",
        Signal::EdgeUnverifiable,
    ),
    (
        "the access token could not be verified",
        Signal::EdgeUnverifiable,
    ),
    (
        "does not have permission to the requested url",
        Signal::EdgeUnauthorizedPage,
    ),
    (
        "does not have permission to get url",
        Signal::EdgeForbiddenPage,
    ),
    ("was not found on this server.", Signal::EdgeNotFoundPage),
    ("access is forbidden", Signal::EdgeAccessForbidden),
    ("rate exceeded", Signal::EdgeRateExceeded),
    // IAP, facts.md §4.2.
    ("x-goog-iap-generated-response", Signal::Iap),
    ("invalid iap credentials", Signal::Iap),
    (
        "invalid iap credentials: empty token",
        Signal::IapEmptyToken,
    ),
    (
        "location: https://accounts.google.com/o/oauth2",
        Signal::IapEmptyToken,
    ),
    ("unable to parse jwt", Signal::IapUnparsable),
    ("jwt signature is invalid", Signal::IapSignature),
    ("invalid jwt audience", Signal::IapAudience),
    (
        "jwt audience doesn't match this application",
        Signal::IapAudienceExpected,
    ),
    (
        "audience specified does not match requested endpoint",
        Signal::IapEndpoint,
    ),
    ("jwt 'email' claim isn't a string", Signal::IapEmail),
    ("invalid gcip id token", Signal::IapGcip),
    ("empty google account oauth client id", Signal::IapNoClient),
    (
        "permission to access the iap-protected",
        Signal::IapNoAccess,
    ),
    ("you don't have access", Signal::IapNoAccess),
    ("you don&#39;t have access", Signal::IapNoAccess),
    // Google APIs, facts.md §4.3.
    ("credentials_missing", Signal::ApiCredentialsMissing),
    (
        "missing required authentication credential",
        Signal::ApiCredentialsMissing,
    ),
    (
        "method doesn't allow unregistered callers",
        Signal::GatewayApiKey,
    ),
    ("access_token_type_unsupported", Signal::ApiTokenType),
    ("access_token_expired", Signal::ApiTokenExpired),
    ("access_token_scope_insufficient", Signal::ApiScope),
    ("insufficient authentication scopes", Signal::ApiScope),
    ("account_state_invalid", Signal::ApiAccountState),
    ("security_policy_violated", Signal::VpcServiceControls),
    (
        "vpcservicecontrolsuniqueidentifier",
        Signal::VpcServiceControls,
    ),
    ("vpc_service_controls", Signal::VpcServiceControls),
    (
        "target_type_not_permitted_for_vpc",
        Signal::VpcServiceControls,
    ),
    (
        "prohibited by organization's policy",
        Signal::VpcServiceControls,
    ),
    ("api keys are not supported", Signal::ApiKeyUnsupported),
    (
        "had invalid authentication credentials",
        Signal::ApiInvalidCredentials,
    ),
    ("\"autherror\"", Signal::ApiInvalidCredentials),
    ("anonymous caller does not have", Signal::ApiAnonymous),
    ("authenticationrequired", Signal::ApiAnonymous),
    ("user_project_denied", Signal::ApiConsumer),
    ("service_disabled", Signal::ApiConsumer),
    ("consumer_invalid", Signal::ApiConsumer),
    ("consumer_suspended", Signal::ApiConsumer),
    ("iam_permission_denied", Signal::ApiPermissionDenied),
    (
        "the caller does not have permission",
        Signal::ApiPermissionDenied,
    ),
    (" denied on resource", Signal::ApiPermissionDenied),
    (
        "permission_denied: permission '",
        Signal::ApiPermissionDenied,
    ),
    ("does not have storage.", Signal::ApiPermissionDenied),
    // API Gateway, Endpoints, ESPv2, facts.md §4.4; and the older ESP.
    ("jwt is missing", Signal::GatewayMissing),
    ("jwt not yet valid", Signal::GatewayNotYet),
    ("jwt is expired", Signal::GatewayExpired),
    (
        "jwt validation failed: time_constraint_failure",
        Signal::GatewayExpired,
    ),
    (
        "jwt is not in the form of header.payload.signature",
        Signal::GatewayMalformed,
    ),
    ("jwt header is an invalid", Signal::GatewayMalformed),
    ("jwt payload is an invalid", Signal::GatewayMalformed),
    (
        "jwt header [alg] is not supported",
        Signal::GatewayMalformed,
    ),
    (
        "jwt validation failed: bad_format",
        Signal::GatewayMalformed,
    ),
    ("jwt issuer is not configured", Signal::GatewayIssuer),
    (
        "jwt validation failed: issuer not allowed",
        Signal::GatewayIssuer,
    ),
    ("jwt verification fails", Signal::GatewaySignature),
    ("jwks doesn't have key to match", Signal::GatewaySignature),
    ("jwks remote fetch is failed", Signal::GatewaySignature),
    ("audiences in jwt are not allowed", Signal::GatewayAudience),
    (
        "jwt validation failed: audience not allowed",
        Signal::GatewayAudience,
    ),
    // Browsers.
    ("blocked by cors policy", Signal::Cors),
    ("cross-origin request blocked", Signal::Cors),
    ("no 'access-control-allow-origin'", Signal::Cors),
    ("preflight request", Signal::Cors),
    // Policies and grants, facts.md §4.5.
    ("do not belong to a permitted customer", Signal::OrgPolicy),
    ("organization policy", Signal::OrgPolicy),
    ("constraints/", Signal::OrgPolicy),
    (
        "invoker_iam_disabled is not currently available",
        Signal::OrgPolicy,
    ),
    ("add-iam-policy-binding) ", Signal::GrantFailed),
    ("add-invoker-policy-binding) ", Signal::GrantFailed),
    (
        "url_error-error_authentication",
        Signal::SchedulerAuthentication,
    ),
    // Verifiers inside the application, facts.md §5.2.
    ("token used too late", Signal::VerifierExpired),
    ("token expired", Signal::VerifierExpired),
    ("token is expired", Signal::VerifierExpired),
    ("token has expired", Signal::VerifierExpired),
    ("jwt expired", Signal::VerifierExpired),
    ("token used too early", Signal::VerifierTooEarly),
    ("token used before issued", Signal::VerifierTooEarly),
    ("token has wrong audience", Signal::VerifierAudience),
    ("audience does not match", Signal::VerifierAudience),
    (
        "audience provided does not match aud claim",
        Signal::VerifierAudience,
    ),
    (
        "wrong recipient, payload audience",
        Signal::VerifierAudience,
    ),
    ("incorrect \"aud\"", Signal::VerifierAudience),
    ("invalid audience", Signal::VerifierAudience),
    ("audience doesn't match", Signal::VerifierAudience),
    ("wrong issuer", Signal::VerifierIssuer),
    ("invalid issuer", Signal::VerifierIssuer),
    ("expected issuer does not match", Signal::VerifierIssuer),
    ("incorrect \"iss\"", Signal::VerifierIssuer),
    ("signature verification failed", Signal::VerifierSignature),
    ("invalid token signature", Signal::VerifierSignature),
    ("unable to verify signature", Signal::VerifierSignature),
    (
        "could not verify token signature",
        Signal::VerifierSignature,
    ),
    ("jwsinvalidsignature", Signal::VerifierSignature),
    ("invalid signature", Signal::VerifierSignature),
    ("signature does not verify", Signal::VerifierSignature),
    ("no pem found for envelope", Signal::VerifierSignature),
    ("certificate for key id", Signal::VerifierSignature),
    ("has no \"kid\" claim", Signal::VerifierSignature),
    ("no email claim", Signal::VerifierEmail),
    ("missing email", Signal::VerifierEmail),
    ("missing authorization header", Signal::VerifierMissing),
    ("authorization header not sent", Signal::VerifierMissing),
    ("authorization header is missing", Signal::VerifierMissing),
    ("missing_token", Signal::VerifierMissing),
    ("traceback (most recent call last)", Signal::AppTrace),
    ("exception: ", Signal::AppTrace),
    ("exception(", Signal::AppTrace),
    (".php:", Signal::AppTrace),
    ("middleware", Signal::AppTrace),
    // Making tokens, facts.md §5.
    (
        "account type for `--audiences`",
        Signal::Mint(MintError::AudiencesFlag),
    ),
    (
        "account type for --audiences",
        Signal::Mint(MintError::AudiencesFlag),
    ),
    (
        "account type for `--include-email`",
        Signal::Mint(MintError::IncludeEmailFlag),
    ),
    (
        "account type for `--token-format`",
        Signal::Mint(MintError::GceFlag),
    ),
    (
        "`--include-license` can only be specified",
        Signal::Mint(MintError::LicenseFlag),
    ),
    (
        "no identity token can be obtained",
        Signal::Mint(MintError::NoIdToken),
    ),
    (
        "failed to impersonate",
        Signal::Mint(MintError::ImpersonationDenied),
    ),
    (
        "iam.serviceaccounts.getaccesstoken",
        Signal::Mint(MintError::ImpersonationDenied),
    ),
    (
        "iam.serviceaccounts.getopenidtoken",
        Signal::Mint(MintError::ImpersonationDenied),
    ),
    (
        "unable to acquire impersonated credentials",
        Signal::Mint(MintError::ImpersonationDenied),
    ),
    (
        "unable to impersonate",
        Signal::Mint(MintError::ImpersonationDenied),
    ),
    (
        "problem refreshing your current auth tokens",
        Signal::Mint(MintError::Reauthentication),
    ),
    (
        "problem reauthenticating while refreshing",
        Signal::Mint(MintError::Reauthentication),
    ),
    (
        "reauthentication failed",
        Signal::Mint(MintError::Reauthentication),
    ),
    ("invalid_rapt", Signal::Mint(MintError::Reauthentication)),
    (
        "do not currently have an active account",
        Signal::Mint(MintError::NoAccount),
    ),
    (
        "neither metadata server or valid service account",
        Signal::Mint(MintError::WrongCredentialType),
    ),
    (
        "default credentials were not found",
        Signal::Mint(MintError::NoCredentials),
    ),
    (
        "could not load the default credentials",
        Signal::Mint(MintError::NoCredentials),
    ),
    (
        "couldn't find any credentials",
        Signal::Mint(MintError::NoCredentials),
    ),
    (
        "cannot fetch id token in this environment",
        Signal::Mint(MintError::WrongCredentialType),
    ),
    (
        "idtoken: unsupported credentials type",
        Signal::Mint(MintError::WrongCredentialType),
    ),
    (
        "usercredentials can obtain an id token only",
        Signal::Mint(MintError::WrongCredentialType),
    ),
    (
        "use idtoken::user_account::builder",
        Signal::Mint(MintError::WrongCredentialType),
    ),
    (
        "credential must be service_account",
        Signal::Mint(MintError::WrongCredentialType),
    ),
    (
        "provided credential must be impersonated_credentials",
        Signal::Mint(MintError::WrongCredentialType),
    ),
    (
        "invalid value in the type field",
        Signal::Mint(MintError::WrongCredentialType),
    ),
    (
        "check if the metadata server is concealed",
        Signal::Mint(MintError::Metadata),
    ),
    (
        "compute engine metadata server unavailable",
        Signal::Mint(MintError::Metadata),
    ),
    (
        "compute engine metadata service",
        Signal::Mint(MintError::Metadata),
    ),
    (
        "could not refresh access token: unsuccessful response",
        Signal::Mint(MintError::Metadata),
    ),
    (
        "rejected by the attribute condition",
        Signal::Mint(MintError::AttributeCondition),
    ),
    (
        "full resource name of the identity provider",
        Signal::Mint(MintError::ProviderName),
    ),
    (
        "mapped attribute exceeds the 127 bytes",
        Signal::Mint(MintError::SubjectToken),
    ),
    (
        "the issuer in id token",
        Signal::Mint(MintError::SubjectToken),
    ),
    (
        "invalid jwt signature",
        Signal::Mint(MintError::KeySignature),
    ),
    (
        "invalid_grant: invalid jwt signature",
        Signal::Mint(MintError::KeySignature),
    ),
    (
        "failed audience check",
        Signal::Mint(MintError::AssertionAudience),
    ),
    ("invalid_audience", Signal::Mint(MintError::ForeignAudience)),
    (
        "audience client and the client need to be in the same project",
        Signal::Mint(MintError::ForeignAudience),
    ),
    (
        "invalid oauth scope or id token audience",
        Signal::Mint(MintError::Scope),
    ),
    ("invalid_scope", Signal::Mint(MintError::Scope)),
    (
        "access token lifetime cannot exceed",
        Signal::Mint(MintError::Lifetime),
    ),
    (
        "must supply a non-empty audience",
        Signal::Mint(MintError::AudienceMissing),
    ),
    ("invalid_grant", Signal::Mint(MintError::InvalidGrant)),
    (
        "failed to generate google cloud",
        Signal::Mint(MintError::Other),
    ),
    ("failed to obtain token", Signal::Mint(MintError::Other)),
    (
        "failed to fetch google id token",
        Signal::Mint(MintError::Other),
    ),
    ("error getting id token", Signal::Mint(MintError::Other)),
    ("could not fetch id token", Signal::Mint(MintError::Other)),
    ("no id token in response", Signal::Mint(MintError::Other)),
    ("failed to fetch id token", Signal::Mint(MintError::Other)),
    ("failed to get id token", Signal::Mint(MintError::Other)),
    ("(gcloud.auth.", Signal::Mint(MintError::Other)),
    (
        "gcloud crashed (oautherror)",
        Signal::Mint(MintError::Other),
    ),
];
