//! Several ES modules made one script, by putting them behind each other.
//!
//! The modules of `www/` share one scope after that, so this works for a plain style only, and what
//! it cannot do it refuses by name: `import { a, b } from "./x.js";` and `import "./x.js";` at the
//! start of a line, `export` in front of a declaration, no name declared twice. In return what
//! stands in the page is what stands in the source, for anyone to read.

use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};

/// Sources by file name.
pub(crate) type Modules = BTreeMap<String, String>;

/// A script made of one module and all that it imports.
pub(crate) struct Bundle {
    /// The script.
    pub(crate) script: String,
    /// The names that the entry module exports.
    pub(crate) exports: Vec<String>,
}

impl Bundle {
    /// The script as an ES module with the entry's exports.
    pub(crate) fn module(&self) -> String {
        if self.exports.is_empty() {
            return self.script.clone();
        }
        format!("{}export {{ {} }};\n", self.script, self.exports.join(", "))
    }
}

/// Joins `entry` and all that it imports, what is imported first.
pub(crate) fn bundle(modules: &Modules, entry: &str) -> Result<Bundle> {
    let mut order = Vec::new();
    collect(modules, entry, &mut BTreeSet::new(), &mut order)?;
    refuse_double_names(&order)?;
    let script = order.iter().map(|module| module.body.as_str()).collect();
    let exports = order.pop().map(|module| module.exports).unwrap_or_default();
    Ok(Bundle { script, exports })
}

/// A module without its `import` and `export` words.
struct Module {
    name: String,
    body: String,
    imports: Vec<Import>,
    exports: Vec<String>,
    declared: Vec<String>,
}

struct Import {
    from: String,
    names: Vec<String>,
}

/// Puts `name` and what it imports into `order`, each once.
fn collect(
    modules: &Modules,
    name: &str,
    seen: &mut BTreeSet<String>,
    order: &mut Vec<Module>,
) -> Result<()> {
    if !seen.insert(name.to_owned()) {
        return Ok(());
    }
    let source = modules
        .get(name)
        .with_context(|| format!("no module `{name}`"))?;
    let module = parse(name, source)?;
    for import in &module.imports {
        collect(modules, &import.from, seen, order)
            .with_context(|| format!("imported by {name}"))?;
        let from = order.iter().find(|other| other.name == import.from);
        let missing = |wanted: &&String| from.is_some_and(|from| !from.exports.contains(wanted));
        if let Some(missing) = import.names.iter().find(missing) {
            bail!("{name}: {} exports no `{missing}`", import.from);
        }
    }
    order.push(module);
    Ok(())
}

fn parse(name: &str, source: &str) -> Result<Module> {
    let mut module = Module {
        name: name.to_owned(),
        body: format!("// {name}\n"),
        imports: Vec::new(),
        exports: Vec::new(),
        declared: Vec::new(),
    };
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("import ") || line.starts_with("import{") {
            let mut statement = line.to_owned();
            while !statement.contains(';') {
                let next = lines
                    .next()
                    .with_context(|| format!("{name}: an import without `;`"))?;
                statement.push_str(next);
            }
            let import =
                parse_import(&statement).with_context(|| format!("{name}: `{statement}`"))?;
            module.imports.push(import);
            continue;
        }
        let exported = line.strip_prefix("export ");
        let line = exported.unwrap_or(line);
        let declared = declared_name(line);
        if exported.is_some() {
            let declared = declared
                .with_context(|| format!("{name}: `export {line}` is not a declaration"))?;
            module.exports.push(declared.to_owned());
        }
        module.declared.extend(declared.map(str::to_owned));
        module.body.push_str(line);
        module.body.push('\n');
    }
    Ok(module)
}

fn parse_import(statement: &str) -> Result<Import> {
    let rest = statement
        .trim_start_matches("import")
        .trim()
        .trim_end_matches(';');
    let (names, from) = match rest.split_once(" from ") {
        Some((names, from)) => (names.trim(), from.trim()),
        None => ("{}", rest),
    };
    let names = names
        .strip_prefix('{')
        .and_then(|names| names.strip_suffix('}'))
        .context("only names in braces can be imported")?;
    let names: Vec<String> = names
        .split(',')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    if names.iter().any(|name| name.contains(char::is_whitespace)) {
        bail!("an import cannot be renamed");
    }
    let from = from
        .trim_matches(['"', '\''])
        .strip_prefix("./")
        .context("only siblings can be imported")?;
    Ok(Import {
        from: from.to_owned(),
        names,
    })
}

/// The name that a line declares at the top level.
fn declared_name(line: &str) -> Option<&str> {
    let line = line.strip_prefix("async ").unwrap_or(line);
    let rest = ["function ", "class ", "const ", "let ", "var "]
        .iter()
        .find_map(|keyword| line.strip_prefix(keyword))?;
    let name = rest
        .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
        .next()?;
    (!name.is_empty()).then_some(name)
}

fn refuse_double_names(order: &[Module]) -> Result<()> {
    let mut owners = BTreeMap::new();
    for module in order {
        for name in &module.declared {
            if let Some(other) = owners.insert(name, &module.name) {
                bail!(
                    "`{name}` is declared in {other} and in {}: the bundle has one scope",
                    module.name
                );
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Modules, bundle};

    fn modules(sources: &[(&str, &str)]) -> Modules {
        sources
            .iter()
            .map(|(name, source)| ((*name).to_owned(), (*source).to_owned()))
            .collect()
    }

    #[test]
    fn what_is_imported_comes_first_and_once() {
        let modules = modules(&[
            (
                "page.js",
                "import { a } from \"./a.js\";\nimport {\n  b,\n} from './b.js';\nexport class P {}\na(b);\n",
            ),
            (
                "a.js",
                "import { b } from \"./b.js\";\nexport function a() { return b; }\n",
            ),
            ("b.js", "export const b = 1;\n"),
        ]);
        let made = bundle(&modules, "page.js").unwrap();
        assert_eq!(
            made.script,
            "// b.js\nconst b = 1;\n// a.js\nfunction a() { return b; }\n// page.js\nclass P {}\na(b);\n"
        );
        assert_eq!(made.exports, ["P"]);
        assert!(made.module().ends_with("a(b);\nexport { P };\n"));
    }

    #[test]
    fn what_it_cannot_do_it_refuses() {
        for (source, word) in [
            ("import { x } from \"./none.js\";", "no module `none.js`"),
            ("import { gone } from \"./b.js\";", "exports no `gone`"),
            ("import { b as c } from \"./b.js\";", "renamed"),
            ("import b from \"./b.js\";", "braces"),
            ("import { b } from \"b\";", "siblings"),
            (
                "import \"./b.js\";\nconst b = 2;",
                "declared in b.js and in e.js",
            ),
            ("export default 3;", "not a declaration"),
        ] {
            let modules = modules(&[("b.js", "export const b = 1;\n"), ("e.js", source)]);
            let error = format!("{:#}", bundle(&modules, "e.js").err().expect(source));
            assert!(error.contains(word), "{source}: {error}");
        }
    }
}
