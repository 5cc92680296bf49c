use std::fmt::Write as _;
use std::path::Path;

use super::*;
use crate::facts::From;
use crate::fix::Language;
use crate::fix::hole::Hole;
use crate::fix::value::Value;
use crate::input::Caller;

#[test]
fn sentences_name_what_is_known() {
    let mut known = Named::default();
    known.add(Entity::Permission, "run.jobs.run", From::Error);
    let sentence = "{account|The account} lacks {permission|a permission}.";
    assert_eq!(fill(sentence, &known), "The account lacks `run.jobs.run`.");
}

#[test]
fn every_variant_is_whole() {
    let mut ids = std::collections::BTreeSet::new();
    for variant in all() {
        assert!(ids.insert(variant.id), "{} stands twice", variant.id);
        assert!(
            crate::causes::CAUSES
                .iter()
                .any(|cause| cause.id == variant.cause),
            "{}: no cause {}",
            variant.id,
            variant.cause
        );
        assert!(variant.says.ends_with(['.', '?']), "{}", variant.id);
    }
    for (cause, usual) in USUAL {
        assert!(
            named(usual).is_some_and(|variant| variant.cause == *cause),
            "{usual} is no variant of {cause}"
        );
    }
}

/// Every variant's whole remedy, as tests/remedies/<id>.txt has it: with nothing known, with
/// everything known, and what each caller gets. `UPDATE=1 cargo test every_remedy` writes them.
#[test]
fn every_remedy_is_the_one_in_its_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/remedies");
    let update = std::env::var_os("UPDATE").is_some();
    if update {
        std::fs::create_dir_all(&folder).unwrap();
    }
    let mut faults = Vec::new();
    for variant in all() {
        let file = folder.join(variant.id).with_extension("txt");
        let now = page(variant);
        if update {
            std::fs::write(&file, now).unwrap();
        } else if std::fs::read_to_string(&file).ok().as_ref() != Some(&now) {
            faults.push(variant.id);
        }
    }
    let mut strangers: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|id| named(id).is_none())
        .collect();
    if update {
        for id in strangers.drain(..) {
            std::fs::remove_file(folder.join(id).with_extension("txt")).unwrap();
        }
    }
    assert!(
        faults.is_empty(),
        "look at the difference, then UPDATE=1: {faults:?}"
    );
    assert!(strangers.is_empty(), "of no variant: {strangers:?}");
}

#[test]
fn every_remedy_prints_little_and_nothing_twice() {
    for known in [Fill::empty(), full()] {
        for caller in callers() {
            let mut fill = known.clone();
            fill.caller = caller;
            for variant in all() {
                let (id, remedy) = (variant.id, (variant.remedy)(&fill));
                let count = remedy.all().count();
                assert!(count <= 7, "{id}, {caller:?}: {count} things");
                let mut titles = std::collections::BTreeSet::new();
                for fix in remedy.check.iter().chain(&remedy.fix) {
                    assert!(
                        titles.insert(&fix.title),
                        "{id}, {caller:?}: {} twice",
                        fix.title
                    );
                }
                for fix in remedy.all() {
                    assert!(
                        !fix.snippets.is_empty(),
                        "{id}, {caller:?}: {} shows nothing",
                        fix.title
                    );
                }
            }
        }
    }
}

fn callers() -> impl Iterator<Item = Option<Caller>> {
    std::iter::once(None).chain(Caller::ALL.iter().copied().map(Some))
}

/// A fill with a value for every hole.
fn full() -> Fill {
    let mut fill = Fill::empty();
    for hole in Hole::ALL {
        let value = match hole {
            Hole::Audience
            | Hole::RequestUrl
            | Hole::OwnUrl
            | Hole::BareUrl
            | Hole::HostUrl
            | Hole::AppUrl => "https://orders-123456789012.europe-west1.run.app".to_owned(),
            Hole::ServiceAccount | Hole::CallerEmail => {
                "caller@shop-prod.iam.gserviceaccount.com".to_owned()
            }
            Hole::CallingAccount => "front@shop-prod.iam.gserviceaccount.com".to_owned(),
            Hole::Member => "serviceAccount:caller@shop-prod.iam.gserviceaccount.com".to_owned(),
            Hole::ProjectId => "shop-prod".to_owned(),
            Hole::ProjectNumber => "123456789012".to_owned(),
            other => format!(
                "the-{}",
                other.name().to_ascii_lowercase().replace('_', "-")
            ),
        };
        fill.set(*hole, Value::Known(value));
    }
    fill
}

fn page(variant: &Variant) -> String {
    let mut out = format!("{}\n{}\n", variant.cause, variant.says);
    if !variant.why.is_empty() {
        writeln!(out, "{}", variant.why).unwrap();
    }
    write!(
        out,
        "\n== nothing is known\n{}",
        whole(&(variant.remedy)(&Fill::empty()))
    )
    .unwrap();
    write!(
        out,
        "\n== everything is known\n{}",
        whole(&(variant.remedy)(&full()))
    )
    .unwrap();
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for caller in callers() {
        let mut fill = full();
        fill.caller = caller;
        let titles: String = (variant.remedy)(&fill)
            .all()
            .map(|fix| format!("{}: {}\n", fix.effect.id(), fix.title))
            .collect();
        let caller = caller.map_or("nobody told", Caller::id);
        match groups.iter_mut().find(|(same, _)| *same == titles) {
            Some((_, callers)) => callers.push(caller),
            None => groups.push((titles, vec![caller])),
        }
    }
    for (titles, callers) in groups {
        write!(out, "\n== {}\n{titles}", callers.join(", ")).unwrap();
    }
    out
}

/// Commands, files and words in full; of a program, whose text other tests hold, its length.
fn whole(remedy: &Remedy) -> String {
    let mut out = String::new();
    for (part, fixes) in [
        ("check", &remedy.check),
        ("fix", &remedy.fix),
        ("verify", &remedy.verify),
    ] {
        for fix in fixes {
            write!(out, "\n-- {part} ({}): {}\n", fix.effect.id(), fix.title).unwrap();
            if !fix.caution.is_empty() {
                writeln!(out, "{}", fix.caution).unwrap();
            }
            for snippet in &fix.snippets {
                let language = snippet.language;
                let program = !matches!(
                    language,
                    Language::Sh
                        | Language::Hcl
                        | Language::Yaml
                        | Language::Json
                        | Language::Console
                );
                if program && snippet.text.lines().count() > 12 {
                    writeln!(
                        out,
                        "[{}] {} lines",
                        language.id(),
                        snippet.text.lines().count()
                    )
                    .unwrap();
                } else {
                    writeln!(out, "[{}]\n{}", language.id(), snippet.text).unwrap();
                }
            }
        }
    }
    out
}
