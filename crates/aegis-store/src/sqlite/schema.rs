//! The tables, their version, and how a connection is set up.
//! Invariant: `user_version` counts the migrations applied; a file from a newer program is refused, never touched.

use super::tallies;
use crate::StoreError;
use aegis_domain::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// Marks the file as ours: "AEGF".
const APPLICATION_ID: i32 = 0x4145_4746;

/// How long a writer waits for another process's transaction.
const BUSY: Duration = Duration::from_secs(5);

/// A step of the schema: tables, then what there is to move into them.
type Migration = (&'static str, fn(&Connection) -> Result<(), StoreError>);

/// Never changed once released, only added to.
const MIGRATIONS: &[Migration] = &[
    (include_str!("schema_1.sql"), |_| Ok(())),
    (include_str!("schema_2.sql"), tallies::pack_rows),
    (include_str!("schema_3.sql"), |_| Ok(())),
    (include_str!("schema_4.sql"), |_| Ok(())),
];

/// The version of the schema that this program writes.
pub(super) const VERSION: usize = MIGRATIONS.len();

/// Opens the connection that writes, creating or migrating the file, and proves that it can write.
pub(super) fn open_writer(path: &Path, now: Timestamp) -> Result<Connection, StoreError> {
    let mut conn = connect(path, OpenFlags::SQLITE_OPEN_CREATE, BUSY)?;
    set_up_writer(&conn)?;
    migrate(&mut conn)?;
    conn.execute(
        "INSERT INTO meta (key, value) VALUES ('opened_at', ?1) \
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [now.millis()],
    )?;
    Ok(conn)
}

/// Opens a connection that moves the WAL into the file.
pub(super) fn open_checkpointer(path: &Path) -> Result<Connection, StoreError> {
    let conn = connect(path, OpenFlags::empty(), Duration::from_millis(500))?;
    conn.execute_batch("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;")?;
    // Reading the schema attaches the connection to the WAL; a checkpoint before that does nothing.
    version(&conn)?;
    Ok(conn)
}

/// Opens a connection that only reads a file which `open_writer` has prepared.
pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let conn = connect(path, OpenFlags::empty(), BUSY)?;
    conn.set_prepared_statement_cache_capacity(64);
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -4096;")?;
    Ok(conn)
}

/// Opens a connection that reads a file nobody has prepared.
pub(super) fn connect_to_peek(path: &Path) -> Result<Connection, StoreError> {
    let conn = connect(path, OpenFlags::empty(), BUSY)?;
    conn.execute_batch("PRAGMA query_only = ON;")?;
    Ok(conn)
}

/// Read-write at the level of the file even for readers, because a reader of a WAL takes part in its shared memory.
fn connect(path: &Path, flags: OpenFlags, busy: Duration) -> Result<Connection, StoreError> {
    let flags = flags
        | OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(busy)?;
    // Our queries have one good plan each: without this, SQLite plans a query again whenever a bound value changes.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(conn)
}

fn set_up_writer(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_prepared_statement_cache_capacity(64);
    // FULL: a commit returns after the sync of the WAL. Checkpoints are made by a thread of their own.
    conn.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA wal_autocheckpoint = 0;
         PRAGMA journal_size_limit = 67108864;
         PRAGMA cache_size = -16384;
         PRAGMA temp_store = MEMORY;
         PRAGMA foreign_keys = OFF;",
    )
}

fn migrate(conn: &mut Connection) -> Result<(), StoreError> {
    let found = version(conn)?;
    if found == VERSION {
        return Ok(());
    }
    refuse_newer(found)?;
    // Another process may migrate at the same time: look again under the lock.
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    for (tables, fill) in &MIGRATIONS[version(&tx)?.min(VERSION)..] {
        tx.execute_batch(tables)?;
        fill(&tx)?;
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", VERSION as i64)?;
    tx.commit()?;
    Ok(())
}

pub(super) fn refuse_newer(found: usize) -> Result<(), StoreError> {
    if found <= VERSION {
        return Ok(());
    }
    Err(StoreError::Corrupt(format!(
        "it was written by a newer program (schema {found}, this one knows up to {VERSION}); upgrade aegisflow"
    )))
}

pub(super) fn version(conn: &Connection) -> rusqlite::Result<usize> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0))
}
