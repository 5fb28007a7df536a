//! Lists that vendors keep: models, API keys, people. Kept page by page under the number of the reading that brought
//! them; the feed's state says which reading is shown.

use super::Entity;
use crate::{Ability, CredentialId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A page of a list, as the vendor gave it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InventoryPage {
    /// Read with which credential.
    pub key: CredentialId,
    /// Which list.
    pub feed: Ability,
    /// Number of the reading.
    pub reading: u64,
    /// Place of the page in it.
    pub page: u64,
    /// What it lists.
    pub items: Vec<Value>,
}

impl InventoryPage {
    /// What the ids of a reading's pages begin with.
    pub fn prefix(key: CredentialId, feed: Ability, reading: u64) -> String {
        format!("{key}/{}/{reading:012}/", feed.as_str())
    }
}

impl Entity for InventoryPage {
    const COLLECTION: &'static str = "inventory";

    fn id(&self) -> String {
        format!("{}{:08}", InventoryPage::prefix(self.key, self.feed, self.reading), self.page)
    }
}
