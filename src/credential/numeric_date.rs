//! `exp`, `iat` and `nbf`: seconds since 1970 (RFC 7519 section 2), as they are really written.

use crate::json::{Member, ValueType};
use crate::time::rfc3339;
use crate::visible::quoted;

/// A time of a token, read from its digits without a floating point number in between.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs)]
pub struct NumericDate {
    /// Whole seconds since 1970 (UTC) as the standard reads the value, a fraction dropped.
    /// `None` when it is no number, or beyond what 64 bits hold.
    pub seconds: Option<i64>,
    /// The value as sent, quotes included when it is a string.
    pub raw: String,
    /// What is odd about it.
    pub oddities: Vec<Oddity>,
}

/// What can be odd about a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Oddity {
    /// It has a fraction. The standard allows that.
    Fraction,
    /// It makes sense in milliseconds only.
    Milliseconds,
    /// It makes sense in microseconds only.
    Microseconds,
    /// It is a string.
    Text,
    /// It is `null`, which counts as absent.
    Null,
    /// It lies outside the years 1 to 9999.
    OutOfCalendar,
    /// It is neither a number nor a string of one.
    WrongType,
}

impl NumericDate {
    pub(super) fn of(member: &Member) -> Self {
        let mut date = Self {
            seconds: None,
            raw: member.raw.clone(),
            oddities: Vec::new(),
        };
        match member.value_type() {
            Some(ValueType::Number) => date.read_number(&member.raw),
            Some(ValueType::String) => {
                date.oddities.push(Oddity::Text);
                date.read_number(member.string().unwrap_or_default().trim());
            }
            Some(ValueType::Null) => date.oddities.push(Oddity::Null),
            _ => date.oddities.push(Oddity::WrongType),
        }
        date
    }

    /// Whether it has this oddity.
    #[must_use]
    pub fn is(&self, oddity: Oddity) -> bool {
        self.oddities.contains(&oddity)
    }

    /// Seconds since 1970 as they were most likely meant: milliseconds and microseconds
    /// taken for what they are. The reading to judge a time by; a server reads
    /// [`seconds`](Self::seconds).
    #[must_use]
    pub fn meant(&self) -> Option<i64> {
        let unit = if self.is(Oddity::Milliseconds) {
            MILLI
        } else if self.is(Oddity::Microseconds) {
            MICRO
        } else {
            1
        };
        self.seconds.map(|value| value.div_euclid(unit))
    }

    /// What is odd, one sentence each. `claim` is the claim's name.
    #[must_use]
    pub fn sentences(&self, claim: &str) -> Vec<String> {
        self.oddities
            .iter()
            .filter_map(|oddity| self.sentence(*oddity, claim))
            .collect()
    }

    fn sentence(&self, oddity: Oddity, claim: &str) -> Option<String> {
        let raw = quoted(&self.raw);
        Some(match oddity {
            Oddity::Fraction => {
                format!("`{claim}` has a fraction, {raw}; here its whole seconds are read.")
            }
            Oddity::Milliseconds | Oddity::Microseconds => {
                let unit = if oddity == Oddity::Milliseconds {
                    "milliseconds"
                } else {
                    "microseconds"
                };
                format!(
                    "`{claim}` is {raw}, which looks like {unit} ({}); read as seconds, as servers do, it lies in the year {}.",
                    rfc3339(self.meant()?)?,
                    year(self.seconds?)
                )
            }
            Oddity::Text if self.seconds.is_some() => {
                format!(
                    "`{claim}` is the string {raw}; a number belongs there, and strict servers refuse it."
                )
            }
            Oddity::Text if self.is(Oddity::OutOfCalendar) => return None,
            Oddity::Text => {
                format!(
                    "`{claim}` is the string {raw}; a number of seconds since 1970 belongs there."
                )
            }
            Oddity::Null => format!("`{claim}` is null, which counts as absent."),
            Oddity::OutOfCalendar
                if self.is(Oddity::Milliseconds) || self.is(Oddity::Microseconds) =>
            {
                return None;
            }
            Oddity::OutOfCalendar => format!("`{claim}` is {raw}, out of the calendar’s range."),
            Oddity::WrongType => {
                let is = ValueType::of(&self.raw).map_or("something else", ValueType::words);
                format!("`{claim}` is {is}; a number of seconds since 1970 belongs there.")
            }
        })
    }

    fn read_number(&mut self, digits: &str) {
        match Decimal::of(digits) {
            None => {}
            Some(Decimal::Huge) => self.oddities.push(Oddity::OutOfCalendar),
            Some(Decimal::Read { floor, fraction }) => {
                if fraction {
                    self.oddities.push(Oddity::Fraction);
                }
                if is_of_this_century(floor.div_euclid(MILLI)) {
                    self.oddities.push(Oddity::Milliseconds);
                } else if is_of_this_century(floor.div_euclid(MICRO)) {
                    self.oddities.push(Oddity::Microseconds);
                }
                if !(FIRST_SECOND..=LAST_SECOND).contains(&floor) {
                    self.oddities.push(Oddity::OutOfCalendar);
                }
                self.seconds = Some(floor);
            }
        }
    }
}

const MILLI: i64 = 1_000;
const MICRO: i64 = 1_000_000;
/// 0001-01-01T00:00:00Z
const FIRST_SECOND: i64 = -62_135_596_800;
/// 9999-12-31T23:59:59Z
const LAST_SECOND: i64 = 253_402_300_799;

/// From 2000 to 2099: a value that lies there in another unit was meant in that unit.
fn is_of_this_century(seconds: i64) -> bool {
    (946_684_800..4_102_444_800).contains(&seconds)
}

/// The year of the Gregorian calendar, also beyond 9999 where `jiff` stops.
const fn year(seconds: i64) -> i64 {
    const DAY: i64 = 86_400;
    const ERA: i64 = 146_097;
    // Days since 0000-03-01: a leap day then ends its year, and 400 years make an era.
    let days = seconds.div_euclid(DAY).saturating_add(719_468);
    let day = days.rem_euclid(ERA);
    let year_of_era = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const FIRST_OF_JANUARY: i64 = 306;
    let next = if day_of_year >= FIRST_OF_JANUARY {
        1
    } else {
        0
    };
    days.div_euclid(ERA) * 400 + year_of_era + next
}

/// A JSON number taken apart by its digits.
enum Decimal {
    /// It fits.
    Read {
        /// The largest whole number not above it.
        floor: i64,
        /// It is not whole.
        fraction: bool,
    },
    /// Beyond 64 bits.
    Huge,
}

impl Decimal {
    /// `None` when the text is not written as JSON writes numbers.
    fn of(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent),
            None => (text, "0"),
        };
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = exponent.trim_start_matches(['-', '+']);
        if whole.is_empty()
            || unsigned.is_empty()
            || !all_digits(whole)
            || !all_digits(part)
            || !all_digits(unsigned)
        {
            return None;
        }
        let digits: Vec<u8> = whole.bytes().chain(part.bytes()).collect();
        if digits.iter().all(|digit| *digit == b'0') {
            return Some(Self::Read {
                floor: 0,
                fraction: false,
            });
        }
        // How many digits stand before the point once the exponent is applied.
        let shift = match exponent.parse::<i64>() {
            Ok(exponent) => exponent,
            Err(_) if exponent.starts_with('-') => i64::MIN,
            Err(_) => return Some(Self::Huge),
        };
        let point = i64::try_from(whole.len()).ok()?.saturating_add(shift);
        Some(Self::with_point(&digits, point, negative))
    }

    fn with_point(digits: &[u8], point: i64, negative: bool) -> Self {
        let before = usize::try_from(point).unwrap_or(0);
        let mut floor: i64 = 0;
        for at in 0..before {
            let digit = digits.get(at).map_or(0, |digit| digit.saturating_sub(b'0'));
            match floor
                .checked_mul(10)
                .and_then(|value| value.checked_add(i64::from(digit)))
            {
                Some(value) => floor = value,
                None => return Self::Huge,
            }
        }
        let fraction = digits
            .get(before..)
            .is_some_and(|rest| rest.iter().any(|digit| *digit != b'0'));
        if negative {
            floor = floor.saturating_neg().saturating_sub(i64::from(fraction));
        }
        Self::Read { floor, fraction }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Json;

    fn date(raw: &str) -> NumericDate {
        let json = Json::read(&format!("{{\"exp\":{raw}}}"));
        NumericDate::of(json.get("exp").expect(raw))
    }

    #[test]
    fn whole_seconds_are_read_without_remark() {
        for (raw, seconds) in [
            ("1795180558", 1_795_180_558),
            ("0", 0),
            ("-0", 0),
            ("-1", -1),
            ("1.795180558e9", 1_795_180_558),
            ("1e10", 10_000_000_000),
            ("17951805580E-1", 1_795_180_558),
            ("1795180558.0", 1_795_180_558),
        ] {
            let date = date(raw);
            assert_eq!(date.seconds, Some(seconds), "{raw}");
            assert_eq!(date.meant(), Some(seconds), "{raw}");
            assert_eq!(date.oddities, [], "{raw}");
            assert_eq!(date.raw, raw);
        }
    }

    #[test]
    fn fractions_are_dropped_and_told() {
        for (raw, seconds) in [
            ("1795180558.25", 1_795_180_558),
            ("-1.5", -2),
            ("5e-1", 0),
            ("1e-99999999999999999999", 0),
        ] {
            let date = date(raw);
            assert_eq!(date.seconds, Some(seconds), "{raw}");
            assert_eq!(date.oddities, [Oddity::Fraction], "{raw}");
        }
        assert_eq!(
            date("1598358554.3746235").sentences("exp"),
            ["`exp` has a fraction, `1598358554.3746235`; here its whole seconds are read."]
        );
    }

    #[test]
    fn milliseconds_are_given_in_both_readings() {
        let date = date("1795180558000");
        assert_eq!(date.seconds, Some(1_795_180_558_000));
        assert_eq!(date.meant(), Some(1_795_180_558));
        assert_eq!(
            date.sentences("exp"),
            [
                "`exp` is `1795180558000`, which looks like milliseconds (2026-11-20T13:15:58Z); read as seconds, as servers do, it lies in the year 58857."
            ]
        );
        assert!(super::tests::date("1795180558000000").is(Oddity::Microseconds));
    }

    #[test]
    fn years() {
        for (seconds, year) in [
            (0, 1970),
            (-1, 1969),
            (951_782_400, 2000),
            (1_795_180_558, 2026),
            (FIRST_SECOND, 1),
            (LAST_SECOND, 9999),
            (LAST_SECOND + 1, 10_000),
            (1_795_180_558_000, 58_857),
        ] {
            assert_eq!(super::year(seconds), year, "{seconds}");
        }
    }

    #[test]
    fn what_no_calendar_holds() {
        for raw in [
            "253402300800",
            "9007199254740993",
            "1e308",
            "99999999999999999999",
            "1e99999999999999999999",
            "-1e300",
        ] {
            let date = date(raw);
            assert!(date.is(Oddity::OutOfCalendar), "{raw}");
            assert!(!date.is(Oddity::Milliseconds), "{raw}");
            assert_eq!(
                date.sentences("exp"),
                [format!("`exp` is `{raw}`, out of the calendar’s range.")]
            );
        }
        assert_eq!(date("1e308").seconds, None);
    }

    #[test]
    fn other_types() {
        let text = date("\"1795180558\"");
        assert_eq!(text.seconds, Some(1_795_180_558));
        assert_eq!(text.oddities, [Oddity::Text]);
        assert_eq!(
            text.sentences("exp"),
            [
                "`exp` is the string `\"1795180558\"`; a number belongs there, and strict servers refuse it."
            ]
        );
        for raw in ["\"2026-01-15T12:10:00Z\"", "\"\"", "\"0x10\""] {
            assert_eq!(date(raw).seconds, None, "{raw}");
            assert_eq!(date(raw).oddities, [Oddity::Text], "{raw}");
        }
        assert_eq!(date("null").oddities, [Oddity::Null]);
        assert_eq!(
            date("null").sentences("exp"),
            ["`exp` is null, which counts as absent."]
        );
        for raw in ["true", "[1795180558]", "{}"] {
            assert_eq!(date(raw).oddities, [Oddity::WrongType], "{raw}");
            assert_eq!(date(raw).seconds, None, "{raw}");
        }
        assert_eq!(
            date("[1]").sentences("nbf"),
            ["`nbf` is an array; a number of seconds since 1970 belongs there."]
        );
    }

    #[test]
    fn long_numbers_take_no_time() {
        let date = date(&format!("1{}", "0".repeat(1_000_000)));
        assert!(date.is(Oddity::OutOfCalendar));
    }
}
