//! Variants whose remedy is still told in words: each moves to its family.

use super::Variant;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "private-key-newlines",
        cause: "token-generation-failed",
        says: "The private_key passed through an environment variable carries the two characters \\n instead of line breaks.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Private key lost its newlines",
                "restore the line breaks: key.replace('\\\\n', '\\n') | process.env.VARIABLE.replace(/\\\\n/g, '\\n') | mount the key file instead of a variable",
                "count the lines of the key: echo \"$VARIABLE\" | wc -l (more than 20 expected)",
                "the program (or gcloud auth application-default print-access-token) gets an access token of the intended account, on the same machine",
            )
        },
    },
    Variant {
        id: "credential-file-of-wrong-kind",
        cause: "token-generation-failed",
        says: "The file is an OAuth client, firebaseConfig, .p12 or another credential type than the loader takes.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Credential file of another kind",
                "give the type that the loader takes (service account key JSON, federation configuration, the file gcloud auth application-default login writes), or load with the default credentials: google.auth.default | google.FindDefaultCredentials | GoogleCredentials.getApplicationDefault",
                "jq -r .type CREDENTIAL_FILE; \"installed\" or \"web\" at the top = OAuth client, no credential",
                "the program (or gcloud auth application-default print-access-token) gets an access token of the intended account, on the same machine",
            )
        },
    },
    Variant {
        id: "credential-type-unknown-to-library",
        cause: "token-generation-failed",
        says: "The credential type is valid but this release of the library cannot read it.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Library cannot use this credential type",
                "update the auth library (pip install -U google-auth | go get golang.org/x/oauth2@latest | npm i google-auth-library@latest), else use a type it knows: service account, or user login as source of the impersonation",
                "jq -r .type CREDENTIAL_FILE; version of the auth library",
                "the program (or gcloud auth application-default print-access-token) gets an access token of the intended account, on the same machine",
            )
        },
    },
    Variant {
        id: "credential-variable-empty",
        cause: "token-generation-failed",
        says: "The variable, secret or option that should carry the credential, path or target account is empty in this environment.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Variable for the credential is unset",
                "set the variable in this environment: deploy --set-secrets=VARIABLE=SECRET:latest | GitHub: define the secret for this event and environment | TargetPrincipal / --impersonate-service-account=SERVICE_ACCOUNT_EMAIL; or drop the argument so that ADC is used",
                "printenv VARIABLE | head -c 10 inside the running container",
                "the program (or gcloud auth application-default print-access-token) gets an access token of the intended account, on the same machine",
            )
        },
    },
    Variant {
        id: "credentials-argument-wrong-type",
        cause: "token-generation-failed",
        says: "A string, dict, foreign object or a callback with a wrong return value was passed where the library wants its own credentials object.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Wrong object passed as credentials",
                "pass what the argument takes: service_account.Credentials.from_service_account_file(CREDENTIAL_FILE) | json.loads(SECRET) for *_info | credential: cert(<key>) | impersonated_credentials.Credentials(…) | refresh_handler returning (token, UTC expiry)",
                "type of the argument at the line of the stack trace",
                "the program (or gcloud auth application-default print-access-token) gets an access token of the intended account, on the same machine",
            )
        },
    },
    Variant {
        id: "conflicting-credential-options",
        cause: "token-generation-failed",
        says: "Two options that exclude each other were given (key and file, scopes and audience, credentials and WithoutAuthentication).",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Two credential options at once",
                "keep one: remove the other option, flag or file",
                "options passed at the client's construction",
                "the program (or gcloud auth application-default print-access-token) gets an access token of the intended account, on the same machine",
            )
        },
    },
    Variant {
        id: "user-login-expired",
        cause: "token-generation-failed",
        says: "The stored login of a person (refresh token, login file) was revoked, expired, damaged, or its account is gone.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "User login missing, ended or damaged",
                "sign in again with the tool that stored it: gcloud auth application-default login (workforce: --login-config=CREDENTIAL_FILE; impersonated: --impersonate-service-account=SERVICE_ACCOUNT_EMAIL) | gcloud auth login | firebase login --reauth | own app: delete the stored token, sign in, publish the app | scheduled query: bq update --transfer_config --update_credentials <config>; account deleted: sign in as another one",
                "gcloud auth application-default print-access-token; gcloud auth print-access-token",
                "gcloud auth print-access-token (ADC: gcloud auth application-default print-access-token) or the own app prints a token, as the signed-in user",
            )
        },
    },
    Variant {
        id: "reauth-required",
        cause: "token-generation-failed",
        says: "The Workspace or Cloud session length ran out; a new interactive sign-in is demanded (invalid_rapt).",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Session control asks for reauthentication",
                "in an interactive terminal: gcloud auth login | gcloud auth application-default login | unattended job: run as a service account instead of a person",
                "gcloud auth list; error text names reauth or rapt",
                "gcloud auth print-access-token (ADC: gcloud auth application-default print-access-token) or the own app prints a token, as the signed-in user",
            )
        },
    },
    Variant {
        id: "gcloud-not-logged-in",
        cause: "token-generation-failed",
        says: "gcloud, or a tool that asks gcloud, has no account to act as.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "gcloud has no active account",
                "gcloud auth login | CI: google-github-actions/auth with setup-gcloud, or gcloud auth activate-service-account --key-file=CREDENTIAL_FILE | several accounts: gcloud config set account <account> | gcloud config unset auth/disable_credentials",
                "gcloud auth list",
                "gcloud auth print-access-token succeeds for the account shown as active",
            )
        },
    },
    Variant {
        id: "redirect-uri-mismatch",
        cause: "token-generation-failed",
        says: "The redirect URI, JavaScript origin or domain of the sign-in is not registered.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Redirect URI, origin or domain unregistered",
                "add exactly this value: OAuth client > Authorized redirect URIs | Authorized JavaScript origins | Firebase: Authentication > Settings > Authorized domains",
                "redirect_uri in the authorization URL",
                "gcloud auth print-access-token (ADC: gcloud auth application-default print-access-token) or the own app prints a token, as the signed-in user",
            )
        },
    },
    Variant {
        id: "oauth-login-interrupted",
        cause: "token-generation-failed",
        says: "The callback belongs to another attempt, brought no code, or the consent was never completed.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Sign-in was not finished",
                "start the sign-in again at the authorization URL, finish it in one browser session (same host, state, code_verifier), URL-decode the code and redeem it once",
                "query string of the callback (code, state, error)",
                "gcloud auth print-access-token (ADC: gcloud auth application-default print-access-token) or the own app prints a token, as the signed-in user",
            )
        },
    },
    Variant {
        id: "oauth-app-in-testing",
        cause: "token-generation-failed",
        says: "The app is internal or in Testing and the user is not admitted, or the user declined.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "OAuth app does not admit user",
                "add the account as test user | publish the app | user type External (Google Auth Platform > Audience); or sign in with an account of the organisation",
                "Audience page: publishing status and test users",
                "sign-in as that user",
            )
        },
    },
    Variant {
        id: "default-oauth-client-blocked",
        cause: "token-generation-failed",
        says: "Sensitive scopes (Drive, Sheets, Gmail) are no longer given to the default ADC client.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Google's own client blocked for scopes",
                "gcloud auth application-default login --client-id-file=<client.json> --scopes=https://www.googleapis.com/auth/cloud-platform,<scope> | use a service account",
                "scopes named on the consent page",
                "gcloud auth print-access-token (ADC: gcloud auth application-default print-access-token) or the own app prints a token, as the signed-in user",
            )
        },
    },
    Variant {
        id: "clock-skew",
        cause: "token-generation-failed",
        says: "iat and exp of the self-signed assertion lie outside Google's window because the machine's clock is off.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Clock of the minting machine is wrong",
                "synchronise the clock: timedatectl set-ntp true (NTP, chrony; restart Docker Desktop or WSL after sleep)",
                "date -u against a known clock",
                "gcloud auth print-access-token as the same service account",
            )
        },
    },
    Variant {
        id: "key-revoked",
        cause: "token-generation-failed",
        says: "The key that signs was deleted, disabled, or is another account's (Invalid JWT Signature).",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Service account key deleted or foreign",
                "attach the account or use federation, else make a new key: gcloud iam service-accounts keys create CREDENTIAL_FILE --iam-account=SERVICE_ACCOUNT_EMAIL and deploy it",
                "gcloud iam service-accounts keys list --iam-account=SERVICE_ACCOUNT_EMAIL against private_key_id of the file",
                "access token made with the new credential, as the service account",
            )
        },
    },
    Variant {
        id: "service-account-deleted",
        cause: "token-generation-failed",
        says: "The service account of the key, configuration or workload no longer exists.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Service account was deleted",
                "gcloud iam service-accounts undelete <numeric-id> (30 days), or use another: gcloud run services update SERVICE --region=REGION --service-account=SERVICE_ACCOUNT_EMAIL | builds: --build-service-account=SERVICE_ACCOUNT_EMAIL | new key of an existing account",
                "gcloud iam service-accounts describe SERVICE_ACCOUNT_EMAIL",
                "access token as that service account",
            )
        },
    },
    Variant {
        id: "service-account-disabled",
        cause: "token-generation-failed",
        says: "The account behind the token is switched off.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Service account is disabled",
                "gcloud iam service-accounts enable SERVICE_ACCOUNT_EMAIL",
                "gcloud iam service-accounts describe SERVICE_ACCOUNT_EMAIL --format='value(disabled)'",
                "access token as that service account",
            )
        },
    },
    Variant {
        id: "impersonation-role-missing",
        cause: "token-generation-failed",
        says: "The caller lacks iam.serviceAccounts.getAccessToken on the service account (or on the next one of a delegation chain).",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Caller may not impersonate the account",
                "gcloud iam service-accounts add-iam-policy-binding SERVICE_ACCOUNT_EMAIL --member=<user-or-serviceAccount:caller> --role=roles/iam.serviceAccountTokenCreator",
                "gcloud iam service-accounts get-iam-policy SERVICE_ACCOUNT_EMAIL",
                "gcloud auth print-access-token --impersonate-service-account=SERVICE_ACCOUNT_EMAIL, as the caller",
            )
        },
    },
    Variant {
        id: "openid-token-role-missing",
        cause: "token-generation-failed",
        says: "The caller lacks iam.serviceAccounts.getOpenIdToken on the service account.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Caller may not make ID tokens",
                "gcloud iam service-accounts add-iam-policy-binding SERVICE_ACCOUNT_EMAIL --member=CALLING_SERVICE --role=roles/iam.serviceAccountOpenIdTokenCreator (with gcloud --impersonate-service-account: roles/iam.serviceAccountTokenCreator)",
                "gcloud iam service-accounts get-iam-policy SERVICE_ACCOUNT_EMAIL",
                "generateIdToken as the caller, ID token for the service URL",
            )
        },
    },
    Variant {
        id: "sign-blob-role-missing",
        cause: "token-generation-failed",
        says: "Signing through IAM (signBlob, signJwt) needs Token Creator on the signing account, also for itself.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Account may not sign for itself",
                "gcloud iam service-accounts add-iam-policy-binding SERVICE_ACCOUNT_EMAIL --member=serviceAccount:CALLING_ACCOUNT_EMAIL --role=roles/iam.serviceAccountTokenCreator",
                "gcloud iam service-accounts get-iam-policy SERVICE_ACCOUNT_EMAIL",
                "signed URL or custom token made by the running service account",
            )
        },
    },
    Variant {
        id: "no-private-key-to-sign",
        cause: "token-generation-failed",
        says: "The credential (user login, metadata, federation) holds no private key, so it cannot sign a URL or token by itself.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Credential cannot sign",
                "sign over IAM as a service account: service_account_email=SERVICE_ACCOUNT_EMAIL, access_token=credentials.token | gcloud storage sign-url --impersonate-service-account=SERVICE_ACCOUNT_EMAIL | Firebase: serviceAccountId: SERVICE_ACCOUNT_EMAIL",
                "type of the credential in use",
                "signed URL opens, or custom token is accepted; signed as SERVICE_ACCOUNT_EMAIL",
            )
        },
    },
    Variant {
        id: "impersonation-target-missing",
        cause: "token-generation-failed",
        says: "The service account to act as (option, configuration or Kubernetes annotation) is misspelt or does not exist.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Account to impersonate does not exist",
                "correct the address (gcloud iam service-accounts list --project=PROJECT_ID) where it is set: --impersonate-service-account | service_account_impersonation_url | kubectl annotate serviceaccount KUBERNETES_ACCOUNT -n NAMESPACE iam.gke.io/gcp-service-account=SERVICE_ACCOUNT_EMAIL --overwrite; or create the account",
                "gcloud iam service-accounts describe SERVICE_ACCOUNT_EMAIL",
                "gcloud auth print-access-token --impersonate-service-account=SERVICE_ACCOUNT_EMAIL, as the caller",
            )
        },
    },
    Variant {
        id: "federated-credential-without-impersonation",
        cause: "token-generation-failed",
        says: "A workload or workforce credential without service account can make no ID token, sign nothing, and is refused by some APIs.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Federated credential gives no ID token",
                "impersonate: gcloud auth print-identity-token --impersonate-service-account=SERVICE_ACCOUNT_EMAIL --audiences=AUDIENCE | create-cred-config --service-account=SERVICE_ACCOUNT_EMAIL | GitHub: service_account: SERVICE_ACCOUNT_EMAIL",
                "jq .service_account_impersonation_url CREDENTIAL_FILE",
                "ID token with aud=AUDIENCE, as SERVICE_ACCOUNT_EMAIL",
            )
        },
    },
    Variant {
        id: "user-adc-gives-no-id-token",
        cause: "token-generation-failed",
        says: "A person's default credentials cannot make an ID token for an audience in this library.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "User login gives no ID token here",
                "impersonate a service account: gcloud auth application-default login --impersonate-service-account=SERVICE_ACCOUNT_EMAIL (Python fetch_id_token: set GOOGLE_APPLICATION_CREDENTIALS to that file) | Java: gcloud auth login --update-adc | cloud-run-proxy: -token \"$(gcloud auth print-identity-token)\"",
                "jq -r .type ~/.config/gcloud/application_default_credentials.json",
                "ID token with aud=AUDIENCE, as SERVICE_ACCOUNT_EMAIL",
            )
        },
    },
    Variant {
        id: "gcloud-token-flag-misused",
        cause: "token-generation-failed",
        says: "A flag of gcloud auth print-*-token (--audiences, --include-email, --token-format, --lifetime) is not valid for the active account.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "gcloud flag refused for this account",
                "drop the flag (Cloud Run accepts the plain token of a person), or add --impersonate-service-account=SERVICE_ACCOUNT_EMAIL: gcloud auth print-identity-token --impersonate-service-account=SERVICE_ACCOUNT_EMAIL --audiences=AUDIENCE --include-email",
                "gcloud auth list",
                "gcloud auth print-identity-token prints a token for the active account",
            )
        },
    },
    Variant {
        id: "audience-argument-missing",
        cause: "token-generation-failed",
        says: "The ID token was asked for without an audience, or with one that is no valid string.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Audience argument is empty",
                "pass the service URL: fetch_id_token(request, \"AUDIENCE\") | idtoken.NewClient(ctx, \"AUDIENCE\") | --audiences=AUDIENCE",
                "print the variable that should hold the URL",
                "ID token with aud=AUDIENCE, as the caller",
            )
        },
    },
    Variant {
        id: "id-token-asked-with-scope",
        cause: "token-generation-failed",
        says: "Scope and target audience exclude each other: a scope gives an access token, a target audience an ID token.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Scope and audience mixed up",
                "ID token: target_audience alone (IDTokenCredentials | idtoken.NewCredentials | getIdTokenClient), no scope; access token: scope alone",
                "arguments of the credential",
                "the token's kind: three parts with aud = ID token, ya29. = access token",
            )
        },
    },
    Variant {
        id: "scope-argument-missing",
        cause: "token-generation-failed",
        says: "The credential was built without scope, or with a misspelt one.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "No valid scope was given",
                "pass https://www.googleapis.com/auth/cloud-platform: google.auth.default(scopes=[…]) | createScoped(…) | credentials.with_scopes([…]) | GoogleAuth({scopes}) | gcloud auth application-default login --scopes=https://www.googleapis.com/auth/cloud-platform,<more>",
                "scope argument of the credential",
                "access token made; call answers 200 as the same account",
            )
        },
    },
    Variant {
        id: "lifetime-too-long",
        cause: "token-generation-failed",
        says: "More than one hour was asked, or clock skew makes one hour too long.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Token lifetime asked too long",
                "ask for 3300s | GitHub: access_token_lifetime: 3300s | longer: add the account to constraints/iam.allowServiceAccountCredentialLifetimeExtension",
                "the lifetime asked for",
                "access token as the target account",
            )
        },
    },
    Variant {
        id: "domain-wide-delegation-missing",
        cause: "token-generation-failed",
        says: "The Workspace domain has not authorised the service account's client id for exactly these scopes.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Domain-wide delegation missing",
                "Admin console > Security > API controls > Domain-wide delegation: add the account's numeric client id with <scopes>",
                "gcloud iam service-accounts describe SERVICE_ACCOUNT_EMAIL --format='value(oauth2ClientId)'; scopes of the code",
                "access token with subject <user>, made by the service account",
            )
        },
    },
    Variant {
        id: "delegation-subject-invalid",
        cause: "token-generation-failed",
        says: "The delegation names no subject, no existing Workspace user, or the credential cannot act for one.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Delegated user missing or not valid",
                "set the subject to an existing primary address: with_subject(\"<user@domain>\") (Admin SDK: an admin; Gmail: userId \"me\"); where the credential is no service account key, remove the subject or sign the JWT over IAM",
                "user in the Admin console's directory",
                "access token with that subject",
            )
        },
    },
    Variant {
        id: "client-certificate-missing",
        cause: "token-generation-failed",
        says: "mTLS or bound tokens are switched on by a variable, but the certificate is missing or unreadable.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Client certificate asked but missing",
                "unset GOOGLE_API_USE_CLIENT_CERTIFICATE | GOOGLE_API_ENABLE_RUNTIME_BOUND_TOKEN=false | unset GCE_METADATA_MTLS_MODE; or enrol the device / mount the certificate",
                "env | grep -E 'CERTIFICATE|MTLS|BOUND'",
                "the program (or gcloud auth application-default print-access-token) gets an access token of the intended account, on the same machine",
            )
        },
    },
    Variant {
        id: "token-error-wrapped",
        cause: "token-generation-failed",
        says: "The library says that no token could be made and hides the reason in its cause or log.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Inner token error is hidden",
                "print the cause chain ({:?} | err.cause | RUST_LOG=gcp_auth=warn) and mend what it names; on a workstation mostly gcloud auth application-default login",
                "gcloud auth application-default print-access-token",
                "the program (or gcloud auth application-default print-access-token) gets an access token of the intended account, on the same machine",
            )
        },
    },
    Variant {
        id: "no-service-account-attached",
        cause: "token-generation-failed",
        says: "The metadata server answers but the VM, pod or job has no account.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Machine has no service account",
                "gcloud compute instances set-service-account VM_NAME --zone=ZONE --service-account=SERVICE_ACCOUNT_EMAIL --scopes=cloud-platform (VM stopped) | GKE: bind Workload Identity",
                "curl -H 'Metadata-Flavor: Google' http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/",
                "metadata token from that machine, as SERVICE_ACCOUNT_EMAIL",
            )
        },
    },
    Variant {
        id: "metadata-server-not-ready",
        cause: "token-generation-failed",
        says: "In the first seconds of a GKE pod, or behind a network policy, the metadata server does not answer.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Metadata server not reachable yet",
                "wait for it in an init container and retry; let the network policy admit 169.254.169.254:80 (GKE: 988)",
                "curl -H 'Metadata-Flavor: Google' http://169.254.169.254/ from the pod",
                "metadata token from the pod",
            )
        },
    },
    Variant {
        id: "metadata-server-shadowed",
        cause: "token-generation-failed",
        says: "A proxy, emulator, variable or wrong token_uri stands in for Google's metadata server or token endpoint.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Something else answers for Google's endpoint",
                "unset GCE_METADATA_HOST and METADATA_SERVER_DETECTION, add metadata.google.internal to NO_PROXY, set token_uri to https://oauth2.googleapis.com/token",
                "env | grep -iE 'proxy|METADATA'; curl -sI http://metadata.google.internal (Metadata-Flavor: Google expected)",
                "metadata token from that machine",
            )
        },
    },
    Variant {
        id: "gke-workload-identity-off",
        cause: "token-generation-failed",
        says: "The cluster or node pool has no Workload Identity Federation, or conceals the metadata.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Workload Identity is off",
                "gcloud container clusters update CLUSTER --location=LOCATION --workload-pool=PROJECT_ID.svc.id.goog; node pool --workload-metadata=GKE_METADATA",
                "gcloud container clusters describe CLUSTER --format='value(workloadIdentityConfig.workloadPool)'",
                "metadata token from the pod, as the Google service account",
            )
        },
    },
    Variant {
        id: "gke-workload-identity-user-missing",
        cause: "token-generation-failed",
        says: "The Kubernetes service account may not act as the Google service account.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Kubernetes account not bound",
                "gcloud iam service-accounts add-iam-policy-binding SERVICE_ACCOUNT_EMAIL --role=roles/iam.workloadIdentityUser --member=\"serviceAccount:PROJECT_ID.svc.id.goog[NAMESPACE/KUBERNETES_ACCOUNT]\" and annotate the Kubernetes account with iam.gke.io/gcp-service-account=SERVICE_ACCOUNT_EMAIL",
                "gcloud iam service-accounts get-iam-policy SERVICE_ACCOUNT_EMAIL; kubectl describe sa KUBERNETES_ACCOUNT -n NAMESPACE",
                "metadata token from a pod of that namespace and account, as SERVICE_ACCOUNT_EMAIL",
            )
        },
    },
    Variant {
        id: "gcloud-not-installed",
        cause: "token-generation-failed",
        says: "The tool calls gcloud, a credential helper or gke-gcloud-auth-plugin that is not installed or not on its PATH.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "gcloud, plugin or helper not installed",
                "install it and put it on the PATH of this process: gcloud components install gke-gcloud-auth-plugin | apt-get install google-cloud-cli-gke-gcloud-auth-plugin | Google Cloud CLI; old kubeconfig: gcloud container clusters get-credentials CLUSTER --location=LOCATION",
                "which gcloud gke-gcloud-auth-plugin docker-credential-gcloud",
                "gcloud auth print-access-token from the same process",
            )
        },
    },
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
        id: "wif-attribute-condition",
        cause: "token-generation-failed",
        says: "The provider's condition does not admit this repository, branch or subject.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Attribute condition refuses the token",
                "gcloud iam workload-identity-pools providers update-oidc PROVIDER --workload-identity-pool=POOL --location=global --attribute-condition=\"assertion.repository=='<owner>/IMAGE_REPOSITORY'\"",
                "providers describe … --format='value(attributeCondition)' against the token's claims",
                "run the workload again: it gets an access token of the service account (or federated principal), from the CI job, pod or instance itself",
            )
        },
    },
    Variant {
        id: "wif-attribute-mapping",
        cause: "token-generation-failed",
        says: "google.subject is mapped to a claim the token lacks, or to more than 127 bytes.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Attribute mapping of google.subject wrong",
                "gcloud iam workload-identity-pools providers update-oidc PROVIDER --workload-identity-pool=POOL --location=global --attribute-mapping=\"google.subject=assertion.sub\" (too long: assertion.repository_id or sub.extract(…))",
                "providers describe … --format='value(attributeMapping)' against the token's claims",
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
        id: "wif-token-audience",
        cause: "token-generation-failed",
        says: "The external token's aud is not one the provider allows.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Workload token has another audience",
                "let the CI ask for https://iam.googleapis.com/projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER, or providers update-oidc … --allowed-audiences=<aud>",
                "aud in the token against oidc.allowedAudiences",
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
        id: "wif-workload-identity-user-missing",
        cause: "token-generation-failed",
        says: "The pool's principal has no roles/iam.workloadIdentityUser on the service account.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Federated principal may not impersonate",
                "gcloud iam service-accounts add-iam-policy-binding SERVICE_ACCOUNT_EMAIL --role=roles/iam.workloadIdentityUser --member=\"principalSet://iam.googleapis.com/projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/attribute.repository/<owner>/IMAGE_REPOSITORY\"",
                "gcloud iam service-accounts get-iam-policy SERVICE_ACCOUNT_EMAIL",
                "run the workload again: it gets an access token of the service account (or federated principal), from the CI job, pod or instance itself",
            )
        },
    },
    Variant {
        id: "gha-id-token-permission",
        cause: "token-generation-failed",
        says: "The GitHub job lacks id-token: write, so no OIDC token is injected.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Job may not request an ID token",
                "permissions: { contents: read, id-token: write } on the job (not given to pull requests from forks)",
                "the job's permissions in the run log",
                "the auth step succeeds; gcloud auth list shows the account",
            )
        },
    },
    Variant {
        id: "gha-auth-step-missing",
        cause: "token-generation-failed",
        says: "The workflow uses Google Cloud before signing in, or a later checkout removes the credentials file.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Auth step missing or undone",
                "order the steps: actions/checkout, google-github-actions/auth (workload_identity_provider, service_account), then this step",
                "order of the steps in the workflow file",
                "the step succeeds as the given service account",
            )
        },
    },
    Variant {
        id: "gateway-account-cannot-mint",
        cause: "token-generation-failed",
        says: "API Gateway or ESPv2 has no service account that can make ID tokens for the backend.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Gateway cannot make backend token",
                "gcloud api-gateway api-configs create <config> --api=API_NAME --openapi-spec=<spec> --backend-auth-service-account=SERVICE_ACCOUNT_EMAIL; set jwt_audience: <backend-url>",
                "gcloud api-gateway api-configs describe <config> --api=API_NAME",
                "call through the gateway; backend log shows SERVICE_ACCOUNT_EMAIL",
            )
        },
    },
    Variant {
        id: "push-subscription-without-auth",
        cause: "no-credential",
        says: "The Pub/Sub push subscription has no authentication, so Cloud Run gets no token.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Push subscription sends no token",
                "gcloud pubsub subscriptions modify-push-config SUBSCRIPTION --push-endpoint=AUDIENCE/CREDENTIAL_FILE --push-auth-service-account=SERVICE_ACCOUNT_EMAIL --push-auth-token-audience=AUDIENCE",
                "gcloud pubsub subscriptions describe SUBSCRIPTION --format='value(pushConfig.oidcToken)'",
                "publish a message; the service's log shows 2xx from CloudPubSub-Google as SERVICE_ACCOUNT_EMAIL",
            )
        },
    },
    Variant {
        id: "scheduler-job-without-oidc",
        cause: "no-credential",
        says: "The Cloud Scheduler job has no OIDC account.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Scheduler job sends no token",
                "gcloud scheduler jobs update http SCHEDULER_JOB --location=REGION --oidc-service-account-email=SERVICE_ACCOUNT_EMAIL --oidc-token-audience=AUDIENCE",
                "gcloud scheduler jobs describe SCHEDULER_JOB --location=REGION",
                "gcloud scheduler jobs run SCHEDULER_JOB --location=REGION; log shows 2xx, ID token of SERVICE_ACCOUNT_EMAIL",
            )
        },
    },
    Variant {
        id: "task-without-oidc",
        cause: "no-credential",
        says: "The Cloud Task has no oidcToken, so the target gets no token.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Task is queued without token",
                "set httpRequest.oidcToken.serviceAccountEmail=SERVICE_ACCOUNT_EMAIL and audience=AUDIENCE when creating the task | gcloud tasks create-http-task --oidc-service-account-email=SERVICE_ACCOUNT_EMAIL --oidc-token-audience=AUDIENCE | Firebase: enqueue with the Admin SDK",
                "gcloud tasks describe <task> --queue=QUEUE --location=REGION --response-view=full",
                "the next task is answered 2xx, ID token of SERVICE_ACCOUNT_EMAIL",
            )
        },
    },
    Variant {
        id: "workflow-step-without-auth",
        cause: "no-credential",
        says: "The http step of the workflow has no auth entry.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Workflow step sends no token",
                "add to the step's args: auth: { type: OIDC, audience: AUDIENCE } (for *.googleapis.com: type: OAuth2)",
                "gcloud workflows describe <workflow> --location=REGION",
                "gcloud workflows execute <workflow>; step answers 2xx as the workflow's account",
            )
        },
    },
    Variant {
        id: "eventarc-trigger-without-account",
        cause: "no-credential",
        says: "The trigger has no service account of its own that may invoke the target.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Eventarc trigger has no account",
                "gcloud eventarc triggers update <trigger> --location=REGION --service-account=SERVICE_ACCOUNT_EMAIL (and roles/run.invoker for SERVICE_ACCOUNT_EMAIL)",
                "gcloud eventarc triggers describe <trigger> --location=REGION --format='value(serviceAccount)'",
                "raise an event; service's log shows 2xx, ID token of SERVICE_ACCOUNT_EMAIL",
            )
        },
    },
    Variant {
        id: "scheduler-oidc-to-google-api",
        cause: "id-token-where-access-token-needed",
        says: "The job calls *.googleapis.com (for example jobs:run) with an ID token.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Scheduler sends OIDC to Google API",
                "gcloud scheduler jobs update http SCHEDULER_JOB --location=REGION --oauth-service-account-email=SERVICE_ACCOUNT_EMAIL",
                "gcloud scheduler jobs describe SCHEDULER_JOB --location=REGION (oidcToken and a googleapis.com URI)",
                "gcloud scheduler jobs run SCHEDULER_JOB; log shows 200, access token of SERVICE_ACCOUNT_EMAIL",
            )
        },
    },
    Variant {
        id: "sender-oauth-to-service",
        cause: "access-token-where-id-token-needed",
        says: "The job, task or workflow step sends an OAuth access token to a run.app or function URL.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Sender uses OAuth for Cloud Run",
                "Scheduler: --oidc-service-account-email=SERVICE_ACCOUNT_EMAIL --oidc-token-audience=AUDIENCE | Workflows: auth: type: OIDC | Tasks: oidcToken instead of oauthToken",
                "describe the job, task or workflow (oauthToken / OAuth2)",
                "run it once; service's log shows 2xx, ID token of SERVICE_ACCOUNT_EMAIL",
            )
        },
    },
    Variant {
        id: "sender-audience-wrong",
        cause: "audience-mismatch",
        says: "Scheduler, Tasks, Pub/Sub push or Workflows makes its token for another audience than the service's.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Sender's OIDC audience is wrong",
                "Scheduler: --oidc-token-audience=AUDIENCE | Pub/Sub: --push-auth-token-audience=AUDIENCE | Tasks: oidcToken.audience | Workflows: auth.audience",
                "describe the job, subscription, task or workflow",
                "run or publish once; log shows 2xx, ID token of SERVICE_ACCOUNT_EMAIL",
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
        id: "firebase-auth-not-set-up",
        cause: "consumer-refused",
        says: "Authentication, Identity Platform or the sign-in provider is not enabled in this project.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Firebase Authentication not set up",
                "Firebase console > Authentication: Get started; Sign-in method: enable the provider (external client ids: add <client-id>)",
                "project id of the error; Sign-in method page",
                "sign-in with that provider",
            )
        },
    },
    Variant {
        id: "iap-credential-missing",
        cause: "iap-in-front",
        says: "IAP stands in front and got no token, or something that is no JWT (for example an access token).",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "IAP got no usable credential",
                "sign a JWT as the caller's service account with aud https://HOST/*: gcloud iam service-accounts sign-jwt --iam-account=SERVICE_ACCOUNT_EMAIL claims.json token.jwt; send it as Authorization (or Proxy-Authorization): Bearer",
                "curl -si AUDIENCE: x-goog-iap-generated-response, 302 to accounts.google.com",
                "call the IAP URL as SERVICE_ACCOUNT_EMAIL, from outside, with the signed JWT",
            )
        },
    },
    Variant {
        id: "iap-audience-managed-client",
        cause: "iap-in-front",
        says: "IAP with a Google-managed client is checked first, so an invoker token (aud = service URL) is refused.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "IAP refuses the service URL audience",
                "sign a JWT as SERVICE_ACCOUNT_EMAIL with aud https://HOST/* (gcloud iam service-accounts sign-jwt), or list an OAuth client in programmatic_clients and use its id",
                "gcloud run services describe SERVICE --format=\"value(metadata.annotations['run.googleapis.com/iap-enabled'])\"",
                "call as SERVICE_ACCOUNT_EMAIL with the signed JWT; needs roles/iap.httpsResourceAccessor",
            )
        },
    },
    Variant {
        id: "iap-jwt-endpoint-mismatch",
        cause: "iap-in-front",
        says: "The self-signed JWT's aud is not the requested URL (bare host and trailing slash fail).",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Signed JWT names another endpoint",
                "set aud to https://HOST/* or to the exact URL with path; exp at most iat+3600",
                "aud against the requested URL",
                "call as SERVICE_ACCOUNT_EMAIL with the new JWT",
            )
        },
    },
    Variant {
        id: "iap-identity-platform-token",
        cause: "iap-in-front",
        says: "IAP uses Identity Platform (external identities) and takes its ID tokens only.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "IAP wants Identity Platform token",
                "sign in through Identity Platform and send that ID token (iss https://securetoken.google.com/PROJECT_ID)",
                "gcloud iap settings get --project=PROJECT_ID (gcipSettings)",
                "call with a token of a signed-in Identity Platform user",
            )
        },
    },
    Variant {
        id: "iap-session-cookie",
        cause: "iap-in-front",
        says: "A browser request went out without IAP's cookie, or the session ended.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "IAP session cookie missing or expired",
                "fetch(AUDIENCE, {credentials: \"include\"}); on 401 open /?gcp-iap-mode=DO_SESSION_REFRESH",
                "cookies of the request in the browser's network view",
                "the request from the page as the signed-in user",
            )
        },
    },
    Variant {
        id: "iap-oauth-client-wrong",
        cause: "iap-in-front",
        says: "IAP's OAuth client id, secret, redirect URI or allowed domain is missing or wrong.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "IAP's OAuth client is not right",
                "set it: gcloud iap web enable --resource-type=backend-services --service=BACKEND_SERVICE --oauth2-client-id=<id> --oauth2-client-secret=SECRET; redirect URI https://iap.googleapis.com/v1/oauth/clientIds/<id>:handleRedirect",
                "gcloud compute backend-services describe BACKEND_SERVICE --global --format='value(iap)'",
                "sign-in in a browser as a permitted user",
            )
        },
    },
    Variant {
        id: "iap-agent-invoker-missing",
        cause: "iam-binding-missing",
        says: "IAP calls the service as its service agent, which is missing or lacks roles/run.invoker.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "IAP's agent may not invoke",
                "gcloud beta services identity create --service=iap.googleapis.com --project=PROJECT_ID, then gcloud run services add-iam-policy-binding SERVICE --region=REGION --member=serviceAccount:service-PROJECT_NUMBER@gcp-sa-iap.iam.gserviceaccount.com --role=roles/run.invoker",
                "gcloud run services get-iam-policy SERVICE --region=REGION",
                "open the IAP URL as a permitted user",
            )
        },
    },
    Variant {
        id: "iap-accessor-role-missing",
        cause: "iam-binding-missing",
        says: "The identity is valid but lacks roles/iap.httpsResourceAccessor.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "No access through IAP",
                "gcloud iap web add-iam-policy-binding --resource-type=cloud-run --service=SERVICE --region=REGION --member=MEMBER --role=roles/iap.httpsResourceAccessor",
                "gcloud iap web get-iam-policy --resource-type=cloud-run --service=SERVICE --region=REGION",
                "call the IAP URL as MEMBER",
            )
        },
    },
    Variant {
        id: "iap-tunnel-role-missing",
        cause: "iam-binding-missing",
        says: "The account lacks iap.tunnelInstances.accessViaIAP on the VM.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "No right to tunnel through IAP",
                "gcloud projects add-iam-policy-binding PROJECT_ID --member=MEMBER --role=roles/iap.tunnelResourceAccessor",
                "gcloud projects get-iam-policy PROJECT_ID; instance, zone, project of the command",
                "gcloud compute ssh VM_NAME --tunnel-through-iap as MEMBER",
            )
        },
    },
    Variant {
        id: "run-invoker-missing",
        cause: "iam-binding-missing",
        says: "The token was verified, but the account has no run.routes.invoke on the service.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Caller may not invoke the service",
                "gcloud run services add-iam-policy-binding SERVICE --region=REGION --member=serviceAccount:<caller-sa> --role=roles/run.invoker | second-generation function: gcloud functions add-invoker-policy-binding <function> --region=REGION --member=serviceAccount:<caller-sa>",
                "gcloud run services get-iam-policy SERVICE --region=REGION",
                "as the calling account, from where it runs: curl -i -H \"Authorization: Bearer $(gcloud auth print-identity-token --impersonate-service-account=<caller-sa> --audiences=AUDIENCE)\" AUDIENCE (ID token; no 401 or 403)",
            )
        },
    },
    Variant {
        id: "first-generation-function-invoker-missing",
        cause: "iam-binding-missing",
        says: "A first-generation function checks roles/cloudfunctions.invoker on the function itself.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Caller may not invoke first-generation function",
                "gcloud functions add-iam-policy-binding <function> --region=REGION --no-gen2 --member=serviceAccount:<caller-sa> --role=roles/cloudfunctions.invoker",
                "gcloud functions get-iam-policy <function> --region=REGION --no-gen2",
                "call the function's URL as <caller-sa>, ID token with aud = whole function URL",
            )
        },
    },
    Variant {
        id: "function-invoker-wrong-resource",
        cause: "iam-binding-missing",
        says: "A second-generation function is invoked through its Cloud Run service; the binding stands on the function.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Role bound to function, not service",
                "gcloud functions add-invoker-policy-binding <function> --region=REGION --member=MEMBER",
                "gcloud run services get-iam-policy <function> --region=REGION",
                "call the function as MEMBER, ID token for its URL",
            )
        },
    },
    Variant {
        id: "run-job-invoker-missing",
        cause: "iam-binding-missing",
        says: "The account lacks run.jobs.run (with overrides run.jobs.runWithOverrides) on the Cloud Run job.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Caller may not run the job",
                "gcloud run jobs add-iam-policy-binding SCHEDULER_JOB --region=REGION --member=serviceAccount:<caller-sa> --role=roles/run.invoker | with overrides: roles/run.jobsExecutorWithOverrides",
                "gcloud run jobs get-iam-policy SCHEDULER_JOB --region=REGION",
                "start the job as <caller-sa> (access token); an execution appears",
            )
        },
    },
    Variant {
        id: "invoker-granted-to-other-account",
        cause: "wrong-identity",
        says: "The service admits one account and the call arrives as another (default account, other e-mail, other push or job account).",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Invoker granted to another account",
                "let the caller run as the granted account: gcloud run services update CALLING_SERVICE --region=REGION --service-account=SERVICE_ACCOUNT_EMAIL | Scheduler: --oidc-service-account-email=SERVICE_ACCOUNT_EMAIL | Pub/Sub: --push-auth-service-account=SERVICE_ACCOUNT_EMAIL; or grant the account that really calls",
                "email in the token against gcloud run services get-iam-policy SERVICE",
                "the same call; e-mail in the token = member of roles/run.invoker",
            )
        },
    },
    Variant {
        id: "invoker-on-other-service",
        cause: "iam-binding-missing",
        says: "The binding stands on another service, region or project than the called one.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Invoker granted on another service",
                "gcloud run services add-iam-policy-binding <called-service> --region=<its-region> --project=<its-project> --member=serviceAccount:<caller-sa> --role=roles/run.invoker",
                "gcloud run services get-iam-policy <called-service> --region=<its-region> --project=<its-project>",
                "as the calling account, from where it runs: curl -i -H \"Authorization: Bearer $(gcloud auth print-identity-token --impersonate-service-account=<caller-sa> --audiences=AUDIENCE)\" AUDIENCE (ID token; no 401 or 403)",
            )
        },
    },
    Variant {
        id: "invoker-wrong-role",
        cause: "iam-binding-missing",
        says: "The caller has a role on the service, but none with run.routes.invoke (for example viewer, developer or cloudfunctions.invoker).",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Role held does not contain invoke",
                "add roles/run.invoker (narrower: roles/run.servicesInvoker) on the service: gcloud run services add-iam-policy-binding SERVICE --region=REGION --member=serviceAccount:<caller-sa> --role=roles/run.invoker",
                "gcloud iam roles describe roles/ROLE_NAME --format='value(includedPermissions)'",
                "as the calling account, from where it runs: curl -i -H \"Authorization: Bearer $(gcloud auth print-identity-token --impersonate-service-account=<caller-sa> --audiences=AUDIENCE)\" AUDIENCE (ID token; no 401 or 403)",
            )
        },
    },
    Variant {
        id: "invoker-deleted-member",
        cause: "iam-binding-missing",
        says: "The binding shows deleted:serviceAccount:…?uid=; a new account of the same name does not inherit it.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Binding names a deleted account",
                "remove the deleted: member and bind the new account: gcloud run services remove-iam-policy-binding … --member='deleted:serviceAccount:SERVICE_ACCOUNT_EMAIL?uid=<uid>' --role=roles/run.invoker; add-iam-policy-binding … --member=serviceAccount:SERVICE_ACCOUNT_EMAIL",
                "gcloud run services get-iam-policy SERVICE --region=REGION",
                "as the calling account, from where it runs: curl -i -H \"Authorization: Bearer $(gcloud auth print-identity-token --impersonate-service-account=<caller-sa> --audiences=AUDIENCE)\" AUDIENCE (ID token; no 401 or 403)",
            )
        },
    },
    Variant {
        id: "invoker-condition",
        cause: "iam-propagation-or-condition",
        says: "The invoker binding carries a condition (time, resource name, attribute) that this call does not meet.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Binding has an unmet condition",
                "change or end the condition: remove-iam-policy-binding … --condition=<as-it-stands>, then add-iam-policy-binding … --condition=<that-fits> (or --condition=None)",
                "gcloud run services get-iam-policy SERVICE --region=REGION --format=json (condition)",
                "as the calling account, from where it runs: curl -i -H \"Authorization: Bearer $(gcloud auth print-identity-token --impersonate-service-account=<caller-sa> --audiences=AUDIENCE)\" AUDIENCE (ID token; no 401 or 403)",
            )
        },
    },
    Variant {
        id: "invoker-by-group",
        cause: "iam-propagation-or-condition",
        says: "The member is a group; the account is not (yet) in it, and membership can take hours.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Access comes by group membership",
                "add the account to the group (gcloud identity groups memberships add --group-email=<group> --member-email=SERVICE_ACCOUNT_EMAIL), or bind the account itself",
                "gcloud identity groups memberships check-transitive-membership --group-email=<group> --member-email=SERVICE_ACCOUNT_EMAIL",
                "as the calling account, from where it runs: curl -i -H \"Authorization: Bearer $(gcloud auth print-identity-token --impersonate-service-account=<caller-sa> --audiences=AUDIENCE)\" AUDIENCE (ID token; no 401 or 403)",
            )
        },
    },
    Variant {
        id: "iam-deny-policy",
        cause: "iam-propagation-or-condition",
        says: "A deny policy or principal access boundary forbids the permission although a role grants it.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Deny or boundary policy overrides the role",
                "an administrator exempts the principal: gcloud iam policies update <deny-policy> --attachment-point=<resource> --kind=denypolicies --policy-file=CREDENTIAL_FILE (exceptionPrincipals)",
                "gcloud policy-troubleshoot iam <resource> --principal-email=SERVICE_ACCOUNT_EMAIL --permission=<permission>",
                "the same call as SERVICE_ACCOUNT_EMAIL after some minutes",
            )
        },
    },
    Variant {
        id: "iam-propagation",
        cause: "iam-propagation-or-condition",
        says: "The grant, account or service agent is minutes old, or two changes ran at the same time.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Grant or agent not effective yet",
                "wait some minutes and repeat the same command | Terraform: apply again (-parallelism=1; do not mix _binding and _member)",
                "gcloud run services get-iam-policy SERVICE --region=REGION shows the binding",
                "the same call as the same identity after 5 minutes",
            )
        },
    },
    Variant {
        id: "service-account-user-missing",
        cause: "iam-binding-missing",
        says: "The deployer or creator lacks iam.serviceAccounts.actAs on the account it attaches.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "May not act as service account",
                "gcloud iam service-accounts add-iam-policy-binding <attached-sa> --member=<deployer> --role=roles/iam.serviceAccountUser",
                "gcloud iam service-accounts get-iam-policy <attached-sa>",
                "repeat the deploy or create as <deployer>",
            )
        },
    },
    Variant {
        id: "deployer-role-missing",
        cause: "iam-binding-missing",
        says: "The deploying or submitting account may not create or update this service, function, app or build.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Deployer lacks deploy or build role",
                "gcloud projects add-iam-policy-binding PROJECT_ID --member=<deployer> --role=roles/run.developer (functions: roles/cloudfunctions.developer; source: roles/run.sourceDeveloper; builds: roles/cloudbuild.builds.editor and roles/serviceusage.serviceUsageConsumer; App Engine: roles/appengine.deployer)",
                "gcloud projects get-iam-policy PROJECT_ID --flatten=bindings --filter=bindings.members:<deployer>",
                "repeat the deploy as <deployer>",
            )
        },
    },
    Variant {
        id: "set-iam-policy-role-missing",
        cause: "iam-binding-missing",
        says: "Setting the invoker needs run.services.setIamPolicy (or the function's, or the project's), which the deployer lacks.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Deployer may not set the policy",
                "let an account with roles/run.admin (roles/cloudfunctions.admin) run gcloud run services add-iam-policy-binding SERVICE --region=REGION --member=CALLING_SERVICE --role=roles/run.invoker; public service: gcloud run services update SERVICE --no-invoker-iam-check",
                "gcloud projects get-iam-policy PROJECT_ID for the deployer",
                "gcloud run services get-iam-policy shows the binding; call as CALLING_SERVICE",
            )
        },
    },
    Variant {
        id: "build-account-role-missing",
        cause: "iam-binding-missing",
        says: "The account that the build runs as may not read the source, write logs or push the image.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Build's account lacks its role",
                "gcloud projects add-iam-policy-binding PROJECT_ID --member=serviceAccount:PROJECT_NUMBER-compute@developer.gserviceaccount.com --role=roles/cloudbuild.builds.builder (Cloud Run source: roles/run.builder; logs only: roles/logging.logWriter)",
                "gcloud builds describe <build> --format='value(serviceAccount)'",
                "start the build again; log shows the step done by that account",
            )
        },
    },
    Variant {
        id: "secret-accessor-missing",
        cause: "iam-binding-missing",
        says: "The account lacks secretmanager.versions.access on the secret.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "May not read the secret",
                "gcloud secrets add-iam-policy-binding SECRET --member=serviceAccount:SERVICE_ACCOUNT_EMAIL --role=roles/secretmanager.secretAccessor",
                "gcloud secrets get-iam-policy SECRET",
                "gcloud secrets versions access latest --secret=SECRET --impersonate-service-account=SERVICE_ACCOUNT_EMAIL",
            )
        },
    },
    Variant {
        id: "storage-role-missing",
        cause: "iam-binding-missing",
        says: "The account, or the account that signed the URL, lacks the storage permission.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "May not use bucket or object",
                "gcloud storage buckets add-iam-policy-binding gs://BUCKET --member=MEMBER --role=roles/storage.objectViewer (write: objectCreator, overwrite: objectUser; Terraform state: objectAdmin)",
                "gcloud storage buckets get-iam-policy gs://BUCKET",
                "the same read or write as MEMBER",
            )
        },
    },
    Variant {
        id: "bigquery-role-missing",
        cause: "iam-binding-missing",
        says: "The account lacks roles/bigquery.jobUser on the project or a data role on the dataset.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "May not query or read data",
                "gcloud projects add-iam-policy-binding PROJECT_ID --member=MEMBER --role=roles/bigquery.jobUser; data: roles/bigquery.dataViewer (write: dataEditor) on the dataset; policy tags: roles/datacatalog.categoryFineGrainedReader",
                "the permission in the message; bq show --format=prettyjson <dataset>",
                "the same query as MEMBER",
            )
        },
    },
    Variant {
        id: "service-agent-role-missing",
        cause: "iam-binding-missing",
        says: "A service agent (Scheduler, Tasks, Pub/Sub, Eventarc, Storage, Cloud Run, Dataflow) lost or never had its role.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Google's service agent lacks its role",
                "gcloud projects add-iam-policy-binding PROJECT_ID --member=serviceAccount:service-PROJECT_NUMBER@<agent>.iam.gserviceaccount.com --role=<roles/cloudscheduler.serviceAgent | roles/cloudtasks.serviceAgent | roles/pubsub.serviceAgent | roles/eventarc.serviceAgent | roles/run.serviceAgent>; Storage agent to topics: roles/pubsub.publisher",
                "gcloud projects get-iam-policy PROJECT_ID --flatten=bindings --filter='bindings.members:service-PROJECT_NUMBER@'",
                "run the job or raise the event once; target's log shows 2xx",
            )
        },
    },
    Variant {
        id: "event-receiver-role-missing",
        cause: "iam-binding-missing",
        says: "The trigger's service account lacks eventarc.events.receiveEvent.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Trigger's account may not receive events",
                "gcloud projects add-iam-policy-binding PROJECT_ID --member=serviceAccount:SERVICE_ACCOUNT_EMAIL --role=roles/eventarc.eventReceiver",
                "gcloud projects get-iam-policy PROJECT_ID for SERVICE_ACCOUNT_EMAIL",
                "raise an event; service's log shows 2xx",
            )
        },
    },
    Variant {
        id: "permission-role-missing",
        cause: "iam-binding-missing",
        says: "The acting account has no role with the permission that the message names on that resource.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Account lacks the named permission",
                "grant the narrowest role that holds the permission, on the resource: gcloud <product> add-iam-policy-binding <resource> --member=MEMBER --role=roles/ROLE_NAME (Pub/Sub publisher or subscriber, Tasks enqueuer, cloudsql.client, datastore.user, firebaseauth.admin, aiplatform.user, container.developer)",
                "gcloud policy-troubleshoot iam <resource> --principal-email=MEMBER --permission=<permission>",
                "the same call as MEMBER",
            )
        },
    },
    Variant {
        id: "acting-principal-lacks-role",
        cause: "iam-binding-missing",
        says: "The call acts as an impersonated account or a federated principal, and that one (not the person) lacks the role.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Impersonated or federated principal lacks role",
                "grant the role to the acting principal: --member=serviceAccount:<impersonated-sa> | --member=\"principalSet://iam.googleapis.com/projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/attribute.<name>/<value>\"; or gcloud config unset auth/impersonate_service_account",
                "gcloud config get auth/impersonate_service_account; gcloud auth list",
                "the same command as the same principal",
            )
        },
    },
    Variant {
        id: "project-not-accessible",
        cause: "iam-binding-missing",
        says: "The account sees no project of this id: misspelt, or no role on it.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "No access to the project",
                "correct the id (gcloud config set project PROJECT_ID), else gcloud projects add-iam-policy-binding PROJECT_ID --member=MEMBER --role=roles/browser",
                "gcloud projects describe PROJECT_ID; gcloud config list",
                "gcloud projects describe PROJECT_ID as MEMBER",
            )
        },
    },
    Variant {
        id: "document-not-shared",
        cause: "iam-binding-missing",
        says: "Workspace files need sharing, not IAM roles.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Document not shared with account",
                "share the file or spreadsheet with SERVICE_ACCOUNT_EMAIL (Viewer or Editor)",
                "sharing dialog of the file",
                "read the file as SERVICE_ACCOUNT_EMAIL, access token with the Drive or Sheets scope",
            )
        },
    },
    Variant {
        id: "iam-member-wrong",
        cause: "wrong-identity",
        says: "The member of the binding has no prefix, is deleted or does not exist.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "IAM member misspelt or missing",
                "write --member=serviceAccount:SERVICE_ACCOUNT_EMAIL (user:, group:, principalSet://) of an existing account; Terraform: google_service_account.<name>.member",
                "gcloud iam service-accounts describe SERVICE_ACCOUNT_EMAIL",
                "get-iam-policy shows the member; call as it",
            )
        },
    },
    Variant {
        id: "wrong-active-account",
        cause: "wrong-identity",
        says: "The tool or program runs as another account than intended (browser, gcloud, environment variable, hosted domain).",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Another account acts than meant",
                "choose the account: gcloud config set account <account> | unset GOOGLE_APPLICATION_CREDENTIALS | firebase login:use <account> | sign in with an account of the domain",
                "gcloud auth list; printenv GOOGLE_APPLICATION_CREDENTIALS",
                "the same command; e-mail of the token is the intended one",
            )
        },
    },
    Variant {
        id: "verifier-expects-other-account",
        cause: "wrong-identity",
        says: "The program compares e-mail or sub with another account than the caller's.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Verifier expects another account",
                "let the caller run as the expected account (--service-account=SERVICE_ACCOUNT_EMAIL), or add the caller's e-mail to the program's allow-list",
                "email and sub of the token against the program's setting",
                "the caller's next call passes, ID token of the expected account",
            )
        },
    },
    Variant {
        id: "vm-access-scopes",
        cause: "insufficient-scope",
        says: "The access scopes of the VM or node pool limit the token.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "VM or node scopes too narrow",
                "stop the VM; gcloud compute instances set-service-account VM_NAME --zone=ZONE --service-account=SERVICE_ACCOUNT_EMAIL --scopes=cloud-platform | node pool: create one with --scopes=cloud-platform",
                "curl -H 'Metadata-Flavor: Google' http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/scopes",
                "the same call from the VM, access token of SERVICE_ACCOUNT_EMAIL",
            )
        },
    },
    Variant {
        id: "token-scope-missing",
        cause: "insufficient-scope",
        says: "The access token was made without the scope that the method needs.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Token lacks the API's scope",
                "ask for the scope: scopes=[\"https://www.googleapis.com/auth/<scope>\"] and delete the stored token | gcloud auth application-default login --scopes=https://www.googleapis.com/auth/cloud-platform,<scope>",
                "curl -s \"https://oauth2.googleapis.com/tokeninfo?access_token=<token>\" (scope)",
                "the same call with a new access token of the same account",
            )
        },
    },
    Variant {
        id: "consent-scope-unticked",
        cause: "insufficient-scope",
        says: "On the consent page a box stayed unticked, so scopes are missing.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "User did not grant all scopes",
                "delete the saved token and sign in again with all boxes ticked (gcloud auth login | gcloud auth application-default login | own app)",
                "scope of the token answer",
                "the same call as that user",
            )
        },
    },
    Variant {
        id: "domain-restricted-sharing",
        cause: "org-policy-or-vpc-sc",
        says: "An organisation policy (iam.allowedPolicyMemberDomains, iam.managed.allowedPolicyMembers) refuses allUsers or a foreign member.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Organisation forbids this member",
                "public service: gcloud run services update SERVICE --region=REGION --no-invoker-iam-check (Terraform: invoker_iam_disabled = true); named member: an administrator allows it in the constraint",
                "gcloud org-policies describe iam.allowedPolicyMemberDomains --project=PROJECT_ID --effective",
                "call without token answers 200, or as the named member",
            )
        },
    },
    Variant {
        id: "require-invoker-iam",
        cause: "org-policy-or-vpc-sc",
        says: "constraints/run.managed.requireInvokerIam forbids switching the check off.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Organisation demands the invoker check",
                "keep the check and grant the caller roles/run.invoker, or an administrator relaxes run.managed.requireInvokerIam",
                "gcloud org-policies describe run.managed.requireInvokerIam --project=PROJECT_ID --effective",
                "as the calling account, from where it runs: curl -i -H \"Authorization: Bearer $(gcloud auth print-identity-token --impersonate-service-account=<caller-sa> --audiences=AUDIENCE)\" AUDIENCE (ID token; no 401 or 403)",
            )
        },
    },
    Variant {
        id: "key-creation-disabled",
        cause: "org-policy-or-vpc-sc",
        says: "A constraint forbids creating or uploading service account keys.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Organisation forbids account keys",
                "do without a key: attached account, Workload Identity Federation or gcloud auth application-default login --impersonate-service-account=SERVICE_ACCOUNT_EMAIL",
                "gcloud org-policies describe iam.disableServiceAccountKeyCreation --project=PROJECT_ID --effective",
                "the program (or gcloud auth application-default print-access-token) gets an access token of the intended account, on the same machine",
            )
        },
    },
    Variant {
        id: "org-policy-constraint",
        cause: "org-policy-or-vpc-sc",
        says: "The named constraint (location, endpoint, TLS, external IP, public access, provider issuer, ingress, allowed organisations, custom) forbids the request.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Organisation policy constraint violated",
                "make the request fit the constraint (allowed region, endpoint, TLS 1.2+, ingress value), or an administrator changes CONSTRAINT (egress proxy: organisation in X-Goog-Allowed-Resources)",
                "gcloud org-policies describe CONSTRAINT --project=PROJECT_ID --effective",
                "repeat the same command as the same account",
            )
        },
    },
    Variant {
        id: "context-aware-access",
        cause: "org-policy-or-vpc-sc",
        says: "Context-Aware or certificate-based access demands a managed device, an mTLS endpoint or a bound token.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Device or certificate access level",
                "use a device that meets the access level; gcloud config set context_aware/use_client_certificate true; mTLS endpoint override; for own programs gcloud auth application-default print-access-token",
                "gcloud config list; access level in the Admin console",
                "the same command from the managed device",
            )
        },
    },
    Variant {
        id: "vpc-sc-ingress",
        cause: "org-policy-or-vpc-sc",
        says: "The caller's identity, address or network is not admitted into the service perimeter.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Perimeter refuses the caller",
                "an administrator adds an ingress rule or access level: gcloud access-context-manager perimeters update PERIMETER --set-ingress-policies=CREDENTIAL_FILE | --add-access-levels=<level> | SERVICE_NOT_ALLOWED_FROM_VPC: --add-vpc-allowed-services=API_NAME",
                "vpcServiceControlsUniqueIdentifier in the troubleshooter (violationReason)",
                "the same call as the same account from the same network",
            )
        },
    },
    Variant {
        id: "vpc-sc-egress",
        cause: "org-policy-or-vpc-sc",
        says: "The request leaves the perimeter to another project, bucket or push endpoint.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Perimeter refuses the way out",
                "add an egress rule (--set-egress-policies=CREDENTIAL_FILE), or keep the resource inside: same perimeter, private pool, run.app push endpoint",
                "vpcServiceControlsUniqueIdentifier in the troubleshooter (egressViolations)",
                "the same call as the same account",
            )
        },
    },
    Variant {
        id: "api-disabled",
        cause: "consumer-refused",
        says: "The API (or managed service) is off in the project that is billed.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "API is not enabled",
                "gcloud services enable API_NAME --project=PROJECT_ID (gateway: <managed-service-name>; MCP: gcloud beta services mcp enable)",
                "gcloud services list --enabled --project=PROJECT_ID",
                "the same call after a minute, as the same account",
            )
        },
    },
    Variant {
        id: "billing-disabled",
        cause: "consumer-refused",
        says: "The project has no open billing account.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Billing is off",
                "gcloud billing projects link PROJECT_ID --billing-account=BILLING_ACCOUNT (Firebase: Blaze plan)",
                "gcloud billing projects describe PROJECT_ID",
                "the same call after some minutes",
            )
        },
    },
    Variant {
        id: "quota-project-missing",
        cause: "consumer-refused",
        says: "A user credential names no quota project (or gcloud's own), or a requester-pays bucket got none.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "No project to bill",
                "gcloud auth application-default set-quota-project PROJECT_ID | GOOGLE_CLOUD_QUOTA_PROJECT=PROJECT_ID | header x-goog-user-project: PROJECT_ID | --billing-project=PROJECT_ID | Terraform: user_project_override = true, billing_project",
                "jq .quota_project_id ~/.config/gcloud/application_default_credentials.json",
                "the same call as the same user",
            )
        },
    },
    Variant {
        id: "quota-project-not-usable",
        cause: "consumer-refused",
        says: "The caller lacks serviceusage.services.use on the quota project.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "May not use the billed project",
                "gcloud projects add-iam-policy-binding QUOTA_PROJECT --member=MEMBER --role=roles/serviceusage.serviceUsageConsumer, or choose another quota project",
                "gcloud projects get-iam-policy QUOTA_PROJECT",
                "the same call as MEMBER",
            )
        },
    },
    Variant {
        id: "project-suspended",
        cause: "consumer-refused",
        says: "Google has suspended the project or its Cloud access.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Project or account suspended",
                "appeal in the console (suspension guidelines); until then use another project",
                "gcloud projects describe PROJECT_ID",
                "the same call after the suspension ended",
            )
        },
    },
    Variant {
        id: "api-key-invalid",
        cause: "consumer-refused",
        says: "The key does not exist, has expired, was reported leaked or belongs to another project.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "API key wrong, expired or leaked",
                "use an existing key of the project (gcloud services api-keys list), or make a new one: gcloud services api-keys create --display-name=<name>",
                "gcloud services api-keys lookup <key>",
                "the same call with the new key",
            )
        },
    },
    Variant {
        id: "api-key-referrer-server-side",
        cause: "consumer-refused",
        says: "A key restricted to web sites is used by a server that sends no referrer.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Browser key used on a server",
                "use a second key with IP restriction (--allowed-ips=<address>) or an account's access token on the server",
                "gcloud services api-keys describe API_KEY_ID (browserKeyRestrictions)",
                "the server's call with the new key",
            )
        },
    },
    Variant {
        id: "ingress-internal",
        cause: "ingress-blocked",
        says: "Ingress is internal (or a firewall rule of App Engine refuses) and the call comes from outside.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Ingress admits internal callers only",
                "route the caller through the VPC (Direct VPC egress: --network=NETWORK --subnet=SUBNET --vpc-egress=all-traffic), or widen: gcloud run services update SERVICE --region=REGION --ingress=all (functions: --ingress-settings=all; App Engine: gcloud app services update default --ingress=all)",
                "gcloud run services describe SERVICE --format=\"value(metadata.annotations['run.googleapis.com/ingress'])\"",
                "call from the VPC with the same ID token",
            )
        },
    },
    Variant {
        id: "ingress-load-balancer-only",
        cause: "ingress-blocked",
        says: "Ingress is internal-and-cloud-load-balancing and the run.app URL was called from outside.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Ingress admits the load balancer only",
                "call the load balancer's address https://<domain> (audience: run.app URL, or --add-custom-audiences=https://<domain>)",
                "ingress annotation of gcloud run services describe SERVICE",
                "call https://<domain> from the internet, ID token of the caller",
            )
        },
    },
    Variant {
        id: "default-url-disabled",
        cause: "wrong-url",
        says: "The service's default URL is disabled.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Default run.app URL is off",
                "call the load balancer's or custom domain, or gcloud run services update SERVICE --region=REGION --default-url",
                "gcloud run services describe SERVICE --format=yaml | grep -i default-url",
                "call the address that is on, with an ID token",
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
                "call AUDIENCE/health with the same ID token",
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
        id: "cors-preflight-refused",
        cause: "cors-preflight",
        says: "The browser's OPTIONS request has no token, so the private service refuses it.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Preflight cannot carry a token",
                "put a public front (API Gateway, IAP, own backend) before the service, or gcloud run services update SERVICE --region=REGION --no-invoker-iam-check, answer OPTIONS and check the user's token in code",
                "curl -si -X OPTIONS -H 'Origin: <origin>' -H 'Access-Control-Request-Method: GET' AUDIENCE",
                "OPTIONS answers 2xx without token; a call without token is still refused by the code",
            )
        },
    },
    Variant {
        id: "gateway-cors-off",
        cause: "cors-preflight",
        says: "The gateway or ESPv2 is not set up for CORS.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Gateway does not answer preflight",
                "allowCors: true under x-google-endpoints | ESPv2: --cors_preset=basic --cors_allow_origin=<origin> | API Gateway: an options operation",
                "curl -si -X OPTIONS with Origin at the gateway",
                "the page's request through the gateway",
            )
        },
    },
    Variant {
        id: "cloud-armor-deny",
        cause: "policy-in-front",
        says: "A security policy of the load balancer denied or throttled the request.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Cloud Armor rule refuses",
                "change that rule: gcloud compute security-policies rules update <priority> --security-policy=SECURITY_POLICY --action=allow (or exclude the field; raise the rate)",
                "load balancer log: statusDetails and enforcedSecurityPolicy",
                "the same request from the same address",
            )
        },
    },
    Variant {
        id: "egress-address-blocked",
        cause: "policy-in-front",
        says: "Google's front end refuses the caller's address or region before the API sees the request.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Google refuses this address",
                "send from another egress address or supported region, more slowly",
                "the same request from another network",
                "the same call from the new address",
            )
        },
    },
    Variant {
        id: "mtls-client-certificate",
        cause: "policy-in-front",
        says: "The load balancer's mTLS got no valid client certificate.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Load balancer wants a client certificate",
                "send a certificate of the trusted CA: curl --cert <cert> --key <key>",
                "load balancer log: statusDetails client_cert_*",
                "the same call with the certificate",
            )
        },
    },
    Variant {
        id: "mesh-policy-refused",
        cause: "policy-in-front",
        says: "Istio or Cloud Service Mesh denies the request (RBAC: access denied).",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Mesh AuthorizationPolicy refuses",
                "change the AuthorizationPolicy (principals, requestPrincipals, when) of this workload",
                "kubectl get authorizationpolicy -A -o yaml",
                "the same call from the same workload",
            )
        },
    },
    Variant {
        id: "container-failed",
        cause: "not-authentication",
        says: "The container does not listen, crashes, runs out of memory, or speaks another protocol.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Container crashed or never started",
                "listen on 0.0.0.0:$PORT and read the log; raise --memory | --use-http2 only for h2c",
                "gcloud logging read 'resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"SERVICE\"' --limit=20",
                "the same call with the same token",
            )
        },
    },
    Variant {
        id: "no-capacity",
        cause: "not-authentication",
        says: "All instances were busy or the limit is reached.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "No instance was free",
                "gcloud run services update SERVICE --region=REGION --max-instances=<n> --concurrency=<n>",
                "request log: \"no available instance\"",
                "the same load again",
            )
        },
    },
    Variant {
        id: "request-timeout",
        cause: "not-authentication",
        says: "The call, backend or connection ended before the answer.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Request took too long",
                "raise the timeout that ended it: gcloud run services update SERVICE --timeout=300 | Scheduler: --attempt-deadline=<s>s | backend service --timeout; keepalive above 600 s",
                "latency in the request log",
                "the same call completes",
            )
        },
    },
    Variant {
        id: "backend-unreachable",
        cause: "not-authentication",
        says: "The load balancer, IAP tunnel or push service cannot reach a listening backend.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Firewall keeps Google's proxies out",
                "allow 130.211.0.0/22 and 35.191.0.0/16 (IAP tunnel: 35.235.240.0/20) to the port, and start the server on it",
                "gcloud compute firewall-rules list; health of the backend service",
                "the same call reaches the backend",
            )
        },
    },
    Variant {
        id: "egress-blocked",
        cause: "not-authentication",
        says: "DNS, firewall, proxy or VPC keeps the caller or verifier from oauth2.googleapis.com, www.googleapis.com (keys), another API or the instance.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Caller cannot reach the endpoint",
                "open egress from that machine to HOST:443 (oauth2.googleapis.com; verifiers: www.googleapis.com): firewall, DNS, Private Google Access, HTTPS_PROXY with credentials; Cloud SQL: 3307, --private-ip",
                "curl -sS https://www.googleapis.com/oauth2/v3/certs and https://oauth2.googleapis.com/ from the machine",
                "the same call from that machine",
            )
        },
    },
    Variant {
        id: "tls-interception",
        cause: "not-authentication",
        says: "A proxy breaks TLS open, the CA bundle is missing, or the certificate does not cover the host.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "TLS certificate not trusted",
                "trust the proxy's CA: REQUESTS_CA_BUNDLE | NODE_EXTRA_CA_CERTS | gcloud config set core/custom_ca_certs_file CREDENTIAL_FILE; install ca-certificates",
                "openssl s_client -connect oauth2.googleapis.com:443 (issuer)",
                "the same call from that machine",
            )
        },
    },
    Variant {
        id: "quota-exceeded",
        cause: "not-authentication",
        says: "The request is allowed but too frequent or over a quota (requests, storage, builds).",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Quota or rate exceeded",
                "slow down and retry with backoff, or ask for more quota (Drive: shared drive)",
                "IAM & Admin > Quotas",
                "the same call later",
            )
        },
    },
    Variant {
        id: "google-server-error",
        cause: "not-authentication",
        says: "The server answered 5xx or the token service of the CI was down.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Provider's server failed",
                "retry with backoff",
                "status page",
                "the same call later",
            )
        },
    },
    Variant {
        id: "request-malformed",
        cause: "not-authentication",
        says: "Method, body, header, or a setting of tool, build or deployment is wrong; the token is not at fault.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Request or setting is malformed",
                "correct what the message names (jobs:run: POST with JSON; callable: POST, application/json, {\"data\": …}; port, npmrc, build option, launch stage)",
                "the error's field or header name",
                "the corrected call with the same token",
            )
        },
    },
    Variant {
        id: "harmless-notice",
        cause: "token-fine",
        says: "The text is a warning or notice; the command or request went on.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Notice only, nothing is refused",
                "nothing to mend; to silence it: gcloud config unset auth/impersonate_service_account | move off FIREBASE_TOKEN",
                "exit status and result of the command",
                "the command's own result",
            )
        },
    },
    Variant {
        id: "other-vendor-answered",
        cause: "not-google",
        says: "The answer was not written by Google.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Another vendor's service answered",
                "look at the service that wrote it and use its own credential (APNs: upload a valid .p8 key in Firebase console > Cloud Messaging)",
                "server header and wording of the answer",
                "a call to the right host",
            )
        },
    },
    Variant {
        id: "credential-file-damaged",
        cause: "token-generation-failed",
        says: "The credential file, secret or private key is empty, base64 text, quoted, cut, or lacks fields such as client_email or private_key.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Credential file empty, cut or incomplete",
                "put in the credential JSON exactly as it was downloaded (secret still base64: base64 -d; variable: jq -c . <key.json> | Terraform: credentials = file(\"<key.json>\")); file lost: attach the account, or gcloud iam service-accounts keys create CREDENTIAL_FILE --iam-account=SERVICE_ACCOUNT_EMAIL",
                "jq 'keys' CREDENTIAL_FILE; openssl pkey -noout on its private_key",
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
        id: "oauth-client-wrong",
        cause: "token-generation-failed",
        says: "Client id, client secret and refresh token do not belong to one existing, enabled OAuth client.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "OAuth client unknown or not matching",
                "take client id and secret of one existing, enabled client (APIs & Services > Credentials; deleted ones can be restored for 30 days) | refresh token of another client: delete the stored token and sign in again with this client",
                "client_id in the request and in the token file against APIs & Services > Credentials",
                "gcloud auth print-access-token (ADC: gcloud auth application-default print-access-token) or the own app prints a token, as the signed-in user",
            )
        },
    },
    Variant {
        id: "oauth-request-refused",
        cause: "token-generation-failed",
        says: "A hand-made token, sign-in, metadata or downscoping request lacks a parameter or uses a form that Google no longer takes.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Token or sign-in request malformed",
                "correct the request: JWT assertion aud=https://oauth2.googleapis.com/token with iss, iat, exp | grant_type form-encoded | loopback or https redirect instead of out-of-band or http | system browser instead of WebView | metadata: header Metadata-Flavor: Google | access boundary: availableResource //storage.googleapis.com/projects/_/buckets/BUCKET, inRole:roles/ROLE_NAME",
                "print the request as it is sent",
                "the same request answers 200 and gives a token of the intended account",
            )
        },
    },
    Variant {
        id: "project-id-wrong",
        cause: "consumer-refused",
        says: "No project id is set, or it names a project that does not exist.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Project id unset, wrong or deleted",
                "set the right id: export GOOGLE_CLOUD_PROJECT=PROJECT_ID | gcloud config set project PROJECT_ID | projectId / project= in code | Terraform: project = \"PROJECT_ID\"; deleted within 30 days: gcloud projects undelete PROJECT_ID",
                "gcloud projects describe PROJECT_ID; printenv GOOGLE_CLOUD_PROJECT",
                "the same call reaches the right project, as the same account",
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
        id: "api-key-restriction",
        cause: "consumer-refused",
        says: "The key's API, site, app or address restriction does not admit this call.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "API key's restrictions refuse the call",
                "gcloud services api-keys update API_KEY_ID --api-target=service=API_NAME (name all) | --allowed-referrers=<site> | --allowed-ips=<address> | --allowed-application=sha1_fingerprint=<sha1>,package_name=<package> | --allowed-bundle-ids=<id>",
                "gcloud services api-keys describe API_KEY_ID",
                "the same call with the key, from the same client, after some minutes",
            )
        },
    },
    Variant {
        id: "artifact-registry-role-missing",
        cause: "iam-binding-missing",
        says: "The account (person, build, node, Cloud Run service agent) lacks uploadArtifacts or downloadArtifacts on the repository.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "May not push or pull image",
                "gcloud artifacts repositories add-iam-policy-binding IMAGE_REPOSITORY --location=LOCATION --project=<image-project> --member=MEMBER --role=roles/artifactregistry.reader (push: roles/artifactregistry.writer; gcr.io first push: createOnPushWriter; Cloud Run: service-PROJECT_NUMBER@serverless-robot-prod.iam.gserviceaccount.com)",
                "gcloud artifacts repositories get-iam-policy IMAGE_REPOSITORY --location=LOCATION --project=<image-project>",
                "the same push, pull or deploy, as MEMBER",
            )
        },
    },
    Variant {
        id: "workspace-admin-blocks",
        cause: "org-policy-or-vpc-sc",
        says: "The Workspace organisation does not admit this OAuth client, or the service is off for this user.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Workspace admin blocks app or service",
                "Workspace admin: Security > API controls > App access control: trust <client-id> | Apps: turn the service (Drive, Gmail) on for the user",
                "client id or service named in the error",
                "the same sign-in or call as the same user",
            )
        },
    },
    Variant {
        id: "login-browser-unavailable",
        cause: "token-generation-failed",
        says: "The login wanted to open a browser, or to listen on a local port for the answer, and this machine cannot.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Sign-in found no browser or local port",
                "gcloud auth login --no-launch-browser | gcloud auth login --no-browser (finish it on a machine with a browser) | firebase login --no-localhost | unattended: sign in as a service account",
                "gcloud auth list",
                "gcloud auth list shows the account as active",
            )
        },
    },
    Variant {
        id: "docker-client-too-old",
        cause: "token-generation-failed",
        says: "This Docker client is older than 1.13 (or unknown) and does not ask a credential helper for the token.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "Docker client cannot use credential helpers",
                "update Docker, then gcloud auth configure-docker HOST | without helper: gcloud auth print-access-token | docker login -u oauth2accesstoken --password-stdin https://HOST",
                "docker version --format '{{.Client.Version}}'",
                "docker pull HOST/PROJECT_ID/IMAGE_REPOSITORY/<image> succeeds",
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
    Variant {
        id: "vpc-sc-accessible-services",
        cause: "org-policy-or-vpc-sc",
        says: "The perimeter limits which APIs its networks may call, and this API is not in that list.",
        why: "",
        remedy: |fill| {
            told(
                fill,
                "API not among perimeter's accessible services",
                "an administrator adds the API: gcloud access-context-manager perimeters update PERIMETER --policy=SECURITY_POLICY --add-vpc-allowed-services=API_NAME",
                "gcloud access-context-manager perimeters describe PERIMETER --policy=SECURITY_POLICY",
                "the same call from the same network",
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
