//! The table of what was built: sizes and checksums.

use anyhow::{Context, Result};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest as _, Sha256};
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Prints one row per file below a folder, and one for the wasm that is packed in them: raw, gzip
/// and brotli bytes, and the SHA-256 to compare a release, or the page's own word, with.
pub(crate) fn print(dir: &Path) -> Result<()> {
    println!(
        "{:22} {:>9} {:>9} {:>9}  sha256",
        "file", "raw", "gzip", "brotli"
    );
    let mut files = Vec::new();
    list(dir, &mut files)?;
    files.sort();
    for file in &files {
        let name = file.strip_prefix(dir)?.display().to_string();
        row(&name, &fs::read(file)?)?;
    }
    let module = fs::read_to_string(dir.join("npm/built.js"))?;
    row("(the wasm in them)", &packed_wasm(&module)?)
}

fn row(name: &str, bytes: &[u8]) -> Result<()> {
    println!(
        "{name:22} {:>9} {:>9} {:>9}  {}",
        bytes.len(),
        gzip(bytes)?.len(),
        brotli(bytes)?,
        sha256(bytes)
    );
    Ok(())
}

fn list(dir: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("{} cannot be read", dir.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// The wasm that a built module carries, packed, as text.
fn packed_wasm(module: &str) -> Result<Vec<u8>> {
    let text = module
        .split_once("WASM_GZIP_BASE64 = \"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(text, _)| text)
        .context("the built module carries no wasm")?;
    let packed = BASE64_STANDARD.decode(text)?;
    let mut wasm = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut wasm)?;
    Ok(wasm)
}

/// The SHA-256 of these bytes, in hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// What `gzip -9` makes of these bytes, without a name or a time.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Bytes after brotli at its highest quality, as a static host would store it.
fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut packed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams::default();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &params)?;
    Ok(packed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wasm_is_found_in_a_built_module() {
        let packed = BASE64_STANDARD.encode(gzip(b"\0asm").unwrap());
        let module = format!("const WASM_GZIP_BASE64 = \"{packed}\";\nexport const version = 1;");
        assert_eq!(packed_wasm(&module).unwrap(), b"\0asm");
        assert!(packed_wasm("export const version = 1;").is_err());
    }
}
