//! What the program knows.

pub(crate) mod role_permissions;
