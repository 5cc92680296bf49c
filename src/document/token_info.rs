//! What Google's tokeninfo endpoint says of a token: it did look it up.

use super::value::Tree;

/// A token, as Google described it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TokenInfo {
    pub(crate) email: Option<String>,
    /// Of an ID token the audience, of an access token the client it was issued to.
    pub(crate) audience: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) scopes: Vec<String>,
    /// Seconds since 1970.
    pub(crate) expires: Option<i64>,
    /// An ID token, else an access token; `None` when the endpoint refused it.
    pub(crate) is_id_token: Option<bool>,
    pub(crate) key_id: Option<String>,
    /// What the endpoint said when it did not take the token: expired, or none of Google's.
    pub(crate) refused: Option<String>,
}

/// Its numbers are texts, and it counts the seconds left; claims as a token holds them do not.
pub(crate) fn recognise(tree: &Tree) -> bool {
    if tree.has(&["access_token"]) || tree.has(&["id_token"]) {
        return false;
    }
    let of_access = tree.has(&["expires_in"])
        && (tree.has(&["scope"]) || tree.has(&["issued_to"]) || tree.has(&["audience"]));
    let of_id = tree.has(&["iss"])
        && tree.has(&["aud"])
        && tree.has(&["alg"])
        && tree.has(&["kid"])
        && tree.has(&["exp"]);
    of_access || of_id
}

/// The endpoint's refusal; only the command tells it from any other server's.
pub(crate) fn is_refusal(tree: &Tree) -> bool {
    tree.has(&["error"]) || tree.has(&["error_description"])
}

pub(crate) fn read(tree: &Tree) -> TokenInfo {
    let refused = tree
        .text(&["error_description"])
        .or_else(|| tree.text(&["error"]));
    TokenInfo {
        email: tree.text(&["email"]),
        audience: tree.text(&["aud"]).or_else(|| tree.text(&["audience"])),
        subject: tree.text(&["sub"]).or_else(|| tree.text(&["user_id"])),
        scopes: tree
            .text(&["scope"])
            .map(|scopes| scopes.split_whitespace().map(str::to_owned).collect())
            .unwrap_or_default(),
        expires: tree.text(&["exp"]).and_then(|seconds| seconds.parse().ok()),
        is_id_token: refused.is_none().then(|| tree.has(&["iss"])),
        key_id: tree.text(&["kid"]),
        refused,
    }
}
