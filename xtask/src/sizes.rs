//! The table of what was built: sizes and checksums.

use anyhow::Result;
use sha2::{Digest as _, Sha256};
use std::io::Write as _;
use std::path::Path;

/// Prints one row per file: raw, gzip and brotli bytes, and the SHA-256 to compare a release with.
pub(crate) fn print(dir: &Path, files: &[&str]) -> Result<()> {
    println!(
        "{:22} {:>9} {:>9} {:>9}  sha256",
        "file", "raw", "gzip", "brotli"
    );
    for file in files {
        let bytes = std::fs::read(dir.join(file))?;
        println!(
            "{file:22} {:>9} {:>9} {:>9}  {}",
            bytes.len(),
            gzip(&bytes)?.len(),
            brotli(&bytes)?,
            sha256(&bytes)
        );
    }
    Ok(())
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
