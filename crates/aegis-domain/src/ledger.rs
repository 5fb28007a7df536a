//! What vendors say was used and what it cost: rows that are replaced by key, because vendors revise their figures.
//! Made by a vendor's adapter, kept by the store, compared with the log by reconciliation.
//! Invariant: the key is the credential, the kind, the vendor's own bucket and the dimensions; nothing else.

use crate::{Ability, Exact, Money, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The book that a feed of a credential is kept in.
pub fn book_of(credential: &str, feed: Ability) -> String {
    format!("{credential}/{}", feed.as_str())
}

/// What a row states.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LedgerKind {
    /// Tokens, requests and other quantities.
    Usage,
    /// Money by the vendor's own word.
    Cost,
    /// Money left at an instant; `from` equals `to`.
    Balance,
}

/// The vendor's names for what a row is about. A dimension the vendor did not split by is absent, never empty.
#[derive(
    Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(default)]
pub struct Dimensions {
    /// Model as the vendor writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Project, workspace, resource or resource group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// Person or account, by the vendor's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// API key, by the vendor's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_key: Option<String>,
    /// What was bought: `completions`, a SKU, a line of the bill.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Standard, batch, priority…
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// Where it was processed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// What only this vendor has, by its own name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, String>,
}

/// How much was used. A figure the vendor does not state is absent: 0 is a figure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Quantities {
    /// Calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests: Option<u64>,
    /// All input tokens, cached and cache-written ones included, whatever the vendor's own field includes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_tokens: Option<u64>,
    /// Of those, read from the vendor's cache.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cached_input_tokens: Option<u64>,
    /// Of those, written to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_write_tokens: Option<u64>,
    /// All output tokens, reasoning included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_tokens: Option<u64>,
    /// Of those, spent on reasoning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning_tokens: Option<u64>,
    /// Everything else by unit: `images`, `seconds`, `characters`, `credits`, `searches`…
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, Exact>,
}

/// One row of a vendor's books, before it is known under which credential it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerRow {
    /// What it states.
    pub kind: LedgerKind,
    /// The vendor's bucket: first instant.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
    /// What it is about.
    #[serde(default)]
    pub dimensions: Dimensions,
    /// What was used.
    #[serde(default)]
    pub quantities: Quantities,
    /// What it cost, or for a balance what is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub money: Option<Money>,
    /// True where the vendor itself calls the figure an estimate.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub estimate: bool,
}
