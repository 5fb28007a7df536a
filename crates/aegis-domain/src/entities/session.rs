//! A signed-in device: one family of refresh tokens.

use super::Entity;
use crate::{SessionId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// One log-in on one device. Using an old refresh token revokes it whole.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Session {
    /// Ours.
    pub id: SessionId,
    /// Whose.
    pub user_id: UserId,
    /// SHA-256 of the refresh token in force, in hex.
    pub refresh_hash: String,
    /// SHA-256 of the one before, to tell a repeat in flight from a theft.
    pub previous_hash: Option<String>,
    /// When the token in force was issued.
    pub rotated_at: Timestamp,
    /// When the log-in happened.
    pub created_at: Timestamp,
    /// After this it is over, whatever its use.
    pub expires_at: Timestamp,
    /// Set when signed out or revoked.
    pub revoked_at: Option<Timestamp>,
    /// Last use, to the minute.
    #[serde(default)]
    pub last_seen_at: Option<Timestamp>,
    /// Client address at log-in.
    pub address: String,
    /// The program, as it called itself.
    pub user_agent: String,
}

impl Entity for Session {
    const COLLECTION: &'static str = "sessions";

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn indexed(&self) -> Vec<(&'static str, String)> {
        vec![("user", self.user_id.to_string())]
    }
}
