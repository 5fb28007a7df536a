//! The vault of the running program: the chain of keys in memory, kept in step with the one record in the store.
//! Called by whoever stores a secret (`seal`) or uses one (`reveal`); the routes and the command line call `rotate`.
//! Invariants: nothing is sealed by what was known of the vault longer than half of `SETTLE` ago, so that nothing comes
//! under a key that a rotation has been through with; a value under a key made elsewhere a moment ago opens, too.

mod collections;
mod rotate;
mod tend;

pub use collections::{Tested, test_all};
pub use rotate::Stepped;
pub use tend::{ended_entry, run};

use aegis_domain::entities::{Entity, VAULT, VaultRecord, WrappedKey};
use aegis_domain::{Clock, DataKeyId, Place, Sealed, Timestamp};
use aegis_store::{DocumentsExt, Store, StoreError};
use aegis_vault::kek::{Kek, KekError, Nonce};
use aegis_vault::{
    CanaryError, Chain, ChainError, DataKey, ImportError, NewVault, RotationError, SETTLE, SecretBytes, join,
};
use parking_lot::RwLock;
use std::sync::Arc;
use tokio::sync::{Mutex, Notify};

/// Why the vault does not do what it is asked.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// It does not open.
    #[error(transparent)]
    Closed(#[from] CanaryError),
    /// Secrets are stored, and the record of the keys they are under is not.
    #[error(
        "the vault's record is gone while sealed secrets are there; restore the database from a backup; nothing was changed"
    )]
    Lost,
    /// There is none yet.
    #[error("there is no vault in this folder yet; the first start of the server makes one")]
    None,
    /// A value that does not open or cannot be sealed.
    #[error(transparent)]
    Value(#[from] ChainError),
    /// A rotation that does not begin.
    #[error(transparent)]
    Rotation(#[from] RotationError),
    /// A chain that is not taken over.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<KekError> for VaultError {
    fn from(error: KekError) -> Self {
        VaultError::Closed(CanaryError::Kek(error))
    }
}

/// What is in memory.
struct Held {
    record: VaultRecord,
    version: u64,
    chain: Chain,
    /// The change of the record that this is, as the store counts them.
    changed_at: Timestamp,
    /// When the record was last seen to be this one.
    seen_at: Timestamp,
}

/// See the module.
pub struct Vault {
    store: Store,
    clock: Arc<dyn Clock>,
    kek: Arc<dyn Kek>,
    held: RwLock<Held>,
    /// One look at the store at a time.
    looking: Mutex<()>,
    /// What keeps the record's latest state from being taken up.
    trouble: RwLock<Option<String>>,
    /// Wakes the job when a rotation was begun here.
    begun: Notify,
}

async fn exists(store: &Store) -> Result<bool, StoreError> {
    Ok(store.documents.get_raw(VaultRecord::COLLECTION, VAULT).await?.is_some())
}

impl Vault {
    /// Opens the vault of a store, making one where there is none and nothing sealed. Changes nothing where there is one.
    pub async fn open(store: Store, kek: Arc<dyn Kek>, clock: Arc<dyn Clock>) -> Result<Vault, VaultError> {
        if !exists(&store).await? {
            if collections::any_sealed(&store).await? {
                return Err(VaultError::Lost);
            }
            let new = NewVault::generate(clock.now(), &mut rand::rng());
            let record = new.wrap(&*kek).await?;
            match store.documents.insert(&record).await {
                // Another process made one in the same moment: that one it is.
                Ok(()) | Err(StoreError::Duplicate { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Vault::open_present(store, kek, clock).await
    }

    /// Opens the vault of a store that has one.
    pub async fn open_present(
        store: Store,
        kek: Arc<dyn Kek>,
        clock: Arc<dyn Clock>,
    ) -> Result<Vault, VaultError> {
        let now = clock.now();
        let changed_at = last_change(&store, Timestamp::from_millis(0)).await?.unwrap_or_default();
        let found = store.documents.get::<VaultRecord>(VAULT).await?.ok_or(VaultError::None)?;
        let chain = aegis_vault::open(&found.value, &*kek, None).await?;
        let held = Held { record: found.value, version: found.version, chain, changed_at, seen_at: now };
        Ok(Vault {
            store,
            clock,
            kek,
            held: RwLock::new(held),
            looking: Mutex::default(),
            trouble: RwLock::default(),
            begun: Notify::new(),
        })
    }

    /// Seals a secret for a place. Keep the result in a record whose `indexed` lists `Seals::sealed_under`.
    pub async fn seal(&self, secret: &[u8], place: &Place) -> Result<Sealed, VaultError> {
        let now = self.clock.now();
        let seen_at = self.held.read().seen_at;
        // A clock set back makes what is known old, not eternal.
        if now < seen_at || seen_at.plus(SETTLE / 2) <= now {
            self.look().await?;
        }
        let chain = self.held.read().chain.clone();
        Ok(chain.seal(secret, place, now, &mut rand::rng())?)
    }

    /// Opens a sealed value for its place.
    pub async fn reveal(&self, sealed: &Sealed, place: &Place) -> Result<SecretBytes, VaultError> {
        let chain = self.held.read().chain.clone();
        match chain.open(sealed, place) {
            // Sealed by another process under a key made since.
            Err(ChainError::UnknownKey(_)) => {
                self.look().await?;
                let chain = self.held.read().chain.clone();
                Ok(chain.open(sealed, place)?)
            }
            done => Ok(done?),
        }
    }

    /// Opens a bare Fernet token, as other programs keep it, by any key of the chain: to take it over, seal it anew.
    pub fn reveal_bare(&self, token: &str) -> Result<SecretBytes, VaultError> {
        let chain = self.held.read().chain.clone();
        Ok(chain.open_bare(token)?)
    }

    /// The record as last seen.
    pub fn record(&self) -> VaultRecord {
        self.held.read().record.clone()
    }

    /// The KEK in use: its name, and where it comes from.
    pub fn kek(&self) -> (&str, &str) {
        (self.kek.id(), self.kek.source())
    }

    /// The self-test: opens the canary. An error says in words what is wrong.
    pub fn self_test(&self) -> Result<(), String> {
        if let Some(trouble) = &*self.trouble.read() {
            return Err(trouble.clone());
        }
        let held = self.held.read();
        aegis_vault::check(&held.record, &held.chain).map_err(|error| error.to_string())
    }

    /// Takes over Fernet keys of another program. Returns how many were new.
    pub async fn import(&self, keys: &[DataKey]) -> Result<usize, VaultError> {
        let mut wrapped: Vec<WrappedKey> = Vec::new();
        for key in keys {
            let nonce = Nonce::generate(&mut rand::rng());
            wrapped.push(aegis_vault::wrap(key, &*self.kek, nonce, self.clock.now(), true).await?);
        }
        loop {
            self.look().await?;
            let (mut record, version) = self.present();
            let added = join(&mut record, wrapped.clone())?;
            if added == 0 || self.put(version, &record).await? {
                return Ok(added);
            }
        }
    }

    /// Takes up what other processes did. For whoever waits for them.
    pub async fn refresh(&self) -> Result<VaultRecord, VaultError> {
        self.look().await?;
        Ok(self.record())
    }

    fn present(&self) -> (VaultRecord, u64) {
        let held = self.held.read();
        (held.record.clone(), held.version)
    }

    /// Writes the record if it is still the one it was; false: another process was first, look again.
    async fn put(&self, version: u64, record: &VaultRecord) -> Result<bool, VaultError> {
        let written = match self.store.documents.update(version, record).await {
            Ok(()) => true,
            Err(StoreError::Conflict { .. }) => false,
            Err(error) => return Err(error.into()),
        };
        self.look().await?;
        Ok(written)
    }

    /// Takes up what other processes made of the record. What cannot be taken up is said by `self_test` until it can:
    /// meanwhile the keys in memory go on opening.
    async fn look(&self) -> Result<(), VaultError> {
        let _one = self.looking.lock().await;
        let looked = self.take_up().await;
        // A store that cannot be read is the store's own trouble, and said there.
        if !matches!(looked, Err(VaultError::Store(_))) {
            *self.trouble.write() = looked.as_ref().err().map(ToString::to_string);
        }
        looked
    }

    async fn take_up(&self) -> Result<(), VaultError> {
        let now = self.clock.now();
        let known = self.held.read().changed_at;
        let Some(changed_at) = last_change(&self.store, known).await?.filter(|at| *at > known) else {
            self.held.write().seen_at = now;
            return Ok(());
        };
        let found = self.store.documents.get::<VaultRecord>(VAULT).await?.ok_or(VaultError::Lost)?;
        let chain = self.held.read().chain.clone();
        let opened = aegis_vault::open(&found.value, &*self.kek, Some(&chain)).await?;
        let mut held = self.held.write();
        // Whoever read a value just before its key was retired can still open it, until the next change.
        let former = |id: &DataKeyId| held.record.keys().any(|key| key.id == *id);
        let chain = opened.with_former(&chain, former);
        *held = Held { chain, record: found.value, version: found.version, changed_at, seen_at: now };
        Ok(())
    }
}

/// The last change of the record, at or after `since`.
async fn last_change(store: &Store, since: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let changes = store.documents.changed_since(VaultRecord::COLLECTION, since, 2).await?;
    Ok(changes.last().map(|change| change.at))
}
