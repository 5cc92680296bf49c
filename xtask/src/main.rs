//! The project's tasks: build, serve, test, accuracy, bench.
fn main() {}
