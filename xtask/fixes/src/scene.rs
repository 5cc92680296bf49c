//! Situations in which fixes are printed: the real cases and a grid of targets, credentials and
//! callers.

use anyhow::Result;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use why401::evidence::Evidence;
use why401::fix::{Fix, Language, Remedy};
use why401::{Caller, Input};

/// A situation, named so that a failing test can say where it was.
#[derive(Debug)]
pub struct Scene {
    /// What it is.
    pub name: String,
    /// What is given.
    pub input: Input,
    /// Whether the remedies of all variants are asked for, besides those that its report prints.
    /// There are some 270 variants, so not in each scene.
    all: bool,
}

impl Scene {
    /// A situation in which what its report prints is asked for.
    #[must_use]
    pub const fn of(name: String, input: Input) -> Self {
        Self {
            name,
            input,
            all: false,
        }
    }

    /// A situation in which the remedies of all variants are asked for as well.
    #[must_use]
    pub const fn of_all(name: String, input: Input) -> Self {
        Self {
            name,
            input,
            all: true,
        }
    }

    /// Another situation in which the same is asked for.
    #[must_use]
    pub const fn varied(&self, name: String, input: Input) -> Self {
        Self {
            name,
            input,
            all: self.all,
        }
    }

    /// Every remedy that is asked for, with the variant (or else the cause) that carries it: what
    /// the report prints, and in a part of the scenes the remedy of each variant, whether or not
    /// the situation shows it, so that no form of a fix is missed.
    #[must_use]
    pub fn remedies(&self) -> Vec<(&'static str, Remedy)> {
        let mut remedies: Vec<(&'static str, Remedy)> = why401::diagnose(&self.input)
            .causes
            .into_iter()
            .map(|found| {
                let id = if found.variant.is_empty() {
                    found.cause.id
                } else {
                    found.variant
                };
                (id, found.remedy)
            })
            .collect();
        if self.all {
            remedies.extend(why401::variants::remedies(&Evidence::gather(&self.input)));
        }
        remedies
    }

    /// The fixes of these remedies, each with its variant.
    #[must_use]
    pub fn fixes(&self) -> Vec<(&'static str, Fix)> {
        let remedies = self.remedies().into_iter();
        remedies
            .flat_map(|(id, remedy)| {
                remedy
                    .all()
                    .cloned()
                    .map(|fix| (id, fix))
                    .collect::<Vec<_>>()
            })
            .collect()
    }
}

/// Every situation: the real cases as told, then the grid, each with every caller.
///
/// # Errors
/// Names the case that cannot be read.
pub fn scenes() -> Result<Vec<Scene>> {
    let cases = corpus::read(&crate::root().join("tests/cases"))?;
    let told = cases.into_iter().map(|case| Scene::of(case.id, case.input));
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
    targets.iter().enumerate().flat_map(move |(row, target)| {
        let credentials = credentials.clone();
        let kinds = credentials.len();
        let credentials = credentials.into_iter().enumerate();
        credentials.flat_map(move |(column, (kind, paste))| {
            callers().enumerate().map(move |(layer, caller)| {
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
                    // Any two of target, credential and caller meet in one of these.
                    all: (row + layer) % kinds == column,
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
