//! Times in words. Every time here is in seconds since 1970 (UTC).
//!
//! The Gregorian calendar is sixty lines; the crates that have it bring time zones, parsers and
//! their messages, a tenth of the page's bytes.

const DAY: i64 = 86_400;

/// Years whose dates are told: later ones no format here can write, earlier ones nobody means.
const YEARS: core::ops::RangeInclusive<i64> = 1..=9999;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/// A moment as `2026-11-18 09:06:40 UTC`; `None` outside the calendar (years 1 to 9999).
#[must_use]
pub fn utc(seconds: i64) -> Option<String> {
    Some(format!("{} {} UTC", date(seconds)?, clock(seconds)))
}

/// A moment as RFC 3339 writes it, `2026-11-18T09:06:40Z`; `None` outside the calendar.
#[must_use]
pub fn rfc3339(seconds: i64) -> Option<String> {
    Some(format!("{}T{}Z", date(seconds)?, clock(seconds)))
}

/// A moment's weekday and time of day, `Wed 09:06:40`; `None` outside the calendar.
#[must_use]
pub fn weekday_and_clock(seconds: i64) -> Option<String> {
    date(seconds)?;
    // 1970 began on a Thursday.
    let weekday = usize::try_from(seconds.div_euclid(DAY).rem_euclid(7)).ok()?;
    Some(format!("{} {}", WEEKDAYS.get(weekday)?, clock(seconds)))
}

/// The year of a moment, also beyond the calendar.
#[must_use]
pub const fn year(seconds: i64) -> i64 {
    civil(seconds.div_euclid(DAY)).0
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
    let year = number(words.next()?)?;
    let mut clock = words.next()?.split(':').map(number);
    let [hour, minute, second] = [clock.next()??, clock.next()??, clock.next()??];
    let utc = matches!(words.next()?, "GMT" | "UTC" | "+0000");
    let days = days(year, i64::try_from(month).ok()?.saturating_add(1), day);
    // A day that the month does not have comes back as one of the next.
    let exists = YEARS.contains(&year) && civil(days).2 == day;
    let fits = exists && utc && hour < 24 && minute < 60 && second <= 60;
    let of_day = hour
        .saturating_mul(3_600)
        .saturating_add(minute.saturating_mul(60));
    fits.then(|| {
        days.saturating_mul(DAY)
            .saturating_add(of_day)
            .saturating_add(second)
    })
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

fn date(seconds: i64) -> Option<String> {
    let (year, month, day) = civil(seconds.div_euclid(DAY));
    YEARS
        .contains(&year)
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn clock(seconds: i64) -> String {
    let second = seconds.rem_euclid(DAY);
    format!(
        "{:02}:{:02}:{:02}",
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}

/// A number of up to four digits and nothing else.
fn number(text: &str) -> Option<i64> {
    let plain = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// Days in 400 years, after which the calendar repeats.
const ERA: i64 = 146_097;

/// Days from 0000-03-01 to 1970-01-01. Years that begin in March end with their leap day.
const TO_1970: i64 = 719_468;

/// Year, month and day of a day counted from 1970-01-01.
const fn civil(days: i64) -> (i64, i64, i64) {
    let days = days.saturating_add(TO_1970);
    let day = days.rem_euclid(ERA);
    let year_of_era = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let year = days.div_euclid(ERA) * 400 + year_of_era;
    if month_from_march < 10 {
        (year, month_from_march + 3, day_of_month)
    } else {
        (year + 1, month_from_march - 9, day_of_month)
    }
}

/// The inverse of [`civil`], for years of up to four digits.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month_from_march) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    year.div_euclid(400) * ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100
        + day_of_year
        - TO_1970
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against a calendar that only counts: every day of the years 1 to 9999.
    #[test]
    fn every_day_has_its_date_and_every_date_its_day() {
        let mut day_number = days(1, 1, 1);
        assert_eq!(day_number, -719_162);
        for year in YEARS {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let february = if leap { 29 } else { 28 };
            let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
            for (month, length) in (1..).zip(lengths) {
                for day in 1..=length {
                    assert_eq!(civil(day_number), (year, month, day));
                    assert_eq!(days(year, month, day), day_number);
                    day_number += 1;
                }
            }
        }
    }

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
        assert_eq!(
            utc(253_402_300_799).as_deref(),
            Some("9999-12-31 23:59:59 UTC")
        );
        assert_eq!(utc(253_402_300_800), None);
        assert_eq!((utc(i64::MAX), utc(i64::MIN)), (None, None));
        assert_eq!(rfc3339(0).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(weekday_and_clock(-1).as_deref(), Some("Wed 23:59:59"));
        assert_eq!(relative(10, 10), "now");
        assert_eq!(relative(70, 10), "in 1 minute");
        assert_eq!(relative(10, 70), "1 minute ago");
    }
}
