//! The product as its users meet it: the real binary, over HTTP, with real files, signals and full disks.
//! Folders mirror what they test; `harness` starts servers and talks to them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(
    clippy::disallowed_methods,
    reason = "the bans are the server's; here threads wait and clocks are read"
)]

mod collector;
mod cost;
mod durability;
#[allow(dead_code, reason = "a harness offers more than one test needs")]
mod harness;
mod http;
mod ingest;
mod money;
mod operator;
mod privacy;
mod vault;
