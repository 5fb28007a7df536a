//! Appends: gathers the records of a transaction, then writes them as blocks with their index entries.
//! Used by the writer thread alone. Invariant: after `forget` nothing of an undone transaction is remembered.

use super::super::error::{Failure, is_taken};
use super::block::{Codec, Records};
use super::external::{External, KeyMap};
use super::statements::{self, READ_HIGH, Statements, WRITE_HIGH, place, unplace};
use super::{OWN, SHARED, block_at, purge};
use crate::{Appended, ExternalKey, NewRecord, PartitionId, Seq, StoreError, Stream};
use aegis_domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

/// The records of the transaction at hand.
pub(in crate::sqlite) struct Appender {
    /// By stream, as `of` finds them.
    streams: [Gathered; Stream::ALL.len()],
    codec: Codec,
    /// Records written already.
    written: u64,
}

struct Gathered {
    sql: &'static Statements,
    /// The last sequence number given out in our own partition; read anew in each transaction.
    high: Option<Seq>,
    records: Records,
    /// The external keys among them.
    keys: KeyMap<Uuid>,
    /// Those of all records before.
    external: External,
    /// `external` agrees with the file: asked once in each transaction.
    synced: bool,
}

impl Appender {
    pub(in crate::sqlite) fn new() -> Result<Self, StoreError> {
        let gathered = |stream| Gathered {
            sql: statements::of(stream),
            high: None,
            records: Records::default(),
            keys: KeyMap::default(),
            external: External::default(),
            synced: false,
        };
        Ok(Appender { streams: Stream::ALL.map(gathered), codec: Codec::new()?, written: 0 })
    }

    /// Takes records into the transaction, in order. A known external key is answered with its first record's id.
    pub(in crate::sqlite) fn append(
        &mut self,
        conn: &Connection,
        stream: Stream,
        records: &[NewRecord],
    ) -> Result<Vec<Appended>, Failure> {
        let gathered = of(&mut self.streams, stream);
        records.iter().map(|record| gathered.add(conn, record)).collect()
    }

    /// Writes one record at a place of the shared partition.
    pub(in crate::sqlite) fn append_at(
        &mut self,
        conn: &Connection,
        stream: Stream,
        seq: Seq,
        record: &NewRecord,
    ) -> Result<(), Failure> {
        let sql = statements::of(stream);
        if seq <= high(conn, sql, SHARED)? {
            return Err(StoreError::Conflict { entity: sql.name, id: seq.to_string() }.into());
        }
        if let Some(key) = &record.external
            && of(&mut self.streams, stream).known(conn, key)?.is_some()
        {
            return Err(StoreError::Duplicate { entity: sql.name, key: "external id".into() }.into());
        }
        let mut one = Records::default();
        one.push(seq, record);
        // Should its id be taken, something was written before that showed.
        write(conn, sql, &mut self.codec, SHARED, &one).map_err(Failure::Broken)?;
        self.written += 1;
        if let Some(key) = &record.external {
            // One by one: this partition is for few records.
            conn.prepare_cached(sql.insert_external)?.execute(params![key.as_slice(), place(SHARED, seq)])?;
        }
        Ok(())
    }

    /// Deletes old records; those of the transaction at hand are not among them.
    pub(in crate::sqlite) fn purge(
        &mut self,
        conn: &Connection,
        stream: Stream,
        before: Timestamp,
        limit: usize,
    ) -> Result<usize, Failure> {
        let gathered = of(&mut self.streams, stream);
        gathered.sync(conn)?;
        purge::purge(conn, &mut self.codec, &mut gathered.external, stream, before, limit)
    }

    /// Writes what was gathered; returns how many records the transaction holds.
    pub(in crate::sqlite) fn flush(&mut self, conn: &Connection) -> Result<u64, StoreError> {
        let mut stored = std::mem::take(&mut self.written);
        for gathered in &mut self.streams {
            let heads = &gathered.records.heads;
            if !heads.is_empty() {
                write(conn, gathered.sql, &mut self.codec, OWN, &gathered.records)?;
                let keys = heads.iter().filter_map(|h| Some((place(OWN, h.seq), h.external?)));
                let keys: Vec<_> = keys.collect();
                gathered.external.add(conn, gathered.sql, &keys)?;
                stored += heads.len() as u64;
            }
            gathered.clear();
        }
        Ok(stored)
    }

    /// Forgets the transaction at hand.
    pub(in crate::sqlite) fn forget(&mut self) {
        self.written = 0;
        for gathered in &mut self.streams {
            gathered.clear();
            gathered.external.forget();
        }
    }
}

/// What is gathered of a stream.
fn of(streams: &mut [Gathered; Stream::ALL.len()], stream: Stream) -> &mut Gathered {
    let [events, audit, vendor_audit] = streams;
    match stream {
        Stream::Events => events,
        Stream::Audit => audit,
        Stream::VendorAudit => vendor_audit,
    }
}

impl Gathered {
    fn add(&mut self, conn: &Connection, record: &NewRecord) -> Result<Appended, Failure> {
        if let Some(key) = &record.external {
            if let Some(id) = self.known(conn, key)? {
                return Ok(Appended::Duplicate { id });
            }
            self.keys.insert(*key, record.id);
        }
        // Read in each transaction, not kept: another process may have appended meanwhile.
        let seq = match self.high {
            Some(seq) => seq,
            None => high(conn, self.sql, OWN)?,
        } + 1;
        self.high = Some(seq);
        self.records.push(seq, record);
        Ok(Appended::Stored { seq })
    }

    /// The id of the record with this key, be it stored or in the transaction at hand.
    fn known(&mut self, conn: &Connection, key: &ExternalKey) -> Result<Option<Uuid>, Failure> {
        if let Some(id) = self.keys.get(key) {
            return Ok(Some(*id));
        }
        self.sync(conn)?;
        let Some(place) = self.external.find(conn, self.sql, key)? else { return Ok(None) };
        let (_, seq) = unplace(place)?;
        let (_, block) = block_at(conn, self.sql, place)?
            .ok_or_else(|| StoreError::Corrupt(format!("no block holds the record at {place}")))?;
        let head = block.find(seq).map(|i| &block.heads[i]);
        let head =
            head.ok_or_else(|| StoreError::Corrupt(format!("the record at {place} is not in its block")))?;
        Ok(Some(head.id))
    }

    /// Nobody else writes while the transaction is open, so that one look is enough.
    fn sync(&mut self, conn: &Connection) -> Result<(), StoreError> {
        if !self.synced {
            self.external.sync(conn, self.sql)?;
            self.synced = true;
        }
        Ok(())
    }

    fn clear(&mut self) {
        self.high = None;
        self.synced = false;
        self.records.clear();
        self.keys.clear();
    }
}

fn high(conn: &Connection, sql: &Statements, partition: PartitionId) -> rusqlite::Result<Seq> {
    let high = conn
        .prepare_cached(READ_HIGH)?
        .query_row(params![sql.number, partition], |row| row.get(0))
        .optional()?;
    Ok(high.unwrap_or(0))
}

/// Writes records of one partition: blocks, index entries, the high-water mark.
fn write(
    conn: &Connection,
    sql: &Statements,
    codec: &mut Codec,
    partition: PartitionId,
    records: &Records,
) -> Result<(), StoreError> {
    let Some(last) = records.heads.last() else { return Ok(()) };
    let at = |seq| place(partition, seq);
    let mut insert = conn.prepare_cached(sql.insert_block)?;
    for heads in records.blocks() {
        let body = codec.encode(records, heads)?;
        insert.execute(params![at(heads[0].seq), body])?;
    }
    let index = || {
        let mut order: Vec<usize> = (0..records.heads.len()).collect();
        let heads = &records.heads;
        // In the order of each index, so that neighbours fall on the same page.
        order.sort_unstable_by_key(|&i| (heads[i].at, heads[i].seq));
        let mut insert = conn.prepare_cached(sql.insert_time)?;
        for head in order.iter().map(|&i| &heads[i]) {
            insert.execute(params![head.at.millis(), at(head.seq), head.signature as i64])?;
        }
        order.sort_unstable_by_key(|&i| heads[i].id);
        let mut insert = conn.prepare_cached(sql.insert_id)?;
        for head in order.iter().map(|&i| &heads[i]) {
            insert.execute(params![head.id.as_bytes().as_slice(), at(head.seq)])?;
        }
        conn.prepare_cached(WRITE_HIGH)?.execute(params![sql.number, partition, last.seq as i64])
    };
    match index() {
        Ok(_) => Ok(()),
        Err(e) if is_taken(&e) => Err(StoreError::Duplicate { entity: sql.name, key: "id".into() }),
        Err(e) => Err(e.into()),
    }
}
