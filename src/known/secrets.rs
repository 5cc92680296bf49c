//! The forms of secrets: how keys and tokens begin, and the names under which they stand.
//!
//! Google's by common observation and public samples; the neighbours' after gitleaks' rules
//! (one line a vendor, so that a new key is a new line). What has no known form is told from
//! words by its looks (`conceal/words.rs`): a form here matters for keys that are short, or made
//! of letters only.

/// How a secret begins.
pub(crate) struct Form {
    /// Its first characters; they are shown, the rest is not.
    pub(crate) prefix: &'static str,
    /// So many characters of a key follow at least.
    pub(crate) least: usize,
    /// It may begin within a longer word: the prefix stands in no word by chance.
    pub(crate) anywhere: bool,
}

/// A prefix that stands in no word by chance.
const fn glued(prefix: &'static str, least: usize) -> Form {
    Form {
        prefix,
        least,
        anywhere: true,
    }
}

/// A prefix that counts only where a word begins.
const fn word(prefix: &'static str, least: usize) -> Form {
    Form {
        prefix,
        least,
        anywhere: false,
    }
}

/// Longer prefixes of a family come first.
pub(crate) const FORMS: &[Form] = &[
    // Google
    glued("ya29.c.", 4),
    glued("ya29.d.", 4),
    glued("ya29.dr.", 4),
    glued("ya29.", 4),
    glued("GOCSPX-", 4),
    glued("AIza", 12),
    glued("AQ.Ab", 8),
    word("AQ.", 20),
    glued("APA91b", 8),
    word("AMf-", 12),
    word("1//0", 8),
    word("1//", 12),
    word("1/", 20),
    word("4/0", 12),
    word("4/1", 12),
    word("4/P", 12),
    word("4/", 20),
    word("g.a000", 8),
    glued("GOOG1E", 12),
    word("GOOG", 20),
    // Other makers of cloud and code
    glued("AKIA", 12),
    glued("ASIA", 12),
    glued("ABIA", 12),
    glued("ACCA", 12),
    glued("ABSK", 40),
    glued("github_pat_", 6),
    glued("ghp_", 8),
    glued("gho_", 8),
    glued("ghu_", 8),
    glued("ghs_", 8),
    glued("ghr_", 8),
    glued("glpat-", 6),
    glued("glcbt-", 6),
    glued("gldt-", 6),
    glued("glrt-", 6),
    glued("glptt-", 6),
    glued("glsoat-", 6),
    glued("dckr_pat_", 6),
    glued("dckr_oat_", 6),
    glued("dop_v1_", 8),
    glued("doo_v1_", 8),
    glued("dor_v1_", 8),
    word("npm_", 20),
    glued("pypi-Ag", 8),
    word("rubygems_", 12),
    glued("xoxb-", 6),
    glued("xoxp-", 6),
    glued("xoxa-", 6),
    glued("xoxe-", 6),
    glued("xoxe.", 6),
    glued("xoxr-", 6),
    glued("xoxs-", 6),
    glued("xoxo-", 6),
    glued("xapp-", 6),
    glued("sk_live_", 6),
    glued("sk_test_", 6),
    glued("rk_live_", 6),
    glued("rk_test_", 6),
    glued("whsec_", 8),
    glued("sk-ant-", 6),
    glued("sk-proj-", 6),
    glued("sk-svcacct-", 6),
    glued("sk-admin-", 6),
    glued("sk-or-v1-", 6),
    word("sk-", 20),
    word("SG.", 16),
    word("SK", 32),
    word("hvs.", 8),
    word("hvb.", 8),
    word("hvr.", 8),
    glued(".atlasv1.", 10),
    word("hf_", 20),
    word("gsk_", 20),
    word("xai-", 20),
    word("pplx-", 20),
    word("r8_", 20),
    glued("shpat_", 8),
    glued("shpca_", 8),
    glued("shppa_", 8),
    glued("shpss_", 8),
    glued("sq0atp-", 8),
    glued("sq0csp-", 8),
    glued("glsa_", 8),
    glued("glc_eyJ", 4),
    glued("PMAK-", 8),
    glued("NRAK-", 8),
    glued("NRII-", 8),
    glued("NRJS-", 8),
    glued("HRKU-", 8),
    glued("LTAI", 12),
    word("AKCp", 12),
    word("dapi", 28),
    word("dp.pt.", 8),
    glued("lin_api_", 8),
    word("ntn_", 16),
    word("secret_", 32),
    glued("figd_", 8),
    word("sbp_", 16),
    glued("pscale_tkn_", 8),
    glued("pscale_pw_", 8),
    word("pul-", 20),
    word("nfp_", 16),
    glued("sntrys_", 8),
    glued("sntryu_", 8),
    word("fo1_", 16),
    word("fm2_", 16),
    word("EZAK", 20),
    glued("xkeysib-", 8),
    glued("AGE-SECRET-KEY-1", 8),
    glued("ops_eyJ", 8),
    word("v1.local.", 8),
    word("v1.public.", 8),
    word("v2.local.", 8),
    word("v2.public.", 8),
    word("v3.local.", 8),
    word("v3.public.", 8),
    word("v4.local.", 8),
    word("v4.public.", 8),
];

/// Ends of names whose value is a secret whatever it looks like; lower case, letters and digits
/// only.
pub(crate) const ALWAYS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "clientsecret",
    "secretkey",
    "secretaccesskey",
    "privatekey",
    "signingkey",
    "signingsecret",
    "webhooksecret",
    "encryptionkey",
    "masterkey",
    "accountkey",
    "sharedaccesskey",
    "sharedaccesssignature",
    "hmackey",
    "hmacsecret",
    "refreshtoken",
    "xgoogsignature",
    "xamzsignature",
    "xamzsecuritytoken",
    "codeverifier",
    "jsessionid",
    "phpsessid",
    "csrftoken",
    "xsrftoken",
    "hsid",
    "ssid",
    "apisid",
    "psid",
    "psidts",
    "psidcc",
    "lsid",
    "dbpass",
];

/// Like [`ALWAYS`], for the whole name where `=` follows.
pub(crate) const ALWAYS_WHOLE: &[&str] = &["sid", "pass", "nid"];

/// Parts of a cookie's name that make its value a secret.
pub(crate) const COOKIES: &[&str] = &["gcpiap", "gcpiaap", "iapauthtoken"];

/// Ends of names whose value is a secret unless it is made of words: `token: expired`.
pub(crate) const JUDGED: &[&str] = &[
    "token",
    "secret",
    "apikey",
    "accesskey",
    "authkey",
    "signature",
    "session",
    "sessionid",
    "cookie",
];

/// Parameters of a URL whose values are secrets; lower case, letters and digits only.
pub(crate) const PARAMETERS: &[&str] = &[
    "accesstoken",
    "apikey",
    "assertion",
    "auth",
    "authorization",
    "clientsecret",
    "code",
    "codeverifier",
    "idtoken",
    "jwt",
    "key",
    "password",
    "refreshtoken",
    "secret",
    "sig",
    "signature",
    "state",
    "token",
    "xgoogcredential",
    "xgoogsignature",
    "xamzcredential",
    "xamzsignature",
    "xamzsecuritytoken",
    "xserverlessauthorization",
];

/// Words before a credential in a header.
pub(crate) const SCHEMES: &[&str] = &[
    "bearer",
    "basic",
    "negotiate",
    "ntlm",
    "digest",
    "ssws",
    "token",
    "apikey",
    "googlelogin",
];

/// Members of a token whose values tell who and what, and look random: no secrets.
pub(crate) const HARMLESS: &[&str] = &[
    "appid",
    "at_hash",
    "aud",
    "azp",
    "c_hash",
    "cid",
    "client_id",
    "email",
    "gke_uid",
    "iss",
    "jti",
    "kid",
    "nonce",
    "oid",
    "s_hash",
    "sha",
    "sid",
    "sub",
    "tid",
    "uid",
    "user_id",
    "uti",
    "workflow_sha",
    "job_workflow_sha",
    "x5t",
    "x5t#S256",
];

/// Members whose value is a secret wherever they stand in JSON.
pub(crate) const MEMBERS: &[&str] = &["secret", "auth_token", "code_verifier"];

/// Members of a JWK that make it private (RFC 7518 section 6).
pub(crate) const KEY_PARTS: &[&str] = &["d", "k", "p", "q", "dp", "dq", "qi", "oth"];
