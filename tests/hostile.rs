//! Every hostile input, through the core and every form of a report, each followed by the
//! harmless token. One check per flag; the file's `flags` say what each means.
//!
//! The flags about commands' words (`shell_policy`, `argv_twin`) have a test of their own, those
//! about a page (`no_script`, `inert_dom`, `no_network`) and about rendered Markdown (`md_inert`)
//! are looked at in a browser and in Node.

use corpus::hostile::{Entry, Hostile};
use corpus::invariants::{self, Copy};
use serde_json::Value;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use why401::credential::{Credential, IdentityKind, Kind, NumericDate, Oddity};
use why401::target::Product;
use why401::view::{self, View};
use why401::{Input, Report, diagnose};

/// What a flag compares with.
struct Seen<'r> {
    entry: &'r Entry,
    input: &'r Input,
    report: &'r Report<'r>,
    copies: &'r [Copy],
}

/// A flag's check: the reasons why it does not hold.
type Check = fn(&Seen<'_>) -> Vec<String>;

/// What can be checked here. `no_panic` and `recovers` hold for every entry and are checked apart.
const CHECKS: &[(&str, Check)] = &[
    ("visible_controls", visible_controls),
    ("text_verbatim", text_verbatim),
    ("number_verbatim", number_verbatim),
    ("duplicate_flagged", duplicate_flagged),
    ("time_status", time_status),
    ("host_ascii", host_ascii),
    ("not_google", not_google),
    ("redacts", redacts),
    ("finds", finds),
    ("kind", kind),
    ("category_not", category_not),
    ("partial_ok", partial_ok),
    ("clear_message", clear_message),
    ("never_valid", never_valid),
    ("one_line", one_line),
];

/// Flags whose checks are elsewhere.
const ELSEWHERE: &[&str] = &[
    "no_panic",
    "recovers",
    "budget",
    "shell_policy",
    "argv_twin",
    "no_script",
    "inert_dom",
    "no_network",
    "md_inert",
];

fn hostile() -> Hostile {
    Hostile::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/hostile.json"))
        .unwrap()
}

#[test]
fn every_flag_has_its_check() {
    let hostile = hostile();
    assert_eq!(hostile.entries.len(), 419);
    for entry in &hostile.entries {
        for flag in &entry.must {
            let known =
                CHECKS.iter().any(|(name, _)| name == flag) || ELSEWHERE.contains(&flag.as_str());
            assert!(known, "{}: no check for {flag}", entry.id);
        }
    }
}

#[test]
fn the_harmless_token_has_its_harmless_answer() {
    let hostile = hostile();
    let report = diagnose(&hostile.benign);
    assert!(report.is_fine(), "{:?}", report.causes);
    let read: Value = serde_json::from_str(&why401::report::to_json(&report)).unwrap();
    let credential = &read["read"]["credential"];
    assert_eq!(credential["kind"], "google-id-token");
    let [header, claims] = &hostile.benign_parts;
    assert_eq!(&credential["header"], header);
    assert_eq!(&credential["claims"], claims);
}

#[test]
fn every_flag_holds() {
    let hostile = hostile();
    let harmless = invariants::copies(&diagnose(&hostile.benign));
    let mut broken = Vec::new();
    for entry in &hostile.entries {
        let input = entry.input().unwrap();
        let told = catch_unwind(AssertUnwindSafe(|| checked(entry, &input)));
        match told {
            Ok(faults) => broken.extend(faults),
            Err(_) => broken.push(format!("{}: no_panic", entry.id)),
        }
        if invariants::copies(&diagnose(&hostile.benign)) != harmless {
            broken.push(format!("{}: recovers", entry.id));
        }
    }
    assert!(
        broken.is_empty(),
        "{} broken:\n{}",
        broken.len(),
        broken.join("\n")
    );
}

/// Every flag that does not hold for this entry.
fn checked(entry: &Entry, input: &Input) -> Vec<String> {
    let report = diagnose(input);
    let copies = invariants::copies(&report);
    let seen = Seen {
        entry,
        input,
        report: &report,
        copies: &copies,
    };
    let flags = CHECKS.iter().filter(|(flag, _)| entry.must(flag));
    let faults = flags.flat_map(|(flag, check)| {
        let named = move |why| format!("{}: {flag}: {why}", entry.id);
        check(&seen).into_iter().map(named)
    });
    let always = invariants::broken(&report, &copies).into_iter();
    faults
        .chain(always.map(|why| format!("{}: {why}", entry.id)))
        .collect()
}

/// One reason unless the condition holds.
fn unless(holds: bool, why: impl FnOnce() -> String) -> Vec<String> {
    if holds { Vec::new() } else { vec![why()] }
}

fn visible_controls(seen: &Seen<'_>) -> Vec<String> {
    let raw = |(form, copy): &Copy| {
        invariants::raw_control(copy).map(|what| format!("{what} raw in the {form}"))
    };
    seen.copies.iter().filter_map(raw).collect()
}

fn text_verbatim(seen: &Seen<'_>) -> Vec<String> {
    let Some(text) = seen.entry.expected("text") else {
        return Vec::new();
    };
    let marked = why401::visible::in_line(text);
    let fits = |shown: &str| shown.contains(text) || shown.contains(&*marked);
    let page = view::page(seen.report, &View::of(seen.report)).to_text();
    let mut faults = unless(any_text(&json(seen), &fits), || {
        format!("`{marked}` is not in the JSON")
    });
    faults.extend(unless(fits(&page), || {
        format!("`{marked}` is not on the page")
    }));
    faults
}

/// The report as a value. Numbers that no double holds would fail, so they are not read there.
fn json(seen: &Seen<'_>) -> Value {
    serde_json::from_str(&seen.copies[0].1).unwrap_or(Value::Null)
}

/// Whether a string or a member's name fits, at any depth.
fn any_text(value: &Value, fits: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => fits(text),
        Value::Array(items) => items.iter().any(|item| any_text(item, fits)),
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| fits(name) || any_text(value, fits)),
        _ => false,
    }
}

fn number_verbatim(seen: &Seen<'_>) -> Vec<String> {
    let number = seen.entry.expected("number").unwrap_or_default();
    unless(
        !number.is_empty() && seen.copies[0].1.contains(number),
        || format!("{number} is not in the JSON"),
    )
}

fn duplicate_flagged(seen: &Seen<'_>) -> Vec<String> {
    let Some(jwt) = &seen.report.evidence.credential.jwt else {
        return vec!["it is not read as a JWT".to_owned()];
    };
    let members = jwt.header.members.iter().chain(&jwt.claims.members);
    let twice: Vec<_> = members.filter(|member| member.duplicate).collect();
    let values = twice
        .iter()
        .all(|member| seen.copies[0].1.contains(&member.raw));
    let name = twice.first().map(|member| format!("`{}`", member.name));
    let said = name.is_some_and(|name| {
        let mut causes = seen.report.causes.iter().flat_map(|cause| &cause.reasons);
        seen.report.notes().any(|note| note.contains(&name))
            || causes.any(|reason| reason.text.contains(&name))
    });
    unless(twice.len() >= 2 && values && said, || {
        "the repeated member is not told with both values".to_owned()
    })
}

fn time_status(seen: &Seen<'_>) -> Vec<String> {
    let allowed = seen.entry.expected_all("time");
    let told = times(seen);
    unless(
        told.iter()
            .any(|status| allowed.iter().any(|time| time == status)),
        || format!("{told:?} is none of {allowed:?}"),
    )
}

/// What the report says of the token's times, in the flag's words.
fn times(seen: &Seen<'_>) -> Vec<&'static str> {
    let listed = |id: &str| seen.report.causes.iter().any(|cause| cause.cause.id == id);
    let exp = seen.report.evidence.credential.numeric_date("exp");
    let odd = |oddity| exp.as_ref().is_some_and(|exp: &NumericDate| exp.is(oddity));
    let ruled_out = seen
        .report
        .ruled_out
        .iter()
        .any(|out| out.cause.id == "expired");
    [
        ("expired", listed("expired") && !odd(Oddity::Milliseconds)),
        ("not-yet", listed("not-yet-valid")),
        ("milliseconds", odd(Oddity::Milliseconds)),
        ("microseconds", odd(Oddity::Microseconds)),
        ("absurd", odd(Oddity::OutOfCalendar)),
        (
            "unreadable",
            odd(Oddity::WrongType) || odd(Oddity::Null) || odd(Oddity::Text),
        ),
        ("in-window", ruled_out && !listed("not-yet-valid")),
        ("none", exp.is_none()),
    ]
    .into_iter()
    .filter_map(|(status, holds)| holds.then_some(status))
    .collect()
}

fn host_ascii(seen: &Seen<'_>) -> Vec<String> {
    let target = &seen.report.evidence.target;
    let host = seen.entry.expected("host_ascii").unwrap_or_default();
    let is_run_app = seen.entry.expect["is_run_app"] == true;
    let typed = !seen.input.service_url.trim().is_empty();
    let said = !target.problems.is_empty() || !target.notes.is_empty();
    let mut faults = unless(target.host == host, || {
        format!("the host is `{}`, not `{host}`", target.host)
    });
    faults.extend(unless(
        (target.product == Product::CloudRun) == is_run_app,
        || format!("it counts as {}", target.product.id()),
    ));
    faults.extend(unless(!host.is_empty() || !typed || said, || {
        "an unusable host goes without a word".to_owned()
    }));
    faults
}

fn not_google(seen: &Seen<'_>) -> Vec<String> {
    let evidence = &seen.report.evidence;
    if !seen.input.service_url.is_empty() {
        let google = matches!(
            evidence.target.product,
            Product::CloudRun | Product::CloudFunctions | Product::GoogleApi
        );
        return unless(!google, || {
            format!("the host counts as {}", evidence.target.product.id())
        });
    }
    let credential = &evidence.credential;
    let issuer_is_google = credential.issuer().is_some_and(|issuer| {
        matches!(
            &*issuer,
            "https://accounts.google.com" | "accounts.google.com"
        )
    });
    let mut faults = unless(
        issuer_is_google || credential.kind != Kind::GoogleIdToken,
        || "the issuer counts as Google".to_owned(),
    );
    if issuer_is_google {
        let trusted = credential.identity().is_some_and(|identity| {
            matches!(
                identity.kind,
                IdentityKind::ServiceAccount { .. }
                    | IdentityKind::DefaultCompute { .. }
                    | IdentityKind::AppEngineDefault { .. }
                    | IdentityKind::GoogleAgent { .. }
            )
        });
        faults.extend(unless(!trusted, || {
            "the e-mail counts as a service account’s".to_owned()
        }));
    }
    faults
}

fn redacts(seen: &Seen<'_>) -> Vec<String> {
    let secrets = seen.entry.expected_all("secrets");
    let held = seen.copies.iter().flat_map(|(form, copy)| {
        let held = secrets
            .iter()
            .filter(|secret| copy.contains(secret.as_str()));
        held.map(move |secret| format!("`{secret}` is in the {form}"))
    });
    held.collect()
}

fn finds(seen: &Seen<'_>) -> Vec<String> {
    let expected = seen.entry.expected_all("found");
    let evidence = &seen.report.evidence;
    let found: Vec<&str> = evidence
        .exhibits
        .credentials
        .iter()
        .zip(&evidence.all)
        .filter(|(_, credential)| is_credential(credential))
        .map(|(pasted, _)| pasted.text.as_str())
        .collect();
    unless(found == expected, || {
        let short = |text: &str| text.chars().take(24).chain("…".chars()).collect::<String>();
        let found: Vec<String> = found
            .iter()
            .map(|text| format!("{} of {}", short(text), text.len()))
            .collect();
        let expected: Vec<String> = expected
            .iter()
            .map(|text| format!("{} of {}", short(text), text.len()))
            .collect();
        format!("found {found:?}, not {expected:?}")
    })
}

fn is_credential(credential: &Credential) -> bool {
    !matches!(
        credential.kind,
        Kind::None | Kind::NotAToken | Kind::UnknownOpaque
    )
}

fn kind(seen: &Seen<'_>) -> Vec<String> {
    let expected = seen.entry.expected("kind").unwrap_or_default();
    let credential = &seen.report.evidence.credential;
    let label = credential.label.to_lowercase();
    let told = match credential.kind {
        Kind::None | Kind::NotAToken => "none",
        Kind::OtherJose if label.contains("jwe") || label.contains("encrypted") => "jwe",
        Kind::OtherJose if label.contains("jws") => "jws",
        kind if kind.is_jwt() || kind == Kind::BrokenJwt => "jwt",
        _ if credential.long_lived_secret => "secret",
        _ => "opaque",
    };
    let same = told == expected
        // A JWT is a JWS, and one in JSON form may be called either.
        || (expected == "jws" && told == "jwt" && label.contains("json"))
        // What nobody knows is called neither a token nor none.
        || (expected == "none" && credential.kind == Kind::UnknownOpaque);
    unless(same, || {
        format!("it is called {} ({told}), not {expected}", credential.label)
    })
}

fn category_not(seen: &Seen<'_>) -> Vec<String> {
    let Some(headline) = seen.report.causes.first() else {
        return Vec::new();
    };
    let named = match headline.cause.id {
        // A signature that is cut is not called wrong.
        "signature-invalid"
            if !headline.summary.contains(" cut") && !headline.summary.contains("missing") =>
        {
            ["forged", "wrong-key", "wrong-signature"].as_slice()
        }
        "malformed-token" => &["corrupt"],
        "expired" => &["expired"],
        "audience-mismatch" => &["wrong-audience"],
        _ => &[],
    };
    let refused = seen.entry.expected_all("category_not");
    let said = named
        .iter()
        .filter(|name| refused.iter().any(|not| not == *name));
    said.map(|name| format!("the verdict is {name}: {}", headline.summary))
        .collect()
}

/// What can be read is shown: the header before a cut payload, the claims before a cut signature.
fn partial_ok(seen: &Seen<'_>) -> Vec<String> {
    let credential = &json(seen)["read"]["credential"];
    let parts: Vec<&str> = seen.input.paste.split('.').collect();
    let readable = |at: usize| {
        use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
        let bytes = parts
            .get(at)
            .and_then(|part| BASE64_URL_SAFE_NO_PAD.decode(part).ok());
        bytes.is_some_and(|bytes| {
            serde_json::from_slice::<serde_json::Map<String, Value>>(&bytes)
                .is_ok_and(|object| !object.is_empty())
        })
    };
    let mut faults = Vec::new();
    for (at, name) in [(0, "header"), (1, "claims")] {
        faults.extend(unless(
            !readable(at) || credential[name].is_object(),
            || format!("the {name} can be read and is not shown"),
        ));
    }
    faults
}

/// A stable code and a sentence, never a library's own error alone.
fn clear_message(seen: &Seen<'_>) -> Vec<String> {
    const OF_LIBRARIES: &[&str] = &[
        " at line ",
        "EOF while",
        "expected value",
        "InvalidByte",
        "Utf8Error",
    ];
    let Some(headline) = seen.report.causes.first() else {
        return vec!["there is no verdict".to_owned()];
    };
    let summary = headline.summary.trim();
    let sentence = summary.contains(' ') && summary.ends_with(['.', '!', '?', ')']);
    let raw = OF_LIBRARIES.iter().find(|raw| summary.contains(**raw));
    let mut faults = unless(sentence, || format!("no sentence: {summary}"));
    faults.extend(raw.map(|raw| format!("`{raw}` is a library’s word: {summary}")));
    faults
}

/// The sentences are looked at for every entry; here also that the signature is never judged right.
fn never_valid(seen: &Seen<'_>) -> Vec<String> {
    const PRAISE: &[&str] = &[
        "signature is good",
        "signature is right",
        "signature is correct",
        "signature matches",
        "correctly signed",
        "properly signed",
    ];
    let told = invariants::sentences(seen.report).join("\n").to_lowercase();
    let praise = PRAISE.iter().filter(|praise| told.contains(**praise));
    praise.map(|praise| format!("`{praise}` is said")).collect()
}

fn one_line(seen: &Seen<'_>) -> Vec<String> {
    let snippets = invariants::commands(seen.report);
    let broken = snippets.filter(|snippet| {
        snippet
            .text
            .replace(" \\\n  ", " ")
            .split("\n")
            .any(|line| line.trim().is_empty() || line.contains('\r'))
    });
    broken
        .map(|snippet| format!("not one command a line: {}", snippet.text))
        .collect()
}
