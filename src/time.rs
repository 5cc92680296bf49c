//! Times in words. Every time here is in seconds since 1970 (UTC).
//!
//! `jiff` does the calendar; the texts are put together here, because its formatter and parser
//! would be a tenth of the page.

use jiff::Timestamp;
use jiff::civil::{DateTime, Weekday};
use jiff::tz::Offset;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A moment as `2026-11-18 09:06:40 UTC`; `None` outside the calendar (years −9999 to 9999).
#[must_use]
pub fn utc(seconds: i64) -> Option<String> {
    let civil = civil(seconds, Offset::UTC)?;
    Some(format!("{} {} UTC", date(civil), clock(civil)))
}

/// A moment as RFC 3339 writes it, `2026-11-18T09:06:40Z`; `None` outside the calendar.
#[must_use]
pub fn rfc3339(seconds: i64) -> Option<String> {
    let civil = civil(seconds, Offset::UTC)?;
    Some(format!("{}T{}Z", date(civil), clock(civil)))
}

/// A moment on a clock that is so many minutes east of UTC: `Wed 10:06:40`.
#[must_use]
pub fn weekday_and_clock(seconds: i64, offset_minutes: i32) -> Option<String> {
    let offset = Offset::from_seconds(offset_minutes.checked_mul(60)?).ok()?;
    let civil = civil(seconds, offset)?;
    let weekday = match civil.weekday() {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    };
    Some(format!("{weekday} {}", clock(civil)))
}

/// The moment of a `date` header, `Wed, 18 Nov 2026 09:06:40 GMT` (RFC 9110 section 5.6.7), its
/// weekday not looked at; `None` when it is none.
#[must_use]
pub fn http_date(text: &str) -> Option<i64> {
    let text = text.split_once(", ").map_or(text, |(_, rest)| rest);
    let mut words = text.split_ascii_whitespace();
    let day = number(words.next()?)?;
    let month = words.next()?;
    let month = MONTHS.iter().position(|name| *name == month)?;
    let month = i8::try_from(month).ok()?.saturating_add(1);
    let year = words.next().filter(|year| year.len() == 4)?;
    let mut clock = words.next()?.split(':').map(number);
    let [hour, minute, second] = [clock.next()??, clock.next()??, clock.next()??];
    if !matches!(words.next()?, "GMT" | "UTC" | "+0000") {
        return None;
    }
    moment(
        [year.parse().ok()?, month.into(), day.into()],
        [hour, minute, second],
    )
}

/// The moment of a date (year, month, day) and a clock (hour, minute, second) of UTC. A leap second
/// counts as the one before it.
pub(crate) fn moment(date: [i16; 3], clock: [i8; 3]) -> Option<i64> {
    let [year, month, day] = date;
    let [hour, minute, second] = clock;
    let second = if second == 60 { 59 } else { second };
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let civil = DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
    Some(Offset::UTC.to_timestamp(civil).ok()?.as_second())
}

/// A length of time in words, its sign dropped: `45 seconds`, `1 hour 5 minutes`, `3 days`.
#[must_use]
pub fn span(seconds: i64) -> String {
    const UNITS: &[(u64, &str)] = &[
        (365 * 86_400, "year"),
        (86_400, "day"),
        (3_600, "hour"),
        (60, "minute"),
        (1, "second"),
    ];
    let mut rest = seconds.unsigned_abs();
    let mut words = String::new();
    let mut parts = 0;
    for (size, unit) in UNITS {
        let count = rest / size;
        if count == 0 {
            if parts == 1 {
                break;
            }
            continue;
        }
        rest %= size;
        if parts == 1 {
            words.push(' ');
        }
        words.push_str(&count.to_string());
        words.push(' ');
        words.push_str(unit);
        if count != 1 {
            words.push('s');
        }
        parts += 1;
        if parts == 2 {
            break;
        }
    }
    if words.is_empty() {
        words.push_str("0 seconds");
    }
    words
}

/// A moment seen from another: `3 hours ago`, `in 5 minutes`, `now`.
#[must_use]
pub fn relative(moment: i64, now: i64) -> String {
    match moment.saturating_sub(now) {
        0 => "now".to_owned(),
        ahead @ 1.. => format!("in {}", span(ahead)),
        behind => format!("{} ago", span(behind)),
    }
}

fn civil(seconds: i64, offset: Offset) -> Option<DateTime> {
    Some(offset.to_datetime(Timestamp::from_second(seconds).ok()?))
}

fn date(civil: DateTime) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        civil.year(),
        civil.month(),
        civil.day()
    )
}

fn clock(civil: DateTime) -> String {
    format!(
        "{:02}:{:02}:{:02}",
        civil.hour(),
        civil.minute(),
        civil.second()
    )
}

/// A number of one or two digits and nothing else.
fn number(text: &str) -> Option<i8> {
    let plain = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_dates_are_read_in_their_one_form() {
        let moment = http_date("Wed, 18 Nov 2026 09:06:40 GMT");
        assert_eq!(moment, Some(1_794_992_800));
        assert_eq!(
            http_date("Thu, 29 Feb 2024 00:00:00 GMT"),
            Some(1_709_164_800)
        );
        for text in [
            "",
            "yesterday",
            "Wed, 18 Nov 2026 09:06:40",
            "Wed, 18 Nov 2026 09:06:40 PST",
            "Wed, 18 Nov 2026 24:06:40 GMT",
            "Wed, 18 Nov 2026 -1:06:40 GMT",
            "Thu, 29 Feb 2023 00:00:00 GMT",
            "Wed, 0 Nov 2026 09:06:40 GMT",
            "Wed, 18 Nov 99999 09:06:40 GMT",
        ] {
            assert_eq!(http_date(text), None, "{text}");
        }
    }

    #[test]
    fn spans_name_at_most_two_units() {
        assert_eq!(span(0), "0 seconds");
        assert_eq!(span(1), "1 second");
        assert_eq!(span(-61), "1 minute 1 second");
        assert_eq!(span(3_600), "1 hour");
        assert_eq!(span(45_900), "12 hours 45 minutes");
        assert_eq!(span(3_601), "1 hour");
        assert_eq!(span(86_400 * 400), "1 year 35 days");
        assert_eq!(span(i64::MIN), span(i64::MIN.saturating_add(1)));
    }

    #[test]
    fn moments_are_utc_and_bounded() {
        assert_eq!(
            utc(1_794_992_800).as_deref(),
            Some("2026-11-18 09:06:40 UTC")
        );
        assert_eq!((utc(i64::MAX), utc(i64::MIN)), (None, None));
        assert_eq!(rfc3339(0).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(weekday_and_clock(-1, 60).as_deref(), Some("Thu 00:59:59"));
        assert_eq!(relative(10, 10), "now");
        assert_eq!(relative(70, 10), "in 1 minute");
        assert_eq!(relative(10, 70), "1 minute ago");
    }
}
