//! Templates: text in which CAPITALS are holes that known values replace, in one pass, so a
//! value can never become a hole.

use std::borrow::Cow;

use super::fill::Fill;
use super::hole::Hole;

/// A text with its holes found when the program is compiled, for the longer ones.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Template {
    text: &'static str,
    /// Where each hole begins, in the order of the text. In 16 bits, since the page carries it.
    holes: [Option<(u16, Hole)>; Self::MOST],
}

impl Template {
    /// The most holes a template may have; one more does not compile.
    const MOST: usize = 12;

    /// Finds the holes. The line breaks that a raw string begins and ends with are no part of
    /// the text.
    #[allow(clippy::indexing_slicing)] // Only run by the compiler, in constants.
    pub(crate) const fn new(text: &'static str) -> Self {
        let text = text.trim_ascii();
        let mut holes = [None; Self::MOST];
        let mut count = 0;
        let mut from = 0;
        while let Some((start, end)) = next_run(text.as_bytes(), from) {
            if let Some(hole) = Hole::named(text.as_bytes().split_at(end).0.split_at(start).1) {
                assert!(start <= u16::MAX as usize, "a template this long");
                holes[count] = Some((start as u16, hole));
                count += 1;
            }
            from = end;
        }
        Self { text, holes }
    }

    /// The text with its holes filled; `used` gains the holes it has.
    pub(crate) fn fill(&self, values: &Fill, used: &mut u128) -> String {
        let mut out = String::with_capacity(self.text.len() + 256);
        let mut copied = 0;
        for (start, hole) in self.holes.iter().flatten() {
            *used |= hole.bit();
            copied = put(
                self.text,
                copied,
                usize::from(*start),
                *hole,
                values,
                &mut out,
            );
        }
        out.push_str(self.text.get(copied..).unwrap_or(""));
        out
    }
}

/// The template with its holes filled, and which holes it has.
///
/// A hole is a whole run of capitals and underscores: `SERVICE` is none in `SERVICE_URL`.
pub(crate) fn fill<'t>(template: &'t str, values: &Fill, used: &mut u128) -> Cow<'t, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut from = 0;
    while let Some((start, end)) = next_run(template.as_bytes(), from) {
        if let Some(hole) = template.as_bytes().get(start..end).and_then(Hole::named) {
            *used |= hole.bit();
            copied = put(template, copied, start, hole, values, &mut out);
        }
        from = end;
    }
    if copied == 0 {
        return Cow::Borrowed(template);
    }
    out.push_str(template.get(copied..).unwrap_or(""));
    Cow::Owned(out)
}

/// Puts the text before a hole and the hole's value, when it is known. Answers with how much of
/// the template is copied.
/// The CAPITALS that stand in a text, each with its place.
pub(crate) fn holes(text: &str) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((start, end)) = next_run(text.as_bytes(), from) {
        if let Some(hole) = text.as_bytes().get(start..end).and_then(Hole::named) {
            found.push((start, hole.name()));
        }
        from = end;
    }
    found
}

fn put(
    template: &str,
    copied: usize,
    start: usize,
    hole: Hole,
    values: &Fill,
    out: &mut String,
) -> usize {
    let Some(value) = values.known(hole) else {
        return copied;
    };
    out.push_str(template.get(copied..start).unwrap_or(""));
    out.push_str(value);
    start + hole.name().len()
}

/// Where the next run of three or more capitals begins and ends; one that is part of a longer
/// word is none.
#[allow(clippy::indexing_slicing)] // Const functions have no `get`; every index is compared first.
const fn next_run(text: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut start = from;
    while start < text.len() {
        if !text[start].is_ascii_uppercase() {
            start += 1;
            continue;
        }
        let mut end = start;
        while end < text.len() && (text[end].is_ascii_uppercase() || text[end] == b'_') {
            end += 1;
        }
        let before =
            start > 0 && (text[start - 1].is_ascii_alphanumeric() || text[start - 1] == b'_');
        let after = end < text.len() && text[end].is_ascii_alphanumeric();
        if end - start >= 3 && !before && !after {
            return Some((start, end));
        }
        start = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fix::value::Value;

    fn values() -> Fill {
        let mut fill = Fill::empty();
        fill.set(Hole::Service, Value::Known("orders".into()));
        fill.set(
            Hole::Audience,
            Value::Known("https://SERVICE.example".into()),
        );
        fill
    }

    #[test]
    fn a_value_is_never_a_hole_and_part_of_a_word_is_none() {
        let mut used = 0;
        let text = fill(
            "SERVICE SERVICES SERVICE_URL MySERVICE (AUDIENCE) REGION",
            &values(),
            &mut used,
        );
        assert_eq!(
            text,
            "orders SERVICES SERVICE_URL MySERVICE (https://SERVICE.example) REGION"
        );
        assert_eq!(
            used,
            Hole::Service.bit() | Hole::Audience.bit() | Hole::Region.bit()
        );
    }

    #[test]
    fn a_text_compiled_in_advance_is_filled_the_same() {
        const TEXT: &str = "\nurl = \"AUDIENCE\" # SERVICE in REGION\n";
        const TEMPLATE: Template = Template::new(TEXT);
        let (mut one, mut other) = (0, 0);
        let values = values();
        assert_eq!(
            TEMPLATE.fill(&values, &mut one),
            fill(TEXT.trim(), &values, &mut other)
        );
        assert_eq!(one, other);
        assert_eq!(one.count_ones(), 3);
    }

    #[test]
    fn a_text_without_known_holes_is_borrowed() {
        let mut used = 0;
        assert!(matches!(
            fill("--region=REGION", &values(), &mut used),
            Cow::Borrowed(_)
        ));
        assert!(matches!(
            fill("GET /", &values(), &mut used),
            Cow::Borrowed(_)
        ));
    }
}
