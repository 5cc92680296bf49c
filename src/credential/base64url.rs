//! One part of a compact token, decoded as far as it goes.
//!
//! Servers read base64url strictly (RFC 7515 section 2: no padding, no line breaks). Here a
//! part is read leniently, and what was mended is told.

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::text::{is_base64url, run};

/// What a part holds before it is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scan<'a> {
    /// The part without padding, up to the first character that is not of the alphabet.
    text: &'a str,
    /// `+` or `/` stands in it: the alphabet of plain base64.
    pub(super) standard: bool,
    /// It ends in `=`.
    pub(super) padded: bool,
    /// Why it is not base64url.
    pub(super) fault: Option<Fault>,
}

/// Why a part cannot be decoded whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A character outside the alphabet; `at` counts characters from 1.
    Character {
        /// Where it stands.
        at: usize,
        /// The character.
        found: char,
    },
    /// A length that no bytes encode to: 1 more than a multiple of 4.
    Length {
        /// The length, padding not counted.
        characters: usize,
    },
}

/// Looks through a part without decoding it.
pub(super) fn scan(part: &str) -> Scan<'_> {
    let trimmed = part.trim_end_matches('=');
    let bytes = trimmed.as_bytes();
    let mut end = run(bytes, is_base64url);
    let standard = matches!(bytes.get(end), Some(b'+' | b'/'));
    if standard {
        end = run(bytes, |byte| {
            is_base64url(byte) || matches!(byte, b'+' | b'/')
        });
    }
    // All before `end` is ASCII, so bytes are characters there.
    let text = trimmed.get(..end).unwrap_or_default();
    let found = trimmed.get(end..).and_then(|rest| rest.chars().next());
    let fault = match found {
        Some(found) => Some(Fault::Character {
            at: end.saturating_add(1),
            found,
        }),
        None if text.len() % 4 == 1 => Some(Fault::Length {
            characters: text.len(),
        }),
        None => None,
    };
    Scan {
        text,
        standard,
        padded: trimmed.len() < part.len(),
        fault,
    }
}

impl Scan<'_> {
    /// The decoded length in bytes of what can be decoded.
    pub(super) const fn bytes(&self) -> usize {
        self.text.len().saturating_mul(3) / 4
    }

    /// The bytes, as far as they can be decoded.
    pub(super) fn decode(&self) -> Vec<u8> {
        let text = if self.text.len() % 4 == 1 {
            let whole = self.text.len().saturating_sub(1);
            self.text.get(..whole).unwrap_or_default()
        } else {
            self.text
        };
        let bytes = if self.standard {
            LENIENT.decode(text.replace('+', "-").replace('/', "_"))
        } else {
            LENIENT.decode(text)
        };
        // The scan leaves nothing that could fail.
        bytes.unwrap_or_default()
    }

    /// Only zero bits.
    pub(super) fn is_zero(&self) -> bool {
        !self.text.is_empty() && self.text.bytes().all(|byte| byte == b'A')
    }
}

impl Fault {
    /// The sentence about a part of this name ("header").
    pub(super) fn sentence(self, part: &str) -> String {
        match self {
            Self::Character { at, found } => format!(
                "The {part} is not base64url: {} stands at character {at}.",
                crate::visible::quoted(found.encode_utf8(&mut [0; 4]))
            ),
            Self::Length { characters } => {
                let plural = if characters == 1 { "" } else { "s" };
                format!(
                    "The {part} has {characters} character{plural}, a length that cannot be base64url: characters were lost."
                )
            }
        }
    }
}

/// Unused bits at the end may be set: decoders differ there, and it is not ours to judge.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_alphabets_and_padding_are_read() {
        for text in ["-_-_", "+/+/", "+/-_"] {
            assert_eq!(scan(text).decode(), [0xFB, 0xFF, 0xBF], "{text}");
            assert_eq!(scan(text).fault, None);
        }
        assert!(scan("+/+/").standard && !scan("-_-_").standard);
        let padded = scan("Zg==");
        assert_eq!(padded.decode(), b"f");
        assert!(padded.padded);
        assert_eq!(scan("").decode(), b"");
    }

    #[test]
    fn what_comes_before_the_fault_is_decoded() {
        let cut = scan("Zm9v*mFy");
        assert_eq!(cut.decode(), b"foo");
        assert_eq!(
            cut.fault.map(|fault| fault.sentence("payload")),
            Some("The payload is not base64url: `*` stands at character 5.".into())
        );
        let lost = scan("Zm9vY");
        assert_eq!(lost.decode(), b"foo");
        assert_eq!(lost.fault, Some(Fault::Length { characters: 5 }));
        assert_eq!(scan("Zm9vé").fault.map(|_| ()), Some(()));
        assert_eq!(scan("Zg").decode(), b"f");
        assert_eq!(scan("Zh").decode(), b"f");
    }

    #[test]
    fn the_length_is_told_without_decoding() {
        for text in ["", "Zg", "Zm8", "Zm9v", "Zm9vYg", "Zm9vY", "Zm9v*"] {
            assert_eq!(scan(text).bytes(), scan(text).decode().len(), "{text}");
        }
    }
}
