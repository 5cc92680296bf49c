//! Rust: `google-cloud-auth` 1.

use super::super::template::Template;

pub(super) const CALL: Template = Template::new(
    r#"
// cargo add google-cloud-auth --features idtoken
// cargo add reqwest; cargo add tokio --features full
use google_cloud_auth::credentials::idtoken;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let credentials = idtoken::Builder::new("AUDIENCE").build()?;
    let token = credentials.id_token().await?;
    let response = reqwest::Client::new()
        .get("REQUEST_URL")
        .bearer_auth(token)
        .send()
        .await?;
    println!("{}", response.status());
    Ok(())
}
"#,
);

pub(super) const CALL_API: Template = Template::new(
    r#"
// cargo add google-cloud-auth reqwest; cargo add tokio --features full
use google_cloud_auth::credentials::Builder;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let credentials = Builder::default()
        .with_scopes(["https://www.googleapis.com/auth/cloud-platform"])
        .build_access_token_credentials()?;
    let token = credentials.access_token().await?.token;
    let response = reqwest::Client::new()
        .get("API_URL")
        .bearer_auth(token)
        .send()
        .await?;
    println!("{}", response.status());
    Ok(())
}
"#,
);

pub(super) const RECEIVE: Template = Template::new(
    r#"
// cargo add google-cloud-auth --features idtoken; cargo add serde_json
use std::time::Duration;

use google_cloud_auth::credentials::idtoken::verifier::Builder;
use serde_json::{Map, Value};

/// The claims of a Google ID token made for this service; an error if it is not one.
pub async fn claims_of(token: &str) -> Result<Map<String, Value>, Box<dyn std::error::Error>> {
    let verifier = Builder::new(["AUDIENCE"])
        .with_clock_skew(Duration::from_secs(10))
        .build();
    Ok(verifier.verify(token).await?)
}
"#,
);
