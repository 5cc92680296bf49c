//! What a host name tells: product, service, tag, region and project. Source: facts.md §3.6.

use super::regions::{is_region, region_of_code, split_region};
use super::{Product, Target};
use crate::known::hosts;
use crate::text::cut;

/// Fills in what `target.host` and `target.path` tell.
pub(super) fn read_host(target: &mut Target) {
    let host = target.host.clone();
    target.product = hosts::product(&host);
    let before = |end: &str| host.strip_suffix(end).unwrap_or_default();
    match target.product {
        Product::CloudRun => match host.strip_suffix(".a.run.app") {
            Some(label) => {
                let label = take_tag(label, target);
                read_hash_label(label, target);
            }
            None => {
                let rest = take_tag(before(".run.app"), target);
                read_deterministic(rest, target);
            }
        },
        Product::CloudFunctions => read_function(before(".cloudfunctions.net"), target),
        Product::GoogleApi => read_google_api(target),
        Product::ApiGateway => {
            if let Some((name, code)) = before(".gateway.dev").rsplit_once('.') {
                target.region = region_of_code(code).map(str::to_owned);
                target.service = name
                    .rsplit_once('-')
                    .map(|(gateway, _hash)| gateway.to_owned());
            }
        }
        Product::Endpoints => {
            target.service = Some(host.clone());
            let rest = before(".cloud.goog");
            target.project = cut(rest, ".endpoints.")
                .or_else(|| cut(rest, ".apigateway."))
                .map(|(_, project)| project.to_owned());
        }
        Product::AppEngine => read_app_engine(before(".appspot.com"), target),
        _ => {}
    }
}

/// `TAG---SERVICE-…` → the rest; the tag goes into the target.
fn take_tag<'h>(label: &'h str, target: &mut Target) -> &'h str {
    match cut(label, "---") {
        Some((tag, rest)) if !tag.is_empty() && !rest.is_empty() => {
            target.tag = Some(tag.to_owned());
            rest
        }
        _ => label,
    }
}

/// `SERVICE-HASH-RC` of `SERVICE-HASH-RC.a.run.app`.
fn read_hash_label(label: &str, target: &mut Target) {
    let Some((rest, code)) = label.rsplit_once('-') else {
        return;
    };
    let Some((service, hash)) = rest.rsplit_once('-') else {
        return;
    };
    let is_hash = (8..=12).contains(&hash.len()) && hash.bytes().all(|b| b.is_ascii_alphanumeric());
    if code.len() == 2 && is_hash && !service.is_empty() {
        target.service = Some(service.to_owned());
        target.hash = Some(hash.to_owned());
        target.region_code = Some(code.to_owned());
        target.region = region_of_code(code).map(str::to_owned);
        if target.region.is_none() {
            target.notes.push(format!(
                "The region code `{code}` in the host is not known here; fill in the region."
            ));
        }
    }
}

/// `SERVICE-NUMBER.REGION` of `SERVICE-NUMBER.REGION.run.app`.
fn read_deterministic(rest: &str, target: &mut Target) {
    let Some((label, region)) = rest.split_once('.') else {
        return;
    };
    let Some((service, number)) = label.rsplit_once('-') else {
        return;
    };
    if is_region(region) && number.len() >= 6 && number.bytes().all(|b| b.is_ascii_digit()) {
        target.service = Some(service.to_owned());
        target.project_number = Some(number.to_owned());
        target.region = Some(region.to_owned());
    }
}

/// `REGION-PROJECT` of `REGION-PROJECT.cloudfunctions.net/NAME`.
fn read_function(label: &str, target: &mut Target) {
    if let Some((region, project)) = split_region(label) {
        target.region = Some(region.to_owned());
        target.project = Some(project.to_owned());
    } else if !label.is_empty() && !label.contains('.') && !begins_with_area(label) {
        target.project = Some(label.to_owned());
        target.problem(format!(
            "The host lacks its region: a function of this project is at `REGION-{label}.cloudfunctions.net`."
        ));
    }
    target.service = target
        .path
        .split('/')
        .find(|part| !part.is_empty())
        .map(str::to_owned);
}

/// Begins like a region, which may be a new one.
fn begins_with_area(label: &str) -> bool {
    const AREAS: &[&str] = &[
        "africa",
        "asia",
        "australia",
        "europe",
        "me",
        "northamerica",
        "southamerica",
        "us",
    ];
    label
        .split_once('-')
        .is_some_and(|(area, _)| AREAS.contains(&area))
}

/// Project, region and job of a call to the Cloud Run Admin API, in its v1 or v2 form.
fn read_google_api(target: &mut Target) {
    let path = target.path.clone();
    target.project =
        segment_after(&path, "projects").or_else(|| segment_after(&path, "namespaces"));
    target.region = segment_after(&path, "locations").filter(|region| is_region(region));
    if target.region.is_none() {
        target.region = target
            .host
            .strip_suffix("-run.googleapis.com")
            .filter(|region| is_region(region))
            .map(str::to_owned);
    }
    target.job = segment_after(&path, "jobs").and_then(|job| {
        job.strip_suffix(":run")
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
    });
}

fn segment_after(path: &str, name: &str) -> Option<String> {
    let mut parts = path.split('/');
    parts.find(|part| *part == name)?;
    parts
        .next()
        .filter(|part| !part.is_empty() && *part != "-")
        .map(str::to_owned)
}

/// `SERVICE-dot-PROJECT.RC.r` or `PROJECT` of an `appspot.com` host.
fn read_app_engine(rest: &str, target: &mut Target) {
    let mut parts = rest.split('.');
    let first = parts.next().unwrap_or_default();
    if let (Some(code), Some("r")) = (parts.next(), parts.next()) {
        target.region = region_of_code(code).map(str::to_owned);
    }
    let mut names = first.rsplit("-dot-");
    target.project = names
        .next()
        .filter(|name| !name.is_empty())
        .map(str::to_owned);
    target.service = names.next().map(str::to_owned);
}
