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
