//! Reads: pages by time, records by sequence, one record by id.
//! Invariant: a page steps over at most `budget` entries of the time index and opens no more blocks than it shows
//! records; the signature stands in the index, so what does not match costs no block.

use super::super::Counters;
use super::block::{self, Records};
use super::block_at;
use super::statements::{self, MAX_SEQ, Statements, place, unplace};
use crate::{Direction, Page, PageQuery, PartitionId, Position, Record, Seq, StoreError, Stream};
use aegis_domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use std::sync::atomic::Ordering;
use uuid::Uuid;

/// An entry of the time index.
#[derive(Clone, Copy)]
struct Entry {
    at: i64,
    place: i64,
}

impl Entry {
    fn position(&self) -> Result<Position, StoreError> {
        let (partition, seq) = unplace(self.place)?;
        Ok(Position { at: Timestamp::from_millis(self.at), partition, seq })
    }
}

/// A page by time.
pub(super) fn page(conn: &Connection, query: &PageQuery, counters: &Counters) -> Result<Page, StoreError> {
    let sql = statements::of(query.stream);
    let (found, next, examined) = entries(conn, sql, query, counters)?;
    let mut blocks = Blocks::new(conn, sql, counters);
    let records = found.iter().map(|e| blocks.record(e.place)).collect::<Result<_, _>>()?;
    Ok(Page { records, next: next.map(|e| e.position()).transpose()?, examined })
}

type Found = (Vec<Entry>, Option<Entry>, usize);

/// The entries on the page, the last one looked at if there are more, and how many were looked at.
fn entries(
    conn: &Connection,
    sql: &Statements,
    query: &PageQuery,
    counters: &Counters,
) -> rusqlite::Result<Found> {
    let (limit, budget) = (query.limit.max(1), query.budget.max(1));
    let (from, to) = (query.from.millis(), query.to.millis());
    let (text, outer, start) = match query.direction {
        Direction::Descending => (sql.page_down, from, (to, i64::MIN)),
        Direction::Ascending => (sql.page_up, to, (from, i64::MIN)),
    };
    let start = match (query.after, query.direction) {
        (None, _) => start,
        (Some(p), Direction::Descending) => start.min((p.at.millis(), place(p.partition, p.seq))),
        (Some(p), Direction::Ascending) => start.max((p.at.millis(), place(p.partition, p.seq))),
    };
    let mut statement = conn.prepare_cached(text)?;
    let (mut found, mut next, mut examined) = (Vec::new(), None, 0);
    let mut rows = statement.query(params![outer, start.0, start.1])?;
    while let Some(row) = rows.next()? {
        examined += 1;
        // Most entries of a filtered page are passed over: of them only the signature is read.
        let signature: i64 = row.get(2)?;
        let wanted = admits(&query.masks, signature as u64);
        if !wanted && examined < budget {
            continue;
        }
        let entry = Entry { at: row.get(0)?, place: row.get(1)? };
        if wanted {
            found.push(entry);
        }
        if found.len() == limit || examined == budget {
            next = rows.next()?.is_some().then_some(entry);
            break;
        }
    }
    drop(rows);
    counters.entries.fetch_add(examined as u64, Ordering::Relaxed);
    counters.count_steps(&statement);
    Ok((found, next, examined))
}

fn admits(masks: &[Vec<u64>], signature: u64) -> bool {
    masks.iter().all(|any| any.iter().any(|mask| signature & mask == *mask))
}

/// Records of one partition beyond `after`.
pub(super) fn read(
    conn: &Connection,
    stream: Stream,
    partition: PartitionId,
    after: Seq,
    limit: usize,
    counters: &Counters,
) -> Result<Vec<Record>, StoreError> {
    let sql = statements::of(stream);
    let mut statement = conn.prepare_cached(sql.read_blocks)?;
    let ends = params![place(partition, 0), place(partition, after), place(partition, MAX_SEQ)];
    let mut rows = statement.query(ends)?;
    let mut records = Vec::new();
    while records.len() < limit
        && let Some(row) = rows.next()?
    {
        let block = block::decode(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?;
        counters.blocks.fetch_add(1, Ordering::Relaxed);
        let start = block.heads.partition_point(|h| h.seq <= after);
        let end = block.heads.len().min(start + (limit - records.len()));
        records.extend((start..end).map(|index| block.record(partition, index)));
    }
    drop(rows);
    counters.count_steps(&statement);
    Ok(records)
}

/// One record by id.
pub(super) fn get(
    conn: &Connection,
    stream: Stream,
    id: Uuid,
    counters: &Counters,
) -> Result<Option<Record>, StoreError> {
    let sql = statements::of(stream);
    let place: Option<i64> = conn
        .prepare_cached(sql.find_id)?
        .query_row([id.as_bytes().as_slice()], |row| row.get(0))
        .optional()?;
    place.map(|place| Blocks::new(conn, sql, counters).record(place)).transpose()
}

/// Blocks opened for one query. Neighbours in time are mostly neighbours in the log, so a few are kept.
struct Blocks<'a> {
    conn: &'a Connection,
    sql: &'static Statements,
    counters: &'a Counters,
    recent: Vec<(i64, Records)>,
}

/// Blocks kept open by a query: at most so many times 64 KiB or one record.
const RECENT: usize = 8;

impl<'a> Blocks<'a> {
    fn new(conn: &'a Connection, sql: &'static Statements, counters: &'a Counters) -> Self {
        Blocks { conn, sql, counters, recent: Vec::new() }
    }

    fn record(&mut self, place: i64) -> Result<Record, StoreError> {
        let (partition, seq) = unplace(place)?;
        let holds = |(first, block): &(i64, Records)| {
            // A block never spans partitions: its first place has the same one.
            if unplace(*first).ok()?.0 == partition { block.find(seq) } else { None }
        };
        let known = self.recent.iter().enumerate().rev().find_map(|(i, b)| Some((i, holds(b)?)));
        if let Some((block, index)) = known {
            return Ok(self.recent[block].1.record(partition, index));
        }
        let found = block_at(self.conn, self.sql, place)?;
        self.counters.blocks.fetch_add(1, Ordering::Relaxed);
        let missing = || StoreError::Corrupt(format!("no block holds the record at {place}"));
        let block = found.ok_or_else(missing)?;
        let index = holds(&block).ok_or_else(missing)?;
        let record = block.1.record(partition, index);
        if self.recent.len() == RECENT {
            self.recent.remove(0);
        }
        self.recent.push(block);
        Ok(record)
    }
}
