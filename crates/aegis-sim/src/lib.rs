//! The world outside AegisFlow, made up: a simulator of the vendors' APIs (`router`) and, in time, an organisation
//! that uses them.
//! Called by `aegisflow sim` and `aegisflow demo`. Made from the vendors' documents; never uses our own parsers, so
//! that a misreading shows.

mod api;
mod dice;
mod phrase;

pub use api::{SimConfig, router, router_at};
