//! Entries of one request are one failure: its request log, its audit log, what the application wrote.
//!
//! A failure stays open for a while, because another of its entries may tell more.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::entry::{Candidate, Role};
use super::verdict::{Judge, Verdict};

/// So many failures are open.
const OPEN: usize = 2048;
/// So many ids and ties of earlier failures are remembered, twice.
const REMEMBERED: usize = 100_000;
/// The longest text that is kept to be judged with another.
const LONGEST: usize = 8192;

/// A request that was refused.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    pub(super) verdict: Arc<Verdict>,
    /// The file, from 0, and the line in it, from 1.
    pub(super) place: (usize, u64),
    pub(super) time: Option<i64>,
    pub(super) call: Option<u64>,
    paste: String,
    shape: u64,
    has_request: bool,
    has_audit: bool,
}

/// The failures that are open, and what is remembered of others.
#[derive(Default)]
pub(super) struct Requests {
    open: VecDeque<Failure>,
    /// The number of the first open one.
    first: u64,
    ties: HashMap<u64, u64>,
    closed: Remembered,
    ids: Remembered,
}

impl Requests {
    /// Takes an entry in; gives the failure that is closed by that.
    pub(super) fn add(
        &mut self,
        one: &Candidate,
        verdict: &Arc<Verdict>,
        place: (usize, u64),
        time: Option<i64>,
        judge: &mut Judge,
    ) -> Option<Failure> {
        if one.id.is_some_and(|id| !self.ids.insert(id)) {
            return None;
        }
        if let Some(number) = self.tied(one) {
            let at = usize::try_from(number.saturating_sub(self.first)).unwrap_or(usize::MAX);
            if let Some(failure) = self.open.get_mut(at) {
                failure.join(one, verdict, time, judge);
                self.tie(one, number);
                return None;
            }
        }
        if one.role == Role::Other && one.ties.iter().any(|tie| self.closed.holds(*tie)) {
            return None;
        }
        let number = self
            .first
            .saturating_add(u64::try_from(self.open.len()).unwrap_or_default());
        self.tie(one, number);
        self.open.push_back(Failure {
            verdict: Arc::clone(verdict),
            place,
            time,
            call: one.call,
            paste: if one.ties.is_empty() || one.paste.len() > LONGEST {
                String::new()
            } else {
                one.paste.clone()
            },
            shape: one.shape,
            has_request: one.role == Role::Request,
            has_audit: one.role == Role::Audit,
        });
        (self.open.len() > OPEN).then(|| self.close()).flatten()
    }

    /// Closes the oldest failure.
    pub(super) fn close(&mut self) -> Option<Failure> {
        let failure = self.open.pop_front()?;
        self.first = self.first.saturating_add(1);
        // Ties are tidied up now and then, not one by one.
        if self.ties.len() > 8 * OPEN || self.open.is_empty() {
            let first = self.first;
            let (open, closed): (HashMap<u64, u64>, HashMap<u64, u64>) =
                self.ties.drain().partition(|(_, number)| *number >= first);
            self.ties = open;
            for tie in closed.into_keys() {
                self.closed.insert(tie);
            }
        }
        Some(failure)
    }

    /// The open failure of the same request.
    fn tied(&self, one: &Candidate) -> Option<u64> {
        one.ties
            .iter()
            .filter_map(|tie| self.ties.get(tie))
            .copied()
            .filter(|number| *number >= self.first)
            .find(|number| {
                let at = usize::try_from(number.saturating_sub(self.first)).unwrap_or(usize::MAX);
                self.open.get(at).is_some_and(|failure| match one.role {
                    // A request has one entry in the request log; a second one is a second try.
                    Role::Request => !failure.has_request,
                    Role::Audit => !failure.has_audit,
                    Role::Other => true,
                })
            })
    }

    fn tie(&mut self, one: &Candidate, number: u64) {
        for tie in &one.ties {
            self.ties.insert(*tie, number);
        }
    }
}

impl Failure {
    /// Another entry of the same request.
    fn join(
        &mut self,
        one: &Candidate,
        verdict: &Arc<Verdict>,
        time: Option<i64>,
        judge: &mut Judge,
    ) {
        let says_more = |this: &Arc<Verdict>, other: &Arc<Verdict>| this.rank() > other.rank();
        let before = Arc::clone(&self.verdict);
        let mut best = if says_more(verdict, &before) {
            verdict
        } else {
            &before
        };
        let both = (verdict != &before && !self.paste.is_empty())
            .then(|| judge.together(self.shape, &self.paste, one, time))
            .flatten();
        if let Some(both) = &both
            && !says_more(best, both)
        {
            best = both;
        }
        // Each entry may know what the other one does not.
        let mut told = Verdict::clone(best);
        told.service = told.service.or_else(|| before.service.clone());
        told.account = told
            .account
            .or_else(|| before.account.clone())
            .or_else(|| verdict.account.clone());
        told.caller = told.caller.or(before.caller).or(verdict.caller);
        told.status = told.status.or(before.status).or(verdict.status);
        if told != *before {
            self.verdict = Arc::new(told);
        }
        self.time = match (self.time, time) {
            (Some(this), Some(other)) => Some(this.min(other)),
            (this, other) => this.or(other),
        };
        self.call = self.call.or(one.call);
        self.has_request |= one.role == Role::Request;
        self.has_audit |= one.role == Role::Audit;
    }
}

/// A set that forgets the oldest half when it is full.
#[derive(Default)]
struct Remembered {
    new: HashSet<u64>,
    old: HashSet<u64>,
}

impl Remembered {
    fn holds(&self, value: u64) -> bool {
        self.new.contains(&value) || self.old.contains(&value)
    }

    /// Whether it is new.
    fn insert(&mut self, value: u64) -> bool {
        if self.holds(value) {
            return false;
        }
        if self.new.len() >= REMEMBERED {
            self.old = std::mem::take(&mut self.new);
        }
        self.new.insert(value)
    }
}
