//! The client against real sockets: what it refuses, waits for, gives up and never shows.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod breaker;
mod guard;
mod limits;
mod properties;
mod proxy;
mod redirects;
mod regressions;
mod retry;
mod rig;
mod secrets;
mod server;
mod tls;
