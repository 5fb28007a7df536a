//! What a backend must do. Asks for no more than SQLite and MongoDB both give: string ids, single-document
//! operators, unique inserts, indexed ranges.

mod documents;
mod error;
mod ledger;
mod log;
#[cfg(feature = "suite")]
pub mod suite;
mod tallies;

pub(crate) use tallies::add_bins;

pub use documents::{Changed, Documents, DocumentsExt, ListQuery, RawDocument, Versioned};
pub use error::StoreError;
pub use ledger::{Ledger, NewRow, Put, Row, RowKey, RowQuery, SAMPLES};
pub use log::{
    Appended, Direction, ExternalKey, Log, NewRecord, Page, PageQuery, PartitionId, Position, Record, Seq,
    Stream,
};
pub use tallies::{
    Bin, Counter, Deltas, Grain, KEPT_VALUES, MOST_VALUES, REST, Tallies, Tally, TallyKey, TallyQuery, cut,
};

use std::sync::Arc;

/// A backend: the shapes over one place of storage.
#[derive(Clone)]
pub struct Store {
    /// Small control-plane records.
    pub documents: Arc<dyn Documents>,
    /// Append-only events and audit records.
    pub log: Arc<dyn Log>,
    /// Rollups.
    pub tallies: Arc<dyn Tallies>,
    /// What vendors state.
    pub ledger: Arc<dyn Ledger>,
}
