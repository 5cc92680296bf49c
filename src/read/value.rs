//! What stands where a credential should be and looks like none: `undefined`, `$TOKEN`,
//! `$(gcloud …)`, an opaque value, nothing at all.

use super::ahead::{Ahead, Blanks, starts_with_scheme};
use super::context::{Context, Quotes, Tie};
use super::scan::{self, Found};
use super::shape::{self, Shape};
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

/// Looks at what follows `word`, which stands at `at`. What is no value is told from the first
/// bytes: it is looked at again for the next name in it.
pub(super) fn after(text: &str, at: usize, word: &str, blanks: &Blanks<'_>) -> After {
    let found = if names::is_credential_header(word) {
        header(text, at, word)
    } else if names::is_usual_scheme(word) {
        bare_scheme(text, at)
    } else if names::holds_credential(word) {
        member(text, at, word, blanks)
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
    // Where Google's errors say in which header they looked, not what stood there.
    if names_a_place(before) {
        return None;
    }
    let closed = ahead.quote();
    // The end of a quoted sentence or path: `"see docs/authentication", "status": "…"`.
    if closed.is_some() && !matches!(opened, Some('"' | '\'' | '`')) {
        return None;
    }
    // A value of its own: `"location": "Authorization", "locationType": "header"`.
    if closed.is_some()
        && before
            .trim_end_matches(['"', '\'', '`', '\\'])
            .trim_end()
            .ends_with(':')
    {
        return None;
    }
    ahead.blanks();
    let tie = ahead.separator(closed.is_some())?;
    // HTTPie: `Authorization:"Bearer …"`.
    let touches = ahead.rest().starts_with(['"', '\'']);
    ahead.blanks();
    let is_template = ahead.template_prefix();
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
        ..Quotes::default()
    };
    let start = ahead.at;
    if let Some(token) = ahead.wrapped_token() {
        return Some(After::Token(token));
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
    let (literal, end) = ahead.value(outer);
    let added = ahead
        .concatenated(outer, end)
        .filter(|_| literal.is_empty());
    let value = added.unwrap_or(literal);
    let filled_in_later = added.is_some()
        || (is_template && value.contains('{'))
        || is_expanded(value, outer.or(is_option(before).then_some('"')));
    // `authentication:` above more lines is a setting's name, and no header without a value.
    if value.is_empty()
        && scheme.is_none()
        && tie == Tie::Colon
        && !name.eq_ignore_ascii_case("authorization")
    {
        return Some(After::Token(start));
    }
    let mut taken = Taken {
        text: tidy(value).to_owned(),
        end: end.max(start.saturating_add(value.len())),
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
    Some(found(taken, place, &context, (at, start), filled_in_later))
}

/// `"location": ` before the name of a header, in any language's way to print it.
fn names_a_place(before: &str) -> bool {
    const MARKS: &[char] = &['"', '\'', '\\', ' ', '\t', ']'];
    let before = before.trim_end_matches(MARKS);
    let Some(member) = before
        .strip_suffix(':')
        .or_else(|| before.strip_suffix("=>"))
    else {
        return false;
    };
    member.trim_end_matches(MARKS).ends_with("location")
}

/// `Bearer undefined` with no name before it: only when it is a line of its own.
fn bare_scheme(text: &str, at: usize) -> Option<After> {
    /// This many bytes are no word, whatever follows them.
    const LONG: usize = 64;
    let mut ahead = Ahead { text, at };
    let (scheme, scheme_count) = ahead.schemes();
    scheme?;
    let quoted = ahead.inner_quotes(None);
    let start = ahead.at;
    if Shape::of(ahead.rest()).is_some() {
        return Some(After::Token(start));
    }
    let ends: fn(u8) -> bool = |byte| matches!(byte, b'"' | b'\'' | b',' | b';');
    let alone = text.get(..at).is_some_and(|before| {
        before.len() < 64 && before.trim_matches(['"', '\'', ' ', '\t', '\n']).is_empty()
    });
    let (value, _) = if alone {
        ahead.until(ends)
    } else {
        ahead.until_within(usize::MAX, |byte| !shape::is_token(byte))
    };
    let after = ahead.rest().get(value.len()..).unwrap_or_default();
    let ends_line = after
        .trim_start_matches(['"', '\'', ' ', '\t'])
        .starts_with(['\n', '\r'])
        || after.len() < 64
            && after
                .trim_end_matches(['"', '\'', ' ', '\t', '\n', '\r', ',', ';'])
                .is_empty();
    let next = after.bytes().next();
    let is_whole = next.is_none_or(|byte| byte.is_ascii_whitespace() || ends(byte));
    let opaque = is_opaque(value) && (is_whole || value.len() >= LONG);
    if !(alone && ends_line || opaque) {
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
    Some(found(taken, place, &context, (from, start), false))
}

/// A member of a JSON answer, a variable or a parameter of a URL.
fn member(text: &str, at: usize, name: &str, blanks: &Blanks<'_>) -> Option<After> {
    let mut ahead = Ahead {
        text,
        at: at.saturating_add(name.len()),
    };
    let before = text.get(..at).unwrap_or_default();
    let quoted = ahead.quote().is_some();
    if quoted && !before.ends_with(['"', '\'', '`']) {
        return None;
    }
    ahead.blanks();
    if ahead.rest().starts_with(',') {
        return None;
    }
    let mut tie = ahead.separator(quoted)?;
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
                // Only what says that there is none, which is short.
                None => ahead.until_within(LONGEST_NOTHING, |byte| {
                    matches!(byte, b',' | b'}' | b']' | b')' | b';')
                }),
            };
            (value, end, Place::Json)
        }
        Tie::Equals if is_assignment(before) => {
            if quote.is_none() && !rest.starts_with(['$', '`']) && ahead.is_sentence(blanks) {
                return None;
            }
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
    let quote = quote.or(Some('"')).filter(|_| tie == Tie::Equals);
    let filled_in_later = is_expanded(value, quote);
    Some(found(taken, place, &context, (at, start), filled_in_later))
}

fn found(
    mut taken: Taken,
    place: Place,
    context: &Context<'_>,
    (from, start): (usize, usize),
    filled_in_later: bool,
) -> After {
    if filled_in_later {
        taken
            .notes
            .push("A shell or program fills this in when it runs; what was sent cannot be seen from here.".into());
    }
    After::Value(Box::new(Found {
        at: start,
        end: taken.end,
        from,
        pasted: Pasted {
            text: taken.text,
            place,
            scheme: context.scheme.map(str::to_owned),
            scheme_count: context.scheme_count,
            filled_in_later,
            blemishes: taken.blemishes,
            notes: taken.notes,
        },
    }))
}

/// More bytes than any value that says that there is none.
const LONGEST_NOTHING: usize = 16;

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

/// Whether an option that takes a header ends here: `-H `, `--header=`.
fn is_option(before: &str) -> bool {
    let before = before.trim_end_matches(['"', '\'', '`', ' ', '=', '$']);
    before.ends_with("-H") || before.ends_with("--header")
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

/// Whether a shell or program puts something else in the place of `value`, which stands in
/// quotes of this kind. Nothing does in single quotes, or where no quotes stand.
fn is_expanded(value: &str, quote: Option<char>) -> bool {
    match quote {
        _ if value.starts_with("${{") || is_code(value) => true,
        Some('"') => value.starts_with(['$', '`']),
        Some('`') => value.contains("${"),
        _ => false,
    }
}

/// An expression of a program: what it gives cannot be seen.
fn is_code(value: &str) -> bool {
    value.len() > 1 && (value.starts_with('&') || value.ends_with(['{', '(', '[']))
}

/// A value without the punctuation that code leaves after it.
fn tidy(value: &str) -> &str {
    value.trim().trim_end_matches([',', ';']).trim_end()
}
