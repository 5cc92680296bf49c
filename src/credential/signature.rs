//! What stands in the third part of a JWT. Its bytes are looked at, never kept.

use super::base64url::scan;
use super::redacted::is_part_hidden;

/// What stands in the third segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signature {
    /// Bytes of a plausible length for the header's `alg`, not checked.
    Present {
        /// Decoded length in bytes.
        bytes: usize,
    },
    /// Bytes of a length the `alg` cannot have, so some are missing or added.
    WrongLength {
        /// Decoded length in bytes.
        bytes: usize,
        /// What the `alg` needs, in bytes; the least when keys differ in size.
        expected: usize,
    },
    /// Text that is not base64url.
    Undecodable,
    /// The literal `SIGNATURE_REMOVED_BY_GOOGLE`.
    RemovedByGoogle,
    /// Hidden before it was pasted (`[REDACTED]`): what was sent is not known.
    Hidden,
    /// An empty third segment.
    Empty,
    /// No third segment at all.
    Missing,
}

/// What Cloud Run puts in place of a signature before the container sees the token.
pub(super) const REMOVED: &str = "SIGNATURE_REMOVED_BY_GOOGLE";

impl Signature {
    pub(super) fn read(part: Option<&str>, alg: Option<&str>) -> Self {
        let Some(part) = part else {
            return Self::Missing;
        };
        if part.is_empty() {
            return Self::Empty;
        }
        if part == REMOVED {
            return Self::RemovedByGoogle;
        }
        if is_part_hidden(part) {
            return Self::Hidden;
        }
        let scan = scan(part);
        if scan.fault.is_some() {
            return Self::Undecodable;
        }
        let bytes = scan.bytes();
        match alg.map_or(ANY, lengths) {
            [] => Self::Present { bytes },
            plausible if plausible.contains(&bytes) => Self::Present { bytes },
            [expected, ..] => Self::WrongLength {
                bytes,
                expected: *expected,
            },
        }
    }

    /// How many bytes are missing at the end at least: told only of RSA signatures, which are
    /// never shorter than 256 bytes where Google or RFC 7518 has a say.
    #[must_use]
    pub const fn bytes_missing(self) -> Option<usize> {
        match self {
            Self::WrongLength {
                bytes,
                expected: RSA_2048,
            } if bytes < RSA_2048 => Some(RSA_2048.saturating_sub(bytes)),
            _ => None,
        }
    }
}

const RSA_2048: usize = 256;
const ANY: &[usize] = &[];

/// The lengths a signature of this `alg` can have, in bytes (RFC 7518, RFC 8037, RFC 8812).
fn lengths(alg: &str) -> &'static [usize] {
    match alg {
        "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" => &[RSA_2048, 384, 512, 1024],
        "ES256" | "ES256K" | "HS512" => &[64],
        "ES384" => &[96],
        "ES512" => &[132],
        "HS256" => &[32],
        "HS384" => &[48],
        "EdDSA" => &[64, 114],
        _ => ANY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: usize, alg: &str) -> Signature {
        let part = "A".repeat((bytes * 4).div_ceil(3));
        Signature::read(Some(&part), Some(alg))
    }

    #[test]
    fn lengths_by_alg() {
        for (alg, bytes) in [
            ("RS256", 256),
            ("RS256", 384),
            ("PS512", 512),
            ("ES256", 64),
            ("ES384", 96),
            ("ES512", 132),
            ("HS256", 32),
            ("EdDSA", 64),
            ("XYZ", 7),
        ] {
            assert_eq!(of(bytes, alg), Signature::Present { bytes }, "{alg}");
        }
        let short = of(128, "RS256");
        assert_eq!(
            short,
            Signature::WrongLength {
                bytes: 128,
                expected: 256
            }
        );
        assert_eq!(short.bytes_missing(), Some(128));
        assert_eq!(of(70, "ES256").bytes_missing(), None);
        assert_eq!(of(300, "RS256").bytes_missing(), None);
    }

    #[test]
    fn other_things() {
        let read = |part| Signature::read(part, Some("RS256"));
        assert_eq!(read(None), Signature::Missing);
        assert_eq!(read(Some("")), Signature::Empty);
        assert_eq!(read(Some(REMOVED)), Signature::RemovedByGoogle);
        assert_eq!(read(Some("not*base64")), Signature::Undecodable);
        assert_eq!(read(Some("AAAAA")), Signature::Undecodable);
        assert_eq!(
            Signature::read(Some("AAAA"), None),
            Signature::Present { bytes: 3 }
        );
    }
}
