//! Vectors of sixteen bytes, which every processor has or is given by the compiler.

use super::{BLOCK, Bytes, HEAD, Sets, Vectors};
use wide::u8x16;

/// Bytes of a vector.
const STEP: usize = 16;
/// Vectors of a block.
const STEPS: usize = BLOCK / STEP;

/// Vectors that need no asking.
#[derive(Clone, Copy)]
pub(crate) struct Plain;

impl Vectors for Plain {
    const WIDE: bool = false;
    type Bytes = [u8x16; STEPS];

    #[inline(always)]
    fn load(self, block: &[u8; BLOCK]) -> Self::Bytes {
        let mut vectors = [u8x16::ZERO; STEPS];
        for (vector, part) in vectors.iter_mut().zip(block.as_chunks::<STEP>().0) {
            *vector = u8x16::from(*part);
        }
        vectors
    }

    #[inline(always)]
    fn places(self, bits: u64, base: u16, room: &mut [u16; BLOCK]) {
        const TOGETHER: usize = 8;
        let mut bits = bits;
        for places in room.as_chunks_mut::<TOGETHER>().0 {
            if bits == 0 {
                break;
            }
            // some too many, for a branch for each would be guessed wrong
            for place in places {
                *place = base.wrapping_add(bits.trailing_zeros() as u16);
                bits &= bits.wrapping_sub(1);
            }
        }
    }

    #[inline(always)]
    fn heads(self, bits: u64, blocks: &[u8; 2 * BLOCK], room: &mut [u64; BLOCK]) {
        let mut bits = bits;
        for head in room.iter_mut().take(bits.count_ones() as usize) {
            let bytes = blocks[bits.trailing_zeros() as usize % BLOCK..].first_chunk::<HEAD>();
            *head = bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes));
            bits &= bits.wrapping_sub(1);
        }
    }
}

/// The bits of what `$mask` makes of each vector.
macro_rules! bits {
    ($block:expr, $bytes:ident => $mask:expr) => {{
        let mut bits = 0;
        for (step, $bytes) in $block.into_iter().enumerate() {
            bits |= u64::from($mask.to_bitmask()) << (step * STEP);
        }
        bits
    }};
}

impl Bytes for [u8x16; STEPS] {
    #[inline(always)]
    fn range(self, low: u8, span: u8) -> u64 {
        bits!(self, bytes => range(bytes, low, span))
    }

    #[inline(always)]
    fn any<const N: usize>(self, of: [u8; N]) -> u64 {
        bits!(self, bytes => {
            let mut found = u8x16::ZERO;
            for byte in of {
                found |= bytes.simd_eq(u8x16::splat(byte));
            }
            found
        })
    }

    #[inline(always)]
    fn letters(self) -> u64 {
        bits!(self, bytes => range(bytes | u8x16::splat(0x20), b'a', 26))
    }

    #[inline(always)]
    fn high(self) -> u64 {
        bits!(self, bytes => bytes)
    }

    #[inline(always)]
    fn same(self, other: Self) -> u64 {
        let mut bits = 0;
        for step in 0..STEPS {
            bits |= u64::from(self[step].simd_eq(other[step]).to_bitmask()) << (step * STEP);
        }
        bits
    }

    #[inline(always)]
    fn sets(mut self, sets: &Sets) -> Self {
        for bytes in &mut self {
            let mut found = bytes.to_array();
            for byte in &mut found {
                *byte = sets.low[usize::from(*byte & 15)] & sets.high[usize::from(*byte >> 4)];
            }
            *bytes = u8x16::from(found);
        }
        self
    }

    #[inline(always)]
    fn and(mut self, other: Self) -> Self {
        for (bytes, other) in self.iter_mut().zip(other) {
            *bytes &= other;
        }
        self
    }

    #[inline(always)]
    fn some(self) -> u64 {
        !bits!(self, bytes => bytes.simd_eq(u8x16::ZERO))
    }

    #[inline(always)]
    fn fold(self, room: &mut [u8; BLOCK]) {
        for (bytes, room) in self.into_iter().zip(room.as_chunks_mut::<STEP>().0) {
            let upper = range(bytes, b'A', 26);
            let digit = range(bytes, b'0', 10);
            // digits differ in their last four bits alone
            let plain = (bytes | (upper & u8x16::splat(0x20))) & !(digit & u8x16::splat(0x0F));
            *room = plain.to_array();
        }
    }
}

/// The bytes from `low` on, `span` of them.
#[inline(always)]
fn range(bytes: u8x16, low: u8, span: u8) -> u8x16 {
    let from = bytes - u8x16::splat(low);
    from.min(u8x16::splat(span - 1)).simd_eq(from)
}
