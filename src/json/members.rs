//! The members of an object, one by one as they are read.

use super::decode::Decoded;
use super::scan::{Break, Cursor, TRAILING};
use super::{Json, MAX_DEPTH, MAX_MEMBERS, Member, Shape, ValueType, string};
use crate::visible::quoted;

/// Reads a decoded text as far as it is JSON.
pub(super) fn read(decoded: Decoded) -> Json {
    let text = decoded.text.as_str();
    let mut reading = Reading {
        text,
        members: Vec::new(),
        inside: None,
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
    /// The first escape that is no character, as a note.
    odd: Option<String>,
}

impl Reading<'_> {
    /// Reads the members; the sentence about the break, if there is one.
    fn object(&mut self, decoded: &Decoded) -> Option<String> {
        let at_end = self.text.len();
        let (offset, reason) = match self.members() {
            Ok(()) => return None,
            Err(Stop::Broken(broken)) if broken.at == at_end && self.cut_number() => {
                (at_end, "the number may go on".to_owned())
            }
            Err(Stop::Broken(broken)) => (broken.at, broken.reason.to_owned()),
            Err(Stop::TooDeep(at)) => (at, format!("it is nested deeper than {MAX_DEPTH} levels")),
            Err(Stop::TooMany(at)) => {
                (at, format!("only the first {MAX_MEMBERS} members are read"))
            }
        };
        let place = decoded.given_offset(offset);
        Some(match (&self.inside, reason.as_str()) {
            (None, TRAILING) => {
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

    fn members(&mut self) -> Result<(), Stop> {
        let mut cursor = Cursor::new(self.text);
        cursor.peek();
        cursor.pass();
        while let Some(name) = cursor.name(self.members.is_empty())? {
            if self.members.len() >= MAX_MEMBERS {
                return Err(Stop::TooMany(cursor.offset().saturating_sub(name.len())));
            }
            self.inside = Some(string::unescape(name).unwrap_or_default());
            cursor.colon()?;
            let raw = cursor.value()?;
            if let Some(at) = cursor.too_deep {
                return Err(Stop::TooDeep(at));
            }
            self.take(raw);
        }
        Ok(cursor.end()?)
    }

    /// A number at the very end of a text that breaks off may lack digits: a shorter `exp`
    /// would be believed, so it is no member.
    fn cut_number(&mut self) -> bool {
        let cut = self.inside.is_none()
            && self.members.last().is_some_and(|last| {
                last.value_type() == Some(ValueType::Number) && self.text.ends_with(&last.raw)
            });
        if cut {
            self.inside = self.members.pop().map(|member| member.name);
        }
        cut
    }

    fn take(&mut self, raw: &str) {
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
    }
}

/// Why the reading of an object ended too early.
enum Stop {
    Broken(Break),
    /// Offset of the bracket that is one too many.
    TooDeep(usize),
    /// Offset of the first member left out.
    TooMany(usize),
}

impl From<Break> for Stop {
    fn from(broken: Break) -> Self {
        Self::Broken(broken)
    }
}

/// A text that does not begin like an object.
fn other(text: &str, first: u8, decoded: &Decoded) -> (Shape, Option<String>) {
    let mut cursor = Cursor::new(text);
    let Err(broken) = cursor.value().and_then(|_| cursor.end()) else {
        let sentence = cursor.too_deep.map(|at| {
            format!(
                "The JSON is nested deeper than {MAX_DEPTH} levels at byte {}.",
                decoded.given_offset(at)
            )
        });
        return (Shape::Other, sentence);
    };
    let place = decoded.given_offset(broken.at);
    let reason = broken.reason;
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
