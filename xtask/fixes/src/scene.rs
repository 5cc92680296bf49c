//! Situations in which fixes are printed: the real cases and a grid of targets, credentials and
//! callers.

use anyhow::Result;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use why401::causes::CAUSES;
use why401::evidence::Evidence;
use why401::fix::{Fix, Language};
use why401::{Caller, Input};

/// A situation, named so that a failing test can say where it was.
#[derive(Debug)]
pub struct Scene {
    /// What it is.
    pub name: String,
    /// What is given.
    pub input: Input,
}

impl Scene {
    /// The fixes of every cause and variant, whether or not this situation shows the cause, so that no
    /// form of a fix is missed.
    #[must_use]
    pub fn fixes(&self) -> Vec<(&'static str, Fix)> {
        let evidence = Evidence::gather(&self.input);
        let causes = CAUSES.iter().flat_map(|cause| {
            (cause.fixes)(&evidence)
                .into_iter()
                .map(move |fix| (cause.id, fix))
        });
        let variants = why401::variants::remedies(&evidence);
        let variants = variants.iter().flat_map(|(id, remedy)| {
            remedy.all().cloned().map(move |fix| (*id, fix))
        });
        causes.chain(variants).collect()
    }
}

/// Every situation: the real cases as told, then the grid, each with every caller.
///
/// # Errors
/// Names the case that cannot be read.
pub fn scenes() -> Result<Vec<Scene>> {
    let cases = corpus::read(&crate::root().join("tests/cases"))?;
    let told = cases.into_iter().map(|case| Scene {
        name: case.id,
        input: case.input,
    });
    Ok(told.chain(grid(TARGETS)).collect())
}

/// Every text that the scenes print, by language, each with one place where it is printed.
#[must_use]
pub fn printed(scenes: &[Scene]) -> BTreeMap<(&'static str, String), String> {
    let mut printed = BTreeMap::new();
    for scene in scenes {
        for (cause, fix) in scene.fixes() {
            for snippet in fix.snippets {
                printed
                    .entry((snippet.language.id(), snippet.text))
                    .or_insert_with(|| format!("{cause}, {}", scene.name));
            }
            // What a caution quotes is copied as well.
            for quoted in fix.caution.split('`').skip(1).step_by(2) {
                if quoted.starts_with("gcloud ") {
                    printed
                        .entry((Language::Sh.id(), quoted.to_owned()))
                        .or_insert_with(|| format!("caution of {cause}, {}", scene.name));
                }
            }
        }
    }
    printed
}

const TARGETS: &[&str] = &[
    "",
    "https://orders-4k3jd82hfa-uc.a.run.app/api/v1?page=2",
    "https://canary---orders-123456789012.europe-west1.run.app",
    "https://us-central1-shop-prod.cloudfunctions.net/Resize_Image",
    "https://shop-1a2b3c4d.uc.gateway.dev/v1/orders",
    "https://shop-prod.appspot.com/",
    "https://api.shop.example/orders",
    "https://run.googleapis.com/v2/projects/shop-prod/locations/europe-west1/jobs/nightly:run",
    "https://storage.googleapis.com/storage/v1/b/shop",
];

/// One situation per target, kind of credential and caller.
pub fn grid<'t>(targets: &'t [&'t str]) -> impl Iterator<Item = Scene> + 't {
    let credentials = credentials();
    targets.iter().flat_map(move |target| {
        let credentials = credentials.clone();
        credentials.into_iter().flat_map(move |(kind, paste)| {
            callers().map(move |caller| {
                let mut input = Input::at(corpus::NOW);
                input.paste.clone_from(&paste);
                input.service_url = (*target).to_owned();
                input.caller = caller;
                Scene {
                    name: format!(
                        "{kind} to {target} by {}",
                        caller.map_or("anybody", Caller::id)
                    ),
                    input,
                }
            })
        })
    })
}

/// Every caller, and none told.
fn callers() -> impl Iterator<Item = Option<Caller>> {
    std::iter::once(None).chain(Caller::ALL.iter().copied().map(Some))
}

fn credentials() -> Vec<(&'static str, String)> {
    let google = |email: Value, audience: &str| {
        token(&json!({
            "iss": "https://accounts.google.com", "aud": audience, "sub": "113774264463038321964",
            "email": email, "iat": corpus::NOW - 60, "exp": corpus::NOW + 3540,
        }))
    };
    let account = json!("caller@shop-prod.iam.gserviceaccount.com");
    vec![
        ("nothing", String::new()),
        (
            "an account’s token",
            google(account, "https://orders-4k3jd82hfa-uc.a.run.app"),
        ),
        (
            "a default account’s token",
            google(
                json!("123456789012-compute@developer.gserviceaccount.com"),
                "urn:example:orders",
            ),
        ),
        (
            "a person’s token",
            google(
                json!("pat.o'hara@example.com"),
                "32555940559.apps.googleusercontent.com",
            ),
        ),
        (
            "an access token",
            "ya29.c.synthetic-not-a-real-token-000000000000".to_owned(),
        ),
        (
            "GitHub’s token",
            token(&json!({
                "iss": "https://token.actions.githubusercontent.com", "sub": "repo:acme/shop:ref:refs/heads/main",
                "repository": "acme/shop", "aud": "https://github.com/acme",
            })),
        ),
        (
            "Kubernetes’ token",
            token(&json!({
                "iss": "https://container.googleapis.com/v1/projects/shop-prod/locations/europe-west1/clusters/c",
                "sub": "system:serviceaccount:web:frontend", "aud": ["shop-prod.svc.id.goog"],
                "kubernetes.io": {"namespace": "web"},
            })),
        ),
        (
            "a Firebase token",
            token(&json!({
                "iss": "https://securetoken.google.com/shop-prod", "aud": "shop-prod", "sub": "u1",
                "firebase": {"sign_in_provider": "password"},
            })),
        ),
    ]
}

/// A synthetic JWT, its signature 256 zero bytes.
fn token(claims: &Value) -> String {
    let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let header = encode(br#"{"alg":"RS256","kid":"0badc0de","typ":"JWT"}"#);
    format!(
        "{header}.{}.{}",
        encode(claims.to_string().as_bytes()),
        encode(&[0; 256])
    )
}
