//! Who answered, from what only one of them says.

use super::{Answerer, Response, Signal};
use crate::errors::{self, Framed, Hit, Strength};
use crate::json::Json;
use crate::text::holds;

/// Tells the speaker of a response whose signals are known already.
///
/// `lower` is `text` in lower case, possibly shortened.
pub(super) fn tell(response: &Response, text: &str, lower: &str, is_prose: bool) -> Answerer {
    let said = |answerer: Answerer| {
        response
            .signals
            .iter()
            .any(|signal| signal.speaker() == Some(answerer))
    };
    // An application's own JSON may quote anybody: what an error of its own libraries or of the
    // APIs behind it says is still the application's answer.
    let is_json = is_json(body_of(text));
    // Rules in front and other vendors have pages of their own; in JSON anybody may quote them,
    // unless the JSON itself is theirs.
    if let Some((first, _)) = response.hits.first()
        && let Some((hit, _)) = response.hits.iter().find(|(hit, _)| is_in_front(hit))
        && (is_in_front(first) && first.row.strength == Strength::Own && !is_json
            || is_all_its_own(text))
    {
        return hit.row.speaker();
    }
    // Only what nobody but IAP writes is IAP's in any form; so is what only Google's frontend
    // writes, with or without the colours of its pages.
    let google = response
        .rows_of(Answerer::Iap)
        .any(|row| row.strength != Strength::Common)
        || response
            .rows_of(Answerer::Edge)
            .any(|row| row.strength == Strength::Own);
    if !is_prose && app_body(text, lower) && (is_json || !google) {
        return Answerer::App;
    }
    // What one sender alone writes speaks for that sender.
    if let Some((hit, _)) = response
        .hits
        .iter()
        .find(|(hit, _)| hit.row.strength == Strength::Own && hit.row.speaker() != Answerer::Tool)
    {
        return hit.row.speaker();
    }
    // IAP and the gateways have words of their own; an application's trace may quote anybody
    // else, so it comes before the platform's more general ones.
    if said(Answerer::Iap) {
        return Answerer::Iap;
    }
    if said(Answerer::TokenSource) {
        return Answerer::TokenSource;
    }
    if said(Answerer::Gateway) {
        return Answerer::Gateway;
    }
    if said(Answerer::Browser) {
        return Answerer::Browser;
    }
    if said(Answerer::GoogleApi) {
        return Answerer::GoogleApi;
    }
    if said(Answerer::Edge) && !response.says(Signal::AppTrace) {
        return Answerer::Edge;
    }
    // The trace of a program that was pasted is the caller's, unless it says more.
    let traced = response
        .signals
        .iter()
        .all(|signal| *signal == Signal::AppTrace);
    if said(Answerer::App) && !(is_prose && traced)
        || own_challenge(response)
        || app_body(text, lower)
    {
        return Answerer::App;
    }
    Answerer::Unknown
}

/// A message of rules in front of the service, or of another vendor.
fn is_in_front(hit: &Hit) -> bool {
    matches!(hit.row.speaker(), Answerer::Policy | Answerer::OtherVendor)
}

/// A body that begins with what one sender alone writes, as its own JSON does, or that holds
/// nothing but one sender's sentence, as a proxy's plain answer does.
fn is_all_its_own(text: &str) -> bool {
    // A sentence with a colon looks like a header.
    let body = Some(body_of(text)).filter(|body| !body.is_empty());
    let body = Framed::of(body.unwrap_or(text));
    errors::find(&body)
        .iter()
        .find(|hit| is_in_front(hit))
        .is_some_and(|hit| {
            let begins = hit.at <= "{".len() && hit.row.strength == Strength::Own;
            begins || hit.is_all_of(&body)
        })
}

/// A `www-authenticate` that neither Google's edge nor its APIs send.
fn own_challenge(response: &Response) -> bool {
    response
        .www_authenticate
        .as_deref()
        .is_some_and(|challenge| {
            let challenge = challenge.to_ascii_lowercase();
            // A registry's challenge names where its tokens are made.
            let google = holds(&challenge, "accounts.google.com")
                || holds(&challenge, "gcr.io/v2/token")
                || holds(&challenge, "pkg.dev/v2/token")
                || holds(&challenge, "the access token could not be verified");
            let realm = holds(&challenge, "realm=");
            let described = holds(&challenge, "error_description=");
            !google && (realm || described || challenge.starts_with("basic"))
        })
}

/// A body that only an application writes: its own JSON, its own error page.
fn app_body(text: &str, lower: &str) -> bool {
    let body = body_of(text);
    let body_lower = body
        .get(..body.floor_char_boundary(4096))
        .unwrap_or(body)
        .to_ascii_lowercase();
    if is_json(body) {
        return !google_shaped(&body_lower) && !log_shaped(&body_lower);
    }
    let html = body_lower.starts_with("<!doctype") || body_lower.starts_with("<html");
    // Google's own pages set `bgcolor` on the body or carry the robot, and say what was refused in a
    // second heading, which stays where the attributes are cut; an application's do not.
    const GOOGLES: &[&str] = &[
        "bgcolor=#ffffff",
        "//www.google.com/",
        ")!!1</title>",
        "on this server.</h2>",
        "from this server.</h2>",
    ];
    html && !GOOGLES.iter().any(|own| holds(lower, own))
}

/// An object or array, whole or cut: `[firebase_functions/internal]` is none.
fn is_json(body: &str) -> bool {
    let mut letters = body.chars().filter(|letter| !letter.is_whitespace());
    match (letters.next(), letters.next()) {
        (Some('{'), Some('"' | '}')) | (Some('['), Some('{' | '"' | ']')) => true,
        // Python and JavaScript print objects with single quotes.
        (Some('{'), Some('\'')) => true,
        _ => false,
    }
}

/// What follows the header lines.
fn body_of(text: &str) -> &str {
    let text = text.trim();
    let starts_with_header = text.lines().next().is_some_and(|line| {
        line.split_once(':').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        }) || line.starts_with("HTTP/")
    });
    if !starts_with_header {
        return text;
    }
    text.split_once("\n\n")
        .or_else(|| text.split_once("\r\n\r\n"))
        .map_or("", |(_, body)| body.trim())
}

/// `{"error":{"code":…,"status":…}}` of Google APIs, `{"code":…,"message":…}` of gateways,
/// `{"error":…,"error_description":…}` of token endpoints.
fn google_shaped(body: &str) -> bool {
    let json = Json::read(body);
    let raw = |name: &str| json.get(name).map(|member| member.raw.as_str());
    let error = raw("error").unwrap_or_default();
    let code = Json::read(error).get("code").map(|code| code.raw.clone());
    // An application writes codes in words.
    let api = code.is_none_or(|code| code.bytes().all(|byte| byte.is_ascii_digit()))
        && holds(error, "\"code\"")
        && ["\"status\"", "\"errors\"", "\"message\""]
            .iter()
            .any(|member| holds(error, member));
    let gateway = raw("code").is_some_and(|code| code.bytes().all(|b| b.is_ascii_digit()))
        && raw("message").is_some()
        && json
            .members
            .iter()
            .all(|member| ["code", "message", "details"].contains(&member.name.as_str()));
    // Cut-off copies and Python's way of printing have no members; their words still tell.
    let cut = json.members.is_empty() && holds(body, "\"error\"") && holds(body, "\"code\"");
    let of_an_endpoint = if json.members.is_empty() {
        holds(body, "error_description")
    } else {
        json.get("error_description").is_some()
    };
    api || gateway || cut || of_an_endpoint
}

/// A Cloud Logging entry.
fn log_shaped(body: &str) -> bool {
    [
        "\"jsonpayload\"",
        "\"httprequest\"",
        "\"textpayload\"",
        "\"debuginfo\"",
        "\"attemptresponselog\"",
        "\"logname\"",
    ]
    .iter()
    .any(|member| holds(body, member))
        // An error as Workflows raises it, with the answer inside.
        || holds(body, "http server responded with error code") && holds(body, "\"tags\"")
}

#[cfg(test)]
mod tests {
    use crate::input::Input;
    use crate::read::Exhibits;
    use crate::response::{Answerer, Response};

    #[test]
    fn each_speaker_is_known_by_its_words() {
        for (text, speaker) in [
            (
                "<html><head>\n<title>401 Unauthorized</title>\n</head>\n<body text=#000000 bgcolor=#ffffff>\n<h2>Your client does not have permission to the requested URL <code>/run</code>.</h2>",
                Answerer::Edge,
            ),
            (
                "www-authenticate: Bearer error=\"invalid_token\" error_description=\"The access token could not be verified\"",
                Answerer::Edge,
            ),
            (
                "Invalid IAP credentials: Unable to parse JWT",
                Answerer::Iap,
            ),
            (
                "{\"code\":403,\"message\":\"Audiences in Jwt are not allowed\"}",
                Answerer::Gateway,
            ),
            (
                "{\"error\":{\"code\":403,\"message\":\"Request had insufficient authentication scopes.\",\"status\":\"PERMISSION_DENIED\"}}",
                Answerer::GoogleApi,
            ),
            (
                "ERROR: (gcloud.auth.print-identity-token) No identity token can be obtained from the current credentials.",
                Answerer::TokenSource,
            ),
            ("has been blocked by CORS policy", Answerer::Browser),
            ("{\"detail\":\"caller is on no roster\"}", Answerer::App),
            (
                "www-authenticate: Bearer realm=\"my app\"\n\n{\"message\":\"no\"}",
                Answerer::App,
            ),
            (
                "<!DOCTYPE html><html lang=\"en\"><head><title>404</title>",
                Answerer::App,
            ),
            (
                "UnexpectedValueException: Audience does not match in /app/AccessToken.php:271",
                Answerer::App,
            ),
            (
                "{\"jsonPayload\":{\"status\":\"PERMISSION_DENIED\"}}",
                Answerer::Unknown,
            ),
            ("UNAUTHENTICATED", Answerer::Unknown),
        ] {
            let mut input = Input::at(0);
            input.response = text.to_owned();
            assert_eq!(
                Response::read(&input, &Exhibits::default()).answered_by,
                speaker,
                "{text}"
            );
        }
    }
}
