//! What the application's own check, a gateway's or Firebase's refuses.

use super::{Variant, told};
use crate::credential::{Kind, is_oauth_client_id};
use crate::evidence::Door;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::hole::Hole;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language, app, callers, code, grant, inspect, verify};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "application-own-check",
        cause: APP,
        says: "The request passed the platform; the application’s own check refused it.",
        why: "Its log, or its answer, tells which rule it was; IAM is not what refused.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Give the application the credential that its own check asks for")
                .words("Read the service’s log for this request, and correct its own check in the app or backend (its allow-list or roster of accounts, issuer, audience), or send what it asks for beside the platform’s token.")
                .done(),
        )
        .or("When the application wants a token of its own in Authorization:", callers::two_headers(fill, Kind::GoogleIdToken))
        .check(inspect::app_logs(fill))
        },
    },
    Variant {
        id: "application-token-in-own-header",
        cause: APP,
        says: "The application reads `Authorization`, where the platform’s token stands: it wants its own there.",
        why: "The platform takes its token from `X-Serverless-Authorization` when that is there, and leaves `Authorization` alone.",
        remedy: |fill| Remedy::change(own_header(fill)).check(inspect::app_logs(fill)),
    },
    Variant {
        id: "application-token-behind-iap",
        cause: APP,
        says: "IAP took the token in `Authorization`; the application wants its own there and did not find it.",
        why: "IAP takes its token from `Proxy-Authorization` too, and then leaves `Authorization` to the application.",
        remedy: |fill| Remedy::change(behind_iap(fill)),
    },
    Variant {
        id: "application-token-at-iap",
        cause: "iap-in-front",
        says: "The application’s own token was sent where IAP looks for its token.",
        why: "IAP wants a token that Google made or a service account signed; it goes into `Proxy-Authorization`.",
        remedy: |fill| Remedy::change(behind_iap(fill)).or("IAP’s token:", callers::send(fill)),
    },
    Variant {
        id: "application-behind-gateway",
        cause: APP,
        says: "A gateway puts its own token into `Authorization`; the caller’s arrives in `X-Forwarded-Authorization`.",
        why: "The claims that it checked are in `X-Apigateway-Api-Userinfo` (Endpoints: `X-Endpoint-API-UserInfo`), base64url.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Have the application read X-Forwarded-Authorization")
                .words("Read the caller’s token from X-Forwarded-Authorization, or its claims from X-Apigateway-Api-Userinfo. Authorization holds the gateway’s own ID token for the service.")
                .done(),
        )
        .check(inspect::app_logs(fill))
        },
    },
    Variant {
        id: "application-allow-list",
        cause: APP,
        says: "The token was accepted, and the application does not admit this account: it is on none of its lists.",
        why: "IAM has nothing to do with it.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Add CALLER_EMAIL to the accounts that the application admits")
                .words("In the application’s own settings add CALLER_EMAIL (its `email`, or its `sub`) to the allow-list, roster, tenant or role that it checks.")
                .done(),
        )
        .check(inspect::app_logs(fill))
        },
    },
    Variant {
        id: "application-own-token",
        cause: APP,
        says: "The application refused a token that it made itself: its signing key or its token store is another one now.",
        why: "Each instance of a service has its own memory, and a new revision starts with none.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Keep the application’s signing key and its token store outside the instance")
                .words("Take the signing key from Secret Manager, the same for all instances, and persist the token store (client storage) in Redis, Firestore or a database. Then sign in again.")
                .done(),
        )
        .or(
            "To see whether that is why, for a while:",
            Draft::changes(fill, "Let SERVICE run in one instance")
                .sh(&[
                    "gcloud run services update",
                    "SERVICE",
                    "--region=REGION",
                    "[--project=PROJECT_ID]",
                    "--min-instances=1",
                    "--max-instances=1",
                ])
                .done(),
        )
        .check(inspect::app_logs(fill))
        },
    },
    Variant {
        id: "mesh-jwt-refused",
        cause: APP,
        says: "Istio’s own JWT check refused the request: its policy names another issuer, audience or key set.",
        why: "Behind IAP the audience is the backend service’s, which changes when that is made anew.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Correct the mesh’s JWT policy")
                .words("In Istio’s RequestAuthentication (Kubeflow: ingress-jwt) set issuer, audiences and jwksUri to the token’s. For IAP: issuer https://cloud.google.com/iap, audience /projects/NUMBER/global/backendServices/ID, jwksUri https://www.gstatic.com/iap/verify/public_key-jwk. Kubeflow’s iap-enabler writes it again when its pod restarts.")
                .done(),
        )
        .check(
            Draft::reads(fill, "See the backend service’s id, which IAP’s audience ends with")
                .sh(&["gcloud compute backend-services list", "[--project=PROJECT_ID]", "--format=value(name,id)"])
                .done(),
        )
        },
    },
    Variant {
        id: "blocking-function-address",
        cause: AUDIENCE,
        says: "Identity Platform knows the blocking function by its old address; its library wants the `run.app` one.",
        why: "The trigger is registered when the function is deployed.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Deploy the function again with a current Firebase CLI")
                .caution("Update firebase-functions and firebase-admin in its code too: old ones know another audience.")
                .words("npm install -g firebase-tools@latest, then firebase deploy --only functions. Or choose the function’s run.app address in the console: Authentication, Settings, Blocking functions.")
                .done(),
        )
        },
    },
    Variant {
        id: "verifier-code-wrong",
        cause: APP,
        says: "The verifying library is called wrongly, not initialised, or too old.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Call the verifier as its library wants it")
                .words("verifyIdToken({idToken, audience}) with both; initializeApp() before anything else; update the library: npm i firebase-functions@latest firebase-admin@latest, composer require kelvinmo/simplejwt (ES256) or phpseclib/phpseclib.")
                .codes(code::RECEIVE)
                .done(),
        )
        .check(inspect::app_logs(fill))
        },
    },
    Variant {
        id: "verifier-audience-mismatch",
        cause: AUDIENCE,
        says: "The application’s verifier wants {aud_wanted|another audience} and got a token for {aud_sent|another one}.",
        why: "Either side can be changed: the verifier’s expected audience, or the audience that the caller asks for.",
        remedy: expect_or_ask,
    },
    Variant {
        id: "verifier-audience-path-or-slash",
        cause: AUDIENCE,
        says: "The token’s audience and the one that the application expects differ in a path or a slash.",
        why: "Audiences are compared letter by letter.",
        remedy: expect_or_ask,
    },
    Variant {
        id: "iap-assertion-audience",
        cause: APP,
        says: "IAP let the request in; the application expects another audience than IAP’s assertion has.",
        why: "The assertion’s `aud` is fixed by what IAP protects: set the application to it.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Set the application’s expected audience to TOKEN_AUDIENCE")
                .caution("It is `/projects/NUMBER/global/backendServices/ID` behind a load balancer, and `/projects/NUMBER/locations/REGION/services/NAME` on Cloud Run.")
                .words("In the application’s settings (environment, ingress-jwt, RequestAuthentication): expected audience = TOKEN_AUDIENCE, the aud of x-goog-iap-jwt-assertion.")
                .codes(code::RECEIVE_IAP)
                .done(),
        )
        },
    },
    Variant {
        id: "verifier-issuer-mismatch",
        cause: ISSUER,
        says: "The application’s verifier expects another issuer than {issuer|the token’s}.",
        why: "Google’s ID tokens come from `https://accounts.google.com`, IAP’s from `https://cloud.google.com/iap`, Firebase’s from `https://securetoken.google.com/PROJECT`.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Use the verifier of the token’s issuer")
                .words("Google’s ID token: issuer https://accounts.google.com. IAP: https://cloud.google.com/iap. Firebase: verifyIdToken / verify_firebase_token. Or have the caller send an ID token of the issuer that is expected.")
                .codes(code::RECEIVE)
                .done(),
        )
        .or("For Firebase’s sign-ins:", app::receive_firebase(fill))
        },
    },
    Variant {
        id: "gateway-issuer-config-wrong",
        cause: ISSUER,
        says: "The gateway’s configured issuer or keys are not those of the token.",
        why: "`x-google-issuer` must equal `iss`, and `x-google-jwks_uri` must hold its key.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Set the gateway’s issuer and key set to the token’s")
                .caution("Deploy the document as a new API config. Google’s keys: https://www.googleapis.com/oauth2/v3/certs")
                .words("In the security definition: x-google-issuer: the token’s iss, letter by letter; x-google-jwks_uri: the JWKS of that issuer. In a mesh: RequestAuthentication, issuer and jwksUri.")
                .done(),
        )
        .check(
            Draft::reads(fill, "See which keys Google publishes")
                .sh(&["curl", "-s", "https://www.googleapis.com/oauth2/v3/certs"])
                .done(),
        )
        },
    },
    Variant {
        id: "verifier-keys-wrong",
        cause: SIGNATURE,
        says: "The verifier has no key for the token: it looks in the wrong key set, or its copy is old.",
        why: "Google’s keys change every few days; each issuer has a key set of its own.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Verify with the key set of the token’s issuer, fetched anew")
                .caution("Refresh the cached key set when a kid is unknown.")
                .words("Google (RS256): JWKS https://www.googleapis.com/oauth2/v3/certs. IAP (ES256): https://www.gstatic.com/iap/verify/public_key-jwk. Firebase ID tokens: https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com. Session cookies have other certs: verifySessionCookie. Java’s TokenVerifier: setCertificatesLocation. Then try a new token: its signature must be whole.")
                .codes(code::RECEIVE)
                .done(),
        )
        .check(
            Draft::reads(fill, "See which keys Google publishes")
                .sh(&["curl", "-s", "https://www.googleapis.com/oauth2/v3/certs"])
                .done(),
        )
        },
    },
    Variant {
        id: "firebase-emulator-mismatch",
        cause: SIGNATURE,
        says: "The token is of the Firebase emulator and the server verifies for production, or the other way round.",
        why: "The emulator’s tokens have no signature.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Set the emulator’s host on the server too")
                .caution("Its tokens have no signature. Never in production: with it every unsigned token is accepted.")
                .words("Set FIREBASE_AUTH_EMULATOR_HOST=127.0.0.1:9099 in the server’s environment. Or sign in against production, and send that ID token.")
                .done(),
        )
        },
    },
    Variant {
        id: "firebase-project-mismatch",
        cause: AUDIENCE,
        says: "The app and the server belong to two Firebase projects or tenants: the server wants {aud_wanted|its own}, the token is for {aud_sent|another one}.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Use one Firebase project on both sides")
                .caution("Redeploy or restart the server after the change.")
                .words("Server: projectId (project_id, GOOGLE_CLOUD_PROJECT) = FIREBASE_PROJECT, the projectId of the app’s firebaseConfig, and credentials of the same project; for tenants authForTenant(TENANT).")
                .codes(code::RECEIVE_FIREBASE)
                .done(),
        )
        },
    },
    Variant {
        id: "firebase-id-token-needed",
        cause: APP,
        says: "The function or backend takes the Firebase ID token of the signed-in user, and got another or an old one.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Send the signed-in user’s Firebase ID token, fresh for each call")
                .caution("Where App Check is enforced, its token too; `httpsCallable` sends both. The function’s log tells which one it missed.")
                .codes(code::PAGE_FIREBASE)
                .done(),
        )
        .or("For callers without a user, check Google’s ID token instead (verify_oauth2_token):", receive(fill))
        },
    },
    Variant {
        id: "google-id-token-to-firebase",
        cause: ISSUER,
        says: "The token is Google’s own, and the backend wants Firebase’s.",
        why: "Sign in to Firebase with Google’s token first; the user then has one of Firebase’s.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Exchange Google’s sign-in for a Firebase ID token")
                .code(Language::JavaScript, &told!("const { user } = await signInWithCredential(auth, GoogleAuthProvider.credential(googleIdToken));\nconst idToken = await user.getIdToken();"))
                .words("A service as caller has no Firebase user: make the function onRequest, and check Google’s token there (verify_oauth2_token), or mint a custom token.")
                .done(),
        )
        },
    },
    Variant {
        id: "firebase-token-at-private-service",
        cause: ISSUER,
        says: "A Firebase user’s sign-in cannot pass Cloud Run’s own check, which takes Google’s ID tokens only.",
        why: "Make the service public for the platform, and have the code verify the user’s token.",
        remedy: |fill| {
            Remedy::change(public(fill))
                .or(
                    "And the code checks every request:",
                    app::receive_firebase(fill),
                )
                .or(
                    "When the service must stay private:",
                    callers::gateway_front(fill),
                )
        },
    },
    Variant {
        id: "webhook-at-private-service",
        cause: SEND,
        says: "Whoever calls a webhook has no account of Google’s and sends no token; the service is private.",
        why: "The sender signs its requests in its own way, and the code checks that.",
        remedy: |fill| {
            Remedy::change(public(fill))
                .or("When a caller of your own calls it:", callers::send(fill))
                .check(inspect::logs(fill))
        },
    },
    Variant {
        id: "token-or-role-missing",
        cause: SEND,
        says: "No token came, or its account may not call the service: this 403 is the same for both.",
        why: "The service’s log tells: `Empty Authorization header value`, or the permission that its account lacks.",
        remedy: token_or_role,
    },
    Variant {
        id: "wrong-header-name",
        cause: SEND,
        says: "The token went in a header that no door reads.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Send the token in the header `Authorization`")
                .words("Authorization: Bearer TOKEN. Where the application needs that header for a token of its own: X-Serverless-Authorization on Cloud Run, Proxy-Authorization at IAP.")
                .done(),
        )
        .verify(verify::again(fill))
        },
    },
    Variant {
        id: "header-lost-on-the-way",
        cause: SEND,
        says: "The credential was sent, and the door saw none: something between dropped the header.",
        why: "Clients drop it when a redirect leads to another host; proxies may remove it.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Call the final address, and let the proxy pass the header on")
                .words("Call the https address that the redirect leads to, at once. nginx: proxy_set_header Authorization $http_authorization; Apache: CGIPassAuth On. Where the proxy needs Authorization itself, send the token to Cloud Run in X-Serverless-Authorization.")
                .done(),
        )
        .check(headers(fill))
        },
    },
    Variant {
        id: "firebase-session-ended",
        cause: "expired",
        says: "The user’s session was revoked or has ended: they must sign in again.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Have the user sign in again")
                .words("Let the user sign in again (log in again), then send a new ID token, or make a new session cookie with createSessionCookie.")
                .codes(code::PAGE_FIREBASE)
                .done(),
        )
        },
    },
    Variant {
        id: "firebase-user-disabled",
        cause: APP,
        says: "The user’s record is disabled in Firebase Authentication.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Enable the user again")
                .words("Firebase console: Authentication, Users, the user, enable account. In code: updateUser(uid, {disabled: false}).")
                .done(),
        )
        },
    },
    Variant {
        id: "firebase-user-not-signed-in",
        cause: SEND,
        says: "The app called before its user was signed in, so no sign-in went along.",
        why: "",
        remedy: |fill| Remedy::change(callers::page_sign_in(fill)),
    },
    Variant {
        id: "firebase-security-rules",
        cause: APP,
        says: "The product’s security rules refuse this app user; IAM roles do not count here.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Change the security rules, or the user’s claims")
                .caution("Try the rule in the console’s playground with this user first.")
                .words("Write the rule so that it admits this user (request.auth), and deploy it (firebase deploy --only firestore:rules): firestore:rules, storage or database. REST calls of a user carry ?auth=ID_TOKEN or access_token.")
                .done(),
        )
        },
    },
    Variant {
        id: "app-check-token-wrong",
        cause: SEND,
        says: "The request has no valid App Check token in `X-Firebase-AppCheck`.",
        why: "It is asked for beside the sign-in.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Send a fresh App Check token")
                .code(Language::JavaScript, &told!("const { token } = await getToken(appCheck, /* forceRefresh */ true);\nheaders['X-Firebase-AppCheck'] = token;"))
                .words("Initialise App Check before the first call, and send a new token in X-Firebase-AppCheck.")
                .done(),
        )
        },
    },
    Variant {
        id: "app-check-not-registered",
        cause: APP,
        says: "The app, its provider or its debug token is not registered in App Check.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Register the app in App Check")
                .words("Firebase console: App Check, Apps: register the app with its provider (reCAPTCHA key and domain; Play Integrity with the SHA-256 fingerprint; App Attest), or add the debug token of this machine.")
                .done(),
        )
        },
    },
    Variant {
        id: "firebase-custom-token-sent",
        cause: OTHER,
        says: "A Firebase custom token was sent: it must first be exchanged for an ID token.",
        why: "",
        remedy: |fill| Remedy::change(callers::exchange_custom_token(fill)),
    },
    Variant {
        id: "custom-token-invalid",
        cause: OTHER,
        says: "What was given to `signInWithCustomToken` is not a custom token, or is older than an hour.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Make a new custom token and use it at once")
                .words("Send the string that admin.auth().createCustomToken(uid) returned, within the hour, with the key of the same project.")
                .done(),
        )
        },
    },
    Variant {
        id: "session-cookie-mixup",
        cause: OTHER,
        says: "A session cookie was verified as an ID token, or the other way round.",
        why: "Their issuers and keys differ.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Use the verifier of what was sent")
                .words("verifySessionCookie() (verify_session_cookie) for a session cookie, verifyIdToken() for an ID token; a cookie is made with createSessionCookie(idToken).")
                .codes(code::RECEIVE_FIREBASE)
                .done(),
        )
        },
    },
    Variant {
        id: "apigee-credential-wrong",
        cause: APP,
        says: "Apigee wants an access token that it issued itself, or the key of an approved app.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Send a credential of Apigee’s own")
                .words("A new access token that this Apigee organisation issued, or ?apikey= with the key of an approved app that has the API product.")
                .done(),
        )
        },
    },
    Variant {
        id: "verifier-got-no-token",
        cause: SEND,
        says: "The verifier found no token where it looks for one.",
        why: "A header with another name, a proxy that drops it, or an empty variable does the same.",
        remedy: |fill| {
            if fill.door == Door::Iap || fill.door == Door::Gateway {
                Remedy::change(callers::send(fill))
                    .check(headers(fill))
                    .verify(verify::again(fill))
            } else {
                Remedy::change(
                Draft::changes(fill, "Send the ID token where the verifier looks")
                    .words("Send Authorization: Bearer and the ID token, and hand the verifier the part behind Bearer of that header (in a body: credential or idToken). Behind a gateway the original is in X-Forwarded-Authorization.")
                    .done(),
            )
            .check(headers(fill))
            }
        },
    },
    Variant {
        id: "api-key-missing",
        cause: SEND,
        says: "The method asks for an API key, and none was sent.",
        why: "An empty environment variable does the same.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Send an API key")
                .words("Send x-goog-api-key: YOUR_API_KEY (API Gateway: x-api-key, or ?key=); set the variable that holds it, such as GOOGLE_API_KEY or apiKey.")
                .done(),
        )
        },
    },
    Variant {
        id: "google-api-credential-missing",
        cause: SEND,
        says: "The call to the Google API carried no credential that it knows.",
        why: "The client was built without credentials, or the header is missing.",
        remedy: |fill| Remedy::change(credential_for_api(fill)).verify(verify::again(fill)),
    },
    Variant {
        id: "insecure-channel",
        cause: SEND,
        says: "The channel is not encrypted, so the library kept the credential back.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Use TLS: https, or a channel with TLS credentials")
                .words("Go: grpc.WithTransportCredentials(credentials.NewTLS(&tls.Config{})) and HOST:443. Java: no usePlaintext(). .NET: ChannelCredentials.SecureSsl (SslCredentials). Everywhere: https:// and port 443.")
                .done(),
        )
        },
    },
    Variant {
        id: "docker-login-needed",
        cause: SEND,
        says: "Docker is not signed in at this registry, or its login has ended.",
        why: "It does not use gcloud’s login unless it was told to, for each host.",
        remedy: |fill| {
            Remedy::change(app::docker_login(fill))
            .or(
                "For one login, or as another user (sudo, CI):",
                Draft::changes(fill, "Log docker in with an access token")
                    .words("gcloud auth print-access-token | docker login -u oauth2accesstoken --password-stdin https://REGISTRY_HOST. Helm: helm registry login -u oauth2accesstoken. GitHub: token_format: access_token, and its output as password. Another cluster: imagePullSecrets.")
                    .done(),
            )
            .check(Draft::reads(fill, "See which logins docker has").words("Look into ~/.docker/config.json.").caution("It may hold passwords: look only for `credHelpers` and `auths`.").done())
        },
    },
    Variant {
        id: "authorization-header-missing",
        cause: SEND,
        says: "The request came without a usable token, or from an account that may not call: the service is private.",
        why: "The service’s log tells: `Empty Authorization header value`, or the permission that its account lacks.",
        remedy: private,
    },
];

const APP: &str = "app-rejects";
const AUDIENCE: &str = "audience-mismatch";
const ISSUER: &str = "issuer-not-accepted";
const OTHER: &str = "other-credential-type";
const SEND: &str = "no-credential";
const SIGNATURE: &str = "signature-invalid";

/// The platform's token and the application's, each in its header.
fn own_header(fill: &Fill) -> Fix {
    let draft = if fill.door == Door::Iap {
        Draft::changes(fill, "Send IAP’s token in Proxy-Authorization, the application’s in Authorization")
            .words("Proxy-Authorization: Bearer and IAP’s token; Authorization: the application’s own. IAP takes the first and leaves the second alone.")
    } else {
        Draft::changes(fill, "Send the platform’s token in X-Serverless-Authorization, the application’s in Authorization")
            .words("X-Serverless-Authorization: Bearer and the ID token for AUDIENCE; Authorization: the application’s own. Behind API Gateway the caller’s is in X-Forwarded-Authorization.")
    };
    draft.done()
}

/// A client library finds what somebody signed in with; other code sends a token itself.
fn credential_for_api(fill: &Fill) -> Fix {
    if fill.caller.is_some() {
        return callers::send_access_token(fill);
    }
    Draft::changes(fill, "Give the calling program credentials, so that it sends an access token")
        .caution("On Google Cloud the attached account is found by itself. gcloud and gsutil have a login of their own: `gcloud auth login`; in GitHub Actions google-github-actions/auth.")
        .sh(&["gcloud auth application-default login"])
        .codes(code::CALL_API)
        .words("Build the client with credentials (pass them, or google.auth.default()); by hand send Authorization: Bearer and an access token. Ruby: fetch_access_token! before the first call.")
        .done()
}

fn behind_iap(fill: &Fill) -> Fix {
    Draft::changes(fill, "Send IAP’s token in Proxy-Authorization, the application’s in Authorization")
        .words("Proxy-Authorization: Bearer and IAP’s token; Authorization: the application’s own. IAP takes the first and passes the second on. A client that cannot set both needs a small proxy beside it that adds the first.")
        .done()
}

/// Either side can be changed. A sign-in's audience is its client's id: there only the verifier can.
fn expect_or_ask(fill: &Fill) -> Remedy {
    let remedy = Remedy::change(expected_audience(fill)).check(inspect::app_logs(fill));
    let of_a_client = fill
        .known(Hole::TokenAudience)
        .is_some_and(is_oauth_client_id);
    if of_a_client || fill.known(Hole::FirebaseProject).is_some() {
        return remedy;
    }
    remedy.or(
        "Or have the caller ask for the audience that the verifier wants:",
        callers::send(fill),
    )
}

fn expected_audience(fill: &Fill) -> Fix {
    let draft = if fill.door == Door::Gateway {
        Draft::changes(fill, "List the token’s audience at the gateway")
            .words("In the security definition: x-google-audiences: TOKEN_AUDIENCE (several with commas). Deploy the document as a new API config.")
    } else {
        Draft::changes(fill, "Set the verifier’s expected audience to the one in the token’s `aud`")
            .caution("Only for an audience that is yours. A second check belongs to it: which account calls (`email`).")
            .words("In the application’s settings: audience = TOKEN_AUDIENCE, the aud (or azp) of the token; a list where there are several (a sign-in provider’s Authorized Client IDs).")
            .codes(code::RECEIVE)
    };
    draft.done()
}

fn receive(fill: &Fill) -> Fix {
    Draft::changes(fill, "Check Google’s ID token in the application")
        .caution("Check who calls too: compare `email` with a list.")
        .codes(code::RECEIVE)
        .done()
}

/// Makes a service public where that is the aim, as the documentation recommends it.
pub(super) fn public(fill: &Fill) -> Fix {
    let draft = Draft::changes(fill, "Make SERVICE public, if that is the aim: switch its invoker check off")
        .caution("Then anybody on the internet may call it, and it must check its callers itself. It works where the organisation forbids `allUsers`; a policy may demand the check.");
    match fill.door {
        Door::Function => draft
            .sh(&[
                "gcloud functions add-invoker-policy-binding",
                "FUNCTION",
                "--region=REGION",
                "[--project=PROJECT_ID]",
                "--member=allUsers",
            ])
            .words("1st and 2nd gen functions: the invoker role for allUsers. Behind a 2nd gen function is a Cloud Run service, where --no-invoker-iam-check does the same. In Firebase: invoker: 'public'."),
        _ => draft
            .sh(&[
                "gcloud run services update",
                "SERVICE",
                "--region=REGION",
                "[--project=PROJECT_ID]",
                "--no-invoker-iam-check",
            ])
            .code(Language::Hcl, &told!("resource \"google_cloud_run_v2_service\" \"SERVICE\" {\n  # …\n  invoker_iam_disabled = true\n}"))
            .words("Console: Cloud Run, SERVICE, Security: allow public access."),
    }
    .done()
}

/// The same 403 for no token and for no role.
fn token_or_role(fill: &Fill) -> Remedy {
    const ROLE: &str = "When the log names the missing permission:";
    let role = grant::entry(fill);
    let remedy = match fill.caller {
        Some(Caller::Browser) => Remedy::change(public(fill))
            .or("To look at it yourself:", callers::proxy(fill))
            .or("For people of your organisation:", callers::iap_front(fill)),
        None => Remedy::change(callers::send(fill))
            .or(ROLE, role)
            .or("When it is meant for everybody:", public(fill)),
        Some(Caller::LocalUser) => Remedy::change(callers::send(fill))
            .or(
                "For a browser or tool that sends no token:",
                callers::proxy(fill),
            )
            .or(ROLE, role),
        Some(Caller::CloudRun | Caller::CloudFunctions | Caller::Gce | Caller::Gke) => {
            Remedy::change(role).or(
                "When the log says `Empty Authorization header value`:",
                callers::send(fill),
            )
        }
        Some(_) => Remedy::change(callers::send(fill)).or(ROLE, role),
    };
    remedy
        .check(inspect::logs(fill))
        .verify(verify::again(fill))
}

/// A private service that was called without a token or by an account without the role.
fn private(fill: &Fill) -> Remedy {
    let remedy = match fill.caller {
        Some(Caller::Browser) => Remedy::change(public(fill))
            .or("To look at it yourself:", callers::proxy(fill))
            .or("For people of your organisation:", callers::iap_front(fill)),
        None => {
            Remedy::change(callers::send(fill)).or("When it is meant for everybody:", public(fill))
        }
        Some(caller) if caller.delivers() => Remedy::change(callers::send(fill))
            .or("When a token is sent already:", grant::entry(fill)),
        Some(Caller::LocalUser) => Remedy::change(callers::send(fill)).or(
            "To use a browser or tool without a token:",
            callers::proxy(fill),
        ),
        Some(_) => Remedy::change(callers::send(fill))
            .or("When a token is sent already:", grant::entry(fill)),
    };
    remedy
        .check(inspect::logs(fill))
        .verify(verify::again(fill))
}

fn headers(fill: &Fill) -> Fix {
    Draft::reads(fill, "See which headers arrive")
        .words("Log the names of the incoming headers in the application, never their values.")
        .done()
}
