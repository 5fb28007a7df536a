//! Money: what vendors reported, what was seen here, and how the two agree.
//! Called by the routes; the arithmetic is `aegis-spend`'s and the price book's. Invariants: no answer reads the ledger's
//! rows but the pages and exports of those rows; sums come from days that were added up before, and from the rollups.

mod absorb;
mod analytics;
mod books;
mod export;
mod figures;
mod outlook;
mod reconciliation;
mod rows;
mod summary;

pub use absorb::{AbsorbError, absorb};
pub use analytics::{Analytics, AnalyticsGroup, analytics};
pub use export::export;
pub use outlook::{Basis, OutlookView, outlook};
pub use reconciliation::{Asked, Group, Reconciliation, reconcile};
pub use rows::{UsageAsked, UsageList, usage};
pub use summary::{By, CostSummary, summary};

use aegis_domain::{Timestamp, Window};
use std::time::Duration;

/// A day.
pub(crate) const DAY: Duration = Duration::from_secs(86_400);

/// The whole days, in UTC, that a window touches: books are added up by day.
fn whole_days(window: Window) -> Window {
    Window { from: window.from.floor(DAY), to: window.to.ceil(DAY), bucket: DAY }
}

/// The first instant of each day of a window.
fn days(window: Window) -> impl Iterator<Item = Timestamp> {
    let count = (window.to.millis() - window.from.millis()) / DAY.as_millis() as i64;
    (0..count).map(move |day| Timestamp::from_millis(window.from.millis() + day * DAY.as_millis() as i64))
}
