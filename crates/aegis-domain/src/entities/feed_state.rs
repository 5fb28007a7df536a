//! What is known about a feed of a credential between runs: how much of it was read, and where a reading stands.
//! Invariants: a number is given to one reading alone; a reading that was begun is finished before another begins.

use super::Entity;
use crate::{Ability, CredentialId, RunId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Days remembered: as many as can be kept.
const DAYS: usize = 400;

/// What is known about a day of a feed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DayRead {
    /// When it was last read to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_at: Option<Timestamp>,
    /// The run that read it, or failed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<RunId>,
    /// Rows it has.
    #[serde(skip_serializing_if = "is_zero")]
    pub rows: u64,
    /// Rows that the vendor changed after the day had been read to its end once it was over.
    #[serde(skip_serializing_if = "is_zero")]
    pub changed: u64,
    /// A reading of it stopped, and none ended well since.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub failed: bool,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// A feed of a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedState {
    /// Of which credential.
    pub key: CredentialId,
    /// Of which vendor.
    pub vendor: String,
    /// Which.
    pub feed: Ability,
    /// Readings begun so far: the number of the last one.
    #[serde(default)]
    pub readings: u64,
    /// The first instant a back-fill reads.
    #[serde(default)]
    pub goal: Option<Timestamp>,
    /// Everything from here to `fresh_at` was read to its end.
    #[serde(default)]
    pub read_from: Option<Timestamp>,
    /// When the last reading that reached the present, and ended, began.
    #[serde(default)]
    pub fresh_at: Option<Timestamp>,
    /// Why the last reading stopped, and what to do; none when it ended.
    #[serde(default)]
    pub error: Option<String>,
    /// It waits for somebody to act.
    #[serde(default)]
    pub paused: bool,
    /// The reading whose list is shown, where the feed is one.
    #[serde(default)]
    pub shown: Option<u64>,
    /// By the first instant of each day, in milliseconds.
    #[serde(default)]
    pub days: BTreeMap<i64, DayRead>,
}

impl FeedState {
    /// Nothing read yet.
    pub fn new(key: CredentialId, vendor: String, feed: Ability) -> Self {
        FeedState {
            key,
            vendor,
            feed,
            readings: 0,
            goal: None,
            read_from: None,
            fresh_at: None,
            error: None,
            paused: false,
            shown: None,
            days: BTreeMap::new(),
        }
    }

    /// The id of a credential's feed.
    pub fn id_of(key: CredentialId, feed: Ability) -> String {
        format!("{key}/{}", feed.as_str())
    }

    /// The day that begins at `day`, to be changed. The oldest are forgotten.
    pub fn day(&mut self, day: Timestamp) -> &mut DayRead {
        let day = day.millis();
        while self.days.len() >= DAYS
            && !self.days.contains_key(&day)
            && self.days.first_key_value().is_some_and(|(first, _)| *first < day)
        {
            self.days.pop_first();
        }
        self.days.entry(day).or_default()
    }
}

impl Entity for FeedState {
    const COLLECTION: &'static str = "feed_states";

    fn id(&self) -> String {
        FeedState::id_of(self.key, self.feed)
    }

    fn indexed(&self) -> Vec<(&'static str, String)> {
        vec![("key", self.key.to_string()), ("vendor", self.vendor.clone())]
    }
}

/// A reading under way: its checkpoint, written after each page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenWalk {
    /// Of which credential.
    pub key: CredentialId,
    /// Of which feed.
    pub feed: Ability,
    /// When it began.
    pub began: Timestamp,
    /// Where it stands, as the collector wrote it.
    pub walk: Value,
    /// Rows of each day so far, and how many of those were changed, by the day's first instant in milliseconds.
    #[serde(default)]
    pub days: BTreeMap<i64, (u64, u64)>,
}

impl Entity for OpenWalk {
    const COLLECTION: &'static str = "open_walks";

    fn id(&self) -> String {
        FeedState::id_of(self.key, self.feed)
    }

    fn indexed(&self) -> Vec<(&'static str, String)> {
        vec![("key", self.key.to_string())]
    }
}
