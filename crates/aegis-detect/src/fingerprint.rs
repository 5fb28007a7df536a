//! Recognises the same value again without keeping it.
//! Called by the scanner for each finding. The key never leaves the scanner.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Makes fingerprints under one key.
#[derive(Clone)]
pub(crate) struct Fingerprinter {
    keyed: Hmac<Sha256>,
}

impl Fingerprinter {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Fingerprinter { keyed: Hmac::new_from_slice(key).expect("HMAC takes a key of any length") }
    }

    /// HMAC-SHA256 over the detector's id, a zero byte and the value; its first 16 bytes.
    pub(crate) fn of(&self, detector: &str, value: &str) -> [u8; 16] {
        let mut mac = self.keyed.clone();
        mac.update(detector.as_bytes());
        mac.update(&[0]);
        mac.update(value.as_bytes());
        let mut first = [0; 16];
        first.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detector_and_value_cannot_be_shifted_into_each_other() {
        let prints = Fingerprinter::new(&[7; 32]);
        assert_ne!(prints.of("ab", "c"), prints.of("a", "bc"));
        assert_eq!(prints.of("ab", "c"), prints.of("ab", "c"));
        assert_ne!(prints.of("ab", "c"), Fingerprinter::new(&[8; 32]).of("ab", "c"));
    }
}
