//! Opening: what is in the way is said, and nothing is touched.

use super::{all, at, open, page, record};
use aegis_domain::entities::Setting;
use aegis_store::DocumentsExt;
use aegis_store::sqlite::{self, SqliteConfig};
use aegis_store::{StoreError, Stream};
use rusqlite::Connection;
use std::path::Path;

fn refusal(dir: &Path) -> String {
    match sqlite::open(SqliteConfig::new(dir)) {
        Ok(_) => panic!("{} opened", dir.display()),
        Err(e) => e.to_string(),
    }
}

#[tokio::test]
async fn the_folder_is_made_when_it_is_not_there() {
    let dir = tempfile::tempdir().unwrap();
    let db = open(&dir.path().join("a/b"));
    assert!(db.path().is_file());
    db.shutdown().await.unwrap();
}

#[test]
fn a_file_in_the_folders_place_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("data");
    std::fs::write(&path, "x").unwrap();
    let why = refusal(&path);
    assert!(why.contains("data folder") && why.contains(path.to_str().unwrap()), "{why}");
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("aegisflow.db");
    std::fs::write(&path, vec![b'x'; 10_000]).unwrap();
    let why = refusal(dir.path());
    assert!(why.contains("aegisflow.db") && why.contains("restore"), "{why}");
    assert_eq!(std::fs::read(&path).unwrap(), vec![b'x'; 10_000]);
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let db = open(dir.path());
    db.shutdown().await.unwrap();
    Connection::open(db.path()).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let why = refusal(dir.path());
    assert!(why.contains("schema 99") && why.contains("upgrade aegisflow"), "{why}");
}

#[tokio::test]
async fn a_peek_sees_what_was_committed_and_changes_no_byte() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(sqlite::peek(dir.path(), "settings", "a").unwrap(), None);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "nothing is made");
    let db = open(dir.path());
    let setting = Setting { id: "a".into(), value: serde_json::json!(7) };
    db.store().documents.insert(&setting).await.unwrap();
    let peek = |dir: &Path| sqlite::peek(dir, "settings", "a").unwrap().unwrap()["value"].clone();
    assert_eq!(peek(dir.path()), 7, "beside a program that has it open");

    // As after a crash: what was committed is still in the write-ahead log.
    let crashed = tempfile::tempdir().unwrap();
    for name in ["aegisflow.db", "aegisflow.db-wal"] {
        std::fs::copy(dir.path().join(name), crashed.path().join(name)).unwrap();
    }
    db.shutdown().await.unwrap();
    for folder in [dir.path(), crashed.path()] {
        let bytes = |name: &str| std::fs::read(folder.join(name)).ok();
        let before = (bytes("aegisflow.db"), bytes("aegisflow.db-wal"));
        assert_eq!(peek(folder), 7);
        assert_eq!(sqlite::peek(folder, "settings", "b").unwrap(), None);
        assert!(before == (bytes("aegisflow.db"), bytes("aegisflow.db-wal")), "{}", folder.display());
    }
    let other = tempfile::tempdir().unwrap();
    std::fs::write(other.path().join("aegisflow.db"), vec![b'x'; 10_000]).unwrap();
    let why = sqlite::peek(other.path(), "settings", "a").unwrap_err().to_string();
    assert!(why.contains("aegisflow.db") && why.contains("restore"), "{why}");
}

#[tokio::test]
async fn a_damaged_block_is_an_error_for_its_records_alone() {
    let dir = tempfile::tempdir().unwrap();
    let db = open(dir.path());
    let store = db.store();
    store.log.append(Stream::Events, vec![record(1)]).await.unwrap();
    store.log.append(Stream::Events, vec![record(2)]).await.unwrap();
    db.shutdown().await.unwrap();
    let damage = "UPDATE events_block SET body = substr(body, 1, length(body) - 3) \
                  WHERE place = (SELECT min(place) FROM events_block)";
    assert_eq!(Connection::open(db.path()).unwrap().execute(damage, []).unwrap(), 1);
    let store = open(dir.path()).store();
    let read = store.log.page(page(10)).await;
    assert!(matches!(read, Err(StoreError::Corrupt(_))), "{read:?}");
    assert_eq!(store.log.page(page(1)).await.unwrap().records[0].at, at(2));
    store.log.append(Stream::Events, vec![record(3)]).await.unwrap();
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let db = open(dir.path());
    let store = db.store();
    db.shutdown().await.unwrap();
    db.shutdown().await.unwrap();
    for answer in [
        store.log.append(Stream::Events, vec![record(1)]).await.map(drop),
        store.log.page(page(1)).await.map(drop),
        store.log.check().await,
        store.tallies.absorbed("rollups", 1).await.map(drop),
    ] {
        assert!(matches!(&answer, Err(StoreError::Unavailable(why)) if why.contains("closed")), "{answer:?}");
    }
}

#[tokio::test]
async fn closing_does_what_waits_first() {
    let dir = tempfile::tempdir().unwrap();
    let db = open(dir.path());
    let log = db.store().log;
    let waiting: Vec<_> = (0..50)
        .map(|n| {
            let log = log.clone();
            tokio::spawn(async move { log.append(Stream::Events, vec![record(n)]).await.is_ok() })
        })
        .collect();
    tokio::task::yield_now().await;
    db.shutdown().await.unwrap();
    let mut acknowledged = 0;
    for answer in waiting {
        acknowledged += usize::from(answer.await.unwrap());
    }
    let wal = std::fs::metadata(dir.path().join("aegisflow.db-wal")).map_or(0, |m| m.len());
    assert_eq!(wal, 0, "all is in the one file");
    assert_eq!(all(&open(dir.path()).store()).await.len(), acknowledged);
}

#[test]
fn one_server_per_folder() {
    let dir = tempfile::tempdir().unwrap();
    let held = sqlite::lock(dir.path()).unwrap();
    let refused = sqlite::lock(dir.path()).unwrap_err().to_string();
    assert!(refused.contains("another aegisflow"), "{refused}");
    drop(held);
    sqlite::lock(dir.path()).unwrap();
}
