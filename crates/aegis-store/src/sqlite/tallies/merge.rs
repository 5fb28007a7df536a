//! Adds what a span of the log says to a set of tallies, once.
//! The sums are worked out by a reader and written by the writer, if the set has not changed in between; if it has,
//! the writer works them out itself.

use super::super::error::Failure;
use super::super::writer::Transaction;
use super::grain_number;
use super::run::{self, Entry, Packed, Run};
use super::sets::{self, Set};
use crate::{Deltas, PartitionId, Seq, StoreError, Tally, TallyKey};
use rusqlite::{Connection, OptionalExtension, params};

/// A span of one partition, what it adds, and the set that absorbs it.
pub(super) struct Span {
    pub(super) set: String,
    pub(super) partition: PartitionId,
    pub(super) after: Seq,
    pub(super) upto: Seq,
    /// Sorted, each key once.
    pub(super) deltas: Deltas,
}

/// The runs of a set as they will be with a span added.
pub(super) struct Sums {
    of: Option<Set>,
    changes: Vec<Change>,
}

/// A run to be written: in the place of the row `id`, or as a new one.
struct Change {
    id: Option<i64>,
    grain: i64,
    dimension: &'static str,
    bucket: i64,
    run: Packed,
}

/// Works out the sums as the set stands now.
pub(super) fn sums(conn: &Connection, span: &Span) -> Result<Sums, StoreError> {
    let of = sets::find(conn, &span.set)?;
    let mut changes = Vec::new();
    for bucket in span.deltas.chunk_by(|(a, _), (b, _)| same_bucket(a, b)) {
        let mut rest = bucket;
        while let Some((key, _)) = rest.first() {
            let stored = of.map_or(Ok(None), |set| stored(conn, set, key))?.unwrap_or_default();
            let fits = |value: &str| stored.next.as_deref().is_none_or(|next| value < next);
            let (mine, others) = rest.split_at(rest.partition_point(|(key, _)| fits(&key.value)));
            let deltas = mine.iter().map(|(key, delta): &(TallyKey, Tally)| (key.value.as_str(), delta));
            let runs = run::pack(&stored.first, &run::merge(stored.entries, deltas));
            // The first takes the place of the one that was read; others are what had no room in it.
            let ids = stored.id.into_iter().map(Some).chain(std::iter::repeat(None));
            changes.extend(ids.zip(runs).map(|(id, run)| Change {
                id,
                grain: grain_number(key.grain),
                dimension: key.dimension,
                bucket: key.bucket.millis(),
                run,
            }));
            rest = others;
        }
    }
    Ok(Sums { of, changes })
}

fn same_bucket(a: &TallyKey, b: &TallyKey) -> bool {
    (a.grain, a.dimension, a.bucket) == (b.grain, b.dimension, b.bucket)
}

/// A stored run, and the value at which the next one begins. Without a row: the one run of an empty bucket.
#[derive(Default)]
struct Stored {
    id: Option<i64>,
    first: String,
    next: Option<String>,
    entries: Vec<Entry>,
}

/// The run that holds a key, or will.
fn stored(conn: &Connection, set: Set, key: &TallyKey) -> Result<Option<Stored>, StoreError> {
    let by = params![set.number, grain_number(key.grain), key.dimension, key.bucket.millis(), key.value];
    let found = conn
        .prepare_cached(
            "SELECT id, first, counters, sketches FROM tally_run WHERE number = ?1 AND grain = ?2 \
             AND dimension = ?3 AND bucket = ?4 AND first <= ?5 ORDER BY first DESC LIMIT 1",
        )?
        .query_and_then(by, |row| -> Result<_, StoreError> {
            let blob = |i| -> rusqlite::Result<&[u8]> { Ok(row.get_ref(i)?.as_blob()?) };
            let entries = Run::open(blob(2)?, Some(blob(3)?))?.entries()?;
            Ok(Stored { id: Some(row.get(0)?), first: row.get(1)?, next: None, entries })
        })?
        .next()
        .transpose()?;
    let Some(found) = found else { return Ok(None) };
    let next = conn
        .prepare_cached(
            "SELECT first FROM tally_run WHERE number = ?1 AND grain = ?2 AND dimension = ?3 AND bucket = ?4 \
             AND first > ?5 ORDER BY first LIMIT 1",
        )?
        .query_row(by, |row| row.get(0))
        .optional()?;
    Ok(Some(Stored { next, ..found }))
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
    for Change { id, grain, dimension, bucket, run } in &sums.changes {
        put(tx.conn, *id, (set.number, *grain, dimension, *bucket), run)?;
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

/// Writes a run of a bucket, named by its set's number, grain, dimension and start.
pub(super) fn put(
    conn: &Connection,
    id: Option<i64>,
    (number, grain, dimension, bucket): (i64, i64, &str, i64),
    run: &Packed,
) -> rusqlite::Result<()> {
    let Packed { first, size, counters, sketches } = run;
    match id {
        Some(id) => conn
            .prepare_cached("UPDATE tally_run SET size = ?2, counters = ?3, sketches = ?4 WHERE id = ?1")?
            .execute(params![id, size, counters, sketches])?,
        None => conn
            .prepare_cached(
                "INSERT INTO tally_run (number, grain, dimension, bucket, first, size, counters, sketches) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![number, grain, dimension, bucket, first, size, counters, sketches])?,
    };
    Ok(())
}
