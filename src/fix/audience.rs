//! Audiences that a door accepts.

use super::draft::Draft;
use super::fill::Fill;
use super::hole::Hole;
use super::value::Value;
use super::{Fix, Language, terraform, yaml};
use crate::credential::is_oauth_client_id;
use crate::evidence::Door;
use crate::target::Product;

/// Makes the door accept the audience that the token has.
pub(crate) fn accept(fill: &Fill) -> Option<Fix> {
    match (fill.door, fill.product) {
        (Door::Gateway, _) => Some(
            Draft::changes(fill, "Or let the gateway accept the token’s audience")
                .caution("In the OpenAPI document; deploy it as a new API config.")
                .code(Language::Yaml, &yaml::GATEWAY_GOOGLE)
                .code(Language::Yaml, &yaml::GATEWAY_ACCOUNT)
                .done(),
        ),
        // Whoever serves the host receives such tokens, and could use them at the service.
        (Door::Run, Product::CustomDomain | Product::FirebaseHosting) if fill.url_was_found() => None,
        (Door::Run, Product::CustomDomain | Product::FirebaseHosting) => Some(
            Draft::changes(fill, "Or let SERVICE accept tokens made for https://HOST")
                .caution("For the Cloud Run service behind this host, where the host is yours: whoever answers there receives tokens that open `SERVICE`. The audiences it has stay.")
                .sh(&[
                    "gcloud run services update",
                    "SERVICE",
                    "--region=REGION",
                    "[--project=PROJECT_ID]",
                    "--add-custom-audiences=https://HOST",
                ])
                .code(Language::Hcl, &terraform::HOST_AUDIENCE)
                .done(),
        ),
        (Door::Run, _) if !may_be_added(fill.get(Hole::TokenAudience)) => None,
        (Door::Run, _) => Some(
            Draft::changes(fill, "Or let SERVICE accept the token’s audience")
                .caution("Adds `TOKEN_AUDIENCE` to the audiences of `SERVICE`; those it has stay. Only for an audience that is yours.")
                .sh(&[
                    "gcloud run services update",
                    "SERVICE",
                    "--region=REGION",
                    "[--project=PROJECT_ID]",
                    "--add-custom-audiences=TOKEN_AUDIENCE",
                ])
                .code(Language::Hcl, &terraform::CUSTOM_AUDIENCE)
                .done(),
        ),
        _ => None,
    }
}

/// Whether a service may be told to accept this audience. A client id is the audience of whoever
/// signed in, and the URL of a service is that service's: tokens made for either would open this
/// one as well.
fn may_be_added(audience: &Value) -> bool {
    match audience {
        Value::Known(known) => {
            !is_oauth_client_id(known)
                && ![".run.app", ".cloudfunctions.net", ".googleapis.com"]
                    .iter()
                    .any(|host| known.contains(host))
        }
        Value::Refused(_) => true,
        Value::Unknown | Value::Standin(..) => false,
    }
}
