//! `cargo xtask build`: the page, the element and the npm package, in dist/.

use crate::args::Args;
use crate::bundle::{Modules, bundle};
use crate::page::{Parts, page};
use crate::run::{root, step};
use crate::wasm::{self, Effort, Wasm};
use crate::{npm, sizes};
use anyhow::{Context, Result};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use std::fs;
use std::path::{Path, PathBuf};
use zopfli::{BlockType, GzipEncoder, Options, Write as _};

/// The version shown in the page; the workspace has one.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The page, within dist/.
pub(crate) const PAGE: &str = "why401.html";

/// The element, within dist/.
pub(crate) const ELEMENT: &str = "why-401.js";

/// `build [--debug]`
pub(crate) fn command(mut args: Args) -> Result<()> {
    let effort = if args.flag("--debug") {
        Effort::Debug
    } else {
        Effort::Release
    };
    args.finish()?;
    let dist = build(&root(), effort)?;
    sizes::print(&dist)
}

/// Builds the checkout in `dir` and returns its dist/.
pub(crate) fn build(dir: &Path, effort: Effort) -> Result<PathBuf> {
    let wasm = wasm::build(dir, effort)?;
    step("writing dist/");
    let wasm_sha256 = sizes::sha256(&wasm.bytes);
    let element_css = source(dir, "www/element.css")?;
    let packed = match effort {
        Effort::Debug => sizes::gzip(&wasm.bytes)?,
        Effort::Release => packed_small(&wasm.bytes)?,
    };
    let built = built_module(&wasm, &packed, &wasm_sha256, &element_css)?;
    let mut modules = modules(&dir.join("www"))?;
    modules.insert("built.js".to_owned(), built.clone());

    let parts = Parts {
        styles: &source(dir, "www/styles.css")?,
        script: &bundle(&modules, "page.js")?.script,
        version: VERSION,
        wasm_sha256: &wasm_sha256,
    };
    let page = page(&source(dir, "index.html")?, &parts)?;
    let element = bundle(&modules, "why-401.js")?.module();

    let dist = dir.join("dist");
    fs::create_dir_all(&dist)?;
    fs::write(dist.join(PAGE), page)?;
    fs::write(dist.join(ELEMENT), element)?;
    npm::write(dir, &dist, &built)?;
    Ok(dist)
}

/// `built.js`: what the scripts get from the build. `createInstance` compiles once and answers with
/// the crate's functions over a new linear memory each time; `compileWasm` and `instantiate` are its
/// two halves, of which a worker has the second.
///
/// The wasm is packed before it becomes text: a host that compresses gains little on base64 of plain
/// wasm, and the file on disk is half as large.
fn built_module(
    wasm: &Wasm,
    packed: &[u8],
    wasm_sha256: &str,
    element_css: &str,
) -> Result<String> {
    Ok(format!(
        r#"const WASM_GZIP_BASE64 = "{base64}";
export const version = {version};
export const wasmSha256 = "{wasm_sha256}";
export const elementCss = {css};
let compiledWasm;
export async function createInstance() {{
  return instantiate(await compileWasm());
}}
export function compileWasm() {{
  compiledWasm ??= unpackWasm();
  return compiledWasm;
}}
async function unpackWasm() {{
  const packed = new Blob([decodeBase64(WASM_GZIP_BASE64)]).stream();
  const unpacked = packed.pipeThrough(new DecompressionStream("gzip"));
  return WebAssembly.compile(await new Response(unpacked).arrayBuffer());
}}
function decodeBase64(text) {{
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}}
export {instantiate}"#,
        base64 = BASE64_STANDARD.encode(packed),
        version = string_literal(VERSION)?,
        css = string_literal(element_css)?,
        instantiate = wasm.instantiate,
    ))
}

/// These bytes in the gzip format, as small as zopfli makes them in some seconds: a twentieth less
/// than `gzip -9`, for the same decoder.
///
/// Without its feature `std`, zopfli takes its logarithms from its own code: those of the system may
/// differ from machine to machine, and the bytes with them.
fn packed_small(bytes: &[u8]) -> Result<Vec<u8>> {
    let options = Options {
        // More than its own 15: code and texts of many kinds follow each other.
        maximum_block_splits: 40,
        ..Options::default()
    };
    GzipEncoder::new(options, BlockType::Dynamic, Vec::new())
        .and_then(|mut encoder| {
            encoder.write_all(bytes)?;
            encoder.finish()
        })
        .map_err(anyhow::Error::msg)
}

/// A JavaScript string that can also stand inside a `<script>`.
fn string_literal(text: &str) -> Result<String> {
    Ok(serde_json::to_string(text)?.replace('<', "\\u003c"))
}

/// The JavaScript modules in a folder.
fn modules(dir: &Path) -> Result<Modules> {
    let mut modules = Modules::new();
    for entry in fs::read_dir(dir).with_context(|| format!("{} cannot be read", dir.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".js") {
            let text = source(dir, &name)?;
            modules.insert(name, text);
        }
    }
    Ok(modules)
}

fn source(dir: &Path, name: &str) -> Result<String> {
    fs::read_to_string(dir.join(name)).with_context(|| format!("{name} cannot be read"))
}
