//! Families of inputs that grow: each repeats, as often as asked, something that a reader might
//! look at again for every repetition. The time for any of them must grow as its length does.

use crate::NOW;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use why401::Input;

/// Inputs of one form and any length.
#[derive(Debug)]
pub struct Family {
    /// What is repeated.
    pub name: &'static str,
    make: fn(usize) -> Input,
}

impl Family {
    /// The input of about so many bytes.
    #[must_use]
    pub fn of(&self, bytes: usize) -> Input {
        (self.make)(bytes)
    }
}

/// Every family that is measured.
pub const FAMILIES: &[Family] = &[
    family("open quotes", |n| again("curl -H 'a: b\n", n)),
    family("open substitutions", |n| again("curl $(\n", n)),
    family("open headers of curl", |n| {
        again("curl -H \"Authorization: Bearer $(x\n", n)
    }),
    family("curl lines", |n| again("curl -v https://x.example/\n", n)),
    family("a host of foreign letters", |n| {
        pasted(format!("curl https://{}", repeated("ä", n)))
    }),
    family("a typed host of foreign letters", |n| {
        let mut input = Input::at(NOW);
        input.service_url = format!("https://{}.run.app", repeated("ä", n));
        input
    }),
    family("members that open a list", |n| again("\"token\":[", n)),
    family("schemes within a word", |n| again("Bearer%~", n)),
    family("assignments of assignments", |n| again("token=export ", n)),
    family("assignments of open commands", |n| {
        again("token=curl $(\"", n)
    }),
    family("headers of a HAR", |n| {
        let header =
            |at| format!("{{\"name\":\"Authorization\",\"value\":\"Bearer secret-{at}\"}}");
        pasted(har(&format!("[{}]", joined(header, ",", n)), ""))
    }),
    family("requests of a HAR", |n| {
        let headers = "[{\"name\":\"Authorization\",\"value\":\"Bearer abc\"}]";
        let entry = |_| entry(headers, "no");
        pasted(format!(
            "{{\"log\":{{\"entries\":[{}]}}}}",
            joined(entry, ",", n)
        ))
    }),
    family("a token's crit", |n| {
        let names = joined(|at| format!("\"n{at}\""), ",", n * 3 / 4);
        let header = format!("{{\"alg\":\"RS256\",\"crit\":[{names}]}}");
        pasted(token(&header, "{\"aud\":\"x\"}"))
    }),
    family("disclosures of an SD-JWT", |n| {
        let disclosure = |at| encoded(&format!("[\"salt{at}\",\"name{at}\",\"value\"]"));
        let disclosures = joined(disclosure, "~", n);
        pasted(format!("{}~{disclosures}~", claims("\"_sd\":[]")))
    }),
    family("a long issuer", |n| {
        let path = repeated("a/", n * 3 / 4);
        pasted(claims(&format!("\"iss\":\"https://login.example/{path}\"")))
    }),
    family("audiences", |n| {
        let audience = |at| format!("\"https://a{at}.example\"");
        pasted(claims(&format!(
            "\"aud\":[{}]",
            joined(audience, ",", n * 3 / 4)
        )))
    }),
    family("members of a claims set", |n| {
        // From the last name to the first, which is hard on lists kept in order; then one name only.
        let member = |at: usize| match n / 32 {
            half if at < half => format!("\"a{:06}\":1", half - at),
            _ => "\"twice\":1".to_owned(),
        };
        pasted(claims(&joined(member, ",", n * 3 / 4)))
    }),
    family("tokens", |n| {
        let token = |at| claims(&format!("\"aud\":\"a{at}\""));
        pasted(joined(token, "\n", n))
    }),
    family("a wrapped token", |n| {
        let line = format!("{}\n", "YWJj".repeat(19));
        pasted(format!("eyJhbGciOiJub25lIn0.\n{}", repeated(&line, n)))
    }),
    family("requests and answers", |n| {
        again(
            "> GET / HTTP/1.1\n> Host: x.example\n> Authorization: Bearer abc\n< HTTP/1.1 403 Forbidden\n< \nno\n",
            n,
        )
    }),
    family("secrets before a long answer", |n| {
        let secret = |at| format!("x-api-key: secretsecret-{at:06}");
        let secrets = joined(secret, "\n", 8_000);
        pasted(format!(
            "{secrets}\nHTTP/1.1 403 Forbidden\n\n{}",
            repeated("no\n", n.saturating_sub(secrets.len()))
        ))
    }),
    family("open braces", |n| again("{\"a\":", n)),
    family("escapes", |n| again("\\u0022%20\\\"", n)),
    family("entries of a log", |n| {
        again(
            "{\"severity\":\"WARNING\",\"httpRequest\":{\"requestUrl\":\"https://a.example/x\",\"status\":403},\"textPayload\":\"The request was not authenticated.\"}\n",
            n,
        )
    }),
    family("words of an error", |n| {
        let mut input = Input::at(NOW);
        input.response = repeated("permission 'run.routes.invoke' denied for a@b.example: ", n);
        input
    }),
];

const fn family(name: &'static str, make: fn(usize) -> Input) -> Family {
    Family { name, make }
}

fn pasted(paste: String) -> Input {
    let mut input = Input::at(NOW);
    input.paste = paste;
    input
}

fn again(unit: &str, bytes: usize) -> Input {
    pasted(repeated(unit, bytes))
}

fn repeated(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len())
}

/// Numbered parts, no two alike.
fn joined(part: impl Fn(usize) -> String, between: &str, bytes: usize) -> String {
    let mut all = String::with_capacity(bytes);
    for at in 0.. {
        let next = part(at);
        if at > 0 && all.len() + between.len() + next.len() > bytes {
            break;
        }
        if at > 0 {
            all.push_str(between);
        }
        all.push_str(&next);
    }
    all
}

fn har(headers: &str, body: &str) -> String {
    format!("{{\"log\":{{\"entries\":[{}]}}}}", entry(headers, body))
}

fn entry(headers: &str, body: &str) -> String {
    format!(
        "{{\"request\":{{\"method\":\"GET\",\"url\":\"https://x.example/\",\"headers\":{headers}}},\"response\":{{\"status\":403,\"headers\":[],\"content\":{{\"text\":\"{body}\"}}}}}}"
    )
}

fn claims(members: &str) -> String {
    token(
        "{\"alg\":\"RS256\",\"typ\":\"JWT\"}",
        &format!("{{{members}}}"),
    )
}

/// A token whose signature has the length of a real one.
fn token(header: &str, claims: &str) -> String {
    format!(
        "{}.{}.{}",
        encoded(header),
        encoded(claims),
        "cGF5".repeat(85) + "cA"
    )
}

fn encoded(text: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(text)
}
