//! A workflow, and the calls in its source.

use super::call::{Call, Token};
use super::origin::Origin;
use super::resource::{Resource, email, short};
use super::value::{Tree, Value};
use super::{json, yaml};

/// What a description says of a workflow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Workflow {
    pub(crate) name: Option<String>,
    pub(crate) project: Option<String>,
    pub(crate) region: Option<String>,
    /// The account that it runs as, and calls with.
    pub(crate) account: Option<String>,
    /// The HTTP calls of its source, in order; an `auth` block makes the token.
    pub(crate) calls: Vec<Call>,
}

pub(crate) fn recognise(tree: &Tree) -> bool {
    tree.has(&["sourceContents"])
        || tree.has(&["callLogLevel"])
        || tree
            .text(&["name"])
            .is_some_and(|name| name.contains("/locations/") && name.contains("/workflows/"))
}

pub(crate) fn read(tree: &mut Tree, origin: Option<&Origin>) -> Workflow {
    tree.close(tree.has(&["state"]) || tree.has(&["updateTime"]));
    let name = tree
        .text(&["name"])
        .or_else(|| origin.and_then(|origin| origin.name.clone()));
    let resource = name.as_deref().and_then(Resource::read);
    let source = tree.text(&["sourceContents"]).unwrap_or_default();
    // What stands after the source shows that the source is whole.
    let whole = tree.end == super::value::End::Seen;
    Workflow {
        project: resource
            .as_ref()
            .and_then(|resource| resource.project.clone())
            .or_else(|| origin.and_then(|origin| origin.project.clone())),
        region: resource
            .and_then(|resource| resource.location)
            .or_else(|| origin.and_then(|origin| origin.region.clone())),
        account: tree.text(&["serviceAccount"]).map(|name| email(&name)),
        calls: calls(&source, whole),
        name: name.map(|name| short(&name).to_owned()),
    }
}

/// The HTTP calls of a source, which is YAML or JSON.
fn calls(source: &str, whole: bool) -> Vec<Call> {
    let value = json::read(source)
        .map(|read| read.value)
        .unwrap_or_else(|| yaml::read(source.lines()).value);
    let mut calls = Vec::new();
    find(&value, whole, &mut calls, 0);
    calls
}

fn find(value: &Value, whole: bool, calls: &mut Vec<Call>, depth: usize) {
    if depth > 96 {
        return;
    }
    let is_call = value
        .text(&["call"])
        .is_some_and(|call| call.starts_with("http."));
    if is_call {
        calls.push(call(value, whole));
    }
    let inner = value
        .entries()
        .iter()
        .map(|(_, value)| value)
        .chain(match value {
            Value::List(items) => items.as_slice(),
            _ => &[],
        });
    for value in inner {
        find(value, whole, calls, depth.saturating_add(1));
    }
}

fn call(step: &Value, whole: bool) -> Call {
    let text = |path: &[&str]| step.text(path).map(str::to_owned);
    let auth = step.at(&["args", "auth"]);
    let kind = text(&["args", "auth", "type"]).map(|kind| kind.to_ascii_uppercase());
    Call {
        url: text(&["args", "url"]),
        method: text(&["call"]).map(|call| {
            let method = call.trim_start_matches("http.").to_ascii_uppercase();
            if method == "REQUEST" {
                text(&["args", "method"]).unwrap_or(method)
            } else {
                method
            }
        }),
        token: match kind.as_deref() {
            Some("OIDC") => Some(Token::Id {
                account: None,
                audience: text(&["args", "auth", "audience"]),
            }),
            Some("OAUTH2") => Some(Token::Access {
                account: None,
                scope: text(&["args", "auth", "scope"])
                    .or_else(|| text(&["args", "auth", "scopes"])),
            }),
            _ => (auth.is_none() && whole).then_some(Token::Missing),
        },
        own_header: step
            .at(&["args", "headers"])
            .map(Value::entries)
            .unwrap_or_default()
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("authorization")),
    }
}
