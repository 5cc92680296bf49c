//! No secret leaves by any way: sixty forms of secrets, each in forty places, looked for in every
//! form of a report; and the inputs of a review, which once broke that promise.

use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};
use corpus::invariants::copies;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::path::Path;
use why401::conceal;
use why401::report::markdown::{Identities, to_markdown};
use why401::{Input, diagnose};

const NOW: i64 = 1_795_000_000;
const URL: &str = "https://hello-abc123xyz-uc.a.run.app";

/// A body as random as a key's, and the part of it that is looked for.
const BODY: &str = "FAKEa1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";
const BODY_PART: &str = "C3d4E5f6G7h8";
const HEX: &str = "fa4ea1b2c3d4e5f6a7b8c9d0fa4ea1b2";
const HEX_PART: &str = "c3d4e5f6a7b8";
/// Letters only: nothing but a form or a name tells such a key.
const WORDS: &str = "FAKEFAKEFAKEFAKEFAKEFAKEFAKE";

/// Secrets, each with the part that must stand nowhere.
fn secrets() -> Vec<(String, String)> {
    let begun = [
        // Google
        "ya29.a0AfB_by",
        "ya29.c.c0AS",
        "ya29.d.c0AS",
        "1//0g",
        "1/",
        "4/0A",
        "AMf-vBx",
        "AIzaSy",
        "AQ.Ab8RN6",
        "GOCSPX-",
        "AAAAx1Yz9kQ:APA91b",
        "g.a000",
        // The neighbours
        "github_pat_11",
        "ghp_",
        "ghs_",
        "glpat-",
        "glrt-",
        "xoxb-1-2-",
        "xapp-1-A0",
        "sk_live_",
        "rk_live_",
        "whsec_",
        "SG.",
        "npm_",
        "pypi-AgEIcHlwaS5vcmc",
        "dckr_pat_",
        "dop_v1_",
        "sk-proj-",
        "sk-ant-api03-",
        "hvs.",
        "00",
        "123456789:AAF",
        "hf_",
        "shpat_",
        "PMAK-",
        "glsa_",
        "sq0atp-",
        "lin_api_",
        "dp.pt.",
        "figd_",
        "SSWS ",
        "xkeysib-",
    ];
    let mut all: Vec<(String, String)> = begun
        .iter()
        .map(|begin| (format!("{begin}{BODY}"), BODY_PART.to_owned()))
        .collect();
    let hex = [
        "",
        "SK",
        "dapi",
        "AC",
        "key-",
        "GOOG1E",
        "X-Goog-Signature=",
    ];
    all.extend(
        hex.iter()
            .map(|begin| (format!("{begin}{HEX}"), HEX_PART.to_owned())),
    );
    let letters = ["ya29.", "GOCSPX-", "AIzaSy", "ghp_"];
    all.extend(
        letters
            .iter()
            .map(|begin| (format!("{begin}{WORDS}"), WORDS.to_owned())),
    );
    let named = [
        "DB_PASSWORD=",
        "Server=db;Password=",
        "client_secret: ",
        "\"private_key\": \"",
        "AccountKey=",
        "postgres://app:",
    ];
    all.extend(named.iter().map(|name| {
        let end = if name.contains("://") { "@db" } else { "" };
        (
            format!("{name}hunter2FAKEpass{end}"),
            "hunter2FAKE".to_owned(),
        )
    }));
    all.extend([
        (
            format!("__Host-GCP_IAP_AUTH_TOKEN_8F3C=FAKEFAKE{BODY}"),
            BODY_PART.to_owned(),
        ),
        (
            "Basic YXBwOmh1bnRlcjJGQUtFcGFzcw==".to_owned(),
            "bnRlcjJGQUtF".to_owned(),
        ),
        (format!("Negotiate YII{BODY}"), BODY_PART.to_owned()),
        (
            format!("-----BEGIN PRIVATE KEY-----\\n{BODY}{BODY}\\nab3=\\n"),
            BODY_PART.to_owned(),
        ),
        (
            format!("{BODY}{BODY}\n{BODY}{BODY}\n-----END PRIVATE KEY-----"),
            BODY_PART.to_owned(),
        ),
        (
            BASE64_STANDARD.encode(format!(
                "{{\"type\":\"service_account\",\"private_key\":\"{BODY}\"}}"
            )),
            "InByaXZhdGVf".to_owned(),
        ),
        (
            format!("AKIA{}", "FAKE23456789ABCD"),
            "FAKE23456789".to_owned(),
        ),
    ]);
    all
}

/// Places that a text may take in an input.
type Place = (&'static str, fn(&str) -> Input);

fn pasted(paste: String) -> Input {
    let mut input = Input::at(NOW);
    input.paste = paste;
    input
}

fn answered(response: String) -> Input {
    let mut input = Input::at(NOW);
    input.service_url = URL.to_owned();
    input.status = Some(403);
    input.response = response;
    input
}

fn called(url: String) -> Input {
    let mut input = pasted(token(&json!({"alg": "RS256"}), &json!({})));
    input.service_url = url;
    input.status = Some(403);
    input
}

/// An ID token with these members besides the usual ones, or in their place.
fn token(header: &Value, claims: &Value) -> String {
    let mut all = json!({
        "iss": "https://accounts.google.com", "aud": URL, "azp": "113774264463038321964",
        "sub": "113774264463038321964", "email": "runner@proj-x-123.iam.gserviceaccount.com",
        "email_verified": true, "iat": NOW - 60, "exp": NOW + 3540
    });
    for (name, value) in claims.as_object().unwrap() {
        all[name] = value.clone();
    }
    let part = |json: &Value| BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
    let signature = BASE64_URL_SAFE_NO_PAD.encode([0x5A_u8; 256]);
    format!("{}.{}.{signature}", part(header), part(&all))
}

fn claimed(claims: &Value) -> Input {
    let mut input = pasted(token(&json!({"alg": "RS256", "kid": "0badc0de"}), claims));
    input.service_url = URL.to_owned();
    input.status = Some(401);
    input
}

fn headed(name: &str, value: &str) -> Input {
    let mut input = claimed(&json!({}));
    let mut header = json!({"alg": "RS256", "kid": "0badc0de", "typ": "JWT"});
    header[name] = value.into();
    input.paste = token(&header, &json!({}));
    input
}

const PLACES: &[Place] = &[
    ("prose", |s| {
        pasted(format!(
            "the call with {s} was refused with 403 by the service, why"
        ))
    }),
    ("quotes", |s| {
        pasted(format!("it said \"{s}\" and then 403 forbidden came back"))
    }),
    ("first line", |s| {
        pasted(format!(
            "{s}\nis what we have in the .env and the service says 403 forbidden"
        ))
    }),
    ("caret colours", |s| {
        pasted(format!(
            "sent ^[[33m{s}^[[0m was refused with 403 by the service, why"
        ))
    }),
    ("octal colours", |s| {
        pasted(format!(
            "sent \\033[1;33m{s}\\033[0m was refused with 403 by the service"
        ))
    }),
    ("rsyslog colours", |s| {
        pasted(format!(
            "sent #033[33m{s}#033[0m was refused with 403 by the service"
        ))
    }),
    ("colours", |s| {
        pasted(format!(
            "sent \u{1b}[33m{s}\u{1b}[0m was refused with 403 by the service"
        ))
    }),
    ("hyperlink", |s| {
        pasted(format!(
            "sent \u{1b}]8;;https://x/\u{7}{s}\u{1b}]8;;\u{7} was refused by the service"
        ))
    }),
    ("after an ellipsis", |s| {
        pasted(format!(
            "the value ...{s} was refused with 403 by the service"
        ))
    }),
    ("diff", |s| {
        pasted(format!(
            "+{s} was refused with 403 by the service, why is that"
        ))
    }),
    ("path in prose", |s| {
        pasted(format!(
            "GET /verify/{s} 403 from the server, who knows why"
        ))
    }),
    ("log line", |s| {
        pasted(format!(
            "2026-11-18T11:36:40Z ERROR [worker-1] auth failed: {s} (status 403)"
        ))
    }),
    ("JSON log", |s| {
        pasted(json!({"severity": "ERROR", "message": format!("refused {s} with 403")}).to_string())
    }),
    ("escaped JSON", |s| {
        pasted(json!({"log": json!({"value": s}).to_string(), "status": 403}).to_string())
    }),
    ("YAML", |s| {
        pasted(format!(
            "error: 403\nenv:\n  - name: VALUE\n    value: {s}\n"
        ))
    }),
    ("Python repr", |s| {
        pasted(format!("Error 403: b'{s}' was not accepted by the service"))
    }),
    ("bare", |s| pasted(s.to_owned())),
    ("header", |s| pasted(format!("Authorization: Bearer {s}"))),
    ("other header", |s| {
        pasted(format!(
            "> GET / HTTP/2\n> Host: x.a.run.app\n> x-thing: {s}\n> \n< HTTP/2 403 \n< \nno"
        ))
    }),
    ("answer header", |s| {
        pasted(format!(
            "> GET / HTTP/2\n> Host: x.a.run.app\n> \n< HTTP/2 403 \n< x-thing: {s}\n< \nno"
        ))
    }),
    ("body", |s| {
        pasted(format!(
            "> GET / HTTP/2\n> Host: x.a.run.app\n> \n< HTTP/2 403 \n< \nrefused {s} now"
        ))
    }),
    ("cookie", |s| {
        pasted(format!(
            "> GET / HTTP/2\n> Host: x.a.run.app\n> cookie: a={s}\n> \n< HTTP/2 403 \n< \n"
        ))
    }),
    ("curl header", |s| {
        pasted(format!("curl -H 'X-Thing: {s}' {URL}/x\nForbidden"))
    }),
    ("curl data", |s| {
        pasted(format!("curl -d '{s}' {URL}/x\nForbidden"))
    }),
    ("curl user", |s| {
        pasted(format!("curl -u 'me:{s}' {URL}/x\nForbidden"))
    }),
    ("assignment", |s| {
        pasted(format!("export THING={s}\nthe service says 403 forbidden"))
    }),
    ("token answer", |s| {
        pasted(json!({"access_token": s, "expires_in": 3599}).to_string())
    }),
    ("response", |s| {
        answered(format!("403 PERMISSION_DENIED: {s} may not enter"))
    }),
    ("error message", |s| {
        answered(json!({"error": {"code": 403, "message": format!("refused {s}"), "status": "PERMISSION_DENIED"}}).to_string())
    }),
    ("role", |s| {
        answered(format!("403 PERMISSION_DENIED needs roles/{s}"))
    }),
    ("error description", |s| {
        answered(json!({"error": "invalid_grant", "error_description": s}).to_string())
    }),
    ("URL path", |s| called(format!("{URL}/verify/{s}/x"))),
    ("URL matrix", |s| called(format!("{URL}/a;jsessionid={s}"))),
    ("URL query", |s| called(format!("{URL}/a?x={s}"))),
    ("URL", |s| called(s.to_owned())),
    ("e-mail claim", |s| claimed(&json!({"thing": s, "exp": s}))),
    ("own claim", |s| claimed(&json!({"thing": {"inner": [s]}}))),
    ("claim's name", |s| claimed(&json!({s: true}))),
    ("alg", |s| headed("alg", s)),
    ("typ", |s| headed("typ", s)),
    ("x5u", |s| headed("x5u", &format!("https://x.example/{s}"))),
    ("project", |s| {
        let mut input = claimed(&json!({}));
        input.project = s.to_owned();
        input.service = s.to_owned();
        input.region = s.to_owned();
        input
    }),
];

#[test]
fn no_secret_leaves_by_any_way() {
    let secrets = secrets();
    assert!(secrets.len() >= 60 && PLACES.len() >= 40);
    let half = secrets.len() / 2;
    let held: Vec<String> = std::thread::scope(|scope| {
        let parts = [&secrets[..half], &secrets[half..]];
        let threads = parts.map(|part| scope.spawn(|| held(part)));
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    assert!(held.is_empty(), "{} held:\n{}", held.len(), held.join("\n"));
}

fn held(secrets: &[(String, String)]) -> Vec<String> {
    let mut held = Vec::new();
    for (secret, part) in secrets {
        for (place, input) in PLACES {
            let input = input(secret);
            for (form, copy) in copies(&diagnose(&input)) {
                if copy.contains(part.as_str()) {
                    held.push(format!("{form} holds {secret} from {place}"));
                }
            }
        }
    }
    held
}

/// Values that are asked about although they look random are read, unless they are keys.
#[test]
fn names_that_look_random_are_no_way_out() {
    for member in ["kid", "sub", "aud", "azp", "jti", "iss", "email"] {
        for (secret, part) in secrets() {
            if why401::credential::identify(&secret, Some("Bearer")).long_lived_secret {
                let input = if member == "kid" {
                    headed(member, &secret)
                } else {
                    claimed(&json!({member: secret}))
                };
                for (form, copy) in copies(&diagnose(&input)) {
                    assert!(!copy.contains(&part), "{form} holds {secret} from {member}");
                }
            }
        }
    }
}

/// What the command says of its arguments.
#[cfg(feature = "cli")]
#[test]
fn the_commands_own_errors_hold_no_secret() {
    for (secret, part) in secrets() {
        let joined = |name: &str| vec![format!("{name}={secret}")];
        for arguments in [
            joined("--now"),
            joined("--status"),
            joined("--caller"),
            joined("--pick"),
            joined("--json"),
            vec![format!("--{secret}")],
            vec![secret.clone()],
        ] {
            let output = std::process::Command::new(env!("CARGO_BIN_EXE_why401"))
                .args(&arguments)
                .stdin(std::process::Stdio::null())
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
            assert!(!said.contains(&part), "{arguments:?}: {said}");
        }
    }
}

/// The entries of a review for which only the report is needed.
#[test]
fn what_a_review_found_is_found_no_more() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/review.json");
    let entries: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let mut held = Vec::new();
    let mut looked = 0;
    for entry in entries.as_array().unwrap() {
        let channels: Vec<&str> = entry["channels"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let refused: Vec<&str> = entry["must_not"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let forms: HashSet<&str> = channels
            .iter()
            .flat_map(|channel| match *channel {
                "text" => &["text"][..],
                "json" => &["json"],
                "md" => &["markdown"],
                "mdmask" => &["masked markdown"],
                "dom" | "nodes" => &["page"],
                _ => &[],
            })
            .copied()
            .collect();
        if forms.is_empty() {
            continue;
        }
        looked += 1;
        for (form, copy) in copies(&diagnose(&input_of(entry))) {
            let any = refused
                .iter()
                .find(|part| forms.contains(form) && copy.contains(**part));
            held.extend(any.map(|part| format!("{}: {form} holds {part}", entry["name"])));
        }
    }
    assert!(looked >= 50, "{looked}");
    assert!(held.is_empty(), "{}", held.join("\n"));
}

fn input_of(entry: &Value) -> Input {
    let text = |name: &str| entry["args"][name].as_str().unwrap_or_default().to_owned();
    let mut input = pasted(entry["paste"].as_str().unwrap().to_owned());
    input.service_url = text("serviceUrl");
    input.response = text("response");
    input.service = text("service");
    input.project = text("project");
    input.region = text("region");
    input.status = entry["args"]["status"]
        .as_u64()
        .and_then(|status| u16::try_from(status).ok());
    input
}

/// Whom a token is about, in every writing of an address.
#[test]
fn people_are_masked() {
    let claims = json!({
        "email": "ann.smith@example.com", "sub": "42", "name": "Ann Smithson",
        "given_name": "Ann-Kathrin", "family_name": "Smithson", "preferred_username": "asmithson7",
        "picture": "https://lh3.example/a/FAKEpicture", "phone_number": "+1 555 0100123",
        "act": {"sub": "robot-nine"}, "azp": "client-seven", "ann.smith@example.com": true,
        "groups": ["ann.smith%40example.com", "ann.smith＠example.com", "ann.smith\\u0040example.com",
            "ann.smith&#64;example.com", "ann.smith\u{200b}@example.com", "pat.o'hara@example.com"],
        "user": {"email": "ann.smith@example.com", "name": "Ann Smithson"},
    });
    let mut input = claimed(&claims);
    input.service_url = format!("{URL}/users/ann.smith%40example.com/x");
    input.response =
        "User asmithson7 (ann.smith@example.com, +1 555 0100123) may not enter".to_owned();
    let masked = to_markdown(&diagnose(&input), Identities::Masked);
    for part in [
        "ann.smith",
        "Smithson",
        "Ann-Kathrin",
        "asmithson7",
        "FAKEpicture",
        "0100123",
        "robot-nine",
        "client-seven",
        "pat.o",
        "hara",
        "\"42\"",
        "`42`",
    ] {
        assert!(!masked.contains(part), "{part} in {masked}");
    }
    let plain = to_markdown(&diagnose(&input), Identities::Shown);
    assert!(plain.contains("ann.smith") && plain.contains("Ann Smithson"));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 128,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Every word of a masked report stands in the plain one.
    #[test]
    fn a_masked_report_shows_no_more(
        email in "[a-z.'+]{1,12}(@|%40|＠|&#64;)[a-z]{1,8}\\.com",
        name in "\\PC{0,16}",
        sub in "\\PC{0,8}|[0-9]{1,21}",
        more in "\\PC{0,60}",
        filling in prop::sample::select(vec![0_usize, 40_000]),
    ) {
        let mut input = claimed(&json!({
            "email": email, "name": name, "sub": sub, "act": {"sub": sub}, more.clone(): more,
            "private_key": BODY, "fill": "ab ".repeat(filling / 3), "last": "omega",
        }));
        input.response = format!("{more} for {email} and {name}");
        let report = diagnose(&input);
        let plain = to_markdown(&report, Identities::Shown);
        let masked = to_markdown(&report, Identities::Masked);
        let words = |text: &str| -> Vec<String> {
            text.replace("MASKED", " ")
                .split(|char: char| !char.is_alphanumeric())
                .filter(|word| word.len() > 2)
                .map(str::to_owned)
                .collect()
        };
        for word in words(&masked) {
            prop_assert!(plain.contains(&word), "{} in {}", word, masked);
        }
    }

    /// Whatever is cut once stays cut, and nothing is added but the mark of a cut.
    #[test]
    fn concealing_twice_changes_nothing(text in "[ -~\n]{0,200}|\\PC{0,120}") {
        let once = conceal::text(&text).into_owned();
        prop_assert_eq!(conceal::text(&once), once.as_str());
        for part in once.split('…') {
            prop_assert!(text.contains(part), "{} of {}", part, text);
        }
    }

    /// A random key is cut whatever stands around it.
    #[test]
    fn a_random_key_is_cut(
        key in "[A-Za-z0-9+/_-]{43}",
        before in "[ -~]{0,20}",
        after in "[ -~]{0,20}",
    ) {
        let text = format!("{before}{key}{after}");
        let shown = conceal::text(&text);
        let chunks = key.split(|char: char| !char.is_ascii_alphanumeric());
        // What is left of it is shorter than anything that could be used.
        let longest = chunks.filter(|chunk| shown.contains(*chunk)).map(str::len).max();
        prop_assert!(longest.unwrap_or(0) < 14, "{} in {}", key, shown);
    }
}
