//! What must hold of every report, whatever was pasted.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use why401::credential::Kind;
use why401::fix::{Language, Snippet};
use why401::report::markdown::{Identities, to_markdown};
use why401::view::{self, View};
use why401::visible::is_hidden;
use why401::{Report, report};

/// A report in a form in which it leaves the program.
pub type Copy = (&'static str, String);

/// Every form of a report, the JSON first.
#[must_use]
pub fn copies(report: &Report<'_>) -> Vec<Copy> {
    let page = view::page(report, &View::of(report));
    vec![
        ("json", report::to_json(report)),
        ("text", report::to_text(report, report::Style::FULL)),
        ("markdown", to_markdown(report, Identities::Shown)),
        ("masked markdown", to_markdown(report, Identities::Masked)),
        ("page", page.to_html()),
    ]
}

/// Each rule that a report and its [`copies`] break, one sentence each.
#[must_use]
pub fn broken(report: &Report<'_>, copies: &[Copy]) -> Vec<String> {
    let mut broken = Vec::new();
    let secrets = secrets(report);
    for (form, copy) in copies {
        broken.extend(raw_control(copy).map(|what| format!("{form}: {what} stands in it raw")));
        let held = secrets
            .iter()
            .filter(|secret| copy.contains(secret.as_str()));
        broken.extend(held.map(|secret| format!("{form} holds the secret `{secret}`")));
    }
    broken.extend(copies.first().and_then(|(_, json)| json_unreadable(json)));
    let input = report.evidence.input;
    let given = [&input.paste, &input.response, &input.service_url].map(|text| text.to_lowercase());
    for sentence in sentences(report) {
        broken.extend(
            claims_a_check(&sentence)
                // A word of the paste is the paste's.
                .filter(|word| !given.iter().any(|text| text.contains(word)))
                .map(|word| format!("`{word}` is said of something unchecked: {sentence}")),
        );
    }
    broken.extend(commands(report).filter_map(unsafe_command));
    broken
}

/// The first control, bidi or invisible character but a line feed.
#[must_use]
pub fn raw_control(copy: &str) -> Option<String> {
    copy.chars()
        .find(|char| is_hidden(*char) && *char != '\n')
        .map(|char| format!("U+{:04X}", u32::from(char)))
}

/// Why the JSON is no version 2 report.
fn json_unreadable(json: &str) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct V2<'r> {
        version: u8,
        #[serde(rename = "judged")]
        _judged: IgnoredAny,
        #[serde(rename = "facts")]
        _facts: Vec<IgnoredAny>,
        #[serde(rename = "documents")]
        _documents: Vec<IgnoredAny>,
        #[serde(rename = "needs")]
        _needs: Vec<IgnoredAny>,
        headline: Headline,
        #[serde(borrow)]
        #[serde(rename = "read")]
        _read: &'r RawValue,
        causes: Vec<IgnoredAny>,
        #[serde(rename = "ruled_out")]
        _ruled_out: Vec<IgnoredAny>,
    }
    #[derive(Deserialize)]
    struct Headline {
        id: String,
        summary: String,
    }
    match serde_json::from_str::<V2<'_>>(json) {
        Err(error) => Some(format!("the JSON cannot be read: {error}")),
        Ok(report)
            if report.version != 2
                || report.causes.is_empty()
                || report.headline.id.is_empty()
                || report.headline.summary.is_empty() =>
        {
            Some("the JSON lacks its verdict".to_owned())
        }
        Ok(_) => None,
    }
}

/// What a report may not hold: the signatures of the pasted tokens, and opaque credentials
/// beyond their prefix.
#[must_use]
pub fn secrets(report: &Report<'_>) -> Vec<String> {
    /// Shorter ones stand in ordinary words.
    const TELLING: usize = 16;
    /// How much of an opaque credential may be shown, in characters.
    const PREFIX: usize = 8;
    let evidence = &report.evidence;
    let mut elsewhere = as_read(&evidence.input.paste);
    let of_secrets = evidence.exhibits.credentials.iter().zip(&evidence.all);
    for (pasted, _) in of_secrets.filter(|(_, credential)| credential.kind != Kind::NotAToken) {
        elsewhere = elsewhere.replace(&pasted.text, "");
    }
    let jwts = evidence.all.iter().filter_map(|one| one.jwt.as_ref());
    let readable: Vec<&str> = jwts
        .flat_map(|jwt| [jwt.header_text.as_str(), &jwt.payload_text])
        .collect();
    let in_json = evidence
        .exhibits
        .credentials
        .iter()
        .filter_map(|pasted| serde_json::from_str(&pasted.text).ok())
        .flat_map(|json| signatures(&json));
    let pasted = evidence.exhibits.credentials.iter().zip(&evidence.all);
    pasted
        .filter_map(|(pasted, credential)| match &credential.jwt {
            // Decoded claims have dots in their values.
            Some(_) if pasted.text.starts_with('{') => None,
            Some(_) => pasted
                .text
                .split('.')
                .nth(2)
                .filter(|signature| *signature != "SIGNATURE_REMOVED_BY_GOOGLE")
                .map(str::to_owned),
            None if credential.kind.is_access_token() || credential.long_lived_secret => {
                // A key's label is public, and so is what cannot be of the key that follows it.
                let key = pasted.text.strip_prefix("-----BEGIN PRIVATE KEY-----");
                key.map(key_body)
                    .or_else(|| Some(pasted.text.chars().skip(PREFIX).collect()))
            }
            None => None,
        })
        .chain(in_json)
        // A signature with the start of a header in it is none: two tokens run into each other.
        .filter(|secret| !secret.contains("eyJhbGciOi"))
        // What also stands outside of the credentials (a host's name) is no secret, nor is what
        // stands in the header or payload of any.
        .filter(|secret: &String| {
            secret.len() >= TELLING
                && !elsewhere.contains(secret.as_str())
                && !readable.iter().any(|part| part.contains(secret.as_str()))
        })
        .collect()
}

/// The paste without its invisible characters and terminal colours, as credentials are read.
fn as_read(paste: &str) -> String {
    let mut pieces = paste.split("\u{1B}[");
    let first = pieces.next().unwrap_or_default().to_owned();
    let uncoloured = pieces.fold(first, |text, piece| {
        // A code ends with its first letter or sign from `@` on.
        let end = piece.find(|char| ('@'..='~').contains(&char));
        text + end.and_then(|end| piece.get(end + 1..)).unwrap_or(piece)
    });
    uncoloured
        .chars()
        .filter(|char| *char == '\n' || !is_hidden(*char))
        .collect()
}

/// The Base64 that stands after a key's label, as far as it goes.
fn key_body(rest: &str) -> String {
    let rest = rest.trim_start();
    let end = rest.find(|char: char| !char.is_ascii_alphanumeric() && !"+/=\\\r\n".contains(char));
    rest[..end.unwrap_or(rest.len())].trim_end().to_owned()
}

/// The signatures of a JWS in its JSON form (RFC 7515 section 7.2).
fn signatures(json: &serde_json::Value) -> Vec<String> {
    let one = json.get("signature").into_iter();
    let many = json.get("signatures").and_then(|list| list.as_array());
    let each = many.into_iter().flatten();
    one.chain(each.filter_map(|each| each.get("signature")))
        .filter_map(|signature| signature.as_str())
        .map(str::to_owned)
        .collect()
}

/// Our own sentences, without what they quote from the paste.
#[must_use]
pub fn sentences(report: &Report<'_>) -> Vec<String> {
    let causes = report.causes.iter().flat_map(|diagnosis| {
        let reasons = diagnosis.reasons.iter().map(|reason| reason.text.as_str());
        let fixes = diagnosis
            .fixes()
            .flat_map(|fix| [fix.title.as_str(), fix.caution.as_str()]);
        [diagnosis.cause.title, diagnosis.summary.as_str()]
            .into_iter()
            .chain(reasons)
            .chain(fixes)
    });
    let evidence = &report.evidence;
    causes
        .chain(report.ruled_out.iter().map(|out| out.because.as_str()))
        .chain(report.notes())
        .chain(std::iter::once(evidence.credential.label.as_str()))
        .chain(evidence.target.notes.iter().map(String::as_str))
        .chain(evidence.target.problems.iter().map(String::as_str))
        .map(without_quotes)
        .collect()
}

/// The sentence without its backquoted parts.
fn without_quotes(sentence: &str) -> String {
    sentence.split('`').step_by(2).collect::<Vec<_>>().join("…")
}

/// A word that says or suggests that a signature was checked or a token is good.
#[must_use]
pub fn claims_a_check(sentence: &str) -> Option<String> {
    const GOOD: &[&str] = &[
        "valid",
        "verified",
        "genuine",
        "authentic",
        "trusted",
        "trustworthy",
    ];
    const NOT: &[&str] = &[
        "not", "never", "nor", "no", "cannot", "nobody", "nothing", "un",
    ];
    let words: Vec<String> = sentence
        .split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let before = &words[at.saturating_sub(5)..at];
        let denied = before.iter().any(|word| NOT.contains(&word.as_str()));
        (GOOD.contains(&word.as_str()) && !denied).then(|| word.clone())
    })
}

/// Every shell snippet of a report.
pub fn commands<'r>(report: &'r Report<'_>) -> impl Iterator<Item = &'r Snippet> {
    report
        .causes
        .iter()
        .flat_map(|diagnosis| diagnosis.fixes())
        .flat_map(|fix| &fix.snippets)
        .filter(|snippet| snippet.language == Language::Sh)
}

/// Why a command is not one line that runs only known programs.
#[must_use]
pub fn unsafe_command(snippet: &Snippet) -> Option<String> {
    let text = &snippet.text;
    let fault = if text.ends_with(['\n', '\r']) {
        Some("it ends in a line break".to_owned())
    } else {
        raw_control(text)
            .map(|what| format!("{what} stands in it"))
            .or_else(|| programs(text).err())
            .or_else(|| {
                let unknown = programs(text).ok()?;
                let unknown = unknown
                    .into_iter()
                    .find(|name| !PROGRAMS.contains(&name.as_str()))?;
                Some(format!("it runs `{unknown}`"))
            })
    };
    fault.map(|fault| format!("{fault}: {text}"))
}

/// The programs that our commands run.
const PROGRAMS: &[&str] = &[
    "gcloud", "curl", "gsutil", "kubectl", "echo", "date", "export", "cat",
];

/// The first word of every command of a shell text.
///
/// # Errors
/// Like [`words`].
pub fn programs(text: &str) -> Result<Vec<String>, String> {
    let commands = words(text)?.into_iter();
    Ok(commands
        .filter_map(|words| words.into_iter().next())
        .collect())
}

/// The words of every command of a shell text, by a reading of our own: quotes, substitutions
/// and operators as POSIX (XCU 2.2, 2.3) has them.
///
/// # Errors
/// A quote or a substitution that does not end; anything else that a shell would act on.
pub fn words(text: &str) -> Result<Vec<Vec<String>>, String> {
    let mut reader = Reader {
        chars: text.chars().peekable(),
        found: Vec::new(),
    };
    reader.list(false)?;
    Ok(reader.found)
}

struct Reader<'t> {
    chars: std::iter::Peekable<std::str::Chars<'t>>,
    found: Vec<Vec<String>>,
}

impl Reader<'_> {
    /// Commands up to the end, or up to the `)` of a substitution.
    fn list(&mut self, inside: bool) -> Result<(), String> {
        let mut command = Vec::new();
        let mut word: Option<String> = None;
        loop {
            let Some(char) = self.chars.next() else {
                command.extend(word);
                self.found.extend((!command.is_empty()).then_some(command));
                return if inside {
                    Err("a substitution does not end".into())
                } else {
                    Ok(())
                };
            };
            match char {
                '\\' => match self.chars.next() {
                    Some('\n') | None => {}
                    Some(escaped) => word.get_or_insert_default().push(escaped),
                },
                '\'' => self.single(word.get_or_insert_default())?,
                '"' => self.double(word.get_or_insert_default())?,
                '$' if self.chars.peek() == Some(&'(') => {
                    self.chars.next();
                    word.get_or_insert_default();
                    self.list(true)?;
                }
                '`' => return Err("it holds a backquote".into()),
                '$' => return Err("it holds a variable".into()),
                ' ' | '\t' => command.extend(word.take()),
                '\n' | ';' | '&' | '|' | '(' | ')' => {
                    command.extend(word.take());
                    let command = std::mem::take(&mut command);
                    self.found.extend((!command.is_empty()).then_some(command));
                    if char == ')' && inside {
                        return Ok(());
                    }
                }
                '<' | '>' | '*' | '?' | '[' | '{' | '!' | '#' | '~' => {
                    return Err(format!("`{char}` stands in it unquoted"));
                }
                char => word.get_or_insert_default().push(char),
            }
        }
    }

    /// What stands in single quotes.
    fn single(&mut self, word: &mut String) -> Result<(), String> {
        loop {
            match self.chars.next() {
                None => return Err("a single quote does not end".into()),
                Some('\'') => return Ok(()),
                Some(char) => word.push(char),
            }
        }
    }

    /// What stands in double quotes.
    fn double(&mut self, word: &mut String) -> Result<(), String> {
        loop {
            match self.chars.next() {
                None => return Err("a double quote does not end".into()),
                Some('"') => return Ok(()),
                Some('\\') => match self.chars.next() {
                    None => return Err("a double quote does not end".into()),
                    Some(char @ ('$' | '`' | '"' | '\\')) => word.push(char),
                    Some('\n') => {}
                    Some(char) => word.extend(['\\', char]),
                },
                Some('$') if self.chars.peek() == Some(&'(') => {
                    self.chars.next();
                    self.list(true)?;
                }
                Some('$') => return Err("it holds a variable".into()),
                Some('`') => return Err("it holds a backquote".into()),
                Some(char) => word.push(char),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_of_a_command_is_found() {
        for (text, names) in [
            ("gcloud auth list", vec!["gcloud"]),
            (
                "curl -H \"A: $(gcloud x; touch y)\" u",
                vec!["gcloud", "touch", "curl"],
            ),
            ("gcloud x --a='$(touch y)'; rm z", vec!["gcloud", "rm"]),
            ("gcloud x \\\n  --a=b", vec!["gcloud"]),
            ("gcloud x\ntouch y", vec!["gcloud", "touch"]),
        ] {
            let mut found = programs(text).unwrap();
            let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
            found.sort();
            names.sort();
            assert_eq!(found, names, "{text}");
        }
        for text in [
            "gcloud 'x",
            "gcloud \"x",
            "gcloud `x`",
            "curl $(x",
            "gcloud {a,b}",
            "gcloud $X",
        ] {
            assert!(programs(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_good_word_needs_its_not() {
        assert!(claims_a_check("The token is valid.").is_some());
        assert!(claims_a_check("Its signature was verified").is_some());
        assert!(claims_a_check("Decoded, not verified.").is_none());
        assert!(claims_a_check("It is not a valid URL.").is_none());
        assert!(claims_a_check("An invalid grant").is_none());
    }
}
