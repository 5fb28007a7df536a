//! The chain of data keys in memory: seals under the primary, opens by whichever key a value names.
//! Called by whoever holds the vault open. Cheap: a value costs a few microseconds.
//! Invariants: a value opens only for the place it was sealed for; whatever was changed is refused.

use crate::SecretBytes;
use crate::crypto::{mac, same};
use crate::data_key::DataKey;
use crate::fernet::{self, Token};
use aegis_domain::{DataKeyId, Place, Sealed, Timestamp};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::CryptoRng;
use secrecy::ExposeSecret;
use std::sync::Arc;

/// Why a value could not be sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// More than `MAX_SECRET` bytes.
    #[error("the secret is longer than {} bytes", crate::MAX_SECRET)]
    TooLong,
    /// Not a sealed value at all.
    #[error("this is no sealed value")]
    Unreadable,
    /// Sealed under a key that is not in the chain.
    #[error("it is sealed under the key {0}, which this vault does not have")]
    UnknownKey(DataKeyId),
    /// It was changed, or is of another place.
    #[error("it was changed, or sealed for another record, field or address: enter the secret again")]
    Refused,
}

/// The keys of a vault, the primary first.
#[derive(Clone)]
pub struct Chain(Vec<Arc<DataKey>>);

impl Chain {
    /// A chain of one key or more; `primary` seals.
    pub fn new(primary: Arc<DataKey>, older: impl IntoIterator<Item = Arc<DataKey>>) -> Self {
        Chain(std::iter::once(primary).chain(older).collect())
    }

    /// The same, with keys of another chain behind it that open and never seal.
    pub fn with_former(mut self, former: &Chain, which: impl Fn(&DataKeyId) -> bool) -> Self {
        for key in former.0.iter().filter(|key| which(key.id())) {
            if self.key(key.id()).is_none() {
                self.0.push(key.clone());
            }
        }
        self
    }

    /// The key new values are sealed under.
    pub fn primary(&self) -> &Arc<DataKey> {
        &self.0[0]
    }

    /// A key by its name.
    pub fn key(&self, id: &DataKeyId) -> Option<&Arc<DataKey>> {
        self.0.iter().find(|key| key.id() == id)
    }

    /// Seals a secret under the primary, for a place.
    pub fn seal(
        &self,
        secret: &[u8],
        place: &Place,
        now: Timestamp,
        rng: &mut impl CryptoRng,
    ) -> Result<Sealed, ChainError> {
        let key = self.primary();
        let token = fernet::encrypt(key, secret, now, rng).ok_or(ChainError::TooLong)?;
        Ok(Sealed::from_parts(key.id(), &token, &binding(key, &token, place)))
    }

    /// Opens a sealed value for its place.
    pub fn open(&self, sealed: &Sealed, place: &Place) -> Result<SecretBytes, ChainError> {
        self.open_token(sealed, place).map(|(secret, _)| secret)
    }

    fn open_token(&self, sealed: &Sealed, place: &Place) -> Result<(SecretBytes, Timestamp), ChainError> {
        let (id, token, found) = sealed.parts().ok_or(ChainError::Unreadable)?;
        let key = self.key(&id).ok_or(ChainError::UnknownKey(id))?;
        if token.len() > fernet::LONGEST || !same(binding(key, token, place).as_bytes(), found.as_bytes()) {
            return Err(ChainError::Refused);
        }
        let token = Token::parse(token).ok_or(ChainError::Refused)?;
        let secret = token.decrypt(key).ok_or(ChainError::Refused)?;
        Ok((secret, token.made_at()))
    }

    /// Seals a value anew under the primary; the token keeps the time it was first made. None when it is already
    /// under the primary.
    pub fn reseal(
        &self,
        sealed: &Sealed,
        place: &Place,
        rng: &mut impl CryptoRng,
    ) -> Result<Option<Sealed>, ChainError> {
        if sealed.key().as_ref() == Some(self.primary().id()) {
            return Ok(None);
        }
        let (secret, made_at) = self.open_token(sealed, place)?;
        self.seal(secret.expose_secret(), place, made_at, rng).map(Some)
    }

    /// Opens a bare Fernet token, as other programs keep it, by any key of the chain.
    pub fn open_bare(&self, token: &str) -> Result<SecretBytes, ChainError> {
        let token = Token::parse(token.trim()).ok_or(ChainError::Unreadable)?;
        self.0.iter().find_map(|key| token.decrypt(key)).ok_or(ChainError::Refused)
    }

    /// Makes a bare Fernet token under the primary, for another program that has the key.
    pub fn seal_bare(
        &self,
        secret: &[u8],
        now: Timestamp,
        rng: &mut impl CryptoRng,
    ) -> Result<String, ChainError> {
        fernet::encrypt(self.primary(), secret, now, rng).ok_or(ChainError::TooLong)
    }
}

/// Ties a token to a place, under the same key. Fernet itself has no associated data.
fn binding(key: &DataKey, token: &str, place: &Place) -> String {
    let Place { collection, id, field, address } = place;
    let parts = ["aegisflow/vault/binding/1", token, collection, id, field, address].map(str::as_bytes);
    URL_SAFE_NO_PAD.encode(&mac(key.bytes(), &parts)[..16])
}
