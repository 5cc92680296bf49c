//! Odd things people paste (tests/pastes.json): each is read as its row says.

use serde_json::Value;
use why401::read::Blemish::{self, *};
use why401::read::{Exhibits, Pasted, Place, read};

/// What a paste is read as.
#[derive(Clone, Copy)]
struct Reads {
    credentials: usize,
    place: &'static str,
    token: Token,
    blemishes: &'static [Blemish],
    /// What the notes say, in their order; nothing else is said.
    says: &'static [&'static str],
    /// URL and status of the judged request.
    request: Option<(&'static str, u16)>,
}

#[derive(Clone, Copy)]
enum Token {
    /// The token of the paste 01-plain.
    Plain,
    /// The whole paste.
    Pasted,
    Is(&'static str),
    Starts(&'static str),
}

/// The well-formed token, alone.
const PLAIN: Reads = Reads {
    credentials: 1,
    place: "bare",
    token: Token::Plain,
    blemishes: &[],
    says: &[],
    request: None,
};

/// A credential, alone: its text is not the reader's business.
const AS_PASTED: Reads = Reads {
    token: Token::Pasted,
    ..PLAIN
};

#[rustfmt::skip]
const ROWS: &[(&str, Reads)] = &[
    ("01-plain", PLAIN),
    ("02-bearer", Reads { says: &["`Bearer ` was stripped."], ..PLAIN }),
    ("04-authhdr", Reads { place: "header Authorization", says: &["`Bearer ` was stripped."], ..PLAIN }),
    ("05-curlv", Reads { place: "header authorization", says: &["`Bearer ` was stripped."], request: Some(("https://orders-api-4k3jd82hfa-uc.a.run.app/", 401)), ..PLAIN }),
    ("07-quoted", Reads { blemishes: &[Quotes], says: &["Quotes around the token"], ..PLAIN }),
    ("08-trailing-quote", Reads { blemishes: &[TrailingCharacters], says: &["1 character after the token was ignored."], ..PLAIN }),
    ("10-newline-wrapped", Reads { blemishes: &[LineBreaks], says: &["Line breaks were removed; a header with a line break is refused"], ..PLAIN }),
    ("11-spaces", PLAIN),
    ("13-bom", Reads { blemishes: &[InvisibleCharacters], says: &["A byte order mark (U+FEFF)"], ..PLAIN }),
    ("14-ellipsis", Reads { blemishes: &[Ellipsis], says: &["cut off"], token: Token::Starts("eyJhbGciOiJSUzI1NiIs"), ..PLAIN }),
    ("16-nosig", AS_PASTED),
    ("17-nosig-dot", AS_PASTED),
    ("19-payload-only", AS_PASTED),
    ("20-4seg", AS_PASTED),
    ("22-jwe-dir", AS_PASTED),
    ("23-none", AS_PASTED),
    ("25-noalg", AS_PASTED),
    ("26-alg-unknown", AS_PASTED),
    ("28-es256k", AS_PASTED),
    ("29-es512", AS_PASTED),
    ("31-uint64", AS_PASTED),
    ("32-exp400", AS_PASTED),
    ("34-duphdr", AS_PASTED),
    ("35-proto", AS_PASTED),
    ("37-exp-float", AS_PASTED),
    ("38-exp-ms", AS_PASTED),
    ("40-exp-huge", AS_PASTED),
    ("41-exp-null", AS_PASTED),
    ("43-expired", AS_PASTED),
    ("44-nbf-future", AS_PASTED),
    ("46-aud-slash", AS_PASTED),
    ("47-aud-num", AS_PASTED),
    ("49-payload-array", AS_PASTED),
    ("50-payload-str", AS_PASTED),
    ("52-payload-empty", AS_PASTED),
    ("53-badjson", AS_PASTED),
    ("55-bom-payload", AS_PASTED),
    ("56-badutf8", AS_PASTED),
    ("58-rtl", AS_PASTED),
    ("59-html", AS_PASTED),
    ("61-lonesurr", AS_PASTED),
    ("62-stdb64", Reads { blemishes: &[StandardBase64], says: &["standard base64"], token: Token::Starts("eyJhbGciOiJSUzI1NiIs"), ..PLAIN }),
    ("64-urlenc", Reads { blemishes: &[PercentEncoding], says: &["percent-encoded", "`Bearer ` was stripped."], ..PLAIN }),
    ("65-b64-1mod4", AS_PASTED),
    ("67-large", AS_PASTED),
    ("68-zip", AS_PASTED),
    ("70-claimjwt", AS_PASTED),
    ("71-json-ser", AS_PASTED),
    ("73-sdjwt", AS_PASTED),
    ("74-ya29", AS_PASTED),
    ("76-refresh", AS_PASTED),
    ("77-apikey", AS_PASTED),
    ("79-basic", Reads { place: "header Authorization", says: &["`Basic ` was stripped."], token: Token::Is("dXNlcjpwYXNz"), ..PLAIN }),
    ("80-empty", Reads { credentials: 0, ..PLAIN }),
    ("82-word", AS_PASTED),
    ("83-two", Reads { credentials: 2, says: &["2 credentials were found"], ..PLAIN }),
    ("85-tokeninfo", Reads { place: "json id_token", ..PLAIN }),
    ("86-har", Reads { place: "header authorization", says: &["`Bearer ` was stripped."], request: Some(("https://orders-api-4k3jd82hfa-uc.a.run.app/", 401)), ..PLAIN }),
    ("88-iap", AS_PASTED),
    ("89-firebase", AS_PASTED),
    ("91-doublebearer", Reads { place: "header Authorization", blemishes: &[DoubleScheme], says: &["twice"], ..PLAIN }),
    ("92-cookie", Reads { place: "cookie session", ..PLAIN }),
    ("94-smartquote", Reads { blemishes: &[SmartQuotes], says: &["Typographic quotes"], ..PLAIN }),
    ("95-linefeed-escaped", Reads { blemishes: &[EscapedLineBreaks], says: &["`\\n`"], ..PLAIN }),
];

#[test]
fn every_paste_is_read_as_its_row_says() {
    let pastes = pastes();
    let ids: Vec<&str> = pastes.iter().map(|(id, _)| id.as_str()).collect();
    let rows: Vec<&str> = ROWS.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, rows, "a row for each paste");
    let plain = &pastes[0].1;
    for ((id, paste), (_, reads)) in pastes.iter().zip(ROWS) {
        check(id, paste, plain, reads);
    }
}

#[test]
fn any_prefix_of_any_paste_is_read() {
    for (_, paste) in pastes() {
        // Long pastes are cut at few places: reading them all would be quadratic.
        let step = if paste.len() > 10_000 {
            paste.len() / 20
        } else {
            1
        };
        for (end, _) in paste.char_indices().filter(|(at, _)| at % step == 0) {
            let exhibits = read(&paste[..end]);
            assert!(
                exhibits
                    .sent
                    .is_none_or(|sent| sent < exhibits.credentials.len())
            );
        }
    }
}

#[test]
fn what_is_shown_holds_no_credential() {
    for (id, paste) in pastes() {
        let exhibits = read(&paste);
        let shown = shown(&exhibits);
        for credential in &exhibits.credentials {
            // The signature, or all of an opaque text.
            let secret = credential.text.rsplit('.').next().unwrap_or_default();
            if secret.len() > 8 {
                assert!(!shown.contains(secret), "{id}: {shown}");
            }
        }
    }
}

fn check(id: &str, paste: &str, plain: &str, reads: &Reads) {
    let exhibits = read(paste);
    assert_eq!(
        exhibits.credentials.len(),
        reads.credentials,
        "{id}: credentials"
    );
    assert_eq!(exhibits.empty, reads.credentials == 0, "{id}: empty");
    assert_eq!(exhibits.sent.is_some(), reads.credentials > 0, "{id}: sent");
    let request = exhibits.request.map(|at| &exhibits.requests[at]);
    assert_eq!(
        request.map(|request| (
            request.url.as_deref().unwrap_or_default(),
            request.status.unwrap_or_default()
        )),
        reads.request,
        "{id}: request"
    );
    let Some(sent) = exhibits.sent.map(|at| &exhibits.credentials[at]) else {
        return;
    };
    assert_eq!(place(&sent.place), reads.place, "{id}: place");
    assert_eq!(sent.blemishes, reads.blemishes, "{id}: blemishes");
    match reads.token {
        Token::Plain => assert_eq!(sent.text, plain, "{id}: token"),
        Token::Pasted => assert_eq!(sent.text, paste, "{id}: token"),
        Token::Is(text) => assert_eq!(sent.text, text, "{id}: token"),
        Token::Starts(start) => assert!(sent.text.starts_with(start), "{id}: token"),
    }
    let notes: Vec<&String> = sent.notes.iter().chain(&exhibits.notes).collect();
    assert_eq!(notes.len(), reads.says.len(), "{id}: {notes:?}");
    for (note, words) in notes.iter().zip(reads.says) {
        assert!(note.contains(words), "{id}: {note:?} lacks {words:?}");
    }
}

fn place(place: &Place) -> String {
    match place {
        Place::Bare => "bare".into(),
        Place::Header(name) => format!("header {name}"),
        Place::Json(name) => format!("json {name}"),
        Place::Env(name) => format!("env {name}"),
        Place::Cookie(name) => format!("cookie {name}"),
        Place::UrlParameter(name) => format!("parameter {name}"),
        _ => "text".into(),
    }
}

/// All that the exhibits hold besides the credentials themselves.
fn shown(exhibits: &Exhibits) -> String {
    let of_credential = |pasted: &Pasted| pasted.notes.join("\n");
    let mut parts = vec![exhibits.prose.clone(), exhibits.notes.join("\n")];
    parts.extend(exhibits.credentials.iter().map(of_credential));
    parts.extend(
        exhibits
            .requests
            .iter()
            .map(|request| format!("{request:?}")),
    );
    parts.join("\n")
}

fn pastes() -> Vec<(String, String)> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pastes.json");
    let text = std::fs::read_to_string(file).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    let field = |paste: &Value, name: &str| paste[name].as_str().unwrap().to_owned();
    json["pastes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|paste| (field(paste, "id"), field(paste, "paste")))
        .collect()
}
