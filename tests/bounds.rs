//! No list and no report grows beyond its limit, on whichever path, and no input takes time by the
//! square of its length.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use corpus::growth::FAMILIES;
use corpus::invariants;
use why401::credential::MAX_DISCLOSURES;
use why401::read::{MAX_REQUESTS, MAX_TOKENS};
use why401::report::MAX_REPORT;
use why401::{Input, Report, diagnose};

/// Not by the clock: what takes time by the square of its length would take minutes here. `cargo
/// xtask bench` measures it.
#[test]
fn every_family_of_inputs_is_read_within_the_limits() {
    let mut names: Vec<&str> = FAMILIES.iter().map(|family| family.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), FAMILIES.len());
    assert!(names.len() >= 24);
    for family in FAMILIES {
        let input = family.of(256 << 10);
        let length = input.paste.len() + input.service_url.len() + input.response.len();
        assert!(
            (200 << 10..350 << 10).contains(&length),
            "{}: {length}",
            family.name
        );
        keeps_the_limits(family.name, &diagnose(&input));
    }
}

#[test]
fn lists_end_on_every_path() {
    let numbered = |part: fn(usize) -> String, between: &str| -> String {
        (0..=MAX_TOKENS).map(part).collect::<Vec<_>>().join(between)
    };
    let credentials = "Only the first 200 credentials are listed.";
    let requests = "Only the first 200 requests are listed.";
    let header = |at: usize| {
        format!(
            "{{\"name\":\"Authorization\",\"value\":\"Bearer a b{at}-{}\"}}",
            "x".repeat(40)
        )
    };
    let entry = |headers: &str| {
        format!(
            "{{\"request\":{{\"url\":\"https://x.example\",\"headers\":[{headers}]}},\"response\":{{\"status\":403}}}}"
        )
    };
    let har = |entries: &str| format!("{{\"log\":{{\"entries\":[{entries}]}}}}");
    let half = |from: usize| {
        let headers = (from..from + MAX_TOKENS / 2 + 1).map(header);
        entry(&headers.collect::<Vec<_>>().join(","))
    };
    for (path, paste, note) in [
        (
            "text",
            numbered(|at| token(&format!("{{\"aud\":\"a{at}\"}}")), "\n"),
            credentials,
        ),
        (
            "HAR",
            har(&format!("{},{}", half(0), half(500))),
            credentials,
        ),
        (
            "curl",
            numbered(|at| format!("curl https://x.example/{at}"), "\n"),
            requests,
        ),
        (
            "HTTP",
            numbered(
                |at| format!("GET /{at} HTTP/1.1\nHost: x.example\n\nHTTP/1.1 403 No\n"),
                "\n",
            ),
            requests,
        ),
        (
            "panel",
            numbered(
                |at| format!("Request URL: https://x.example/{at}\nStatus Code: 403"),
                "\n",
            ),
            requests,
        ),
        (
            "HAR",
            har(&vec![entry(""); MAX_REQUESTS + 1].join(",")),
            requests,
        ),
    ] {
        let input = pasted(paste);
        let report = diagnose(&input);
        keeps_the_limits(path, &report);
        assert!(report.notes().any(|said| said == note), "{path}: {note}");
    }
    let headers = numbered(|at| format!("a{at}: b"), "\n");
    let options = numbered(|at| format!("-H 'a{at}: b'"), " ");
    let members = numbered(|at| format!("{{\"name\":\"a{at}\",\"value\":\"b\"}}"), ",");
    for (path, paste) in [
        (
            "HTTP",
            format!("GET / HTTP/1.1\n{headers}\n\nHTTP/1.1 403 No\n{headers}\n"),
        ),
        ("curl", format!("curl {options} https://x.example")),
        ("HAR", har(&entry(&members))),
    ] {
        let input = pasted(paste);
        let report = diagnose(&input);
        assert_eq!(
            report.evidence.exhibits.requests[0].headers.len(),
            200,
            "{path}"
        );
        keeps_the_limits(path, &report);
    }
}

#[test]
fn disclosures_and_names_end() {
    let disclosure = |at| BASE64_URL_SAFE_NO_PAD.encode(format!("[\"salt\",\"name{at}\",1]"));
    let disclosures: Vec<String> = (0..MAX_DISCLOSURES + 3).map(disclosure).collect();
    let long = BASE64_URL_SAFE_NO_PAD.encode(format!("[\"{}\"]", "x".repeat(3_000)));
    let input = pasted(format!(
        "{}~{long}~{}~",
        token("{\"aud\":\"x\"}"),
        disclosures.join("~")
    ));
    let report = diagnose(&input);
    assert_eq!(
        report.evidence.credential.disclosures.len(),
        MAX_DISCLOSURES
    );
    let told = "Parts after `~` that are not listed, because they are too many or too long: 4.";
    assert!(report.notes().any(|note| note == told));

    let mut input = pasted(token("{\"aud\":\"x\"}"));
    input.service_url = format!("https://x.run.app/{}", "a".repeat(10_000));
    input.service = "s".repeat(10_000);
    let report = diagnose(&input);
    let problems = report.evidence.target.problems.join(" ");
    assert!(problems.contains("longer than 8192 bytes"), "{problems}");
    assert!(
        report
            .evidence
            .target
            .service
            .as_ref()
            .is_some_and(|name| name.len() <= 256)
    );
}

#[test]
fn a_long_report_says_what_it_leaves_out() {
    let words = "an audience of words ".repeat(MAX_REPORT / 20);
    let long = format!("{{\"aud\":\"{words}\",\"sub\":\"1\"}}");
    let input = pasted(token(&long));
    let report = diagnose(&input);
    keeps_the_limits("one long claim", &report);
    let json: serde_json::Value = serde_json::from_str(&why401::report::to_json(&report)).unwrap();
    let credential = &json["read"]["credential"];
    assert_eq!(credential["claims"], serde_json::json!({"sub": "1"}));
    let notes = credential["notes"].to_string();
    assert!(
        notes.contains("leaves out 1 of 2 members of the claims"),
        "{notes}"
    );
}

/// No list is longer than it may be, and no form of the report.
fn keeps_the_limits(name: &str, report: &Report<'_>) {
    let exhibits = &report.evidence.exhibits;
    assert!(exhibits.credentials.len() <= MAX_TOKENS, "{name}");
    assert!(exhibits.requests.len() <= MAX_REQUESTS, "{name}");
    for (form, copy) in invariants::copies(report) {
        assert!(
            copy.len() <= MAX_REPORT,
            "{name}: the {form} has {} bytes",
            copy.len()
        );
    }
}

fn pasted(paste: String) -> Input {
    let mut input = Input::at(corpus::NOW);
    input.paste = paste;
    input
}

fn token(claims: &str) -> String {
    let encode = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
    let header = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
    format!("{header}.{}.{}", encode(claims), "cGF5".repeat(85))
}
