//! Where the fuzzers begin: the real cases, the odd pastes, the hostile inputs and those that grow.

use super::TARGETS;
use crate::run::root;
use anyhow::{Context, Result};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use corpus::growth::FAMILIES;
use corpus::hostile::Hostile;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::fs;
use why401::Input;

/// Larger inputs make a fuzzer slow, and it would only cut them, in bytes.
const LARGEST: usize = 16_384;

/// Writes every seed of every target into fuzz/corpus, beside what the fuzzers found.
pub(super) fn write() -> Result<()> {
    let inputs = inputs()?;
    for target in TARGETS {
        let folder = root().join("fuzz/corpus").join(target);
        fs::create_dir_all(&folder)?;
        for seed in inputs.iter().filter_map(|input| seed(target, input)) {
            if !seed.is_empty() && seed.len() <= LARGEST {
                let name = format!("{:x}", Sha256::digest(&seed));
                fs::write(folder.join(&name[..40]), &seed)?;
            }
        }
    }
    Ok(())
}

/// Everything the tests ask.
fn inputs() -> Result<Vec<Input>> {
    let tests = root().join("tests");
    let mut inputs = Vec::new();
    inputs.extend(
        corpus::read(&tests.join("cases"))?
            .into_iter()
            .map(|case| case.input),
    );
    for entry in Hostile::read(&tests.join("hostile/hostile.json"))?.entries {
        inputs.push(entry.input()?);
    }
    // Long enough to show what is repeated; the fuzzer repeats it.
    inputs.extend(FAMILIES.iter().map(|family| family.of(LARGEST / 4)));
    let pastes: Value = serde_json::from_str(&fs::read_to_string(tests.join("pastes.json"))?)?;
    for paste in pastes["pastes"].as_array().context("no pastes")? {
        let mut input = Input::at(corpus::NOW);
        input.paste = paste["paste"].as_str().unwrap_or_default().to_owned();
        inputs.push(input);
    }
    Ok(inputs)
}

/// What this target makes of an input.
fn seed(target: &str, input: &Input) -> Option<Vec<u8>> {
    let claims = claims(&input.paste);
    let claim = |name: &str| {
        let claims: Option<Value> = serde_json::from_slice(claims.as_deref()?).ok();
        claims?[name].as_str().map(str::to_owned)
    };
    let aud = claim("aud");
    Some(match target {
        "claims" => claims?,
        "response" => input.response.clone().into(),
        "audience" => {
            let custom = input.custom_audiences.first().cloned().unwrap_or_default();
            lines(&[&input.service_url, &custom, &aud?])
        }
        "command" => {
            let email = claim("email").unwrap_or_default();
            lines(&[
                &email,
                &aud?,
                &input.service,
                &input.region,
                &input.project,
                "",
            ])
        }
        _ => input.paste.clone().into(),
    })
}

fn lines(fields: &[&str]) -> Vec<u8> {
    fields.join("\n").into()
}

/// The claims set of the first token in a paste.
fn claims(paste: &str) -> Option<Vec<u8>> {
    let token = paste
        .split(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c)))
        .find(|word| word.starts_with("eyJ") && word.contains('.'))?;
    BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()
}
