//! What a credential is: an opaque Google token by its prefix, a JWT by its issuer and
//! claims, a key file by its members. Nothing here checks a signature.

mod access;
mod audience;
mod base64url;
mod claims;
mod client_id;
mod document;
mod identity;
mod issuer;
mod json_form;
mod jwt;
mod keyfile;
mod kind;
mod numeric_date;
mod oddities;
mod opaque;
mod placeholder;
mod redacted;
mod shown;
mod signature;

pub use audience::Audience;
pub use claims::explain;
pub use client_id::{ADC_CLIENT_ID, GCLOUD_CLIENT_ID, is_oauth_client_id};
pub use identity::{Identity, IdentityKind};
pub use jwt::{Jwt, MAX_DISCLOSURES};
pub use kind::Kind;
pub use numeric_date::{NumericDate, Oddity};
pub use signature::Signature;

use crate::text::shorten_all;

/// A credential, identified.
///
/// It never holds a signature, an opaque token beyond its prefix, or a key.
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_structs)]
pub struct Credential {
    /// What it is.
    pub kind: Kind,
    /// What it is in words a person reads, with whose it is where the shape tells:
    /// "Google ID token of a service account".
    pub label: String,
    /// What may be shown of an opaque credential: its prefix, at most 8 characters.
    pub prefix: String,
    /// The length of the credential, in characters.
    pub length: usize,
    /// The parts of a JWT, or of what wants to be one.
    pub jwt: Option<Jwt>,
    /// The account a key file or configuration names: a service account's e-mail.
    pub account: Option<String>,
    /// The id of the key in a key file, which is no secret.
    pub key_id: Option<String>,
    /// What an SD-JWT discloses, one JSON text each.
    pub disclosures: Vec<String>,
    /// What a reader should know of its shape, one sentence each.
    pub notes: Vec<String>,
    /// Somebody hid it before pasting (`[REDACTED]`): one was sent, and nothing is known of it.
    pub hidden: bool,
    /// It is a long-lived secret (key, refresh token, client secret): warn loudly.
    pub long_lived_secret: bool,
}

/// Says what `text` is. `scheme` is the word that stood before it in a header.
///
/// `text` is a credential as [`read`](crate::read) cleans it: no scheme, quotes or line breaks.
#[must_use]
pub fn identify(text: &str, scheme: Option<&str>) -> Credential {
    let text = text.trim();
    let mut credential = recognise(text, scheme);
    credential.length = text.chars().count();
    shorten_all(&mut credential.notes);
    credential
}

fn recognise(text: &str, scheme: Option<&str>) -> Credential {
    if text.is_empty() {
        return Credential::new(Kind::None, "Nothing");
    }
    // What has parts may have been hidden in part; the readers of those look.
    if !text.contains('.') && redacted::is_redacted(text) {
        return redacted::hidden("Credential that the paste hides");
    }
    opaque::by_scheme(scheme)
        .or_else(|| document::recognise(text))
        .or_else(|| opaque::recognise(text))
        .or_else(|| jwt::recognise(text))
        .or_else(|| placeholder::recognise(text))
        .unwrap_or_else(|| opaque::unknown(text))
}

/// Not inlined: each place would cost the page an allocation's code.
impl Credential {
    #[inline(never)]
    fn new(kind: Kind, label: impl Into<String>) -> Self {
        Self {
            kind,
            label: label.into(),
            prefix: String::new(),
            length: 0,
            jwt: None,
            account: None,
            key_id: None,
            disclosures: Vec::new(),
            notes: Vec::new(),
            hidden: false,
            long_lived_secret: false,
        }
    }

    #[inline(never)]
    fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    const fn long_lived(mut self) -> Self {
        self.long_lived_secret = true;
        self
    }
}
