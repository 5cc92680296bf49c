//! The `aud` claim in its several shapes.

use crate::json::{Json, ValueType};

/// Who a token is for. Google's tokens name one audience, as a string.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Audience {
    /// There is no `aud`.
    Absent,
    /// One string.
    One(String),
    /// An array of strings, which may be empty.
    Many(Vec<String>),
    /// Anything else; the value's JSON.
    WrongType(String),
}

impl Audience {
    pub(super) fn of(claims: &Json) -> Self {
        let Some(member) = claims.get("aud") else {
            return Self::Absent;
        };
        match member.value_type() {
            Some(ValueType::String) => Self::One(member.string().unwrap_or_default()),
            Some(ValueType::Array) => {
                let audiences = member.strings();
                if audiences.len() == member.elements().len() {
                    Self::Many(audiences)
                } else {
                    Self::WrongType(member.raw.clone())
                }
            }
            _ => Self::WrongType(member.raw.clone()),
        }
    }

    /// Every audience named.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let all: &[String] = match self {
            Self::One(audience) => std::slice::from_ref(audience),
            Self::Many(audiences) => audiences,
            Self::Absent | Self::WrongType(_) => &[],
        };
        all.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        let of = |text: &str| Audience::of(&Json::read(text));
        assert_eq!(of("{}"), Audience::Absent);
        assert_eq!(of(r#"{"aud":"a"}"#), Audience::One("a".into()));
        assert_eq!(
            of(r#"{"aud":["a","b"]}"#),
            Audience::Many(vec!["a".into(), "b".into()])
        );
        assert_eq!(of(r#"{"aud":[]}"#), Audience::Many(Vec::new()));
        for wrong in ["7", "null", "true", "{}", r#"["a",1]"#] {
            let claims = format!(r#"{{"aud":{wrong}}}"#);
            assert_eq!(of(&claims), Audience::WrongType(wrong.into()));
            assert_eq!(of(&claims).iter().count(), 0);
        }
        assert!(of(r#"{"aud":["a","b"]}"#).iter().eq(["a", "b"]));
    }
}
