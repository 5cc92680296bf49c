//! Times in words. Every time here is in seconds since 1970 (UTC).

/// A moment as `2026-11-18 09:06:40 UTC`; `None` outside the calendar (years −9999 to 9999).
#[must_use]
pub fn utc(seconds: i64) -> Option<String> {
    jiff::Timestamp::from_second(seconds)
        .ok()
        .map(|moment| moment.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
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

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(utc(i64::MAX), None);
        assert_eq!(relative(10, 10), "now");
        assert_eq!(relative(70, 10), "in 1 minute");
        assert_eq!(relative(10, 70), "1 minute ago");
    }
}
