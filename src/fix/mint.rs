//! Printing a fresh credential.

use super::code;
use super::command::Bearer;
use super::draft::Draft;
use super::fill::Fill;
use super::template::Template;
use super::{Fix, Language};
use crate::evidence::Door;
use crate::input::Caller;

/// A fresh token for a try at the terminal, when nobody told who calls.
pub(crate) fn fresh(fill: &Fill) -> Fix {
    match fill.door {
        Door::Api => access_token(fill),
        Door::Run if fill.person => own_id_token(fill),
        _ => impersonated(fill),
    }
}

/// A person's own ID token. gcloud gives it its own client id as audience, which Cloud Run
/// accepts and nobody else does; `--audiences` is refused for people. So whoever receives it may
/// use it at every service: for a host that is not known it is not printed.
pub(crate) fn own_id_token(fill: &Fill) -> Fix {
    if fill.host_is_a_strangers() {
        return impersonated(fill);
    }
    Draft::mints(fill, "Print a fresh ID token of your own account")
        .caution("Its audience is gcloud’s client id: Cloud Run and functions accept that, IAP and gateways do not. gcloud refuses `--audiences` for a person.")
        .caution_if(fill.url_was_found(), "It is good at every service that you may call: send it to none but your own.")
        .sh(&["gcloud auth print-identity-token"])
        .done()
}

/// An ID token of an impersonated service account, with audience and e-mail.
pub(crate) fn impersonated(fill: &Fill) -> Fix {
    if fill.door == Door::Iap {
        return for_iap_client(fill);
    }
    Draft::mints(
        fill,
        "Print an ID token of SERVICE_ACCOUNT_EMAIL for AUDIENCE",
    )
    .caution("You need `roles/iam.serviceAccountTokenCreator` on that account.")
    .sh(&[
        "gcloud auth print-identity-token",
        "--impersonate-service-account=SERVICE_ACCOUNT_EMAIL",
        "--audiences=AUDIENCE",
        "--include-email",
    ])
    .codes(code::IMPERSONATE)
    .done()
}

/// An ID token for IAP where it has an OAuth client of its own, which its answer names.
pub(crate) fn for_iap_client(fill: &Fill) -> Fix {
    Draft::mints(fill, "Print an ID token of SERVICE_ACCOUNT_EMAIL for IAP’s OAuth client")
        .caution("You need `roles/iam.serviceAccountTokenCreator` on that account. IAP wants the e-mail in the token.")
        .sh(&[
            "gcloud auth print-identity-token",
            "--impersonate-service-account=SERVICE_ACCOUNT_EMAIL",
            "--audiences=OAUTH_CLIENT_ID",
            "--include-email",
        ])
        .done()
}

/// An ID token with the e-mail through the IAM Credentials API: it needs less than gcloud's impersonation.
pub(crate) fn generate_id_token(fill: &Fill) -> Fix {
    Draft::mints(
        fill,
        "Ask the IAM Credentials API for an ID token with the e-mail in it",
    )
    .caution("You need `roles/iam.serviceAccountTokenCreator` on SERVICE_ACCOUNT_EMAIL.")
    .curl(
        "Authorization",
        Bearer::ForIdToken,
        &[
            "curl",
            "-H",
            "Content-Type: application/json",
            "-d",
            r#"{"audience":"AUDIENCE","includeEmail":true}"#,
        ],
    )
    .done()
}

/// An ID token from the metadata server, where the caller runs on Google Cloud.
pub(crate) fn metadata(fill: &Fill) -> Fix {
    Draft::mints(fill, "Print an ID token for AUDIENCE, run where the caller runs")
        .sh(&[
            "curl",
            "-sG",
            "-H",
            "Metadata-Flavor: Google",
            "-d",
            "format=full",
            "--data-urlencode",
            "audience=AUDIENCE",
            "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/identity",
        ])
        .done()
}

/// An access token, for Google APIs alone.
pub(crate) fn access_token(fill: &Fill) -> Fix {
    let draft = Draft::mints(fill, "Print an access token, for Google APIs alone");
    match fill.caller {
        Some(Caller::Impersonation) => draft.sh(&[
            "gcloud auth print-access-token",
            "--impersonate-service-account=SERVICE_ACCOUNT_EMAIL",
        ]),
        Some(Caller::Gce | Caller::Gke | Caller::CloudRun | Caller::CloudFunctions) => draft
            .caution("Run it where the caller runs.")
            .sh(&[
                "curl",
                "-sH",
                "Metadata-Flavor: Google",
                "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token",
            ]),
        _ => draft.sh(&["gcloud auth print-access-token"]),
    }
    .done()
}

/// The claims of a JWT that a service account signs for IAP or a gateway.
pub(crate) fn claims_file(fill: &Fill) -> Fix {
    const IAP: Template = Template::new(
        r#"
{
  "iss": "SERVICE_ACCOUNT_EMAIL",
  "sub": "SERVICE_ACCOUNT_EMAIL",
  "email": "SERVICE_ACCOUNT_EMAIL",
  "aud": "https://HOST/*",
  "iat": ISSUED_AT,
  "exp": EXPIRES_AT
}
"#,
    );
    const GATEWAY: Template = Template::new(
        r#"
{
  "iss": "SERVICE_ACCOUNT_EMAIL",
  "sub": "SERVICE_ACCOUNT_EMAIL",
  "email": "SERVICE_ACCOUNT_EMAIL",
  "aud": "AUDIENCE",
  "iat": ISSUED_AT,
  "exp": EXPIRES_AT
}
"#,
    );
    let iap = fill.door == Door::Iap;
    Draft::changes(fill, "Write the claims of a new token into `claims.json`")
        .caution_if(iap, "IAP wants `aud` to be the URL with `/*`, or the exact URL called, and at most one hour between `iat` and `exp`.")
        .caution_if(!iap, "`aud` must be one of the gateway’s `x-google-audiences`.")
        .code(Language::Json, if iap { &IAP } else { &GATEWAY })
        .done()
}

/// A JWT that a service account signs itself, for IAP with a Google-managed client and for
/// gateways that know the account.
pub(crate) fn sign_jwt(fill: &Fill) -> Fix {
    Draft::mints(
        fill,
        "Have SERVICE_ACCOUNT_EMAIL sign the claims into `token.jwt`",
    )
    .caution("You need `roles/iam.serviceAccountTokenCreator` on that account.")
    .sh(&[
        "gcloud iam service-accounts sign-jwt",
        "claims.json",
        "token.jwt",
        "--iam-account=SERVICE_ACCOUNT_EMAIL",
    ])
    .done()
}
