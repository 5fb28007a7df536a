//! The callers' own keys: which are known, and for which record. Used by the writer alone, inside its transaction.
//!
//! Keys are hashes, so each new one falls on another page of their index: inserted one by one they would cost more
//! than all the rest. Hence new keys go to a list on disk (`_pending`, in order of arrival) and a map in memory, and
//! are moved to the index in sorted order, many at a time, so that several fall on each page that is written.
//! Invariant: each key is in the index or in the list, and memory holds what the list holds.

use super::super::varint::{Reader, put_u64};
use super::statements::Statements;
use crate::{ExternalKey, StoreError};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// New keys held in memory before they are sorted and moved: some 5 MB, and 3 MB more while they are moved.
const FRESH: usize = 131_072;
/// Keys moved per new key: faster than they come, so that one move ends before the next begins.
const PACE: usize = 2;

/// A map by external key. Keys are hashes already: their first bytes serve as they are.
pub(super) type KeyMap<V> = HashMap<ExternalKey, V, BuildHasherDefault<FirstBytes>>;

/// See `KeyMap`.
#[derive(Default)]
pub(super) struct FirstBytes(u64);

impl Hasher for FirstBytes {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk() {
            self.0 = u64::from_ne_bytes(*first);
        }
    }

    // The length of the array, the same for all.
    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

/// What the writer remembers of one stream's keys.
#[derive(Default)]
pub(super) struct External {
    /// The version of the file this memory belongs to; it changes when another process writes.
    as_of: Option<i64>,
    fresh: KeyMap<i64>,
    last: i64,
    moving: Vec<(ExternalKey, i64)>,
    moved: usize,
    moving_upto: i64,
}

impl External {
    /// Brings memory in line with the file: free unless another process wrote or a transaction was undone.
    pub(super) fn sync(&mut self, conn: &Connection, sql: &Statements) -> Result<(), StoreError> {
        let version: i64 = conn.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        if self.as_of == Some(version) {
            return Ok(());
        }
        *self = External::default();
        let mut pending = conn.prepare_cached(sql.read_pending)?;
        let mut rows = pending.query([])?;
        while let Some(row) = rows.next()? {
            self.take(row.get(0)?, row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?;
        }
        self.as_of = Some(version);
        Ok(())
    }

    fn take(&mut self, first: i64, list: &[u8]) -> Result<(), StoreError> {
        let mut r = Reader::new("the list of pending keys", list);
        self.last = first;
        while !r.rest().is_empty() {
            let step = i64::try_from(r.u64()?).map_err(|_| r.corrupt())?;
            self.last = self.last.checked_add(step).ok_or_else(|| r.corrupt())?;
            self.fresh.insert(r.array()?, self.last);
        }
        Ok(())
    }

    /// Forgets what is in memory: a transaction was undone.
    pub(super) fn forget(&mut self) {
        self.as_of = None;
    }

    /// The place of the record with this key. `sync` comes first.
    pub(super) fn find(
        &self,
        conn: &Connection,
        sql: &Statements,
        key: &ExternalKey,
    ) -> rusqlite::Result<Option<i64>> {
        if let Some(place) = self.recent(key) {
            return Ok(Some(place));
        }
        conn.prepare_cached(sql.find_external)?.query_row([key.as_slice()], |row| row.get(0)).optional()
    }

    fn recent(&self, key: &ExternalKey) -> Option<i64> {
        let moving = || self.moving.binary_search_by(|m| m.0.cmp(key)).ok().map(|i| self.moving[i].1);
        self.fresh.get(key).copied().or_else(moving)
    }

    /// Adds new keys, in ascending order of place, and moves some older ones to the index. `sync` comes first.
    pub(super) fn add(
        &mut self,
        conn: &Connection,
        sql: &Statements,
        keys: &[(i64, ExternalKey)],
    ) -> rusqlite::Result<()> {
        let Some(&(first, _)) = keys.first() else { return Ok(()) };
        let mut list = Vec::with_capacity(keys.len() * 17);
        self.last = first;
        for &(place, key) in keys {
            put_u64(&mut list, (place - self.last) as u64);
            list.extend_from_slice(&key);
            self.last = place;
            self.fresh.insert(key, place);
        }
        conn.prepare_cached(sql.insert_pending)?.execute(params![first, list])?;
        if self.moving.is_empty() && self.fresh.len() >= FRESH {
            self.freeze();
        }
        self.advance(conn, sql, keys.len().saturating_mul(PACE))
    }

    /// Forgets keys, so that they can be used again. `sync` comes first.
    pub(super) fn remove(
        &mut self,
        conn: &Connection,
        sql: &Statements,
        keys: impl Iterator<Item = ExternalKey>,
    ) -> rusqlite::Result<()> {
        let mut delete = conn.prepare_cached(sql.delete_external)?;
        for key in keys {
            if self.recent(&key).is_some() {
                // Still on the list: all of the list goes to the index, where a key can be deleted.
                self.settle(conn, sql)?;
            }
            delete.execute([key.as_slice()])?;
        }
        Ok(())
    }

    fn settle(&mut self, conn: &Connection, sql: &Statements) -> rusqlite::Result<()> {
        self.advance(conn, sql, usize::MAX)?;
        self.freeze();
        self.advance(conn, sql, usize::MAX)
    }

    fn freeze(&mut self) {
        self.moving = self.fresh.drain().collect();
        self.moving.sort_unstable();
        self.moved = 0;
        self.moving_upto = self.last;
    }

    /// Moves up to `count` of the keys that are being moved; after the last of them the list needs them no more.
    fn advance(&mut self, conn: &Connection, sql: &Statements, count: usize) -> rusqlite::Result<()> {
        if self.moving.is_empty() {
            return Ok(());
        }
        let end = self.moved.saturating_add(count).min(self.moving.len());
        let mut insert = conn.prepare_cached(sql.insert_external)?;
        for (key, place) in &self.moving[self.moved..end] {
            insert.execute(params![key.as_slice(), place])?;
        }
        self.moved = end;
        if end == self.moving.len() {
            conn.prepare_cached(sql.delete_pending)?.execute([self.moving_upto])?;
            self.moving = Vec::new();
        }
        Ok(())
    }
}
