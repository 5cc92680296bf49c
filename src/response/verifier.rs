//! Verifiers inside the application, in words that no row of the catalogue has.

use super::Signal;

/// What a verifier refused, where no library is known that says it in these words: a sentence that
/// finds fault and names a part of the token.
pub(super) fn in_other_words(lower: &str) -> Option<Signal> {
    const FAULTS: &[&str] = &[
        "another",
        "bad",
        "doesn",
        "expected",
        "failed",
        "incorrect",
        "invalid",
        "mismatch",
        "missing",
        "must",
        "no",
        "not",
        "refused",
        "rejected",
        "unexpected",
        "wrong",
    ];
    const PARTS: &[(&[&str], Signal)] = &[
        (&["aud", "audience", "audiences"], Signal::VerifierAudience),
        (&["iss", "issuer", "issued"], Signal::VerifierIssuer),
        (&["nbf"], Signal::VerifierTooEarly),
        (&["signature"], Signal::VerifierSignature),
    ];
    const UNREADABLE: &[&str] = &["bad", "decode", "invalid", "malformed", "parse"];
    const ABSENT: &[&str] = &["absent", "missing", "no", "provided", "without"];
    const OF_A_TOKEN: &[&str] = &["aud", "claim", "iss", "jws", "jwt", "oidc", "token"];
    lower.split(['\n', ';']).find_map(|line| {
        let words: Vec<&str> = line
            .split(|char: char| !char.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
        // Certificates have issuers and signatures too.
        if !has(FAULTS) || !has(OF_A_TOKEN) || has(&["certificate", "ssl", "tls", "x509"]) {
            return None;
        }
        let part = PARTS.iter().find(|(names, _)| has(names));
        match part {
            Some((_, signal)) => Some(*signal),
            None if !has(&["jws", "jwt"]) => None,
            None if has(ABSENT) => Some(Signal::VerifierMissing),
            None => has(UNREADABLE).then_some(Signal::VerifierNotJwt),
        }
    })
}
