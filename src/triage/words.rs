//! Whether a text holds one of the words that refusals are told with, in one pass.

/// The beginnings of the words, in lower case: together no more than 64 letters.
const WORDS: &[&[u8]] = &[
    b"deni", b"unau", b"forb", b"perm", b"401", b"403", b"erro", b"exce", b"fail", b"inva",
    b"expi", b"cred", b"toke", b"refu", b"jwt", b"audi", b"oau",
];

/// Whether the text may tell of a refusal. Errs towards yes.
pub(super) fn may_tell(text: &[u8]) -> bool {
    // Shift-And: a bit for each letter of each word, set where the text so far matches up to it.
    let mut state = 0_u64;
    for byte in text {
        let letters = LETTERS.get(usize::from(*byte)).copied().unwrap_or_default();
        state = (state << 1 | FIRST) & letters;
        if state & LAST != 0 {
            return true;
        }
    }
    false
}

/// The bits of the words' first letters.
const FIRST: u64 = bits().0;
/// The bits of their last letters.
const LAST: u64 = bits().1;

#[allow(clippy::indexing_slicing)] // Only run by the compiler.
const fn bits() -> (u64, u64) {
    let (mut first, mut last) = (0_u64, 0_u64);
    let mut bit = 0;
    let mut word = 0;
    while word < WORDS.len() {
        first |= 1 << bit;
        bit += WORDS[word].len();
        last |= 1 << (bit - 1);
        word += 1;
    }
    assert!(bit <= 64);
    (first, last)
}

/// The places of each letter, capitals as small ones.
#[allow(clippy::indexing_slicing)] // Only run by the compiler.
static LETTERS: [u64; 256] = {
    let mut letters = [0_u64; 256];
    let mut bit = 0;
    let mut word = 0;
    while word < WORDS.len() {
        let mut at = 0;
        while at < WORDS[word].len() {
            let letter = WORDS[word][at];
            letters[letter as usize] |= 1 << bit;
            letters[letter.to_ascii_uppercase() as usize] |= 1 << bit;
            bit += 1;
            at += 1;
        }
        word += 1;
    }
    letters
};

#[cfg(test)]
mod tests {
    use super::may_tell;

    #[test]
    fn words_are_found_in_any_case_and_nothing_else() {
        for text in [
            "PERMISSION_DENIED",
            "a 401",
            "xError",
            "jwt",
            "Unauthorized",
            "invalid_grant",
        ] {
            assert!(may_tell(text.as_bytes()), "{text}");
        }
        for text in ["", "all is well", "40 1", "per mission", "200 OK"] {
            assert!(!may_tell(text.as_bytes()), "{text}");
        }
    }
}
