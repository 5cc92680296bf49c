//! What was pasted: one text in, [`Exhibits`] out. Nothing is judged here.

/// All that a paste holds, taken apart but not yet understood.
#[derive(Debug, Clone, Default)]
#[allow(clippy::exhaustive_structs)]
pub struct Exhibits {
    /// Every credential found, in the order of the paste.
    pub credentials: Vec<Pasted>,
    /// Index into `credentials` of the one that was, or would be, sent.
    pub sent: Option<usize>,
    /// The requests a transcript, `curl` command or HAR tells of.
    pub requests: Vec<Request>,
    /// Index into `requests` of the one being judged.
    pub request: Option<usize>,
    /// What was stripped, joined or guessed, one sentence each.
    pub notes: Vec<String>,
    /// The paste's prose when it is no credential but an error, a log line or a page:
    /// the whole text as pasted. Empty otherwise.
    pub prose: String,
    /// The paste was empty, or only white space and invisible characters.
    pub empty: bool,
}

/// One credential as it stood in the paste.
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_structs)]
pub struct Pasted {
    /// The credential itself, cleaned: no scheme, no quotes, no line breaks.
    pub text: String,
    /// Where it stood.
    pub place: Place,
    /// The word before it in a header, as written (`Bearer`, `Basic`), when there was one.
    pub scheme: Option<String>,
    /// How often the scheme stood there: 2 for `Bearer Bearer …`.
    pub scheme_count: usize,
    /// What was wrong with it **as it would be sent**: each of these makes servers refuse it.
    pub blemishes: Vec<Blemish>,
    /// What was stripped or guessed for this credential, one sentence each.
    pub notes: Vec<String>,
}

/// A defect of the credential's text as it stood in the paste.
///
/// A defect counts when the place says that the text was sent so (a header line, a `curl`
/// command); in a bare paste it may have come from the copying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Blemish {
    /// `Bearer Bearer …`.
    DoubleScheme,
    /// `Authorization: eyJ…` or `ya29…` without a scheme.
    NoScheme,
    /// ASCII quotes around or beside the token.
    Quotes,
    /// Typographic quotes around or beside the token.
    SmartQuotes,
    /// A Python bytes literal, `b'…'`.
    BytesLiteral,
    /// Line breaks inside the token.
    LineBreaks,
    /// Spaces inside the token.
    InnerSpaces,
    /// The two characters `\n` (or `\r`) inside the token.
    EscapedLineBreaks,
    /// A byte order mark, zero-width or control character in or beside the token.
    InvisibleCharacters,
    /// `%20`, `%2E` and the like.
    PercentEncoding,
    /// The token ends in an ellipsis.
    Ellipsis,
    /// Characters after the token that do not belong to it.
    TrailingCharacters,
    /// The standard base64 alphabet or padding instead of base64url.
    StandardBase64,
}

/// Where in the paste a credential stood.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// Alone.
    Bare,
    /// In a header, named as written (`Authorization`, `x-goog-iap-jwt-assertion`, `Authentication`).
    Header(String),
    /// In a member of a JSON answer.
    Json(String),
    /// In an assignment (`export TOKEN=…`, `TOKEN: …`).
    Env(String),
    /// In a cookie.
    Cookie(String),
    /// In a URL's query or fragment, under this parameter.
    UrlParameter(String),
    /// Somewhere in a longer text.
    Text,
}

/// A request told of by the paste.
#[derive(Debug, Clone, Default)]
#[allow(clippy::exhaustive_structs)]
pub struct Request {
    /// `GET`, `OPTIONS`, … when told.
    pub method: Option<String>,
    /// The whole URL, put together from the request line and `Host` where needed.
    pub url: Option<String>,
    /// Request headers: name as written, value. Values of credential headers are left out.
    pub headers: Vec<(String, String)>,
    /// Indices into [`Exhibits::credentials`] of the credentials this request carried.
    pub credentials: Vec<usize>,
    /// The status that came back.
    pub status: Option<u16>,
    /// Response headers: name as written, value.
    pub response_headers: Vec<(String, String)>,
    /// The body that came back.
    pub body: String,
}
/// Interim reader until the real one lands.
pub fn read(paste: &str) -> Exhibits {
    let mut e = Exhibits::default();
    let t = paste.trim();
    if t.is_empty() {
        e.empty = true;
        return e;
    }
    let find = ["eyJ", "ya29.", "AIza"]
        .iter()
        .filter_map(|p| t.find(p))
        .min();
    let hdr = t.lines().find_map(|l| {
        let l = l.trim_start_matches(['>', ' ']);
        let (n, v) = l.split_once(':')?;
        (n.to_ascii_lowercase().starts_with("auth")).then(|| (n.to_owned(), v.trim().to_owned()))
    });
    if let Some(at) = find {
        let tok: String = t
            .get(at..)
            .unwrap_or_default()
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "._-~".contains(*c))
            .collect();
        let mut b = vec![];
        if t.contains("Bearer Bearer") {
            b.push(Blemish::DoubleScheme)
        }
        if t.contains("b'eyJ") {
            b.push(Blemish::BytesLiteral)
        }
        if let Some((_, v)) = &hdr {
            if !v.starts_with("Bearer") {
                b.push(Blemish::NoScheme)
            }
        }
        e.credentials.push(Pasted {
            text: tok,
            place: hdr
                .as_ref()
                .map_or(Place::Bare, |h| Place::Header(h.0.clone())),
            scheme: Some("Bearer".into()),
            scheme_count: 1,
            blemishes: b,
            notes: vec![],
        });
        e.sent = Some(0);
        if t.contains("\n< ") {
            let mut r = Request::default();
            for l in t.lines() {
                if let Some(h) = l.strip_prefix("< ") {
                    if let Some((n, v)) = h.split_once(": ") {
                        r.response_headers.push((n.into(), v.into()));
                    } else if let Some(st) = h.split(' ').nth(1) {
                        r.status = st.parse().ok();
                    }
                }
                if let Some(h) = l.strip_prefix("> Host: ") {
                    r.url = Some(format!("https://{h}"));
                }
                if let Some(p) = l.strip_prefix("> GET ") {
                    r.method = Some(p.split(' ').next().unwrap_or("").into());
                }
            }
            if let (Some(u), Some(p)) = (&r.url, &r.method) {
                r.url = Some(format!("{u}{p}"));
            }
            r.method = Some("GET".into());
            r.body = t.split("\n< \n").nth(1).unwrap_or("").into();
            r.credentials = vec![0];
            e.requests.push(r);
            e.request = Some(0);
        }
    } else if let Some((n, v)) = hdr.filter(|h| h.0.len() < 20) {
        let v = v.trim_start_matches("Bearer").trim().to_owned();
        e.credentials.push(Pasted {
            text: v,
            place: Place::Header(n),
            scheme: Some("Bearer".into()),
            scheme_count: 1,
            blemishes: vec![],
            notes: vec![],
        });
        e.sent = Some(0);
    } else if t.contains(' ') || t.starts_with('{') {
        if !t.starts_with("curl ") {
            e.prose = t.into();
        } else {
            let r = Request::default();
            e.requests.push(r);
            e.request = Some(0);
        }
    } else {
        e.credentials.push(Pasted {
            text: t.into(),
            place: Place::Bare,
            scheme: None,
            scheme_count: 0,
            blemishes: vec![],
            notes: vec![],
        });
        e.sent = Some(0);
    }
    e
}
