//! From schema 1 to 2: tallies that had a row each are packed into runs.

use super::codec;
use super::merge::put;
use super::run::{self, Entry};
use crate::StoreError;
use rusqlite::Connection;

/// The set's number, grain, dimension and start of a bucket.
type Bucket = (i64, i64, String, i64);

/// Packs the rows of the table `tally` into runs and drops the table. Rows of forgotten sets go with it.
pub(in super::super) fn pack_rows(conn: &Connection) -> Result<(), StoreError> {
    let mut statement = conn.prepare(
        "SELECT number, grain, dimension, bucket, value, counters, sketches FROM tally \
         WHERE number IN (SELECT number FROM tally_set WHERE name IS NOT NULL) \
         ORDER BY number, grain, dimension, bucket, value",
    )?;
    let mut rows = statement.query([])?;
    let mut open: Option<(Bucket, Vec<Entry>)> = None;
    while let Some(row) = rows.next()? {
        let blob = |i| -> rusqlite::Result<&[u8]> { Ok(row.get_ref(i)?.as_blob()?) };
        let bucket: Bucket = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let entry = (row.get(4)?, codec::decode_row(blob(5)?, blob(6)?)?);
        match &mut open {
            Some((of, entries)) if *of == bucket => entries.push(entry),
            _ => {
                if let Some(full) = open.replace((bucket, vec![entry])) {
                    write(conn, &full)?;
                }
            }
        }
    }
    if let Some(last) = open {
        write(conn, &last)?;
    }
    drop(rows);
    drop(statement);
    Ok(conn.execute_batch("DROP TABLE tally")?)
}

fn write(
    conn: &Connection,
    ((number, grain, dimension, bucket), entries): &(Bucket, Vec<Entry>),
) -> Result<(), StoreError> {
    for run in run::pack("", entries) {
        put(conn, None, (*number, *grain, dimension, *bucket), &run)?;
    }
    Ok(())
}
