//! The record of a run under way, written at most each second.
//! Called by `work` and `sink`. Invariant: what others wrote into it meanwhile, such as a wish to cancel, stays.

use crate::App;
use aegis_collect::Counts;
use aegis_domain::Timestamp;
use aegis_domain::entities::{CollectorRun, FeedRun, RowCounts, RunBreaker, RunState};
use aegis_outbound::BreakerState;
use aegis_store::{DocumentsExt, StoreError, Versioned};
use std::time::Duration;

/// How often it is written.
const EVERY: Duration = Duration::from_secs(1);

/// A run's record.
pub(super) struct Record {
    app: App,
    /// As it is to be.
    pub run: CollectorRun,
    version: u64,
    written: Timestamp,
}

impl Record {
    pub fn new(app: App, run: Versioned<CollectorRun>) -> Self {
        let written = app.clock.now();
        Record { app, run: run.value, version: run.version, written }
    }

    /// Changes a feed's part.
    pub fn feed(&mut self, index: usize, change: impl FnOnce(&mut FeedRun)) {
        if let Some(feed) = self.run.feeds.get_mut(index) {
            change(feed);
        }
    }

    /// Writes it, if that was not done a moment ago.
    pub async fn write_sometimes(&mut self) -> Result<(), StoreError> {
        if self.app.clock.now() < self.written.plus(EVERY) {
            return Ok(());
        }
        self.write().await
    }

    /// Writes it. An error when somebody else ended the run.
    pub async fn write(&mut self) -> Result<(), StoreError> {
        self.run.breaker = self.breaker();
        self.written = self.app.clock.now();
        let documents = &self.app.store.documents;
        loop {
            match documents.update(self.version, &self.run).await {
                Ok(()) => {
                    self.version += 1;
                    return Ok(());
                }
                Err(conflict @ StoreError::Conflict { .. }) => {
                    let id = CollectorRun::stored_under(self.run.id);
                    let Some(found) = documents.get::<CollectorRun>(&id).await? else { return Err(conflict) };
                    if found.value.state != RunState::Running {
                        return Err(conflict);
                    }
                    self.run.cancel |= found.value.cancel;
                    self.version = found.version;
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn breaker(&self) -> Option<RunBreaker> {
        let key = self.run.key.to_string();
        let all = self.app.outbound.client.breakers().list();
        all.into_iter().filter(|found| *found.key.party.key == *key).find_map(|found| {
            let wait = match found.state {
                BreakerState::Closed { .. } => return None,
                BreakerState::Open { retry_in } => retry_in,
                BreakerState::HalfOpen => Duration::ZERO,
            };
            Some(RunBreaker {
                host: found.key.host.to_string(),
                state: found.state.word().to_owned(),
                retry_in_seconds: wait.as_millis().div_ceil(1000) as u64,
            })
        })
    }
}

/// What a reading did since it stood at `before`: a resumed one counts what this run adds.
pub(super) fn since(before: &Counts, now: &Counts) -> Counts {
    let mut counts = *now;
    counts.pages -= before.pages.min(now.pages);
    counts.retries -= before.retries.min(now.retries);
    let (kept, old) = (&mut counts.kept, &before.kept);
    for (now, before) in [
        (&mut kept.new, old.new),
        (&mut kept.changed, old.changed),
        (&mut kept.same, old.same),
        (&mut kept.withdrawn, old.withdrawn),
    ] {
        *now = now.saturating_sub(before);
    }
    counts
}

/// Adds what a reading did to what a feed did before it in this run.
pub(super) fn add(feed: &mut FeedRun, before: &FeedRun, counts: &Counts) {
    feed.pages = before.pages + counts.pages;
    feed.retries = before.retries + counts.retries;
    feed.rows = RowCounts {
        new: before.rows.new + counts.kept.new,
        changed: before.rows.changed + counts.kept.changed,
        same: before.rows.same + counts.kept.same,
        withdrawn: before.rows.withdrawn + counts.kept.withdrawn,
    };
}
