//! A data key: the 32 bytes of a Fernet key, 16 to sign and 16 to encrypt.
//! Invariant: wiped when dropped; leaves this crate only wrapped.

use crate::crypto::name_of;
use crate::strength::{self, Weakness};
use aegis_domain::DataKeyId;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE;
use rand::CryptoRng;
use secrecy::{ExposeSecret, SecretBox};
use std::fmt;
use zeroize::Zeroizing;

/// Bytes of a key.
pub(crate) const KEY_BYTES: usize = 32;

/// A data key. Cannot be printed.
pub struct DataKey {
    bytes: SecretBox<[u8; KEY_BYTES]>,
    id: DataKeyId,
}

impl DataKey {
    /// Makes a new one.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        DataKey::from_secret(SecretBox::init_with_mut(|bytes: &mut [u8; KEY_BYTES]| rng.fill_bytes(bytes)))
    }

    /// Takes 32 bytes up, wherever they come from; none when there are more or fewer.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes = <&[u8; KEY_BYTES]>::try_from(bytes).ok()?;
        Some(DataKey::from_secret(SecretBox::init_with_mut(|own: &mut [u8; KEY_BYTES]| {
            own.copy_from_slice(bytes);
        })))
    }

    fn from_secret(bytes: SecretBox<[u8; KEY_BYTES]>) -> Self {
        let name = name_of(bytes.expose_secret(), "aegisflow/vault/data-key-id/1");
        let id = DataKeyId::parse(&name).expect("a name is 16 letters of hex");
        DataKey { bytes, id }
    }

    /// Reads a Fernet key as programs keep it: 32 bytes in base64url. One that anybody could guess is refused.
    pub fn parse(text: &str) -> Result<Self, Weakness> {
        let mut bytes = Zeroizing::new([0u8; KEY_BYTES + 1]);
        let read = URL_SAFE.decode_slice(text, bytes.as_mut_slice()).ok();
        if text.len() != 44 || read != Some(KEY_BYTES) {
            return Err(Weakness::NoKey);
        }
        let key = DataKey::from_bytes(&bytes[..KEY_BYTES]).ok_or(Weakness::NoKey)?;
        strength::check(key.bytes.expose_secret())?;
        Ok(key)
    }

    /// Its name, derived from it: the same key always has the same.
    pub fn id(&self) -> &DataKeyId {
        &self.id
    }

    pub(crate) fn bytes(&self) -> &[u8; KEY_BYTES] {
        self.bytes.expose_secret()
    }

    /// The half that signs.
    pub(crate) fn signing(&self) -> &[u8] {
        &self.bytes()[..KEY_BYTES / 2]
    }

    /// The half that encrypts.
    pub(crate) fn encrypting(&self) -> &[u8] {
        &self.bytes()[KEY_BYTES / 2..]
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DataKey({})", self.id)
    }
}
