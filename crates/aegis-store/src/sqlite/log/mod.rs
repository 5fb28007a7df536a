//! The log on SQLite: `append` writes, `page` reads, `purge` forgets; `block` is the stored form.

mod append;
mod block;
mod external;
mod page;
mod purge;
mod statements;

pub(super) use append::Appender;

use super::Sqlite;
use super::queue::Load;
use crate::{Appended, Log, NewRecord, Page, PageQuery, PartitionId, Record, Seq, StoreError, Stream};
use aegis_domain::Timestamp;
use block::Records;
use rusqlite::Connection;
use statements::{PARTITIONS, Statements};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use uuid::Uuid;

/// The partition `append_at` writes to, from any process.
const SHARED: PartitionId = 0;
/// The partition `append` writes to.
const OWN: PartitionId = 1;

/// What a record takes of the queue beside its body.
const RECORD_OVERHEAD: usize = 128;

/// What `check` writes: as much as a small batch takes, because a disk with room for less is full.
const CHECK_BYTES: usize = 64 << 10;
/// A check that went well holds so long, so that asking often costs nothing.
const CHECK_HOLDS: Duration = Duration::from_secs(1);

#[async_trait::async_trait]
impl Log for Sqlite {
    async fn append(&self, stream: Stream, records: Vec<NewRecord>) -> Result<Vec<Appended>, StoreError> {
        if records.is_empty() {
            return Ok(Vec::new());
        }
        let bytes = records.iter().map(|r| r.body.len() + RECORD_OVERHEAD).sum();
        let load = Load { records: records.len(), bytes };
        self.inner.writer.submit(load, move |tx| tx.log.append(tx.conn, stream, &records)).await
    }

    async fn append_at(&self, stream: Stream, seq: Seq, record: NewRecord) -> Result<(), StoreError> {
        let load = Load::default();
        self.inner.writer.submit(load, move |tx| tx.log.append_at(tx.conn, stream, seq, &record)).await
    }

    async fn partitions(&self, stream: Stream) -> Result<Vec<(PartitionId, Seq)>, StoreError> {
        let number = statements::of(stream).number;
        self.inner
            .readers
            .read(move |tx| {
                let mut statement = tx.prepare_cached(PARTITIONS)?;
                let rows = statement.query_and_then([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
                rows.collect()
            })
            .await
    }

    async fn read(
        &self,
        stream: Stream,
        partition: PartitionId,
        after: Seq,
        limit: usize,
    ) -> Result<Vec<Record>, StoreError> {
        let counters = self.counters();
        self.inner.readers.read(move |tx| page::read(tx, stream, partition, after, limit, &counters)).await
    }

    async fn page(&self, query: PageQuery) -> Result<Page, StoreError> {
        let counters = self.counters();
        self.inner.readers.read(move |tx| page::page(tx, &query, &counters)).await
    }

    async fn get(&self, stream: Stream, id: Uuid) -> Result<Option<Record>, StoreError> {
        let counters = self.counters();
        self.inner.readers.read(move |tx| page::get(tx, stream, id, &counters)).await
    }

    async fn purge(&self, stream: Stream, before: Timestamp, limit: usize) -> Result<usize, StoreError> {
        let load = Load::default();
        self.inner.writer.submit(load, move |tx| tx.log.purge(tx.conn, stream, before, limit)).await
    }

    fn appended(&self) -> watch::Receiver<u64> {
        self.inner.appended.clone()
    }

    async fn check(&self) -> Result<(), StoreError> {
        if self.inner.checked.lock().is_some_and(|at| at.elapsed() < CHECK_HOLDS) {
            return Ok(());
        }
        let beat = "INSERT INTO meta (key, value) VALUES ('checked', zeroblob(?1)) \
                    ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        self.inner
            .writer
            .submit(Load::default(), move |tx| {
                tx.conn.prepare_cached(beat)?.execute([CHECK_BYTES])?;
                Ok(())
            })
            .await?;
        *self.inner.checked.lock() = Some(Instant::now());
        Ok(())
    }

    fn queue(&self) -> (usize, usize) {
        self.inner.writer.queue.depth()
    }
}

/// The block that would hold the record at `place`, with its own place.
fn block_at(conn: &Connection, sql: &Statements, place: i64) -> Result<Option<(i64, Records)>, StoreError> {
    let mut statement = conn.prepare_cached(sql.find_block)?;
    let mut rows = statement.query_and_then([place], |row| {
        Ok((row.get(0)?, block::decode(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?))
    })?;
    rows.next().transpose()
}
