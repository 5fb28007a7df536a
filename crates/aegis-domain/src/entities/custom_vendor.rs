//! A vendor of the organisation's own, read through a collector that it put up.

use super::Entity;
use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// A vendor that is not one of the twelve. Its address does not change: another address is another vendor, so that a
/// token is never sent where it was not given for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomVendor {
    /// A short name, as URLs and the ledger have it: `claims-llm`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Where its pages are asked.
    pub collector_url: String,
    /// Where the fields stand in its answers, as JSON; none for our own shape.
    #[serde(default)]
    pub mapping: Option<String>,
    /// Who made it and answers for it.
    pub owner: String,
    /// Others than the owner see it.
    pub shared: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Entity for CustomVendor {
    const COLLECTION: &'static str = "custom_vendors";

    fn id(&self) -> String {
        self.id.clone()
    }
}
