//! Vendors' own figures: which vendors there are, the credentials we have for them, and what is collected with these.
//! Called by the routes of `/vendors`, `/keys` and `/collector`, and by schedules. What a vendor is asked and how its
//! answers are read is `aegis-vendors`; how a feed is walked is `aegis-collect`.
//! Invariant: a secret leaves the vault for the one call it is needed for, and goes to the address it was given for.

pub mod breakers;
pub mod coverage;
pub mod credentials;
mod cron;
pub mod destinations;
mod feed;
pub mod inventory;
mod lead;
mod lease;
pub mod map;
mod open;
mod outbound;
mod plan;
mod record;
pub mod runs;
pub mod schedules;
mod sink;
mod under_way;
pub mod vendors;
mod work;

pub use lead::{round, run};
pub use open::open;
pub use outbound::{Outbound, OutboundCounts};
pub use under_way::Collection;
