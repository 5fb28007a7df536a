//! Schedules: which credentials are read by themselves, and when next.
//! Called by the leader's round, at the end of each run, and by the routes. Invariant: after a failure that may pass the
//! next run comes by the back-off; a feed that waits for somebody to act is left out until they did.

use super::cron::{self, Cron};
use super::runs::{self, Ask};
use super::{credentials, plan, vendors};
use crate::App;
use crate::error::{ApiError, Code};
use aegis_domain::entities::{
    CollectorRun, Credential, Entity, FeedRunState, FeedState, OpenWalk, RunState, Schedule, Trigger,
};
use aegis_domain::{Ability, CredentialId, Timestamp};
use aegis_store::{DocumentsExt, ListQuery, StoreError, Versioned};
use std::time::Duration;

/// How long nobody looks at the list where nothing is due: others may have changed it.
const LOOK: Duration = Duration::from_secs(60);
/// How far runs of the same minute are spread.
const JITTER: u64 = 120;
/// Schedules at most: one for each credential.
const MOST: usize = 10_000;

/// When a schedule's next run begins.
pub fn next(schedule: &Schedule, now: Timestamp) -> Timestamp {
    let next = Cron::parse(&schedule.cron).ok().and_then(|cron| cron.after(now));
    // one that can no longer be read is looked at daily
    let next = next.unwrap_or_else(|| now.plus(plan::DAY));
    next.plus(cron::jitter(schedule.key, next, schedule.jitter_seconds))
}

/// Says what is wrong with an expression.
pub fn check(text: &str) -> Result<(), String> {
    Cron::parse(text).map(|_| ())
}

/// Sets when a credential is read; begins to count from now.
pub async fn set(
    app: &App,
    key: CredentialId,
    cron: String,
    jitter_seconds: u64,
    enabled: bool,
) -> Result<Schedule, StoreError> {
    let now = app.clock.now();
    let found = app.store.documents.get::<Schedule>(&key.to_string()).await?;
    let mut schedule = match &found {
        Some(found) => Schedule { cron, jitter_seconds, enabled, ..found.value.clone() },
        None => Schedule { cron, jitter_seconds, enabled, ..by_default(key, now) },
    };
    schedule.backing_off_until = None;
    schedule.next_run_at = next(&schedule, now);
    match found {
        Some(found) => app.store.documents.update(found.version, &schedule).await?,
        None => app.store.documents.insert(&schedule).await?,
    }
    app.collection.set_due(None);
    app.collection.wake.notify_one();
    Ok(schedule)
}

fn by_default(key: CredentialId, now: Timestamp) -> Schedule {
    let mut schedule = Schedule {
        key,
        cron: cron::default_for(key),
        jitter_seconds: JITTER,
        enabled: true,
        next_run_at: now,
        last_run: None,
        failures: 0,
        backing_off_until: None,
    };
    schedule.next_run_at = next(&schedule, now);
    schedule
}

/// A credential can be used, perhaps again: what waited for somebody goes on, and one that is new is read back as far as
/// is set.
pub async fn connected(app: &App, key: &Credential) -> Result<(), ApiError> {
    for state in states(app, key.id).await?.into_iter().filter(|state| state.paused) {
        let unpause = |state: &mut FeedState| (state.paused, state.error) = (false, None);
        app.store.documents.modify::<FeedState>(&state.id(), &unpause).await?;
    }
    let Some(vendor) = vendors::find(app, &key.vendor).await? else { return Ok(()) };
    let proved = key.check.as_ref().is_some_and(|check| check.known == Some(true));
    let usable = plan::feeds(vendor.api, key);
    if !usable.iter().any(|feed| proved || key.check.as_ref().is_some_and(|check| check.has(*feed))) {
        return Ok(());
    }
    match app.store.documents.insert(&by_default(key.id, app.clock.now())).await {
        Ok(()) => {}
        Err(StoreError::Duplicate { .. }) => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    match runs::ask(app, key, Trigger::Backfill, Ask::default()).await {
        Ok(_) => Ok(()),
        Err(ApiError { code: Code::Conflict, .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// The secrets or addresses of a credential changed: walks that were begun with the old ones are begun anew.
pub async fn changed(app: &App, key: &Credential) -> Result<(), ApiError> {
    runs::cancel_all_of(app, key).await?;
    for feed in Ability::ALL {
        app.store.documents.delete(OpenWalk::COLLECTION, &FeedState::id_of(key.id, feed), None).await?;
    }
    Ok(())
}

/// A credential was removed: nothing is read with it any more. What was collected stays.
pub async fn removed(app: &App, key: &Credential) -> Result<(), ApiError> {
    changed(app, key).await?;
    app.store.documents.delete(Schedule::COLLECTION, &key.id.to_string(), None).await?;
    Ok(())
}

/// What is known about a credential's feeds.
pub async fn states(app: &App, key: CredentialId) -> Result<Vec<FeedState>, StoreError> {
    let query = ListQuery { index: Some(("key", key.to_string())), after: None, limit: 50 };
    let found = app.store.documents.list::<FeedState>(query).await?;
    Ok(found.into_iter().map(|found| found.value).collect())
}

/// Asks for the runs that are due.
pub(super) async fn start_due(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    if app.collection.due().is_some_and(|due| now < due) {
        return Ok(());
    }
    let query = ListQuery { limit: MOST, ..ListQuery::default() };
    let mut due = now.plus(LOOK);
    for found in app.store.documents.list::<Schedule>(query).await? {
        if !found.value.enabled {
            continue;
        }
        let next = if found.value.next_run_at <= now {
            start(app, found, now).await?
        } else {
            found.value.next_run_at
        };
        due = due.min(next);
    }
    app.collection.set_due(Some(due));
    Ok(())
}

/// Asks for one run, and returns when the one after it is due.
async fn start(app: &App, found: Versioned<Schedule>, now: Timestamp) -> Result<Timestamp, StoreError> {
    let mut schedule = found.value;
    schedule.next_run_at = next(&schedule, now);
    // the version decides between two that think they lead
    match app.store.documents.update(found.version, &schedule).await {
        Ok(()) => {}
        Err(StoreError::Conflict { .. }) => return Ok(now),
        Err(error) => return Err(error),
    }
    let Ok(key) = credentials::get(app, schedule.key).await else {
        app.store.documents.delete(Schedule::COLLECTION, &schedule.id(), None).await?;
        return Ok(schedule.next_run_at);
    };
    let key = key.value;
    let paused: Vec<Ability> =
        states(app, key.id).await?.into_iter().filter(|state| state.paused).map(|state| state.feed).collect();
    let feeds = match vendors::find(app, &key.vendor).await? {
        Some(vendor) => plan::feeds(vendor.api, &key),
        None => Vec::new(),
    };
    let feeds: Vec<Ability> = feeds.into_iter().filter(|feed| !paused.contains(feed)).collect();
    if !feeds.is_empty() {
        let ask = Ask { feeds: Some(feeds), window: None };
        if let Err(error) = runs::ask(app, &key, Trigger::Schedule, ask).await {
            tracing::debug!(key = %key.id, error = error.message, "a run that was due did not begin");
        }
    }
    Ok(schedule.next_run_at)
}

/// Sets when the next run comes, by how this one ended; `after` is how long its vendor asked to wait.
pub(super) async fn run_ended(
    app: &App,
    run: &CollectorRun,
    after: Option<Duration>,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    let passes = run.feeds.iter().any(|feed| feed.state == FeedRunState::Stopped && feed.resumes);
    let change = |schedule: &mut Schedule| {
        schedule.last_run = Some(run.id);
        match run.state {
            RunState::Whole => (schedule.failures, schedule.backing_off_until) = (0, None),
            RunState::Partly | RunState::Failed => {
                schedule.failures = schedule.failures.saturating_add(1);
                let wait = cron::backoff(schedule.failures).max(after.unwrap_or_default());
                schedule.backing_off_until = passes.then(|| now.plus(wait));
            }
            RunState::Running | RunState::Cancelled | RunState::Interrupted => {}
        }
        schedule.next_run_at = match schedule.backing_off_until.filter(|until| now < *until) {
            Some(until) => until,
            None => next(schedule, now),
        };
    };
    app.store.documents.modify::<Schedule>(&run.key.to_string(), &change).await?;
    app.collection.set_due(None);
    Ok(())
}
