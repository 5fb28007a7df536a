//! An answer whose body is read piece by piece.
//! Made by `Client::stream`; read by syncs of any length in constant memory.
//! Invariant: a body that broke never looks like one that ended.

use crate::answer::Trip;
use crate::body::Body;
use crate::call::Party;
use crate::error::OutboundError;
use crate::observe::{Event, Observer, Seen};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::sync::Arc;

/// An answer whose body is read piece by piece. Dropping it ends the connection.
pub struct Streaming {
    /// The status; 4xx and 5xx, too, once no attempt is left.
    pub status: StatusCode,
    /// The header fields, as they came.
    pub headers: HeaderMap,
    /// How the call went, up to the head.
    pub trip: Trip,
    pub(crate) body: Counted,
}

impl Streaming {
    /// Returns the next piece of the body, unpacked; none at its end. After an error, the same error again.
    pub async fn next(&mut self) -> Result<Option<Bytes>, OutboundError> {
        self.body.body.next().await
    }
}

/// A body whose size is told when it is let go of.
pub(crate) struct Counted {
    pub body: Body,
    pub observer: Arc<dyn Observer>,
    pub party: Party,
    pub purpose: &'static str,
}

impl Drop for Counted {
    fn drop(&mut self) {
        let seen = Seen { vendor: &self.party.vendor, purpose: self.purpose };
        self.observer.observe(&seen, Event::Body { bytes: self.body.progress.given });
    }
}

impl fmt::Debug for Streaming {
    /// Bodies hold what people typed, headers hold cookies: neither is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Streaming")
            .field("status", &self.status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("trip", &self.trip)
            .finish()
    }
}
