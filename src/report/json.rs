//! The report as JSON, version 1: a frozen copy, so that the program may change inside.
//!
//! What a member means stands in `docs/report.md`. New members may be added; none is renamed,
//! removed or given another meaning within version 1.

use super::{Diagnosis, Report};
use crate::json::Writer;
use crate::visible::in_line;

/// The report as one line of JSON.
#[must_use]
pub fn to_json(report: &Report<'_>) -> String {
    let mut json = Writer::default();
    json.open('{');
    json.name("version").number(1);
    json.name("headline");
    headline(&mut json, report.causes.first());
    json.name("read");
    read(&mut json, report);
    json.name("causes").open('[');
    for diagnosis in &report.causes {
        cause(&mut json, diagnosis);
    }
    json.close(']');
    json.name("ruled_out").open('[');
    for ruled_out in &report.ruled_out {
        json.open('{');
        json.name("id").text(ruled_out.cause.id);
        json.name("because").text(&ruled_out.because);
        json.close('}');
    }
    json.close(']');
    json.close('}');
    json.finish()
}

fn headline(json: &mut Writer, first: Option<&Diagnosis>) {
    let Some(first) = first else {
        return json.raw("null");
    };
    json.open('{');
    json.name("id").text(first.cause.id);
    json.name("gate").text(first.cause.gate.id());
    json.name("likelihood").text(first.likelihood.id());
    json.name("summary").text(&first.summary);
    json.close('}');
}

fn read(json: &mut Writer, report: &Report<'_>) {
    let evidence = &report.evidence;
    json.open('{');
    json.name("credential");
    credential(json, report);
    json.name("target");
    target(json, report);
    json.name("response").open('{');
    json.name("status");
    match evidence.response.status {
        Some(status) => json.number(status.into()),
        None => json.raw("null"),
    }
    json.name("answered_by")
        .text(evidence.response.answered_by.id());
    json.close('}');
    json.name("now").number(evidence.now);
    json.name("now_from_response")
        .raw(if evidence.now_from_response {
            "true"
        } else {
            "false"
        });
    json.close('}');
}

fn credential(json: &mut Writer, report: &Report<'_>) {
    let credential = &report.evidence.credential;
    let jwt = credential.jwt.as_ref();
    json.open('{');
    json.name("kind").text(credential.kind.id());
    json.name("label").text(&credential.label);
    // Both are JSON, masked, and `null` when there is none.
    let header = jwt.map(crate::credential::Jwt::header_json);
    json.name("header").raw(header.as_deref().unwrap_or("null"));
    let claims = jwt.map(crate::credential::Jwt::claims_json);
    json.name("claims").raw(claims.as_deref().unwrap_or("null"));
    json.name("notes");
    notes(json, &mut report.notes());
    json.close('}');
}

fn target(json: &mut Writer, report: &Report<'_>) {
    let target = &report.evidence.target;
    json.open('{');
    json.name("product").text(target.product.id());
    for (name, value) in [
        ("url", &target.url),
        ("service", &target.service),
        ("region", &target.region),
        ("project", &target.project),
        ("project_number", &target.project_number),
    ] {
        json.name(name)
            .text_or_null(value.as_deref().map(in_line).as_deref());
    }
    json.name("notes");
    let said = target.problems.iter().chain(&target.notes);
    notes(json, &mut said.map(String::as_str));
    json.close('}');
}

fn notes<'n>(json: &mut Writer, notes: &mut dyn Iterator<Item = &'n str>) {
    json.open('[');
    for note in notes {
        json.text(&in_line(note));
    }
    json.close(']');
}

fn cause(json: &mut Writer, diagnosis: &Diagnosis) {
    let cause = diagnosis.cause;
    json.open('{');
    json.name("id").text(cause.id);
    json.name("title").text(cause.title);
    json.name("gate").text(cause.gate.id());
    json.name("likelihood").text(diagnosis.likelihood.id());
    json.name("summary").text(&diagnosis.summary);
    let reasons = &mut diagnosis.reasons.iter().map(|reason| reason.text.as_str());
    json.name("because").texts(reasons);
    json.name("fixes").open('[');
    for fix in &diagnosis.fixes {
        for snippet in &fix.snippets {
            json.open('{');
            json.name("title").text(&fix.title);
            json.name("effect").text(fix.effect.id());
            json.name("caution").text(&fix.caution);
            json.name("language").text(snippet.language.id());
            json.name("text").text(&snippet.text);
            json.close('}');
        }
    }
    json.close(']');
    json.name("docs").text(&format!("causes/{}.html", cause.id));
    json.close('}');
}
