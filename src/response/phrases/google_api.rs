//! Google APIs. Source: facts.md §4.3.

use super::Phrases;
use crate::response::Signal;

pub(super) const PHRASES: Phrases = &[
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
            "no oauth token with",
            "while getting drive credentials",
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
            "billing to be enabled",
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
];
