//! The names under which credentials travel.

/// Headers that carry a credential, in lower case. Some are wrong names people use.
const HEADERS: &[&str] = &[
    "authorization",
    "x-serverless-authorization",
    "proxy-authorization",
    "x-forwarded-authorization",
    "x-original-authorization",
    "x-goog-iap-jwt-assertion",
    "authentication",
    "authorisation",
    "authorization-header",
    "authorizationheader",
    "x-authorization",
    "x-authentication",
    "x-auth-token",
    "x-access-token",
    "x-id-token",
    "x-firebase-appcheck",
    "x-goog-api-key",
    "x-api-key",
    "cf-access-jwt-assertion",
    "http_authorization",
    "http_x_serverless_authorization",
    "http_x_goog_iap_jwt_assertion",
];

/// Headers of a request and an answer whose values are secrets of another kind.
const SECRET_HEADERS: &[&str] = &[
    "cookie",
    "set-cookie",
    "cookie2",
    "x-csrf-token",
    "x-xsrf-token",
];

/// Members of JSON answers, and variables, that hold a credential; in lower case, without
/// `-` and `_`.
const MEMBERS: &[&str] = &[
    "accesstoken",
    "authtoken",
    "bearertoken",
    "clientsecret",
    "idtoken",
    "identitytoken",
    "jwt",
    "oauthtoken",
    "refreshtoken",
    "subjecttoken",
    "token",
];

/// Parameters of a URL whose values are secrets, in lower case.
const SECRET_PARAMETERS: &[&str] = &[
    "access_token",
    "api_key",
    "apikey",
    "assertion",
    "auth",
    "authorization",
    "client_secret",
    "code",
    "code_verifier",
    "id_token",
    "jwt",
    "key",
    "password",
    "refresh_token",
    "secret",
    "sig",
    "signature",
    "state",
    "token",
    "x-goog-credential",
    "x-goog-signature",
    "x-serverless-authorization",
];

/// The longest name in the tables above.
const LONGEST: usize = 32;

/// Whether a header of this name carries a credential.
pub(super) fn is_credential_header(name: &str) -> bool {
    contains(HEADERS, name)
}

/// Whether the value of a header must not be shown.
pub(super) fn is_secret_header(name: &str) -> bool {
    is_credential_header(name) || contains(SECRET_HEADERS, name)
}

/// Whether servers expect a scheme (`Bearer`) in a header of this name.
pub(super) fn wants_scheme(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    is_credential_header(&name)
        && ["authorization", "authentication", "authorisation"]
            .iter()
            .any(|end| name.ends_with(end))
}

/// Whether the value of a URL's parameter of this name must not be shown.
pub(super) fn is_secret_parameter(name: &str) -> bool {
    contains(SECRET_PARAMETERS, name)
}

/// Whether a member or variable of this name holds a credential: `id_token`, `accessToken`,
/// `MY_ID_TOKEN`.
pub(super) fn holds_credential(name: &str) -> bool {
    if name.len() > LONGEST {
        return false;
    }
    // Asked of every word of a log: nothing is copied, and the first letter turns most away.
    let letters = || {
        name.bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| byte.to_ascii_lowercase())
    };
    MEMBERS.iter().any(|member| letters().eq(member.bytes()))
        || (["_TOKEN", "_JWT"].iter().any(|end| name.ends_with(end))
            && name
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte == b'_'))
}

/// The schemes people write before a credential in a header.
pub(super) fn is_scheme(word: &str) -> bool {
    is_usual_scheme(word)
        || ["token", "jwt"]
            .iter()
            .any(|scheme| word.eq_ignore_ascii_case(scheme))
}

/// The schemes that no sentence has for a word of its own.
pub(super) fn is_usual_scheme(word: &str) -> bool {
    ["bearer", "basic"]
        .iter()
        .any(|scheme| word.eq_ignore_ascii_case(scheme))
}

fn contains(table: &[&str], name: &str) -> bool {
    name.len() <= LONGEST && table.iter().any(|entry| entry.eq_ignore_ascii_case(name))
}
