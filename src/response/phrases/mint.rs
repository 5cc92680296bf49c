//! Making tokens. Source: facts.md §5.

use super::Phrases;
use crate::response::{MintError, Signal};

/// The more telling first: the first that is found counts.
pub(super) const PHRASES: Phrases = &[
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
            "is not an oidc token provider",
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
        Signal::Mint(MintError::ProviderUnknown),
        &["pool or provider is disabled or deleted", "invalid_target"],
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
            "you need a private key to sign",
            "error getting credentials",
            "no id token in response",
            ":generateaccesstoken",
            ":generateidtoken",
            "google.auth.exceptions.refresherror",
            "google.auth.exceptions.defaultcredentialserror",
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
