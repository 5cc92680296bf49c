//! The few flags the tasks take.

use anyhow::{Context, Result, bail};

/// What was written after the task's name; each flag is taken out as it is asked for.
pub(crate) struct Args(Vec<String>);

impl Args {
    pub(crate) fn new(args: impl Iterator<Item = String>) -> Self {
        Self(args.collect())
    }

    /// Was this flag given?
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let given = self.0.len();
        self.0.retain(|arg| arg != name);
        self.0.len() < given
    }

    /// The word after this flag.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<String>> {
        let Some(at) = self.0.iter().position(|arg| arg == name) else {
            return Ok(None);
        };
        self.0.remove(at);
        if at == self.0.len() {
            bail!("{name} needs a value");
        }
        Ok(Some(self.0.remove(at)))
    }

    /// The word after this flag, read as a number or the like.
    pub(crate) fn parsed<T: std::str::FromStr>(&mut self, name: &str) -> Result<Option<T>> {
        let Some(word) = self.value(name)? else {
            return Ok(None);
        };
        let parsed = word.parse().ok();
        parsed
            .with_context(|| format!("{name} does not take `{word}`"))
            .map(Some)
    }

    /// The first word that is no flag. Ask for the flags' values before.
    pub(crate) fn word(&mut self) -> Option<String> {
        let at = self.0.iter().position(|arg| !arg.starts_with('-'))?;
        Some(self.0.remove(at))
    }

    /// Refuses whatever nobody asked for.
    pub(crate) fn finish(self) -> Result<()> {
        match self.0.first() {
            None => Ok(()),
            Some(arg) => bail!("`{arg}` is not known here"),
        }
    }
}
