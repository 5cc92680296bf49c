//! Odd things people paste: what must be said of their shape.

use crate::{jwt, vector_file};
use why401::credential::{Credential, Kind, Signature, identify};

const RS256: &str =
    r#"{"alg":"RS256","kid":"0badc0de5eed0badc0de5eed0badc0de5eed0bad","typ":"JWT"}"#;
const CLAIMS: &str = r#"{"aud":"https://orders-4k3jd82hfa-uc.a.run.app","azp":"1","email":"a@proj-1.iam.gserviceaccount.com","exp":1768480200,"iat":1768476600,"iss":"https://accounts.google.com","sub":"1"}"#;

fn said(credential: &Credential) -> String {
    let broken = credential.jwt.as_ref().and_then(|jwt| jwt.broken.clone());
    let mut all = credential.notes.clone();
    all.extend(broken);
    all.join("\n")
}

fn broken(credential: &Credential) -> &str {
    let jwt = credential.jwt.as_ref().expect("what is left of a JWT");
    jwt.broken.as_deref().expect("it is broken")
}

/// A token cut at every character: each piece has an answer that blames no signature.
#[test]
fn a_token_cut_anywhere() {
    let token = jwt(RS256, CLAIMS, 256);
    let mut dots = token.match_indices('.').map(|(at, _)| at);
    let (first, second) = (dots.next().unwrap_or(0), dots.next().unwrap_or(0));
    for end in 3..token.len() {
        let cut = identify(token.get(..end).expect("ASCII"), None);
        let jwt = cut.jwt.as_ref().expect("what is left of a JWT");
        if end <= first {
            assert_eq!(cut.kind, Kind::BrokenJwt, "{end}");
            assert!(broken(&cut).contains("header"), "{end}");
        } else if end < second {
            assert_eq!(cut.kind, Kind::BrokenJwt, "{end}");
            assert!(broken(&cut).contains("payload"), "{end}");
        } else if end <= second + 1 {
            assert_eq!(cut.kind, Kind::GoogleIdToken, "{end}");
            assert!(broken(&cut).contains("ignature"), "{end}");
        } else {
            assert_eq!(cut.kind, Kind::GoogleIdToken, "{end}");
            let missing = jwt.signature.bytes_missing().is_some();
            assert!(missing || jwt.signature == Signature::Undecodable, "{end}");
            assert!(said(&cut).contains("ignature"), "{end}");
        }
    }
    let whole = identify(&token, None);
    assert_eq!(said(&whole), "");
}

#[test]
fn a_token_without_its_beginning() {
    let token = jwt(RS256, CLAIMS, 256);
    for lost in [1, 2, 3, 10] {
        let cut = identify(token.get(lost..).expect("ASCII"), None);
        assert_eq!(cut.kind, Kind::BrokenJwt);
        assert_eq!(cut.label, "Broken Google ID token of a service account");
        assert!(broken(&cut).contains("first characters are missing"));
    }
    let (_, tail) = token.split_once('.').expect("dots");
    let headless = identify(tail, None);
    assert_eq!(
        headless.label,
        "Broken Google ID token of a service account"
    );
    assert!(broken(&headless).contains("The header is missing"));
    let (payload, signature) = tail.split_once('.').expect("dots");
    let middle = identify(payload, None);
    assert_eq!(
        middle.label,
        "Middle part of a JWT (Google ID token of a service account)"
    );
    assert_eq!(
        middle.email().as_deref(),
        Some("a@proj-1.iam.gserviceaccount.com")
    );
    assert!(said(&identify(signature, None)).contains("length of a JWT’s signature"));
}

#[test]
fn parts_too_many_or_wrong() {
    let token = jwt(RS256, CLAIMS, 256);
    for extra in [".", ".AAAA"] {
        let four = identify(&format!("{token}{extra}"), None);
        assert_eq!(four.kind, Kind::GoogleIdToken);
        assert!(broken(&four).contains("4 parts where a JWT has 3"));
    }
    let many = identify(&format!("{token}{}", ".x".repeat(5000)), None);
    assert!(broken(&many).contains("5003 parts"));
    let dots = "a.".repeat(5000);
    assert!(!matches!(
        identify(&dots, None).kind,
        Kind::BrokenJwt | Kind::ForeignJwt
    ));
    let twice = identify(&jwt(RS256, RS256, 256), None);
    assert_eq!(twice.label, "Broken JWT with two headers");
    let flask = identify(
        "eyJ1c2VyIjp7ImlzX2FkbWluIjpmYWxzZX19.aBcDeF.c2lnbmF0dXJl",
        None,
    );
    assert_eq!(flask.kind, Kind::UnknownOpaque);
    assert!(flask.jwt.is_none());
    let encoded = identify(
        &{
            use base64::prelude::{BASE64_STANDARD, Engine as _};
            BASE64_STANDARD.encode(&token)
        },
        None,
    );
    assert_eq!(encoded.label, "JWT, encoded once more");
}

#[test]
fn payloads_that_are_no_claims() {
    for (payload, kind, words) in [
        ("[1,2,3]", Kind::OtherJose, "payload is an array"),
        ("\"text\"", Kind::OtherJose, "payload is a string"),
        ("42", Kind::OtherJose, "payload is a number"),
        ("hello world", Kind::OtherJose, "payload is not JSON"),
        ("", Kind::BrokenJwt, "payload is empty"),
        (
            r#"{"iss":"https://accounts.google.com","exp":1"#,
            Kind::BrokenJwt,
            "payload’s JSON stops at byte",
        ),
        (
            "{'iss':'x'}",
            Kind::BrokenJwt,
            "payload’s JSON stops at byte 1",
        ),
    ] {
        let credential = identify(&jwt(RS256, payload, 256), None);
        assert_eq!(credential.kind, kind, "{payload}");
        assert!(
            broken(&credential).contains(words),
            "{payload}: {}",
            broken(&credential)
        );
    }
    // A JWS that does not say it is a JWT may carry anything.
    let plain = identify(&jwt(r#"{"alg":"ES512"}"#, "Payload", 132), None);
    assert_eq!(plain.kind, Kind::OtherJose);
    assert_eq!(plain.jwt.as_ref().and_then(|jwt| jwt.broken.as_ref()), None);
}

#[test]
fn odd_headers_and_claims_are_named() {
    for (header, claims, words) in [
        (r#"{"alg":"none"}"#, CLAIMS, "Unsigned"),
        (r#"{"alg":"nOnE"}"#, CLAIMS, "Unsigned"),
        (r#"{"typ":"JWT"}"#, CLAIMS, "header has no `alg`"),
        (
            r#"{"alg":null}"#,
            CLAIMS,
            "`alg` must be a string, but is null",
        ),
        (
            r#"{"alg":"BP256R1"}"#,
            CLAIMS,
            "not one that Google issues (RS256 or ES256)",
        ),
        (
            r#"{"alg":"ES512"}"#,
            CLAIMS,
            "not one that Google issues (RS256 or ES256)",
        ),
        (
            r#"{"alg":"none","alg":"RS256"}"#,
            CLAIMS,
            "`alg` stands in the header more than once, with `\"none\"` and `\"RS256\"`",
        ),
        (
            r#"{"alg":"RS256","zip":"DEF"}"#,
            "x",
            "compressed (`zip` is `DEF`)",
        ),
        (
            r#"{"alg":"RS256","crit":["evil"]}"#,
            CLAIMS,
            "`crit` names `evil`",
        ),
        (
            r#"{"alg":"RS256","b64":false,"crit":["b64"]}"#,
            CLAIMS,
            "`b64` is false",
        ),
        (
            r#"{"alg":"RS256","kid":"../../dev/null"}"#,
            CLAIMS,
            "no key id as Google gives",
        ),
        (
            r#"{"alg":"RS256","jku":"https://evil.example"}"#,
            CLAIMS,
            "`jku` points to a key at `https://evil.example`",
        ),
        (
            RS256,
            r#"{"iss":"https://accounts.google.com","aud":12345,"exp":1}"#,
            "`aud` must be a string, but is a number (`12345`)",
        ),
        (
            RS256,
            r#"{"iss":"https://accounts.google.com","aud":"a","aud":"b","exp":1}"#,
            "`aud` stands in the claims more than once, with `\"a\"` and `\"b\"`",
        ),
        (
            RS256,
            r#"{"iss":"https://accounts.google.com","aud":"a","exp":null}"#,
            "`exp` is null, which counts as absent",
        ),
        (
            RS256,
            r#"{"iss":"https://accounts.google.com","aud":"a","exp":1,"email":"a\u202e@b.c"}"#,
            "`a‹U+202E›@b.c`",
        ),
        (
            RS256,
            r#"{"iss":["https://accounts.google.com"],"aud":"a","exp":1}"#,
            "`iss` must be a string, but is an array",
        ),
    ] {
        let credential = identify(&jwt(header, claims, 256), None);
        assert!(
            said(&credential).contains(words),
            "{header} {claims}: {}",
            said(&credential)
        );
    }
    // alg none is properly signed by nothing: that is no break.
    let unsigned = jwt(r#"{"alg":"none"}"#, CLAIMS, 0);
    assert_eq!(identify(&unsigned, None).kind, Kind::GoogleIdToken);
    assert_eq!(
        identify(&unsigned, None).jwt.and_then(|jwt| jwt.broken),
        None
    );
}

#[test]
fn what_the_paste_list_asks_for() {
    let Some(list) = vector_file("../pastes.json") else {
        return;
    };
    let find = |id: &str| {
        let pastes = list["pastes"].as_array().expect("a list");
        let paste = pastes.iter().find(|paste| {
            paste["id"]
                .as_str()
                .is_some_and(|name| name.starts_with(id))
        })?;
        paste["paste"].as_str().map(str::to_owned)
    };
    for (id, kind, words) in [
        (
            "16-",
            Kind::GoogleIdToken,
            "signature and the dot before it are missing",
        ),
        ("17-", Kind::GoogleIdToken, "signature is missing"),
        ("19-", Kind::BrokenJwt, "Only the middle part"),
        ("20-", Kind::GoogleIdToken, "4 parts"),
        ("22-", Kind::OtherJose, "encrypted"),
        ("23-", Kind::GoogleIdToken, "Unsigned"),
        ("25-", Kind::GoogleIdToken, "no `alg`"),
        ("26-", Kind::GoogleIdToken, "not one that Google issues"),
        ("28-", Kind::GoogleIdToken, "not one that Google issues"),
        ("29-", Kind::GoogleIdToken, "not one that Google issues"),
        ("31-", Kind::GoogleIdToken, ""),
        ("32-", Kind::GoogleIdToken, ""),
        ("34-", Kind::GoogleIdToken, "more than once"),
        ("35-", Kind::GoogleIdToken, ""),
        ("37-", Kind::GoogleIdToken, "has a fraction"),
        ("38-", Kind::GoogleIdToken, "looks like milliseconds"),
        ("40-", Kind::GoogleIdToken, "out of the calendar’s range"),
        ("41-", Kind::GoogleIdToken, "`exp` is null"),
        ("47-", Kind::GoogleIdToken, "`aud` must be a string"),
        ("49-", Kind::OtherJose, "claims must be an object"),
        ("50-", Kind::OtherJose, "claims must be an object"),
        ("52-", Kind::BrokenJwt, "payload is empty"),
        ("53-", Kind::BrokenJwt, "stops at byte"),
        ("55-", Kind::GoogleIdToken, "byte order mark"),
        ("56-", Kind::ForeignJwt, "UTF-8"),
        ("58-", Kind::GoogleIdToken, "U+202E"),
        ("61-", Kind::ForeignJwt, "\\ud800"),
        ("62-", Kind::GoogleIdToken, "standard base64 alphabet"),
        (
            "65-",
            Kind::BrokenJwt,
            "length that cannot be base64url: characters were lost",
        ),
        ("68-", Kind::OtherJose, "compressed"),
        ("70-", Kind::GoogleIdToken, "holds another token"),
        ("73-", Kind::GoogleIdToken, "disclose"),
        ("74-", Kind::AccessTokenServiceAccount, ""),
        ("75-", Kind::AccessTokenUser, ""),
        ("76-", Kind::RefreshToken, "revoke"),
        ("77-", Kind::ApiKey, ""),
        ("78-", Kind::ForeignSecret, ""),
        ("88-", Kind::IapAssertion, ""),
        ("89-", Kind::FirebaseIdToken, ""),
    ] {
        // Not every entry is in every copy of the list.
        let Some(paste) = find(id) else { continue };
        let credential = identify(&paste, None);
        assert_eq!(credential.kind, kind, "{id}");
        assert!(
            said(&credential).contains(words),
            "{id}: {}",
            said(&credential)
        );
    }
    let json = |id| {
        identify(&find(id).expect(id), None)
            .jwt
            .expect(id)
            .claims_json()
    };
    assert!(json("31-").contains("18446744073709551615"));
    assert!(json("32-").contains("1.5e400"));
    assert!(json("35-").contains(r#""__proto__":{"admin":true}"#));
    assert!(json("49-").starts_with('[') && json("50-").starts_with('"'));
}
