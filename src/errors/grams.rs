//! Which groups of four bytes a text has. Also compiled into the build script, which chooses for
//! each message the group by which it is looked for.

/// A table of bits, one for each hash of four neighbouring bytes.
///
/// Thousands of messages are looked for in one text; nearly all of them have a group that the
/// text has not, and need no search. Filling it is the one pass over the text.
pub(super) struct Grams(Vec<u64>);

/// 2^17 bits: 16 KB, enough that a text of 64 KB leaves most groups unset.
const BITS: u32 = 17;

impl Grams {
    pub(super) fn of(lower: &str) -> Self {
        let mut table = vec![0; 1 << (BITS - 6)];
        for hash in hashes(lower) {
            if let Some(word) = table.get_mut((hash >> 6) as usize) {
                *word |= 1 << (hash & 63);
            }
        }
        Self(table)
    }

    /// Whether the text may have a group with this hash; `false` is certain, `true` is not.
    pub(super) fn may_hold(&self, hash: u32) -> bool {
        self.0
            .get((hash >> 6) as usize)
            .is_some_and(|word| word & 1 << (hash & 63) != 0)
    }
}

/// The hash of each group of four neighbouring bytes.
pub(super) fn hashes(text: &str) -> impl Iterator<Item = u32> {
    text.as_bytes().windows(4).map(|group| {
        let group = <[u8; 4]>::try_from(group).map_or(0, u32::from_le_bytes);
        // Knuth's multiplicative hash; the high bits are the mixed ones.
        group.wrapping_mul(0x9E37_79B1) >> (32 - BITS)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_that_is_there_is_never_missed() {
        let text = "requestismissingrequiredauthenticationcredential.";
        let grams = Grams::of(text);
        assert!(hashes(text).all(|hash| grams.may_hold(hash)));
        assert!(!hashes("thetokenhasexpired").all(|hash| grams.may_hold(hash)));
    }
}
