//! Sets of tallies: their names, cursors and end.
//! A set has a number; renaming it is one row, and the rows of a forgotten one are deleted a few at a time.

use super::grain_number;
use crate::{Grain, PartitionId, Seq};
use aegis_domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

/// Rows of forgotten sets deleted with each change to any set.
const SWEEP: usize = 500;

/// A set as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Set {
    /// What its rows are kept under.
    pub(super) number: i64,
    /// How often its rows changed: names a state of them.
    pub(super) changes: i64,
}

/// The set of this name.
pub(super) fn find(conn: &Connection, name: &str) -> rusqlite::Result<Option<Set>> {
    conn.prepare_cached("SELECT number, changes FROM tally_set WHERE name = ?1")?
        .query_row([name], |row| Ok(Set { number: row.get(0)?, changes: row.get(1)? }))
        .optional()
}

/// Makes a set.
pub(super) fn make(conn: &Connection, name: &str) -> rusqlite::Result<Set> {
    conn.prepare_cached("INSERT INTO tally_set (name, changes) VALUES (?1, 0)")?.execute([name])?;
    Ok(Set { number: conn.last_insert_rowid(), changes: 0 })
}

/// Notes that rows of the set changed.
pub(super) fn changed(conn: &Connection, set: Set) -> rusqlite::Result<()> {
    conn.prepare_cached("UPDATE tally_set SET changes = changes + 1 WHERE number = ?1")?
        .execute([set.number])?;
    Ok(())
}

/// Gives a set another name, which no other has.
pub(super) fn rename(conn: &Connection, from: &str, to: &str) -> rusqlite::Result<()> {
    conn.prepare_cached("UPDATE tally_set SET name = ?2 WHERE name = ?1")?.execute([from, to])?;
    Ok(())
}

/// How far a set has absorbed a partition.
pub(super) fn absorbed(conn: &Connection, number: i64, partition: PartitionId) -> rusqlite::Result<Seq> {
    let seq = conn
        .prepare_cached("SELECT seq FROM tally_absorbed WHERE number = ?1 AND partition = ?2")?
        .query_row(params![number, partition], |row| row.get(0))
        .optional()?;
    Ok(seq.unwrap_or(0))
}

/// Deletes tallies of a grain in buckets before `before`; returns how many.
pub(super) fn purge(
    conn: &Connection,
    set: &str,
    grain: Grain,
    before: Timestamp,
) -> rusqlite::Result<usize> {
    let Some(set) = find(conn, set)? else { return Ok(0) };
    let number = set.number;
    let dimensions: Vec<String> = conn
        .prepare_cached(
            // The distinct dimensions, each found by one step from the one before.
            "WITH RECURSIVE d(name) AS ( \
                 SELECT min(dimension) FROM tally_run WHERE number = ?1 AND grain = ?2 \
                 UNION ALL \
                 SELECT (SELECT min(dimension) FROM tally_run WHERE number = ?1 AND grain = ?2 AND dimension > d.name) \
                 FROM d WHERE d.name IS NOT NULL \
             ) SELECT name FROM d WHERE name IS NOT NULL",
        )?
        .query_map(params![number, grain_number(grain)], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut delete = conn.prepare_cached(
        "DELETE FROM tally_run WHERE number = ?1 AND grain = ?2 AND dimension = ?3 AND bucket < ?4 RETURNING size",
    )?;
    let mut count = 0;
    for dimension in dimensions {
        let by = params![number, grain_number(grain), dimension, before.millis()];
        for size in delete.query_map(by, |row| row.get::<_, usize>(0))? {
            count += size?;
        }
    }
    changed(conn, set)?;
    Ok(count)
}

/// Takes a set's name away and forgets its cursors; its rows go with later sweeps.
pub(super) fn forget(conn: &Connection, set: &str) -> rusqlite::Result<()> {
    let Some(Set { number, .. }) = find(conn, set)? else { return Ok(()) };
    conn.prepare_cached("DELETE FROM tally_absorbed WHERE number = ?1")?.execute([number])?;
    conn.prepare_cached("UPDATE tally_set SET name = NULL WHERE number = ?1")?.execute([number])?;
    Ok(())
}

/// Deletes some rows of sets that have no name any more.
pub(super) fn sweep(conn: &Connection) -> rusqlite::Result<()> {
    let nameless: Option<i64> = conn
        .prepare_cached("SELECT number FROM tally_set WHERE name IS NULL LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let Some(number) = nameless else { return Ok(()) };
    let gone = conn
        .prepare_cached(
            "DELETE FROM tally_run WHERE id IN (SELECT id FROM tally_run WHERE number = ?1 LIMIT ?2)",
        )?
        .execute(params![number, SWEEP])?;
    if gone < SWEEP {
        conn.prepare_cached("DELETE FROM tally_set WHERE number = ?1")?.execute([number])?;
    }
    Ok(())
}
