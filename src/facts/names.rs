//! Finds the names in a text: accounts, resource names, labels of logs, permissions.

use super::known::From;
use super::named::{Entity, Named};

/// How much of a text is looked through for names, in bytes.
const READ: usize = 64 * 1024;
/// The longest word that can be a name, in bytes.
const LONGEST: usize = 400;

/// Adds every name in a text. Linear.
pub(super) fn find(text: &str, from: From, named: &mut Named) {
    let text = text.get(..text.floor_char_boundary(READ)).unwrap_or(text);
    let mut words = text
        .split(|char: char| {
            char.is_whitespace()
                || matches!(
                    char,
                    '"' | '\''
                        | '`'
                        | ','
                        | ';'
                        | '('
                        | ')'
                        | '['
                        | ']'
                        | '{'
                        | '}'
                        | '<'
                        | '>'
                        | '|'
                        | '\\'
                        | '“'
                        | '”'
                        | '’'
                        | '‘'
                        | '│'
                )
        })
        .filter(|word| !word.is_empty())
        .peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_matches(['.', ':', '=', '!', '?']);
        if bare.is_empty() || bare.len() > LONGEST {
            continue;
        }
        // `name: value`, `name=value`, `"name": "value"`: labels of logs, flags of commands.
        if let Some((name, value)) = bare.split_once('=')
            && let Some(entity) = labelled(name)
        {
            named.add(entity, value, from);
        } else if let Some(entity) = labelled(bare) {
            let tied = word.ends_with([':', '='])
                || words
                    .peek()
                    .is_some_and(|next| [":", "=", "=>"].contains(next));
            if tied {
                if words
                    .peek()
                    .is_some_and(|next| [":", "=", "=>"].contains(next))
                {
                    words.next();
                }
                if let Some(value) = words.peek() {
                    let value = value.trim_matches(['.', ':', '=', '!', '?']);
                    if value.len() <= LONGEST && fits(entity, value) {
                        named.add(entity, value, from);
                    }
                }
                continue;
            }
        }
        one(bare, from, named);
    }
}

/// A word that is a name by its own shape.
fn one(word: &str, from: From, named: &mut Named) {
    let word = word
        .strip_prefix("serviceAccount:")
        .or_else(|| word.strip_prefix("user:"))
        .unwrap_or(word);
    if let Some(account) = account(word) {
        named.add(Entity::Account, account, from);
        return;
    }
    if word.starts_with("principal://") || word.starts_with("principalSet://") {
        named.add(Entity::Principal, word, from);
        return;
    }
    if let Some(rest) = word.strip_prefix("gs://") {
        named.add(
            Entity::Bucket,
            rest.split('/').next().unwrap_or_default(),
            from,
        );
        return;
    }
    if let Some(role) = word.strip_prefix("roles/") {
        named.add(Entity::Role, role, from);
        return;
    }
    if let Some(constraint) = word.strip_prefix("constraints/") {
        named.add(Entity::Constraint, constraint, from);
        return;
    }
    if word.contains('/') {
        resource(word, from, named);
    }
    if let Some(image) = registry(word) {
        named.add(Entity::Host, image, from);
    }
    if let Some(api) = word.strip_suffix(".googleapis.com")
        && api
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    {
        named.add(Entity::Api, word, from);
    }
    if crate::response::permission::is_permission(word) {
        named.add(Entity::Permission, word, from);
    }
}

/// A service account's address.
fn account(word: &str) -> Option<&str> {
    let (name, host) = word.split_once('@')?;
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'+'));
    let is_host = host.ends_with(".gserviceaccount.com")
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
    (is_name && is_host).then_some(word)
}

/// The host of a container registry in an image's name.
fn registry(word: &str) -> Option<&str> {
    let host = word.split('/').next()?;
    (host.ends_with("-docker.pkg.dev") || host == "gcr.io" || host.ends_with(".gcr.io"))
        .then_some(host)
}

/// The parts of a resource's name: `projects/p/locations/l/services/s`.
fn resource(word: &str, from: From, named: &mut Named) {
    const COLLECTIONS: &[(&str, Entity)] = &[
        ("locations", Entity::Region),
        ("regions", Entity::Region),
        ("zones", Entity::Zone),
        ("services", Entity::Service),
        ("functions", Entity::Service),
        ("jobs", Entity::Job),
        ("queues", Entity::Queue),
        ("subscriptions", Entity::Subscription),
        ("topics", Entity::Topic),
        ("secrets", Entity::Secret),
        ("buckets", Entity::Bucket),
        ("clusters", Entity::Cluster),
        ("instances", Entity::Instance),
        ("datasets", Entity::Dataset),
        ("repositories", Entity::Repository),
        ("workloadIdentityPools", Entity::Pool),
        ("providers", Entity::Provider),
        ("keyRings", Entity::KeyRing),
        ("cryptoKeys", Entity::CryptoKey),
        ("databases", Entity::Database),
        ("serviceAccounts", Entity::Account),
    ];
    // A web page's path has projects too, and means others.
    let path = match word.split_once("googleapis.com/") {
        Some((before, rest)) if before.starts_with("//") || before.starts_with("https://") => rest,
        _ if word.contains("://") => return,
        _ => word,
    };
    let mut parts = path.split(['/', '?', ':']).filter(|part| !part.is_empty());
    let mut is_resource = false;
    while let Some(part) = parts.next() {
        let entity = COLLECTIONS
            .iter()
            .find(|(name, _)| *name == part)
            .map(|(_, entity)| *entity);
        if part == "projects" || part == "namespaces" {
            let Some(project) = parts.next() else { break };
            is_resource = true;
            self::project(project, from, named);
        } else if let Some(entity) = entity
            && (is_resource || word.starts_with("projects/"))
        {
            let Some(value) = parts.next() else { break };
            if fits(entity, value) {
                named.add(entity, value, from);
            }
        }
    }
    if is_resource && word.starts_with("projects/") {
        named.add(Entity::Resource, word, from);
    }
}

fn project(value: &str, from: From, named: &mut Named) {
    if value.len() >= 6 && value.bytes().all(|byte| byte.is_ascii_digit()) {
        named.add(Entity::ProjectNumber, value, from);
    } else if fits(Entity::Project, value) {
        named.add(Entity::Project, value, from);
    }
}

/// The kind of thing that a label names.
fn labelled(name: &str) -> Option<Entity> {
    Some(match name.trim_start_matches('-') {
        "service_name" | "configuration_name" | "function_name" => Entity::Service,
        "project_id" | "project" | "projectId" | "GOOGLE_CLOUD_PROJECT" => Entity::Project,
        "location" | "region" => Entity::Region,
        "job_id" | "job_name" => Entity::Job,
        "queue_id" => Entity::Queue,
        "subscription_id" => Entity::Subscription,
        "topic_id" => Entity::Topic,
        "bucket_name" => Entity::Bucket,
        "cluster_name" => Entity::Cluster,
        "principalEmail"
        | "client_email"
        | "serviceAccountEmail"
        | "service_account_email"
        | "serviceAccount" => Entity::Account,
        "permission" => Entity::Permission,
        "principalSubject" => Entity::Principal,
        "repository" | "GITHUB_REPOSITORY" => Entity::Repository,
        _ => return None,
    })
}

/// Whether a value can be a name of this kind: no placeholder, no sentence.
fn fits(entity: Entity, value: &str) -> bool {
    let plain = |value: &str| {
        value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    };
    match entity {
        Entity::Account => value.contains('@') && value.contains('.'),
        Entity::Principal => value.contains(':'),
        Entity::Permission => crate::response::permission::is_permission(value),
        Entity::Project => {
            (6..=30).contains(&value.len())
                && value.starts_with(|char: char| char.is_ascii_lowercase())
                && value
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        }
        Entity::Region => {
            value == "global"
                || (value.len() <= 30
                    && value.contains('-')
                    && value.ends_with(|char: char| char.is_ascii_digit()))
        }
        Entity::Service | Entity::Job => value.len() <= 100 && value.starts_with(|char: char| char.is_ascii_alphabetic()) && plain(value),
        Entity::Repository if value.contains('/') => value.split('/').count() == 2 && value.split('/').all(|part| !part.is_empty() && plain(part)),
        _ => !value.is_empty() && value.len() <= 200 && plain(value) && value != "_",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(&'static str, String)> {
        let mut named = Named::default();
        find(text, From::Error, &mut named);
        named
            .iter()
            .map(|(entity, known)| (entity.id(), known.value.clone()))
            .collect()
    }

    #[test]
    fn names_are_found_in_sentences_resources_and_labels() {
        let found = names(
            "Permission 'secretmanager.versions.access' denied for resource 'projects/shop-prod/secrets/db-pass/versions/latest' (or it may not exist). caller@shop-prod.iam.gserviceaccount.com",
        );
        for pair in [
            ("permission", "secretmanager.versions.access"),
            ("project", "shop-prod"),
            ("secret", "db-pass"),
            ("account", "caller@shop-prod.iam.gserviceaccount.com"),
        ] {
            assert!(
                found.contains(&(pair.0, pair.1.to_owned())),
                "{pair:?} in {found:?}"
            );
        }
        let found = names(
            "resource:\n  labels:\n    service_name: orders\n    location: us-central1\n    project_id: shop-prod\n",
        );
        assert_eq!(
            found,
            [
                ("service", "orders".to_owned()),
                ("region", "us-central1".to_owned()),
                ("project", "shop-prod".to_owned())
            ]
        );
        let found = names(r#"{"labels":{"service_name":"orders","location" : "us-central1"}}"#);
        assert_eq!(
            found,
            [
                ("service", "orders".to_owned()),
                ("region", "us-central1".to_owned())
            ]
        );
    }

    #[test]
    fn sentences_and_pages_name_nothing() {
        for text in [
            "the project was not found in this region",
            "see https://cloud.google.com/projects/overview/services/x",
            "project: YOUR_PROJECT",
            "location: here",
        ] {
            assert_eq!(names(text), [], "{text}");
        }
    }
}
