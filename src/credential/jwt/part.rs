//! One segment of a compact token.

use crate::credential::base64url::{Scan, scan};
use crate::json::{Json, Shape};

/// One decoded segment.
pub(in crate::credential) struct Part<'a> {
    pub(super) text: &'a str,
    pub(super) scan: Scan<'a>,
    pub(in crate::credential) json: Json,
}

impl<'a> Part<'a> {
    pub(in crate::credential) fn read(text: &'a str) -> Self {
        let scan = scan(text);
        Self {
            text,
            json: Json::read_bytes(scan.decode()),
            scan,
        }
    }

    pub(super) fn is_object(&self) -> bool {
        self.json.shape == Shape::Object
    }

    /// Why it cannot be read whole, in a sentence about a part of this name.
    pub(super) fn broken(&self, name: &str) -> Option<String> {
        self.scan
            .fault
            .map(|fault| fault.sentence(name))
            .or_else(|| self.json_broken(name))
    }

    fn json_broken(&self, name: &str) -> Option<String> {
        let broken = self.json.broken.as_ref()?;
        Some(
            broken
                .replacen("The JSON", &format!("The {name}’s JSON"), 1)
                .replacen("This is not JSON", &format!("The {name} is not JSON"), 1),
        )
    }

    /// What was mended to read it.
    pub(super) fn notes(&self, name: &str) -> Vec<String> {
        let mut notes = Vec::new();
        if self.scan.standard {
            notes.push(format!(
                "The {name} is written in the standard base64 alphabet (`+`, `/`), not base64url: strict servers refuse it."
            ));
        }
        if self.scan.padded {
            notes.push(format!(
                "The {name} is padded with `=`, which base64url in a token is not: strict servers refuse it."
            ));
        }
        notes.extend(self.json.notes.iter().map(|note| about(name, note)));
        if self.scan.fault.is_some() {
            notes.extend(self.json_broken(name));
        }
        notes
    }
}

/// A note about a JSON text, made one about a part of the token.
fn about(name: &str, note: &str) -> String {
    format!("In the {name}: {note}")
}
