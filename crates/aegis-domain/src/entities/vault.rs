//! The vault's one record: its data keys, wrapped, and how far a rotation has come.
//! One document rather than one for each key: a rotation changes several things at once, and a document is what the
//! store changes in one step. `aegis-vault` holds the rules by which it changes.
//! Invariant: there is exactly one primary key. No key stands here unwrapped.

use super::Entity;
use crate::{DataKeyId, Sealed, Timestamp};
use serde::{Deserialize, Serialize};

/// The id of the one record.
pub const VAULT: &str = "vault";

/// Everything the vault must remember.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaultRecord {
    /// What is sealed from now on is sealed under this key.
    pub primary: WrappedKey,
    /// Keys that only open what was sealed before, newest first.
    #[serde(default)]
    pub older: Vec<WrappedKey>,
    /// A known text sealed under the primary: opened at each start.
    pub canary: Sealed,
    /// The rotation under way.
    #[serde(default)]
    pub rotation: Option<Rotation>,
    /// How the last rotation ended.
    #[serde(default)]
    pub rotated: Option<Rotated>,
    /// When the vault was made.
    pub created_at: Timestamp,
}

/// A data key as it is stored: encrypted by a key-encryption key (KEK).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrappedKey {
    /// Its name, derived from the key.
    pub id: DataKeyId,
    /// Names the KEK that wrapped it.
    pub kek_id: String,
    /// Where that KEK came from.
    pub kek_source: String,
    /// The wrapped key.
    pub wrapped: String,
    /// When it was made here, or brought in.
    pub created_at: Timestamp,
    /// Brought in from another program.
    #[serde(default)]
    pub imported: bool,
}

/// A rotation under way: pass after pass over what is sealed under older keys, until a pass finds nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotation {
    /// When it began: since then nothing new is sealed under older keys.
    pub started_at: Timestamp,
    /// Which pass, from 1.
    pub pass: u32,
    /// When this pass began.
    pub pass_began_at: Timestamp,
    /// How far this pass has come; none: at its beginning.
    pub cursor: Option<Cursor>,
    /// Records this pass re-encrypted.
    pub moved: u64,
    /// Records this pass could not re-encrypt.
    pub failed: u64,
    /// Records re-encrypted since the rotation began.
    pub moved_in_all: u64,
}

/// How far a pass has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The collection being read.
    pub collection: String,
    /// The older key whose records are being read.
    pub key: DataKeyId,
    /// The last record done.
    pub after: String,
}

/// How a rotation ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotated {
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Timestamp,
    /// Records re-encrypted.
    pub moved: u64,
    /// Keys retired: nothing was left under them.
    pub retired: Vec<DataKeyId>,
    /// Records that could not be opened. While there are any, the older keys are kept.
    pub failed: u64,
}

impl VaultRecord {
    /// Every key, the primary first.
    pub fn keys(&self) -> impl Iterator<Item = &WrappedKey> {
        std::iter::once(&self.primary).chain(&self.older)
    }
}

impl Entity for VaultRecord {
    const COLLECTION: &'static str = "vault";

    fn id(&self) -> String {
        VAULT.into()
    }
}
