//! Reads events: lists, counts by value, courses over time, exports. Called by the routes of `/events`.
//! Invariant: every answer looks at a bounded number of records, and says where it stopped when that was too few.

mod counts;
mod export;
mod list;

pub use counts::{Facets, Histogram, facets, histogram, total};
pub use export::{Format, export};
pub use list::search;
