//! How long and how large an answer may be.
//! Called by `client`, `exchange` and `body`.
//! Invariant: every wait for a host ends; memory for one answer is at most `head` + `body` + one piece.

use std::time::Duration;

/// Header fields of an answer; large APIs send some 40.
pub(crate) const MAX_FIELDS: usize = 128;
/// Bytes of an answer's head that are taken in. HTTP/1 heads are cut at some 400 KiB by the HTTP library.
pub(crate) const MAX_HEAD: usize = 64 * 1024;
/// How long a connection may take to come up, look-up and TLS included.
pub(crate) const CONNECT: Duration = Duration::from_secs(10);

/// What one attempt may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Until the answer's head is there, connecting and redirects included.
    pub first_byte: Duration,
    /// Between two pieces of the body.
    pub idle: Duration,
    /// From the first byte sent to the last received.
    pub whole: Duration,
    /// Bytes of the body after decompression.
    pub body: u64,
}

impl Default for Limits {
    /// For one page of an admin API.
    fn default() -> Self {
        Limits {
            first_byte: Duration::from_secs(30),
            idle: Duration::from_secs(30),
            whole: Duration::from_secs(60),
            body: 16 * 1024 * 1024,
        }
    }
}

impl Limits {
    /// For a body that is read piece by piece over a long time.
    pub fn long(whole: Duration, body: u64) -> Self {
        Limits { whole, body, ..Limits::default() }
    }
}
