//! Reads one document of a folder before its store is opened: for what must be known before anything is written.
//! Called at start, where a wrong key for the vault must leave the files as they were.
//! Invariant: no byte of the database or its write-ahead log changes.

use super::documents::parse;
use super::schema::{connect_to_peek, refuse_newer, version};
use super::{FILE, cannot_use};
use crate::StoreError;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;
use std::path::Path;

/// Returns the document, as it was last committed; none where there is no file or no such document.
pub fn peek(dir: &Path, collection: &str, id: &str) -> Result<Option<Value>, StoreError> {
    let path = dir.join(FILE);
    // SQLite would make a name of zero bytes a database.
    if std::fs::metadata(&path).map_or(0, |file| file.len()) == 0 {
        return Ok(None);
    }
    let left_behind = path.with_extension("db-wal").exists();
    let read = || {
        let conn = connect_to_peek(&path)?;
        // What a crash left in the log stays there: the last to close would move it into the file.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, left_behind)?;
        document(&conn, collection, id)
    };
    read().map_err(|e| cannot_use(&path, e))
}

fn document(conn: &Connection, collection: &str, id: &str) -> Result<Option<Value>, StoreError> {
    let found = version(conn)?;
    refuse_newer(found)?;
    if found == 0 {
        return Ok(None);
    }
    let body: Option<String> = conn
        .query_row(
            "SELECT body FROM document WHERE collection = ?1 AND id = ?2 AND body NOT NULL",
            [collection, id],
            |row| row.get(0),
        )
        .optional()?;
    body.map(|body| parse(&body)).transpose()
}
