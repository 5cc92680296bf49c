//! What the program knows: tables, and the questions that are asked of them.

pub(crate) mod hosts;
pub(crate) mod role_permissions;
pub(crate) mod roles;
pub(crate) mod secrets;
