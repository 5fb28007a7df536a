//! Documents on SQLite: one table for all collections, one for unique keys, one for indexes.
//! Invariants: `changed_at` strictly increases within a collection, across processes too, so that a reader who asks
//! again from the last instant it saw misses nothing; whatever can be refused is refused before anything is written.

use super::Sqlite;
use super::error::Failure;
use super::queue::Load;
use super::writer::Transaction;
use crate::{Changed, Documents, ListQuery, RawDocument, StoreError};
use aegis_domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Deleted documents are remembered so long: far longer than any node takes to hear of it.
const TOMBSTONES_MS: i64 = 7 * 24 * 3_600_000;
/// Forgotten tombstones per deletion: more than come, so that they don't pile up.
const FORGET: usize = 4;

/// The keys a document stands under, kept with it so that they can be taken back.
#[derive(Default, Serialize, Deserialize)]
struct Keys {
    unique: Vec<(String, String)>,
    indexed: Vec<(String, String)>,
}

#[async_trait::async_trait]
impl Documents for Sqlite {
    async fn get_many_raw(
        &self,
        collection: &'static str,
        ids: Vec<String>,
    ) -> Result<Vec<Option<(u64, Value)>>, StoreError> {
        let query = move |tx: &rusqlite::Transaction<'_>| {
            let mut statement = tx.prepare_cached(
                "SELECT version, body FROM document WHERE collection = ?1 AND id = ?2 AND body NOT NULL",
            )?;
            let mut get = |id: &String| {
                statement.query_and_then([collection, id.as_str()], document)?.next().transpose()
            };
            ids.iter().map(&mut get).collect()
        };
        self.inner.readers.read(query).await
    }

    async fn find_raw(
        &self,
        collection: &'static str,
        key: &'static str,
        value: &str,
    ) -> Result<Option<(u64, Value)>, StoreError> {
        let value = value.to_owned();
        let query = move |tx: &rusqlite::Transaction<'_>| {
            let mut statement = tx.prepare_cached(
                "SELECT d.version, d.body FROM document_unique u \
                 JOIN document d ON d.collection = u.collection AND d.id = u.id \
                 WHERE u.collection = ?1 AND u.key = ?2 AND u.value = ?3 AND d.body NOT NULL",
            )?;
            statement.query_and_then([collection, key, value.as_str()], document)?.next().transpose()
        };
        self.inner.readers.read(query).await
    }

    async fn list_raw(
        &self,
        collection: &'static str,
        query: ListQuery,
    ) -> Result<Vec<(u64, Value)>, StoreError> {
        self.inner.readers.read(move |tx| list(tx, collection, &query)).await
    }

    async fn insert_raw(&self, collection: &'static str, document: RawDocument) -> Result<(), StoreError> {
        let keys = Keys::of(&document);
        self.change(move |tx| insert(tx, collection, &document, &keys)).await
    }

    async fn update_raw(&self, collection: &'static str, document: RawDocument) -> Result<(), StoreError> {
        let keys = Keys::of(&document);
        self.change(move |tx| update(tx, collection, &document, &keys)).await
    }

    async fn delete(
        &self,
        collection: &'static str,
        id: &str,
        version: Option<u64>,
    ) -> Result<bool, StoreError> {
        let id = id.to_owned();
        self.change(move |tx| delete(tx, collection, &id, version)).await
    }

    async fn add_if(
        &self,
        collection: &'static str,
        id: &str,
        field: &'static str,
        n: i64,
        max: i64,
    ) -> Result<Option<i64>, StoreError> {
        let id = id.to_owned();
        self.change(move |tx| add_if(tx, collection, &id, field, n, max)).await
    }

    async fn changed_since(
        &self,
        collection: &'static str,
        since: Timestamp,
        limit: usize,
    ) -> Result<Vec<Changed>, StoreError> {
        self.inner.readers.read(move |tx| changed_since(tx, collection, since, limit)).await
    }
}

impl Sqlite {
    async fn change<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnMut(&mut Transaction<'_>) -> Result<T, Failure> + Send + 'static,
    {
        self.inner.writer.submit(Load::default(), work).await
    }
}

impl Keys {
    fn of(document: &RawDocument) -> Keys {
        let owned = |keys: &[(&'static str, String)]| {
            let mut keys: Vec<_> = keys.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
            keys.sort_unstable();
            keys.dedup();
            keys
        };
        Keys { unique: owned(&document.unique), indexed: owned(&document.indexed) }
    }
}

/// Version and body, in the first two columns.
fn document(row: &Row<'_>) -> Result<(u64, Value), StoreError> {
    let body = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
    Ok((row.get(0)?, parse(body)?))
}

/// The JSON of a document.
pub(super) fn parse(body: &str) -> Result<Value, StoreError> {
    serde_json::from_str(body).map_err(|e| StoreError::Corrupt(format!("a document is not JSON: {e}")))
}

fn list(conn: &Connection, collection: &str, query: &ListQuery) -> Result<Vec<(u64, Value)>, StoreError> {
    let limit = i64::try_from(query.limit).unwrap_or(i64::MAX);
    // No id is empty, so "beyond the empty id" is all of them.
    let after = query.after.as_deref().unwrap_or("");
    match &query.index {
        None => conn
            .prepare_cached(
                "SELECT version, body FROM document \
                 WHERE collection = ?1 AND id > ?2 AND body NOT NULL ORDER BY id LIMIT ?3",
            )?
            .query_and_then(params![collection, after, limit], document)?
            .collect(),
        Some((key, value)) => conn
            .prepare_cached(
                "SELECT d.version, d.body FROM document_index i \
                 CROSS JOIN document d ON d.collection = i.collection AND d.id = i.id \
                 WHERE i.collection = ?1 AND i.key = ?2 AND i.value = ?3 AND i.id > ?4 \
                 ORDER BY i.id LIMIT ?5",
            )?
            .query_and_then(params![collection, key, value, after, limit], document)?
            .collect(),
    }
}

/// What is stored of a document that is there.
struct Present {
    version: u64,
    keys: Keys,
}

fn present(conn: &Connection, collection: &str, id: &str) -> Result<Option<Present>, Failure> {
    let found = conn
        .prepare_cached(
            "SELECT version, keys FROM document WHERE collection = ?1 AND id = ?2 AND body NOT NULL",
        )?
        .query_row(params![collection, id], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
        .optional()?;
    let Some((version, keys)) = found else { return Ok(None) };
    let keys = serde_json::from_str(&keys)
        .map_err(|e| StoreError::Corrupt(format!("the keys of {collection} {id} are not JSON: {e}")))?;
    Ok(Some(Present { version, keys }))
}

fn insert(
    tx: &Transaction<'_>,
    collection: &'static str,
    document: &RawDocument,
    keys: &Keys,
) -> Result<(), Failure> {
    if present(tx.conn, collection, &document.id)?.is_some() {
        return Err(StoreError::Duplicate { entity: collection, key: "id".into() }.into());
    }
    refuse_taken(tx.conn, collection, &document.id, keys)?;
    put(tx, collection, document, 1, keys)
}

fn update(
    tx: &Transaction<'_>,
    collection: &'static str,
    document: &RawDocument,
    keys: &Keys,
) -> Result<(), Failure> {
    let present = present(tx.conn, collection, &document.id)?;
    let Some(present) = present.filter(|p| p.version == document.version) else {
        return Err(StoreError::Conflict { entity: collection, id: document.id.clone() }.into());
    };
    refuse_taken(tx.conn, collection, &document.id, keys)?;
    remove_keys(tx.conn, collection, &document.id, &present.keys)?;
    put(tx, collection, document, present.version + 1, keys)
}

fn delete(
    tx: &Transaction<'_>,
    collection: &'static str,
    id: &str,
    version: Option<u64>,
) -> Result<bool, Failure> {
    let Some(present) = present(tx.conn, collection, id)? else { return Ok(false) };
    if version.is_some_and(|v| v != present.version) {
        return Err(StoreError::Conflict { entity: collection, id: id.to_owned() }.into());
    }
    remove_keys(tx.conn, collection, id, &present.keys)?;
    let at = next_change(tx, collection)?;
    tx.conn
        .prepare_cached(
            "UPDATE document SET body = NULL, keys = NULL, changed_at = ?3 WHERE collection = ?1 AND id = ?2",
        )?
        .execute(params![collection, id, at])?;
    forget_tombstones(tx, collection)?;
    Ok(true)
}

fn add_if(
    tx: &Transaction<'_>,
    collection: &'static str,
    id: &str,
    field: &str,
    n: i64,
    max: i64,
) -> Result<Option<i64>, Failure> {
    let path = format!("$.\"{field}\"");
    let at = next_change(tx, collection)?;
    // The bound is moved to the other side, where it cannot overflow.
    let sum = tx
        .conn
        .prepare_cached(
            "UPDATE document SET body = json_set(body, ?3, ifnull(body ->> ?3, 0) + ?4), \
             version = version + 1, changed_at = ?6 \
             WHERE collection = ?1 AND id = ?2 AND body NOT NULL AND ifnull(body ->> ?3, 0) <= ?5 \
             RETURNING body ->> ?3",
        )?
        .query_row(params![collection, id, path, n, max.saturating_sub(n), at], |row| row.get(0))
        .optional()?;
    if sum.is_none() && present(tx.conn, collection, id)?.is_none() {
        return Err(StoreError::Conflict { entity: collection, id: id.to_owned() }.into());
    }
    Ok(sum)
}

fn changed_since(
    conn: &Connection,
    collection: &str,
    since: Timestamp,
    limit: usize,
) -> Result<Vec<Changed>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    conn.prepare_cached(
        "SELECT id, changed_at, body FROM document \
         WHERE collection = ?1 AND changed_at >= ?2 ORDER BY changed_at LIMIT ?3",
    )?
    .query_and_then(params![collection, since.millis(), limit], |row| {
        let body: Option<String> = row.get(2)?;
        let at = Timestamp::from_millis(row.get(1)?);
        Ok(Changed { id: row.get(0)?, at, body: body.map(|b| parse(&b)).transpose()? })
    })?
    .collect()
}

/// The instant of a change made now: later than every change of the collection before.
fn next_change(tx: &Transaction<'_>, collection: &str) -> rusqlite::Result<i64> {
    let last: Option<i64> = tx
        .conn
        .prepare_cached("SELECT max(changed_at) FROM document WHERE collection = ?1")?
        .query_row([collection], |row| row.get(0))?;
    Ok(last.map_or(tx.now.millis(), |last| tx.now.millis().max(last.saturating_add(1))))
}

/// Refuses when another document holds one of the unique keys.
fn refuse_taken(conn: &Connection, collection: &'static str, id: &str, keys: &Keys) -> Result<(), Failure> {
    let mut holder = conn
        .prepare_cached("SELECT id FROM document_unique WHERE collection = ?1 AND key = ?2 AND value = ?3")?;
    for (key, value) in &keys.unique {
        let found: Option<String> =
            holder.query_row(params![collection, key, value], |row| row.get(0)).optional()?;
        if found.is_some_and(|holder| holder != id) {
            return Err(StoreError::Duplicate { entity: collection, key: key.clone() }.into());
        }
    }
    Ok(())
}

fn put(
    tx: &Transaction<'_>,
    collection: &str,
    document: &RawDocument,
    version: u64,
    keys: &Keys,
) -> Result<(), Failure> {
    let at = next_change(tx, collection)?;
    let keys_json = serde_json::to_string(keys).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    tx.conn
        .prepare_cached(
            "INSERT OR REPLACE INTO document (collection, id, version, changed_at, keys, body) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![collection, document.id, version, at, keys_json, document.body.to_string()])?;
    for (table, keys) in [("document_unique", &keys.unique), ("document_index", &keys.indexed)] {
        for (key, value) in keys {
            tx.conn
                .prepare_cached(&format!(
                    "INSERT INTO {table} (collection, key, value, id) VALUES (?1, ?2, ?3, ?4)"
                ))?
                .execute(params![collection, key, value, document.id])?;
        }
    }
    Ok(())
}

fn remove_keys(conn: &Connection, collection: &str, id: &str, keys: &Keys) -> rusqlite::Result<()> {
    for (table, keys) in [("document_unique", &keys.unique), ("document_index", &keys.indexed)] {
        for (key, value) in keys {
            conn.prepare_cached(&format!(
                "DELETE FROM {table} WHERE collection = ?1 AND key = ?2 AND value = ?3 AND id = ?4"
            ))?
            .execute(params![collection, key, value, id])?;
        }
    }
    Ok(())
}

/// Removes a few tombstones that are old enough.
fn forget_tombstones(tx: &Transaction<'_>, collection: &str) -> rusqlite::Result<()> {
    tx.conn
        .prepare_cached(
            "DELETE FROM document WHERE collection = ?1 AND id IN (SELECT id FROM document \
             WHERE collection = ?1 AND body IS NULL AND changed_at < ?2 ORDER BY changed_at LIMIT ?3)",
        )?
        .execute(params![collection, tx.now.millis().saturating_sub(TOMBSTONES_MS), FORGET])?;
    Ok(())
}
