//! The answer to a request that may be repeated.

use super::Entity;
use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// An answer kept for 24 hours under (caller, route, `Idempotency-Key`).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct IdempotentAnswer {
    /// Hash of caller, route and key.
    pub id: String,
    /// SHA-256 of the request's body, in hex: the same key with another body is an error.
    pub request: String,
    /// HTTP status given.
    pub status: u16,
    /// Body given.
    pub body: serde_json::Value,
    /// When it is forgotten.
    pub expires_at: Timestamp,
}

impl Entity for IdempotentAnswer {
    const COLLECTION: &'static str = "idempotent_answers";

    fn id(&self) -> String {
        self.id.clone()
    }
}
