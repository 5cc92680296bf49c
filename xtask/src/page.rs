//! The one-file page: the shell of index.html, filled in.

use anyhow::{Result, bail};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest as _, Sha256};

/// What the shell's placeholders stand for.
pub(crate) struct Parts<'a> {
    /// `__STYLES__`: the styles of the shell.
    pub(crate) styles: &'a str,
    /// `__SCRIPT__`: the page's script.
    pub(crate) script: &'a str,
    /// `__VERSION__`.
    pub(crate) version: &'a str,
    /// `__WASM_SHA256__`, in hex.
    pub(crate) wasm_sha256: &'a str,
}

/// Fills in the shell; the policy goes into `__CSP__`.
pub(crate) fn page(shell: &str, parts: &Parts<'_>) -> Result<String> {
    for (what, text) in [("styles", parts.styles), ("script", parts.script)] {
        // A carriage return changes under the HTML parser, and then no hash fits; the tags would
        // end the element or change how its end is found.
        let lower = text.to_ascii_lowercase();
        if let Some(bad) = ["\r", "</script", "</style", "<!--"]
            .iter()
            .find(|bad| lower.contains(*bad))
        {
            bail!("the {what} hold {bad:?}, which cannot stand inside the page");
        }
    }
    let policy = policy(parts);
    fill(
        shell,
        &[
            ("__CSP__", &policy),
            ("__STYLES__", parts.styles),
            ("__SCRIPT__", parts.script),
            ("__VERSION__", parts.version),
            ("__WASM_SHA256__", parts.wasm_sha256),
        ],
    )
}

/// The page's content security policy: no network at all, this one script and this one style sheet;
/// and a worker whose script the page makes itself (www/worker.js), which inherits the policy.
fn policy(parts: &Parts<'_>) -> String {
    format!(
        "default-src 'none'; script-src '{}' 'wasm-unsafe-eval'; style-src '{}'; img-src data:; \
         worker-src blob:; connect-src 'none'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types why401-worker",
        source_hash(parts.script),
        source_hash(parts.styles)
    )
}

fn source_hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// Puts each value in place of its placeholder, which must be there; never twice over the same text,
/// so that no value is taken for a placeholder.
fn fill(shell: &str, values: &[(&str, &str)]) -> Result<String> {
    if let Some((missing, _)) = values.iter().find(|(name, _)| !shell.contains(name)) {
        bail!("index.html has no {missing}");
    }
    let mut filled = String::new();
    let mut rest = shell;
    while let Some((at, name, value)) = values
        .iter()
        .filter_map(|(name, value)| Some((rest.find(name)?, name, value)))
        .min()
    {
        filled.push_str(&rest[..at]);
        filled.push_str(value);
        rest = &rest[at + name.len()..];
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::{Parts, page};

    const SHELL: &str = "<meta content=\"__CSP__\"><style>__STYLES__</style>__VERSION__ __WASM_SHA256__<script>__SCRIPT__</script>";

    fn parts(script: &str) -> Parts<'_> {
        Parts {
            styles: "a{}",
            script,
            version: "1.2.3",
            wasm_sha256: "00ff",
        }
    }

    #[test]
    fn the_policy_names_the_hashes_of_what_is_inlined() {
        let page = page(SHELL, &parts("run('__VERSION__')")).unwrap();
        // printf "run('__VERSION__')" | openssl dgst -sha256 -binary | base64, and of "a{}".
        assert!(page.contains("script-src 'sha256-qa1YzaaSOwm1vA5359lcwaxZIdmMekwHKzpRPr0SWGw=' 'wasm-unsafe-eval'"), "{page}");
        assert!(
            page.contains("style-src 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='"),
            "{page}"
        );
        assert!(
            page.ends_with("</style>1.2.3 00ff<script>run('__VERSION__')</script>"),
            "{page}"
        );
    }

    #[test]
    fn a_script_that_would_end_its_element_is_refused() {
        assert!(page(SHELL, &parts("x = '</SCRIPT>'")).is_err());
        assert!(page(SHELL, &parts("x = 1;\r\n")).is_err());
    }

    #[test]
    fn a_shell_without_a_placeholder_is_refused() {
        assert!(page("<style>__STYLES__</style>", &parts("")).is_err());
    }
}
