//! The condition of a grant, in the forms that the console and people write.
//!
//! Everything else is not understood, and then nothing is concluded: three-valued logic.

/// A condition as it stands in a policy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Condition {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    /// The expression; a table shows the title alone.
    pub(crate) expression: Option<String>,
}

/// The request that a condition is asked about.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Asked<'a> {
    /// The moment, in seconds since 1970.
    pub(crate) now: Option<i64>,
    /// `projects/p/locations/l/services/s`; its project as id or number, whatever is known.
    pub(crate) resource: Option<&'a str>,
    /// `run.googleapis.com/Service`
    pub(crate) kind: Option<&'a str>,
}

impl Condition {
    /// Whether it holds; `None` when that cannot be told from what is known.
    pub(crate) fn holds(&self, asked: Asked<'_>) -> Option<bool> {
        let mut parser = Parser {
            tokens: tokens(self.expression.as_deref()?)?,
            at: 0,
            asked,
        };
        let result = parser.either(0);
        (parser.at == parser.tokens.len()).then_some(result?)?
    }

    /// The moment after which it never holds again, in seconds since 1970, when it is nothing but
    /// `request.time < timestamp("…")`.
    pub(crate) fn until(&self) -> Option<i64> {
        let expression = self.expression.as_deref()?;
        let rest = expression.trim().strip_prefix("request.time")?.trim_start();
        let rest = rest.strip_prefix("<=").or_else(|| rest.strip_prefix('<'))?;
        let inner = rest.trim().strip_prefix("timestamp(")?.strip_suffix(')')?;
        moment(inner.trim().trim_matches(['"', '\'']))
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// `request.time`, `timestamp`
    Name(String),
    Text(String),
    Mark(&'static str),
}

const MARKS: &[&str] = &[
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "(", ")", ",", "[", "]",
];

fn tokens(text: &str) -> Option<Vec<Token>> {
    const MOST: usize = 2_000;
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if tokens.len() >= MOST {
            return None;
        }
        if first == '"' || first == '\'' {
            let inner = rest.get(1..)?;
            let end = inner.find(first)?;
            tokens.push(Token::Text(inner.get(..end)?.to_owned()));
            rest = inner.get(end.saturating_add(1)..)?;
        } else if let Some(mark) = MARKS.iter().find(|mark| rest.starts_with(**mark)) {
            tokens.push(Token::Mark(mark));
            rest = rest.get(mark.len()..)?;
        } else {
            let end = rest
                .find(|char: char| {
                    !(char.is_ascii_alphanumeric() || matches!(char, '_' | '.' | '-'))
                })
                .unwrap_or(rest.len());
            if end == 0 {
                return None;
            }
            tokens.push(Token::Name(rest.get(..end)?.to_owned()));
            rest = rest.get(end..)?;
        }
        rest = rest.trim_start();
    }
    Some(tokens)
}

struct Parser<'a> {
    tokens: Vec<Token>,
    at: usize,
    asked: Asked<'a>,
}

/// `None`: no expression known here; `Some(None)`: it cannot be told whether it holds.
type Parsed = Option<Option<bool>>;

impl Parser<'_> {
    fn mark(&mut self, mark: &'static str) -> bool {
        let is_next = self.tokens.get(self.at) == Some(&Token::Mark(mark));
        self.at = self.at.saturating_add(usize::from(is_next));
        is_next
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at)?.clone();
        self.at = self.at.saturating_add(1);
        Some(token)
    }

    fn either(&mut self, depth: usize) -> Parsed {
        let mut result = self.both(depth)?;
        while self.mark("||") {
            let other = self.both(depth)?;
            result = match (result, other) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            };
        }
        Some(result)
    }

    fn both(&mut self, depth: usize) -> Parsed {
        let mut result = self.one(depth)?;
        while self.mark("&&") {
            let other = self.one(depth)?;
            result = match (result, other) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            };
        }
        Some(result)
    }

    fn one(&mut self, depth: usize) -> Parsed {
        if depth > 50 {
            return None;
        }
        if self.mark("!") {
            return Some(self.one(depth.saturating_add(1))?.map(|holds| !holds));
        }
        if self.mark("(") {
            let inner = self.either(depth.saturating_add(1))?;
            return self.mark(")").then_some(inner);
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.take()?;
        let Token::Name(name) = left else {
            return self.unknown(Some(left));
        };
        match name.as_str() {
            "true" => return Some(Some(true)),
            "false" => return Some(Some(false)),
            _ => {}
        }
        if let Some((subject, function)) = name.rsplit_once('.')
            && matches!(function, "startsWith" | "endsWith")
            && matches!(subject, "resource.name" | "resource.type")
            && self.mark("(")
        {
            let Some(Token::Text(text)) = self.take() else {
                return None;
            };
            if !self.mark(")") {
                return None;
            }
            let value = self.value(subject);
            return Some(match (value, function) {
                (Some(value), "startsWith") => same(value, &text, Fit::Start),
                (Some(value), _) => same(value, &text, Fit::End),
                (None, _) => None,
            });
        }
        let operator = match self.tokens.get(self.at) {
            Some(Token::Mark(mark)) => *mark,
            _ => return self.unknown(None),
        };
        match name.as_str() {
            "request.time" => {
                self.at = self.at.saturating_add(1);
                let then = self.timestamp()?;
                Some(self.asked.now.and_then(|now| compare(now, operator, then)))
            }
            "timestamp" => {
                self.at = self.at.saturating_sub(1);
                let then = self.timestamp()?;
                let Some(Token::Mark(operator)) = self.take() else {
                    return None;
                };
                if self.take() != Some(Token::Name("request.time".to_owned())) {
                    return None;
                }
                Some(self.asked.now.and_then(|now| compare(then, operator, now)))
            }
            "resource.name" | "resource.type" | "resource.service"
                if matches!(operator, "==" | "!=") =>
            {
                self.at = self.at.saturating_add(1);
                let Some(Token::Text(text)) = self.take() else {
                    return None;
                };
                let value = match name.as_str() {
                    "resource.service" => self
                        .asked
                        .kind
                        .and_then(|kind| kind.split_once('/'))
                        .map(|(service, _)| service),
                    other => self.value(other),
                };
                let equal = value.and_then(|value| same(value, &text, Fit::Whole));
                Some(equal.map(|equal| equal == (operator == "==")))
            }
            _ => self.unknown(None),
        }
    }

    fn value(&self, subject: &str) -> Option<&str> {
        match subject {
            "resource.name" => self.asked.resource,
            "resource.type" => self.asked.kind,
            _ => None,
        }
    }

    fn timestamp(&mut self) -> Option<i64> {
        if self.take() != Some(Token::Name("timestamp".to_owned())) || !self.mark("(") {
            return None;
        }
        let Some(Token::Text(text)) = self.take() else {
            return None;
        };
        let then = moment(&text)?;
        self.mark(")").then_some(then)
    }

    /// A comparison that is not known here: it is skipped to the next `&&`, `||` or `)`, and
    /// whether it holds cannot be told.
    fn unknown(&mut self, _first: Option<Token>) -> Parsed {
        let mut depth = 0_usize;
        while let Some(token) = self.tokens.get(self.at) {
            match token {
                Token::Mark("(" | "[") => depth = depth.saturating_add(1),
                Token::Mark(")" | "]") if depth == 0 => break,
                Token::Mark(")" | "]") => depth = depth.saturating_sub(1),
                Token::Mark("&&" | "||") if depth == 0 => break,
                _ => {}
            }
            self.at = self.at.saturating_add(1);
        }
        Some(None)
    }
}

fn compare(left: i64, operator: &str, right: i64) -> Option<bool> {
    Some(match operator {
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        ">=" => left >= right,
        "==" => left == right,
        "!=" => left != right,
        _ => return None,
    })
}

/// A moment as RFC 3339 writes it, `2026-10-01T00:00:00.000Z` or with `+02:00`, in seconds since
/// 1970. Its own reader, because that of `jiff` would be a tenth of the page.
pub(super) fn moment(text: &str) -> Option<i64> {
    let text = text.trim();
    let (date, rest) = text.split_once(['T', 't', ' '])?;
    let mut date = date.splitn(3, '-').map(str::parse::<i16>);
    let (year, month, day) = (date.next()?.ok()?, date.next()?.ok()?, date.next()?.ok()?);
    let clock = rest.get(..8)?;
    let mut clock = clock.splitn(3, ':').map(str::parse::<i8>);
    let (hour, minute, second) = (
        clock.next()?.ok()?,
        clock.next()?.ok()?,
        clock.next()?.ok()?,
    );
    let zone = rest
        .get(8..)?
        .trim_start_matches(|char: char| char == '.' || char.is_ascii_digit());
    let east = match zone.as_bytes().first() {
        Some(b'Z' | b'z') if zone.len() == 1 => 0,
        Some(sign @ (b'+' | b'-')) => {
            let (hours, minutes) = zone.get(1..)?.split_once(':')?;
            let minutes = hours
                .parse::<i64>()
                .ok()?
                .checked_mul(60)?
                .checked_add(minutes.parse::<i64>().ok()?)?;
            if *sign == b'+' {
                minutes
            } else {
                minutes.checked_neg()?
            }
        }
        _ => return None,
    };
    crate::time::moment([year, month, day], [hour, minute, second])?
        .checked_sub(east.checked_mul(60)?)
}

#[derive(Clone, Copy, PartialEq)]
enum Fit {
    Whole,
    Start,
    End,
}

/// Compares part by part. A project may be named by id or by number, and which of the two a
/// condition sees is not settled: where only that differs, nothing is concluded.
fn same(value: &str, text: &str, fit: Fit) -> Option<bool> {
    if fit == Fit::End {
        return Some(value.ends_with(text));
    }
    let mut unsure = false;
    let mut values = value.split('/');
    let parts: Vec<&str> = text.split('/').collect();
    let mut before = "";
    for (at, part) in parts.iter().enumerate() {
        let is_last = at.saturating_add(1) == parts.len();
        let Some(value) = values.next() else {
            return Some(fit == Fit::Start && is_last && part.is_empty() && !unsure);
        };
        let fits = if is_last && fit == Fit::Start {
            value.starts_with(part)
        } else {
            value == *part
        };
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !fits {
            if before == "projects" && is_number(value) != is_number(part) {
                unsure = true;
            } else {
                return Some(false);
            }
        }
        before = value;
    }
    if fit == Fit::Whole && values.next().is_some() {
        return Some(false);
    }
    (!unsure).then_some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(expression: &str) -> Option<bool> {
        Condition {
            expression: Some(expression.to_owned()),
            ..Condition::default()
        }
        .holds(Asked {
            now: Some(1_795_000_000),
            resource: Some("projects/p/locations/us-central1/services/orders"),
            kind: Some("run.googleapis.com/Service"),
        })
    }

    #[test]
    fn usual_conditions_are_decided_and_others_are_not() {
        for (expression, expected) in [
            (
                "request.time < timestamp(\"2026-10-01T00:00:00.000Z\")",
                Some(false),
            ),
            (
                "request.time < timestamp('2027-10-01T00:00:00Z')",
                Some(true),
            ),
            (
                "timestamp('2027-10-01T00:00:00Z') > request.time",
                Some(true),
            ),
            (
                "resource.name == \"projects/p/locations/us-central1/services/orders\"",
                Some(true),
            ),
            (
                "resource.name == \"projects/42/locations/us-central1/services/orders\"",
                None,
            ),
            (
                "resource.name == \"projects/42/locations/us-central1/services/billing\"",
                Some(false),
            ),
            (
                "resource.name != \"projects/p/locations/us-central1/services/billing\"",
                Some(true),
            ),
            (
                "resource.name.startsWith(\"projects/p/locations/us-central1/services/ord\")",
                Some(true),
            ),
            (
                "resource.name.startsWith(\"projects/p/locations/europe\")",
                Some(false),
            ),
            ("resource.name.endsWith(\"/services/orders\")", Some(true)),
            (
                "resource.type == \"run.googleapis.com/Service\" && resource.service == \"run.googleapis.com\"",
                Some(true),
            ),
            ("request.time.getHours(\"Europe/Berlin\") > 9", None),
            (
                "request.time.getHours(\"Europe/Berlin\") > 9 && request.time < timestamp(\"2026-01-01T00:00:00Z\")",
                Some(false),
            ),
            (
                "!(resource.type == \"x\") || request.path.startsWith('/')",
                Some(true),
            ),
            (
                "\"accessPolicies/1/accessLevels/corp\" in request.auth.access_levels && request.path.startsWith(\"/\")",
                None,
            ),
            ("request.time < timestamp(\"2026", None),
            ("", None),
            ("&& ||", None),
        ] {
            assert_eq!(holds(expression), expected, "{expression}");
        }
    }

    #[test]
    fn nothing_is_known_without_a_moment() {
        let condition = Condition {
            expression: Some("request.time < timestamp(\"2026-10-01T00:00:00Z\")".to_owned()),
            ..Condition::default()
        };
        assert_eq!(condition.holds(Asked::default()), None);
        assert_eq!(condition.until(), Some(1_790_812_800));
        assert_eq!(moment("2026-10-01T02:00:00+02:00"), Some(1_790_812_800));
        for text in [
            "",
            "2026-10-01",
            "2026-10-01T00:00:0",
            "2026-13-01T00:00:00Z",
            "2026-10-01T00:00:00",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
