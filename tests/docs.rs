//! The hand-written pages against what they describe.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use why401::causes::{Gate, Likelihood};
use why401::credential::Kind;
use why401::credential::MAX_DISCLOSURES;
use why401::fix::{Effect, Language};
use why401::json::{MAX_DEPTH, MAX_MEMBERS};
use why401::read::{MAX_PASTE, MAX_REQUESTS, MAX_TOKENS};
use why401::report::MAX_REPORT;
use why401::report::to_json;
use why401::{Input, diagnose};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The names in backquotes that start the rows of a page's tables.
fn rows(page: &str) -> BTreeSet<String> {
    page.lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// Reports of every real case and of an empty paste.
fn reports() -> Vec<Value> {
    let cases = corpus::read(&root().join("tests/cases")).unwrap();
    assert!(cases.len() >= 130, "only {} cases", cases.len());
    let empty = Input::at(1_768_478_400);
    cases
        .iter()
        .map(|case| &case.input)
        .chain([&empty])
        .map(|input| serde_json::from_str(&to_json(&diagnose(input))).unwrap())
        .collect()
}

/// The path of every member, such as `causes[].fixes[].text`. A token's own members are not ours.
fn members(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) if !path.ends_with(".header") && !path.ends_with(".claims") => {
            for (name, value) in object {
                let path = format!("{path}.{name}");
                found.insert(path.trim_start_matches('.').to_owned());
                members(value, &path, found);
            }
        }
        Value::Array(array) => {
            for value in array {
                members(value, &format!("{path}[]"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_member_of_the_report_is_described_and_no_other() {
    let mut found = BTreeSet::new();
    for report in reports() {
        members(&report, "", &mut found);
    }
    let page = text("docs/report.md");
    let (_, table) = page.split_once("## Members").unwrap();
    let (table, _) = table.split_once("\n## ").unwrap();
    assert_eq!(rows(table), found);
}

#[test]
fn every_id_of_the_report_is_described() {
    let page = text("docs/report.md");
    let gates = Gate::PATH.iter().chain([&Gate::Open]).map(|gate| gate.id());
    let likelihoods = [
        Likelihood::Certain,
        Likelihood::Likely,
        Likelihood::Possible,
    ];
    let effects = [Effect::Reads, Effect::Changes, Effect::Mints];
    let mut ids: BTreeSet<String> = gates
        .chain(likelihoods.map(Likelihood::id))
        .chain(effects.map(Effect::id))
        .chain(Kind::ALL.iter().map(|kind| kind.id()))
        .chain(Language::ALL.iter().map(|language| language.id()))
        .map(str::to_owned)
        .collect();
    for report in reports() {
        for path in ["/read/response/answered_by", "/read/target/product"] {
            let id = report.pointer(path).and_then(Value::as_str).unwrap();
            ids.insert(id.to_owned());
        }
    }
    let missing: Vec<&String> = ids
        .iter()
        .filter(|id| !page.contains(&format!("`{id}`")))
        .collect();
    assert!(missing.is_empty(), "docs/report.md lacks {missing:?}");
    for gate in Gate::PATH {
        assert!(page.contains(gate.question()), "{}", gate.question());
    }
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let mut pages = files(&root().join("docs"), &|name| name.ends_with(".md"));
    for entry in fs::read_dir(root()).unwrap() {
        let path = entry.unwrap().path();
        pages.extend(
            path.extension()
                .is_some_and(|end| end == "md")
                .then_some(path),
        );
    }
    let mut links = 0;
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        for (link, _) in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split_once(')'))
        {
            let file = link.split('#').next().unwrap_or_default();
            if file.is_empty() || file.contains(':') {
                continue;
            }
            links += 1;
            let target = page.with_file_name(file);
            assert!(target.exists(), "{} links to {link}", page.display());
        }
    }
    assert!(links > 20, "only {links} links were found");
}

/// What docs/privacy.md says of the command: it reads the files of `--evidence`, at one place, and
/// those that `triage` is given, at another.
#[test]
fn no_code_of_the_crate_opens_another_file_a_connection_or_a_program() {
    const READS: &[(&str, &[&str])] = &[
        (
            "src/main.rs",
            &["for file in files {\n        let bytes = std::fs::read(file)"],
        ),
        ("src/files.rs", &["use std::fs::File;", "File::open(path)"]),
    ];
    let sources = files(&root().join("src"), &|name| {
        name.ends_with(".rs") && !name.ends_with("tests.rs")
    });
    assert!(sources.len() > 50, "only {} sources", sources.len());
    for source in sources {
        let text = fs::read_to_string(&source).unwrap();
        let mut text = text
            .split("#[cfg(test)]")
            .next()
            .unwrap_or_default()
            .to_owned();
        for (file, ways) in READS {
            if !source.ends_with(file) {
                continue;
            }
            for reads in *ways {
                assert_eq!(text.matches(reads).count(), 1, "{file} reads elsewhere");
                text = text.replace(reads, "");
            }
            assert!(!text.contains("File::"), "{file} opens another file");
        }
        for way in [
            "std::fs",
            "std::net",
            "std::os",
            "std::process::Command",
            "process::{Command",
        ] {
            assert!(!text.contains(way), "{} uses {way}", source.display());
        }
    }
}

#[test]
fn the_limits_that_are_promised_are_those_of_the_code() {
    let limits = format!(
        "({MAX_DEPTH} levels, {},{:03} members, {MAX_TOKENS} credentials, {MAX_REQUESTS} requests, \
         {MAX_DISCLOSURES} disclosures, {} MB), a report has at most {} MB",
        MAX_MEMBERS / 1000,
        MAX_MEMBERS % 1000,
        MAX_PASTE / 1_000_000,
        MAX_REPORT / 1_000_000
    );
    let page = text("SECURITY.md").replace("\n   ", " ");
    assert!(page.contains(&limits), "SECURITY.md lacks {limits}");
}

#[test]
fn every_dependency_has_its_line() {
    let mut named = BTreeSet::new();
    for manifest in files(root(), &|name| name == "Cargo.toml") {
        named.extend(crates(&fs::read_to_string(manifest).unwrap()));
    }
    for manifest in files(root(), &|name| name == "package.json") {
        let manifest: Value = serde_json::from_str(&fs::read_to_string(manifest).unwrap()).unwrap();
        for kind in ["dependencies", "devDependencies"] {
            let packages = manifest.get(kind).and_then(Value::as_object);
            named.extend(packages.into_iter().flatten().map(|(name, _)| name.clone()));
        }
    }
    assert!(
        named.contains("serde_json") && named.contains("binaryen"),
        "{named:?}"
    );
    let told = rows(&text("docs/dependencies.md"));
    let untold: Vec<&String> = named.difference(&told).collect();
    let gone: Vec<&String> = told.difference(&named).collect();
    assert!(
        untold.is_empty() && gone.is_empty(),
        "docs/dependencies.md lacks {untold:?} and tells of {gone:?}, which no manifest names"
    );
}

/// Every file below a folder with such a name, those that were built or installed apart.
fn files(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let foreign = matches!(&*name, "target" | "dist" | "node_modules");
        if path.is_dir() && !name.starts_with('.') && !foreign {
            found.extend(files(&path, wanted));
        } else if wanted(&name) {
            found.push(path);
        }
    }
    found
}

/// The crates that a manifest asks for, those of the workspace apart.
fn crates(manifest: &str) -> Vec<String> {
    let mut asks = false;
    let mut names = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            asks = line.trim_end_matches(']').ends_with("dependencies");
        } else if let Some((name, what)) = line.split_once(" = ")
            && asks
            && !line.starts_with('#')
            && !what.contains("path = ")
        {
            names.push(name.trim().to_owned());
        }
    }
    names
}
