//! The simulator over its router, as a client sees it; the traffic over real HTTP.
// Whoever starts something here waits for it; there is no server to hang it on.
#![allow(clippy::disallowed_methods)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod admin;
mod api;
mod shape;
mod traffic;
