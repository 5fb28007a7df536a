//! The world outside AegisFlow, made up: a simulator of the vendors' APIs (`router`) and an organisation that uses them
//! (`run_history`, `run_live`).
//! Called by `aegisflow sim` and `aegisflow demo`. Made from the vendors' documents; never uses our own parsers, so
//! that a misreading shows.

mod api;
mod dice;
mod org;
mod phrase;
mod traffic;

pub use api::{SimConfig, router, router_at};
pub use traffic::{HistoryConfig, Ingest, LiveConfig, Report, TrafficError, run_history, run_live};
