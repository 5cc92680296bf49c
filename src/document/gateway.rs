//! API Gateway: a config, a gateway, and the OpenAPI document.

use super::resource::{email, short};
use super::value::{Tree, Value};

/// What a description says of an API config or a gateway.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ApiConfig {
    pub(crate) name: Option<String>,
    /// The account that the gateway calls the backend with.
    pub(crate) account: Option<String>,
    /// Of a gateway: the config it serves.
    pub(crate) config: Option<String>,
    /// Of a gateway: its host.
    pub(crate) host: Option<String>,
    pub(crate) state: Option<String>,
}

pub(crate) fn recognise_config(tree: &Tree) -> bool {
    tree.has(&["gatewayServiceAccount"])
        || tree.has(&["apiConfig"])
        || tree.text(&["name"]).is_some_and(|name| {
            name.contains("/locations/")
                && (name.contains("/configs/") || name.contains("/gateways/"))
        })
}

pub(crate) fn config(tree: &mut Tree) -> ApiConfig {
    tree.close(tree.has(&["updateTime"]));
    ApiConfig {
        name: tree.text(&["name"]).map(|name| short(&name).to_owned()),
        account: tree
            .text(&["gatewayServiceAccount"])
            .map(|name| email(&name)),
        config: tree
            .text(&["apiConfig"])
            .map(|name| short(&name).to_owned()),
        host: tree.text(&["defaultHostname"]),
        state: tree.text(&["state"]),
    }
}

/// What an OpenAPI document says of who may call and what is called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct OpenApi {
    pub(crate) title: Option<String>,
    pub(crate) host: Option<String>,
    pub(crate) backends: Vec<ApiBackend>,
    pub(crate) schemes: Vec<Scheme>,
}

/// A backend, at the top or of one operation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ApiBackend {
    pub(crate) address: Option<String>,
    /// The audience of the token that the gateway sends on.
    pub(crate) audience: Option<String>,
    /// `disable_auth`: it sends none.
    pub(crate) without_token: bool,
}

/// A security definition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Scheme {
    pub(crate) name: String,
    /// `oauth2`, `apiKey`
    pub(crate) kind: Option<String>,
    pub(crate) issuer: Option<String>,
    pub(crate) keys: Option<String>,
    pub(crate) audiences: Vec<String>,
}

pub(crate) fn recognise_open_api(tree: &Tree) -> bool {
    tree.has(&["swagger"]) || tree.has(&["openapi"])
}

pub(crate) fn open_api(tree: &Tree) -> OpenApi {
    let mut found = OpenApi {
        title: tree.text(&["info", "title"]),
        host: tree.text(&["host"]),
        ..OpenApi::default()
    };
    backends(&tree.value, &mut found.backends, 0);
    let schemes = tree
        .at(&["securityDefinitions"])
        .or_else(|| tree.at(&["components", "securitySchemes"]))
        .map(Value::entries)
        .unwrap_or_default();
    found.schemes = schemes
        .iter()
        .map(|(name, scheme)| {
            let text = |name: &str| scheme.text(&[name]).map(str::to_owned);
            // OpenAPI 3 puts them into one map.
            let inner = |name: &str| scheme.text(&["x-google-auth", name]).map(str::to_owned);
            let audiences = text("x-google-audiences").or_else(|| inner("audiences"));
            Scheme {
                name: name.clone(),
                kind: text("type"),
                issuer: text("x-google-issuer").or_else(|| inner("issuer")),
                keys: text("x-google-jwks_uri").or_else(|| inner("jwksUri")),
                audiences: audiences
                    .map(|audiences| {
                        audiences
                            .split(',')
                            .map(|audience| audience.trim().to_owned())
                            .collect()
                    })
                    .unwrap_or_default(),
            }
        })
        .collect();
    found
}

fn backends(value: &Value, found: &mut Vec<ApiBackend>, depth: usize) {
    if depth > 16 {
        return;
    }
    for (name, value) in value.entries() {
        if name == "x-google-backend" {
            found.push(ApiBackend {
                address: value.text(&["address"]).map(str::to_owned),
                audience: value
                    .text(&["jwt_audience"])
                    .or_else(|| value.text(&["jwtAudience"]))
                    .map(str::to_owned),
                without_token: value
                    .get("disable_auth")
                    .or_else(|| value.get("disableAuth"))
                    .and_then(Value::as_flag)
                    == Some(true),
            });
        } else {
            backends(value, found, depth.saturating_add(1));
        }
    }
}
