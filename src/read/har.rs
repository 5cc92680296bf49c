//! HAR files, as browsers save their network panel: the requests that carried a credential.

use crate::json::{Json, Member};

use super::scan::{self, Found};
use super::{Exhibits, MAX_HEADERS, MAX_REQUESTS, Request, mask, names};

/// The longest body kept, in bytes.
const MAX_BODY: usize = 65_536;

/// What a HAR file holds.
#[derive(Default)]
pub(super) struct Har {
    exhibits: Exhibits,
    /// Requests left out: those that carried no credential and were not refused.
    left_out: usize,
}

/// Reads a HAR file or one entry of it; `None` when the JSON is neither.
pub(super) fn read(json: &Json) -> Option<Har> {
    let log;
    let entries: Vec<&str> = match json.get("log") {
        Some(member) => {
            log = Json::read(&member.raw);
            log.get("entries").map(Member::elements)?
        }
        None if json.get("request").is_some() => vec![json.source.as_str()],
        None => return None,
    };
    let mut har = Har::default();
    for entry in entries {
        if har.exhibits.requests.len() >= MAX_REQUESTS {
            har.exhibits.only_the_first(MAX_REQUESTS, "requests");
            break;
        }
        har.entry(&Json::read(entry));
    }
    Some(har)
}

impl Har {
    /// What the file holds. Judged is the last request that was refused, else the last one.
    pub(super) fn exhibits(mut self) -> Exhibits {
        let refused = |request: &Request| matches!(request.status, Some(401 | 403));
        let requests = &self.exhibits.requests;
        self.exhibits.request = requests
            .iter()
            .rposition(refused)
            .or_else(|| requests.len().checked_sub(1));
        if self.left_out > 0 {
            self.exhibits.notes.push(format!(
                "Requests without a credential that were not refused are left out of the list: {}.",
                self.left_out
            ));
        }
        self.exhibits
    }

    fn entry(&mut self, entry: &Json) {
        let (request, response) = (object(entry, "request"), object(entry, "response"));
        let status = response
            .get("status")
            .and_then(|status| status.raw.parse().ok())
            .filter(|status| *status != 0);
        let mut told = Request {
            method: request.text("method"),
            url: request.text("url").map(|url| mask::masked(&url)),
            status,
            ..Request::default()
        };
        for (name, value) in headers(&request) {
            if names::is_credential_header(&name) {
                self.credential(&name, &value, &mut told);
            }
            told.headers.push(mask::header(&name, &value));
        }
        if told.credentials.is_empty() && !matches!(status, Some(401 | 403)) {
            self.left_out = self.left_out.saturating_add(1);
            return;
        }
        told.response_headers = headers(&response)
            .into_iter()
            .map(|(name, value)| mask::header(&name, &value))
            .collect();
        let body = object(&response, "content")
            .text("text")
            .unwrap_or_default();
        told.body = mask::masked(
            body.get(..body.floor_char_boundary(MAX_BODY))
                .unwrap_or_default(),
        );
        self.exhibits.requests.push(told);
    }

    fn credential(&mut self, name: &str, value: &str, request: &mut Request) {
        for Found { pasted, .. } in scan::scan(&format!("{name}: {value}")).found {
            if let Some(index) = self.exhibits.list(pasted)
                && !request.credentials.contains(&index)
            {
                request.credentials.push(index);
            }
        }
    }
}

fn object(json: &Json, name: &str) -> Json {
    json.get(name)
        .map(|member| Json::read(&member.raw))
        .unwrap_or_default()
}

/// The headers of a request or an answer: `[{"name": …, "value": …}]`.
fn headers(json: &Json) -> Vec<(String, String)> {
    json.get("headers")
        .map(Member::elements)
        .unwrap_or_default()
        .iter()
        .take(MAX_HEADERS)
        .filter_map(|header| {
            let header = Json::read(header);
            Some((header.text("name")?, header.text("value")?))
        })
        .collect()
}
