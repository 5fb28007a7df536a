//! Sorts 64 bytes at a time into classes, one bit a byte.
//! Called by the lexer for every block of a text; everything it notes begins with these bits.
//! Invariant: the vector form and the plain form agree on every byte; a test holds this.

use wide::u8x16;

/// Bytes sorted together.
pub(super) const BLOCK: usize = 64;

/// Which bytes of a block are of a class: the lowest bit stands for the first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes {
    pub(super) digit: u64,
    pub(super) upper: u64,
    pub(super) lower: u64,
    pub(super) space: u64,
    /// `@`, `:` and `=`.
    pub(super) sign: u64,
    /// Letters, digits, `-` and `_`: what tokens are made of.
    pub(super) token: u64,
}

/// Sorts a block, sixteen bytes at a step.
#[inline]
pub(super) fn classes(block: &[u8; BLOCK]) -> Classes {
    let mut found = Classes::default();
    for (step, part) in block.as_chunks::<STEP>().0.iter().enumerate() {
        let bytes = u8x16::from(*part);
        let bits = |mask: u8x16| u64::from(mask.to_bitmask()) << (step * STEP);
        let [digit, upper, lower] =
            [(b'0', 10), (b'A', 26), (b'a', 26)].map(|(low, span)| range(bytes, low, span));
        found.digit |= bits(digit);
        found.upper |= bits(upper);
        found.lower |= bits(lower);
        found.space |= bits(is(bytes, b' '));
        // what is only asked for together is put together first
        found.sign |= bits(is(bytes, b'@') | is(bytes, b':') | is(bytes, b'='));
        found.token |= bits(digit | upper | lower | is(bytes, b'-') | is(bytes, b'_'));
    }
    found
}

/// Where a block has letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Letters {
    pub(super) letter: u64,
    pub(super) lower: u64,
    pub(super) digit: u64,
    /// Outside ASCII.
    pub(super) high: u64,
}

/// Finds the letters and digits of a block: cheaper than all of its classes.
#[inline]
pub(super) fn letters(block: &[u8; BLOCK]) -> Letters {
    let mut found = Letters::default();
    for (step, part) in block.as_chunks::<STEP>().0.iter().enumerate() {
        let bytes = u8x16::from(*part);
        let bits = |mask: u8x16| u64::from(mask.to_bitmask()) << (step * STEP);
        found.letter |= bits(range(bytes | u8x16::splat(0x20), b'a', 26));
        found.lower |= bits(range(bytes, b'a', 26));
        found.digit |= bits(range(bytes, b'0', 10));
        found.high |= bits(bytes);
    }
    found
}

/// Bytes of a vector.
const STEP: usize = 16;

/// The bytes from `low` on, `span` of them.
fn range(bytes: u8x16, low: u8, span: u8) -> u8x16 {
    let from = bytes - u8x16::splat(low);
    from.min(u8x16::splat(span - 1)).simd_eq(from)
}

fn is(bytes: u8x16, byte: u8) -> u8x16 {
    bytes.simd_eq(u8x16::splat(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sorts a block byte by byte.
    fn plain(block: &[u8; BLOCK]) -> Classes {
        let mut found = Classes::default();
        for (at, byte) in block.iter().enumerate() {
            let bit = |is: bool| u64::from(is) << at;
            found.digit |= bit(byte.is_ascii_digit());
            found.upper |= bit(byte.is_ascii_uppercase());
            found.lower |= bit(byte.is_ascii_lowercase());
            found.space |= bit(*byte == b' ');
            found.sign |= bit(matches!(byte, b'@' | b':' | b'='));
            found.token |= bit(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        }
        found
    }

    #[test]
    fn both_forms_agree_on_every_byte() {
        for byte in 0..=u8::MAX {
            let mut block = [byte; BLOCK];
            block[7] = byte.wrapping_add(1);
            block[63] = byte.wrapping_mul(3);
            let plain = plain(&block);
            assert_eq!(classes(&block), plain, "{byte}");
            let Classes { upper, lower, digit, .. } = plain;
            let high = block.iter().enumerate().fold(0, |high, (at, byte)| high | u64::from(byte >> 7) << at);
            assert_eq!(letters(&block), Letters { letter: upper | lower, lower, digit, high }, "{byte}");
        }
    }
}
