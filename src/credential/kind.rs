//! The kinds of credential and their public ids.

/// What a credential is. The ids are public (report version 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Nothing was pasted, or nothing that could be a credential.
    None,
    /// A text that is no credential (`undefined`, `hello`, an empty variable, `$(gcloud …)`).
    NotAToken,
    /// Something that wants to be a JWT, but its header or its claims set cannot be read whole
    /// (cut, one part only, undecodable). A JWT that is only broken behind its claims keeps the
    /// kind its issuer gives it; see [`Jwt::broken`](super::Jwt::broken).
    BrokenJwt,
    /// `ya29.…`: an OAuth 2.0 access token of a user.
    AccessTokenUser,
    /// `ya29.c.…`: … of a service account.
    AccessTokenServiceAccount,
    /// `ya29.d.…`: … federated, from the STS.
    AccessTokenFederated,
    /// `ya29.dr.…`: … downscoped.
    AccessTokenDownscoped,
    /// `ya29.X.…` of a subtype that nobody has described.
    AccessToken,
    /// `1//…`.
    RefreshToken,
    /// `4/…`: a one-time authorization code.
    AuthorizationCode,
    /// `AIza…` or `AQ.…`.
    ApiKey,
    /// `GOCSPX-…`, or the client file that holds it.
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
    /// GitHub, GitLab, AWS, Slack, … by their prefixes; other HTTP authentication schemes.
    ForeignSecret,
    /// A long opaque string that no rule knows.
    UnknownOpaque,
}

impl Kind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::None,
        Self::NotAToken,
        Self::BrokenJwt,
        Self::AccessTokenUser,
        Self::AccessTokenServiceAccount,
        Self::AccessTokenFederated,
        Self::AccessTokenDownscoped,
        Self::AccessToken,
        Self::RefreshToken,
        Self::AuthorizationCode,
        Self::ApiKey,
        Self::ClientSecret,
        Self::ClientId,
        Self::HmacKey,
        Self::ServiceAccountKey,
        Self::CredentialConfig,
        Self::PrivateKey,
        Self::GoogleIdToken,
        Self::IapAssertion,
        Self::FirebaseIdToken,
        Self::FirebaseSessionCookie,
        Self::FirebaseCustomToken,
        Self::SelfSignedJwt,
        Self::TokenRequestAssertion,
        Self::WorkloadJwt,
        Self::ForeignJwt,
        Self::OtherJose,
        Self::Basic,
        Self::ForeignSecret,
        Self::UnknownOpaque,
    ];

    /// The public id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::NotAToken => "not-a-token",
            Self::BrokenJwt => "broken-jwt",
            Self::AccessTokenUser => "access-token-user",
            Self::AccessTokenServiceAccount => "access-token-service-account",
            Self::AccessTokenFederated => "access-token-federated",
            Self::AccessTokenDownscoped => "access-token-downscoped",
            Self::AccessToken => "access-token",
            Self::RefreshToken => "refresh-token",
            Self::AuthorizationCode => "authorization-code",
            Self::ApiKey => "api-key",
            Self::ClientSecret => "client-secret",
            Self::ClientId => "client-id",
            Self::HmacKey => "hmac-key",
            Self::ServiceAccountKey => "service-account-key",
            Self::CredentialConfig => "credential-config",
            Self::PrivateKey => "private-key",
            Self::GoogleIdToken => "google-id-token",
            Self::IapAssertion => "iap-assertion",
            Self::FirebaseIdToken => "firebase-id-token",
            Self::FirebaseSessionCookie => "firebase-session-cookie",
            Self::FirebaseCustomToken => "firebase-custom-token",
            Self::SelfSignedJwt => "self-signed-jwt",
            Self::TokenRequestAssertion => "token-request-assertion",
            Self::WorkloadJwt => "workload-jwt",
            Self::ForeignJwt => "foreign-jwt",
            Self::OtherJose => "other-jose",
            Self::Basic => "basic",
            Self::ForeignSecret => "foreign-secret",
            Self::UnknownOpaque => "unknown-opaque",
        }
    }

    /// A Google OAuth 2.0 access token of any subtype.
    #[must_use]
    pub const fn is_access_token(self) -> bool {
        matches!(
            self,
            Self::AccessTokenUser
                | Self::AccessTokenServiceAccount
                | Self::AccessTokenFederated
                | Self::AccessTokenDownscoped
                | Self::AccessToken
        )
    }

    /// A JWT whose header and claims set can be read.
    #[must_use]
    pub const fn is_jwt(self) -> bool {
        matches!(self, Self::WorkloadJwt | Self::ForeignJwt) || self.is_google_jwt()
    }

    /// A JWT that Google, Firebase or a service account's key signs, by its claims.
    #[must_use]
    pub const fn is_google_jwt(self) -> bool {
        matches!(
            self,
            Self::GoogleIdToken
                | Self::IapAssertion
                | Self::FirebaseIdToken
                | Self::FirebaseSessionCookie
                | Self::FirebaseCustomToken
                | Self::SelfSignedJwt
                | Self::TokenRequestAssertion
        )
    }
}
