//! What stands where a token was meant to be: the words of languages for "nothing", variables
//! and commands that no shell expanded.

use super::{Credential, Kind};
use crate::conceal;
use crate::visible::quoted;

/// Recognises a text that was sent because making or inserting the token failed.
pub(super) fn recognise(text: &str) -> Option<Credential> {
    let (label, note) = word(text)
        .or_else(|| expression(text))
        .or_else(|| something_else(text))?;
    Some(Credential::new(Kind::NotAToken, label).with_note(note))
}

fn word(text: &str) -> Option<(String, &'static str)> {
    let lower = text.to_ascii_lowercase();
    let note = match lower.as_str() {
        "undefined" => "JavaScript writes it for a variable or a field that was never set.",
        "null" | "none" | "nil" | "nan" => {
            "It is what a program writes for a value that is not there."
        }
        "[object object]" => {
            "JavaScript writes it for an object put into a string: the token is in one of its fields."
        }
        "[object promise]" | "promise { <pending> }" => {
            "JavaScript writes it for a promise put into a string: an `await` is missing."
        }
        "true" | "false" => "It is the outcome of a comparison, not a token.",
        "token" | "your_token" | "your-token" | "your_token_here" | "access_token" | "id_token"
        | "bearer" => "It stands in examples for the token that is to be put there.",
        _ => return None,
    };
    Some((format!("The word {}", quoted(text)), note))
}

fn expression(text: &str) -> Option<(String, &'static str)> {
    let between = |open: &str, close: &str| text.starts_with(open) && text.ends_with(close);
    let (what, note) = if text.starts_with("$(") || between("`", "`") {
        (
            "A command that no shell ran",
            "Single quotes keep the shell from running `$(…)`: use double quotes around it.",
        )
    } else if text.starts_with("$env:")
        || (text.starts_with('$')
            && is_name(text.trim_start_matches(['$', '{']).trim_end_matches('}')))
    {
        (
            "A variable that no shell expanded",
            "Single quotes keep the shell from expanding `$…`: use double quotes around it.",
        )
    } else if between("%", "%") && is_name(text.trim_matches('%')) {
        (
            "A variable that no shell expanded",
            "Only the Windows command prompt expands `%…%`.",
        )
    } else if (between("${{", "}}") || between("{", "}"))
        && text
            .bytes()
            .all(|byte| is_name_byte(byte) || b"${}. ".contains(&byte))
    {
        (
            "A template that nothing filled in",
            "The tool that fills in `{…}` did not run, or does not know the name.",
        )
    } else if between("<", ">") && text.contains(" object ") {
        (
            "A Python object’s description",
            "An object was put into a string: call it, await it, or take its `.token`.",
        )
    } else if between("<", ">") || between("[", "]") || is_constant(text) {
        (
            "A placeholder",
            "It stands for the token that is to be put there.",
        )
    } else if text.starts_with("process.env.") || text.starts_with("os.environ") {
        (
            "Code instead of its value",
            "The expression was sent as text: it stands inside quotes.",
        )
    } else {
        return None;
    };
    Some((format!("{what}: {}", quoted(&conceal::text(text))), note))
}

fn something_else(text: &str) -> Option<(String, &'static str)> {
    let (label, note) = if text.starts_with("https://") || text.starts_with("http://") {
        ("A URL", "It belongs in the field for the service’s URL.")
    } else if text.starts_with("projects/") || text.starts_with("//iam.googleapis.com/") {
        ("A resource name", "It names something; it proves nothing.")
    } else if text.starts_with("EYJ") {
        (
            "A JWT in capitals",
            "Base64url tells capitals from small letters, so the token is lost: copy it from where it still has both.",
        )
    } else if is_email(text) {
        (
            "An e-mail address",
            "It names an account; a token of that account is needed.",
        )
    } else if text.matches(':').count() == 2 && text.starts_with("eyJ") {
        (
            "A value signed by Django",
            "It has colons where a JWT has dots.",
        )
    } else {
        return None;
    };
    Some((label.into(), note))
}

/// `TOKEN`, `id_token`
fn is_name(text: &str) -> bool {
    text.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_')
        && text.bytes().all(is_name_byte)
}

const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// `ID_TOKEN`, `YOUR-TOKEN`
fn is_constant(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'_' | b'-'))
        && text.contains("TOKEN")
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !text.contains(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> String {
        let credential = recognise(text).expect(text);
        assert_eq!(credential.kind, Kind::NotAToken);
        assert_eq!(credential.notes.len(), 1);
        credential.label
    }

    #[test]
    fn words_and_expressions() {
        assert_eq!(label("undefined"), "The word `undefined`");
        assert_eq!(label("None"), "The word `None`");
        assert_eq!(label("[object Object]"), "The word `[object Object]`");
        assert!(
            label("$(gcloud auth print-identity-token)").starts_with("A command that no shell")
        );
        for text in ["$TOKEN", "${ID_TOKEN}", "%TOKEN%", "$env:TOKEN"] {
            assert!(label(text).starts_with("A variable"), "{text}");
        }
        for text in ["{{ token }}", "{token}", "${{ secrets.TOKEN }}"] {
            assert!(label(text).starts_with("A template"), "{text}");
        }
        for text in ["<your token>", "[REDACTED]", "ID_TOKEN", "YOUR_TOKEN"] {
            assert!(
                label(text).contains("laceholder") || label(text).starts_with("The word"),
                "{text}"
            );
        }
        assert!(label("<coroutine object fetch at 0x7f>").starts_with("A Python"));
        assert_eq!(label("https://a.example/x"), "A URL");
        assert_eq!(label("sa@p.iam.gserviceaccount.com"), "An e-mail address");
        assert_eq!(label("EYJHBGCIOIJSUZI1NIJ9.EYJ9.X"), "A JWT in capitals");
        assert_eq!(
            label("eyJhIjoxfQ:1vXyZa:0-0Zvytj"),
            "A value signed by Django"
        );
    }

    #[test]
    fn other_texts_are_left_alone() {
        for text in ["hello", "$", "$5 per month", "p4ssw0rd", "a b@c.d"] {
            assert!(recognise(text).is_none(), "{text}");
        }
    }
}
