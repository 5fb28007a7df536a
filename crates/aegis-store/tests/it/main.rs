//! The SQLite backend: the contract's suite, and what is SQLite's own.
#![allow(clippy::unwrap_used)]

mod contract;
