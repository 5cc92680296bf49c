//! Punycode (RFC 3492): letters of any alphabet in those of a host name.

const BASE: u32 = 36;
const FIRST: u32 = 0x80;

/// The label without its `xn--`; `None` when it is too long to be one.
pub(super) fn encode(label: &str) -> Option<String> {
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let ascii = u32::try_from(out.len()).ok()?;
    if ascii > 0 {
        out.push('-');
    }
    let count = u32::try_from(label.chars().count()).ok()?;
    let (mut code, mut delta, mut done) = (FIRST, 0_u32, ascii);
    let mut bias = Bias::new();
    while done < count {
        let next = label.chars().map(u32::from).filter(|c| *c >= code).min()?;
        let ahead = next.checked_sub(code)?.checked_mul(done.checked_add(1)?)?;
        delta = delta.checked_add(ahead)?;
        code = next;
        for char in label.chars().map(u32::from) {
            if char < code {
                delta = delta.checked_add(1)?;
            }
            if char == code {
                bias.push(&mut out, delta)?;
                done = done.checked_add(1)?;
                bias.adapt(delta, done, done.checked_sub(1) == Some(ascii))?;
                delta = 0;
            }
        }
        delta = delta.checked_add(1)?;
        code = code.checked_add(1)?;
    }
    Some(out)
}

/// The text of a label without its `xn--`; `None` when it is none.
pub(super) fn decode(code: &str) -> Option<String> {
    let (ascii, digits) = code
        .rsplit_once('-')
        .filter(|(ascii, _)| !ascii.is_empty())
        .unwrap_or(("", code));
    let mut text: Vec<char> = ascii.chars().collect();
    let mut digits = digits.bytes();
    let (mut char, mut at) = (FIRST, 0_u32);
    let mut bias = Bias::new();
    while digits.len() > 0 {
        let before = at;
        at = at.checked_add(bias.read(&mut digits)?)?;
        let length = u32::try_from(text.len()).ok()?.checked_add(1)?;
        bias.adapt(at.checked_sub(before)?, length, before == 0)?;
        char = char.checked_add(at.checked_div(length)?)?;
        at = at.checked_rem(length)?;
        text.insert(usize::try_from(at).ok()?, char::from_u32(char)?);
        at = at.checked_add(1)?;
    }
    Some(text.into_iter().collect())
}

/// How large the next number is likely to be.
struct Bias(u32);

impl Bias {
    const fn new() -> Self {
        Self(72)
    }

    fn threshold(&self, position: u32) -> u32 {
        position.saturating_sub(self.0).clamp(1, 26)
    }

    /// Writes a number, lowest digit first.
    fn push(&self, out: &mut String, mut number: u32) -> Option<()> {
        let mut position = BASE;
        loop {
            let threshold = self.threshold(position);
            if number < threshold {
                out.push(character(number)?);
                return Some(());
            }
            let rest = number.checked_sub(threshold)?;
            let width = BASE.checked_sub(threshold)?;
            let digit = threshold.checked_add(rest.checked_rem(width)?)?;
            out.push(character(digit)?);
            number = rest.checked_div(width)?;
            position = position.checked_add(BASE)?;
        }
    }

    fn read(&self, digits: &mut std::str::Bytes<'_>) -> Option<u32> {
        let (mut number, mut weight, mut position) = (0_u32, 1_u32, BASE);
        loop {
            let digit = match digits.next()? {
                letter @ b'a'..=b'z' => letter.checked_sub(b'a')?,
                number @ b'0'..=b'9' => number.checked_sub(b'0')?.checked_add(26)?,
                _ => return None,
            };
            let digit = u32::from(digit);
            number = number.checked_add(digit.checked_mul(weight)?)?;
            let threshold = self.threshold(position);
            if digit < threshold {
                return Some(number);
            }
            weight = weight.checked_mul(BASE.checked_sub(threshold)?)?;
            position = position.checked_add(BASE)?;
        }
    }

    fn adapt(&mut self, delta: u32, length: u32, first: bool) -> Option<()> {
        let mut delta = delta.checked_div(if first { 700 } else { 2 })?;
        delta = delta.checked_add(delta.checked_div(length)?)?;
        let mut steps = 0_u32;
        while delta > 455 {
            delta = delta.checked_div(35)?;
            steps = steps.checked_add(BASE)?;
        }
        let part = delta.checked_mul(36)?.checked_div(delta.checked_add(38)?)?;
        self.0 = steps.checked_add(part)?;
        Some(())
    }
}

/// `a` to `z`, then `0` to `9`.
fn character(digit: u32) -> Option<char> {
    let digit = u8::try_from(digit).ok()?;
    let letter = if digit < 26 {
        b'a'.checked_add(digit)?
    } else {
        b'0'.checked_add(digit.checked_sub(26)?)?
    };
    Some(letter.into())
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    /// RFC 3492 section 7.1, and what the reference makes of other labels.
    #[test]
    fn labels_go_there_and_back() {
        for label in [
            "bücher",
            "ü",
            "他们为什么不说中文",
            "3年b組金八先生",
            "-> $1.00 <-é",
            "а",
            "\u{10FFFF}a",
        ] {
            let code = encode(label).expect(label);
            assert_eq!(
                Some(&code),
                idna::punycode::encode_str(label).as_ref(),
                "{label}"
            );
            assert_eq!(decode(&code).as_deref(), Some(label));
        }
        assert_eq!(
            encode("他们为什么不说中文").as_deref(),
            Some("ihqwcrb4cv8a8dqg056pqjye")
        );
    }

    #[test]
    fn what_is_none_is_refused_as_by_the_reference() {
        for code in [
            "",
            "hello-",
            "a",
            "é",
            "99999999",
            "zzzzzzzzzz",
            "bcher-kva",
            "-",
            "A-b",
            "bcher-KVA",
        ] {
            let theirs = idna::punycode::decode_to_string(code);
            let lower = code.to_ascii_lowercase();
            assert_eq!(
                decode(&lower),
                idna::punycode::decode_to_string(&lower),
                "{code}: {theirs:?}"
            );
        }
    }
}
