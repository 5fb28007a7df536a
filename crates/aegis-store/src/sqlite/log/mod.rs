//! The log on SQLite: `append` writes, `page` reads, `purge` forgets; `block` is the stored form.

mod append;
mod block;
mod external;
mod page;
mod purge;
mod statements;

pub(super) use append::Appender;

use super::Sqlite;
use super::error::store_error;
use super::queue::Load;
use crate::{Appended, Log, NewRecord, Page, PageQuery, PartitionId, Record, Seq, StoreError, Stream};
use aegis_domain::Timestamp;
use block::Records;
use rusqlite::{Connection, OptionalExtension, params};
use statements::{PARTITIONS, Statements};
use tokio::sync::watch;
use uuid::Uuid;

/// The partition `append_at` writes to, from any process.
const SHARED: PartitionId = 0;
/// The partition `append` writes to.
const OWN: PartitionId = 1;

/// What a record takes of the queue beside its body.
const RECORD_OVERHEAD: usize = 128;

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
                let run = || {
                    let mut statement = tx.prepare_cached(PARTITIONS)?;
                    let rows = statement.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
                    rows.collect::<Result<Vec<_>, _>>()
                };
                run().map_err(|e| store_error(&e))
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
        let load = Load::default();
        self.inner
            .writer
            .submit(load, |tx| {
                let beat = "INSERT INTO meta (key, value) VALUES ('checked_at', ?1) \
                            ON CONFLICT (key) DO UPDATE SET value = excluded.value";
                tx.conn.prepare_cached(beat)?.execute([tx.now.millis()])?;
                Ok(())
            })
            .await
    }

    fn queue(&self) -> (usize, usize) {
        self.inner.writer.queue.depth()
    }
}

/// The block that would hold the record at `place`, with its own place.
fn block_at(conn: &Connection, sql: &Statements, place: i64) -> Result<Option<(i64, Records)>, StoreError> {
    let find = || {
        conn.prepare_cached(sql.find_block)?
            .query_row(params![place], |row| Ok((row.get(0)?, block::decode(row.get_ref(1)?.as_blob()?))))
            .optional()
    };
    match find().map_err(|e| store_error(&e))? {
        Some((first, block)) => Ok(Some((first, block?))),
        None => Ok(None),
    }
}
