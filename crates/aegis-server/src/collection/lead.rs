//! The leader's round: starts what is due, takes up runs that were asked for, goes on with those a crash cut.
//! Started with the server, once a second; of several processes one leads.
//! Invariants: at most `AT_ONCE` runs at a time, at most `OF_ONE_VENDOR` of a vendor, so that one vendor's trouble holds
//! up nobody else; a run is worked at by one task.

use super::{lease, runs, schedules, work};
use crate::App;
use crate::error::{ApiError, Code};
use aegis_domain::entities::{CollectorRun, FeedRunState, RunState};
use aegis_store::{DocumentsExt, ListQuery, StoreError, Versioned};
use std::time::Duration;

/// Runs at once: a run waits for its vendor most of the time.
const AT_ONCE: usize = 4;
const OF_ONE_VENDOR: usize = 2;
/// How often it looks.
const EVERY: Duration = Duration::from_secs(1);
/// Runs under way that are looked at; there is one for each credential.
const MOST: usize = 10_000;

/// Until stopped.
pub async fn run(app: App) {
    while !app.stop.is_cancelled() {
        if let Err(error) = round(&app).await {
            tracing::warn!(%error, "collection could not look at what is due; trying again");
        }
        tokio::select! {
            () = app.stop.cancelled() => return,
            () = app.collection.wake.notified() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// One look. Whoever does not lead stops what it does.
pub async fn round(app: &App) -> Result<(), StoreError> {
    if !lease::hold(app, "collector", &app.config.node).await? {
        app.collection.stop_all();
        return Ok(());
    }
    schedules::start_due(app).await?;
    let query =
        ListQuery { index: Some(("state", RunState::Running.as_str().into())), after: None, limit: MOST };
    let mut waiting = app.store.documents.list::<CollectorRun>(query).await?;
    // stored the latest first; the first that asked comes first
    waiting.reverse();
    for run in waiting {
        if app.collection.works_at(run.value.id) {
            if run.value.cancel {
                app.collection.stop(run.value.id);
            }
        } else if run.value.begun {
            go_on(app, run).await?;
        } else {
            start(app, run);
        }
    }
    Ok(())
}

/// Starts a run, if there is room.
fn start(app: &App, run: Versioned<CollectorRun>) {
    let Some(stop) = app.collection.enter(&run.value, AT_ONCE, OF_ONE_VENDOR, &app.stop) else { return };
    let handle = app.clone();
    app.spawn("collector run", async move {
        let id = run.value.id;
        work::work(&handle, run, &stop).await;
        handle.collection.leave(id);
    });
}

/// Notes that a run was cut, and asks for another in its place: its walks go on from their checkpoints.
async fn go_on(app: &App, run: Versioned<CollectorRun>) -> Result<(), StoreError> {
    let mut cut = run.value;
    cut.state = if cut.cancel { RunState::Cancelled } else { RunState::Interrupted };
    cut.ended_at = Some(app.clock.now());
    match app.store.documents.update(run.version, &cut).await {
        Ok(()) => {}
        Err(StoreError::Conflict { .. }) => return Ok(()),
        Err(error) => return Err(error),
    }
    if cut.cancel {
        return Ok(());
    }
    tracing::info!(run = %cut.id, vendor = cut.vendor, "a run was cut; going on from its checkpoint");
    let key = match super::credentials::get(app, cut.key).await {
        Ok(key) => key.value,
        Err(_) => return Ok(()),
    };
    let left = cut.feeds.iter().filter(|part| part.state != FeedRunState::Whole);
    let feeds: Vec<_> = left.map(|part| part.feed).collect();
    if feeds.is_empty() {
        return Ok(());
    }
    let ask = runs::Ask { feeds: Some(feeds), window: cut.window };
    match runs::ask(app, &key, cut.trigger, ask).await {
        Ok(_) => Ok(()),
        Err(ApiError { code: Code::Conflict | Code::ValidationFailed, message, .. }) => {
            tracing::info!(run = %cut.id, message, "a run that was cut is not gone on with");
            Ok(())
        }
        Err(error) => Err(StoreError::Unavailable(error.cause.unwrap_or(error.message))),
    }
}
