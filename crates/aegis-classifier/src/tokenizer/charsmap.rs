//! The map of characters that SentencePiece trains with a vocabulary: a double array (Darts-clone) of strings, and what
//! stands for each. Read once; asked for every place of a text.
//! Invariant: whatever the bytes, no look goes outside them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Strings and their replacements.
#[derive(Debug)]
pub(super) struct CharsMap {
    units: Vec<u32>,
    /// Replacements, each ended by a NUL.
    replacements: String,
}

impl CharsMap {
    /// Reads `precompiled_charsmap`: the length of the array in bytes, the array, the replacements.
    pub(super) fn new(base64: &str) -> Result<Self, String> {
        let bytes = STANDARD.decode(base64).map_err(|error| format!("its map of characters: {error}"))?;
        let short = || "its map of characters is cut off".to_owned();
        let (len, rest) = bytes.split_first_chunk::<4>().ok_or_else(short)?;
        let (array, replacements) =
            rest.split_at_checked(u32::from_le_bytes(*len) as usize).ok_or_else(short)?;
        let units = array.as_chunks::<4>().0.iter().map(|unit| u32::from_le_bytes(*unit)).collect();
        let replacements = String::from_utf8(replacements.to_vec())
            .map_err(|_| "its map of characters holds what is no text".to_owned())?;
        Ok(CharsMap { units, replacements })
    }

    /// The longest string of the map that `text` begins with: its length, and what stands for it.
    fn longest(&self, text: &[u8]) -> Option<(usize, &str)> {
        let mut at = self.child(0, 0)?;
        let mut found = None;
        for (n, byte) in text.iter().enumerate() {
            let unit = self.unit(at ^ usize::from(*byte));
            let Some(unit) = unit.filter(|unit| *byte != 0 && unit & LABEL == u32::from(*byte)) else {
                break;
            };
            at = (at ^ usize::from(*byte)) ^ offset(unit);
            if unit & LEAF != 0 {
                found = self.unit(at).map(|value| (n + 1, (value & VALUE) as usize));
            }
        }
        let (len, from) = found?;
        let rest = self.replacements.get(from..)?;
        Some((len, rest.split('\0').next().unwrap_or_default()))
    }

    fn child(&self, at: usize, label: usize) -> Option<usize> {
        Some(at ^ label ^ offset(self.unit(at ^ label)?))
    }

    fn unit(&self, at: usize) -> Option<u32> {
        self.units.get(at).copied()
    }

    /// `text` with every string of the map replaced, the longest first.
    pub(super) fn replace(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let (len, replacement) = match self.longest(rest.as_bytes()) {
                Some((len, replacement)) if rest.is_char_boundary(len) => (len, replacement),
                _ => (first.len_utf8(), &rest[..first.len_utf8()]),
            };
            out.push_str(replacement);
            rest = &rest[len..];
        }
        out
    }
}

/// Bits of a unit: its byte; whether a string ends there; the value, in the unit after such an end.
const LABEL: u32 = 1 << 31 | 0xFF;
const LEAF: u32 = 1 << 8;
const VALUE: u32 = (1 << 31) - 1;

/// How far off the units below one lie.
fn offset(unit: u32) -> usize {
    ((unit >> 10) << ((unit & 1 << 9) >> 6)) as usize
}
