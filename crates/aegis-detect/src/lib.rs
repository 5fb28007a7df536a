//! The detection engine: text in, findings out. Pure: no I/O, no clock, no locks.
//! Called by `aegis-server` for each event and by the command line for files.

mod armour;
mod bits;
mod byte_table;
mod checksum;
mod context;
mod custom;
mod dates;
mod detector;
mod detectors;
mod finding;
mod fingerprint;
mod injection;
mod lexer;
mod normalise;
mod overlap;
mod redact;
mod scan;
mod site;
mod stream;
mod table;
mod vectors;
mod word_list;
mod work;

pub use custom::{Compiled, CustomDetector, CustomError, MAX_HOLD_CUSTOM, MAX_MATCH, Validator};
pub use detector::DetectorInfo;
pub use finding::{Category, Finding, Reasons, Scan, Severity, Tag};
#[cfg(feature = "training")]
pub use injection::training;
pub use injection::{Origin, SECOND_STAGE_FROM, SECOND_STAGE_MOST, SecondStage};
pub use redact::{MAX_TOKEN, Masked, Mode, Plan, Redacted, Redactor, Restorer, mask};
pub use scan::{Scanner, ScannerConfig, Scratch};
pub use stream::{MAX_HOLD, MAX_HOLD_PLAIN, Released, StreamScanner};

/// Every detector's entry in the catalogue, in the order of the registry.
pub fn catalogue() -> impl ExactSizeIterator<Item = &'static DetectorInfo> {
    detectors::ALL.iter().map(|detector| &detector.info)
}
