//! Keys and credential files. They are named, never kept.
//!
//! Source of the `type` values: google-auth-library-python `google/auth/_default.py`.

use super::{Credential, Identity, Kind};
use crate::json::Json;
use crate::read::has_key;

/// Recognises a block of PEM (RFC 7468), also inside a broken key file.
pub(super) fn pem(text: &str) -> Option<Credential> {
    if text.starts_with('{') && Json::read(text).broken.is_none() {
        return None;
    }
    let (_, block) = text.split_once("-----BEGIN ")?;
    let (name, body) = block.split_once("-----")?;
    if name.ends_with("PRIVATE KEY") || name.ends_with("PRIVATE KEY BLOCK") {
        return has_key(body).then(|| private("Private key (PEM)"));
    }
    let label = match name {
        "CERTIFICATE" => "Certificate (PEM)",
        "PUBLIC KEY" | "RSA PUBLIC KEY" => "Public key (PEM)",
        _ => "PEM block",
    };
    Some(Credential::new(Kind::NotAToken, label))
}

/// Recognises a key file, a credential configuration, a client file, a JWK or a JWK set.
pub(super) fn of_json(json: &Json) -> Option<Credential> {
    by_type(json)
        .or_else(|| client_file(json))
        .or_else(|| jwk(json))
}

fn by_type(json: &Json) -> Option<Credential> {
    let kind = json.text("type").unwrap_or_default();
    let mut credential = match kind.as_str() {
        _ if json.get("private_key").is_some() => key_file("Service account key file"),
        "service_account" => key_file("Service account key file without its key"),
        "gdch_service_account" => key_file("Service account key file of Distributed Cloud"),
        "authorized_user" => Credential::new(
            Kind::CredentialConfig,
            "Credentials of a person (`gcloud auth application-default login`)",
        )
        .with_note("It holds a refresh token: never send or share it.")
        .with_note("No ID token for an audience of your choice can be made from it.")
        .long_lived(),
        "external_account" => {
            let config = Credential::new(
                Kind::CredentialConfig,
                "Workload or workforce identity federation configuration",
            )
            .with_note("It says how to get a token; it is none itself.");
            if json.get("service_account_impersonation_url").is_some() {
                config
            } else {
                config.with_note(
                    "It names no service account to impersonate, so no ID token can be made with it.",
                )
            }
        }
        "external_account_authorized_user" => Credential::new(
            Kind::CredentialConfig,
            "Credentials of a workforce identity federation user",
        )
        .with_note("It holds a refresh token: never send or share it.")
        .long_lived(),
        "impersonated_service_account" => Credential::new(
            Kind::CredentialConfig,
            "Configuration to impersonate a service account",
        )
        .with_note("It holds the credentials it starts from: never send or share it.")
        .long_lived(),
        _ => return None,
    };
    credential.account = account(json);
    credential.key_id = json.text("private_key_id");
    Some(credential)
}

fn key_file(label: &str) -> Credential {
    Credential::new(Kind::ServiceAccountKey, label)
        .with_note(
            "Anybody who has the key is the service account: if it was shown, delete the key and make a new one.",
        )
        .with_note("It is no token; a token is made with it.")
        .long_lived()
}

/// The service account a file names, when it is one.
fn account(json: &Json) -> Option<String> {
    let email = json.text("client_email").or_else(|| {
        let url = json.text("service_account_impersonation_url")?;
        let (_, name) = url.rsplit_once("/serviceAccounts/")?;
        let (email, _) = name.split_once(':')?;
        Some(email.to_owned())
    })?;
    Identity::from_email(&email)
        .is_service_account()
        .then_some(email)
}

/// `client_secret.json`, as the console offers it for download.
fn client_file(json: &Json) -> Option<Credential> {
    let inside = json.get("installed").or_else(|| json.get("web"))?;
    Json::read(&inside.raw).get("client_id")?;
    Some(
        Credential::new(Kind::ClientSecret, "OAuth client file")
            .with_note("It holds the client’s secret; it is no token.")
            .long_lived(),
    )
}

/// A JWK or a JWK set (RFC 7517).
fn jwk(json: &Json) -> Option<Credential> {
    let keys = match json.get("keys") {
        Some(set) => set.elements().iter().map(|key| Json::read(key)).collect(),
        None => vec![json.clone()],
    };
    if keys.is_empty() || keys.iter().any(|key| key.get("kty").is_none()) {
        return None;
    }
    let is_private = |key: &Json| key.get("d").is_some() || key.get("k").is_some();
    let set = json.get("keys").is_some();
    Some(if keys.iter().any(is_private) {
        private(if set {
            "JWK set with a private key"
        } else {
            "Private key (JWK)"
        })
    } else {
        let label = if set {
            "Public keys (JWK set)"
        } else {
            "Public key (JWK)"
        };
        Credential::new(Kind::NotAToken, label)
            .with_note("Signatures are checked with it; it lets nobody in.")
    })
}

fn private(label: &str) -> Credential {
    Credential::new(Kind::PrivateKey, label)
        .with_note("A private key: do not paste it anywhere, and replace it now that it was shown.")
        .long_lived()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Credential {
        of_json(&Json::read(text)).expect(text)
    }

    #[test]
    fn files_by_type() {
        let key = of(
            r#"{"type":"service_account","private_key":"-----BEGIN PRIVATE KEY-----\nRkFLRQ==\n","client_email":"a@p.iam.gserviceaccount.com"}"#,
        );
        assert_eq!(key.kind, Kind::ServiceAccountKey);
        assert_eq!(key.account.as_deref(), Some("a@p.iam.gserviceaccount.com"));
        assert!(key.long_lived_secret);
        assert!(!format!("{key:?}").contains("RkFLRQ"));
        for (kind, secret) in [
            ("authorized_user", true),
            ("external_account", false),
            ("external_account_authorized_user", true),
            ("impersonated_service_account", true),
        ] {
            let config = of(&format!("{{\"type\":\"{kind}\"}}"));
            assert_eq!(config.kind, Kind::CredentialConfig, "{kind}");
            assert_eq!(config.long_lived_secret, secret, "{kind}");
        }
        let federation = of(
            r#"{"type":"external_account","service_account_impersonation_url":"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@p.iam.gserviceaccount.com:generateAccessToken"}"#,
        );
        assert_eq!(
            federation.account.as_deref(),
            Some("a@p.iam.gserviceaccount.com")
        );
    }

    #[test]
    fn keys() {
        assert_eq!(of(r#"{"kty":"oct","k":"FAKE"}"#).kind, Kind::PrivateKey);
        assert_eq!(
            of(r#"{"kty":"RSA","n":"x","e":"AQAB"}"#).kind,
            Kind::NotAToken
        );
        assert_eq!(
            of(r#"{"keys":[{"kty":"RSA","n":"x"},{"kty":"EC","d":"FAKE"}]}"#).kind,
            Kind::PrivateKey
        );
        assert_eq!(
            of(r#"{"web":{"client_id":"1.apps.googleusercontent.com"}}"#).kind,
            Kind::ClientSecret
        );
        assert!(of_json(&Json::read(r#"{"error":"x"}"#)).is_none());
        assert!(of_json(&Json::read(r#"{"keys":[]}"#)).is_none());
    }

    #[test]
    fn pem_blocks() {
        let kind = |text: &str| pem(text).map(|credential| credential.kind);
        for name in ["PRIVATE KEY", "RSA PRIVATE KEY", "PGP PRIVATE KEY BLOCK"] {
            let text = format!("-----BEGIN {name}-----\nRkFLRQ==\n-----END {name}-----");
            assert_eq!(kind(&text), Some(Kind::PrivateKey));
        }
        assert_eq!(
            kind("-----BEGIN CERTIFICATE-----\nx"),
            Some(Kind::NotAToken)
        );
        assert_eq!(kind("hello"), None);
        // A key file that is cut off.
        assert_eq!(
            kind(r#"{"private_key":"-----BEGIN PRIVATE KEY-----\nRkFL"#),
            Some(Kind::PrivateKey)
        );
    }
}
