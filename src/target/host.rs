//! Hosts that are not plain names: other alphabets, imitations, names that DNS does not have.

use super::Target;
use crate::known::hosts::{self, Imitation};
use crate::visible::{code_point, is_hidden};

/// The URL's text with its host in ASCII. `None` when no host can be read.
///
/// Names the first foreign character: no Google host has any, so it was pasted by accident or
/// by somebody else's design. The text goes on in the form that clients would call.
pub(super) fn in_ascii(target: &mut Target, text: &str) -> Option<String> {
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some(text.to_owned());
    }
    let odd = text.chars().find(|c| !c.is_ascii_graphic())?;
    target.suspicious(format!(
        "The service URL holds the character {}, which no Google host has; it was probably pasted by accident.",
        code_point(odd)
    ));
    let (scheme, rest) = text.split_once("://")?;
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, after) = rest.split_at_checked(end)?;
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if is_port(port) => host,
        _ => authority,
    };
    let port = authority.get(host.len()..)?;
    Some(format!("{scheme}://{}{port}{after}", ascii(host)?))
}

/// The longest label of DNS, in bytes.
const LONGEST_LABEL: usize = 63;

/// No label of other letters that is longer becomes a label of DNS, in bytes. To encode or decode a
/// label takes time by the square of its length.
const LONGEST_FOREIGN: usize = 4 * LONGEST_LABEL;

/// The host's labels in ASCII, those of other alphabets in Punycode.
fn ascii(authority: &str) -> Option<String> {
    let read = |char| mapped(char).transpose();
    let mapped: String = authority
        .chars()
        .filter_map(read)
        .collect::<Result<_, _>>()
        .ok()?;
    let labels = mapped.split('.').map(|label| {
        if label.is_ascii() {
            Some(label.to_owned())
        } else if label.contains([':', '@']) || label.len() > LONGEST_FOREIGN {
            // A code behind a port or a user's name is none, nor does DNS have one this long.
            None
        } else {
            idna::punycode::encode_str(label).map(|code| format!("xn--{code}"))
        }
    });
    Some(labels.collect::<Option<Vec<_>>>()?.join("."))
}

/// A host that no client reads.
struct Unreadable;

/// What a client reads instead of this character: `Ok(None)` nothing, `Err` it gives up.
///
/// Source: the few rows of UTS 46's mapping table that imitate or hide ASCII.
fn mapped(char: char) -> Result<Option<char>, Unreadable> {
    let code = u32::from(char);
    Ok(match char {
        // Full-width ASCII and the ideographic full stops.
        '\u{3002}' | '\u{FF0E}' | '\u{FF61}' => Some('.'),
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(code.saturating_sub(0xFEE0)).map(|c| c.to_ascii_lowercase())
        }
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{34F}' | '\u{FE00}'..='\u{FE0F}' => {
            None
        }
        _ if is_hidden(char) || char.is_control() => return Err(Unreadable),
        // Capitals, of the alphabets that have letters like ours; all others take a table.
        '\u{C0}'..='\u{DE}' | '\u{391}'..='\u{3A9}' | '\u{410}'..='\u{42F}' => {
            char::from_u32(code.saturating_add(0x20))
        }
        _ => Some(char.to_ascii_lowercase()),
    })
}

/// The URL of a text whose host is written in plain ASCII; other hosts are none.
///
/// `url` without Unicode tables (Cargo.toml) must not be asked about other alphabets: it takes
/// them for errors, and in a debug build for a reason to stop.
pub(crate) fn parse(text: &str) -> Option<url::Url> {
    let after = text.split_once(':').map_or(text, |(_, after)| after);
    let after = after.trim_start_matches(['/', '\\']);
    let authority = after
        .split(['/', '\\', '?', '#'])
        .next()
        .unwrap_or_default();
    let foreign = |label: &str| {
        let code = label
            .get(..4)
            .filter(|start| start.eq_ignore_ascii_case("xn--"));
        code.and(label.get(4..)).is_some_and(|code| {
            label.len() > LONGEST_LABEL
                || idna::punycode::decode_to_string(code).is_none_or(|label| {
                    label.contains(|c: char| c.is_ascii_uppercase() || is_hidden(c))
                })
        })
    };
    let plain = authority.is_ascii()
        && !authority.contains('%')
        && !authority.split(['.', '@', ':']).any(foreign);
    if plain {
        url::Url::parse(text).ok()
    } else {
        None
    }
}

/// Why DNS has no such name; the name is not quoted, it may be anything.
pub(super) fn unusable(host: &str) -> Option<&'static str> {
    if host.starts_with('[') {
        return None;
    }
    if host.len() > 253 || host.split('.').any(|label| label.len() > LONGEST_LABEL) {
        return Some(
            "The service URL has no usable host: a part of a host name has at most 63 characters, the whole 253.",
        );
    }
    host.split('.')
        .filter_map(|label| label.strip_prefix("xn--"))
        .any(|code| idna::punycode::decode_to_string(code).is_none_or(|label| label.is_ascii()))
        .then_some("The service URL has no usable host: a part of it begins with `xn--` and is no Punycode.")
}

/// What is odd about a host that can be used.
pub(super) fn remark(target: &mut Target, host: &str) {
    if host.split('.').any(|label| label.starts_with("xn--")) {
        target.suspicious(format!(
            "The host `{host}` is written in Punycode: it stands for non-ASCII letters, and no Google host has them."
        ));
    }
    match hosts::imitated(host) {
        Some(Imitation::Plain(name)) => target.suspicious(format!(
            "The host `{host}` reads like `{name}` but does not end in it, so it is somebody else's."
        )),
        Some(Imitation::Perhaps(name)) => {
            target.odd = true;
            target.note(format!(
                "The host `{host}` is not `{name}`, though it reads like it: it may be somebody else's."
            ));
        }
        None => {}
    }
    if host.ends_with('.') {
        target.suspicious(format!(
            "The host `{host}` ends in two dots, so no such name exists."
        ));
    }
}
