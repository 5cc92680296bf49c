//! The lines of transcripts: HTTP's own, and the marks and labels tools put to them.

/// The label before a URL in a browser's network panel.
pub(super) const REQUEST_URL: &str = "Request URL";

/// The rest of a line that begins with a mark and a space, or is the mark alone.
pub(super) fn marked(line: &str, mark: char) -> Option<&str> {
    let rest = line.trim_start_matches([' ', '\t']).strip_prefix(mark)?;
    if rest.is_empty() {
        return Some(rest);
    }
    rest.strip_prefix([' ', '\t']).map(str::trim_end)
}

/// A string literal without its quotes.
pub(super) fn unquoted(literal: &str) -> &str {
    literal.trim_matches(['\'', '"'])
}

/// The method and target of `GET /path HTTP/1.1`.
pub(super) fn request_line(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split_ascii_whitespace();
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    let is_method =
        (3..=8).contains(&method.len()) && method.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_method && version.starts_with("HTTP/") && words.next().is_none())
        .then_some((method, target))
}

/// The status of `HTTP/1.1 401 Unauthorized`.
pub(super) fn status_line(line: &str) -> Option<u16> {
    let mut words = line
        .trim_start()
        .strip_prefix("HTTP/")?
        .split_ascii_whitespace();
    let version = words.next()?;
    let is_version = version
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let status = words.next().filter(|word| word.len() == 3)?.parse().ok()?;
    is_version.then_some(status)
}

/// The name and value of `Name: value`.
pub(super) fn header_line(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let (name, value) = match line.strip_prefix(':') {
        Some(rest) => {
            let (name, value) = rest.split_once(':')?;
            (line.get(..name.len().saturating_add(1))?, value)
        }
        None => line.split_once(':')?,
    };
    let is_name = !name.is_empty()
        && name.len() <= 64
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'));
    is_name.then(|| (name, value.trim()))
}

/// A label of a browser's network panel and what stands beside it.
pub(super) fn browser_label(line: &str) -> Option<(&'static str, &str)> {
    [REQUEST_URL, "Request Method", "Status Code"]
        .iter()
        .find_map(|label| {
            let rest = line.trim().strip_prefix(label)?;
            (rest.is_empty() || rest.starts_with(':'))
                .then(|| (*label, rest.trim_start_matches(':').trim()))
        })
}

/// Whether `curl` printed the line about its progress.
pub(super) fn is_progress(line: &str) -> bool {
    let line = line.trim_start();
    ["{ [", "} [", "% Total", "Dload  Upload", "--:--:--"]
        .iter()
        .any(|start| line.starts_with(start))
        || line.contains("--:--:-- --:--:--")
}
