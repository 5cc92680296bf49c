//! Keys that signatures are checked against: a JWK set, a map of certificates, a PEM.

use super::origin::Origin;
use super::value::{End, Tree, Value};

/// A set of public keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct KeySet {
    pub(crate) keys: Vec<Key>,
    /// All keys of the set are here.
    pub(crate) whole: bool,
    /// From where it was fetched.
    pub(crate) source: Option<String>,
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Key {
    /// The id that a token's header names as `kid`; a PEM has none.
    pub(crate) id: Option<String>,
    /// `RS256`, `ES256`
    pub(crate) algorithm: Option<String>,
    pub(crate) material: Material,
}

/// What a signature is checked with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Material {
    /// Modulus and exponent, base64url.
    Rsa { n: String, e: String },
    /// Curve and coordinates, base64url.
    Ec { curve: String, x: String, y: String },
    /// `-----BEGIN PUBLIC KEY-----` or `-----BEGIN CERTIFICATE-----`, whole.
    Pem(String),
    /// Cut, or of a type that is not checked here.
    #[default]
    Unknown,
}

pub(crate) fn recognise(tree: &Tree) -> bool {
    let is_set = tree.at(&["keys"]).is_some_and(|keys| {
        keys.items()
            .iter()
            .any(|key| key.get("kty").is_some() || key.get("kid").is_some())
    });
    let entries = tree.value.entries();
    is_set
        || is_jwk(&tree.value)
        || !entries.is_empty()
            && entries.iter().all(|(_, value)| {
                value.as_text().is_some_and(|text| {
                    text.starts_with("-----BEGIN CERTIFICATE")
                        || text.starts_with("-----BEGIN PUBLIC KEY")
                })
            })
}

/// A single public JWK. One with a private part is a credential, not a document.
fn is_jwk(value: &Value) -> bool {
    value.get("kty").is_some()
        && (value.get("n").is_some() || value.get("x").is_some())
        && value.get("d").is_none()
}

pub(crate) fn read(tree: &Tree, origin: Option<&Origin>) -> KeySet {
    let keys = if is_jwk(&tree.value) {
        vec![jwk(&tree.value)]
    } else if let Some(keys) = tree.at(&["keys"]) {
        keys.items().iter().map(jwk).collect()
    } else {
        tree.value
            .entries()
            .iter()
            .map(|(id, value)| Key {
                id: Some(id.clone()),
                algorithm: None,
                material: Material::Pem(value.as_text().unwrap_or_default().to_owned()),
            })
            .collect()
    };
    KeySet {
        keys,
        whole: tree.end == End::Seen && !is_jwk(&tree.value),
        source: origin.and_then(|origin| {
            origin
                .command
                .split_whitespace()
                .map(|word| word.trim_matches(['"', '\'']))
                .find(|word| word.starts_with("https://"))
                .map(str::to_owned)
        }),
    }
}

fn jwk(value: &Value) -> Key {
    let text = |name: &str| value.text(&[name]).map(str::to_owned);
    let material = match value.text(&["kty"]) {
        Some("RSA") => match (text("n"), text("e")) {
            (Some(n), Some(e)) => Material::Rsa { n, e },
            _ => Material::Unknown,
        },
        Some("EC") => match (text("crv"), text("x"), text("y")) {
            (Some(curve), Some(x), Some(y)) => Material::Ec { curve, x, y },
            _ => Material::Unknown,
        },
        _ => Material::Unknown,
    };
    Key {
        id: text("kid"),
        algorithm: text("alg"),
        material,
    }
}

/// Whether a line begins a public key or certificate. A private key is a credential.
pub(crate) fn is_pem(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("-----BEGIN ") && (line.contains("PUBLIC KEY") || line.contains("CERTIFICATE"))
}

/// A PEM and how many lines it has.
pub(crate) fn pem<'t>(lines: impl Iterator<Item = &'t str>) -> (KeySet, usize, bool) {
    let mut text = String::new();
    let mut count = 0_usize;
    let mut closed = false;
    for line in lines {
        let line = line.trim();
        let is_body = line
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
        if !(line.starts_with("-----") || is_body && !line.is_empty()) {
            break;
        }
        count = count.saturating_add(1);
        text.push_str(line);
        text.push('\n');
        if line.starts_with("-----END ") {
            closed = true;
            break;
        }
    }
    let material = if closed {
        Material::Pem(text)
    } else {
        Material::Unknown
    };
    let keys = KeySet {
        keys: vec![Key {
            material,
            ..Key::default()
        }],
        whole: false,
        source: None,
    };
    (keys, count, closed)
}
