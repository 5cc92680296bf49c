//! Verifiers inside the application. Source: facts.md §5.2.

use super::Phrases;
use crate::response::Signal;

/// What a verifier refused, where no library is known that says it in these words: a sentence that
/// finds fault and names a part of the token.
pub(super) fn in_other_words(lower: &str) -> Option<Signal> {
    const FAULTS: &[&str] = &[
        "another",
        "bad",
        "doesn",
        "expected",
        "failed",
        "incorrect",
        "invalid",
        "mismatch",
        "missing",
        "must",
        "no",
        "not",
        "refused",
        "rejected",
        "unexpected",
        "wrong",
    ];
    const PARTS: &[(&[&str], Signal)] = &[
        (&["aud", "audience", "audiences"], Signal::VerifierAudience),
        (&["iss", "issuer", "issued"], Signal::VerifierIssuer),
        (&["nbf"], Signal::VerifierTooEarly),
        (&["signature"], Signal::VerifierSignature),
    ];
    const UNREADABLE: &[&str] = &["bad", "decode", "invalid", "malformed", "parse"];
    const ABSENT: &[&str] = &["absent", "missing", "no", "provided", "without"];
    const OF_A_TOKEN: &[&str] = &["aud", "claim", "iss", "jws", "jwt", "oidc", "token"];
    lower.split(['\n', ';']).find_map(|line| {
        let words: Vec<&str> = line
            .split(|char: char| !char.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
        // Certificates have issuers and signatures too.
        if !has(FAULTS) || !has(OF_A_TOKEN) || has(&["certificate", "ssl", "tls", "x509"]) {
            return None;
        }
        let part = PARTS.iter().find(|(names, _)| has(names));
        match part {
            Some((_, signal)) => Some(*signal),
            None if !has(&["jws", "jwt"]) => None,
            None if has(ABSENT) => Some(Signal::VerifierMissing),
            None => has(UNREADABLE).then_some(Signal::VerifierNotJwt),
        }
    })
}

pub(super) const PHRASES: Phrases = &[
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
            "token can't be used before",
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
            "audience mismatch",
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
            "issuer mismatch",
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
            "no matching key",
            "bad_signature",
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
            "missing bearer",
            "missing access token",
            "no authorization header",
            "no authorization token",
            "no auth token",
            "no bearer token",
            "no jwt token",
            "no token provided",
            "token not provided",
            "jwt must be provided",
            "authorization header required",
            "authorization header is required",
            "authentication credentials were not provided",
            "full authentication is required",
            // FastAPI's own check.
            "{\"detail\":\"not authenticated\"}",
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
    (Signal::AppCheck, &["app check", "app-check", "appcheck"]),
    (
        Signal::AppTrace,
        &[
            "traceback (most recent call last)",
            ".php:",
            "middleware",
            "either read-protected or not readable by the server",
        ],
    ),
];
