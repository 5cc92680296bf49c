//! Encodings that a token has gone through, undone: percent, HTML, string escapes, the
//! standard base64 alphabet.

use super::Taker;
use crate::read::Blemish;
use crate::read::shape::{self, is_base64url, is_token};

impl Taker<'_> {
    /// `+`, `/` and `=` belong to a token when it goes on or ends right after them.
    pub(super) fn standard_base64(&mut self) -> bool {
        let rest = self.rest().as_bytes();
        let first = rest.first().copied();
        let is_padding = first == Some(b'=');
        let length = shape::run(rest, |byte| match byte {
            b'=' => is_padding,
            b'+' | b'/' => !is_padding,
            _ => false,
        });
        let next = rest.get(length).copied();
        let belongs = match first {
            Some(b'=') => next.is_none_or(|byte| !is_base64url(byte)),
            _ => next.is_some_and(|byte| is_base64url(byte) || matches!(byte, b'=' | b'.')),
        };
        if belongs {
            self.standard = true;
            self.take(length);
        }
        belongs
    }

    pub(super) fn percent(&mut self) -> bool {
        let decoded = self
            .rest()
            .get(1..3)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let belongs = match decoded {
            Some(byte)
                if is_base64url(byte) || matches!(byte, b'.' | b'=' | b'+' | b'/' | b'~') =>
            {
                self.replace(3, char::from(byte))
            }
            Some(b' ' | b'\t' | b'\n' | b'\r') if self.goes_on(3) => self.skip(3),
            _ => false,
        };
        if belongs {
            self.taken.blemish(
                Blemish::PercentEncoding,
                "The token was percent-encoded (`%2E` for `.` and the like); it was decoded.",
            );
        }
        belongs
    }

    pub(super) fn entity(&mut self) -> bool {
        let Some(length) = ["&#46;", "&#x2e;", "&#x2E;", "&period;"]
            .iter()
            .find(|entity| self.rest().starts_with(**entity))
            .map(|entity| entity.len())
        else {
            return false;
        };
        self.note_once("HTML entities in the token were decoded.");
        self.replace(length, '.')
    }

    pub(super) fn backslash(&mut self) -> bool {
        let rest = self.rest();
        if let Some(decoded) = rest
            .strip_prefix("\\u")
            .and_then(|rest| rest.get(..4))
            .and_then(|digits| u8::try_from(u32::from_str_radix(digits, 16).ok()?).ok())
            .filter(|byte| is_token(*byte))
        {
            return self.replace(6, char::from(decoded));
        }
        if rest.starts_with("\\/") && self.goes_on(2) {
            return self.replace(2, '/');
        }
        let breaks = escaped_breaks(rest.as_bytes());
        if breaks == 0 {
            return self.line_continuation();
        }
        let after = rest.get(breaks..).unwrap_or_default();
        let next = shape::run(after.as_bytes(), is_base64url);
        let is_header_line = after.as_bytes().get(next) == Some(&b':');
        let inside = !is_header_line && self.goes_on(breaks);
        // `\r\n` after a token ends a header line that a program printed.
        if inside || (!is_header_line && !rest.starts_with("\\r")) {
            self.taken.blemish(
                Blemish::EscapedLineBreaks,
                if inside {
                    "The two characters `\\n` inside the token were removed."
                } else {
                    "The two characters `\\n` after the token were removed."
                },
            );
            self.skip(breaks);
        }
        inside
    }

    /// Form decoders turn `+` into a space: a token with `/` and neither `+` nor the url
    /// alphabet had its `+` where the spaces are.
    pub(super) fn put_plus_back(&mut self) {
        let url_alphabet = self.token.contains(['-', '_', '+']);
        if self.spaces.is_empty() || url_alphabet || !self.token.contains('/') {
            return;
        }
        let mut token = String::with_capacity(self.token.len().saturating_add(self.spaces.len()));
        let mut from = 0;
        for at in &self.spaces {
            token.push_str(self.token.get(from..*at).unwrap_or_default());
            token.push('+');
            from = *at;
        }
        token.push_str(self.token.get(from..).unwrap_or_default());
        self.token = token;
        self.note_once("`+` was put back where a form decoder had made it a space.");
    }

    pub(super) fn use_base64url(&mut self) {
        if !self.standard {
            return;
        }
        self.token = self
            .token
            .chars()
            .filter(|char| *char != '=')
            .map(|char| match char {
                '+' => '-',
                '/' => '_',
                char => char,
            })
            .collect();
        self.taken.blemish(
            Blemish::StandardBase64,
            "The token is in standard base64 (`+`, `/`, `=`), not base64url; strict servers refuse it. It was converted.",
        );
    }
}

/// How many bytes of `\n`, `\r`, `\\n` a text begins with.
fn escaped_breaks(bytes: &[u8]) -> usize {
    let mut length: usize = 0;
    loop {
        let rest = bytes.get(length..).unwrap_or_default();
        let slashes = shape::run(rest, |byte| byte == b'\\');
        if slashes == 0 || !matches!(rest.get(slashes), Some(b'n' | b'r')) {
            return length;
        }
        length = length.saturating_add(slashes).saturating_add(1);
    }
}
