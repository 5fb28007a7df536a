//! Shows tallies: one dimension over a range, or all of a set, a page at a time.

use super::run::{Entry, Run};
use super::{Counters, Dumped, Key, grain_number, grain_of, sets};
use crate::{StoreError, Tally, TallyQuery};
use aegis_domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

/// Tallies of one dimension, by bucket, then value.
pub(super) fn read(
    conn: &Connection,
    query: &TallyQuery,
    counters: &Counters,
) -> Result<Vec<(Timestamp, String, Tally)>, StoreError> {
    let mut found = Vec::new();
    runs(conn, query, counters, |bucket, run| {
        while let Some(value) = run.value()? {
            let mut tally = Tally::default();
            run.add_to(&mut tally)?;
            if query.value.as_deref().is_none_or(|wanted| wanted == value) {
                found.push((bucket, value.to_owned(), tally));
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// Tallies of one dimension added up over the range, by value.
pub(super) fn sum(
    conn: &Connection,
    query: &TallyQuery,
    counters: &Counters,
) -> Result<BTreeMap<String, Tally>, StoreError> {
    // Many tallies, few values: neither a name nor a tally is made for each. All buckets hold their values in the same
    // order, so the next one is mostly where the last one was, plus one. New ones join the others bucket by bucket.
    let mut sums: Vec<Entry> = Vec::new();
    let mut fresh: Vec<Entry> = Vec::new();
    let (mut open, mut next) = (None, 0);
    let mut passed_over = Tally::default();
    runs(conn, query, counters, |bucket, run| {
        if open.replace(bucket) != Some(bucket) {
            join(&mut sums, &mut fresh);
            next = 0;
        }
        while let Some(value) = run.value()? {
            if query.value.as_deref().is_some_and(|wanted| wanted != value) {
                run.add_to(&mut passed_over)?;
                continue;
            }
            if sums.get(next).is_some_and(|(known, _)| known.as_str() < value) {
                next += sums[next..].partition_point(|(known, _)| known.as_str() < value);
            }
            match sums.get_mut(next) {
                Some((known, sum)) if known == value => {
                    run.add_to(sum)?;
                    next += 1;
                }
                _ => {
                    let mut tally = Tally::default();
                    run.add_to(&mut tally)?;
                    fresh.push((value.to_owned(), tally));
                }
            }
        }
        Ok(())
    })?;
    join(&mut sums, &mut fresh);
    Ok(sums.into_iter().collect())
}

/// Puts sorted entries between sorted entries: the sort finds the two runs and merges them.
fn join(sums: &mut Vec<Entry>, fresh: &mut Vec<Entry>) {
    if !fresh.is_empty() {
        sums.append(fresh);
        sums.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
}

/// Walks over the runs that a query asks for, by bucket, then value.
fn runs(
    conn: &Connection,
    query: &TallyQuery,
    counters: &Counters,
    mut each: impl FnMut(Timestamp, &mut Run<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let Some(set) = sets::find(conn, query.set)? else { return Ok(()) };
    let (from, to) = (query.from.millis(), query.to.millis());
    let grain = grain_number(query.grain);
    let mut statement = conn.prepare_cached(selection(query))?;
    let mut rows = match &query.value {
        None => statement.query(params![set.number, grain, query.dimension, from, to])?,
        Some(value) => statement.query(params![set.number, grain, query.dimension, from, to, value])?,
    };
    let mut read = 0;
    while let Some(row) = rows.next()? {
        read += row.get::<_, u64>(1)?;
        let sketches = if query.sketches > 0 { Some(blob(row, 3)?) } else { None };
        let mut run = Run::some(blob(row, 2)?, sketches, query.sketches)?;
        each(Timestamp::from_millis(row.get(0)?), &mut run)?;
    }
    drop(rows);
    counters.tallies.fetch_add(read, Ordering::Relaxed);
    counters.count_steps(&statement);
    Ok(())
}

/// Without sketches their column is not named, so that SQLite need not fetch it. Of one value, each bucket has one
/// run: the last that begins at or before it.
fn selection(query: &TallyQuery) -> &'static str {
    macro_rules! select {
        ($columns:literal, $of_value:literal) => {
            concat!(
                "SELECT bucket, size, ",
                $columns,
                " FROM tally_run AS run WHERE number = ?1 AND grain = ?2 AND dimension = ?3 ",
                "AND bucket >= ?4 AND bucket < ?5",
                $of_value,
                " ORDER BY bucket, first"
            )
        };
        ($columns:literal) => {
            match query.value {
                None => select!($columns, ""),
                Some(_) => select!(
                    $columns,
                    " AND first = (SELECT max(first) FROM tally_run WHERE number = ?1 AND grain = ?2 \
                      AND dimension = ?3 AND bucket = run.bucket AND first <= ?6)"
                ),
            }
        };
    }
    if query.sketches > 0 { select!("counters, sketches") } else { select!("counters") }
}

fn blob<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<&'r [u8]> {
    Ok(row.get_ref(column)?.as_blob()?)
}

/// Tallies of a set beyond `after`, by grain, dimension, bucket, value.
pub(super) fn dump(
    conn: &Connection,
    set: &str,
    after: Option<Key>,
    limit: usize,
) -> Result<Vec<Dumped>, StoreError> {
    let Some(set) = sets::find(conn, set)? else { return Ok(Vec::new()) };
    let after = after
        .map(|(grain, bucket, dimension, value)| (grain_number(grain), dimension, bucket.millis(), value));
    // From the run that holds the last key seen: it may hold more.
    let from = match &after {
        None => (-1, String::new(), 0, String::new()),
        Some((grain, dimension, bucket, value)) => {
            let first: Option<String> = conn
                .prepare_cached(
                    "SELECT first FROM tally_run WHERE number = ?1 AND grain = ?2 AND dimension = ?3 \
                     AND bucket = ?4 AND first <= ?5 ORDER BY first DESC LIMIT 1",
                )?
                .query_row(params![set.number, grain, dimension, bucket, value], |row| row.get(0))
                .optional()?;
            (*grain, dimension.clone(), *bucket, first.unwrap_or_default())
        }
    };
    let mut statement = conn.prepare_cached(
        "SELECT grain, bucket, dimension, counters, sketches FROM tally_run \
         WHERE number = ?1 AND (grain, dimension, bucket, first) >= (?2, ?3, ?4, ?5) \
         ORDER BY grain, dimension, bucket, first",
    )?;
    let mut rows = statement.query(params![set.number, from.0, from.1, from.2, from.3])?;
    let mut found = Vec::new();
    while found.len() < limit
        && let Some(row) = rows.next()?
    {
        let (grain, bucket, dimension): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        for (value, tally) in Run::open(blob(row, 3)?, Some(blob(row, 4)?))?.entries()? {
            let key = (grain, dimension.clone(), bucket, value);
            if after.as_ref().is_none_or(|after| *after < key) && found.len() < limit {
                let (_, dimension, _, value) = key;
                found.push((grain_of(grain)?, Timestamp::from_millis(bucket), dimension, value, tally));
            }
        }
    }
    Ok(found)
}
