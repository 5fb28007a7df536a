//! Keeps everything AegisFlow keeps, in four shapes: documents, a log, tallies, a ledger.
//! `contract` says what a backend must do and holds the suite every backend passes; `sqlite` is the default one.
//! Called by `aegis-server` and the command line, through the traits only.

mod contract;
pub mod sqlite;

pub use contract::*;
