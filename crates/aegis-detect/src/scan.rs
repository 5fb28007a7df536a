//! One pass over a text.

use crate::Scan;

/// What a scanner needs to know about the outside.
#[derive(Clone)]
pub struct ScannerConfig {
    /// Key of the fingerprints; the same key recognises the same value again.
    pub fingerprint_key: [u8; 32],
    /// Today, as (year, month, day), for judging birth dates.
    pub today: (i16, u8, u8),
}

/// An immutable, shareable scanner.
pub struct Scanner {
    _config: ScannerConfig,
}

impl Scanner {
    /// Builds the automata.
    pub fn new(config: ScannerConfig) -> Self {
        Scanner { _config: config }
    }

    /// Scans one text.
    pub fn scan(&self, _text: &str) -> Scan {
        Scan::default()
    }
}
