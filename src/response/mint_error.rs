//! Why no token could be made.

use crate::text::cut;

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
    /// The workload identity pool or provider is gone, disabled or misspelt.
    ProviderUnknown,
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

impl MintError {
    /// The error by the place that it names, where its words tell nothing.
    pub(super) fn by_place(lower: &str) -> Option<Self> {
        refused_by_iam_credentials(lower).or_else(|| unreached(lower))
    }
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
