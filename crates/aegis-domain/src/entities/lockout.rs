//! Counts failed log-ins of an account or an address.

use super::Entity;
use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// Failures within one period. A new period is a new document, so counting needs no reset.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Lockout {
    /// `account:<hash>` or `address:<address>`, and the period's number.
    pub id: String,
    /// Failures so far.
    pub failures: i64,
    /// When the document can go.
    pub expires_at: Timestamp,
}

impl Entity for Lockout {
    const COLLECTION: &'static str = "lockouts";

    fn id(&self) -> String {
        self.id.clone()
    }
}
