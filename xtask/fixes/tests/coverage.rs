//! Every cause has a fix for every caller, in the right order and form.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use support::gcloud::Gcloud;
use why401::causes::CAUSES;
use why401::fix::{Effect, Fix, Language, Remedy};
use why401::{Caller, variants};

/// The remedies in one situation, each with its variant.
struct Offered {
    scene: String,
    /// What was pasted: a secret may have a name in capitals.
    given: String,
    caller: Option<Caller>,
    remedies: Vec<(&'static str, Remedy)>,
}

impl Offered {
    fn fixes(&self) -> impl Iterator<Item = (&'static str, &Fix)> {
        let remedies = self.remedies.iter();
        remedies.flat_map(|(variant, remedy)| remedy.all().map(|fix| (*variant, fix)))
    }
}

fn offered() -> &'static [Offered] {
    static OFFERED: OnceLock<Vec<Offered>> = OnceLock::new();
    OFFERED.get_or_init(|| {
        let scenes = fixes::scenes().unwrap();
        scenes
            .into_iter()
            .map(|scene| Offered {
                remedies: scene.remedies(),
                caller: scene.input.caller,
                given: [scene.input.paste, scene.input.response].join("\n"),
                scene: scene.name,
            })
            .collect()
    })
}

/// What nobody refused needs no fix.
const NOTHING_TO_MEND: &[&str] = &["call-succeeded", "harmless-notice"];

/// A cause's fixes hang on its variants: each cause has one, each finding names one, and each has
/// something to print for every caller.
#[test]
fn every_cause_has_a_fix_for_every_caller() {
    assert_eq!(CAUSES.len(), 31);
    let variants: BTreeSet<&str> = variants::all().map(|variant| variant.id).collect();
    for cause in CAUSES {
        assert!(
            variants::all().any(|variant| variant.cause == cause.id),
            "{} has no variant",
            cause.id
        );
    }
    let mut faults = BTreeSet::new();
    let mut asked: BTreeMap<Option<&str>, BTreeSet<&str>> = BTreeMap::new();
    for offered in offered() {
        let caller = offered.caller.map(Caller::id);
        for (variant, remedy) in &offered.remedies {
            asked.entry(caller).or_default().insert(variant);
            let fixes = remedy.all().count();
            let wanted = if NOTHING_TO_MEND.contains(variant) {
                0..=0
            } else {
                1..=7
            };
            if !wanted.contains(&fixes) {
                faults.insert(format!("{variant}, {}: {fixes} fixes", offered.scene));
            }
            for fix in remedy.all().filter(|fix| fix.snippets.is_empty()) {
                faults.insert(format!(
                    "{variant}, {}: {} shows nothing",
                    offered.scene, fix.title
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", sample(&faults));
    assert_eq!(asked.len(), Caller::ALL.len() + 1);
    for (caller, asked) in asked {
        let missed: Vec<_> = variants.difference(&asked).collect();
        assert!(missed.is_empty(), "{caller:?} never asks {missed:?}");
    }
}

/// Where the situation is exactly that everybody should get in, and nothing narrower would do:
/// whoever calls here has no account of Google's, or the organisation refused `allUsers`.
const FOR_EVERYBODY: &[&str] = &[
    "callable-not-public",
    "cors-preflight-refused",
    "domain-restricted-sharing",
    "firebase-token-at-private-service",
    "webhook-at-private-service",
];
/// The same for a browser alone, which sends no token by itself.
const FOR_BROWSERS: &[&str] = &["authorization-header-missing", "token-or-role-missing"];

#[test]
fn opening_to_everybody_is_never_first_and_warns() {
    let mut seen = 0;
    let mut first = BTreeSet::new();
    let mut faults = BTreeSet::new();
    for offered in offered() {
        for (variant, remedy) in &offered.remedies {
            for fix in remedy.all().filter(|fix| opens(fix)) {
                seen += 1;
                if !warns(fix) {
                    faults.insert(format!("{variant} does not warn: {}", fix.caution));
                }
                assert_eq!(fix.effect, Effect::Changes, "{variant}");
            }
            if remedy.fix.first().is_some_and(opens) {
                first.insert(*variant);
                let asked = FOR_EVERYBODY.contains(variant)
                    || FOR_BROWSERS.contains(variant) && offered.caller == Some(Caller::Browser);
                // Where only some should get in there is another way.
                if !asked || remedy.fix.len() < 2 {
                    faults.insert(format!("{variant}, {:?}: is first", offered.caller));
                }
            }
            if remedy.verify.iter().chain(&remedy.check).any(opens) {
                faults.insert(format!("{variant} opens in order to look"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", sample(&faults));
    assert!(seen > 0);
    let declared = FOR_EVERYBODY.iter().chain(FOR_BROWSERS).copied().collect();
    assert_eq!(first, declared);
}

/// Whether a fix says that from then on anybody may call, without a token.
fn warns(fix: &Fix) -> bool {
    [
        "no token is asked for any more, by anybody",
        "nobody is asked for a token any more",
        "Then anybody on the internet may call it",
    ]
    .iter()
    .any(|warning| fix.caution.contains(warning))
}

/// Whether a fix takes the check of callers away.
fn opens(fix: &Fix) -> bool {
    let marks = [
        "allUsers",
        "--no-invoker-iam-check",
        "invoker_iam_disabled = true",
        "--allow-unauthenticated",
    ];
    let code = fix.snippets.iter();
    code.filter(|snippet| snippet.language != Language::Console)
        .any(|snippet| marks.iter().any(|mark| snippet.text.contains(mark)))
}

/// How many, and some of them.
fn sample(faults: &BTreeSet<String>) -> String {
    let some: Vec<&str> = faults
        .iter()
        .map(String::as_str)
        .step_by(faults.len() / 100 + 1)
        .collect();
    format!("{} faults, such as\n{}", faults.len(), some.join("\n"))
}

#[test]
fn what_prints_a_secret_says_so() {
    for offered in offered() {
        for (cause, fix) in offered.fixes() {
            for snippet in &fix.snippets {
                let prints = ["gcloud auth print-", "gcloud iam service-accounts sign-jwt"]
                    .iter()
                    .any(|command| snippet.text.starts_with(command))
                    || snippet.text.contains(":generateIdToken")
                    || snippet.text.contains("service-accounts/default/token")
                    || snippet.text.contains("service-accounts/default/identity");
                let prints = prints && !snippet.text.contains("--format=none");
                if snippet.language.id() == "sh" && prints {
                    assert_eq!(fix.effect, Effect::Mints, "{cause}: {}", snippet.text);
                }
            }
        }
    }
}

#[test]
fn no_fix_repeats_another_of_its_cause() {
    let mut faults = BTreeSet::new();
    for offered in offered() {
        for (variant, remedy) in &offered.remedies {
            let done = [&remedy.check, &remedy.fix];
            let twice = repeated(done.into_iter().flatten())
                .chain(repeated(remedy.fix.iter().chain(&remedy.verify)));
            for title in twice {
                faults.insert(format!("{variant}, {:?}: {title}", offered.caller));
            }
            // What shows that it is broken may show that it is mended: the very same look, before
            // and after a change.
            for after in &remedy.verify {
                let before = remedy.check.iter().find(|fix| fix.title == after.title);
                if let Some(before) = before
                    && (remedy.fix.is_empty()
                        || before.effect != Effect::Reads
                        || texts(before).ne(texts(after)))
                {
                    faults.insert(format!("{variant}, {:?}: {}", offered.caller, after.title));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", sample(&faults));
}

fn texts(fix: &Fix) -> impl Iterator<Item = &str> {
    fix.snippets.iter().map(|snippet| snippet.text.as_str())
}

/// The titles that stand twice, and those of fixes that print the same text.
fn repeated<'f>(fixes: impl Iterator<Item = &'f Fix>) -> impl Iterator<Item = &'f str> {
    let mut titles = BTreeSet::new();
    let mut printed = BTreeSet::new();
    fixes
        .filter(move |fix| {
            let new = titles.insert(&fix.title);
            !printed.insert(texts(fix).next()) || !new
        })
        .map(|fix| fix.title.as_str())
}

#[test]
fn no_word_suggests_that_a_signature_was_checked() {
    for offered in offered() {
        for (cause, fix) in offered.fixes() {
            for text in [&fix.title, &fix.caution] {
                for word in text.split(|c: char| !c.is_alphanumeric()) {
                    assert!(
                        !matches!(word, "valid" | "verified" | "genuine"),
                        "{cause}: {text}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_gap_of_a_command_says_where_to_find_it() {
    let gcloud = Gcloud::read();
    let mut gaps = 0;
    let mut faults: BTreeMap<(&str, &str), String> = BTreeMap::new();
    for offered in offered() {
        for (variant, fix) in offered.fixes() {
            let Some(shown) = fix
                .snippets
                .first()
                .filter(|snippet| snippet.language.id() == "sh")
            else {
                continue;
            };
            let words = shown.text.split_ascii_whitespace();
            for word in words
                .filter(|word| !gcloud.chooses(word))
                .flat_map(|word| word.split(|c: char| !(c.is_ascii_uppercase() || c == '_')))
            {
                let gap = word.len() >= 3
                    && !matches!(word, "AND" | "ACTIVE")
                    && !offered.given.contains(word);
                gaps += usize::from(gap);
                if gap && !fix.caution.contains(word) {
                    faults.entry((variant, word)).or_insert_with(|| {
                        format!("{}:\n{}\n{}", offered.scene, shown.text, fix.caution)
                    });
                }
            }
        }
    }
    let faults: BTreeSet<String> = faults
        .into_iter()
        .map(|((variant, word), place)| format!("{variant}: {word} in {place}"))
        .collect();
    assert!(faults.is_empty(), "{}", sample(&faults));
    assert!(gaps > 1000);
}
