//! A set of numbers, one bit each: tells most things from those that are looked for at once.
//! Filled with hashes when a list is built, asked for every word of a text.

/// Numbers below 64 times `WORDS`, a power of two: so none needs to be compared with a length.
pub(crate) struct Bits<const WORDS: usize>(Box<[u64; WORDS]>);

impl<const WORDS: usize> Default for Bits<WORDS> {
    fn default() -> Self {
        Bits(Box::new([0; WORDS]))
    }
}

impl<const WORDS: usize> Bits<WORDS> {
    /// Adds a number.
    pub(crate) fn add(&mut self, number: usize) {
        self.0[number / 64 % WORDS] |= 1 << (number % 64);
    }

    /// Says whether a number is in the set.
    #[inline(always)]
    pub(crate) fn has(&self, number: usize) -> bool {
        self.0[number / 64 % WORDS] >> (number % 64) & 1 == 1
    }
}

/// A set of well-mixed hashes that may say yes to a few others, too: each has two bits of the same number, so that few
/// are set, and one look tells.
pub(crate) struct Sieve<const WORDS: usize>(Box<[u64; WORDS]>);

impl<const WORDS: usize> Default for Sieve<WORDS> {
    fn default() -> Self {
        Sieve(Box::new([0; WORDS]))
    }
}

impl<const WORDS: usize> Sieve<WORDS> {
    /// Which number tells of a hash, and the bits of it that do: those of the hash that are mixed best.
    #[inline(always)]
    fn place(hash: u64) -> (usize, u64) {
        let number = (hash >> (64 - WORDS.ilog2())) as usize;
        (number, 1 << (hash >> 40 & 63) | 1 << (hash >> 34 & 63))
    }

    /// Adds a hash.
    pub(crate) fn add(&mut self, hash: u64) {
        let (number, bits) = Self::place(hash);
        self.0[number] |= bits;
    }

    /// Says whether a hash may be in the set.
    #[inline(always)]
    pub(crate) fn may_have(&self, hash: u64) -> bool {
        let (number, bits) = Self::place(hash);
        self.0[number] & bits == bits
    }
}
