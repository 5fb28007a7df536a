//! What a host answered, whatever the status: reading it is the caller's part.
//! Made by `client`.

use crate::breaker::BreakerState;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::time::Duration;

/// A whole answer.
pub struct Answer {
    /// The status; 4xx and 5xx, too, once no attempt is left.
    pub status: StatusCode,
    /// The header fields, as they came.
    pub headers: HeaderMap,
    /// The body, unpacked.
    pub body: Bytes,
    /// How the call went.
    pub trip: Trip,
}

/// How a call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trip {
    /// Attempts made.
    pub attempts: u32,
    /// From the call to the answer (of a stream, to its head), waits included.
    pub elapsed: Duration,
    /// The breaker after it.
    pub breaker: BreakerState,
    /// How long the host asks to wait before the next call.
    pub retry_after: Option<Duration>,
}

impl fmt::Debug for Answer {
    /// Bodies hold what people typed, headers hold cookies: neither is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body_bytes", &self.body.len())
            .field("trip", &self.trip)
            .finish()
    }
}
