//! What is known, and from where: the names in a paste, each with its source.
//!
//! Causes, remedies and views never search text. Everything they use is found here, once.

mod known;
mod language;
mod named;
mod names;
pub(crate) mod proof;
mod spoken;
mod words;

pub use known::{From, Known};
pub use named::{Entity, Named};
pub(crate) use spoken::Spoken;
pub(crate) use words::Mentions;
pub use words::Words;

use crate::credential::Credential;
use crate::document::LogEntry;
use crate::errors::Hit;
use crate::fix::Language;

/// The language of the program that wrote the paste, where its traces tell.
pub(crate) fn language(text: &str) -> Option<Language> {
    language::spoken(text)
}

/// The bucket in a URL of Cloud Storage: `/BUCKET/OBJECT`, `/storage/v1/b/BUCKET/…`.
pub(crate) fn bucket<'t>(host: &str, path: &'t str) -> Option<&'t str> {
    if host != "storage.googleapis.com" {
        return None;
    }
    let of_the_api = path.split_once("/storage/v1/b/").map(|(_, rest)| rest);
    let path = of_the_api.or_else(|| path.strip_prefix('/'))?;
    let bucket = path.split(['/', '?']).next()?;
    (!bucket.is_empty() && !["storage", "upload", "download", "batch"].contains(&bucket))
        .then_some(bucket)
}

/// The names in the judged entry of a log.
pub(crate) fn of_entry(entry: &LogEntry, from: From, named: &mut Named) {
    let names = [
        (Entity::Account, &entry.principal),
        (Entity::Service, &entry.service),
        (Entity::Region, &entry.region),
        (Entity::Project, &entry.project),
        (Entity::Resource, &entry.resource),
        (Entity::Api, &entry.api),
        (Entity::Method, &entry.method),
        (Entity::Job, &entry.job),
    ];
    for (entity, name) in names {
        if let Some(name) = name {
            named.add(entity, name, from);
        }
    }
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
