//! Templates: text in which CAPITALS are holes that known values replace, in one pass, so a
//! value can never become a hole.

use std::borrow::Cow;

use super::fill::Fill;
use super::hole::Hole;

/// The template with its holes filled, and which holes it has.
///
/// A hole is a whole run of capitals and underscores: `SERVICE` is none in `SERVICE_URL`.
pub(crate) fn fill<'t>(template: &'t str, values: &Fill, used: &mut u64) -> Cow<'t, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut rest = template;
    let mut offset = 0;
    while let Some((before, run, after)) = next_run(rest) {
        if let Some(hole) = Hole::named(run) {
            *used |= hole.bit();
            if let Some(value) = values.known(hole) {
                if out.is_empty() {
                    out.reserve(template.len() + 128);
                }
                out.push_str(template.get(copied..offset + before.len()).unwrap_or(""));
                out.push_str(value);
                copied = offset + before.len() + run.len();
            }
        }
        offset += before.len() + run.len();
        rest = after;
    }
    if copied == 0 && out.is_empty() {
        return Cow::Borrowed(template);
    }
    out.push_str(template.get(copied..).unwrap_or(""));
    Cow::Owned(out)
}

/// The first run of capitals: what stands before it, the run, what stands after it.
fn next_run(text: &str) -> Option<(&str, &str, &str)> {
    let bytes = text.as_bytes();
    let mut start = 0;
    loop {
        start += bytes
            .get(start..)?
            .iter()
            .position(u8::is_ascii_uppercase)?;
        let length = bytes
            .get(start..)?
            .iter()
            .position(|byte| !(byte.is_ascii_uppercase() || *byte == b'_'))
            .unwrap_or(bytes.len() - start);
        let end = start + length;
        let part_of_a_word = bytes.get(end).is_some_and(u8::is_ascii_alphanumeric)
            || start
                .checked_sub(1)
                .and_then(|before| bytes.get(before))
                .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        if length >= 3 && !part_of_a_word {
            return Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?));
        }
        start = end;
    }
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
