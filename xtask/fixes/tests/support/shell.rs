//! A reader of the few shell forms that fixes use. Whatever else a shell would act on is an
//! error, so reading a command is a test of its own.

/// What a stub prints when it is run inside `$(…)`.
pub const STUB_OUTPUT: &str = "STUB-TOKEN";

/// The calls that running the text makes, in the order in which they are made.
pub fn calls(text: &str) -> Result<Vec<Vec<String>>, String> {
    let mut calls = Vec::new();
    let mut rest = text.chars().collect::<Vec<_>>();
    rest.reverse();
    let words = words(&mut rest, false, &mut calls)?;
    calls.push(words);
    Ok(calls)
}

/// The words up to the end, or up to the `)` that closes a substitution. `rest` is reversed.
fn words(
    rest: &mut Vec<char>,
    nested: bool,
    calls: &mut Vec<Vec<String>>,
) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    while let Some(character) = rest.pop() {
        match character {
            ' ' => words.extend(word.take()),
            ')' if nested => {
                words.extend(word.take());
                return Ok(words);
            }
            '\\' => {
                // The one escape outside quotes is the continuation, two spaces of indent after it.
                let next: String = (0..3).filter_map(|_| rest.pop()).collect();
                if next != "\n  " || word.is_some() {
                    return Err(format!("a backslash before {next:?}"));
                }
            }
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match rest.pop().ok_or("an open '")? {
                        '\'' => break,
                        quoted => word.push(quoted),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match rest.pop().ok_or("an open \"")? {
                        '"' => break,
                        '$' if rest.last() == Some(&'(') => {
                            rest.pop();
                            let inner = self::words(rest, true, calls)?;
                            calls.push(inner);
                            word.push_str(STUB_OUTPUT);
                        }
                        '\\' if matches!(rest.last(), Some('"' | '\\')) => word.extend(rest.pop()),
                        active @ ('$' | '`' | '\\' | '!') => {
                            return Err(format!("{active} inside \"…\""));
                        }
                        quoted => word.push(quoted),
                    }
                }
            }
            plain if plain.is_ascii_alphanumeric() || "-_./:@%+,=".contains(plain) => {
                word.get_or_insert_default().push(plain);
            }
            active => return Err(format!("an unquoted {active:?}")),
        }
    }
    if nested {
        return Err("an open $(".to_owned());
    }
    words.extend(word);
    Ok(words)
}
