//! The detection engine: text in, findings out. Pure: no I/O, no clock, no locks.
//! Called by `aegis-server` for each event and by the command line for files.

mod finding;
mod scan;

pub use finding::{Category, Finding, Scan, Severity, Tag};
pub use scan::{Scanner, ScannerConfig};
