//! The log: records in partitions, each with one writer and increasing sequence numbers.
//! Invariants: what `append` acknowledged survives a crash; nothing ever appears at or below a published high-water
//! mark; a record whose external key was seen before is not stored again; a page's work is bounded.

use super::StoreError;
use aegis_domain::Timestamp;
use std::sync::Arc;
use uuid::Uuid;

/// A partition: small, handed out by the store.
pub type PartitionId = u32;
/// A place in a partition, from 1; holes are legal and final.
pub type Seq = u64;

/// What kind of records: each stream has its own partitions and its own time index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stream {
    /// AI interactions.
    Events,
    /// Privileged acts.
    Audit,
    /// What vendors' audit logs say.
    VendorAudit,
}

impl Stream {
    /// All of them.
    pub const ALL: [Stream; 3] = [Stream::Events, Stream::Audit, Stream::VendorAudit];
}

/// Hash of what the caller calls the record; unique in its stream.
pub type ExternalKey = [u8; 16];

/// A record to append.
#[derive(Debug, Clone)]
pub struct NewRecord {
    /// Ours; unique in its stream.
    pub id: Uuid,
    /// The instant it is listed under.
    pub at: Timestamp,
    /// Filter bits (`aegis_domain::Signature`).
    pub signature: u64,
    /// Makes repeats harmless.
    pub external: Option<ExternalKey>,
    /// What is kept, as bytes the store does not read.
    pub body: Vec<u8>,
}

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// Kept.
    Stored {
        /// Its place.
        seq: Seq,
    },
    /// Known already, under this id.
    Duplicate {
        /// The first one's id.
        id: Uuid,
    },
}

/// A record as kept.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its partition.
    pub partition: PartitionId,
    /// Its place there.
    pub seq: Seq,
    /// Ours.
    pub id: Uuid,
    /// The instant it is listed under.
    pub at: Timestamp,
    /// Filter bits.
    pub signature: u64,
    /// The bytes.
    pub body: Arc<[u8]>,
}

/// Where a page ended: opaque to callers but for ordering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Instant of the last record looked at.
    pub at: Timestamp,
    /// Its partition.
    pub partition: PartitionId,
    /// Its place.
    pub seq: Seq,
}

/// Which end a page starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Newest first.
    Descending,
    /// Oldest first.
    Ascending,
}

/// A page by time.
#[derive(Debug, Clone)]
pub struct PageQuery {
    /// Which stream.
    pub stream: Stream,
    /// First instant inside.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
    /// For each element one of its masks must be set in the record's signature.
    pub masks: Vec<Vec<u64>>,
    /// Which end first.
    pub direction: Direction,
    /// Strictly beyond this.
    pub after: Option<Position>,
    /// At most so many records.
    pub limit: usize,
    /// At most so many index entries looked at: the bound on a page's work.
    pub budget: usize,
}

/// A page, possibly short.
#[derive(Debug, Clone)]
pub struct Page {
    /// Records whose signature passed.
    pub records: Vec<Record>,
    /// Where to go on; none at the end.
    pub next: Option<Position>,
    /// Index entries looked at.
    pub examined: usize,
}

/// Append-only records.
#[async_trait::async_trait]
pub trait Log: Send + Sync {
    /// Appends, in order, to this process's own partition of `stream`; answers when the records are durable.
    /// Refused whole with `Busy` when the queue is full. Repeats within the batch count too.
    async fn append(&self, stream: Stream, records: Vec<NewRecord>) -> Result<Vec<Appended>, StoreError>;

    /// Appends one record at exactly `seq` of the stream's shared partition 0; `Conflict` when that place is taken.
    /// For chains, where the writer must know its predecessor and writers may be several.
    async fn append_at(&self, stream: Stream, seq: Seq, record: NewRecord) -> Result<(), StoreError>;

    /// The partitions of a stream, each with its high-water mark.
    async fn partitions(&self, stream: Stream) -> Result<Vec<(PartitionId, Seq)>, StoreError>;

    /// Records of one partition beyond `after`, in order, up to the high-water mark.
    async fn read(
        &self,
        stream: Stream,
        partition: PartitionId,
        after: Seq,
        limit: usize,
    ) -> Result<Vec<Record>, StoreError>;

    /// A page by time.
    async fn page(&self, query: PageQuery) -> Result<Page, StoreError>;

    /// One record.
    async fn get(&self, stream: Stream, id: Uuid) -> Result<Option<Record>, StoreError>;

    /// Deletes at most `limit` records older than `before`; their external keys are forgotten. Returns how many.
    async fn purge(&self, stream: Stream, before: Timestamp, limit: usize) -> Result<usize, StoreError>;

    /// Changes whenever a record became durable; carries a running count.
    fn appended(&self) -> tokio::sync::watch::Receiver<u64>;

    /// Fails when the log could not take a record now, and says why: for `/ready`.
    async fn check(&self) -> Result<(), StoreError>;

    /// Records waiting for their commit, and how many the queue holds at most.
    fn queue(&self) -> (usize, usize);
}
