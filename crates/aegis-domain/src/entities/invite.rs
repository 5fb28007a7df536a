//! A pending invitation.

use super::Entity;
use crate::{InviteId, Role, Timestamp};
use serde::{Deserialize, Serialize};

/// Lets one person register with a role chosen by an admin.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Invite {
    /// Ours.
    pub id: InviteId,
    /// For whom; lower-cased; one open invitation each.
    pub email: String,
    /// With which role.
    pub role: Role,
    /// SHA-256 of the token in the link, in hex.
    pub token_hash: String,
    /// Who invited.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// Until when it holds.
    pub expires_at: Timestamp,
}

impl Entity for Invite {
    const COLLECTION: &'static str = "invites";

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn unique(&self) -> Vec<(&'static str, String)> {
        vec![("email", self.email.clone()), ("token", self.token_hash.clone())]
    }
}
