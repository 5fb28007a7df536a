//! Adds what a span of the log says to a set of tallies, once.
//! The sums are worked out by a reader and written by the writer, if the set has not changed in between; if it has,
//! the writer works them out itself.

use super::super::error::Failure;
use super::super::writer::Transaction;
use super::sets::{self, Set};
use super::{codec, grain_number, read};
use crate::{Deltas, PartitionId, Seq, StoreError};
use rusqlite::{Connection, params};

/// A span of one partition, what it adds, and the set that absorbs it.
pub(super) struct Span {
    pub(super) set: String,
    pub(super) partition: PartitionId,
    pub(super) after: Seq,
    pub(super) upto: Seq,
    /// Sorted, each key once.
    pub(super) deltas: Deltas,
}

/// The sums of a set's tallies and a span's, in the order of its deltas, stored form.
pub(super) struct Sums {
    of: Option<Set>,
    rows: Vec<(Vec<u8>, Vec<u8>)>,
}

/// Works out the sums as the set stands now.
pub(super) fn sums(conn: &Connection, span: &Span) -> Result<Sums, StoreError> {
    let of = sets::find(conn, &span.set)?;
    let mut select = conn.prepare_cached(
        "SELECT counters, sketches FROM tally \
         WHERE number = ?1 AND grain = ?2 AND dimension = ?3 AND bucket = ?4 AND value = ?5",
    )?;
    let mut rows = Vec::with_capacity(span.deltas.len());
    for (key, delta) in &span.deltas {
        // The stored one first: merging into it also sorts the delta's bins, which the encoding needs.
        let mut sum = match of {
            Some(Set { number, .. }) => {
                let by =
                    params![number, grain_number(key.grain), key.dimension, key.bucket.millis(), key.value];
                select.query_and_then(by, |row| read::decode(row, 0, Some(1)))?.next().transpose()?
            }
            None => None,
        }
        .unwrap_or_default();
        sum.merge(delta);
        rows.push((codec::encode_counters(&sum.counters), codec::encode_sketches(&sum.sketches)));
    }
    Ok(Sums { of, rows })
}

/// Writes the sums and moves the cursor; changes nothing when the span was absorbed before.
pub(super) fn apply(tx: &Transaction<'_>, span: &Span, sums: &Sums) -> Result<(), Failure> {
    let found = sets::find(tx.conn, &span.set)?;
    let so_far = found.map_or(Ok(0), |set| sets::absorbed(tx.conn, set.number, span.partition))?;
    if span.upto <= so_far {
        return Ok(());
    }
    if span.after != so_far {
        let id = format!("{} at {so_far} of partition {}", span.set, span.partition);
        return Err(StoreError::Conflict { entity: "tally set", id }.into());
    }
    if sums.of == found {
        write(tx, span, found, sums)
    } else {
        write(tx, span, found, &self::sums(tx.conn, span)?)
    }
}

fn write(tx: &Transaction<'_>, span: &Span, found: Option<Set>, sums: &Sums) -> Result<(), Failure> {
    let set = match found {
        Some(set) => set,
        None => sets::make(tx.conn, &span.set)?,
    };
    let mut put = tx.conn.prepare_cached(
        "INSERT INTO tally (number, grain, dimension, bucket, value, counters, sketches) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (number, grain, dimension, bucket, value) \
         DO UPDATE SET counters = excluded.counters, sketches = excluded.sketches",
    )?;
    for ((key, _), (counters, sketches)) in span.deltas.iter().zip(&sums.rows) {
        let (grain, bucket) = (grain_number(key.grain), key.bucket.millis());
        put.execute(params![set.number, grain, key.dimension, bucket, key.value, counters, sketches])?;
    }
    tx.conn
        .prepare_cached(
            "INSERT INTO tally_absorbed (number, partition, seq) VALUES (?1, ?2, ?3) \
             ON CONFLICT (number, partition) DO UPDATE SET seq = excluded.seq",
        )?
        .execute(params![set.number, span.partition, span.upto])?;
    sets::changed(tx.conn, set)?;
    Ok(sets::sweep(tx.conn)?)
}
