//! Sub-causes: what exactly is wrong, in one sentence, and the one remedy for it.
//!
//! A cause says at which gate a request stopped; its variants say why, each with its own remedy.
//! Two messages share a variant exactly when the same remedy mends them. One file per family.

mod accounts;
mod adc;
mod browser;
mod ci;
mod claims;
mod condition;
mod consumer;
mod iap;
mod impersonation;
mod keys;
mod login;
mod metadata;
mod network;
mod policies;
mod resources;
mod rest;
mod roles;
mod run_access;
mod scopes;
mod senders;
#[cfg(test)]
mod tests;
mod tokens;
mod url;
mod verifier;
mod wif;
mod wif_file;

use crate::evidence::Evidence;
use crate::facts::{Entity, Named};
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, callers, verify};
use crate::visible::in_code;

/// A sub-cause.
#[derive(Debug)]
#[non_exhaustive]
pub struct Variant {
    /// The public id: `wif-attribute-condition`.
    pub id: &'static str,
    /// The id of its cause.
    pub cause: &'static str,
    /// One sentence, with names in braces and what stands where they are not known:
    /// `{permission|a permission} is missing`. A known name gets its backquotes here.
    pub(crate) says: &'static str,
    /// Why, in one sentence with the same braces; may be empty.
    pub(crate) why: &'static str,
    /// What mends it.
    pub(crate) remedy: Mend,
}

/// Every family's variants.
const FAMILIES: &[&[Variant]] = &[
    accounts::VARIANTS,
    adc::VARIANTS,
    browser::VARIANTS,
    ci::VARIANTS,
    claims::VARIANTS,
    condition::VARIANTS,
    consumer::VARIANTS,
    iap::VARIANTS,
    impersonation::VARIANTS,
    keys::VARIANTS,
    login::VARIANTS,
    metadata::VARIANTS,
    network::VARIANTS,
    policies::VARIANTS,
    resources::VARIANTS,
    rest::VARIANTS,
    roles::VARIANTS,
    run_access::VARIANTS,
    scopes::VARIANTS,
    senders::VARIANTS,
    tokens::VARIANTS,
    url::VARIANTS,
    verifier::VARIANTS,
    wif::VARIANTS,
    wif_file::VARIANTS,
];

/// Writes what mends it in one situation.
type Mend = fn(&Fill) -> Remedy;

/// Which variant of a cause is meant where nothing tells: by the causes' ids.
const USUAL: &[(&str, &str)] = &[
    ("iam-binding-missing", "run-invoker-missing"),
    ("ingress-blocked", "ingress-internal"),
    (MINT, "token-not-made"),
    ("wrong-identity", "invoker-granted-to-other-account"),
    ("wrong-url", "url-not-found"),
];

/// A short text as a template.
macro_rules! told {
    ($text:expr) => {{
        const TEXT: crate::fix::template::Template = crate::fix::template::Template::new($text);
        TEXT
    }};
}
use told;

/// A fresh token, made as this caller makes one; then how to see that it works.
fn fresh(fill: &Fill) -> Remedy {
    let mut fixes = callers::fresh(fill).into_iter();
    let Some(first) = fixes.next() else {
        return Remedy::default();
    };
    fixes
        .fold(Remedy::change(first), |remedy, other| remedy.or("", other))
        .verify(verify::again(fill))
}

/// A change, then how to see that it works.
fn fresh_beside(change: Fix, fill: &Fill) -> Remedy {
    Remedy::change(change).verify(verify::again(fill))
}

/// The cause of most of them.
const MINT: &str = "token-generation-failed";

impl Variant {
    /// The sentence as it is told when no name is known.
    #[must_use]
    pub fn sentence(&self) -> String {
        fill(self.says, &Named::default())
    }

    /// What mends it in this situation, whether or not the situation shows it.
    #[must_use]
    pub fn remedy(&self, evidence: &Evidence<'_>) -> Remedy {
        (self.remedy)(evidence.fill())
    }
}

/// What mends each variant in this situation, whether or not the situation shows it: for the tests
/// that hold every printed command against the real tools.
#[doc(hidden)]
#[must_use]
pub fn remedies(evidence: &Evidence<'_>) -> Vec<(&'static str, Remedy)> {
    let fill = evidence.fill();
    all()
        .map(|variant| (variant.id, (variant.remedy)(fill)))
        .collect()
}

/// The variant of a cause where nothing tells which one. Empty where every finding of the cause
/// names one.
pub(crate) fn usual(cause: &str) -> &'static str {
    USUAL
        .iter()
        .find(|(id, _)| *id == cause)
        .map_or("", |(_, variant)| variant)
}

/// Every variant.
pub fn all() -> impl Iterator<Item = &'static Variant> {
    FAMILIES.iter().copied().flatten()
}

/// The variant with this id.
pub(crate) fn named(id: &str) -> Option<&'static Variant> {
    all().find(|variant| variant.id == id)
}

/// A sentence with its names filled in.
pub(crate) fn fill(sentence: &str, named: &Named) -> String {
    let mut out = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((hole, after)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        let (name, otherwise) = hole.split_once('|').unwrap_or((hole, "it"));
        match Entity::named(name).and_then(|entity| named.text(entity)) {
            Some(value) => {
                out.push('`');
                out.push_str(&in_code(value));
                out.push('`');
            }
            None => out.push_str(otherwise),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}
