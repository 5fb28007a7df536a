//! For the tests inside this crate: an `App` on an empty folder, with a clock moved by hand. It starts no task.

use crate::vault::Vault;
use crate::{App, Keys, ServerConfig};
use aegis_domain::{ManualClock, Timestamp};
use aegis_identity::access_token::AccessKey;
use aegis_store::sqlite::{self, Sqlite, SqliteConfig};
use aegis_vault::kek::LocalKek;
use std::sync::Arc;
use tempfile::TempDir;

pub(crate) struct TestApp {
    pub(crate) app: App,
    sqlite: Sqlite,
    _dir: TempDir,
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub(crate) async fn start_with(adjust: impl FnOnce(&mut ServerConfig)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let sqlite = sqlite::open(SqliteConfig::new(dir.path())).unwrap();
        let mut config = ServerConfig::new(dir.path().to_owned(), "127.0.0.1:8080".parse().unwrap());
        adjust(&mut config);
        let now: Timestamp = "2026-11-23T09:00:00.000Z".parse().unwrap();
        let clock = Arc::new(ManualClock::at(now));
        let kek = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        let kek = LocalKek::parse(&kek.into(), "env:TEST_KEK".into()).unwrap();
        let vault = Vault::open(sqlite.store(), Arc::new(kek), clock.clone()).await.unwrap();
        let session = AccessKey::from_bytes(b"0123456789abcdef0123456789abcdef").unwrap();
        let keys = Keys { fingerprint: [7; 32], session };
        TestApp { app: App::new(config, sqlite.store(), vault, &keys, clock).unwrap(), sqlite, _dir: dir }
    }

    pub(crate) async fn stop(self) {
        self.app.shutdown().await;
        self.sqlite.shutdown().await.unwrap();
    }
}
