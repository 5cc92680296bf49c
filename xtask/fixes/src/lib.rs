//! Every fix that can be printed, for the tests that hold them against the real tools and for
//! the table docs/fixes.md.

mod scene;
mod table;

pub use scene::{Scene, grid, printed, scenes};
pub use table::page;

use std::path::PathBuf;

/// The root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
