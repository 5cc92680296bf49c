//! Who receives a credential: whatever is pasted, typed or linked, no printed text sends one to a
//! host that could use it elsewhere. Told from the printed texts alone, so that no recipe and no
//! table of the program is trusted to say it of itself.

use fixes::{Scene, grid};
use why401::Preset;

/// Hosts that are nobody's the program knows, some made to be taken for Google's.
const STRANGERS: &[&str] = &[
    "https://api.evil-cdn.example/collect/it",
    "https://run.googleapis.com@evil.example/collect/it",
    "https://googleapis.co/collect/it",
    "https://storage.googleapis.com.evil.example/collect/it",
    "https://evilgoogleapis.com/collect/it",
    "https://storage.g\u{43E}\u{43E}gleapis.com/collect/it",
    "https://storage.googleapis.com./collect/it",
    "https://storage.googleapis.com:8443/collect/it",
    "https://orders-4k3jd82hfa-uc.a.run.app:8443/collect/it",
    "https://orders-4k3jd82hfa-uc.a.run.app./collect/it",
    "https://user@orders-4k3jd82hfa-uc.a.run.app/collect/it",
    "https://orders-4k3jd82hfa-uc.a.rvn.app/collect/it",
    "https://orders-4k3jd82hfa-uc.a.run.app.evil.example/collect/it",
    "https://evil.web.app/collect/it",
    "https://evil.firebaseapp.com/collect/it",
    "http://metadata.google.internal.evil.example/collect/it",
    "https://evil-1a2b3c4d.uc.gateway.dev/collect/it",
];

/// Hosts of Google's at which everybody may put a service.
const TENANTS: &[&str] = &[
    "https://evil-4k3jd82hfa-uc.a.run.app/collect/it",
    "https://canary---evil-123456789012.europe-west1.run.app/collect/it",
    "https://evil.appspot.com/collect/it",
    "https://us-central1-evil-project.cloudfunctions.net/collect/it",
];

/// Answers that each sound like another sender's, and one that names an audience.
const ANSWERS: &[&str] = &[
    "",
    "{\"error\":{\"code\":403,\"message\":\"The caller does not have permission\",\"status\":\"PERMISSION_DENIED\"}}",
    "www-authenticate: Bearer realm=\"https://accounts.google.com/\"\n\n{\"error\":{\"code\":401,\"message\":\"Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.\",\"status\":\"UNAUTHENTICATED\"}}",
    "x-goog-iap-generated-response: true\n\nInvalid IAP credentials: JWT audience doesn't match this application ('aud' claim (x) doesn't match expected value (123456789012-victim.apps.googleusercontent.com))",
    "{\"code\":401,\"message\":\"Jwt is missing\"}",
    "<title>403 Forbidden</title> Your client does not have permission to get URL <code>/</code> from this server.",
    "Token has wrong audience https://victim-4k3jd82hfa-uc.a.run.app, expected one of [https://victim-4k3jd82hfa-uc.a.run.app]",
];

/// The scenes of a target whose URL was typed, linked and pasted, the answers in turn.
fn scenes<'t>(targets: &'t [&'t str]) -> impl Iterator<Item = Scene> + 't {
    grid(targets).enumerate().flat_map(|(number, scene)| {
        let typed = scene.input.clone();
        let mut linked = scene.input.clone();
        linked.preset = Preset {
            service_url: true,
            ..Preset::default()
        };
        let mut pasted = scene.input.clone();
        pasted.service_url.clear();
        pasted.paste = format!("curl -i {}\n{}", scene.input.service_url, scene.input.paste);
        let inputs = [("typed", typed), ("linked", linked), ("pasted", pasted)];
        inputs
            .into_iter()
            .enumerate()
            .map(move |(source, (how, mut input))| {
                // Each caller meets another answer with each credential.
                let answer = ANSWERS[(number + number / 14 + source * 3) % ANSWERS.len()];
                input.response = answer.to_owned();
                input.status = Some(403);
                scene.varied(format!("{}, {how}, {answer}", scene.name), input)
            })
    })
}

fn host(url: &str) -> &str {
    let rest = url.split("://").nth(1).unwrap_or(url);
    let authority = rest.split('/').next().unwrap_or(rest);
    let authority = authority.rsplit('@').next().unwrap_or(authority);
    authority.trim_end_matches('.')
}

/// What may hold a stranger's host: a call without a credential, a token that is made for it in
/// the same text, a setting of the reader's own service.
fn harmless(text: &str, host: &str) -> bool {
    text.starts_with("curl -si ")
        || text.contains(&format!("https://{host}/*"))
        || (text.contains("$(cat token.jwt)") && !text.contains("gcloud"))
        || text.contains("custom-audiences=")
        || text.contains("custom_audiences")
}

#[test]
fn no_stranger_receives_a_credential() {
    let mut printed = 0;
    for target in STRANGERS {
        let name = host(target);
        for scene in scenes(&[target]) {
            for (cause, fix) in scene.fixes() {
                for snippet in &fix.snippets {
                    printed += 1;
                    // A resource’s full name is no address: nothing is sent there.
                    let text = &snippet
                        .text
                        .replace(" //storage.googleapis.com/projects/_/", " ");
                    let sent = text.contains("/collect/it") && !harmless(text, name);
                    assert!(!sent, "{cause}, {}:\n{text}", scene.name);
                    // A token that only its printer sees may be made for the host as it stands.
                    let named = text.contains(&format!("//{name}/"));
                    assert!(
                        !named || harmless(text, name),
                        "{cause}, {}:\n{text}",
                        scene.name
                    );
                    let user = text.contains("@evil") || text.contains("user@");
                    assert!(!user, "{cause}, {}:\n{text}", scene.name);
                }
            }
        }
    }
    assert!(printed > 100_000, "{printed} texts are no proof");
}

#[test]
fn a_tenant_of_googles_receives_a_token_made_for_it_alone() {
    let mut own = 0;
    for target in TENANTS {
        let name = host(target);
        for scene in scenes(&[target]) {
            let typed = scene.name.contains(", typed, ");
            for (cause, fix) in scene.fixes() {
                for snippet in &fix.snippets {
                    let text = &snippet.text;
                    if !text.contains(&format!("//{name}/collect/it")) {
                        continue;
                    }
                    let place = format!("{cause}, {}:\n{text}", scene.name);
                    assert!(!text.contains("print-access-token)"), "{place}");
                    assert!(!text.contains("--oauth-service-account-email"), "{place}");
                    if text.contains("print-identity-token)") {
                        own += 1;
                        assert!(typed, "{place}");
                    }
                    let victim = text.contains("victim");
                    assert!(!victim, "{place}");
                }
            }
        }
    }
    assert!(
        own > 0,
        "the person's own token is printed for a URL that was typed"
    );
}

#[test]
fn an_api_receives_no_id_token_and_its_neighbours_receive_no_access_token() {
    const API: &str = "https://storage.googleapis.com/storage/v1/b/shop";
    let mut calls = 0;
    for scene in scenes(&[API]) {
        for (cause, fix) in scene.fixes() {
            for snippet in &fix.snippets {
                let text = &snippet.text;
                if text.contains("//storage.googleapis.com/storage") {
                    calls += 1;
                    assert!(
                        !text.contains("print-identity-token"),
                        "{cause}, {}:\n{text}",
                        scene.name
                    );
                }
                if text.contains("$(") && text.contains("print-access-token)") {
                    assert!(
                        text.contains(".googleapis.com/"),
                        "{cause}, {}:\n{text}",
                        scene.name
                    );
                }
            }
        }
    }
    assert!(calls > 100, "{calls} calls are no proof");
}
