//! The moments that logs tell, in seconds since 1970 (UTC).

use jiff::civil::DateTime;
use jiff::tz::Offset;

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
    let digits = |from: usize, count: usize| -> Option<i64> {
        let mut number = 0_i64;
        for byte in text.get(from..from.checked_add(count)?)? {
            let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
            number = number.checked_mul(10)?.checked_add(i64::from(digit))?;
        }
        Some(number)
    };
    if text.get(4) != Some(&b'-')
        || text.get(7) != Some(&b'-')
        || !matches!(text.get(10), Some(b'T' | b' '))
        || text.get(13) != Some(&b':')
        || text.get(16) != Some(&b':')
    {
        return None;
    }
    let day = days(digits(0, 4)?, digits(5, 2)?, digits(8, 2)?)?;
    let (hour, minute, second) = (digits(11, 2)?, digits(14, 2)?, digits(17, 2)?);
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
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
        Some(sign @ (b'+' | b'-')) if digits(end.saturating_add(1), 2).is_some() => {
            let hours = digits(end.saturating_add(1), 2)?;
            let colon = usize::from(text.get(end.saturating_add(3)) == Some(&b':'));
            let minutes = digits(end.saturating_add(3).saturating_add(colon), 2)?;
            end = end.saturating_add(5).saturating_add(colon);
            let offset = hours
                .checked_mul(60)?
                .checked_add(minutes)?
                .checked_mul(60)?;
            east = if *sign == b'-' { -offset } else { offset };
        }
        _ => {}
    }
    let of_day = hour
        .checked_mul(3600)?
        .checked_add(minute.checked_mul(60)?)?
        .checked_add(second)?;
    Some((
        day.checked_mul(86_400)?
            .checked_add(of_day)?
            .checked_sub(east)?,
        end,
    ))
}

/// Days since 1970 of a date of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // The year begins in March, so that the leap day is its last.
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(
        365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year
            - 719_468,
    )
}

/// `18/Nov/2026:11:06:31 +0000`
fn of_request_log(text: &str) -> Option<i64> {
    let (date, zone) = text.split_once(' ').unwrap_or((text, "+0000"));
    let mut parts = date.split([':', '/']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
    let as_date = format!("{day} {month} {year} {hour}:{minute}:{second} GMT");
    let time = crate::time::http_date(&as_date)?;
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
    let date = DateTime::new(
        parts.next().filter(|year| year.len() == 4)?.parse().ok()?,
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
        0,
        0,
        0,
        0,
    );
    parts.next().is_none().then_some(())?;
    Some(Offset::UTC.to_timestamp(date.ok()?).ok()?.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_they_are_written() {
        let moment = Some(1_795_000_000);
        assert_eq!(
            crate::time::rfc3339(1_795_000_000).as_deref(),
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
