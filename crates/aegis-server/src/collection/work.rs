//! A run at work: opens the credential, reads feed after feed, and says how it ended.
//! Started by `lead`. Invariant: whatever happens, the run ends with a state and words, unless the program stops: then
//! it stays as it is, and the next start goes on from its checkpoints.

use super::feed::{Feed, days};
use super::plan;
use super::record::Record;
use super::{credentials, open, schedules};
use crate::App;
use crate::error::ApiError;
use aegis_collect::{Access, Stop};
use aegis_domain::entities::{CollectorRun, Credential, FeedRunState, RunState};
use aegis_store::{StoreError, Versioned};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const MINUTE: Duration = Duration::from_secs(60);

/// Does a run.
pub(super) async fn work(app: &App, run: Versioned<CollectorRun>, stop: &CancellationToken) {
    let id = run.value.id;
    if let Err(error) = run_it(app, run, stop).await {
        tracing::error!(run = %id, %error, "the record of a run could not be kept");
    }
}

async fn run_it(app: &App, run: Versioned<CollectorRun>, stop: &CancellationToken) -> Result<(), StoreError> {
    let mut record = Record::new(app.clone(), run);
    record.run.begun = true;
    record.write().await?;
    let mut after = None;
    match usable(app, &record.run).await {
        Ok((key, access)) => after = feeds(app, &key, &access, &mut record, stop).await?,
        Err(error) => record.run.error = Some(error.message),
    }
    if stop.is_cancelled() && !cancelled(app, &record.run).await? {
        // the program stops, or another leads
        return record.write().await;
    }
    end(app, &mut record).await?;
    schedules::run_ended(app, &record.run, after).await?;
    app.overviews.clear();
    let now = app.clock.now().floor(MINUTE);
    if let Err(error) = credentials::write(app, record.run.key, |key| key.last_used_at = Some(now)).await {
        tracing::debug!(error = error.message, "a credential was removed while it was in use");
    }
    Ok(())
}

async fn usable(app: &App, run: &CollectorRun) -> Result<(Credential, Access), ApiError> {
    let key = credentials::get(app, run.key).await?.value;
    let access = open(app, &key).await?;
    Ok((key, access))
}

async fn cancelled(app: &App, run: &CollectorRun) -> Result<bool, StoreError> {
    match super::runs::get(app, run.id).await {
        Ok(found) => Ok(found.value.cancel),
        Err(error) => Err(StoreError::Unavailable(error.message)),
    }
}

/// Reads the feeds one after the other. Returns how long to wait at least before another run, where a vendor said so.
async fn feeds(
    app: &App,
    key: &Credential,
    access: &Access,
    record: &mut Record,
    stop: &CancellationToken,
) -> Result<Option<Duration>, StoreError> {
    let feed = |index, feed| Feed { app, access, key, feed, index, stop };
    let list: Vec<_> =
        record.run.feeds.iter().enumerate().map(|(index, part)| feed(index, part.feed)).collect();
    record.run.days = 0;
    for feed in &list {
        let plan = plan::stretches(&feed.state().await?, &feed.wanted(record.run.window));
        record.run.days += plan.iter().filter(|s| s.back).map(|s| days(s.window)).sum::<u64>();
    }
    let mut after = None;
    for feed in &list {
        record.feed(feed.index, |part| part.state = FeedRunState::Running);
        record.write().await?;
        let read = feed.read(record).await;
        let wait = match &read {
            Err(Stop::Later { after, .. }) => *after,
            _ => None,
        };
        after = after.max(wait);
        record.feed(feed.index, |part| match &read {
            Ok(()) => (part.state, part.left) = (FeedRunState::Whole, 0),
            Err(stop) => {
                part.state = FeedRunState::Stopped;
                (part.error, part.resumes) = (Some(stop.to_string()), stop.resumes());
            }
        });
        if stop.is_cancelled() {
            break;
        }
        if let Err(Stop::Store(error)) = read {
            tracing::warn!(%error, feed = feed.feed.as_str(), "what was collected could not be kept");
        }
    }
    Ok(after)
}

async fn end(app: &App, record: &mut Record) -> Result<(), StoreError> {
    let run = &mut record.run;
    let whole = run.feeds.iter().filter(|feed| feed.state == FeedRunState::Whole).count();
    run.state = if run.cancel || cancelled(app, run).await? {
        RunState::Cancelled
    } else if run.error.is_none() && whole == run.feeds.len() {
        RunState::Whole
    } else if whole > 0 {
        RunState::Partly
    } else {
        RunState::Failed
    };
    run.ended_at = Some(app.clock.now());
    record.write().await
}
