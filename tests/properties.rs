//! What holds of every input, tried on inputs nobody thought of.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use corpus::invariants::{self, copies};
use proptest::prelude::*;
use std::path::Path;
use why401::{Input, diagnose};

/// How often each property is tried. Fuzzing (`cargo xtask fuzz`) tries the rest.
const TRIES: u32 = 128;

const RUN: &str = "https://orders-4k3jd82hfa-uc.a.run.app";

proptest! {
    #![proptest_config(ProptestConfig {
        cases: TRIES,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_same_input_gives_the_same_report(input in inputs()) {
        prop_assert_eq!(copies(&diagnose(&input)), copies(&diagnose(&input)));
    }

    #[test]
    fn every_report_keeps_the_rules(input in inputs()) {
        keeps_the_rules(&input)?;
    }

    #[test]
    fn no_report_holds_the_signature(
        signature in prop::collection::vec(any::<u8>(), 32..300),
        claims in "\\{\"aud\":\"[ -!#-\\[\\]-~]{0,40}\",\"exp\":[0-9]{1,14}\\}",
        place in 0..PLACES.len(),
        response in ".{0,60}",
    ) {
        let signature = encode(&signature);
        let token = format!("{}.{}.{signature}", encode(HEADER), encode(claims.as_bytes()));
        let mut input = pasted((PLACES[place])(&token));
        // A log that repeats the request must not bring the token back.
        input.response = format!("{response}\nAuthorization: Bearer {token}\n");
        for (form, copy) in copies(&diagnose(&input)) {
            prop_assert!(!copy.contains(&signature), "{}: {}", form, copy);
        }
    }

    #[test]
    fn no_report_holds_an_opaque_token(
        body in "[A-Za-z0-9_-]{40,200}",
        prefix in prop::sample::select(vec!["ya29.c.", "ya29.a0", "ya29.d.", "1//0", "GOCSPX-"]),
        place in 0..PLACES.len(),
    ) {
        let input = pasted((PLACES[place])(&format!("{prefix}{body}")));
        for (form, copy) in copies(&diagnose(&input)) {
            prop_assert!(!copy.contains(&body[8..]), "{}: {}", form, copy);
        }
    }

    #[test]
    fn noise_around_a_paste_changes_no_rule(
        before in ".{0,80}",
        after in ".{0,80}",
        paste in prop::sample::select(pastes()),
    ) {
        keeps_the_rules(&pasted(format!("{before}{paste}{after}")))?;
    }

    #[test]
    fn a_quoted_value_parses_back(local in "[A-Za-z0-9._%+'-]{1,30}", status in 401u16..404) {
        let email = format!("{local}@example.com");
        let mut input = pasted(token_of(&email));
        input.service_url = RUN.to_owned();
        input.status = Some(status);
        let report = diagnose(&input);
        for snippet in invariants::commands(&report) {
            let commands = invariants::words(&snippet.text);
            prop_assert!(commands.is_ok(), "{:?}: {}", commands, snippet.text);
            let mut words = commands.iter().flatten().flatten();
            // Where it is printed, it is one word's end, whole and unchanged.
            if snippet.text.contains("@example.com") {
                prop_assert!(words.any(|word| word.ends_with(&email)), "{}", snippet.text);
            }
        }
    }

    #[test]
    fn any_value_is_quoted_or_left_out(value in "\\PC{1,40}|[ -~]{1,40}", status in 401u16..404) {
        let mut input = pasted(token_of(&value));
        input.service_url = RUN.to_owned();
        input.service.clone_from(&value);
        input.region.clone_from(&value);
        input.project = value;
        input.status = Some(status);
        keeps_the_rules(&input)?;
    }
}

#[test]
fn a_paste_may_be_cut_anywhere() {
    // The well-formed token everywhere, the others at places that differ from paste to paste.
    const CUTS: usize = 16;
    for (at, paste) in pastes().iter().enumerate() {
        let boundaries: Vec<usize> = paste.char_indices().map(|(at, _)| at).collect();
        let step = if at == 0 {
            1
        } else {
            (boundaries.len() / CUTS).max(1)
        };
        for cut in boundaries.iter().skip(at % step).step_by(step) {
            let input = pasted(paste[..*cut].to_owned());
            assert!(!why401::report::to_json(&diagnose(&input)).is_empty());
        }
    }
}

const HEADER: &[u8] = b"{\"alg\":\"RS256\",\"kid\":\"0a1b2c\",\"typ\":\"JWT\"}";

/// Where a credential may stand in a paste.
const PLACES: &[fn(&str) -> String] = &[
    |token| token.to_owned(),
    |token| format!("Authorization: Bearer {token}"),
    |token| format!("curl -H 'Authorization: Bearer {token}' {RUN}/x"),
    |token| format!("{{\"id_token\": \"{token}\", \"expires_in\": 3599}}"),
    |token| format!("export TOKEN={token}"),
    |token| format!("{RUN}/cb#id_token={token}&state=1"),
    |token| {
        format!(
            "> GET / HTTP/2\n> Host: x.a.run.app\n> authorization: Bearer {token}\n> \n< HTTP/2 401 \n< \nError: {token}"
        )
    },
    |token| format!("the first {token} and then {token} again failed with 401"),
    |token| format!("Bearer Bearer \"{token}\","),
];

fn encode(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn pasted(paste: String) -> Input {
    let mut input = Input::at(corpus::NOW);
    input.paste = paste;
    input
}

/// A Google ID token for [`RUN`] with this e-mail.
fn token_of(email: &str) -> String {
    let email = serde_json::Value::from(email);
    let now = corpus::NOW;
    let claims = format!(
        "{{\"iss\":\"https://accounts.google.com\",\"aud\":\"{RUN}\",\"email\":{email},\"iat\":{now},\"exp\":{}}}",
        now + 3600
    );
    format!(
        "{}.{}.{}",
        encode(HEADER),
        encode(claims.as_bytes()),
        encode(&[0x5A; 256])
    )
}

fn keeps_the_rules(input: &Input) -> Result<(), TestCaseError> {
    let report = diagnose(input);
    let broken = invariants::broken(&report, &copies(&report));
    prop_assert!(broken.is_empty(), "{:?}: {}", input, broken.join("\n"));
    Ok(())
}

/// Inputs made of words that the readers know and of anything else.
fn inputs() -> impl Strategy<Value = Input> {
    let word = prop_oneof![
        prop::sample::select(vec![
            "Authorization: Bearer ",
            "curl -v ",
            "eyJhbGciOiJSUzI1NiJ9",
            ".",
            "\n",
            "ya29.c.",
            "{\"id_token\":\"",
            "\"",
            "> GET / HTTP/2\n",
            "< HTTP/2 403\n",
            "\u{202E}",
            "-----BEGIN PRIVATE KEY-----",
            "%2E",
            "~",
            "$(gcloud auth print-identity-token)",
            "{\"log\":{\"entries\":[",
            "https://x-4k3jd82hfa-uc.a.run.app",
        ])
        .prop_map(str::to_owned),
        ".{0,12}",
        "\\{\"(iss|aud|exp|email)\":.{0,20}\\}".prop_map(|json| encode(json.as_bytes())),
    ];
    let text = prop::collection::vec(word, 0..12).prop_map(|words| words.concat());
    (
        text.clone(),
        text.clone(),
        text,
        prop::option::of(100u16..600),
        any::<i64>(),
    )
        .prop_map(|(paste, url, response, status, now)| Input {
            service_url: url,
            response,
            status,
            now,
            ..pasted(paste)
        })
}

/// The pastes of the tests, the well-formed token first.
fn pastes() -> Vec<String> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let odd = std::fs::read_to_string(tests.join("pastes.json")).unwrap();
    let odd: serde_json::Value = serde_json::from_str(&odd).unwrap();
    let odd = odd["pastes"].as_array().unwrap().iter();
    let cases = corpus::read(&tests.join("cases")).unwrap();
    odd.map(|paste| paste["paste"].as_str().unwrap().to_owned())
        .chain(cases.into_iter().map(|case| case.input.paste))
        .collect()
}
