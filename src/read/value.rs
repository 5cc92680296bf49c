//! What stands where a credential should be and looks like none: `undefined`, `$TOKEN`,
//! `$(gcloud …)`, an opaque value, nothing at all.

use super::context::{Context, Quotes, Tie};
use super::scan::{self, Found};
use super::shape::{self, Shape, is_base64url};
use super::token::Taken;
use super::{Blemish, Pasted, Place, names};

/// What follows a name or a scheme.
pub(super) enum After {
    /// The word is no name of a credential.
    Nothing,
    /// A token that [`Shape`] knows, at this offset.
    Token(usize),
    /// A value that is none.
    Value(Box<Found>),
}

/// The longest value taken for a credential although it looks like none, in bytes.
const LONGEST: usize = 16_384;

/// Looks at what follows `word`, which stands at `at`.
pub(super) fn after(text: &str, at: usize, word: &str) -> After {
    let found = if names::is_credential_header(word) {
        header(text, at, word)
    } else if word.eq_ignore_ascii_case("bearer") || word.eq_ignore_ascii_case("basic") {
        bare_scheme(text, at)
    } else if names::holds_credential(word) {
        member(text, at, word)
    } else {
        None
    };
    found.unwrap_or(After::Nothing)
}

/// A header: `Authorization: Bearer undefined`.
fn header(text: &str, at: usize, name: &str) -> Option<After> {
    let mut ahead = Ahead {
        text,
        at: at.saturating_add(name.len()),
    };
    let before = text.get(..at).unwrap_or_default();
    let opened = before
        .chars()
        .next_back()
        .filter(|char| matches!(char, '"' | '\'' | '`' | '['));
    let closed = ahead.quote();
    ahead.blanks();
    let tie = ahead.separator(closed.is_some())?;
    // HTTPie: `Authorization:"Bearer …"`.
    let touches = ahead.rest().starts_with(['"', '\'']);
    ahead.blanks();
    // `-H "Name: value"` is closed by the quote before the name, `"Name": "value"` by its own.
    let outer = match (opened, closed) {
        (Some('['), None) => Some(']'),
        (Some(quote), None) => Some(quote),
        _ => ahead.quote(),
    };
    let (scheme, scheme_count) = ahead.schemes();
    let inner = Quotes {
        ascii: scheme.is_some() && ahead.inner_quotes(outer),
        smart: ahead.smart_quotes(),
    };
    let start = ahead.at;
    if Shape::of(ahead.rest()).is_some() {
        return Some(After::Token(start));
    }
    let in_code =
        outer.is_some() && opened.is_none() && before.trim_end().ends_with(['{', ',', '(']);
    let is_sent = closed.is_some()
        || tie == Tie::Equals
        || in_code
        || touches
        || matches!(opened, Some('['))
        || scan::begins_line(text, at)
        || is_option(before);
    if !is_sent {
        return Some(After::Token(start));
    }
    let (value, end) = ahead.value(outer);
    let value = if value.is_empty() && outer.is_some() {
        ahead.concatenated(outer, end).unwrap_or_default()
    } else {
        value
    };
    let end = end.max(start.saturating_add(value.len()));
    let mut taken = Taken {
        text: tidy(value).to_owned(),
        end,
        ..Taken::default()
    };
    if inner.ascii || inner.smart {
        taken.blemish(
            if inner.smart {
                Blemish::SmartQuotes
            } else {
                Blemish::Quotes
            },
            "Quotes around the value were removed.",
        );
    }
    let context = Context {
        name: Some((name, tie)),
        scheme,
        scheme_count,
        ..Context::default()
    };
    let place = Place::Header(name.to_owned());
    scan::scheme_notes(&mut taken, &place, &context);
    Some(found(taken, place, &context, at, start))
}

/// `Bearer undefined` with no name before it: only when it is a line of its own.
fn bare_scheme(text: &str, at: usize) -> Option<After> {
    let mut ahead = Ahead { text, at };
    let (scheme, scheme_count) = ahead.schemes();
    let quoted = ahead.inner_quotes(None);
    let start = ahead.at;
    if Shape::of(ahead.rest()).is_some() {
        return Some(After::Token(start));
    }
    let value = ahead.rest();
    let length = value
        .bytes()
        .take(LONGEST)
        .take_while(|byte| {
            !byte.is_ascii_whitespace() && !matches!(byte, b'"' | b'\'' | b',' | b';')
        })
        .count();
    let value = value.get(..length).unwrap_or_default();
    let after = ahead.rest().get(length..).unwrap_or_default();
    let ends_line = after
        .trim_start_matches(['"', '\'', ' ', '\t'])
        .starts_with(['\n', '\r'])
        || after.len() < 64
            && after
                .trim_end_matches(['"', '\'', ' ', '\t', '\n', '\r', ',', ';'])
                .is_empty();
    let alone = text.get(..at).is_some_and(|before| {
        before.len() < 64 && before.trim_matches(['"', '\'', ' ', '\t', '\n']).is_empty()
    });
    let opaque = value.len() >= 20
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && value.bytes().all(shape::is_token);
    if scheme.is_none() || !(alone && ends_line || opaque) {
        return Some(After::Token(start));
    }
    let mut taken = Taken {
        text: value.to_owned(),
        end: start.saturating_add(value.len()),
        ..Taken::default()
    };
    let mut context = super::context::before(text, at);
    context.scheme = scheme;
    context.scheme_count = scheme_count;
    let place = match context.name {
        Some((name, _)) => Place::Header(name.to_owned()),
        None => Place::Text,
    };
    if quoted {
        taken.blemish(Blemish::Quotes, "Quotes around the value were removed.");
    }
    scan::scheme_notes(&mut taken, &place, &context);
    let from = context.from;
    Some(found(taken, place, &context, from, start))
}

/// A member of a JSON answer, a variable or a parameter of a URL.
fn member(text: &str, at: usize, name: &str) -> Option<After> {
    let mut ahead = Ahead {
        text,
        at: at.saturating_add(name.len()),
    };
    let closed = ahead.quote();
    ahead.blanks();
    let mut tie = ahead.separator(closed.is_some())?;
    let before = text.get(..at).unwrap_or_default();
    if tie == Tie::Equals && before.ends_with(['?', '&', '#']) {
        tie = Tie::Parameter;
    } else {
        ahead.blanks();
    }
    let quote = ahead.quote();
    let start = ahead.at;
    let rest = ahead.rest();
    if Shape::of(rest).is_some() || starts_with_scheme(rest) {
        return Some(After::Token(start));
    }
    let (value, end, place): (_, _, fn(String) -> Place) = match tie {
        Tie::Parameter => {
            let (value, end) =
                ahead.until(|byte| matches!(byte, b'&' | b'#' | b'"' | b'\'' | b'<' | b'>'));
            (value, end, Place::UrlParameter)
        }
        Tie::Quoted => {
            let (value, end) = match quote {
                Some(_) => ahead.value(quote),
                None => ahead.until(|byte| matches!(byte, b',' | b'}' | b']' | b')' | b';')),
            };
            (value, end, Place::Json)
        }
        Tie::Equals if is_assignment(before) => {
            let (value, end) = ahead.value(quote);
            (value, end, Place::Env)
        }
        Tie::Colon if scan::begins_line(text, at) => {
            let (value, end) = ahead.value(quote);
            (value, end, Place::Env)
        }
        _ => return None,
    };
    let value = tidy(value);
    let is_credential = match tie {
        Tie::Parameter => !value.is_empty(),
        Tie::Quoted => is_nothing(value) || quote.is_some() && !value.contains(char::is_whitespace),
        Tie::Equals => !value.contains(char::is_whitespace) || value.starts_with(['$', '`']),
        _ => !value.is_empty() && (is_nothing(value) || value.starts_with('$') || is_opaque(value)),
    };
    if !is_credential {
        return None;
    }
    let place = place(name.to_owned());
    let taken = Taken {
        text: value.to_owned(),
        end,
        ..Taken::default()
    };
    let context = Context {
        name: Some((name, tie)),
        ..Context::default()
    };
    Some(found(taken, place, &context, at, start))
}

fn found(taken: Taken, place: Place, context: &Context<'_>, from: usize, start: usize) -> After {
    After::Value(Box::new(Found {
        at: start,
        end: taken.end,
        from,
        pasted: Pasted {
            text: taken.text,
            place,
            scheme: context.scheme.map(str::to_owned),
            scheme_count: context.scheme_count,
            blemishes: taken.blemishes,
            notes: taken.notes,
        },
    }))
}

/// A value that says that there is none.
pub(super) fn is_nothing(value: &str) -> bool {
    [
        "",
        "null",
        "undefined",
        "None",
        "nil",
        "NaN",
        "[object Object]",
    ]
    .contains(&value)
}

fn is_opaque(value: &str) -> bool {
    value.len() >= 20
        && value.bytes().all(shape::is_token)
        && value.bytes().any(|byte| byte.is_ascii_digit())
}

fn starts_with_scheme(text: &str) -> bool {
    let word = text
        .get(..shape::run(text.as_bytes(), is_base64url))
        .unwrap_or_default();
    names::is_scheme(word)
        && text
            .get(word.len()..)
            .is_some_and(|rest| rest.starts_with([' ', '%']))
}

/// Whether an option that takes a header ends here: `-H `, `--header=`.
fn is_option(before: &str) -> bool {
    let before = before.trim_end_matches(['"', '\'', '`', ' ', '=', '$']);
    before.ends_with("-H") || before.ends_with("header")
}

/// Whether an assignment may begin here.
fn is_assignment(before: &str) -> bool {
    scan::begins_line(before, before.len())
        || [
            "export ", "set ", "let ", "const ", "var ", "$env:", "env ", "; ", "&& ", "$",
        ]
        .iter()
        .any(|start| before.ends_with(start))
}

/// A value without the punctuation that code leaves after it.
fn tidy(value: &str) -> &str {
    value.trim().trim_end_matches([',', ';']).trim_end()
}

struct Ahead<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Ahead<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self, length: usize) {
        self.at = self.at.saturating_add(length);
    }

    fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            if rest.starts_with([' ', '\t']) {
                self.skip(1);
            } else if rest.starts_with("%20") {
                self.skip(3);
            } else {
                return;
            }
        }
    }

    /// An ASCII quote, escaped or not.
    fn quote(&mut self) -> Option<char> {
        let rest = self.rest();
        let plain = rest.strip_prefix('\\').unwrap_or(rest);
        let quote = plain
            .chars()
            .next()
            .filter(|char| matches!(char, '"' | '\'' | '`'))?;
        self.skip(rest.len().saturating_sub(plain.len()).saturating_add(1));
        Some(quote)
    }

    fn separator(&mut self, quoted: bool) -> Option<Tie> {
        if quoted && self.rest().starts_with(']') {
            self.skip(1);
            self.blanks();
        }
        let rest = self.rest();
        let (length, tie) = if rest.starts_with("=>") || rest.starts_with(":=") {
            (2, if quoted { Tie::Quoted } else { Tie::Equals })
        } else if rest.starts_with(':') {
            (1, if quoted { Tie::Quoted } else { Tie::Colon })
        } else if rest.starts_with("==") {
            return None;
        } else if rest.starts_with('=') {
            (1, Tie::Equals)
        } else if quoted && rest.starts_with(',') {
            (1, Tie::Quoted)
        } else {
            return None;
        };
        self.skip(length);
        Some(tie)
    }

    /// The schemes that stand here: the last one as written, and how many.
    fn schemes(&mut self) -> (Option<&'t str>, usize) {
        let mut scheme = None;
        let mut count: usize = 0;
        loop {
            let rest = self.rest();
            let word = rest
                .get(..shape::run(rest.as_bytes(), is_base64url))
                .unwrap_or_default();
            let after = rest.get(word.len()..).unwrap_or_default();
            let colon = after.starts_with(": ") && word.eq_ignore_ascii_case("bearer");
            let ends = after.is_empty()
                || colon
                || after.starts_with([' ', '\t', '\n', '\r', '"', '\'', '`', ']', '%']);
            if !names::is_scheme(word) || !ends {
                return (scheme, count);
            }
            scheme = Some(word);
            count = count.saturating_add(1);
            self.skip(word.len().saturating_add(usize::from(colon)));
            self.blanks();
        }
    }

    /// Moves past quotes that open the value itself, inside the `outer` ones.
    fn inner_quotes(&mut self, outer: Option<char>) -> bool {
        let kept = self.at;
        if self.rest().starts_with("b'") || self.rest().starts_with("b\"") {
            self.skip(1);
        }
        match self.quote() {
            Some(quote) if Some(quote) != outer && !self.rest().starts_with(quote) => true,
            _ => {
                self.at = kept;
                false
            }
        }
    }

    fn smart_quotes(&mut self) -> bool {
        let rest = self.rest();
        let bare = rest.trim_start_matches(['“', '”', '‘', '’', '«', '„']);
        self.skip(rest.len().saturating_sub(bare.len()));
        bare.len() < rest.len()
    }

    /// The value from here to the closing quote, or the end of the line; and the offset after it.
    fn value(&self, outer: Option<char>) -> (&'t str, usize) {
        let rest = self.rest();
        let window = start_of(rest, LONGEST);
        let length = expression(window).unwrap_or_else(|| {
            window
                .find(|char| matches!(char, '\n' | '\r') || Some(char) == outer)
                .unwrap_or(window.len())
        });
        let value = window.get(..length).unwrap_or_default();
        let value = match value.find("\\r\\n") {
            Some(end) => value.get(..end).unwrap_or_default(),
            None => value,
        };
        let value = match outer {
            Some(_) => value.trim_end_matches('\\'),
            None => value.trim_end_matches(['"', '\'', '”', '’']),
        };
        (value, self.at.saturating_add(value.len()))
    }

    /// What stands before white space or a byte that satisfies `ends`; and the offset after it.
    fn until(&self, ends: fn(u8) -> bool) -> (&'t str, usize) {
        let rest = start_of(self.rest(), LONGEST);
        let length = rest
            .bytes()
            .position(|byte| byte.is_ascii_whitespace() || ends(byte))
            .unwrap_or(rest.len());
        (
            rest.get(..length).unwrap_or_default(),
            self.at.saturating_add(length),
        )
    }

    /// Code that puts the credential after the string: `"Bearer " + token`.
    fn concatenated(&self, outer: Option<char>, end: usize) -> Option<&'t str> {
        const LONGEST: usize = 200;
        let after = self.text.get(end..)?.strip_prefix(outer?)?;
        let expression = start_of(after, LONGEST).trim_start_matches([' ', '\t']);
        if !expression.starts_with(['+', '.', '%', '&']) {
            return None;
        }
        let length = expression
            .find(['\n', '\r', ',', '}', ';'])
            .unwrap_or(expression.len());
        expression
            .get(..length)
            .map(|expression| expression.trim_end_matches([')', ' ']))
    }
}

fn start_of(text: &str, length: usize) -> &str {
    text.get(..text.floor_char_boundary(length))
        .unwrap_or_default()
}

/// The length of the shell expression that a value begins with: `$(…)`, `${…}`, `` `…` ``.
fn expression(text: &str) -> Option<usize> {
    let (open, close) = match text.as_bytes() {
        [b'$', b'(', ..] => ('(', ')'),
        [b'$', b'{', ..] | [b'{', b'{', ..] => ('{', '}'),
        [b'`', ..] => return text.get(1..)?.find('`').map(|end| end.saturating_add(2)),
        _ => return None,
    };
    let mut depth: usize = 0;
    for (at, char) in text.char_indices() {
        if char == open {
            depth = depth.saturating_add(1);
        } else if char == close {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at.saturating_add(1));
            }
        }
    }
    None
}
