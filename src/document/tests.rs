//! Every document of tests/documents and tests/worlds is recognised and says what it says.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::*;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

fn file(name: &str) -> String {
    std::fs::read_to_string(folder("documents").join(name)).expect("a document")
}

/// The documents of the folder, each with the command that printed it.
fn documents() -> Vec<(String, String, String)> {
    let index = file("INDEX.md");
    let rows = index.lines().filter(|line| line.starts_with("| "));
    rows.filter_map(|row| {
        let mut cells = row.trim_start_matches("| ").split(" | ");
        let name = cells.next()?.trim().to_owned();
        let command = cells.next()?.to_owned();
        let text = std::fs::read_to_string(folder("documents").join(&name)).ok()?;
        Some((name, command, text))
    })
    .collect()
}

/// The texts in quotes of a debug output, and the rest with marks in their place.
fn texts_of(shown: &str) -> (String, Vec<String>) {
    let mut rest = String::new();
    let mut texts = Vec::new();
    let mut text: Option<String> = None;
    let mut chars = shown.chars();
    while let Some(char) = chars.next() {
        match (&mut text, char) {
            (Some(text), '\\') => text.extend(chars.next()),
            (Some(_), '"') => texts.extend(text.take()),
            (Some(text), char) => text.push(char),
            (None, '"') => {
                rest.push('§');
                text = Some(String::new());
            }
            (None, char) => rest.push(char),
        }
    }
    (rest, texts)
}

/// Whether a cut document says the same as the whole one, but for the one text it is not sure of.
fn says_the_same(part: &Part, whole: &Part) -> bool {
    let (cut, cut_texts) = texts_of(&format!("{:?}", part.documents));
    let (full, full_texts) = texts_of(&format!("{:?}", whole.documents));
    cut == full
        && cut_texts
            .iter()
            .zip(&full_texts)
            .all(|(cut, full)| cut == full || !part.is_sure(cut) && full.starts_with(cut.as_str()))
}

#[test]
fn a_cut_document_says_so() {
    let mut bad: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, command, text) in documents() {
        for prefix in [String::new(), format!("$ {command}\n")] {
            let whole = split(&format!("{prefix}{text}"));
            let Some(kind) = whole.parts.first().and_then(|part| part.documents.first()) else {
                continue;
            };
            let kind = std::mem::discriminant(kind);
            let steps = if text.len() > 1000 { 7 } else { 1 };
            for (at, _) in text.char_indices().step_by(steps) {
                let tail = if at % 2 == 0 { "" } else { "\n" };
                let cut = split(&format!("{prefix}{}{tail}", &text[..at]));
                let shown = &text[text[..at].rfind('\n').unwrap_or(0)..at];
                for part in &cut.parts {
                    for document in &part.documents {
                        let own = std::mem::discriminant(document);
                        if own != kind && !matches!(document, Document::Unknown(_)) {
                            bad.entry(format!("kind {name} {}", prefix.len()))
                                .or_default()
                                .push(format!("{shown:?} {document:?}"));
                        }
                    }
                    if part.end == End::Seen && !says_the_same(part, &whole.parts[0]) {
                        bad.entry(format!("seen {name} {}", prefix.len()))
                            .or_default()
                            .push(format!("{shown:?} {:?}", part.documents));
                    }
                }
            }
        }
    }
    for (name, cases) in &bad {
        println!("{name}: {} such as {}", cases.len(), cases[0]);
    }
    assert!(bad.is_empty());
}

/// What each file says, as fragments of what was understood. The command stands before it.
const SAID: &[(&str, &[&str])] = &[
    (
        "run-services-describe-1.yaml",
        &[
            r#"RunService(RunService { name: Some("maps"), project: None, project_number: Some("483920571164"), region: Some("africa-south1"), url: Some("https://maps-4k3jd82hfa-bq.a.run.app"), urls: ["https://maps-483920571164.africa-south1.run.app", "https://maps-4k3jd82hfa-bq.a.run.app"], all_urls: true, custom_audiences: Some([]), ingress: Some(All), iap: Some(false), invoker_check: Some(false), default_url: Some(true), account: Some("firebase-adminsdk-fbsvc@orchard-prod-4821.iam.gserviceaccount.com"), tags: [], ready: Some(true), function: None })"#,
        ],
    ),
    (
        "run-services-describe-2.yaml",
        &[
            r#"custom_audiences: Some(["https://us-central1-orchard-prod-4821.cloudfunctions.net/api"])"#,
            r#"invoker_check: Some(true)"#,
            r#"function: Some("api")"#,
            r#""https://us-central1-orchard-prod-4821.cloudfunctions.net/api", "https://api-4k3jd82hfa-uc.a.run.app"], all_urls: true"#,
        ],
    ),
    (
        "run-services-describe-3.json",
        &[
            r#"name: Some("hello")"#,
            r#"urls: ["https://hello-4k3jd82hfa-uc.a.run.app"], all_urls: false, custom_audiences: Some([]), ingress: Some(All)"#,
            r#"account: Some("483920571164-compute@developer.gserviceaccount.com")"#,
        ],
    ),
    (
        "run-services-describe-4.yaml",
        &[
            r#"name: Some("hello")"#,
            r#"urls: ["https://hello-4k3jd82hfa-uc.a.run.app"], all_urls: false, custom_audiences: Some([]), ingress: Some(All)"#,
            r#"account: Some("483920571164-compute@developer.gserviceaccount.com")"#,
        ],
    ),
    (
        "run-services-describe-8.txt",
        &[
            r#"RunService(RunService { name: Some("orders"), project: None, project_number: None, region: Some("europe-west1"), url: Some("https://orders-4k3jd82hfa-ew.a.run.app")"#,
            r#"ingress: None, iap: None, invoker_check: None"#,
        ],
    ),
    (
        "run-services-describe-9.txt",
        &[
            r#"name: Some("monolith")"#,
            r#"region: Some("us-east1"), url: Some("https://monolith-4k3jd82hfa-ue.a.run.app")"#,
            r#"ingress: Some(All), iap: None"#,
        ],
    ),
    (
        "run-services-describe-18.txt",
        &[
            r#"Unreadable(Unreadable { command: Some("gcloud.run.services.describe"), why: "PERMISSION_DENIED: Permission 'run.services.get' denied"#,
            "reason: NotAllowed",
        ],
    ),
    (
        "run-services-list-1.txt",
        &[
            r#"RunServices([ListedService { name: "cloud-run-demo", region: Some("europe-west1"), url: Some("https://cloud-run-demo-4k3jd82hfa-ew.a.run.app"), project: None }])"#,
        ],
    ),
    (
        "run-services-list-2.txt",
        &[
            r#"ListedService { name: "api", region: None, url: Some("https://api-4k3jd82hfa-uc.a.run.app")"#,
            r#"ListedService { name: "beforecreated", region: None, url: Some("https://beforecreated-4k3jd82hfa-uc.a.run.app")"#,
        ],
    ),
    (
        "run-v2-service-2.json",
        &[
            r#"RunService(RunService { name: Some("runservice-7f3k"), project: Some("orchard-prod-4821"), project_number: None, region: Some("us-central1"), url: None"#,
            r#"ingress: Some(All), iap: Some(false), invoker_check: Some(true)"#,
            "ready: Some(true)",
        ],
    ),
    (
        "run-v2-service-3.json",
        &[
            r#"urls: ["https://orders-483920571164.us-central1.run.app", "https://orders-4k3jd82hfa-uc.a.run.app"], all_urls: true, custom_audiences: Some(["https://api.example.com"]), ingress: Some(LoadBalancer)"#,
            r#"account: Some("orders-run@orchard-prod-4821.iam.gserviceaccount.com"), tags: [Tag { name: "blue", url: Some("https://blue---orders-4k3jd82hfa-uc.a.run.app") }]"#,
        ],
    ),
    (
        "run-services-get-iam-policy-1.yaml",
        &[
            r#"Policy(Policy { on: Some(Resource { kind: RunService, project: None, location: None, name: Some("private-service") }), bindings: [Binding { role: "roles/run.invoker", members: [Account { email: "cloud-run-interservice-id@orchard-prod-4821.iam.gserviceaccount.com", is_service: true }], condition: None }], end: Seen"#,
        ],
    ),
    (
        "run-services-get-iam-policy-2.yaml",
        &[
            r#"location: Some("us-east1"), name: Some("getstripepaymentmethods")"#,
            r#"bindings: [Binding { role: "roles/run.invoker", members: [Everyone], condition: None }], end: Open"#,
        ],
    ),
    (
        "run-services-get-iam-policy-3.json",
        &[
            r#"bindings: [Binding { role: "roles/editor", members: [Account { email: "dana.ruiz@example.com", is_service: false }], condition: None }], end: Seen"#,
        ],
    ),
    (
        "run-services-get-iam-policy-4.yaml",
        &["bindings: [], end: Seen"],
    ),
    (
        "run-services-get-iam-policy-5.yaml",
        &[
            r#"members: [EveryGoogleAccount, Deleted { kind: "serviceAccount", email: "checkout@orchard-prod-4821.iam.gserviceaccount.com", uid: Some("113805046460526072142") }, Group("platform@example.com"), Account { email: "dana.ruiz@example.com", is_service: false }], condition: None }"#,
            r#"condition: Some(Condition { title: Some("migration"), description: Some("until the migration is over"), expression: Some("request.time < timestamp(\"2026-10-01T00:00:00.000Z\")") }) }], end: Seen"#,
        ],
    ),
    (
        "run-services-get-iam-policy-6.txt",
        &[
            r#"Binding { role: "roles/run.invoker", members: [Group("platform@example.com")], condition: None }"#,
            r#"members: [Account { email: "checkout@orchard-prod-4821.iam.gserviceaccount.com", is_service: true }], condition: None }], end: Open, only: None, without_members: false, without_conditions: true"#,
        ],
    ),
    (
        "run-services-get-iam-policy-7.txt",
        &[
            r#"members: [Account { email: "checkout@orchard-prod-4821.iam.gserviceaccount.com", is_service: true }], condition: Some(Condition { title: Some("migration"), description: None, expression: None }) }], end: Seen, only: None, without_members: false, without_conditions: false"#,
        ],
    ),
    (
        "functions-describe-gen2-1.yaml",
        &[
            r#"Function(Function { name: Some("api"), project: Some("orchard-prod-4821"), region: Some("us-central1"), generation: Some(Second), url: Some("https://us-central1-orchard-prod-4821.cloudfunctions.net/api"), service_url: Some("https://api-4k3jd82hfa-uc.a.run.app"), service: Some("api"), ingress: Some(All)"#,
            "by_events: false",
        ],
    ),
    (
        "functions-describe-gen2-2.yaml",
        &[
            r#"account: Some("483920571164-compute@developer.gserviceaccount.com"), trigger_account: Some("cloudfunctionsa@orchard-prod-4821.iam.gserviceaccount.com"), by_events: true"#,
        ],
    ),
    (
        "functions-describe-gen2-3.txt",
        &[
            r#"Function(Function { name: Some("http-server"), project: Some("orchard-prod-4821"), region: Some("us-central1"), generation: Some(Second), url: Some("https://us-central1-orchard-prod-4821.cloudfunctions.net/http-server"), service_url: Some("https://http-server-4k3jd82hfa-uc.a.run.app"), service: Some("http-server"), ingress: Some(All), account: Some("483920571164-compute@developer.gserviceaccount.com")"#,
        ],
    ),
    (
        "functions-describe-gen1-1.yaml",
        &[
            r#"generation: Some(First), url: Some("https://europe-west1-orchard-prod-4821.cloudfunctions.net/helloGET"), service_url: None"#,
            r#"account: Some("orchard-prod-4821@appspot.gserviceaccount.com")"#,
        ],
    ),
    (
        "functions-get-iam-policy-1.yaml",
        &[
            r#"role: "roles/cloudfunctions.invoker", members: [Account { email: "tasks-creator@orchard-prod-4821.iam.gserviceaccount.com", is_service: true }, Everyone]"#,
        ],
    ),
    (
        "functions-get-iam-policy-3.json",
        &[r#"role: "roles/editor""#],
    ),
    (
        "scheduler-jobs-describe-1.yaml",
        &[
            r#"SchedulerJob(SchedulerJob { name: Some("bid2x-weekly"), project: Some("orchard-prod-4821"), region: Some("us-central1")"#,
            r#"token: Some(Id { account: Some("bid2x-service@orchard-prod-4821.iam.gserviceaccount.com"), audience: Some("https://us-central1-run.googleapis.com/apis/run.googleapis.com/v1/namespaces/orchard-prod-4821/jobs/bid2x-weekly:run") })"#,
        ],
    ),
    (
        "scheduler-jobs-describe-2.txt",
        &[
            r#"name: Some("update-shopify"), project: Some("orchard-prod-4821"), region: Some("us-west1")"#,
            r#"token: Some(Access { account: Some("lfm-shopify@orchard-prod-4821.iam.gserviceaccount.com"), scope: Some("https://www.googleapis.com/auth/cloud-platform") })"#,
        ],
    ),
    (
        "scheduler-jobs-describe-4.json",
        &[
            r#"url: Some("https://orders-4k3jd82hfa-uc.a.run.app/nightly"), method: Some("POST"), token: Some(Id { account: Some("cron@orchard-prod-4821.iam.gserviceaccount.com"), audience: Some("https://orders-4k3jd82hfa-uc.a.run.app/") })"#,
            "last_status: Some(7)",
        ],
    ),
    (
        "tasks-describe-1.yaml",
        &[
            r#"Task(Task { name: Some("3710249187263450812"), queue: Some("mail"), project: Some("orchard-prod-4821"), region: Some("us-central1")"#,
            r#"audience: Some("https://orders-4k3jd82hfa-uc.a.run.app/tasks/send")"#,
            r#"last_message: Some("PERMISSION_DENIED(7): HTTP status code 403")"#,
        ],
    ),
    (
        "pubsub-subscriptions-describe-1.yaml",
        &[
            r#"pushes: Some(true), call: Call { url: Some("https://ingest-483920571164.us-central1.run.app"), method: None, token: Some(Id { account: Some("ingest-sa@orchard-prod-4821.iam.gserviceaccount.com"), audience: None })"#,
        ],
    ),
    (
        "pubsub-subscriptions-describe-4.json",
        &[r#"name: Some("orders-events")"#, "pushes: Some(false)"],
    ),
    (
        "eventarc-triggers-describe-1.yaml",
        &[
            r#"name: Some("dev-archive-storage")"#,
            r#"account: Some("dev-eventarc-invoker@orchard-prod-4821.iam.gserviceaccount.com"), without_account: false, service: Some("dev-archive-processor")"#,
        ],
    ),
    (
        "eventarc-triggers-describe-2.yaml",
        &[
            r#"account: None, without_account: false, service: Some("phase4-processors"), service_region: Some("us-west2")"#,
            r#"event_type: Some("google.cloud.pubsub.topic.v1.messagePublished")"#,
        ],
    ),
    (
        "eventarc-triggers-describe-3.yaml",
        &[
            r#"account: Some("eventarc-caller@orchard-prod-4821.iam.gserviceaccount.com"), without_account: false, service: Some("orders"), service_region: Some("us-central1"), path: Some("/events"), subscription: Some("eventarc-us-central1-uploads-sub-912")"#,
        ],
    ),
    (
        "workflows-describe-1.yaml",
        &[r#"account: Some("wf@orchard-prod-4821.iam.gserviceaccount.com"), calls: []"#],
    ),
    (
        "workflows-describe-2.yaml",
        &[
            r#"calls: [Call { url: Some("https://orders-4k3jd82hfa-uc.a.run.app/settle"), method: Some("POST"), token: Some(Id { account: None, audience: None }), own_header: false }]"#,
        ],
    ),
    (
        "workflows-describe-3.txt",
        &[
            r#"Workflow(Workflow { name: Some("settle"), project: None, region: Some("us-central1"), account: Some("483920571164-compute@developer.gserviceaccount.com")"#,
        ],
    ),
    (
        "run-jobs-describe-1.yaml",
        &[
            r#"RunJob(RunJob { name: Some("job"), project: Some("483920571164"), region: Some("us-central1"), account: Some("483920571164-compute@developer.gserviceaccount.com") })"#,
        ],
    ),
    (
        "run-jobs-describe-2.json",
        &[
            r#"RunJob(RunJob { name: Some("runjob-7f3k"), project: Some("orchard-prod-4821"), region: Some("us-central1"), account: Some("483920571164-compute@developer.gserviceaccount.com") })"#,
        ],
    ),
    (
        "projects-get-iam-policy-1.yaml",
        &[
            r#"on: Some(Resource { kind: Project, project: Some("orchard-prod-4821"), location: None, name: Some("orchard-prod-4821") })"#,
            r#"Binding { role: "roles/owner", members: [Account { email: "abc@orchard-prod-4821.iam.gserviceaccount.com", is_service: true }, Account { email: "dana.ruiz@example.com", is_service: false }], condition: None }"#,
        ],
    ),
    (
        "projects-get-iam-policy-4.txt",
        &[
            r#"bindings: [Binding { role: "roles/run.invoker", members: [], condition: Some(Condition { title: Some("billing-only"), description: None, expression: None }) }, Binding { role: "roles/run.invoker", members: [], condition: None }]"#,
            r#"only: Some("cron@…"), without_members: true, without_conditions: false"#,
        ],
    ),
    (
        "projects-get-iam-policy-5.txt",
        &[r#"only: Some("cron@…"), without_members: true, without_conditions: true"#],
    ),
    (
        "iam-service-accounts-describe-1.yaml",
        &[
            r#"ServiceAccount(ServiceAccount { email: Some("github-deployer@orchard-prod-4821.iam.gserviceaccount.com"), unique_id: Some("113805046460526072142"), project: Some("orchard-prod-4821"), disabled: Some(false) })"#,
        ],
    ),
    (
        "iam-service-accounts-describe-2.yaml",
        &[
            r#"unique_id: Some("111111111111111111111"), project: Some("orchard-prod-4821"), disabled: Some(true)"#,
        ],
    ),
    (
        "iam-service-accounts-get-iam-policy-1.yaml",
        &[
            r#"on: Some(Resource { kind: ServiceAccount, project: None, location: None, name: Some("ledger-api@orchard-prod-4821.iam.gserviceaccount.com") })"#,
            r#"Binding { role: "roles/iam.workloadIdentityUser", members: [Kubernetes { pool: "orchard-prod-4821.svc.id.goog", namespace: "payments", name: "ledger-api" }]"#,
        ],
    ),
    (
        "iam-service-accounts-get-iam-policy-2.txt",
        &[
            r#"role: "roles/iam.workloadIdentityUser", members: [PrincipalSet(Federated {"#,
            r#"attribute: Some("attribute.repository"), value: Some("acme/devops")"#,
        ],
    ),
    (
        "iam-service-accounts-get-iam-policy-3.json",
        &[r#"role: "roles/iam.serviceAccountTest2""#],
    ),
    (
        "iam-service-accounts-get-iam-policy-4.yaml",
        &["kind: ServiceAccount", "bindings: [], end: Seen"],
    ),
    (
        "iam-service-accounts-list-2.json",
        &[
            r#"ServiceAccount(ServiceAccount { email: Some("test-sa-actions@orchard-prod-4821.iam.gserviceaccount.com")"#,
        ],
    ),
    (
        "auth-list-1.txt",
        &[
            r#"Accounts(Accounts { active: Some("dana.ruiz@example.com"), all: ["dana.ruiz@example.com"] })"#,
        ],
    ),
    (
        "auth-list-2.txt",
        &[r#"active: Some("student@example.com")"#],
    ),
    (
        "auth-list-3.txt",
        &[
            r#"active: Some("dana.ruiz@example.com"), all: ["dana.ruiz@example.com", "deployer@orchard-prod-4821.iam.gserviceaccount.com"]"#,
        ],
    ),
    (
        "auth-list-4.txt",
        &["Accounts(Accounts { active: None, all: [] })"],
    ),
    (
        "info-1.txt",
        &[
            r#"Config(Config { account: Some("dana.ruiz@example.com"), project: Some("orchard-prod-4821"), impersonates: None, region: None, version: Some("528.0.0") })"#,
        ],
    ),
    (
        "tokeninfo-1.json",
        &[
            r#"email: Some("orders-run@orchard-prod-4821.iam.gserviceaccount.com"), audience: Some("113805046460526072142")"#,
            "expires: Some(1795003540), is_id_token: Some(false)",
        ],
    ),
    (
        "tokeninfo-2.json",
        &[
            r#"email: Some("dana.ruiz@example.com"), audience: Some("32555940559.apps.googleusercontent.com")"#,
        ],
    ),
    (
        "tokeninfo-3.json",
        &[
            r#"audience: Some("https://orders-4k3jd82hfa-uc.a.run.app")"#,
            r#"is_id_token: Some(true), key_id: Some("b5e44bd1f0a34c7e8f6a1d2c3b4a5968778695a4")"#,
        ],
    ),
    (
        "tokeninfo-4.json",
        &[r#"is_id_token: None, key_id: None, refused: Some("Invalid Value")"#],
    ),
    (
        "policy-troubleshoot-iam-2.yaml",
        &[
            r#"permission: Some("run.routes.invoke")"#,
            r#"access: NotGranted, denied: None, unread: ["//cloudresourcemanager.googleapis.com/projects/orchard-prod-4821"]"#,
            r#"members: [("serviceAccount:cron@orchard-prod-4821.iam.gserviceaccount.com", Some(false))], holds: Some(true)"#,
        ],
    ),
    (
        "policy-troubleshoot-iam-3.yaml",
        &[
            r#"principal: Some("checkout@orchard-prod-4821.iam.gserviceaccount.com"), permission: Some("run.routes.invoke"), resource: Some("//run.googleapis.com/projects/orchard-prod-4821/locations/us-central1/services/orders"), access: Granted, denied: Some(false)"#,
        ],
    ),
    (
        "iap-web-get-iam-policy-1.yaml",
        &[
            r#"on: Some(Resource { kind: Iap, project: None, location: None, name: Some("web-backend") })"#,
            r#"title: Some("corp-only"), description: None, expression: Some("\"accessPolicies/998877665544/accessLevels/corp\" in request.auth.access_levels"#,
        ],
    ),
    (
        "iap-settings-get-1.yaml",
        &[
            r#"IapSettings(IapSettings { name: Some("projects/483920571164"), programmatic_clients: Some([]), allows_options: Some(false) })"#,
        ],
    ),
    (
        "iap-settings-get-2.yaml",
        &[
            r#"name: Some("projects/483920571164/iap_web/compute-us-central1/services/5120938475610293847")"#,
        ],
    ),
    (
        "iap-settings-get-3.yaml",
        &[
            r#"programmatic_clients: Some(["483920571164-abcdefghijklmnopqrstuvwxyz012345.apps.googleusercontent.com"])"#,
        ],
    ),
    (
        "compute-backend-services-describe-2.yaml",
        &[
            r#"Backend(Backend { name: Some("web-backend"), project: Some("orchard-prod-4821"), iap: Some(true), client_id: Some("483920571164-abcdefghijklmnopqrstuvwxyz012345.apps.googleusercontent.com")"#,
        ],
    ),
    (
        "iam-workload-identity-pools-providers-describe-1.yaml",
        &[
            r#"pool: Some("github-actions"), project: Some("483920571164"), condition: Some("assertion.repository=='acme/real-time-data-platform'"), unconditional: false"#,
            r#"issuer: Some("https://token.actions.githubusercontent.com"), allowed_audiences: Some([])"#,
        ],
    ),
    (
        "iam-workload-identity-pools-providers-describe-3.yaml",
        &[
            r#"condition: Some("assertion.repository_owner=='acme'")"#,
            r#"("attribute.aud", "assertion.aud")"#,
        ],
    ),
    (
        "org-policies-describe-1.yaml",
        &[
            r#"constraint: Some("gcp.restrictServiceUsage"), at: Some("projects/orchard-prod-4821"), enforced: None, allowed: ["bigquery.googleapis.com", "cloudresourcemanager.googleapis.com"]"#,
        ],
    ),
    (
        "org-policies-describe-2.yaml",
        &[
            r#"constraint: Some("custom.orgpolicypolicy7f3k"), at: Some("projects/orchard-prod-4821"), enforced: Some(true)"#,
        ],
    ),
    (
        "org-policies-describe-4.txt",
        &[
            r#"command: Some("gcloud.org-policies.describe"), why: "NOT_FOUND: Requested entity was not found."#,
            "reason: NotFound",
        ],
    ),
    (
        "resource-manager-org-policies-describe-1.yaml",
        &[
            r#"constraint: Some("iam.allowedPolicyMemberDomains")"#,
            r#"allowed: ["C03xgje4y"]"#,
        ],
    ),
    (
        "resource-manager-org-policies-describe-2.yaml",
        &[
            r#"constraint: Some("run.managed.requireInvokerIam"), at: None, enforced: Some(true)"#,
            "effective: true",
        ],
    ),
    (
        "kubectl-get-serviceaccount-1.yaml",
        &[
            r#"name: Some("ledger-api"), namespace: Some("payments"), google_account: Some("ledger-api@orchard-prod-4821.iam.gserviceaccount.com"), unbound: false"#,
        ],
    ),
    (
        "kubectl-get-serviceaccount-2.yaml",
        &[
            r#"name: Some("default"), namespace: Some("payments"), google_account: None, unbound: true"#,
        ],
    ),
    (
        "api-gateway-api-configs-describe-1.yaml",
        &[
            r#"ApiConfig(ApiConfig { name: Some("orders-v3"), account: Some("gw@orchard-prod-4821.iam.gserviceaccount.com")"#,
        ],
    ),
    (
        "api-gateway-api-configs-describe-2.yaml",
        &[
            r#"backends: [ApiBackend { address: Some("https://orders-4k3jd82hfa-uc.a.run.app"), audience: Some("https://orders-4k3jd82hfa-uc.a.run.app"), without_token: false }]"#,
            r#"issuer: Some("checkout@orchard-prod-4821.iam.gserviceaccount.com")"#,
        ],
    ),
    (
        "terraform-state-show-1.txt",
        &[
            r#"RunService(RunService { name: Some("orders"), project: Some("orchard-prod-4821"), project_number: None, region: Some("us-central1"), url: Some("https://orders-4k3jd82hfa-uc.a.run.app")"#,
            r#"custom_audiences: Some(["https://api.example.com"]), ingress: Some(Internal), iap: Some(false), invoker_check: Some(true), default_url: Some(true), account: Some("orders-run@orchard-prod-4821.iam.gserviceaccount.com")"#,
        ],
    ),
    (
        "terraform-state-show-2.txt",
        &[
            r#"on: Some(Resource { kind: RunService, project: Some("orchard-prod-4821"), location: Some("us-central1"), name: Some("orders") }), bindings: [Binding { role: "roles/run.invoker", members: [Account { email: "cron@orchard-prod-4821.iam.gserviceaccount.com", is_service: true }], condition: None }], end: Open"#,
        ],
    ),
    (
        "terraform-state-show-3.txt",
        &[
            r#"SchedulerJob(SchedulerJob { name: Some("nightly"), project: Some("orchard-prod-4821"), region: Some("us-central1")"#,
            r#"token: Some(Id { account: Some("cron@orchard-prod-4821.iam.gserviceaccount.com"), audience: Some("https://orders-4k3jd82hfa-uc.a.run.app") })"#,
        ],
    ),
    (
        "logging-read-1.yaml",
        &[
            r#"status: Some(403), method: Some("POST")"#,
            r#"text: Some("The request was not authenticated...")"#,
        ],
    ),
    (
        "logging-read-2.yaml",
        &[
            r#"LogEntry(LogEntry { time: Some("2026-11-18T09:04:12.201Z"), severity: Some("WARNING"), status: Some(403), method: Some("POST"), url: Some("https://orders-4k3jd82hfa-uc.a.run.app/tasks/send"), user_agent: Some("Google-Cloud-Tasks")"#,
            r#"The IAM principal lacks {run.routes.invoke} permission."), log: Some("run.googleapis.com/requests"), service: Some("orders"), region: Some("us-central1"), project: Some("orchard-prod-4821")"#,
        ],
    ),
    (
        "logging-read-3.json",
        &[
            r#"user_agent: Some("Google-Cloud-Tasks")"#,
            r#"service: Some("orders")"#,
        ],
    ),
    (
        "logging-read-4.txt",
        &[
            r#"time: Some("2026-11-18T09:04:12.201Z"), severity: None, status: Some(403)"#,
            "The IAM principal lacks",
        ],
    ),
    (
        "jwks-1.json",
        &[
            r#"Key { id: Some("b5e44bd1f0a34c7e8f6a1d2c3b4a5968778695a4"), algorithm: Some("RS256"), material: Rsa {"#,
            r#"id: Some("9b1d3e5f7a2c4b6d8e0f1a2b3c4d5e6f70819203")"#,
            "whole: true",
        ],
    ),
    (
        "jwks-2.json",
        &[
            r#"Key { id: Some("b5e44bd1f0a34c7e8f6a1d2c3b4a5968778695a4"), algorithm: None, material: Pem("-----BEGIN CERTIFICATE-----"#,
            "whole: true",
        ],
    ),
];

#[test]
fn every_document_says_what_it_says() {
    let documents = documents();
    assert_eq!(documents.len(), SAID.len(), "each file has its row");
    for (name, command, text) in documents {
        let (_, said) = SAID
            .iter()
            .find(|(known, _)| *known == name)
            .expect("a row");
        // Some were asked for with a bare request, which is no command line.
        let is_command = (command.starts_with("gcloud") || command.starts_with("curl"))
            && !text.starts_with("gcloud");
        let command = command.replace("create/describe", "describe");
        let command = if is_command || command.starts_with("kubectl") {
            format!("$ {command}\n")
        } else {
            String::new()
        };
        let parts = split(&format!("{command}{text}"));
        let shown = format!(
            "{:?}",
            parts
                .parts
                .iter()
                .map(|part| &part.documents)
                .collect::<Vec<_>>()
        );
        assert_eq!(parts.parts.len(), 1, "{name}: {shown}");
        for fragment in *said {
            assert!(
                shown.contains(fragment),
                "{name} does not say {fragment}\n{shown}"
            );
        }
        // An error alone, or a log alone, is what is to be explained.
        let alone = shown.contains("Unreadable(") || shown.contains("LogEntry(");
        // The index writes some commands as a sentence, which stays.
        let left = parts.text.replace(command.as_str(), "");
        assert_eq!(left.trim().is_empty(), !alone, "{name}: {}", parts.text);
    }
}

/// Four of them are known by their command alone.
#[test]
fn documents_are_recognised_without_their_command() {
    for (name, command, text) in documents() {
        let by_command = [
            "workflows-describe-3.txt",
            "tokeninfo-4.json",
            "logging-read-4.txt",
        ];
        let kind = |parts: &Parts| {
            parts
                .parts
                .first()
                .and_then(|part| part.documents.first())
                .map(std::mem::discriminant)
        };
        let (bare, named) = (split(&text), split(&format!("$ {command}\n{text}")));
        if by_command.contains(&name.as_str()) {
            assert_eq!(bare.text, text, "{name} is not taken for a document");
        } else {
            assert_eq!(kind(&bare), kind(&named), "{name}");
        }
    }
}

#[test]
fn line_ends_colours_prompts_and_quotations_change_nothing() {
    for (name, command, text) in documents() {
        let plain = split(&format!("$ {command}\n{text}\n$ true\n"));
        let expected: Vec<_> = plain.parts.iter().map(|part| &part.documents).collect();
        let crlf = format!("PS C:\\shop> {command}\n{text}\n").replace('\n', "\r\n");
        let coloured: String = text
            .lines()
            .map(|line| format!("\u{1B}[0;32m{line}\u{1B}[0m\n"))
            .collect();
        let coloured =
            format!("\u{1B}[1mdana@host:~$\u{1B}[0m {command}\n{coloured}dana@host:~$ \n");
        for (kind, paste) in [("CRLF", crlf), ("colours", coloured)] {
            let parts = split(&paste);
            let found: Vec<_> = parts.parts.iter().map(|part| &part.documents).collect();
            // A table that ends the paste does not show its end.
            let same = format!("{found:?}").replace("end: Open", "end: Seen")
                == format!("{expected:?}").replace("end: Open", "end: Seen");
            assert!(same, "{name} with {kind}\n{found:?}\n{expected:?}");
        }
    }
}

#[test]
fn what_is_no_document_stays() {
    for text in [
        "curl: (22) The requested URL returned error: 403",
        "{\"error\":{\"code\":403,\"message\":\"Permission denied\",\"status\":\"PERMISSION_DENIED\"}}",
        "{\"error\":\"invalid_token\"}",
        "HTTP/2 403\ncontent-type: text/html\ndate: Wed, 18 Nov 2026 11:21:03 GMT\netag: ACAB2\n\n<html>",
        "> GET / HTTP/2\n> Host: a.run.app\n> Authorization: Bearer eyJhbGciOi\n>\n< HTTP/2 403\n< etag: ACAB\n",
        "{\"iss\":\"https://accounts.google.com\",\"aud\":\"x\",\"sub\":\"1\",\"exp\":1795003540}",
        "{\"access_token\":\"ya29.EXAMPLE\",\"expires_in\":3599,\"scope\":\"a\",\"token_type\":\"Bearer\"}",
        "{\"type\":\"service_account\",\"private_key\":\"-----BEGIN PRIVATE KEY-----\\n\",\"client_email\":\"a@b\"}",
        "$ gcloud auth print-identity-token\neyJhbGciOiJSUzI1NiJ9.e30.AAAA",
        "$ gcloud logging read x\nAttemptFinished status=UNAUTHENTICATED httpRequest.status=401\n",
        "gcloud auth list shows the service account; the tool runs as the person.",
        "$ gcloud run deploy orders\nERROR: (gcloud.run.deploy) PERMISSION_DENIED: no",
        "resource \"google_cloud_run_v2_service_iam_member\" \"x\" {\n  role   = \"roles/run.invoker\"\n  member = \"allUsers\"\n}",
        "name: deploy\non: push\njobs:\n  build:\n    permissions:\n      id-token: write\n",
        "ROLE\n",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
    ] {
        let parts = split(text);
        assert_eq!(parts.text, text);
        assert!(parts.parts.is_empty(), "{text}: {:?}", parts.parts);
    }
}

/// A probe's answer alone is what the service said.
#[test]
fn a_probe_alone_is_text() {
    let text =
        "$ curl -si https://orders-1.us-central1.run.app/\nHTTP/2 403\nserver: Google Frontend\n";
    let parts = split(text);
    assert_eq!(parts.text, text);
    assert!(parts.parts.is_empty());
}

#[test]
fn credentials_stand_beside_documents() {
    let policy = "bindings:\n- members:\n  - allUsers\n  role: roles/run.invoker\netag: BwYXexample=\nversion: 1\n";
    let token = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.AAAA\n";
    for paste in [
        format!("{token}\n{policy}"),
        format!("{policy}{token}"),
        format!("$ gcloud run services get-iam-policy orders\n{policy}\n{token}"),
        format!("{policy}Authorization: Bearer {token}"),
        format!("```yaml\n{policy}```\n{token}"),
        format!("{token}$ gcloud run services get-iam-policy a\netag: ACAB\n{policy}"),
    ] {
        let parts = split(&paste);
        assert!(parts.text.contains(token.trim()), "{paste}: {}", parts.text);
        assert!(!parts.text.contains("bindings"), "{paste}: {}", parts.text);
        let kept: String = parts
            .kept
            .iter()
            .map(|range| &paste[range.clone()])
            .collect();
        assert_eq!(kept, parts.text);
        assert!(
            format!("{:?}", parts.parts).contains("members: [Everyone]"),
            "{paste}"
        );
    }
}

#[test]
fn bare_documents_stand_one_after_another() {
    let files = [
        "run-services-get-iam-policy-1.yaml",
        "run-services-get-iam-policy-4.yaml",
        "run-services-describe-4.yaml",
        "scheduler-jobs-describe-4.json",
        "iam-service-accounts-describe-1.yaml",
        "run-services-get-iam-policy-7.txt",
        "functions-describe-gen1-1.yaml",
        "run-services-describe-9.txt",
        "pubsub-subscriptions-describe-4.json",
        "jwks-1.json",
    ];
    let kinds = [
        "Policy(",
        "Policy(",
        "RunService(",
        "SchedulerJob(",
        "ServiceAccount(",
        "Policy(",
        "Function(",
        "RunService(",
        "Subscription(",
        "KeySet(",
    ];
    for glue in ["", "\n", "---\n"] {
        let paste: Vec<String> = files.iter().map(|name| file(name)).collect();
        let parts = split(&paste.join(glue));
        let found: Vec<String> = parts
            .parts
            .iter()
            .map(|part| format!("{:?}", part.documents[0]))
            .collect();
        assert_eq!(found.len(), kinds.len(), "{glue:?} {found:#?}");
        for (found, kind) in found.iter().zip(kinds) {
            assert!(found.starts_with(kind), "{glue:?} {found}");
        }
    }
}

#[test]
fn projections_tell_what_they_asked_for() {
    let service = |fields: &str, row: &str| {
        let command = format!(
            "gcloud run services describe orders --region=us-central1 --format=\"value({fields})\""
        );
        let parts = split(&format!("$ {command}\n{row}\n\n$ gcloud auth list\n"));
        let Some(Document::RunService(service)) = parts.parts[0].documents.first().cloned() else {
            panic!("{:?}", parts.parts);
        };
        assert_eq!(
            (service.name.as_deref(), service.region.as_deref()),
            (Some("orders"), Some("us-central1"))
        );
        service
    };
    let doors = "metadata.annotations['run.googleapis.com/ingress'],metadata.annotations['run.googleapis.com/iap-enabled'],metadata.annotations['run.googleapis.com/invoker-iam-disabled']";
    let open = service(doors, "internal\t\ttrue");
    assert_eq!(
        (open.ingress, open.iap, open.invoker_check),
        (Some(Ingress::Internal), Some(false), Some(false))
    );
    assert_eq!((open.custom_audiences, open.default_url), (None, None));
    let eaten = service(doors, "all");
    assert_eq!(
        (eaten.ingress, eaten.iap, eaten.invoker_check),
        (Some(Ingress::All), None, None)
    );
    let urls = "status.url,metadata.annotations['run.googleapis.com/urls'],metadata.annotations['run.googleapis.com/custom-audiences']";
    let full = service(
        urls,
        "https://o-1.us-central1.run.app\t[\"https://o-1.us-central1.run.app\",\"https://o-x-uc.a.run.app\"]\t[\"https://api.example.com\"]",
    );
    assert_eq!(full.urls.len(), 2);
    assert!(full.all_urls);
    assert_eq!(
        full.custom_audiences,
        Some(vec!["https://api.example.com".to_owned()])
    );
    assert_eq!(
        service(urls, "https://o-1.us-central1.run.app\t\t").custom_audiences,
        Some(Vec::new())
    );
}

#[test]
fn an_empty_output_says_that_there_is_nothing_only_when_it_is_whole() {
    let command = "$ gcloud projects get-iam-policy p --flatten=\"bindings[].members\" --filter=\"bindings.members:a@b.iam.gserviceaccount.com\" --format=\"table(bindings.role)\"";
    let read = |paste: String| {
        let parts = split(&paste);
        match parts.parts[0].documents.first() {
            Some(Document::Policy(policy)) => {
                Some((policy.bindings.len(), policy.end, policy.only.clone()))
            }
            _ => None,
        }
    };
    let only = Some("a@b.iam.gserviceaccount.com".to_owned());
    assert_eq!(
        read(format!("{command}\n\n$ gcloud auth list\n")),
        Some((0, End::Seen, only.clone()))
    );
    assert_eq!(
        read(format!("{command}\n\n")),
        Some((0, End::Seen, only.clone()))
    );
    assert_eq!(
        read(format!("{command}\n")),
        Some((0, End::Cut, only.clone()))
    );
    assert_eq!(
        read(format!("{command}\nROLE\n")),
        Some((0, End::Cut, only))
    );
}

#[test]
fn grants_are_found_in_a_policy() {
    let parts = split(&file("run-services-get-iam-policy-5.yaml"));
    let Some(Document::Policy(policy)) = parts.parts[0].documents.first() else {
        panic!("a policy");
    };
    let account = "checkout@orchard-prod-4821.iam.gserviceaccount.com";
    let asked = Asked {
        now: Some(1_795_000_000),
        ..Asked::default()
    };
    let grants = policy.grants(account, "run.routes.invoke", asked);
    assert_eq!(grants.len(), 2);
    assert_eq!(
        (grants[0].admits, grants[0].holds, grants[0].in_force),
        (Admits::Yes, Some(true), Some(true))
    );
    assert_eq!(grants[0].member, Some(&Member::EveryGoogleAccount));
    assert_eq!(
        (grants[1].admits, grants[1].in_force),
        (Admits::Yes, Some(false))
    );
    assert!(policy.shows_all_for(account));
}

/// A paste, its outputs by command, and all of it as one paste.
type World = (String, Vec<(String, String)>, String);

fn worlds() -> Vec<World> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder("worlds"))
        .expect("worlds")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).expect("a world");
            let world: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let paste = world["input"]["paste"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            let outputs: Vec<(String, String)> = world["outputs"]
                .as_object()
                .expect("outputs")
                .iter()
                .map(|(command, text)| {
                    (
                        command.clone(),
                        text.as_str().unwrap_or_default().to_owned(),
                    )
                })
                .collect();
            let all = evidence(&paste, &outputs);
            (paste, outputs, all)
        })
        .collect()
}

fn evidence(paste: &str, outputs: &[(String, String)]) -> String {
    let outputs: Vec<String> = outputs
        .iter()
        .map(|(command, text)| format!("$ {command}\n{text}"))
        .collect();
    format!("{paste}\n\n{}\n", outputs.join("\n\n"))
}

#[test]
fn all_outputs_of_all_worlds_are_recognised() {
    let worlds = worlds();
    assert_eq!(worlds.len(), 200);
    let mut seen = 0;
    for (paste, outputs, all) in worlds {
        let parts = split(&all);
        for (command, text) in &outputs {
            let found: Vec<&Part> = parts
                .parts
                .iter()
                .filter(|part| {
                    part.origin
                        .as_ref()
                        .is_some_and(|origin| origin.command == *command)
                })
                .collect();
            if command.starts_with("curl -si") {
                assert!(
                    matches!(found[0].documents.as_slice(), [Document::Probe(Some(_))]),
                    "{command}"
                );
                assert!(
                    !parts.text.contains(command.as_str()),
                    "no answer to the caller: {command}"
                );
                continue;
            }
            assert_eq!(found.len(), 1, "{command}");
            let documents = &found[0].documents;
            assert!(!documents.is_empty(), "{command}\n{text}");
            let understood = documents
                .iter()
                .all(|document| !matches!(document, Document::Unknown(_)));
            assert!(understood, "{command}\n{text}");
            seen += 1;
        }
        assert!(
            parts.text.contains(paste.trim()),
            "what was pasted first stays"
        );
        let left = parts.text.replace(paste.trim(), "");
        assert!(
            left.trim().is_empty() || left.contains("curl -si"),
            "{left}"
        );
    }
    assert!(seen > 700, "{seen}");
}

/// One output of each world is cut, in places that differ from world to world.
#[test]
fn a_cut_output_among_others_says_so() {
    for (number, (paste, outputs, all)) in worlds().into_iter().enumerate() {
        let whole = split(&all);
        for (at, (command, text)) in outputs.iter().enumerate() {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let Some(place) = places.get((number * 37 + at * 101) % places.len().max(1)) else {
                continue;
            };
            let mut cut = outputs.clone();
            cut[at].1 = text[..*place].to_owned();
            let parts = split(&evidence(&paste, &cut));
            let find = |parts: &Parts| {
                parts
                    .parts
                    .iter()
                    .find(|part| {
                        part.origin
                            .as_ref()
                            .is_some_and(|origin| origin.command == *command)
                    })
                    .cloned()
            };
            let (Some(found), Some(full)) = (find(&parts), find(&whole)) else {
                continue;
            };
            // The rows of a table, a value and an empty output have no end of their own.
            let is_endless = command.contains("table(")
                || command.contains("value(")
                || command.contains(" list")
                || command.contains("logs read")
                || place == &0;
            if found.end == End::Seen && !is_endless {
                assert!(
                    says_the_same(&found, &full),
                    "{command}\n{}\n{:?}",
                    cut[at].1,
                    found.documents
                );
            }
        }
    }
}

/// Shapes that would be read again and again if a reader gave up without going on.
#[test]
fn reading_is_linear() {
    let shapes: &[fn(usize) -> String] = &[
        |n| "{\n".repeat(n),
        |n| "[".repeat(n),
        |n| "{\"a\":".repeat(n),
        |n| "b: 1\na: 1\n".repeat(n),
        |n| (0..n).map(|i| format!("k{i}: 1\n")).collect(),
        |n| "bindings:\netag: ACAB\n".repeat(n),
        |n| "- - - - a\n".repeat(n),
        |n| "ROLE\n".repeat(n),
        |n| "+---+\n".repeat(n),
        |n| "| a |\n".repeat(n),
        |n| "12345\n".repeat(n),
        |n| "# a: b\n".repeat(n),
        |n| "> a\n".repeat(n),
        |n| "resource \"google_x\" \"y\" {\n".repeat(n),
        |n| "$ gcloud run services describe x\n".repeat(n),
        |n| "$ gcloud run services describe x \\\n".repeat(n),
        |n| "ERROR: (gcloud.run.services.describe) a\n".repeat(n),
        |n| "✔ Service x in region y\n".repeat(n),
        |n| "-----BEGIN CERTIFICATE-----\n".repeat(n),
        |n| "a: 'b\n".repeat(n),
        |n| {
            (0..n)
                .map(|i| format!("{}a:\n", " ".repeat(i % 200)))
                .collect()
        },
        |n| "x ".repeat(n),
        |n| {
            format!(
                "$ gcloud logging read x --format='value(a,b)'\n{}",
                "a\tb\n".repeat(n)
            )
        },
    ];
    for (at, shape) in shapes.iter().enumerate() {
        let time = |n: usize| {
            let paste = shape(n);
            let started = std::time::Instant::now();
            let parts = split(&paste);
            assert!(parts.text.len() <= paste.len());
            started.elapsed()
        };
        let (small, large) = (time(1_000), time(8_000));
        // Eight times as much takes eight times as long, or some more on a busy machine.
        let most = small * 32 + std::time::Duration::from_millis(500);
        assert!(large < most, "shape {at}: {small:?}, {large:?}");
    }
}
