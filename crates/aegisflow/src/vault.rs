//! `aegisflow vault …`: does it open, new keys, keys of another program. Works beside a running server, which then
//! carries the rotation; where none runs, the command does.

use crate::kek::KekArgs;
use crate::operator::{DataArgs, Operator, act};
use crate::serve::runtime;
use aegis_domain::SystemClock;
use aegis_domain::entities::{Entity, Rotated, VAULT, VaultRecord};
use aegis_server::audit::Entry;
use aegis_server::vault::{Vault, VaultError, ended_entry, test_all};
use aegis_store::sqlite::{self, DirLock};
use aegis_vault::{SecretString, Step, parse_chain};
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Longest chain that is read: 32 keys and blanks between them.
const CHAIN_BYTES: u64 = 4096;
/// How often a rotation that the server carries is looked at.
const LOOK: Duration = Duration::from_millis(250);

/// `vault …`
#[derive(Subcommand)]
pub enum VaultCommand {
    /// Open the vault and everything sealed in it, and say what does not open; changes nothing
    #[command(after_help = "Example:\n  aegisflow vault check --data /var/lib/aegisflow")]
    Check {
        #[command(flatten)]
        which: Which,
    },
    /// Make a new key, re-encrypt everything under it, and retire the older keys
    #[command(after_help = "Example:\n  aegisflow vault rotate --data /var/lib/aegisflow")]
    Rotate {
        #[command(flatten)]
        which: Which,
    },
    /// Take over the Fernet keys of another program, comma-separated on standard input, newest first
    #[command(after_help = "Example:\n  aegisflow vault import < fernet-keys.txt")]
    Import {
        #[command(flatten)]
        which: Which,
    },
}

/// Which vault.
#[derive(Args)]
pub struct Which {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    kek: KekArgs,
}

impl Which {
    /// Opens the KEK, then the store, then the vault, and does the work: with a wrong KEK no byte is changed.
    fn act(&self, work: impl AsyncFnOnce(&Vault, &Operator) -> anyhow::Result<()>) -> anyhow::Result<()> {
        let data = &self.data.data;
        if sqlite::peek(data, VaultRecord::COLLECTION, VAULT)?.is_none() {
            return Err(VaultError::None.into());
        }
        let kek = runtime()?.block_on(self.kek.open_for(data))?;
        act(&self.data, async |operator| {
            let store = operator.store.clone();
            let vault = Vault::open_present(store, kek, Arc::new(SystemClock)).await?;
            work(&vault, operator).await
        })
    }
}

/// Runs it.
pub fn run(command: VaultCommand) -> anyhow::Result<()> {
    match command {
        VaultCommand::Check { which } => which.act(async |vault, _| check(vault).await),
        VaultCommand::Rotate { which } => {
            which.act(async |vault, operator| rotate(vault, operator, &which.data.data).await)
        }
        VaultCommand::Import { which } => {
            let chain = chain_of_stdin()?;
            which.act(async |vault, operator| import(vault, operator, &chain).await)
        }
    }
}

async fn check(vault: &Vault) -> anyhow::Result<()> {
    let tested = test_all(vault).await?;
    let record = vault.record();
    let (kek_id, source) = vault.kek();
    if tested.refused_in_all > 0 {
        for line in &tested.refused {
            eprintln!("{line}");
        }
        bail!(
            "the vault opens, and {} sealed values in it do not, {} do; enter those secrets again",
            tested.refused_in_all,
            tested.opened
        );
    }
    println!(
        "the vault opens: {} under the KEK {kek_id} ({source}); {} sealed values, all open",
        counted(record.keys().count(), "key"),
        tested.opened
    );
    if let Some(rotation) = record.rotation {
        println!("a rotation is under way since {}", rotation.started_at);
    }
    Ok(())
}

async fn rotate(vault: &Vault, operator: &Operator, data: &Path) -> anyhow::Result<()> {
    match vault.record().rotation {
        Some(rotation) => eprintln!("aegisflow: going on with the rotation of {}", rotation.started_at),
        None => {
            let record = vault.rotate().await?;
            let entry = Entry::new("vault.rotation_started")
                .object("vault", "keys")
                .detail("primary", record.primary.id.as_str());
            operator.record(entry).await?;
        }
    }
    let ended = carry(vault, operator, data).await?;
    if ended.failed > 0 {
        bail!(
            "{} records do not open and stay under the older keys, which are kept; `aegisflow vault check` names them",
            ended.failed
        );
    }
    println!(
        "{} re-encrypted under a new key; {} retired",
        counted(ended.moved as usize, "record"),
        counted(ended.retired.len(), "older key")
    );
    Ok(())
}

/// Carries a rotation to its end: by its own hand, unless a server runs and does.
async fn carry(vault: &Vault, operator: &Operator, data: &Path) -> anyhow::Result<Rotated> {
    let mut lock: Option<DirLock> = None;
    loop {
        // A server that ends meanwhile leaves the rest to us.
        lock = lock.or_else(|| sqlite::lock(data).ok());
        let record = if lock.is_some() {
            let stepped = vault.step().await?;
            if let Some(ended) = stepped.ended {
                operator.record(ended_entry(&ended)).await?;
                return Ok(ended);
            }
            if matches!(stepped.step, Step::Page { .. }) {
                continue;
            }
            vault.record()
        } else {
            vault.refresh().await?
        };
        match record {
            VaultRecord { rotation: None, rotated: Some(ended), .. } => return Ok(ended),
            VaultRecord { rotation: None, rotated: None, .. } => bail!("no rotation is under way any more"),
            _ => tokio::time::sleep(LOOK).await,
        }
    }
}

async fn import(vault: &Vault, operator: &Operator, chain: &SecretString) -> anyhow::Result<()> {
    let keys = parse_chain(chain)?;
    let added = vault.import(&keys).await?;
    if added > 0 {
        let entry =
            Entry::new("vault.keys_imported").object("vault", "keys").detail("added", added.to_string());
        operator.record(entry).await?;
    }
    println!(
        "{} taken over, {} known before; they open what that program sealed until the next rotation retires them",
        counted(added, "key"),
        keys.len() - added
    );
    Ok(())
}

/// Never an argument: others see those in the list of processes.
fn chain_of_stdin() -> anyhow::Result<SecretString> {
    let mut text = String::with_capacity(CHAIN_BYTES as usize);
    std::io::stdin()
        .take(CHAIN_BYTES)
        .read_to_string(&mut text)
        .context("the keys on standard input are not readable text")?;
    Ok(SecretString::from(text))
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
