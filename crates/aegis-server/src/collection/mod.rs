//! Vendors' own figures: which vendors there are, the credentials we have for them, and what is collected with these.
//! Called by the routes of `/vendors`, `/keys` and `/collector`, and by schedules. What a vendor is asked and how its
//! answers are read is `aegis-vendors`; how a feed is walked is `aegis-collect`.
//! Invariant: a secret leaves the vault for the one call it is needed for, and goes to the address it was given for.

pub mod credentials;
mod open;
mod outbound;
pub mod vendors;

pub use open::open;
pub use outbound::{Outbound, OutboundCounts};

/// What collection needs besides the store.
pub struct Collection {
    /// For fingerprints of secrets.
    key: [u8; 32],
}

impl Collection {
    /// With the installation's key for fingerprints.
    pub fn new(key: [u8; 32]) -> Self {
        Collection { key }
    }
}
