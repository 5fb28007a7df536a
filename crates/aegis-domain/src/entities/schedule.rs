//! When a credential's feeds are read by themselves.

use super::Entity;
use crate::{CredentialId, RunId, Timestamp};
use serde::{Deserialize, Serialize};

/// A credential's schedule. Times are UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Of which credential.
    pub key: CredentialId,
    /// Five fields: minute, hour, day, month, weekday.
    pub cron: String,
    /// Each run begins up to so much later, so that not all begin at once.
    pub jitter_seconds: u64,
    /// Runs begin by themselves.
    pub enabled: bool,
    /// When the next one begins.
    pub next_run_at: Timestamp,
    /// The last run, whatever began it.
    #[serde(default)]
    pub last_run: Option<RunId>,
    /// Runs in a row that did not end well.
    #[serde(default)]
    pub failures: u32,
    /// After a failure: not before this instant.
    #[serde(default)]
    pub backing_off_until: Option<Timestamp>,
}

impl Entity for Schedule {
    const COLLECTION: &'static str = "schedules";

    fn id(&self) -> String {
        self.key.to_string()
    }
}
