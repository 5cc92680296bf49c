//! What causes ask of a credential.

use super::{Audience, Credential, Identity, Jwt, Kind, NumericDate};
use crate::json::{Json, Member};

impl Credential {
    /// The label as it stands in a sentence: "a Firebase custom token", "an API key".
    #[must_use]
    pub fn with_article(&self) -> String {
        let label = &self.label;
        let (first, rest) = label.split_at_checked(1).unwrap_or(("", label));
        let article = if "AEIO".contains(first) { "an" } else { "a" };
        if rest.starts_with(|letter: char| letter.is_ascii_lowercase()) && first == "U" {
            return format!("{article} {}{rest}", first.to_ascii_lowercase());
        }
        format!("{article} {label}")
    }

    /// The claims set, when it is a JWT or what is left of one.
    #[must_use]
    pub fn claims(&self) -> Option<&Json> {
        self.jwt.as_ref().map(|jwt| &jwt.claims)
    }

    /// The claim with this name; of several the last, as JSON parsers take it.
    #[must_use]
    pub fn claim(&self, name: &str) -> Option<&Member> {
        self.claims()?.get(name)
    }

    /// The text of the claim with this name, when it is a string.
    #[must_use]
    pub fn claim_text(&self, name: &str) -> Option<String> {
        self.claim(name)?.string()
    }

    /// `iss`, when it is a string.
    #[must_use]
    pub fn issuer(&self) -> Option<String> {
        self.claim_text("iss")
    }

    /// `aud`, in whatever shape it is.
    #[must_use]
    pub fn audience(&self) -> Audience {
        self.claims().map_or(Audience::Absent, Audience::of)
    }

    /// `sub`, when it is a string.
    #[must_use]
    pub fn subject(&self) -> Option<String> {
        self.claim_text("sub")
    }

    /// `azp`, when it is a string.
    #[must_use]
    pub fn authorized_party(&self) -> Option<String> {
        self.claim_text("azp")
    }

    /// `email`, when it is a string.
    #[must_use]
    pub fn email(&self) -> Option<String> {
        self.claim_text("email")
    }

    /// `email_verified`, also when it is the string `true` or `false`.
    #[must_use]
    pub fn email_verified(&self) -> Option<bool> {
        match self.claim("email_verified")?.raw.trim_matches('"') {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// The header's `alg`, when it is a string.
    #[must_use]
    pub fn alg(&self) -> Option<String> {
        self.header()?.text("alg")
    }

    /// The header's `kid`, when it is a string.
    #[must_use]
    pub fn kid(&self) -> Option<String> {
        self.header()?.text("kid")
    }

    /// The time claim with this name (`exp`, `iat`, `nbf`), when there is one.
    #[must_use]
    pub fn numeric_date(&self, name: &str) -> Option<NumericDate> {
        self.claim(name).map(NumericDate::of)
    }

    /// The header says that nothing is signed (`alg` is `none`).
    #[must_use]
    pub fn is_unsigned(&self) -> bool {
        self.alg()
            .is_some_and(|alg| alg.trim().eq_ignore_ascii_case("none"))
    }

    /// The content is encrypted (a JWE).
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.kind == Kind::OtherJose
            && self
                .header()
                .is_some_and(|header| header.get("enc").is_some())
    }

    /// Whose it is, as far as it tells: by `email`, by the issuer of a self-signed JWT, by the
    /// account a key file names, by the subject of another provider's token.
    #[must_use]
    pub fn identity(&self) -> Option<Identity> {
        if let Some(account) = &self.account {
            return Some(Identity::from_email(account));
        }
        let subject = self.subject();
        match self.kind {
            Kind::SelfSignedJwt | Kind::TokenRequestAssertion | Kind::FirebaseCustomToken => {
                self.issuer().map(|issuer| Identity::from_email(&issuer))
            }
            Kind::WorkloadJwt => subject.as_deref().map(Identity::federated),
            _ => {
                self.claims()?;
                Some(match self.email() {
                    Some(email) => Identity::from_email(&email),
                    None => Identity::unknown(subject),
                })
            }
        }
    }

    fn header(&self) -> Option<&Json> {
        self.jwt.as_ref().map(|jwt: &Jwt| &jwt.header)
    }
}
