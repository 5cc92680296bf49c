//! What the tests of fixes share.
#![allow(dead_code, missing_docs, unreachable_pub)]

pub mod gcloud;
pub mod shell;
pub mod stub;
