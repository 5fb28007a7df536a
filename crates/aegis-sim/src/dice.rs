//! Randomness that repeats: every draw follows from a seed, what it is for, and the bytes it is about.
//! Called everywhere in this crate; nothing here asks the operating system for randomness.
//! Invariant: equal arguments to `Dice::new` give equal draws, whatever else was drawn elsewhere.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A source of draws.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// Dice for `purpose`, about `bytes`.
    pub fn new(seed: u64, purpose: &str, bytes: &[u8]) -> Self {
        // FNV-1a: the dice need distinct streams, not secrecy.
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for b in purpose.bytes().chain([0]).chain(bytes.iter().copied()) {
            hash = (hash ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Dice(ChaCha8Rng::seed_from_u64(hash))
    }

    /// Dice for the `n`th of a kind.
    pub fn numbered(seed: u64, purpose: &str, n: u64) -> Self {
        Dice::new(seed, purpose, &n.to_le_bytes())
    }

    /// A number from 0 to less than 1.
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A number from 0 to less than `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.unit() * (high - low + 1) as f64) as i64
    }

    /// True once in so many.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of `items`, which must not be empty.
    pub fn pick<'a, T: ?Sized>(&mut self, items: &'a [&'a T]) -> &'a T {
        items[self.below(items.len())]
    }

    /// The index of one of the weights, by weight.
    pub fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let mut left = self.unit() * weights.clone().sum::<f64>();
        let mut last = 0;
        for (i, weight) in weights.enumerate() {
            last = i;
            left -= weight;
            if left < 0.0 {
                break;
            }
        }
        last
    }

    /// A log-normal draw by its median and the deviation of its logarithm: how latencies are spread.
    pub fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        let (u, v) = (1.0 - self.unit(), self.unit());
        let normal = (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos();
        median * (sigma * normal).exp()
    }

    /// How long until the next of events that come `per_second` on average, in seconds.
    pub fn gap(&mut self, per_second: f64) -> f64 {
        -(1.0 - self.unit()).ln() / per_second
    }

    /// `n` characters of `alphabet`, which must be ASCII.
    pub fn word(&mut self, alphabet: &[u8], n: usize) -> String {
        (0..n).map(|_| char::from(alphabet[self.below(alphabet.len())])).collect()
    }

    /// `n` decimal digits.
    pub fn digits(&mut self, n: usize) -> String {
        self.word(b"0123456789", n)
    }

    /// `prefix` and `n` characters of base62: how vendors make ids.
    pub fn id(&mut self, prefix: &str, n: usize) -> String {
        const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        format!("{prefix}{}", self.word(BASE62, n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_arguments_give_equal_draws_and_others_do_not() {
        let draw = |seed, purpose, n| Dice::numbered(seed, purpose, n).id("", 12);
        assert_eq!(draw(1, "a", 1), draw(1, "a", 1));
        assert_ne!(draw(1, "a", 1), draw(2, "a", 1));
        assert_ne!(draw(1, "a", 1), draw(1, "b", 1));
        assert_ne!(draw(1, "a", 1), draw(1, "a", 2));
    }

    #[test]
    fn draws_stay_in_range_and_a_log_normal_has_its_median() {
        let mut dice = Dice::new(7, "t", b"");
        let mut above = 0;
        for _ in 0..4_000 {
            assert!((3..=5).contains(&dice.between(3, 5)));
            assert!(dice.below(4) < 4);
            above += usize::from(dice.log_normal(250.0, 0.4) > 250.0);
        }
        assert!((1_800..2_200).contains(&above), "{above}");
        assert_eq!(dice.below(0), 0);
    }
}
