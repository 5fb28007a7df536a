//! The suite every format passes, over recorded pairs, and what no pair may do.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod admin;
mod conformance;
mod hostile;
mod otlp;
#[allow(dead_code, reason = "shared with the fuzz target, which uses more")]
mod properties;
mod registry;
mod regressions;
