//! What can go wrong, by what the caller can do about it.

/// A store's refusal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Read again and retry.
    #[error("{entity} {id} was changed by someone else")]
    Conflict {
        /// Collection.
        entity: &'static str,
        /// Document.
        id: String,
    },
    /// A unique key is taken.
    #[error("{entity} with this {key} exists already")]
    Duplicate {
        /// Collection.
        entity: &'static str,
        /// Key name.
        key: String,
    },
    /// Come back later: more is waiting than the bounded queue holds.
    #[error("store is busy")]
    Busy,
    /// Nothing was kept: disk full, folder read-only, connection gone. The message says what to do.
    #[error("store cannot write: {0}")]
    Unavailable(String),
    /// What is stored cannot be read by this program.
    #[error("stored data is not readable: {0}")]
    Corrupt(String),
}
