//! Every gcloud command that can be printed exists, as printed.

mod support;

use support::gcloud::Gcloud;
use support::shell;

#[test]
fn every_printed_command_is_one_of_gcloud_curl_or_kubectl() {
    let gcloud = Gcloud::read();
    let scenes = fixes::scenes().unwrap();
    let mut checked = 0;
    let mut faults = Vec::new();
    for ((language, text), place) in fixes::printed(&scenes) {
        if language != "sh" {
            continue;
        }
        let calls = match shell::calls(&text) {
            Ok(calls) => calls,
            Err(error) => {
                faults.push(format!("{error}\n  {text}\n  {place}"));
                continue;
            }
        };
        for words in calls {
            checked += 1;
            let found = match words[0].as_str() {
                "gcloud" => gcloud.faults(&words),
                "curl" => curl(&words),
                "kubectl" => Vec::new(),
                "cat" if words == ["cat", "token.jwt"] => Vec::new(),
                other => vec![format!("calls {other}")],
            };
            faults.extend(
                found
                    .iter()
                    .map(|fault| format!("{fault}\n  {text}\n  {place}")),
            );
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults.join("\n")
    );
    assert!(checked > 500, "only {checked} commands were checked");
    println!("{checked} commands");
}

/// Flags that are no file to read or write, and one URL.
fn curl(words: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut urls = 0;
    let mut words = words[1..].iter();
    while let Some(word) = words.next() {
        let value_must = match word.as_str() {
            "-sG" | "-s" | "-sI" | "-si" => continue,
            "-so" | "-sSo" => words.next().is_some_and(|to| to == "/dev/null"),
            "-w" => words
                .next()
                .is_some_and(|format| format == r"%{http_code}\n"),
            "-H" | "-sH" => words
                .next()
                .is_some_and(|header| !header.starts_with('@') && header.contains(": ")),
            "-d" => words.next().is_some_and(|data| !data.starts_with('@')),
            "--data-urlencode" => words
                .next()
                .is_some_and(|data| data.starts_with("audience=")),
            url => {
                urls += 1;
                matches!(
                    url,
                    "REQUEST_URL" | "HOST_URL" | "CALLED_URL" | "YOUR_SERVICE_URL"
                ) || url.starts_with("https://")
                    || url.starts_with("http://metadata.google.internal/")
            }
        };
        if !value_must {
            faults.push(format!("curl does not want {word} so"));
        }
    }
    if urls != 1 {
        faults.push(format!("curl calls {urls} URLs"));
    }
    faults
}

#[test]
fn the_table_refuses_what_gcloud_refuses() {
    let gcloud = Gcloud::read();
    let refused = |text: &str| {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        !gcloud.faults(&words).is_empty()
    };
    for good in [
        "gcloud run services describe s --region=r",
        "gcloud run services update s --region=r --add-custom-audiences=a",
        "gcloud run services update s --region=r --add-custom-audiences=^;^a,b",
        "gcloud run services update s --region=r --update-env-vars=A=1,B=2",
        "gcloud run services update s --region=r --update-env-vars=^;^A=1,2;B=x=y",
        "gcloud run services add-iam-policy-binding s --region=r --member=m --role=r --condition=None",
    ] {
        assert!(!refused(good), "{good}");
    }
    for bad in [
        "gcloud run services describe s",
        "gcloud run services describe --region=r",
        "gcloud run services test-iam-permissions s",
        "gcloud run services update s --region=r --allow-unauthenticated",
        "gcloud run services add-iam-policy-binding s --region=r --member=m",
        "gcloud run services update s --region=r --add-custom-audiences=a --set-custom-audiences=b",
        "gcloud run services update s --region=r --ingress=none",
        "gcloud run services update s --region=r --add-custom-audiences=a,b",
        "gcloud run services update s --region=r --add-custom-audiences=^;^a;b",
        "gcloud run services update s --region=r --add-custom-audiences=^^a",
        "gcloud run services update s --region=r --add-custom-audiences=^x^a",
        "gcloud run services update s --region=r --update-env-vars=A=1,2",
        "gcloud run services update s --region=r --update-env-vars=A=1,A=2",
        "gcloud run services update s --region=r --update-env-vars=^;^A=1,2;B",
        "gcloud run services update s --region=r --update-env-vars=^^A=1",
        "gcloud run services update s --region=r --update-env-vars==1",
        "gcloud run services update s --region=r --update-env-vars=None",
        "gcloud run services add-iam-policy-binding s --region=r --member=m --role=r --condition=expression=f(a,b),title=t",
        "gcloud auth print-identity-token --audiences=a",
        "gcloud auth application-default print-identity-token",
        "gcloud scheduler jobs update http j --location=l --oidc-token-audience=a",
        "gcloud scheduler jobs update http j --location=l --oidc-service-account-email=a --oauth-service-account-email=a",
        "gcloud org-policies describe c --effective",
        "gcloud logging read x --limit=many",
    ] {
        assert!(refused(bad), "{bad}");
    }
}

#[test]
fn the_forms_of_fixes_are_read() {
    assert_eq!(
        shell::calls(r#"a "b'\"\\c""#).unwrap(),
        [vec!["a", r#"b'"\c"#]]
    );
    assert_eq!(
        shell::calls("curl -H \"A: $(gcloud x --a='b c')\" \\\n  --f='d'").unwrap(),
        [
            vec!["gcloud", "x", "--a=b c"],
            vec!["curl", "-H", "A: STUB-TOKEN", "--f=d"]
        ]
    );
}

#[test]
fn whatever_else_a_shell_acts_on_is_an_error() {
    for active in [
        "a;b", "a|b", "a&b", "$A", "`a`", "a>b", "*", "~a", "a\nb", "{a,b}", "\"$A\"", "'a", "#a",
        "a\\b", "a\tb",
    ] {
        assert!(shell::calls(active).is_err(), "{active}");
    }
}
