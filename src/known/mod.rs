//! What the program knows: tables, and nothing that decides.

pub(crate) mod secrets;
