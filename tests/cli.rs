//! The command as a person or a script meets it.
#![cfg(feature = "cli")]

use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};
use corpus::command::{self, said};
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const NOW: i64 = 1_768_478_400;
const URL: &str = "https://hello-abc123xyz-uc.a.run.app";

/// Runs the command with these arguments and this standard input, away from any terminal.
fn why401(arguments: &[&str], stdin: &[u8], settings: &[(&str, &str)]) -> Output {
    command::run(env!("CARGO_BIN_EXE_why401"), arguments, stdin, settings)
}

fn ask(arguments: &[&str], paste: &str) -> (i32, String, String) {
    said(&why401(arguments, paste.as_bytes(), &[]))
}

/// A synthetic Google ID token, good at [`NOW`], with these claims on top.
fn token(claims: &Value) -> String {
    let mut all = json!({
        "aud": URL,
        "azp": "113774264463038321964",
        "email": "runner@proj-x-123.iam.gserviceaccount.com",
        "email_verified": true,
        "exp": NOW + 1800,
        "iat": NOW - 1800,
        "iss": "https://accounts.google.com",
        "sub": "113774264463038321964",
    });
    for (name, value) in claims.as_object().unwrap() {
        all[name] = value.clone();
    }
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let header = json!({"alg": "RS256", "kid": "synthetic", "typ": "JWT"});
    let signature = BASE64_URL_SAFE_NO_PAD.encode([7; 256]);
    format!("{}.{}.{signature}", part(&header), part(&all))
}

fn at(now: i64) -> String {
    format!("--now={now}")
}

#[test]
fn the_exit_status_tells_what_was_found() {
    let url = format!("--service-url={URL}");
    let fine = ask(&[&url, &at(NOW)], &token(&json!({})));
    assert_eq!(fine.0, 0, "{fine:?}");
    let expired = ask(&[&url, &at(NOW + 7200)], &token(&json!({})));
    assert_eq!(expired.0, 1, "{expired:?}");
    assert!(
        expired.1.contains("(expired/id-token-expired, certain)"),
        "{expired:?}"
    );
    assert_eq!(expired.2, "");
}

#[test]
fn wrong_use_is_status_2_and_a_sentence_on_stderr() {
    for (arguments, says) in [
        (&["--no-such-flag"][..], "--no-such-flag"),
        (&["--status=abc"], "--status"),
        (&["--status=42"], "--status"),
        (&["--caller=somebody"], "cloud-scheduler"),
        (&["--pick=0"], "--pick"),
        (&["--now=yesterday"], "--now"),
        (&["\u{1b}[31mred"], "standard input"),
        (&["--\u{1b}[31mred"], "red"),
        (&["--a\u{202e}b"], "a‹U+202E›b"),
    ] {
        let (status, stdout, stderr) = ask(arguments, "");
        assert_eq!((status, stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(stderr.contains(says), "{arguments:?}: {stderr}");
        assert_clean(&stderr, says);
    }
}

#[test]
fn a_token_among_the_arguments_is_refused_and_not_repeated() {
    let token = token(&json!({}));
    let (status, stdout, stderr) = ask(&[&token], "");
    assert_eq!((status, stdout.as_str()), (2, ""));
    assert!(stderr.contains("standard input"), "{stderr}");
    assert!(!stderr.contains(&token[..20]), "{stderr}");
}

#[test]
fn only_standard_input_is_read() {
    // A file's name is a paste like any other: the file stays closed.
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let (_, named, _) = ask(&["--json", &at(NOW)], path.to_str().unwrap());
    assert!(!named.contains("[workspace]"), "{named}");
    let (_, at_sign, _) = ask(&["--json", &at(NOW), "--response=@Cargo.toml"], "");
    assert!(!at_sign.contains("[workspace]"), "{at_sign}");
}

#[test]
fn help_has_examples_and_the_exit_statuses() {
    for flag in ["--help", "-h"] {
        let (status, stdout, stderr) = ask(&[flag], "");
        assert_eq!((status, stderr.as_str()), (0, ""));
        for part in [
            "Usage: why401",
            "Examples:",
            "| why401 --service-url",
            "Exit status: 0",
        ] {
            assert!(stdout.contains(part), "{flag}: {part} is not in {stdout}");
        }
    }
    let version = ask(&["--version"], "");
    assert_eq!(version.1, format!("why401 {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_arguments_reach_the_report() {
    let two = format!(
        "{}\n{}",
        token(&json!({"exp": NOW - 60})),
        token(&json!({}))
    );
    let report = |arguments: &[&str], paste: &str| -> Value {
        let (_, stdout, stderr) = ask(&[arguments, &["--json", &at(NOW)]].concat(), paste);
        serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{error}: {stdout}{stderr}"))
    };
    let url = format!("--service-url={URL}");
    assert_eq!(
        report(&[&url, "--pick=1"], &two)["headline"]["id"],
        "expired"
    );
    assert_ne!(
        report(&[&url, "--pick=2"], &two)["headline"]["id"],
        "expired"
    );
    let custom = token(&json!({"aud": "https://api.example.com"}));
    assert_eq!(
        report(&[&url], &custom)["headline"]["id"],
        "audience-mismatch"
    );
    let known = ["--custom-audience=https://api.example.com", url.as_str()];
    assert_ne!(
        report(&known, &custom)["headline"]["id"],
        "audience-mismatch"
    );
    assert_eq!(
        report(&[&url, "--status=403"], &custom)["read"]["response"]["status"],
        403
    );
}

#[test]
fn a_file_written_by_powershell_is_read() {
    let url = format!("--service-url={URL}");
    for unit in [u16::to_le_bytes, u16::to_be_bytes] {
        let paste = format!("\u{feff}{}\r\n", token(&json!({})));
        let bytes: Vec<u8> = paste.encode_utf16().flat_map(unit).collect();
        let (status, stdout, _) = said(&why401(&[&url, &at(NOW)], &bytes, &[]));
        assert_eq!(status, 0, "{stdout}");
    }
}

#[test]
fn headings_are_bold_where_that_is_wanted_and_nowhere_else() {
    let run = |settings: &[(&str, &str)]| said(&why401(&[&at(NOW)], b"ya29.EXAMPLE", settings)).1;
    let plain = run(&[]);
    assert_clean(&plain, "not a terminal");
    let bold = run(&[("CLICOLOR_FORCE", "1")]);
    assert!(bold.starts_with("\u{1b}[1m"), "{bold}");
    assert_eq!(
        bold.replace("\u{1b}[1m", "").replace("\u{1b}[0m", ""),
        plain
    );
    assert_eq!(run(&[("NO_COLOR", "1")]), plain);
}

#[test]
fn a_reader_that_stops_early_changes_nothing() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_why401"))
        .arg(at(NOW))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    child.stdin.take().unwrap().write_all(b"undefined").unwrap();
    let (status, _, stderr) = said(&child.wait_with_output().unwrap());
    assert_eq!((status, stderr.as_str()), (1, ""));
}

/// The generated completions, as bash uses them.
#[cfg(target_os = "linux")]
#[test]
fn bash_completes_flags_and_callers() {
    let complete = |words: &str| {
        let script = format!(
            "source completions/why401.bash; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             _why401 why401 \"${{COMP_WORDS[-1]}}\" \"${{COMP_WORDS[-2]}}\"; echo \"${{COMPREPLY[*]}}\""
        );
        let run = Command::new("bash")
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["-c", &script])
            .output();
        String::from_utf8(run.unwrap().stdout).unwrap()
    };
    assert_eq!(complete("why401 --cal"), "--caller\n");
    assert_eq!(complete("why401 --caller cloud-s"), "cloud-scheduler\n");
}

#[test]
fn no_hostile_paste_writes_a_control_character() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/hostile.json");
    let hostile: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut tried = 0;
    for entry in hostile["entries"].as_array().unwrap() {
        let input = &entry["input"];
        let paste = match (&input["paste"], &input["paste_bytes_b64"]) {
            (Value::String(text), _) => text.clone().into_bytes(),
            (_, Value::String(bytes)) => BASE64_STANDARD.decode(bytes).unwrap(),
            _ => continue,
        };
        if !matches!(entry["category"].as_str(), Some("term" | "bytes")) {
            continue;
        }
        tried += 1;
        for form in [&[at(NOW)][..], &[at(NOW), "--json".to_owned()]] {
            let form: Vec<&str> = form.iter().map(String::as_str).collect();
            let (_, stdout, stderr) = said(&why401(&form, &paste, &[]));
            assert_clean(&stdout, &entry["id"].to_string());
            assert_eq!(stderr, "");
        }
    }
    assert!(tried >= 19, "only {tried}");
}

/// Nothing that a terminal obeys, and nothing that reorders or hides text.
fn assert_clean(text: &str, what: &str) {
    let obeyed = |char: &char| {
        char.is_control() && *char != '\n'
            || matches!(char, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}')
    };
    assert_eq!(text.chars().find(obeyed), None, "{what}: {text:?}");
}

#[test]
fn evidence_in_a_file_is_read_as_if_pasted() {
    let folder = std::env::temp_dir().join(format!("why401-evidence-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("policy.txt");
    std::fs::write(
        &file,
        "$ gcloud run services get-iam-policy orders --region=us-east1\netag: ACAB\n",
    )
    .unwrap();
    let (status, out, err) = ask(
        &[
            "--json",
            &at(NOW),
            &format!("--evidence={}", file.display()),
        ],
        &token(&json!({})),
    );
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(status < 2, "{err}");
    assert!(
        out.contains("\"kind\":\"iam-policy\",\"name\":\"orders\""),
        "{out}"
    );
    let (status, _, err) = ask(&["--evidence=/nowhere/at/all"], "x");
    assert!(status == 2 && err.contains("cannot read"), "{err}");
}

#[test]
fn collect_prints_one_line_that_only_reads() {
    let (status, out, _) = ask(
        &[
            "collect",
            "--service-url=https://orders-123456789012.us-east1.run.app",
        ],
        "",
    );
    assert_eq!((status, out.lines().count()), (0, 1), "{out}");
    assert!(
        out.contains("### why401: gcloud run services get-iam-policy orders --region=us-east1"),
        "{out}"
    );
}
