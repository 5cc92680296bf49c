//! Audiences that a door accepts.

use super::draft::Draft;
use super::fill::Fill;
use super::hole::Hole;
use super::value::Value;
use super::{Fix, Language, terraform, yaml};
use crate::evidence::Door;
use crate::target::Product;

/// Makes the door accept the audience that the token has.
pub(crate) fn accept(fill: &Fill) -> Option<Fix> {
    match (fill.door, fill.product) {
        (Door::Gateway, _) => Some(
            Draft::changes(fill, "Or let the gateway accept the token’s audience")
                .caution("In the OpenAPI document; deploy it as a new API config.")
                .code(Language::Yaml, yaml::GATEWAY_GOOGLE)
                .code(Language::Yaml, yaml::GATEWAY_ACCOUNT)
                .done(),
        ),
        (Door::Run, Product::CustomDomain | Product::FirebaseHosting) => Some(
            Draft::changes(fill, "Or let SERVICE accept tokens made for https://HOST")
                .caution("For the Cloud Run service behind this host. The audiences it has stay.")
                .sh(&[
                    "gcloud run services update",
                    "SERVICE",
                    "--region=REGION",
                    "[--project=PROJECT_ID]",
                    "--add-custom-audiences=https://HOST",
                ])
                .code(Language::Hcl, terraform::HOST_AUDIENCE)
                .done(),
        ),
        // A client id is the audience of whoever signed in, not of a service.
        (Door::Run, _)
            if matches!(fill.get(Hole::TokenAudience), Value::Known(known) if known.ends_with(".googleusercontent.com"))
                || fill.get(Hole::TokenAudience).is_unknown() =>
        {
            None
        }
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
                .code(Language::Hcl, terraform::CUSTOM_AUDIENCE)
                .done(),
        ),
        _ => None,
    }
}
