//! The real cases.
