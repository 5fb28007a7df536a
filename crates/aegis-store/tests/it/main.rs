//! The SQLite backend: the contract's suite, and what is SQLite's own.
// Whoever starts something here waits for it; there is no server to hang it on.
#![allow(clippy::disallowed_methods)]
#![allow(clippy::unwrap_used)]

mod contract;
mod cost;
mod disk;
mod file;
mod format;
mod groups;

mod processes;
mod syncs;

use aegis_domain::Timestamp;
use aegis_store::sqlite::{self, Sqlite, SqliteConfig};
use aegis_store::{Direction, NewRecord, PageQuery, Record, Store, Stream};
use std::path::Path;
use uuid::Uuid;

fn open(dir: &Path) -> Sqlite {
    sqlite::open(SqliteConfig::new(dir)).unwrap()
}

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millis(ms)
}

fn record(ms: i64) -> NewRecord {
    NewRecord { id: Uuid::now_v7(), at: at(ms), signature: 0, external: None, body: ms.to_string().into() }
}

fn named(ms: i64, name: u8) -> NewRecord {
    NewRecord { external: Some([name; 16]), ..record(ms) }
}

fn page(limit: usize) -> PageQuery {
    PageQuery {
        stream: Stream::Events,
        from: at(i64::MIN),
        to: at(i64::MAX),
        masks: Vec::new(),
        direction: Direction::Descending,
        after: None,
        limit,
        budget: usize::MAX,
    }
}

async fn all(store: &Store) -> Vec<Record> {
    store.log.page(page(usize::MAX)).await.unwrap().records
}

/// Says that something cannot be tested here; a failure where CI=true.
fn skip(what: &str, why: &str) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/skip");
    let told = std::process::Command::new(script).args([what, why]).status();
    assert!(told.is_ok_and(|s| s.success()), "{what} cannot be skipped: {why}");
}
