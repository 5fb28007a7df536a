//! Begins a rotation and does its steps. Called by `tend` in the server, and by the command line where no server runs.
//! Invariant: each step is one page and one update of the vault's record, so that whoever dies is continued at that page;
//! two that do the same page do it twice and count it once.

use super::{Vault, VaultError, collections};
use aegis_domain::entities::{Rotated, VaultRecord};
use aegis_vault::kek::Nonce;
use aegis_vault::{DataKey, Step, begin, next_step, page_done};
use std::sync::Arc;

/// A step that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stepped {
    /// Which.
    pub step: Step,
    /// Set where it was the last one, and this process ended the rotation.
    pub ended: Option<Rotated>,
}

impl Vault {
    /// Makes a new primary and begins to re-encrypt what is under older keys. Returns the record with the rotation in it.
    pub async fn rotate(&self) -> Result<VaultRecord, VaultError> {
        let key = Arc::new(DataKey::generate(&mut rand::rng()));
        let nonce = Nonce::generate(&mut rand::rng());
        let wrapped = aegis_vault::wrap(&key, &*self.kek, nonce, self.clock.now(), false).await?;
        loop {
            self.look().await?;
            let (mut record, version) = self.present();
            let chain = self.held.read().chain.clone();
            let now = self.clock.now();
            begin(&mut record, &chain, key.clone(), wrapped.clone(), now, &mut rand::rng())?;
            if self.put(version, &record).await? {
                self.begun.notify_one();
                return Ok(record);
            }
        }
    }

    /// Does the next step of the rotation under way, if there is one.
    pub async fn step(&self) -> Result<Stepped, VaultError> {
        self.look().await?;
        let (mut record, version) = self.present();
        let now = self.clock.now();
        let step = next_step(&record, collections::NAMES, now);
        let Step::Page { collection, key, after } = &step else {
            return Ok(Stepped { step, ended: None });
        };
        let chain = self.held.read().chain.clone();
        let page = collections::page(&self.store, &chain, *collection, key, after.as_deref()).await?;
        page_done(&mut record, collections::NAMES, &step, &page, now);
        let written = self.put(version, &record).await?;
        let ended = record.rotated.filter(|_| written && record.rotation.is_none());
        Ok(Stepped { step, ended })
    }
}
