//! The ledger: rows that are replaced by key, because whoever states them revises them.
//! Invariants: a key names one row of its book; putting the same rows again changes nothing but the run that saw them;
//! a replaced body stays readable as the one before; rows come out by instant, then key.

use super::StoreError;
use aegis_domain::Timestamp;

/// What makes a row the same row: a hash of its bucket and dimensions, by whoever puts it.
pub type RowKey = [u8; 16];

/// The run under which samples are put: rows that no later reading states again, so that none takes them back.
pub const SAMPLES: u64 = u64::MAX;

/// A row to put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRow {
    /// The instant it is listed under: with `key` its place in the book.
    pub at: Timestamp,
    /// Which row.
    pub key: RowKey,
    /// What it states, as bytes the store does not read. Equal bytes are the same statement.
    pub body: Vec<u8>,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// Its key was not there, or had been withdrawn.
    New,
    /// It says something else than before.
    Changed,
    /// It says what it said.
    Same,
}

/// A row as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The instant it is listed under.
    pub at: Timestamp,
    /// Which row.
    pub key: RowKey,
    /// What it states; none: withdrawn.
    pub body: Option<Vec<u8>>,
    /// How often it has changed since it was new.
    pub revision: u32,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// What it stated before that; none for a row that never changed.
    pub before: Option<Vec<u8>>,
}

/// A page of a book.
#[derive(Debug, Clone)]
pub struct RowQuery {
    /// Which book.
    pub book: String,
    /// First instant inside.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
    /// Strictly beyond this row.
    pub after: Option<(Timestamp, RowKey)>,
    /// At most so many.
    pub limit: usize,
}

/// Rows replaced by key, in books.
#[async_trait::async_trait]
pub trait Ledger: Send + Sync {
    /// Puts rows, in order, and notes that `run` saw them; answers when they are durable. Of two rows with one place
    /// the later counts.
    async fn put(&self, book: &str, run: u64, rows: Vec<NewRow>) -> Result<Vec<Put>, StoreError>;

    /// Withdraws rows of [from, to) that another run than `run` saw last: what a complete reading of that window no
    /// longer has. Samples stay. At most `limit` at once; returns how many, so call again until it is 0.
    async fn withdraw(
        &self,
        book: &str,
        from: Timestamp,
        to: Timestamp,
        run: u64,
        limit: usize,
    ) -> Result<usize, StoreError>;

    /// Rows by instant, then key, withdrawn ones among them.
    async fn rows(&self, query: RowQuery) -> Result<Vec<Row>, StoreError>;

    /// Deletes at most `limit` rows of a book listed before `before`. Returns how many.
    async fn forget(&self, book: &str, before: Timestamp, limit: usize) -> Result<usize, StoreError>;
}
