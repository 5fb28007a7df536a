//! Runs: asked for, listed, cancelled. A run that is asked for is a document; whoever leads takes it up.
//! Called by the routes of `/collector`, by schedules and when a credential is connected.
//! Invariant: a credential has one run under way at most, on all nodes together: the store refuses a second.

use super::plan;
use super::vendors;
use crate::App;
use crate::error::{ApiError, Code};
use aegis_domain::entities::{CollectorRun, Credential, FeedRun, RunState, Trigger};
use aegis_domain::{Ability, RunId, Timestamp};
use aegis_store::{DocumentsExt, StoreError, Versioned};

/// What to read.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// These feeds only.
    pub feeds: Option<Vec<Ability>>,
    /// These days only.
    pub window: Option<(Timestamp, Timestamp)>,
}

/// Asks for a run. A conflict when one of this credential is under way, or it can read nothing.
pub async fn ask(app: &App, key: &Credential, trigger: Trigger, ask: Ask) -> Result<CollectorRun, ApiError> {
    let vendor = vendors::find(app, &key.vendor).await?;
    let vendor =
        vendor.ok_or_else(|| ApiError::new(Code::Conflict, "the credential's vendor was deleted"))?;
    let can = plan::feeds(vendor.api, key);
    let feeds: Vec<Ability> = match &ask.feeds {
        None => can,
        Some(wanted) => {
            if let Some(feed) = wanted.iter().find(|feed| !can.contains(feed)) {
                let told = format!(
                    "{} is not to be had with this credential; validate it to see why",
                    feed.as_str()
                );
                return Err(ApiError::field("feeds", told));
            }
            can.into_iter().filter(|feed| wanted.contains(feed)).collect()
        }
    };
    if feeds.is_empty() {
        let told = "this credential has nothing to collect: the vendor refused all feeds of its kind; validate it again";
        return Err(ApiError::new(Code::Conflict, told));
    }
    let run = CollectorRun {
        id: RunId::new(),
        key: key.id,
        vendor: key.vendor.clone(),
        label: key.label.clone(),
        trigger,
        state: RunState::Running,
        started_at: app.clock.now(),
        ended_at: None,
        window: ask.window,
        feeds: feeds.into_iter().map(FeedRun::waiting).collect(),
        days: 0,
        days_read: 0,
        begun: false,
        cancel: false,
        breaker: None,
        error: None,
    };
    match app.store.documents.insert(&run).await {
        Ok(()) => {}
        Err(StoreError::Duplicate { .. }) => {
            return Err(ApiError::new(
                Code::Conflict,
                "a run of this credential is under way; cancel it, or wait",
            ));
        }
        Err(error) => return Err(error.into()),
    }
    app.collection.wake.notify_one();
    Ok(run)
}

/// A run by its id.
pub async fn get(app: &App, id: RunId) -> Result<Versioned<CollectorRun>, ApiError> {
    let found = app.store.documents.get::<CollectorRun>(&CollectorRun::stored_under(id)).await?;
    found.ok_or_else(|| ApiError::not_found("run"))
}

/// Asks for the end of a run. One that nobody took up yet ends at once.
pub async fn cancel(app: &App, id: RunId) -> Result<CollectorRun, ApiError> {
    let now = app.clock.now();
    let stored = CollectorRun::stored_under(id);
    let change = |run: &mut CollectorRun| {
        if run.state == RunState::Running {
            run.cancel = true;
            if !run.begun {
                (run.state, run.ended_at) = (RunState::Cancelled, Some(now));
            }
        }
    };
    let run = app.store.documents.modify::<CollectorRun>(&stored, &change).await?;
    let run = run.ok_or_else(|| ApiError::not_found("run"))?;
    app.collection.stop(run.id);
    app.collection.ended.notify_waiters();
    Ok(run)
}

/// Ends whatever is under way with a credential: it was changed or deleted.
pub async fn cancel_all_of(app: &App, key: &Credential) -> Result<(), ApiError> {
    let under_way = app.store.documents.find::<CollectorRun>("under_way", &key.id.to_string()).await?;
    if let Some(found) = under_way {
        cancel(app, found.value.id).await?;
    }
    Ok(())
}
