//! Chance that can be repeated: a test prints its seed, and `AEGISFLOW_TEST_SEED` plays it again.

/// A small generator (SplitMix64): good enough to choose moments and shapes.
pub struct Random(u64);

impl Random {
    /// With the seed asked for, else a fresh one; prints it, which shows when the test fails.
    pub fn seeded(what: &str) -> Self {
        let given = std::env::var("AEGISFLOW_TEST_SEED").ok().and_then(|s| s.parse().ok());
        let seed = given.unwrap_or_else(rand::random);
        println!("{what}: AEGISFLOW_TEST_SEED={seed}");
        Random(seed)
    }

    /// Another generator, for another task.
    pub fn fork(&mut self) -> Self {
        Random(self.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From `low` up to, not including, `high`.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low)
    }

    /// One of several.
    pub fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.between(0, list.len() as u64) as usize]
    }
}
