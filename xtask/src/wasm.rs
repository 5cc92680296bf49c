//! From the crate to one wasm module and the JavaScript that instantiates it.

use crate::run::{cargo, find, read, root, run, step};
use crate::tools::{self, WASM};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// What `wasm-opt` does in release builds. What counts is the size after deflate.
const PASSES: &[&str] = &[
    "-O3",
    "--converge",
    // The lowest kilobyte is the far end of the stack, so that no address and its offset wrap
    // around to it.
    "--low-memory-unused",
    // Functions of one module resemble each other: side by side, deflate makes them smaller.
    "--reorder-functions-by-name",
];

/// What rustc emits for the target today; `wasm-opt` assumes nothing beyond it.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The module, and a JavaScript function that makes instances of it.
pub(crate) struct Wasm {
    /// The module's bytes.
    pub(crate) bytes: Vec<u8>,
    /// `async function instantiate(module)`, whose result holds the crate's exported functions. Each
    /// call has a linear memory of its own.
    pub(crate) instantiate: String,
}

/// How much work to put into the module.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    /// As fast as it can be had, for work on the page.
    Debug,
    /// As it is released.
    Release,
}

/// Compiles the crate in `dir`, binds it and shrinks it.
pub(crate) fn build(dir: &Path, effort: Effort) -> Result<Wasm> {
    tools::wasm_target()?;
    step("compiling the crate to wasm");
    let compiled = compile(dir, effort)?;
    step("binding it to JavaScript");
    let node = match effort {
        Effort::Debug => None,
        Effort::Release => node(),
    };
    // `wasm-opt` sorts by the names, and takes them out itself.
    let nameless = effort == Effort::Release && node.is_none();
    let mut bound = Bindgen::new()
        .input_path(compiled)
        .web(true)?
        .typescript(false)
        .remove_name_section(nameless)
        .remove_producers_section(true)
        .generate_output()?;
    let instantiate = factory(bound.js())?;
    let bytes = bound.wasm_mut().emit_wasm();
    let bytes = match node {
        Some(node) => shrink(&node, bytes)?,
        None => bytes,
    };
    Ok(Wasm { bytes, instantiate })
}

/// Compiles the library and returns the path of the wasm file.
fn compile(dir: &Path, effort: Effort) -> Result<PathBuf> {
    let profile = match effort {
        Effort::Debug => "dev",
        Effort::Release => "page",
    };
    let mut command = cargo(dir);
    command
        .args(["rustc", "--quiet", "--lib", "--crate-type=cdylib"])
        .args(["--no-default-features", "--locked", "--target", WASM])
        .args(["--profile", profile])
        .arg("--message-format=json-render-diagnostics")
        .env("CARGO_ENCODED_RUSTFLAGS", remapped_paths(dir)?.join("\x1f"));
    if dir != root() {
        // A copy of the checkout shares nothing with it.
        command.env("CARGO_TARGET_DIR", dir.join("target"));
    }
    let messages = read(&mut command)?;
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .flat_map(|message| message["filenames"].as_array().cloned().unwrap_or_default())
        .filter_map(|name| name.as_str().map(PathBuf::from))
        .rfind(|path| {
            path.extension()
                .is_some_and(|extension| extension == "wasm")
        })
        .context("cargo named no wasm file")
}

/// Flags that keep this machine's paths out of the module (panic messages name source files), so
/// that anyone who builds it gets the same bytes.
fn remapped_paths(dir: &Path) -> Result<Vec<String>> {
    let remap = |from: &Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
    let mut flags = vec![
        remap(&dir.canonicalize()?, "/why401"),
        remap(&tools::sysroot()?.join("lib/rustlib/src/rust"), "/rust"),
    ];
    // One folder per registry index; its name is nothing that a source file should tell.
    let registries = cargo_home()?.join("registry/src");
    for index in fs::read_dir(&registries).into_iter().flatten() {
        flags.push(remap(&index?.path(), "/crates"));
    }
    Ok(flags)
}

fn cargo_home() -> Result<PathBuf> {
    let set = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let usual = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo"));
    set.or_else(usual)
        .context("neither CARGO_HOME nor HOME is set")
}

/// Turns wasm-bindgen's glue, an ES module with one instance, into a function that makes instances.
///
/// The half of the glue that loads the module (from a URL, with warnings on the console) is dropped:
/// the page has the bytes, and must hold no function of the network.
fn factory(glue: &str) -> Result<String> {
    let Some((bindings, _loading)) = glue.split_once("async function __wbg_load(") else {
        bail!("wasm-bindgen's glue has a new form: no __wbg_load in it");
    };
    let mut exported = Vec::new();
    let mut body = String::new();
    for line in bindings
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let function = line.strip_prefix("export function ");
        exported.extend(function.and_then(|function| function.split('(').next()));
        let line = function.map_or(line.to_owned(), |function| format!("function {function}"));
        if line.starts_with("export ")
            || line.starts_with("import ")
            || line.contains("import.meta")
        {
            bail!("wasm-bindgen's glue has a new form: `{line}`");
        }
        // Indented, so that nobody takes the line for one at the top level.
        body.push_str(&format!("  {line}\n"));
    }
    Ok(format!(
        "async function instantiate(module) {{\n{body}  \
         __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);\n  \
         return {{ {} }};\n}}\n",
        exported.join(", ")
    ))
}

/// Node.js, to run `wasm-opt` with; says what becomes of the files without it.
fn node() -> Option<PathBuf> {
    let node = find(&["npm"]).and_then(|_| find(&["node"]));
    if node.is_none() {
        step(
            "no Node.js, so no wasm-opt: the files are larger and have other checksums than a release",
        );
    }
    node
}

/// Shrinks the module with binaryen's `wasm-opt`, which comes as an npm package.
fn shrink(node: &Path, bytes: Vec<u8>) -> Result<Vec<u8>> {
    let packages = root().join("xtask");
    tools::npm_packages(&packages)?;
    step("shrinking it with wasm-opt");
    let folder = packages.join("node_modules/.cache");
    fs::create_dir_all(&folder)?;
    let before = folder.join(format!("{}.wasm", std::process::id()));
    let after = before.with_extension("opt.wasm");
    fs::write(&before, bytes)?;
    run(Command::new(node)
        .arg(packages.join("node_modules/binaryen/bin/wasm-opt"))
        .args(PASSES)
        .args(FEATURES)
        .arg(&before)
        .arg("-o")
        .arg(&after))?;
    let shrunk = fs::read(&after)?;
    fs::remove_file(before)?;
    fs::remove_file(after)?;
    Ok(shrunk)
}

#[cfg(test)]
mod tests {
    use super::factory;

    const LOADING: &str = "\nasync function __wbg_load(module) { fetch(module); }\nexport { initSync, __wbg_init as default };\n";

    #[test]
    fn the_factory_returns_what_the_glue_exported() {
        let glue = format!(
            "/** a */\nexport function ask(x) {{}}\nexport function tell() {{}}\nlet wasm;{LOADING}"
        );
        let made = factory(&glue).unwrap();
        assert!(made.contains("return { ask, tell };"), "{made}");
        assert!(
            !made.contains("export ") && !made.contains("fetch("),
            "{made}"
        );
    }

    #[test]
    fn glue_of_a_new_form_is_refused() {
        assert!(factory("export function ask() {}").is_err());
        assert!(factory(&format!("export class Ask {{}}{LOADING}")).is_err());
    }
}
