//! Shell commands made of words. The words are the model; the text is the words quoted.

use std::borrow::Cow;

use super::fill::Fill;
use super::template;

/// The words of a command, each a template.
///
/// The first is the program with its subcommands, written as one. A word in brackets is left
/// out unless its holes are known: `[--project=PROJECT_ID]`.
pub(crate) type Words = &'static [&'static str];

/// Commands longer than this are broken into lines by continuations.
const LINE: usize = 100;

/// The command as text: one line, or one word per continued line when it is long.
pub(crate) fn render(words: Words, fill: &Fill, used: &mut u128) -> String {
    wrap(&groups(words, fill, used))
}

/// The command as one line, however long.
pub(super) fn line(words: Words, fill: &Fill, used: &mut u128) -> String {
    groups(words, fill, used).join(" ")
}

/// The bearer token of a `curl` command: what prints it, and where alone it is sent. A recipe can
/// name no other pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bearer {
    /// The access token of whoever sits at the terminal.
    Access,
    /// The same, sent to the API that makes ID tokens.
    ForIdToken,
    /// The ID token of the person at the terminal.
    Own,
    /// An ID token of the calling account, made for the audience of the door.
    Account,
    /// A JWT in a file, made for the host that is called.
    SignedForHost,
    /// A JWT in a file, made for an audience of the door.
    Signed,
}

impl Bearer {
    const fn token(self) -> Words {
        match self {
            Self::Access | Self::ForIdToken => &["gcloud auth print-access-token"],
            Self::Own => &["gcloud auth print-identity-token"],
            Self::Account => &[
                "gcloud auth print-identity-token",
                "--impersonate-service-account=SERVICE_ACCOUNT_EMAIL",
                "--audiences=AUDIENCE",
                "--include-email",
            ],
            Self::SignedForHost | Self::Signed => &["cat", "token.jwt"],
        }
    }

    /// The URL, as the last word. What may stand in these holes is decided in
    /// [`known::hosts`](crate::known::hosts).
    const fn url(self) -> Words {
        match self {
            Self::Access => &["API_URL"],
            Self::ForIdToken => &[
                "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/SERVICE_ACCOUNT_EMAIL:generateIdToken",
            ],
            Self::Own => &["YOUR_SERVICE_URL"],
            Self::Account | Self::Signed => &["REQUEST_URL"],
            Self::SignedForHost => &["HOST_URL"],
        }
    }
}

/// `curl` with a bearer token, its further words, and the URL that goes with the token.
pub(crate) fn render_bearer(
    header: &'static str,
    bearer: Bearer,
    words: Words,
    fill: &Fill,
    used: &mut u128,
) -> String {
    let mut all = groups(words, fill, used);
    let inner = groups(bearer.token(), fill, used).join(" ");
    let mut option = String::with_capacity(inner.len() + 48);
    option.push_str("-H \"");
    option.push_str(header);
    option.push_str(": Bearer $(");
    option.push_str(&inner);
    option.push_str(")\"");
    all.insert(1.min(all.len()), option);
    all.extend(bearer.url().iter().map(|url| {
        let url = template::fill(url, fill, used);
        quote(url).into_owned()
    }));
    wrap(&all)
}

/// What stays on one line: the program with its positionals, a flag with its value.
fn groups(words: Words, fill: &Fill, used: &mut u128) -> Vec<String> {
    let mut groups: Vec<String> = Vec::with_capacity(words.len());
    let mut glue = true;
    for (place, word) in words.iter().enumerate() {
        let Some(word) = required(word, fill) else {
            continue;
        };
        let word = template::fill(word, fill, used);
        let flag = place > 0 && word.starts_with('-');
        let valueless = !word.contains('=');
        let quoted = if place == 0 { word } else { quote(word) };
        match groups.last_mut() {
            Some(last) if glue && !flag => {
                last.push(' ');
                last.push_str(&quoted);
            }
            _ => groups.push(quoted.into_owned()),
        }
        // Positionals stand before the flags; a flag without `=` keeps the next word beside it.
        glue = if flag { valueless } else { groups.len() == 1 };
    }
    groups
}

/// The word, without its brackets; nothing when it is optional and a hole of it is not known.
fn required(word: &'static str, fill: &Fill) -> Option<&'static str> {
    let Some(optional) = word
        .strip_prefix('[')
        .and_then(|word| word.strip_suffix(']'))
    else {
        return Some(word);
    };
    let mut used = 0;
    template::fill(optional, fill, &mut used);
    fill.knows(used).then_some(optional)
}

/// Joins the groups by spaces, or by continuations when that is too long to read.
fn wrap(groups: &[String]) -> String {
    let length: usize = groups.iter().map(|group| group.len() + 1).sum();
    groups.join(if length > LINE { " \\\n  " } else { " " })
}

/// The word as one shell word. Of `--flag=value` the value alone is quoted.
fn quote(word: Cow<'_, str>) -> Cow<'_, str> {
    let value = match word.split_once('=') {
        Some((flag, value)) if word.starts_with("--") && is_plain(flag) => value,
        _ => word.as_ref(),
    };
    if is_plain(value) && !value.is_empty() {
        return word;
    }
    // The allow-lists let no control character pass. Should one come this far, quoting would
    // not be enough at a prompt, so the value is dropped.
    let quoted = if value.contains(char::is_control) {
        Cow::Borrowed("''")
    } else if value.contains(['\'', '!']) || value.ends_with('\\') {
        shlex::try_quote(value).unwrap_or(Cow::Borrowed("''"))
    } else {
        // What `shlex` would do as well, but for a backslash, which it doubles inside "…".
        Cow::Owned(["'", value, "'"].concat())
    };
    let flag = word.get(..word.len() - value.len()).unwrap_or("");
    Cow::Owned([flag, &quoted].concat())
}

/// Characters that no shell reads as anything else, wherever they stand in a word.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| {
        byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b'-' | b'_' | b'.' | b'/' | b':' | b'@' | b'%' | b'+' | b','
            )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fix::hole::Hole;
    use crate::fix::value::Value;

    fn text(words: Words, fill: &Fill) -> String {
        render(words, fill, &mut 0)
    }

    #[test]
    fn of_a_flag_the_value_alone_is_quoted() {
        assert_eq!(
            text(
                &[
                    "gcloud run services describe",
                    "SERVICE",
                    "--format=value(status.url)"
                ],
                &Fill::empty()
            ),
            "gcloud run services describe SERVICE --format='value(status.url)'"
        );
    }

    #[test]
    fn an_optional_word_needs_its_holes_known() {
        let words: Words = &["gcloud run services list", "[--project=PROJECT_ID]"];
        assert_eq!(text(words, &Fill::empty()), "gcloud run services list");
        let mut fill = Fill::empty();
        fill.set(Hole::ProjectId, Value::Known("shop-prod".into()));
        assert_eq!(
            text(words, &fill),
            "gcloud run services list --project=shop-prod"
        );
    }

    #[test]
    fn a_value_with_an_apostrophe_is_one_word() {
        let mut fill = Fill::empty();
        fill.set(
            Hole::Member,
            Value::Known("user:pat.o'hara@example.com".into()),
        );
        assert_eq!(
            text(&["gcloud x", "--member=MEMBER"], &fill),
            "gcloud x --member=\"user:pat.o'hara@example.com\""
        );
    }

    #[test]
    fn a_long_command_is_continued_with_its_flags_one_per_line() {
        let text = render_bearer(
            "Authorization",
            Bearer::Account,
            &["curl", "-so", "/dev/null"],
            &Fill::empty(),
            &mut 0,
        );
        assert_eq!(
            text,
            "curl \\\n  -H \"Authorization: Bearer $(gcloud auth print-identity-token --impersonate-service-account=SERVICE_ACCOUNT_EMAIL --audiences=AUDIENCE --include-email)\" \\\n  -so /dev/null \\\n  REQUEST_URL"
        );
    }

    #[test]
    fn a_control_character_never_reaches_a_command() {
        let mut fill = Fill::empty();
        fill.set(Hole::Service, Value::Known("a\u{1}b".into()));
        assert_eq!(text(&["gcloud x", "SERVICE"], &fill), "gcloud x ''");
    }
}
