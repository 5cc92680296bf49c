//! `curl` commands: the request they make.

use super::{MAX_HEADERS, Request, mask};
use crate::visible::is_letter_or_digit;

/// The longest command read, in bytes.
pub(super) const LONGEST: usize = 262_144;

/// A command and how far it reaches.
pub(super) struct Command {
    pub(super) request: Request,
    /// Its length in bytes.
    pub(super) length: usize,
    /// How many bytes behind it were read to no end: a quote in it never closes.
    pub(super) in_vain: usize,
}

/// Options that take a value, besides those read here. Their value is no URL.
const WITH_VALUE: &[&str] = &[
    "-A",
    "-C",
    "-E",
    "-F",
    "-K",
    "-T",
    "-U",
    "-Y",
    "-b",
    "-c",
    "-e",
    "-m",
    "-o",
    "-r",
    "-t",
    "-w",
    "-x",
    "-y",
    "-z",
    "--cacert",
    "--cert",
    "--connect-timeout",
    "--connect-to",
    "--cookie",
    "--cookie-jar",
    "--form",
    "--interface",
    "--key",
    "--max-time",
    "--oauth2-bearer",
    "--output",
    "--proxy",
    "--proxy-user",
    "--referer",
    "--resolve",
    "--retry",
    "--upload-file",
    "--user",
    "--user-agent",
    "--write-out",
    "-u",
];

/// Where in a line a `curl` command begins, if the line holds one.
pub(super) fn begins(line: &str) -> Option<usize> {
    let mut from: usize = 0;
    while let Some(ahead) = line.get(from..).and_then(|rest| rest.find("curl")) {
        let at = from.saturating_add(ahead);
        let after = line.get(at.saturating_add(4)..).unwrap_or_default();
        let after = after.strip_prefix(".exe").unwrap_or(after);
        let before = line.get(..at).unwrap_or_default();
        let prompt = before.trim_end();
        let is_command = prompt.is_empty()
            || prompt.ends_with([
                '$', '#', '>', '%', '|', ';', '&', '(', '`', '+', ':', '=', '{',
            ])
            || ["time", "sudo", "do", "then", "run", "exec", "-"]
                .iter()
                .any(|word| prompt.ends_with(word));
        let is_word = after.starts_with([' ', '\t', '\\', '^']) || after.is_empty();
        if is_word
            && is_command
            && !before.ends_with(|char: char| is_letter_or_digit(char) || matches!(char, '/' | '-'))
        {
            return Some(at);
        }
        if is_word && before.ends_with("bin/") {
            return Some(at);
        }
        from = at.saturating_add(4);
    }
    None
}

/// Reads the command that `text` begins with, at most `most` bytes of it, but its first line whole.
pub(super) fn read(text: &str, most: usize) -> Command {
    let line = text.find(['\n', '\r']).unwrap_or(text.len());
    let text = text
        .get(..text.floor_char_boundary(most.max(line)))
        .unwrap_or_default();
    let Words {
        words,
        length,
        in_vain,
    } = words(text);
    let mut request = Request::default();
    let mut words = words.iter().skip(1).map(String::as_str);
    let mut has_body = false;
    while let Some(word) = words.next() {
        let (option, attached) = split_option(word);
        match option {
            "-H" | "--header" => {
                let header = attached.or_else(|| words.next()).unwrap_or_default();
                if let Some((name, value)) = header.split_once(':')
                    && request.headers.len() < MAX_HEADERS
                {
                    let (name, value) = (name.trim(), value.trim());
                    request.headers.push(mask::header(name, value));
                }
            }
            "-X" | "--request" => {
                let method = attached.or_else(|| words.next());
                request.method = method.filter(|method| is_method(method)).map(str::to_owned);
            }
            "-I" | "--head" => request.method = Some("HEAD".into()),
            "-G" | "--get" => request.method = Some("GET".into()),
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-urlencode" | "--json" => {
                has_body = true;
                if attached.is_none() {
                    words.next();
                }
            }
            "--url" => request.url = attached.or_else(|| words.next()).map(url),
            option if WITH_VALUE.contains(&option) && attached.is_none() => {
                words.next();
            }
            option if option.starts_with('-') => {}
            // Broken quotes leave words of a header where a URL should be.
            word if request.url.is_none() || word.contains("://") => request.url = Some(url(word)),
            _ => {}
        }
    }
    if request.method.is_none() {
        request.method = Some(if has_body { "POST" } else { "GET" }.into());
    }
    Command {
        request,
        length,
        in_vain,
    }
}

/// An option and the value attached to it: `-XPOST`, `--header=…`, `-sSH` (whose value follows).
fn split_option(word: &str) -> (&str, Option<&str>) {
    if word.starts_with("--") {
        return word
            .split_once('=')
            .map_or((word, None), |(option, value)| (option, Some(value)));
    }
    if !word.starts_with('-') || word.len() <= 2 {
        return (word, None);
    }
    // In a cluster of short options the first that takes a value takes the rest of the word.
    for (at, char) in word.char_indices().skip(1) {
        let option = match char {
            'H' => "-H",
            'X' => "-X",
            'd' => "-d",
            'I' => "-I",
            'o' => "-o",
            'u' => "-u",
            'b' => "-b",
            'm' => "-m",
            'w' => "-w",
            'A' => "-A",
            _ => continue,
        };
        let rest = word.get(at.saturating_add(1)..).unwrap_or_default();
        return (option, (!rest.is_empty() && option != "-I").then_some(rest));
    }
    ("-", None)
}

fn is_method(word: &str) -> bool {
    word.len() <= 16 && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// `curl` takes a URL without a scheme for `http://`.
fn url(word: &str) -> String {
    let shown = mask::masked(word);
    if word.contains("://") || word.starts_with('$') {
        shown
    } else {
        format!("http://{shown}")
    }
}

/// The words of a shell command.
struct Words {
    words: Vec<String>,
    /// The command's length in bytes.
    length: usize,
    /// As in [`Command`].
    in_vain: usize,
}

/// Takes a shell command apart. Quotes that never close end with the line.
fn words(text: &str) -> Words {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut depth: usize = 0;
    let mut chars = text.char_indices().peekable();
    let mut end = text.len();
    while let Some((at, char)) = chars.next() {
        match (quote, char) {
            (None | Some('"'), '\\' | '^') if matches!(chars.peek(), Some((_, '\n' | '\r'))) => {
                while chars
                    .next_if(|(_, next)| matches!(next, '\n' | '\r'))
                    .is_some()
                {}
            }
            (None | Some('"'), '\\') => {
                if let Some((_, escaped)) = chars.next() {
                    word.get_or_insert_default().push(escaped);
                }
            }
            // Quotes inside `$(…)` are the inner command's.
            (Some('"'), '(')
                if depth > 0 || word.as_deref().is_some_and(|word| word.ends_with('$')) =>
            {
                depth = depth.saturating_add(1);
                word.get_or_insert_default().push(char);
            }
            (Some('"'), ')') if depth > 0 => {
                depth = depth.saturating_sub(1);
                word.get_or_insert_default().push(char);
            }
            (Some(open), char) if char == open && depth == 0 => quote = None,
            (None, '"' | '\'') => {
                quote = Some(char);
                if word.as_deref() == Some("$") {
                    word = None;
                }
                word.get_or_insert_default();
            }
            (None, '(') if word.as_deref().is_some_and(|word| word.ends_with('$')) => {
                quote = Some(')');
                word.get_or_insert_default().push(char);
            }
            (None, '\n' | '\r' | '|' | ';' | '>') => {
                end = at;
                break;
            }
            (None, '&') if matches!(chars.peek(), None | Some((_, '&' | ' ' | '\n'))) => {
                end = at;
                break;
            }
            (None, ' ' | '\t') => words.extend(word.take()),
            (_, char) => word.get_or_insert_default().push(char),
        }
    }
    if quote.is_some() {
        return unclosed(text);
    }
    words.extend(word);
    Words {
        words,
        length: end,
        in_vain: 0,
    }
}

/// A command with a quote that never closes: its first line, quotes taken off.
fn unclosed(text: &str) -> Words {
    let line = text.lines().next().unwrap_or_default();
    let words = line
        .split(['"', '\''])
        .flat_map(|part| {
            // A header's value holds spaces; what is not a header is split at them.
            if part.contains(": ") {
                vec![part.to_owned()]
            } else {
                part.split_whitespace().map(str::to_owned).collect()
            }
        })
        .filter(|word| !word.is_empty())
        .collect();
    Words {
        words,
        length: line.len(),
        in_vain: text.len().saturating_sub(line.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Command {
        super::read(text, LONGEST)
    }

    #[test]
    fn a_command_is_a_request() {
        let text = "curl -sS -X POST \\\n  -H \"Authorization: Bearer $(gcloud auth print-identity-token --audiences=\"https://x.example\")\" \\\n  -H 'Accept: */*' --data '{\"a\":1}' https://x.example/a?code=SECRET | jq .\nrest";
        let command = read(text);
        assert_eq!(command.request.method.as_deref(), Some("POST"));
        assert_eq!(
            command.request.url.as_deref(),
            Some("https://x.example/a?code=…")
        );
        assert_eq!(
            command.request.headers,
            [
                ("Authorization".into(), "Bearer …".into()),
                ("Accept".into(), "*/*".to_owned())
            ]
        );
        assert!(
            text.get(command.length..)
                .is_some_and(|rest| rest.starts_with("| jq"))
        );
    }

    #[test]
    fn options_in_clusters_and_urls_without_scheme() {
        let command = read("curl -svXPUT -H'Authorization: Bearer x' -o out.txt x.example/y");
        assert_eq!(command.request.method.as_deref(), Some("PUT"));
        assert_eq!(command.request.url.as_deref(), Some("http://x.example/y"));
        assert_eq!(command.request.headers.len(), 1);
        let command = read("curl https://x.example -d @f");
        assert_eq!(command.request.method.as_deref(), Some("POST"));
    }

    #[test]
    fn an_open_quote_ends_with_the_line() {
        let command = read("curl -H 'Authorization: Bearer abc https://x.example/\nnext line");
        assert_eq!(command.length, 53);
        assert_eq!(command.in_vain, 10);
    }

    #[test]
    fn what_may_be_read_in_vain_never_cuts_the_first_line() {
        let text = "curl -H 'a: b' https://x.example/ \\\n -H 'c: d'\nrest";
        assert_eq!(super::read(text, 4).length, 35);
        assert_eq!(super::read(text, LONGEST).length, 46);
    }

    #[test]
    fn commands_are_told_from_prose() {
        assert_eq!(begins("$ curl -v https://x.example"), Some(2));
        assert_eq!(begins("curl https://x.example"), Some(0));
        assert_eq!(begins("a && curl x"), Some(5));
        assert_eq!(begins("> user-agent: curl/8.5.0"), None);
        assert_eq!(begins("I called it with curl and got 401"), None);
    }
}
