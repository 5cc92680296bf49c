//! What is odd about a header and a claims set, one sentence each. Nothing here refuses a
//! token: it says what servers do with one like it.

use super::base64url::scan;
use super::shown::holds_token;
use super::{Audience, Jwt, Kind, NumericDate, Signature, identity, issuer};
use crate::conceal;
use crate::json::{Json, Member, ValueType};
use crate::visible::quoted;

/// What is odd about a JWT or JWS. `third` is its signature as sent.
pub(super) fn of(jwt: &Jwt, kind: Kind, third: Option<&str>) -> Vec<String> {
    let mut notes = Vec::new();
    duplicates(&jwt.header, "header", &mut notes);
    algorithm(jwt, kind, &mut notes);
    keys(&jwt.header, &mut notes);
    extensions(&jwt.header, kind, &mut notes);
    signature(jwt, third, &mut notes);
    duplicates(&jwt.claims, "claims", &mut notes);
    nested(&jwt.claims, &mut notes);
    if kind.is_jwt() {
        claims(&jwt.claims, kind, &mut notes);
    }
    notes
}

/// What is odd about a JWE's header.
pub(super) fn of_encrypted(header: &Json) -> Vec<String> {
    let mut notes = Vec::new();
    duplicates(header, "header", &mut notes);
    let alg = header.text("alg").unwrap_or_default();
    if alg == "dir" {
        say(
            &mut notes,
            "`alg` is `dir`: no key is sent along, so the empty second part is right.",
        );
    }
    if alg == "RSA1_5" {
        say(
            &mut notes,
            "`alg` is `RSA1_5`, which leaks to those who can try often (RFC 8725 section 3.2).",
        );
    }
    if let Some(rounds) = header.get("p2c") {
        notes.push(format!(
            "`p2c` asks for {} rounds of key derivation; servers should bound it.",
            quoted(&rounds.raw)
        ));
    }
    if header.get("zip").is_some() {
        say(
            &mut notes,
            "`zip` says the content is compressed; servers should bound what it grows to.",
        );
    }
    if header
        .text("cty")
        .is_some_and(|cty| cty.eq_ignore_ascii_case("JWT"))
    {
        say(
            &mut notes,
            "`cty` is `JWT`: a token stands inside this encrypted token.",
        );
    }
    notes
}

/// Members that stand there more than once, with all their values.
fn duplicates(json: &Json, place: &str, notes: &mut Vec<String>) {
    let mut told: Vec<&str> = Vec::new();
    for member in &json.members {
        let same = |other: &&Member| other.name == member.name;
        if !member.duplicate || told.contains(&member.name.as_str()) {
            continue;
        }
        told.push(&member.name);
        let values: Vec<String> = json
            .members
            .iter()
            .filter(same)
            .take(MOST_VALUES)
            .map(|member| quoted(&conceal::member(&member.name, &member.raw)))
            .collect();
        notes.push(format!(
            "{} stands in the {place} more than once, with {}: servers differ in which one they take.",
            quoted(&member.name),
            values.join(" and ")
        ));
        if notes.len() >= MOST_NOTES {
            return;
        }
    }
}

/// Enough to see what is going on.
const MOST_VALUES: usize = 5;
const MOST_NOTES: usize = 50;

fn algorithm(jwt: &Jwt, kind: Kind, notes: &mut Vec<String>) {
    let Some(member) = jwt.header.get("alg") else {
        if !jwt.header.members.is_empty() {
            say(notes, "The header has no `alg`; every server needs one.");
        }
        return;
    };
    let Some(alg) = member.string() else {
        notes.push(wrong_type("alg", member, "a string"));
        return;
    };
    if alg.is_empty() {
        say(notes, "`alg` is empty; every server needs one.");
    } else if alg.trim().eq_ignore_ascii_case("none") {
        notes.push(format!(
            "Unsigned: `alg` is {}. Emulators make such tokens; Google’s services refuse them.",
            quoted(&alg)
        ));
        if !matches!(jwt.signature, Signature::Empty | Signature::Missing) {
            say(
                notes,
                "A signature stands there although `alg` says there is none.",
            );
        }
    } else if kind.is_google_jwt() && !matches!(alg.as_str(), "RS256" | "ES256") {
        if kind != Kind::FirebaseCustomToken || alg != "HS256" {
            notes.push(format!(
                "`alg` is {}, not one that Google issues (RS256 or ES256).",
                quoted(&alg)
            ));
        }
        if alg.starts_with("HS") {
            say(
                notes,
                "With `HS…` whoever can check a token can also make one.",
            );
        }
    } else if !ALGORITHMS.contains(&alg.as_str()) {
        notes.push(format!(
            "`alg` is {}, which is no registered algorithm.",
            quoted(&alg)
        ));
    }
}

/// Signature algorithms of RFC 7518, RFC 8037, RFC 8812 and RFC 9864.
const ALGORITHMS: &[&str] = &[
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
    "ES384", "ES512", "ES256K", "EdDSA", "Ed25519", "Ed448",
];

fn keys(header: &Json, notes: &mut Vec<String>) {
    if let Some(member) = header.get("kid") {
        match member.string() {
            None => notes.push(wrong_type("kid", member, "a string")),
            Some(kid) if kid.is_empty() => say(notes, "`kid` is empty."),
            Some(kid) if is_suspicious(&kid) => notes.push(format!(
                "`kid` is {}, which is no key id as Google gives them: handle it as hostile.",
                quoted(&kid)
            )),
            Some(_) => {}
        }
    }
    for name in ["jwk", "x5c"] {
        if header.get(name).is_some() {
            notes.push(format!(
                "The header brings its own key (`{name}`): a server that trusts it trusts anybody."
            ));
        }
    }
    for name in ["jku", "x5u"] {
        if let Some(member) = header.get(name) {
            notes.push(format!(
                "`{name}` points to a key at {}: a server must not fetch it unless it knows the address.",
                quoted(&member.string().unwrap_or_else(|| member.raw.clone()))
            ));
        }
    }
}

/// Paths, URLs, commands, queries: what attackers put where a key's name belongs.
fn is_suspicious(kid: &str) -> bool {
    kid.len() > 256
        || kid.starts_with('/')
        || kid.contains("..")
        || kid.contains("://")
        || !kid
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/=:@# ".contains(&byte))
}

fn extensions(header: &Json, kind: Kind, notes: &mut Vec<String>) {
    if let Some(crit) = header.get("crit") {
        let names = crit.strings();
        let registered = names
            .iter()
            .find(|name| REGISTERED.contains(&name.as_str()));
        if let Some(name) = registered {
            notes.push(format!(
                "`crit` names {}, which it may not: servers refuse the token.",
                quoted(name)
            ));
        } else if names.is_empty() {
            say(
                notes,
                "`crit` must be a list of names: servers refuse the token.",
            );
        }
        for name in names
            .iter()
            .filter(|name| !REGISTERED.contains(&name.as_str()) && *name != "b64")
            .take(MOST_VALUES)
        {
            notes.push(format!(
                "`crit` names {}: a server that does not know it must refuse the token.",
                quoted(name)
            ));
        }
    }
    if header.get("b64").is_some_and(|b64| b64.raw == "false") {
        say(
            notes,
            "`b64` is false: the payload is the text itself, not base64url, and is not decoded.",
        );
    }
    if let Some(zip) = header.get("zip") {
        notes.push(format!(
            "The payload is compressed (`zip` is {}) and is not unpacked here.",
            quoted(&zip.string().unwrap_or_else(|| zip.raw.clone()))
        ));
    }
    let typ = header.text("typ").unwrap_or_else(|| "JWT".into());
    if kind.is_google_jwt() && !typ.eq_ignore_ascii_case("JWT") {
        notes.push(format!(
            "`typ` is {}; Google’s tokens have `JWT`.",
            quoted(&typ)
        ));
    }
}

/// Header parameters of RFC 7515, which `crit` may not name.
const REGISTERED: &[&str] = &[
    "alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit",
];

fn signature(jwt: &Jwt, third: Option<&str>, notes: &mut Vec<String>) {
    let alg = jwt.header.text("alg").unwrap_or_default();
    match jwt.signature {
        Signature::WrongLength { bytes, expected } => {
            let has = format!("{bytes} bytes");
            let needs = format!("one by {} has {expected}", quoted(&alg));
            notes.push(match jwt.signature.bytes_missing() {
                Some(missing) => format!(
                    "The signature has {has}, {needs} at least: the last {missing} or more are missing."
                ),
                None if alg.starts_with("ES") && (68..=72).contains(&bytes) => {
                    format!("The signature has {has}, {needs}: it is in DER form, which JOSE does not use.")
                }
                None => format!("The signature has {has}, {needs}."),
            });
        }
        Signature::RemovedByGoogle => say(
            notes,
            "Google took the signature out, as Cloud Run does before a container sees the token: it can be read, but not sent on.",
        ),
        Signature::Present { .. }
            if third.is_some_and(|third| third.starts_with('A') && scan(third).is_zero()) =>
        {
            say(
                notes,
                "The signature is all zeros: no key makes one like it.",
            );
        }
        _ => {}
    }
}

fn nested(claims: &Json, notes: &mut Vec<String>) {
    for member in claims
        .members
        .iter()
        .filter(|member| holds_token(&member.raw))
        .take(MOST_VALUES)
    {
        notes.push(format!(
            "{} holds another token; it is masked here. Paste it by itself to look into it.",
            quoted(&member.name)
        ));
    }
}

fn claims(claims: &Json, kind: Kind, notes: &mut Vec<String>) {
    match claims.get("iss") {
        None => say(notes, "There is no `iss`: it does not say who made it."),
        Some(member) => match member.string() {
            None => notes.push(wrong_type("iss", member, "a string")),
            Some(iss) => notes.extend(issuer::near_miss(&iss)),
        },
    }
    match Audience::of(claims) {
        Audience::Absent => say(notes, "There is no `aud`: it does not say whom it is for."),
        Audience::One(audience) if audience == "*" => {
            say(
                notes,
                "`aud` is `*`, which is no wildcard: servers compare it as it is.",
            );
        }
        Audience::Many(audiences) if audiences.is_empty() => {
            say(notes, "`aud` is an empty list: it is for nobody.");
        }
        Audience::Many(audiences) => notes.push(format!(
            "`aud` lists {}; Google’s ID tokens name one audience, as a string.",
            count(audiences.len(), "audience")
        )),
        Audience::WrongType(raw) => notes.push(format!(
            "`aud` must be a string, but is {} ({}).",
            ValueType::of(&raw).map_or("something else", ValueType::words),
            quoted(&conceal::json(&raw))
        )),
        Audience::One(_) => {}
    }
    if let Some(member) = claims.get("email") {
        match member.string() {
            None => notes.push(wrong_type("email", member, "a string")),
            Some(email) if identity::is_lookalike(&email) => notes.push(format!(
                "`email` is {}, which is none of the forms of address that Google gives, although it may resemble one.",
                quoted(&email)
            )),
            Some(_) => {}
        }
    }
    if kind == Kind::GoogleIdToken && claims.get("exp").is_none() {
        say(notes, "There is no `exp`; every token of Google’s has one.");
    }
    for name in ["exp", "iat", "nbf"] {
        if let Some(member) = claims.get(name) {
            notes.extend(NumericDate::of(member).sentences(name));
        }
    }
    if claims.get("events").is_some() {
        say(
            notes,
            "It has `events`: a logout or security event token, no ID token.",
        );
    }
}

/// One function, so that a sentence costs the page its words and a call.
#[inline(never)]
fn say(notes: &mut Vec<String>, words: &str) {
    notes.push(words.to_owned());
}

fn wrong_type(name: &str, member: &Member, should: &str) -> String {
    let is = member
        .value_type()
        .map_or("something else", ValueType::words);
    format!(
        "`{name}` must be {should}, but is {is} ({}).",
        quoted(&conceal::member(&member.name, &member.raw))
    )
}

fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
