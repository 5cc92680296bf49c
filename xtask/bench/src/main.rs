//! The whole diagnosis, JSON in and JSON out, natively, beside a crate that only decodes. As in
//! benches/decode.mjs: the same token, medians, and interleaved rounds.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use jsonwebtoken::dangerous::insecure_decode;
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::Instant;
use why401::report::to_json;
use why401::{Input, diagnose};

const NOW: i64 = 1_795_000_000;
const URL: &str = "https://orders-4k3jd82hfa-uc.a.run.app";

/// Who is measured: a name, and one call.
type Contestant<'a> = (&'static str, Box<dyn Fn() + 'a>);

fn main() {
    let token = google_id_token();
    let length = token.len();
    println!("\none Google ID token of {length} bytes, natively, µs per call");
    report(&compare(&[
        ("jsonwebtoken, no validation", decoded(&token)),
        ("why401, token alone", asked(&json!({ "paste": token }))),
        (
            "why401, with service URL",
            asked(&json!({ "paste": token, "serviceUrl": URL })),
        ),
        (
            "why401, with URL and 401",
            asked(&json!({
                "paste": token, "serviceUrl": URL, "response": "HTTP/2 401\r\n\r\n", "status": 401,
            })),
        ),
    ]));
}

/// Header and claims, and nothing said about them.
fn decoded(token: &str) -> Box<dyn Fn() + '_> {
    Box::new(move || {
        let data = insecure_decode::<Value>(black_box(token));
        black_box(data.expect("the token is whole"));
    })
}

/// A whole diagnosis, JSON in and JSON out.
fn asked(input: &Value) -> Box<dyn Fn()> {
    let mut input = input.clone();
    input["now"] = NOW.into();
    let json = input.to_string();
    Box::new(move || {
        let input = Input::from_json(black_box(&json)).expect("the input is one");
        black_box(to_json(&diagnose(&input)));
    })
}

/// Medians of 300 rounds of 100 calls each, in µs per call, by name. A round is short enough not to
/// be interrupted as a rule, on a busy machine too.
fn compare(contestants: &[Contestant<'_>]) -> Vec<(&'static str, f64)> {
    const CALLS: u32 = 100;
    let mut times = vec![Vec::new(); contestants.len()];
    // The first two rounds only warm up.
    for round in -2..300 {
        for ((_, call), times) in contestants.iter().zip(&mut times) {
            let start = Instant::now();
            (0..CALLS).for_each(|_| call());
            if round >= 0 {
                times.push(start.elapsed() / CALLS);
            }
        }
    }
    let names = contestants.iter().map(|(name, _)| *name);
    let medians = times.into_iter().map(|mut times| {
        times.sort();
        times[times.len() / 2].as_secs_f64() * 1e6
    });
    names.zip(medians).collect()
}

/// Prints the medians and their ratio to the first.
fn report(medians: &[(&str, f64)]) {
    for (name, time) in medians {
        let ratio = time / medians[0].1;
        println!("{name:28} {time:12.1}  {ratio:8.2}×");
    }
}

/// A token in Google's form. Nobody here looks at its signature, which has the length of a real one.
fn google_id_token() -> String {
    let header = r#"{"alg":"RS256","kid":"f5a3b4de4eb1a92ed6ea1a0a1ba5b0fd0a3eb0f9","typ":"JWT"}"#;
    let claims = format!(
        r#"{{"iss":"https://accounts.google.com","aud":"{URL}","azp":"caller@bench.iam.gserviceaccount.com","email":"caller@bench.iam.gserviceaccount.com","email_verified":true,"exp":{},"google":{{"compute_engine":{{"instance_id":"123456789012345678901"}}}},"iat":{},"sub":"1122334455667788990012"}}"#,
        NOW + 1800,
        NOW - 1800,
    );
    let parts = [header.as_bytes(), claims.as_bytes(), &[0xa5; 256]];
    parts
        .map(|part| BASE64_URL_SAFE_NO_PAD.encode(part))
        .join(".")
}
