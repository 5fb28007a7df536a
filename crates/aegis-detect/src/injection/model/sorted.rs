//! Sorts 64 bytes at a time into what tokens are made of, one bit a byte, and folds them for hashing.
//! Called by the walk over tokens for every block of a stretch. Invariant: the tokens are those that are
//! found byte by byte (a test of `tokens` holds this).

use crate::vectors::{Bytes, Plain, Vectors, block_at};

pub(super) use crate::vectors::BLOCK;

/// What the bytes of a block are: the lowest bit stands for the first.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sorted {
    /// Part of a word.
    pub(super) word: u64,
    /// A digit.
    pub(super) digit: u64,
    /// The first byte of a character that stands for itself.
    pub(super) alone: u64,
    /// The first byte of a token.
    pub(super) starts: u64,
    /// Goes on with the token of the byte before.
    pub(super) inside: u64,
}

/// Sorts the blocks of a stretch one after the other.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sorter {
    /// The last byte of the block before is part of a word.
    word: bool,
    /// It is a mark.
    mark: u64,
    /// How many of the first bytes belong to a character that stands for itself.
    taken: u64,
}

impl Sorter {
    /// As if the text before `start` had been sorted.
    pub(super) fn after(text: &[u8], start: usize) -> Self {
        let mut sorter = Sorter::default();
        let mut room = [0; BLOCK];
        match start.checked_sub(BLOCK) {
            Some(at) => sorter.sort(Plain, text, at, &mut room),
            None => {
                let mut block = [0; BLOCK];
                block[BLOCK - start..].copy_from_slice(&text[..start]);
                sorter.sort(Plain, &block, 0, &mut room)
            }
        };
        sorter
    }

    /// Sorts the block of `text` at `at`, of which `folded` gets the form that is hashed: small letters, and `0` for
    /// every digit. Behind the end of the text all is zero.
    #[inline(always)]
    pub(super) fn sort<V: Vectors>(
        &mut self,
        vectors: V,
        text: &[u8],
        at: usize,
        folded: &mut [u8; BLOCK],
    ) -> Sorted {
        // by reference where it can be: a copy would have to be waited for
        match text.get(at..).and_then(|rest| rest.first_chunk()) {
            Some(block) => self.sort_block(vectors, text, at, block, folded),
            None => self.sort_block(vectors, text, at, &block_at(text, at), folded),
        }
    }

    #[inline(always)]
    fn sort_block<V: Vectors>(
        &mut self,
        vectors: V,
        text: &[u8],
        at: usize,
        block: &[u8; BLOCK],
        folded: &mut [u8; BLOCK],
    ) -> Sorted {
        let bytes = vectors.load(block);
        bytes.fold(folded);
        let digit = bytes.range(b'0', 10);
        let mut word = bytes.letters() | digit;
        let mark = (bytes.range(0x21, 0x5E) | bytes.any([b'\n'])) & !word;
        let high = bytes.high();
        let (mut alone, mut taken) = (0, self.taken);
        if high | self.taken != 0 {
            // signs beside Latin; Chinese, Japanese and Korean, punctuation; pictures
            let (two, three, four) = (bytes.any([0xC2]), bytes.range(0xE2, 14), bytes.range(0xF0, 5));
            alone = two | three | four;
            taken |= alone << 1 | (three | four) << 2 | four << 3;
            // how many bytes the last characters are short of
            let rest = |leads: u64, len: u32| {
                (leads >> (BLOCK as u32 - len + 1)).checked_ilog2().map_or(0, |bit| bit + 1)
            };
            let most = rest(two, 2).max(rest(three, 3)).max(rest(four, 4));
            self.taken = (1 << most) - 1;
            word |= high & !alone & !taken;
        }
        // few marks stand side by side, but nobody can guess where
        let beside = mark & (mark << 1 | self.mark);
        let again = if beside == 0 && !V::WIDE { 0 } else { beside & same(vectors, text, at, block) };
        let words = word & !(word << 1 | u64::from(self.word));
        self.word = word >> (BLOCK - 1) == 1;
        self.mark = mark >> (BLOCK - 1);
        Sorted {
            word,
            digit,
            alone,
            starts: words | (mark & !again) | alone,
            inside: (word & !words) | again | taken,
        }
    }
}

/// Which bytes of the `block` of `text` at `at` are the same as the one before.
#[inline(always)]
fn same<V: Vectors>(vectors: V, text: &[u8], at: usize, block: &[u8; BLOCK]) -> u64 {
    let block = vectors.load(block);
    match at.checked_sub(1) {
        Some(before) => match text.get(before..).and_then(|rest| rest.first_chunk()) {
            Some(before) => block.same(vectors.load(before)),
            None => block.same(vectors.load(&block_at(text, before))),
        },
        None => {
            let mut before = [0; BLOCK];
            let len = text.len().min(BLOCK - 1);
            before[1..=len].copy_from_slice(&text[..len]);
            block.same(vectors.load(&before))
        }
    }
}
