//! What `identify` says, credential by credential.

mod hostile;
mod pastes;
mod secrets;
mod table;
mod vectors;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

/// A JWT of these texts with a signature of `bytes` bytes; all of it fake.
fn jwt(header: &str, claims: &str, bytes: usize) -> String {
    let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let fake: Vec<u8> = b"fake signature "
        .iter()
        .copied()
        .cycle()
        .take(bytes)
        .collect();
    format!(
        "{}.{}.{}",
        encode(header.as_bytes()),
        encode(claims.as_bytes()),
        encode(&fake)
    )
}

/// The folder with the files of other projects, which are read where they are and never
/// copied: `WHY401_VECTORS`, or `../shared/vectors` beside the checkout.
fn vectors() -> Option<std::path::PathBuf> {
    let named = std::env::var_os("WHY401_VECTORS").map(std::path::PathBuf::from);
    let beside = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors");
    named.or(Some(beside)).filter(|folder| folder.is_dir())
}

/// A JSON file in that folder, or beside it.
fn vector_file(name: &str) -> Option<serde_json::Value> {
    let path = vectors()?.join(name);
    let text = std::fs::read_to_string(&path).ok()?;
    Some(serde_json::from_str(&text).expect("the file is JSON"))
}
