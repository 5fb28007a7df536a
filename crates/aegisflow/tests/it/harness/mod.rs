//! Starts servers and talks to them. Used by every test of this binary.
//! Invariant: nothing outlives its test: a dropped server is killed, a dropped folder deleted.

pub mod answer;
pub mod client;
pub mod events;
pub mod live;
pub mod random;
pub mod raw;
pub mod server;
pub mod skip;

pub use answer::Answer;
pub use client::Client;
pub use live::Live;
pub use random::Random;
pub use server::{Launch, Server};

/// A folder of its own for a test.
pub fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("aegisflow-it-").tempdir().unwrap()
}
