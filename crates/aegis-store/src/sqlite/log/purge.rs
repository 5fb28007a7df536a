//! Retention: takes the oldest records out of their blocks and the indexes.
//! Used by the writer alone, inside its transaction. A block whose records are all gone is deleted; of any other the
//! rest is written anew, so that what is deleted is gone from the file's live pages and not merely hidden.

use super::super::error::Failure;
use super::block::{Codec, Head};
use super::block_at;
use super::external::External;
use super::statements::{self, Statements, unplace};
use crate::{Seq, StoreError, Stream};
use aegis_domain::Timestamp;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// Deletes at most `limit` records older than `before`; returns how many.
pub(super) fn purge(
    conn: &Connection,
    codec: &mut Codec,
    external: &mut External,
    stream: Stream,
    before: Timestamp,
    limit: usize,
) -> Result<usize, Failure> {
    let sql = statements::of(stream);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut places: BTreeSet<i64> = BTreeSet::new();
    {
        let mut oldest = conn.prepare_cached(sql.oldest)?;
        for place in oldest.query_map(params![before.millis(), limit], |row| row.get(1))? {
            places.insert(place?);
        }
    }
    let count = places.len();
    while let Some(place) = places.pop_last() {
        let (first, block) = block_at(conn, sql, place)?
            .ok_or_else(|| StoreError::Corrupt(format!("no block holds the record at {place}")))?;
        // All of this block's at once: the places from its first on, the greater ones having gone before.
        let mut gone: BTreeSet<Seq> = BTreeSet::from([unplace(place)?.1]);
        for place in places.split_off(&first) {
            gone.insert(unplace(place)?.1);
        }
        let (partition, _) = unplace(first)?;
        for head in block.heads.iter().filter(|h| gone.contains(&h.seq)) {
            forget(conn, sql, statements::place(partition, head.seq), head)?;
        }
        external.remove(
            conn,
            sql,
            block.heads.iter().filter(|h| gone.contains(&h.seq)).filter_map(|h| h.external),
        )?;
        let kept = block.without(|h| gone.contains(&h.seq));
        if kept.heads.is_empty() {
            conn.prepare_cached(sql.delete_block)?.execute([first])?;
        } else {
            let body = codec.encode(&kept, &kept.heads)?;
            conn.prepare_cached(sql.update_block)?.execute(params![first, body])?;
        }
    }
    Ok(count)
}

fn forget(conn: &Connection, sql: &Statements, place: i64, head: &Head) -> rusqlite::Result<()> {
    conn.prepare_cached(sql.delete_time)?.execute(params![head.at.millis(), place])?;
    conn.prepare_cached(sql.delete_id)?.execute([head.id.as_bytes().as_slice()])?;
    Ok(())
}
