//! why401 tells why a Google Cloud service refused a request, and what to run to fix it.
//!
//! [`diagnose`] is the whole of it: [`Input`] in, [`Report`] out.
//!
//! ```text
//! Input ─read─▶ Exhibits ─identify─▶ Evidence ─examine each cause─▶ Findings ─rank─▶ Report
//! ```
//!
//! Invariants, each with its test:
//! - The core is pure and total: no clock, no I/O, no panic; the same input gives the same report.
//! - No signature is checked, and no sentence says or suggests that one was.
//! - A report never holds a signature, an opaque token beyond its prefix, or a key (`conceal`).
//! - Pasted text becomes text: never markup, never an unquoted part of a command.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

pub mod causes;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod conceal;
pub mod credential;
// Not all that a document tells is used yet.
#[allow(dead_code, unused_imports)]
mod document;
#[doc(hidden)]
pub mod errors;
pub mod evidence;
pub mod facts;
pub mod fix;
pub mod input;
pub mod json;
#[allow(dead_code)]
mod known;
pub mod read;
pub mod report;
pub mod response;
pub mod target;
mod text;
pub mod time;
#[cfg(feature = "triage")]
#[doc(hidden)]
pub mod triage;
pub mod variants;
pub mod view;
pub mod visible;
#[cfg(target_arch = "wasm32")]
pub mod web;

pub use fix::{Shell, collect};
pub use input::{Caller, Input, Preset};
pub use report::Report;

/// Tells why the request was refused, and what to run.
///
/// Total: whatever the input holds, there is a report, and its first cause is the verdict.
#[must_use]
pub fn diagnose(input: &Input) -> Report<'_> {
    #[cfg(test)]
    DIAGNOSES.with(|count| count.set(count.get() + 1));
    report::rank(evidence::Evidence::gather(input))
}

#[cfg(test)]
thread_local! {
    static DIAGNOSES: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// How many diagnoses this thread has made: a key press may cost two.
#[cfg(test)]
pub(crate) fn diagnoses() -> usize {
    DIAGNOSES.with(std::cell::Cell::get)
}
