//! OAuth client ids, which appear as `aud` and `azp`.

/// gcloud's own client. Cloud Run accepts it as an audience; IAP and strict verifiers do not.
///
/// Source: gcloud 578.0.0, `googlecloudsdk/core/config.py`.
pub const GCLOUD_CLIENT_ID: &str = "32555940559.apps.googleusercontent.com";

/// The client of `gcloud auth application-default login`. Cloud Run does not accept it.
///
/// Source: gcloud 578.0.0, `googlecloudsdk/api_lib/auth/util.py`; google-auth-library-java.
pub const ADC_CLIENT_ID: &str =
    "764086051850-6qr4p6gpi6hn506pt8ejuq83di341hur.apps.googleusercontent.com";

/// The shape of an OAuth client id: `NUMBER.apps.googleusercontent.com` or
/// `NUMBER-LETTERS.apps.googleusercontent.com`.
#[must_use]
pub fn is_oauth_client_id(text: &str) -> bool {
    let Some(name) = text.strip_suffix(".apps.googleusercontent.com") else {
        return false;
    };
    let (number, letters) = match name.split_once('-') {
        Some((number, letters)) => (number, Some(letters)),
        None => (name, None),
    };
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && letters.is_none_or(|letters| !letters.is_empty() && letters.bytes().all(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for yes in [
            GCLOUD_CLIENT_ID,
            ADC_CLIENT_ID,
            "1-a.apps.googleusercontent.com",
        ] {
            assert!(is_oauth_client_id(yes), "{yes}");
        }
        for no in [
            "",
            ".apps.googleusercontent.com",
            "x.apps.googleusercontent.com",
            "1-.apps.googleusercontent.com",
            "1-A.apps.googleusercontent.com",
            "1.apps.googleusercontent.com.evil.example",
            "https://1.apps.googleusercontent.com",
        ] {
            assert!(!is_oauth_client_id(no), "{no}");
        }
    }
}
