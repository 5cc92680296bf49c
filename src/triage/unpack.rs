//! A file as UTF-8: gzip taken off, member by member, and UTF-16 read as such.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

/// So much is read at a time.
const BLOCK: usize = 64 * 1024;

/// Reads a file, whatever it is packed as. Total: what is no gzip and no UTF-16 comes as it is.
pub(super) fn unpacked<'r>(source: impl Read + Send + 'r) -> Box<dyn Read + Send + 'r> {
    let mut source =
        BufReader::with_capacity(BLOCK, Members::of(BufReader::with_capacity(BLOCK, source)));
    match source.fill_buf() {
        // PowerShell writes UTF-16.
        Ok([0xFF, 0xFE, ..]) => Box::new(Utf16::of(source, u16::from_le_bytes)),
        Ok([0xFE, 0xFF, ..]) => Box::new(Utf16::of(source, u16::from_be_bytes)),
        _ => Box::new(source),
    }
}

/// A text in which gzip's members stand beside each other, or beside what is not packed.
enum Members<R: BufRead> {
    Plain(R),
    Packed(Box<GzDecoder<R>>),
    Over,
}

impl<R: BufRead> Members<R> {
    fn of(source: R) -> Self {
        Self::Plain(source)
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(self, Self::Over) {
                Self::Plain(mut source) => {
                    // Only at the beginning and behind a member: the first bytes tell.
                    if source.fill_buf()?.starts_with(&[0x1F, 0x8B]) {
                        *self = Self::Packed(Box::new(GzDecoder::new(source)));
                        continue;
                    }
                    let count = source.read(into)?;
                    *self = Self::Plain(source);
                    return Ok(count);
                }
                Self::Packed(mut member) => {
                    let count = member.read(into)?;
                    if count > 0 || into.is_empty() {
                        *self = Self::Packed(member);
                        return Ok(count);
                    }
                    let mut source = member.into_inner();
                    if source.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    *self = Self::Plain(source);
                }
                Self::Over => return Ok(0),
            }
        }
    }
}

/// UTF-16 as UTF-8; half a pair becomes U+FFFD.
struct Utf16<R> {
    source: R,
    unit: fn([u8; 2]) -> u16,
    /// What was read and is not yet a character.
    pending: Vec<u16>,
    odd: Option<u8>,
    text: Vec<u8>,
    given: usize,
}

impl<R: BufRead> Utf16<R> {
    fn of(source: R, unit: fn([u8; 2]) -> u16) -> Self {
        Self {
            source,
            unit,
            pending: Vec::new(),
            odd: None,
            text: Vec::new(),
            given: 0,
        }
    }

    fn refill(&mut self) -> io::Result<bool> {
        let bytes = self.source.fill_buf()?;
        let count = bytes.len();
        let is_over = count == 0;
        for byte in bytes {
            match self.odd.take() {
                None => self.odd = Some(*byte),
                Some(first) => self.pending.push((self.unit)([first, *byte])),
            }
        }
        self.source.consume(count);
        // The first half of a pair waits for the other one.
        let half = self
            .pending
            .pop_if(|last| !is_over && (0xD800..0xDC00).contains(last));
        let text = String::from_utf16_lossy(&self.pending);
        self.text = text.into_bytes();
        self.given = 0;
        self.pending.clear();
        self.pending.extend(half);
        Ok(!is_over || !self.text.is_empty())
    }
}

impl<R: BufRead> Read for Utf16<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given >= self.text.len() {
            if !self.refill()? {
                return Ok(0);
            }
        }
        let rest = self.text.get(self.given..).unwrap_or_default();
        let count = rest.len().min(into.len());
        if let (Some(to), Some(from)) = (into.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        self.given = self.given.saturating_add(count);
        Ok(count)
    }
}
