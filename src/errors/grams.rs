//! Which groups of four bytes a text has.

/// A table of bits, one for each hash of four neighbouring bytes.
///
/// Thousands of messages are looked for in one text; nearly all of them have a group that the
/// text has not, and need no search. Filling it is the one pass over the text.
pub(super) struct Grams(Vec<u64>);

/// 2^16 bits: 8 KB, enough that a text of 64 KB leaves most groups unset.
const BITS: u32 = 17;

impl Grams {
    pub(super) fn of(lower: &str) -> Self {
        let mut table = vec![0; 1 << (BITS - 6)];
        for (word, bit) in places(lower) {
            if let Some(word) = table.get_mut(word) {
                *word |= bit;
            }
        }
        Self(table)
    }

    /// Whether all groups of the phrase are there; `false` is certain, `true` is not.
    pub(super) fn may_hold(&self, phrase: &str) -> bool {
        places(phrase).all(|(word, bit)| self.0.get(word).is_some_and(|word| word & bit != 0))
    }
}

fn places(text: &str) -> impl Iterator<Item = (usize, u64)> {
    text.as_bytes().windows(4).map(|group| {
        let group = <[u8; 4]>::try_from(group).map_or(0, u32::from_le_bytes);
        // Knuth's multiplicative hash; the high bits are the mixed ones.
        let hash = group.wrapping_mul(0x9E37_79B1) >> (32 - BITS);
        ((hash >> 6) as usize, 1 << (hash & 63))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_that_is_there_is_never_missed() {
        let text = "requestismissingrequiredauthenticationcredential.";
        let grams = Grams::of(text);
        for from in 0..text.len() {
            for to in from..=text.len() {
                assert!(grams.may_hold(&text[from..to]));
            }
        }
        assert!(!grams.may_hold("thetokenhasexpired"));
    }
}
