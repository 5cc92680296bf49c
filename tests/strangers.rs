//! Nothing a stranger wrote moves the reader's hand: who made a link, and who wrote an answer.

use serde_json::Value;
use why401::report::to_json;
use why401::{Input, Preset, diagnose};

const NOW: i64 = 1_795_000_000;
const DENIED: &str = r#"{"error":{"code":403,"status":"PERMISSION_DENIED","message":"MESSAGE"}}"#;

/// The first cause's fixes: commands and cautions.
fn fixes(input: &Input) -> Vec<(String, String)> {
    let report: Value = serde_json::from_str(&to_json(&diagnose(input))).expect("a report");
    let fixes = report["causes"][0]["fixes"].as_array().expect("fixes");
    let text = |fix: &Value, name: &str| fix[name].as_str().unwrap_or_default().to_owned();
    fixes
        .iter()
        .filter(|fix| fix["language"] == "sh")
        .map(|fix| (text(fix, "text"), text(fix, "caution")))
        .collect()
}

fn denied(message: &str, project: &str) -> Input {
    let mut input = Input::at(NOW);
    input.service_url = "https://secretmanager.googleapis.com/v1/x".to_owned();
    input.response = DENIED.replace("MESSAGE", message);
    input.status = Some(403);
    input.project = project.to_owned();
    input
}

/// The one grant of a report.
fn grant(input: &Input) -> (String, String) {
    let grants = |(text, _): &(String, String)| text.contains("add-iam-policy-binding");
    fixes(input).into_iter().find(grants).expect("a grant")
}

#[test]
fn an_error_chooses_neither_account_nor_role() {
    let (command, caution) = grant(&denied(
        "backdoor@evil-proj-1.iam.gserviceaccount.com needs roles/secretmanager.admin",
        "victim-prod",
    ));
    assert!(!command.contains("backdoor"), "{command}");
    // The API's usual role, and not the one in the sentence.
    assert!(
        command.contains("--role=roles/secretmanager.secretAccessor"),
        "{command}"
    );
    assert!(
        caution.contains("`backdoor@evil-proj-1.iam.gserviceaccount.com` as the error tells it"),
        "{caution}"
    );
}

#[test]
fn a_permission_chooses_a_role_of_ours_and_never_an_administrators() {
    let (command, _) = grant(&denied(
        "secretmanager.versions.access denied",
        "victim-prod",
    ));
    assert!(
        command.contains("--role=roles/secretmanager.secretAccessor"),
        "{command}"
    );
    let (command, caution) = grant(&denied("iam.serviceAccountKeys.create", "victim-prod"));
    assert!(command.contains("--role=roles/ROLE_NAME"), "{command}");
    assert!(caution.starts_with("The role is left out"), "{caution}");
    // What a deployer needs is an administrator's role: the warning is the first thing said.
    let (command, caution) = grant(&denied("run.services.setIamPolicy", "victim-prod"));
    assert!(
        command.starts_with("gcloud run services add-iam-policy-binding"),
        "{command}"
    );
    assert!(
        caution.starts_with("`roles/run.admin` is an administrator’s role"),
        "{caution}"
    );
    // Whoever may change a project's policy may do everything in it: nobody is granted that.
    let all = fixes(&denied(
        "resourcemanager.projects.setIamPolicy",
        "victim-prod",
    ));
    assert!(
        all.iter()
            .all(|(text, _)| !text.contains("add-iam-policy-binding")),
        "{all:?}"
    );
}

#[test]
fn an_account_of_another_project_is_pointed_out() {
    for (account, words) in [
        ("proj-x-l23", "though it reads like it"),
        ("other-proj", "belongs to another project, `other-proj`"),
    ] {
        let mut input = denied("secretmanager.versions.access denied", "proj-x-123");
        input.response.push_str(&format!(
            "\n\"principalEmail\": \"runner@{account}.iam.gserviceaccount.com\""
        ));
        let (command, caution) = grant(&input);
        assert!(
            command.contains("--member=serviceAccount:runner@"),
            "{command}"
        );
        assert!(caution.contains(words), "{caution}");
    }
}

#[test]
fn no_change_is_aimed_at_a_project_that_an_e_mail_tells() {
    let mut input = denied("secretmanager.versions.access denied", "");
    input
        .response
        .push_str("\n\"principalEmail\": \"runner@caller-proj.iam.gserviceaccount.com\"");
    let (command, _) = grant(&input);
    assert!(!command.contains("--project=caller-proj"), "{command}");
    assert!(!command.contains("binding caller-proj"), "{command}");
}

#[test]
fn what_a_link_filled_in_is_marked_beside_each_command() {
    let mut input = Input::at(NOW);
    input.service_url = "https://orders-123456789012.europe-west1.run.app".to_owned();
    input.project = "shop-prod".to_owned();
    input.response = "<title>403 Forbidden</title> Your client does not have permission to get URL <code>/</code> from this server.".to_owned();
    input.status = Some(403);
    let typed = fixes(&input);
    assert!(
        typed
            .iter()
            .all(|(_, caution)| !caution.contains("by the link"))
    );
    assert!(
        typed
            .iter()
            .any(|(text, _)| text.contains("print-identity-token)"))
    );

    input.preset = Preset {
        service_url: true,
        project: true,
        ..Preset::default()
    };
    let linked = fixes(&input);
    let mut marked = 0;
    for (text, caution) in &linked {
        assert!(!text.contains("print-identity-token)"), "{text}");
        if text.contains("shop-prod") {
            marked += 1;
            assert!(
                caution.contains("by the link") && caution.contains("the project `shop-prod`"),
                "{text}\n{caution}"
            );
        }
        if text.contains("orders") {
            assert!(
                caution.contains("the URL `https://orders-123456789012.europe-west1.run.app`"),
                "{text}\n{caution}"
            );
        }
    }
    assert!(marked > 0);
}

#[test]
fn a_link_does_not_outrank_what_was_called() {
    let mut input = Input::at(NOW);
    input.paste = "curl -i https://orders-123456789012.europe-west1.run.app/x".to_owned();
    input.status = Some(403);
    input.service_url = "https://evil-123456789012.europe-west1.run.app".to_owned();
    let read = |input: &Input| -> Value {
        let report: Value = serde_json::from_str(&to_json(&diagnose(input))).expect("a report");
        report["read"]["target"].clone()
    };
    // A person may correct what a paste tells.
    assert_eq!(read(&input)["service"], "evil");
    input.preset.service_url = true;
    let target = read(&input);
    assert_eq!(target["service"], "orders");
    assert!(target["notes"].to_string().contains("which is judged"));
}

#[test]
fn a_host_that_reads_like_googles_is_named() {
    for url in [
        "https://googleapis.co/v1",
        "https://run.googleapis.com@evil.example/",
        "https://storage.g\u{43E}ogleapis.com/v1",
        "https://storage.googleapis.com./v1",
        "https://storage.googleapis.com:8443/v1",
        "https://orders-4k3jd82hfa-uc.a.run.app.evil.example/",
    ] {
        let mut input = Input::at(NOW);
        input.service_url = url.to_owned();
        input.status = Some(403);
        let report: Value = serde_json::from_str(&to_json(&diagnose(&input))).expect("a report");
        let notes = report["read"]["target"]["notes"].as_array().expect("notes");
        assert!(!notes.is_empty(), "{url}");
    }
}
