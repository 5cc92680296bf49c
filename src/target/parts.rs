//! A URL taken apart as browsers and HTTP clients do it (WHATWG URL Standard), for hosts that
//! Google could have.
//!
//! The standard also turns non-ASCII and percent-encoded hosts into plain ones. Here they
//! are no URL: such a host is itself the finding. Without that half, and its tables, a URL takes
//! a tenth of the bytes.

/// A URL in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Url {
    /// In lower case, without `:`.
    pub(crate) scheme: String,
    /// A user name or password stood before `@`.
    pub(crate) user: bool,
    /// In lower case; empty when the scheme has none, as `urn:` has.
    pub(crate) host: String,
    /// `None` when it is the scheme's own.
    pub(crate) port: Option<u16>,
    /// Without `.` and `..`; `/` at least when the scheme is a web scheme.
    pub(crate) path: String,
    /// What follows `?`.
    pub(crate) query: Option<String>,
    /// `#` stood in it.
    pub(crate) fragment: bool,
}

impl Url {
    /// Takes a URL apart.
    ///
    /// # Errors
    ///
    /// What is wrong with it, as the end of a sentence.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim_matches(|c: char| c <= ' ');
        let without_breaks;
        let text = if text.contains(['\t', '\n', '\r']) {
            without_breaks = text.replace(['\t', '\n', '\r'], "");
            &without_breaks
        } else {
            text
        };
        let (scheme, rest) = scheme(text).ok_or("it does not begin with a scheme")?;
        let is_web = default_port(&scheme).is_some();
        let (rest, fragment) = cut(rest, &['#']);
        let (rest, query) = cut(rest, &['?']);
        let ends: &[char] = if is_web { &['/', '\\'] } else { &['/'] };
        let mut url = Self {
            user: false,
            host: String::new(),
            port: None,
            path: rest.to_owned(),
            query: query.map(|query| encoded(query, if is_web { "\"<>'" } else { "\"<>" })),
            fragment: fragment.is_some(),
            scheme,
        };
        let authority = if is_web {
            rest.trim_start_matches(ends)
        } else if let Some(rest) = rest.strip_prefix("//") {
            rest
        } else {
            return Ok(url);
        };
        let end = authority.find(ends).unwrap_or(authority.len());
        let (authority, path) = authority.split_at_checked(end).unwrap_or_default();
        url.path = simplified(path, ends);
        if is_web && url.path.is_empty() {
            url.path.push('/');
        }
        url.authority(authority)?;
        if is_web && url.host.is_empty() {
            return Err("its host is missing");
        }
        Ok(url)
    }

    /// The URL as one text, without user info and fragment.
    pub(crate) fn to_text(&self) -> String {
        let mut text = self.origin(&self.host);
        text.push_str(&self.path);
        if let Some(query) = &self.query {
            text.push('?');
            text.push_str(query);
        }
        text
    }

    /// `SCHEME://HOST`, with the port unless it is the scheme's own.
    pub(crate) fn origin(&self, host: &str) -> String {
        match self.port {
            Some(port) => format!("{}://{host}:{port}", self.scheme),
            None => format!("{}://{host}", self.scheme),
        }
    }

    fn authority(&mut self, authority: &str) -> Result<(), &'static str> {
        let (user, place) = authority.rsplit_once('@').unwrap_or(("", authority));
        self.user = !user.trim_matches(':').is_empty();
        // The colons of an IPv6 address stand in brackets.
        let after_address = place.rfind(']').unwrap_or(0);
        let colon = place
            .get(after_address..)
            .and_then(|rest| rest.find(':'))
            .map_or(place.len(), |at| after_address.saturating_add(at));
        let (host, port) = place.split_at_checked(colon).unwrap_or((place, ""));
        self.host = host.to_ascii_lowercase();
        let is_address = host.starts_with('[') && host.ends_with(']');
        let inner = host.trim_start_matches('[').trim_end_matches(']');
        let allowed = |byte: u8| {
            if is_address {
                byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.')
            } else {
                byte.is_ascii_graphic() && !b"#%/:<>?@[\\]^|".contains(&byte)
            }
        };
        if (inner.len() < host.len()) != is_address || !inner.bytes().all(allowed) {
            return Err("its host holds a character that hosts do not have");
        }
        if ends_in_number(host) {
            self.host = ipv4(host).ok_or("its host ends like an IP address and is none")?;
        }
        let port = port.trim_start_matches(':');
        if !port.is_empty() {
            let number: u16 = match port.parse() {
                Ok(number) if !port.starts_with('+') => number,
                _ => return Err("its port is no number up to 65535"),
            };
            self.port = Some(number).filter(|port| default_port(&self.scheme) != Some(*port));
        }
        Ok(())
    }
}

/// The scheme in lower case, and what follows its colon.
fn scheme(text: &str) -> Option<(String, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    fits.then(|| (scheme.to_ascii_lowercase(), rest))
}

/// The port of the schemes for which browsers demand a host.
fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        "ftp" => Some(21),
        _ => None,
    }
}

/// What stands before and after the first of these characters.
fn cut<'t>(text: &'t str, at: &[char]) -> (&'t str, Option<&'t str>) {
    text.split_once(at)
        .map_or((text, None), |(before, after)| (before, Some(after)))
}

/// The path with `.` and `..` followed, also where they are percent-encoded.
fn simplified(path: &str, separators: &[char]) -> String {
    let mut segments: Vec<&str> = Vec::new();
    let mut rest = path.split(separators).skip(1).peekable();
    while let Some(segment) = rest.next() {
        let is_last = rest.peek().is_none();
        let dots = segment.to_ascii_lowercase().replace("%2e", ".");
        match dots.as_str() {
            "." | ".." => {
                if dots.len() == 2 {
                    segments.pop();
                }
                if is_last {
                    segments.push("");
                }
            }
            _ => segments.push(segment),
        }
    }
    let mut simple = String::new();
    for segment in segments {
        simple.push('/');
        simple.push_str(&encoded(segment, "\"<>`{}^"));
    }
    simple
}

/// The text with all that is not printable ASCII, and these characters, percent-encoded.
fn encoded(text: &str, besides: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if char.is_ascii_graphic() && !besides.contains(char) {
            out.push(char);
        } else {
            for byte in char.encode_utf8(&mut [0; 4]).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

/// Whether browsers would take the host for a number, in whatever notation.
fn ends_in_number(host: &str) -> bool {
    let last = host.strip_suffix('.').unwrap_or(host).rsplit('.').next();
    last.is_some_and(|last| {
        let digits = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
        digits || number(last).is_some()
    })
}

/// `0x7f.1` and `2130706433` as what they are called at, `127.0.0.1`.
fn ipv4(host: &str) -> Option<String> {
    let mut address: u32 = 0;
    let mut left: u32 = 4;
    let mut parts = host.strip_suffix('.').unwrap_or(host).split('.').peekable();
    while let Some(part) = parts.next() {
        let number = number(part)?;
        left = left.checked_sub(1)?;
        // The last number fills all the bytes that are left.
        let bytes = if parts.peek().is_some() {
            1
        } else {
            left.saturating_add(1)
        };
        if u64::from(number) >= 1_u64.checked_shl(bytes.saturating_mul(8))? {
            return None;
        }
        let shift = if bytes == 1 {
            left.saturating_mul(8)
        } else {
            0
        };
        address |= number.checked_shl(shift)?;
    }
    let [a, b, c, d] = address.to_be_bytes();
    Some(format!("{a}.{b}.{c}.{d}"))
}

/// Decimal, octal after `0`, hexadecimal after `0x`.
fn number(part: &str) -> Option<u32> {
    let (digits, radix) = match part.strip_prefix("0x").or_else(|| part.strip_prefix("0X")) {
        Some("") => return Some(0),
        Some(digits) => (digits, 16),
        None if part.len() > 1 && part.starts_with('0') => (part, 8),
        None => (part, 10),
    };
    // `from_str_radix` would also take a sign.
    let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    plain
        .then(|| u32::from_str_radix(digits, radix).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::Url;

    const HOSTS: &[&str] = &[
        "orders-4k3jd82hfa-uc.a.run.app",
        "ORDERS.Example",
        "a_b.example",
        "xn--bcher-kva.example",
        "localhost",
        "127.0.0.1",
        "[::1]",
        "a.example.",
        "bücher.example",
        "a b.example",
        "a|b",
        "",
        "1.2.3.4.5",
        "1.2.3.4.",
        "1.2.3.",
        "0x7f.1",
        "0X",
        "a.0x",
        "a.0xg",
        "2130706433",
        "4294967296",
        "0177.0.0.1",
        "09.1",
        "1.256",
        "1.65536",
        "256.1",
        "1.+2",
        "256.1.1.1",
        "me@a.example",
        "me:secret@a.example",
        "a@b@c.example",
        "a.example:443",
        "a.example:80",
        "a.example:8443",
        "a.example:",
        "a.example:99999",
        "a.example:x",
        "[::1]:8080",
        "[::g]",
        "[::1",
    ];

    const PATHS: &[&str] = &[
        "",
        "/",
        "/v1/items",
        "/a/../b/./c",
        "/a/b/..",
        "/a/.",
        "/../..",
        "/%2e%2E/x/%2E",
        "/a%20b/é/\"<>`{}",
        "//double//",
        "\\a\\..\\b",
        "?x=1&y='2'",
        "/?",
        "/p?q#f",
        "#f?x",
        "/a:b@c",
        "/x?\"<é>",
    ];

    /// Against the reference: the same parts, or both find no URL.
    #[test]
    fn urls_come_apart_as_in_browsers() {
        for scheme in [
            "https://",
            "HTTP://",
            "https:/",
            "https:\\\\",
            "wss://",
            "grpc://",
            " https://",
        ] {
            for host in HOSTS {
                for path in PATHS {
                    // Of hosts without a web scheme the reference makes an opaque text, and of
                    // a percent-encoded host a plain one.
                    let opaque = scheme == "grpc://" && !host.starts_with("orders");
                    if opaque || (host.is_empty() && path.starts_with("/%")) {
                        continue;
                    }
                    let text = format!("{scheme}{host}{path}");
                    compare(&text);
                }
            }
        }
        for text in [
            "urn:example:aud",
            "orders",
            "mailto:a@b.example",
            "localhost:8080/x",
            "",
            "://a",
            "1a://b",
            "//a",
            "/a",
        ] {
            compare(text);
        }
    }

    fn compare(text: &str) {
        let ours = Url::parse(text);
        let Ok(theirs) = url::Url::parse(text) else {
            assert!(ours.is_err(), "{text}: {ours:?}");
            return;
        };
        let ours = ours.unwrap_or_else(|why| panic!("{text}: {why}, but it is {theirs}"));
        let mut bare = theirs.clone();
        bare.set_fragment(None);
        if theirs.has_host() {
            bare.set_username("").expect("it has a host");
            bare.set_password(None).expect("it has a host");
            assert_eq!(ours.to_text(), bare.as_str(), "{text}");
        }
        assert_eq!(ours.scheme, theirs.scheme(), "{text}");
        assert_eq!(ours.host, theirs.host_str().unwrap_or_default(), "{text}");
        assert_eq!(ours.port, theirs.port(), "{text}");
        assert_eq!(ours.path, theirs.path(), "{text}");
        assert_eq!(ours.query.as_deref(), theirs.query(), "{text}");
        assert_eq!(ours.fragment, theirs.fragment().is_some(), "{text}");
        let user = !theirs.username().is_empty() || theirs.password().is_some();
        assert_eq!(ours.user, user, "{text}");
    }

    /// What browsers would decode.
    #[test]
    fn hosts_in_disguise_are_no_urls() {
        for host in ["%61.example", "１.example"] {
            assert!(Url::parse(&format!("https://{host}/")).is_err(), "{host}");
        }
    }
}
