//! The claims in the order sent: exact digits, what each means here, and what is odd.

use super::View;
use super::node::{Element, Node, Value, el, lines, text};
use super::parts::{copy_button, prose, unfold};
use super::times;
use crate::conceal;
use crate::credential::{Credential, Jwt, Oddity, explain};
use crate::json::{Json, Member, Shape, ValueType};

/// Rows shown before the rest is folded.
const ROWS: usize = 60;
/// Characters of a value shown before the rest is folded.
const LONG: usize = 600;

/// JSON longer than this, in bytes, is laid out when asked for only.
const HEAVY: usize = 100_000;

/// The protected header and the claims set as rows, and both as JSON.
pub(super) fn claims(credential: &Credential, jwt: &Jwt, view: &View) -> Vec<Element> {
    let mut parts = Vec::new();
    if !jwt.header.members.is_empty() {
        parts.push(el("h4").text("Protected header"));
        parts.push(rows(credential, &jwt.header, Part::Header, view));
    }
    if !jwt.claims.members.is_empty() {
        parts.push(el("h4").text("Claims, in the order sent"));
        parts.push(rows(credential, &jwt.claims, Part::Claims, view));
        parts.extend(rest(&jwt.claims, view));
    }
    parts.extend(raw(jwt, view));
    parts
}

/// The moment a claim tells, as it was most likely meant; `None` when it tells none.
pub(super) fn time(credential: &Credential, name: &str) -> Option<i64> {
    credential.numeric_date(name)?.meant()
}

/// JSON laid out in lines, its digits, order and escapes untouched.
pub fn pretty(source: &str) -> String {
    let mut out = String::new();
    let mut depth: usize = 0;
    let mut in_string = false;
    let mut escaped = false;
    let mut just_opened = false;
    for character in source.chars() {
        if in_string {
            out.push(character);
            in_string = escaped || character != '"';
            escaped = !escaped && character == '\\';
            continue;
        }
        if character.is_ascii_whitespace() {
            continue;
        }
        let closes = matches!(character, '}' | ']');
        if closes {
            depth = depth.saturating_sub(1);
        }
        if just_opened != closes {
            // Either something follows an opening bracket, or a full bracket closes.
            break_line(&mut out, depth);
        }
        just_opened = matches!(character, '{' | '[');
        out.push(character);
        match character {
            '{' | '[' => depth = depth.saturating_add(1),
            ',' => break_line(&mut out, depth),
            ':' => out.push(' '),
            '"' => in_string = true,
            _ => {}
        }
    }
    out
}

fn break_line(out: &mut String, depth: usize) {
    // Deep nesting is an attack on the layout, not data: the indent stops growing.
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth.min(20)));
}

/// Which part of a JWT a member stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Header,
    Claims,
}

fn rows(credential: &Credential, json: &Json, part: Part, view: &View) -> Element {
    let limit = if view.whole { usize::MAX } else { ROWS };
    el("dl").class("claims").children(
        json.members
            .iter()
            .take(limit)
            .enumerate()
            .map(|(place, member)| row(credential, member, part, place, view)),
    )
}

fn row(credential: &Credential, member: &Member, part: Part, place: usize, view: &View) -> Element {
    let linked = part == Part::Claims && place < ROWS;
    let name: Element = if linked {
        // A button, so that the keyboard can point at a claim's place in the token too.
        el("button")
            .attr("type", "button")
            .class("name")
            .attr("data-key", Value::Numbered("claim-", place))
    } else {
        el("span").class("name")
    };
    el("div")
        .attr_if("data-claim", linked.then_some(place))
        .child(
            el("dt")
                .child(name.text(&member.name))
                .children(member.duplicate.then(|| flag("sent twice"))),
        )
        .child(
            el("dd")
                .children(value(member, place))
                .children(oddity(credential, member).map(flag)),
        )
        .child(
            el("dd")
                .class("meaning")
                .children(meaning(credential, member, part, view)),
        )
}

fn value(member: &Member, place: usize) -> Vec<Node> {
    let raw = conceal::member(&member.name, &member.raw);
    let kind = ValueType::of(&raw);
    let shown = match kind {
        Some(ValueType::String) => text_of(&raw),
        Some(ValueType::Object | ValueType::Array) => pretty(&raw),
        _ => raw.into_owned(),
    };
    let length = shown.chars().count();
    if length > LONG {
        let head: String = shown.chars().take(80).collect();
        let summary = text(format!("{head}… ({length} characters)"));
        let whole = el("pre").child(el("code").child(lines(&shown)));
        return vec![unfold("value-", place, summary).child(whole).into()];
    }
    match kind {
        Some(ValueType::Object | ValueType::Array) => {
            vec![el("pre").child(el("code").child(lines(&shown))).into()]
        }
        _ => vec![el("code").text(&shown).into()],
    }
}

fn flag(words: &'static str) -> Element {
    el("strong").class("flag").text(words)
}

/// A string's text.
fn text_of(raw: &str) -> String {
    let literal = Member {
        name: String::new(),
        raw: raw.to_owned(),
        duplicate: false,
    };
    literal.string().unwrap_or(literal.raw)
}

/// A registered claim in a type it must not have.
fn oddity(credential: &Credential, member: &Member) -> Option<&'static str> {
    let kind = ValueType::of(&member.raw)?;
    match member.name.as_str() {
        name @ ("exp" | "iat" | "nbf") => {
            let date = credential.numeric_date(name)?;
            let odd = date.oddities.iter().find(|odd| **odd != Oddity::Fraction)?;
            Some(match odd {
                Oddity::Text => "a text, not a number",
                Oddity::Milliseconds | Oddity::Microseconds => "not in seconds",
                Oddity::OutOfCalendar => "beyond the calendar",
                _ => "not a number",
            })
        }
        "iss" | "sub" | "email" | "azp" | "hd" | "alg" | "kid" | "typ"
            if kind != ValueType::String =>
        {
            Some("not a text")
        }
        "aud" if !matches!(kind, ValueType::String | ValueType::Array) => {
            Some("neither a text nor a list")
        }
        "email_verified" if kind != ValueType::Boolean => Some("neither true nor false"),
        _ => None,
    }
}

fn meaning(credential: &Credential, member: &Member, part: Part, view: &View) -> Vec<Node> {
    let mut nodes = explain(&member.name, &member.raw, credential).map_or_else(Vec::new, |words| {
        vec![el("p").children(prose(&words)).into()]
    });
    if part == Part::Header || !matches!(member.name.as_str(), "exp" | "iat" | "nbf" | "auth_time")
    {
        return nodes;
    }
    if let Some(date) = credential.numeric_date(&member.name) {
        nodes.extend(date.meant().map(|at| times::moment(at, view).into()));
        let odd = date.sentences(&member.name);
        nodes.extend(
            odd.iter()
                .map(|words| el("p").children(prose(words)).into()),
        );
    }
    nodes
}

fn rest(claims: &Json, view: &View) -> Option<Element> {
    let count = claims.members.len();
    (count > ROWS && !view.whole).then(|| show(format!("Show all {count} claims"), "show-claims"))
}

/// A button that shows all there is.
fn show(label: String, key: &'static str) -> Element {
    el("button")
        .attr("type", "button")
        .attr("data-show", "whole")
        .attr("data-key", key)
        .text(label)
}

fn raw(jwt: &Jwt, view: &View) -> Option<Element> {
    let length = jwt
        .header
        .source
        .len()
        .saturating_add(jwt.claims.source.len());
    if length > HEAVY && !view.whole {
        return Some(show(format!("Show {length} bytes of JSON"), "show-json"));
    }
    let whole: Vec<String> = [
        (&jwt.header, jwt.header_json()),
        (&jwt.claims, jwt.claims_json()),
    ]
    .into_iter()
    .filter(|(json, _)| !json.source.is_empty())
    .map(|(json, as_json)| match json.shape {
        Shape::NotJson => json.source.clone(),
        _ => pretty(&as_json),
    })
    .collect();
    (!whole.is_empty()).then(|| {
        unfold("raw-", 0, text("Raw JSON, without the signature"))
            .attr("data-raw", "")
            .child(
                el("pre")
                    .attr("tabindex", "0")
                    .attr("data-key", "raw-json")
                    .child(
                        el("code")
                            .attr("data-json", "")
                            .child(lines(whole.join("\n"))),
                    ),
            )
            .child(
                copy_button("json", "Copy JSON", "header and claims")
                    .class("small")
                    .attr("data-key", "copy-json"),
            )
    })
}

#[cfg(test)]
mod tests {
    use super::pretty;

    #[test]
    fn json_is_laid_out_and_nothing_else() {
        assert_eq!(
            pretty(r#"{"a":1.50,"b":[],"c":{"d":"x{,}\"y"},"a":1e400}"#),
            "{\n  \"a\": 1.50,\n  \"b\": [],\n  \"c\": {\n    \"d\": \"x{,}\\\"y\"\n  },\n  \"a\": 1e400\n}"
        );
        assert_eq!(pretty("[1,"), "[\n  1,\n  ");
        assert_eq!(pretty("]]]"), "\n]\n]\n]");
    }
}
