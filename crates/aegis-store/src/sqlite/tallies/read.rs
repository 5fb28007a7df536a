//! Shows tallies: one dimension over a range, or all of a set, a page at a time.

use super::run::Run;
use super::{Counters, Dumped, Key, grain_number, grain_of, sets};
use crate::{StoreError, Tally, TallyQuery};
use aegis_domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::{BTreeMap, HashMap};
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
    // Many tallies, few values: neither a name nor a tally is made for each.
    let mut sums: HashMap<String, Tally> = HashMap::new();
    let mut passed_over = Tally::default();
    runs(conn, query, counters, |_, run| {
        while let Some(value) = run.value()? {
            let sum = match sums.get_mut(value) {
                _ if query.value.as_deref().is_some_and(|wanted| wanted != value) => &mut passed_over,
                Some(sum) => sum,
                None => sums.entry(value.to_owned()).or_default(),
            };
            run.add_to(sum)?;
        }
        Ok(())
    })?;
    Ok(sums.into_iter().collect())
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
    let by = params![set.number, grain_number(query.grain), query.dimension, from, to, query.value];
    let mut statement = conn.prepare_cached(selection(query.sketches))?;
    let mut rows = statement.query(by)?;
    let mut read = 0;
    while let Some(row) = rows.next()? {
        read += row.get::<_, u64>(1)?;
        let sketches = query.sketches.then(|| blob(row, 3)).transpose()?;
        each(Timestamp::from_millis(row.get(0)?), &mut Run::open(blob(row, 2)?, sketches)?)?;
    }
    drop(rows);
    counters.tallies.fetch_add(read, Ordering::Relaxed);
    counters.count_steps(&statement);
    Ok(())
}

/// Without sketches their column is not named, so that SQLite need not fetch it. Of one value, each bucket has one
/// run: the last that begins at or before it.
fn selection(sketches: bool) -> &'static str {
    macro_rules! select {
        ($columns:literal) => {
            concat!(
                "SELECT bucket, size, ",
                $columns,
                " FROM tally_run AS run WHERE number = ?1 AND grain = ?2 AND dimension = ?3 ",
                "AND bucket >= ?4 AND bucket < ?5 AND (?6 IS NULL OR first = (SELECT max(first) FROM tally_run ",
                "WHERE number = ?1 AND grain = ?2 AND dimension = ?3 AND bucket = run.bucket AND first <= ?6)) ",
                "ORDER BY bucket, first"
            )
        };
    }
    if sketches { select!("counters, sketches") } else { select!("counters") }
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
