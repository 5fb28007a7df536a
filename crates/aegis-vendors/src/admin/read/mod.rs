//! Reading answers: JSON into an adapter's own types, figures exactly, times in every form vendors write them, and
//! vendors' messages in a form that may be shown. Writing what requests need of the same.
//! Invariant: no answer makes it panic, no error repeats a value of one.

mod json;
mod number;
mod problem;
mod text;
mod time;

pub use json::{json, lines, nullable, token};
pub use number::{Count, Number};
pub use problem::{Problem, retry_after};
pub use text::{clip, segment, shown};
pub use time::{Time, date, seconds, utc};
