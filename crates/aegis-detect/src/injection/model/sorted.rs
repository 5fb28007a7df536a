//! Sorts 64 bytes at a time into what tokens are made of, one bit a byte, and folds them for hashing.
//! Called by the walk over tokens for every block of a stretch. Invariant: the vector form and the plain one
//! (in the tests of `tokens`) agree on every text.

use wide::u8x16;

/// Bytes sorted together.
pub(super) const BLOCK: usize = 64;

/// What the bytes of a block are: the lowest bit stands for the first.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sorted {
    /// Part of a word.
    pub(super) word: u64,
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
    /// The last byte of the block before.
    last: u8,
    /// That byte is part of a word.
    word: bool,
    /// It is a mark.
    mark: u64,
    /// How many of the first bytes belong to a character that stands for itself.
    taken: u64,
}

impl Sorter {
    /// As if the text before `start` had been sorted.
    pub(super) fn after(text: &[u8], start: usize) -> Self {
        let before = &text[start.saturating_sub(BLOCK)..start];
        let mut block = [0; BLOCK];
        block[BLOCK - before.len()..].copy_from_slice(before);
        let mut sorter = Sorter::default();
        sorter.sort(&block, &mut [0; BLOCK]);
        sorter
    }

    /// Sorts a block, of which `folded` gets the form that is hashed: small letters, and `0` for every digit.
    #[inline]
    pub(super) fn sort(&mut self, block: &[u8; BLOCK], folded: &mut [u8; BLOCK]) -> Sorted {
        let (mut word, mut mark, mut high) = (0, 0, 0);
        for step in 0..BLOCK / STEP {
            let bits = |mask: u8x16| u64::from(mask.to_bitmask()) << (step * STEP);
            let bytes = vector(block, step);
            let small = bytes | u8x16::splat(0x20);
            let letter = range(small, b'a', 26);
            let digit = range(bytes, b'0', 10);
            let lower = bytes | (letter & u8x16::splat(0x20));
            // digits differ in their last four bits alone
            let plain = lower & !(digit & u8x16::splat(0x0F));
            folded[step * STEP..(step + 1) * STEP].copy_from_slice(&plain.to_array());
            word |= bits(letter | digit);
            mark |= bits(range(bytes, 0x21, 0x5E) | bytes.simd_eq(u8x16::splat(b'\n')));
            high |= bits(bytes);
        }
        mark &= !word;
        let (mut alone, mut taken) = (0, self.taken);
        if high | self.taken != 0 {
            let [two, three, four] = leads(block);
            alone = two | three | four;
            taken |= alone << 1 | (three | four) << 2 | four << 3;
            // how many bytes the last characters are short of
            let rest = |leads: u64, len: u32| {
                (leads >> (BLOCK as u32 - len + 1)).checked_ilog2().map_or(0, |bit| bit + 1)
            };
            self.taken = [(two, 2), (three, 3), (four, 4)]
                .iter()
                .fold(0, |most, &(leads, len)| most.max((1 << rest(leads, len)) - 1));
            word |= high & !alone & !taken;
        }
        // few marks stand side by side
        let beside = mark & (mark << 1 | self.mark);
        let again = if beside == 0 { 0 } else { beside & self.same(block) };
        let words = word & !(word << 1 | u64::from(self.word));
        self.last = block[BLOCK - 1];
        self.word = word >> (BLOCK - 1) == 1;
        self.mark = mark >> (BLOCK - 1);
        Sorted {
            word,
            alone,
            starts: words | (mark & !again) | alone,
            inside: (word & !words) | again | taken,
        }
    }
}

impl Sorter {
    /// Which bytes are the same as the one before.
    fn same(&self, block: &[u8; BLOCK]) -> u64 {
        let mut before = [self.last; BLOCK];
        before[1..].copy_from_slice(&block[..BLOCK - 1]);
        let same = |step: usize| vector(block, step).simd_eq(vector(&before, step)).to_bitmask();
        (0..BLOCK / STEP).fold(0, |bits, step| bits | u64::from(same(step)) << (step * STEP))
    }
}

/// The first bytes of characters that stand for themselves, by their length: signs beside Latin; Chinese, Japanese
/// and Korean, punctuation; pictures.
fn leads(block: &[u8; BLOCK]) -> [u64; 3] {
    let mut leads = [0; 3];
    for step in 0..BLOCK / STEP {
        let bytes = vector(block, step);
        let found = [(0xC2, 1), (0xE2, 14), (0xF0, 5)].map(|(low, span)| range(bytes, low, span));
        for (leads, found) in leads.iter_mut().zip(found) {
            *leads |= u64::from(found.to_bitmask()) << (step * STEP);
        }
    }
    leads
}

/// Bytes of a vector.
const STEP: usize = 16;

#[inline(always)]
fn vector(block: &[u8; BLOCK], step: usize) -> u8x16 {
    u8x16::from(block.as_chunks::<STEP>().0[step])
}

/// The bytes from `low` on, `span` of them.
#[inline(always)]
fn range(bytes: u8x16, low: u8, span: u8) -> u8x16 {
    let from = bytes - u8x16::splat(low);
    from.min(u8x16::splat(span - 1)).simd_eq(from)
}
