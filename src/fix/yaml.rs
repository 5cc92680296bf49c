//! Workflows, GitHub Actions and OpenAPI.

use super::template::Template;

pub(super) const WORKFLOW: Template = Template::new(
    r#"
- call_service:
    call: http.get
    args:
      url: "REQUEST_URL"
      auth:
        type: OIDC
        audience: "AUDIENCE"
    result: answer
"#,
);

pub(super) const WORKFLOW_API: Template = Template::new(
    r#"
- call_api:
    call: http.get
    args:
      url: "API_URL"
      auth:
        type: OAuth2
        scopes: "https://www.googleapis.com/auth/cloud-platform"
    result: answer
"#,
);

pub(super) const GITHUB: Template = Template::new(
    r#"
permissions:
  contents: read
  id-token: write

jobs:
  call:
    runs-on: ubuntu-latest
    steps:
      - id: auth
        uses: google-github-actions/auth@v3
        with:
          workload_identity_provider: "projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER"
          service_account: "SERVICE_ACCOUNT_EMAIL"
          token_format: id_token
          id_token_audience: "AUDIENCE"
          id_token_include_email: true
      - run: |
          curl --fail-with-body --header "Authorization: Bearer ${TOKEN}" "${URL}"
        env:
          TOKEN: "${{ steps.auth.outputs.id_token }}"
          URL: "REQUEST_URL"
"#,
);

pub(super) const GITHUB_API: Template = Template::new(
    r#"
permissions:
  contents: read
  id-token: write

jobs:
  call:
    runs-on: ubuntu-latest
    steps:
      - id: auth
        uses: google-github-actions/auth@v3
        with:
          workload_identity_provider: "projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER"
          service_account: "SERVICE_ACCOUNT_EMAIL"
          token_format: access_token
      - run: |
          curl --fail-with-body --header "Authorization: Bearer ${TOKEN}" "${URL}"
        env:
          TOKEN: "${{ steps.auth.outputs.access_token }}"
          URL: "API_URL"
"#,
);

pub(super) const GATEWAY_FIREBASE: Template = Template::new(
    r#"
securityDefinitions:
  firebase:
    type: oauth2
    flow: implicit
    authorizationUrl: ""
    x-google-issuer: "https://securetoken.google.com/FIREBASE_PROJECT"
    x-google-jwks_uri: "https://www.googleapis.com/service_accounts/v1/metadata/x509/securetoken@system.gserviceaccount.com"
    x-google-audiences: "FIREBASE_PROJECT"
security:
  - firebase: []
"#,
);

pub(super) const GATEWAY_ACCOUNT: Template = Template::new(
    r#"
securityDefinitions:
  caller:
    type: oauth2
    flow: implicit
    authorizationUrl: ""
    x-google-issuer: "SERVICE_ACCOUNT_EMAIL"
    x-google-jwks_uri: "https://www.googleapis.com/service_accounts/v1/jwk/SERVICE_ACCOUNT_EMAIL"
    x-google-audiences: "TOKEN_AUDIENCE"
security:
  - caller: []
"#,
);

pub(super) const GATEWAY_GOOGLE: Template = Template::new(
    r#"
securityDefinitions:
  google:
    type: oauth2
    flow: implicit
    authorizationUrl: ""
    x-google-issuer: "https://accounts.google.com"
    x-google-jwks_uri: "https://www.googleapis.com/oauth2/v3/certs"
    x-google-audiences: "TOKEN_AUDIENCE"
security:
  - google: []
"#,
);
