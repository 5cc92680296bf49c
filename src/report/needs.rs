//! What is still missing: the one document that separates the causes that are left.

use super::Report;
use crate::causes::{Gate, Likelihood};
use crate::document::{Origin, Reads};
use crate::fix::Language;

/// A document that would tell.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs)]
pub struct Need {
    /// What it shows, as an instruction: "See who may call `orders`".
    pub title: String,
    /// The command that prints it.
    pub command: String,
    /// The ids of the causes that it proves or rules out.
    pub separates: Vec<&'static str>,
}

impl Report<'_> {
    /// The one missing document that separates most causes; none where the verdict is proven, or
    /// where nothing is wrong.
    #[must_use]
    pub fn needs(&self) -> Option<Need> {
        let first = self.causes.first()?;
        let nothing = first.cause.gate == Gate::Open && first.cause.id != "unexplained";
        if first.likelihood == Likelihood::Certain || nothing {
            return None;
        }
        let mut needs: Vec<Need> = Vec::new();
        for diagnosis in &self.causes {
            for check in &diagnosis.remedy.check {
                if let Some(command) = check.snippet(Language::Sh)
                    && !self.is_pasted(&command.text)
                {
                    add(&mut needs, &check.title, &command.text, diagnosis.cause.id);
                }
            }
        }
        // The first of those that separate most: the checks of the likeliest cause come first.
        let most = needs.iter().map(|need| need.separates.len()).max()?;
        needs.into_iter().find(|need| need.separates.len() == most)
    }

    /// Whether what this command prints was pasted whole.
    fn is_pasted(&self, command: &str) -> bool {
        let Some(asked) = Origin::read(&command.replace("\\\n", " ")) else {
            return false;
        };
        self.evidence.documents.iter().any(|part| {
            part.origin.as_ref().is_some_and(|origin| {
                origin.reads == asked.reads
                    && (origin.name == asked.name || asked.reads == Reads::LogEntries)
            })
        })
    }
}

fn add(needs: &mut Vec<Need>, title: &str, command: &str, cause: &'static str) {
    match needs.iter_mut().find(|need| need.command == command) {
        Some(need) => {
            if !need.separates.contains(&cause) {
                need.separates.push(cause);
            }
        }
        None => needs.push(Need {
            title: title.to_owned(),
            command: command.to_owned(),
            separates: vec![cause],
        }),
    }
}
