//! Runs the crate's wasm tests.
fn main() {}
