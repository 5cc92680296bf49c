//! Where and how a text stopped being JSON, in words.

/// The offset in `text` at which `serde_json` stopped.
///
/// Its errors tell a line and a column counted in bytes from 1; at the end of the text they
/// tell the last byte, where the missing one would stand after it.
pub(super) fn offset(text: &str, error: &serde_json::Error) -> usize {
    if error.is_eof() {
        return text.len();
    }
    let line_start = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum::<usize>();
    let offset = line_start
        .saturating_add(error.column())
        .saturating_sub(1)
        .min(text.len());
    if error.to_string().starts_with(CONTROL) {
        // Here the column is that of the character before.
        let rest = text.as_bytes().get(offset..).unwrap_or_default();
        let ahead = rest
            .iter()
            .position(|byte| *byte < b' ')
            .unwrap_or_default();
        return offset.saturating_add(ahead);
    }
    offset
}

const CONTROL: &str = "control character (\\u0000-\\u001F) found while parsing a string";

/// What was expected, or what was wrong, as the end of a sentence.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message
        .split_once(" at line ")
        .map_or(message.as_str(), |(message, _)| message);
    match message {
        "EOF while parsing an object" => "the object is not closed",
        "EOF while parsing a list" => "the array is not closed",
        "EOF while parsing a string" => "the string is not closed",
        "EOF while parsing a value" => "a value was expected and the text ends",
        "expected `:`" => "`:` was expected after the name",
        "expected `,` or `}`" => "`,` or `}` was expected",
        "expected `,` or `]`" => "`,` or `]` was expected",
        "expected ident" => "`true`, `false` or `null` was expected",
        "expected value" => "a value was expected",
        "key must be a string" => "a name in double quotes was expected",
        "trailing comma" => "a comma is followed by nothing",
        "invalid escape" => "the escape after `\\` does not exist",
        "invalid number" => "the number is not written as JSON writes numbers",
        CONTROL => "a control character stands unescaped in a string",
        other => other,
    }
    .to_owned()
}
