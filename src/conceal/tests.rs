//! What is cut, and what must stay readable.

use super::{Concealer, json, text};

#[test]
fn secrets_are_cut_down() {
    for (given, shown) in [
        (
            "got eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2lnbmF0dXJl and ya29.a0FAKEfakeFAKEfake",
            "got eyJhbGciOiJub25lIn0… and ya29.…",
        ),
        (
            "see https://me:hunter2@x.example/ now",
            "see https://me:…@x.example/ now",
        ),
        (
            "https://x.example/?code=SECRETcode&a=1#id_token=abc",
            "https://x.example/?code=…&a=1#id_token=…",
        ),
        ("BearerGOCSPX-FAKEa1b2C3d4", "BearerGOCSPX-…"),
        ("prod_ya29.a0AfB_byFAKEa1b2", "prod_ya29.…"),
        (
            "GET /verify/1//0gFAKEa1b2C3d4E5f6-IwG7h8 403",
            "GET /verify/1//0… 403",
        ),
        ("^[[33mGOCSPX-FAKEa1b2C3d4^[[0m", "^[[33mGOCSPX-…^[[0m"),
        ("DB_PASSWORD=hunter2FAKEpass", "DB_PASSWORD=…"),
        (
            "Server=db;User Id=app;Password=hunter2FAKEpass;",
            "Server=db;User Id=app;Password=…;",
        ),
        (
            "{\\\"password\\\":\\\"hunter2 x\\\"}",
            "{\\\"password\\\":\\\"…\\\"}",
        ),
        (
            "Authorization: Basic dXNlcjpwYXNz",
            "Authorization: Basic …",
        ),
        (
            "postgres://app:hunter2@db:5432/x",
            "postgres://app:…@db:5432/x",
        ),
        (
            "-----BEGIN PRIVATE KEY-----\nFAKE+key/x\nabc=\n-----END PRIVATE KEY-----\nwas refused",
            "-----BEGIN PRIVATE KEY-----…\n-----END PRIVATE KEY-----\nwas refused",
        ),
        ("FAKE\u{200B}a1b2C3\u{200B}d4E5f6 x", "… x"),
        ("FAKE‹U+200B›a1b2C3‹U+200B›d4E5f6 x", "… x"),
        ("`SG.FAKEa1b2C3d4E5f6G7.FAKE`", "`SG.…`"),
    ] {
        assert_eq!(text(given), shown);
    }
}

#[test]
fn what_a_reader_needs_is_readable() {
    for given in [
        "https://hello-abc123xyz-uc.a.run.app/path/to?x=1",
        "https://orders-123456789012.us-central1.run.app",
        "runner@proj-x-123.iam.gserviceaccount.com needs roles/run.invoker",
        "service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com",
        "projects/123456789012/locations/global/workloadIdentityPools/pool/providers/gh",
        "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/gh",
        "/projects/123456789012/global/backendServices/4567890123456789012",
        "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).",
        "sub 113774264463038321964 of azp 32555940559.apps.googleusercontent.com",
        "764086051850-6qr4p6gpi6hn506pt8ejuq83di341hur.apps.googleusercontent.com",
        "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "www-authenticate: Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"",
        "error: invalid_token: The token expired",
        "curl -H \"Authorization: Bearer $(gcloud auth print-identity-token)\" https://x.example",
        "gcloud secrets add-iam-policy-binding my-secret --role=roles/secretmanager.secretAccessor",
        "--set-secrets=API_KEY=my-key:latest --update-secrets=TOKEN=token-2:latest",
        "token = google.oauth2.id_token.fetch_id_token(request, audience)",
        "const token = await client.idTokenProvider.fetchIdToken(audience);",
        "credentials: 'include'",
        "org.springframework.security.oauth2.jwt.JwtValidationException",
        "com.google.auth.oauth2.GoogleAuthException: Error getting access token",
        "2026-11-18T11:36:40.123456789Z",
        "123e4567-e89b-12d3-a456-426614174000",
        "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/repo:o/r:ref:refs/heads/main",
        "ya29. tokens, `AIza…` keys and `1//` too",
        "Bearer YOUR_IDENTITY_TOKEN",
        "mail a:b@c.example, d=e",
    ] {
        assert_eq!(text(given), given);
    }
}

#[test]
fn a_value_that_is_known_is_readable() {
    let known = Concealer::knowing(vec!["0badc0de5eed0badc0de5eed0badc0de".into()]);
    let sentence = "the key `0badc0de5eed0badc0de5eed0badc0de` is not listed";
    assert_eq!(known.text(sentence), sentence);
    assert_eq!(text(sentence), "the key `…` is not listed");
    let known = Concealer::knowing(vec!["ya29.a0FAKEfakeFAKE".into()]);
    assert_eq!(known.text("`ya29.a0FAKEfakeFAKE`"), "`ya29.…`");
}

#[test]
fn a_credential_that_reads_as_words_is_hidden_where_it_is_known() {
    let hiding = Concealer::default().hiding(["correct-horse-battery"].into_iter());
    assert_eq!(hiding.text("sent correct-horse-battery."), "sent ….");
}

#[test]
fn json_is_kept_to_the_digit() {
    for raw in [
        "1.5e400",
        "1.50",
        "null",
        "{\"a\": [1, \"é\\n\\\"\", {\"b\":\"\\u202e\"}]}",
        "\"https://a.example/4/x\"",
        "\"32555940559.apps.googleusercontent.com\"",
        "\"\"",
        "{\"kid\":\"0badc0de5eed0badc0de5eed0badc0de5eed0bad\",\"at_hash\":\"FAKEa1b2C3d4E5f6G7h8I9\"}",
        "{\"aud\":[\"a\",\"FAKEa1b2C3d4E5f6G7h8I9\"],\"sub\":\"00uFAKEa1b2C3d4E5f6\"}",
    ] {
        assert_eq!(json(raw), raw);
    }
}

#[test]
fn secrets_in_json_are_cut() {
    for (raw, shown) in [
        (
            r#"{"client_secret": "abc", "n": "abc"}"#,
            r#"{"client_secret": "…", "n": "abc"}"#,
        ),
        (
            r#"{"kty":"EC","x":"abc","d":"abc"}"#,
            r#"{"kty":"EC","x":"abc","d":"…"}"#,
        ),
        (r#"{"d":"abc"}"#, r#"{"d":"abc"}"#),
        (
            r#"{"payload":"e30","signatures":[{"signature":"abc"}]}"#,
            r#"{"payload":"e30","signatures":[{"signature":"…"}]}"#,
        ),
        (r#"{"signature":"abc"}"#, r#"{"signature":"abc"}"#),
        (
            r#"["eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"]"#,
            r#"["eyJhbGciOiJSUzI1NiJ9…"]"#,
        ),
        (
            "\"-----BEGIN PRIVATE KEY-----\\nRkFLRQ==\\n\"",
            "\"-----BEGIN PRIVATE KEY-----…\\u000a\"",
        ),
        (r#"{"kid":"ya29.a0FAKEfakeFAKE"}"#, r#"{"kid":"ya29.…"}"#),
        (r#"{"a": ya29.a0FAKEfakeFAKE"#, r#"{"a": ya29.…"#),
    ] {
        assert_eq!(json(raw), shown);
    }
}

#[test]
fn hidden_characters_and_lone_surrogates_are_escaped() {
    assert_eq!(
        json("\"a\u{202E}\u{E0041}b\""),
        "\"a\\u202e\\udb40\\udc41b\""
    );
    assert_eq!(json("\"a\\ud800b\""), "\"a\\\\ud800b\"");
    assert_eq!(json("{\"\u{200B}\":1}"), "{\"\\u200b\":1}");
}

#[test]
fn a_damaged_token_is_cut_where_one_was_found() {
    let token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";
    let raw = format!(
        "{{\"id_token\": \"ey=={token}\", \"a\": \"{token}\", \"b\": \"{token}\\nbbbb\", \"c\": \"c\"}}"
    );
    assert_eq!(
        Concealer::default().json_beside(&raw, &["id_token", "a", "b"]),
        r#"{"id_token": "…", "a": "eyJhbGciOiJSUzI1NiJ9…", "b": "…", "c": "c"}"#
    );
}
/// What tempts a reader to look ahead again and again is read in one pass all the same.
#[test]
fn work_is_linear() {
    let started = std::time::Instant::now();
    for part in [
        "eyJ",
        "@",
        "\"@",
        "token=(",
        "password=",
        "://a",
        "-----BEGIN PRIVATE KEY----- ",
        "FAKEa1b2C3d4\n",
        "\"token\":[",
        "\"a",
        "%40",
        "1/",
        "\u{200B}",
        "‹U+",
        "a_",
        "sk-",
        "Bearer ",
    ] {
        let text = part.repeat(30_000_usize.div_ceil(part.len()));
        let _ = (super::text(&text), json(&text));
        let _ = super::people::People::default().text(&text).len();
        let _ = super::people::People::default().json(&text);
    }
    // A quadratic reader takes minutes.
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}
