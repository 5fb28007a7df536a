//! One reading of a vendor with a credential: when, why, how far, what came of it.
//! Invariants: while a run is under way no other of its credential can be stored; ids sort the latest run first.

use super::Entity;
use crate::{Ability, CredentialId, RunId, Timestamp};
use serde::{Deserialize, Serialize};

/// Why a run began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// A person asked for it.
    Manual,
    /// Its schedule.
    Schedule,
    /// The credential was connected: what lies behind is read.
    Backfill,
    /// A person asked for certain days.
    Window,
}

/// Where a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Waiting or under way.
    Running,
    /// Every feed was read to its end.
    Whole,
    /// Some feeds were.
    Partly,
    /// None was.
    Failed,
    /// A person stopped it.
    Cancelled,
    /// The program ended; another run goes on from its checkpoints.
    Interrupted,
}

impl RunState {
    /// The word used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            RunState::Running => "running",
            RunState::Whole => "whole",
            RunState::Partly => "partly",
            RunState::Failed => "failed",
            RunState::Cancelled => "cancelled",
            RunState::Interrupted => "interrupted",
        }
    }
}

/// Where a feed of a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeedRunState {
    /// Its turn is to come.
    Waiting,
    /// Under way.
    Running,
    /// Read to its end.
    Whole,
    /// Ended before that; `error` says why.
    Stopped,
}

/// What became of rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct RowCounts {
    /// Not there before.
    pub new: u64,
    /// Revised.
    pub changed: u64,
    /// As before.
    pub same: u64,
    /// Taken back by the vendor.
    pub withdrawn: u64,
}

/// A feed of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FeedRun {
    /// Which.
    pub feed: Ability,
    /// Where it is.
    pub state: FeedRunState,
    /// First instant that is read; null for a list, which has no window.
    pub from: Option<Timestamp>,
    /// First instant after.
    pub to: Option<Timestamp>,
    /// Pages read.
    pub pages: u64,
    /// Attempts beyond a page's first.
    pub retries: u64,
    /// Places known to be left; each may lead to more.
    pub left: u64,
    /// What became of the rows.
    pub rows: RowCounts,
    /// What a person should know about what was read.
    pub notes: Vec<String>,
    /// Why it stopped, and what to do.
    pub error: Option<String>,
    /// True when a later run goes on where this one stopped.
    pub resumes: bool,
}

impl FeedRun {
    /// One whose turn is to come.
    pub fn waiting(feed: Ability) -> Self {
        FeedRun {
            feed,
            state: FeedRunState::Waiting,
            from: None,
            to: None,
            pages: 0,
            retries: 0,
            left: 0,
            rows: RowCounts::default(),
            notes: Vec::new(),
            error: None,
            resumes: false,
        }
    }
}

/// A breaker that holds a run's calls back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RunBreaker {
    /// Which host.
    pub host: String,
    /// `open` or `half_open`.
    pub state: String,
    /// When one call may try.
    pub retry_in_seconds: u64,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CollectorRun {
    /// Its id.
    pub id: RunId,
    /// With which credential.
    pub key: CredentialId,
    /// Of which vendor.
    pub vendor: String,
    /// The credential's name when it began.
    pub label: String,
    /// Why it began.
    pub trigger: Trigger,
    /// Where it is.
    pub state: RunState,
    /// When it was asked for.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Days that were asked for; none where the feeds' own state says what to read.
    pub window: Option<(Timestamp, Timestamp)>,
    /// The feeds, in the order they are read in.
    pub feeds: Vec<FeedRun>,
    /// Days a back-fill reads, over all feeds; 0 where there is none.
    #[serde(default)]
    pub days: u64,
    /// Of those, read.
    #[serde(default)]
    pub days_read: u64,
    /// Somebody took it up: if nobody works at it any more, it was interrupted.
    #[serde(default)]
    pub begun: bool,
    /// Somebody asked for its end.
    #[serde(default)]
    pub cancel: bool,
    /// What holds it back.
    #[serde(default)]
    pub breaker: Option<RunBreaker>,
    /// Why it could not begin.
    #[serde(default)]
    pub error: Option<String>,
}

impl CollectorRun {
    /// The id it is stored under: the latest sorts first.
    pub fn stored_under(id: RunId) -> String {
        format!("{:032x}", !id.0.as_u128())
    }

    /// Every run that was made before `at` is stored beyond this id.
    pub fn stored_before(at: Timestamp) -> String {
        // the first 48 bits of a UUIDv7 are its milliseconds
        let millis = u128::try_from(at.millis()).unwrap_or(0) & ((1 << 48) - 1);
        format!("{:032x}", !(millis << 80))
    }
}

impl Entity for CollectorRun {
    const COLLECTION: &'static str = "collector_runs";

    fn id(&self) -> String {
        CollectorRun::stored_under(self.id)
    }

    /// One under way for each credential.
    fn unique(&self) -> Vec<(&'static str, String)> {
        match self.state {
            RunState::Running => vec![("under_way", self.key.to_string())],
            _ => Vec::new(),
        }
    }

    fn indexed(&self) -> Vec<(&'static str, String)> {
        let (key, vendor, state) = (self.key.to_string(), &self.vendor, self.state.as_str());
        vec![
            ("key_state", format!("{key} {state}")),
            ("vendor_state", format!("{vendor} {state}")),
            ("key", key),
            ("vendor", vendor.clone()),
            ("state", state.to_owned()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_runs_are_stored_before_earlier_ones() {
        let ids: Vec<RunId> = (0..100).map(|_| RunId::new()).collect();
        let stored: Vec<String> = ids.iter().map(|id| CollectorRun::stored_under(*id)).collect();
        assert!(stored.windows(2).all(|pair| pair[1] < pair[0]));
        let (seconds, nanos) = ids[50].0.get_timestamp().unwrap().to_unix();
        let made = Timestamp::from_millis(seconds as i64 * 1000 + i64::from(nanos) / 1_000_000);
        let day = std::time::Duration::from_secs(86_400);
        assert!(stored[50] < CollectorRun::stored_before(made.minus(day)));
        assert!(stored[50] > CollectorRun::stored_before(made.plus(day)));
    }
}
