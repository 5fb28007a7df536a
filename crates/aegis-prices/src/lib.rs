//! What a call costs by the price book: dated list prices, and the operator's contracts that go before them.
//! Called at ingest for events whose vendor states no cost, and by reconciliation. Pure: no clock, no I/O.
//! Invariants: integers only, rounded once, half to even; a price is found by exact name or by a rule written down in
//! `name`, and says in its id what was used; what has no price is not priced, never free.

mod amount;
mod book;
mod list;
mod name;
mod rate;

pub use book::{Call, PriceBook, Priced, Reason, applicable};
pub use list::{Entry, List, Mode};
pub use rate::{Rate, Rates};

pub use amount::half_even;
