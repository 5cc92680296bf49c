//! The report as JSON, version 1: a frozen copy, so that the program may change inside.
//!
//! What a member means stands in `docs/report.md`. New members may be added; none is renamed,
//! removed or given another meaning within version 1.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::value::RawValue;

use super::Report;
use crate::visible::in_line;

/// The report as one line of JSON.
#[must_use]
pub fn to_json(report: &Report<'_>) -> String {
    // Writing plain structs to a string cannot fail; an empty object would still be JSON.
    let json = serde_json::to_string(&V1::of(report)).unwrap_or_else(|_| "{}".to_owned());
    report.concealer().json(&json).into_owned()
}

#[derive(Serialize)]
struct V1<'r> {
    version: u8,
    headline: Option<Headline<'r>>,
    read: Read<'r>,
    causes: Vec<CauseV1<'r>>,
    ruled_out: Vec<RuledOutV1<'r>>,
}

#[derive(Serialize)]
struct Headline<'r> {
    id: &'r str,
    gate: &'r str,
    likelihood: &'r str,
    summary: &'r str,
}

#[derive(Serialize)]
struct Read<'r> {
    credential: CredentialV1<'r>,
    target: TargetV1<'r>,
    response: ResponseV1<'r>,
    now: i64,
    now_from_response: bool,
}

#[derive(Serialize)]
struct CredentialV1<'r> {
    kind: &'r str,
    label: &'r str,
    header: Option<Box<RawValue>>,
    claims: Option<Box<RawValue>>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct TargetV1<'r> {
    product: &'r str,
    url: Option<Cow<'r, str>>,
    service: Option<Cow<'r, str>>,
    region: Option<Cow<'r, str>>,
    project: Option<Cow<'r, str>>,
    project_number: Option<&'r str>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct ResponseV1<'r> {
    status: Option<u16>,
    answered_by: &'r str,
}

#[derive(Serialize)]
struct CauseV1<'r> {
    id: &'r str,
    title: &'r str,
    gate: &'r str,
    likelihood: &'r str,
    summary: &'r str,
    because: Vec<&'r str>,
    fixes: Vec<FixV1<'r>>,
    docs: String,
}

#[derive(Serialize)]
struct FixV1<'r> {
    title: &'r str,
    effect: &'r str,
    caution: &'r str,
    language: &'r str,
    text: &'r str,
}

#[derive(Serialize)]
struct RuledOutV1<'r> {
    id: &'r str,
    because: &'r str,
}

impl<'r> V1<'r> {
    fn of(report: &'r Report<'_>) -> Self {
        let causes: Vec<CauseV1<'r>> = report.causes.iter().map(CauseV1::of).collect();
        Self {
            version: 1,
            headline: causes.first().map(|first| Headline {
                id: first.id,
                gate: first.gate,
                likelihood: first.likelihood,
                summary: first.summary,
            }),
            read: Read::of(report),
            causes,
            ruled_out: report
                .ruled_out
                .iter()
                .map(|ruled_out| RuledOutV1 {
                    id: ruled_out.cause.id,
                    because: &ruled_out.because,
                })
                .collect(),
        }
    }
}

impl<'r> Read<'r> {
    fn of(report: &'r Report<'_>) -> Self {
        let evidence = &report.evidence;
        let target = &evidence.target;
        let jwt = evidence.credential.jwt.as_ref();
        let raw = |text: String| {
            RawValue::from_string(text)
                .ok()
                .filter(|raw| raw.get() != "null")
        };
        Self {
            credential: CredentialV1 {
                kind: evidence.credential.kind.id(),
                label: &evidence.credential.label,
                header: jwt.and_then(|jwt| raw(jwt.header_json())),
                claims: jwt.and_then(|jwt| raw(jwt.claims_json())),
                notes: report
                    .notes()
                    .map(|note| in_line(note).into_owned())
                    .collect(),
            },
            target: TargetV1 {
                product: target.product.id(),
                url: target.url.as_deref().map(in_line),
                service: target.service.as_deref().map(in_line),
                region: target.region.as_deref().map(in_line),
                project: target.project.as_deref().map(in_line),
                project_number: target.project_number.as_deref(),
                notes: target
                    .problems
                    .iter()
                    .chain(&target.notes)
                    .map(|note| in_line(note).into_owned())
                    .collect(),
            },
            response: ResponseV1 {
                status: evidence.response.status,
                answered_by: evidence.response.answered_by.id(),
            },
            now: evidence.now,
            now_from_response: evidence.now_from_response,
        }
    }
}

impl<'r> CauseV1<'r> {
    fn of(diagnosis: &'r super::Diagnosis) -> Self {
        let cause = diagnosis.cause;
        Self {
            id: cause.id,
            title: cause.title,
            gate: cause.gate.id(),
            likelihood: diagnosis.likelihood.id(),
            summary: &diagnosis.summary,
            because: diagnosis
                .reasons
                .iter()
                .map(|reason| reason.text.as_str())
                .collect(),
            fixes: diagnosis
                .fixes
                .iter()
                .flat_map(|fix| {
                    fix.snippets.iter().map(|snippet| FixV1 {
                        title: &fix.title,
                        effect: fix.effect.id(),
                        caution: &fix.caution,
                        language: snippet.language.id(),
                        text: &snippet.text,
                    })
                })
                .collect(),
            docs: format!("causes/{}.html", cause.id),
        }
    }
}
