//! API Gateway, Endpoints and ESPv2, and the older ESP. Source: facts.md §4.4.

use super::Phrases;
use crate::response::Signal;

pub(super) const PHRASES: Phrases = &[
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
];
