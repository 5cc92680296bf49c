//! # What it is
//!
//! The token is damaged: cut off, doubled, quoted, wrapped, or not decodable.
//!
//! # How it shows
//!
//! Cloud Run answers 401; IAP says `Unable to parse JWT`; gateways say `Jwt is not in the form of
//! Header.Payload.Signature` or `BAD_FORMAT`.
//!
//! # Why it happens
//!
//! `Bearer` written twice, no `Bearer` at all, a Python bytes literal `b'…'`, quotes that became
//! part of the value, a line break from a file or a secret, a terminal that cut the line.
//!
//! # How to fix
//!
//! Send exactly `Authorization: Bearer ` and the token, on one line, without quotes.
//!
//! # When it is something else
//!
//! Line breaks and quotes that came only from copying do no harm; the page says what it removed.
//!
//! # References
//!
//! - <https://www.rfc-editor.org/rfc/rfc6750#section-2.1>
//! - <https://www.rfc-editor.org/rfc/rfc7519#section-3>

use super::{Cause, Finding, Found, Gate, Likelihood, ruled_out};
use crate::credential::{Kind, Oddity, Signature};
use crate::evidence::Evidence;
use crate::read::Blemish;
use crate::response::Signal;

pub(super) const CAUSE: Cause = Cause {
    id: "malformed-token",
    title: "The token is damaged",
    gate: Gate::Send,
    citation: "https://www.rfc-editor.org/rfc/rfc6750#section-2.1",
    weight: 20,
    examine,
};

fn examine(evidence: &Evidence<'_>) -> Finding {
    let pasted = match evidence.pasted() {
        Some(pasted) if !evidence.unseen() => pasted,
        _ => return unseen(evidence),
    };
    if evidence.succeeded() {
        return ruled_out("The call succeeded, so the token arrived whole.");
    }
    let kind = evidence.credential.kind;
    if kind == Kind::BrokenJwt {
        let broken = evidence
            .credential
            .jwt
            .as_ref()
            .and_then(|jwt| jwt.broken.clone())
            .unwrap_or_else(|| "It cannot be read as a JWT.".to_owned());
        // Whoever shortens a token for the paste does not send it so.
        let likelihood = match evidence.is_as_sent() {
            true => Likelihood::Certain,
            false if evidence.answer_is_empty() || evidence.answer_speaks_of_the_whole_token() => {
                Likelihood::Likely
            }
            false => Likelihood::Possible,
        };
        return Found::new(likelihood, format!("The token is damaged. {broken}"))
            .because("What could be read is shown below.")
            .fix(if pasted.blemishes.contains(&Blemish::Ellipsis) {
                "token-cut"
            } else {
                "token-damaged"
            })
            .into();
    }
    let a_token = kind.is_jwt() || kind.is_access_token();
    let signature_hidden = evidence.credential.jwt.as_ref().is_some_and(|jwt| {
        matches!(
            jwt.signature,
            Signature::Hidden | Signature::Empty | Signature::Missing
        )
    });
    for blemish in pasted.blemishes.iter().filter(|_| a_token) {
        // What hides the signature, or shortens the token, was put there for the paste.
        if *blemish == Blemish::Ellipsis
            || *blemish == Blemish::TrailingCharacters && signature_hidden
        {
            continue;
        }
        let sent_so = evidence.stood_in_header()
            || evidence.response.says(Signal::GatewayMalformed)
            || evidence.response.says(Signal::IapUnparsable)
            // It says so of an access token because that is no JWT at all.
            || (kind.is_jwt() && evidence.response.says(Signal::VerifierNotJwt));
        // google-auth turns every token into bytes before it prints it in an error.
        if *blemish == Blemish::BytesLiteral && evidence.words.token_as_bytes {
            continue;
        }
        if let Some((likelihood, summary, why)) = judge(*blemish, sent_so) {
            return Found::new(likelihood, summary)
                .because(why)
                .fix(variant(*blemish))
                .into();
        }
    }
    let unreadable = evidence.response.says(Signal::VerifierNotJwt);
    let missing = evidence
        .credential
        .jwt
        .as_ref()
        .is_some_and(|jwt| (1..3).contains(&jwt.segments));
    if unreadable && missing && kind.is_jwt() {
        return Found::certain("Only header and payload arrived: a JWT has three parts, and the verifier says that one is missing.")
            .because("The end of the token was cut off on the way.")
            .fix("token-cut")
            .into();
    }
    let parts = evidence
        .credential
        .jwt
        .as_ref()
        .map_or(0, |jwt| jwt.segments);
    if kind.is_jwt() && parts > 3 {
        return Found::certain(format!(
            "The token has {parts} parts, and a JWT has three: something was appended to it."
        ))
        .because("The first two parts were read; a verifier refuses the whole.")
        .fix("token-damaged")
        .into();
    }
    if evidence.response.says(Signal::GatewayMalformed) && kind.is_jwt() {
        return Found::likely("The gateway could not read the token as a JWT, though it reads well here: something changed it on the way.")
            .because("The answer says so.")
            .usually("token-damaged")
            .into();
    }
    if let Some(name) = contradicting_member(evidence) {
        return Found::likely(format!(
            "`{name}` stands there more than once with different values: servers differ in which one they take, and strict ones refuse the token."
        ))
        .because("Names of members must not repeat.")
        .fix("self-made-token")
        .into();
    }
    if let Some(claim) = time_as_text(evidence) {
        return Found::new(
            if evidence.says_401() && !evidence.app_answered() { Likelihood::Likely } else { Likelihood::Possible },
            format!("`{claim}` is a text; it must be a number of seconds since 1970, and strict verifiers refuse the token."),
        )
        .because("RFC 7519 wants a number there.")
        .fix("times-not-numbers")
        .into();
    }
    if a_token {
        return ruled_out("It is whole: every part could be read.");
    }
    Finding::NotApplicable
}

/// No token was pasted; the answer alone tells.
fn unseen(evidence: &Evidence<'_>) -> Finding {
    let unreadable = [
        Signal::GatewayMalformed,
        Signal::IapUnparsable,
        Signal::VerifierNotJwt,
    ];
    if !evidence.answer_alone_says(&unreadable) {
        return Finding::NotApplicable;
    }
    Found::likely("What arrived could not be read as a JWT: it was cut, changed on the way, or is another kind of token.")
        .because("The answer says so; paste what was sent to see where it breaks.")
        .usually("token-damaged")
        .into()
}

/// A time that is written as a text, in quotes. Google writes numbers.
fn time_as_text(evidence: &Evidence<'_>) -> Option<&'static str> {
    ["exp", "iat", "nbf"].into_iter().find(|claim| {
        evidence
            .credential
            .numeric_date(claim)
            .is_some_and(|date| date.is(Oddity::Text))
    })
}

/// What mends each kind of damage.
const fn variant(blemish: Blemish) -> &'static str {
    match blemish {
        Blemish::DoubleScheme => "bearer-twice",
        Blemish::NoScheme => "bearer-missing",
        Blemish::BytesLiteral => "token-bytes-literal",
        Blemish::Quotes | Blemish::SmartQuotes => "token-in-quotes",
        Blemish::LineBreaks
        | Blemish::InnerSpaces
        | Blemish::EscapedLineBreaks
        | Blemish::InvisibleCharacters => "token-with-line-break",
        Blemish::PercentEncoding => "token-percent-encoded",
        Blemish::Ellipsis => "token-cut",
        Blemish::TrailingCharacters | Blemish::StandardBase64 => "token-damaged",
    }
}

/// A member that decides about acceptance and is told twice.
fn contradicting_member(evidence: &Evidence<'_>) -> Option<&'static str> {
    let jwt = evidence.credential.jwt.as_ref()?;
    let repeated = |json: &crate::json::Json, name: &str| {
        let mut values = json
            .members
            .iter()
            .filter(|member| member.name == name)
            .map(|member| &member.raw);
        let first = values.next();
        values.any(|value| Some(value) != first)
    };
    ["alg"]
        .into_iter()
        .find(|name| repeated(&jwt.header, name))
        .or_else(|| {
            ["iss", "aud", "exp", "email"]
                .into_iter()
                .find(|name| repeated(&jwt.claims, name))
        })
}

/// What a blemish means. In a header it was sent so, and a verifier that cannot read the token
/// says so too; in a bare paste it may have come from copying, so most say nothing there.
fn judge(blemish: Blemish, sent_so: bool) -> Option<(Likelihood, &'static str, &'static str)> {
    use Likelihood::{Certain, Likely, Possible};
    let (summary, why) = match blemish {
        Blemish::DoubleScheme => (
            "`Bearer` stands there twice, so the second one is taken for the token.",
            "The library adds `Bearer` itself, and so did the code.",
        ),
        Blemish::NoScheme => (
            "The `Authorization` header lacks the word `Bearer` before the token.",
            "The header is `Authorization: Bearer TOKEN`; without the scheme it is read as no credential at all.",
        ),
        Blemish::BytesLiteral => (
            "The token is wrapped in `b'…'`, a Python bytes literal: decode it to text before sending it.",
            "`str(token)` of bytes gives the literal; `token.decode()` gives the token.",
        ),
        Blemish::Quotes => (
            "Quotes stand around the token and were sent as part of it.",
            "A quoted value in a `.env` file, YAML or JSON reached the header unchanged.",
        ),
        Blemish::SmartQuotes => (
            "Typographic quotes (“ ”) stand around the token; a script sends them as part of it.",
            "They come from a word processor, a chat or a web page.",
        ),
        Blemish::LineBreaks => (
            "The token holds line breaks; a header with a line break is refused or cut there.",
            "`base64` and some secrets wrap lines.",
        ),
        Blemish::InnerSpaces => (
            "The token holds spaces, so it ends at the first one for the server.",
            "It was wrapped or joined on the way.",
        ),
        Blemish::EscapedLineBreaks => (
            "The token holds the two characters `\\n`, which were sent as they stand.",
            "It was taken out of a JSON text without reading the JSON.",
        ),
        Blemish::InvisibleCharacters => (
            "The token holds invisible characters (byte order mark, zero-width or control characters), which the server does not ignore.",
            "They come from a file saved with a byte order mark, or from a web page.",
        ),
        Blemish::PercentEncoding => (
            "The token is percent-encoded; in a header it must stand as it is.",
            "It was taken out of a URL or a form without decoding it.",
        ),
        Blemish::TrailingCharacters | Blemish::StandardBase64 | Blemish::Ellipsis => (
            "Characters stand in the token that do not belong there.",
            "Strict servers refuse them.",
        ),
    };
    let likelihood = match blemish {
        Blemish::DoubleScheme | Blemish::NoScheme => Certain,
        _ if sent_so => Certain,
        Blemish::BytesLiteral => Likely,
        Blemish::SmartQuotes
        | Blemish::EscapedLineBreaks
        | Blemish::PercentEncoding
        | Blemish::StandardBase64 => Possible,
        _ => return None,
    };
    Some((likelihood, summary, why))
}
