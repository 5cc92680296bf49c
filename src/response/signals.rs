//! The words by which a sender can be told, and what they mean. Source: facts.md §4 and §5.

use super::{Answerer, permission};
use crate::text::cut;

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
    /// The application could not read the token as a JWT.
    VerifierNotJwt,
    /// The application misses the `email` claim.
    VerifierEmail,
    /// The application saw no token.
    VerifierMissing,
    /// A service mesh's or application's own rules, after the token was accepted.
    PolicyDenied,
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
    /// A GitHub job without the permission to ask for its OIDC token.
    GithubPermission,
    /// The client may not ask for this: domain-wide delegation, grant type.
    UnauthorizedClient,
    /// Some other grant error.
    InvalidGrant,
    /// A lifetime beyond the limit.
    Lifetime,
    /// An audience was not given.
    AudienceMissing,
    /// Where tokens are made was not reached at all.
    Unreachable,
    /// The file or variable with the key could not be read.
    KeyUnreadable,
    /// The assertion's times are too far from Google's clock, or too far apart.
    AssertionTimes,
    /// Nobody knows the account: deleted, or misspelt.
    AccountUnknown,
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
            S::Mint(_) => Answerer::TokenSource,
            S::VerifierExpired
            | S::VerifierTooEarly
            | S::VerifierAudience
            | S::VerifierIssuer
            | S::VerifierSignature
            | S::VerifierNotJwt
            | S::VerifierEmail
            | S::VerifierMissing
            | S::PolicyDenied
            | S::AppTrace => Answerer::App,
            S::OrgPolicy
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

/// Every signal in a text that was lowered before, in the order of the table.
pub(super) fn find(lower: &str) -> Vec<Signal> {
    let mut signals: Vec<Signal> = PHRASES
        .iter()
        .filter(|(_, phrases)| phrases.iter().any(|phrase| lower.contains(phrase)))
        .map(|(signal, _)| *signal)
        .collect();
    // Each API says in its own words that a caller has no permission.
    if signals.is_empty() && lower.contains("permission") && permission::named(lower).is_some() {
        signals.push(Signal::ApiPermissionDenied);
    }
    if let Some(error) = signals
        .iter_mut()
        .find(|signal| **signal == Signal::Mint(MintError::Other))
        && let Some(refined) = refused_by_iam_credentials(lower).or_else(|| unreached(lower))
    {
        *error = Signal::Mint(refined);
    }
    if signals.is_empty() {
        signals.extend(unreached(lower).map(Signal::Mint));
    }
    signals
}

/// Why the IAM Credentials API made no token, by the status beside its URL in a library's error.
fn refused_by_iam_credentials(lower: &str) -> Option<MintError> {
    let (_, told) =
        cut(lower, ":generateaccesstoken").or_else(|| cut(lower, ":generateidtoken"))?;
    let says = |words: &[&str]| words.iter().any(|word| told.contains(word));
    if says(&["403", "permission_denied"]) {
        Some(MintError::ImpersonationDenied)
    } else if says(&["400", "404", "invalid_argument", "not_found"]) {
        Some(MintError::ImpersonationArgument)
    } else {
        None
    }
}

/// A library's request for a token came nowhere.
fn unreached(lower: &str) -> Option<MintError> {
    const METADATA: &[&str] = &["http://169.254.169.254", "http://metadata.google.internal"];
    const MAKERS: &[&str] = &[
        "oauth2.googleapis.com",
        "sts.googleapis.com",
        "iamcredentials.googleapis.com",
    ];
    const FAILURES: &[&str] = &[
        "connection refused",
        "dial tcp",
        "econnrefused",
        "enotfound",
        "etimedout",
        "getaddrinfo",
        "max retries exceeded",
        "no such host",
        "timed out",
        "timeout",
        "unreachable",
    ];
    let any = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let failed = any(FAILURES);
    if any(METADATA) && (failed || any(&["failed", "blocked", "refused"])) {
        Some(MintError::Metadata)
    } else if any(MAKERS) && failed {
        Some(MintError::Unreachable)
    } else {
        None
    }
}

/// What each signal is known by, in lower case.
const PHRASES: &[(Signal, &[&str])] = &[
    // Cloud Run and functions, facts.md §4.1.
    (
        Signal::EdgeEmptyHeader,
        &["empty authorization header value"],
    ),
    (
        Signal::EdgeLacksInvoke,
        &[
            "run.routes.invoke} permission",
            "permission 'run.routes.invoke' denied",
        ],
    ),
    (
        Signal::EdgeNotAuthenticated,
        &["the request was not authenticated"],
    ),
    (
        Signal::EdgeUnverifiable,
        &[
            "not authorized to invoke this service",
            "the access token could not be verified",
        ],
    ),
    (
        Signal::EdgeUnauthorizedPage,
        &["does not have permission to the requested url"],
    ),
    (
        Signal::EdgeForbiddenPage,
        &["does not have permission to get url"],
    ),
    (Signal::EdgeNotFoundPage, &["was not found on this server."]),
    (Signal::EdgeAccessForbidden, &["access is forbidden"]),
    (
        Signal::EdgeCapacity,
        &["rate exceeded", "no available instance"],
    ),
    // IAP, facts.md §4.2.
    (
        Signal::Iap,
        &["x-goog-iap-generated-response", "invalid iap credentials"],
    ),
    (
        Signal::IapEmptyToken,
        &[
            "invalid iap credentials: empty token",
            "location: https://accounts.google.com/o/oauth2",
        ],
    ),
    (Signal::IapUnparsable, &["unable to parse jwt"]),
    (Signal::IapSignature, &["jwt signature is invalid"]),
    (Signal::IapAudience, &["invalid jwt audience"]),
    (
        Signal::IapAudienceExpected,
        &["jwt audience doesn't match this application"],
    ),
    (
        Signal::IapEndpoint,
        &["audience specified does not match requested endpoint"],
    ),
    (Signal::IapEmail, &["jwt 'email' claim isn't a string"]),
    (Signal::IapGcip, &["invalid gcip id token"]),
    (
        Signal::IapNoClient,
        &["empty google account oauth client id"],
    ),
    (
        Signal::IapNotSetUp,
        &[
            "iap for cloud run app is not set up",
            "iap service account is not provisioned",
        ],
    ),
    (
        Signal::IapNoAccess,
        &[
            "permission to access the iap-protected",
            "you don't have access",
            "you don&#39;t have access",
        ],
    ),
    // Google APIs, facts.md §4.3.
    (
        Signal::ApiCredentialsMissing,
        &[
            "credentials_missing",
            "missing required authentication credential",
            "request is missing a valid api key",
            "\"login required\"",
            "login required [401]",
        ],
    ),
    (
        Signal::GatewayApiKey,
        &["method doesn't allow unregistered callers"],
    ),
    (Signal::ApiTokenType, &["access_token_type_unsupported"]),
    (Signal::ApiTokenExpired, &["access_token_expired"]),
    (
        Signal::ApiScope,
        &[
            "access_token_scope_insufficient",
            "insufficient authentication scopes",
            "error=\"insufficient_scope\"",
        ],
    ),
    (Signal::ApiAccountState, &["account_state_invalid"]),
    (
        Signal::VpcServiceControls,
        &[
            "security_policy_violated",
            "vpcservicecontrolsuniqueidentifier",
            "vpc_service_controls",
            "target_type_not_permitted_for_vpc",
            "due to vpc service controls",
            "service perimeter",
            "prohibited by organization's policy",
        ],
    ),
    (Signal::ApiKeyUnsupported, &["api keys are not supported"]),
    (
        Signal::ApiKeyRefused,
        &[
            "api_key_",
            "api key not valid",
            "api key expired",
            "api key not found",
            "requests from referer",
        ],
    ),
    (
        Signal::ApiInvalidCredentials,
        &[
            "had invalid authentication credentials",
            "\"autherror\"",
            // The answer of `tokeninfo`.
            "\"error_description\":\"invalid value\"",
            "\"error_description\": \"invalid value\"",
        ],
    ),
    (
        Signal::ApiAnonymous,
        &[
            "anonymous caller does not have",
            "authenticationrequired",
            "unauthenticated requests do not have permission",
        ],
    ),
    (
        Signal::RegistryUnauthorized,
        &[
            "you may have invalid credentials",
            "container-registry/docs/advanced-authentication",
            "do not have permission \"artifactregistry.",
        ],
    ),
    (
        Signal::RegistryDenied,
        &["denied: permission \"artifactregistry."],
    ),
    (
        Signal::ApiConsumer,
        &[
            "user_project_denied",
            "service_disabled",
            "consumer_invalid",
            "consumer_suspended",
            "accessnotconfigured",
            "has not been used in project",
            "is not enabled for the project",
            "requires a quota project",
        ],
    ),
    (
        Signal::ApiPermissionDenied,
        &[
            "iam_permission_denied",
            "the caller does not have permission",
            " denied on resource",
            "' denied on ",
            "permission denied on secret",
            "must have permission to read the image",
            "denied for resource",
            "permission_denied: permission '",
            "permission_denied: permission \"",
            "does not have storage.",
            "does not have required permission",
            "does not have permission to access projects",
            "user not authorized to perform this action",
            "lacks iam permission",
            "granting the role",
            "missing necessary permission",
            "(or it may not exist)",
            "(or resource may not exist)",
        ],
    ),
    // API Gateway, Endpoints, ESPv2, facts.md §4.4; and the older ESP.
    (Signal::GatewayMissing, &["jwt is missing"]),
    (Signal::GatewayNotYet, &["jwt not yet valid"]),
    (
        Signal::GatewayExpired,
        &[
            "jwt is expired",
            "jwt validation failed: time_constraint_failure",
        ],
    ),
    (
        Signal::GatewayMalformed,
        &[
            "jwt is not in the form of header.payload.signature",
            "jwt header is an invalid",
            "jwt payload is an invalid",
            "jwt header [alg] is not supported",
            "jwt validation failed: bad_format",
        ],
    ),
    (
        Signal::GatewayIssuer,
        &[
            "jwt issuer is not configured",
            "jwt validation failed: issuer not allowed",
        ],
    ),
    (
        Signal::GatewaySignature,
        &[
            "jwt verification fails",
            "jwks doesn't have key to match",
            "jwks remote fetch is failed",
            "jwt validation failed: key_retrieval_error",
            "jwt validation failed: unable to fetch verification key",
            "jwt validation failed: bad_signature",
        ],
    ),
    (
        Signal::GatewayAudience,
        &[
            "audiences in jwt are not allowed",
            "jwt validation failed: audience not allowed",
        ],
    ),
    // Browsers.
    (
        Signal::Cors,
        &[
            "blocked by cors policy",
            "cross-origin request blocked",
            "no 'access-control-allow-origin'",
            "not allowed by access-control-allow-origin",
            "preflight request",
            "preflight response",
            "response for preflight",
            "response to preflight",
        ],
    ),
    // Policies and grants, facts.md §4.5.
    (
        Signal::OrgPolicy,
        &[
            "do not belong to a permitted customer",
            "organization policy",
            "constraints/",
            "invoker_iam_disabled is not currently available",
        ],
    ),
    (
        Signal::Propagation,
        &[
            "permissions are propagated",
            "it may take a few minutes",
            "may take several minutes",
        ],
    ),
    (
        Signal::PrincipalUnknown,
        &[
            "verify that the service account exists",
            "service account does not exist",
        ],
    ),
    (
        Signal::GrantFailed,
        &["add-iam-policy-binding) ", "add-invoker-policy-binding) "],
    ),
    (
        Signal::SchedulerAuthentication,
        &["url_error-error_authentication"],
    ),
    // Verifiers inside the application, facts.md §5.2.
    (
        Signal::VerifierExpired,
        &[
            "token used too late",
            "token expired",
            "token is expired",
            "token has expired",
            "auth/id-token-expired",
            "the token expired at",
            "jwt expired",
            "signature has expired",
            "jwtexpired",
            "expiredsignature",
            "expired jwt",
            "jwt\\expiredexception",
            "\"exp\" claim timestamp check failed",
            "idx10223",
        ],
    ),
    (
        Signal::VerifierTooEarly,
        &[
            "token used too early",
            "token used before issued",
            "issued at future timestamp",
            "issuedatfuture",
            "jwt not active",
            "notbeforeerror",
            "token is not yet valid",
            "token is not valid yet",
            "the token is not valid before",
            "immaturesignature",
            "beforevalidexception",
            "cannot handle token prior to",
            "cannot handle token with",
            "jwt must not be accepted before",
            "jwt before use time",
            "nbf has not been reached",
            "invalid issued at",
            "\"nbf\" claim timestamp check failed",
            "\"iat\" claim timestamp check failed",
            "jwt used before",
            "clock sync",
            "idx10222",
        ],
    ),
    (
        Signal::VerifierAudience,
        &[
            "token has wrong audience",
            "audience does not match",
            "audience provided does not match aud claim",
            "wrong recipient, payload audience",
            "incorrect \"aud\"",
            "invalid 'aud'",
            "invalid audience",
            "invalidaudience",
            "jwt audience invalid",
            "jwt audience rejected",
            "unexpected \"aud\" claim",
            "audience doesn't match",
            "aud claim is not valid",
            "description=\"the audience '",
            "oidc: expected audience",
            "idx10214",
        ],
    ),
    (
        Signal::VerifierIssuer,
        &[
            "wrong issuer",
            "invalid issuer",
            "expected issuer does not match",
            "incorrect \"iss\"",
            "invalid 'iss'",
            "invalidissuer",
            "jwt issuer invalid",
            "unexpected \"iss\" claim",
            "iss claim is not valid",
            "description=\"the issuer '",
            "issued by a different provider",
            "idx10205",
        ],
    ),
    (
        Signal::VerifierSignature,
        &[
            "signature verification failed",
            "invalid token signature",
            "unable to verify signature",
            "could not verify token signature",
            "failed to verify token signature",
            "jwsinvalidsignature",
            "invalidsignature",
            "invalid signature",
            "token signature is invalid",
            "does not match locally computed signature",
            "unable to find a signing key",
            "no applicable key found",
            "unable to lookup correct key",
            "idx10501",
            "idx10503",
            "idx10511",
            "signature does not verify",
            "no pem found for envelope",
            "the signature key was not found",
            "alg value is not allowed",
            "unexpected signing algorithm",
            "certificate for key id",
            "has no \"kid\" claim",
            "missing 'kid' in header",
            "missing \"kid\" in header",
        ],
    ),
    (
        Signal::VerifierNotJwt,
        &[
            "number of segments",
            "not enough segments",
            "too many segments",
            "must have three segments",
            "invalid compact jws",
            "must contain exactly 2 period",
            "failed to parse firebase id token",
            "token must have 3 ",
            "jwt malformed",
            "token is malformed",
            "malformed token",
            "invalid token specified",
            "decoding firebase id token failed",
            "invalidbyte(",
            "illegal base64 data",
            "incorrect padding",
        ],
    ),
    (Signal::VerifierEmail, &["no email claim", "missing email"]),
    (
        Signal::VerifierMissing,
        &[
            "missing authorization header",
            "authorization header not sent",
            "authorization header is missing",
            "missing_token",
        ],
    ),
    (
        Signal::PolicyDenied,
        &[
            "rbac: access denied",
            "jwt-missing-role-claims",
            "not in allowed roles",
            "\"access-denied\"",
        ],
    ),
    (
        Signal::AppTrace,
        &[
            "traceback (most recent call last)",
            ".php:",
            "middleware",
            "either read-protected or not readable by the server",
        ],
    ),
    // Making tokens, facts.md §5; the more telling first.
    (
        Signal::Mint(MintError::AudiencesFlag),
        &[
            "account type for `--audiences`",
            "account type for --audiences",
        ],
    ),
    (
        Signal::Mint(MintError::IncludeEmailFlag),
        &["account type for `--include-email`"],
    ),
    (
        Signal::Mint(MintError::GceFlag),
        &["account type for `--token-format`"],
    ),
    (
        Signal::Mint(MintError::LicenseFlag),
        &["`--include-license` can only be specified"],
    ),
    (
        Signal::Mint(MintError::NoIdToken),
        &["no identity token can be obtained"],
    ),
    (
        Signal::Mint(MintError::ImpersonationDenied),
        &[
            "failed to impersonate",
            "iam.serviceaccounts.getaccesstoken",
            "iam.serviceaccounts.getopenidtoken",
            "unable to acquire impersonated credentials",
            "unable to impersonate",
        ],
    ),
    (
        Signal::Mint(MintError::Reauthentication),
        &[
            "problem refreshing your current auth tokens",
            "problem reauthenticating while refreshing",
            "reauthentication failed",
            "reauthentication is needed",
            "reauth related error",
            "invalid_rapt",
            "rapt_required",
        ],
    ),
    (
        Signal::Mint(MintError::NoAccount),
        &["do not currently have an active account"],
    ),
    (
        Signal::Mint(MintError::WrongCredentialType),
        &[
            "neither metadata server or valid service account",
            "cannot fetch id token in this environment",
            "idtoken: unsupported credentials type",
            "usercredentials can obtain an id token only",
            "use idtoken::user_account::builder",
            "credential must be service_account",
            "provided credential must be impersonated_credentials",
            "invalid value in the type field",
        ],
    ),
    (
        Signal::Mint(MintError::NoCredentials),
        &[
            "default credentials were not found",
            "default credentials are not available",
            "could not automatically determine credentials",
            "could not find default credentials",
            "could not load the default credentials",
            "couldn't find any credentials",
            "no credentials loaded",
        ],
    ),
    (
        Signal::Mint(MintError::Metadata),
        &[
            "check if the metadata server is concealed",
            "compute engine metadata server unavailable",
            "compute engine metadata service",
            "could not refresh access token: unsuccessful response",
            "failed to retrieve http://metadata.google.internal",
            "failed to retrieve http://169.254.169.254",
            "metadata: gce metadata",
            "from compute engine metadata",
            "could not fetch uri /computemetadata/",
            "fetch metadata token",
            "gke metadata server",
            "metadata server is unreachable",
            "metadata server returned",
        ],
    ),
    (
        Signal::Mint(MintError::AttributeCondition),
        &["rejected by the attribute condition"],
    ),
    (
        Signal::Mint(MintError::ProviderName),
        &["full resource name of the identity provider"],
    ),
    (
        Signal::Mint(MintError::SubjectToken),
        &[
            "mapped attribute exceeds the 127 bytes",
            "the issuer in id token",
            "the audience in id token",
            "security credentials endpoint",
            "fetching the security credentials",
            "subject token",
            "subject_token",
        ],
    ),
    (
        Signal::Mint(MintError::GithubPermission),
        &["actions_id_token_request"],
    ),
    (
        Signal::Mint(MintError::UnauthorizedClient),
        &[
            "unauthorized to retrieve access tokens",
            "unauthorized_client",
        ],
    ),
    (
        Signal::Mint(MintError::KeySignature),
        &[
            "invalid jwt signature",
            "invalid_grant: invalid jwt signature",
        ],
    ),
    (
        Signal::Mint(MintError::AssertionAudience),
        &["failed audience check"],
    ),
    (
        Signal::Mint(MintError::ForeignAudience),
        &[
            "invalid_audience",
            "audience client and the client need to be in the same project",
        ],
    ),
    (
        Signal::Mint(MintError::Scope),
        &["invalid oauth scope or id token audience", "invalid_scope"],
    ),
    (
        Signal::Mint(MintError::Lifetime),
        &["access token lifetime cannot exceed"],
    ),
    (
        Signal::Mint(MintError::AccountUnknown),
        &["account not found"],
    ),
    (
        Signal::Mint(MintError::AssertionTimes),
        &[
            "must be a short-lived token",
            "check your iat and exp values",
        ],
    ),
    (
        Signal::Mint(MintError::KeyUnreadable),
        &[
            "failed to parse service account key",
            "could not deserialize key data",
            "no key could be detected",
            "pem routines",
            "decoder routines::unsupported",
            "invalid pem formatted message",
            "private key should be a pem",
        ],
    ),
    (
        Signal::Mint(MintError::AudienceMissing),
        &["must supply a non-empty audience"],
    ),
    (Signal::Mint(MintError::InvalidGrant), &["invalid_grant"]),
    (
        Signal::Mint(MintError::Other),
        &[
            "failed to generate google cloud",
            "google-github-actions/auth failed with",
            "failed to obtain token",
            "failed to fetch google id token",
            "error getting id token",
            "could not fetch id token",
            "no id token in response",
            ":generateaccesstoken",
            ":generateidtoken",
            "google.auth.exceptions.refresherror",
            "failed to fetch id token",
            "failed to get id token",
            "(gcloud.auth.",
            "error refreshing",
            // Traces through the parts of Google's libraries that only make tokens.
            "impersonated_credentials.py",
            "external_account.py",
            "google/oauth2/_client.py",
            "google/oauth2/sts.py",
            "node_modules/gtoken/",
            "refreshtokennocache",
            "deleted_client",
            "invalid_client",
            "gcloud crashed (oautherror)",
        ],
    ),
];
