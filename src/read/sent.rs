//! Which credential was, or would be, sent; and which request is judged.

use super::shape::Shape;
use super::{Exhibits, Pasted, Place, names};

/// Chooses the judged request and the credential that was sent, and says so when there was a
/// choice.
pub(super) fn choose(exhibits: &mut Exhibits) {
    fill_in_variables(exhibits);
    let requests = &exhibits.requests;
    exhibits.request = exhibits
        .request
        .or_else(|| {
            requests
                .iter()
                .rposition(|request| !request.credentials.is_empty())
        })
        .or_else(|| requests.len().checked_sub(1));
    let carried = exhibits
        .request
        .and_then(|request| requests.get(request))
        .map(|request| request.credentials.as_slice())
        .unwrap_or_default();
    let is_carried = |index: &usize| {
        requests
            .iter()
            .any(|request| request.credentials.contains(index))
    };
    let loose = (0..exhibits.credentials.len()).filter(|index| !is_carried(index));
    let known = |index: &usize, test: fn(&Pasted) -> bool| {
        exhibits.credentials.get(*index).is_some_and(test)
    };
    let mut candidates: Vec<usize> = carried.to_vec();
    if candidates
        .iter()
        .all(|index| known(index, |pasted| pasted.filled_in_later))
    {
        // An expression cannot be judged; a token that stands beside it is what it gives.
        let beside = |index: &usize| carried.is_empty() || known(index, is_token);
        candidates.extend(loose.filter(beside));
    }
    // Beside a request or an error, a member that is called `token` and holds none is of something
    // else: a device's, a refresh token, a job's.
    let is_alone = exhibits.requests.is_empty() && exhibits.prose.is_empty();
    exhibits.sent = candidates
        .into_iter()
        .filter(|index| is_alone || known(index, may_be_sent))
        .min_by_key(|index| exhibits.credentials.get(*index).map_or(u8::MAX, rank));
    if let Some(note) = choice(exhibits) {
        exhibits.notes.push(note);
    }
}

/// It is a token, or stands where only what is sent as one stands.
fn may_be_sent(pasted: &Pasted) -> bool {
    let named = matches!(
        pasted.place,
        Place::Json(_) | Place::UrlParameter(_) | Place::Cookie(_) | Place::Text
    );
    !named || is_token(pasted) || pasted.text.starts_with('{')
}

/// It has the shape of a credential.
fn is_token(pasted: &Pasted) -> bool {
    Shape::of(&pasted.text).is_some()
}

/// How little a place says that the credential was sent: 0 is surely.
///
/// `X-Serverless-Authorization` wins over `Authorization` when both are there (facts.md 7).
pub(super) fn rank(pasted: &Pasted) -> u8 {
    let rank = match &pasted.place {
        Place::Header(_) if pasted.filled_in_later => 9,
        Place::Header(name) => return header_rank(name),
        Place::Bare => 3,
        Place::Json(name) | Place::Env(name) | Place::UrlParameter(name) => member_rank(name),
        Place::Text => 5,
        Place::Cookie(_) => 6,
    };
    if is_token(pasted) { rank } else { rank + 10 }
}

fn header_rank(name: &str) -> u8 {
    let name = name.to_ascii_lowercase().replace('_', "-");
    match name.strip_prefix("http-").unwrap_or(&name) {
        "x-serverless-authorization" => 0,
        "authorization" => 1,
        name if name.ends_with("api-key") || name.ends_with("appcheck") => 8,
        name if name.ends_with("assertion") => 4,
        _ => 2,
    }
}

fn member_rank(name: &str) -> u8 {
    match name.to_ascii_lowercase().replace(['_', '-'], "").as_str() {
        "idtoken" | "identitytoken" => 3,
        "refreshtoken" | "clientsecret" => 7,
        _ => 4,
    }
}

/// `$TOKEN` in a header, where the paste also says what `TOKEN` is.
fn fill_in_variables(exhibits: &mut Exhibits) {
    let mut filled: Vec<(usize, usize)> = Vec::new();
    for (at, pasted) in exhibits.credentials.iter().enumerate() {
        let Some(variable) = variable(&pasted.text) else {
            continue;
        };
        let value = exhibits.credentials.iter().position(
            |other| matches!(&other.place, Place::Env(name) if name.eq_ignore_ascii_case(variable)),
        );
        filled.extend(value.map(|value| (at, value)));
    }
    for (at, value) in filled {
        let text = exhibits
            .credentials
            .get(value)
            .map(|value| value.text.clone());
        if let (Some(header), Some(text)) = (exhibits.credentials.get_mut(at), text) {
            header
                .notes
                .push(format!("`{}` was filled in from the paste.", header.text));
            // `TOKEN=$(gcloud …)`: what the command printed was sent.
            header.filled_in_later = text.starts_with(['$', '`']);
            header.text = text;
        }
    }
}

/// The name in `$NAME`, `${NAME}`, `$env:NAME` or `%NAME%`.
fn variable(text: &str) -> Option<&str> {
    let name = match text.strip_prefix('$') {
        Some(name) => name.strip_prefix("env:").unwrap_or(name),
        None => text.strip_prefix('%')?.strip_suffix('%')?,
    };
    let name = name
        .strip_prefix('{')
        .and_then(|name| name.strip_suffix('}'))
        .unwrap_or(name);
    (!name.is_empty() && name.bytes().all(super::shape::is_base64url)).then_some(name)
}

/// The sentence that says which of several credentials is judged.
fn choice(exhibits: &Exhibits) -> Option<String> {
    let count = exhibits.credentials.len();
    if count < 2 {
        return None;
    }
    let Some(sent) = exhibits
        .sent
        .and_then(|sent| exhibits.credentials.get(sent))
    else {
        return Some(format!(
            "{count} credentials were found; the judged request carried none of them."
        ));
    };
    let which = match &sent.place {
        Place::Header(name) if names::is_credential_header(name) => {
            format!("the one in the header `{name}`")
        }
        Place::Header(name) | Place::Json(name) | Place::Env(name) | Place::UrlParameter(name) => {
            format!("the one from `{name}`")
        }
        Place::Cookie(name) => format!("the one in the cookie `{name}`"),
        Place::Bare | Place::Text => "the first one".into(),
    };
    Some(format!(
        "{count} credentials were found; {which} is judged."
    ))
}
