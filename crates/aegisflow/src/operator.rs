//! What the operator's commands share: the store of a data folder, open beside a running server, and a name for the
//! audit log. Called by `user`, `token`, `audit` and `vault`.
//! Invariant: an act is recorded before the command says it is done.

use crate::serve::runtime;
use aegis_domain::{Clock, SystemClock, Timestamp};
use aegis_server::audit::{self, Author, Chain, Entry};
use aegis_store::Store;
use aegis_store::sqlite::{self, SqliteConfig};
use anyhow::Context;
use clap::Args;
use std::path::PathBuf;

/// Which store.
#[derive(Args)]
pub struct DataArgs {
    /// Folder everything is kept in; the server may be running on it
    #[arg(long, value_name = "DIR", default_value = "./data", env = "AEGISFLOW_DATA")]
    pub data: PathBuf,
}

/// Somebody at work on the server's own command line.
pub struct Operator {
    /// The store of the data folder.
    pub store: Store,
    /// Their name in the operating system.
    pub name: String,
}

impl Operator {
    /// The present instant.
    pub fn now(&self) -> Timestamp {
        SystemClock.now()
    }

    /// Records an act of theirs.
    pub async fn record(&self, entry: Entry) -> anyhow::Result<()> {
        let author = Author::operator(self.name.clone());
        audit::append(&self.store, &Chain::default(), author, entry, self.now())
            .await
            .context("it is done, but could not be recorded in the audit log")
    }
}

/// Opens the store, does the work, and closes the store.
pub fn act<T>(args: &DataArgs, work: impl AsyncFnOnce(&Operator) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let data = &args.data;
    anyhow::ensure!(data.is_dir(), "there is no folder {}; name the server's with --data", data.display());
    let sqlite = sqlite::open(SqliteConfig::new(data))?;
    let operator = Operator { store: sqlite.store(), name: user_name() };
    runtime()?.block_on(async {
        let done = work(&operator).await;
        sqlite.shutdown().await?;
        done
    })
}

/// The name of the process's owner: from the system where it tells, since the environment says what it is told to.
fn user_name() -> String {
    owner().or_else(|| std::env::var("USER").ok()).unwrap_or_else(|| "unknown".into())
}

#[cfg(unix)]
fn owner() -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let uid = std::fs::metadata("/proc/self").ok()?.uid().to_string();
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let named = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == uid).then(|| name.to_owned())
    });
    Some(named.unwrap_or(format!("uid {uid}")))
}

#[cfg(not(unix))]
fn owner() -> Option<String> {
    None
}
