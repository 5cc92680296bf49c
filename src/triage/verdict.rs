//! Verdicts of entries: each kind of entry is judged once.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use super::entry::Candidate;
use super::shape::hashed;
use crate::causes::Likelihood;
use crate::conceal::Concealer;
use crate::facts::Entity;
use crate::fix::{Fix, Language};
use crate::visible::{Keep, visible};
use crate::{Input, Report, diagnose};

/// Why an entry was refused. All its texts may be printed: nothing secret is in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) id: &'static str,
    pub(super) variant: &'static str,
    pub(super) likelihood: Likelihood,
    pub(super) title: &'static str,
    pub(super) service: Option<String>,
    pub(super) account: Option<String>,
    pub(super) caller: Option<&'static str>,
    pub(super) status: Option<u16>,
    pub(super) summary: String,
    pub(super) fix: Vec<Told>,
}

/// A change that mends it, as the report has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Told {
    pub(super) title: String,
    effect: &'static str,
    note: String,
    language: &'static str,
    pub(super) text: String,
}

/// Judges entries, and remembers.
pub(super) struct Judge {
    now: i64,
    /// What was given with `--evidence`.
    evidence: String,
    language: Option<Language>,
    known: HashMap<u64, Option<Arc<Verdict>>>,
    /// How much the remembered verdicts hold, in bytes.
    weight: usize,
}

/// So much is remembered, in bytes.
const MEMORY: usize = 8_000_000;

impl Judge {
    pub(super) fn new(now: i64, evidence: String, language: Option<Language>) -> Self {
        Self {
            now,
            evidence,
            language,
            known: HashMap::new(),
            weight: 0,
        }
    }

    /// Why an entry was refused; `None` when it is no refusal.
    pub(super) fn judge(&mut self, one: &Candidate, time: Option<i64>) -> Option<Arc<Verdict>> {
        self.remembered(one.shape, |judge| {
            let one = one.understood()?;
            judge.verdict(&one.paste, &one, time)
        })
    }

    /// Why a request was refused that two entries tell of.
    pub(super) fn together(
        &mut self,
        shape: u64,
        paste: &str,
        one: &Candidate,
        time: Option<i64>,
    ) -> Option<Arc<Verdict>> {
        self.remembered(hashed((shape, one.shape)), |judge| {
            let one = one.understood()?;
            judge.verdict(&format!("{paste}\n{}", one.paste), &one, time)
        })
    }

    fn remembered(
        &mut self,
        key: u64,
        make: impl FnOnce(&Self) -> Option<Verdict>,
    ) -> Option<Arc<Verdict>> {
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let verdict = make(self).map(Arc::new);
        let weight = verdict.as_ref().map_or(64, |verdict| verdict.weight());
        self.weight = self.weight.saturating_add(weight);
        if self.weight > MEMORY {
            self.known.clear();
            self.weight = weight;
        }
        self.known.insert(key, verdict.clone());
        verdict
    }

    fn verdict(&self, paste: &str, one: &Candidate, time: Option<i64>) -> Option<Verdict> {
        let mut input = Input::at(time.unwrap_or(self.now));
        input.paste = paste.to_owned();
        if !self.evidence.is_empty() {
            input.paste.push_str("\n\n");
            input.paste.push_str(&self.evidence);
        }
        let report = diagnose(&input);
        is_refusal(&report, one).then(|| Verdict::of(&report, one, self.language))?
    }
}

/// Whether a verdict says that somebody was refused.
fn is_refusal(report: &Report<'_>, one: &Candidate) -> bool {
    let Some(first) = report.causes.first() else {
        return false;
    };
    if matches!(
        first.cause.id,
        "not-authentication" | "no-refusal" | "token-fine"
    ) {
        return false;
    }
    let status = report.evidence.response.status.or(one.status);
    let is_refused = matches!(one.status.or(status), Some(401 | 403 | 407));
    // Where nothing is there, nobody was refused.
    if first.cause.id == "wrong-url" && !is_refused {
        return false;
    }
    if one.failed {
        let is_sure = first.likelihood != Likelihood::Possible && first.cause.id != "unexplained";
        return is_refused || is_sure;
    }
    // Words alone: only those of the catalogue, or a status that came back.
    let is_known = report
        .evidence
        .spoken
        .iter()
        .any(|spoken| spoken.cause() == first.cause.id);
    is_refused || is_known
}

impl Verdict {
    fn of(report: &Report<'_>, one: &Candidate, language: Option<Language>) -> Option<Self> {
        let first = report.causes.first()?;
        let evidence = &report.evidence;
        let conceal = report.reporter();
        let name = |text: &str| in_line(&conceal, text);
        let named = |entity| evidence.named.text(entity);
        let target = &evidence.target;
        let host = (!target.host.is_empty()).then_some(target.host.as_str());
        let service = target
            .service
            .as_deref()
            .or(one.service.as_deref())
            .or_else(|| named(Entity::Service))
            .or_else(|| named(Entity::Api))
            .or(host);
        let email = evidence.credential.email();
        let account = email
            .as_deref()
            .or_else(|| named(Entity::Account))
            .or_else(|| named(Entity::Principal));
        let language = language.or(evidence.language);
        Some(Self {
            id: first.cause.id,
            variant: first.variant,
            likelihood: first.likelihood,
            title: first.cause.title,
            service: service.map(name),
            account: account.map(name),
            caller: evidence.caller.map(|caller| caller.id()),
            status: one.status.or(evidence.response.status),
            summary: name(&first.summary),
            fix: first
                .remedy
                .fix
                .iter()
                .filter_map(|fix| Told::of(fix, language, &conceal))
                .collect(),
        })
    }

    fn weight(&self) -> usize {
        let fixes = self.fix.iter().map(|told| {
            told.title
                .len()
                .saturating_add(told.note.len())
                .saturating_add(told.text.len())
                .saturating_add(150)
        });
        fixes
            .fold(300_usize, usize::saturating_add)
            .saturating_add(self.summary.len())
    }

    /// How much a verdict is worth beside another one of the same request.
    pub(super) fn rank(&self) -> (bool, Likelihood, bool) {
        (
            self.id != "unexplained",
            self.likelihood,
            self.service.is_some(),
        )
    }
}

impl Told {
    fn of(fix: &Fix, language: Option<Language>, conceal: &Concealer) -> Option<Self> {
        let snippet = fix.chosen(language)?;
        Some(Self {
            title: in_line(conceal, &fix.title),
            effect: fix.effect.id(),
            note: in_line(conceal, &fix.caution),
            language: snippet.language.id(),
            text: visible(&conceal.text(&snippet.text), Keep::Lines).into_owned(),
        })
    }
}

fn in_line(conceal: &Concealer, text: &str) -> String {
    visible(&conceal.text(text), Keep::Nothing).into_owned()
}
