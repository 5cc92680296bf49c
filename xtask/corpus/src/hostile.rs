//! The hostile inputs of tests/hostile: reads them, makes the big ones from their recipes.

use crate::{text_of, texts_of};
use anyhow::{Context, Result, bail};
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::path::Path;
use why401::Input;

/// The file's inputs, and the harmless token that is asked about after each of them.
#[derive(Debug)]
pub struct Hostile {
    /// A Google ID token in its window at [`now`](Self::now).
    pub benign: Input,
    /// The header and the claims set of the harmless token.
    pub benign_parts: [Value; 2],
    /// The clock of every entry, in seconds since 1970 (UTC).
    pub now: i64,
    /// The inputs.
    pub entries: Vec<Entry>,
}

/// One input made to break, mislead or abuse an inspector.
#[derive(Debug)]
pub struct Entry {
    /// Its name, `html-001`.
    pub id: String,
    /// Its group, `html`.
    pub category: String,
    /// The flags that must hold.
    pub must: Vec<String>,
    /// What the flags compare with.
    pub expect: Value,
    now: i64,
    input: Value,
    twin: Option<Value>,
}

impl Hostile {
    /// Reads the file.
    ///
    /// # Errors
    /// Names what is missing.
    pub fn read(file: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("{} cannot be read", file.display()))?;
        let told: Value = serde_json::from_str(&text)?;
        let now = told["now"].as_i64().context("no now")?;
        let mut benign = Input::at(now);
        benign.paste = text_of(&told["benign"], "paste")
            .context("no benign paste")?
            .to_owned();
        let entries = told["entries"].as_array().context("no entries")?;
        Ok(Self {
            benign,
            benign_parts: [
                told["benign"]["header"].clone(),
                told["benign"]["claims"].clone(),
            ],
            now,
            entries: entries
                .iter()
                .map(|entry| Entry::read(entry, now))
                .collect::<Result<_>>()?,
        })
    }
}

impl Entry {
    fn read(told: &Value, now: i64) -> Result<Self> {
        Ok(Self {
            id: text_of(told, "id").context("no id")?.to_owned(),
            category: text_of(told, "category").context("no category")?.to_owned(),
            must: texts_of(told, "must"),
            expect: told["expect"].clone(),
            now: told["expect"]["now"].as_i64().unwrap_or(now),
            input: told.get("input").context("no input")?.clone(),
            twin: told.get("input_twin").cloned(),
        })
    }

    /// Whether this flag must hold.
    #[must_use]
    pub fn must(&self, flag: &str) -> bool {
        self.must.iter().any(|must| must == flag)
    }

    /// A text to compare with.
    #[must_use]
    pub fn expected(&self, member: &str) -> Option<&str> {
        self.expect.get(member)?.as_str()
    }

    /// Texts to compare with.
    #[must_use]
    pub fn expected_all(&self, member: &str) -> Vec<String> {
        texts_of(&self.expect, member)
    }

    /// What the user gives. Made anew at each call: some are 50 MB.
    ///
    /// # Errors
    /// Names what the recipe asks for and nobody knows.
    pub fn input(&self) -> Result<Input> {
        make(&self.input, self.now).with_context(|| self.id.clone())
    }

    /// The harmless twin of the input.
    ///
    /// # Errors
    /// Like [`input`](Self::input).
    pub fn twin(&self) -> Result<Option<Input>> {
        self.twin
            .as_ref()
            .map(|twin| make(twin, self.now))
            .transpose()
    }
}

fn make(told: &Value, now: i64) -> Result<Input> {
    let mut input = Input::at(now);
    input.paste = paste(told)?;
    input.service_url = text_of(told, "service_url").unwrap_or_default().to_owned();
    input.service = text_of(told, "service").unwrap_or_default().to_owned();
    Ok(input)
}

fn paste(told: &Value) -> Result<String> {
    if let Some(recipe) = told.get("gen") {
        let made = cook(recipe)?;
        let hash = format!("{:x}", Sha256::digest(&made));
        if text_of(told, "sha256") != Some(&hash) {
            bail!("the recipe made other bytes than it should");
        }
        return Ok(String::from_utf8(made)?);
    }
    if let Some(bytes) = text_of(told, "paste_bytes_b64") {
        return Ok(String::from_utf8_lossy(&BASE64_STANDARD.decode(bytes)?).into_owned());
    }
    if let Some(bytes) = text_of(told, "paste_utf16le_b64") {
        let bytes = BASE64_STANDARD.decode(bytes)?;
        let units = bytes
            .chunks_exact(2)
            .map(|two| u16::from_le_bytes([two[0], two[1]]));
        // What wasm-bindgen does with a lone surrogate of a DOM string.
        return Ok(char::decode_utf16(units)
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect());
    }
    Ok(text_of(told, "paste").unwrap_or_default().to_owned())
}

/// The bytes of a recipe: `lit`, `repeat`, `concat`, `b64u`.
fn cook(recipe: &Value) -> Result<Vec<u8>> {
    let count = || -> Result<usize> { Ok(usize::try_from(recipe["n"].as_u64().context("no n")?)?) };
    Ok(match text_of(recipe, "op").context("no op")? {
        "lit" => recipe["s"].as_str().context("no s")?.into(),
        "repeat" => cook(&recipe["of"])?.repeat(count()?),
        "concat" => {
            let parts = recipe["parts"].as_array().context("no parts")?;
            let cooked = parts.iter().map(cook).collect::<Result<Vec<_>>>()?;
            cooked.concat()
        }
        "b64u" => BASE64_URL_SAFE_NO_PAD.encode(cook(&recipe["of"])?).into(),
        op => bail!("no operation `{op}`"),
    })
}
