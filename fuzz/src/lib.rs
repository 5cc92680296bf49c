//! What the fuzz targets share: how bytes become an input, and what must hold of its report.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use corpus::invariants;
use why401::Input;

/// The largest report, in bytes, for an input of at most 64 KiB.
const LARGEST: usize = 1 << 20;

/// The header of every token made here.
const HEADER: &str = r#"{"alg":"RS256","kid":"0badc0de5eed0badc0de5eed0badc0de5eed0bad","typ":"JWT"}"#;

/// An input that tells only the time of the cases.
pub fn input() -> Input {
    Input::at(corpus::NOW)
}

/// The fuzzer's bytes as text: whatever is no UTF-8 becomes U+FFFD, as it does on stdin.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The lines of the fuzzer's text, one for each field; the missing ones are empty.
pub fn fields<const N: usize>(bytes: &[u8]) -> [String; N] {
    let text = text(bytes);
    let mut lines = text.splitn(N, '\n').map(str::to_owned);
    std::array::from_fn(|_| lines.next().unwrap_or_default())
}

/// A token with this claims set, whose signature has the length of a real one.
pub fn token(claims: &[u8]) -> String {
    let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    format!(
        "{}.{}.{}",
        encode(HEADER.as_bytes()),
        encode(claims),
        encode(&[0x5A; 256])
    )
}

/// A JSON string with this value.
pub fn quoted(value: &str) -> String {
    let mut json = String::from("\"");
    for char in value.chars() {
        match char {
            '"' | '\\' => json.extend(['\\', char]),
            '\0'..='\u{1F}' => json.push_str(&format!("\\u{:04x}", u32::from(char))),
            char => json.push(char),
        }
    }
    json.push('"');
    json
}

/// Diagnoses the input and panics with every rule that its report breaks.
pub fn check(input: &Input) {
    let report = why401::diagnose(input);
    let copies = invariants::copies(&report);
    let broken = invariants::broken(&report, &copies);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    for (form, copy) in copies {
        assert!(copy.len() <= LARGEST, "the {form} has {} bytes", copy.len());
    }
}
