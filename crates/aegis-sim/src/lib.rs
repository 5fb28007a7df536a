//! The world outside AegisFlow, made up: a simulator of the vendors' APIs (`router`) and an organisation that uses them
//! (`run_history`, `run_live`); and plain load for benches (`run_load`).
//! Called by `aegisflow sim` and `aegisflow demo`. Made from the vendors' documents; never uses our own parsers, so
//! that a misreading shows.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that cannot go on should stop"))]

mod api;
mod dice;
mod load;
mod org;
mod phrase;
mod traffic;

pub use api::{SimConfig, router, router_at};
pub use load::{LoadConfig, LoadError, LoadReport, run_load};
pub use traffic::{HistoryConfig, Ingest, LiveConfig, Report, TrafficError, run_history, run_live};
