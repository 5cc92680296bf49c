//! Every cause has a fix for every caller, in the right order and form.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use why401::causes::CAUSES;
use why401::fix::{Effect, Fix};

/// The fixes of every cause in one situation.
struct Offered {
    scene: String,
    fixes: Vec<(&'static str, Fix)>,
}

fn offered() -> &'static [Offered] {
    static OFFERED: OnceLock<Vec<Offered>> = OnceLock::new();
    OFFERED.get_or_init(|| {
        let scenes = fixes::scenes().unwrap();
        scenes
            .into_iter()
            .map(|scene| Offered {
                fixes: scene.fixes(),
                scene: scene.name,
            })
            .collect()
    })
}

#[test]
fn every_cause_has_a_fix_for_every_caller() {
    assert_eq!(CAUSES.len(), 31);
    for Offered { scene, fixes } in offered() {
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for (cause, fix) in fixes {
            *count.entry(*cause).or_default() += 1;
            assert!(
                !fix.snippets.is_empty(),
                "{cause}, {}: {} shows nothing",
                scene,
                fix.title
            );
        }
        for cause in CAUSES {
            let fixes = count.get(cause.id).copied().unwrap_or_default();
            assert!(
                (1..=7).contains(&fixes),
                "{}, {}: {fixes} fixes",
                cause.id,
                scene
            );
        }
    }
}

#[test]
fn opening_to_everybody_is_never_first_and_warns() {
    let mut seen = 0;
    for Offered { scene, fixes } in offered() {
        let mut before = "";
        for (cause, fix) in fixes {
            let first = std::mem::replace(&mut before, *cause) != *cause;
            if fix
                .snippets
                .iter()
                .any(|snippet| snippet.text.contains("allUsers"))
            {
                seen += 1;
                assert!(!first, "{cause}, {}", scene);
                assert_eq!(fix.effect, Effect::Changes);
                assert!(
                    fix.caution
                        .contains("no token is asked for any more, by anybody")
                );
            }
        }
    }
    assert!(seen > 0);
}

#[test]
fn what_prints_a_secret_says_so() {
    for Offered { fixes, .. } in offered() {
        for (cause, fix) in fixes {
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
    for Offered { scene, fixes } in offered() {
        let mut seen = BTreeSet::new();
        for (cause, fix) in fixes {
            assert!(
                seen.insert((cause, fix.title.clone())),
                "{cause}, {}: {}",
                scene,
                fix.title
            );
        }
    }
}

#[test]
fn no_word_suggests_that_a_signature_was_checked() {
    for Offered { fixes, .. } in offered() {
        for (cause, fix) in fixes {
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
    let mut gaps = 0;
    let mut faults = BTreeSet::new();
    for Offered { scene, fixes } in offered() {
        for (cause, fix) in fixes {
            let Some(shown) = fix
                .snippets
                .first()
                .filter(|snippet| snippet.language.id() == "sh")
            else {
                continue;
            };
            for word in shown
                .text
                .split(|c: char| !(c.is_ascii_uppercase() || c == '_'))
            {
                let gap = word.len() >= 3 && !matches!(word, "AND" | "ACTIVE");
                gaps += usize::from(gap);
                if gap && !fix.caution.contains(word) {
                    faults.insert(format!(
                        "{cause}, {scene}: {word} in\n{}\n{}",
                        shown.text, fix.caution
                    ));
                }
            }
        }
    }
    let some: Vec<&str> = faults
        .iter()
        .map(String::as_str)
        .step_by(faults.len() / 20 + 1)
        .collect();
    assert!(
        faults.is_empty(),
        "{} faults, such as\n{}",
        faults.len(),
        some.join("\n")
    );
    assert!(gaps > 1000);
}
