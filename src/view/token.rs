//! The token as people know it: its parts in colours, each claim's place in it, no signature.

use super::node::{Element, Node, el, text};
use super::parts::{notes, panel, prose};
use super::{View, claims};
use crate::conceal;
use crate::credential::{Credential, Jwt, Kind, Signature};
use crate::json::Json;
use crate::report::Report;
use crate::visible::is_hidden;

/// A segment longer than this, in bytes, is not shown.
const LONG: usize = 4_000;

/// The panel; `None` when nothing was pasted that could be a credential.
pub(super) fn token(report: &Report<'_>, view: &View) -> Option<Element> {
    let credential = &report.evidence.credential;
    if matches!(credential.kind, Kind::None | Kind::NotAToken) && credential.notes.is_empty() {
        return None;
    }
    let panel = panel("token", "The token")
        .child(
            el("p")
                .class("label")
                .child(el("strong").children(prose(&credential.label)))
                .child(opaque(credential)),
        )
        .child(notes(&credential.notes));
    let Some(jwt) = &credential.jwt else {
        return Some(panel);
    };
    Some(
        panel
            .children(
                jwt.broken
                    .as_ref()
                    .map(|broken| el("p").class("caution").children(prose(broken))),
            )
            .child(segments(jwt))
            .children(claims::claims(credential, jwt, view))
            .children(disclosures(credential))
            .child(notes(jwt.header.notes.iter().chain(&jwt.claims.notes))),
    )
}

/// What an SD-JWT discloses: salt, name and value of each claim, as JSON.
fn disclosures(credential: &Credential) -> Option<Element> {
    (!credential.disclosures.is_empty()).then(|| {
        el("div").child(el("h3").text("Disclosures")).child(
            el("ul").children(
                credential
                    .disclosures
                    .iter()
                    .map(|disclosure| el("li").child(el("code").text(conceal::json(disclosure)))),
            ),
        )
    })
}

/// What may be shown of a credential that has no parts.
fn opaque(credential: &Credential) -> Node {
    if credential.jwt.is_some() {
        return el("span")
            .class("faint")
            .text("decoded, not verified")
            .into();
    }
    if credential.prefix.is_empty() {
        return text("");
    }
    el("code")
        .text(format!(
            "{}… ({} characters, the rest is not shown)",
            credential.prefix, credential.length
        ))
        .into()
}

fn segments(jwt: &Jwt) -> Element {
    let dot = || el("span").class("dot").text(".");
    el("div")
        .class("segments")
        .attr("translate", "no")
        .child(header(jwt))
        .children((jwt.segments > 1).then(dot))
        .children((jwt.segments > 1).then(|| payload(jwt)))
        .children((jwt.segments > 2).then(dot))
        .child(
            el("span")
                .class("seg signature")
                .text(signature(jwt.signature)),
        )
}

fn header(jwt: &Jwt) -> Element {
    let segment = el("span").class("seg header");
    match hidden(&jwt.header, &jwt.header_text) {
        Some(words) => segment.text(words),
        None => segment.text(&jwt.header_text),
    }
}

/// The claims set as sent, with a span for each claim's characters.
fn payload(jwt: &Jwt) -> Element {
    let segment = el("span").class("seg payload");
    if let Some(words) = hidden(&jwt.claims, &jwt.payload_text) {
        return segment.text(words);
    }
    let sent: Vec<char> = jwt.payload_text.chars().collect();
    let mut nodes: Vec<Node> = Vec::new();
    let mut done: usize = 0;
    for (claim, (start, end)) in places(&jwt.claims).into_iter().enumerate() {
        // Three bytes are four characters: a claim begins and ends within one of them.
        let from = (start.saturating_mul(8) / 6).clamp(done, sent.len());
        let to = end.saturating_mul(8).div_ceil(6).clamp(from, sent.len());
        nodes.extend(slice(&sent, done, from).map(text));
        nodes.push(
            el("span")
                .attr("data-claim", claim)
                .text(slice(&sent, from, to).unwrap_or_default())
                .into(),
        );
        done = to;
    }
    nodes.extend(slice(&sent, done, sent.len()).map(text));
    segment.children(nodes)
}

fn slice(sent: &[char], from: usize, to: usize) -> Option<String> {
    let part = sent.get(from..to)?;
    (!part.is_empty()).then(|| part.iter().collect())
}

/// What stands for a segment that is not shown as sent: nobody reads a long one, and base64url
/// would tell a secret that stands in it.
fn hidden(json: &Json, sent: &str) -> Option<String> {
    (sent.len() > LONG || holds_secret(&json.source))
        .then(|| format!("[{} characters, read below]", sent.chars().count()))
}

/// Hidden characters are shown by an escape; only what remains changed is a secret.
fn holds_secret(source: &str) -> bool {
    let plain: String = source.chars().filter(|char| !is_hidden(*char)).collect();
    conceal::json(&plain) != plain
}

/// Where each member stands in the source, in bytes; empty when that cannot be told.
fn places(json: &Json) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    let mut at: usize = 0;
    for member in &json.members {
        let Some(place) = place(&json.source, at, &member.raw) else {
            return Vec::new();
        };
        at = place.1;
        places.push(place);
    }
    // A byte that was no UTF-8 stands as three bytes in `source`: the places would be off.
    if json.source.contains('\u{fffd}') {
        Vec::new()
    } else {
        places
    }
}

/// The next member at or after `at`: from its name's first quote to its value's end.
fn place(source: &str, at: usize, raw: &str) -> Option<(usize, usize)> {
    let tail = source.get(at..)?;
    let start = at.checked_add(tail.find('"')?)?;
    let mut escaped = false;
    let name = source.get(start.checked_add(1)?..)?;
    let close = name.find(|character| {
        let ends = character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        ends
    })?;
    let after = start.checked_add(close)?.checked_add(2)?;
    let rest = source.get(after..)?;
    let value = rest.trim_start().strip_prefix(':')?.trim_start();
    value.starts_with(raw).then_some(())?;
    let end = source
        .len()
        .checked_sub(value.len())?
        .checked_add(raw.len())?;
    Some((start, end))
}

/// What stands in the third segment, in words: its characters are never shown.
fn signature(signature: Signature) -> String {
    match signature {
        Signature::Present { bytes } => {
            format!("[signature, {bytes} bytes, not shown and not checked]")
        }
        Signature::WrongLength { bytes, expected } => {
            format!("[signature, {bytes} bytes where {expected} belong, not shown]")
        }
        Signature::Undecodable => "[signature that is not base64url, not shown]".to_owned(),
        Signature::Hidden => "[signature hidden before it was pasted]".to_owned(),
        Signature::RemovedByGoogle => "SIGNATURE_REMOVED_BY_GOOGLE".to_owned(),
        Signature::Empty => "[empty signature]".to_owned(),
        Signature::Missing => "[no signature]".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_member_is_found_in_its_source() {
        let source = r#"{ "a\"b" : "c" ,"d":{"e":1}}"#;
        let first = place(source, 0, r#""c""#);
        assert_eq!(first, Some((2, 14)));
        assert_eq!(place(source, 14, r#"{"e":1}"#), Some((16, 27)));
        assert_eq!(place(source, 0, "nothing"), None);
        assert_eq!(place("", 0, "x"), None);
    }
}
