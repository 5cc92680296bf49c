//! Switching an API on.

use super::Fix;
use super::draft::Draft;
use super::fill::Fill;

/// Lets the project use the API that was called.
pub(crate) fn api(fill: &Fill) -> Fix {
    Draft::changes(fill, "Switch API_NAME on in PROJECT_ID")
        .caution("Use the project that the answer names; with a quota project (`X-Goog-User-Project`) it is that one. It takes some minutes to count.")
        .sh(&["gcloud services enable", "API_NAME", "--project=PROJECT_ID"])
        .done()
}
