//! Who issued a JWT, by its claims: the table of issuers.
//!
//! Sources: google-auth-library-python `id_token.py`, `jwt.py`, `service_account.py`;
//! google-auth-library-java `TokenVerifier`; firebase-admin-node `token-verifier.ts` and
//! `token-generator.ts`; the issuers' own discovery documents.

use std::borrow::Cow;

use super::{Identity, IdentityKind, Kind};
use crate::json::Json;
use crate::visible::quoted;

/// The two spellings of Google's issuer. Nothing else is Google.
const GOOGLE: [&str; 2] = ["https://accounts.google.com", "accounts.google.com"];
const IAP: &str = "https://cloud.google.com/iap";
const FIREBASE: &str = "https://securetoken.google.com/";
const FIREBASE_SESSION: &str = "https://session.firebase.google.com/";
const FIREBASE_CUSTOM_AUDIENCE: &str =
    "https://identitytoolkit.googleapis.com/google.identity.identitytoolkit.v1.IdentityToolkit";
const TOKEN_ENDPOINTS: [&str; 4] = [
    "https://oauth2.googleapis.com/token",
    "https://www.googleapis.com/oauth2/v4/token",
    "https://www.googleapis.com/oauth2/v3/token",
    "https://accounts.google.com/o/oauth2/token",
];

/// The kind and the label of a JWT with these claims.
pub(super) fn recognise(header: &Json, claims: &Json) -> (Kind, Cow<'static, str>) {
    let issuer = claims.text("iss").unwrap_or_default();
    if is_legacy_custom_token(header, claims) {
        let label = "Firebase custom token of the old kind";
        return (Kind::FirebaseCustomToken, label.into());
    }
    let audience = claims.text("aud").unwrap_or_default();
    if audience == FIREBASE_CUSTOM_AUDIENCE {
        return (Kind::FirebaseCustomToken, "Firebase custom token".into());
    }
    of_google(&issuer, claims)
        .or_else(|| self_signed(&issuer, &audience))
        .or_else(|| workload(&issuer, claims).map(|label| (Kind::WorkloadJwt, label.into())))
        .or_else(|| provider(&issuer, claims).map(|label| (Kind::ForeignJwt, label.into())))
        .unwrap_or_else(|| {
            let label = match claims.get("iss") {
                None => "JWT without an issuer".into(),
                Some(_) if issuer.is_empty() => "JWT with an unreadable issuer".into(),
                Some(_) => format!("JWT of the issuer {}", quoted(&issuer)).into(),
            };
            (Kind::ForeignJwt, label)
        })
}

/// How `issuer` misses being Google's, in one sentence, when it looks meant to be.
pub(super) fn near_miss(issuer: &str) -> Option<String> {
    let [full, bare] = GOOGLE;
    if GOOGLE.contains(&issuer) || !looks_like_google(issuer) {
        return None;
    }
    let mut same = issuer.chars().zip(full.chars()).enumerate();
    let place = match same.find(|(_, (is, should))| is != should) {
        Some((at, _)) => format!("it differs from character {} on", at.saturating_add(1)),
        None if issuer.len() > full.len() => "more follows after `.com`".into(),
        None => "its end is missing".into(),
    };
    Some(format!(
        "`iss` is {}, not Google’s `{full}` (or `{bare}`): {place}.",
        quoted(issuer)
    ))
}

/// Whether `accounts.google.com` is what somebody had in mind or wants to be taken for.
fn looks_like_google(issuer: &str) -> bool {
    let lower = issuer.to_ascii_lowercase();
    let host = lower
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    lower.contains("accounts.google.co")
        || (host.starts_with("accounts") && host.contains("goog"))
        || (!host.is_ascii() && host.ends_with("com"))
        || (host.starts_with("xn--") && host.contains("goog"))
}

fn of_google(issuer: &str, claims: &Json) -> Option<(Kind, Cow<'static, str>)> {
    if GOOGLE.contains(&issuer) {
        return Some((Kind::GoogleIdToken, google_label(claims)));
    }
    if issuer == IAP {
        let label = "IAP assertion, made by IAP for the application behind it";
        return Some((Kind::IapAssertion, label.into()));
    }
    let project_of = |prefix| {
        issuer
            .strip_prefix(prefix)
            .is_some_and(|project: &str| !project.is_empty() && !project.contains('/'))
    };
    if project_of(FIREBASE) {
        let of_tenant = claims
            .get("firebase")
            .is_some_and(|member| Json::read(&member.raw).get("tenant").is_some());
        let label = if of_tenant {
            "Identity Platform ID token of a tenant"
        } else {
            "Firebase ID token"
        };
        return Some((Kind::FirebaseIdToken, label.into()));
    }
    project_of(FIREBASE_SESSION).then(|| {
        (
            Kind::FirebaseSessionCookie,
            "Firebase session cookie".into(),
        )
    })
}

fn google_label(claims: &Json) -> Cow<'static, str> {
    let number = |name| {
        claims
            .text(name)
            .filter(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let account = claims
        .text("email")
        .map(|email| Identity::from_email(&email));
    let of = match account {
        Some(account) if matches!(account.kind, IdentityKind::Unknown { .. }) => {
            return "Google ID token".into();
        }
        Some(account) => account.words(),
        // Without an e-mail: only service accounts are their own authorised party.
        None if number("azp").is_some() && number("azp") == number("sub") => "a service account",
        None => return "Google ID token".into(),
    };
    format!("Google ID token of {of}").into()
}

/// A service account names itself as the issuer; what for, its audience tells.
fn self_signed(issuer: &str, audience: &str) -> Option<(Kind, Cow<'static, str>)> {
    if TOKEN_ENDPOINTS.contains(&audience) {
        let label = "Token request, made to be exchanged for a token";
        return Some((Kind::TokenRequestAssertion, label.into()));
    }
    if !Identity::from_email(issuer).is_service_account() {
        return None;
    }
    let label = "JWT that a service account signed itself";
    Some((Kind::SelfSignedJwt, label.into()))
}

fn is_legacy_custom_token(header: &Json, claims: &Json) -> bool {
    header.text("alg").as_deref() == Some("HS256")
        && claims.get("v").is_some_and(|member| member.raw == "0")
        && claims
            .get("d")
            .is_some_and(|member| Json::read(&member.raw).get("uid").is_some())
}

/// Issuers whose tokens a workload exchanges at Google's Security Token Service.
fn workload(issuer: &str, claims: &Json) -> Option<&'static str> {
    let host = host_of(issuer);
    let path_has = |part: &str| issuer.contains(part);
    Some(match host {
        "token.actions.githubusercontent.com" => "GitHub Actions OIDC token",
        "container.googleapis.com" => "GKE service account token",
        "gitlab.com" => "GitLab ID token",
        "oidc.circleci.com" => "CircleCI OIDC token",
        "app.terraform.io" => "HCP Terraform OIDC token",
        "agent.buildkite.com" => "Buildkite OIDC token",
        "vstoken.dev.azure.com" => "Azure DevOps OIDC token",
        "oidc.vercel.com" => "Vercel OIDC token",
        "confidentialcomputing.googleapis.com" => "Confidential Space attestation token",
        "api.bitbucket.org" if path_has("/pipelines-config/") => "Bitbucket Pipelines OIDC token",
        _ if issuer == "kubernetes/serviceaccount" => {
            "Kubernetes service account token of the old kind"
        }
        _ if host == "kubernetes.default.svc"
            || host.starts_with("kubernetes.default.svc.")
            || claims.get("kubernetes.io").is_some() =>
        {
            "Kubernetes service account token"
        }
        _ if issuer.starts_with("https://") && issuer.ends_with("/_services/token") => {
            "GitHub Enterprise Actions OIDC token"
        }
        _ if claims.get("project_path").is_some() && claims.get("namespace_path").is_some() => {
            "GitLab ID token"
        }
        _ if claims.get("terraform_workspace_id").is_some() => "HCP Terraform OIDC token",
        _ => return None,
    })
}

/// Identity providers for people and applications.
fn provider(issuer: &str, claims: &Json) -> Option<&'static str> {
    let host = host_of(issuer);
    let under = |domain: &str| {
        host.strip_suffix(domain)
            .is_some_and(|name| name.ends_with('.'))
    };
    Some(match host {
        "sts.windows.net" | "login.microsoftonline.com" => "Microsoft Entra ID token",
        "appleid.apple.com" => "Apple ID token",
        _ if under("okta.com") || under("oktapreview.com") => "Okta token",
        _ if under("auth0.com") => "Auth0 token",
        _ if host.starts_with("cognito-idp.") && under("amazonaws.com") => "Amazon Cognito token",
        _ if under("supabase.co") => "Supabase token",
        _ if issuer.contains("/realms/") => "Keycloak token",
        _ if claims.get("appid").is_some() && claims.get("tid").is_some() => {
            "Microsoft Entra ID token"
        }
        _ => return None,
    })
}

/// The host of an `https` URL; empty for anything else.
fn host_of(issuer: &str) -> &str {
    issuer
        .strip_prefix("https://")
        .and_then(|rest| rest.split(['/', '?', '#']).next())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(claims: &str) -> (Kind, Cow<'static, str>) {
        recognise(&Json::read(r#"{"alg":"RS256"}"#), &Json::read(claims))
    }

    #[test]
    fn google_is_two_exact_issuers() {
        for issuer in GOOGLE {
            assert_eq!(
                of(&format!(r#"{{"iss":"{issuer}"}}"#)).0,
                Kind::GoogleIdToken
            );
            assert_eq!(near_miss(issuer), None);
        }
        for issuer in [
            "http://accounts.google.com",
            "https://accounts.google.com/",
            "https://accounts.google.com.",
            "https://accounts.google.com@evil.example",
            "https://ACCOUNTS.GOOGLE.COM",
            "https://accounts.google.com\u{200B}",
            "https://accounts.goog1e.com",
            "https://accounts.google.co",
            "https://accounts\u{3002}google\u{3002}com",
            "https://xn--ccounts-4nf.google.com",
            "https://\u{430}ccounts.google.com",
            "accounts.google.com.evil.example",
        ] {
            let claims = format!(r#"{{"iss":"{issuer}"}}"#);
            assert_eq!(of(&claims).0, Kind::ForeignJwt, "{issuer}");
            assert!(near_miss(issuer).is_some(), "{issuer}");
        }
        assert_eq!(
            of(r#"{"iss":["https://accounts.google.com"]}"#).0,
            Kind::ForeignJwt
        );
        assert_eq!(near_miss("https://idp.example"), None);
        assert_eq!(
            near_miss("https://accounts.google.com/").as_deref(),
            Some(
                "`iss` is `https://accounts.google.com/`, not Google’s `https://accounts.google.com` (or `accounts.google.com`): more follows after `.com`."
            )
        );
    }

    #[test]
    fn a_google_label_tells_whose_token_it_is() {
        let label = |rest: &str| of(&format!(r#"{{"iss":"accounts.google.com"{rest}}}"#)).1;
        assert_eq!(label(""), "Google ID token");
        assert_eq!(
            label(r#","email":"ann@example.com""#),
            "Google ID token of a person"
        );
        assert_eq!(
            label(r#","email":"a@p.iam.gserviceaccount.com""#),
            "Google ID token of a service account"
        );
        assert_eq!(
            label(r#","azp":"123","sub":"123""#),
            "Google ID token of a service account"
        );
        assert_eq!(
            label(r#","azp":"1.apps.googleusercontent.com","sub":"1""#),
            "Google ID token"
        );
    }
}
