//! No secret stays in what `identify` returns.

use crate::jwt;
use why401::credential::{Kind, identify};

#[test]
fn nothing_secret_is_held() {
    let signature = "ZmFrZSBzaWduYXR1cmUgZmFrZSBzaWduYXR1cmUg";
    let token = jwt(
        r#"{"alg":"RS256"}"#,
        r#"{"iss":"https://accounts.google.com"}"#,
        256,
    );
    let sd_jwt = format!("{token}~WyJzYWx0IiwiZ2l2ZW5fbmFtZSIsIkFubiJd~");
    let flattened = format!(
        r#"{{"payload":"eyJhIjoxfQ","protected":"eyJhbGciOiJSUzI1NiJ9","signature":"{signature}"}}"#
    );
    let api_key = format!("AIza{}", "SECRET_".repeat(5));
    let hmac = format!("GOOG1E{}", "SECRET0".repeat(8));
    let base64_key = {
        use base64::prelude::{BASE64_STANDARD, Engine as _};
        BASE64_STANDARD.encode(r#"{"type":"service_account","private_key":"SECRETkey"}"#)
    };
    for (text, secret) in [
        (token.as_str(), signature),
        (&sd_jwt, signature),
        (&flattened, signature),
        ("ya29.a0SECRETSECRETSECRET", "SECRET"),
        ("ya29.c.c0SECRETSECRETSECRET", "SECRET"),
        ("ya29.d.c0SECRETSECRETSECRET", "SECRET"),
        ("ya29.dr.SECRETSECRETSECRET", "SECRET"),
        ("ya29.q.SECRETSECRETSECRET", "SECRET"),
        ("1//0gSECRETSECRETSECRET", "SECRET"),
        ("4/0ASECRETSECRETSECRET", "SECRET"),
        (&api_key, "SECRET"),
        ("AQ.Ab8RN6SECRETSECRETSECRET", "SECRET"),
        ("GOCSPX-SECRETSECRETSECRET", "SECRET"),
        (&hmac, "SECRET"),
        ("ghp_SECRETSECRETSECRET", "SECRET"),
        ("xoxb-0000-SECRET", "SECRET"),
        ("AKIASECRETSECRETSECR", "SECRET"),
        ("v4.local.SECRETSECRET", "SECRET"),
        ("aSECRETaSECRETaSECRETa1", "SECRET"),
        ("my password is SECRET", "SECRET"),
        ("{'access_token': 'SECRETSECRET'}", "SECRET"),
        ("eyJSECRETSECRETSECRET:SECRET:SECRET", "SECRET"),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nSECRETkey\n-----END RSA PRIVATE KEY-----",
            "SECRETkey",
        ),
        (
            r#"{"type":"service_account","private_key":"SECRETkey","client_email":"a@b.c"}"#,
            "SECRET",
        ),
        (
            r#"{"private_key":"-----BEGIN PRIVATE KEY-----\nSECRETkey"#,
            "SECRET",
        ),
        (
            r#"{"type":"authorized_user","refresh_token":"SECRET","client_secret":"SECRET"}"#,
            "SECRET",
        ),
        (
            r#"{"web":{"client_id":"x","client_secret":"SECRET"}}"#,
            "SECRET",
        ),
        (r#"{"kty":"oct","k":"SECRET"}"#, "SECRET"),
        (r#"{"keys":[{"kty":"EC","d":"SECRET"}]}"#, "SECRET"),
        (r#"{"access_token":"SECRETSECRETSECRET"}"#, "SECRET"),
        (&base64_key, "U0VDUkVUa2V5"),
        (&base64_key, "SECRET"),
    ] {
        let credential = identify(text, Some("Bearer"));
        let held = format!("{credential:?}");
        assert!(!held.contains(secret), "{:?} of {text}", credential.kind);
    }
    let basic = identify("dXNlcjpTRUNSRVQ=", Some("Basic"));
    assert!(!format!("{basic:?}").contains("TRUNSRV"));
    assert_eq!(identify(&base64_key, None).kind, Kind::ServiceAccountKey);
}

#[test]
fn what_is_shown_of_a_token_hides_tokens_inside_it() {
    let inner = jwt(r#"{"alg":"RS256"}"#, r#"{"sub":"inner"}"#, 256);
    let claims = format!(
        r#"{{"iss":"https://accounts.google.com","aud":"x","exp":1,"actor_token":"{inner}","list":["ya29.c.SECRETSECRET"],"n":1.50}}"#
    );
    let credential = identify(
        &jwt(
            r#"{"alg":"RS256","jwk":{"kty":"oct","k":"SECRET"}}"#,
            &claims,
            256,
        ),
        None,
    );
    let parts = credential.jwt.as_ref().expect("a JWT");
    assert_eq!(
        parts.claims_json(),
        r#"{"iss":"https://accounts.google.com","aud":"x","exp":1,"actor_token":"eyJhbGciOiJSUzI1NiJ9…","list":["ya29.c.…"],"n":1.50}"#
    );
    assert_eq!(
        parts.header_json(),
        r#"{"alg":"RS256","jwk":{"kty":"oct","k":"…"}}"#
    );
    assert!(
        credential
            .notes
            .iter()
            .any(|note| note.contains("`actor_token` holds another token"))
    );
}
