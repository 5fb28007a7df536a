//! What happened, for whoever counts: the server makes metrics of it.
//! Called by `client`. Everything named here is bounded: words and vendors, no URLs or hosts.

use std::time::Duration;

/// Counts what happens. Called on the way, so it must be quick and must not block.
pub trait Observer: Send + Sync {
    /// Takes note of one event.
    fn observe(&self, call: &Seen<'_>, event: Event);
}

/// Which call it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen<'a> {
    /// The vendor or destination.
    pub vendor: &'a str,
    /// What the call is for.
    pub purpose: &'static str,
}

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// An attempt was answered, to its head.
    Answered {
        /// The status.
        status: u16,
        /// From the attempt's beginning.
        elapsed: Duration,
    },
    /// An attempt failed, or none was made: a word of `OutboundError::word`.
    Failed {
        /// Why.
        word: &'static str,
        /// From the attempt's beginning.
        elapsed: Duration,
    },
    /// Another attempt follows after so long.
    Retry {
        /// The wait.
        wait: Duration,
    },
    /// The vendor's pace makes the call wait.
    Paced {
        /// The wait.
        wait: Duration,
    },
    /// A body was read to its end, or as far as the caller wanted.
    Body {
        /// Bytes, unpacked.
        bytes: u64,
    },
}

/// Counts nothing.
pub struct Unobserved;

impl Observer for Unobserved {
    fn observe(&self, _: &Seen<'_>, _: Event) {}
}
