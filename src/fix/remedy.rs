//! What mends a finding: one change first, then its alternatives; apart from these, what to look
//! at before and how to see that it worked.

use super::Fix;

/// The remedy for one variant and one caller.
#[derive(Debug, Clone, Default)]
#[allow(clippy::exhaustive_structs)]
pub struct Remedy {
    /// Commands that read, and whose output proves or rules out the verdict.
    pub check: Vec<Fix>,
    /// The one change that mends it, then alternatives, each saying when it is the better one.
    pub fix: Vec<Fix>,
    /// How to see that it works.
    pub verify: Vec<Fix>,
}

impl Remedy {
    /// The one change that mends it.
    pub(crate) fn change(fix: Fix) -> Self {
        Self {
            fix: vec![fix],
            ..Self::default()
        }
    }

    /// Nothing to change; only something to look at.
    pub(crate) fn look(check: Fix) -> Self {
        Self::default().check(check)
    }

    /// Another change, and when it is the better one. For some callers two are one, under one title
    /// or under two: it stands once.
    pub(crate) fn or(mut self, when: &'static str, mut fix: Fix) -> Self {
        let same = |other: &Fix| other.title == fix.title || other.shown() == fix.shown();
        if self.fix.iter().any(same) {
            return self;
        }
        if !when.is_empty() {
            let rest = std::mem::take(&mut fix.caution);
            fix.caution = if rest.is_empty() {
                when.to_owned()
            } else {
                [when, &rest].join(" ")
            };
        }
        self.fix.push(fix);
        self
    }

    /// What to look at before.
    pub(crate) fn check(mut self, fix: Fix) -> Self {
        if self.check.iter().all(|other| other.title != fix.title) {
            self.check.push(fix);
        }
        self
    }

    /// How to see that it works.
    pub(crate) fn verify(mut self, fix: Fix) -> Self {
        self.verify.push(fix);
        self
    }

    /// Everything, in the order of work: check, fix, verify.
    pub fn all(&self) -> impl Iterator<Item = &Fix> {
        self.check.iter().chain(&self.fix).chain(&self.verify)
    }
}
