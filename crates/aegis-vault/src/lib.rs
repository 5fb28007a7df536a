//! Keeps secrets encrypted: a chain of Fernet keys, each wrapped by a key-encryption key (KEK) that lies elsewhere.
//! The server keeps the vault's record and the sealed values; this crate makes, opens and re-encrypts them. It stores
//! nothing, asks no network (a transit KEK is handed its HTTP call), and takes time and randomness as arguments.
//! Invariants: no secret or key can be printed, serialised or forgotten in memory; what was changed in any bit is
//! refused; a key is given up only when nothing is left under it.

mod canary;
mod chain;
mod crypto;
mod data_key;
mod fernet;
mod fingerprint;
mod import;
pub mod kek;
mod rotation;
mod strength;

pub use aegis_domain::{DataKeyId, Fingerprint, Place, Sealed};
pub use canary::{CanaryError, NewVault, check, open, wrap};
pub use chain::{Chain, ChainError};
pub use data_key::DataKey;
pub use fernet::MAX_SECRET;
pub use fingerprint::fingerprint;
pub use import::{ImportError, MOST_KEYS, join, parse_chain};
pub use rotation::{Page, RotationError, SETTLE, Step, begin, next_step, page_done};
pub use secrecy::{ExposeSecret, SecretSlice, SecretString};
pub use strength::Weakness;

/// A secret of any bytes: wiped when dropped; cannot be printed, cloned or serialised.
pub type SecretBytes = SecretSlice<u8>;
