//! One act from a vendor's audit log, as the log keeps it: the person by `subject_id` only, texts masked.
//! Invariant: every stored form ever shipped still reads; fields are added with a default, never renamed.

use crate::{CredentialId, SubjectId, Timestamp};
use serde::{Deserialize, Serialize};

/// An act at a vendor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VendorAct {
    /// Ours, UUIDv7.
    pub id: uuid::Uuid,
    /// The vendor's id.
    pub external_id: String,
    /// When it happened.
    pub at: Timestamp,
    /// When we got it.
    pub received_at: Timestamp,
    /// Vendor id.
    pub vendor: String,
    /// The credential it came by first.
    pub credential_id: CredentialId,
    /// The vendor's name for the act.
    pub kind: String,
    /// Who; the name stands in the directory of subjects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_id: Option<SubjectId>,
    /// From which address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// On what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The vendor's record, masked; none where it was too large to keep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<serde_json::Value>,
    /// Made by the demo.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub demo: bool,
}
