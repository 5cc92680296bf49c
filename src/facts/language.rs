//! The language that the paste speaks, by its stack traces and files: its fixes come in that one.

use crate::fix::Language;

/// How much of a paste is looked at, in bytes.
const READ: usize = 16 * 1024;

/// The language of the program that wrote a text, where its traces tell.
pub(super) fn spoken(text: &str) -> Option<Language> {
    let text = text.get(..text.floor_char_boundary(READ)).unwrap_or(text);
    MARKS
        .iter()
        .find(|(_, marks)| marks.iter().any(|mark| text.contains(mark)))
        .map(|(language, _)| *language)
}

const MARKS: &[(Language, &[&str])] = &[
    (
        Language::Hcl,
        &[
            "│ Error:",
            ".tf line ",
            "terraform apply",
            "registry.terraform.io/",
        ],
    ),
    (
        Language::Python,
        &[
            "Traceback (most recent call last)",
            ".py\", line ",
            "google.auth.exceptions.",
            "site-packages/",
        ],
    ),
    (
        Language::Java,
        &[
            "\tat com.google.",
            "Caused by: java.",
            "Caused by: com.",
            ".java:",
            "Exception in thread \"",
        ],
    ),
    (
        Language::JavaScript,
        &[
            "node_modules/",
            "at process.processTicksAndRejections",
            "GaxiosError",
            "at async ",
        ],
    ),
    (
        Language::CSharp,
        &[
            ".cs:line ",
            "Google.Apis.",
            "System.Net.Http.",
            "Unhandled exception. ",
        ],
    ),
    (
        Language::Rust,
        &[
            "thread 'main' panicked",
            "RUST_BACKTRACE",
            ".rs:",
            "google_cloud_auth",
        ],
    ),
    (
        Language::Go,
        &[
            "goroutine ",
            ".go:",
            "rpc error: code = ",
            "oauth2: cannot fetch token",
            "googleapi: Error ",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_tells_its_language() {
        for (text, language) in [
            (
                "Traceback (most recent call last):\n  File \"a.py\", line 3",
                Some(Language::Python),
            ),
            ("googleapi: Error 403: no", Some(Language::Go)),
            ("│ Error: Error 403", Some(Language::Hcl)),
            (
                "  at async GoogleAuth.request (node_modules/x)",
                Some(Language::JavaScript),
            ),
            ("401 Unauthorized", None),
        ] {
            assert_eq!(spoken(text), language, "{text}");
        }
    }
}
