//! One line for each kind of credential that people paste.

use crate::jwt;
use why401::credential::{Audience, IdentityKind, Kind, Signature, explain, identify};

const RS256: &str =
    r#"{"alg":"RS256","kid":"0badc0de5eed0badc0de5eed0badc0de5eed0bad","typ":"JWT"}"#;

#[test]
fn opaque_credentials() {
    let api_key = format!("AIza{}", "Fake_".repeat(7));
    let newer_key = format!("AQ.Ab8RN6{}", "Fake".repeat(11));
    let hmac = format!("GOOG1E{}", "FAKE0".repeat(11));
    let pat = format!("github_pat_{}", "FAKE_fake1".repeat(8));
    for (text, kind, label) in [
        (
            "ya29.a0FAKEfakeFAKEfake",
            Kind::AccessTokenUser,
            "OAuth 2.0 access token of a person",
        ),
        (
            "ya29.c.c0FAKEfakeFAKE",
            Kind::AccessTokenServiceAccount,
            "OAuth 2.0 access token of a service account",
        ),
        (
            "ya29.c.b0FAKEfakeFAKE",
            Kind::AccessTokenServiceAccount,
            "OAuth 2.0 access token of a service account",
        ),
        (
            "ya29.c.KFAKEfakeFAKE",
            Kind::AccessTokenServiceAccount,
            "OAuth 2.0 access token of a service account",
        ),
        (
            "ya29.d.c0FAKEfakeFAKE",
            Kind::AccessTokenFederated,
            "OAuth 2.0 access token of a federated identity",
        ),
        (
            "ya29.dr.AFAKEfakeFAKE",
            Kind::AccessTokenDownscoped,
            "OAuth 2.0 access token, downscoped",
        ),
        (
            "1//0gFAKEfakeFAKEfakeFAKE",
            Kind::RefreshToken,
            "OAuth 2.0 refresh token",
        ),
        (
            "1/FAKEfakeFAKEfakeFAKEfake",
            Kind::RefreshToken,
            "OAuth 2.0 refresh token",
        ),
        (
            "4/0AFAKEfakeFAKEfakeFAKE",
            Kind::AuthorizationCode,
            "OAuth 2.0 authorization code",
        ),
        (&api_key, Kind::ApiKey, "Google API key"),
        (&newer_key, Kind::ApiKey, "Google API key of the newer kind"),
        (
            "GOCSPX-FAKEfakeFAKEfakeFAKEfakeFA",
            Kind::ClientSecret,
            "OAuth client secret",
        ),
        (
            "32555940559.apps.googleusercontent.com",
            Kind::ClientId,
            "OAuth client id",
        ),
        (&hmac, Kind::HmacKey, "Cloud Storage HMAC access id"),
        (
            "ghp_FAKEfakeFAKEfakeFAKEfakeFAKEfake0000",
            Kind::ForeignSecret,
            "GitHub personal access token",
        ),
        (&pat, Kind::ForeignSecret, "GitHub personal access token"),
        (
            "ghs_FAKEfakeFAKEfakeFAKEfakeFAKEfake0000",
            Kind::ForeignSecret,
            "GitHub installation token",
        ),
        (
            "glpat-FAKEfakeFAKEfakeFAKE",
            Kind::ForeignSecret,
            "GitLab personal access token",
        ),
        (
            "glcbt-1_FAKEfakeFAKEfakeFAKE",
            Kind::ForeignSecret,
            "GitLab CI job token",
        ),
        (
            "sk-ant-api03-FAKEfakeFAKE",
            Kind::ForeignSecret,
            "Anthropic API key",
        ),
        (
            "sk-proj-FAKEfakeT3BlbkFJFAKE",
            Kind::ForeignSecret,
            "OpenAI API key",
        ),
        (
            "xoxb-0000000000-0000000000FAKE",
            Kind::ForeignSecret,
            "Slack token",
        ),
        (
            "AKIAFAKEFAKEFAKEFAKE",
            Kind::ForeignSecret,
            "AWS access key id",
        ),
        ("hvs.FAKEfakeFAKEfake", Kind::ForeignSecret, "Vault token"),
        (
            "FAKEfakeFAKEfa.atlasv1.FAKEfakeFAKEfake",
            Kind::ForeignSecret,
            "HCP Terraform token",
        ),
        (
            "hf_FAKEfakeFAKEfakeFAKE",
            Kind::ForeignSecret,
            "Hugging Face token",
        ),
        ("npm_FAKEfakeFAKEfakeFAKE", Kind::ForeignSecret, "npm token"),
        (
            "v4.public.FAKEfakeFAKEfake",
            Kind::OtherJose,
            "PASETO token, version 4",
        ),
    ] {
        let credential = identify(text, Some("Bearer"));
        assert_eq!(credential.kind, kind, "{text}");
        assert_eq!(credential.label, label, "{text}");
        assert_eq!(credential.length, text.len(), "{text}");
        assert!(credential.prefix.chars().count() <= 8, "{text}");
        assert!(text.starts_with(&credential.prefix), "{text}");
        assert!(credential.jwt.is_none(), "{text}");
    }
}

#[test]
fn documents() {
    for (text, kind, secret) in [
        (
            r#"{"type":"service_account","private_key":"FAKE","client_email":"a@p-12345.iam.gserviceaccount.com"}"#,
            Kind::ServiceAccountKey,
            true,
        ),
        (
            r#"{"type":"authorized_user","refresh_token":"FAKE"}"#,
            Kind::CredentialConfig,
            true,
        ),
        (
            r#"{"type":"external_account","subject_token_type":"urn:ietf:params:oauth:token-type:jwt"}"#,
            Kind::CredentialConfig,
            false,
        ),
        (
            r#"{"type":"external_account_authorized_user"}"#,
            Kind::CredentialConfig,
            true,
        ),
        (
            r#"{"type":"impersonated_service_account"}"#,
            Kind::CredentialConfig,
            true,
        ),
        (
            r#"{"type":"gdch_service_account"}"#,
            Kind::ServiceAccountKey,
            true,
        ),
        (
            r#"{"installed":{"client_id":"x","client_secret":"FAKE"}}"#,
            Kind::ClientSecret,
            true,
        ),
        (
            "-----BEGIN PRIVATE KEY-----\nRkFLRQ==\n-----END PRIVATE KEY-----",
            Kind::PrivateKey,
            true,
        ),
        (
            r#"{"kty":"RSA","n":"x","d":"FAKE"}"#,
            Kind::PrivateKey,
            true,
        ),
        (r#"{"kty":"RSA","n":"x"}"#, Kind::NotAToken, false),
        (r#"{"error":"invalid_grant"}"#, Kind::NotAToken, false),
        (
            r#"{"iss":"https://accounts.google.com","aud":"x"}"#,
            Kind::GoogleIdToken,
            false,
        ),
    ] {
        let credential = identify(text, None);
        assert_eq!(credential.kind, kind, "{text}");
        assert_eq!(credential.long_lived_secret, secret, "{text}");
        assert!(
            !credential.notes.is_empty() || kind != Kind::ServiceAccountKey,
            "{text}"
        );
    }
    // The claims of a decoded token can be read all the same.
    let decoded = identify(r#"{"iss":"https://accounts.google.com","aud":"x"}"#, None);
    assert_eq!(decoded.audience(), Audience::One("x".into()));
    assert_eq!(decoded.label, "Decoded claims (Google ID token)");
}

#[test]
fn json_web_tokens_by_their_issuer() {
    let sa = "a@proj-1.iam.gserviceaccount.com";
    for (claims, kind, label) in [
        (format!(r#"{{"iss":"https://accounts.google.com","aud":"x","exp":1,"email":"{sa}"}}"#), Kind::GoogleIdToken, "Google ID token of a service account"),
        (r#"{"iss":"accounts.google.com","aud":"x","exp":1,"email":"ann@example.com"}"#.into(), Kind::GoogleIdToken, "Google ID token of a person"),
        (r#"{"iss":"https://cloud.google.com/iap","aud":"/projects/1/apps/p","sub":"accounts.google.com:1"}"#.into(), Kind::IapAssertion, "IAP assertion, made by IAP for the application behind it"),
        (r#"{"iss":"https://securetoken.google.com/proj-1","aud":"proj-1","firebase":{}}"#.into(), Kind::FirebaseIdToken, "Firebase ID token"),
        (r#"{"iss":"https://securetoken.google.com/proj-1","aud":"proj-1","firebase":{"tenant":"t"}}"#.into(), Kind::FirebaseIdToken, "Identity Platform ID token of a tenant"),
        (r#"{"iss":"https://securetoken.google.com/","aud":"x"}"#.into(), Kind::ForeignJwt, "JWT of the issuer `https://securetoken.google.com/`"),
        (r#"{"iss":"https://session.firebase.google.com/proj-1","aud":"proj-1"}"#.into(), Kind::FirebaseSessionCookie, "Firebase session cookie"),
        (format!(r#"{{"iss":"{sa}","sub":"{sa}","uid":"u","aud":"https://identitytoolkit.googleapis.com/google.identity.identitytoolkit.v1.IdentityToolkit"}}"#), Kind::FirebaseCustomToken, "Firebase custom token"),
        (format!(r#"{{"iss":"{sa}","sub":"{sa}","aud":"https://logging.googleapis.com/"}}"#), Kind::SelfSignedJwt, "JWT that a service account signed itself"),
        (r#"{"iss":"a@proj.s3ns.iam.gserviceaccount.com","aud":"https://host.example/*"}"#.into(), Kind::SelfSignedJwt, "JWT that a service account signed itself"),
        (r#"{"iss":"12-compute@developer.gserviceaccount.com","aud":"x"}"#.into(), Kind::SelfSignedJwt, "JWT that a service account signed itself"),
        (format!(r#"{{"iss":"{sa}","aud":"https://oauth2.googleapis.com/token","target_audience":"x"}}"#), Kind::TokenRequestAssertion, "Token request, made to be exchanged for a token"),
        (format!(r#"{{"iss":"{sa}","aud":"https://www.googleapis.com/oauth2/v4/token","scope":"x"}}"#), Kind::TokenRequestAssertion, "Token request, made to be exchanged for a token"),
        (r#"{"iss":"https://token.actions.githubusercontent.com","aud":"x","repository":"o/r"}"#.into(), Kind::WorkloadJwt, "GitHub Actions OIDC token"),
        (r#"{"iss":"https://ghe.example/_services/token","aud":"x"}"#.into(), Kind::WorkloadJwt, "GitHub Enterprise Actions OIDC token"),
        (r#"{"iss":"https://container.googleapis.com/v1/projects/p/locations/l/clusters/c","aud":"x"}"#.into(), Kind::WorkloadJwt, "GKE service account token"),
        (r#"{"iss":"https://kubernetes.default.svc.cluster.local","aud":["x"]}"#.into(), Kind::WorkloadJwt, "Kubernetes service account token"),
        (r#"{"iss":"https://oidc.eks.eu-1.amazonaws.com/id/X","aud":["x"],"kubernetes.io":{}}"#.into(), Kind::WorkloadJwt, "Kubernetes service account token"),
        (r#"{"iss":"kubernetes/serviceaccount"}"#.into(), Kind::WorkloadJwt, "Kubernetes service account token of the old kind"),
        (r#"{"iss":"https://gitlab.com","aud":"x"}"#.into(), Kind::WorkloadJwt, "GitLab ID token"),
        (r#"{"iss":"https://git.example","aud":"x","project_path":"a/b","namespace_path":"a"}"#.into(), Kind::WorkloadJwt, "GitLab ID token"),
        (r#"{"iss":"https://oidc.circleci.com/org/x","aud":"x"}"#.into(), Kind::WorkloadJwt, "CircleCI OIDC token"),
        (r#"{"iss":"https://app.terraform.io","aud":"x"}"#.into(), Kind::WorkloadJwt, "HCP Terraform OIDC token"),
        (r#"{"iss":"https://sts.windows.net/t/","aud":"x","ver":"1.0"}"#.into(), Kind::ForeignJwt, "Microsoft Entra ID token"),
        (r#"{"iss":"https://login.microsoftonline.com/t/v2.0","aud":"x"}"#.into(), Kind::ForeignJwt, "Microsoft Entra ID token"),
        (r#"{"iss":"https://org.okta.com/oauth2/default","aud":"x"}"#.into(), Kind::ForeignJwt, "Okta token"),
        (r#"{"iss":"https://tenant.auth0.com/","aud":"x"}"#.into(), Kind::ForeignJwt, "Auth0 token"),
        (r#"{"iss":"https://cognito-idp.eu-west-1.amazonaws.com/pool","aud":"x"}"#.into(), Kind::ForeignJwt, "Amazon Cognito token"),
        (r#"{"iss":"https://sso.example/realms/r","aud":"x"}"#.into(), Kind::ForeignJwt, "Keycloak token"),
        (r#"{"iss":"https://notokta.com","aud":"x"}"#.into(), Kind::ForeignJwt, "JWT of the issuer `https://notokta.com`"),
        (r#"{"iss":"https://evil.example/https://gitlab.com","aud":"x"}"#.into(), Kind::ForeignJwt, "JWT of the issuer `https://evil.example/https://gitlab.com`"),
        (r#"{"sub":"x"}"#.into(), Kind::ForeignJwt, "JWT without an issuer"),
        (r#"{"iss":7}"#.into(), Kind::ForeignJwt, "JWT with an unreadable issuer"),
    ] {
        let credential = identify(&jwt(RS256, &claims, 256), Some("Bearer"));
        assert_eq!(credential.kind, kind, "{claims}");
        assert_eq!(credential.label, label, "{claims}");
        let parts = credential.jwt.expect("a JWT");
        assert_eq!(parts.signature, Signature::Present { bytes: 256 }, "{claims}");
        assert_eq!(parts.broken, None, "{claims}");
    }
    let legacy = jwt(
        r#"{"alg":"HS256","typ":"JWT"}"#,
        r#"{"v":0,"d":{"uid":"u"},"iat":1}"#,
        32,
    );
    assert_eq!(identify(&legacy, None).kind, Kind::FirebaseCustomToken);
}

#[test]
fn kinds_have_ids_of_their_own() {
    for kind in Kind::ALL {
        let id = kind.id();
        assert!(
            id.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{id}"
        );
        let same = Kind::ALL.iter().filter(|other| other.id() == id).count();
        assert_eq!(same, 1, "{id}");
        assert_eq!(
            kind.is_access_token(),
            id.starts_with("access-token"),
            "{id}"
        );
    }
}

#[test]
fn what_stands_in_place_of_a_token() {
    assert_eq!(identify("", None).kind, Kind::None);
    assert_eq!(identify(" \n", Some("Bearer")).kind, Kind::None);
    for text in [
        "undefined",
        "null",
        "hello",
        "$(gcloud auth print-identity-token)",
        "$TOKEN",
        "[object Object]",
        "https://a.example",
        "123e4567-e89b-12d3-a456-426614174000",
        "www.example.com",
    ] {
        assert_eq!(
            identify(text, Some("Bearer")).kind,
            Kind::NotAToken,
            "{text}"
        );
    }
    assert_eq!(identify("dXNlcjpwYXNz", Some("basic")).kind, Kind::Basic);
    assert_eq!(
        identify("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y", None).kind,
        Kind::UnknownOpaque
    );
}

#[test]
fn claims_are_told_in_their_types() {
    let token = identify(
        &jwt(
            RS256,
            r#"{"iss":"https://accounts.google.com","aud":["a","b"],"azp":"1","email":"12-compute@developer.gserviceaccount.com","email_verified":true,"sub":"1","exp":1768480200,"iat":"1768476600","nbf":1768476600.5}"#,
            256,
        ),
        None,
    );
    assert_eq!(
        token.issuer().as_deref(),
        Some("https://accounts.google.com")
    );
    assert_eq!(
        token.audience(),
        Audience::Many(vec!["a".into(), "b".into()])
    );
    assert_eq!(token.authorized_party().as_deref(), Some("1"));
    assert_eq!(token.subject().as_deref(), Some("1"));
    assert_eq!(token.email_verified(), Some(true));
    assert_eq!(token.alg().as_deref(), Some("RS256"));
    assert_eq!(token.kid().map(|kid| kid.len()), Some(40));
    let seconds = |name| token.numeric_date(name).and_then(|date| date.seconds);
    assert_eq!(seconds("exp"), Some(1_768_480_200));
    assert_eq!(seconds("iat"), Some(1_768_476_600));
    assert_eq!(seconds("nbf"), Some(1_768_476_600));
    assert_eq!(token.numeric_date("auth_time"), None);
    let identity = token.identity().expect("an identity");
    assert_eq!(
        identity.kind,
        IdentityKind::DefaultCompute {
            project_number: "12".into()
        }
    );
}

#[test]
fn identities_of_other_kinds() {
    let of = |claims: &str| identify(&jwt(RS256, claims, 256), None).identity();
    let member = |claims: &str| {
        of(claims)
            .map(|identity| identity.member)
            .unwrap_or_default()
    };
    assert_eq!(
        member(r#"{"iss":"a@p-12345.iam.gserviceaccount.com","aud":"x"}"#),
        "serviceAccount:a@p-12345.iam.gserviceaccount.com"
    );
    assert_eq!(
        member(
            r#"{"iss":"https://token.actions.githubusercontent.com","sub":"repo:o/r:ref:refs/heads/main"}"#
        ),
        "principal://iam.googleapis.com/projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/subject/repo:o/r:ref:refs/heads/main"
    );
    assert_eq!(
        of(r#"{"iss":"https://accounts.google.com","sub":"123"}"#).map(|identity| identity.kind),
        Some(IdentityKind::Unknown {
            subject: Some("123".into())
        })
    );
    assert_eq!(identify("ya29.c.FAKEfake", None).identity(), None);
    let key = r#"{"type":"service_account","private_key":"FAKE","client_email":"a@p-12345.iam.gserviceaccount.com"}"#;
    assert!(
        identify(key, None)
            .identity()
            .is_some_and(|identity| identity.is_service_account())
    );
}

#[test]
fn every_usual_claim_is_explained() {
    let claims = r#"{"iss":"https://accounts.google.com","aud":"32555940559.apps.googleusercontent.com","azp":"32555940559.apps.googleusercontent.com","email":"ann@example.com","email_verified":true,"sub":"1","hd":"example.com","at_hash":"x","exp":1768480200000,"iat":1,"nbf":1,"name":"Ann","picture":"x","jti":"x","nonce":"x","google":{"compute_engine":{"project_id":"p","zone":"z","instance_name":"vm"}}}"#;
    let token = identify(&jwt(RS256, claims, 256), None);
    let parts = token.jwt.as_ref().expect("a JWT");
    for member in parts.claims.members.iter().chain(&parts.header.members) {
        let sentence = explain(&member.name, &member.raw, &token).unwrap_or_default();
        assert!(
            sentence.ends_with('.') && sentence.len() > 15,
            "{}: {sentence}",
            member.name
        );
    }
    let of = |name: &str| {
        let raw = &token.claim(name).expect(name).raw;
        explain(name, raw, &token).unwrap_or_default()
    };
    assert!(of("aud").contains("gcloud itself"));
    assert!(of("exp").contains("milliseconds"));
    assert!(of("google").contains("VM `vm` in project `p`"));
    assert!(of("sub").contains("permanent number"));
    assert_eq!(explain("x-own", "1", &token), None);
}
