//! Wraps data keys, opens a vault's record, and tells in words when it cannot be opened.
//! Called at start, and whenever another process changed the record.
//! Invariant: opening reads and changes nothing; a chain is handed out only after the canary has been opened with it.

use crate::chain::Chain;
use crate::data_key::DataKey;
use crate::kek::{Kek, KekError, Nonce};
use aegis_domain::entities::{VAULT, VaultRecord, WrappedKey};
use aegis_domain::{DataKeyId, Place, Sealed, Timestamp};
use rand::CryptoRng;
use secrecy::ExposeSecret;
use std::sync::Arc;

/// The text every vault seals for itself.
const CANARY: &[u8] = b"aegisflow vault canary";

/// Why a vault does not open. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum CanaryError {
    /// The keys were wrapped by another KEK.
    #[error(
        "the vault cannot be opened: its keys were wrapped by the KEK {expected} ({expected_source}), and --kek {given_source} \
         is another one ({given}); give back the one it was made with, or restore it from a backup; nothing was changed"
    )]
    WrongKek {
        /// The KEK the record names.
        expected: String,
        /// Where that one came from.
        expected_source: String,
        /// The KEK that was given.
        given: String,
        /// Where it comes from.
        given_source: String,
    },
    /// The KEK is the right one, and what it wrapped does not come out.
    #[error(
        "the vault cannot be opened: its key {key} is damaged; restore the data folder from a backup; nothing was changed"
    )]
    Damaged {
        /// Which key.
        key: DataKeyId,
    },
    /// The KEK could not be asked.
    #[error("the vault cannot be opened: {0}")]
    Kek(#[from] KekError),
}

/// Wraps a key by a KEK, as it is stored.
pub async fn wrap(
    key: &DataKey,
    kek: &dyn Kek,
    nonce: Nonce,
    now: Timestamp,
    imported: bool,
) -> Result<WrappedKey, KekError> {
    Ok(WrappedKey {
        id: key.id().clone(),
        kek_id: kek.id().to_owned(),
        kek_source: kek.source().to_owned(),
        wrapped: kek.wrap(key, nonce).await?,
        created_at: now,
        imported,
    })
}

/// A new vault with one key, not yet wrapped. Made in two steps, since randomness is no guest in asynchronous code.
pub struct NewVault {
    key: Arc<DataKey>,
    canary: Sealed,
    nonce: Nonce,
    now: Timestamp,
}

impl NewVault {
    /// Makes the key and the canary.
    pub fn generate(now: Timestamp, rng: &mut impl CryptoRng) -> Self {
        let key = Arc::new(DataKey::generate(rng));
        let canary = seal_canary(&Chain::new(key.clone(), []), now, rng);
        NewVault { key, canary, nonce: Nonce::generate(rng), now }
    }

    /// Wraps the key: the record to store.
    pub async fn wrap(self, kek: &dyn Kek) -> Result<VaultRecord, KekError> {
        Ok(VaultRecord {
            primary: wrap(&self.key, kek, self.nonce, self.now, false).await?,
            older: Vec::new(),
            canary: self.canary,
            rotation: None,
            rotated: None,
            created_at: self.now,
        })
    }
}

/// Opens a vault's record: unwraps each key that `known` has not already, then checks the canary.
pub async fn open(record: &VaultRecord, kek: &dyn Kek, known: Option<&Chain>) -> Result<Chain, CanaryError> {
    let mut keys = Vec::new();
    for wrapped in record.keys() {
        let held = known.and_then(|chain| chain.key(&wrapped.id));
        keys.push(match held {
            Some(key) => key.clone(),
            None => Arc::new(unwrap(wrapped, kek).await?),
        });
    }
    let mut keys = keys.into_iter();
    let primary = keys.next().expect("a record has a primary");
    let chain = Chain::new(primary, keys);
    check(record, &chain)?;
    Ok(chain)
}

async fn unwrap(wrapped: &WrappedKey, kek: &dyn Kek) -> Result<DataKey, CanaryError> {
    let same_kek = wrapped.kek_id == kek.id();
    let wrong = || CanaryError::WrongKek {
        expected: wrapped.kek_id.clone(),
        expected_source: wrapped.kek_source.clone(),
        given: kek.id().to_owned(),
        given_source: kek.source().to_owned(),
    };
    // A KEK that is another by name is not tried: a transit server would count a refused decryption.
    if !same_kek {
        return Err(wrong());
    }
    match kek.unwrap(&wrapped.id, &wrapped.wrapped).await {
        Ok(key) if *key.id() == wrapped.id => Ok(key),
        Ok(_) | Err(KekError::Refused) => Err(CanaryError::Damaged { key: wrapped.id.clone() }),
        Err(error) => Err(error.into()),
    }
}

/// The self-test: opens the canary.
pub fn check(record: &VaultRecord, chain: &Chain) -> Result<(), CanaryError> {
    match chain.open(&record.canary, &place()) {
        Ok(text) if text.expose_secret() == CANARY => Ok(()),
        _ => Err(CanaryError::Damaged { key: record.primary.id.clone() }),
    }
}

/// Seals the canary under a chain's primary.
pub(crate) fn seal_canary(chain: &Chain, now: Timestamp, rng: &mut impl CryptoRng) -> Sealed {
    chain.seal(CANARY, &place(), now, rng).expect("the canary is short")
}

fn place() -> Place {
    Place { collection: "vault", id: VAULT.into(), field: "canary".into(), address: String::new() }
}
