//! Refuses keys that somebody could guess. Called for every key that comes from outside.
//! Of 32 random bytes none of these is ever true: the likeliest has a chance of 2 in 10^14.

use crate::crypto::same;
use std::collections::BTreeSet;

/// Why a key is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// It has not the form of a key.
    #[error("it is no key: 32 random bytes in base64 or hex are expected")]
    NoKey,
    /// It stands in somebody's documentation.
    #[error("it is a sample key that everybody knows")]
    Sample,
    /// Too few different bytes.
    #[error("it repeats itself, as no random bytes do")]
    Repetitive,
    /// Bytes that count up or down.
    #[error("it counts up or down, as no random bytes do")]
    Sequence,
    /// A text somebody typed.
    #[error("it is a readable text, not random bytes")]
    Text,
}

/// Keys that stand in documentation: of the Fernet specification, and the test key of NIST SP 800-38A (AES-256).
const SAMPLES: [[u8; 32]; 2] = [
    [
        0x73, 0x0f, 0xf4, 0xc7, 0xaf, 0x3d, 0x46, 0x92, 0x3e, 0x8e, 0xd4, 0x51, 0xee, 0x81, 0x3c, 0x87, 0xf7,
        0x90, 0xb0, 0xa2, 0x26, 0xbc, 0x96, 0xa9, 0x2d, 0xe4, 0x9b, 0x5e, 0x9c, 0x05, 0xe1, 0xee,
    ],
    [
        0x60, 0x3d, 0xeb, 0x10, 0x15, 0xca, 0x71, 0xbe, 0x2b, 0x73, 0xae, 0xf0, 0x85, 0x7d, 0x77, 0x81, 0x1f,
        0x35, 0x2c, 0x07, 0x3b, 0x61, 0x08, 0xd7, 0x2d, 0x98, 0x10, 0xa3, 0x09, 0x14, 0xdf, 0xf4,
    ],
];

/// Fewer different bytes than any 32 random ones have.
const FEW: usize = 18;

/// Refuses a key that is known, patterned or typed.
pub(crate) fn check(key: &[u8; 32]) -> Result<(), Weakness> {
    if SAMPLES.iter().any(|sample| same(sample, key)) {
        return Err(Weakness::Sample);
    }
    if key.iter().all(|b| (0x20..0x7f).contains(b) || b"\t\r\n".contains(b)) {
        return Err(Weakness::Text);
    }
    let step = key[1].wrapping_sub(key[0]);
    if key.windows(2).all(|pair| pair[1].wrapping_sub(pair[0]) == step) && step != 0 {
        return Err(Weakness::Sequence);
    }
    if key.iter().collect::<BTreeSet<_>>().len() < FEW {
        return Err(Weakness::Repetitive);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng};

    #[test]
    fn what_can_be_guessed_is_refused() {
        let text = b"change-me-change-me-change-me-!!";
        let halves: [u8; 32] = std::array::from_fn(|n| (n as u8 % 16).wrapping_mul(37) ^ 0x80);
        for (key, why) in [
            ([0; 32], Weakness::Repetitive),
            ([0xff; 32], Weakness::Repetitive),
            (halves, Weakness::Repetitive),
            (std::array::from_fn(|n| n as u8), Weakness::Sequence),
            (std::array::from_fn(|n| 255 - 3 * n as u8), Weakness::Sequence),
            (*text, Weakness::Text),
            (SAMPLES[0], Weakness::Sample),
            (SAMPLES[1], Weakness::Sample),
        ] {
            assert_eq!(check(&key), Err(why), "{key:?}");
        }
    }

    #[test]
    fn random_keys_are_not() {
        let mut rng = rand_chacha::ChaCha20Rng::seed_from_u64(7);
        for _ in 0..100_000 {
            let mut key = [0; 32];
            rng.fill_bytes(&mut key);
            assert_eq!(check(&key), Ok(()), "{key:?}");
        }
    }
}
