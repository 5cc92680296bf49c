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
