//! Which calls were accepted after they had been refused.

use std::collections::HashMap;

/// So many calls are followed.
const MOST: usize = 100_000;

/// What became of each call over time.
#[derive(Default)]
pub(super) struct Calls(HashMap<u64, Call>);

#[derive(Default)]
struct Call {
    accepted: Option<(i64, i64)>,
    refused: Option<(i64, i64)>,
    /// Accepted between two refusals: nothing changed for good.
    is_mixed: bool,
}

impl Calls {
    pub(super) fn accepted(&mut self, call: u64, time: i64) {
        let Some(call) = self.call(call) else { return };
        call.is_mixed |= call
            .refused
            .is_some_and(|(first, last)| (first..=last).contains(&time));
        widen(&mut call.accepted, time);
    }

    pub(super) fn refused(&mut self, call: u64, time: i64) {
        let Some(call) = self.call(call) else { return };
        widen(&mut call.refused, time);
        // In a stream in order, either way, the last acceptance stands at an edge.
        if let (Some((first, last)), Some((early, late))) = (call.refused, call.accepted) {
            let within = first..=last;
            call.is_mixed |= within.contains(&early) || within.contains(&late);
        }
    }

    /// When a call was refused for the last time, where it was accepted after that and for good.
    pub(super) fn mended(&self, call: u64) -> Option<i64> {
        let call = self.0.get(&call)?;
        let (_, refused) = call.refused?;
        let (_, accepted) = call.accepted?;
        (accepted > refused && !call.is_mixed).then_some(refused)
    }

    fn call(&mut self, call: u64) -> Option<&mut Call> {
        if self.0.len() >= MOST && !self.0.contains_key(&call) {
            return None;
        }
        Some(self.0.entry(call).or_default())
    }
}

fn widen(range: &mut Option<(i64, i64)>, time: i64) {
    let (first, last) = range.unwrap_or((time, time));
    *range = Some((first.min(time), last.max(time)));
}

#[cfg(test)]
mod tests {
    use super::Calls;

    #[test]
    fn only_what_stays_accepted_is_mended() {
        for reversed in [false, true] {
            let told = |events: &[(i64, bool)]| {
                let mut events = events.to_vec();
                if reversed {
                    events.reverse();
                }
                let mut calls = Calls::default();
                for (time, accepted) in events {
                    if accepted {
                        calls.accepted(1, time);
                    } else {
                        calls.refused(1, time);
                    }
                }
                calls.mended(1)
            };
            assert_eq!(
                told(&[(1, false), (2, false), (3, true), (4, true)]),
                Some(2)
            );
            assert_eq!(
                told(&[(0, true), (1, false), (2, false), (3, true)]),
                Some(2)
            );
            assert_eq!(told(&[(1, false), (2, true), (3, false), (4, true)]), None);
            assert_eq!(told(&[(1, true), (2, false)]), None);
            assert_eq!(told(&[(1, false)]), None);
        }
    }
}
