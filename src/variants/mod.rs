//! Sub-causes: what exactly is wrong, in one sentence, and the one remedy for it.
//!
//! A cause says at which gate a request stopped; its variants say why, each with its own remedy.
//! Two messages share a variant exactly when the same remedy mends them. One file per family.

mod adc;
mod ci;
mod impersonation;
mod keys;
mod login;
mod metadata;
mod pending;
#[cfg(test)]
mod tests;
mod tokens;
mod verifier;

use crate::facts::{Entity, Named};
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, callers, verify};
use crate::visible::in_code;

/// A sub-cause.
#[derive(Debug)]
pub(crate) struct Variant {
    /// The public id: `wif-attribute-condition`.
    pub(crate) id: &'static str,
    /// The id of its cause.
    pub(crate) cause: &'static str,
    /// One sentence, with names in braces and what stands where they are not known:
    /// `{permission|a permission} is missing`. A known name gets its backquotes here.
    pub(crate) says: &'static str,
    /// Why, in one sentence with the same braces; may be empty.
    pub(crate) why: &'static str,
    /// What mends it.
    pub(crate) remedy: fn(&Fill) -> Remedy,
}

/// Every family's variants.
const FAMILIES: &[&[Variant]] = &[
    adc::VARIANTS,
    ci::VARIANTS,
    impersonation::VARIANTS,
    keys::VARIANTS,
    login::VARIANTS,
    metadata::VARIANTS,
    tokens::VARIANTS,
    verifier::VARIANTS,
    pending::VARIANTS,
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

/// Every variant.
pub(crate) fn all() -> impl Iterator<Item = &'static Variant> {
    FAMILIES.iter().copied().flatten()
}

/// The variant with this id.
pub(crate) fn named(id: &str) -> Option<&'static Variant> {
    all().find(|variant| variant.id == id)
}

/// The remedy of every variant for this evidence, whether or not it shows the variant.
pub(crate) fn remedies(fill: &Fill) -> impl Iterator<Item = (&'static str, Remedy)> {
    all().map(move |variant| (variant.id, (variant.remedy)(fill)))
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
