//! A day of a vendor's book, added up: what pages about money read in place of the rows.
//! Made again as a whole from the rows of the day whenever a run may have changed them. Invariants: lines are bounded,
//! what was not kept apart is in the lines marked `other`, and all lines together are all rows of the day.

use super::Entity;
use crate::{Currency, LedgerKind, Timestamp};
use serde::{Deserialize, Serialize};

/// A day of a book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerDay {
    /// First instant of the day, in UTC. A row belongs to the day its bucket begins in.
    pub day: Timestamp,
    /// Which book.
    pub book: String,
    /// Of which vendor.
    pub vendor: String,
    /// Read under which credential.
    pub credential: String,
    /// When it was added up.
    pub as_of: Timestamp,
    /// The sums.
    pub lines: Vec<LedgerLine>,
}

/// What a line is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LineKey {
    /// What its rows state.
    pub kind: LedgerKind,
    /// True: everything that was not kept apart; then all names are absent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub other: bool,
    /// True where the vendor itself calls the figure an estimate.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub estimate: bool,
    /// In which currency, where the rows state money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Model as the vendor writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Project, workspace, resource.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// API key, by the vendor's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_key: Option<String>,
    /// Tier, by the vendor's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
}

/// A sum of rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerLine {
    /// What it is about.
    #[serde(flatten)]
    pub key: LineKey,
    /// Rows in it.
    pub rows: u64,
    /// Billionths of the currency's unit, each row rounded once, half to even.
    #[serde(default)]
    pub nano: i64,
    /// Calls.
    #[serde(default)]
    pub requests: u64,
    /// Input tokens, cached and cache-written ones included.
    #[serde(default)]
    pub input_tokens: u64,
    /// Of those, read from the cache.
    #[serde(default)]
    pub cached_input_tokens: u64,
    /// Of those, written to it.
    #[serde(default)]
    pub cache_write_tokens: u64,
    /// Output tokens, reasoning included.
    #[serde(default)]
    pub output_tokens: u64,
    /// Of those, spent on reasoning.
    #[serde(default)]
    pub reasoning_tokens: u64,
}

impl LedgerDay {
    /// The id of a book's day; ids sort by day.
    pub fn id_of(day: Timestamp, book: &str) -> String {
        format!("{}/{book}", Self::prefix(day))
    }

    /// What the ids of a day begin with; those of later days sort after.
    pub fn prefix(day: Timestamp) -> String {
        let (year, month, day) = day.date();
        format!("{year:04}-{month:02}-{day:02}")
    }
}

impl Entity for LedgerDay {
    const COLLECTION: &'static str = "ledger_days";

    fn id(&self) -> String {
        Self::id_of(self.day, &self.book)
    }
}
