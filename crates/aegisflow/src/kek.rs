//! `--kek …`: where the key-encryption key comes from. Called by `serve` and `vault`.
//! Invariant: a KEK is made only where there is no vault yet and none was named; what cannot be used ends the program
//! with one line, before anything is written.

mod http;

use aegis_domain::entities::{Entity, VAULT, VaultRecord};
use aegis_store::sqlite;
use aegis_vault::SecretString;
use aegis_vault::kek::{Kek, KekError, KekSpec, TransitKek, from_environment, make_file, read_file, transit};
use anyhow::{Context, bail};
use clap::Args;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Longest token that is read.
const TOKEN_BYTES: u64 = 4096;

/// The flags, the same wherever the vault is opened.
#[derive(Debug, Clone, Args)]
pub struct KekArgs {
    /// Where the key comes from that the vault's keys are wrapped by: env:NAME, file:PATH or transit:URL#key; without,
    /// the file DIR/secrets/kek, made at first start
    #[arg(long, value_name = "SOURCE", env = "AEGISFLOW_KEK")]
    pub kek: Option<KekSpec>,

    /// File with the token for a transit KEK, read at each use; without, the variable VAULT_TOKEN
    #[arg(long, value_name = "FILE", env = "AEGISFLOW_KEK_TOKEN_FILE")]
    pub kek_token_file: Option<PathBuf>,

    /// Namespace of a transit KEK
    #[arg(long, value_name = "NAME", env = "AEGISFLOW_KEK_NAMESPACE")]
    pub kek_namespace: Option<String>,
}

impl KekArgs {
    /// Opens the KEK of a data folder, and proves that it opens the vault there, if there is one. Changes no byte of the
    /// database; where there is no vault yet, the file of the data folder may be made.
    pub async fn open_for(&self, data: &Path) -> anyhow::Result<Arc<dyn Kek>> {
        let found = sqlite::peek(data, VaultRecord::COLLECTION, VAULT)?;
        let kek = self.open(data, found.is_none())?;
        if let Some(record) = found {
            let record: VaultRecord = serde_json::from_value(record)
                .context("the vault's record cannot be read; restore a backup")?;
            aegis_vault::open(&record, &*kek, None).await?;
        }
        Ok(kek)
    }

    fn open(&self, data: &Path, fresh: bool) -> anyhow::Result<Arc<dyn Kek>> {
        let opened = match &self.kek {
            None => self.of_the_folder(&data.join("secrets/kek"), fresh)?,
            Some(KekSpec::Env(name)) => from_environment(name, |name| std::env::var_os(name)).map(share),
            Some(KekSpec::File(path)) => read_file(path).map(share),
            Some(KekSpec::Transit { url, key }) => {
                let token = Box::new(TokenSource(self.kek_token_file.clone()));
                let namespace = self.kek_namespace.clone();
                Ok(share(TransitKek::new(url, key, namespace, token, http::call()?)))
            }
        };
        match opened {
            Err(KekError::Missing(place)) if !fresh => bail!(
                "the vault cannot be opened: there is no KEK in {place}; name the one it was made with by --kek, or restore \
                 it from a backup; nothing was changed"
            ),
            opened => Ok(opened?),
        }
    }

    fn of_the_folder(&self, path: &Path, fresh: bool) -> anyhow::Result<Result<Arc<dyn Kek>, KekError>> {
        if fresh {
            match make_file(path, &mut rand::rng()) {
                Ok(()) => {}
                Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
                Err(e) => {
                    return Err(e).with_context(|| {
                        format!(
                            "{} cannot be written; free some space there, or give this user the right to write",
                            path.display()
                        )
                    });
                }
            }
        }
        Ok(read_file(path).map(share))
    }
}

fn share(kek: impl Kek + 'static) -> Arc<dyn Kek> {
    Arc::new(kek)
}

/// A file, or the variable that Vault's own programs use.
struct TokenSource(Option<PathBuf>);

impl transit::Token for TokenSource {
    fn get(&self) -> Result<SecretString, String> {
        let text = match &self.0 {
            Some(path) => {
                let unreadable = |e| format!("the token file {} cannot be read: {e}", path.display());
                let mut text = String::with_capacity(TOKEN_BYTES as usize);
                let file = std::fs::File::open(path).map_err(unreadable)?;
                file.take(TOKEN_BYTES).read_to_string(&mut text).map_err(unreadable)?;
                text
            }
            None => std::env::var("VAULT_TOKEN").unwrap_or_default(),
        };
        let token = SecretString::from(text.trim());
        drop(SecretString::from(text));
        match aegis_vault::ExposeSecret::expose_secret(&token).is_empty() {
            true => Err("it wants a token: set VAULT_TOKEN, or name a file by --kek-token-file".into()),
            false => Ok(token),
        }
    }
}
