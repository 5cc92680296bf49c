//! Errors as tools and libraries print them, pasted without a token: which cause they tell, in
//! which words, and which fix stands among its own.

use why401::{Input, diagnose};

/// The paste, the first cause, words of its summary, words of one of its fixes.
type Told = (&'static str, &'static str, &'static str, &'static str);

#[test]
fn a_token_that_could_not_be_made() {
    all(&[
        (
            "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).",
            "token-generation-failed",
            "may not make tokens of that service account",
            "--role=roles/iam.serviceAccountTokenCreator",
        ),
        (
            "compute: Received 403 `Unable to generate access token; IAM returned 403 Forbidden: Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist). For more information, refer to the Workload Identity documentation",
            "token-generation-failed",
            "may not act as the Google service account",
            "--role=roles/iam.workloadIdentityUser",
        ),
        (
            "google-github-actions/auth failed with: failed to generate Google Cloud OAuth 2.0 Access Token for deployer@example-project.iam.gserviceaccount.com: Permission 'iam.serviceAccounts.getAccessToken' denied on resource",
            "token-generation-failed",
            "`roles/iam.workloadIdentityUser` on it is missing",
            "deployer@example-project.iam.gserviceaccount.com",
        ),
        (
            "GitHub Actions did not inject $ACTIONS_ID_TOKEN_REQUEST_URL into this job.",
            "token-generation-failed",
            "`permissions: id-token: write`",
            "id-token: write",
        ),
        (
            "oauth2: cannot fetch token: 400 {\"error\":\"invalid_grant\",\"error_description\":\"Invalid grant: account not found\"}",
            "token-generation-failed",
            "knows no such service account",
            "gcloud iam service-accounts describe",
        ),
        (
            "invalid_grant: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.",
            "token-generation-failed",
            "The clock of the machine that asked for the token is off",
            "https://www.google.com",
        ),
        (
            "Error: error:1E08010C:DECODER routines::unsupported",
            "token-generation-failed",
            "The private key cannot be read",
            "gcloud auth application-default login",
        ),
        (
            "HTTPSConnectionPool(host='oauth2.googleapis.com', port=443): Max retries exceeded with url: /token",
            "token-generation-failed",
            "does not reach the endpoint",
            "https://oauth2.googleapis.com/token",
        ),
        (
            "google.auth.exceptions.RefreshError: Reauthentication is needed. Please run `gcloud auth application-default login` to reauthenticate.",
            "token-generation-failed",
            "a person must sign in again",
            "gcloud auth login",
        ),
        (
            "Error: Attempted to load application default credentials since neither `credentials` nor `access_token` was set in the provider block.  No credentials loaded.",
            "token-generation-failed",
            "application default credentials and found none",
            "gcloud auth application-default login",
        ),
    ]);
}

#[test]
fn a_permission_that_is_named() {
    all(&[
        (
            "Permission 'secretmanager.versions.access' denied for resource 'projects/1/secrets/db/versions/latest'",
            "iam-binding-missing",
            "`secretmanager.versions.access`",
            "--role=roles/secretmanager.secretAccessor",
        ),
        (
            "Permission denied on secret: projects/1/secrets/db/versions/latest for Revision service account 1-compute@developer.gserviceaccount.com. The service account used must be granted the 'Secret Manager Secret Accessor' role (roles/secretmanager.secretAccessor)",
            "iam-binding-missing",
            "may not read the secret `db`",
            // Whoever wrote the sentence does not choose who is let in.
            "--member=serviceAccount:SERVICE_ACCOUNT_EMAIL",
        ),
        (
            "The principal (user or service account) lacks IAM permission \"cloudtasks.tasks.create\" for the resource \"projects/p/locations/us-central1/queues/q\" (or the resource may not exist).",
            "iam-binding-missing",
            "`cloudtasks.tasks.create`",
            "--role=roles/cloudtasks.enqueuer",
        ),
        (
            "ERROR: (gcloud.functions.call) ResponseError: status=[403], code=[Forbidden], message=[Permission 'cloudfunctions.functions.call' denied on resource]",
            "iam-binding-missing",
            "`cloudfunctions.functions.call`",
            "--role=roles/cloudfunctions.developer",
        ),
        (
            "PERMISSION_DENIED: Permission 'iam.serviceaccounts.actAs' denied on service account orders@example-project.iam.gserviceaccount.com (or it may not exist).",
            "iam-binding-missing",
            "`iam.serviceAccounts.actAs`",
            "--role=roles/iam.serviceAccountUser",
        ),
        (
            "Error: 7 PERMISSION_DENIED: Missing or insufficient permissions.",
            "iam-binding-missing",
            "the permission for this call",
            "gcloud projects add-iam-policy-binding",
        ),
    ]);
}

#[test]
fn an_audience_that_a_verifier_names() {
    all(&[
        (
            "ValueError: Token has wrong audience https://orders.example.com/, expected one of ['https://orders.example.com']",
            "audience-mismatch",
            "was made for `https://orders.example.com/`",
            "fetch_id_token(request, \"https://orders.example.com\")",
        ),
        (
            "Firebase ID token has incorrect \"aud\" (audience) claim. Expected \"example-project\" but got \"https://orders.example.com\".",
            "audience-mismatch",
            "a Firebase sign-in of the project `example-project`",
            "verify",
        ),
        (
            "HTTP/1.1 401\nWWW-Authenticate: Bearer error=\"invalid_token\", error_description=\"The audience '32555940559.apps.googleusercontent.com' is invalid\"\n",
            "audience-mismatch",
            "`32555940559.apps.googleusercontent.com`",
            "AUDIENCE",
        ),
        (
            "oidc: expected audience \"https://b.example.com\" got [\"https://a.example.com\"]",
            "audience-mismatch",
            "was made for `https://a.example.com`",
            "fetch_id_token(request, \"https://b.example.com\")",
        ),
    ]);
}

#[test]
fn what_is_no_matter_of_the_token() {
    all(&[
        (
            "Your application has authenticated using end user credentials. The cloudresourcemanager.googleapis.com API requires a quota project, which is not set by default.",
            // The answer is about the project that is billed, not about the account.
            "consumer-refused",
            "names no project that it counts for",
            "gcloud auth application-default set-quota-project",
        ),
        (
            "{\"message\":\"PERMISSION_DENIED: API orders-1abc.apigateway.example-project.cloud.goog is not enabled for the project.\",\"code\":403}",
            "consumer-refused",
            "is not enabled in the project that the call counts for",
            "gcloud services enable orders-1abc.apigateway.example-project.cloud.goog",
        ),
        (
            "{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API key.\",\"status\":\"INVALID_ARGUMENT\"}}",
            "consumer-refused",
            "key",
            "gcloud services api-keys",
        ),
        (
            "status: \"PERMISSION_DENIED\" targetType: \"HTTP\" debugInfo: \"URL_ERROR-ERROR_FORBIDDEN. Original HTTP response code number = 403\"",
            // The log shows the same for a missing token and for a missing role.
            "iam-binding-missing",
            "If a token is sent",
            "gcloud scheduler jobs describe",
        ),
        (
            "google.auth.exceptions.MalformedError: Wrong number of segments in token: b'ya29.c.EXAMPLE-NOT-A-TOKEN'",
            "access-token-where-id-token-needed",
            "access token",
            "gcloud auth print-identity-token",
        ),
    ]);
}

/// Every library has its own words; the known ones are phrases, the others are sentences that find
/// fault and name a part of the token.
#[test]
fn verifiers_are_understood_in_any_words() {
    for (cause, error) in [
        (
            "audience-mismatch",
            "token has invalid claims: token has invalid audience",
        ),
        (
            "issuer-not-accepted",
            "token has invalid claims: token has invalid issuer",
        ),
        ("expired", "token has invalid claims: token is expired"),
        (
            "signature-invalid",
            "token signature is invalid: crypto/rsa: verification error",
        ),
        (
            "expired",
            "jwt.exceptions.ExpiredSignatureError: Signature has expired",
        ),
        (
            "audience-mismatch",
            "jwt.exceptions.InvalidAudienceError: Audience doesn't match",
        ),
        (
            "audience-mismatch",
            "jwt.exceptions.MissingRequiredClaimError: Token is missing the \"aud\" claim",
        ),
        (
            "issuer-not-accepted",
            "jwt.exceptions.InvalidIssuerError: Invalid issuer",
        ),
        (
            "audience-mismatch",
            "authlib.jose.errors.InvalidClaimError: invalid_claim: Invalid claim 'aud'",
        ),
        (
            "issuer-not-accepted",
            "authlib.jose.errors.InvalidClaimError: invalid_claim: Invalid claim \"iss\"",
        ),
        (
            "expired",
            "authlib.jose.errors.ExpiredTokenError: expired_token: The token is expired",
        ),
        (
            "signature-invalid",
            "authlib.jose.errors.BadSignatureError: bad_signature:",
        ),
        (
            "audience-mismatch",
            "io.jsonwebtoken.IncorrectClaimException: Expected aud claim to be: https://b.example.com, but was: https://a.example.com.",
        ),
        (
            "issuer-not-accepted",
            "io.jsonwebtoken.IncorrectClaimException: Expected iss claim to be: https://b.example.com, but was: https://a.example.com.",
        ),
        (
            "expired",
            "com.auth0.jwt.exceptions.TokenExpiredException: The Token has expired on 2026-11-20T09:00:00Z.",
        ),
        (
            "audience-mismatch",
            "com.auth0.jwt.exceptions.IncorrectClaimException: The Claim 'aud' value doesn't contain the required audience.",
        ),
        (
            "issuer-not-accepted",
            "com.auth0.jwt.exceptions.IncorrectClaimException: The Claim 'iss' value doesn't match the required issuer.",
        ),
        (
            "signature-invalid",
            "com.auth0.jwt.exceptions.SignatureVerificationException: The Token's Signature resulted invalid when verified using the Algorithm: SHA256withRSA",
        ),
        (
            "audience-mismatch",
            "com.nimbusds.jwt.proc.BadJWTException: JWT aud claim has value [https://a.example.com], must be [https://b.example.com]",
        ),
        (
            "audience-mismatch",
            "com.nimbusds.jwt.proc.BadJWTException: JWT audience rejected: [https://a.example.com]",
        ),
        (
            "issuer-not-accepted",
            "com.nimbusds.jwt.proc.BadJWTException: JWT iss claim has value https://a, must be https://b",
        ),
        (
            "signature-invalid",
            "com.nimbusds.jose.proc.BadJWSException: Signed JWT rejected: Invalid signature",
        ),
        (
            "signature-invalid",
            "com.nimbusds.jose.proc.BadJOSEException: Signed JWT rejected: Another algorithm expected, or no matching key(s) found",
        ),
        (
            "audience-mismatch",
            "JWT::InvalidAudError: Invalid audience. Expected https://b.example.com, received https://a.example.com",
        ),
        (
            "issuer-not-accepted",
            "JWT::InvalidIssuerError: Invalid issuer. Expected https://b, received https://a",
        ),
        (
            "signature-invalid",
            "JWT::VerificationError: Signature verification failed",
        ),
        (
            "malformed-token",
            "JWT::DecodeError: Not enough or too many segments",
        ),
        (
            "malformed-token",
            "UnexpectedValueException: Wrong number of segments",
        ),
        (
            "signature-invalid",
            "UnexpectedValueException: \"kid\" invalid, unable to lookup correct key",
        ),
        ("audience-mismatch", "Error(InvalidAudience)"),
        ("expired", "Error(ExpiredSignature)"),
        ("signature-invalid", "Error(InvalidSignature)"),
        ("expired", "The ID token has expired"),
        (
            "expired",
            "firebase_admin._auth_utils.ExpiredIdTokenError: Token expired, 1763629400 < 1763633000",
        ),
        ("audience-mismatch", "ID token has incorrect audience"),
        (
            "audience-mismatch",
            "audience mismatch: expected https://b, got https://a",
        ),
        ("issuer-not-accepted", "issuer mismatch"),
        ("audience-mismatch", "jwt: audience not allowed"),
        (
            "issuer-not-accepted",
            "oidc: id token issued by a different provider, expected \"https://accounts.google.com\" got \"https://sts.windows.net/x/\"",
        ),
        (
            "signature-invalid",
            "failed to verify signature: failed to verify id token signature",
        ),
        (
            "expired",
            "oidc: token is expired (Token Expiry: 2026-11-20 09:00:00 +0000 UTC)",
        ),
        (
            "malformed-token",
            "oidc: malformed jwt: square/go-jose: compact JWS format must have three parts",
        ),
        (
            "not-yet-valid",
            "The Token can't be used before 2026-11-20T10:00:05Z.",
        ),
        (
            "not-yet-valid",
            "oidc: current time 2026-11-20 before the nbf (not before) time",
        ),
        // Nobody is known to say it so: whoever checks the token may have.
        ("unexplained", "Missing JWT in the request"),
        ("malformed-token", "error: could not parse JWT: bad input"),
    ] {
        assert_eq!(causes(error).first(), Some(&cause), "{error}");
    }
}

/// What speaks of certificates or of nothing is no verifier's.
#[test]
fn other_faults_are_not_taken_for_a_tokens() {
    for error in [
        "curl: (60) SSL certificate problem: unable to get local issuer certificate",
        "x509: certificate signed by unknown authority: issuer not found",
        "Expected audience size is missing in the report",
        "connection reset by peer",
    ] {
        for id in causes(error) {
            assert!(
                !["audience-mismatch", "issuer-not-accepted", "app-rejects"].contains(&id),
                "{error}: {id}"
            );
        }
    }
}

/// A command or a program that is pasted instead of what it sent.
#[test]
fn code_tells_what_it_sends() {
    let claims = "eyJpc3MiOiJodHRwczovL2FjY291bnRzLmdvb2dsZS5jb20iLCJhdWQiOiJodHRwczovL2JpbGxpbmctNGszamQ4MmhmYS11Yy5hLnJ1bi5hcHAifQ";
    // As long as a signature of Google's.
    let signature = "EXAMPLEnotAsignatureA".repeat(16) + "EXAMPA";
    let token = format!("eyJhbGciOiJSUzI1NiJ9.{claims}.{signature}");
    for (cause, paste) in [
        (
            "access-token-where-id-token-needed",
            "curl -H \"Authorization: Bearer $(gcloud auth print-access-token)\" https://orders-4k3jd82hfa-uc.a.run.app",
        ),
        (
            "id-token-where-access-token-needed",
            "curl -H \"Authorization: Bearer $(gcloud auth print-identity-token)\" https://pubsub.googleapis.com/v1/projects/example-project/topics",
        ),
        (
            "audience-mismatch",
            &format!(
                "token = \"{token}\"\nrequests.get(\"https://orders-4k3jd82hfa-uc.a.run.app\", headers={{\"Authorization\": \"Bearer \" + token}})\n401"
            ),
        ),
    ] {
        assert_eq!(causes(paste).first(), Some(&cause), "{paste}");
    }
}

/// What is told of a paste, the most likely first.
fn causes(paste: &str) -> Vec<&'static str> {
    let input = pasted(paste);
    let report = diagnose(&input);
    report.causes.iter().map(|found| found.cause.id).collect()
}

fn pasted(paste: &str) -> Input {
    let mut input = Input::at(0);
    input.paste = paste.to_owned();
    input
}

fn all(errors: &[Told]) {
    for (error, cause, words, command) in errors {
        let input = pasted(error);
        let report = diagnose(&input);
        let first = report.causes.first().expect("a cause");
        assert_eq!(first.cause.id, *cause, "{error}");
        assert!(first.summary.contains(words), "{error}: {}", first.summary);
        let mut snippets = first.fixes().flat_map(|fix| &fix.snippets);
        assert!(
            snippets.any(|snippet| snippet.text.contains(command)),
            "{error}: no fix has `{command}`"
        );
    }
}
