//! Who gcloud is: `auth list`, `config list`, `info`.

use super::origin::Origin;
use super::value::{Tree, Value};

/// The accounts that gcloud has credentials of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Accounts {
    pub(crate) active: Option<String>,
    /// All of them, the active one among them.
    pub(crate) all: Vec<String>,
}

/// gcloud's properties.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Config {
    pub(crate) account: Option<String>,
    pub(crate) project: Option<String>,
    /// `auth/impersonate_service_account`: tokens are this account's, not the active one's.
    pub(crate) impersonates: Option<String>,
    /// `run/region`
    pub(crate) region: Option<String>,
    /// gcloud's own version, where `gcloud info` was run.
    pub(crate) version: Option<String>,
}

/// Whether a line begins the output of `gcloud auth list`.
pub(crate) fn is_account_list(line: &str) -> bool {
    let line = line.trim();
    line == "Credentialed Accounts"
        || line.starts_with("No credentialed accounts")
        || line.split_whitespace().eq(["ACTIVE", "ACCOUNT"])
}

/// Lines that belong to that output, blank ones aside.
pub(crate) fn is_of_account_list(line: &str) -> bool {
    let line = line.trim();
    is_account_list(line)
        || account(line).is_some()
        || line.starts_with("ACTIVE")
        || line.starts_with("To set the active account")
        || line.starts_with("To login, run")
        || line
            .trim_start_matches(['$', ' '])
            .starts_with("gcloud config set account")
        || line
            .trim_start_matches(['$', ' '])
            .starts_with("gcloud auth login")
}

/// The account on a line, and whether it is marked as the active one.
fn account(line: &str) -> Option<(&str, bool)> {
    let line = line.trim();
    // Markdown turns the star into another bullet.
    let name = line.trim_start_matches(['*', '-', '•', ' ', '\t', '→']);
    let is_marked = name.len() < line.len();
    (name.contains('@') && !name.contains([' ', ':'])).then_some((name, is_marked))
}

pub(crate) fn accounts<'t>(lines: impl Iterator<Item = &'t str>) -> Accounts {
    let mut accounts = Accounts::default();
    for (name, is_active) in lines.filter_map(account) {
        if is_active && accounts.active.is_none() {
            accounts.active = Some(name.to_owned());
        }
        accounts.all.push(name.to_owned());
    }
    accounts
}

/// `gcloud auth list --format=json`: a list of accounts with their status.
pub(crate) fn is_account_item(item: &Value) -> bool {
    item.text(&["account"]).is_some() && item.get("status").is_some()
}

pub(crate) fn accounts_of(items: &[Value]) -> Accounts {
    let mut accounts = Accounts::default();
    for item in items {
        let Some(name) = item.text(&["account"]) else {
            continue;
        };
        if item.text(&["status"]) == Some("ACTIVE") {
            accounts.active = Some(name.to_owned());
        }
        accounts.all.push(name.to_owned());
    }
    accounts
}

/// Whether a line begins the output of `gcloud config list`.
pub(crate) fn is_config(line: &str) -> bool {
    matches!(
        line.trim(),
        "[core]"
            | "[auth]"
            | "[run]"
            | "[compute]"
            | "[accessibility]"
            | "[billing]"
            | "[functions]"
            | "[api_endpoint_overrides]"
            | "[component_manager]"
            | "[survey]"
            | "[artifacts]"
    )
}

/// Whether a line goes on with it.
pub(crate) fn is_of_config(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('[') && line.ends_with(']')
        || line.split_once(" = ").is_some_and(|(name, _)| {
            name.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        })
        || line.ends_with("(unset)")
        || line.starts_with("Your active configuration is:")
}

pub(crate) fn config<'t>(lines: impl Iterator<Item = &'t str>) -> Config {
    let mut config = Config::default();
    let mut section = String::new();
    for line in lines {
        let line = line.trim();
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
        {
            name.clone_into(&mut section);
        }
        if let Some((name, value)) = line.split_once(" = ") {
            config.take(&section, name, value);
        }
    }
    config
}

/// `gcloud config list --format=json`
pub(crate) fn recognise(tree: &Tree) -> bool {
    tree.at(&["core"])
        .is_some_and(|core| core.get("account").is_some() || core.get("project").is_some())
}

pub(crate) fn read(tree: &Tree) -> Config {
    let mut config = Config::default();
    for (section, properties) in tree.value.entries() {
        for (name, value) in properties.entries() {
            config.take(section, name, value.as_text().unwrap_or_default());
        }
    }
    config
}

/// `gcloud config get project`: the value alone.
pub(crate) fn value(origin: &Origin, text: &str) -> Option<Config> {
    let property = origin.name.as_deref()?;
    let (section, name) = property.rsplit_once('/').unwrap_or(("core", property));
    let mut config = Config::default();
    config.take(section, name, text.trim());
    Some(config)
}

impl Config {
    fn take(&mut self, section: &str, name: &str, value: &str) {
        let slot = match (section, name) {
            ("core", "account") => &mut self.account,
            ("core", "project") => &mut self.project,
            ("auth", "impersonate_service_account") => &mut self.impersonates,
            ("run", "region") => &mut self.region,
            _ => return,
        };
        *slot = (!value.is_empty() && value != "(unset)").then(|| value.to_owned());
    }
}

/// Whether a line begins the output of `gcloud info`.
pub(crate) fn is_info(line: &str) -> bool {
    line.trim().starts_with("Google Cloud SDK [")
}

pub(crate) fn info<'t>(lines: impl Iterator<Item = &'t str>) -> Config {
    let mut config = Config::default();
    let mut section = String::new();
    for line in lines {
        let text = line.trim();
        let inner = |text: &str| {
            let (_, rest) = text.split_once('[')?;
            let (value, _) = rest.split_once(']')?;
            (!value.is_empty() && value != "None").then(|| value.to_owned())
        };
        if is_info(text) {
            config.version = inner(text);
        } else if let Some(rest) = text.strip_prefix("Account:") {
            config.account = inner(rest);
        } else if let Some(rest) = text.strip_prefix("Project:") {
            config.project = inner(rest);
        } else if let Some(name) = text
            .strip_prefix('[')
            .and_then(|text| text.strip_suffix(']'))
        {
            name.clone_into(&mut section);
        } else if let Some((name, rest)) = text.split_once(':')
            && matches!(section.as_str(), "auth" | "run")
            && let Some(value) = inner(rest)
        {
            config.take(&section, name, &value);
        }
    }
    config
}
