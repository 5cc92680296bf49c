//! What is known, and from where: the names in a paste, each with its source.
//!
//! Causes, remedies and views never search text. Everything they use is found here, once.

mod known;
mod language;
mod named;
mod names;
pub(crate) mod proof;
mod spoken;

pub use known::{From, Known};
pub use named::{Entity, Named};
pub(crate) use spoken::Spoken;

use crate::credential::Credential;
use crate::errors::Hit;
use crate::fix::Language;

/// The language of the program that wrote the paste, where its traces tell.
pub(crate) fn language(text: &str) -> Option<Language> {
    language::spoken(text)
}

/// The names in what was pasted.
pub(crate) fn names(
    texts: &[(&str, From)],
    hits: &[(Hit, From)],
    credential: &Credential,
) -> Named {
    let mut named = Named::default();
    if let Some(email) = credential.email() {
        named.add(Entity::Account, &email, From::Token);
    }
    for (hit, from) in hits {
        for (hole, value) in &hit.holes {
            if let Some(entity) = Entity::named(hole) {
                named.add(entity, value, *from);
            }
        }
    }
    for (text, from) in texts {
        names::find(text, *from, &mut named);
    }
    named
}
