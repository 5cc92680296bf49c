//! # What it is
//!
//! What was sent is a credential, but of a kind that this door never takes: an API key, a refresh
//! token, a key file, a Firebase custom token, an assertion that should have been exchanged.
//!
//! # How it shows
//!
//! 401, or `API keys are not supported by this API`.
//!
//! # Why it happens
//!
//! Many strings are called "token". Some only serve to get one; some name a project or a client,
//! not a principal.
//!
//! # How to fix
//!
//! Exchange it where it belongs, and send what comes back. If a long-lived secret was pasted or
//! sent, revoke it.
//!
//! # When it is something else
//!
//! An API key is right for API Gateway and for some Google APIs, as `x-goog-api-key`.
//!
//! # References
//!
//! - <https://cloud.google.com/docs/authentication/token-types>
//! - <https://firebase.google.com/docs/auth/admin/create-custom-tokens>

use super::{Cause, Finding, Found, Gate, Likelihood};
use crate::credential::Kind;
use crate::evidence::{Door, Evidence};
use crate::response::{Answerer, Signal};
use Likelihood::{Certain, Likely, Possible};

pub(super) const CAUSE: Cause = Cause {
    id: "other-credential-type",
    title: "Another kind of credential",
    gate: Gate::Verify,
    citation: "https://cloud.google.com/docs/authentication/token-types",
    weight: 50,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    if evidence.response.says(Signal::ApiKeyUnsupported) && evidence.credential.kind != Kind::ApiKey
    {
        return Found::said(evidence, Signal::ApiKeyUnsupported, "The API refused an API key, so a key was sent besides or instead of this credential: look for `key=` in the URL or `x-goog-api-key`.")
            .because("The API says that it does not take API keys.")
            .fix("api-key-where-token-needed")
            .into();
    }
    if evidence.response.says(Signal::ApiKeyRefused) && evidence.no_credential() {
        return Found::likely("The API key that was sent was refused: it is wrong or expired, or its restrictions (referrer, IP address, application, API) do not admit this call.")
            .because("A key names a project, or the service account it is bound to; it is no token: where the API wants a caller, send a token instead.")
            .usually("api-key-invalid")
            .into();
    }
    if evidence.answer_alone_says(&[Signal::ApiTokenType]) {
        return Found::likely("The API got a credential of a kind it does not take: an ID token, an API key or a cut one, in place of an OAuth access token.")
            .because("The answer names the type.")
            .usually("id-token-to-google-api")
            .into();
    }
    if evidence.credential.hidden {
        return Finding::NotApplicable;
    }
    let Some((likelihood, why)) = judge(evidence) else {
        return Finding::NotApplicable;
    };
    let credential = &evidence.credential;
    let mut found = Found::new(
        likelihood,
        format!("This is {}. {why}", credential.with_article()),
    );
    if evidence.response.says(Signal::ApiKeyUnsupported) {
        found = found.because("The API says that it does not take API keys.");
    }
    if credential.long_lived_secret {
        found =
            found.because("It is a long-lived secret: revoke it if anybody else can have seen it.");
    }
    found.fix(variant(evidence)).into()
}

/// What mends it: each is exchanged, replaced or given up in its own way.
fn variant(evidence: &Evidence<'_>) -> &'static str {
    let at_api = evidence.door == Door::Api;
    match evidence.credential.kind {
        Kind::ServiceAccountKey | Kind::PrivateKey => "key-file-pasted",
        Kind::FirebaseCustomToken => "firebase-custom-token-sent",
        Kind::ApiKey if at_api && !evidence.response.says(Signal::ApiKeyUnsupported) => {
            "api-key-as-bearer"
        }
        Kind::ApiKey if at_api => "api-key-where-token-needed",
        Kind::ApiKey => "api-key-as-bearer",
        Kind::RefreshToken
        | Kind::AuthorizationCode
        | Kind::TokenRequestAssertion
        | Kind::ClientSecret => "credential-to-be-exchanged",
        Kind::FirebaseIdToken | Kind::FirebaseSessionCookie if !at_api => "verifier-keys-wrong",
        Kind::ForeignJwt | Kind::WorkloadJwt if at_api => "foreign-token-to-google-api",
        Kind::SelfSignedJwt if at_api => "self-signed-jwt-at-api",
        Kind::SelfSignedJwt => "self-signed-jwt-to-service",
        _ if at_api => "id-token-to-google-api",
        _ => "another-credential-sent",
    }
}

fn judge(evidence: &Evidence<'_>) -> Option<(Likelihood, &'static str)> {
    let door = evidence.door;
    let by_app = evidence.app_answered();
    let strict = matches!(door, Door::Run | Door::Function | Door::Iap | Door::Api);
    let here = |sure: Likelihood| {
        if by_app {
            Possible
        } else if strict {
            sure
        } else {
            sure.min(Likely)
        }
    };
    Some(match evidence.credential.kind {
        Kind::RefreshToken => (
            Certain,
            "It is exchanged for access tokens at `oauth2.googleapis.com`, and is never sent to a service.",
        ),
        Kind::AuthorizationCode => (
            Certain,
            "It is exchanged once, at `oauth2.googleapis.com/token`, and is never sent to a service.",
        ),
        Kind::ClientSecret => (
            Certain,
            "It proves an OAuth client at the token endpoint, and is never sent to a service.",
        ),
        Kind::ClientId => (
            Certain,
            "It is a name, not a credential: it can be an audience, but not a token.",
        ),
        Kind::HmacKey => (
            here(Certain),
            "It signs requests to Cloud Storage, and is not a bearer token.",
        ),
        Kind::ServiceAccountKey => (
            Certain,
            "A token is made from it; the key itself is never sent.",
        ),
        Kind::CredentialConfig => (
            Certain,
            "It tells libraries how to get a token; it is not one.",
        ),
        Kind::PrivateKey => (Certain, "It signs; it is never sent."),
        Kind::FirebaseCustomToken => (
            Certain,
            "It is a request to sign in: exchange it with `signInWithCustomToken` and send the ID token that comes back.",
        ),
        Kind::TokenRequestAssertion if door != Door::TokenEndpoint => (
            Certain,
            "It is exchanged at the token endpoint, and what comes back is sent.",
        ),
        Kind::ApiKey if door == Door::Gateway => return None,
        Kind::ApiKey if evidence.response.says(Signal::ApiKeyUnsupported) => (
            Certain,
            "A key names a project, and this API wants a principal. One that is bound to a service account acts as it, and this method takes no keys all the same.",
        ),
        Kind::ApiKey if door == Door::Api => (
            Likely,
            "A key names a project, or the service account it is bound to; where keys are taken they go into `x-goog-api-key`, not into `Authorization`.",
        ),
        Kind::ApiKey => (
            here(Certain),
            "A key is no token, even one that is bound to a service account; Cloud Run’s and IAP’s checks do not take it.",
        ),
        Kind::IapAssertion if by_app || (door == Door::App && evidence.refused()) => return None,
        Kind::IapAssertion if evidence.response.answered_by == Answerer::Edge => {
            (Certain, "Cloud Run’s own check does not take it.")
        }
        Kind::IapAssertion => (Likely, "The application reads it; it opens no door."),
        Kind::Basic => (
            here(Certain),
            "Cloud Run, IAP and Google APIs want `Bearer`, not `Basic`.",
        ),
        Kind::ForeignSecret => (
            here(Certain),
            "It belongs to another service, and no door of Google’s takes it.",
        ),
        Kind::OtherJose if !no_claims(evidence) => (
            here(Certain),
            "Servers that read bearer tokens take the compact form only, three parts joined by dots.",
        ),
        Kind::OtherJose => (
            here(Certain),
            "What it holds cannot be read as a claims set, and no door of Google’s takes it.",
        ),
        Kind::UnknownOpaque => (
            here(Likely),
            "It is neither a JWT nor any token of Google’s that is known here.",
        ),
        Kind::SelfSignedJwt if evidence.wants_id_token() && !by_app => (
            Likely,
            "It must be exchanged for an ID token first, or replaced by one.",
        ),
        Kind::SelfSignedJwt
            if door == Door::Api && evidence.response.says(Signal::ApiTokenType) =>
        {
            (
                Likely,
                "The API did not take it; an access token is what it surely takes.",
            )
        }
        Kind::AccessTokenDownscoped
            if door == Door::Api && !evidence.target.host.starts_with("storage.") =>
        {
            (Likely, "Downscoped tokens work with Cloud Storage only.")
        }
        Kind::FirebaseIdToken if door == Door::Api && !firebase_api(&evidence.target.host) => (
            Certain,
            "Google APIs want an OAuth access token of a principal in IAM.",
        ),
        Kind::FirebaseIdToken
            if door == Door::App && evidence.response.says(Signal::VerifierSignature) =>
        {
            (
                Likely,
                "It is signed with Firebase’s keys, so a verifier that looks among Google’s account keys does not find the right one.",
            )
        }
        Kind::ForeignJwt | Kind::WorkloadJwt | Kind::FirebaseSessionCookie if door == Door::Api => {
            (
                Certain,
                "Google APIs do not take it: exchange it at the STS first.",
            )
        }
        _ => return None,
    })
}

fn no_claims(evidence: &Evidence<'_>) -> bool {
    evidence
        .credential
        .claims()
        .is_none_or(|claims| claims.members.is_empty())
}

/// Firebase's own back ends, which take Firebase ID tokens.
fn firebase_api(host: &str) -> bool {
    [
        "firestore.",
        "firebasestorage.",
        "identitytoolkit.",
        "firebase",
        "securetoken.",
    ]
    .iter()
    .any(|prefix| host.starts_with(prefix))
}
