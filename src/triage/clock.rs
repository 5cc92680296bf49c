//! The moments that logs tell, in seconds since 1970 (UTC).

use crate::time;

/// The moment in a text of RFC 3339, of a request log (`18/Nov/2026:11:06:31 +0000`), or a number of
/// seconds or milliseconds.
pub(super) fn read(text: &str) -> Option<i64> {
    let text = text.trim_matches(['[', ']', '"', '\'', ' ']);
    if let Some((time, _)) = at_start(text.as_bytes()) {
        return Some(time);
    }
    if text.get(2..3) == Some("/") {
        return of_request_log(text);
    }
    let whole = text.split('.').next()?;
    let number: i64 = whole.parse().ok()?;
    match whole.len() {
        10 => Some(number),
        13 => Some(number.div_euclid(1000)),
        _ => None,
    }
}

/// The moment with which a text begins (`2026-11-18T11:06:31.5Z`, `2026-11-18 11:06:31`), and how
/// long it is.
pub(super) fn at_start(text: &[u8]) -> Option<(i64, usize)> {
    let digits = |from: usize| -> Option<i8> {
        let digit = |at| {
            text.get(at)
                .copied()
                .filter(u8::is_ascii_digit)?
                .checked_sub(b'0')
        };
        let number = digit(from)?
            .checked_mul(10)?
            .checked_add(digit(from.checked_add(1)?)?)?;
        i8::try_from(number).ok()
    };
    if text.get(4) != Some(&b'-')
        || text.get(7) != Some(&b'-')
        || !matches!(text.get(10), Some(b'T' | b' '))
        || text.get(13) != Some(&b':')
        || text.get(16) != Some(&b':')
    {
        return None;
    }
    let clock = [digits(11)?, digits(14)?, digits(17)?];
    let date = [
        i16::from(digits(0)?)
            .checked_mul(100)?
            .checked_add(digits(2)?.into())?,
        digits(5)?.into(),
        digits(8)?.into(),
    ];
    let time = time::moment(date, clock)?;
    let mut end = 19_usize;
    if matches!(text.get(end), Some(b'.' | b',')) {
        end = end.saturating_add(1);
        while text.get(end).is_some_and(u8::is_ascii_digit) {
            end = end.saturating_add(1);
        }
    }
    let mut east = 0_i64;
    match text.get(end) {
        Some(b'Z' | b'z') => end = end.saturating_add(1),
        Some(sign @ (b'+' | b'-')) if digits(end.saturating_add(1)).is_some() => {
            let hours = i64::from(digits(end.saturating_add(1))?);
            let colon = usize::from(text.get(end.saturating_add(3)) == Some(&b':'));
            let minutes = i64::from(digits(end.saturating_add(3).saturating_add(colon))?);
            end = end.saturating_add(5).saturating_add(colon);
            let offset = hours
                .checked_mul(60)?
                .checked_add(minutes)?
                .checked_mul(60)?;
            east = if *sign == b'-' { -offset } else { offset };
        }
        _ => {}
    }
    Some((time.checked_sub(east)?, end))
}

/// `18/Nov/2026:11:06:31 +0000`
fn of_request_log(text: &str) -> Option<i64> {
    let (date, zone) = text.split_once(' ').unwrap_or((text, "+0000"));
    let mut parts = date.split([':', '/']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
    let as_date = format!("{day} {month} {year} {hour}:{minute}:{second} GMT");
    let time = time::http_date(&as_date)?;
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let hours: i64 = zone.get(1..3)?.parse().ok()?;
    let minutes: i64 = zone.get(3..5)?.parse().ok()?;
    time.checked_sub(sign * (hours * 3600 + minutes * 60))
}

/// What `--since` and `--until` take: a moment, a date, seconds since 1970, or how long ago (`90m`,
/// `2h`, `7d`).
#[must_use]
pub fn asked(text: &str, now: i64) -> Option<i64> {
    let text = text.trim();
    if let Some(time) = read(text) {
        return Some(time);
    }
    if let Some(unit) = text.chars().last()
        && let Some(size) = [
            ('s', 1),
            ('m', 60),
            ('h', 3600),
            ('d', 86_400),
            ('w', 604_800),
        ]
        .iter()
        .find_map(|(name, size)| (*name == unit).then_some(*size))
    {
        let count: i64 = text.get(..text.len().checked_sub(1)?)?.parse().ok()?;
        return now.checked_sub(count.checked_mul(size)?);
    }
    let mut parts = text.split('-');
    let date = [
        parts.next().filter(|year| year.len() == 4)?.parse().ok()?,
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
    ];
    parts.next().is_none().then_some(())?;
    time::moment(date, [0, 0, 0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_they_are_written() {
        let moment = Some(1_795_000_000);
        assert_eq!(
            time::rfc3339(1_795_000_000).as_deref(),
            Some("2026-11-18T11:06:40Z")
        );
        for text in [
            "2026-11-18T11:06:40Z",
            "2026-11-18T11:06:40.123456789Z",
            "2026-11-18 11:06:40",
            "2026-11-18T12:06:40+01:00",
            "2026-11-18T06:36:40-0430",
            "[18/Nov/2026:12:06:40 +0100]",
            "1795000000",
            "1795000000123",
            "1795000000.5",
        ] {
            assert_eq!(read(text), moment, "{text}");
        }
        for text in ["", "2026", "18/11/2026", "2026-13-18T11:06:40Z", "x"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(asked("2h", 10_000), Some(2800));
        assert_eq!(asked("2026-11-18", 0), Some(1_794_960_000));
        assert_eq!(asked("1970-01-01T00:00:07Z", 0), Some(7));
        assert_eq!(asked("soon", 0), None);
        assert_eq!(asked("", 0), None);
    }
}
