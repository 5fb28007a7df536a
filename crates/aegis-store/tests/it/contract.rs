//! Every promise of the contract, on SQLite.

use aegis_store::Store;
use aegis_store::sqlite::{self, Sqlite, SqliteConfig};
use aegis_store::suite::{Backend, Place};
use std::sync::Mutex;

struct SqliteBackend;

struct Folder {
    dir: tempfile::TempDir,
    open: Mutex<Option<Sqlite>>,
}

fn backend() -> SqliteBackend {
    SqliteBackend
}

#[async_trait::async_trait]
impl Backend for SqliteBackend {
    async fn place(&self) -> Box<dyn Place> {
        Box::new(Folder { dir: tempfile::tempdir().unwrap(), open: Mutex::new(None) })
    }
}

#[async_trait::async_trait]
impl Place for Folder {
    async fn open_with(&self, queue_records: usize) -> Store {
        let db = sqlite::open(SqliteConfig { queue_records, ..SqliteConfig::new(self.dir.path()) }).unwrap();
        let store = db.store();
        *self.open.lock().unwrap() = Some(db);
        store
    }

    async fn close(&self) {
        let open = self.open.lock().unwrap().take();
        if let Some(db) = open {
            db.shutdown().await.unwrap();
        }
    }
}

aegis_store::promises!(super::backend);
