//! The engine with the settings an admin gave it.

use aegis_domain::Timestamp;

/// See the module.
pub struct Detectors {}

impl Detectors {
    /// Builds the engine.
    pub fn new(_fingerprint_key: [u8; 32], _now: Timestamp) -> Self {
        Detectors {}
    }
}
