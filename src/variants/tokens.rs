//! A token that is not the right one for its door, or not in time: mostly a fresh one mends it.

use super::{Variant, fresh, fresh_beside, told};
use crate::evidence::Door;
use crate::fix::draft::Draft;
use crate::fix::fill::Fill;
use crate::fix::remedy::Remedy;
use crate::fix::{Fix, Language, audience, callers, code, inspect, mint, verify};
use crate::input::Caller;

pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        id: "audience-not-service-url",
        cause: AUDIENCE,
        says: "The token was made for another audience than the called service, or it is no ID token of Google’s.",
        why: "Cloud Run answers 401 to every token that it cannot accept; its message does not tell which fault it found.",
        remedy: |fill| fresh(fill).check(inspect::audiences(fill)),
    },
    Variant {
        id: "audience-of-other-service",
        cause: AUDIENCE,
        says: "The token was made for another service’s URL than the one that was called.",
        why: "Each service, and each region of it, has a URL of its own, and takes tokens for that one.",
        remedy: |fill| with_accept(fill).check(inspect::audiences(fill)),
    },
    Variant {
        id: "audience-tag-url",
        cause: AUDIENCE,
        says: "The token was made for a tag’s URL, which is never an audience.",
        why: "Call the tag’s URL, but have the token made for the service’s URL without the tag.",
        remedy: |fill| fresh(fill).check(inspect::audiences(fill)),
    },
    Variant {
        id: "audience-custom-domain",
        cause: AUDIENCE,
        says: "The token was made for a domain that the service does not list among its audiences.",
        why: "Behind a custom domain or load balancer the service still knows its own `run.app` URL only.",
        remedy: |fill| with_accept(fill).check(inspect::audiences(fill)),
    },
    Variant {
        id: "audience-not-registered",
        cause: AUDIENCE,
        says: "The token’s audience is a name that the service was not told to accept.",
        why: "A service takes its own URL, and the custom audiences that are registered with it.",
        remedy: |fill| {
            match audience::accept(fill) {
                Some(accept) => Remedy::change(accept).or(
                    "When the name is not yours to choose:",
                    callers::first_fresh(fill),
                ),
                None => fresh(fill),
            }
            .check(inspect::audiences(fill))
        },
    },
    Variant {
        id: "audience-not-a-string",
        cause: AUDIENCE,
        says: "The token’s `aud` is missing or is no single text, so no door finds itself in it.",
        why: "Google’s ID tokens hold one text there.",
        remedy: |fill| fresh(fill),
    },
    Variant {
        id: "gateway-token-without-audience",
        cause: AUDIENCE,
        says: "The token has no `aud`, and a gateway takes none without one of its own.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Put an `aud` claim into the token, and list it at the gateway")
                .caution("Deploy the document as a new API config.")
                .words("Whoever issues the token adds \"aud\": \"AUDIENCE\". In the security definition: x-google-audiences: AUDIENCE. Or, in ESPv2 of your own, start it with --disable_jwt_audience_service_check.")
                .done(),
        )
        .check(inspect::audiences(fill))
        },
    },
    Variant {
        id: "audience-query-string",
        cause: AUDIENCE,
        says: "The token’s audience is a URL with a query or fragment, which Cloud Run refuses.",
        why: "Scheduler, Tasks and Pub/Sub take the whole URL for the audience unless they are told one.",
        remedy: |fill| fresh(fill).check(inspect::caller_account(fill)),
    },
    Variant {
        id: "audience-adc-client-id",
        cause: AUDIENCE,
        says: "The token comes from a person’s application default login, whose audience no service accepts.",
        why: "gcloud’s own login has another audience, which Cloud Run and functions accept.",
        remedy: |fill| {
            Remedy::change(mint::own_id_token(fill))
                .or(
                    "As a service account, or where the verifier wants its own audience:",
                    mint::impersonated(fill),
                )
                .verify(verify::again(fill))
        },
    },
    Variant {
        id: "audience-own-client-id",
        cause: AUDIENCE,
        says: "The token’s audience is an OAuth client’s id, and the service takes its own URL.",
        why: "",
        remedy: |fill| with_accept(fill).check(inspect::audiences(fill)),
    },
    Variant {
        id: "function-audience-without-name",
        cause: AUDIENCE,
        says: "A function wants its whole URL as audience, with its name.",
        why: "The host alone is shared by all functions of the project and region.",
        remedy: |fill| fresh(fill).check(inspect::audiences(fill)),
    },
    Variant {
        id: "gcloud-client-id-audience",
        cause: AUDIENCE,
        says: "The token has gcloud’s own client id as audience: Cloud Run and functions take that, IAP, gateways and other verifiers do not.",
        why: "A person cannot choose the audience; an impersonated service account can.",
        remedy: |fill| match fill.door {
            Door::Gateway => gateway_audience(fill),
            _ => Remedy::change(mint::impersonated(fill)).verify(verify::again(fill)),
        },
    },
    Variant {
        id: "gateway-audience-not-allowed",
        cause: AUDIENCE,
        says: "The gateway’s configuration does not list the token’s audience.",
        why: "Without `x-google-audiences` it takes `https://` and the name of its managed service alone.",
        remedy: gateway_audience,
    },
    Variant {
        id: "iap-audience-client-id",
        cause: AUDIENCE,
        says: "IAP has an OAuth client of its own here, and its id must be the audience{aud_wanted|}.",
        why: "",
        remedy: |fill| {
            Remedy::change(mint::for_iap_client(fill))
                .check(inspect::audiences(fill))
                .verify(verify::again(fill))
        },
    },
    Variant {
        id: "access-token-sent",
        cause: "access-token-where-id-token-needed",
        says: "An access token was sent where an ID token is needed.",
        why: "Access tokens (`ya29.…`) are for Google APIs; a service wants an ID token made for its URL.",
        remedy: |fill| {
            let remedy = fresh(fill).check(inspect::audiences(fill));
            if fill.caller == Some(Caller::LocalUser) && fill.door == Door::Run {
                remedy.or(
                    "To use a browser or tool without a token:",
                    callers::proxy(fill),
                )
            } else {
                remedy
            }
        },
    },
    Variant {
        id: "id-token-to-google-api",
        cause: "id-token-where-access-token-needed",
        says: "A Google API wants an OAuth access token, and an ID token or a token of another kind was sent.",
        why: "",
        remedy: |fill| to_api(fill),
    },
    Variant {
        id: "foreign-token-to-google-api",
        cause: OTHER,
        says: "Google APIs take no token of another issuer: it is exchanged at the STS first.",
        why: "",
        remedy: |fill| match fill.caller {
            Some(Caller::GithubActions) => to_api(fill),
            _ => Remedy::change(exchange(fill)).or(
                "When Google’s own credential is at hand:",
                callers::send_access_token(fill),
            ),
        },
    },
    Variant {
        id: "self-signed-jwt-at-api",
        cause: AUDIENCE,
        says: "A JWT that an account signs itself must name the API as `aud`, or it is exchanged for an access token.",
        why: "`aud` is `https://API.googleapis.com/` with the slash, `iss` and `sub` are the account, and it lives one hour at most.",
        remedy: |fill| {
            Remedy::change(callers::send_access_token(fill))
            .or(
                "When it must be self-signed:",
                Draft::changes(fill, "Sign it for the API’s own address")
                    .words("Set aud to https:// and the API’s host with a slash behind it (no path), or drop aud and set scope; iss = sub = SERVICE_ACCOUNT_EMAIL; exp at most one hour behind iat.")
                    .done(),
            )
            .verify(verify::again(fill))
        },
    },
    Variant {
        id: "self-signed-jwt-to-service",
        cause: "issuer-not-accepted",
        says: "The service account signed this JWT itself; Cloud Run takes ID tokens that Google signs.",
        why: "It is exchanged for one at `oauth2.googleapis.com`, with the claim `target_audience`; the libraries do that.",
        remedy: |fill| fresh(fill),
    },
    Variant {
        id: "federated-token-to-service",
        cause: "access-token-where-id-token-needed",
        says: "A federated identity has no ID token of its own: it makes one of a service account that it may impersonate.",
        why: "",
        remedy: |fill| {
            Remedy::change(mint::generate_id_token(fill))
                .or(
                    "In code, with google-auth’s impersonated credentials:",
                    mint::impersonated(fill),
                )
                .check(inspect::caller_account(fill))
                .verify(verify::again(fill))
        },
    },
    Variant {
        id: "credential-to-be-exchanged",
        cause: OTHER,
        says: "What was sent serves to get a token and is no token: it is exchanged, and what comes back is sent.",
        why: "It lives long, so withdraw it if anybody else can have seen it.",
        remedy: |fill| {
            if fill.door == Door::Api {
                to_api(fill)
            } else {
                fresh(fill)
            }
        },
    },
    Variant {
        id: "another-credential-sent",
        cause: OTHER,
        says: "This door does not take a credential of this kind.",
        why: "",
        remedy: |fill| fresh(fill),
    },
    Variant {
        id: "token-fits-yet-refused",
        cause: "signature-invalid",
        says: "All that can be read of the token fits, and it was refused all the same.",
        why: "A fresh token, made for the bare URL and sent directly, tells whether the old one was changed on the way.",
        remedy: |fill| fresh(fill),
    },
    Variant {
        id: "job-run-with-id-token",
        cause: "id-token-where-access-token-needed",
        says: "Starting a job is a call to `run.googleapis.com`: it takes an access token, by POST.",
        why: "A job has no URL of its own.",
        remedy: |fill| to_api(fill),
    },
    Variant {
        id: "id-token-expired",
        cause: EXPIRED,
        says: "The token has expired.",
        why: "Google’s ID tokens live one hour; keep the client object, which renews them, not the string.",
        remedy: |fill| {
            if fill.caller == Some(Caller::Browser) {
                Remedy::change(callers::page_sign_in(fill))
            } else {
                fresh(fill)
            }
        },
    },
    Variant {
        id: "access-token-expired",
        cause: EXPIRED,
        says: "The access token has expired, or is not known any more.",
        why: "It lives one hour; a string kept in a variable, file or secret outlives it.",
        remedy: |fill| {
            fresh_beside(fresh_access(fill), fill)
                .or("For one try at the terminal:", mint::access_token(fill))
        },
    },
    Variant {
        id: "firebase-id-token-expired",
        cause: EXPIRED,
        says: "The Firebase ID token has expired: it lives one hour, and the page must ask for a fresh one.",
        why: "",
        remedy: |fill| Remedy::change(callers::page_sign_in(fill)),
    },
    Variant {
        id: "times-not-numbers",
        cause: "malformed-token",
        says: "`exp`, `iat` and `nbf` must be whole numbers of seconds since 1970; here one is missing, a text, or in milliseconds.",
        why: "Libraries write them right; a template or a hand-made token may not.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Write the token’s times as numbers of seconds")
                .words("exp, iat and nbf: numbers without quotes, seconds and not milliseconds, exp at most one hour behind iat.")
                .code(Language::JavaScript, &told!("const now = Math.floor(Date.now() / 1000);\nconst times = { iat: now, exp: now + 3600 };"))
                .code(Language::Python, &told!("now = int(time.time())\ntimes = {'iat': now, 'exp': now + 3600}"))
                .code(Language::Go, &told!("now := time.Now().Unix()\nclaims := map[string]any{\"iat\": now, \"exp\": now + 3600}"))
                .done(),
        )
        },
    },
    Variant {
        id: "token-made-ahead",
        cause: "not-yet-valid",
        says: "The token’s `iat` or `nbf` lies minutes ahead: the clock that made it is fast, or the one that judges it is slow.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Synchronise the clock (NTP) of the machine that made the token, and make a new one")
                .words("timedatectl set-ntp true (chrony or NTP) there and on the machine that verifies. A leeway of seconds does not cover this.")
                .done(),
        )
        .or("Then:", callers::first_fresh(fill))
        .check(inspect::clock(fill))
        },
    },
    Variant {
        id: "verifier-clock-behind",
        cause: "not-yet-valid",
        says: "The clock of the machine that verifies is behind: to it the token is not valid yet.",
        why: "A second is enough where no leeway is allowed.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Set the verifier’s clock, and allow a few seconds of leeway")
                .caution("NTP keeps the clock right; containers have the one of their host.")
                .words("On the machine that verifies: timedatectl set-ntp true (chrony or NTP). In code allow leeway: Python google-auth clock_skew_in_seconds=10, PyJWT leeway=10; PHP JWT::$leeway = 10; Node jsonwebtoken clockTolerance: 10; Java acceptLeeway(10); .NET ClockSkew.")
                .done(),
        )
        .check(inspect::clock(fill))
        },
    },
    Variant {
        id: "email-not-included",
        cause: "email-claim-missing",
        says: "The token carries no e-mail, and the receiver asks for it.",
        why: "The IAM Credentials API leaves it out unless it is told to include it.",
        remedy: |fill| {
            match fill.caller {
                Some(Caller::CloudRun | Caller::CloudFunctions | Caller::Gce | Caller::Gke) => {
                    Remedy::change(mint::metadata(fill))
                        .or("In the calling code:", callers::send(fill))
                }
                None => Remedy::change(mint::impersonated(fill))
                    .or(
                        "On Google Cloud, from the metadata server:",
                        mint::metadata(fill),
                    )
                    .or("By REST:", mint::generate_id_token(fill)),
                Some(Caller::LocalUser | Caller::Impersonation) => {
                    Remedy::change(mint::impersonated(fill))
                        .or("By REST:", mint::generate_id_token(fill))
                }
                Some(_) => Remedy::change(callers::send(fill)),
            }
            .verify(verify::again(fill))
        },
    },
    Variant {
        id: "token-damaged",
        cause: "malformed-token",
        says: "What arrived is not the whole token: it lost or gained characters on the way.",
        why: "A line break, quotes, `b'…'`, padding or a cut end is enough.",
        remedy: |fill| {
            sent_again(fill, Remedy::change(
            Draft::changes(fill, "Pass the whole token, unaltered, on one line after the word Bearer")
                .words("Compare the token’s length and its last characters where it is made and where it is sent; nothing may be cut off, the signature (its third part) least of all. Shell: TOKEN=$(… | tr -d '\\n\"'). Python: token.decode() instead of str(token). Header: Authorization: Bearer, one space, the full token.")
                .done(),
        )
        .or("Or make a new token:", callers::first_fresh(fill)))
        },
    },
    Variant {
        id: "token-cut",
        cause: "malformed-token",
        says: "The token is cut: its end, and with it the signature, is missing.",
        why: "Terminals, logs and database columns cut long lines.",
        remedy: |fill| {
            sent_again(fill, Remedy::change(
            Draft::changes(fill, "Hand the whole token on, without printing or storing it in between")
                .words("Let the program read it from the command that makes it: TOKEN=\"$(gcloud auth print-identity-token …)\". A column must hold at least 2048 characters; compare the lengths at both ends.")
                .done(),
        )
        .or("What is missing is lost, so make a new one:", callers::first_fresh(fill)))
        },
    },
    Variant {
        id: "token-with-line-break",
        cause: "malformed-token",
        says: "The token holds a line break, a space or an invisible character, so the header ends there.",
        why: "It comes from `base64` without `-w0`, a file’s last line, or a secret that was stored with its newline.",
        remedy: |fill| {
            sent_again(fill, Remedy::change(
            Draft::changes(fill, "Take the white space out where the token is read")
                .code(Language::Python, &told!("token = token.strip()"))
                .code(Language::JavaScript, &told!("const bearer = token.trim();"))
                .code(Language::Go, &told!("token = strings.TrimSpace(token)"))
                .words("Shell: TOKEN=$(printf %s \"$TOKEN\" | tr -d '[:space:]'). Store a secret without a newline: printf %s \"$TOKEN\" | gcloud secrets versions add … --data-file=-")
                .done(),
        ))
        },
    },
    Variant {
        id: "token-in-quotes",
        cause: "malformed-token",
        says: "Quotes were sent as part of the token.",
        why: "Docker’s `--env-file` and some YAML keep the quotes of a value.",
        remedy: |fill| {
            sent_again(fill, Remedy::change(
            Draft::changes(fill, "Take the quotes off the value")
                .words("In the .env file, YAML or variable write the value without quotes: TOKEN=eyJ…, and the header as Authorization: Bearer and the token alone.")
                .code(Language::Python, &told!("token = token.strip().strip('\"')"))
                .code(Language::JavaScript, &told!("const bearer = token.trim().replace(/^\"|\"$/g, '');"))
                .done(),
        ))
        },
    },
    Variant {
        id: "token-bytes-literal",
        cause: "malformed-token",
        says: "The token was sent as Python prints bytes: `b'…'`.",
        why: "`str()` of bytes gives the literal.",
        remedy: |fill| {
            sent_again(
                fill,
                Remedy::change(
                    Draft::changes(fill, "Decode the bytes before they go into the header")
                        .code(
                            Language::Python,
                            &told!("headers = {'Authorization': f'Bearer {token.decode()}'}"),
                        )
                        .done(),
                ),
            )
        },
    },
    Variant {
        id: "token-percent-encoded",
        cause: "malformed-token",
        says: "The token is percent-encoded; a header takes it as it is.",
        why: "",
        remedy: |fill| {
            sent_again(
                fill,
                Remedy::change(
                    Draft::changes(fill, "Decode the token before it goes into the header")
                        .code(
                            Language::JavaScript,
                            &told!("const bearer = decodeURIComponent(token);"),
                        )
                        .code(
                            Language::Python,
                            &told!("token = urllib.parse.unquote(token)"),
                        )
                        .code(
                            Language::Go,
                            &told!("token, err := url.PathUnescape(token)"),
                        )
                        .done(),
                ),
            )
        },
    },
    Variant {
        id: "bearer-twice",
        cause: "malformed-token",
        says: "The word Bearer stands twice before the token.",
        why: "The library adds it, and so does the code.",
        remedy: |fill| {
            sent_again(fill, Remedy::change(
            Draft::changes(fill, "Hand the library the token alone, without the word Bearer")
                .words("Authorization: Bearer, one space, the token. Where the client has a field for a bearer token, put the token alone into it.")
                .done(),
        ))
        },
    },
    Variant {
        id: "token-variable-empty",
        cause: "not-a-token",
        says: "The variable that should hold the token was empty or was never filled in.",
        why: "A command that fails inside `$( )` leaves nothing, and the request goes out all the same.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Fill the variable first, and stop when the command fails")
                .caution("Run the command alone to see its error.")
                .words("In the script: set -euo pipefail; TOKEN=\"$(gcloud auth print-identity-token)\"; test -n \"$TOKEN\". In code, look at the error of the call that should give the token before it goes into the header.")
                .done(),
        )
        .or("The token itself:", callers::first_fresh(fill))
        .check(inspect::caller_account(fill))
        },
    },
    Variant {
        id: "shell-did-not-run",
        cause: "not-a-token",
        says: "The shell did not run the command: its text was sent as the token.",
        why: "Between single quotes `$( )` stays as it is; Windows’ cmd does not know it at all.",
        remedy: |fill| {
            sent_again(fill, Remedy::change(
            Draft::changes(fill, "Use double quotes around the header")
                .words("curl -H \"Authorization: Bearer $(gcloud auth print-identity-token)\" and the URL: double quotes, not single ones. In PowerShell the same; in cmd put the token into a variable first. In code or a configuration file nothing runs the command.")
                .done(),
        )
        .or("The token itself:", callers::first_fresh(fill)))
        },
    },
    Variant {
        id: "bearer-prefix-left",
        cause: "malformed-token",
        says: "The verifier was given the whole header, with the word Bearer, and not the token alone.",
        why: "",
        remedy: |fill| {
            Remedy::change(
                Draft::changes(
                    fill,
                    "Hand the verifier the ID token alone, the part behind Bearer",
                )
                .code(
                    Language::JavaScript,
                    &told!("const token = request.headers.authorization.split(' ')[1];"),
                )
                .code(
                    Language::Python,
                    &told!("token = request.headers['Authorization'].removeprefix('Bearer ')"),
                )
                .code(
                    Language::Go,
                    &told!(
                        "token := strings.TrimPrefix(r.Header.Get(\"Authorization\"), \"Bearer \")"
                    ),
                )
                .done(),
            )
        },
    },
    Variant {
        id: "bearer-missing",
        cause: "malformed-token",
        says: "The header holds the token without the word Bearer before it.",
        why: "A door reads `Authorization: Bearer TOKEN`.",
        remedy: |fill| {
            sent_again(fill, Remedy::change(
            Draft::changes(fill, "Put the word Bearer and one space before the token")
                .words("Authorization: Bearer TOKEN, with one space and nothing else around it.")
                .done(),
        ))
        },
    },
    Variant {
        id: "two-credentials-sent",
        cause: "malformed-token",
        says: "Two credentials were sent together, and they contradict each other.",
        why: "On Cloud Run `X-Serverless-Authorization` counts before `Authorization`.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Send one credential only")
                .words("Drop the API key, the second header or the access_token parameter, and send one credential alone: the token in Authorization.")
                .done(),
        )
        },
    },
    Variant {
        id: "token-not-a-jwt",
        cause: "not-a-token",
        says: "Another text was sent where a JWT is expected: undefined, a user id, a code or an access token.",
        why: "A JWT begins with `eyJ` and has two dots.",
        remedy: |fill| {
            if matches!(fill.caller, Some(Caller::Browser) | None) {
                Remedy::change(
                Draft::changes(fill, "Send the ID token itself")
                    .words("Send the whole ID token, behind Bearer: Firebase: await user.getIdToken(). Sign in with Google: response.credential. OAuth: tokens.id_token, after the code was exchanged.")
                    .codes(code::PAGE_FIREBASE)
                    .done(),
            )
            .or("From a service or at a terminal:", callers::first_fresh(fill))
            } else {
                fresh(fill)
            }
        },
    },
    Variant {
        id: "api-key-as-bearer",
        cause: OTHER,
        says: "An API key stands where a token belongs.",
        why: "Keys go into `x-goog-api-key`; they never open Cloud Run, functions or IAP.",
        remedy: |fill| match fill.door {
            Door::Api => Remedy::change(
                Draft::changes(fill, "Send the key in its own header")
                    .words("Send it as x-goog-api-key: YOUR_API_KEY, and drop Authorization.")
                    .done(),
            )
            .or(
                "Where the method takes no keys:",
                callers::send_access_token(fill),
            ),
            _ => fresh(fill),
        },
    },
    Variant {
        id: "api-key-where-token-needed",
        cause: OTHER,
        says: "This method takes OAuth access tokens only, and an API key was sent.",
        why: "A key names a project, or the service account that it is bound to.",
        remedy: |fill| {
            Remedy::change(callers::send_access_token(fill))
                .or(
                    "On a workstation, for programs:",
                    Draft::changes(fill, "Sign in for programs on this machine")
                        .sh(&["gcloud auth application-default login"])
                        .done(),
                )
                .verify(verify::again(fill))
        },
    },
    Variant {
        id: "key-file-pasted",
        cause: OTHER,
        says: "A service account’s key file is no token: a token is made with it, and whoever has it is the account.",
        why: "It was on a clipboard, so treat it as lost: make no new one where impersonation or an attached account will do.",
        remedy: |fill| {
            Remedy::change(
                Draft::changes(fill, "Delete the key KEY_ID of SERVICE_ACCOUNT_EMAIL")
                    .caution("What uses it stops working: see first what does.")
                    .sh(&[
                        "gcloud iam service-accounts keys delete",
                        "KEY_ID",
                        "--iam-account=SERVICE_ACCOUNT_EMAIL",
                    ])
                    .done(),
            )
            .or(
                "And then, for a token without a key:",
                mint::impersonated(fill),
            )
            .check(inspect::keys(fill))
        },
    },
    Variant {
        id: "self-made-token",
        cause: "issuer-not-accepted",
        says: "The token is signed by the application itself, not by Google or Firebase.",
        why: "A verifier takes tokens of its issuer, with that issuer’s key and algorithm.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Send the ID token of the issuer that the verifier knows")
                .words("Google’s or Firebase’s ID token (RS256; await user.getIdToken()), or verify this token with the key, issuer and algorithm (HS256, ES256) of whoever made it.")
                .done(),
        )
        },
    },
    Variant {
        id: "foreign-token-to-cloud-run",
        cause: "issuer-not-accepted",
        says: "Cloud Run’s check takes Google’s ID tokens only; this one was issued by {issuer|another issuer}.",
        why: "No audience makes another issuer’s token acceptable.",
        remedy: foreign,
    },
    Variant {
        id: "removed-signature-forwarded",
        cause: REMOVED,
        says: "The token went through a Cloud Run container, where its signature is taken off, and was sent on.",
        why: "Such a token opens nothing: every hop needs one of its own.",
        remedy: |fill| fresh(fill),
    },
    Variant {
        id: "removed-signature-verified-again",
        cause: REMOVED,
        says: "Cloud Run checked the token and took its signature off; the application verifies it again and must fail.",
        why: "",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Do not verify the platform’s token again: read its claims")
                .caution("The claims are right, because the platform checked them; whoever can reach the container another way could forge them.")
                .words("On Cloud Run read the claims of Authorization without verifying the signature, or have the caller send a second token for the application in another header: the platform’s in X-Serverless-Authorization, yours in Authorization.")
                .done(),
        )
        .or("For a token that the application itself verifies:", callers::two_headers(fill, crate::credential::Kind::GoogleIdToken))
        },
    },
    Variant {
        id: "signed-url-wrong",
        cause: "signature-invalid",
        says: "The signed request has expired, or it was not sent exactly as it was signed.",
        why: "Method, path, query and the signed headers must be the same, the content type too.",
        remedy: |fill| {
            Remedy::change(
            Draft::changes(fill, "Sign the URL again, for exactly what is sent")
                .words("Sign again with the same method, path, headers (Content-Type) and query as are sent, and a longer duration. A new signed URL: gcloud storage sign-url gs://BUCKET/OBJECT --duration=1h --impersonate-service-account=SERVICE_ACCOUNT_EMAIL. HMAC keys: gcloud storage hmac create SERVICE_ACCOUNT_EMAIL.")
                .done(),
        )
        },
    },
];

/// How to see that it works; a page is tried out in the browser.
fn sent_again(fill: &Fill, remedy: Remedy) -> Remedy {
    if fill.caller == Some(Caller::Browser) {
        remedy
    } else {
        remedy.verify(verify::again(fill))
    }
}

/// A fresh access token for each call.
fn fresh_access(fill: &Fill) -> Fix {
    match fill.caller {
        None => Draft::changes(
            fill,
            "Have the calling code get a fresh access token for each call",
        )
        .caution("Keep the client object, which makes a new token in time, and not the string.")
        .codes(code::CALL_API)
        .done(),
        Some(_) => callers::send_access_token(fill),
    }
}

/// An access token, as a Google API takes it; whatever stands before it.
fn to_api(fill: &Fill) -> Remedy {
    let mut api = fill.clone();
    api.door = Door::Api;
    Remedy::change(callers::send(&api)).verify(verify::again(&api))
}

const AUDIENCE: &str = "audience-mismatch";
const EXPIRED: &str = "expired";
const OTHER: &str = "other-credential-type";
const REMOVED: &str = "signature-removed";

/// A fresh token for the right audience, or the door taught the one it gets.
fn with_accept(fill: &Fill) -> Remedy {
    match audience::accept(fill) {
        Some(accept) => fresh(fill).or("When many callers send this audience:", accept),
        None => fresh(fill),
    }
}

fn gateway_audience(fill: &Fill) -> Remedy {
    match audience::accept(fill) {
        Some(accept) => Remedy::change(accept)
            .or(
                "Or have the caller make the token for what the gateway lists:",
                callers::first_fresh(fill),
            )
            .check(inspect::audiences(fill)),
        None => fresh(fill),
    }
}

/// Another issuer's token at Google's door.
fn foreign(fill: &Fill) -> Remedy {
    match fill.caller {
        Some(Caller::GithubActions | Caller::Gke) => {
            fresh(fill).check(inspect::caller_account(fill))
        }
        _ => Remedy::change(exchange(fill)).or(
            "When the users’ own sign-in must be checked:",
            callers::gateway_front(fill),
        ),
    }
}

/// Another issuer's token becomes one of Google's.
fn exchange(fill: &Fill) -> Fix {
    Draft::changes(fill, "Exchange the token for one of Google’s")
                .caution("Workload Identity Federation (workforce for people) exchanges it at the STS; with an impersonated account it becomes an ID token for AUDIENCE.")
                .sh(&[
                    "gcloud iam workload-identity-pools create-cred-config",
                    "projects/PROJECT_NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER",
                    "--service-account=SERVICE_ACCOUNT_EMAIL",
                    "--credential-source-file=CREDENTIAL_FILE",
                    "--output-file=credentials.json",
                ])
                .words("Exchange it at the STS by workload-identity or workforce federation, then call generateIdToken for SERVICE_ACCOUNT_EMAIL with the audience AUDIENCE.")
                .done()
}
