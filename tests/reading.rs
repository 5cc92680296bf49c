//! Pastes of every form people use, and what is read from each.
//!
//! In a row, `{T}` is an ID token, `{Y}` an access token and `{U}` a service's URL. What is
//! read is told in lines: one for each credential (`*` marks the one that was sent, `later`
//! one that a shell fills in), one for each request, and the prose.

use std::fmt::Write as _;

use why401::read::{Exhibits, Place, read};

const URL: &str = "https://orders-4k3jd82hfa-uc.a.run.app";

/// A token that no one issued: `{"alg":"RS256","typ":"JWT"}`, `{"aud":"https://orders-api"}` and
/// a made-up signature of the length that RS256 has.
fn id_token() -> String {
    format!(
        "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdWQiOiJodHRwczovL29yZGVycy1hcGkifQ.{}xY",
        "FAKE-fake_".repeat(34)
    )
}

fn access_token() -> String {
    format!("ya29.c.{}", "FAKE0fake-".repeat(12))
}

#[rustfmt::skip]
const ROWS: &[(&str, &[&str])] = &[
    // Headers.
    ("Authorization: Bearer {T}", &["* header Authorization Bearer: {T}"]),
    ("authorization:bearer  {T}", &["* header authorization bearer: {T}"]),
    ("X-Serverless-Authorization: Bearer {T}", &["* header X-Serverless-Authorization Bearer: {T}"]),
    ("Proxy-Authorization: Bearer {T}", &["* header Proxy-Authorization Bearer: {T}"]),
    ("X-Forwarded-Authorization: Bearer {T}", &["* header X-Forwarded-Authorization Bearer: {T}"]),
    ("x-goog-iap-jwt-assertion: {T}", &["* header x-goog-iap-jwt-assertion: {T}"]),
    ("Authentication: Bearer {T}", &["* header Authentication Bearer: {T}"]),
    ("Authorization: {T}", &["* header Authorization [NoScheme]: {T}"]),
    ("Authorization: Bearer Bearer {T}", &["* header Authorization Bearer x2 [DoubleScheme]: {T}"]),
    ("Authorization: Bearer: {T}", &["* header Authorization Bearer: {T}"]),
    ("Authorization: Bearer \"{T}\"", &["* header Authorization Bearer [Quotes]: {T}"]),
    ("Authorization: Bearer b'{T}'", &["* header Authorization Bearer [BytesLiteral]: {T}"]),
    ("Authorization: Bearer {T},", &["* header Authorization Bearer [TrailingCharacters]: {T}"]),
    ("Authorization: Bearer\u{a0}{T}", &["* header Authorization Bearer [InvisibleCharacters]: {T}"]),
    ("Authorization%3A%20Bearer%20{T}", &["* header Authorization Bearer [PercentEncoding]: {T}"]),
    ("Authorization: Bearer {T76}\nAccept: */*", &["* header Authorization Bearer [LineBreaks]: {T}"]),
    ("Authorization: Bearer {T<200}...", &["* header Authorization Bearer [Ellipsis]: {T<200}"]),
    ("Authorization: Bearer {Y}\nX-Serverless-Authorization: Bearer {T}", &["- header Authorization Bearer: {Y}", "* header X-Serverless-Authorization Bearer: {T}"]),
    ("Authorization: Basic dXNlcjpwYXNz", &["* header Authorization Basic: dXNlcjpwYXNz"]),
    ("x-goog-api-key: AIzaSyFAKEFAKEFAKEFAKEFAKEFAKEFAKEFAKE0", &["* header x-goog-api-key: AIzaSyFAKEFAKEFAKEFAKEFAKEFAKEFAKEFAKE0"]),
    // Headers without a token.
    ("Authorization: Bearer ", &["* header Authorization Bearer: "]),
    ("Authorization: Bearer undefined", &["* header Authorization Bearer: undefined"]),
    ("authorization: Bearer [object Object]", &["* header authorization Bearer: [object Object]"]),
    ("Authorization: Bearer ***", &["* header Authorization Bearer: ***"]),
    ("Authorization: Bearer $TOKEN", &["* header Authorization Bearer: $TOKEN"]),
    ("Authorization: Bearer {{id_token}}", &["* header Authorization Bearer: {{id_token}}"]),
    ("Error: send the header 'Authorization: Bearer <token>' with every request", &["prose \"Error: send the header 'Authorization: Bearer <token>' with every request\""]),
    // curl commands.
    ("curl -H 'Authorization: Bearer {T}' {U}/a?code=SECRET", &["* header Authorization Bearer: {T}", "judged GET {U}/a?code=… carries [0]"]),
    ("curl -H \"Authorization: Bearer $(gcloud auth print-identity-token --audiences=\"{U}\")\" {U}", &["* header Authorization Bearer later: $(gcloud auth print-identity-token --audiences=\"{U}\")", "judged GET {U} carries [0]"]),
    ("curl -H 'Authorization: Bearer $(gcloud auth print-identity-token)' {U}", &["* header Authorization Bearer: $(gcloud auth print-identity-token)", "judged GET {U} carries [0]"]),
    ("curl -X POST -H \"Authorization: Bearer $TOKEN\" \\\n  -d '{\"a\":1}' {U}", &["* header Authorization Bearer later: $TOKEN", "judged POST {U} carries [0]"]),
    ("export TOKEN={T}\ncurl -H \"Authorization: Bearer $TOKEN\" {U}", &["- env TOKEN: {T}", "* header Authorization Bearer: {T}", "judged GET {U} carries [1]"]),
    ("curl -H \"Authorization: Bearer \" {U}", &["* header Authorization Bearer: ", "judged GET {U} carries [0]"]),
    ("curl -H “Authorization: Bearer {T}” {U}", &["* header Authorization Bearer [SmartQuotes]: {T}", "judged GET {U} carries [0]"]),
    ("curl --oauth2-bearer {T} {U}", &["* text: {T}", "judged GET {U} carries [0]"]),
    ("$ curl -H \"Authorization: Bearer {T}\" {U}\n<html><title>401 Unauthorized</title></html>", &["* header Authorization Bearer: {T}", "judged GET {U} carries [0] body \"<html><title>401 Unauthorized</title></html>\""]),
    ("$ curl -i -H \"Authorization: Bearer {T}\" {U}\nHTTP/2 401 \nwww-authenticate: Bearer error=\"invalid_token\"\n\nno", &["* header Authorization Bearer: {T}", "judged GET {U} carries [0] -> 401 www-authenticate=Bearer error=\"invalid_token\" body \"no\""]),
    ("curl: (22) The requested URL returned error: 403", &["prose \"curl: (22) The requested URL returned error: 403\""]),
    // Transcripts.
    ("$ curl -v -H \"Authorization: Bearer {T}\" {U}/a\n* Connected to orders-4k3jd82hfa-uc.a.run.app (203.0.113.7) port 443\n* [HTTP/2] [1] OPENED stream for {U}/a\n* [HTTP/2] [1] [:method: GET]\n* [HTTP/2] [1] [:authority: orders-4k3jd82hfa-uc.a.run.app]\n* [HTTP/2] [1] [:path: /a]\n* [HTTP/2] [1] [authorization: Bearer {T}]\n> GET /a HTTP/2\n> Host: orders-4k3jd82hfa-uc.a.run.app\n> Authorization: Bearer {T}\n> \n< HTTP/2 403 \n< date: Wed, 18 Nov 2026 09:06:40 GMT\n< \n<html>\n* Connection #0 to host left intact\n</html>", &["* header Authorization Bearer: {T}", "judged GET {U}/a carries [0] -> 403 date=Wed, 18 Nov 2026 09:06:40 GMT body \"<html>\\n</html>\""]),
    ("* [HTTP/2] [1] [:method: GET]\n* [HTTP/2] [1] [:authority: a.example]\n* [HTTP/2] [1] [:path: /b]\n* [HTTP/2] [1] [authorization: Bearer {T}]", &["* header authorization Bearer: {T}", "judged GET https://a.example/b carries [0]"]),
    ("> GET /a HTTP/1.1\n> Host: a.example\n> Authorization: Bearer {T}\n>\n< HTTP/1.1 302 Found\n< location: https://b.example/?id_token={T}\n<\n> GET / HTTP/1.1\n> Host: b.example\n>\n< HTTP/1.1 401 Unauthorized\n<\nnope", &["* header Authorization Bearer: {T}", "judged GET https://a.example/a carries [0] -> 302 location=https://b.example/?id_token=…", "other GET https://b.example/ carries [] -> 401 body \"nope\""]),
    ("> GET / HTTP/1.1\n> Host: a.example\n> authorization: Bearer {T100}\n> accept: */*\n>\n< HTTP/1.1 100 Continue\n<\n< HTTP/1.1 401 Unauthorized", &["* header authorization Bearer [LineBreaks]: {T}", "judged GET https://a.example/ carries [0] -> 401"]),
    ("* Connected to localhost (127.0.0.1) port 80\n> GET /x HTTP/1.1\n> Host: localhost:8080\n>\n< HTTP/1.1 200 OK", &["judged GET http://localhost:8080/x carries [] -> 200"]),
    ("POST /v1?code=SECRET HTTP/1.1\r\nHost: a.example\r\nAuthorization: Bearer {T}\r\n\r\n{\"a\":1}\r\n\r\nHTTP/1.1 401 Unauthorized\r\nServer: x\r\n\r\n{\"error\":\"no\"}", &["* header Authorization Bearer: {T}", "judged POST https://a.example/v1?code=… carries [0] -> 401 Server=x body \"{\\\"error\\\":\\\"no\\\"}\""]),
    ("HTTP/2 401\nwww-authenticate: Bearer error=\"invalid_token\"\n\n<html>", &["judged ? ? carries [] -> 401 www-authenticate=Bearer error=\"invalid_token\" body \"<html>\""]),
    ("Request URL:\n{U}/x\nRequest Method:\nGET\nStatus Code:\n401 Unauthorized\nauthorization\nBearer {T}\nsec-fetch-mode\ncors", &["* header authorization Bearer: {T}", "judged GET {U}/x carries [0] -> 401"]),
    ("send: b'GET / HTTP/1.1\\r\\nHost: a.example\\r\\nAuthorization: Bearer {T}\\r\\nAccept: */*\\r\\n\\r\\n'\nreply: 'HTTP/1.1 401 Unauthorized\\r\\n'\nheader: Server: x", &["* header Authorization Bearer: {T}", "judged GET https://a.example/ carries [0] -> 401 Server=x"]),
    ("> POST /token HTTP/1.1\n> Host: a.example\n>\n< HTTP/1.1 200 OK\n<\n{\"id_token\":\"{T}\"}", &["* json id_token: {T}", "judged POST https://a.example/token carries [] -> 200 body \"{\\\"id_token\\\":\\\"eyJhbGci…\\\"}\""]),
    // Code and other tools.
    ("Invoke-WebRequest -Uri {U} -Headers @{Authorization = \"Bearer {T}\"}", &["* header Authorization Bearer: {T}", "judged ? {U} carries [0]"]),
    ("Invoke-WebRequest -Uri {U} -Headers @{Authorization = \"Bearer $token\"}", &["* header Authorization Bearer later: $token", "judged ? {U} carries [0]"]),
    ("http GET {U} Authorization:\"Bearer {T}\"", &["* header Authorization Bearer: {T}", "judged ? {U} carries [0]"]),
    ("requests.get('{U}', headers={'Authorization': 'Bearer {T}'})", &["* header Authorization Bearer: {T}", "judged ? {U} carries [0]"]),
    ("requests.get('{U}', headers={'Authorization': f'Bearer {token}'})", &["* header Authorization Bearer later: {token}", "judged ? {U} carries [0]"]),
    ("requests.get('{U}', headers={'Authorization': 'Bearer ' + token})", &["* header Authorization Bearer later: + token", "judged ? {U} carries [0]"]),
    ("fetch(\"{U}\", {\n  \"headers\": {\n    \"authorization\": \"Bearer {T}\"\n  }\n});", &["* header authorization Bearer: {T}", "judged ? {U} carries [0]"]),
    ("fetch('{U}', {headers: {Authorization: `Bearer ${token}`}})", &["* header Authorization Bearer later: ${token}", "judged ? {U} carries [0]"]),
    ("req.Header.Set(\"Authorization\", \"Bearer \"+token.AccessToken)", &["* header Authorization Bearer later: +token.AccessToken"]),
    // JSON answers.
    ("{\"access_token\":\"{Y}\",\"expires_in\":3599,\"token_type\":\"Bearer\",\"id_token\":\"{T}\"}", &["- json access_token: {Y}", "* json id_token: {T}"]),
    ("{\"access_token\":\"{Y}\",\"id_token\":null,\"refresh_token\":\"1//0gFAKEfakeFAKEfakeFAKE\"}", &["* json access_token: {Y}", "- json refresh_token: 1//0gFAKEfakeFAKEfakeFAKE"]),
    ("{\"accessToken\":\"{Y}\",\"expireTime\":\"2026-11-18T10:00:00Z\"}", &["* json accessToken: {Y}"]),
    ("{\"token\":\"{T}\"}", &["* json token: {T}"]),
    ("{\"access_token\":\"abc123opaque\"}", &["* json access_token: abc123opaque"]),
    ("\"{\\\"id_token\\\": \\\"{T}\\\"}\"", &["* json id_token: {T}"]),
    ("{\"error\":{\"code\":401,\"message\":\"Expected OAuth 2 access token\",\"status\":\"UNAUTHENTICATED\"}}", &["prose \"{\\\"error\\\":{\\\"code\\\":401,\\\"message\\\":\\\"Expected OAuth 2 access token\\\",\\\"status\\\":\\\"UNAUTHENTICATED\\\"}}\""]),
    ("{\"payload\":\"e30\",\"protected\":\"e30\",\"signature\":\"FAKE\"}", &["* bare: {\"payload\":\"e30\",\"protected\":\"e30\",\"signature\":\"FAKE\"}"]),
    ("{\"type\":\"authorized_user\",\"refresh_token\":\"1//0gFAKEfakeFAKEfakeFAKE\"}", &["* bare: {\"type\":\"authorized_user\",\"refresh_token\":\"1//0gFAKEfakeFAKEfakeFAKE\"}"]),
    ("{\"log\":{\"entries\":[{\"request\":{\"method\":\"OPTIONS\",\"url\":\"{U}\",\"headers\":[]},\"response\":{\"status\":403}},{\"request\":{\"method\":\"GET\",\"url\":\"{U}?key=SECRET\",\"headers\":[{\"name\":\"Authorization\",\"value\":\"Bearer {T}\"}]},\"response\":{\"status\":200,\"content\":{\"text\":\"{\\\"id_token\\\":\\\"{T}\\\"}\"}}},{\"request\":{\"url\":\"{U}\",\"headers\":[]},\"response\":{\"status\":204}}]}}", &["- header Authorization Bearer: {T}", "judged OPTIONS {U} carries [] -> 403", "other GET {U}?key=… carries [0] -> 200 body \"{\\\"id_token\\\":\\\"eyJhbGci…\\\"}\""]),
    // Assignments, cookies and URLs.
    ("export TOKEN={T}\nexport OTHER='{Y}'", &["* env TOKEN: {T}", "- env OTHER: {Y}"]),
    ("TOKEN=", &["* env TOKEN: "]),
    ("export ID_TOKEN=\"undefined\"", &["* env ID_TOKEN: undefined"]),
    ("token: >-\n  {T}\n", &["* env token: {T}"]),
    ("env:\n  - name: X\n    token: {T}", &["* env token: {T}"]),
    ("const token = \"{T}\";", &["* env token: {T}"]),
    ("Cookie: GCP_IAP_UID=x; session={T}; Path=/", &["* cookie session: {T}"]),
    ("https://app.example/cb#access_token={Y}&token_type=bearer&id_token={T}", &["- parameter access_token: {Y}", "* parameter id_token: {T}", "judged ? https://app.example/cb#access_token=…&token_type=bearer&id_token=… carries []"]),
    ("https://app.example/cb?u=https%3A%2F%2Fx%3Fid_token%3D{T}", &["* parameter id_token: {T}", "judged ? https://app.example/cb?u=https%3A%2F%2Fx%3Fid_token%3DeyJhbGci… carries []"]),
    ("{U}/path", &["judged ? {U}/path carries []"]),
    // Copies.
    ("{T76}", &["* bare [LineBreaks]: {T}"]),
    ("{T70> }", &["* bare [LineBreaks]: {T}"]),
    ("{T70| }", &["* bare [LineBreaks]: {T}"]),
    ("{T70    }", &["* bare [LineBreaks]: {T}"]),
    ("{Y50}", &["* bare [LineBreaks]: {Y}"]),
    ("\"{T}\",", &["* bare [Quotes, TrailingCharacters]: {T}"]),
    ("‘{T}’", &["* bare [SmartQuotes]: {T}"]),
    ("<{T}>", &["* bare: {T}"]),
    ("```\n{T}\n```", &["* bare: {T}"]),
    ("b'{T}'", &["* bare [BytesLiteral]: {T}"]),
    ("{T}.", &["* bare [TrailingCharacters]: {T}"]),
    ("{T<200}…", &["* bare [Ellipsis]: {T<200}"]),
    ("\u{200b}{T}\u{feff}", &["* bare [InvisibleCharacters]: {T}"]),
    ("{T}\n{T}", &["* bare: {T}"]),
    ("{T}\n{Y}", &["* bare: {T}", "- bare: {Y}"]),
    ("-----BEGIN PRIVATE KEY-----\nRkFLRQ==\n-----END PRIVATE KEY-----", &["* bare: -----BEGIN PRIVATE KEY-----\nRkFLRQ==\n-----END PRIVATE KEY-----"]),
    ("{T}\nhello", &["* text: {T}"]),
    ("{Y}\nhello", &["* text: {Y}"]),
    ("{T76}\n$ ", &["* text [LineBreaks]: {T}"]),
    ("{T76}\nuser@host:~$ ls", &["* text [LineBreaks]: {T}"]),
    ("{T}\n\n{T76}", &["* bare: {T}"]),
    ("{Y50}\nexpires_in: 3599", &["* text [LineBreaks]: {Y}"]),
    ("1. {T}\n2. {Y}", &["* text: {T}", "- text: {Y}"]),
    ("token={T} user=a", &["* env token: {T}"]),
    ("{T} {Y}", &["* bare: {T}", "- bare: {Y}"]),
    ("Bearer {T}\nBearer {Y}", &["* bare Bearer: {T}", "- bare Bearer: {Y}"]),
    ("| {T} |", &["* bare: {T}"]),
    ("`{T}`", &["* bare [Quotes]: {T}"]),
    ("Authorization: Bearer <{T}>", &["* header Authorization Bearer [TrailingCharacters]: {T}"]),
    ("Authorization: Bearer {T}\\n", &["* header Authorization Bearer [EscapedLineBreaks]: {T}"]),
    ("\"Bearer {T}\\n\"", &["* bare Bearer [EscapedLineBreaks, Quotes]: {T}"]),
    ("{\"headers\":{\"Authorization\":[\"Bearer {T}\"]}}", &["* header Authorization Bearer: {T}"]),
    ("authorization=Bearer%20{T}&x=1", &["* header authorization Bearer [PercentEncoding]: {T}"]),
    ("Set-Cookie: __session={T}; Path=/; Secure", &["* cookie __session: {T}"]),
    ("x-goog-iap-jwt-assertion: {T}\nx-goog-authenticated-user-email: accounts.google.com:a@b.example", &["* header x-goog-iap-jwt-assertion: {T}"]),
    ("HTTP_AUTHORIZATION=Bearer {T}", &["* header HTTP_AUTHORIZATION Bearer: {T}"]),
    ("[2026] \"GET /?access_token={Y} HTTP/1.1\" 401", &["* parameter access_token: {Y}", "prose \"[2026] \\\"GET /?access_token=… HTTP/1.1\\\" 401\""]),
    ("wget --header=\"Authorization: Bearer {T}\" {U}", &["* header Authorization Bearer: {T}", "judged ? {U} carries [0]"]),
    ("kubectl: token:      {T}", &["* env token: {T}"]),
    ("Authorization Bearer {T}", &["* text Bearer: {T}"]),
    ("bearer token {T}", &["* bare: {T}"]),
    ("gcloud run services proxy --token={T}", &["* env token: {T}", "prose \"gcloud run services proxy --token=eyJhbGci…\""]),
    ("grpcurl -H \"authorization: Bearer {T}\" a.example:443 x.Y/Z", &["* header authorization Bearer: {T}"]),
    // Texts.
    ("My token is {T}. Why is it refused here?", &["* text: {T}", "prose \"My token is eyJhbGci…. Why is it refused here?\""]),
    ("2026-11-18 ERROR 401 invalid_token Authorization: Bearer {T} was refused by the server", &["* header Authorization Bearer: {T}", "prose \"2026-11-18 ERROR 401 invalid_token Authorization: Bearer eyJhbGci… was refused by the server\""]),
    ("got token {Y} and used it for the request", &["* text: {Y}", "prose \"got token ya29.… and used it for the request\""]),
    ("my key is AIzaSyFAKEFAKEFAKEFAKEFAKEFAKEFAKEFAKE0 and it works", &["* text: AIzaSyFAKEFAKEFAKEFAKEFAKEFAKEFAKEFAKE0", "prose \"my key is AIza… and it works\""]),
    ("C:\\> gcloud auth print-identity-token\r\n{T}\r\n", &["* text: {T}"]),
    ("Well. This is. A sentence.", &["prose \"Well. This is. A sentence.\""]),
    ("hello", &["* bare: hello"]),
    // What came back, not what was sent.
    ("401", &["prose \"401\""]),
    ("invalid_grant", &["prose \"invalid_grant\""]),
    ("PERMISSION_DENIED", &["prose \"PERMISSION_DENIED\""]),
    ("JwtError(Error(InvalidAudience))", &["prose \"JwtError(Error(InvalidAudience))\""]),
    ("auth/id-token-expired", &["prose \"auth/id-token-expired\""]),
    ("{\"error\":\"unauthorized\"}", &["prose \"{\\\"error\\\":\\\"unauthorized\\\"}\""]),
    // Placeholders stay what was sent.
    ("MY_TOKEN", &["* bare: MY_TOKEN"]),
    ("hello world", &["prose \"hello world\""]),
    ("Bearer abc", &["* bare Bearer: abc"]),
    ("[object Object]", &["* bare: [object Object]"]),
    ("$(gcloud auth print-identity-token)", &["* bare: $(gcloud auth print-identity-token)"]),
    ("", &["empty"]),
    ("\u{200b}", &["empty"]),
];

#[test]
fn every_form_is_read() {
    let mut wrong = String::new();
    for (paste, lines) in ROWS {
        let told = tell(&read(&filled(paste)));
        if told != *lines {
            let _ = writeln!(wrong, "    ({paste:?}, &{told:?}),");
        }
    }
    assert!(wrong.is_empty(), "read otherwise:\n{wrong}");
}

#[test]
fn any_prefix_of_any_form_is_read() {
    for (paste, _) in ROWS {
        let paste = filled(paste);
        for (end, _) in paste.char_indices() {
            let exhibits = read(&paste[..end]);
            assert!(
                exhibits
                    .sent
                    .is_none_or(|sent| sent < exhibits.credentials.len())
            );
        }
    }
}

/// What is shown of a paste never holds a token beyond its start.
#[test]
fn what_is_shown_holds_no_token() {
    for (paste, _) in ROWS {
        let exhibits = read(&filled(paste));
        let shown = format!(
            "{:?} {:?} {:?}",
            exhibits.requests, exhibits.prose, exhibits.notes
        );
        for secret in [
            "FAKE-fake_FAKE",
            "FAKE0fake-FAKE",
            "FAKEFAKE",
            "fakeFAKE",
            "SECRET",
            "dXNl",
        ] {
            assert!(!shown.contains(secret), "{paste}: {shown}");
        }
    }
}

/// A row's paste with its tokens put in: `{T}` whole, `{T<9}` the first 9 characters, `{T9> }`
/// wrapped at 9 characters with `> ` before each line.
fn filled(paste: &str) -> String {
    let mut filled = String::new();
    let mut rest = paste;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let hole = after
            .split_once('}')
            .filter(|(hole, _)| hole.starts_with(['T', 'Y', 'U']));
        let Some((hole, after)) = hole else {
            filled.push('{');
            rest = after;
            continue;
        };
        let value = match &hole[..1] {
            "T" => id_token(),
            "Y" => access_token(),
            _ => URL.to_owned(),
        };
        let how = &hole[1..];
        let digits = how.trim_start_matches('<');
        let digits = &digits[..digits.bytes().take_while(u8::is_ascii_digit).count()];
        match digits.parse::<usize>() {
            Err(_) => filled.push_str(&value),
            Ok(length) if how.starts_with('<') => filled.push_str(&value[..length]),
            Ok(width) => filled.push_str(&wrapped(&value, width, &how[digits.len()..])),
        }
        rest = after;
    }
    filled + rest
}

fn wrapped(text: &str, width: usize, margin: &str) -> String {
    let lines: Vec<&[u8]> = text.as_bytes().chunks(width).collect();
    let lines = lines
        .iter()
        .map(|line| format!("{margin}{}", String::from_utf8_lossy(line)));
    lines.collect::<Vec<String>>().join("\n")
}

fn tell(exhibits: &Exhibits) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, pasted) in exhibits.credentials.iter().enumerate() {
        let mut line = String::new();
        line.push_str(if exhibits.sent == Some(at) {
            "* "
        } else {
            "- "
        });
        line.push_str(&place(&pasted.place));
        if let Some(scheme) = &pasted.scheme {
            let _ = write!(line, " {scheme}");
        }
        if pasted.scheme_count > 1 {
            let _ = write!(line, " x{}", pasted.scheme_count);
        }
        if pasted.filled_in_later {
            line.push_str(" later");
        }
        if !pasted.blemishes.is_empty() {
            let _ = write!(line, " {:?}", pasted.blemishes);
        }
        let _ = write!(line, ": {}", short(&pasted.text));
        lines.push(line);
    }
    for (at, request) in exhibits.requests.iter().enumerate() {
        let judged = if exhibits.request == Some(at) {
            "judged"
        } else {
            "other"
        };
        let method = request.method.as_deref().unwrap_or("?");
        let url = request.url.as_deref().unwrap_or("?").replace(URL, "{U}");
        let mut line = format!("{judged} {method} {url} carries {:?}", request.credentials);
        if let Some(status) = request.status {
            let _ = write!(line, " -> {status}");
        }
        for (name, value) in &request.response_headers {
            let _ = write!(line, " {name}={value}");
        }
        if !request.body.is_empty() {
            let _ = write!(line, " body {:?}", request.body);
        }
        lines.push(line);
    }
    if !exhibits.prose.is_empty() {
        lines.push(format!("prose {:?}", exhibits.prose));
    }
    if exhibits.empty {
        lines.push("empty".into());
    }
    lines
}

/// A text with the tokens in it written as in the rows.
fn short(text: &str) -> String {
    let cut = id_token()[..200].to_owned();
    text.replace(&id_token(), "{T}")
        .replace(&cut, "{T<200}")
        .replace(&access_token(), "{Y}")
        .replace(URL, "{U}")
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
