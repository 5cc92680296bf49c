//! Failures that are alike, counted.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::calls::Calls;
use super::requests::Failure;
use super::verdict::Verdict;

/// The most groups; a failure that would need another one is counted apart.
const MOST: usize = 5000;
/// So many lines are named of each.
const LINES: usize = 5;
/// So many calls are followed of each.
const CALLS: usize = 16;

/// By what failures may be grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums)]
pub enum By {
    /// The cause.
    Cause,
    /// The variant of the cause.
    Variant,
    /// The service that refused.
    Service,
    /// The caller's account.
    Account,
    /// The caller's kind.
    Caller,
    /// The HTTP status.
    Status,
}

impl By {
    /// Everything, which is the default.
    pub const ALL: &[Self] = &[
        Self::Cause,
        Self::Variant,
        Self::Service,
        Self::Account,
        Self::Caller,
        Self::Status,
    ];

    /// The name on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Cause => "cause",
            Self::Variant => "variant",
            Self::Service => "service",
            Self::Account => "account",
            Self::Caller => "caller",
            Self::Status => "status",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|by| by.id() == id)
    }
}

/// Failures of one kind.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) verdict: Arc<Verdict>,
    pub(super) count: u64,
    pub(super) times: Option<(i64, i64)>,
    pub(super) lines: Vec<(usize, u64)>,
    /// Until when it was refused, where it was accepted after that.
    pub(super) mended: Option<i64>,
    calls: Calls16,
    /// What differs within the group; it is not told.
    pub(super) differs: Vec<By>,
}

/// The calls of a group: as many as are followed, and whether these are all.
#[derive(Debug, Clone, Default)]
struct Calls16 {
    some: BTreeSet<u64>,
    are_all: bool,
}

/// All groups.
#[derive(Default)]
pub(super) struct Groups {
    by_key: HashMap<Key, Group>,
    /// Failures for which there was no room.
    pub(super) rest: u64,
}

/// Cause, variant, service, account, caller and status; empty where nothing is told or asked.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash, Clone)]
struct Key(
    &'static str,
    &'static str,
    Option<String>,
    Option<String>,
    Option<&'static str>,
    Option<u16>,
);

impl Key {
    /// What these tell of a verdict.
    fn of(it: &Verdict, by: &[By]) -> Self {
        let has = |one| by.contains(&one);
        Self(
            if has(By::Cause) || has(By::Variant) {
                it.id
            } else {
                ""
            },
            if has(By::Variant) { it.variant } else { "" },
            it.service.clone().filter(|_| has(By::Service)),
            it.account.clone().filter(|_| has(By::Account)),
            it.caller.filter(|_| has(By::Caller)),
            it.status.filter(|_| has(By::Status)),
        )
    }
}

impl Groups {
    pub(super) fn add(&mut self, failure: Failure) {
        let it = &failure.verdict;
        let key = Key::of(it, By::ALL);
        if self.by_key.len() >= MOST && !self.by_key.contains_key(&key) {
            self.rest = self.rest.saturating_add(1);
            return;
        }
        let group = self.by_key.entry(key).or_insert_with(|| Group {
            verdict: Arc::clone(it),
            count: 0,
            times: None,
            lines: Vec::new(),
            mended: None,
            calls: Calls16 {
                some: BTreeSet::new(),
                are_all: true,
            },
            differs: Vec::new(),
        });
        group.count = group.count.saturating_add(1);
        if it.likelihood > group.verdict.likelihood {
            group.verdict = Arc::clone(it);
        }
        group.span(failure.time.map(|time| (time, time)));
        if group.lines.len() < LINES {
            group.lines.push(failure.place);
        }
        match failure.call {
            Some(call) if group.calls.some.len() < CALLS => {
                group.calls.some.insert(call);
            }
            Some(call) if group.calls.some.contains(&call) => {}
            _ => group.calls.are_all = false,
        }
    }

    /// How many failures there are.
    pub(super) fn total(&self) -> u64 {
        let counts = self.by_key.values().map(|group| group.count);
        counts.sum::<u64>().saturating_add(self.rest)
    }

    /// The groups by these alone, the largest first.
    pub(super) fn told(&self, by: &[By], calls: &Calls) -> Vec<Group> {
        let mut groups: Vec<Group> = self.by_key.values().cloned().collect();
        for group in &mut groups {
            group.mended = group.mended_at(calls);
            group.lines.sort_unstable();
        }
        groups.sort_by_cached_key(order);
        let mut merged: Vec<Group> = Vec::new();
        let mut places: HashMap<Key, usize> = HashMap::new();
        for group in groups {
            let key = Key::of(&group.verdict, by);
            match places.get(&key).and_then(|at| merged.get_mut(*at)) {
                Some(same) => same.merge(group, by),
                None => {
                    places.insert(key, merged.len());
                    merged.push(group);
                }
            }
        }
        merged.sort_by_cached_key(order);
        merged
    }
}

/// The most failures first; then by name, so that the order is always the same.
fn order(group: &Group) -> (Reverse<u64>, Key) {
    (Reverse(group.count), Key::of(&group.verdict, By::ALL))
}

impl Group {
    fn span(&mut self, times: Option<(i64, i64)>) {
        if let Some((first, last)) = times {
            let (early, late) = self.times.unwrap_or((first, last));
            self.times = Some((early.min(first), late.max(last)));
        }
    }

    fn merge(&mut self, other: Self, by: &[By]) {
        self.count = self.count.saturating_add(other.count);
        self.span(other.times);
        self.lines.extend(other.lines);
        self.lines.sort_unstable();
        self.lines.truncate(LINES);
        self.mended = self.mended.zip(other.mended).map(|(a, b)| a.max(b));
        let (this, that) = (&self.verdict, &other.verdict);
        for one in By::ALL.iter().filter(|one| !by.contains(one)) {
            let same = match one {
                By::Cause => this.id == that.id,
                By::Variant => this.variant == that.variant,
                By::Service => this.service == that.service,
                By::Account => this.account == that.account,
                By::Caller => this.caller == that.caller,
                By::Status => this.status == that.status,
            };
            if !same && !self.differs.contains(one) {
                self.differs.push(*one);
            }
        }
    }

    /// When the last of its calls was refused, where all were accepted later.
    fn mended_at(&self, calls: &Calls) -> Option<i64> {
        if !self.calls.are_all || self.calls.some.is_empty() {
            return None;
        }
        let mut last = i64::MIN;
        for call in &self.calls.some {
            last = last.max(calls.mended(*call)?);
        }
        Some(last)
    }
}
