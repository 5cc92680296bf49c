//! What the page shows of a report made by hand (`sample.rs`).

use super::node::{Element, Node, TAGS, may_have};
use super::sample::{sample, sample_of};
use super::{View, page};
use crate::Input;
use crate::causes::Likelihood;
use crate::fix::Language;
use crate::report::Report;

const NOW: i64 = 1_795_000_000;

/// Every element below a node, in the order of the document.
fn elements(node: &Node) -> Vec<&Element> {
    match node {
        Node::Text(_) => Vec::new(),
        Node::Element(element) => std::iter::once(element)
            .chain(element.nodes().iter().flat_map(elements))
            .collect(),
    }
}

fn attr(element: &Element, name: &str) -> Option<String> {
    let found = element.attrs().iter().find(|(known, _)| *known == name)?;
    Some(found.1.to_text().into_owned())
}

/// The elements that have an attribute.
fn with<'a>(page: &'a Node, name: &str) -> Vec<&'a Element> {
    elements(page)
        .into_iter()
        .filter(|element| attr(element, name).is_some())
        .collect()
}

fn text_of(element: &Element) -> String {
    Node::Element(element.clone()).to_text()
}

/// Tags and attributes without any text.
fn shape(page: &Node) -> Vec<String> {
    elements(page)
        .into_iter()
        .map(|element| {
            let attrs: Vec<String> = element
                .attrs()
                .iter()
                .map(|(name, value)| format!("{name}={}", value.to_text()))
                .collect();
            format!("{} {}", element.tag(), attrs.join(" "))
        })
        .collect()
}

fn draw(report: &Report<'_>) -> Node {
    page(report, &View::of(report))
}

#[test]
fn the_verdict_comes_first_and_what_was_read_last() {
    let input = Input::at(NOW);
    let page = draw(&sample(&input));
    let panels: Vec<String> = with(&page, "part")
        .into_iter()
        .filter_map(|element| attr(element, "part"))
        .collect();
    assert_eq!(
        panels,
        [
            "verdict",
            "fixes",
            "check",
            "because",
            "difference",
            "gates",
            "runners-up",
            "checked",
            "token",
            "read"
        ]
    );
}

#[test]
fn the_hooks_are_where_tests_and_embedders_look() {
    let input = Input::at(NOW);
    let report = sample(&input);
    let page = draw(&report);
    let verdicts = with(&page, "data-verdict");
    assert_eq!(verdicts.len(), 1);
    assert_eq!(
        attr(verdicts[0], "data-cause").as_deref(),
        Some("audience-mismatch")
    );
    assert_eq!(attr(verdicts[0], "data-gate").as_deref(), Some("verify"));
    assert_eq!(
        attr(verdicts[0], "data-likelihood").as_deref(),
        Some("certain")
    );
    assert_eq!(with(&page, "data-ruled-out").len(), report.ruled_out.len());
    assert_eq!(with(&page, "data-fix").len(), 1);
    assert_eq!(
        with(&page, "data-check").len(),
        2,
        "one of the headline, one of the runner-up"
    );
}

#[test]
fn a_command_is_shown_exactly_and_can_be_copied() {
    let input = Input::at(NOW);
    let report = sample(&input);
    let page = draw(&report);
    let remedy = &report.causes[0].remedy;
    let steps = [("data-fix", &remedy.fix), ("data-check", &remedy.check)];
    for (shown, fix) in steps
        .iter()
        .flat_map(|(hook, fixes)| with(&page, hook).into_iter().zip(*fixes))
    {
        let node = Node::Element(shown.clone());
        assert_eq!(
            text_of(with(&node, "data-command")[0]),
            fix.snippets[0].text
        );
        assert_eq!(with(&node, "data-copy").len(), 1);
    }
}

#[test]
fn the_language_chosen_is_shown_where_there_is_one() {
    let input = Input::at(NOW);
    let report = sample(&input);
    let view = View {
        language: Some(Language::Python),
        ..View::of(&report)
    };
    let page = page(&report, &view);
    let shown: Vec<String> = with(&page, "data-command")
        .into_iter()
        .filter_map(|element| attr(element, "data-language"))
        .collect();
    assert_eq!(shown, ["python", "sh", "sh"]);
    let chosen: Vec<String> = with(&page, "aria-selected")
        .into_iter()
        .filter(|tab| attr(tab, "aria-selected").as_deref() == Some("true"))
        .map(text_of)
        .collect();
    assert_eq!(chosen, ["Python"]);
}

#[test]
fn no_gate_is_passed_without_evidence() {
    let passed = |input: &Input| -> Vec<String> {
        let page = draw(&crate::diagnose(input));
        with(&page, "data-gate")
            .into_iter()
            .filter(|step| attr(step, "class").as_deref() == Some("passed"))
            .filter_map(|step| attr(step, "data-gate"))
            .collect()
    };
    let tone = |input: &Input| {
        attr(
            with(&draw(&crate::diagnose(input)), "data-verdict")[0],
            "data-tone",
        )
    };
    // A bare status shows nothing.
    let mut input = Input::at(NOW);
    input.status = Some(401);
    assert!(passed(&input).is_empty(), "{:?}", passed(&input));
    // A token without a URL was made; more cannot be said of it, and that is not "fine".
    let mut input = Input::at(NOW);
    input.paste = token("https://other.example.com");
    assert_eq!(passed(&input), ["mint"]);
    assert_eq!(tone(&input).as_deref(), Some("open"));
    // A call that succeeded passed them all.
    input.status = Some(200);
    assert_eq!(passed(&input).len(), 6);
    assert_eq!(tone(&input).as_deref(), Some("fine"));
}

#[test]
fn one_question_stands_for_one_missing_fact() {
    let asked = |input: &Input| {
        let before = crate::diagnoses();
        let report = crate::diagnose(input);
        let question = super::questions::ask(&report);
        assert!(crate::diagnoses() - before <= 2, "two diagnoses at most");
        question.map(|question| question.field)
    };
    let mut input = Input::at(NOW);
    input.paste = token("https://orders-4k3jd82hfa-uc.a.run.app");
    assert_eq!(asked(&input), Some("service-url"));
    input.service_url = "https://orders-4k3jd82hfa-uc.a.run.app".to_owned();
    assert_eq!(asked(&input), Some("status"));
    input.status = Some(403);
    assert_eq!(asked(&input), Some("response"));
    input.status = Some(200);
    assert_eq!(
        asked(&input),
        None,
        "nothing is open once the call succeeded"
    );
}

#[test]
fn what_is_typed_in_place_of_capitals_passes_the_allow_lists() {
    let mut input = Input::at(NOW);
    input.service_url = "https://orders-4k3jd82hfa-uc.a.run.app".to_owned();
    input.response = "The request was not authenticated. Either allow unauthenticated invocations or set the proper Authorization header.".to_owned();
    input.status = Some(403);
    let commands = |input: &Input| -> String {
        let page = draw(&crate::diagnose(input));
        with(&page, "data-command")
            .into_iter()
            .map(text_of)
            .collect()
    };
    assert!(
        commands(&input).contains("SERVICE_ACCOUNT_EMAIL"),
        "{}",
        commands(&input)
    );
    let account = "checkout@example-project.iam.gserviceaccount.com";
    input.values = vec![("SERVICE_ACCOUNT_EMAIL".to_owned(), account.to_owned())];
    assert!(
        commands(&input).contains(account) && !commands(&input).contains("SERVICE_ACCOUNT_EMAIL")
    );
    for hostile in ["$(id)@x.iam.gserviceaccount.com", "a b", "x;id", "allUsers"] {
        input.values = vec![("SERVICE_ACCOUNT_EMAIL".to_owned(), hostile.to_owned())];
        assert!(commands(&input).contains("SERVICE_ACCOUNT_EMAIL"));
        assert!(!commands(&input).contains(hostile));
    }
    // Which credential a URL may receive is decided by its field, never here.
    input.values = vec![(
        "REQUEST_URL".to_owned(),
        "https://evil.example.com".to_owned(),
    )];
    assert!(!commands(&input).contains("evil.example.com"));
}

/// A Google ID token for an audience, with a signature that says it is none.
fn token(audience: &str) -> String {
    use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
    let claims = format!(
        r#"{{"aud":"{audience}","azp":"1","email":"checkout@example-project.iam.gserviceaccount.com","email_verified":true,"exp":{},"iat":{},"iss":"https://accounts.google.com","sub":"100000000000000000001"}}"#,
        NOW + 1800,
        NOW - 1800
    );
    let signature = &"EXAMPLE-NOT-A-SIGNATURE-".repeat(11)[..256];
    [r#"{"alg":"RS256","typ":"JWT"}"#, &claims, signature]
        .map(|part| BASE64_URL_SAFE_NO_PAD.encode(part))
        .join(".")
}

#[test]
fn the_short_report_has_eight_lines_at_most() {
    use crate::report::markdown::{Identities, to_brief};
    for (paste, status) in [
        (token("https://other.example.com"), Some(401)),
        (String::new(), Some(403)),
        ("x".to_owned(), None),
    ] {
        let mut input = Input::at(NOW);
        input.service_url = "https://orders-4k3jd82hfa-uc.a.run.app".to_owned();
        (input.paste, input.status) = (paste, status);
        let text = to_brief(&crate::diagnose(&input), Identities::Shown);
        assert!((2..=8).contains(&text.lines().count()), "{text}");
        assert!(
            text.contains("/docs/causes/") && !text.contains("NOT-A-SIGNATURE"),
            "{text}"
        );
    }
}

#[test]
fn what_was_pasted_becomes_text_and_nothing_else() {
    let input = Input::at(NOW);
    let plain = draw(&sample_of(
        &input,
        r#"{"email":"plainvalue","exp":1795000060,"iat":1795000000}"#,
    ));
    for hostile in [
        r#"<svg onload=alert(1)>"#,
        r#"\"><img src=x onerror=alert(1)>"#,
        r#"javascript:alert(1)"#,
        r#"```\n# h\n```"#,
        r#"</script><script>alert(1)</script>"#,
        r#"a\u202eb"#,
    ] {
        let claims = format!(r#"{{"email":"{hostile}","exp":1795000060,"iat":1795000000}}"#);
        let page = draw(&sample_of(&input, &claims));
        assert_eq!(shape(&page), shape(&plain), "{hostile}");
        let html = page.to_html();
        assert!(
            !html.contains("<img") && !html.contains("<script"),
            "{html}"
        );
    }
}

#[test]
fn hidden_characters_are_seen() {
    let input = Input::at(NOW);
    let page = draw(&sample_of(
        &input,
        r#"{"email":"a\u202eb\u0007","x\u200by":1}"#,
    ));
    let text = page.to_text();
    assert!(text.contains("a‹U+202E›b‹U+0007›"), "{text}");
    assert!(text.contains("x‹U+200B›y"), "{text}");
    assert!(!text.contains('\u{202e}') && !text.contains('\u{200b}'));
}

#[test]
fn the_gate_of_the_verdict_is_the_stop_of_the_path() {
    let input = Input::at(NOW);
    let mut report = sample(&input);
    let classes = |report: &Report<'_>| -> Vec<String> {
        let page = draw(report);
        elements(&page)
            .into_iter()
            .filter(|element| element.tag() == "li" && attr(element, "data-gate").is_some())
            .filter_map(|element| attr(element, "class"))
            .collect()
    };
    assert_eq!(
        classes(&report),
        ["passed", "later", "later", "stopped", "later", "later"],
        "a token is there, and nobody answered who would tell of the gates between"
    );
    report.causes[0].likelihood = Likelihood::Likely;
    assert_eq!(classes(&report)[3..5], ["stopped doubtful", "maybe"]);
    report.causes[1].likelihood = Likelihood::Likely;
    report.causes.remove(0);
    assert_eq!(
        classes(&report),
        [
            "passed",
            "passed",
            "passed",
            "passed",
            "stopped doubtful",
            "later"
        ],
        "whoever says that the account may not enter has judged its token"
    );
}

#[test]
fn many_claims_are_folded_until_asked_for() {
    let input = Input::at(NOW);
    let members: Vec<String> = (0..5_000).map(|n| format!(r#""c{n}":{n}"#)).collect();
    let report = sample_of(&input, &format!("{{{}}}", members.join(",")));
    let folded = draw(&report);
    assert!(with(&folded, "data-claim").len() <= 200);
    assert_eq!(with(&folded, "data-show").len(), 1);
    let view = View {
        whole: true,
        ..View::of(&report)
    };
    let whole = page(&report, &view);
    let names = elements(&whole)
        .into_iter()
        .filter(|element| element.tag() == "dt");
    assert!(names.count() >= 5_000);
    assert!(with(&whole, "data-show").is_empty());
}

#[test]
fn claims_keep_order_digits_and_duplicates() {
    let input = Input::at(NOW);
    let page = draw(&sample_of(
        &input,
        r#"{"sub":112233445566778899001,"aud":"a","aud":"b","exp":"1795000060","n":1.50e3}"#,
    ));
    let rows: Vec<String> = elements(&page)
        .into_iter()
        .filter(|element| element.tag() == "div" && attr(element, "data-claim").is_some())
        .map(text_of)
        .collect();
    assert_eq!(rows.len(), 5);
    assert!(rows[0].starts_with("sub112233445566778899001"), "{rows:?}");
    assert!(
        rows[1].contains("sent twice") && rows[2].contains("sent twice"),
        "{rows:?}"
    );
    assert!(rows[3].contains("1795000060"), "{rows:?}");
    assert!(rows[4].contains("1.50e3"), "{rows:?}");
}

#[test]
fn every_control_has_a_name_and_every_id_is_its_own() {
    let input = Input::at(NOW);
    let page = draw(&sample(&input));
    let mut ids: Vec<String> = with(&page, "id")
        .into_iter()
        .filter_map(|element| attr(element, "id"))
        .collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "{ids:?}");
    for button in elements(&page)
        .into_iter()
        .filter(|element| element.tag() == "button")
    {
        assert!(!text_of(button).trim().is_empty(), "{button:?}");
        assert_eq!(attr(button, "type").as_deref(), Some("button"));
    }
    for details in elements(&page)
        .into_iter()
        .filter(|element| element.tag() == "details")
    {
        let first = details.nodes().first().map(elements);
        assert_eq!(
            first.and_then(|all| all.first().map(|element| element.tag())),
            Some("summary")
        );
    }
}

#[test]
fn distances_tick_only_by_this_computers_clock() {
    let input = Input::at(NOW);
    let mut report = sample(&input);
    assert!(!with(&draw(&report), "data-at").is_empty());
    report.evidence.now_from_response = true;
    assert!(with(&draw(&report), "data-at").is_empty());
}

#[test]
fn the_markdown_of_a_report_masks_whom_it_is_asked_to() {
    use crate::report::markdown::{Identities, to_markdown};
    let input = Input::at(NOW);
    let report = sample(&input);
    let shown = to_markdown(&report, Identities::Shown);
    assert!(shown.contains("checkout@example-project.iam.gserviceaccount.com"));
    let masked = to_markdown(&report, Identities::Masked);
    assert!(
        !masked.contains("checkout") && !masked.contains("100000000000000000001"),
        "{masked}"
    );
    assert!(
        masked.starts_with("## The token was made for another URL\n"),
        "{masked}"
    );
}

#[test]
fn what_loads_runs_or_leads_away_may_not_be_drawn() {
    for tag in [
        "script",
        "style",
        "iframe",
        "img",
        "form",
        "link",
        "object",
        "foreignObject",
        "use",
    ] {
        assert!(!TAGS.contains(&tag), "{tag}");
    }
    for (name, value) in [
        ("src", "x"),
        ("srcset", "x"),
        ("style", "color: red"),
        ("onclick", "x()"),
        ("action", "https://evil.example"),
        ("xlink:href", "x"),
        ("href", "javascript:alert(1)"),
        ("href", "https://evil.example/"),
        (
            "href",
            "https://github.com/why401/why401/blob/main/docs/causes/../../x",
        ),
        ("href", ""),
    ] {
        assert!(!may_have(name, value), "{name}={value}");
    }
}
