//! The callers' own keys: which of them are known, and for which record.
//! Used by the writer alone, inside its transaction.

use super::statements::Statements;
use crate::ExternalKey;
use rusqlite::{Connection, OptionalExtension};

/// The place of the record with this key.
pub(super) fn find(conn: &Connection, sql: &Statements, key: &ExternalKey) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached(sql.find_external)?.query_row([key.as_slice()], |row| row.get(0)).optional()
}
