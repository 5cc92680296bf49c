//! What stands before a token: its quotes, its scheme, and the name it goes by.

use super::names;
use super::shape::is_base64url;

/// How far back a name is looked for, in bytes. Names and schemes are short.
const FARTHEST: usize = 256;

/// What was found before a token.
#[derive(Debug, Default)]
pub(super) struct Context<'t> {
    /// The name, as written, and how it is tied to the token.
    pub(super) name: Option<(&'t str, Tie)>,
    /// The scheme nearest to the token, as written.
    pub(super) scheme: Option<&'t str>,
    pub(super) scheme_count: usize,
    /// Quotes that stand between a scheme (or a raw header's colon) and the token.
    pub(super) inner_quotes: Quotes,
    /// Quotes around the scheme and the token together.
    pub(super) outer_quotes: Quotes,
    /// `b'`
    pub(super) bytes_literal: bool,
    /// Where all of this begins.
    pub(super) from: usize,
}

/// Quotes on the left of a token.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quotes {
    pub(super) ascii: bool,
    pub(super) smart: bool,
    /// `<`, which examples have around what is to be put in.
    pub(super) angle: bool,
}

/// How a name stands before its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// `name: `
    Colon,
    /// `"name": ` or `"name", ` or `'name' =>`
    Quoted,
    /// `name=`
    Equals,
    /// `?name=` or `&name=` or `#name=`
    Parameter,
    /// A name on the line before, as browsers copy headers.
    LineBefore,
}

/// Looks back from `start`, where a token begins.
pub(super) fn before(text: &str, start: usize) -> Context<'_> {
    let mut back = Back { text, at: start };
    let mut context = Context::default();
    let mut quotes = back.quotes(&mut context.bytes_literal);
    let mut gap = back.blanks();
    let mut line_break = gap.line_break;
    while let Some(scheme) = back.scheme() {
        context.scheme.get_or_insert(scheme);
        context.scheme_count = context.scheme_count.saturating_add(1);
        if context.scheme_count == 1 {
            context.inner_quotes = core::mem::take(&mut quotes);
        }
        context.from = back.at;
        gap = back.blanks();
        line_break = gap.line_break;
    }
    if context.scheme.is_some() && !gap.any {
        quotes = back.quotes(&mut false);
        gap = back.blanks();
        line_break = gap.line_break;
    }
    context.outer_quotes = quotes;
    context.from = back.at;
    let tied = if line_break {
        back.line_before().map(|name| (name, Tie::LineBefore))
    } else {
        back.name()
    };
    // A line break is an indented YAML value or what a browser copies; else it parts.
    if let Some((name, tie)) = tied
        && (tie != Tie::LineBefore
            || context.scheme.is_some()
            || names::is_credential_header(name)
            || names::holds_credential(name))
    {
        context.name = Some((name, tie));
        context.from = back.at;
    } else if context
        .scheme
        .is_some_and(|scheme| !names::is_usual_scheme(scheme))
    {
        // In a sentence, "the token eyJ…" tells no scheme.
        context.scheme = None;
        context.scheme_count = 0;
    }
    context
}

struct Back<'t> {
    text: &'t str,
    at: usize,
}

#[derive(Default, Clone, Copy)]
struct Gap {
    any: bool,
    line_break: bool,
}

impl<'t> Back<'t> {
    fn head(&self) -> &'t str {
        let head = self.text.get(..self.at).unwrap_or_default();
        let from = head.len().saturating_sub(FARTHEST);
        // The window may begin inside a character, then at the next one.
        (from..from.saturating_add(4))
            .find_map(|from| head.get(from..))
            .unwrap_or_default()
    }

    fn strip(&mut self, end: &str) -> bool {
        let ends = self.head().ends_with(end);
        if ends {
            self.at = self.at.saturating_sub(end.len());
        }
        ends
    }

    fn strip_any(&mut self, ends: &[&str]) -> bool {
        ends.iter().any(|end| self.strip(end))
    }

    fn quotes(&mut self, bytes_literal: &mut bool) -> Quotes {
        let mut quotes = Quotes::default();
        loop {
            if self.strip_any(&[
                "\\\"", "\\'", "\"", "'", "`", "%22", "%27", "&quot;", "&#34;", "&#39;",
            ]) {
                quotes.ascii = true;
                let head = self.head();
                let before_b = head.strip_suffix(['b', 'B']);
                if before_b
                    .is_some_and(|head| !head.ends_with(|char: char| char.is_ascii_alphanumeric()))
                {
                    *bytes_literal = true;
                    self.at = self.at.saturating_sub(1);
                }
            } else if self
                .strip_any(&["“", "”", "„", "‘", "’", "‚", "«", "‹", "″", "′", "＂", "＇"])
            {
                quotes.smart = true;
            } else if self.strip("<") {
                quotes.angle = true;
            } else if !self.strip_any(&["[", "(", "{"]) {
                return quotes;
            }
        }
    }

    fn blanks(&mut self) -> Gap {
        let mut gap = Gap::default();
        loop {
            if self.strip_any(&["\n", "\r", "\\n", "\\r"]) {
                gap.line_break = true;
            } else if !self.strip_any(&[" ", "\t", "%20"]) {
                return gap;
            }
            gap.any = true;
        }
    }

    /// The word that ends here; empty when it is too long for a name, or the end of a token,
    /// which must never be taken for the name of the next one.
    fn word(&self) -> &'t str {
        /// The longest name, in bytes.
        const LONGEST: usize = 64;
        let head = self.head();
        let ending = |fits: fn(u8) -> bool, longest: usize| {
            let bytes = head.bytes().rev().take(longest);
            let length = bytes.take_while(|byte| fits(*byte)).count();
            head.get(head.len().saturating_sub(length)..)
                .unwrap_or_default()
        };
        let word = ending(is_base64url, LONGEST.saturating_add(1));
        let before = head.strip_suffix(word).unwrap_or_default();
        let of_a_token = before.ends_with(['.', '/']) && {
            let dotted = ending(|byte| b"./".contains(&byte) || is_base64url(byte), FARTHEST);
            // What fills the window is a token whose beginning lies farther back.
            dotted.len() == head.len() && dotted.len() > LONGEST.saturating_mul(2)
                || ["eyJ", "ya29.", "AQ.", "1//"]
                    .iter()
                    .any(|start| dotted.starts_with(start))
        };
        if word.len() > LONGEST || of_a_token {
            return "";
        }
        word.trim_start_matches('-')
    }

    /// A scheme, with a colon after it when somebody wrote one.
    fn scheme(&mut self) -> Option<&'t str> {
        let kept = self.at;
        let colon = self.strip(":");
        let word = after_escape(self.word(), self.head());
        if !names::is_scheme(word) || (colon && !word.eq_ignore_ascii_case("bearer")) {
            self.at = kept;
            return None;
        }
        self.at = self.at.saturating_sub(word.len());
        Some(word)
    }

    fn name(&mut self) -> Option<(&'t str, Tie)> {
        let kept = self.at;
        let tied = self.tied_name();
        if tied.is_none() {
            self.at = kept;
        }
        tied
    }

    fn tied_name(&mut self) -> Option<(&'t str, Tie)> {
        // YAML's block marks stand between a name and its value.
        let _ = self.strip_any(&[">-", "|-", ">+", "|+"]);
        self.blanks();
        let equals = self.strip_any(&["=>", ":=", "=", "%3D"]);
        let colon = !equals && self.strip_any(&[":", "%3A"]);
        let comma = !equals && !colon && self.strip(",");
        if !(equals || colon || comma) {
            return None;
        }
        self.blanks();
        let quoted = self.strip_any(&["\\\"", "\"", "'", "`", "%22", "&quot;"]);
        if !quoted {
            self.strip("]");
        }
        if comma && !quoted {
            return None;
        }
        let word = after_escape(self.word(), self.head());
        if word.is_empty() {
            return None;
        }
        self.at = self.at.saturating_sub(word.len());
        if word.eq_ignore_ascii_case("value") && (quoted || colon) {
            return self.named_before().or(Some((word, Tie::Quoted)));
        }
        let parameter =
            equals && self.strip_any(&["?", "&", "#", "%3F", "%26", "%23", "\\u0026", "&amp;"]);
        let tie = match (parameter, quoted, equals) {
            (true, ..) => Tie::Parameter,
            (_, true, _) => Tie::Quoted,
            (_, _, true) => Tie::Equals,
            _ => Tie::Colon,
        };
        Some((word, tie))
    }

    /// `"name": "Authorization",` before `"value":`, as HAR files have it.
    fn named_before(&mut self) -> Option<(&'t str, Tie)> {
        const MARKS: &[&str] = &["\\\"", "\"", "'", ",", " ", "\t", "\n", "\r", ":", "\\"];
        let kept = self.at;
        while self.strip_any(MARKS) {}
        let name = self.word();
        self.at = self.at.saturating_sub(name.len());
        let value_at = self.at;
        while self.strip_any(MARKS) {}
        if self.word().eq_ignore_ascii_case("name") && !name.is_empty() {
            self.at = value_at;
            return Some((name, Tie::Quoted));
        }
        self.at = kept;
        None
    }

    /// A line that is one name, the blanks after it passed already.
    fn line_before(&mut self) -> Option<&'t str> {
        let kept = self.at;
        let _ = self.strip_any(&[">-", "|-", ">", "|"]);
        self.blanks();
        let _ = self.strip_any(&[":", "="]);
        let name = self.word();
        self.at = self.at.saturating_sub(name.len());
        let alone = self.at == 0 || self.head().ends_with(['\n', '\r']);
        if name.is_empty() || !alone {
            self.at = kept;
            return None;
        }
        Some(name)
    }
}

/// A word without the `n` of a `\n`, or the digits of a `%20`, that it seems to begin with.
fn after_escape<'t>(word: &'t str, head: &str) -> &'t str {
    let before = head.strip_suffix(word).unwrap_or_default();
    if before.ends_with('\\') {
        return word.strip_prefix(['n', 'r', 't']).unwrap_or(word);
    }
    if before.ends_with('%') {
        return word.get(2..).unwrap_or(word);
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(before_token: &str) -> Context<'_> {
        before(before_token, before_token.len())
    }

    #[test]
    fn names_and_their_ties() {
        for (text, name, tie) in [
            ("Authorization: Bearer ", "Authorization", Tie::Colon),
            ("authorization:bearer  ", "authorization", Tie::Colon),
            ("{\"id_token\": \"", "id_token", Tie::Quoted),
            ("{\\\"id_token\\\": \\\"", "id_token", Tie::Quoted),
            ("'Authorization' => 'Bearer ", "Authorization", Tie::Quoted),
            (
                ".set(\"Authorization\", \"Bearer ",
                "Authorization",
                Tie::Quoted,
            ),
            ("export TOKEN=", "TOKEN", Tie::Equals),
            ("https://x.example/cb?id_token=", "id_token", Tie::Parameter),
            (
                "https://x.example/#a=b&access_token=",
                "access_token",
                Tie::Parameter,
            ),
            (
                "cb?u=https%3A%2F%2Fx%3Fid_token%3D",
                "id_token",
                Tie::Parameter,
            ),
            ("token: >-\n  ", "token", Tie::LineBefore),
            ("authorization\nBearer ", "authorization", Tie::LineBefore),
            (
                "{\"name\":\"Authorization\",\"value\":\"Bearer ",
                "Authorization",
                Tie::Quoted,
            ),
            ("@{Authorization = \"Bearer ", "Authorization", Tie::Equals),
            (
                "* [HTTP/2] [1] [authorization: Bearer ",
                "authorization",
                Tie::Colon,
            ),
            (
                "b'GET / HTTP/1.1\\r\\nAuthorization: Bearer ",
                "Authorization",
                Tie::Colon,
            ),
        ] {
            assert_eq!(look(text).name, Some((name, tie)), "{text}");
        }
        assert_eq!(look("this is the token ").name, None);
        assert_eq!(look("").name, None);
        assert_eq!(
            look("eyJhIjoxfQ.eyJiIjoyfQ.c2lnbmF0dXJl: Bearer ").name,
            None
        );
        assert_eq!(look(&format!("{}: Bearer ", "x".repeat(65))).name, None);
    }

    #[test]
    fn schemes_are_counted() {
        let context = look("Authorization: Bearer bearer ");
        assert_eq!(context.scheme, Some("bearer"));
        assert_eq!(context.scheme_count, 2);
        assert_eq!(look("Bearer%20").scheme, Some("Bearer"));
        assert_eq!(look("Bearer: ").scheme, Some("Bearer"));
        assert_eq!(look("a bearer of news: ").scheme, None);
    }

    #[test]
    fn quotes_inside_and_outside_the_scheme() {
        let inner = look("Authorization: Bearer \"");
        assert!(inner.inner_quotes.ascii && !inner.outer_quotes.ascii);
        let outer = look("Authorization: \"Bearer ");
        assert!(!outer.inner_quotes.ascii && outer.outer_quotes.ascii);
        let bytes = look("Bearer b'");
        assert!(bytes.bytes_literal && bytes.inner_quotes.ascii);
        assert_eq!(bytes.scheme, Some("Bearer"));
        assert!(look("“").outer_quotes.smart);
    }
}
