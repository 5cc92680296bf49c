//! How a job, task, subscription or workflow calls: where to, with which token, as whom.

use super::resource::email;
use super::value::{End, Tree, Value};

/// A call that a Google service makes for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Call {
    pub(crate) url: Option<String>,
    pub(crate) method: Option<String>,
    /// `None` where the document does not tell.
    pub(crate) token: Option<Token>,
    /// An `Authorization` header is set by hand.
    pub(crate) own_header: bool,
}

/// Which token is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// None: the document shows that none is set.
    Missing,
    /// An ID token. Without an audience the call's URL is taken, by Pub/Sub its endpoint.
    Id {
        account: Option<String>,
        audience: Option<String>,
    },
    /// An access token.
    Access {
        account: Option<String>,
        scope: Option<String>,
    },
}

impl Call {
    /// Reads the map that holds `oidcToken` or `oauthToken`.
    pub(crate) fn read(tree: &Tree, at: &str, url: &str, settled: bool) -> Self {
        let text = |path: &[&str]| {
            let mut whole = vec![at];
            whole.extend_from_slice(path);
            tree.text(&whole)
        };
        let has = |name: &str| {
            tree.at(&[at, name])
                .is_some_and(|value| *value != Value::Null)
        };
        let account = |token: &str| text(&[token, "serviceAccountEmail"]).map(|name| email(&name));
        let named = |token: &str| has(token) || tree.flat && tree.has(&[at, token]);
        let token = if named("oidcToken") {
            Some(Token::Id {
                account: account("oidcToken"),
                audience: text(&["oidcToken", "audience"]),
            })
        } else if named("oauthToken") {
            Some(Token::Access {
                account: account("oauthToken"),
                scope: text(&["oauthToken", "scope"]),
            })
        // Of a document that breaks off, what stands before the break may not be all of the call.
        } else if settled && tree.end != End::Cut || tree.tells(&[at, "oidcToken"]) {
            Some(Token::Missing)
        } else {
            None
        };
        let headers = tree
            .at(&[at, "headers"])
            .or_else(|| tree.at(&[at, "httpHeaders"]));
        Self {
            url: text(&[url]),
            method: text(&["httpMethod"]),
            token,
            own_header: headers
                .map(Value::entries)
                .unwrap_or_default()
                .iter()
                .any(|(name, _)| name.eq_ignore_ascii_case("authorization")),
        }
    }
}
