//! Tallies on SQLite: one row per key, merged in the writer's transaction, the cursor with it.
//! A set has a number; renaming it is one row, and the rows of the set it replaced are deleted a few at a time.

use super::error::Failure;
use super::queue::Load;
use super::writer::Transaction;
use super::{Counters, Sqlite, tally_codec};
use crate::{Deltas, Grain, PartitionId, Seq, StoreError, Tallies, Tally, TallyQuery};
use aegis_domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::sync::atomic::Ordering;

/// Rows of a replaced set deleted with each change to any set.
const SWEEP: usize = 500;

/// A tally's key, as `dump` tells it.
type Key = (Grain, Timestamp, String, String);
/// A tally with its key.
type Dumped = (Grain, Timestamp, String, String, Tally);

#[async_trait::async_trait]
impl Tallies for Sqlite {
    async fn absorbed(&self, set: &str, partition: PartitionId) -> Result<Seq, StoreError> {
        let set = set.to_owned();
        self.inner
            .readers
            .read(move |tx| match number(tx, &set)? {
                Some(number) => Ok(absorbed(tx, number, partition)?),
                None => Ok(0),
            })
            .await
    }

    async fn apply(
        &self,
        set: &str,
        partition: PartitionId,
        after: Seq,
        upto: Seq,
        deltas: Deltas,
    ) -> Result<(), StoreError> {
        let span = Span { set: set.to_owned(), partition, after, upto };
        let mut deltas = deltas;
        // In the order of the rows, so that neighbours fall on the same page.
        deltas.sort_by(|(a, _), (b, _)| {
            (a.grain, a.dimension, a.bucket, &a.value).cmp(&(b.grain, b.dimension, b.bucket, &b.value))
        });
        self.inner.writer.submit(Load::default(), move |tx| apply(tx, &span, &deltas)).await
    }

    async fn read(&self, query: TallyQuery) -> Result<Vec<(Timestamp, String, Tally)>, StoreError> {
        let counters = self.counters();
        self.inner.readers.read(move |tx| read(tx, &query, &counters)).await
    }

    async fn dump(
        &self,
        set: &str,
        after: Option<Key>,
        limit: usize,
    ) -> Result<Vec<(Grain, Timestamp, String, String, Tally)>, StoreError> {
        let set = set.to_owned();
        self.inner.readers.read(move |tx| dump(tx, &set, after, limit)).await
    }

    async fn replace(&self, from: &str, to: &str) -> Result<(), StoreError> {
        let (from, to) = (from.to_owned(), to.to_owned());
        self.inner
            .writer
            .submit(Load::default(), move |tx| {
                if from != to {
                    drop_set(tx.conn, &to)?;
                    tx.conn
                        .prepare_cached("UPDATE tally_set SET name = ?2 WHERE name = ?1")?
                        .execute([&from, &to])?;
                }
                Ok(sweep(tx.conn)?)
            })
            .await
    }

    async fn clear(&self, set: &str) -> Result<(), StoreError> {
        let set = set.to_owned();
        self.inner
            .writer
            .submit(Load::default(), move |tx| {
                drop_set(tx.conn, &set)?;
                Ok(sweep(tx.conn)?)
            })
            .await
    }

    async fn purge(&self, set: &str, grain: Grain, before: Timestamp) -> Result<usize, StoreError> {
        let set = set.to_owned();
        self.inner.writer.submit(Load::default(), move |tx| Ok(purge(tx.conn, &set, grain, before)?)).await
    }
}

/// A span of one partition, and the set that absorbs it.
struct Span {
    set: String,
    partition: PartitionId,
    after: Seq,
    upto: Seq,
}

const fn grain_number(grain: Grain) -> i64 {
    match grain {
        Grain::Minute => 0,
        Grain::Hour => 1,
        Grain::Day => 2,
    }
}

fn grain_of(number: i64) -> Result<Grain, StoreError> {
    [Grain::Minute, Grain::Hour, Grain::Day]
        .into_iter()
        .find(|g| grain_number(*g) == number)
        .ok_or_else(|| StoreError::Corrupt(format!("no grain has the number {number}")))
}

fn number(conn: &Connection, set: &str) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached("SELECT number FROM tally_set WHERE name = ?1")?
        .query_row([set], |row| row.get(0))
        .optional()
}

fn absorbed(conn: &Connection, number: i64, partition: PartitionId) -> rusqlite::Result<Seq> {
    let seq = conn
        .prepare_cached("SELECT seq FROM tally_absorbed WHERE number = ?1 AND partition = ?2")?
        .query_row(params![number, partition], |row| row.get(0))
        .optional()?;
    Ok(seq.unwrap_or(0))
}

fn apply(tx: &Transaction<'_>, span: &Span, deltas: &Deltas) -> Result<(), Failure> {
    let known = number(tx.conn, &span.set)?;
    let so_far = known.map_or(Ok(0), |number| absorbed(tx.conn, number, span.partition))?;
    if span.upto <= so_far {
        return Ok(());
    }
    if span.after != so_far {
        let id = format!("{} at {so_far} of partition {}", span.set, span.partition);
        return Err(StoreError::Conflict { entity: "tally set", id }.into());
    }
    let number = match known {
        Some(number) => number,
        None => {
            tx.conn.prepare_cached("INSERT INTO tally_set (name) VALUES (?1)")?.execute([&span.set])?;
            tx.conn.last_insert_rowid()
        }
    };
    merge(tx.conn, number, deltas)?;
    tx.conn
        .prepare_cached(
            "INSERT INTO tally_absorbed (number, partition, seq) VALUES (?1, ?2, ?3) \
             ON CONFLICT (number, partition) DO UPDATE SET seq = excluded.seq",
        )?
        .execute(params![number, span.partition, span.upto as i64])?;
    Ok(sweep(tx.conn)?)
}

fn merge(conn: &Connection, number: i64, deltas: &Deltas) -> Result<(), Failure> {
    let mut select = conn.prepare_cached(
        "SELECT counters, sketches FROM tally \
         WHERE number = ?1 AND grain = ?2 AND dimension = ?3 AND bucket = ?4 AND value = ?5",
    )?;
    let mut write = conn.prepare_cached(
        "INSERT INTO tally (number, grain, dimension, bucket, value, counters, sketches) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (number, grain, dimension, bucket, value) \
         DO UPDATE SET counters = excluded.counters, sketches = excluded.sketches",
    )?;
    for (key, delta) in deltas {
        let grain = grain_number(key.grain);
        let bucket = key.bucket.millis();
        let by = params![number, grain, key.dimension, bucket, key.value];
        let present = select.query_and_then(by, |row| decode(row, 0, Some(1)))?.next().transpose()?;
        // The stored one first: merging also sorts the delta's bins, which the encoding needs.
        let mut sum = present.unwrap_or_default();
        sum.merge(delta);
        let counters = tally_codec::encode_counters(&sum.counters);
        let sketches = tally_codec::encode_sketches(&sum.sketches);
        write.execute(params![number, grain, key.dimension, bucket, key.value, counters, sketches])?;
    }
    Ok(())
}

fn decode(row: &Row<'_>, counters: usize, sketches: Option<usize>) -> Result<Tally, StoreError> {
    let blob = |i| -> rusqlite::Result<&[u8]> { Ok(row.get_ref(i)?.as_blob()?) };
    tally_codec::decode(blob(counters)?, sketches.map(blob).transpose()?)
}

fn read(
    conn: &Connection,
    query: &TallyQuery,
    counters: &Counters,
) -> Result<Vec<(Timestamp, String, Tally)>, StoreError> {
    // Without sketches their column is not named, so that SQLite need not fetch it.
    let sql = if query.sketches {
        "SELECT bucket, value, counters, sketches FROM tally WHERE number = ?1 AND grain = ?2 \
         AND dimension = ?3 AND bucket >= ?4 AND bucket < ?5 AND (?6 IS NULL OR value = ?6) ORDER BY bucket, value"
    } else {
        "SELECT bucket, value, counters FROM tally WHERE number = ?1 AND grain = ?2 \
         AND dimension = ?3 AND bucket >= ?4 AND bucket < ?5 AND (?6 IS NULL OR value = ?6) ORDER BY bucket, value"
    };
    let Some(number) = number(conn, query.set)? else { return Ok(Vec::new()) };
    let (from, to) = (query.from.millis(), query.to.millis());
    let by = params![number, grain_number(query.grain), query.dimension, from, to, query.value];
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement
        .query_and_then(by, |row| {
            let tally = decode(row, 2, query.sketches.then_some(3))?;
            Ok((Timestamp::from_millis(row.get(0)?), row.get(1)?, tally))
        })?
        .collect::<Result<Vec<_>, StoreError>>()?;
    counters.tallies.fetch_add(rows.len() as u64, Ordering::Relaxed);
    counters.count_steps(&statement);
    Ok(rows)
}

fn dump(conn: &Connection, set: &str, after: Option<Key>, limit: usize) -> Result<Vec<Dumped>, StoreError> {
    let after = after.map_or((-1, String::new(), 0, String::new()), |(grain, bucket, dimension, value)| {
        (grain_number(grain), dimension, bucket.millis(), value)
    });
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let Some(number) = number(conn, set)? else { return Ok(Vec::new()) };
    conn.prepare_cached(
        "SELECT grain, bucket, dimension, value, counters, sketches FROM tally \
         WHERE number = ?1 AND (grain, dimension, bucket, value) > (?2, ?3, ?4, ?5) \
         ORDER BY grain, dimension, bucket, value LIMIT ?6",
    )?
    .query_and_then(params![number, after.0, after.1, after.2, after.3, limit], |row| {
        let bucket = Timestamp::from_millis(row.get(1)?);
        Ok((grain_of(row.get(0)?)?, bucket, row.get(2)?, row.get(3)?, decode(row, 4, Some(5))?))
    })?
    .collect()
}

fn purge(conn: &Connection, set: &str, grain: Grain, before: Timestamp) -> rusqlite::Result<usize> {
    let Some(number) = number(conn, set)? else { return Ok(0) };
    let dimensions: Vec<String> = conn
        .prepare_cached(
            // The distinct dimensions, each found by one step from the one before.
            "WITH RECURSIVE d(name) AS ( \
                 SELECT min(dimension) FROM tally WHERE number = ?1 AND grain = ?2 \
                 UNION ALL \
                 SELECT (SELECT min(dimension) FROM tally WHERE number = ?1 AND grain = ?2 AND dimension > d.name) \
                 FROM d WHERE d.name IS NOT NULL \
             ) SELECT name FROM d WHERE name IS NOT NULL",
        )?
        .query_map(params![number, grain_number(grain)], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut delete = conn.prepare_cached(
        "DELETE FROM tally WHERE number = ?1 AND grain = ?2 AND dimension = ?3 AND bucket < ?4",
    )?;
    let mut count = 0;
    for dimension in dimensions {
        count += delete.execute(params![number, grain_number(grain), dimension, before.millis()])?;
    }
    Ok(count)
}

/// Takes a set's name away and forgets its cursors; its rows go with later sweeps.
fn drop_set(conn: &Connection, set: &str) -> rusqlite::Result<()> {
    let Some(number) = number(conn, set)? else { return Ok(()) };
    conn.prepare_cached("DELETE FROM tally_absorbed WHERE number = ?1")?.execute([number])?;
    conn.prepare_cached("UPDATE tally_set SET name = NULL WHERE number = ?1")?.execute([number])?;
    Ok(())
}

/// Deletes some rows of sets that have no name any more.
fn sweep(conn: &Connection) -> rusqlite::Result<()> {
    let nameless: Option<i64> = conn
        .prepare_cached("SELECT number FROM tally_set WHERE name IS NULL LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let Some(number) = nameless else { return Ok(()) };
    let gone = conn
        .prepare_cached(
            "DELETE FROM tally WHERE (number, grain, dimension, bucket, value) IN \
             (SELECT number, grain, dimension, bucket, value FROM tally WHERE number = ?1 LIMIT ?2)",
        )?
        .execute(params![number, SWEEP])?;
    if gone < SWEEP {
        conn.prepare_cached("DELETE FROM tally_set WHERE number = ?1")?.execute([number])?;
    }
    Ok(())
}
