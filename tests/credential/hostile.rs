//! Inputs made to break or mislead, read as a paste is and then identified.

use crate::vector_file;
use crate::vectors::{look, said};
use serde_json::Value;
use why401::credential::{Credential, Kind, Oddity};
use why401::visible::{Keep, Piece, in_line, is_hidden, pieces};

/// The entries of these groups that are plain pastes.
fn entries(groups: &[&str]) -> Vec<Value> {
    let Some(file) = vector_file("../hostile/hostile.json") else {
        return Vec::new();
    };
    let all = file["entries"].as_array().expect("entries");
    let chosen: Vec<Value> = all
        .iter()
        .filter(|entry| groups.iter().any(|group| entry["category"] == *group))
        .filter(|entry| entry["input"]["paste"].is_string())
        .cloned()
        .collect();
    assert!(!chosen.is_empty(), "{groups:?}");
    chosen
}

/// The credential of a paste that would be sent, or what identifying the paste itself says.
fn judged(entry: &Value) -> Credential {
    let paste = entry["input"]["paste"].as_str().expect("a paste");
    let exhibits = why401::read::read(paste);
    let mut all: Vec<Credential> = exhibits
        .credentials
        .iter()
        .map(|pasted| look(&pasted.text))
        .collect();
    match exhibits
        .sent
        .or(if all.is_empty() { None } else { Some(0) })
    {
        Some(sent) if sent < all.len() => all.swap_remove(sent),
        _ => look(paste),
    }
}

fn must(entry: &Value, flag: &str) -> bool {
    let flags = entry["must"].as_array().expect("flags");
    flags.iter().any(|name| name == flag)
}

#[test]
fn every_entry_is_survived_and_never_called_right() {
    for entry in entries(&[
        "seg", "b64", "json", "look", "time", "trunc", "term", "secret", "html", "paste",
    ]) {
        judged(&entry);
        look(entry["input"]["paste"].as_str().unwrap_or_default());
    }
}

#[test]
fn kinds() {
    for entry in entries(&["seg", "b64", "json"]) {
        let Some(kind) = entry["expect"]["kind"].as_str() else {
            continue;
        };
        let credential = judged(&entry);
        let id = format!("{} {}", entry["id"], entry["what"]);
        let fits = match kind {
            "jwt" => credential.kind.is_jwt(),
            "jws" => credential.kind == Kind::OtherJose && !credential.is_encrypted(),
            "jwe" => credential.label.contains("JWE"),
            "secret" => credential.long_lived_secret,
            "opaque" => {
                credential.jwt.is_none() && !matches!(credential.kind, Kind::None | Kind::NotAToken)
            }
            "none" => matches!(credential.kind, Kind::None | Kind::NotAToken),
            _ => true,
        };
        assert!(fits, "{id}: {kind}, not {:?}", credential.kind);
    }
}

#[test]
fn nothing_like_google_is_taken_for_google() {
    for entry in entries(&["look", "json"]) {
        // Of a host, the service URL is judged; see target.
        if !must(&entry, "not_google") || entry["input"]["service_url"].is_string() {
            continue;
        }
        let credential = judged(&entry);
        let googles = credential.kind == Kind::GoogleIdToken
            && credential
                .identity()
                .is_some_and(|identity| identity.is_service_account());
        assert!(!googles, "{}", entry["id"]);
    }
}

#[test]
fn values_are_shown_as_sent() {
    for entry in entries(&["json", "time", "look", "term", "html"]) {
        let Some(jwt) = judged(&entry).jwt else {
            continue;
        };
        let claims = jwt.claims_json();
        if let Some(number) = entry["expect"]["number"].as_str() {
            assert!(claims.contains(number), "{}: {claims}", entry["id"]);
        }
        assert!(!claims.chars().any(is_hidden), "{}", entry["id"]);
        if must(&entry, "text_verbatim") && entry["category"] != "html" {
            let text = entry["expect"]["text"].as_str().expect("a text");
            let held = jwt.claims.members.iter().any(|member| {
                member.name.contains(text)
                    || member.strings().iter().any(|value| value.contains(text))
            });
            assert!(held, "{}: {claims}", entry["id"]);
        }
    }
}

#[test]
fn duplicates_are_told_with_both_values() {
    let mut told = 0;
    for entry in entries(&["json"]) {
        if must(&entry, "duplicate_flagged") {
            assert!(
                said(&judged(&entry)).contains("more than once, with"),
                "{}",
                entry["id"]
            );
            told += 1;
        }
    }
    assert!(told > 0 || vector_file("../hostile/hostile.json").is_none());
}

#[test]
fn times_in_odd_shapes() {
    for entry in entries(&["time"]) {
        let statuses = entry["expect"]["time"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let has = |status: &str| statuses.iter().any(|name| name == status);
        let date = judged(&entry).numeric_date("exp");
        let is = |oddity| date.as_ref().is_some_and(|date| date.is(oddity));
        if has("unreadable") {
            let seconds = date.as_ref().and_then(|date| date.seconds);
            assert!(seconds.is_none() || is(Oddity::Text), "{}", entry["id"]);
        }
        assert_eq!(
            has("milliseconds"),
            is(Oddity::Milliseconds),
            "{}",
            entry["id"]
        );
        assert_eq!(
            has("microseconds"),
            is(Oddity::Microseconds),
            "{}",
            entry["id"]
        );
        if statuses.len() == 1 && has("absurd") {
            assert!(is(Oddity::OutOfCalendar), "{}", entry["id"]);
        }
    }
}

#[test]
fn what_is_said_and_shown_holds_no_secret() {
    for entry in entries(&["seg", "secret"]) {
        let Some(secrets) = entry["expect"]["secrets"].as_array() else {
            continue;
        };
        let paste = entry["input"]["paste"].as_str().expect("a paste");
        for pasted in why401::read::read(paste).credentials {
            let held = format!("{:?}", look(&pasted.text));
            for secret in secrets {
                assert!(
                    !held.contains(secret.as_str().expect("a secret")),
                    "{}",
                    entry["id"]
                );
            }
        }
    }
}

/// What is made visible holds nothing hidden, and the text can be had back from its pieces.
#[test]
fn hidden_characters_are_seen() {
    let mut marked = 0;
    for entry in entries(&["term", "look"]) {
        let Some(text) = entry["expect"]["text"].as_str() else {
            continue;
        };
        let shown = in_line(text);
        assert!(!shown.chars().any(is_hidden), "{}", entry["id"]);
        marked += usize::from(shown != text);
        let back: String = pieces(text, Keep::Nothing)
            .map(|piece| match piece {
                Piece::Text(text) => text.to_owned(),
                Piece::Hidden(char) => char.to_string(),
                _ => unreachable!("a piece is text or hidden"),
            })
            .collect();
        assert_eq!(back, text, "{}", entry["id"]);
    }
    assert!(marked > 5 || vector_file("../hostile/hostile.json").is_none());
}
