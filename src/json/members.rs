//! The members of an object, one by one as they are read.

use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::decode::Decoded;
use super::{Json, MAX_DEPTH, MAX_MEMBERS, Member, Shape, ValueType, broken, string};
use crate::visible::quoted;

/// Reads a decoded text as far as it is JSON.
pub(super) fn read(decoded: Decoded) -> Json {
    let text = decoded.text.as_str();
    let mut reading = Reading {
        text,
        members: Vec::new(),
        inside: None,
        stopped: None,
        odd: None,
    };
    let (shape, broken) = match text.trim_start_matches(JSON_SPACE).bytes().next() {
        None => (Shape::Empty, None),
        Some(b'{') => (Shape::Object, reading.object(&decoded)),
        Some(first) => other(text, first, &decoded),
    };
    let Reading {
        mut members, odd, ..
    } = reading;
    mark_duplicates(&mut members);
    let mut notes = decoded.notes;
    notes.extend(odd);
    Json {
        source: decoded.text,
        members,
        shape,
        broken,
        notes,
    }
}

const JSON_SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// What has been read of an object; outlives the error that ends the reading.
struct Reading<'a> {
    text: &'a str,
    members: Vec<Member>,
    /// The member whose value is being read.
    inside: Option<String>,
    /// Why the reading was given up although the JSON goes on: offset in the text, reason.
    stopped: Option<(usize, String)>,
    /// The first escape that is no character, as a note.
    odd: Option<String>,
}

impl Reading<'_> {
    /// Reads the members; the sentence about the break, if there is one.
    fn object(&mut self, decoded: &Decoded) -> Option<String> {
        let mut json = serde_json::Deserializer::from_str(self.text);
        let read = Members(self).deserialize(&mut json);
        let Err(error) = read.and_then(|()| json.end()) else {
            return None;
        };
        let (offset, reason) = self
            .stopped
            .take()
            .or_else(|| self.cut_number(&error))
            .unwrap_or_else(|| (broken::offset(self.text, &error), broken::reason(&error)));
        let place = decoded.given_offset(offset);
        Some(match (&self.inside, reason.as_str()) {
            (None, "trailing characters") => {
                let more = self.text.len().saturating_sub(offset);
                let follow = if more == 1 {
                    "byte follows"
                } else {
                    "bytes follow"
                };
                format!("The JSON object ends before byte {place}; {more} more {follow} it.")
            }
            (Some(name), _) => format!(
                "The JSON stops at byte {place}, inside the value of {}: {reason}.",
                quoted(name)
            ),
            (None, _) => match self.members.last() {
                Some(last) => format!(
                    "The JSON stops at byte {place}, after the value of {}: {reason}.",
                    quoted(&last.name)
                ),
                None => format!("The JSON stops at byte {place}, before any member: {reason}."),
            },
        })
    }

    /// A number at the very end of a text that breaks off may lack digits: a shorter `exp`
    /// would be believed, so it is no member.
    fn cut_number(&mut self, error: &serde_json::Error) -> Option<(usize, String)> {
        let last = self.members.last()?;
        let cut = error.is_eof()
            && self.inside.is_none()
            && last.value_type() == Some(ValueType::Number)
            && self.text.ends_with(&last.raw);
        if !cut {
            return None;
        }
        self.inside = self.members.pop().map(|member| member.name);
        Some((self.text.len(), "the number may go on".into()))
    }

    /// Takes one member in, unless it is nested too deeply.
    fn take(&mut self, raw: &str) -> Result<(), TooDeep> {
        if let Some(at) = too_deep(raw) {
            // The raw value is a part of the text, so the addresses tell where it stands.
            let start = (raw.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
            self.stopped = Some((
                start.saturating_add(at),
                format!("it is nested deeper than {MAX_DEPTH} levels"),
            ));
            return Err(TooDeep);
        }
        let name = self.inside.take().unwrap_or_default();
        if self.odd.is_none() {
            self.odd = string::odd_escape(raw).map(|escape| {
                format!(
                    "The value of {} holds the escape {escape}, which is no character by itself.",
                    quoted(&name)
                )
            });
        }
        self.members.push(Member {
            name,
            raw: raw.to_owned(),
            duplicate: false,
        });
        Ok(())
    }
}

struct TooDeep;

struct Members<'a, 'b>(&'a mut Reading<'b>);

impl<'de> DeserializeSeed<'de> for Members<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Members<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let reading = self.0;
        while let Some(name) = map.next_key::<&RawValue>()? {
            if reading.members.len() >= MAX_MEMBERS {
                let start =
                    (name.get().as_ptr() as usize).saturating_sub(reading.text.as_ptr() as usize);
                reading.stopped = Some((
                    start,
                    format!("only the first {MAX_MEMBERS} members are read"),
                ));
                return Err(A::Error::custom(""));
            }
            reading.inside = Some(string::unescape(name.get()).unwrap_or_default());
            let value = map.next_value::<&RawValue>()?;
            if reading.take(value.get()).is_err() {
                return Err(A::Error::custom(""));
            }
        }
        Ok(())
    }
}

/// A text that does not begin like an object.
fn other(text: &str, first: u8, decoded: &Decoded) -> (Shape, Option<String>) {
    let error = match serde_json::from_str::<&RawValue>(text) {
        Ok(value) => {
            return match too_deep(value.get()) {
                Some(at) => (
                    Shape::Other,
                    Some(format!(
                        "The JSON is nested deeper than {MAX_DEPTH} levels at byte {}.",
                        decoded.given_offset(at)
                    )),
                ),
                None => (Shape::Other, None),
            };
        }
        Err(error) => error,
    };
    let place = decoded.given_offset(broken::offset(text, &error));
    let reason = broken::reason(&error);
    if matches!(first, b'[' | b'"') {
        (
            Shape::Other,
            Some(format!("The JSON stops at byte {place}: {reason}.")),
        )
    } else {
        (
            Shape::NotJson,
            Some(format!(
                "This is not JSON; it fails at byte {place}: {reason}."
            )),
        )
    }
}

/// The offset at which a JSON value goes deeper than [`MAX_DEPTH`], the object around it
/// counted as the first level.
fn too_deep(raw: &str) -> Option<usize> {
    if !raw.starts_with(['{', '[']) {
        return None;
    }
    // Most values do not open as many brackets altogether.
    let opens = raw.bytes().filter(|byte| matches!(byte, b'{' | b'['));
    if opens.take(MAX_DEPTH).count() < MAX_DEPTH {
        return None;
    }
    let mut depth: usize = 1;
    let mut in_string = false;
    let mut escaped = false;
    for (at, byte) in raw.bytes().enumerate() {
        if escaped {
            escaped = false;
            continue;
        }
        match byte {
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth = depth.saturating_add(1);
                if depth > MAX_DEPTH {
                    return Some(at);
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// A list kept in order stays quick for an object of [`MAX_MEMBERS`].
fn mark_duplicates(members: &mut [Member]) {
    let mut ordered: Vec<usize> = Vec::with_capacity(members.len());
    for at in 0..members.len() {
        let name = |at: &usize| members.get(*at).map(|member| member.name.as_str());
        let same = match ordered.binary_search_by(|other| name(other).cmp(&name(&at))) {
            Ok(place) => ordered.get(place).copied(),
            Err(place) => {
                ordered.insert(place, at);
                continue;
            }
        };
        for duplicate in same.into_iter().chain([at]) {
            if let Some(member) = members.get_mut(duplicate) {
                member.duplicate = true;
            }
        }
    }
}
