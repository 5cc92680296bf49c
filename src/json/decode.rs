//! Bytes to text: the byte order mark taken off, bad UTF-8 shown as U+FFFD, both named.

/// A text ready to be read, and the way back to the offsets of what was given.
pub(super) struct Decoded {
    /// The text, without a byte order mark.
    pub(super) text: String,
    /// What was odd, one sentence each.
    pub(super) notes: Vec<String>,
    /// Where `text` and the given bytes drift apart, in the order of the text.
    drifts: Vec<Drift>,
}

/// From `at` in the text on, offsets of the given bytes are larger by `by`.
struct Drift {
    at: usize,
    by: isize,
}

/// How many positions of bad UTF-8 a note names.
const NAMED_POSITIONS: usize = 5;

impl Decoded {
    pub(super) fn from_text(text: String) -> Self {
        let mut decoded = Self {
            text,
            notes: Vec::new(),
            drifts: Vec::new(),
        };
        decoded.take_off_mark();
        decoded.name_other_encodings();
        decoded
    }

    pub(super) fn from_bytes(bytes: Vec<u8>) -> Self {
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => return Self::from_text(text),
            Err(error) => error.into_bytes(),
        };
        let mut text = String::with_capacity(bytes.len());
        let mut drifts = Vec::new();
        let mut bad = Vec::new();
        let mut offset: usize = 0;
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            offset = offset.saturating_add(chunk.valid().len());
            if chunk.invalid().is_empty() {
                continue;
            }
            bad.push(offset);
            text.push(char::REPLACEMENT_CHARACTER);
            offset = offset.saturating_add(chunk.invalid().len());
            drifts.push(Drift {
                at: text.len(),
                by: offset
                    .cast_signed()
                    .saturating_sub(text.len().cast_signed()),
            });
        }
        let mut decoded = Self {
            text,
            notes: Vec::new(),
            drifts,
        };
        decoded.name_other_encodings();
        if decoded.notes.is_empty() {
            decoded.notes.push(bad_utf8(&bad));
        }
        decoded
    }

    /// The offset in the given bytes of an offset in `text`.
    pub(super) fn given_offset(&self, offset: usize) -> usize {
        let before = self.drifts.partition_point(|drift| drift.at <= offset);
        match before.checked_sub(1).and_then(|last| self.drifts.get(last)) {
            Some(drift) => offset.saturating_add_signed(drift.by),
            None => offset,
        }
    }

    fn take_off_mark(&mut self) {
        if !self.text.starts_with('\u{FEFF}') {
            return;
        }
        self.text.remove(0);
        self.notes.push(
            "A byte order mark (U+FEFF) stands before the JSON; strict readers refuse it.".into(),
        );
        self.drifts.push(Drift { at: 0, by: 3 });
    }

    /// UTF-16, UTF-32 and gzip are told by their first bytes.
    fn name_other_encodings(&mut self) {
        let mut start = self.text.chars().take(2);
        let note = match (start.next(), start.next()) {
            (Some('\0'), _) | (Some(_), Some('\0')) => "UTF-16 or UTF-32",
            (Some('\u{FFFD}'), Some('\u{FFFD}')) => "UTF-16 or UTF-32",
            (Some('\u{1F}'), Some('\u{FFFD}')) => "compressed (gzip)",
            _ => return,
        };
        self.notes.push(format!(
            "The bytes look like {note}; a token's JSON is UTF-8."
        ));
    }
}

fn bad_utf8(positions: &[usize]) -> String {
    let named: Vec<String> = positions
        .iter()
        .take(NAMED_POSITIONS)
        .map(ToString::to_string)
        .collect();
    let more = positions.len().saturating_sub(named.len());
    let rest = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let byte = if positions.len() == 1 {
        "byte"
    } else {
        "bytes"
    };
    format!(
        "There is no UTF-8 at {byte} {}{rest}; U+FFFD is shown instead.",
        named.join(", ")
    )
}
