//! What money figures add up to: a vendor's book by day, reported against observed, the month's end, an export.
//! Called by the server, which reads and writes what these functions are given. Pure: no clock, no I/O.
//! Invariants: integers only; parts add up to their whole; reported, observed and not priced are never one figure.

mod days;
mod exchange;
pub mod focus;
mod forecast;
mod reconcile;

pub use days::{DaySums, MOST_LINES, TooLarge};
pub use exchange::{Converted, convert};
pub use forecast::{Forecast, Outlook, forecast};
pub use reconcile::{Billed, Cause, Circumstances, Seen, Verdict, judge};
