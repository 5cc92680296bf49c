//! How many tests passed and failed, over all runners.

use std::fmt;

/// The sum of what the runners said.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    /// What could not be run here, for want of a program; a line has said so.
    pub(crate) skipped: u64,
}

impl Totals {
    /// Adds the summaries in a runner's output: those of cargo and wasm-bindgen, such as
    /// `test result: ok. 3 passed; 0 failed; …`, and those of node, such as `ℹ pass 3`.
    pub(crate) fn add(&mut self, printed: &str) {
        for line in printed.lines() {
            let line = line.trim();
            if let Some(result) = line.strip_prefix("test result:") {
                let words: Vec<&str> = result
                    .split([' ', ';', '.'])
                    .filter(|word| !word.is_empty())
                    .collect();
                for pair in words.windows(2) {
                    self.count(pair[1], pair[0]);
                }
            } else if let Some((word, count)) = line
                .strip_prefix("ℹ ")
                .and_then(|rest| rest.split_once(' '))
            {
                self.count(word, count);
            }
        }
    }

    fn count(&mut self, word: &str, count: &str) {
        let Ok(count) = count.parse::<u64>() else {
            return;
        };
        match word {
            "passed" | "pass" => self.passed += count,
            // Node counts a test that ran out of time, or whose file broke off, as cancelled.
            "failed" | "fail" | "cancelled" => self.failed += count,
            _ => {}
        }
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        match self.skipped {
            0 => Ok(()),
            skipped => write!(f, ", {skipped} skipped"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Totals;

    #[test]
    fn the_runners_summaries_are_added_up() {
        let mut totals = Totals::default();
        totals.add("running 2 tests\n..\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n");
        totals.add(
            "test result: FAILED. 7 passed; 1 failed; 3 ignored; 0 filtered out; finished in 1.00s",
        );
        totals.add("✔ page (3ms)\nℹ tests 6\nℹ suites 0\nℹ pass 4\nℹ fail 1\nℹ cancelled 1\nℹ duration_ms 99.1\n");
        assert_eq!(totals.to_string(), "13 passed, 3 failed");
    }

    #[test]
    fn other_lines_count_for_nothing() {
        let mut totals = Totals::default();
        totals.add("3 passed, 4 failed\ntest reads::pass ... ok\n# pass 3\n");
        assert_eq!(totals, Totals::default());
    }
}
