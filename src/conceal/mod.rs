//! The one place that hides secrets. Everything that leaves the core passes through it: the
//! report as JSON, text and Markdown, the tree of the page, and what the command says of its
//! arguments.
//!
//! Default is to deny: what is made of letters and digits and does not read as words is cut,
//! whatever stands before or after it (`words`). Keys of known form are cut down to the prefix
//! that tells their kind (`forms`), and so is what stands behind a name or a scheme of a
//! credential (`named`). Who and what a token is for stays readable: the caller of
//! [`Concealer::knowing`] tells those values.
//!
//! Each text is read once, from the left to the right.

mod forms;
mod json;
mod named;
pub(crate) mod people;
mod words;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use json::{literal_texts, member, push_quoted, unescaped};
pub(crate) use people::needless;

use crate::text::is_token;
use crate::view::node::Node;
use crate::visible::is_hidden;

/// The text without its secrets.
#[must_use]
pub fn text(text: &str) -> Cow<'_, str> {
    Concealer::default().text(text)
}

/// The source text of a JSON value without its secrets; hidden characters are written as `\uXXXX`,
/// everything else is as sent.
#[must_use]
pub fn json(raw: &str) -> Cow<'_, str> {
    Concealer::default().json(raw)
}

/// Hides secrets, and knows what of a report is none although it looks so.
#[derive(Debug, Clone, Default)]
pub struct Concealer {
    /// Values that look random and are names: key ids, subjects, audiences.
    harmless: Vec<String>,
    /// Credentials that no rule would tell from words.
    secrets: Vec<String>,
}

impl Concealer {
    /// One that lets these values be read, unless they have the form of a key.
    #[must_use]
    pub fn knowing(harmless: Vec<String>) -> Self {
        Self {
            harmless,
            secrets: Vec::new(),
        }
    }

    /// Also hides these credentials; those that are hidden anyway are not asked for again.
    #[must_use]
    pub fn hiding<'s>(mut self, credentials: impl Iterator<Item = &'s str>) -> Self {
        const MOST: usize = 16;
        const SHORTEST: usize = 16;
        self.secrets = credentials
            .filter(|text| text.len() >= SHORTEST && !text.contains(char::is_whitespace))
            .filter(|text| matches!(self.text(text), Cow::Borrowed(_)))
            .take(MOST)
            .map(str::to_owned)
            .collect();
        self
    }

    /// Also leaves out these values: what a token tells of a person and no verdict needs.
    #[must_use]
    pub(crate) fn leaving_out(mut self, values: impl Iterator<Item = String>) -> Self {
        const MOST: usize = 32;
        const SHORTEST: usize = 4;
        self.secrets
            .extend(values.filter(|value| value.len() >= SHORTEST).take(MOST));
        self
    }

    /// The text without its secrets.
    #[must_use]
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut shown = Pass::over(text, &self.harmless).finish();
        for secret in &self.secrets {
            if shown.contains(secret.as_str()) {
                shown = Cow::Owned(shown.replace(secret.as_str(), "…"));
            }
        }
        shown
    }

    /// A tree without its secrets. The parts of a token are shown as sent: their panel leaves out
    /// those that hold a secret.
    #[must_use]
    pub fn tree(&self, node: Node) -> Node {
        node.map_texts(&|text| self.text(&text).into_owned())
    }
}

/// One reading of a text.
struct Pass<'t, 'h> {
    text: &'t str,
    harmless: &'h [String],
    shown: String,
    /// Up to here it is shown or cut.
    done: usize,
    /// The end of a long run that was cut: the next line may go on with it.
    wrapped: Option<usize>,
}

impl<'t, 'h> Pass<'t, 'h> {
    fn over(text: &'t str, harmless: &'h [String]) -> Self {
        let mut pass = Self {
            text,
            harmless,
            shown: String::new(),
            done: 0,
            wrapped: None,
        };
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let length = run(rest);
            at = if length > 0 {
                pass.run(at, at.saturating_add(length))
            } else if rest.starts_with("://") {
                pass.authority(at)
            } else {
                at.saturating_add(rest.chars().next().map_or(1, char::len_utf8))
            };
        }
        pass
    }

    fn finish(mut self) -> Cow<'t, str> {
        if self.done == 0 {
            return Cow::Borrowed(self.text);
        }
        self.shown
            .push_str(self.text.get(self.done..).unwrap_or_default());
        Cow::Owned(self.shown)
    }

    fn part(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// Leaves a range out; the offset after it.
    fn cut(&mut self, range: Range<usize>) -> usize {
        let before = self.part(self.done..range.start.max(self.done));
        self.shown.push_str(before);
        if !self.shown.ends_with('…') {
            self.shown.push('…');
        }
        self.done = range.end;
        range.end
    }

    /// Reads a run of the characters that tokens are made of; where to go on.
    fn run(&mut self, at: usize, end: usize) -> usize {
        const LONG: usize = 40;
        let run = self.part(at..end);
        if run.len() <= 2 && self.wrapped.is_none() {
            return end;
        }
        if let Some(label_end) = key_label(self.part(at..self.text.len()), run.len()) {
            return self.key_body(at.saturating_add(label_end));
        }
        if self.goes_on(at, end) {
            self.wrapped = Some(end);
            return self.cut(at..end);
        }
        let secret = self.secret(at, run).map(|from| from..end);
        let range = match (named::value(self.text, at, end), secret) {
            (Some(value), Some(secret)) if secret.start < value.start => secret,
            (Some(value), Some(secret)) => value.start..value.end.max(secret.end),
            (Some(range), None) | (None, Some(range)) => range,
            (None, None) => return end,
        };
        if range.len() >= LONG {
            self.wrapped = Some(range.end);
        }
        self.cut(range)
    }

    /// Where a secret begins within a run.
    fn secret(&self, at: usize, run: &str) -> Option<usize> {
        if run.len() < forms::SHORTEST {
            return None;
        }
        let from = if run.is_ascii() {
            let before = self.part(0..at);
            forms::secret(run, before, self.harmless)
        } else {
            // What shows nothing within a key does not save it.
            let plain: String = pieces(run).collect();
            let first = run.find(|char: char| !char.is_ascii()).unwrap_or(0);
            forms::secret(&plain, self.part(0..at), self.harmless).map(|from| from.min(first))
        };
        from.map(|from| at.saturating_add(from))
    }

    /// Whether a run is the next line of a long one that was cut.
    fn goes_on(&self, at: usize, end: usize) -> bool {
        let Some(wrapped) = self.wrapped.filter(|wrapped| at >= *wrapped) else {
            return false;
        };
        let between = self.part(wrapped..at);
        if between.len() > 24 || !is_line_break(between) {
            return false;
        }
        let run = self.part(at..end);
        let after = self.part(end..self.text.len()).trim_start();
        !run.starts_with("--")
            && (run.ends_with('=') || !forms::is_wordy(run) || after.starts_with("-----END"))
    }

    /// Cuts what follows a key's label, up to its end or to what is no part of it.
    fn key_body(&mut self, from: usize) -> usize {
        const SHORTEST_LINE: usize = 16;
        let mut end = from;
        let mut at = from;
        loop {
            let rest = self.part(at..self.text.len());
            let gap = rest
                .find(|char: char| !(char.is_whitespace() || "\\\"'+,:‹›".contains(char)))
                .unwrap_or(rest.len());
            let word = rest.get(gap..).unwrap_or_default();
            let length = run(word);
            let is_prose = rest.get(..gap) == Some(" ") && length < SHORTEST_LINE;
            if length == 0 || word.starts_with("-----") || is_prose {
                return if end > from {
                    self.cut(from..end)
                } else {
                    from
                };
            }
            at = at.saturating_add(gap).saturating_add(length);
            end = at;
        }
    }

    /// Reads what names a server, and who asks it: `://user:password@`.
    fn authority(&mut self, at: usize) -> usize {
        let from = at.saturating_add(3);
        let rest = self.part(from..self.text.len());
        let length = rest
            .find(|char: char| char.is_whitespace() || "/?#\"'`<>\\".contains(char))
            .unwrap_or(rest.len());
        let all = rest.get(..length).unwrap_or_default();
        let Some((user, _)) = all.rsplit_once('@').or_else(|| cut_off(all)) else {
            // The run begins with the slashes, which tells it that a host follows.
            return at.saturating_add(1);
        };
        let end = from.saturating_add(user.len());
        match user.split_once(':') {
            Some((name, password)) if !password.is_empty() => {
                let named = from.saturating_add(name.len()).saturating_add(1);
                let from = if forms::is_wordy(name) { named } else { from };
                self.cut(from..end)
            }
            _ if forms::is_wordy(user) => end,
            _ => self.cut(from..end),
        }
    }
}

/// A user and a password whose server is not there any more: a quotation ends before it.
fn cut_off(authority: &str) -> Option<(&str, &str)> {
    let whole = authority.strip_suffix('…')?;
    let (_, password) = whole.split_once(':')?;
    (!password.bytes().all(|byte| byte.is_ascii_digit())).then_some((whole, ""))
}

/// The characters of a run that show something.
fn pieces(run: &str) -> impl Iterator<Item = char> {
    let mut rest = run;
    std::iter::from_fn(move || {
        loop {
            let char = rest.chars().next()?;
            let hidden = marker(rest);
            rest = rest
                .get(if hidden > 0 { hidden } else { char.len_utf8() }..)
                .unwrap_or_default();
            if hidden == 0 && !is_hidden(char) {
                return Some(char);
            }
        }
    })
}

/// How far a run of the characters that tokens are made of reaches; hidden characters within it,
/// and the marks that stand for them, do not end it.
fn run(text: &str) -> usize {
    let mut end = 0_usize;
    while let Some(rest) = text.get(end..) {
        end = end.saturating_add(crate::text::run(rest.as_bytes(), is_token));
        let Some(rest) = text.get(end..) else {
            break;
        };
        let hidden = match rest.chars().next() {
            Some('\n' | '\r' | '\t') | None => 0,
            Some('‹') => marker(rest),
            Some(char) if is_hidden(char) => char.len_utf8(),
            Some(_) => 0,
        };
        if hidden == 0 {
            break;
        }
        end = end.saturating_add(hidden);
    }
    end
}

/// The length of a mark that stands for a hidden character, `‹U+200B›`; those of line breaks and
/// tabs end a word.
fn marker(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("‹U+") else {
        return 0;
    };
    let digits = crate::text::run(rest.as_bytes(), |byte| byte.is_ascii_hexdigit());
    let name = rest.get(..digits).unwrap_or_default();
    if !rest.get(digits..).is_some_and(|rest| rest.starts_with('›'))
        || !(4..=6).contains(&digits)
        || matches!(name, "000A" | "000D" | "0009")
    {
        return 0;
    }
    "‹U+›".len().saturating_add(digits)
}

fn is_line_break(text: &str) -> bool {
    let text = text.trim_matches(|char: char| matches!(char, ' ' | '\t' | '"' | '+' | '='));
    !text.is_empty()
        && text.split(['\n', '\r']).all(|part| {
            matches!(
                part.trim(),
                "" | "\\n" | "\\r\\n" | "\\\\n" | "‹U+000A›" | "‹U+000D›‹U+000A›"
            )
        })
}

/// The offset after the label of a private key, when the text begins with one.
fn key_label(text: &str, run: usize) -> Option<usize> {
    const LONGEST: usize = 64;
    if !text.get(..run)?.ends_with("BEGIN") {
        return None;
    }
    let end = text
        .char_indices()
        .nth(run.saturating_add(LONGEST))
        .map_or(text.len(), |(at, _)| at);
    let label = text.get(run..end)?;
    let key = label.find("PRIVATE KEY")?;
    if label.get(..key)?.contains(['\n', '-']) {
        return None;
    }
    let dashes = label.get(key..)?.find("-----")?;
    Some(
        run.saturating_add(key)
            .saturating_add(dashes)
            .saturating_add(5),
    )
}

#[cfg(test)]
mod tests;
