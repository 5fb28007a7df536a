//! Small, fast draws for millions of cells: one multiplication chain, no state beside a number.
//! Called by `usage` and `scale`; everything else uses `Dice`.

/// A source of draws.
pub(super) struct Roll(u64);

impl Roll {
    /// Draws that follow from the given numbers.
    pub fn new(parts: &[u64]) -> Self {
        let mut roll = Roll(0x9e37_79b9_7f4a_7c15);
        for part in parts {
            roll.0 ^= part.wrapping_mul(0xff51_afd7_ed55_8ccd);
            roll.next();
        }
        roll
    }

    /// The next draw (splitmix64).
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        let draw = self.next() >> 11;
        if n == 0 { 0 } else { draw % n }
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }
}
