//! The vault of the real binary: KEKs right and wrong, rotation through kills and under reads, secrets nowhere in clear.

mod keks;
mod rotation;
mod secrets;
mod transit;

use crate::harness::{Client, Launch};
use aegis_domain::entities::Credential;
use aegis_domain::{SystemClock, Timestamp};
use aegis_server::vault::Vault;
use aegis_store::sqlite::{self, SqliteConfig};
use aegis_store::{DocumentsExt, ListQuery, Store};
use aegis_vault::ExposeSecret;
use aegis_vault::kek::read_file;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// What the nth credential holds.
pub fn secret(n: usize) -> String {
    format!("sk-planted-{n:06}-of-the-vault")
}

/// The vault of a folder with the KEK that its first start made; nobody else may be writing.
pub async fn open(dir: &Path, store: Store) -> Vault {
    let kek = read_file(&dir.join("secrets/kek")).unwrap();
    Vault::open_present(store, Arc::new(kek), Arc::new(SystemClock)).await.unwrap()
}

/// Puts credentials into the folder of a server that is stopped.
pub async fn plant(dir: &Path, count: usize) {
    let sqlite = sqlite::open(SqliteConfig::new(dir)).unwrap();
    let store = sqlite.store();
    let vault = open(dir, store.clone()).await;
    for first in (0..count).step_by(500) {
        let some = (first..count.min(first + 500)).map(|n| {
            let (vault, store) = (&vault, &store);
            async move {
                let now = Timestamp::from_millis(1_795_435_200_000);
                let mut made =
                    Credential::new("openai".into(), "admin".into(), format!("{n:06}"), "ada".into(), now);
                let sealed = vault.seal(secret(n).as_bytes(), &made.place("api_key")).await.unwrap();
                made.secrets.insert("api_key".into(), sealed);
                made.last4 = Some("ault".into());
                store.documents.insert(&made).await.unwrap();
            }
        });
        futures::future::join_all(some).await;
    }
    sqlite.shutdown().await.unwrap();
}

/// Reads every credential as a program does that uses them, beside a running server or not; returns how many.
pub async fn read_all(dir: &Path) -> usize {
    let sqlite = sqlite::open(SqliteConfig::new(dir)).unwrap();
    let store = sqlite.store();
    let vault = open(dir, store.clone()).await;
    let mut after = None;
    let mut read = 0;
    loop {
        let query = ListQuery { index: None, after, limit: 500 };
        let page = store.documents.list::<Credential>(query).await.unwrap();
        for found in &page {
            let made = &found.value;
            let opened = vault.reveal(&made.secrets["api_key"], &made.place("api_key")).await;
            let opened = opened.unwrap_or_else(|e| panic!("{} does not open: {e}", made.label));
            assert_eq!(opened.expose_secret(), secret(made.label.parse().unwrap()).as_bytes());
        }
        read += page.len();
        after = page.last().map(|found| found.value.id.to_string());
        if page.len() < 500 {
            break;
        }
    }
    sqlite.shutdown().await.unwrap();
    read
}

/// A folder on which a server has run once, and a caller who is an admin there.
pub async fn prepared(dir: &Path) -> (Launch, Client) {
    let launch = Launch::on(dir);
    let server = launch.start();
    let client = server.first_token(&["admin"]).await;
    assert!(server.stop().status.success());
    (launch, client)
}

/// `GET /api/vault`.
pub async fn shown(client: &Client) -> Value {
    client.get("/api/vault").await.ok()
}

/// Waits for the end of the rotation under way; returns how it ended.
pub async fn wait_for_end(client: &Client) -> Value {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(300);
    loop {
        let vault = shown(client).await;
        if vault["rotation"].is_null() {
            return vault["last_rotation"].clone();
        }
        assert!(std::time::Instant::now() < deadline, "the rotation does not end: {vault:#}");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}
