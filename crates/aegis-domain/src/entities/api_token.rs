//! A machine's credential.

use super::Entity;
use crate::{Scope, Timestamp, TokenId};
use serde::{Deserialize, Serialize};

/// An API token, kept as a hash; shown once when made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ApiToken {
    /// Ours.
    pub id: TokenId,
    /// What people call it; unique.
    pub name: String,
    /// SHA-256 of the token, in hex.
    pub hash: String,
    /// Its last four characters, to recognise it.
    pub last4: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Who made it.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// Until when it holds; none: until deleted.
    pub expires_at: Option<Timestamp>,
    /// Last use, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// Made by the demo.
    #[serde(default)]
    pub demo: bool,
}

impl Entity for ApiToken {
    const COLLECTION: &'static str = "api_tokens";

    fn id(&self) -> String {
        self.id.to_string()
    }

    fn unique(&self) -> Vec<(&'static str, String)> {
        vec![("hash", self.hash.clone()), ("name", self.name.clone())]
    }
}
