//! The simulator over its router, as a client sees it; the traffic over real HTTP.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod api;
mod shape;
mod traffic;
