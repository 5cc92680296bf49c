//! Complete programs to copy, one file per language.
//!
//! Each calls the names the library has in its current release (facts in the comments where a
//! name surprises). Values come in as double-quoted strings, which the allow-list keeps free of
//! quotes, backslashes and dollar signs.

mod dotnet;
mod go;
mod java;
mod node;
mod python;
mod rust;

use super::Language::{self, CSharp, Go, Java, JavaScript, Python, Rust};
use super::template::Template;

/// The same program in several languages.
pub(crate) type Programs = &'static [(Language, Template)];

/// Calls a service with an ID token made for it.
pub(crate) const CALL: Programs = &[
    (Python, python::CALL),
    (JavaScript, node::CALL),
    (Go, go::CALL),
    (Java, java::CALL),
    (CSharp, dotnet::CALL),
    (Rust, rust::CALL),
];

/// The same in Go alone.
pub(crate) const CALL_GO: Programs = &[(Go, go::CALL)];

/// Calls a Google API with an access token.
pub(crate) const CALL_API: Programs = &[
    (Python, python::CALL_API),
    (JavaScript, node::CALL_API),
    (Go, go::CALL_API),
    (Java, java::CALL_API),
    (CSharp, dotnet::CALL_API),
    (Rust, rust::CALL_API),
];

/// Calls a service with an ID token of an impersonated service account, e-mail included.
pub(crate) const IMPERSONATE: Programs = &[
    (Python, python::IMPERSONATE),
    (JavaScript, node::IMPERSONATE),
    (Go, go::IMPERSONATE),
    (Java, java::IMPERSONATE),
    (CSharp, dotnet::IMPERSONATE),
];

/// Calls an application behind IAP with a JWT that a service account signs.
pub(crate) const CALL_IAP: Programs = &[
    (Python, python::CALL_IAP),
    (JavaScript, node::CALL_IAP),
    (Go, go::CALL_IAP),
    (Java, java::CALL_IAP),
];

/// Checks a Google ID token in the application that receives it.
pub(crate) const RECEIVE: Programs = &[
    (Python, python::RECEIVE),
    (JavaScript, node::RECEIVE),
    (Go, go::RECEIVE),
    (Java, java::RECEIVE),
    (CSharp, dotnet::RECEIVE),
    (Rust, rust::RECEIVE),
];

/// Checks IAP's assertion in the application that receives it.
pub(crate) const RECEIVE_IAP: Programs = &[
    (Python, python::RECEIVE_IAP),
    (JavaScript, node::RECEIVE_IAP),
    (Go, go::RECEIVE_IAP),
    (Java, java::RECEIVE_IAP),
    (CSharp, dotnet::RECEIVE_IAP),
];

/// Sends a fresh Firebase ID token from a page.
pub(crate) const PAGE_FIREBASE: Programs = &[(JavaScript, node::PAGE_FIREBASE)];

/// Exchanges a Firebase custom token for an ID token in a page.
pub(crate) const PAGE_CUSTOM_TOKEN: Programs = &[(JavaScript, node::PAGE_CUSTOM_TOKEN)];

/// Calls a Google API from a page as its user.
pub(crate) const PAGE_API: Programs = &[(JavaScript, node::PAGE_API)];

/// Checks a Firebase ID token in the application that receives it.
pub(crate) const RECEIVE_FIREBASE: Programs = &[
    (Python, python::RECEIVE_FIREBASE),
    (JavaScript, node::RECEIVE_FIREBASE),
    (Go, go::RECEIVE_FIREBASE),
    (Java, java::RECEIVE_FIREBASE),
];

/// A public front: checks who the browser's user is and calls the private service itself.
pub(crate) const FRONT: Programs = &[(JavaScript, node::FRONT), (Python, python::FRONT)];

/// Enqueues a Cloud Task that carries an ID token.
pub(crate) const CREATE_TASK: Programs = &[
    (Python, python::CREATE_TASK),
    (JavaScript, node::CREATE_TASK),
    (Go, go::CREATE_TASK),
    (Java, java::CREATE_TASK),
];
