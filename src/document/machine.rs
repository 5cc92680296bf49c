//! A virtual machine: the account and scopes of its tokens.

use super::origin::Origin;
use super::value::{Tree, Value};

/// What a description says of a VM.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Machine {
    pub(crate) name: Option<String>,
    /// Its accounts, each with the scopes of access tokens.
    pub(crate) accounts: Vec<(String, Vec<String>)>,
}

pub(crate) fn recognise(tree: &Tree) -> bool {
    tree.at(&["serviceAccounts"])
        .map(Value::items)
        .unwrap_or_default()
        .iter()
        .any(|account| account.get("email").is_some() && account.get("scopes").is_some())
}

pub(crate) fn read(tree: &Tree, origin: Option<&Origin>) -> Machine {
    Machine {
        name: tree
            .text(&["name"])
            .or_else(|| origin.and_then(|origin| origin.name.clone())),
        accounts: tree
            .at(&["serviceAccounts"])
            .map(Value::items)
            .unwrap_or_default()
            .iter()
            .filter_map(|account| {
                let scopes = account.get("scopes").map(Value::texts).unwrap_or_default();
                Some((account.text(&["email"])?.to_owned(), scopes))
            })
            .collect(),
    }
}
