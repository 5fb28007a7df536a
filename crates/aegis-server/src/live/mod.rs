//! Live streams: new events to whoever watches, as they become durable.
//! One task reads the log and parses each event once; each subscriber has a filter and a bounded queue.
//! Invariant: a slow client never slows the server: what does not fit its queue is counted and reported as a gap.

mod hub;
mod session;

pub use hub::{Live, run};
pub use session::serve;
