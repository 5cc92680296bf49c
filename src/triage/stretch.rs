//! Stretches of a text: a line and what goes on from it (a trace, a transcript, indented lines).

use super::clock;

/// The most lines and bytes of a stretch.
const LINES: usize = 200;
const BYTES: usize = 64 * 1024;

/// How long the stretch is that begins a text. It ends before a line that begins something new.
pub(super) fn length(bytes: &[u8]) -> usize {
    let mut length = 0_usize;
    let mut in_trace = false;
    let mut in_transcript = false;
    let mut brackets = 0_i32;
    for (number, line) in bytes
        .split_inclusive(|byte| *byte == b'\n')
        .enumerate()
        .take(LINES)
    {
        let (bare, _) = bare(line);
        let goes_on = brackets > 0 || in_trace || goes_on(bare, in_transcript);
        if number > 0 && (bare.trim_ascii().is_empty() || !goes_on || begins_entry(line)) {
            break;
        }
        length = length.saturating_add(line.len());
        if length > BYTES {
            break;
        }
        in_transcript |= is_transcript(bare);
        // A trace of Python ends with the line that names the error.
        let begins_trace = bare
            .trim_ascii_start()
            .starts_with(b"Traceback (most recent");
        in_trace = begins_trace || in_trace && bare.starts_with(b" ");
        if number == 0 || brackets > 0 {
            for byte in bare {
                match byte {
                    b'{' => brackets = brackets.saturating_add(1),
                    b'}' => brackets = brackets.saturating_sub(1),
                    _ => {}
                }
            }
            brackets = brackets.max(0);
        }
    }
    length
}

/// A line without the prefix of a CI's log, and the moment that it tells.
pub(super) fn bare(line: &[u8]) -> (&[u8], Option<i64>) {
    let mut rest = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    // `gh run view --log` writes the job and the step before it.
    for _ in 0..2 {
        if clock::at_start(rest).is_none()
            && let Some(tab) = rest.iter().position(|byte| *byte == b'\t')
            && rest
                .get(tab.saturating_add(1)..)
                .is_some_and(|rest| clock::at_start(rest).is_some() || rest.contains(&b'\t'))
        {
            rest = rest.get(tab.saturating_add(1)..).unwrap_or_default();
        } else {
            break;
        }
    }
    match clock::at_start(rest) {
        Some((time, length)) => {
            let after = rest.get(length..).unwrap_or_default();
            (after.strip_prefix(b" ").unwrap_or(after), Some(time))
        }
        None => (line, None),
    }
}

/// A line that cannot be of a text: an entry or document begins.
fn begins_entry(line: &[u8]) -> bool {
    line.starts_with(b"{\"") || line.trim_ascii_end() == b"---"
}

/// A line that goes on from the one before.
fn goes_on(line: &[u8], in_transcript: bool) -> bool {
    const MARKS: &[&[u8]] = &[
        b" ",
        b"\t",
        b"}",
        b"]",
        b")",
        b"\"",
        b"'",
        b"at ",
        b"Caused by",
        b"- '@type'",
        b"- \"@type\"",
        b"|",
        b"<",
        b"The above exception",
        b"During handling",
    ];
    MARKS.iter().any(|mark| line.starts_with(mark)) || in_transcript && is_transcript(line)
}

/// A line of `curl -v`.
fn is_transcript(line: &[u8]) -> bool {
    const MARKS: &[&[u8]] = &[
        b"* ", b"> ", b"< ", b">\r", b"<\r", b">\n", b"<\n", b"{ [", b"} [",
    ];
    MARKS.iter().any(|mark| line.starts_with(mark))
}

/// What may be left of a broken object.
pub(super) fn is_rest_of_json(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(['"', '}', ']', ',']) || line.ends_with([',', '{', '[', '}', ']'])
}
