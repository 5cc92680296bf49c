//! Published vectors, read where they are: see `vectors()`.

use crate::{vector_file, vectors};
use serde_json::Value;
use why401::credential::{Credential, Kind, Signature, identify};

/// Words that would say that a signature is right.
const CLAIMS_OF_VALIDITY: [&str; 4] = ["valid", "verified", "genuine", "authentic"];

pub(crate) fn said(credential: &Credential) -> String {
    let broken = credential.jwt.as_ref().and_then(|jwt| jwt.broken.clone());
    let mut all = credential.notes.clone();
    all.push(credential.label.clone());
    all.extend(broken);
    all.join("\n")
}

/// Identifies, and holds what must hold of every input.
pub(crate) fn look(text: &str) -> Credential {
    let credential = identify(text, Some("Bearer"));
    let all = said(&credential);
    for word in CLAIMS_OF_VALIDITY {
        assert!(!all.contains(word), "{word}: {all}");
    }
    assert!(
        !all.lines()
            .any(|line| line.chars().any(why401::visible::is_hidden)),
        "hidden: {all:?}"
    );
    assert!(credential.prefix.chars().count() <= 8);
    if let Some(jwt) = &credential.jwt {
        for json in [jwt.header_json(), jwt.claims_json()] {
            assert!(
                serde_json::from_str::<&serde_json::value::RawValue>(&json).is_ok(),
                "{json}"
            );
            assert!(
                !json
                    .chars()
                    .any(|char| why401::visible::is_hidden(char) && !char.is_ascii_whitespace())
            );
        }
        for member in &jwt.claims.members {
            let _ = why401::credential::explain(&member.name, &member.raw, &credential);
        }
    }
    let _ = (
        credential.identity(),
        credential.audience(),
        credential.numeric_date("exp"),
    );
    credential
}

fn text_of(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn tests<'a>(file: &'a Value, token: &str) -> Vec<(&'a Value, String)> {
    let groups = file["testGroups"].as_array().expect("groups");
    groups
        .iter()
        .flat_map(|group| group["tests"].as_array().expect("tests"))
        .map(|test| (test, text_of(&test[token])))
        .collect()
}

#[test]
fn wycheproof_signatures() {
    let Some(file) = vector_file("wycheproof_json_web_signature_test.json") else {
        return;
    };
    let tests = tests(&file, "jws");
    assert_eq!(tests.len(), 401);
    for (test, token) in tests {
        let credential = look(&token);
        let comment = test["comment"].as_str().unwrap_or_default();
        let flags = test["flags"].to_string();
        assert!(
            credential.jwt.is_some()
                || matches!(
                    credential.kind,
                    Kind::None | Kind::NotAToken | Kind::UnknownOpaque
                )
                || credential.label == "Broken JWS in JSON form",
            "{comment}"
        );
        if flags.contains("AlgIsNone") {
            assert!(said(&credential).contains("Unsigned"), "{comment}");
        }
        if flags.contains("JsonSerialization") {
            assert!(
                credential.label.contains("JSON form"),
                "{comment}: {}",
                credential.label
            );
        }
        match comment {
            "rejectsMissingSignatureAndSeparator" => {
                assert!(said(&credential).contains("signature and the dot before it are missing"));
            }
            "rejectsMissingPayload" => assert!(
                said(&credential).contains("detached payload")
                    || said(&credential).contains("empty"),
                "{}",
                said(&credential)
            ),
            _ => {}
        }
    }
}

#[test]
fn wycheproof_encryption_and_keys() {
    if let Some(file) = vector_file("wycheproof_json_web_encryption_test.json") {
        for (test, token) in tests(&file, "jwe") {
            let credential = look(&token);
            if test["comment"] == "rejectsMissingHeaderAndSeparator" {
                // Four strings of base64url are anything.
                assert_eq!(credential.kind, Kind::UnknownOpaque);
                continue;
            }
            assert_eq!(credential.kind, Kind::OtherJose, "{}", test["comment"]);
            assert!(
                credential.is_encrypted() || credential.label.contains("JWE"),
                "{}",
                test["comment"]
            );
            assert!(said(&credential).contains("encrypted"));
            assert!(!said(&credential).contains("expired"));
        }
    }
    for name in [
        "wycheproof_json_web_key_test.json",
        "wycheproof_json_web_crypto_test.json",
        "wycheproof_json_web_signature_test.json",
        "wycheproof_json_web_encryption_test.json",
    ] {
        let Some(file) = vector_file(name) else {
            continue;
        };
        for group in file["testGroups"].as_array().expect("groups") {
            if group["private"].is_object() {
                let key = look(&group["private"].to_string());
                assert_eq!(key.kind, Kind::PrivateKey, "{}", group["comment"]);
                assert!(key.long_lived_secret);
            }
            if group["public"].is_object() {
                assert_eq!(
                    look(&group["public"].to_string()).kind,
                    Kind::NotAToken,
                    "{}",
                    group["comment"]
                );
            }
            for test in group["tests"].as_array().expect("tests") {
                for token in ["jws", "jwe"] {
                    if !test[token].is_null() {
                        look(&text_of(&test[token]));
                    }
                }
            }
        }
    }
}

#[test]
fn tokens_of_the_rfcs() {
    let Some(file) = vector_file("rfc_tokens.json") else {
        return;
    };
    for entry in file["tokens"].as_array().expect("tokens") {
        let id = entry["id"].as_str().expect("an id");
        let expect = &entry["expect"];
        let credential = look(&text_of(&entry["token"]));
        let jwt = credential.jwt.as_ref().expect(id);
        if expect["kind"] == "jwe" {
            assert!(
                credential.is_encrypted() || credential.label.contains("JWE"),
                "{id}"
            );
            assert_eq!(jwt.claims.source, "", "{id}");
            continue;
        }
        assert!(
            !said(&credential).contains("no registered algorithm"),
            "{id}"
        );
        if let Value::Object(claims) = &expect["payload_json"] {
            for (name, value) in claims {
                let raw = &credential.claim(name).expect(id).raw;
                assert_eq!(raw, &value.to_string(), "{id} {name}");
            }
        }
        if let Some(text) = expect["payload_text"].as_str() {
            assert!(
                jwt.claims.source == text || id.starts_with("rfc7797"),
                "{id}"
            );
            assert_eq!(credential.kind, Kind::OtherJose, "{id}");
        }
        if expect["unsecured"] == true {
            assert!(said(&credential).contains("Unsigned"), "{id}");
        }
        if expect["crit_unknown"] == true {
            assert!(said(&credential).contains("`crit` names"), "{id}");
        }
        if id.starts_with("rfc7520-4.5") {
            assert!(credential.label.contains("detached"), "{id}");
            assert_eq!(jwt.broken, None, "{id}");
        }
        if id.starts_with("rfc7797") && entry["serialization"] == "jws-compact" && jwt.segments > 3
        {
            assert_eq!(jwt.broken, None, "{id}");
            assert_eq!(jwt.payload_text, "$.02", "{id}");
        }
    }
}

#[test]
fn openid_connect_core() {
    let Some(file) = vector_file("oidc_core.json") else {
        return;
    };
    for entry in file["tokens"].as_array().expect("tokens") {
        let credential = look(&text_of(&entry["token"]));
        assert_eq!(credential.kind, Kind::ForeignJwt);
        assert_eq!(
            credential.issuer().as_deref(),
            Some("https://server.example.com")
        );
        assert_eq!(
            credential.numeric_date("exp").and_then(|exp| exp.seconds),
            Some(1_311_281_970)
        );
    }
    for opaque in ["access_token_A3", "code_A4"] {
        assert_eq!(
            look(&text_of(&file[opaque])).kind,
            Kind::UnknownOpaque,
            "{opaque}"
        );
    }
    assert_eq!(look(&file["key"].to_string()).kind, Kind::NotAToken);
}

/// What each attack shape is named for, and the words that name it.
const FINDINGS: &[(&str, &str)] = &[
    ("unsecured", "Unsigned"),
    (
        "unsecured-with-signature",
        "A signature stands there although",
    ),
    (
        "unsecured-malformed",
        "The dot after the payload is missing",
    ),
    ("alg-unknown", "`alg` is"),
    ("signature-missing", "signature is missing"),
    (
        "symmetric-alg-for-google",
        "whoever can check a token can also make one",
    ),
    ("embedded-key", "brings its own key"),
    ("remote-key-reference", "points to a key at"),
    ("kid-suspicious", "no key id as Google gives"),
    ("kid-empty", "`kid` is empty"),
    ("signature-all-zero", "all zeros"),
    ("signature-wrong-length", "The signature has"),
    ("crit-unknown", "`crit` names"),
    ("crit-malformed", "`crit` names `alg`, which it may not"),
    ("b64-false", "`b64` is false"),
    ("typ-unexpected", "`typ` is"),
    ("logout-token", "logout"),
    ("aud-missing", "no `aud`"),
    ("iss-missing", "no `iss`"),
    ("aud-many", "`aud` lists 2 audiences"),
    ("aud-wildcard", "no wildcard"),
    ("assertion-not-id-token", "Token request"),
    ("user-token", "of a person"),
    ("iap-assertion", "IAP assertion"),
    ("payload-not-utf8", "UTF-8"),
    ("jwe-zip", "`zip`"),
    ("jwe-p2c", "`p2c`"),
    ("jwe-weak-alg", "RSA1_5"),
    ("jwe", "encrypted"),
    ("duplicate-member", "more than once"),
    ("too-many-segments", "parts where a JWT has 3"),
];

#[test]
fn attack_shapes_are_named() {
    let Some(file) = vector_file("jwt_attack_shapes.json") else {
        return;
    };
    let mut named = 0;
    for shape in file["shapes"].as_array().expect("shapes") {
        let credential = look(&text_of(&shape["token"]));
        let finding = shape["expect"]["finding"].as_str().unwrap_or_default();
        match finding {
            "not-a-token" => assert_eq!(credential.kind, Kind::NotAToken),
            // Whether two numbers lie in a curve's range is arithmetic for a verifier.
            "signature-out-of-range" => {
                let jwt = credential.jwt.expect("a JWT");
                assert_eq!(jwt.signature, Signature::Present { bytes: 64 });
            }
            _ => {
                let (_, words) = FINDINGS
                    .iter()
                    .find(|(name, _)| *name == finding)
                    .expect(finding);
                assert!(
                    said(&credential).contains(words),
                    "{}: {}",
                    shape["name"],
                    said(&credential)
                );
                named += 1;
            }
        }
    }
    assert!(named > 50);
}

#[test]
fn what_broke_other_tools() {
    let Some(file) = vector_file("peer_issue_shapes.json") else {
        return;
    };
    for shape in file["shapes"].as_array().expect("shapes") {
        let paste = text_of(&shape["paste"]);
        let credential = look(&paste);
        let expect = &shape["expect"];
        let id = shape["id"].as_str().unwrap_or_default();
        let claims = credential
            .jwt
            .as_ref()
            .map(|jwt| jwt.claims_json())
            .unwrap_or_default();
        if let Some(text) = expect["text"]
            .as_str()
            .filter(|text| !text.starts_with("2018"))
        {
            assert!(claims.contains(text), "{id}: {claims}");
        }
        if let Some(number) = expect["number"].as_str() {
            assert!(claims.contains(number), "{id}: {claims}");
        }
        if expect["time"] == "milliseconds" {
            assert!(said(&credential).contains("milliseconds"), "{id}");
        }
        if expect["kind_not"] == "jwt" {
            assert!(!credential.kind.is_jwt(), "{id}");
        }
        match expect["code"].as_str().unwrap_or_default() {
            "payload-not-json" => assert!(
                said(&credential).contains("JSON") || credential.kind == Kind::OtherJose,
                "{id}"
            ),
            "not-a-token" => assert_eq!(credential.kind, Kind::NotAToken, "{id}"),
            "payload-not-an-object" => {
                assert!(said(&credential).contains("must be an object"), "{id}")
            }
            "too-many-segments" => assert!(said(&credential).contains("4 parts"), "{id}"),
            _ => {}
        }
    }
}

/// Each string and each JSON text as a paste, as a payload and as an e-mail.
#[test]
fn naughty_strings_and_odd_json() {
    let mut texts: Vec<String> = Vec::new();
    if let Some(Value::Array(list)) = vector_file("blns.json") {
        texts.extend(list.iter().map(text_of));
    }
    if let Some(file) = vector_file("json_test_suite.json") {
        let files = file["files"].as_object().expect("files");
        texts.extend(
            files
                .values()
                .filter_map(|file| file["text"].as_str())
                .map(str::to_owned),
        );
    }
    for text in &texts {
        look(text);
        look(&crate::jwt(r#"{"alg":"RS256","typ":"JWT"}"#, text, 256));
        look(&crate::jwt(
            text,
            r#"{"iss":"https://accounts.google.com"}"#,
            256,
        ));
        let claims = format!(
            r#"{{"iss":"https://accounts.google.com","aud":"x","exp":1,"email":{}}}"#,
            serde_json::to_string(text).expect("a string")
        );
        let credential = look(&crate::jwt(r#"{"alg":"RS256"}"#, &claims, 256));
        assert_eq!(credential.email().as_ref(), Some(text));
        assert!(
            !credential
                .identity()
                .is_some_and(|identity| identity.is_service_account()),
            "{text}"
        );
    }
    assert!(vectors().is_none() || texts.len() > 800);
}

#[test]
fn lookalike_letters_are_not_google() {
    let Some(file) = vector_file("confusables_excerpt.json") else {
        return;
    };
    let mut tried = 0;
    for (letter, lookalikes) in file["letters"].as_object().expect("letters") {
        for lookalike in lookalikes.as_array().expect("a list") {
            let other = lookalike["c"].as_str().expect("a character");
            for (member, start, google) in [
                ("iss", "https://", "accounts.google.com"),
                ("email", "runner@proj-1.iam.", "gserviceaccount.com"),
            ] {
                if !google.contains(letter.as_str()) {
                    continue;
                }
                let name = format!("{start}{}", google.replacen(letter.as_str(), other, 1));
                let claims = format!(
                    "{{\"{member}\":{},\"aud\":\"x\",\"exp\":1}}",
                    serde_json::to_string(&name).expect("a string")
                );
                let credential = look(&crate::jwt(r#"{"alg":"RS256"}"#, &claims, 256));
                assert_ne!(credential.kind, Kind::GoogleIdToken, "{name}");
                assert!(
                    !credential
                        .identity()
                        .is_some_and(|identity| identity.is_service_account()),
                    "{name}"
                );
                tried += 1;
            }
        }
    }
    assert!(tried > 200);
}

/// Standard base64 with padding and without; white space is for `read` to take out.
#[test]
fn base64_of_the_web_platform() {
    let Some(Value::Array(cases)) = vector_file("wpt_forgiving_base64.json") else {
        return;
    };
    for case in &cases {
        let text = text_of(&case[0]);
        look(&text);
        look(&format!("eyJhbGciOiJSUzI1NiJ9.{text}.AAAA"));
        look(&format!("{text}.eyJpc3MiOiJ4In0.AAAA"));
    }
}
