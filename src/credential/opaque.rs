//! Opaque credentials, told by their prefixes.
//!
//! Sources: Google's by common observation and public samples (Google calls its prefixes
//! typical, not fixed); the neighbours' by gitleaks' rules.

use super::{Credential, Kind, is_oauth_client_id};
use crate::text::holds;

/// What is kept of an opaque credential for showing, in characters at most.
const PREFIX: usize = 8;

/// Recognises a credential by its prefix.
pub(super) fn recognise(text: &str) -> Option<Credential> {
    let rule = if is_oauth_client_id(text) {
        &CLIENT_ID
    } else {
        rule_for(text)?
    };
    let mut credential = Credential::new(rule.kind, rule.label);
    if rule.kind != Kind::ClientId {
        credential.prefix = rule.prefix.chars().take(PREFIX).collect();
    }
    credential.long_lived_secret = rule.long_lived;
    if !rule.note.is_empty() {
        credential.notes.push(rule.note.into());
    }
    if text.contains(['…', '*']) || text.contains("...") {
        credential
            .notes
            .push("Part of it is masked or cut off in the paste.".into());
    }
    Some(credential)
}

/// The prefix of a secret by which `word` may be named while the rest is hidden.
pub(super) fn secret_prefix(word: &str) -> Option<&'static str> {
    let rule = rule_for(word).filter(|_| !is_oauth_client_id(word))?;
    rule.prefix.get(..PREFIX.min(rule.prefix.len()))
}

/// Recognises what the word before a credential in a header says it is.
pub(super) fn by_scheme(scheme: Option<&str>) -> Option<Credential> {
    let is = |name: &str| scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(name));
    if is("basic") {
        return Some(
            Credential::new(Kind::Basic, "User name and password (HTTP Basic)")
                .with_note("It holds a password in plain base64.")
                .long_lived(),
        );
    }
    let label = if is("aws4-hmac-sha256") {
        "AWS request signature"
    } else if is("digest") {
        "HTTP Digest answer"
    } else if is("negotiate") || is("ntlm") {
        "Kerberos or NTLM ticket"
    } else {
        return None;
    };
    Some(Credential::new(Kind::ForeignSecret, label))
}

/// Says what can be said of a text that no rule knows.
pub(super) fn unknown(text: &str) -> Credential {
    if !looks_random(text) {
        return Credential::new(Kind::NotAToken, "Text, but no token");
    }
    let credential = Credential::new(Kind::UnknownOpaque, "Opaque string of unknown origin");
    // 2048, 3072 and 4096 bit RSA signatures in base64url.
    if matches!(text.len(), 342 | 512 | 683) {
        return credential.with_note(
            "It has the length of a JWT’s signature: the header and the claims in front of it may be missing.",
        );
    }
    credential.with_note("No known prefix: it may be another provider’s access token, a session id or a piece of a token.")
}

/// One way to know a credential.
struct Rule {
    prefix: &'static str,
    /// Looks at the text after the prefix.
    fits: fn(&str) -> bool,
    kind: Kind,
    label: &'static str,
    note: &'static str,
    long_lived: bool,
}

fn rule_for(text: &str) -> Option<&'static Rule> {
    let fits = |rule: &&Rule| {
        text.strip_prefix(rule.prefix)
            .is_some_and(|rest| (rule.fits)(rest))
    };
    may_begin(text)
        .then(|| GOOGLE.iter().chain(OTHERS).find(fits))
        .flatten()
        .or_else(|| Some(&HCP_TERRAFORM).filter(fits))
}

/// Whether a text begins with two bytes that prefixes begin with. Asked of every word of a
/// paste, it turns nearly all away.
fn may_begin(text: &str) -> bool {
    text.as_bytes()
        .iter()
        .zip([FIRST, SECOND])
        .all(|(byte, place)| {
            BEGINNINGS
                .get(usize::from(*byte))
                .is_some_and(|places| places & place != 0)
        })
}

const FIRST: u8 = 1;
const SECOND: u8 = 2;

/// At which of the first two places of a prefix each byte stands.
static BEGINNINGS: [u8; 256] = {
    let mut places = [0; 256];
    note(&mut places, GOOGLE);
    note(&mut places, OTHERS);
    places
};

#[allow(clippy::indexing_slicing)] // Only run by the compiler.
const fn note(places: &mut [u8; 256], rules: &[Rule]) {
    let mut at = 0;
    while at < rules.len() {
        let prefix = rules[at].prefix.as_bytes();
        places[prefix[0] as usize] |= FIRST;
        places[prefix[1] as usize] |= SECOND;
        at += 1;
    }
}

static CLIENT_ID: Rule = Rule {
    prefix: "",
    fits: is_oauth_client_id,
    kind: Kind::ClientId,
    label: "OAuth client id",
    note: "A client id is a name, not a credential.",
    long_lived: false,
};

/// Longer prefixes of a family come first.
const GOOGLE: &[Rule] = &[
    Rule {
        prefix: "ya29.dr.",
        fits: one_word,
        kind: Kind::AccessTokenDownscoped,
        label: "OAuth 2.0 access token, downscoped",
        note: "A Credential Access Boundary limits it; such a token works for Cloud Storage only.",
        long_lived: false,
    },
    Rule {
        prefix: "ya29.d.",
        fits: one_word,
        kind: Kind::AccessTokenFederated,
        label: "OAuth 2.0 access token of a federated identity",
        note: "It comes from the Security Token Service; its principal is a `principal://…`, not a service account.",
        long_lived: false,
    },
    Rule {
        prefix: "ya29.c.",
        fits: one_word,
        kind: Kind::AccessTokenServiceAccount,
        label: "OAuth 2.0 access token of a service account",
        note: "",
        long_lived: false,
    },
    Rule {
        prefix: "ya29.",
        fits: |rest| one_word(rest) && !has_subtype(rest),
        kind: Kind::AccessTokenUser,
        label: "OAuth 2.0 access token of a person",
        note: "A service account that acts for a person by domain-wide delegation has one like it.",
        long_lived: false,
    },
    Rule {
        prefix: "ya29.",
        fits: one_word,
        kind: Kind::AccessToken,
        label: "Google OAuth 2.0 access token",
        note: "The letters after `ya29.` are of a kind not seen before: whose it is cannot be told.",
        long_lived: false,
    },
    Rule {
        prefix: "1//",
        fits: |rest| token_of(rest, 10),
        kind: Kind::RefreshToken,
        label: "OAuth 2.0 refresh token",
        note: REFRESH,
        long_lived: true,
    },
    Rule {
        prefix: "1/",
        fits: |rest| token_of(rest, 20),
        kind: Kind::RefreshToken,
        label: "OAuth 2.0 refresh token",
        note: REFRESH,
        long_lived: true,
    },
    Rule {
        prefix: "4/",
        fits: |rest| token_of(rest, 20),
        kind: Kind::AuthorizationCode,
        label: "OAuth 2.0 authorization code",
        note: "It is exchanged once, at `https://oauth2.googleapis.com/token`, and never sent as a credential.",
        long_lived: false,
    },
    Rule {
        prefix: "AIza",
        fits: |rest| token_of(rest, 10),
        kind: Kind::ApiKey,
        label: "Google API key",
        note: "An API key names a project, or the service account it is bound to; it is no token.",
        long_lived: true,
    },
    Rule {
        prefix: "AQ.Ab",
        fits: |rest| token_of(rest, 10),
        kind: Kind::ApiKey,
        label: "Google API key of the newer kind",
        note: "It is sent as `x-goog-api-key`, not as a bearer token.",
        long_lived: true,
    },
    Rule {
        prefix: "GOCSPX-",
        fits: |rest| token_of(rest, 10),
        kind: Kind::ClientSecret,
        label: "OAuth client secret",
        note: "Anybody who has it can pose as the application: replace it if it was shown.",
        long_lived: true,
    },
    Rule {
        prefix: "GOOG",
        fits: |rest| rest.len() >= 20 && rest.bytes().all(upper_or_digit),
        kind: Kind::HmacKey,
        label: "Cloud Storage HMAC access id",
        note: "It signs requests to Cloud Storage’s XML API together with its secret; it is no bearer token.",
        long_lived: true,
    },
];

const REFRESH: &str = "It makes new access tokens until it is revoked: never send or share it, and revoke it if it was shown.";

const OTHERS: &[Rule] = &[
    paseto("v1.", "PASETO token, version 1"),
    paseto("v2.", "PASETO token, version 2"),
    paseto("v3.", "PASETO token, version 3"),
    paseto("v4.", "PASETO token, version 4"),
    foreign("github_pat_", "GitHub personal access token"),
    foreign("ghp_", "GitHub personal access token"),
    foreign("gho_", "GitHub OAuth token"),
    foreign("ghu_", "GitHub user token of an app"),
    short_lived("ghs_", "GitHub installation token"),
    foreign("ghr_", "GitHub refresh token"),
    foreign("glpat-", "GitLab personal access token"),
    short_lived("glcbt-", "GitLab CI job token"),
    foreign("sk-ant-", "Anthropic API key"),
    foreign("sk-proj-", "OpenAI API key"),
    foreign("sk-svcacct-", "OpenAI API key"),
    foreign("sk-admin-", "OpenAI API key"),
    foreign("xoxb-", "Slack token"),
    foreign("xoxp-", "Slack token"),
    foreign("xoxa-", "Slack token"),
    foreign("xoxe-", "Slack token"),
    foreign("xoxr-", "Slack token"),
    foreign("xoxs-", "Slack token"),
    aws("AKIA", "AWS access key id", true),
    aws("ABIA", "AWS access key id", true),
    aws("ACCA", "AWS access key id", true),
    aws("A3T", "AWS access key id", true),
    aws("ASIA", "AWS access key id of a session", false),
    foreign("hvs.", "Vault token"),
    foreign("hf_", "Hugging Face token"),
    foreign("npm_", "npm token"),
];

/// The one that has its mark in the middle.
static HCP_TERRAFORM: Rule = Rule {
    prefix: "",
    fits: |text| {
        const MARK: &str = ".atlasv1.";
        holds(text, MARK)
            && text
                .split_once(MARK)
                .is_some_and(|(id, rest)| token_of(id, 10) && token_of(rest, 10))
    },
    kind: Kind::ForeignSecret,
    label: "HCP Terraform token",
    note: "",
    long_lived: true,
};

const fn foreign(prefix: &'static str, label: &'static str) -> Rule {
    Rule {
        prefix,
        fits: |rest| token_of(rest, 5),
        kind: Kind::ForeignSecret,
        label,
        note: "No Google service takes it.",
        long_lived: true,
    }
}

const fn short_lived(prefix: &'static str, label: &'static str) -> Rule {
    let mut rule = foreign(prefix, label);
    rule.long_lived = false;
    rule
}

const fn aws(prefix: &'static str, label: &'static str, long_lived: bool) -> Rule {
    let mut rule = foreign(prefix, label);
    rule.fits = |rest| matches!(rest.len(), 16 | 17) && rest.bytes().all(upper_or_digit);
    rule.long_lived = long_lived;
    rule
}

const fn paseto(prefix: &'static str, label: &'static str) -> Rule {
    Rule {
        prefix,
        fits: |rest| {
            rest.strip_prefix("local.")
                .or_else(|| rest.strip_prefix("public."))
                .is_some_and(one_word)
        },
        kind: Kind::OtherJose,
        label,
        note: "A PASETO is no JWT; no Google service takes it.",
        long_lived: false,
    }
}

/// A second dot soon after the first sets off the letters of a subtype.
fn has_subtype(rest: &str) -> bool {
    rest.split_once('.').is_some_and(|(letters, after)| {
        (1..=3).contains(&letters.len())
            && letters.bytes().all(|byte| byte.is_ascii_lowercase())
            && !after.starts_with('.')
    })
}

fn one_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(|char: char| char.is_whitespace() || char.is_control())
}

/// At least this many characters, all of those that tokens are made of (or mask them).
fn token_of(text: &str, least: usize) -> bool {
    text.len() >= least
        && text
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.' | '*' | '…'))
}

const fn upper_or_digit(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

/// Long, without white space, of the characters of RFC 6750's `b64token`, letters and digits
/// mixed; not a UUID.
fn looks_random(text: &str) -> bool {
    const SHORTEST: usize = 20;
    let token68 = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    text.len() >= SHORTEST
        && text.bytes().all(token68)
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
        && !is_uuid(text)
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<Kind> {
        recognise(text).map(|credential| credential.kind)
    }

    #[test]
    fn prefixes_are_short_and_no_part_of_the_secret() {
        for rule in GOOGLE.iter().chain(OTHERS) {
            let shown = secret_prefix(rule.prefix).unwrap_or_default();
            assert!(shown.chars().count() <= PREFIX);
        }
        let key = recognise("github_pat_11AAAAAAA0fakefakefake").expect("a token");
        assert_eq!(key.prefix, "github_p");
    }

    #[test]
    fn subtypes_of_access_tokens() {
        assert_eq!(kind("ya29.a0AfakeFAKE_-x"), Some(Kind::AccessTokenUser));
        assert_eq!(kind("ya29.GlfakeFAKE"), Some(Kind::AccessTokenUser));
        assert_eq!(
            kind("ya29.c.c0AfakeFAKE"),
            Some(Kind::AccessTokenServiceAccount)
        );
        assert_eq!(kind("ya29.d.c0Afake"), Some(Kind::AccessTokenFederated));
        assert_eq!(kind("ya29.dr.AfakeFAKE"), Some(Kind::AccessTokenDownscoped));
        assert_eq!(kind("ya29.z.AfakeFAKE"), Some(Kind::AccessToken));
        assert_eq!(kind("ya29.a0Af..."), Some(Kind::AccessTokenUser));
        assert_eq!(kind("ya29."), None);
        assert_eq!(kind("ya29.a b"), None);
    }

    #[test]
    fn masked_tokens_are_told() {
        let masked = recognise("ya29.c.****").expect("a token");
        assert!(masked.notes.iter().any(|note| note.contains("masked")));
        let whole = recognise("ya29.c.fakefakefake").expect("a token");
        assert!(whole.notes.is_empty());
    }

    #[test]
    fn short_prefixes_need_a_body() {
        for no in [
            "1/2", "4/5", "1//x", "AIza", "hf_x", "npm_x", "GOOGLE", "A3T", "v4.x",
        ] {
            assert_eq!(kind(no), None, "{no}");
        }
    }

    #[test]
    fn unknown_strings() {
        let kind = |text: &str| unknown(text).kind;
        assert_eq!(
            kind("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"),
            Kind::UnknownOpaque
        );
        for no in [
            "hello",
            "a long sentence with 1 number in it",
            "123e4567-e89b-12d3-a456-426614174000",
            "12345678901234567890123",
            "eyJhIjoxfQ:1vXyZa:0-0Zvytj6drYdN2IygE8cp34ZrQ",
        ] {
            assert_eq!(kind(no), Kind::NotAToken, "{no}");
        }
        let signature = unknown(&"a1".repeat(171));
        assert!(
            signature
                .notes
                .iter()
                .any(|note| note.contains("signature"))
        );
    }
}
