//! IAM's permissions, as errors name them: `pubsub.topics.publish`.

use crate::known::roles;
use crate::text::holds;

/// The first permission that a text names. Not the one of Cloud Run's own door, which the platform
/// asks for and no API.
pub(crate) fn named(text: &str) -> Option<&str> {
    text.split(|char: char| !(char.is_ascii_alphanumeric() || char == '.'))
        .map(|word| word.trim_matches('.'))
        .find(|word| is_permission(word) && *word != "run.routes.invoke")
        .or_else(|| {
            SENTENCES
                .iter()
                .find(|(says, _)| holds(text, says))
                .map(|(_, permission)| *permission)
        })
}

/// Sentences of products that ask for a permission and do not name it.
const SENTENCES: &[(&str, &str)] = &[(
    "Permission denied on secret",
    "secretmanager.versions.access",
)];

/// How permissions end. Without them every host of three labels would be one.
const VERBS: &[&str] = &[
    "access",
    "accessviaiap",
    "actas",
    "add",
    "call",
    "check",
    "connect",
    "consume",
    "create",
    "decrypt",
    "delete",
    "downloadartifacts",
    "enable",
    "encrypt",
    "get",
    "getdata",
    "getiampolicy",
    "invoke",
    "list",
    "patch",
    "predict",
    "publish",
    "query",
    "read",
    "receiveevent",
    "run",
    "select",
    "setiampolicy",
    "signblob",
    "signjwt",
    "update",
    "updatedata",
    "uploadartifacts",
    "use",
    "usetodecrypt",
    "usetoencrypt",
    "write",
];

/// `SERVICE.RESOURCE.VERB`
pub(crate) fn is_permission(word: &str) -> bool {
    let mut parts = word.split('.');
    let (Some(service), Some(resource), Some(verb), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let lettered =
        |part: &str| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if roles::holding(word).is_some() {
        return true;
    }
    lettered(service)
        // `(gcloud.functions.call)` is a command.
        && service != "gcloud"
        && lettered(resource)
        && VERBS.iter().any(|known| verb.eq_ignore_ascii_case(known))
}

/// A permission to make tokens or sign as a service account: who lacks it has no token to send.
pub(crate) fn makes_tokens(permission: &str) -> bool {
    matches!(
        permission.strip_prefix("iam.serviceAccounts."),
        Some("getAccessToken" | "getOpenIdToken" | "signBlob" | "signJwt" | "implicitDelegation")
    )
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_permission_is_told_from_hosts_and_files() {
        for (text, permission) in [
            (
                "Caller is missing IAM permission pubsub.topics.publish.",
                "pubsub.topics.publish",
            ),
            (
                "Permission 'iam.serviceAccounts.actAs' denied",
                "iam.serviceAccounts.actAs",
            ),
            (
                "ERROR: (gcloud.functions.call) Permission 'cloudfunctions.functions.call' denied",
                "cloudfunctions.functions.call",
            ),
            (
                "User does not have bigquery.jobs.create permission",
                "bigquery.jobs.create",
            ),
        ] {
            assert_eq!(named(text), Some(permission));
        }
        for text in [
            "lacks {run.routes.invoke} permission",
            "www.example.com, permission 0.0.0, a.b.get",
            "com.google.api.client.read",
            "",
        ] {
            assert_eq!(named(text), None, "{text}");
        }
    }
}
