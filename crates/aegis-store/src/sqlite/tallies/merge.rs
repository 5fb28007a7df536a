//! Adds what a span of the log says to a set of tallies, once.
//! The sums are worked out by a reader and written by the writer, if the set has not changed in between; if it has,
//! the writer works them out itself. A bucket that would hold too many values is written anew, cut.

use super::super::error::Failure;
use super::super::writer::Transaction;
use super::grain_number;
use super::run::{self, Entry, Packed, Run};
use super::sets::{self, Set};
use crate::{Deltas, KEPT_VALUES, MOST_VALUES, PartitionId, Seq, StoreError, Tally, TallyKey, cut};
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
    /// Rows whose bucket is written anew.
    gone: Vec<i64>,
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

/// What names the bucket and dimension of a key to a statement.
macro_rules! of_bucket {
    ($set:ident, $key:ident) => {
        params![$set.number, grain_number($key.grain), $key.dimension, $key.bucket.millis()]
    };
}

/// Works out the sums as the set stands now.
pub(super) fn sums(conn: &Connection, span: &Span) -> Result<Sums, StoreError> {
    let mut sums = Sums { of: sets::find(conn, &span.set)?, gone: Vec::new(), changes: Vec::new() };
    for bucket in span.deltas.chunk_by(|(a, _), (b, _)| same_bucket(a, b)) {
        if !sums.add_by_run(conn, bucket)? {
            sums.add_anew(conn, bucket)?;
        }
    }
    Ok(sums)
}

impl Sums {
    /// Adds what a span says of one bucket and dimension to the runs that hold its values. False, and nothing done:
    /// the bucket may come to hold too many.
    fn add_by_run(&mut self, conn: &Connection, bucket: &[(TallyKey, Tally)]) -> Result<bool, StoreError> {
        if bucket.len() > MOST_VALUES {
            return Ok(false);
        }
        let mut rest = bucket;
        while let Some((key, _)) = rest.first() {
            let stored = self.of.map_or(Ok(None), |set| stored(conn, set, key))?.unwrap_or_default();
            // One run has no room for so many; where there are several it is worth to ask.
            let several = stored.next.is_some() || !stored.first.is_empty() || bucket.len() > KEPT_VALUES;
            if several && rest.len() == bucket.len() && self.size(conn, key)? + bucket.len() > MOST_VALUES {
                return Ok(false);
            }
            let fits = |value: &str| stored.next.as_deref().is_none_or(|next| value < next);
            let (mine, others) = rest.split_at(rest.partition_point(|(key, _)| fits(&key.value)));
            let runs = run::pack(&stored.first, &run::merge(stored.entries, by_value(mine)));
            // The first takes the place of the one that was read; others are what had no room in it.
            let ids = stored.id.into_iter().map(Some).chain(std::iter::repeat(None));
            self.changes.extend(ids.zip(runs).map(|(id, run)| Change::new(id, key, run)));
            rest = others;
        }
        Ok(true)
    }

    /// Adds what a span says of one bucket and dimension to all it holds, and cuts it.
    fn add_anew(&mut self, conn: &Connection, bucket: &[(TallyKey, Tally)]) -> Result<(), StoreError> {
        let Some((key, _)) = bucket.first() else { return Ok(()) };
        let mut entries = Vec::new();
        if let Some(set) = self.of {
            let mut statement = conn.prepare_cached(
                "SELECT id, counters, sketches FROM tally_run WHERE number = ?1 AND grain = ?2 \
                 AND dimension = ?3 AND bucket = ?4 ORDER BY first",
            )?;
            let mut rows = statement.query(of_bucket!(set, key))?;
            while let Some(row) = rows.next()? {
                self.gone.push(row.get(0)?);
                let blob = |i| -> rusqlite::Result<&[u8]> { Ok(row.get_ref(i)?.as_blob()?) };
                entries.append(&mut Run::open(blob(1)?, Some(blob(2)?))?.entries()?);
            }
        }
        let entries = cut(run::merge(entries, by_value(bucket)), MOST_VALUES, KEPT_VALUES);
        self.changes.extend(run::pack("", &entries).into_iter().map(|run| Change::new(None, key, run)));
        Ok(())
    }

    /// Values in the bucket of a key.
    fn size(&self, conn: &Connection, key: &TallyKey) -> rusqlite::Result<usize> {
        let Some(set) = self.of else { return Ok(0) };
        conn.prepare_cached(
            "SELECT coalesce(sum(size), 0) FROM tally_run WHERE number = ?1 AND grain = ?2 AND dimension = ?3 \
             AND bucket = ?4",
        )?
        .query_row(of_bucket!(set, key), |row| row.get(0))
    }
}

impl Change {
    fn new(id: Option<i64>, key: &TallyKey, run: Packed) -> Self {
        let (grain, dimension, bucket) = (grain_number(key.grain), key.dimension, key.bucket.millis());
        Change { id, grain, dimension, bucket, run }
    }
}

fn by_value(deltas: &[(TallyKey, Tally)]) -> impl Iterator<Item = (&str, &Tally)> {
    deltas.iter().map(|(key, delta)| (key.value.as_str(), delta))
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
    for id in &sums.gone {
        tx.conn.prepare_cached("DELETE FROM tally_run WHERE id = ?1")?.execute([id])?;
    }
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
