//! Walks vendors' feeds: adapter → guarded client → rows, with checkpoints. Called by the server's schedules and by a
//! person's "sync now"; knows no vendor (that is `aegis-vendors`), opens no connection itself (`aegis-outbound`).
//! Invariants: rows are kept before the checkpoint that says so, so that a run cut anywhere goes on and ends in the same
//! ledger; every wait, list and count is bounded; no secret is in an error, a log or a `Debug`.

mod access;
mod book;
mod check;
mod place;
mod send;
mod stop;
mod sums;
mod tokens;
mod walk;
mod walker;

pub use access::Access;
pub use book::{Book, Kept};
pub use check::{Proof, check};
pub use send::{Reply, SendError, Sender};
pub use stop::{Ended, Stop};
pub use sums::{By, Group, SumError, Totals, sums};
pub use walk::{Counts, Walk};
pub use walker::{Bounds, Sink, Walker};
