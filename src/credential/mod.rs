//! What a credential is: an opaque Google token by its prefix, a JWT by its issuer and
//! claims, a key file by its members. Nothing here checks a signature.

use crate::json::Json;

/// A credential, identified.
///
/// It never holds a signature, an opaque token beyond its prefix, or a key.
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_structs)]
pub struct Credential {
    /// What it is.
    pub kind: Kind,
    /// What it is in words a person reads, with whose it is where the shape tells:
    /// "Google ID token of a service account".
    pub label: String,
    /// What may be shown of an opaque credential: its prefix, at most 8 characters.
    pub prefix: String,
    /// The length of the credential, in characters.
    pub length: usize,
    /// The parts of a JWT, or of what wants to be one.
    pub jwt: Option<Jwt>,
    /// What a reader should know of its shape, one sentence each.
    pub notes: Vec<String>,
    /// It is a long-lived secret (key, refresh token, client secret): warn loudly.
    pub long_lived_secret: bool,
}

/// What a credential is. The ids are public (report version 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Nothing was pasted, or nothing that could be a credential.
    None,
    /// A text that is no credential (`undefined`, `hello`, an empty variable, `$(gcloud …)`).
    NotAToken,
    /// Something that wants to be a JWT and is broken (cut, one part, undecodable).
    BrokenJwt,
    /// `ya29.…`: an OAuth 2.0 access token of a user.
    AccessTokenUser,
    /// `ya29.c.…`: … of a service account.
    AccessTokenServiceAccount,
    /// `ya29.d.…`: … federated, from the STS.
    AccessTokenFederated,
    /// `ya29.dr.…`: … downscoped.
    AccessTokenDownscoped,
    /// `1//…`.
    RefreshToken,
    /// `4/…`: a one-time authorization code.
    AuthorizationCode,
    /// `AIza…` or `AQ.…`.
    ApiKey,
    /// `GOCSPX-…`.
    ClientSecret,
    /// `….apps.googleusercontent.com`: a name, not a credential.
    ClientId,
    /// `GOOG1E…`.
    HmacKey,
    /// A service account key file, or its private key.
    ServiceAccountKey,
    /// `authorized_user`, `external_account` and the other credential configurations.
    CredentialConfig,
    /// Any other private key (PEM, JWK).
    PrivateKey,
    /// A Google-signed ID token (`iss` is `https://accounts.google.com`).
    GoogleIdToken,
    /// What IAP hands to the application.
    IapAssertion,
    /// A Firebase or Identity Platform ID token.
    FirebaseIdToken,
    /// A Firebase session cookie.
    FirebaseSessionCookie,
    /// A Firebase custom token (a request to sign in, not an identity).
    FirebaseCustomToken,
    /// A JWT that a service account signed itself (`iss` is its e-mail).
    SelfSignedJwt,
    /// The assertion a service account exchanges for a token (`aud` is the token endpoint).
    TokenRequestAssertion,
    /// A JWT by GitHub Actions, GKE, GitLab and other workload issuers.
    WorkloadJwt,
    /// A JWT of somebody else: another identity provider, or the application's own.
    ForeignJwt,
    /// A JWS whose payload is no claims set, a JWE, a PASETO.
    OtherJose,
    /// `Basic …`.
    Basic,
    /// GitHub, GitLab, AWS, Slack, … by their prefixes.
    ForeignSecret,
    /// A long opaque string that no rule knows.
    UnknownOpaque,
}

/// The parts of a JWT. Only what may be shown: the signature's bytes are not kept.
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_structs)]
pub struct Jwt {
    /// The first segment as sent (base64url), the protected header.
    pub header_text: String,
    /// The second segment as sent, the claims set.
    pub payload_text: String,
    /// The protected header, read losslessly.
    pub header: Json,
    /// The claims set, read losslessly.
    pub claims: Json,
    /// What stands where the signature should be.
    pub signature: Signature,
    /// How many segments there were.
    pub segments: usize,
    /// Which part broke and how, in one sentence that names the part and the place.
    pub broken: Option<String>,
}

/// What stands in the third segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signature {
    /// Bytes of a plausible length for the header's `alg`, not checked.
    Present {
        /// Decoded length in bytes.
        bytes: usize,
    },
    /// Bytes of a length the `alg` cannot have, so some are missing or added.
    WrongLength {
        /// Decoded length in bytes.
        bytes: usize,
        /// What the `alg` needs, in bytes.
        expected: usize,
    },
    /// Text that is not base64url.
    Undecodable,
    /// The literal `SIGNATURE_REMOVED_BY_GOOGLE`.
    RemovedByGoogle,
    /// An empty third segment.
    Empty,
    /// No third segment at all.
    Missing,
}
