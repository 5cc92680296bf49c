//! The audiences that a verifier's error names.

use crate::conceal;
use crate::text::cut;

/// The audience a verifier says it wants: `expected value (X)` of IAP, `Expected "X"` of
/// Firebase, `expected one of ['X']` of Python, and those of Go's, Microsoft's and Node's libraries.
pub(crate) fn expected(text: &str) -> Option<String> {
    between(
        text,
        &[
            ("match expected value (", ")"),
            (FIREBASE, "\""),
            ("oidc: expected audience \"", "\""),
            ("ValidAudience: '", "'"),
            ("jwt audience invalid. expected: ", "\n"),
        ],
    )
    // Of an issuer the same is said.
    .or_else(|| {
        between(
            cut(text, "wrong audience ")?.1,
            &[(", expected one of [", "]")],
        )
    })
}

/// The audience it says it got.
pub(crate) fn sent(text: &str) -> Option<String> {
    between(
        text,
        &[
            ("'aud' claim (", ")"),
            ("\" but got \"", "\""),
            ("Token has wrong audience ", ", expected"),
            ("\" got [\"", "\""),
            ("Audiences: '", "'"),
            ("error_description=\"The audience '", "'"),
        ],
    )
}

/// The project whose sign-ins a Firebase verifier wants; it takes no other issuer's tokens.
pub(crate) fn firebase_project(text: &str) -> Option<String> {
    between(text, &[(FIREBASE, "\"")])
}

const FIREBASE: &str = "(audience) claim. Expected \"";

/// The first value that stands in one of these frames, without its quotes.
fn between(text: &str, frames: &[(&str, &str)]) -> Option<String> {
    frames.iter().find_map(|(before, after)| {
        let (_, rest) = cut(text, before)?;
        // A line's end is the end of the text as well.
        let value = match cut(rest, after) {
            Some((value, _)) => value,
            None if *after == "\n" => rest,
            None => return None,
        };
        let value = value.split(',').next()?.trim().trim_matches(['\'', '"']);
        (!value.is_empty() && value.len() <= 300).then(|| conceal::text(value).into_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_audiences_are_read() {
        for (text, got, wants) in [
            (
                "JWT audience doesn't match this application ('aud' claim (https://a.example/) doesn't match expected value (1-x.apps.googleusercontent.com))",
                "https://a.example/",
                "1-x.apps.googleusercontent.com",
            ),
            (
                "Firebase ID token has incorrect \"aud\" (audience) claim. Expected \"shop\" but got \"https://a.example\".",
                "https://a.example",
                "shop",
            ),
            (
                "oidc: expected audience \"https://b.example\" got [\"https://a.example\"]",
                "https://a.example",
                "https://b.example",
            ),
            (
                "IDX10214: Audience validation failed. Audiences: 'a'. Did not match: validationParameters.ValidAudience: 'b' or",
                "a",
                "b",
            ),
            (
                "ValueError: Token has wrong audience https://a.example/, expected one of ['https://a.example', 'b']",
                "https://a.example/",
                "https://a.example",
            ),
        ] {
            assert_eq!(sent(text).as_deref(), Some(got));
            assert_eq!(expected(text).as_deref(), Some(wants));
            assert_eq!(firebase_project(text).is_some(), wants == "shop");
        }
        assert_eq!(
            expected("jwt audience invalid. expected: api").as_deref(),
            Some("api")
        );
        for text in ["Token has wrong audience", "expected one of []", ""] {
            assert_eq!((sent(text), expected(text)), (None, None), "{text}");
        }
    }
}
