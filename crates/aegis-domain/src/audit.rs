//! The audit log's record. Records form a chain: each holds the SHA-256 of the stored bytes of the one before.
//! Invariant: the chain is over bytes as stored, so verifying needs no knowledge of this form.

use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// `prev` of the very first record: 64 zeros.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// A person, by id and the address they log in with.
    User {
        /// User id.
        id: String,
        /// E-mail address at the time.
        email: String,
    },
    /// A machine.
    Token {
        /// Token id.
        id: String,
        /// Its name at the time.
        name: String,
    },
    /// Somebody on the server's own command line.
    Operator {
        /// The operating system's user name.
        name: String,
    },
    /// AegisFlow itself.
    System,
    /// Nobody known: a failed log-in.
    Anonymous,
}

/// One privileged act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRecord {
    /// UUIDv7.
    pub id: uuid::Uuid,
    /// Place in the chain, from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// From which address, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// With which program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// The request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// What: `user.role_changed`, `login.failed`…
    pub action: String,
    /// On what: `user:0190…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// SHA-256 of the object before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// SHA-256 of the object after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Harmless facts for the reader: `{"role":"admin → viewer"}`.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub details: serde_json::Map<String, serde_json::Value>,
    /// SHA-256 of the stored bytes of the record before, in hex.
    pub prev: String,
}
