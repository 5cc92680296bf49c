//! Other projects' vectors through the whole diagnosis, read where they are: the folder named by
//! `WHY401_VECTORS`, or `../shared/vectors` beside the checkout. Without it nothing is tested,
//! and that is said. What is identified in them is held in tests/credential/vectors.rs.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use corpus::invariants::{self, copies};
use serde_json::Value;
use std::path::{Path, PathBuf};
use why401::report::to_json;
use why401::target::{Product, Target};
use why401::{Input, diagnose};

#[test]
fn naughty_strings_in_every_field() {
    let Some(file) = file("blns.json") else {
        return;
    };
    for text in file.as_array().unwrap().iter().filter_map(Value::as_str) {
        let json = Value::from(text);
        keeps_the_rules(&input(text, ""));
        keeps_the_rules(&input(
            &token(&format!("{{\"email\":{json},{json}:1}}")),
            text,
        ));
    }
}

#[test]
fn tokens_of_every_source() {
    let tokens = [
        ("jwt_attack_shapes.json", "shapes", "token"),
        ("peer_issue_shapes.json", "shapes", "paste"),
        ("rfc_tokens.json", "tokens", "token"),
        ("oidc_core.json", "tokens", "token"),
    ];
    for (name, list, member) in tokens {
        let Some(file) = file(name) else { return };
        for entry in file[list].as_array().unwrap() {
            let text = entry[member]
                .as_str()
                .map_or_else(|| entry[member].to_string(), str::to_owned);
            keeps_the_rules(&input(&text, ""));
            keeps_the_rules(&input(&format!("Authorization: Bearer {text}"), RUN));
        }
    }
    if let Some(cookbook) = file("jose_cookbook.json") {
        for (_, whole) in cookbook["files"].as_object().unwrap() {
            let text = whole
                .as_str()
                .map_or_else(|| whole.to_string(), str::to_owned);
            keeps_the_rules(&input(&text, ""));
        }
    }
}

#[test]
fn wycheproof_is_never_called_right() {
    for name in [
        "wycheproof_json_web_signature_test.json",
        "wycheproof_json_web_encryption_test.json",
        "wycheproof_json_web_key_test.json",
        "wycheproof_json_web_crypto_test.json",
    ] {
        let Some(file) = file(name) else { return };
        for group in file["testGroups"].as_array().unwrap() {
            for test in group["tests"].as_array().unwrap() {
                for member in ["jws", "jwe"] {
                    let told = &test[member];
                    let text = told
                        .as_str()
                        .map_or_else(|| told.to_string(), str::to_owned);
                    keeps_the_rules(&input(&text, RUN));
                }
            }
            keeps_the_rules(&input(&group["private"].to_string(), ""));
        }
    }
}

#[test]
fn json_of_every_shape_as_claims() {
    let Some(file) = file("json_test_suite.json") else {
        return;
    };
    let mut seen = 0;
    for one in file["files"].as_object().unwrap().values() {
        let Some(bytes) = bytes_of(one) else { continue };
        seen += 1;
        let input = input(&token_of(&bytes), RUN);
        keeps_the_rules(&input);
        assert_eq!(to_json(&diagnose(&input)), to_json(&diagnose(&input)));
    }
    assert!(seen >= 330, "only {seen} files");
}

#[test]
fn urls_have_the_host_that_clients_call() {
    let Some(file) = file("wpt_urltestdata.json") else {
        return;
    };
    let mut wrong = Vec::new();
    let mut seen = 0;
    for one in file
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["base"].is_null())
    {
        let Some(typed) = one["input"].as_str() else {
            continue;
        };
        let lower = typed.to_ascii_lowercase();
        keeps_the_rules(&input("", typed));
        // A host that is encoded, or in Punycode that DNS cannot know, is a problem here.
        let odd = ["%", "xn--", ".."];
        if odd.iter().any(|odd| lower.contains(odd)) {
            continue;
        }
        // Without a scheme, with spaces or brackets around it, more is taken for a URL here.
        let plain = typed.chars().all(|c| c.is_ascii_graphic())
            && typed.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
        if !plain || !(lower.starts_with("http://") || lower.starts_with("https://")) {
            continue;
        }
        seen += 1;
        let host = Target::read(typed, &Input::at(0)).host;
        let expected = one["hostname"].as_str().unwrap_or_default();
        let longest = expected.split('.').map(str::len).max();
        let expected = if longest > Some(63) { "" } else { expected };
        if host != expected.strip_suffix('.').unwrap_or(expected) {
            wrong.push(format!("{typed}: `{host}`, not `{expected}`"));
        }
    }
    assert!(seen > 50, "only {seen} URLs");
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn no_lookalike_is_taken_for_google() {
    if let Some(file) = file("confusables_excerpt.json") {
        let mut tried = 0;
        for (letter, lookalikes) in file["letters"].as_object().unwrap() {
            for lookalike in texts(lookalikes) {
                for name in [
                    "run.app",
                    "googleapis.com",
                    "gserviceaccount.com",
                    "accounts.google.com",
                ] {
                    let Some(at) = name.find(letter.as_str()) else {
                        continue;
                    };
                    let fake = format!("{}{lookalike}{}", &name[..at], &name[at + letter.len()..]);
                    if fake.is_ascii() {
                        continue;
                    }
                    tried += 1;
                    stands_for_another(&format!("https://orders-4k3jd82hfa-uc.a.{fake}"));
                }
            }
        }
        assert!(tried > 400, "only {tried} lookalikes");
    }
    if let Some(file) = file("idn_spoof_excerpt.json") {
        for row in file["rows"].as_array().unwrap() {
            let host = row["unicode"].as_str().unwrap();
            keeps_the_rules(&input("", &format!("https://{host}/")));
            if row["result"] != "safe" && !host.is_ascii() {
                stands_for_another(&format!("https://{host}/"));
            }
        }
    }
}

#[test]
fn hosts_of_other_alphabets_are_shown_in_ascii() {
    let rows = |name, list: &str, source| {
        let file = file(name)?;
        let rows = if list.is_empty() {
            file
        } else {
            file[list].clone()
        };
        Some((rows, source))
    };
    let sets = [
        rows("wpt_toascii.json", "", "input"),
        rows("idna_test_v2_excerpt.json", "tests", "source"),
    ];
    for (rows, source) in sets.into_iter().flatten() {
        for host in rows
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|row| row[source].as_str())
        {
            let typed = format!("https://{host}/");
            keeps_the_rules(&input("", &typed));
            let target = Target::read(&typed, &Input::at(0));
            assert!(target.host.is_ascii(), "{host}: {}", target.host);
        }
    }
}

/// A URL that is not Google's, and of which that is said.
fn stands_for_another(typed: &str) {
    let target = Target::read(typed, &Input::at(0));
    let google = matches!(
        target.product,
        Product::CloudRun | Product::CloudFunctions | Product::GoogleApi | Product::AppEngine
    );
    // Full-width letters are what clients read as ASCII; that is said, and the host is Google's.
    let same = !target.problems.is_empty()
        && typed
            .chars()
            .all(|c| c.is_ascii() || ('\u{FF00}'..='\u{FFEF}').contains(&c) || c == '\u{3002}');
    assert!(!google || same, "{typed} counts as {}", target.product.id());
    assert!(!target.problems.is_empty(), "nothing is said of {typed}");
}

const RUN: &str = "https://orders-4k3jd82hfa-uc.a.run.app";

fn input(paste: &str, service_url: &str) -> Input {
    let mut input = Input::at(corpus::NOW);
    input.paste = paste.to_owned();
    input.service_url = service_url.to_owned();
    input.status = (!service_url.is_empty()).then_some(401);
    input
}

fn token(claims: &str) -> String {
    token_of(claims.as_bytes())
}

fn token_of(claims: &[u8]) -> String {
    let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let header = encode(b"{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
    format!("{header}.{}.{}", encode(claims), encode(&[0x5A; 256]))
}

fn keeps_the_rules(input: &Input) {
    let report = diagnose(input);
    let broken = invariants::broken(&report, &copies(&report));
    assert!(broken.is_empty(), "{input:?}:\n{}", broken.join("\n"));
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        value => value.as_str().into_iter().collect(),
    }
}

/// A file's bytes, where it is stored whole.
fn bytes_of(file: &Value) -> Option<Vec<u8>> {
    use base64::prelude::BASE64_STANDARD;
    if let Some(text) = file["text"].as_str() {
        return Some(text.as_bytes().to_vec());
    }
    BASE64_STANDARD.decode(file["b64"].as_str()?).ok()
}

fn file(name: &str) -> Option<Value> {
    let named = std::env::var_os("WHY401_VECTORS").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors");
    let path = named.unwrap_or(beside).join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return None;
    };
    Some(serde_json::from_str(&text).expect("the file is JSON"))
}
