//! The layers: what causes, fixes and views use of the pasted text is found once, in `facts`.

use std::path::{Path, PathBuf};

/// What shows the text around a credential as it was pasted, and searches nothing.
const SHOWS: &[&str] = &["src/view/read.rs"];

/// The fields that hold pasted text.
const TEXTS: &[&str] = &[
    "response.text",
    ".prose",
    "input.paste",
    "input.response",
    "request.body",
];

#[test]
fn no_cause_fix_or_view_searches_pasted_text() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut searched = Vec::new();
    let mut files = 0;
    for layer in ["src/causes", "src/fix", "src/view", "src/variants"] {
        for file in sources(&root.join(layer)) {
            files += 1;
            let name = file
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            if SHOWS.contains(&name.as_str()) {
                continue;
            }
            let text = std::fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for (number, line) in code.lines().enumerate() {
                // How much was pasted may be asked.
                let line = &line
                    .replace("input.paste.len()", "")
                    .replace("input.response.len()", "");
                let is_comment = line.trim_start().starts_with("//");
                if !is_comment && TEXTS.iter().any(|field| line.contains(field)) {
                    searched.push(format!("{name}:{}: {}", number + 1, line.trim()));
                }
            }
        }
    }
    assert!(files > 60, "only {files} files were looked at");
    assert!(
        searched.is_empty(),
        "make it a field of `facts::Words` or an entity:\n{}",
        searched.join("\n")
    );
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && path.file_stem().is_none_or(|stem| stem != "tests")
        {
            files.push(path);
        }
    }
    files
}
