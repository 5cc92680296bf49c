//! Variants whose remedy is still told in words: each moves to its family.

use super::Variant;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "wif-executable-not-allowed",
        cause: "token-generation-failed",
        says: "Executable-sourced credentials run only when a variable permits it.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Executable credentials not allowed",
                "export GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES=1",
                "printenv GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES",
                "run the workload again: it gets an access token of the service account (or federated principal), from the CI job, pod or instance itself",
            )
        },
    },
    Variant {
        id: "wif-executable-failed",
        cause: "token-generation-failed",
        says: "The command of credential_source.executable failed, took too long, or printed no valid answer.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Credential executable failed",
                "run the command by hand, mend its login, and let it print {\"version\":1,\"success\":true,\"token_type\":\"urn:ietf:params:oauth:token-type:jwt\",\"id_token\":…}; timeout_millis 5000–120000",
                "the command's own output and exit code",
                "run the workload again: it gets an access token of the service account (or federated principal), from the CI job, pod or instance itself",
            )
        },
    },
    Variant {
        id: "wif-config-invalid",
        cause: "token-generation-failed",
        says: "The external_account or impersonated_service_account file is incomplete, contradictory or points to a foreign URL.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Credential configuration file is malformed",
                "write it anew: gcloud iam workload-identity-pools create-cred-config projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER --service-account=SERVICE_ACCOUNT_EMAIL --output-file=CREDENTIAL_FILE | impersonation: gcloud auth application-default login --impersonate-service-account=SERVICE_ACCOUNT_EMAIL | remove workforce_pool_user_project | X.509: certificate_config_location, leaf first",
                "jq . CREDENTIAL_FILE",
                "run the workload again: it gets an access token of the service account (or federated principal), from the CI job, pod or instance itself",
            )
        },
    },
    Variant {
        id: "wif-provider-name-wrong",
        cause: "token-generation-failed",
        says: "The provider is named with project id, pool only, or does not exist or is disabled.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Provider name wrong or disabled",
                "//iam.googleapis.com/projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER",
                "gcloud iam workload-identity-pools providers list --workload-identity-pool=POOL --location=global --project=PROJECT_ID",
                "run the workload again: it gets an access token of the service account (or federated principal), from the CI job, pod or instance itself",
            )
        },
    },
    Variant {
        id: "wif-issuer-mismatch",
        cause: "token-generation-failed",
        says: "The token's iss differs from the provider's issuer URI.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Provider has another issuer",
                "providers update-oidc PROVIDER … --issuer-uri=<the token's iss, exactly> (Azure v1: https://sts.windows.net/<tenant>/)",
                "iss in the token against providers describe … oidc.issuerUri",
                "run the workload again: it gets an access token of the service account (or federated principal), from the CI job, pod or instance itself",
            )
        },
    },
    Variant {
        id: "wif-issuer-unreachable",
        cause: "token-generation-failed",
        says: "STS cannot fetch the issuer's keys, or the uploaded JWKS is malformed or old.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Issuer's keys missing or outdated",
                "make ISSUER_URL/.well-known/openid-configuration and its JWKS public, or upload the current keys (without x5c, x5t): providers update-oidc PROVIDER … --jwk-json-path=<jwks.json>",
                "curl ISSUER_URL/.well-known/openid-configuration from outside",
                "run the workload again: it gets an access token of the service account (or federated principal), from the CI job, pod or instance itself",
            )
        },
    },
    Variant {
        id: "wif-subject-token-expired",
        cause: "token-generation-failed",
        says: "The CI's or cluster's own token expired before the exchange.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Workload token is too old",
                "fetch it right before the exchange (run google-github-actions/auth again near the step; projected token file; delete output_file)",
                "exp and iat of the token",
                "run the workload again: it gets an access token of the service account (or federated principal), from the CI job, pod or instance itself",
            )
        },
    },
    Variant {
        id: "wif-token-url-refused",
        cause: "token-generation-failed",
        says: "The CI's or cloud's own token URL refuses, or is reachable only inside that cloud.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Identity provider's token URL fails",
                "correct credential_source.url and its headers (Azure: Metadata: True), run inside the cloud or job that it belongs to; GitHub: permissions: id-token: write",
                "curl the URL with the same headers from the workload",
                "run the workload again: it gets an access token of the service account (or federated principal), from the CI job, pod or instance itself",
            )
        },
    },
    Variant {
        id: "callable-not-public",
        cause: "iam-binding-missing",
        says: "Callable functions are checked in code, yet Cloud Run's invoker check refuses the browser first (or the name or region is wrong).",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Platform refuses the callable function",
                "gcloud run services update SERVICE --region=REGION --no-invoker-iam-check (the code keeps checking the Firebase user) | first generation: deploy it again with the Firebase CLI, which opens a callable by itself",
                "gcloud run services describe SERVICE --region=REGION; function name and region in the client",
                "call from the app as the signed-in user, Firebase ID token",
            )
        },
    },
    Variant {
        id: "url-not-found",
        cause: "wrong-url",
        says: "Host, path, function name, tag or region of the URL does not exist (or ingress hides it).",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Address names nothing",
                "use the URL of gcloud run services describe SERVICE --region=REGION --format='value(status.url)' with the right path; then look at ingress",
                "request log of the service: no entry = wrong host or ingress, entry with 404 = the app's path",
                "the corrected URL with the same token",
            )
        },
    },
    Variant {
        id: "reserved-path-healthz",
        cause: "wrong-url",
        says: "Google's front end answers the exact path /healthz itself with 404.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Path /healthz never reaches the service",
                "serve the check under another path (/health, /readyz or /healthz/)",
                "no request log entry for /healthz",
                "call the other path of the same service with the same ID token",
            )
        },
    },
    Variant {
        id: "gateway-path-not-in-spec",
        cause: "wrong-url",
        says: "The gateway's OpenAPI document does not define this path or method.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Path or method not in specification",
                "add the path or method to the document and deploy the config, or correct the URL",
                "gcloud api-gateway api-configs describe <config> --api=API_NAME --view=full",
                "the same call through the gateway",
            )
        },
    },
    Variant {
        id: "resource-name-wrong",
        cause: "wrong-url",
        says: "The named instance, bucket, repository, image, model, secret or region does not exist.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Resource, region or repository wrong",
                "correct the name, region and project (PROJECT_ID:REGION:<instance>; image REGION-docker.pkg.dev/PROJECT_ID/IMAGE_REPOSITORY/<image>), or create it: gcloud artifacts repositories create IMAGE_REPOSITORY --repository-format=docker --location=LOCATION",
                "describe or list the resource in the named project and region",
                "the same command with the corrected name",
            )
        },
    },
    Variant {
        id: "universe-domain-mismatch",
        cause: "wrong-url",
        says: "Client and credential name different universe domains.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Universe of client and credential differ",
                "set both to one: GOOGLE_CLOUD_UNIVERSE_DOMAIN=<domain> | option.WithUniverseDomain | gcloud config set core/universe_domain googleapis.com",
                "gcloud config get core/universe_domain; universe_domain in the file",
                "the program (or gcloud auth application-default print-access-token) gets an access token of the intended account, on the same machine",
            )
        },
    },
    Variant {
        id: "wif-aws-environment-missing",
        cause: "token-generation-failed",
        says: "The AWS workload gives the library no credentials or region to sign with.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "AWS role, keys or region missing",
                "attach an IAM role to the instance or task, or set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN | export AWS_REGION=REGION | IMDSv2: create-cred-config … --aws --enable-imdsv2 and hop limit 2",
                "aws sts get-caller-identity and printenv AWS_REGION in the workload",
                "run the workload again: it gets an access token of the service account (or federated principal), from the CI job, pod or instance itself",
            )
        },
    },
    Variant {
        id: "wif-credential-source-wrong",
        cause: "token-generation-failed",
        says: "The file or answer that credential_source names is missing, empty, or read with the wrong format or field.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Workload token file missing or misread",
                "mount the projected token at credential_source.file | set credential_source.format: {\"type\":\"json\",\"subject_token_field_name\":\"<field>\"} (GitHub: value) or {\"type\":\"text\"} | Terraform: the token itself as identity_token",
                "ls -l and head -c 20 of credential_source.file in the pod or job",
                "run the workload again: it gets an access token of the service account (or federated principal), from the CI job, pod or instance itself",
            )
        },
    },
    Variant {
        id: "verifier-claim-missing",
        cause: "app-rejects",
        says: "The program's own check demands a claim that this token does not carry, or carries in another form or with another value.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Required claim is missing or differs",
                "compare the token's claims with what the check requires; ask for a token that carries the claim (Google ID tokens: email only with --include-email, hd only for Workspace users), or drop the requirement in the verifier",
                "why401 '<token>' (lists the claims)",
                "the same request with the new token",
            )
        },
    },
    Variant {
        id: "token-too-old-for-verifier",
        cause: "app-rejects",
        says: "The program limits age or lifetime (max age, token age, exp not more than N minutes ahead) more strictly than the token's own exp.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Token is older or longer than verifier admits",
                "fetch a new token for each call (or shortly before), or raise the limit in the verifier to at least one hour",
                "why401 '<token>' (shows iat and exp)",
                "the same request with a new token",
            )
        },
    },
    Variant {
        id: "token-encrypted",
        cause: "app-rejects",
        says: "The verifier works with encrypted tokens (JWE, five parts) and the decryption key is missing or another one; Google's tokens are signed, never encrypted.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Encrypted token or decryption key wrong",
                "send Google's signed ID token and let the verifier accept signed tokens (JWS), or give it the decryption key of the issuer that encrypts",
                "count the parts of the token: three are signed, five are encrypted",
                "the same request with a signed token",
            )
        },
    },
];

fn told(
    fill: &Fill,
    title: &'static str,
    first: &'static str,
    check: &'static str,
    verify: &'static str,
) -> Remedy {
    let mut remedy = Remedy::change(Draft::changes(fill, title).words(first).done());
    if !check.is_empty() {
        remedy = remedy.check(
            Draft::reads(fill, "Look at this before")
                .words(check)
                .done(),
        );
    }
    if !verify.is_empty() {
        remedy = remedy.verify(Draft::reads(fill, "See that it works").words(verify).done());
    }
    remedy
}
