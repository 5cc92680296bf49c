//! The two-letter region codes of `-RC.a.run.app`, `RC.gateway.dev` and `RC.r.appspot.com`.

/// The region of a code, when it is a known one. Source: facts.md §3.6.
#[must_use]
pub fn region_of_code(code: &str) -> Option<&'static str> {
    CODES
        .iter()
        .find(|(known, _)| *known == code)
        .map(|(_, region)| *region)
}

/// Whether a text has the form of a region, like `us-central1`.
#[must_use]
pub fn is_region(text: &str) -> bool {
    let Some((area, place)) = text.split_once('-') else {
        return false;
    };
    let name = place.trim_end_matches(|c: char| c.is_ascii_digit());
    !area.is_empty()
        && !name.is_empty()
        && name.len() < place.len()
        && area.bytes().all(|b| b.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase())
}

/// Splits `us-central1-my-project` into its region and what follows.
#[must_use]
pub fn split_region(text: &str) -> Option<(&str, &str)> {
    let second_dash = text.match_indices('-').nth(1)?.0;
    let (region, rest) = text.split_at_checked(second_dash)?;
    let rest = rest.strip_prefix('-')?;
    (is_region(region) && !rest.is_empty()).then_some((region, rest))
}

const CODES: &[(&str, &str)] = &[
    ("an", "asia-northeast1"),
    ("as", "asia-southeast1"),
    ("de", "asia-east1"),
    ("df", "asia-east2"),
    ("dt", "asia-northeast2"),
    ("du", "asia-northeast3"),
    ("el", "asia-south1"),
    ("em", "asia-south2"),
    ("et", "asia-southeast2"),
    ("ew", "europe-west1"),
    ("ey", "europe-west3"),
    ("ez", "europe-west4"),
    ("km", "australia-southeast2"),
    ("lm", "europe-central2"),
    ("lz", "europe-north1"),
    ("nn", "northamerica-northeast1"),
    ("no", "europe-southwest1"),
    ("nw", "europe-west2"),
    ("oa", "europe-west6"),
    ("oc", "europe-west8"),
    ("od", "europe-west9"),
    ("og", "europe-west12"),
    ("rj", "southamerica-east1"),
    ("ts", "australia-southeast1"),
    ("uc", "us-central1"),
    ("ue", "us-east1"),
    ("uk", "us-east4"),
    ("uw", "us-west1"),
    ("wl", "us-west2"),
    ("wm", "us-west3"),
    ("wn", "us-west4"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_has_two_words_and_a_number() {
        assert!(is_region("us-central1"));
        assert!(is_region("europe-west12"));
        assert!(!is_region("us-central"));
        assert!(!is_region("uscentral1"));
        assert!(!is_region("us-1"));
        assert_eq!(
            split_region("us-central1-my-project"),
            Some(("us-central1", "my-project"))
        );
        assert_eq!(split_region("my-app-thing"), None);
    }

    #[test]
    fn every_code_names_a_region() {
        for (code, region) in CODES {
            assert_eq!(code.len(), 2, "{code}");
            assert!(is_region(region), "{region}");
        }
    }
}
