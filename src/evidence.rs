//! Everything a cause may look at.

use crate::credential::Credential;
use crate::input::{Caller, Input};
use crate::read::Exhibits;
use crate::response::Response;
use crate::target::Target;

/// The case file: what was pasted, what it is, where it went and what came back.
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_structs)]
pub struct Evidence<'a> {
    /// The question.
    pub input: &'a Input,
    /// What the paste holds.
    pub exhibits: Exhibits,
    /// The credential being judged.
    pub credential: Credential,
    /// Every pasted credential, identified, in the order of the paste.
    pub all: Vec<Credential>,
    /// Index into `all` (and `exhibits.credentials`) of the judged one.
    pub judged: Option<usize>,
    /// Where the request goes.
    pub target: Target,
    /// What came back.
    pub response: Response,
    /// Who called, as told or as the evidence shows beyond doubt.
    pub caller: Option<Caller>,
    /// The moment of judgement, seconds since 1970 (UTC).
    pub now: i64,
    /// `now` comes from the response's `date` header instead of the clock.
    pub now_from_response: bool,
}
