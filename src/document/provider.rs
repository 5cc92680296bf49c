//! A provider of a workload identity pool: which foreign identities it admits.

use super::origin::Origin;
use super::value::{Tree, Value};

/// What a description says of a provider.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Provider {
    /// The full name, `projects/42/locations/global/workloadIdentityPools/gh/providers/gha`.
    pub(crate) full_name: Option<String>,
    pub(crate) pool: Option<String>,
    pub(crate) project: Option<String>,
    /// `attributeCondition`, as written; `None` also where there is none: see `unconditional`.
    pub(crate) condition: Option<String>,
    /// The document shows that there is no condition.
    pub(crate) unconditional: bool,
    /// Google's name → the expression over the assertion.
    pub(crate) mapping: Vec<(String, String)>,
    pub(crate) issuer: Option<String>,
    /// Audiences that are taken instead of the default one; `None` where that is not shown.
    pub(crate) allowed_audiences: Option<Vec<String>>,
    pub(crate) disabled: Option<bool>,
}

/// What is demanded of an assertion's claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Demand {
    /// `repository`, `repository_owner`, `ref`
    pub(crate) claim: String,
    /// The values that fit: one for `==`, several for `in [..]` or alternatives.
    pub(crate) values: Vec<String>,
    /// They fit as the beginning, for `startsWith`.
    pub(crate) prefix: bool,
}

pub(crate) fn recognise(tree: &Tree) -> bool {
    tree.has(&["attributeCondition"])
        || tree.has(&["attributeMapping"])
        || tree.has(&["oidc", "issuerUri"])
        || tree
            .text(&["name"])
            .is_some_and(|name| name.contains("Pools/") && name.contains("/providers/"))
}

pub(crate) fn read(tree: &mut Tree, origin: Option<&Origin>) -> Provider {
    // gcloud sorts the names: `oidc`, then `state`.
    tree.close(tree.has(&["state"]) || tree.has(&["oidc", "issuerUri"]) && tree.has(&["name"]));
    let name = tree.text(&["name"]);
    let part = |collection: &str| {
        let (_, rest) = name.as_deref()?.split_once(collection)?;
        rest.split('/').next().map(str::to_owned)
    };
    let condition = tree.text(&["attributeCondition"]);
    let audiences = ["oidc", "allowedAudiences"];
    Provider {
        pool: part("Pools/")
            .or_else(|| origin.and_then(|origin| origin.flag(&["workload-identity-pool"]))),
        project: part("projects/").or_else(|| origin.and_then(|origin| origin.project.clone())),
        unconditional: condition.is_none() && tree.tells(&["attributeCondition"]),
        condition,
        mapping: tree
            .at(&["attributeMapping"])
            .map(Value::entries)
            .unwrap_or_default()
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), value.as_text()?.to_owned())))
            .collect(),
        issuer: tree.text(&["oidc", "issuerUri"]),
        allowed_audiences: (tree.has(&audiences) || tree.tells(&audiences))
            .then(|| tree.texts(&audiences)),
        disabled: tree.flag(&["disabled"]),
        full_name: name,
    }
}

impl Provider {
    /// The condition as a list of demands that all must be met, when it is nothing else.
    pub(crate) fn demands(&self) -> Option<Vec<Demand>> {
        self.condition.as_deref()?.split("&&").map(demand).collect()
    }

    /// Whether an assertion with this claim passes the demands on that claim; `None` where the
    /// condition is not understood or does not speak of the claim.
    pub(crate) fn admits(&self, claim: &str, value: &str) -> Option<bool> {
        let demands = self.demands()?;
        let mut about = demands
            .iter()
            .filter(|demand| demand.claim == claim)
            .peekable();
        about.peek()?;
        Some(about.all(|demand| {
            demand.values.iter().any(|wanted| {
                if demand.prefix {
                    value.starts_with(wanted)
                } else {
                    value == wanted
                }
            })
        }))
    }
}

/// `assertion.repository == 'a/b'`, `assertion.repository in ['a/b', 'c/d']`,
/// `assertion.repository.startsWith('a/')`, `attribute.repository == "a/b"`, and `||` of these
/// over one claim.
fn demand(text: &str) -> Option<Demand> {
    let text = text.trim();
    let text = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
        .unwrap_or(text);
    let mut all: Option<Demand> = None;
    for part in text.split("||") {
        let one = comparison(part.trim())?;
        match &mut all {
            None => all = Some(one),
            Some(all) if all.claim == one.claim && all.prefix == one.prefix => {
                all.values.extend(one.values);
            }
            Some(_) => return None,
        }
    }
    all
}

fn comparison(text: &str) -> Option<Demand> {
    let rest = text
        .strip_prefix("assertion.")
        .or_else(|| text.strip_prefix("attribute."))
        .or_else(|| text.strip_prefix("google."))?;
    let end = rest
        .find(|char: char| !(char.is_ascii_alphanumeric() || char == '_'))
        .unwrap_or(rest.len());
    let (claim, rest) = rest.split_at_checked(end)?;
    let rest = rest.trim();
    let (values, prefix) = if let Some(rest) = rest.strip_prefix("==") {
        (vec![literal(rest)?], false)
    } else if let Some(rest) = rest
        .strip_prefix("in ")
        .or_else(|| rest.strip_prefix("in["))
    {
        let inner = rest.trim().trim_start_matches('[').strip_suffix(']')?;
        let values: Option<Vec<String>> = inner.split(',').map(literal).collect();
        (values?, false)
    } else if let Some(rest) = rest.strip_prefix(".startsWith(") {
        (vec![literal(rest.strip_suffix(')')?)?], true)
    } else {
        return None;
    };
    Some(Demand {
        claim: claim.to_owned(),
        values,
        prefix,
    })
}

fn literal(text: &str) -> Option<String> {
    let text = text.trim();
    let quote = text
        .chars()
        .next()
        .filter(|char| matches!(char, '\'' | '"'))?;
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains(quote)).then(|| inner.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(condition: &str) -> Provider {
        Provider {
            condition: Some(condition.to_owned()),
            ..Provider::default()
        }
    }

    #[test]
    fn usual_conditions_admit_or_do_not() {
        for (condition, claim, value, expected) in [
            (
                "assertion.repository=='acme/api'",
                "repository",
                "acme/api",
                Some(true),
            ),
            (
                "assertion.repository == \"acme/api\" && assertion.ref=='refs/heads/main'",
                "ref",
                "refs/heads/dev",
                Some(false),
            ),
            (
                "assertion.repository_owner == 'acme'",
                "repository",
                "acme/api",
                None,
            ),
            (
                "assertion.repository in ['acme/api', 'acme/web']",
                "repository",
                "acme/web",
                Some(true),
            ),
            (
                "(assertion.ref == 'a' || assertion.ref == 'b')",
                "ref",
                "c",
                Some(false),
            ),
            (
                "assertion.repository.startsWith('acme/')",
                "repository",
                "acme/api",
                Some(true),
            ),
            (
                "attribute.repository == 'acme/api'",
                "repository",
                "acme/web",
                Some(false),
            ),
            (
                "assertion.repository.matches('acme/.*')",
                "repository",
                "acme/api",
                None,
            ),
        ] {
            assert_eq!(
                provider(condition).admits(claim, value),
                expected,
                "{condition}"
            );
        }
    }
}
