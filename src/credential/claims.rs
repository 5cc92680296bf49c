//! What each claim and header parameter means here, in one sentence.

use super::is_oauth_client_id;
use super::{ADC_CLIENT_ID, Credential, GCLOUD_CLIENT_ID, Identity, IdentityKind, Kind};
use crate::conceal::unescaped;
use crate::json::{Json, ValueType};

/// Says what a claim of a JWT, or a parameter of its header, means in this token. `raw` is its
/// value's JSON. `None` for names that have no meaning beyond their issuer.
#[must_use]
pub fn explain(name: &str, raw: &str, credential: &Credential) -> Option<String> {
    let text = unescaped(raw);
    let google = credential.kind == Kind::GoogleIdToken;
    let sentence: &str = match name {
        "iss" => issuer(credential),
        "aud" => audience(raw, &text),
        "azp" => authorized_party(&text),
        "sub" => subject(&text, credential),
        "email" => return Some(email(&text)),
        "iat" => "When it was issued.",
        "exp" => "When it expires; from this second on servers refuse it.",
        "nbf" => "Not to be accepted before this time.",
        "auth_time" => {
            "When the person last signed in, which may be long before the token was made."
        }
        "email_verified" if raw == "true" => {
            "The issuer checked that the address belongs to the account."
        }
        "email_verified" => {
            "The issuer did not check that the address belongs to the account; many servers then refuse it."
        }
        "hd" => {
            "The Google Workspace or Cloud Identity domain of the account; service accounts and gmail.com have none."
        }
        "at_hash" => "Ties the token to the access token issued with it.",
        "c_hash" => "Ties the token to the authorization code it came with.",
        "s_hash" => "Ties the token to the state of the sign-in.",
        "nonce" => {
            "What the client sent with the sign-in, to tell its own answers from replayed ones."
        }
        "jti" => "The token’s own id, to notice one that is used twice.",
        "name" | "given_name" | "family_name" => "The person’s name as in their profile.",
        "picture" => "The address of the profile picture.",
        "locale" => "The language of the profile.",
        "google" => "What Google adds about where the token was made.",
        "firebase" => "How the person signed in to Firebase, and with which identities.",
        "user_id" => "The Firebase user id, the same as `sub`.",
        "uid" => "The user id that the Firebase custom token asks to sign in.",
        "claims" => "Claims of the application’s own, to be copied into the Firebase ID token.",
        "scope" | "scp" => "What the token may be used for; Cloud Run does not look at it.",
        "target_audience" => "The audience of the ID token that this request asks for.",
        "gcip" => "The Identity Platform user on whose behalf IAP calls.",
        "additional_claims" => "Device and access level information that IAP adds.",
        "kubernetes.io" => "The pod, service account and namespace the token was made for.",
        "repository" => "The GitHub repository whose workflow asked for the token.",
        "repository_owner" => "Who owns the repository; attribute conditions should look at it.",
        "repository_id" | "repository_owner_id" => "A number that stays when the name changes.",
        "workflow_ref" => "The workflow file that runs, with its branch or tag.",
        "job_workflow_ref" => "The reusable workflow that the job runs, with its branch or tag.",
        "ref" => "The branch or tag the workflow runs on.",
        "environment" => "The deployment environment of the job.",
        "actor" => "Who or what started the workflow.",
        "event_name" => "What started the workflow.",
        "project_path" => "The GitLab project whose job asked for the token.",
        "namespace_path" => "The GitLab group of the project.",
        "terraform_workspace_id" => "The HCP Terraform workspace that asked for the token.",
        "tid" => "The Microsoft Entra tenant.",
        "appid" | "cid" | "client_id" => "The application that asked for the token.",
        "oid" => "The permanent id of the account in Microsoft Entra.",
        "token_use" => "Whether Amazon Cognito made an ID or an access token.",
        "ver" => "The version of the token’s form.",
        "alg" => algorithm(&text),
        "kid" if google => {
            "Which of Google’s published keys signed it; they change every few days."
        }
        "kid" => "Which of the issuer’s keys signed it.",
        "typ" => "The kind of token; `JWT` for nearly all.",
        "cty" => "What the content is; `JWT` for a token inside a token.",
        "x5t" | "x5t#S256" => "The fingerprint of the certificate whose key signed it.",
        "zip" => "The content is compressed.",
        "crit" => "Names header parameters that a server must understand or refuse the token.",
        "enc" => "How the content is encrypted.",
        "jku" | "x5u" => {
            "Where the key is said to be; servers must not go there unless they know the address."
        }
        "jwk" | "x5c" => "A key that the token brings along; servers must not trust it for that.",
        _ => return None,
    };
    let mut sentence = sentence.to_owned();
    if let Some(place) = (name == "google").then(|| compute_engine(raw)).flatten() {
        sentence = place;
    }
    if matches!(name, "exp" | "iat" | "nbf")
        && let Some(date) = credential.numeric_date(name).filter(|date| date.raw == raw)
    {
        for odd in date.sentences(name) {
            sentence.push(' ');
            sentence.push_str(&odd);
        }
    }
    Some(sentence)
}

fn issuer(credential: &Credential) -> &'static str {
    match credential.kind {
        Kind::GoogleIdToken => "Google made it: the issuer that Cloud Run and IAP accept.",
        Kind::IapAssertion => "IAP made it, for the application behind it.",
        Kind::FirebaseIdToken | Kind::FirebaseSessionCookie => {
            "Firebase or Identity Platform made it for the project at the end of the address; it is not Google’s own issuer."
        }
        Kind::SelfSignedJwt | Kind::TokenRequestAssertion | Kind::FirebaseCustomToken => {
            "The service account made it itself, with one of its keys."
        }
        Kind::WorkloadJwt => {
            "Who made it. Google’s Security Token Service exchanges it; Cloud Run does not accept it as it is."
        }
        _ => "Who made it.",
    }
}

fn audience(raw: &str, text: &str) -> &'static str {
    match ValueType::of(raw) {
        Some(ValueType::Array) => "Whom it is for: each of these.",
        _ if text == GCLOUD_CLIENT_ID => {
            "Whom it is for: gcloud itself, as when no audience is asked for. Cloud Run accepts it; IAP and strict servers do not."
        }
        _ if text == ADC_CLIENT_ID => {
            "Whom it is for: the client of `gcloud auth application-default login`. Cloud Run does not accept it."
        }
        _ if is_oauth_client_id(text) => "Whom it is for: an OAuth client.",
        _ if text.starts_with("/projects/") => "Whom it is for: the resource behind IAP.",
        _ => "Whom it is for: a server accepts only tokens made for it.",
    }
}

fn authorized_party(text: &str) -> &'static str {
    match text {
        GCLOUD_CLIENT_ID => "Who asked for it: gcloud.",
        ADC_CLIENT_ID => "Who asked for it: a library with application default credentials.",
        _ if is_oauth_client_id(text) => "Who asked for it: an OAuth client.",
        _ if is_number(text) => "Who asked for it: the service account with this number.",
        _ => "Who asked for it.",
    }
}

fn subject(text: &str, credential: &Credential) -> &'static str {
    if text.starts_with("system:serviceaccount:") {
        return "The Kubernetes service account: namespace, then name.";
    }
    match credential.kind {
        Kind::GoogleIdToken if is_number(text) => {
            "The account’s permanent number; it stays when the e-mail changes. IAM grants go by the e-mail."
        }
        Kind::IapAssertion => {
            "The account’s permanent number, after the provider it signed in with."
        }
        Kind::FirebaseIdToken | Kind::FirebaseSessionCookie => "The Firebase user id.",
        Kind::TokenRequestAssertion => {
            "The account that the service account acts for, by domain-wide delegation when it is another."
        }
        Kind::WorkloadJwt => "Who asks, as the issuer names it; federation conditions look at it.",
        _ => "Whom it speaks of.",
    }
}

fn email(text: &str) -> String {
    let identity = Identity::from_email(text);
    match &identity.kind {
        IdentityKind::GoogleAgent { number, .. } => {
            format!("The Google service agent of project {number}; IAM grants name this address.")
        }
        IdentityKind::GoogleProduct { product } => {
            format!("The account of Google’s own product {product}; IAM grants name this address.")
        }
        IdentityKind::DefaultCompute { project_number } => format!(
            "The Compute Engine default service account of project {project_number}; IAM grants name this address."
        ),
        IdentityKind::AppEngineDefault { project } => format!(
            "The App Engine default service account of project {project}; IAM grants name this address."
        ),
        IdentityKind::ServiceAccount { project } => {
            format!("A service account of project {project}; IAM grants name this address.")
        }
        IdentityKind::User => {
            "The account of a person; IAM grants name this address, a group or a domain.".into()
        }
        _ => "An address that is none of Google’s forms.".into(),
    }
}

fn algorithm(text: &str) -> &'static str {
    match text {
        "RS256" => "Signed with an RSA key; what Google’s ID tokens use.",
        "ES256" => "Signed with an elliptic curve key; what IAP uses.",
        _ if text.eq_ignore_ascii_case("none") => "Unsigned.",
        _ if text.starts_with("HS") => "Made with a secret that maker and server share.",
        _ => "How it is signed.",
    }
}

/// `google.compute_engine`, which the metadata server adds with `format=full`.
fn compute_engine(raw: &str) -> Option<String> {
    let google = Json::read(raw);
    let instance = Json::read(&google.get("compute_engine")?.raw);
    let member = |name| {
        instance
            .text(name)
            .map(|text| crate::visible::quoted(&text))
            .unwrap_or_else(|| "?".into())
    };
    Some(format!(
        "Made by the metadata server of the Compute Engine VM {} in project {}, zone {}.",
        member("instance_name"),
        member("project_id"),
        member("zone")
    ))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
