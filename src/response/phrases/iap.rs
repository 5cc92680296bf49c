//! Identity-Aware Proxy. Source: facts.md §4.2.

use super::Phrases;
use crate::response::Signal;

pub(super) const PHRASES: Phrases = &[
    (
        Signal::Iap,
        &["x-goog-iap-generated-response", "invalid iap credentials"],
    ),
    (
        Signal::IapEmptyToken,
        &[
            "invalid iap credentials: empty token",
            "location: https://accounts.google.com/o/oauth2",
            // A client that followed the redirect got Google's page.
            "<title>sign in - google accounts",
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
];
