//! Sorts 64 bytes at a time into classes, one bit a byte.
//! Called by the lexer for every block of a text; everything it notes begins with these bits.

use crate::vectors::{BLOCK, Bytes, Vectors};

/// Which bytes of a block are of a class: the lowest bit stands for the first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes {
    pub(super) digit: u64,
    pub(super) upper: u64,
    pub(super) lower: u64,
    pub(super) space: u64,
    /// Outside ASCII.
    pub(super) high: u64,
    pub(super) colon: u64,
    /// `@` and `=`.
    pub(super) sign: u64,
    /// Letters, digits, `-` and `_`: what tokens are made of.
    pub(super) token: u64,
}

/// Sorts a block.
#[inline(always)]
pub(super) fn classes<V: Vectors>(vectors: V, block: &[u8; BLOCK]) -> Classes {
    let bytes = vectors.load(block);
    let (digit, upper, lower) = (bytes.range(b'0', 10), bytes.range(b'A', 26), bytes.range(b'a', 26));
    Classes {
        digit,
        upper,
        lower,
        space: bytes.any([b' ']),
        high: bytes.high(),
        colon: bytes.any([b':']),
        sign: bytes.any([b'@', b'=']),
        token: digit | upper | lower | bytes.any([b'-', b'_']),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors::Plain;

    /// Sorts a block byte by byte.
    fn plain(block: &[u8; BLOCK]) -> Classes {
        let mut found = Classes::default();
        for (at, byte) in block.iter().enumerate() {
            let bit = |is: bool| u64::from(is) << at;
            found.digit |= bit(byte.is_ascii_digit());
            found.upper |= bit(byte.is_ascii_uppercase());
            found.lower |= bit(byte.is_ascii_lowercase());
            found.space |= bit(*byte == b' ');
            found.high |= bit(!byte.is_ascii());
            found.colon |= bit(*byte == b':');
            found.sign |= bit(matches!(byte, b'@' | b'='));
            found.token |= bit(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        }
        found
    }

    #[test]
    fn every_byte_is_of_its_classes() {
        for byte in 0..=u8::MAX {
            let mut block = [byte; BLOCK];
            block[7] = byte.wrapping_add(1);
            block[63] = byte.wrapping_mul(3);
            assert_eq!(classes(Plain, &block), plain(&block), "{byte}");
        }
    }
}
