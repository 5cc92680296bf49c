//! The report as JSON, version 2: a frozen copy, so that the program may change inside.
//!
//! What a member means stands in `docs/report.md`. New members may be added; none is renamed,
//! removed or given another meaning within version 2, nor was one of version 1.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::value::RawValue;

use super::Report;
use crate::conceal::push_quoted;
use crate::fix::Fix;
use crate::json::Json;
use crate::visible::in_line;

/// The report as one line of JSON.
#[must_use]
pub fn to_json(report: &Report<'_>) -> String {
    // Writing plain structs to a string cannot fail; an empty object would still be JSON.
    let json = serde_json::to_string(&V2::of(report)).unwrap_or_else(|_| "{}".to_owned());
    report.reporter().json(&json).into_owned()
}

#[derive(Serialize)]
struct V2<'r> {
    version: u8,
    headline: Option<Headline<'r>>,
    judged: Option<JudgedV2>,
    read: Read<'r>,
    facts: Vec<FactV2<'r>>,
    causes: Vec<CauseV2<'r>>,
    ruled_out: Vec<RuledOutV2<'r>>,
}

#[derive(Serialize)]
struct Headline<'r> {
    id: &'r str,
    gate: &'r str,
    likelihood: &'r str,
    summary: &'r str,
}

#[derive(Serialize)]
struct JudgedV2 {
    entry: usize,
    of: usize,
}

#[derive(Serialize)]
struct Read<'r> {
    credential: CredentialV2<'r>,
    target: TargetV2<'r>,
    response: ResponseV2<'r>,
    now: i64,
    now_from_response: bool,
}

#[derive(Serialize)]
struct CredentialV2<'r> {
    kind: &'r str,
    label: &'r str,
    header: Option<Box<RawValue>>,
    claims: Option<Box<RawValue>>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct TargetV2<'r> {
    product: &'r str,
    url: Option<Cow<'r, str>>,
    service: Option<Cow<'r, str>>,
    region: Option<Cow<'r, str>>,
    project: Option<Cow<'r, str>>,
    project_number: Option<&'r str>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct ResponseV2<'r> {
    status: Option<u16>,
    answered_by: &'r str,
}

#[derive(Serialize)]
struct FactV2<'r> {
    name: &'r str,
    value: Cow<'r, str>,
    from: &'r str,
}

#[derive(Serialize)]
struct CauseV2<'r> {
    id: &'r str,
    variant: &'r str,
    title: &'r str,
    gate: &'r str,
    likelihood: &'r str,
    summary: &'r str,
    because: Vec<&'r str>,
    check: Vec<FixV2<'r>>,
    fix: Vec<FixV2<'r>>,
    verify: Vec<FixV2<'r>>,
    fixes: Vec<FixV2<'r>>,
    docs: String,
}

#[derive(Serialize)]
struct FixV2<'r> {
    title: &'r str,
    effect: &'r str,
    caution: &'r str,
    note: &'r str,
    language: &'r str,
    text: &'r str,
}

#[derive(Serialize)]
struct RuledOutV2<'r> {
    id: &'r str,
    because: &'r str,
}

impl<'r> V2<'r> {
    fn of(report: &'r Report<'_>) -> Self {
        let causes: Vec<CauseV2<'r>> = report.causes.iter().map(CauseV2::of).collect();
        Self {
            version: 2,
            headline: causes.first().map(|first| Headline {
                id: first.id,
                gate: first.gate,
                likelihood: first.likelihood,
                summary: first.summary,
            }),
            judged: report.evidence.entry().map(|(_, entry, of)| JudgedV2 {
                entry: *entry,
                of: *of,
            }),
            read: Read::of(report),
            facts: facts(report),
            causes,
            ruled_out: report
                .ruled_out
                .iter()
                .map(|ruled_out| RuledOutV2 {
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
        let raw = |part: &Part| {
            RawValue::from_string(part.text.clone())
                .ok()
                .filter(|raw| raw.get() != "null")
        };
        let header = jwt.map(|jwt| Part::of(&jwt.header, jwt.header_json()));
        let claims = jwt.map(|jwt| Part::of(&jwt.claims, jwt.claims_json()));
        let left_out = [("header", &header), ("claims", &claims)];
        let left_out = left_out
            .into_iter()
            .filter_map(|(name, part)| part.as_ref()?.left_out(name));
        Self {
            credential: CredentialV2 {
                kind: evidence.credential.kind.id(),
                label: &evidence.credential.label,
                header: header.as_ref().and_then(raw),
                claims: claims.as_ref().and_then(raw),
                notes: report
                    .notes()
                    .map(|note| in_line(note).into_owned())
                    .chain(left_out)
                    .collect(),
            },
            target: TargetV2 {
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
            response: ResponseV2 {
                status: evidence.response.status,
                answered_by: evidence.response.answered_by.id(),
            },
            now: evidence.now,
            now_from_response: evidence.now_from_response,
        }
    }
}

/// A token's header or claims set as the report tells it.
struct Part {
    text: String,
    /// How many members are left out, and of how many.
    left_out: (usize, usize),
}

impl Part {
    /// The whole of it; of one that is too long the members that fit.
    fn of(json: &Json, whole: String) -> Self {
        /// Two of these and all the sentences are no longer than a report, in bytes.
        const LONGEST: usize = 300_000;
        if whole.len() <= LONGEST {
            return Self {
                text: whole,
                left_out: (0, 0),
            };
        }
        let mut text = String::from("{");
        let mut left_out: usize = 0;
        for member in &json.members {
            let mut told = String::new();
            push_quoted(&mut told, &member.name);
            told.push(':');
            told.push_str(&member.raw);
            if text.len().saturating_add(told.len()) > LONGEST {
                left_out = left_out.saturating_add(1);
                continue;
            }
            if text.len() > 1 {
                text.push(',');
            }
            text.push_str(&told);
        }
        text.push('}');
        Self {
            // No members: no object, and too long to be told.
            text: if json.members.is_empty() {
                "null".to_owned()
            } else {
                text
            },
            left_out: (left_out.max(1), json.members.len().max(1)),
        }
    }

    fn left_out(&self, name: &str) -> Option<String> {
        let (count, all) = self.left_out;
        (count > 0).then(|| {
            format!("The report leaves out {count} of {all} members of the {name}: it would be too long.")
        })
    }
}

impl<'r> CauseV2<'r> {
    fn of(diagnosis: &'r super::Diagnosis) -> Self {
        let cause = diagnosis.cause;
        Self {
            id: cause.id,
            variant: diagnosis.variant,
            title: cause.title,
            gate: cause.gate.id(),
            likelihood: diagnosis.likelihood.id(),
            summary: &diagnosis.summary,
            because: diagnosis
                .reasons
                .iter()
                .map(|reason| reason.text.as_str())
                .collect(),
            check: diagnosis.remedy.check.iter().flat_map(FixV2::of).collect(),
            fix: diagnosis.remedy.fix.iter().flat_map(FixV2::of).collect(),
            verify: diagnosis.remedy.verify.iter().flat_map(FixV2::of).collect(),
            fixes: diagnosis.fixes().flat_map(FixV2::of).collect(),
            docs: format!("causes/{}.html", cause.id),
        }
    }
}

impl<'r> FixV2<'r> {
    /// One entry for each language.
    fn of(fix: &'r Fix) -> impl Iterator<Item = Self> {
        fix.snippets.iter().map(|snippet| Self {
            title: &fix.title,
            effect: fix.effect.id(),
            caution: &fix.caution,
            note: &fix.caution,
            language: snippet.language.id(),
            text: &snippet.text,
        })
    }
}

fn facts<'r>(report: &'r Report<'_>) -> Vec<FactV2<'r>> {
    report
        .evidence
        .named
        .iter()
        .map(|(entity, known)| FactV2 {
            name: entity.id(),
            value: in_line(&known.value),
            from: known.from.id(),
        })
        .collect()
}
