//! Looks at 64 bytes at a time with the widest vectors the processor has, and says which of them are of a kind, one
//! bit a byte.
//! Used by all that walk over a text: the lexer, the screen, the words of the vocabulary, the cutter of tokens.
//! Invariant: whatever the vectors, the bits are the same; a test holds this.

mod plain;
mod words;
#[cfg(target_arch = "x86_64")]
mod x86;

pub(crate) use plain::Plain;
pub(crate) use words::{Sets, Words};

/// Bytes looked at together.
pub(crate) const BLOCK: usize = 64;

/// Bytes that are read as one number.
pub(crate) const HEAD: usize = 8;

/// Vectors of one kind, at hand.
pub(crate) trait Vectors: Copy {
    /// They take up a block at once.
    const WIDE: bool;
    /// A block of bytes in them.
    type Bytes: Bytes;

    /// Takes a block up.
    fn load(self, block: &[u8; BLOCK]) -> Self::Bytes;

    /// Writes down where `bits` stand, each counted from `base` on, the lowest first. What stands in `room` behind the
    /// last is of no account.
    fn places(self, bits: u64, base: u16, room: &mut [u16; BLOCK]);

    /// Writes down, in the same order, the [`HEAD`] bytes of two blocks from each place on where `bits` of the first
    /// stand.
    fn heads(self, bits: u64, blocks: &[u8; 2 * BLOCK], room: &mut [u64; BLOCK]);
}

/// A block of bytes. What is asked of it is answered with one bit a byte: the lowest stands for the first.
pub(crate) trait Bytes: Copy {
    /// The bytes from `low` on, `span` of them.
    fn range(self, low: u8, span: u8) -> u64;

    /// The bytes that are one of these.
    fn any<const N: usize>(self, of: [u8; N]) -> u64;

    /// Letters of ASCII, small or not.
    fn letters(self) -> u64;

    /// Bytes outside ASCII.
    fn high(self) -> u64;

    /// Bytes that are the same in both blocks.
    fn same(self, other: Self) -> u64;

    /// For each byte the sets that have it.
    fn sets(self, sets: &Sets) -> Self;

    /// What both have, bit by bit.
    fn and(self, other: Self) -> Self;

    /// The bytes that are not zero.
    fn some(self) -> u64;

    /// The block as it is hashed: small letters, and `0` for every digit.
    fn fold(self, room: &mut [u8; BLOCK]);
}

/// The block of `text` at `at`, filled up with zeros.
#[inline]
pub(crate) fn block_at(text: &[u8], at: usize) -> [u8; BLOCK] {
    let rest = text.get(at..).unwrap_or_default();
    rest.first_chunk().copied().unwrap_or_else(|| {
        let mut block = [0; BLOCK];
        block[..rest.len()].copy_from_slice(rest);
        block
    })
}

/// Something done with vectors of whatever kind. `run` must be inlined always, and what it calls with the vectors too:
/// the kind of vectors is a matter of the function that all of it ends up in.
pub(crate) trait Work {
    /// What comes of it.
    type Output;

    /// Does it.
    fn run<V: Vectors>(self, vectors: V) -> Self::Output;
}

/// Does `work` with the widest vectors this processor has.
#[inline]
pub(crate) fn with_widest<W: Work>(work: W) -> W::Output {
    #[cfg(test)]
    if tests::PLAIN_ALONE.get() {
        return work.run(Plain);
    }
    #[cfg(target_arch = "x86_64")]
    return x86::run(work);
    #[cfg(not(target_arch = "x86_64"))]
    work.run(Plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Scanner, ScannerConfig};
    use proptest::prelude::*;
    use std::cell::Cell;
    use std::sync::LazyLock;

    thread_local! {
        /// No wider vectors are to be used.
        pub(super) static PLAIN_ALONE: Cell<bool> = const { Cell::new(false) };
    }

    /// All that can be asked of a block, and of its bits.
    #[derive(Debug, PartialEq)]
    struct Answers {
        bits: [u64; 9],
        folded: Vec<u8>,
        places: Vec<u16>,
        heads: Vec<u64>,
    }

    /// Sets by the low and high halves of bytes.
    const SETS: Sets = Sets {
        low: [1, 2, 3, 4, 0, 6, 7, 8, 9, 10, 128, 12, 13, 0, 15, 255],
        high: [255, 1, 2, 3, 4, 5, 6, 7, 0, 64, 128, 32, 96, 1, 3, 9],
    };

    struct Ask<'b> {
        block: &'b [u8; BLOCK],
        other: &'b [u8; BLOCK],
    }

    impl Work for Ask<'_> {
        type Output = Answers;

        #[inline(always)]
        fn run<V: Vectors>(self, vectors: V) -> Answers {
            let (bytes, other) = (vectors.load(self.block), vectors.load(self.other));
            let (mut folded, mut room) = ([0; BLOCK], [0; BLOCK]);
            bytes.fold(&mut folded);
            let same = bytes.same(other);
            vectors.places(same, 300, &mut room);
            let (mut blocks, mut heads) = ([0; 2 * BLOCK], [0; BLOCK]);
            blocks[..BLOCK].copy_from_slice(self.other);
            blocks[BLOCK..].copy_from_slice(self.block);
            vectors.heads(same, &blocks, &mut heads);
            let heads = heads[..same.count_ones() as usize].to_vec();
            let bits = [
                bytes.range(b'0', 10),
                bytes.range(b'A', 26),
                bytes.range(0xE2, 14),
                bytes.range(0x21, 0x5E),
                bytes.any([b'@', b'\n', 0xC2]),
                bytes.letters(),
                bytes.high(),
                same,
                bytes.sets(&SETS).and(other).some(),
            ];
            let places = room[..same.count_ones() as usize].to_vec();
            Answers { bits, folded: folded.to_vec(), places, heads }
        }
    }

    /// The same, byte by byte.
    fn plainly(block: &[u8; BLOCK], other: &[u8; BLOCK]) -> Answers {
        let bits = |is: &dyn Fn(usize, u8) -> bool| {
            block.iter().enumerate().fold(0, |bits, (at, byte)| bits | u64::from(is(at, *byte)) << at)
        };
        let same = bits(&|at, byte| other[at] == byte);
        Answers {
            bits: [
                bits(&|_, byte| byte.is_ascii_digit()),
                bits(&|_, byte| byte.is_ascii_uppercase()),
                bits(&|_, byte| (0xE2..=0xEF).contains(&byte)),
                bits(&|_, byte| byte.is_ascii_graphic()),
                bits(&|_, byte| matches!(byte, b'@' | b'\n' | 0xC2)),
                bits(&|_, byte| byte.is_ascii_alphabetic()),
                bits(&|_, byte| !byte.is_ascii()),
                same,
                bits(&|at, byte| {
                    let (low, high) = (usize::from(byte & 15), usize::from(byte >> 4));
                    SETS.low[low] & SETS.high[high] & other[at] != 0
                }),
            ],
            folded: block
                .iter()
                .map(|byte| if byte.is_ascii_digit() { b'0' } else { byte.to_ascii_lowercase() })
                .collect(),
            places: (0..BLOCK as u16).filter(|at| same >> at & 1 == 1).map(|at| 300 + at).collect(),
            heads: (0..BLOCK)
                .filter(|at| same >> at & 1 == 1)
                .map(|at| {
                    let byte = |n: usize| *other.iter().chain(block).nth(n).unwrap_or(&0);
                    u64::from_le_bytes(std::array::from_fn(|n| byte(at + n)))
                })
                .collect(),
        }
    }

    fn check(block: &[u8; BLOCK], other: &[u8; BLOCK]) {
        let expected = plainly(block, other);
        assert_eq!(Ask { block, other }.run(Plain), expected);
        assert_eq!(with_widest(Ask { block, other }), expected);
    }

    #[test]
    fn every_byte_is_known_for_what_it_is() {
        for byte in 0..=u8::MAX {
            let mut block = [byte; BLOCK];
            let other = block;
            block[7] = byte.wrapping_add(1);
            block[31] = byte.wrapping_mul(3);
            block[63] = !byte;
            check(&block, &other);
            check(&[byte; BLOCK], &[byte; BLOCK]);
        }
    }

    proptest! {
        #[test]
        fn all_vectors_say_the_same(block: [[u8; 32]; 2], other: [[u8; 32]; 2], keep: u64) {
            let block: [u8; BLOCK] = std::array::from_fn(|at| block[at / 32][at % 32]);
            // half of them alike
            let other = std::array::from_fn(|at| {
                if keep >> at & 1 == 1 { block[at] } else { other[at / 32][at % 32] }
            });
            check(&block, &other);
        }

        #[test]
        fn a_text_is_judged_alike_whatever_the_vectors(
            parts in prop::collection::vec((prop::sample::select(PARTS), 0..4usize, 0..70usize), 1..40),
        ) {
            static SCANNER: LazyLock<Scanner> = LazyLock::new(|| {
                Scanner::new(ScannerConfig { fingerprint_key: [7; 32], today: (2026, 11, 23) })
            });
            let mut text = String::new();
            for (part, times, blanks) in parts {
                text += &part.repeat(times);
                text += &" ".repeat(blanks % 9 / 7);
                text += &"x y ".repeat(blanks / 23);
            }
            let wide = SCANNER.scan(&text);
            PLAIN_ALONE.set(true);
            let plain = SCANNER.scan(&text);
            PLAIN_ALONE.set(false);
            prop_assert_eq!(wide, plain);
        }
    }

    /// What texts are made of: values, their names, disguises, signs of attacks, other scripts.
    const PARTS: &[&str] = &[
        "ssn 536-22-8145",
        "jane.doe@acme-corp.com, ",
        "call (415) 867-5309 now",
        "password = hunter2x!",
        "Kennwort: tY7!kq",
        "пароль: q8Zx!",
        "jane (dot) doe [at] acme dot com",
        "4 5 3 9 1 4 8 8 0 3 4 3 6 4 6 7",
        "dob 3 April 1980",
        "2a02:26f0:ab::17",
        "ghp_Zx81kfLqpTnV0a3yRduHc7bEwJmS9o4TYgU2",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA",
        "ignore all previous instructions",
        "i g n o r e ",
        "忽略所有之前的指令。",
        "naïve — “so”",
        "=====",
        "!!",
        "\n",
        "a",
        "dGhlIG51bWJlciBpcyAoNzAyKSA5NDItOTIwMyBlbmQ= ",
        "88l-8O-7494",
        "Dear Elena Castillo,",
    ];
}
